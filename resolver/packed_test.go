package resolver_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
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

// A Resolver that was asked for a host again and again answers as one that never
// was, whatever its callers did to the addresses that they got.
func TestTypedTwin(t *testing.T) {
	v := wireView(t)
	old := resolver.New(v)
	ctx, cancel := context.WithCancel(t.Context())
	hosts := []string{host, host + ".", strings.ToUpper(host), "nothing." + host, "outside.example.com", "no..name", "10.0.0.1", "::1"}
	for range 4 {
		for _, network := range []string{"ip", "ip4", "ip6", "tcp"} {
			for _, h := range hosts {
				want, wantErr := resolver.New(v).LookupNetIP(ctx, network, h)
				got, err := old.LookupNetIP(ctx, network, h)
				if !slices.Equal(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
					t.Fatalf("%s %s: %v, %v, want %v, %v", network, h, got, err, want, wantErr)
				}
				for i := range got {
					got[i] = netip.IPv6Unspecified()
				}
				texts, err := old.LookupHost(ctx, h)
				fresh, freshErr := resolver.New(v).LookupHost(ctx, h)
				if !slices.Equal(texts, fresh) || fmt.Sprint(err) != fmt.Sprint(freshErr) {
					t.Fatalf("%s as text: %v, %v, want %v, %v", h, texts, err, fresh, freshErr)
				}
			}
		}
	}
	cancel()
	if addrs, err := old.LookupNetIP(ctx, "ip", host); err == nil {
		t.Errorf("after the end of the context: %v", addrs)
	}
}

// Whether someone observes changes nothing about what a host name is and has:
// the short way to a View and the way of all others agree, and so does every
// other lookup about what is no name.
func TestTypedObserved(t *testing.T) {
	z := wireZone()
	z.RecordSets = append(z.RecordSets, zone.RecordSet{Name: "*." + host, Type: "A", TTL: 60, ResourceRecords: []zone.ResourceRecord{{Value: "192.0.2.9"}}})
	v := view(t, zone.Config{HostedZones: []zone.HostedZone{z}})
	asked := 0
	observe := func(resolver.Query) { asked++ }
	short, long := []*resolver.Resolver{resolver.New(v), resolver.New(&zone.View{})}, []*resolver.Resolver{resolver.New(v), resolver.New(&zone.View{})}
	long[0].Observe, long[1].Observe = observe, observe
	label := rapid.SampledFrom([]string{"a", "A", "*", "_x", "", `\052`, `a\040b`, `\056`, `\`, "a b", "\x7f", "\xc3\xa9", "\x00", strings.Repeat("l", 63), strings.Repeat("l", 64), "localhost"})
	end := rapid.SampledFrom([]string{host, strings.ToUpper(host), host + ".", host + "..", "x.net", "localhost", ".", ""})
	rapid.Check(t, func(t *rapid.T) {
		name := strings.Join(append(rapid.SliceOfN(label, 0, 5).Draw(t, "labels"), end.Draw(t, "end")), ".")
		network := rapid.SampledFrom([]string{"ip", "ip4", "ip6"}).Draw(t, "network")
		at := rapid.IntRange(0, 1).Draw(t, "view") // the second is the zero View
		short, long := short[at], long[at]
		for range 3 { // the short way keeps it
			got, err := short.LookupNetIP(context.Background(), network, name)
			want, wantErr := long.LookupNetIP(context.Background(), network, name)
			if !slices.Equal(got, want) || fmt.Sprint(err) != fmt.Sprint(wantErr) {
				t.Fatalf("%s %q: %v, %v, and observed %v, %v", network, name, got, err, want, wantErr)
			}
			if _, txt := short.LookupTXT(context.Background(), name); errors.Is(txt, zone.ErrName) != errors.Is(err, zone.ErrName) {
				t.Fatalf("%s %q: %v, and for TXT %v", network, name, err, txt)
			}
		}
	})
	if asked == 0 {
		t.Error("nothing was observed")
	}
}

// What a user's function answers is asked for every time by the typed lookups
// too, also where a name of the view leads there.
func TestTypedNotOfFunctions(t *testing.T) {
	asked := 0
	r := resolver.New(view(t, zone.Config{
		HostedZones: []zone.HostedZone{wireZone()},
		Public: func(name string, t zone.Type) (zone.Answer, bool) {
			if t != zone.A {
				return zone.NewAnswer(zone.NoError), true
			}
			asked++
			rec, err := zone.NewRecord(name, zone.A, 60, fmt.Sprintf("192.0.2.%d", asked))
			return zone.NewAnswer(zone.NoError, rec), err == nil
		},
	}))
	for _, name := range []string{"www.example.com", "outside.us-east-2.amazonaws.com"} {
		asked = 0
		for i := range 4 {
			addrs, err := r.LookupNetIP(t.Context(), "ip", name)
			if want := netip.AddrFrom4([4]byte{192, 0, 2, byte(i + 1)}); err != nil || !slices.Equal(addrs, []netip.Addr{want}) {
				t.Errorf("%s: %v, %v, want %v", name, addrs, err, want)
			}
		}
	}
}
