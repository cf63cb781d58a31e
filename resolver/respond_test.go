package resolver_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/dns/dnsmessage"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// check asserts the invariants of the specification's section 6 about one query,
// and that the slow twin gives the same response.
func check(t failer, s slow, q []byte, limit int) {
	t.Helper()
	r := resolver.New(s.view)
	r.Outside = s.outside
	before := bytes.Clone(q)
	prefix := []byte("what stood before")
	out, ok := r.AppendResponse(bytes.Clone(prefix), q, limit)
	if !bytes.HasPrefix(out, prefix) || !bytes.Equal(q, before) {
		t.Fatal("Z6: octets of dst or of the query were changed")
	}
	out = out[len(prefix):]
	again, ok2 := r.AppendResponse(nil, q, limit)
	if ok != ok2 || !bytes.Equal(out, again) {
		t.Fatal("Z6: not the same twice")
	}
	if len(out) > max(limit, 0) {
		t.Fatalf("Z2: %d octets, limit %d", len(out), limit)
	}
	if len(q) < 12 || q[2]&0x80 != 0 {
		if ok || len(out) > 0 {
			t.Fatal("Z5: answered a response or less than a header")
		}
		return
	}
	if !ok {
		if len(out) > 0 || limit >= 512 {
			t.Fatal("no response")
		}
		return
	}
	if !bytes.Equal(out[:2], q[:2]) || out[2]&0x79 != q[2]&0x79 {
		t.Fatal("Z4: ID, opcode or RD not echoed")
	}
	if out[2]&0x80 == 0 || out[2]&0x04 != 0 || out[3]&0xf0 != 0x80 {
		t.Fatalf("Z9: flags %x", out[2:4])
	}
	end := 12
	if binary.BigEndian.Uint16(out[4:]) == 1 {
		for end < len(q) && q[end] != 0 {
			if strings.Contains(string(q[end+1:end+1+int(q[end])]), ".") {
				return // dnsmessage refuses a dot inside a label
			}
			end += 1 + int(q[end])
		}
		if end += 5; !bytes.Equal(out[12:end], q[12:end]) {
			t.Fatal("Z4, F7: question not echoed as sent")
		}
	}
	got := unpack(t, out) // Z3
	whole, _ := r.AppendResponse(nil, q, resolver.MaxStream)
	if got.Truncated {
		if len(got.Answers)+len(got.Authorities) > 0 {
			t.Fatal("Z8: records in a truncated response")
		}
		if client := clientLimit(q, limit, got); len(whole) <= client && whole[2]&2 == 0 {
			t.Fatalf("F6: truncated, though %d octets are in the limit %d", len(whole), client)
		}
		if got = unpack(t, whole); got.Truncated {
			return // not even a stream holds it
		}
	} else if !bytes.Equal(whole, out) {
		t.Fatal("a datagram and a stream differ")
	}
	want, ok := s.respond(t, q)
	if !ok {
		t.Fatal("the twin gives no response")
	}
	folded := cmp.Transformer("fold", func(n dnsmessage.Name) string { return strings.ToLower(n.String()) })
	if d := cmp.Diff(want, got, folded); d != "" {
		t.Fatalf("query %x (-twin +ours):\n%s", q, d)
	}
	if got.RCode != dnsmessage.RCodeFormatError && got.OpCode == 0 && len(got.Questions) == 1 {
		if hasOPT := len(got.Additionals) == 1; hasOPT != s.read(q).opt {
			t.Fatal("Z7: OPT out without OPT in, or the other way round")
		}
	}
}

// clientLimit is the limit that the client's own size leaves (F4, F5).
func clientLimit(q []byte, limit int, response dnsmessage.Message) int {
	if limit > resolver.MaxDatagram {
		return min(limit, resolver.MaxStream)
	}
	size := 512
	if len(response.Additionals) == 1 {
		// A query that was answered with records has its OPT where dnsmessage
		// finds it.
		var p dnsmessage.Parser
		if _, err := p.Start(q); err == nil {
			_ = errors.Join(p.SkipAllQuestions(), p.SkipAllAnswers(), p.SkipAllAuthorities())
			for {
				h, err := p.AdditionalHeader()
				if err != nil {
					break
				}
				if h.Type == dnsmessage.TypeOPT {
					size = max(size, int(h.Class))
				}
				if p.SkipAdditional() != nil {
					break
				}
			}
		}
	}
	return min(limit, size)
}

// Queries that are nearly right, and some octets of them changed.
func TestTwin(t *testing.T) {
	view := wireView(t)
	rapid.Check(t, func(t *rapid.T) {
		q := drawQuery(t)
		for range rapid.IntRange(0, 2).Draw(t, "mutations") {
			if len(q) > 0 {
				q[rapid.IntRange(0, len(q)-1).Draw(t, "at")] = rapid.Byte().Draw(t, "octet")
			}
		}
		if rapid.Bool().Draw(t, "cut") {
			q = q[:rapid.IntRange(0, len(q)).Draw(t, "to")]
		}
		outside := rapid.SampledFrom([]resolver.Policy{resolver.Refuse, resolver.NXDomain, resolver.Forward}).Draw(t, "outside")
		limit := rapid.SampledFrom([]int{resolver.MaxDatagram, resolver.MaxStream, 512, 600, 40, 0, -1}).Draw(t, "limit")
		check(t, slow{view, outside}, q, limit)
	})
}

// fixed is a Lookuper that gives every name the same answer.
type fixed struct{ answer zone.Answer }

func (f fixed) Lookup(string, zone.Type) zone.Answer { return f.answer }

// Answers of a user's own, with any owners in any order: the pointers to names
// that were written before lead where they should, also beyond the reach of a
// pointer.
func TestTwinOwners(t *testing.T) {
	names := []string{
		"monitoring.us-east-2.amazonaws.com", "us-east-2.amazonaws.com", "amazonaws.com", ".", "a.example.com", "example.com",
		"b.a.example.com", `\001\134\377.example.com`, `x\040y.us-east-2.amazonaws.com`, "com",
	}
	name := rapid.SampledFrom(names)
	record := rapid.Custom(func(t *rapid.T) zone.Record {
		typ := rapid.SampledFrom([]zone.Type{zone.A, zone.CNAME, zone.CNAME, zone.TXT, zone.MX}).Draw(t, "type")
		data := "10.0.0.1"
		switch typ {
		case zone.CNAME:
			data = name.Draw(t, "target")
		case zone.MX:
			data = "10 " + name.Draw(t, "host")
		case zone.TXT: // long ones, to come near 16,384 and 65,535
			data = strings.Repeat(`"`+strings.Repeat("x", 255)+`" `, rapid.SampledFrom([]int{1, 63, 64, 100}).Draw(t, "strings"))
		}
		r, err := zone.NewRecord(name.Draw(t, "owner"), typ, rapid.Uint32().Draw(t, "ttl"), data)
		if err != nil {
			t.Fatal(err)
		}
		return r
	})
	rapid.Check(t, func(t *rapid.T) {
		records := rapid.SliceOfN(record, 0, 6).Draw(t, "records")
		rcode := rapid.SampledFrom([]zone.RCode{zone.NoError, zone.NXDomain, zone.ServFail, zone.BadVers}).Draw(t, "rcode")
		q := query(t, rapid.SampledFrom(names[:3]).Draw(t, "asked")+".", dnsmessage.TypeA, rapid.SampledFrom([]int{0, 1232}).Draw(t, "size"))
		check(t, slow{fixed{zone.NewAnswer(rcode, records...)}, resolver.Refuse}, q, rapid.SampledFrom([]int{512, 1232, 65535}).Draw(t, "limit"))
	})
}

// drawQuery draws a query: a name of the zone or near it, in any case, any type,
// perhaps with additional records.
func drawQuery(t *rapid.T) []byte {
	const zoneName = "us-east-2.amazonaws.com"
	name := rapid.OneOf(
		rapid.SampledFrom([]string{
			"monitoring", "x.monitoring", "alias", "alias2", "outside", "loop1", "big", "nothing", "a.wild", "b.a.wild", "*.wild",
			"wild", "dangling", "mail", "text", "_tcp", "_sip._tcp", "*",
		}),
		rapid.StringMatching(`[a-zA-Z0-9_\x00-\xff]{1,9}(\.[a-z]{1,5})?`),
	).Draw(t, "name") + "." + zoneName
	name = rapid.SampledFrom([]string{name, name, name, name, zoneName, "amazonaws.com", "www.example.com", "localhost", "a.localhost", ""}).Draw(t, "whole")
	if rapid.Bool().Draw(t, "upper") {
		name = strings.ToUpper(name)
	}
	typ := rapid.OneOf(rapid.SampledFrom([]uint16{1, 28, 5, 6, 2, 15, 16, 33, 255, 41, 250, 251, 252, 65, 0}), rapid.Uint16()).Draw(t, "type")
	class := rapid.SampledFrom([]uint16{1, 1, 1, 1, 3, 255, 0}).Draw(t, "class")

	b := []byte{0x12, 0x34, rapid.SampledFrom([]byte{1, 1, 1, 0, 3, 0x21}).Draw(t, "flags"), rapid.SampledFrom([]byte{0, 0, 0x20, 0x85}).Draw(t, "more"), 0, 1, 0, 0, 0, 0, 0, 0}
	for label := range strings.SplitSeq(name, ".") {
		if label != "" {
			b = append(append(b, byte(len(label))), label...)
		}
	}
	b = append(b, 0, byte(typ>>8), byte(typ), byte(class>>8), byte(class))
	for range rapid.IntRange(0, 2).Draw(t, "additionals") {
		b[11]++
		b = append(b, rapid.SampledFrom([]string{"\x00", "\x00", "\x01a\x00", "\xc0\x0c"}).Draw(t, "owner")...)
		b = append(b, 0, rapid.SampledFrom([]byte{41, 41, 41, 1}).Draw(t, "additional type"))
		b = binary.BigEndian.AppendUint16(b, rapid.SampledFrom([]uint16{0, 512, 1232, 4096, 65535}).Draw(t, "size"))
		b = append(b, 0, rapid.SampledFrom([]byte{0, 0, 0, 1}).Draw(t, "version"), rapid.SampledFrom([]byte{0, 0x80}).Draw(t, "do"), 0)
		data := rapid.SampledFrom([]string{"", "", "\x00\x0a\x00\x02ab", "\x00\x0a\x00\x03ab"}).Draw(t, "options")
		b = append(append(b, 0, byte(len(data))), data...)
	}
	if typ == 251 && rapid.Bool().Draw(t, "soa") {
		b[9], b[11] = 1, 0
		b = append(b[:len(b):len(b)], 0xc0, 0x0c, 0, 6, 0, 1, 0, 0, 0, 0, 0, 0)
	}
	return b
}

func FuzzAppendResponse(f *testing.F) {
	for _, c := range wireCases(f) {
		f.Add(c.query, resolver.MaxDatagram)
		f.Add(c.query, resolver.MaxStream)
	}
	view := wireView(f)
	f.Fuzz(func(t *testing.T, q []byte, limit int) {
		check(t, slow{view, resolver.Refuse}, q, limit)
	})
}

// Z10: the addresses on the wire are those of the typed lookup, and both fail
// alike.
func TestWireEqualsTyped(t *testing.T) {
	r := resolver.New(typedView(t))
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{
			"monitoring", "dual", "six", "alias", "outside", "loop1", "big", "nothing", "a.wild", "wild", "dangling", "mail",
		}).Draw(t, "name") + rapid.SampledFrom([]string{".us-east-2.amazonaws.com", ".US-EAST-2.amazonaws.com", ".example.com", ".localhost"}).Draw(t, "zone")
		typ, network := dnsmessage.TypeA, "ip4"
		if rapid.Bool().Draw(t, "six") {
			typ, network = dnsmessage.TypeAAAA, "ip6"
		}
		typed, err := r.LookupNetIP(context.Background(), network, name)
		out, ok := r.AppendResponse(nil, query(t, name+".", typ, 0), resolver.MaxStream)
		if !ok {
			t.Fatal("no response")
		}
		m := unpack(t, out)
		var wire []netip.Addr
		for _, rr := range m.Answers {
			switch b := rr.Body.(type) {
			case *dnsmessage.AResource:
				wire = append(wire, netip.AddrFrom4(b.A))
			case *dnsmessage.AAAAResource:
				wire = append(wire, netip.AddrFrom16(b.AAAA))
			}
		}
		if !slices.Equal(wire, typed) {
			t.Fatalf("%s %s: %v on the wire, %v typed", name, typ, wire, typed)
		}
		var e *net.DNSError
		if len(wire) == 0 && (!errors.As(err, &e) || e.IsNotFound != (m.RCode == dnsmessage.RCodeSuccess || m.RCode == dnsmessage.RCodeNameError)) {
			t.Fatalf("%s %s: %v on the wire, %v typed", name, typ, m.RCode, err)
		}
	})
}

// S1: however a stream is cut, the same octets come back.
func FuzzStream(f *testing.F) {
	r := resolver.New(cloudWatch)
	for _, c := range wireCases(f) {
		f.Add(append(frame(c.query), frame(c.query)...), uint8(7))
	}
	f.Fuzz(func(t *testing.T, in []byte, step uint8) {
		exchange := func(step int) []byte {
			c := dial(t, r, "tcp")
			for part := range slices.Chunk(in, step) {
				if _, err := c.Write(part); err != nil {
					break // the stream has ended
				}
			}
			return resolver.Unread(c)
		}
		if len(in) > 1<<12 {
			return // answers unread for longer would make Write wait
		}
		if whole, cut := exchange(1<<12), exchange(int(step)+1); !bytes.Equal(whole, cut) {
			t.Fatalf("%x: whole %x, cut %x", in, whole, cut)
		}
	})
}
