package main

import (
	"cmp"
	"fmt"
	"io"
	"iter"
	"math"
	"runtime"
	"time"
)

// A side is one way to do the work of a row.
type side struct {
	name string

	// run does the work n times, over its inputs in turn, and must not let the
	// compiler drop the result.
	run func(n int)

	// gauge stands instead of run where the figure is not the CPU time of this
	// process: it measures once, in the unit of the row.
	gauge func() float64
}

// A row compares our side with one or several others, and holds them to the
// bars.
type row struct {
	name   string
	ours   side
	others []other
	allocs float64 // the most our side may allocate in one run of the work; see noAllocBar

	unit   string // "" for nanoseconds of CPU time
	rounds int    // the minimum is taken over so many; 0 for the usual number

	// garbage says that a side leaves so much memory behind that collecting it
	// is a good part of its figure.
	garbage bool

	// check reports how the answers of the sides differ: what compares
	// different work measures nothing. nil where there is nothing to compare.
	check func() error
}

// noAllocBar is for rows that hold time or memory to a bar and not allocations.
var noAllocBar = math.Inf(1)

// An other is a side to compare with. The bar is on the other side's figure
// divided by ours: at least atLeast, or, if that is 0, at least 1/atMost.
type other struct {
	side
	atLeast float64
	atMost  float64 // ours may be so many times as much
}

// groups are the rows by what they are about; each file of rows adds its own.
var groups []group

// A group makes its rows one by one, so that the worlds of one are gone before
// those of the next are built.
type group struct {
	name string
	rows func(s sizes, add func(row))
}

// sizes are how large the worlds of the rows are.
type sizes struct {
	records int           // in the largest set of zones
	zones   int           // to choose among
	views   int           // VPCs over the same endpoints
	vpcs    int           // in an estate
	hosts   int           // a matrix asks for
	serve   time.Duration // one measurement of a server takes
}

// full are the sizes of the bars.
var full = sizes{records: 100_000, zones: 10_000, views: 1_000, vpcs: 1_000, hosts: 200, serve: time.Second}

const (
	usualRounds = 15

	slice = 20 * time.Millisecond // of CPU time, one measurement

	// garbageSlice is for rows of garbage. Four megabytes of it are what one
	// collection is made for, so that a usual slice has one, two or five: the
	// least figure would be that of the side with one to spare.
	garbageSlice  = 200 * time.Millisecond
	garbageRounds = 25
)

// inTurn yields runs times the numbers below n in turn, without the division
// that would count among what is measured.
func inTurn(runs, n int) iter.Seq[int] {
	return func(yield func(int) bool) {
		i := 0
		for range runs {
			if !yield(i) {
				return
			}
			if i++; i == n {
				i = 0
			}
		}
	}
}

// calibrate returns how many runs of the work fill a slice.
func calibrate(s side, slice time.Duration) int {
	if s.run == nil {
		return 1
	}
	s.run(1) // what is made at the first use
	for n := 1; ; n *= 2 {
		start := cpu()
		s.run(n)
		if d := cpu() - start; d > slice/4 {
			return max(1, int(float64(n)*float64(slice)/float64(d)))
		}
	}
}

// round measures one side once: with no garbage of the other side's to collect,
// and what it reads back in the caches.
func (s side) round(n int) float64 {
	runtime.GC()
	if s.run == nil {
		return s.gauge()
	}
	s.run(n / 4)
	start := cpu()
	s.run(n)
	return float64(cpu()-start) / float64(n)
}

// measure runs the sides of a row in turn, so that all of them see the same
// weather, and returns the least figure of each.
func measure(sides []side, slice time.Duration, rounds int) []float64 {
	n := make([]int, len(sides))
	best := make([]float64, len(sides))
	for i, s := range sides {
		n[i], best[i] = calibrate(s, slice), math.Inf(1)
	}
	for range rounds {
		for i, s := range sides {
			best[i] = min(best[i], s.round(n[i]))
		}
	}
	return best
}

// allocs returns the allocations of one run of the work, the least of three.
func allocs(s side, n int) float64 {
	best := math.Inf(1)
	for range 3 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s.run(n)
		runtime.ReadMemStats(&after)
		best = min(best, math.Floor(float64(after.Mallocs-before.Mallocs)/float64(n)*100)/100)
	}
	return best
}

// report measures a row, prints it, and reports whether all its bars hold. Of
// a row whose sides do not agree nothing is measured.
func (r row) report(w io.Writer) bool {
	if r.check != nil {
		if err := r.check(); err != nil {
			fmt.Fprintf(w, "%s\n    FAILS: the sides do not agree: %v\n", r.name, err)
			return false
		}
	}
	sides := []side{r.ours}
	for _, o := range r.others {
		sides = append(sides, o.side)
	}
	slice, rounds := slice, cmp.Or(r.rounds, usualRounds)
	if r.garbage {
		slice, rounds = garbageSlice, garbageRounds
	}
	unit := r.unit
	if unit == "" {
		unit = "ns"
	}
	figures := measure(sides, slice, rounds)
	ok := true
	fmt.Fprintln(w, r.name)
	line := func(s side, figure float64, ratio, verdict string) {
		fmt.Fprintf(w, "    %-44s %14s %-5s %10s  %s\n", s.name, number(figure), unit, ratio, verdict)
	}
	if r.ours.run == nil {
		line(r.ours, figures[0], "", "")
	} else {
		a := allocs(r.ours, calibrate(r.ours, slice))
		held, bar := true, "no bar"
		if r.allocs != noAllocBar {
			held, bar = a <= r.allocs, fmt.Sprintf("<= %g allocs", r.allocs)
		}
		ok = held
		line(r.ours, figures[0], "", fmt.Sprintf("%s  (%g allocs)", verdict(held, bar), a))
	}
	for i, o := range r.others {
		ratio := figures[i+1] / figures[0]
		held, bar, shown := true, "no bar", fmt.Sprintf("%.2fx", ratio)
		switch {
		case o.atLeast > 0:
			held, bar = ratio >= o.atLeast, fmt.Sprintf(">= %gx", o.atLeast)
		case o.atMost > 0:
			held, bar = 1/ratio <= o.atMost, fmt.Sprintf("<= %g of it", o.atMost)
			shown = fmt.Sprintf("%.2f of it", 1/ratio)
		}
		line(o.side, figures[i+1], shown, verdict(held, bar))
		ok = ok && held
	}
	return ok
}

// number prints a figure with the digits that mean something.
func number(x float64) string {
	switch {
	case math.Abs(x) < 1000:
		return fmt.Sprintf("%.1f", x)
	case math.Abs(x) < 1e6:
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.0fk", x/1000)
}

func verdict(ok bool, bar string) string {
	switch {
	case bar == "no bar":
		return "       no bar"
	case ok:
		return "holds  " + bar
	}
	return "FAILS  " + bar
}

// agree returns an error that says where two answers differ, nil if they do
// not.
func agree[T comparable](what string, ours, theirs T) error {
	if ours == theirs {
		return nil
	}
	return fmt.Errorf("%s: %v here, %v there", what, ours, theirs)
}

// live returns the bytes that what make returns keeps in memory.
func live(make func() any) float64 {
	used := func() float64 {
		var m runtime.MemStats
		runtime.GC()
		runtime.GC() // pools are emptied in two
		runtime.ReadMemStats(&m)
		return float64(m.HeapAlloc)
	}
	before := used()
	x := make()
	after := used()
	runtime.KeepAlive(x)
	return after - before
}
