package main

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/privatelink-go/privatelink/zone"
)

// The wire form is read and written here without the library's help: it is what is compared.

// question is what both sides are asked. The name is in Route 53's text form, in any letter case.
type question struct {
	name string
	typ  zone.Type
}

func (q question) String() string { return fmt.Sprintf("%s %s", q.name, q.typ) }

// query returns the question as a message, without EDNS.
func (q question) query(id uint16) ([]byte, error) {
	b := binary.BigEndian.AppendUint16(nil, id)
	b = append(b, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0) // RD, one question
	for rest := q.name; rest != ""; {
		label, after, err := cutLabel(rest)
		if err != nil {
			return nil, fmt.Errorf("%q: %w", q.name, err)
		}
		b = append(append(b, byte(len(label))), label...)
		rest = after
	}
	b = append(b, 0)
	if n := len(b) - headerSize; n > 255 {
		return nil, fmt.Errorf("%q: a name of %d octets", q.name, n)
	}
	b = binary.BigEndian.AppendUint16(b, uint16(q.typ))
	return binary.BigEndian.AppendUint16(b, 1), nil // IN
}

// cutLabel takes the first label off a name in Route 53's text form.
func cutLabel(name string) (label []byte, rest string, err error) {
	for i := 0; i < len(name); {
		c := name[i]
		i++
		switch c {
		case '.':
			name, rest = name[:i-1], name[i:]
			i = len(name)
			continue
		case '\\':
			if i+3 > len(name) {
				return nil, "", errors.New("an escape without three digits")
			}
			n, err := strconv.ParseUint(name[i:i+3], 8, 8)
			if err != nil {
				return nil, "", err
			}
			c = byte(n)
			i += 3
		}
		label = append(label, c)
	}
	if len(label) == 0 || len(label) > 63 {
		return nil, "", fmt.Errorf("a label of %d octets", len(label))
	}
	return label, rest, nil
}

// reply is what is compared of a response.
type reply struct {
	rcode  zone.RCode
	answer []zone.Record
	soa    []zone.Record // of the authority section
}

// newReply reads a response. Records of one owner and type that follow each other are a set: the DNS does not order
// them, so they are sorted. The order of the sets is that of a chain of CNAMEs, and stays.
func newReply(msg []byte, id uint16) (reply, error) {
	m := message{msg: msg, at: headerSize}
	if len(msg) < headerSize || binary.BigEndian.Uint16(msg) != id || msg[2]&0x80 == 0 {
		return reply{}, errors.New("not the response to the query")
	}
	r := reply{rcode: zone.RCode(msg[3] & 15)}
	if msg[2]&2 != 0 {
		return reply{}, errors.New("truncated in a stream")
	}
	counts := [4]int{}
	for i := range counts {
		counts[i] = int(binary.BigEndian.Uint16(msg[4+2*i:]))
	}
	for range counts[0] {
		m.name()
		m.take(4)
	}
	for range counts[1] {
		r.answer = append(r.answer, m.record())
	}
	for range counts[2] {
		if rec := m.record(); rec.Type == zone.SOA {
			r.soa = append(r.soa, rec)
		}
	}
	for range counts[3] {
		m.record()
	}
	if m.err == nil && m.at != len(msg) {
		m.err = fmt.Errorf("%d octets after the last record", len(msg)-m.at)
	}
	r.sort()
	return r, m.err
}

// sort sorts the records of each set.
func (r reply) sort() {
	for i := 0; i < len(r.answer); {
		j := i + 1
		for j < len(r.answer) && r.answer[j].Name == r.answer[i].Name && r.answer[j].Type == r.answer[i].Type {
			j++
		}
		slices.SortFunc(r.answer[i:j], compareRecords)
		i = j
	}
}

func compareRecords(a, b zone.Record) int { return strings.Compare(a.String(), b.String()) }

func (r reply) equal(o reply) bool {
	return r.rcode == o.rcode && slices.Equal(r.answer, o.answer) && slices.Equal(r.soa, o.soa)
}

func (r reply) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %d records", r.rcode, len(r.answer))
	for _, rec := range r.answer {
		fmt.Fprintf(&b, "\n      %s", rec)
	}
	for _, rec := range r.soa {
		fmt.Fprintf(&b, "\n      authority: %s", rec)
	}
	return b.String()
}

const headerSize = 12

// message reads a message from front to back; after an error it yields zero values.
type message struct {
	msg []byte
	at  int
	err error
}

func (m *message) fail(why string) {
	if m.err == nil {
		m.err = fmt.Errorf("octet %d: %s", m.at, why)
	}
}

// take returns the next n octets.
func (m *message) take(n int) []byte {
	if m.err != nil || len(m.msg)-m.at < n {
		m.fail("the message ends too soon")
		return make([]byte, n)
	}
	m.at += n
	return m.msg[m.at-n : m.at]
}

// name reads a name, compressed or not, and returns its wire form in lower case.
func (m *message) name() []byte {
	var wire []byte
	end := 0 // where reading goes on after a pointer
	for m.err == nil {
		n := int(m.take(1)[0])
		switch {
		case n >= 0xC0:
			to := n&0x3F<<8 | int(m.take(1)[0])
			if end == 0 {
				end = m.at
			}
			if to >= m.at-2 {
				m.fail("a pointer that does not point back")
			}
			m.at = to
		case n > 63:
			m.fail("a label of an unknown kind")
		case n == 0:
			if end > 0 {
				m.at = end
			}
			return append(wire, 0)
		default:
			wire = append(wire, byte(n))
			for _, c := range m.take(n) {
				if 'A' <= c && c <= 'Z' {
					c += 'a' - 'A'
				}
				wire = append(wire, c)
			}
			if len(wire) > 254 {
				m.fail("a name that is too long")
			}
		}
	}
	return []byte{0}
}

// record reads a resource record, and the names in its data as uncompressed ones.
func (m *message) record() zone.Record {
	owner := nameText(m.name())
	head := m.take(10)
	typ := zone.Type(binary.BigEndian.Uint16(head))
	if class := binary.BigEndian.Uint16(head[2:]); class != 1 {
		m.fail("a record of another class than IN")
	}
	ttl := binary.BigEndian.Uint32(head[4:])
	end := m.at + int(binary.BigEndian.Uint16(head[8:]))
	var data []byte
	switch typ {
	case zone.NS, zone.CNAME, zone.PTR:
		data = m.name()
	case zone.MX:
		data = append(slices.Clone(m.take(2)), m.name()...)
	case zone.SRV:
		data = append(slices.Clone(m.take(6)), m.name()...)
	case zone.SOA:
		data = append(append(m.name(), m.name()...), m.take(20)...)
	default:
		data = m.take(max(0, end-m.at))
	}
	if m.at != end {
		m.fail("data of another length than its record says")
	}
	if m.err != nil {
		return zone.Record{}
	}
	rec, err := zone.NewRecord(owner, typ, ttl, fmt.Sprintf(`\# %d %x`, len(data), data))
	m.err = err
	return rec
}

// nameText returns the text of a name in wire form, as Route 53 writes it.
func nameText(wire []byte) string {
	var b strings.Builder
	for wire[0] != 0 {
		for _, c := range wire[1 : 1+wire[0]] {
			switch {
			case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_', c == '*':
				b.WriteByte(c)
			default:
				fmt.Fprintf(&b, `\%03o`, c)
			}
		}
		b.WriteByte('.')
		wire = wire[1+wire[0]:]
	}
	if b.Len() == 0 {
		return "."
	}
	return b.String()
}
