// Peers measures this library side by side with what people use today, and
// says which bars hold: ratios of CPU time, both sides in this process,
// interleaved, the minimum of many; and allocations.
//
//	go run .            every group
//	go run . naming     one group
//
// It exits with 1 if a bar does not hold, and with 2 for a group that is none.
package main

import (
	"fmt"
	"io"
	"os"
	"slices"
)

func main() {
	os.Exit(run(os.Stdout, os.Args[1:], full))
}

// run measures the groups, all if none is named, and returns the exit status.
func run(w io.Writer, names []string, s sizes) int {
	for _, name := range names {
		if !slices.ContainsFunc(groups, func(g group) bool { return g.name == name }) {
			fmt.Fprintf(w, "no group %q; groups:", name)
			for _, g := range groups {
				fmt.Fprint(w, " ", g.name)
			}
			fmt.Fprintln(w)
			return 2
		}
	}
	rows := 0
	var failed []string
	for _, g := range groups {
		if len(names) > 0 && !slices.Contains(names, g.name) {
			continue
		}
		fmt.Fprintf(w, "## %s\n\n", g.name)
		g.rows(s, func(r row) {
			rows++
			if !r.report(w) {
				failed = append(failed, g.name+": "+r.name)
			}
		})
		fmt.Fprintln(w)
	}
	machine(w)
	fmt.Fprintf(w, "%d rows, %d with a bar that fails\n", rows, len(failed))
	for _, f := range failed {
		fmt.Fprintln(w, "  FAILS ", f)
	}
	if len(failed) > 0 {
		return 1
	}
	return 0
}
