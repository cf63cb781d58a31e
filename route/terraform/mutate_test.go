package terraform_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

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
		d, err := terraform.Read(strings.NewReader(text(v)))
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
	})
}
