package catalog

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/privatelink-go/privatelink/endpoint"
)

// DataDate is the day, as YYYY-MM-DD, on which the tables were last brought up
// to date.
const DataDate = "2026-11-23"

var (
	//go:embed services.tsv
	servicesTSV string
	//go:embed families.tsv
	familiesTSV string
)

// A table is what the embedded files say, with the ways into it. It does not
// change once it is made.
type table struct {
	services []Service        // in their order
	byShort  map[string][]int // short names; the types of one name stand together
	cells    []int            // services with a name per cell
	byLabel  map[string]int   // labels in vpce names
	byHost   map[hostKey]int  // private names
	byCode   map[string]int   // labels of default names
	families []family
}

// A hostKey is a private name of the table, without Region.
type hostKey struct {
	labels   string // what stands before the Region, or before the domain
	domain   string
	regional bool
	wild     bool // the name is a wildcard; labels are those behind it
}

// tables reads the embedded files once. They are part of the program, and
// tests read every row: a row that breaks the form panics.
var tables = sync.OnceValue(func() *table {
	t := &table{
		byShort: map[string][]int{},
		byLabel: map[string]int{},
		byHost:  map[hostKey]int{},
		byCode:  map[string]int{},
	}
	for r := range rows("services.tsv", servicesTSV, 10) {
		for kind := range strings.SplitSeq(r[3], "+") {
			s := Service{
				Name: r[0], Short: shortOf(r[0]), Type: endpoint.Type(kind), Global: r[4] == "global", Level: Level(r[5][0]),
				Source: r[8], Note: cell(r[9]),
				labels: cell(r[1]), private: cell(r[2]), ports: r[6], dualStack: cell(r[7]),
			}
			t.services = append(t.services, s)
		}
	}
	slices.SortFunc(t.services, Service.compare)
	for i, s := range t.services {
		t.byShort[s.Short] = append(t.byShort[s.Short], i)
		if s.hasCells() {
			t.cells = append(t.cells, i)
			continue
		}
		if s.Type == endpoint.Gateway && len(t.byShort[s.Short]) == 1 && i+1 < len(t.services) && t.services[i+1].Short == s.Short {
			continue // its Interface twin carries the names
		}
		t.index(i)
	}
	for r := range rows("families.tsv", familiesTSV, 5) {
		t.families = append(t.families, family{dialled: strings.Split(r[0], "."), sibling: cell(r[1]), service: cell(r[2]), remedy: r[3], source: r[4]})
	}
	return t
})

// index enters the names of a service, unless an earlier one has them: the
// names of different services do not meet but for the "-fips" services, which
// sort behind.
func (t *table) index(i int) {
	s := t.services[i]
	for l := range strings.FieldsSeq(s.labels) {
		l, _, _ = strings.Cut(l, "@")
		enter(t.byLabel, strings.TrimSuffix(l, "?"), i)
	}
	code := ""
	for n := range strings.FieldsSeq(s.private) {
		n, _, _ = strings.Cut(n, "@")
		k := keyOf(n)
		enter(t.byHost, k, i)
		if code == "" {
			code = k.labels
		}
	}
	if code == "" {
		labels := strings.Split(s.Short, ".")
		slices.Reverse(labels)
		code = strings.Join(labels, ".")
	}
	enter(t.byCode, code, i)
}

func enter[K comparable](m map[K]int, k K, i int) {
	if _, ok := m[k]; !ok {
		m[k] = i
	}
}

// keyOf takes a private name of the table apart.
func keyOf(name string) hostKey {
	name, wild := strings.CutPrefix(name, "*.")
	if labels, domain, ok := strings.Cut(name, ".{region}."); ok {
		return hostKey{labels: labels, domain: domain, regional: true, wild: wild}
	}
	labels := strings.TrimSuffix(name, ".amazonaws.com")
	return hostKey{labels: labels, domain: "amazonaws.com", wild: wild}
}

// shortOf returns the short name in a service name of the table.
func shortOf(name string) string {
	if _, short, ok := strings.Cut(name, "{region}."); ok {
		return short
	}
	for _, prefix := range [...]string{"aws.api.global.", "aws.api.us-east-2.", "com.amazonaws."} {
		if short, ok := strings.CutPrefix(name, prefix); ok {
			return short
		}
	}
	panic("services.tsv: a service name of a new form: " + name)
}

// rows yields the rows of a file of tab-separated values below its header.
func rows(file, text string, cells int) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		header, n := true, 0
		for line := range strings.Lines(text) {
			n++
			line = strings.TrimSuffix(line, "\n")
			if strings.HasPrefix(line, "#") {
				continue
			}
			r := strings.Split(line, "\t")
			if len(r) != cells || slices.Contains(r, "") {
				panic(file + ":" + strconv.Itoa(n) + ": not a row of " + strconv.Itoa(cells) + " cells")
			}
			if header {
				header = false
				continue
			}
			if !yield(r) {
				return
			}
		}
	}
}

// cell returns a cell's text, "" for the "-" of the files.
func cell(s string) string {
	if s == "-" {
		return ""
	}
	return s
}
