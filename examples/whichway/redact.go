package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
)

// redact writes a world with its ids, accounts, names and addresses renamed,
// so that a wrong answer can be reported. The directory must not exist or be
// empty: nothing is overwritten.
func redact(_ context.Context, c *cli, args []string) (int, error) {
	fs := flags("redact")
	if err := parse(fs, args); err != nil {
		return exitUsage, err
	}
	if fs.NArg() != 2 {
		return exitUsage, errors.New("redact: want DIR OUT")
	}
	w, err := c.world(fs.Arg(0))
	if err != nil {
		return exitUsage, err
	}
	inv, err := trace.Redact(w.Inventory())
	if err != nil {
		return exitUsage, fmt.Errorf("redact: %w", err)
	}
	files, err := describe.Write(inv)
	if err != nil {
		return exitUsage, fmt.Errorf("redact: %w", err)
	}
	out := fs.Arg(1)
	if err := os.MkdirAll(out, 0o750); err != nil {
		return exitUsage, fmt.Errorf("redact: %w", err)
	}
	if there, err := os.ReadDir(out); err != nil || len(there) > 0 {
		return exitUsage, fmt.Errorf("redact: %s: not an empty directory", out)
	}
	for _, f := range files {
		path := filepath.Join(out, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return exitUsage, fmt.Errorf("redact: %w", err)
		}
		if err := os.WriteFile(path, f.Data, 0o600); err != nil {
			return exitUsage, fmt.Errorf("redact: %w", err)
		}
	}
	fmt.Fprintf(c.out, "%s: %d files\n", out, len(files))
	return exitOK, nil
}
