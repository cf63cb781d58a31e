// Sarif validates the logs of whichway against the schema that OASIS publishes for SARIF 2.1.0.
//
//	sarif -whichway PATH
//
// Validated are what `whichway lint -format sarif` prints, and what report.SARIF writes of every code there is: nothing
// found, each code alone, all together; with the place of a file and without. Then a valid log is broken in many ways,
// and each must be refused: a validator that accepts everything proves nothing.
//
// It must run in a folder of this module, whose go.mod pins the schema.
//
// Exit status: 0 all as it must be, 1 a log is invalid or a broken one was accepted, 2 usage, or something cannot be run.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/privatelink-go/privatelink/route/report"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("sarif", flag.ContinueOnError)
	flags.SetOutput(stderr)
	whichway := flags.String("whichway", "", "`path` of the whichway command")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *whichway == "" || flags.NArg() > 0 {
		fmt.Fprintln(stderr, "sarif: want -whichway and no arguments")
		return 2
	}
	status, err := validateAll(stdout, *whichway)
	if err != nil {
		fmt.Fprintln(stderr, "sarif:", err)
		return 2
	}
	return status
}

// validateAll prints one line for each log of the command, one for all of the library, and one for each log that is
// not as it must be. It returns the exit status.
func validateAll(w io.Writer, whichway string) (status int, err error) {
	v, err := newValidator()
	if err != nil {
		return 0, err
	}
	fmt.Fprintf(w, "   schema %s\n   sha256 %s\n", schemaID, schemaSum)
	scratch, err := os.MkdirTemp("", "sarif")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(scratch)
	if scratch, err = filepath.EvalSymlinks(scratch); err != nil {
		return 0, err
	}
	if whichway, err = filepath.Abs(whichway); err != nil {
		return 0, err
	}
	commands, err := commandLogs(whichway, scratch)
	if err != nil {
		return 0, err
	}
	for _, l := range commands {
		if err := v.check(l); err != nil {
			fmt.Fprintf(w, "INVALID %s: %v\n", l.name, err)
			status = 1
			continue
		}
		fmt.Fprintf(w, "   valid: %s, %d octets\n", l.name, len(l.data))
	}
	written, err := libraryLogs()
	if err != nil {
		return 0, err
	}
	valid := 0
	for _, l := range written {
		if err := v.check(l); err != nil {
			fmt.Fprintf(w, "INVALID %s: %v\n", l.name, err)
			status = 1
			continue
		}
		valid++
	}
	fmt.Fprintf(w, "   valid: %d of %d logs that report.SARIF writes, of %d issues\n", valid, len(written), len(everyIssue()))
	accepted, err := v.acceptedFaults()
	if err != nil {
		return 0, err
	}
	for _, name := range accepted {
		fmt.Fprintf(w, "ACCEPTED a broken log: %s\n", name)
		status = 1
	}
	fmt.Fprintf(w, "   refused: %d of %d broken logs\n", len(faults)-len(accepted), len(faults))
	return status, nil
}

// acceptedFaults breaks a valid log by each fault and returns the names of those that are not refused.
func (v *validator) acceptedFaults() ([]string, error) {
	var b bytes.Buffer
	if err := report.SARIF(&b, everyIssue()[:1], "world"); err != nil {
		return nil, err
	}
	if err := v.validate(b.Bytes()); err != nil {
		return nil, fmt.Errorf("the log to be broken is invalid: %w", err)
	}
	logs, err := broken(b.Bytes())
	if err != nil {
		return nil, err
	}
	var names []string
	for i, log := range logs {
		if v.validate(log) == nil {
			names = append(names, faults[i].name)
		}
	}
	return names, nil
}
