package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
)

// diffFormats are the forms of a comparison that -format names.
var diffFormats = map[string]func(io.Writer, []audit.Change) error{
	"text":     report.DiffText,
	"markdown": report.DiffMarkdown,
}

func diff(ctx context.Context, c *cli, args []string) (int, error) {
	fs := flags("diff")
	before := fs.String("before", "", "")
	after := fs.String("after", "", "")
	dir := fs.String("world", "", "")
	asJSON := fs.Bool("json", false, "")
	format := fs.String("format", "text", "")
	var what []audit.Edit
	edit := func(parse func(string) (audit.Edit, error)) func(string) error {
		return func(s string) error {
			e, err := parse(s)
			what = append(what, e)
			return err
		}
	}
	fs.Func("set", "", edit(audit.ParseSet))
	fs.Func("drop-route", "", edit(audit.ParseDropRoute))
	if err := parse(fs, args); err != nil {
		return exitUsage, err
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
func (c *cli) twoWorlds(before, after, dir string, what []audit.Edit) (b, a *trace.World, err error) {
	switch {
	case before != "" && after != "" && dir == "" && len(what) == 0:
		if b, err = c.world(before); err == nil {
			a, err = c.world(after)
		}
		return b, a, err
	case before == "" && after == "" && len(what) > 0:
		if b, err = c.world(dir); err == nil {
			a, err = audit.WhatIf(b, what...)
		}
		return b, a, err
	case before == "" && after == "" && dir != "":
		if b, a, ok, err := c.plan(dir); ok {
			return b, a, err
		}
	}
	return nil, nil, errors.New("want -before and -after, a change of one world (-set, -drop-route), or a Terraform plan as -world")
}
