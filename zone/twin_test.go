package zone_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/zone"
	"pgregory.net/rapid"
)

// TestSlowTwin compares every lookup with the slow twin's.
func TestSlowTwin(t *testing.T) { rapid.Check(t, checkTwin) }

// FuzzSlowTwin is TestSlowTwin for the fuzzer.
func FuzzSlowTwin(f *testing.F) { f.Fuzz(rapid.MakeFuzz(checkTwin)) }

func checkTwin(t *rapid.T) {
	c := genWorld().Draw(t, "world")
	z, err := zone.New(c)
	if err != nil {
		t.Fatalf("New: %v", err)
	}
	twin := slow{c}
	host := genHost(c)
	for range 20 {
		p := genPoint(c).Draw(t, "from")
		name, typ := host.Draw(t, "host"), genType().Draw(t, "type")
		v, ok := z.View(p)
		if !ok {
			t.Fatalf("no view %v", p)
		}
		got, want := text(v.Lookup(name, typ)), twin.lookup(p, name, typ).String()
		if got != want {
			t.Fatalf("%s %s from %s\n got %s\nwant %s", name, typ, p, got, want)
		}
	}
}
