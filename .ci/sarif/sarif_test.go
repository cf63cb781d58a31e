package main

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestMain lets the test's binary stand in for a command that prints something else than SARIF 2.1.0.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "lint" {
		fmt.Println(`{"version":"2.0.0","runs":[]}`)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func newTestValidator(t *testing.T) *validator {
	t.Helper()
	v, err := newValidator()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestLibraryLogs(t *testing.T) {
	v := newTestValidator(t)
	logs, err := libraryLogs()
	if err != nil {
		t.Fatal(err)
	}
	if len(everyIssue()) < 100 {
		t.Errorf("%d issues: codes are missing", len(everyIssue()))
	}
	for _, l := range logs {
		if err := v.check(l); err != nil {
			t.Errorf("%s: %v", l.name, err)
		}
	}
}

// A log that is valid, and not what it should be.
func TestCheck(t *testing.T) {
	v := newTestValidator(t)
	logs, err := libraryLogs()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, want string
		change     func(*log)
	}{
		{"too few results", fmt.Sprintf("%d results, want %d", len(everyIssue()), len(everyIssue())+1), func(l *log) { l.results++ }},
		{"no file", `want ["world"]`, func(l *log) { l.uri = "world" }},
	} {
		l := logs[1] // all together, without a file
		tt.change(&l)
		if err := v.check(l); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestFaults(t *testing.T) {
	accepted, err := newTestValidator(t).acceptedFaults()
	if err != nil || len(accepted) > 0 {
		t.Errorf("accepted: %q, %v", accepted, err)
	}
}

func TestURIReference(t *testing.T) {
	for s, want := range map[string]bool{
		"": true, "world": true, "a%20b/c.json": true, "../x": true, "file:///a/b": true,
		"a b": false, `a\b`: false, "50%": false, "ä": false, "a:b:c/%zz": false,
	} {
		if err := uriReference(s); (err == nil) != want {
			t.Errorf("%q: %v", s, err)
		}
	}
	if err := uriReference(7); err != nil {
		t.Error(err)
	}
}

// A command that prints invalid logs fails the step, and one that is not there is an error.
func TestRun(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var out, errOut strings.Builder
	if status := run([]string{"-whichway", self}, &out, &errOut); status != 1 || strings.Count(out.String(), "INVALID whichway lint") != 5 {
		t.Errorf("exit status %d, error %q:\n%s", status, errOut.String(), out.String())
	}
	for _, args := range [][]string{nil, {"-whichway"}, {"-whichway", self, "x"}, {"-whichway", self + ".gone"}} {
		if status := run(args, &out, &errOut); status != 2 {
			t.Errorf("%q: exit status %d", args, status)
		}
	}
}
