package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
)

// gatherScript is the read-only script of AWS CLI calls; README.md shows the
// same text.
//
//go:embed gather.sh
var gatherScript string

func gather(_ context.Context, c *cli, args []string) (int, error) {
	fs := flags("gather")
	profiles := fs.String("profile", "", "")
	regions := fs.String("region", "", "")
	if err := parse(fs, args); err != nil {
		return exitUsage, err
	}
	if fs.NArg() > 0 {
		return exitUsage, errors.New("gather: takes no arguments, only -profile and -region")
	}
	script := gatherScript
	for _, s := range []struct{ flag, variable, list string }{
		{"-profile", "profiles", *profiles}, {"-region", "regions", *regions},
	} {
		if s.list == "" {
			continue
		}
		words, err := shellWords(s.list)
		if err != nil {
			return exitUsage, fmt.Errorf("gather: %s %w", s.flag, err)
		}
		script = strings.Replace(script, "\n"+s.variable+"=''", "\n"+s.variable+"='"+words+"'", 1)
	}
	fmt.Fprint(c.out, script)
	return exitOK, nil
}

// shellWords turns a comma-separated list into words that a shell loop splits
// on spaces. A name that a shell would read as anything else is refused, so
// that the script holds nothing but the calls it shows.
func shellWords(list string) (string, error) {
	words := strings.Split(list, ",")
	for _, w := range words {
		if w == "" || strings.Trim(w, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.@+=/:") != "" {
			return "", fmt.Errorf("%q: not a profile or Region name that a script can hold", w)
		}
	}
	return strings.Join(words, " "), nil
}
