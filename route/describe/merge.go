package describe

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/trace"
)

// merger joins what the files say into one Inventory.
type merger struct {
	files    []*file
	inv      trace.Inventory
	findings []endpoint.Finding
}

// part is what one file adds to a list.
type part[T any] struct {
	file int // -1: what was merged before
	list []T
}

// union joins the parts of a list, in the order of the files. Objects without
// id are all kept. Of several objects with one id the first is kept; combine
// completes it by the others and returns the keys in which one contradicts it,
// and that is a Finding.
func union[T any](m *merger, parts []part[T], id func(*T) string, combine func(kept, other *T) []string) []T {
	if len(parts) == 0 {
		return nil
	}
	type place struct{ file, index int }
	n := 0
	for _, p := range parts {
		n += len(p.list)
	}
	out := parts[0].list[:0] // one part, the usual case, is sifted where it is
	if len(parts) > 1 {
		out = make([]T, 0, n)
	}
	seen := make(map[string]place, n)
	for _, p := range parts {
		for i := range p.list {
			object := &p.list[i]
			key := id(object)
			if first, ok := seen[key]; ok && key != "" {
				if keys := combine(&out[first.index], object); len(keys) > 0 {
					m.conflict(key, keys, first.file, p.file)
				}
				continue
			}
			seen[key] = place{p.file, len(out)}
			out = append(out, *object)
		}
	}
	return out
}

// conflict records that two files contradict each other about an object.
func (m *merger) conflict(id string, keys []string, first, second int) {
	where := "the input's first description is kept"
	switch {
	case first == second:
		where = m.files[first].name + " has it twice; the first is kept"
	case first >= 0:
		where = m.files[first].name + " and " + m.files[second].name + " disagree; the first is kept"
	}
	m.findings = append(m.findings, endpoint.Finding{
		Code:     endpoint.ConflictingObjects,
		Resource: id,
		Text:     strings.Join(keys, ", ") + ": " + where,
	})
}

// differing returns the keys in which two objects differ, sorted. AWS prints
// its lists in no particular order (routing.md section 12, trap 10), and
// leaves out or prints empty what is not there, so neither counts.
func differing[T any](a, b *T) []string {
	if reflect.DeepEqual(a, b) {
		return nil
	}
	x, y := members(a), members(b)
	var keys []string
	for key := range x {
		if _, ok := y[key]; !ok || x[key] != y[key] {
			keys = append(keys, key)
		}
	}
	for key := range y {
		if _, ok := x[key]; !ok {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// members returns the text of every member of an object, lists sorted.
func members(object any) map[string]string {
	out := map[string]string{}
	b, err := json.Marshal(object)
	var all map[string]any
	if err != nil || json.Unmarshal(b, &all) != nil {
		return out // not reached: the object was decoded from JSON
	}
	for key, v := range all {
		out[key] = sorted(v)
	}
	return out
}

func sorted(v any) string {
	switch v := v.(type) {
	case []any:
		texts := make([]string, len(v))
		for i := range v {
			texts[i] = sorted(v[i])
		}
		slices.Sort(texts)
		return fmt.Sprintf("%q", texts)
	case map[string]any:
		var sb strings.Builder
		for _, key := range slices.Sorted(maps.Keys(v)) {
			fmt.Fprintf(&sb, "%q:%s,", key, sorted(v[key]))
		}
		return sb.String()
	}
	return fmt.Sprintf("%T %v", v, v)
}

// completing gives an object what only the other description has, and returns
// the keys in which the two contradict each other.
func completing[T any](kept, other *T) []string {
	o := *other
	a, b := reflect.ValueOf(kept).Elem(), reflect.ValueOf(&o).Elem()
	for i := range a.NumField() {
		switch x, y := a.Field(i), b.Field(i); {
		case x.IsZero():
			x.Set(y)
		case y.IsZero():
			y.Set(x)
		}
	}
	return differing(kept, &o)
}
