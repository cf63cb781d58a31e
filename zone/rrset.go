package zone

import "github.com/privatelink-go/privatelink/naming"

// rrset is the records of one owner and type. The data of all of them stands
// in one string: addresses one after another, values of other types each after
// its length in two octets. That is a third of what a slice of strings takes,
// and a set of a million zones is one pointer for the garbage collector.
type rrset struct {
	typ      Type
	state    setState
	evidence naming.Evidence // of the facts the records rest on
	alias    bool            // flattened from an alias record (Z32)
	codes    codes           // of every answer with the records, or the lack of them
	ttl      uint32
	data     string
}

// setState says whether the records of a set are known.
type setState uint8

const (
	setKnown       setState = iota
	setMissing              // an input that the records depend on is not there: UNKNOWN_RESOURCE
	setNotModelled          // a routing policy or a type that the model does not follow: NOT_MODELLED
	setUnspecified          // AWS does not say, and nothing was observed
)

// copy gives an alias the records of its target (Z32).
func (s *rrset) copy(from rrset) {
	s.state, s.evidence, s.codes, s.ttl, s.data = from.state, from.evidence, from.codes, from.ttl, from.data
}

// fixed returns the length of each record's data; 0 if it varies.
func (t Type) fixed() int {
	switch t {
	case A:
		return 4
	case AAAA:
		return 16
	}
	return 0
}

// appendItem appends one record's data to the data of a set.
func (t Type) appendItem(set []byte, wire string) []byte {
	if t.fixed() == 0 {
		set = append(set, byte(len(wire)>>8), byte(len(wire)))
	}
	return append(set, wire...)
}

// cut takes the first record's data off the data of a set.
func (t Type) cut(set string) (wire, rest string) {
	n := t.fixed()
	if n == 0 {
		n = int(set[0])<<8 | int(set[1])
		set = set[2:]
	}
	return set[:n], set[n:]
}

// len returns the number of records.
func (s *rrset) len() int {
	switch s.typ { // no division by what is not constant
	case A:
		return len(s.data) / 4
	case AAAA:
		return len(s.data) / 16
	}
	n := 0
	for rest := s.data; rest != ""; n++ {
		_, rest = s.typ.cut(rest)
	}
	return n
}

// item returns the data of the i-th record.
func (s *rrset) item(i int) string {
	if n := s.typ.fixed(); n > 0 {
		return s.data[i*n : i*n+n]
	}
	wire, rest := s.typ.cut(s.data)
	for range i {
		wire, rest = s.typ.cut(rest)
	}
	return wire
}
