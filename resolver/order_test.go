package resolver_test

import (
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
)

// The order of checks: each query breaks one rule, and rules after it. The first
// gives the only error.
func TestOrderOfChecks(t *testing.T) {
	const (
		a    = "\x00\x01\x00\x01"
		opt  = "\x00\x00\x29\x04\xd0\x00\x00\x00\x00\x00\x00"
		opt1 = "\x00\x00\x29\x04\xd0\x00\x01\x00\x00\x00\x00" // version 1
		here = "\x0amonitoring\x09us-east-2\x09amazonaws\x03com\x00"
		away = "\x03www\x07example\x03com\x00"
		big  = "\x03big\x09us-east-2\x09amazonaws\x03com\x00"
	)
	// head makes a header: opcode and the four counts.
	head := func(opcode byte, counts ...byte) string {
		h := []byte{0x12, 0x34, opcode<<3 | 1, 0}
		for _, c := range counts {
			h = append(h, 0, c)
		}
		return string(h)
	}
	refuse, deny := resolver.New(wireView(t)), resolver.New(wireView(t))
	deny.Outside = resolver.NXDomain
	for _, test := range []struct {
		rule, query, want string
	}{
		{"W1 less than a header", head(2, 2, 0, 0, 0)[:11], "none"},
		{"W1 a response", "\x12\x34\x90" + head(2, 2, 0, 0, 0)[3:], "none"},
		{"W2", head(2, 2, 0, 0, 0) + here, "NOTIMP qr rd ra op2 qd=0"},
		{"W3 two", head(0, 2, 1, 0, 0) + "\x40", "FORMERR qr rd ra qd=0"},
		{"W3 none", head(0, 0, 0, 0, 1) + opt, "FORMERR qr rd ra qd=0"},
		{"W4 reserved label", head(0, 1, 1, 0, 0) + "\x41" + here + a, "FORMERR qr rd ra qd=0"},
		{"W4 pointer", head(0, 1, 1, 0, 0) + "\xc0\x0c" + a, "FORMERR qr rd ra qd=0"},
		{"W4 no type and class", head(0, 1, 0, 0, 0) + here + "\x00\x01\x00", "FORMERR qr rd ra qd=0"},
		{"W5 an answer", head(0, 1, 1, 0, 2) + here + a + opt + opt, "FORMERR qr rd ra"},
		{"W5 authority", head(0, 1, 0, 1, 2) + here + a + opt + opt, "FORMERR qr rd ra"},
		{"W5 IXFR's SOA record", head(0, 1, 0, 1, 1) + here + "\x00\xfb\x00\x01" + "\xc0\x0c\x00\x06\x00\x01\x00\x00\x00\x00\x00\x00" + opt, "REFUSED qr rd ra ar:OPT(v0,1232)"},
		{"W5 IXFR's other record", head(0, 1, 0, 1, 0) + here + "\x00\xfb\x00\x01" + "\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00", "FORMERR qr rd ra"},
		{"W5 IXFR with two", head(0, 1, 0, 2, 0) + here + "\x00\xfb\x00\x01", "FORMERR qr rd ra"},
		{"W6 past the end", head(0, 1, 0, 0, 2) + here + "\x00\x01\x00\x03" + opt, "FORMERR qr rd ra ar:OPT(v0,1232)"},
		{"W6 W14 two OPT", head(0, 1, 0, 0, 2) + here + "\x00\x01\x00\x03" + opt + opt1, "FORMERR qr rd ra ar:OPT(v0,1232)"},
		{"W6 W14 owner", head(0, 1, 0, 0, 1) + here + a + "\x01a" + opt1, "FORMERR qr rd ra ar:OPT(v0,1232)"},
		{"W6 W14 option", head(0, 1, 0, 0, 1) + here + a + opt1[:10] + "\x05\x00\x0a\x00\x02a", "FORMERR qr rd ra ar:OPT(v0,1232)"},
		{"W6 a record without OPT", head(0, 1, 0, 0, 1) + here + a + "\x00\x00\x01", "FORMERR qr rd ra"},
		{"W7", head(0, 1, 0, 0, 1) + here + "\x00\xfc\x00\x03" + opt1, "BADVERS qr rd ra ar:OPT(v0,1232)"},
		{"W8 CH", head(0, 1, 0, 0, 0) + away + "\x00\xfc\x00\x03", "REFUSED qr rd ra"},
		{"W8 ANY", head(0, 1, 0, 0, 0) + here + "\x00\x01\x00\xff", "REFUSED qr rd ra"},
		{"W9 AXFR", head(0, 1, 0, 0, 0) + away + "\x00\xfc\x00\x01", "NOTIMP qr rd ra"},
		{"W9 IXFR", head(0, 1, 0, 0, 0) + here + "\x00\xfb\x00\x01", "REFUSED qr rd ra"},
		{"W10", head(0, 1, 0, 0, 0) + away + a, "REFUSED qr rd ra"},
		{"W11 F6", head(0, 1, 0, 0, 0) + big + a, "NOERROR qr tc rd ra"},
		{"W12 octets after", head(0, 1, 0, 0, 1) + here + a + opt + "rest", "NOERROR qr rd ra an:Ax3 ar:OPT(v0,1232)"},
		{"W12 another record", head(0, 1, 0, 0, 2) + here + a + "\xc0\x0c\x00\xfa\x00\xff\x00\x00\x00\x00\x00\x01x" + opt, "NOERROR qr rd ra an:Ax3 ar:OPT(v0,1232)"},
	} {
		t.Run(test.rule, func(t *testing.T) {
			got := "none"
			if out, ok := refuse.AppendResponse(nil, []byte(test.query), resolver.MaxDatagram); ok {
				m := unpack(t, out)
				if got = summary(m); m.ID != 0x1234 { // W13
					t.Errorf("ID %x", m.ID)
				}
			}
			if got != test.want {
				t.Errorf("got %s\nwant %s", got, test.want)
			}
		})
	}
	t.Run("W10 NXDOMAIN", func(t *testing.T) {
		out, _ := deny.AppendResponse(nil, []byte(head(0, 1, 0, 0, 0)+away+a), resolver.MaxDatagram)
		if got := summary(unpack(t, out)); got != "NXDOMAIN qr rd ra" {
			t.Error(got)
		}
	})
}

// F4, F5: the client's own size, between 512 and 1,232 octets.
func TestSizes(t *testing.T) {
	r := resolver.New(wireView(t))
	whole, _ := r.AppendResponse(nil, query(t, host+".", dnsmessage.TypeA, 1232), resolver.MaxStream)
	for _, test := range []struct {
		edns, limit int
		truncated   bool
	}{
		{0, resolver.MaxDatagram, true},
		{1, resolver.MaxDatagram, true},
		{600, resolver.MaxDatagram, true},
		{4096, resolver.MaxDatagram, true},
		{65535, resolver.MaxDatagram, true},
		{0, resolver.MaxStream, false},
		{512, resolver.MaxStream, false},
	} {
		out, ok := r.AppendResponse(nil, query(t, "big.us-east-2.amazonaws.com.", dnsmessage.TypeA, test.edns), test.limit)
		if m := unpack(t, out); !ok || m.Truncated != test.truncated {
			t.Errorf("%+v: TC %v", test, m.Truncated)
		}
	}
	for limit, truncated := range map[int]bool{len(whole): false, len(whole) - 1: true} {
		out, _ := r.AppendResponse(nil, query(t, host+".", dnsmessage.TypeA, 1232), limit)
		if m := unpack(t, out); m.Truncated != truncated || len(out) > limit {
			t.Errorf("limit %d of %d octets: TC %v, %d octets", limit, len(whole), m.Truncated, len(out))
		}
	}
}
