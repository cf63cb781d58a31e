package zone

import (
	"fmt"
	"net/netip"
	"strconv"
)

// Record is one DNS record of class IN. Records are comparable with ==: a
// value has one form. The zero Record is invalid.
type Record struct {
	Name string // the owner, in lower case, without final dot; "" is the root
	Type Type
	TTL  uint32 // seconds

	data string // the RDATA in wire form, uncompressed
}

// NewRecord makes a record from Route 53's text forms: name with or without
// final dot, data such as "10.0.1.10", "10 mail.example.com" or "\"quoted\"".
// ttl is in seconds. The error wraps [ErrName], [ErrRData] or, for a type
// whose text form this package does not read, [ErrRDataType]; such types take
// data as RFC 3597 writes it.
func NewRecord(name string, t Type, ttl uint32, data string) (Record, error) {
	owner, err := canonical(name)
	if err != nil {
		return Record{}, err
	}
	if !t.IsValid() || t == ANY {
		return Record{}, fmt.Errorf("%s: %w", name, ErrType)
	}
	wire, err := parseRData(t, data)
	if err != nil {
		return Record{}, fmt.Errorf("%s: %w", name, err)
	}
	return Record{Name: owner, Type: t, TTL: ttl, data: wire}, nil
}

// AddrRecord makes an A or AAAA record. ttl is in seconds. An IPv4-mapped IPv6
// address counts as IPv4. The error wraps [ErrName], or [ErrRData] for the
// zero Addr and one with a zone.
func AddrRecord(name string, ttl uint32, a netip.Addr) (Record, error) {
	a = a.Unmap()
	t := A
	if a.Is6() {
		t = AAAA
	}
	return NewRecord(name, t, ttl, a.String())
}

// IsValid reports whether r is not the zero Record.
func (r Record) IsValid() bool { return r.Type != 0 }

// Addr returns the address of an A or AAAA record; the zero Addr for any other
// type.
func (r Record) Addr() netip.Addr {
	a, _ := wireAddr(r.Type, r.data)
	return a
}

// Data returns the value in presentation form: names in lower case and without
// final dot, strings quoted as Route 53 prints them, and data of types without
// a form of their own as RFC 3597 writes it.
func (r Record) Data() string {
	text, _ := rdataText(nil, r.Type, r.data, route53)
	return string(text)
}

// AppendRData appends the RDATA in wire form (RFC 1035, section 3.3), without
// its length and with its names uncompressed, as a message may hold it.
func (r Record) AppendRData(dst []byte) []byte { return append(dst, r.data...) }

// String returns the record as a zone file's line writes it: owner with final
// dot, TTL, class, type and data, separated by single spaces. Names inside the
// data have no final dot.
func (r Record) String() string {
	if !r.IsValid() {
		return "invalid Record"
	}
	return r.Name + ". " + strconv.FormatUint(uint64(r.TTL), 10) + " IN " + r.Type.String() + " " + r.Data()
}
