package resolver_test

import (
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// failer is what helpers need of a testing.TB, which a rapid.T has too.
type failer interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// query packs a query as Go's resolver would: ID 1, RD, one question; size 0 is
// without an OPT record.
func query(t failer, name string, typ dnsmessage.Type, size int) []byte {
	t.Helper()
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: 1, RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: dnsmessage.MustNewName(name), Type: typ, Class: dnsmessage.ClassINET}},
	}
	if size > 0 {
		opt := dnsmessage.Resource{Body: &dnsmessage.OPTResource{}}
		if err := opt.Header.SetEDNS0(size, dnsmessage.RCodeSuccess, false); err != nil {
			t.Fatal(err)
		}
		m.Additionals = append(m.Additionals, opt)
	}
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// unpack parses a response with dnsmessage (Z3).
func unpack(t failer, b []byte) dnsmessage.Message {
	t.Helper()
	var m dnsmessage.Message
	if err := m.Unpack(b); err != nil {
		t.Fatalf("%x: %v", b, err)
	}
	return m
}

// summary writes a response on one line: rcode, flags, an opcode that is not
// QUERY, qd=0 where no question is echoed, the types of the records of each
// section, and the OPT record.
func summary(m dnsmessage.Message) string {
	var flags, opt []string
	for _, f := range []struct {
		set  bool
		word string
	}{
		{m.Response, "qr"},
		{m.Authoritative, "aa"},
		{m.Truncated, "tc"},
		{m.RecursionDesired, "rd"},
		{m.RecursionAvailable, "ra"},
		{m.AuthenticData, "ad"},
		{m.CheckingDisabled, "cd"},
	} {
		if f.set {
			flags = append(flags, f.word)
		}
	}
	rcode := uint16(m.RCode)
	for _, r := range m.Additionals {
		if r.Header.Type != dnsmessage.TypeOPT {
			opt = append(opt, r.Header.Type.String())
			continue
		}
		rcode = uint16(r.Header.ExtendedRCode(m.RCode))
		words := []string{fmt.Sprintf("v%d,%d", r.Header.TTL>>16&0xff, r.Header.Class)}
		if r.Header.TTL&0x8000 != 0 {
			words = append(words, "DO")
		}
		if z := r.Header.TTL & 0x7fff; z != 0 {
			words = append(words, fmt.Sprintf("Z=%x", z))
		}
		for _, x := range r.Body.(*dnsmessage.OPTResource).Options {
			words = append(words, fmt.Sprintf("option %d", x.Code))
		}
		opt = append(opt, "OPT("+strings.Join(words, ",")+")")
	}
	words := append([]string{zone.RCode(rcode).String()}, flags...)
	if m.OpCode != 0 {
		words = append(words, fmt.Sprintf("op%d", m.OpCode))
	}
	if len(m.Questions) != 1 {
		words = append(words, fmt.Sprintf("qd=%d", len(m.Questions)))
	}
	if len(m.Answers) > 0 {
		words = append(words, "an:"+types(m.Answers))
	}
	if len(m.Authorities) > 0 {
		words = append(words, "ns:"+types(m.Authorities))
	}
	if opt != nil {
		words = append(words, "ar:"+strings.Join(opt, ","))
	}
	return strings.Join(words, " ")
}

// types lists the types of records: "CNAMEx2,Ax3".
func types(rs []dnsmessage.Resource) string {
	var list []string
	for i := 0; i < len(rs); {
		n := i
		for i < len(rs) && rs[i].Header.Type == rs[n].Header.Type {
			i++
		}
		word := zone.Type(rs[n].Header.Type).String()
		if i-n > 1 {
			word += fmt.Sprintf("x%d", i-n)
		}
		list = append(list, word)
	}
	return strings.Join(list, ",")
}

// wireCase is one row of testdata/wire_cases.tsv.
type wireCase struct {
	id, name, transport, recommended, response string
	query                                      []byte
}

// wireCases reads the rows of testdata/wire_cases.tsv.
func wireCases(t testing.TB) []wireCase {
	t.Helper()
	b, err := os.ReadFile("testdata/wire_cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var list []wireCase
	for line := range strings.Lines(string(b)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || f[0] == "id" {
			continue
		}
		q, err := hex.DecodeString(f[3])
		if err != nil || len(f) != 6 {
			t.Fatalf("%q: %v", line, err)
		}
		list = append(list, wireCase{f[0], f[1], f[2], f[4], f[5], q})
	}
	return list
}

// wireZone is the zone of the wire cases, and two names more: a wildcard and a
// CNAME that leads to nothing.
func wireZone() zone.HostedZone {
	const name = "us-east-2.amazonaws.com"
	set := func(owner, typ string, values ...string) zone.RecordSet {
		rs := zone.RecordSet{Name: strings.TrimPrefix(owner+"."+name, "."), Type: typ, TTL: 60}
		for _, v := range values {
			rs.ResourceRecords = append(rs.ResourceRecords, zone.ResourceRecord{Value: v})
		}
		return rs
	}
	var big []string
	for i := range 200 {
		big = append(big, fmt.Sprintf("10.1.0.%d", 1+i))
	}
	return zone.HostedZone{
		ID: "Z0000000000WIRECASES", Name: name, Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}},
		RecordSets: []zone.RecordSet{
			set("", "SOA", "ns1."+name+". hostmaster."+name+". 1 900 900 1800 60"),
			set("", "NS", "ns1."+name),
			set("ns1", "A", "10.0.0.2"),
			set("monitoring", "A", "10.0.1.10", "10.0.2.10", "10.0.3.10"),
			set("alias", "CNAME", "alias2."+name),
			set("alias2", "CNAME", "monitoring."+name),
			set("outside", "CNAME", "www.example.com"),
			set("loop1", "CNAME", "loop2."+name),
			set("loop2", "CNAME", "loop1."+name),
			set("big", "A", big...),
			set("*.wild", "A", "10.0.4.1"),
			set("dangling", "CNAME", "nothing."+name),
			set("mail", "MX", "10 mx1.example.com", "5 mx2."+name),
			set("_sip._tcp", "SRV", "1 10 5060 sip2."+name, "1 20 5060 sip1."+name, "0 1 5060 sip0."+name),
			set("text", "TXT", `"one" "two"`, `"three"`),
		},
	}
}

// wireView is the view of a VPC with wireZone and nothing else.
func wireView(t testing.TB) *zone.View {
	return view(t, zone.Config{HostedZones: []zone.HostedZone{wireZone()}})
}

// view is the view of vpc-1, whose DNS attributes are on, in a world of c.
func view(t testing.TB, c zone.Config) *zone.View { return viewOf(t, true, c) }

func viewOf(t testing.TB, support bool, c zone.Config) *zone.View {
	t.Helper()
	c.VPCs = []endpoint.VPC{{ID: "vpc-1", EnableDNSSupport: &support, EnableDNSHostnames: new(true)}}
	zs, err := zone.New(c)
	if err != nil {
		t.Fatal(err)
	}
	v, ok := zs.View(zone.VPC("vpc-1"))
	if !ok {
		t.Fatal("no view")
	}
	return v
}
