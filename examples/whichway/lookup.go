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
	if err := parse(fs, args); err != nil {
		return exitUsage, err
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
	words, err := c.words(fs.Args()[:1])
	if err != nil {
		return exitUsage, err
	}
	names, err := each(words, canonicalName)
	if err != nil {
		return exitUsage, fmt.Errorf("lookup: %w", err)
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

// canonicalName returns the canonical form of a DNS name: that of a host name,
// in which labels may hold underscores too, and be an asterisk.
func canonicalName(s string) (string, error) {
	stand := strings.NewReplacer("_", "x", "*", "x").Replace(s)
	host, err := naming.CanonicalHost(stand)
	if err != nil {
		if pe, ok := errors.AsType[*naming.ParseError](err); ok {
			err = pe.Err
		}
		return "", fmt.Errorf("%q: not a DNS name: %w", s, err)
	}
	// The stand-ins change neither length nor label borders.
	name := []byte(host)
	for i := range name {
		if c := s[i]; c == '_' || c == '*' {
			name[i] = c
		}
	}
	return string(name), nil
}
