package terraform_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/terraform"
	"github.com/privatelink-go/privatelink/route/trace"
)

// mutate puts something else somewhere into a JSON value.
func mutate(t *rapid.T, v any) any {
	down := rapid.IntRange(0, 19).Draw(t, "down") > 0
	switch x := v.(type) {
	case map[string]any:
		if len(x) > 0 && down {
			key := rapid.SampledFrom(slices.Sorted(maps.Keys(x))).Draw(t, "key")
			x[key] = mutate(t, x[key])
			return x
		}
	case []any:
		if len(x) > 0 && down {
			i := rapid.IntRange(0, len(x)-1).Draw(t, "index")
			x[i] = mutate(t, x[i])
			return x
		}
	}
	return rapid.SampledFrom([]any{
		nil, true, false, "", "x", "-1", "10.0.0.0/8", "vpc-0a", json.Number("0"), json.Number("1e99"), json.Number("-1"),
		[]any{},
		[]any{nil},
		[]any{true},
		[]any{"x"},
		map[string]any{},
		map[string]any{"id": true},
		map[string]any{"references": []any{"each.value", "aws_vpc.main", "module.a.b", "var.x", "local.x", "a[", "[0]", ".", nil}},
	}).Draw(t, "value")
}

// readsOrFails: Read says what is wrong with a document and reads nothing, or
// both its networks build and can be asked.
func readsOrFails(t rapid.TB, doc string) {
	t.Helper()
	d, err := terraform.Read(strings.NewReader(doc))
	if err != nil {
		if d != nil {
			t.Fatal("a Document with an error")
		}
		return
	}
	for _, inv := range []trace.Inventory{d.Prior, d.Planned} {
		w, err := trace.New(inv)
		if err != nil {
			t.Fatalf("trace.New: %v", err)
		}
		for v := range w.Vantages() {
			_, _ = v.Class(cloudwatch, 443)
		}
	}
}

// TestMutated: whatever stands wherever in a document, Read says what is wrong
// or reads a network that builds, and asking it does not panic.
func TestMutated(t *testing.T) {
	config := strings.TrimSpace(freshConfig)
	docs := []string{
		state(page()...), state(hub()...), fresh(config),
		plan(config, page(), replaced(page(), monitoring().but(`{"private_dns_enabled": false}`)), nil),
	}
	rapid.Check(t, func(t *rapid.T) {
		dec := json.NewDecoder(strings.NewReader(rapid.SampledFrom(docs).Draw(t, "doc")))
		dec.UseNumber()
		var v any
		if err := dec.Decode(&v); err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 8).Draw(t, "mutations") {
			v = mutate(t, v)
		}
		readsOrFails(t, text(v))
	})
}

// TestNeverAnotherAnswer hides attributes of a network from a plan that tells
// nothing of its configuration. Whatever is hidden, each answer is that of the
// state or unknown, never another.
func TestNeverAnotherAnswer(t *testing.T) {
	sources := map[string][]instance{"page": append(page(), gatewayEndpoint().but(`{"route_table_ids": ["rtb-0b"]}`)), "hub": hub()}
	places := map[string][]string{"page": {"public", "private", "isolated"}, "hub": {"hub", "spoke"}}
	hosts := []string{cloudwatch, "sts.us-east-2.amazonaws.com", s3, "note." + cloudwatch, "10.0.1.10", "10.0.2.99", "10.9.0.1", "203.0.113.1", "192.0.2.1"}
	sure := map[string]*trace.World{}
	for name, list := range sources {
		sure[name] = world(t, read(t, state(list...)).Planned)
	}
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"page", "hub"}).Draw(t, "network")
		var planned []instance
		for _, in := range sources[name] {
			planned = append(planned, instance{address: in.address, values: maps.Clone(in.values), unknown: obj{}})
		}
		var hidden []string
		for range rapid.IntRange(1, 4).Draw(t, "hidden") {
			in := rapid.SampledFrom(planned).Draw(t, "resource")
			key := rapid.SampledFrom(append(slices.Sorted(maps.Keys(in.values)), "x")).Draw(t, "attribute")
			if key == "tags" || key == "tags_all" || key == "id" { // TestHidden hides ids, wherever they stand
				continue
			}
			delete(in.values, key)
			in.unknown[key] = true
			hidden = append(hidden, in.address+"."+key)
		}
		d, err := terraform.Read(strings.NewReader(plan(`{}`, nil, planned, nil)))
		if err != nil {
			t.Fatalf("without %v: %v", hidden, err)
		}
		w, err := trace.New(d.Planned)
		if err != nil {
			t.Fatalf("without %v: %v", hidden, err)
		}
		for _, from := range places[name] {
			for _, host := range hosts {
				want, err := sure[name].Why(from, host)
				if err != nil {
					t.Fatal(err)
				}
				got, err := w.Why(from, host)
				if err != nil {
					t.Fatalf("without %v: %v", hidden, err)
				}
				if got.Class != want.Class && got.Verdict != route.VerdictUnknown {
					t.Errorf("without %v, %s to %s: %s %v; want %s or unknown\n%+v", hidden, from, host, got.Class, got.Codes, want.Class, got)
				}
			}
		}
	})
}
