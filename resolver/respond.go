package resolver

import (
	"bytes"
	"encoding/binary"
	"strings"

	"github.com/privatelink-go/privatelink/zone"
)

// Limits of a response, in octets.
const (
	// MaxDatagram is the longest response in a datagram, whatever size the
	// client's EDNS(0) record offers: what BIND, NSD, Knot and Go use (F4).
	MaxDatagram = 1232

	// MaxStream is the longest response in a stream (F5).
	MaxStream = 65535

	minDatagram = 512    // without EDNS(0), RFC 1035 section 4.2.1
	maxPointer  = 0x4000 // offsets from here on cannot be pointed to
)

// outcome is what a query leads to.
type outcome uint8

const (
	answered outcome = iota
	dropped          // no response (W1)
	silent           // none either, since nothing answers in this view (Z4)
	forward          // another is to be asked
)

// AppendResponse appends the response to one DNS query, both in wire form and
// without the length that precedes them in a stream, to dst. It returns false,
// and dst as it was, if there is to be no response.
//
// limit is the longest response in octets. Up to [MaxDatagram] the response is
// one of a datagram: at most 512 octets without EDNS(0), and at most what the
// client's EDNS(0) record offers with it. A larger limit, such as [MaxStream], is
// one of a stream. A response that would be longer is truncated: TC is set, and
// no records but OPT are in it (F6).
//
// The first of these checks that fails gives the only error:
//
//	W1   shorter than a header, or a response: no response
//	W2   an opcode other than QUERY: NOTIMP
//	W3   QDCOUNT other than 1: FORMERR
//	W4   a question that does not parse: FORMERR
//	W5   answer or authority records, but for the SOA of an IXFR: FORMERR
//	W6   broken additional records, or a wrong OPT: FORMERR
//	W7   an EDNS version other than 0: BADVERS
//	W8   a class other than IN: REFUSED
//	W9   AXFR: NOTIMP; IXFR: REFUSED
//	W10  a name outside the model: by [Resolver.Outside]; where that is Forward,
//	     REFUSED, since nothing is asked of others here
//	W11  data: NXDOMAIN, NODATA and the rcode of the view
//
// Errors keep ID, opcode and RD, and echo the question if it parsed (W13).
// Responses have QR and RA set, AA, AD and CD clear, RD as in the query, as
// those of the Amazon-provided resolver (F1); positive ones have no authority
// section (F2). The question is echoed octet by octet (F7). Octets of query and
// of dst are left alone; query and dst must not overlap.
//
// Where the view is a [*zone.View] that does not allocate for the question, and
// nothing observes, it does not allocate either if dst has room; but for the
// packed answers that it keeps, half a megabyte at most, to the questions
// it is asked most.
func (r *Resolver) AppendResponse(dst, query []byte, limit int) ([]byte, bool) {
	transport := "udp"
	if limit > MaxDatagram {
		transport = "tcp"
	}
	out, o := r.respond(dst, query, limit, transport, false)
	return out, o == answered
}

// respond is AppendResponse; where the policy is Forward and a query is to be
// forwarded, it says so instead of refusing if forwards is set.
func (r *Resolver) respond(dst, query []byte, limit int, transport string, forwards bool) ([]byte, outcome) {
	if len(query) < headerLen || query[2]&0x80 != 0 {
		return dst, dropped
	}
	p := response{b: dst, start: len(dst), query: query}
	rcode := p.parse(query)
	p.setLimit(limit)
	if rcode != rcodeSuccess {
		return p.error(zone.RCode(rcode))
	}
	t := zone.Type(p.qtype)
	if r.view != nil && r.Observe == nil {
		question := query[headerLen:p.end]
		if kept := r.packed.at(place(question)); kept != nil && kept.question == string(question) {
			return p.packed(&kept.made)
		}
		buf := r.names.get()
		if name, ok := buf.text(query, p.end-4); ok {
			a := r.view.Lookup(name, t)
			v := r.decide(name, t, &a, forwards)
			out, o := p.respond(name, &a, v)
			if o == answered {
				if s := wants(&r.packed, question); s != nil {
					p.keep(s, &a, v)
				}
			}
			r.names.put(buf)
			return out, o
		}
		r.names.put(buf)
	}
	name := textName(p.qname())
	a := r.lookup(name, t)
	v := r.decide(name, t, &a, forwards)
	v.rcode = p.told(v.rcode)
	r.observe(name, t, transport, &a, v)
	return p.respond(name, &a, v)
}

// response is a response that is being written.
type response struct {
	message
	query []byte

	b     []byte
	start int // of the response in b
	limit int // of the octets before the OPT record

	prev    string // the owner of the last record
	prevPtr uint16 // and the pointer that stands for it
	target  int    // offset of the last CNAME's target in the response; 0: none
}

// newResponse returns a response, to be appended to dst, to a query that is
// known to parse.
func newResponse(dst, query []byte, limit int) *response {
	p := &response{b: dst, start: len(dst), query: query}
	p.parse(query)
	p.setLimit(limit)
	return p
}

// qname is the name of the question, in wire form.
func (p *response) qname() []byte { return p.query[headerLen : p.end-4] }

// setLimit applies the limit of the caller and of the client (F4, F5), and
// keeps room for the OPT record.
func (p *response) setLimit(limit int) {
	if limit <= MaxDatagram {
		size := minDatagram
		if p.opt {
			size = max(size, int(p.size))
		}
		limit = min(limit, size)
	}
	p.limit = min(limit, MaxStream)
	if p.opt {
		p.limit -= optLen
	}
}

// respond writes the response that a verdict asks for.
func (p *response) respond(name string, a *zone.Answer, v verdict) ([]byte, outcome) {
	switch {
	case v.silent:
		return p.b, silent
	case v.policy == Forward:
		return p.b, forward
	}
	return p.answer(name, a, v.rcode)
}

// told is what the client is told for a rcode: an extended one needs an OPT
// record.
func (p *response) told(rcode zone.RCode) zone.RCode {
	if rcode > 15 && !p.opt {
		return zone.ServFail
	}
	return rcode
}

// begin writes the header, with the counts of the question and the OPT record,
// and the question. It is false if not even those fit.
func (p *response) begin(rcode zone.RCode) bool {
	if p.end > p.limit {
		return false
	}
	rcode = p.told(rcode)
	p.b = append(p.b, p.query[:p.end]...)
	h := p.b[p.start:]
	h[2] = 0x80 | h[2]&0x79
	h[3] = 0x80 | byte(rcode&15)
	clear(h[4:headerLen])
	if p.end > headerLen {
		h[5] = 1
	}
	if p.opt {
		h[11] = 1
	}
	return true
}

// finish writes the OPT record, if the query had one: size and version of ours, DO
// copied, no other flag and no option (F3).
func (p *response) finish(rcode zone.RCode) ([]byte, outcome) {
	if p.opt {
		var do byte
		if p.do {
			do = 0x80
		}
		p.b = append(p.b, 0, 0, typeOPT, MaxDatagram>>8, MaxDatagram&0xff, byte(rcode>>4), 0, do, 0, 0, 0)
	}
	return p.b, answered
}

// error writes a response without records.
func (p *response) error(rcode zone.RCode) ([]byte, outcome) {
	if !p.begin(rcode) {
		return p.b, dropped
	}
	return p.finish(rcode)
}

// answer writes the response with the records of a, and with the SOA record of
// a negative answer (A1, A3, A4).
func (p *response) answer(name string, a *zone.Answer, rcode zone.RCode) ([]byte, outcome) {
	if !p.begin(rcode) {
		return p.b, dropped
	}
	p.prev, p.prevPtr = name, 0xc000|headerLen
	n := 0
	var first zone.Record
	for rec := range a.Records() {
		if p.qtype == typeANY {
			// One RRset, always the same (A6, RFC 8482 section 4.1).
			if n == 0 {
				first = rec
			} else if rec.Type != first.Type || rec.Name != first.Name {
				break
			}
		}
		if !p.record(name, &rec) {
			return p.truncated(rcode)
		}
		n++
	}
	if n > 0xffff {
		return p.truncated(rcode)
	}
	binary.BigEndian.PutUint16(p.b[p.start+6:], uint16(n))
	if soa, ok := a.SOA(); ok {
		if !p.record(name, &soa) {
			return p.truncated(rcode)
		}
		p.b[p.start+9] = 1
	}
	return p.finish(rcode)
}

// truncated takes the records back and sets TC (F6).
func (p *response) truncated(rcode zone.RCode) ([]byte, outcome) {
	p.b = p.b[:p.start+p.end]
	p.b[p.start+2] |= 0x02
	clear(p.b[p.start+6 : p.start+10])
	return p.finish(rcode)
}

// record writes one record; false if it does not fit.
func (p *response) record(name string, rec *zone.Record) bool {
	if rec.Name != p.prev {
		p.owner(name, rec.Name)
	} else {
		p.b = append(p.b, byte(p.prevPtr>>8), byte(p.prevPtr))
	}
	p.b = append(p.b,
		byte(rec.Type>>8), byte(rec.Type), 0, classIN,
		byte(rec.TTL>>24), byte(rec.TTL>>16), byte(rec.TTL>>8), byte(rec.TTL), 0, 0)
	at := len(p.b)
	b := rec.AppendRData(p.b)
	n := len(b) - at
	b[at-2], b[at-1] = byte(n>>8), byte(n)
	p.b = b
	if rec.Type == zone.CNAME {
		p.target = at - p.start
	}
	return len(b)-p.start <= p.limit
}

// owner writes the owner of a record that is not the one before's: a pointer to
// the question or its end, or to the last CNAME's target or its end, or else the
// name.
func (p *response) owner(name, owner string) {
	if i := len(name) - len(owner); i > 0 && owner != "" && name[i-1] == '.' && name[i:] == owner && strings.IndexByte(name[:i], '\\') < 0 {
		// Without escapes the text is as long as the labels it stands for.
		p.pointTo(owner, headerLen+i)
		return
	}
	at := len(p.b)
	p.b = appendWireName(p.b, owner)
	if owner == "" {
		return
	}
	if p.target != 0 {
		wire := p.b[at:]
		for i := p.start + p.target; p.b[i] != 0; i += 1 + int(p.b[i]) {
			if bytes.HasPrefix(p.b[i:at], wire) {
				p.b = p.b[:at]
				p.pointTo(owner, i-p.start)
				return
			}
		}
	}
	if offset := at - p.start; offset < maxPointer {
		p.prev, p.prevPtr = owner, 0xc000|uint16(offset)
	}
}

// pointTo writes a pointer to an offset of the response that holds owner, and
// keeps it for the records that follow; the name itself where a pointer does
// not reach.
func (p *response) pointTo(owner string, offset int) {
	if offset >= maxPointer {
		p.b = appendWireName(p.b, owner)
		return
	}
	p.prev, p.prevPtr = owner, 0xc000|uint16(offset)
	p.b = append(p.b, byte(p.prevPtr>>8), byte(p.prevPtr))
}
