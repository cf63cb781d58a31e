package main

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

// small are worlds that are built in no time.
var small = sizes{records: 1_000, zones: 100, views: 20, vpcs: 4, hosts: 40, serve: 20 * time.Millisecond}

// Every side of every row runs, and the sides of a row give the same answers.
func TestRows(t *testing.T) {
	for _, g := range groups {
		rows := 0
		g.rows(small, func(r row) {
			rows++
			t.Run(g.name+"/"+r.name, func(t *testing.T) {
				if r.check != nil {
					if err := r.check(); err != nil {
						t.Error(err)
					}
				}
				sides := []side{r.ours}
				for _, o := range r.others {
					sides = append(sides, o.side)
				}
				for _, s := range sides {
					if (s.run == nil) == (s.gauge == nil) {
						t.Errorf("%s: want one of run and gauge", s.name)
					} else if s.run != nil {
						s.run(3)
					} else if x := s.gauge(); !(x >= 0) { // 0: NSD is timed by the clock tick
						t.Errorf("%s: %v %s", s.name, x, r.unit)
					}
				}
			})
		})
		if rows == 0 {
			t.Errorf("%s: no rows", g.name)
		}
	}
}

// gauged is a side whose figure is known.
func gauged(x float64) side { return side{name: "known", gauge: func() float64 { return x }} }

func TestReport(t *testing.T) {
	for _, test := range []struct {
		name string
		row  row
		want string // part of what is printed
		ok   bool
	}{
		{"at least, holds", row{ours: gauged(2), others: []other{{side: gauged(8), atLeast: 4}}}, "4.00x  holds  >= 4x", true},
		{"at least, fails", row{ours: gauged(2), others: []other{{side: gauged(7), atLeast: 4}}}, "3.50x  FAILS  >= 4x", false},
		{"at most, holds", row{ours: gauged(6), others: []other{{side: gauged(4), atMost: 1.5}}}, "1.50 of it  holds  <= 1.5 of it", true},
		{"at most, fails", row{ours: gauged(7), others: []other{{side: gauged(4), atMost: 1.5}}}, "1.75 of it  FAILS  <= 1.5 of it", false},
		{"no bar", row{ours: gauged(9), others: []other{{side: gauged(1)}}}, "0.11x         no bar", true},
		{"one of two fails", row{ours: gauged(1), others: []other{{side: gauged(1), atLeast: 2}, {side: gauged(9), atLeast: 2}}}, "FAILS", false},
		{"the sides differ", row{ours: gauged(1), check: func() error { return errors.New("3 here") }}, "do not agree: 3 here", false},
		{"allocates", row{ours: side{name: "ours", run: allocate}}, "FAILS  <= 0 allocs", false},
		{"may allocate", row{ours: side{name: "ours", run: allocate}, allocs: 1}, "holds  <= 1 allocs", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			test.row.name, test.row.rounds = "row", 1
			var b strings.Builder
			if ok := test.row.report(&b); ok != test.ok || !strings.Contains(b.String(), test.want) {
				t.Errorf("%v, want %v and %q in\n%s", ok, test.ok, test.want, &b)
			}
		})
	}
}

func allocate(n int) {
	for range n {
		sink.b = make([]byte, 1<<10)
	}
}

func TestRun(t *testing.T) {
	saved := groups
	defer func() { groups = saved }()
	figure := 1.0
	groups = []group{{"one", func(_ sizes, add func(row)) {
		add(row{name: "row", rounds: 1, ours: gauged(figure), others: []other{{side: gauged(2), atLeast: 2}}})
	}}}
	var b strings.Builder
	if got := run(&b, nil, small); got != 0 || !strings.Contains(b.String(), "## one") || !strings.Contains(b.String(), runtime.Version()) {
		t.Errorf("exit %d, want 0, the group and the machine in\n%s", got, &b)
	}
	figure = 3
	b.Reset()
	if got := run(&b, []string{"one"}, small); got != 1 || !strings.Contains(b.String(), "FAILS  one: row") {
		t.Errorf("exit %d, want 1 and the row that fails in\n%s", got, &b)
	}
	if got := run(io.Discard, []string{"two"}, small); got != 2 {
		t.Errorf("exit %d for a group that is none, want 2", got)
	}
}
