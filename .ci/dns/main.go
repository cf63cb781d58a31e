// Dns holds the library's DNS against programs that other people wrote: BIND, which is given the same zones and asked
// the same questions, and dig, kdig, drill and dnsperf, which ask a running `whichway serve`.
//
//	dns -whichway PATH [-seed N] [-estates N] [-questions N]
//
// A program that is not installed is named and skipped. Everything stays on 127.0.0.1 and ends within a minute.
//
// Exit status: 0 agreed, 1 disagreed, 2 usage, 3 none of the programs is installed.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"time"
)

// wholeTime bounds the run. It takes some fifteen seconds, most of them dnsperf's.
const wholeTime = 55 * time.Second

const (
	exitAgreed = iota
	exitDisagreed
	exitUsage
	exitNothing
)

// A check asks with one program, which stands at path, and says what it found; the error joins what is wrong.
type check struct {
	program string
	run     func(ctx context.Context, path string) (found string, err error)
}

// skipped is the error of a check that the program's surroundings do not allow.
type skipped string

func (s skipped) Error() string { return string(s) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	ctx, cancel := context.WithTimeout(ctx, wholeTime)
	defer cancel()
	flags := flag.NewFlagSet("dns", flag.ContinueOnError)
	flags.SetOutput(stderr)
	whichway := flags.String("whichway", "", "`path` of the whichway command")
	seed := flags.Uint64("seed", rand.Uint64N(1<<32), "`number` that the zones and questions are drawn from; random if not given")
	estates := flags.Int("estates", 24, "how `many` groups of zones are drawn")
	questions := flags.Int("questions", 40, "how `many` questions are drawn for each")
	if err := flags.Parse(args); err != nil {
		return exitUsage
	}
	if *whichway == "" || flags.NArg() > 0 {
		fmt.Fprintln(stderr, "dns: want -whichway and no arguments")
		return exitUsage
	}
	scratch, err := os.MkdirTemp("", "dns")
	if err != nil {
		fmt.Fprintln(stderr, "dns:", err)
		return exitUsage
	}
	defer func() { _ = os.RemoveAll(scratch) }()
	s := &served{whichway: *whichway, dir: scratch}
	d := differential{dir: scratch, seed: *seed, estates: *estates, questions: *questions}
	status := runChecks(ctx, stdout, findProgram, []check{
		{"named", d.run},
		{"dig", s.dig},
		{"kdig", s.kdig},
		{"drill", s.drill},
		{"dnsperf", s.dnsperf},
	})
	if err := s.stop(); err != nil {
		fmt.Fprintln(stdout, "DISAGREE whichway serve:", err)
		status = exitDisagreed
	}
	return status
}

// findProgram looks for a program in PATH, and where servers are kept, which is in few users' PATH.
func findProgram(name string) (string, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		if path, second := exec.LookPath("/usr/sbin/" + name); second == nil {
			return path, nil
		}
	}
	return path, err
}

// runChecks prints a line for each check and one for each disagreement, and returns the exit status.
func runChecks(ctx context.Context, w io.Writer, find func(string) (string, error), checks []check) int {
	status := exitNothing
	for _, c := range checks {
		path, err := find(c.program)
		if err != nil {
			fmt.Fprintf(w, "   %-8s skipped: not installed\n", c.program)
			continue
		}
		found, err := c.run(ctx, path)
		var why skipped
		switch {
		case errors.As(err, &why):
			fmt.Fprintf(w, "   %-8s skipped: %s\n", c.program, why)
			continue
		case err != nil:
			fmt.Fprintf(w, "DISAGREE %s: %v\n", c.program, err)
			status = exitDisagreed
		case status == exitNothing:
			status = exitAgreed
		}
		if found != "" {
			fmt.Fprintf(w, "   %-8s %s\n", c.program, found)
		}
	}
	return status
}
