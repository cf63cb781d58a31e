package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
)

// lintFormats are the forms of lint's issues that -format names.
var lintFormats = map[string]func(w io.Writer, issues []audit.Issue, world string) error{
	"text":  func(w io.Writer, issues []audit.Issue, _ string) error { return report.LintText(w, issues) },
	"sarif": report.SARIF,
}

func lint(_ context.Context, c *cli, args []string) (int, error) {
	fs := flags("lint")
	dir := fs.String("world", "", "")
	asJSON := fs.Bool("json", false, "")
	format := fs.String("format", "text", "")
	if err := fs.Parse(args); err != nil {
		return exitUsage, fmt.Errorf("lint: %w", err)
	}
	print, ok := lintFormats[*format]
	switch {
	case !ok:
		return exitUsage, fmt.Errorf("lint: -format %q is none of text, sarif", *format)
	case fs.NArg() > 0:
		return exitUsage, errors.New("lint: takes no arguments")
	}
	if *asJSON {
		print = func(w io.Writer, issues []audit.Issue, _ string) error {
			for _, i := range issues {
				if err := report.Issue(w, i); err != nil {
					return err
				}
			}
			return nil
		}
	}
	w, err := c.world(*dir)
	if err != nil {
		return exitUsage, err
	}
	issues := audit.Lint(w)
	if err := print(c.out, issues, *dir); err != nil {
		return exitUsage, err
	}
	if len(issues) > 0 {
		return exitFindings, nil
	}
	return exitOK, nil
}

func explain(_ context.Context, c *cli, args []string) (int, error) {
	fs := flags("explain")
	if err := fs.Parse(args); err != nil {
		return exitUsage, fmt.Errorf("explain: %w", err)
	}
	if fs.NArg() != 1 {
		return exitUsage, errors.New("explain: want one CODE")
	}
	page, ok := audit.Explain(endpoint.Code(fs.Arg(0)))
	if !ok {
		return exitUsage, fmt.Errorf("explain: %q is no code of this command", fs.Arg(0))
	}
	fmt.Fprintln(c.out, page)
	return exitOK, nil
}
