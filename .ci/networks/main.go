// Networks asks whichway about public captures of real networks and compares its answers with two tables:
// what another tool's own tests assert about a capture (PEER_ASSERTED.tsv), and what the documented route
// priority yields for it (DERIVED.tsv).
//
//	networks -whichway PATH -data DIR [NETWORK ...]
//
// DIR holds the tables and one folder for each network. The networks named must agree, each of them having at
// least one row; with none named, all must. Rows of the others are compared and printed as well, and change nothing.
//
// Exit status: 0 agreed, 1 disagreed, 2 usage, or a table that cannot be read.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// askTimeout is far more than one question takes; it keeps a hanging command from hanging the gate.
const askTimeout = 60 * time.Second

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("networks", flag.ContinueOnError)
	flags.SetOutput(stderr)
	whichway := flags.String("whichway", "", "`path` of the whichway command")
	data := flags.String("data", "", "`directory` with the captures and the two tables")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if *whichway == "" || *data == "" {
		fmt.Fprintln(stderr, "networks: -whichway and -data are required")
		return 2
	}
	rows, excluded, err := readTables(*data)
	if err != nil {
		fmt.Fprintln(stderr, "networks:", err)
		return 2
	}
	required, err := requiredNetworks(rows, flags.Args())
	if err != nil {
		fmt.Fprintln(stderr, "networks:", err)
		return 2
	}
	ask := func(r row) ([]byte, error) {
		return askCommand(*whichway, filepath.Join(*data, r.network), r)
	}
	return report(stdout, rows, excluded, required, ask)
}

// requiredNetworks is the set of networks that must agree: those named, or all of the rows' networks if none is. A
// network without a row is an error: agreement about nothing proves nothing.
func requiredNetworks(rows []row, named []string) (map[string]bool, error) {
	known := make(map[string]bool)
	for _, r := range rows {
		known[r.network] = true
	}
	if len(named) == 0 {
		return known, nil
	}
	required := make(map[string]bool)
	for _, n := range named {
		if !known[n] {
			return nil, fmt.Errorf("no row for network %q", n)
		}
		required[n] = true
	}
	return required, nil
}

// askCommand runs `whichway why -json` once and returns what it printed.
func askCommand(whichway, world string, r row) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), askTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, whichway, "why", "-json", "-world", world, "-from", r.subnet, r.address)
	var errText bytes.Buffer
	cmd.Stderr = &errText
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, bytes.TrimSpace(append(errText.Bytes(), out...)))
	}
	return out, nil
}

// report compares every row and prints one line for each network and one for each disagreement. It returns the exit
// status.
func report(w io.Writer, rows []row, excluded int, required map[string]bool, ask func(row) ([]byte, error)) int {
	type tally struct{ agreed, disagreed int }
	tallies := make(map[string]*tally)
	status := 0
	for _, r := range rows {
		t := tallies[r.network]
		if t == nil {
			t = new(tally)
			tallies[r.network] = t
		}
		err := compareRow(r, ask)
		if err == nil {
			t.agreed++
			continue
		}
		t.disagreed++
		if required[r.network] {
			status = 1
		}
		fmt.Fprintf(w, "DISAGREE %s line %d: %s, from %s to %s: %v\n", r.table, r.line, r.network, r.subnet, r.address, err)
	}
	for _, name := range slices.Sorted(maps.Keys(tallies)) {
		t := tallies[name]
		note := ""
		if t.disagreed > 0 {
			note = fmt.Sprintf(", %d DISAGREE", t.disagreed)
			if !required[name] {
				note += " (not required)"
			}
		}
		fmt.Fprintf(w, "   %-34s %2d rows agree%s\n", name, t.agreed, note)
	}
	fmt.Fprintf(w, "   %d rows compared; %d left out: they assert no first target, name no source subnet, or ask about a protocol the command cannot\n",
		len(rows), excluded)
	return status
}

func compareRow(r row, ask func(row) ([]byte, error)) error {
	out, err := ask(r)
	if err != nil {
		return err
	}
	answer, err := parseAnswer(out, r)
	if err != nil {
		return err
	}
	return errors.Join(r.check(answer)...)
}
