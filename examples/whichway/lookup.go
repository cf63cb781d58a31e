package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

func lookup(_ context.Context, c *cli, args []string) (int, error) {
	fs := flags("lookup")
	dir := fs.String("world", "", "")
	asJSON := fs.Bool("json", false, "")
	view := fs.String("view", "", "")
	if err := fs.Parse(args); err != nil {
		return exitUsage, fmt.Errorf("lookup: %w", err)
	}
	if *view == "" || fs.NArg() < 1 || fs.NArg() > 2 {
		return exitUsage, errors.New("lookup: want -view vpc:ID|subnet:ID|inbound:VPC|public NAME [TYPE]")
	}
	typ := zone.A
	if fs.NArg() == 2 {
		var err error
		if typ, err = zone.ParseType(fs.Arg(1)); err != nil {
			return exitUsage, fmt.Errorf("lookup: %w", err)
		}
	}
	names, err := c.words(fs.Args()[:1])
	if err != nil {
		return exitUsage, err
	}
	for i, n := range names {
		if names[i], err = canonicalName(n); err != nil {
			return exitUsage, fmt.Errorf("lookup: %w", err)
		}
	}
	v, err := c.view(*dir, *view)
	if err != nil {
		return exitUsage, fmt.Errorf("lookup: %w", err)
	}
	for _, n := range names {
		l := trace.Lookup{View: v.Point(), Name: n, Type: typ, Counted: true, Answer: v.Lookup(n, typ)}
		if *asJSON {
			if err := report.Lookup(c.out, l); err != nil {
				return exitUsage, err
			}
			continue
		}
		fmt.Fprintln(c.out, l)
	}
	return exitOK, nil
}

// canonicalName returns the canonical form of a DNS name. Other than a host
// name it may hold underscores and an asterisk as its leftmost label.
func canonicalName(s string) (string, error) {
	name := strings.TrimPrefix(s, "*.")
	host, err := naming.CanonicalHost(strings.ReplaceAll(name, "_", "x"))
	if err != nil {
		return "", err
	}
	// The stand-in for "_" changes neither length nor label borders.
	lower := []byte(host)
	for i := range lower {
		if name[i] == '_' {
			lower[i] = '_'
		}
	}
	return s[:len(s)-len(name)] + string(lower), nil
}
