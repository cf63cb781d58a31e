package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
)

// target is one HOST[:PORT] or ADDRESS of the command line.
type target struct {
	host string
	port uint16
}

// traceFormats are the forms of a proof that -format names.
var traceFormats = map[string]func(io.Writer, trace.Trace) error{
	"text":     func(w io.Writer, tr trace.Trace) error { _, err := fmt.Fprintln(w, tr); return err },
	"markdown": report.Markdown,
	"mermaid":  report.Mermaid,
	"dot":      report.DOT,
}

func why(_ context.Context, c *cli, args []string) (int, error) {
	fs := flags("why")
	dir := fs.String("world", "", "")
	asJSON := fs.Bool("json", false, "")
	format := fs.String("format", "text", "")
	from := fs.String("from", "", "")
	if err := parse(fs, args); err != nil {
		return exitUsage, err
	}
	print, ok := traceFormats[*format]
	switch {
	case !ok:
		return exitUsage, fmt.Errorf("why: -format %q is none of text, markdown, mermaid, dot", *format)
	case *from == "":
		return exitUsage, errors.New("why: -from is missing: a subnet, network interface, Name tag, VPC, or all")
	case fs.NArg() == 0:
		return exitUsage, errors.New("why: no HOST or ADDRESS given")
	}
	if *asJSON {
		print = report.Trace
	}
	words, err := c.words(fs.Args())
	if err != nil {
		return exitUsage, err
	}
	targets, err := each(words, func(s string) (target, error) {
		host, port, err := trace.ParseTarget(s)
		if err != nil {
			err = notHost(s, err)
		}
		return target{host, port}, err
	})
	if err != nil {
		return exitUsage, fmt.Errorf("why: %w", err)
	}
	w, err := c.world(*dir)
	if err != nil {
		return exitUsage, err
	}
	vantages, err := w.Select(*from)
	if err != nil {
		return exitUsage, fmt.Errorf("why: -from %w", err)
	}
	for _, v := range vantages {
		for _, t := range targets {
			if err := print(c.out, v.To(t.host, t.port)); err != nil {
				return exitUsage, err
			}
		}
	}
	return exitOK, nil
}
