package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strings"

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
	if err := parse(fs, args); err != nil {
		return exitUsage, err
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
	if err := print(c.out, issues, artifact(*dir)); err != nil {
		return exitUsage, err
	}
	if len(issues) > 0 {
		return exitFindings, nil
	}
	return exitOK, nil
}

// artifact returns the URI of what -world names, as a log refers to it:
//
//  1. the embedded world and standard input: "", they are no files
//  2. an absolute path: a file URI (RFC 8089)
//  3. a relative path: a relative reference, escaped where a URI needs it
//     (RFC 3986)
func artifact(world string) string {
	if world == "" || world == "-" {
		return ""
	}
	path := filepath.ToSlash(filepath.Clean(world))
	if !filepath.IsAbs(world) {
		return (&url.URL{Path: path}).String()
	}
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a drive's letter
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}

// explain prints the page of a code (HOST_NOT_COVERED) or of a rule (R9a).
func explain(_ context.Context, c *cli, args []string) (int, error) {
	fs := flags("explain")
	if err := parse(fs, args); err != nil {
		return exitUsage, err
	}
	if fs.NArg() != 1 {
		return exitUsage, errors.New("explain: want one CODE or RULE")
	}
	if page, ok := audit.Explain(endpoint.Code(fs.Arg(0))); ok {
		fmt.Fprintln(c.out, page)
		return exitOK, nil
	}
	rule, ok := audit.ExplainRule(fs.Arg(0))
	if !ok {
		return exitUsage, fmt.Errorf("explain: %q is no code and no rule of this command", fs.Arg(0))
	}
	fmt.Fprintln(c.out, rule)
	return exitOK, nil
}
