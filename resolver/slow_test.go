package resolver_test

import (
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// The slow twin of AppendResponse: the rules of the specification one after
// another, read with slices that panic at the end of the message, and packed by
// dnsmessage. It knows no limit: truncation is checked against the whole answer.

// slow is the twin of a Resolver.
type slow struct {
	view    resolver.Lookuper
	outside resolver.Policy
}

// respond returns the response that a stream would carry; false for none.
func (s slow) respond(t failer, q []byte) (dnsmessage.Message, bool) {
	if len(q) < 12 || q[2]&0x80 != 0 {
		return dnsmessage.Message{}, false // W1
	}
	r := s.read(q)
	m := dnsmessage.Message{Header: dnsmessage.Header{
		ID: binary.BigEndian.Uint16(q), Response: true, OpCode: dnsmessage.OpCode(q[2] >> 3 & 15),
		RecursionDesired: q[2]&1 != 0, RecursionAvailable: true, RCode: dnsmessage.RCode(r.rcode & 15),
	}}
	if r.question != nil {
		m.Questions = []dnsmessage.Question{*r.question}
	}
	if r.question != nil && r.rcode == 0 {
		name := s.text(r.labels)
		a := s.view.Lookup(name, zone.Type(r.question.Type))
		rcode, known := a.RCode()
		switch {
		case a.IsSilent():
			return dnsmessage.Message{}, false
		case known:
		case strings.HasSuffix("."+name, ".localhost"): // N17
			if addr := map[dnsmessage.Type]string{dnsmessage.TypeA: "127.0.0.1", dnsmessage.TypeAAAA: "::1"}[r.question.Type]; addr != "" {
				rec, err := zone.NewRecord(name, zone.Type(r.question.Type), 0, addr)
				if err != nil {
					t.Fatal(err)
				}
				a = zone.NewAnswer(zone.NoError, rec)
			}
		case a.Len() > 0:
			rcode = zone.NoError // A4
		case s.outside == resolver.NXDomain:
			rcode = zone.NXDomain
		default:
			rcode = zone.Refused
		}
		if rcode > 15 && !r.opt {
			rcode = zone.ServFail // an extended rcode needs an OPT record
		}
		r.rcode = int(rcode)
		m.RCode = dnsmessage.RCode(rcode & 15)
		var first *zone.Record
		for rec := range a.Records() {
			if first == nil {
				first = &rec
			}
			if r.question.Type == dnsmessage.TypeALL && (rec.Type != first.Type || rec.Name != first.Name) {
				continue // A6
			}
			m.Answers = append(m.Answers, resource(t, rec))
		}
		if soa, ok := a.SOA(); ok {
			m.Authorities = append(m.Authorities, resource(t, soa))
		}
	}
	if r.opt {
		var h dnsmessage.ResourceHeader
		if err := h.SetEDNS0(1232, dnsmessage.RCode(r.rcode), r.do); err != nil {
			t.Fatal(err)
		}
		m.Additionals = []dnsmessage.Resource{{Header: h, Body: &dnsmessage.OPTResource{}}}
	}
	b, err := m.Pack()
	if err != nil {
		t.Fatalf("packing %s: %v", summary(m), err)
	}
	return unpack(t, b), true
}

// reading is what the twin makes of a query.
type reading struct {
	rcode    int
	question *dnsmessage.Question // nil: none parsed
	labels   []string
	opt, do  bool
	version  byte
}

// octets are what is left of a message. Taking more than that panics.
type octets []byte

func (o *octets) take(n int) []byte {
	b := (*o)[:n]
	*o = (*o)[n:]
	return b
}

func (o *octets) number() int { return int(binary.BigEndian.Uint16(o.take(2))) }

// owner takes the name of a record and returns its first octet.
func (o *octets) owner() byte {
	first := (*o)[0]
	for {
		switch n := o.take(1)[0]; {
		case n == 0:
			return first
		case n >= 0xc0:
			o.take(1)
			return first
		case n > 63:
			panic("neither a label nor a pointer")
		default:
			o.take(int(n))
		}
	}
}

// read applies W2 to W9. Whatever is wrong with the form panics.
func (s slow) read(q []byte) (r reading) {
	const formErr, notImp, refused, badVers = 1, 4, 5, 16
	if q[2]>>3&15 != 0 {
		return reading{rcode: notImp}
	}
	r.rcode = formErr
	defer func() { _ = recover() }()
	o := octets(q)
	o.take(4)
	qd, an, ns, ar := o.number(), o.number(), o.number(), o.number()
	if qd != 1 {
		panic("W3")
	}
	total := 1
	for n := o.take(1)[0]; n != 0; n = o.take(1)[0] {
		if total += 1 + int(n); n > 63 || total > 255 {
			panic("W4")
		}
		r.labels = append(r.labels, string(o.take(int(n))))
	}
	typ, class := o.number(), o.number()
	r.question = &dnsmessage.Question{
		Name: dnsmessage.MustNewName(strings.Join(r.labels, ".") + "."),
		Type: dnsmessage.Type(typ), Class: dnsmessage.Class(class),
	}
	if an != 0 || ns != 0 && (typ != 251 || ns != 1) {
		panic("W5")
	}
	for range ns {
		if o.owner(); o.number() != 6 {
			panic("W5")
		}
		o.take(6)
		o.take(o.number())
	}
	for range ar {
		r.additional(&o)
	}
	switch {
	case r.version != 0:
		r.rcode = badVers
	case class != 1 || typ == 251:
		r.rcode = refused
	case typ == 252:
		r.rcode = notImp
	default:
		r.rcode = 0
	}
	return r
}

// additional takes one additional record (W6). An OPT record counts as one of
// the query's even if it is wrong (W14).
func (r *reading) additional(o *octets) {
	owner := o.owner()
	fixed := o.take(10)
	isOPT, second := binary.BigEndian.Uint16(fixed) == 41, r.opt
	if isOPT {
		r.opt, r.do = true, fixed[6]&0x80 != 0
	}
	data := octets(o.take(int(binary.BigEndian.Uint16(fixed[8:]))))
	if !isOPT {
		return
	}
	if second || owner != 0 {
		panic("W6")
	}
	for len(data) > 0 {
		data.take(2)
		data.take(data.number())
	}
	r.version = fixed[5]
}

// text writes a name as package zone does.
func (slow) text(labels []string) string {
	if len(labels) == 0 {
		return "."
	}
	var parts []string
	for _, l := range labels {
		var b strings.Builder
		for _, c := range []byte(l) {
			switch {
			case c <= ' ' || c >= 0x7f || c == '.' || c == '\\':
				fmt.Fprintf(&b, `\%03o`, c)
			case 'A' <= c && c <= 'Z':
				b.WriteByte(c | 0x20)
			default:
				b.WriteByte(c)
			}
		}
		parts = append(parts, b.String())
	}
	return strings.Join(parts, ".")
}

// resource is a record for dnsmessage, its data as it stands.
func resource(t failer, r zone.Record) dnsmessage.Resource {
	raw, err := strconv.Unquote(`"` + r.Name + `."`) // Go reads \ooo, too
	if err != nil {
		t.Fatal(err)
	}
	name, err := dnsmessage.NewName(raw)
	if err != nil {
		t.Fatal(err)
	}
	return dnsmessage.Resource{
		Header: dnsmessage.ResourceHeader{Name: name, Class: dnsmessage.ClassINET, TTL: r.TTL},
		Body:   &dnsmessage.UnknownResource{Type: dnsmessage.Type(r.Type), Data: r.AppendRData(nil)},
	}
}
