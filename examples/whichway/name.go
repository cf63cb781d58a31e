package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/route/report"
)

func name(_ context.Context, c *cli, args []string) (int, error) {
	fs := flags("name")
	asJSON := fs.Bool("json", false, "")
	if err := parse(fs, args); err != nil {
		return exitUsage, err
	}
	if fs.NArg() == 0 {
		return exitUsage, errors.New("name: no NAME given")
	}
	words, err := c.words(fs.Args())
	if err != nil {
		return exitUsage, err
	}
	cat := catalog.Default()
	status := exitOK
	for _, w := range words {
		n := report.NewName(w.text, cat)
		if !n.Valid {
			status = exitFindings
		}
		if *asJSON {
			if err := report.Name(c.out, n); err != nil {
				return exitUsage, err
			}
			continue
		}
		fmt.Fprint(c.out, n)
	}
	return status, nil
}
