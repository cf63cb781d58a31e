package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// The keys of `whichway why -json` that the tables speak about.
type answer struct {
	Schema string `json:"schema"`
	From   struct {
		ID string `json:"id"`
	} `json:"from"`
	Host  string `json:"host"`
	Paths []path `json:"paths"`
}

type path struct {
	Address string   `json:"address"`
	Class   string   `json:"class"`
	Codes   []string `json:"codes"`
	Hops    []hop    `json:"hops"`
}

type hop struct {
	Kind        string `json:"kind"`
	ID          string `json:"id"`
	RouteTable  string `json:"routeTable"`
	Destination string `json:"destination"`
	Target      string `json:"target"`
}

// parseAnswer reads the one object that a question from a subnet to an address is answered with, and returns its one
// path. An answer to another question is an error.
func parseAnswer(out []byte, r row) (path, error) {
	dec := json.NewDecoder(bytes.NewReader(out))
	var a answer
	if err := dec.Decode(&a); err != nil {
		return path{}, fmt.Errorf("not the JSON of an answer: %w", err)
	}
	if err := dec.Decode(new(json.RawMessage)); !errors.Is(err, io.EOF) {
		return path{}, errors.New("more than one object for one subnet and one address")
	}
	switch {
	case a.Schema != "whichway.trace/1":
		return path{}, fmt.Errorf("schema %q, want whichway.trace/1", a.Schema)
	case a.From.ID != r.subnet || a.Host != r.address:
		return path{}, fmt.Errorf("answers the way from %q to %q", a.From.ID, a.Host)
	case len(a.Paths) != 1:
		return path{}, fmt.Errorf("%d paths for one address", len(a.Paths))
	case a.Paths[0].Address != r.address:
		return path{}, fmt.Errorf("a path to %q", a.Paths[0].Address)
	case len(a.Paths[0].Hops) == 0:
		return path{}, fmt.Errorf("class %s without a hop", a.Paths[0].Class)
	}
	return a.Paths[0], nil
}

// check returns what is wrong with the path, nothing if it agrees.
func (r row) check(p path) []error {
	if r.firstTarget != "" {
		if got := p.firstTarget(); !targetIs(got, r.firstTarget) {
			return []error{fmt.Errorf("first target %s, want %s (class %s, codes %v)", got, r.firstTarget, p.Class, p.Codes)}
		}
		return nil
	}
	var errs []error
	want, inputEnds := wantedChain(r.chain)
	if got := p.chain(); !slices.Equal(got, want) {
		errs = append(errs, fmt.Errorf("chain %q, want %q (class %s, codes %v)", strings.Join(got, " > "), r.chain, p.Class, p.Codes))
	}
	if inputEnds && p.Class != "unknown" {
		errs = append(errs, fmt.Errorf("class %s, want unknown: the input says nothing further", p.Class))
	}
	first := p.Hops[0]
	if first.Kind == "direct" {
		return errs // no table was consulted, while DERIVED.tsv speaks of tables only
	}
	if first.RouteTable != r.routeTable {
		errs = append(errs, fmt.Errorf("route table %q, want %q", first.RouteTable, r.routeTable))
	}
	if !destinationIs(first.Destination, r.destination) {
		errs = append(errs, fmt.Errorf("destination %q, want %q", first.Destination, r.destination))
	}
	return errs
}

// firstTarget is where the first hop sends the packet, in the words of PEER_ASSERTED.tsv:
//
//  1. `direct` within the subnet (R5)
//  2. `no-route` if the first table has no row for it
//  3. the target of the row that won, `local` included; a blackhole counts as its target
//  4. `?` if no row won for another reason
func (p path) firstTarget() string {
	first := p.Hops[0]
	switch {
	case first.Kind == "direct":
		return "direct"
	case first.Target != "":
		return first.Target
	case p.Class == "no-route":
		return "no-route"
	default:
		return "?"
	}
}

// chain is what the tables met decided, in the words of DERIVED.tsv and in their order:
//
//  1. the target of each row that won; `local` and what follows it need no further table
//  2. `local` for a destination within the subnet itself (R5)
//  3. `drop:` before the last target if its route is a blackhole
//  4. `no-route` at the end if the last table has no row
//
// A way back is not part of it, nor is what a gateway itself refuses.
func (p path) chain() []string {
	var targets []string
	for _, h := range p.Hops {
		if h.Kind == "return" {
			break
		}
		target := h.Target
		if h.Kind == "direct" {
			target = "local"
		}
		if target != "" {
			targets = append(targets, target)
		}
		if target == "local" {
			break
		}
	}
	last := len(targets) - 1
	switch {
	case p.Class == "blackhole" && last >= 0:
		targets[last] = "drop:" + targets[last]
	case p.Class == "no-route" && (last < 0 || targets[last] != "local"):
		targets = append(targets, "no-route")
	}
	return targets
}

// wantedChain splits an expected chain; inputEnds reports whether its last element was a `?(reason)`, which is no
// target.
func wantedChain(s string) (targets []string, inputEnds bool) {
	targets = strings.Split(s, " > ")
	if last := len(targets) - 1; strings.HasPrefix(targets[last], "?") {
		return targets[:last], true
	}
	return targets, false
}

// targetIs reports whether got is the wanted target; a bare kind such as `pcx` wants any id of that kind.
func targetIs(got, want string) bool {
	if got == want {
		return true
	}
	return !strings.Contains(want, "-") && strings.HasPrefix(got, want+"-")
}

// destinationIs reports whether got, a CIDR or `pl-id CIDR`, names the wanted CIDR.
func destinationIs(got, want string) bool {
	return got == want || want != "" && strings.HasSuffix(got, " "+want)
}
