// Peers measures this library side by side with what people use today, and
// says which bars hold: ratios of CPU time, both sides in this process,
// interleaved, the minimum of many; and allocations.
//
//	go run .            every group
//	go run . naming     one group
//
// It exits with 1 if a bar does not hold.
package main

import (
	"fmt"
	"os"
	"slices"
)

func main() {
	ok := true
	for _, g := range groups {
		if len(os.Args) > 1 && !slices.Contains(os.Args[1:], g.name) {
			continue
		}
		fmt.Println("##", g.name)
		for _, r := range g.rows() {
			ok = r.report(os.Stdout) && ok
		}
	}
	if !ok {
		os.Exit(1)
	}
}
