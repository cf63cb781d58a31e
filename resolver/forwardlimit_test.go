package resolver_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// textOf are TXT records of www.example.com that take n octets of a response,
// with an owner that is a pointer.
func textOf(n int) own {
	const fixed = 2 + 10 + 1 // pointer, type to length, length of the string
	o := own{within: "example.com"}
	add := func(octets int) {
		o.records = append(o.records, must("www.example.com", zone.TXT, `"`+strings.Repeat("x", octets-fixed)+`"`))
	}
	for ; n > fixed+255; n -= 200 {
		add(200)
	}
	add(n)
	return o
}

// forwardingTo forwards what wireView does not know to a Resolver of v, which is
// asked in streams and so truncates nothing.
func forwardingTo(t testing.TB, v resolver.Lookuper, packets bool) *resolver.Resolver {
	r := resolver.New(wireView(t))
	r.Packets, r.Outside, r.Forward = packets, resolver.Forward, resolver.New(v).Net()
	return r
}

// over writes one query to a new connection and returns the response, and
// whatever else there is to read.
func over(t testing.TB, r *resolver.Resolver, network string, q []byte) (out, rest []byte) {
	t.Helper()
	c := dial(t, r, network)
	if _, ok := c.(net.PacketConn); ok {
		if _, err := c.Write(q); err != nil {
			t.Fatal(err)
		}
		out = make([]byte, 1<<17)
		n, err := c.Read(out)
		if err != nil {
			t.Fatal(err)
		}
		return out[:n], nil
	}
	if _, err := c.Write(frame(q)); err != nil {
		t.Fatal(err)
	}
	var size [2]byte
	if _, err := io.ReadFull(c, size[:]); err != nil {
		t.Fatal(err)
	}
	out = make([]byte, binary.BigEndian.Uint16(size[:]))
	if _, err := io.ReadFull(c, out); err != nil {
		t.Fatal(err)
	}
	return out, resolver.Unread(c)
}

// F4, F5, F6, Z2, Z8, N10: a response that was forwarded is held to the limit of
// the connection and the client to the octet, alone and behind a CNAME, with and
// without an OPT record.
func TestForwardLimit(t *testing.T) {
	for _, test := range []struct {
		name  string
		size  int // that the client offers; 0: no OPT record
		limit int
		tcp   bool
	}{
		{"F4 without OPT", 0, 512, false},
		{"F4 an offer below the least", 100, 512, false},
		{"F4 the client's offer", 700, 700, false},
		{"F4 our own size", 1232, 1232, false},
		{"F4 an offer beyond ours", 4096, 1232, false},
		{"F5 without OPT", 0, 65535, true},
		{"F5", 1232, 65535, true},
	} {
		for _, asked := range []struct {
			name  string
			fixed int // octets of header, question and CNAME, whose data ends in a pointer
			types string
		}{
			{"www.example.com.", 12 + 17 + 4, "NOERROR qr rd ra an:TXT"},
			{"outside.us-east-2.amazonaws.com.", 12 + 33 + 4 + (2 + 10 + 14), "NOERROR qr rd ra an:CNAME,TXT"},
		} {
			t.Run(test.name+" "+asked.name, func(t *testing.T) {
				opt, network := 0, "udp"
				if test.size > 0 {
					opt = 11
				}
				if test.tcp {
					network = "tcp"
				}
				q := query(t, asked.name, dnsmessage.TypeTXT, test.size)
				for more := -13; more <= 13; more++ {
					r := forwardingTo(t, textOf(test.limit-opt-asked.fixed+more), !test.tcp)
					out, rest := over(t, r, network, q)
					got := unpack(t, out) // Z3
					if len(rest) > 0 {
						t.Fatalf("%+d: the frame says %d octets, and %d follow", more, len(out), len(rest))
					}
					if more <= 0 {
						if len(out) != test.limit+more || got.Truncated || !strings.HasPrefix(summary(got), asked.types) {
							t.Errorf("%+d: %d octets, %s", more, len(out), summary(got))
						}
						continue
					}
					want := "NOERROR qr tc rd ra"
					if opt > 0 {
						want += " ar:OPT(v0,1232)"
					}
					if summary(got) != want || !bytes.Equal(out[:2], q[:2]) || len(out) > test.limit {
						t.Errorf("%+d: %d octets, %s, want %s", more, len(out), summary(got), want)
					}
				}
			})
		}
	}
}

// F6: CNAMEs of ours that alone are longer than a datagram truncate the response;
// they are not left out of it.
func TestForwardLongChain(t *testing.T) {
	long := func(c string) string { return strings.Repeat(strings.Repeat(c, 60)+".", 4) + "z.test" }
	cname := func(name, target string) zone.RecordSet {
		return zone.RecordSet{Name: name, Type: "CNAME", TTL: 60, ResourceRecords: []zone.ResourceRecord{{Value: target}}}
	}
	r := resolver.New(view(t, zone.Config{HostedZones: []zone.HostedZone{{
		ID: "Z1", Name: "z.test", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}},
		RecordSets: []zone.RecordSet{cname("a.z.test", long("b")), cname(long("b"), long("c")), cname(long("c"), "www.example.com")},
	}}}))
	r.Packets, r.Outside, r.Forward = true, resolver.Forward, internet(false).Net()
	for network, want := range map[string]string{"udp": "NOERROR qr tc rd ra", "tcp": "NOERROR qr rd ra an:CNAMEx3,A"} {
		out, _ := over(t, r, network, query(t, "a.z.test.", dnsmessage.TypeA, 0))
		if got := summary(unpack(t, out)); got != want {
			t.Errorf("%s: %s, want %s", network, got, want)
		}
	}
}

// N9, N10: of many addresses, Go's resolver loses none without a word. It asks
// again in a stream, as after any truncated response.
func TestForwardManyAddresses(t *testing.T) {
	o := own{within: "example.com"}
	for i := range 200 {
		o.records = append(o.records, must("www.example.com", zone.A, netip.AddrFrom4([4]byte{10, 0, 0, byte(i)}).String()))
	}
	for _, host := range []string{"www.example.com.", "outside.us-east-2.amazonaws.com."} {
		got, err := forwardingTo(t, o, true).Net().LookupNetIP(t.Context(), "ip4", host)
		if err != nil || len(got) != 200 {
			t.Errorf("%s: %d of 200 addresses, %v", host, len(got), err)
		}
	}
}
