package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/zone"
)

// maxShown is how many disagreements are shown, and how many zones.
const maxShown = 5

// differential gives BIND and the library the same zones and asks both the same questions.
type differential struct {
	dir                string
	seed               uint64
	estates, questions int
}

// drawn returns the estates and what they are to be asked: the fixed one, and those that the seed gives.
func (d differential) drawn() ([]*estate, [][]question, error) {
	fixed, err := newEstate("the fixed zones", fixedConfig())
	if err != nil {
		return nil, nil, err
	}
	estates, questions := []*estate{fixed}, [][]question{fixedQuestions(fixed)}
	for i := range d.estates {
		seed := int(d.seed) + i
		e, err := newEstate(fmt.Sprintf("-seed %d -estates 1", seed), genConfig(fmt.Sprintf("g%d.test", seed)).Example(seed))
		if err != nil {
			return nil, nil, err
		}
		list := []question{}
		gen := genQuestion(e)
		for k := range d.questions {
			list = append(list, gen.Example(seed+k))
		}
		estates, questions = append(estates, e), append(questions, list)
	}
	return estates, questions, nil
}

func (d differential) run(ctx context.Context, path string) (string, error) {
	estates, questions, err := d.drawn()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(d.dir, "named")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return "", err
	}
	var zones []zone.Zone
	for _, e := range estates {
		zones = append(zones, e.zones...)
	}
	b, err := startBind(ctx, path, dir, zones)
	if err != nil {
		return "", err
	}
	defer b.stop()
	t := tally{rules: map[string]int{}, printed: map[*estate]bool{}}
	for i, e := range estates {
		for _, z := range e.zones {
			if err := t.zone(ctx, b, e, z); err != nil {
				return "", err
			}
		}
		for _, q := range questions[i] {
			if err := t.question(b, e, q); err != nil {
				return "", err
			}
		}
	}
	var rules strings.Builder
	for _, rule := range slices.Sorted(maps.Keys(t.rules)) {
		fmt.Fprintf(&rules, ", %d by %s", t.rules[rule], rule)
	}
	return fmt.Sprintf("%d zones, -seed %d; %d questions%s; %d left out, whose CNAMEs go in circles",
		len(zones), d.seed, t.asked, rules.String(), t.circular), t.errors()
}

// tally counts what is compared, and keeps what differs.
type tally struct {
	asked, circular, wrong int
	rules                  map[string]int // of the answers
	shown                  []error
	printed                map[*estate]bool
}

func (t *tally) differ(e *estate, format string, args ...any) {
	t.wrong++
	if len(t.shown) >= maxShown {
		return
	}
	text := e.name + ": " + fmt.Sprintf(format, args...)
	if !t.printed[e] {
		t.printed[e] = true
		for _, z := range e.zones {
			text += "\n" + string(zone.AppendZoneFile(nil, z))
		}
	}
	t.shown = append(t.shown, errors.New(text))
}

func (t *tally) errors() error {
	if t.wrong > len(t.shown) {
		t.shown = append(t.shown, fmt.Errorf("%d differences in all", t.wrong))
	}
	return errors.Join(t.shown...)
}

// zone compares the zone that BIND read from the zone file with the zone that was written.
func (t *tally) zone(ctx context.Context, b *bind, e *estate, z zone.Zone) error {
	theirs, err := b.transfer(ctx, z.Name)
	if err != nil {
		return fmt.Errorf("%s: transfer of %s: %w", e.name, z.Name, err)
	}
	ours := slices.SortedFunc(z.Records(), compareRecords)
	slices.SortFunc(theirs, compareRecords)
	if !slices.Equal(ours, theirs) {
		t.differ(e, "zone %s as BIND reads it\n   BIND %v\n   ours %v", z.Name, theirs, ours)
	}
	return nil
}

// question compares two answers: the response code, the records in the order of the chain, and the SOA of a negative
// answer. It leaves AA, RA and the rest of the message to others.
func (t *tally) question(b *bind, e *estate, q question) error {
	if e.circular(q) {
		t.circular++
		return nil
	}
	theirs, err := b.ask(q)
	if err != nil {
		return fmt.Errorf("%s: BIND asked for %s: %w", e.name, q, err)
	}
	ours, err := e.ask(q)
	if err != nil {
		return fmt.Errorf("%s: asked for %s: %w", e.name, q, err)
	}
	if q.typ == zone.ANY { // the sets in no order
		slices.SortFunc(theirs.answer, compareRecords)
		slices.SortFunc(ours.answer, compareRecords)
	}
	t.asked++
	t.rules[e.view.Lookup(q.name, q.typ).Rule()]++
	if !ours.equal(theirs) {
		t.differ(e, "%s\n   BIND %s\n   ours %s", q, theirs, ours)
	}
	return nil
}
