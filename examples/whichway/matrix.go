package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
)

// matrixFormats are the forms of a matrix that -format names.
var matrixFormats = map[string]func(io.Writer, *audit.Matrix) error{
	"text":     func(w io.Writer, m *audit.Matrix) error { return report.MatrixText(w, m, terminalWidth) },
	"markdown": report.MatrixMarkdown,
	"csv":      report.MatrixCSV,
	"html":     report.MatrixHTML,
}

// terminalWidth is what a matrix as text is fitted into.
const terminalWidth = 100

func matrix(ctx context.Context, c *cli, args []string) (int, error) {
	fs := flags("matrix")
	dir := fs.String("world", "", "")
	asJSON := fs.Bool("json", false, "")
	format := fs.String("format", "text", "")
	from := fs.String("from", "all", "")
	profile := fs.String("profile", "", "")
	require := fs.String("require", "", "")
	if err := parse(fs, args); err != nil {
		return exitUsage, err
	}
	print, ok := matrixFormats[*format]
	if !ok {
		return exitUsage, fmt.Errorf("matrix: -format %q is none of text, markdown, csv, html", *format)
	}
	if *asJSON {
		print = report.Matrix
	}
	var required route.Verdict
	if *require != "" {
		var err error
		if required, err = audit.ParseVerdict(*require); err != nil {
			return exitUsage, fmt.Errorf("matrix: -require: %w", err)
		}
	}
	hosts, err := c.hosts(*profile, fs.Args())
	if err != nil {
		return exitUsage, fmt.Errorf("matrix: %w", err)
	}
	if len(hosts) == 0 {
		return exitUsage, errors.New("matrix: no HOST and no -profile given")
	}
	w, err := c.world(*dir)
	if err != nil {
		return exitUsage, err
	}
	vantages, err := audit.Vantages(w, *from)
	if err != nil {
		return exitUsage, fmt.Errorf("matrix: -from %w", err)
	}
	m, err := audit.NewMatrix(ctx, vantages, hosts, c.progress("matrix"))
	if err != nil {
		return exitUsage, fmt.Errorf("matrix: %w", err)
	}
	if err := print(c.out, m); err != nil {
		return exitUsage, err
	}
	if required != "" {
		for range m.Unmet(required) {
			return exitFindings, nil
		}
	}
	return exitOK, nil
}

// hosts returns the hosts of the profiles that -profile names, then those of
// the arguments.
func (c *cli) hosts(profile string, args []string) ([]audit.Host, error) {
	var profiles []audit.Profile
	if profile != "" {
		var err error
		if profiles, err = audit.LoadProfiles([]string{profile}, os.ReadFile); err != nil {
			return nil, fmt.Errorf("-profile: %w", err)
		}
	}
	words, err := c.words(args)
	if err != nil {
		return nil, err
	}
	hosts, err := each(words, func(s string) (string, error) {
		if _, err := audit.ParseHost(s); err != nil {
			return "", notHost(s, err)
		}
		return s, nil
	})
	if err != nil {
		return nil, err
	}
	return audit.Hosts(profiles, hosts...)
}

// progress returns a function that says on standard error how far work is,
// once a second, and nothing of work that takes less.
func (c *cli) progress(what string) func(done, total int) {
	last := time.Now()
	return func(done, total int) {
		if now := time.Now(); now.Sub(last) >= time.Second {
			last = now
			fmt.Fprintf(c.err, "whichway: %s: %d of %d\n", what, done, total)
		}
	}
}
