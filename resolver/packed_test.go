package resolver_test

import (
	"bytes"
	"fmt"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// A Resolver that has been asked a lot answers as one that never was.
func TestPackedTwin(t *testing.T) {
	v := wireView(t)
	old := resolver.New(v)
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuery(t)
		for range rapid.IntRange(1, 4).Draw(t, "times") {
			q[1]++ // another ID
			limit := rapid.SampledFrom([]int{resolver.MaxDatagram, resolver.MaxStream, 512, 100}).Draw(t, "limit")
			want, wantOK := resolver.New(v).AppendResponse(nil, q, limit)
			if got, ok := old.AppendResponse(nil, q, limit); ok != wantOK || !bytes.Equal(got, want) {
				t.Fatalf("%x: got %x, want %x", q, got, want)
			}
		}
	})
}

// What a user's function answers is asked for every time.
func TestPackedNotOfFunctions(t *testing.T) {
	asked := 0
	r := resolver.New(view(t, zone.Config{
		HostedZones: []zone.HostedZone{wireZone()},
		Public: func(name string, t zone.Type) (zone.Answer, bool) {
			asked++
			rec, err := zone.NewRecord(name, zone.A, 60, fmt.Sprintf("192.0.2.%d", asked))
			return zone.NewAnswer(zone.NoError, rec), err == nil
		},
	}))
	for _, name := range []string{"www.example.com.", "outside.us-east-2.amazonaws.com."} {
		asked = 0
		for i := range 4 {
			out, ok := r.AppendResponse(nil, query(t, name, dnsmessage.TypeA, 0), 512)
			if !ok || asked != i+1 || out[len(out)-1] != byte(i+1) {
				t.Errorf("%s: asked %d times of %d: %x", name, asked, i+1, out)
			}
		}
	}
}

// A flood of names that are asked once allocates nothing.
func TestPackedFlood(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector makes sync.Pool allocate")
	}
	r := resolver.New(wireView(t))
	q := query(t, "0123456789.us-east-2.amazonaws.com.", dnsmessage.TypeA, 0)
	buf := make([]byte, 0, resolver.MaxDatagram)
	i := 0
	if n := testing.AllocsPerRun(5000, func() {
		i++
		copy(q[13:], fmt.Appendf(buf[:0], "%010d", i))
		r.AppendResponse(buf, q, resolver.MaxDatagram)
	}); n > 0 {
		t.Errorf("%v allocations for each", n)
	}
}

// The limits hold for a packed answer as for another: it is truncated, or not
// even the question fits.
func TestPackedLimits(t *testing.T) {
	r := resolver.New(wireView(t))
	q := query(t, host+".", dnsmessage.TypeA, 1232)
	for _, limit := range []int{1232, 1232, 1232, 100, 40} {
		out, ok := r.AppendResponse(nil, q, limit)
		want, wantOK := resolver.New(wireView(t)).AppendResponse(nil, q, limit)
		if ok != wantOK || !bytes.Equal(out, want) {
			t.Errorf("limit %d: got %x, want %x", limit, out, want)
		}
	}
}
