package main

import (
	"fmt"
	"io"
	"math"
	"runtime"
	"syscall"
	"time"
)

// A side is one way to do the work of a row. It runs the work n times, over
// its inputs in turn, and must not let the compiler drop the result.
type side struct {
	name string
	run  func(n int)
}

// A row compares our side with one or several others, and holds them to the
// bars.
type row struct {
	name   string
	ours   side
	others []other
	allocs float64 // the most our side may allocate in one run of the work
}

// An other is a side to compare with. The bar is on the other side's CPU time
// divided by ours: at least atLeast, or, if that is 0, at least 1/atMost.
type other struct {
	side
	atLeast float64
	atMost  float64 // ours may take so many times as long
}

// groups are the rows by what they are about; each file of rows adds its own.
var groups []group

type group struct {
	name string
	rows func() []row
}

const (
	rounds = 15                    // the minimum is taken over so many
	slice  = 20 * time.Millisecond // of CPU time, one measurement
)

// cpu is the CPU time this process has used, garbage collection included. Wall
// time says little on a machine that others use too.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// calibrate returns how many runs of the work fill a slice.
func calibrate(s side) int {
	for n := 1024; ; n *= 2 {
		start := cpu()
		s.run(n)
		if d := cpu() - start; d > slice/4 {
			return max(1024, int(float64(n)*float64(slice)/float64(d)))
		}
	}
}

// allocs returns the allocations of one run of the work.
func allocs(s side) float64 {
	const n = 4096
	s.run(n)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	s.run(n)
	runtime.ReadMemStats(&after)
	return math.Floor(float64(after.Mallocs-before.Mallocs)/n*100) / 100
}

// measure runs the sides of a row in turn, so that all of them see the same
// weather, and returns the least nanoseconds of CPU time for each.
func measure(sides []side) []float64 {
	n := make([]int, len(sides))
	best := make([]float64, len(sides))
	for i, s := range sides {
		n[i], best[i] = calibrate(s), math.Inf(1)
	}
	for range rounds {
		for i, s := range sides {
			runtime.GC()
			start := cpu()
			s.run(n[i])
			best[i] = min(best[i], float64(cpu()-start)/float64(n[i]))
		}
	}
	return best
}

// report measures a row, prints it, and reports whether all its bars hold.
func (r row) report(w io.Writer) bool {
	sides := []side{r.ours}
	for _, o := range r.others {
		sides = append(sides, o.side)
	}
	ns := measure(sides)
	a := allocs(r.ours)
	ok := a <= r.allocs
	fmt.Fprintf(w, "%-44s %8.1f ns  %5.2f allocs  %s\n", r.name+": "+r.ours.name, ns[0], a, verdict(ok, fmt.Sprintf("<= %g allocs", r.allocs)))
	for i, o := range r.others {
		ratio := ns[i+1] / ns[0]
		held, bar, shown := true, "no bar", fmt.Sprintf("%6.1fx", ratio)
		switch {
		case o.atLeast > 0:
			held, bar = ratio >= o.atLeast, fmt.Sprintf(">= %gx", o.atLeast)
		case o.atMost > 0:
			held, bar = 1/ratio <= o.atMost, fmt.Sprintf("<= %gx", o.atMost)
			shown = fmt.Sprintf("%6.2fx", 1/ratio)
		}
		fmt.Fprintf(w, "    %-40s %8.1f ns  %s       %s\n", o.name, ns[i+1], shown, verdict(held, bar))
		ok = ok && held
	}
	return ok
}

func verdict(ok bool, bar string) string {
	if ok {
		return "holds  " + bar
	}
	return "FAILS  " + bar
}
