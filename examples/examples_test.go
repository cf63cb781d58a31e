// Package examples_test runs every small program below examples and compares
// what it prints with its README.
package examples_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestREADMEs finds, in the README of every program, the command that runs it
// and the block of what it prints.
func TestREADMEs(t *testing.T) {
	readmes, err := filepath.Glob("*/README.md")
	if err != nil {
		t.Fatal(err)
	}
	block := regexp.MustCompile("(?s)    go (run|test -v) (\\./examples/[a-z]+)\n\n```text\n(.*?)```\n")
	ran := 0
	for _, readme := range readmes {
		if _, err := os.Stat(filepath.Join(filepath.Dir(readme), "go.mod")); err == nil {
			continue // a module of its own, with tests of its own
		}
		text, err := os.ReadFile(readme)
		if err != nil {
			t.Fatal(err)
		}
		m := block.FindStringSubmatch(string(text))
		if m == nil {
			t.Errorf("%s shows no command and its output", readme)
			continue
		}
		ran++
		t.Run(filepath.Dir(readme), func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), "go", append(strings.Fields(m[1]), m[2])...)
			cmd.Dir = ".."
			out, err := cmd.Output()
			exitsOne := strings.Contains(string(text), "It exits with status 1.")
			if (err != nil) != exitsOne {
				t.Errorf("%v: %v", cmd, err)
			}
			if diff := cmp.Diff(m[3], timeless(string(out))); diff != "" {
				t.Errorf("%s (-README +printed):\n%s", readme, diff)
			}
		})
	}
	if ran < 7 {
		t.Errorf("%d programs ran", ran)
	}
}

// timeless takes times off what go test prints.
func timeless(s string) string {
	s = regexp.MustCompile(`\([\d.]+(µs|ms|s)\)`).ReplaceAllString(s, "(time)")
	return regexp.MustCompile(`(?m)^(ok|FAIL)(\s+\S+)\s.*$`).ReplaceAllString(s, "$1$2")
}

// TestSmall holds the programs to what a reader takes in at a glance.
func TestSmall(t *testing.T) {
	mains, err := filepath.Glob("*/*.go")
	if err != nil {
		t.Fatal(err)
	}
	lines := map[string]int{}
	for _, file := range mains {
		dir := filepath.Dir(file)
		if dir == "whichway" || strings.HasSuffix(file, "_test.go") {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			continue
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines[file] = strings.Count(string(b), "\n")
	}
	for file, n := range lines {
		if n >= 80 {
			t.Errorf("%s: %d lines, want fewer than 80", file, n)
		}
	}
}
