package zone

import (
	"fmt"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

func (b *builder) readHostedZones() {
	b.c.HostedZones = lastOf(b, "HostedZones", b.c.HostedZones, func(z *HostedZone) string { return zoneID(z.ID) })
	for i := range b.c.HostedZones {
		in := &b.c.HostedZones[i]
		id := zoneID(in.ID)
		name, err := canonical(in.Name)
		if err != nil || name == "" {
			b.fail(id, "Name", in.Name, ErrName)
			continue
		}
		if !in.Private {
			continue // the public DNS is not the input's to know
		}
		if strings.HasPrefix(name, "*.") {
			b.findWildcardZone(id, in.Name) // E7: Route 53 does not make such a zone
			continue
		}
		z := b.newZone(name, CustomerZone)
		z.ID, z.evidence, z.noSets = id, naming.Given, in.RecordSets == nil
		z.index = len(b.all)
		b.all = append(b.all, z)
		b.hosted[id] = z
		b.readRecordSets(z, in)
		for _, v := range in.VPCs {
			if vpc := b.vpc(v.VPCID); vpc != nil {
				vpc.addRegionName(v.VPCRegion)
				b.members[vpc.id] = append(b.members[vpc.id], member{zone: z})
			}
		}
	}
}

// zoneID returns a HostedZoneId without "/hostedzone/".
func zoneID(id string) string { return strings.TrimPrefix(id, "/hostedzone/") }

// readRecordSets reads the record sets of a zone. Every zone has an SOA and NS
// records at its domain, whether the input lists them or not (Z19).
func (b *builder) readRecordSets(z *zoneData, in *HostedZone) {
	z.soa, z.soaTTL = zoneSOA, 900
	byName := make(map[string]int, len(in.RecordSets)+1)
	z.owners = make([]owner, 0, len(in.RecordSets)+1)
	at := func(name string) *owner {
		i, ok := byName[name]
		if !ok {
			i = len(z.owners)
			byName[name] = i
			z.owners = append(z.owners, owner{name: name})
		}
		return &z.owners[i]
	}
	var aliases []aliasSet
	for i := range in.RecordSets {
		rs := &in.RecordSets[i]
		field := func(name string) string { return fmt.Sprintf("ResourceRecordSets[%d].%s", i, name) }
		name, err := canonicalIn(rs.Name, z.name)
		if err != nil {
			b.fail(z.ID, field("Name"), rs.Name, ErrName)
			continue
		}
		if !within(name, z.name) {
			b.fail(z.ID, field("Name"), rs.Name, endpoint.ErrValue)
			continue
		}
		t, err := ParseType(rs.Type)
		if err != nil || t == ANY {
			b.fail(z.ID, field("Type"), rs.Type, ErrType)
			continue
		}
		o := at(name)
		if old := find(o.sets, t); old != nil {
			if rs.SetIdentifier == "" || old.state != setNotModelled {
				b.fail(z.ID, field("Type"), rs.Name+" "+rs.Type, endpoint.ErrValue) // the same set twice
			}
			continue
		}
		s := rrset{typ: t, evidence: naming.Given, ttl: rs.TTL}
		switch {
		case rs.SetIdentifier != "":
			s.state = setNotModelled
			b.findNotModelled(z.ID, fmt.Sprintf("%s %s has a routing policy (%s), which the model does not follow", name, t, rs.SetIdentifier))
		case rs.AliasTarget != nil:
			target, err := canonical(rs.AliasTarget.DNSName)
			if err != nil {
				b.fail(z.ID, field("AliasTarget.DNSName"), rs.AliasTarget.DNSName, ErrName)
				continue
			}
			s.alias = true
			aliases = append(aliases, aliasSet{aliasKey{name, t}, aliasTarget{target, zoneID(rs.AliasTarget.HostedZoneID)}})
		default:
			b.readRecords(z, rs, &s, i)
		}
		b.addSet(o, s)
		o.cut = o.cut || t == NS && name != z.name && !strings.HasPrefix(name, "*.")
		z.cuts = z.cuts || o.cut
		if t == SOA && name == z.name && s.data != "" {
			z.soa, _ = s.typ.cut(s.data)
			z.soaTTL = s.ttl
		}
	}
	apex := at(z.name)
	for _, s := range []rrset{soaSet, nsSet} {
		if find(apex.sets, s.typ) == nil {
			apex.add(s)
		}
	}
	if z.cuts {
		b.findNotModelled(z.ID, "a delegation (NS records below the zone's domain) is not followed (Z34)")
	}
	if len(aliases) > 0 {
		flattener{z: z, b: b, byName: byName}.all(aliases)
	}
}

// addSet is [owner.add]. The first sets of owners are handed out of larger
// pieces.
func (b *builder) addSet(o *owner, s rrset) {
	if o.sets != nil {
		o.add(s)
		return
	}
	if len(b.sets) == 0 {
		b.sets = make([]rrset, 128)
	}
	b.sets[0] = s
	o.sets, b.sets = b.sets[:1:1], b.sets[1:]
}

// readRecords reads the values of the i-th record set.
func (b *builder) readRecords(z *zoneData, rs *RecordSet, s *rrset, i int) {
	var data []byte
	for j := range rs.ResourceRecords {
		value := rs.ResourceRecords[j].Value
		wire, err := parseRData(s.typ, value)
		switch {
		case err == nil && s.typ.fixed() > 0 && len(rs.ResourceRecords) == 1:
			s.data = wire
			return
		case err == nil:
			data = s.typ.appendItem(data, wire)
		case known(s.typ) == nil:
			s.state = setNotModelled
			b.findNotModelled(z.ID, fmt.Sprintf("values of type %s are not read: %s", s.typ, rs.Name))
			return
		default:
			b.fail(z.ID, fmt.Sprintf("ResourceRecordSets[%d].ResourceRecords[%d].Value", i, j), value, ErrRData)
		}
	}
	s.data = string(data)
}

// aliasSet is an alias record before it is flattened.
type aliasSet struct {
	aliasKey
	target aliasTarget
}

type aliasKey struct {
	owner string
	typ   Type
}

// aliasTarget is what an alias points to: a name, and the id of the hosted zone
// that has it, "" if that is not given.
type aliasTarget struct{ name, zoneID string }

// flattener gives alias records the records of their targets, as Route 53 does
// before it answers (Z32): the records of the same type, with their TTL. A
// target is a name of an endpoint, in the public DNS, or a name of the same
// zone; it never meets a hidden zone. Any other target is not in the input.
type flattener struct {
	b      *builder
	z      *zoneData
	byName map[string]int
}

func (f flattener) all(aliases []aliasSet) {
	pending := make(map[aliasKey]aliasTarget, len(aliases))
	for _, a := range aliases {
		pending[a.aliasKey] = a.target
	}
	for _, a := range aliases {
		f.one(a.aliasKey, pending)
	}
}

// one flattens one alias, after the set its target's records come from if that
// is an alias too. It is off the list before that, so that aliases in a circle
// end, without records.
func (f flattener) one(key aliasKey, pending map[aliasKey]aliasTarget) {
	target, ok := pending[key]
	if !ok {
		return
	}
	delete(pending, key)
	s := find(f.z.owners[f.byName[key.owner]].sets, key.typ)
	if !f.own(target) {
		s.copy(f.b.z.vpceSet(target.name, key.typ))
		return
	}
	from := target.name
	if _, ok := f.byName[from]; !ok {
		from = f.z.source(from)
	}
	f.one(aliasKey{from, key.typ}, pending)
	if i, ok := f.byName[from]; ok {
		if set := find(f.z.owners[i].sets, key.typ); set != nil {
			s.copy(*set)
		}
	}
}

// own decides whether a target is a name of the alias's own zone, and not one
// of the public DNS:
//
//  1. It is not in the zone's domain: no.
//  2. Its hosted zone is given: if that is this one. A zone such as
//     "amazonaws.com" does not have the names of endpoints that its domain is
//     above of.
//  3. It is not: yes, unless the zone lacks the name and it is of the form of
//     an endpoint's.
func (f flattener) own(target aliasTarget) bool {
	switch {
	case !within(target.name, f.z.name):
		return false
	case target.zoneID != "":
		return target.zoneID == f.z.ID
	}
	_, vpce := vpceZone(target.name)
	return !vpce || f.z.exists(target.name)
}
