package zone

import (
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// zoneData is one private zone, whichever views it is part of.
type zoneData struct {
	origin
	name        string  // its domain, canonical
	owners      []owner // in the order of the input
	evidence    naming.Evidence
	noSets      bool // the record sets are not in the input
	cuts        bool // one of the owners is delegated
	inboundOnly bool // Z38
	withheld    bool // the endpoint's state keeps it from serving (section 6)
	index       int  // among all zones: part of the key of shared trees

	// Of a hidden zone: the endpoint, its Regional name with the hosted zone of
	// that, and the types of records the Regional name has.
	endpointID, regional, regionalZone string
	types                              endpoint.AddressRecords
}

// owner is one name of a zone that has records.
type owner struct {
	name string
	sets []rrset // by type
	cut  bool
}

// SOA and NS records of private hosted zones (Z19).
var (
	zoneSOA = mustRData(SOA, "ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400")
	zoneNS  = []string{"ns-0.awsdns-00.com.", "ns-512.awsdns-00.net.", "ns-1024.awsdns-00.org.", "ns-1536.awsdns-00.co.uk."}

	soaSet = rrset{typ: SOA, evidence: naming.Modelled, ttl: 900, data: string(SOA.appendItem(nil, zoneSOA))}
	nsSet  = func() rrset {
		var data []byte
		for _, n := range zoneNS {
			data = NS.appendItem(data, mustRData(NS, n))
		}
		return rrset{typ: NS, evidence: naming.Modelled, ttl: 172800, data: string(data)}
	}()
)

func mustRData(t Type, s string) string {
	wire, err := parseRData(t, s)
	if err != nil {
		panic(err)
	}
	return wire
}

// add puts a set among an owner's, by type.
func (o *owner) add(s rrset) {
	i, _ := slices.BinarySearchFunc(o.sets, s.typ, func(s rrset, t Type) int { return int(s.typ) - int(t) })
	o.sets = slices.Insert(o.sets, i, s)
}

func find(sets []rrset, t Type) *rrset {
	for i := range sets {
		if sets[i].typ == t {
			return &sets[i]
		}
	}
	return nil
}

// exists reports whether name is an owner or an empty non-terminal, or the
// domain of the zone.
func (z *zoneData) exists(name string) bool {
	return name == z.name || slices.ContainsFunc(z.owners, func(o owner) bool { return within(o.name, name) })
}

// source returns the name whose records a name has in the zone by itself: its
// own or, where that does not exist, the wildcard's at its closest encloser,
// which need not exist either. It is for building only: it looks at every
// owner.
func (z *zoneData) source(name string) string {
	if z.exists(name) {
		return name
	}
	for !z.exists(name) {
		name = parent(name)
	}
	return "*." + name
}

// at returns the owner of that name; nil if the zone has no records there. It
// is for building only.
func (z *zoneData) at(name string) *owner {
	for i := range z.owners {
		if z.owners[i].name == name {
			return &z.owners[i]
		}
	}
	return nil
}

// encloser returns a node for the closest encloser of a name, or for the name
// if it is in the zone, with what is to be known of the names above: their
// wildcards and delegations. It is apart from any tree, and for building only.
func (z *zoneData) encloser(name string, w *winner) *node {
	for !z.exists(name) {
		name = parent(name)
	}
	n := &node{win: w, exists: true}
	if o := z.at(name); o != nil {
		n.cut = o.cut
	}
	if star := "*." + name; z.exists(star) {
		n.star = &node{win: w, up: n, exists: true}
		if o := z.at(star); o != nil {
			n.star.setSets(o.sets)
		}
	}
	n.raise(z, name)
	return n
}

// raise gives the node of a name that is in the zone what is above it there,
// apart from any tree.
func (n *node) raise(z *zoneData, name string) {
	if name == z.name {
		return
	}
	n.up = z.encloser(parent(name), n.win)
	if strings.HasPrefix(name, "*.") {
		n.up.star = n
	}
}

// same reports whether two zones of one name hold the same records, but for
// the SOA and NS of the domain, and all of them are known.
func (z *zoneData) same(o *zoneData) bool {
	if z.noSets || o.noSets {
		return false
	}
	a, b := z.comparable(), o.comparable()
	return a != nil && b != nil && slices.Equal(a, b)
}

// comparable returns the records in a form to compare; nil if some are not
// known.
func (z *zoneData) comparable() []rrset {
	list := []rrset{}
	for _, o := range z.sorted() {
		if o.cut {
			return nil
		}
		for _, s := range o.sets {
			if o.name == z.name && (s.typ == SOA || s.typ == NS) {
				continue
			}
			if s.state != setKnown {
				return nil
			}
			if s.data == "" {
				continue
			}
			items := make([]string, s.len())
			for i := range items {
				items[i] = s.item(i)
			}
			slices.Sort(items)
			list = append(list, rrset{typ: s.typ, data: o.name + "\x00" + strings.Join(items, "")})
		}
	}
	return list
}

// sorted returns the owners by name: the domain first, then by labels from
// the right.
func (z *zoneData) sorted() []owner {
	list := slices.Clone(z.owners)
	slices.SortFunc(list, func(a, b owner) int { return compareNames(a.name, b.name) })
	return list
}

// compareNames orders names by their labels from right to left (RFC 4034,
// section 6.1).
func compareNames(a, b string) int {
	for {
		i, j := strings.LastIndexByte(a, '.'), strings.LastIndexByte(b, '.')
		if c := strings.Compare(a[i+1:], b[j+1:]); c != 0 {
			return c
		}
		if i < 0 || j < 0 {
			return i - j
		}
		a, b = a[:i], b[:j]
	}
}
