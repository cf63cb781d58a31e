package resolver_test

import (
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
)

// raceEnabled is set in builds with the race detector, under which a sync.Pool
// loses its contents at random.
var raceEnabled bool

// What performance.md promises about allocations.
func TestAllocs(t *testing.T) {
	if raceEnabled {
		t.Skip("the race detector makes sync.Pool allocate")
	}
	r := resolver.New(wireView(t))
	ctx := t.Context()
	const z = ".us-east-2.amazonaws.com"
	buf := make([]byte, 0, resolver.MaxDatagram)
	read := make([]byte, 1<<12)
	respond := func(name string, typ dnsmessage.Type) func() {
		q := query(t, name+".", typ, 1232)
		return func() {
			if _, ok := r.AppendResponse(buf, q, resolver.MaxDatagram); !ok {
				t.Fatal("no response")
			}
		}
	}
	exchange := func(r *resolver.Resolver, network string) func() {
		q := query(t, host+".", dnsmessage.TypeA, 1232)
		if !r.Packets {
			q = frame(q)
		}
		return func() {
			c, err := r.Dial(ctx, network, "10.0.0.2:53")
			if err != nil {
				t.Fatal(err)
			}
			if _, err := c.Write(q); err != nil {
				t.Fatal(err)
			}
			if n, err := c.Read(read); err != nil || n < 100 {
				t.Fatal(n, err)
			}
			if err := c.Close(); err != nil {
				t.Fatal(err)
			}
		}
	}
	packets := resolver.New(wireView(t))
	packets.Packets = true
	for _, test := range []struct {
		name string
		max  float64
		run  func()
	}{
		{"AppendResponse A", 0, respond(host, dnsmessage.TypeA)},
		{"AppendResponse mixed case", 0, respond("MoNiToRiNg"+z, dnsmessage.TypeA)},
		{"AppendResponse NODATA", 0, respond(host, dnsmessage.TypeAAAA)},
		{"AppendResponse NXDOMAIN", 0, respond("nothing"+z, dnsmessage.TypeA)},
		{"AppendResponse wildcard", 0, respond("a.b.wild"+z, dnsmessage.TypeA)},
		{"AppendResponse ANY", 0, respond(host, dnsmessage.TypeALL)},
		{"AppendResponse REFUSED", 0, respond("www.example.com", dnsmessage.TypeA)},
		{"AppendResponse TC", 0, respond("big"+z, dnsmessage.TypeA)},
		{"Dial, a stream", 1, exchange(r, "udp")},
		{"Dial, a packet connection", 1, exchange(packets, "udp")},
		{"LookupNetIP", 1, func() {
			if a, err := r.LookupNetIP(ctx, "ip", host); err != nil || len(a) != 3 {
				t.Fatal(a, err)
			}
		}},
		{"LookupHost", 1 + 3, func() {
			if a, err := r.LookupHost(ctx, host); err != nil || len(a) != 3 {
				t.Fatal(a, err)
			}
		}},
	} {
		if n := testing.AllocsPerRun(200, test.run); n > test.max {
			t.Errorf("%s: %v allocations, want at most %v", test.name, n, test.max)
		}
	}
}
