package resolver

import "encoding/binary"

// Types and codes of the wire that are no concern of package zone: they stand
// for operations, not for data.
const (
	typeOPT  = 41
	typeSOA  = 6
	typeIXFR = 251
	typeAXFR = 252
	typeANY  = 255

	classIN = 1
)

// The rcodes of errors found before any data is looked at, and of the
// policies. BADVERS does not fit the header: its upper bits stand in the OPT
// record (RFC 6891 section 6.1.3).
const (
	rcodeSuccess  = 0
	rcodeFormErr  = 1
	rcodeNXDomain = 3
	rcodeNotImp   = 4
	rcodeRefused  = 5
	rcodeBadVers  = 16
)

const (
	headerLen = 12
	maxName   = 255 // octets of a name in wire form, the root's included
	maxLabel  = 63
	optLen    = 11 // octets of an OPT record without options
)

// message is what parse understood of one query: offsets, and no copies.
type message struct {
	end   int // octets of header and question; headerLen if no question parsed
	qtype uint16
	class uint16

	opt     bool // the query has an OPT record
	do      bool // its DO bit (RFC 3225)
	version uint8
	size    uint16 // the UDP payload size it offers
}

// parse reads b, which holds at least a header with QR=0, and returns the rcode
// that W2 to W9 give it: rcodeSuccess if the question is to be answered. The
// checks stand in this order, and the first that fails gives the only error:
//
//	W2  opcode other than QUERY: NOTIMP
//	W3  QDCOUNT other than 1: FORMERR (RFC 9619 section 4)
//	W4  the question does not parse: FORMERR
//	W5  answer or authority records: FORMERR; the SOA of an IXFR is let through
//	W6  broken additional records, or a wrong OPT: FORMERR
//	W7  EDNS version other than 0: BADVERS
//	W8  class other than IN: REFUSED
//	W9  AXFR: NOTIMP; IXFR: REFUSED
//
// Octets after the last record are ignored, and so are additional records other
// than OPT (W12).
func (m *message) parse(b []byte) int {
	m.end = headerLen
	if b[2]>>3&0xf != 0 {
		return rcodeNotImp
	}
	if binary.BigEndian.Uint16(b[4:]) != 1 {
		return rcodeFormErr
	}
	off := skipQName(b)
	if off == 0 || off+4 > len(b) {
		return rcodeFormErr
	}
	m.qtype = binary.BigEndian.Uint16(b[off:])
	m.class = binary.BigEndian.Uint16(b[off+2:])
	m.end = off + 4
	if binary.BigEndian.Uint32(b[6:]) != 0 || binary.BigEndian.Uint16(b[10:]) != 0 {
		if rcode := m.parseRecords(b); rcode != rcodeSuccess {
			return rcode
		}
	}
	switch {
	case m.version != 0:
		return rcodeBadVers
	case m.class != classIN:
		return rcodeRefused
	case m.qtype == typeAXFR:
		return rcodeNotImp
	case m.qtype == typeIXFR:
		return rcodeRefused
	}
	return rcodeSuccess
}

// parseRecords checks what follows the question (W5, W6).
func (m *message) parseRecords(b []byte) int {
	answers := binary.BigEndian.Uint16(b[6:])
	authorities := binary.BigEndian.Uint16(b[8:])
	additionals := binary.BigEndian.Uint16(b[10:])
	off := m.end
	switch {
	case answers != 0:
		return rcodeFormErr
	case authorities == 0:
	case authorities != 1 || m.qtype != typeIXFR: // RFC 1995 section 3
		return rcodeFormErr
	default:
		rr, ok := parseRecord(b, off)
		if !ok || rr.typ != typeSOA {
			return rcodeFormErr
		}
		off = rr.end
	}
	for range additionals {
		rr, ok := parseRecord(b, off)
		if rr.typ == typeOPT {
			// From here on the response has an OPT record, an error too (W14).
			again := m.opt
			m.opt = true
			m.do = rr.ttl&0x8000 != 0
			if !ok || again || b[off] != 0 || !optionsFit(b[rr.data:rr.end]) {
				return rcodeFormErr
			}
			m.version = uint8(rr.ttl >> 16)
			m.size = rr.class
		}
		if !ok {
			return rcodeFormErr
		}
		off = rr.end
	}
	return rcodeSuccess
}

// record is one resource record of a message, by offsets.
type record struct {
	typ, class uint16
	ttl        uint32
	data, end  int // its RDATA is b[data:end]
}

// parseRecord reads the record at b[off:]; false if it runs past the end or its
// owner is no name. The fixed part is filled in as far as it could be read.
func parseRecord(b []byte, off int) (rr record, ok bool) {
	off, ok = skipName(b, off)
	if !ok || off+10 > len(b) {
		return rr, false
	}
	rr.typ = binary.BigEndian.Uint16(b[off:])
	rr.class = binary.BigEndian.Uint16(b[off+2:])
	rr.ttl = binary.BigEndian.Uint32(b[off+4:])
	rr.data = off + 10
	rr.end = rr.data + int(binary.BigEndian.Uint16(b[off+8:]))
	return rr, rr.end <= len(b)
}

// skipQName returns the offset after the question's name: uncompressed labels
// of at most 63 octets, at most 255 octets in all (W4). It returns 0 for
// anything else. A pointer in the first name of a message has nothing to point
// to (RFC 9267 section 2).
func skipQName(b []byte) int {
	off := headerLen
	for off < len(b) {
		n := int(b[off])
		off += 1 + n
		if n == 0 {
			if off-headerLen > maxName {
				return 0
			}
			return off
		}
		if n > maxLabel {
			return 0
		}
	}
	return 0
}

// skipName returns the offset after the name at b[off:]. A pointer ends a name
// and is not followed: nothing here needs to know the owner of an additional
// record.
func skipName(b []byte, off int) (int, bool) {
	for off < len(b) {
		n := int(b[off])
		switch {
		case n == 0:
			return off + 1, true
		case n >= 0xc0:
			return off + 2, off+2 <= len(b)
		case n > maxLabel:
			return 0, false
		}
		off += 1 + n
	}
	return 0, false
}

// optionsFit reports whether the options of an OPT record fill its RDATA
// exactly. What they say does not matter: none is supported (F3).
func optionsFit(b []byte) bool {
	for len(b) != 0 {
		if len(b) < 4 {
			return false
		}
		n := 4 + int(binary.BigEndian.Uint16(b[2:]))
		if n > len(b) {
			return false
		}
		b = b[n:]
	}
	return true
}
