package describe

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// read makes sense of an object of the given members, which is the first of:
//
//  1. an object that stands alone: it has the id and a mark of a list, or the
//     id, name and CallerReference of a hosted zone
//  2. one of an endpoint's DnsEntries: it has a DnsName
//  3. describe-vpc-attribute's output: it has a VpcId and an attribute
//  4. something else with an id or a name of its own, such as an instance: its
//     keys are not a command's
//  5. a command's output: it has recognised keys
//  6. an envelope: its data is one of these
//
// It reports whether all of it is JSON.
func (p *parser) read(members []member, start, end, depth int, entries *endpoint.DNSEntries) bool {
	if l := alone(members); l != nil {
		return p.decode(l, start, p.data[start:end], true)
	}
	if m := find(members, "DnsName"); m != nil && find(members, "VpcEndpointId") == nil {
		var entry endpoint.DNSEntry
		ok := p.unmarshal(start, p.data[start:end], &entry)
		*entries = append(*entries, entry)
		return ok
	}
	if find(members, "CallerReference") != nil && find(members, "Id") != nil && find(members, "Name") != nil {
		var z hostedZone
		ok := p.withID(start, p.data[start:end], &z, "Id", func() []int { return without([]hostedZone{z}, (*hostedZone).id) })
		p.zones = append(p.zones, z)
		return ok
	}
	if vpc := find(members, "VpcId"); vpc != nil {
		support, hostnames := find(members, "EnableDnsSupport"), find(members, "EnableDnsHostnames")
		if support != nil || hostnames != nil {
			return p.attribute(members, vpc, support, hostnames)
		}
	}
	known := 0
	foreign := isResource(members)
	for _, m := range members {
		var ok bool
		switch l, one := byKey[string(m.key)], byOne[string(m.key)]; {
		case foreign:
			ok = json.Valid(m.value)
		case l != nil:
			known++
			ok = p.decode(l, m.start, m.value, false)
		case one != nil:
			known++
			ok = p.decode(one, m.start, m.value, true)
		default:
			var recognised bool
			if recognised, ok = p.piece(members, m); recognised {
				known++
			} else if right := byFold[strings.ToLower(string(m.key))]; right != "" {
				p.near = append(p.near, string(m.key))
			}
		}
		if !ok {
			return false
		}
	}
	if known > 0 {
		p.found = true
		return true
	}
	if m := find(members, "data"); m != nil && !foreign {
		return p.value(m.start, depth+1, entries) >= 0
	}
	return true
}

// find returns the last member with that key, as encoding/json would, nil if
// there is none.
func find(members []member, key string) *member {
	for i := len(members) - 1; i >= 0; i-- {
		if string(members[i].key) == key {
			return &members[i]
		}
	}
	return nil
}

// alone returns the list that an object with these members belongs to by its
// id and one of the list's marks, nil if there is none.
func alone(members []member) *list {
	for _, l := range lists {
		if find(members, l.id) == nil || l.unless != "" && find(members, l.unless) != nil {
			continue
		}
		for _, mark := range l.marks {
			if find(members, mark) != nil {
				return l
			}
		}
	}
	return nil
}

// isResource reports whether an object has an id or a name of its own: a
// string whose key ends so. The keys that Route 53's outputs have beside their
// lists, and an account's, do not count.
func isResource(members []member) bool {
	for _, m := range members {
		if m.value[0] != '"' {
			continue
		}
		switch key := string(m.key); key {
		case "HostedZoneId", "DNSName", "NextHostedZoneId", "NextDNSName", "NextRecordName", "AccountId", "AccountName", "OwnerId", "RegionName":
		default:
			if strings.HasSuffix(key, "Id") || strings.HasSuffix(key, "Name") || strings.HasSuffix(key, "Arn") || strings.HasSuffix(key, "ARN") {
				return true
			}
		}
	}
	return false
}

// decode decodes a recognised value that begins at start. It reports whether
// the value is JSON; every other error is recorded.
func (p *parser) decode(l *list, start int, value []byte, single bool) bool {
	p.found = true
	missing, err := l.decode(&p.inv, value, single)
	if err != nil {
		return p.failed(start, err)
	}
	if single && len(missing) > 0 {
		p.noID(start, l.id)
		return true
	}
	p.noIDs(start, missing, l.id)
	return true
}

// noIDs records objects without id of the list that begins at start.
func (p *parser) noIDs(start int, missing []int, key string) {
	if len(missing) == 0 {
		return
	}
	n := 0
	for at := range elements(p.data, start) {
		if _, found := slices.BinarySearch(missing, n); found {
			p.noID(at, key)
		}
		n++
	}
}

// noID records an object without id.
func (p *parser) noID(at int, key string) {
	p.errorAt(at, fmt.Errorf("%w: %s is missing", endpoint.ErrID, key))
}

// withID decodes a value as unmarshal does, and records which of the objects in
// it have no id: missing tells, key is the id's.
func (p *parser) withID(start int, value []byte, into any, key string, missing func() []int) bool {
	before := len(p.errs) + p.untold
	if !p.unmarshal(start, value, into) {
		return false
	}
	if len(p.errs)+p.untold > before {
		return true // an id of another type is there, and was refused
	}
	if list := missing(); len(list) > 0 && value[0] == '[' {
		p.noIDs(start, list, key)
	} else if len(list) > 0 {
		p.noID(start, key)
	}
	return true
}

// unmarshal decodes a value that begins at start, as decode does.
func (p *parser) unmarshal(start int, value []byte, into any) bool {
	p.found = true
	if err := json.Unmarshal(value, into); err != nil {
		return p.failed(start, err)
	}
	return true
}

// failed records an error of encoding/json, and reports whether the value that
// begins at start is JSON all the same.
func (p *parser) failed(start int, err error) bool {
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		p.errorAt(start+max(int(e.Offset)-1, 0), newTypeError(e))
		return true
	}
	return false
}

// attribute reads describe-vpc-attribute's output.
func (p *parser) attribute(members []member, vpc, support, hostnames *member) bool {
	var a attributes
	for _, m := range members {
		var ok bool
		switch m.start {
		case vpc.start:
			ok = p.withID(m.start, m.value, &a.vpc, "VpcId", func() []int {
				return without([]string{a.vpc}, func(id *string) string { return *id })
			})
		default:
			var setting struct{ Value *bool }
			switch {
			case support != nil && m.start == support.start:
				ok = p.unmarshal(m.start, m.value, &setting)
				a.support = setting.Value
			case hostnames != nil && m.start == hostnames.start:
				ok = p.unmarshal(m.start, m.value, &setting)
				a.hostnames = setting.Value
			default:
				ok = json.Valid(m.value)
			}
		}
		if !ok {
			return false
		}
	}
	p.attributes = append(p.attributes, a)
	return true
}

// piece reads a value that is a part of something else, or that is recognised
// by more than its key. It reports whether it is one, and whether it is JSON.
func (p *parser) piece(members []member, m member) (recognised, ok bool) {
	switch string(m.key) {
	case "HostedZone":
		var z hostedZone
		ok = p.withID(m.start, m.value, &z, "Id", func() []int { return without([]hostedZone{z}, (*hostedZone).id) })
		if vpcs := find(members, "VPCs"); ok && vpcs != nil {
			ok = p.unmarshal(vpcs.start, vpcs.value, &z.vpcs)
		}
		if vpc := find(members, "VPC"); ok && vpc != nil { // create-hosted-zone
			var one zone.ZoneVPC
			ok = p.unmarshal(vpc.start, vpc.value, &one)
			z.vpcs = append(z.vpcs, one)
		}
		p.zones = append(p.zones, z)
	case "HostedZones":
		var zs []hostedZone
		ok = p.withID(m.start, m.value, &zs, "Id", func() []int { return without(zs, (*hostedZone).id) })
		if p.zones == nil {
			p.zones = []hostedZone{} // a list was given, if an empty one
		}
		p.zones = append(p.zones, zs...)
	case "HostedZoneSummaries":
		var ss []zoneSummary
		ok = p.withID(m.start, m.value, &ss, "HostedZoneId", func() []int { return without(ss, (*zoneSummary).id) })
		p.summaries = append(p.summaries, ss)
	case "ResourceRecordSets":
		var rs []zone.RecordSet
		ok = p.unmarshal(m.start, m.value, &rs)
		p.records = append(p.records, rs)
	case "Entries":
		if found, empty := hasKey(m.value, "Cidr"); !found && !empty {
			return false, json.Valid(m.value)
		}
		var es []prefixEntry
		ok = p.unmarshal(m.start, m.value, &es)
		p.entries = append(p.entries, es)
	case "Routes":
		more := find(members, "AdditionalRoutesAvailable")
		if found, _ := hasKey(m.value, "TransitGatewayAttachments"); !found && more == nil {
			return false, json.Valid(m.value)
		}
		var rs tgwRoutes
		ok = p.unmarshal(m.start, m.value, &rs.list)
		if ok && more != nil {
			ok = p.unmarshal(more.start, more.value, &rs.more)
		}
		p.routes = append(p.routes, rs)
	default:
		return false, json.Valid(m.value)
	}
	return true, ok
}
