package resolver_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// Rows L001 to L004 and L011 to L013 of the specification's case file: what is
// on the wire. L005 and L006 are in TestNoName and in the wire cases, L007 to
// L010 in TestErrors; L014 to L019 are package zone's.
func TestRows(t *testing.T) {
	var thirty []zone.ResourceRecord
	for i := range 30 {
		thirty = append(thirty, zone.ResourceRecord{Value: fmt.Sprintf("10.0.0.%d", 1+i)})
	}
	example := resolver.New(view(t, zone.Config{HostedZones: []zone.HostedZone{{
		ID: "ZE", Name: "example.com", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}},
		RecordSets: []zone.RecordSet{{Name: "big.example.com", Type: "A", TTL: 60, ResourceRecords: thirty}},
	}}}))
	// 30 records are 531 octets: they fit 1,232. 80 would not.
	page := resolver.New(pageView())
	const regional = "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com."
	for _, test := range []struct {
		row   string
		r     *resolver.Resolver
		name  string
		typ   dnsmessage.Type
		edns  int
		limit int
		do    bool
		want  string
	}{
		{row: "L001", r: example, name: "big.example.com.", limit: resolver.MaxDatagram, want: "NOERROR qr tc rd ra"},
		{row: "L001 again over TCP", r: example, name: "big.example.com.", limit: resolver.MaxStream, want: "NOERROR qr rd ra an:Ax30"},
		{row: "L002", r: example, name: "big.example.com.", edns: 4096, limit: resolver.MaxDatagram, want: "NOERROR qr rd ra an:Ax30 ar:OPT(v0,1232)"},
		{row: "L003", r: page, name: regional, edns: 1232, limit: resolver.MaxDatagram, want: "NOERROR qr rd ra an:Ax3 ar:OPT(v0,1232)"},
		{row: "L004", r: page, name: cloudWatchHost + ".", edns: 1232, do: true, limit: resolver.MaxDatagram, want: "NOERROR qr rd ra an:Ax3 ar:OPT(v0,1232,DO)"},
		{row: "L011", r: page, name: "foo." + cloudWatchHost + ".", limit: resolver.MaxDatagram, want: "NXDOMAIN qr rd ra ns:SOA"},
		{row: "L012", r: page, name: cloudWatchHost + ".", limit: resolver.MaxDatagram, want: "NOERROR qr rd ra an:Ax3"},
		{row: "L013", r: page, name: cloudWatchHost + ".", typ: dnsmessage.TypeAAAA, limit: resolver.MaxDatagram, want: "NOERROR qr rd ra ns:SOA"},
	} {
		t.Run(test.row, func(t *testing.T) {
			if test.typ == 0 {
				test.typ = dnsmessage.TypeA
			}
			q := query(t, test.name, test.typ, test.edns)
			if test.do {
				q[len(q)-4] |= 0x80
			}
			out, ok := test.r.AppendResponse(nil, q, test.limit)
			if !ok {
				t.Fatal("no response")
			}
			m := unpack(t, out)
			if got := summary(m); got != test.want {
				t.Errorf("got %s\nwant %s", got, test.want)
			}
			if strings.HasPrefix(test.row, "L011") && m.Authorities[0].Header.TTL != 900 {
				t.Errorf("negative TTL %d, want 900", m.Authorities[0].Header.TTL)
			}
		})
	}
}

// TestWireRows: the rows of package zone's cases that only the wire can ask, a
// class other than IN and an opcode other than QUERY.
func TestWireRows(t *testing.T) {
	r := resolver.New(pageView())
	query := func(opcode dnsmessage.OpCode, class dnsmessage.Class) dnsmessage.Message {
		t.Helper()
		m := dnsmessage.Message{
			Header:    dnsmessage.Header{ID: 1, OpCode: opcode},
			Questions: []dnsmessage.Question{{Name: dnsmessage.MustNewName("version.bind."), Type: dnsmessage.TypeTXT, Class: class}},
		}
		packed, err := m.Pack()
		if err != nil {
			t.Fatal(err)
		}
		out, ok := r.AppendResponse(nil, packed, resolver.MaxDatagram)
		var got dnsmessage.Message
		if err := got.Unpack(out); err != nil || !ok {
			t.Fatalf("answer %x, %v, %v", out, ok, err)
		}
		return got
	}
	t.Run("D032", func(t *testing.T) {
		if got := query(0, dnsmessage.ClassCHAOS); got.RCode != dnsmessage.RCodeRefused {
			t.Errorf("class CH: %v, want REFUSED", got.RCode)
		}
	})
	t.Run("D033", func(t *testing.T) {
		if got := query(2, dnsmessage.ClassINET); got.RCode != dnsmessage.RCodeNotImplemented || len(got.Questions) != 0 {
			t.Errorf("opcode STATUS: %v with %d questions, want NOTIMP and an empty message", got.RCode, len(got.Questions))
		}
	})
}
