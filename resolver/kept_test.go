package resolver_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"
	"time"
	"unsafe"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/resolver"
)

// The names of a network differ in few octets, wherever these stand: they must
// not share slots more than chance has it. 512 balls in 512 boxes leave three
// eighths of them empty, and more than ten in one hardly ever.
func TestSlots(t *testing.T) {
	for name, format := range map[string]string{
		"front":  "%d.us-east-2.amazonaws.com",
		"short":  "h%d.a",
		"label":  "prod-payments-api-%d.svc.cluster.internal",
		"middle": "monitoring-of-all.region-%d.corp.example",
		"back":   "a.very.long.name.of.a.host.in.zone%d",
		"id":     "vpce-0%016x.monitoring.us-east-2.vpce.amazonaws.com",
	} {
		t.Run(name, func(t *testing.T) {
			texts, wires := map[uint]int{}, map[uint]int{}
			for i := range 512 {
				host := fmt.Sprintf(format, i)
				texts[resolver.Slot(host)]++
				wires[resolver.SlotOf([]byte("\x06"+host+"\x00\x00\x01\x00\x01"))]++
			}
			for what, slots := range map[string]map[uint]int{"text": texts, "wire": wires} {
				most := 0
				for slot, n := range slots {
					if most = max(most, n); slot >= 512 {
						t.Errorf("%s: slot %d of 512", what, slot)
					}
				}
				if len(slots) < 512/2 || most > 10 {
					t.Errorf("%s: %d slots of 512 are used, one of them by %d", what, len(slots), most)
				}
			}
		})
	}
}

// Every octet of a question counts, and a text has the slot of its octets.
func TestSlotOctets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		q := rapid.SliceOfN(rapid.Byte(), 1, 300).Draw(t, "question")
		if got, want := resolver.Slot(string(q)), resolver.SlotOf(q); got != want {
			t.Fatalf("%q: slot %d as a text, %d as octets", q, got, want)
		}
		at := rapid.IntRange(0, len(q)-1).Draw(t, "at")
		slots := map[uint]bool{}
		for b := range 256 {
			q[at] = byte(b)
			slots[resolver.SlotOf(q)] = true
		}
		if len(slots) < 8 {
			t.Fatalf("octet %d of %d: 256 values have %d slots", at, len(q), len(slots))
		}
	})
}

// A question is kept when it is asked twice in a row. What shares its slot, and
// is asked in turn with another, however often, drives nothing out.
func TestKeptFlood(t *testing.T) {
	r := resolver.New(wireView(t))
	ask := func(host string) {
		t.Helper()
		if _, err := r.LookupNetIP(context.Background(), "ip", host); err != nil {
			t.Fatal(err)
		}
	}
	host := func(i int) string { return fmt.Sprintf("h%d.wild.us-east-2.amazonaws.com", i) }
	var same []string // of one slot
	for i := 0; len(same) < 4; i++ {
		if resolver.Slot(host(i)) == resolver.Slot(host(0)) {
			same = append(same, host(i))
		}
	}
	ask(same[0])
	if r.KeepsAddrs(same[0]) {
		t.Error("kept what was asked for once")
	}
	ask(same[0])
	if !r.KeepsAddrs(same[0]) {
		t.Fatal("not kept, though it was asked for twice")
	}
	for range 100 {
		for _, other := range same[1:] {
			ask(other)
		}
	}
	if !r.KeepsAddrs(same[0]) {
		t.Error("driven out by names that were never asked for twice in a row")
	}
	ask(same[1])
	ask(same[1])
	if r.KeepsAddrs(same[0]) || !r.KeepsAddrs(same[1]) {
		t.Error("the slot is not that of the name asked for twice in a row")
	}
}

// What is kept is small, whatever it was asked with and answered by: a host is
// copied out of the text that it was cut from, and many addresses are asked for
// each time.
func TestKeptIsSmall(t *testing.T) {
	r := resolver.New(wireView(t))
	for range 3 {
		if _, err := r.LookupNetIP(context.Background(), "ip", "big.us-east-2.amazonaws.com"); err != nil {
			t.Fatal(err)
		}
	}
	if r.KeepsAddrs("big.us-east-2.amazonaws.com") {
		t.Error("200 addresses are kept")
	}
	const host = "monitoring.us-east-2.amazonaws.com"
	freed := make(chan bool, 1)
	func() {
		text := new([1 << 10]byte)
		runtime.AddCleanup(text, func(c chan bool) { c <- true }, freed)
		copy(text[:], host)
		for range 2 {
			if _, err := r.LookupNetIP(context.Background(), "ip", unsafe.String(&text[0], len(host))); err != nil {
				t.Fatal(err)
			}
		}
	}()
	if !r.KeepsAddrs(host) {
		t.Fatal("not kept")
	}
	for range 100 {
		runtime.GC()
		select {
		case <-freed:
			runtime.KeepAlive(r)
			return
		case <-time.After(10 * time.Millisecond):
		}
	}
	t.Error("the text that the host was cut from is still in memory")
}
