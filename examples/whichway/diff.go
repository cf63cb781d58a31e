package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
)

// diffFormats are the forms of a comparison that -format names.
var diffFormats = map[string]func(io.Writer, []audit.Change) error{
	"text":     report.DiffText,
	"markdown": report.DiffMarkdown,
}

// edits are the what-ifs of diff, in the order they were given.
type edits []func(*trace.Inventory) error

// setPrivateDNS reads "private-dns=on:vpce-…".
func (es *edits) setPrivateDNS(s string) error {
	word, id, ok := strings.Cut(strings.TrimPrefix(s, "private-dns="), ":")
	if !strings.HasPrefix(s, "private-dns=") || !ok || id == "" || (word != "on" && word != "off") {
		return fmt.Errorf("%q: want private-dns=on:vpce-… or private-dns=off:vpce-…", s)
	}
	*es = append(*es, func(inv *trace.Inventory) error { return audit.SetPrivateDNS(inv, id, word == "on") })
	return nil
}

// dropRoute reads "rtb-…,DESTINATION".
func (es *edits) dropRoute(s string) error {
	table, destination, ok := strings.Cut(s, ",")
	if !ok || table == "" || destination == "" {
		return fmt.Errorf("%q: want rtb-…,DESTINATION", s)
	}
	*es = append(*es, func(inv *trace.Inventory) error { return audit.DropRoute(inv, table, destination) })
	return nil
}

func diff(ctx context.Context, c *cli, args []string) (int, error) {
	fs := flags("diff")
	before := fs.String("before", "", "")
	after := fs.String("after", "", "")
	dir := fs.String("world", "", "")
	asJSON := fs.Bool("json", false, "")
	format := fs.String("format", "text", "")
	var what edits
	fs.Func("set", "", what.setPrivateDNS)
	fs.Func("drop-route", "", what.dropRoute)
	if err := fs.Parse(args); err != nil {
		return exitUsage, fmt.Errorf("diff: %w", err)
	}
	print, ok := diffFormats[*format]
	if !ok {
		return exitUsage, fmt.Errorf("diff: -format %q is none of text, markdown", *format)
	}
	if *asJSON {
		print = func(w io.Writer, changes []audit.Change) error {
			for _, ch := range changes {
				if err := report.Change(w, ch); err != nil {
					return err
				}
			}
			return nil
		}
	}
	hosts, err := c.hosts("", fs.Args())
	if err != nil {
		return exitUsage, fmt.Errorf("diff: %w", err)
	}
	b, a, err := c.twoWorlds(*before, *after, *dir, what)
	if err != nil {
		return exitUsage, fmt.Errorf("diff: %w", err)
	}
	changes := slices.Collect(audit.Diff(ctx, b, a, hosts))
	if err := ctx.Err(); err != nil {
		return exitUsage, fmt.Errorf("diff: %w", err)
	}
	if err := print(c.out, changes); err != nil {
		return exitUsage, err
	}
	if len(changes) > 0 {
		return exitFindings, nil
	}
	return exitOK, nil
}

// twoWorlds returns the worlds to compare: two that are named, one and its
// what-if, or the prior state and the planned values of a Terraform plan.
func (c *cli) twoWorlds(before, after, dir string, what edits) (b, a *trace.World, err error) {
	switch {
	case before != "" && after != "" && dir == "" && len(what) == 0:
		if b, err = c.world(before); err == nil {
			a, err = c.world(after)
		}
		return b, a, err
	case before == "" && after == "" && len(what) > 0:
		return c.whatIf(dir, what)
	case before == "" && after == "" && dir != "":
		if b, a, ok, err := c.plan(dir); ok {
			return b, a, err
		}
	}
	return nil, nil, errors.New("want -before and -after, a change of one world (-set, -drop-route), or a Terraform plan as -world")
}

// whatIf returns a world as it is and as edits would make it.
func (c *cli) whatIf(dir string, what edits) (before, after *trace.World, err error) {
	if before, err = c.world(dir); err != nil {
		return nil, nil, err
	}
	inv := before.Inventory()
	for _, edit := range what {
		if err := edit(&inv); err != nil {
			return nil, nil, err
		}
	}
	after, err = trace.New(inv)
	return before, after, err
}
