package describe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// file is what one file says: the lists that stand by themselves, and the
// pieces that belong to objects which any file may describe.
type file struct {
	name  string
	found bool     // a key was recognised
	near  []string // keys that are recognised in another spelling
	errs  []error

	inv        trace.Inventory
	attributes []attributes
	entries    [][]prefixEntry
	routes     []tgwRoutes
	zones      []hostedZone
	summaries  [][]zoneSummary
	records    [][]zone.RecordSet
	names      []endpoint.Endpoint // made of bare DnsEntries
	findings   []endpoint.Finding
}

// attributes is one output of describe-vpc-attribute.
type attributes struct {
	vpc                string
	support, hostnames *bool
}

// prefixEntry is one of get-managed-prefix-list-entries' Entries.
type prefixEntry struct {
	CIDR string `json:"Cidr"`
}

// tgwRoutes is one output of search-transit-gateway-routes.
type tgwRoutes struct {
	list []route.TransitGatewayRoute
	more bool
}

// hostedZone is a hosted zone as get-hosted-zone and list-hosted-zones print it.
type hostedZone struct {
	ID            string         `json:"Id"`
	Name          string         `json:"Name"`
	Config        zoneConfig     `json:"Config,omitzero"`
	LinkedService *linkedService `json:"LinkedService,omitempty"`

	vpcs []zone.ZoneVPC
}

type zoneConfig struct {
	Comment     string `json:"Comment,omitempty"`
	PrivateZone bool   `json:"PrivateZone"`
}

type linkedService struct {
	ServicePrincipal string `json:"ServicePrincipal"`
}

// zoneSummary is one of list-hosted-zones-by-vpc's HostedZoneSummaries.
type zoneSummary struct {
	HostedZoneID string    `json:"HostedZoneId"`
	Name         string    `json:"Name"`
	Owner        zoneOwner `json:"Owner"`
}

type zoneOwner struct {
	OwningService string `json:"OwningService"`
}

// parser reads the documents of one file into it.
type parser struct {
	*file
	data    []byte
	doc     int      // where the current document begins
	members []member // a stack: those of the objects being read
	untold  int      // errors beyond maxErrors
}

// member is one member of an object.
type member struct {
	key   []byte
	start int
	value []byte
}

// maxNesting is how deep lists of lists and envelopes are followed. Deeper
// values are checked and not read.
const maxNesting = 16

// parse reads all documents of a file. Each value of a recognised key is
// decoded once; syntax errors end the file, others do not.
func parse(name string, data []byte) *file {
	p := &parser{file: &file{name: name}, data: text(data)}
	var entries endpoint.DNSEntries
	for i := skipSpace(p.data, 0); i < len(p.data); i = skipSpace(p.data, i) {
		p.doc = i
		if i = p.value(i, 0, &entries); i < 0 {
			p.broken()
			break
		}
	}
	p.endpoints(entries)
	if p.untold > 0 {
		p.errs = append(p.errs, &FileError{File: p.name, Err: fmt.Errorf("%d more errors", p.untold)})
	}
	return p.file
}

// text returns data as UTF-8 without byte order mark. Windows PowerShell
// redirects output as UTF-16.
func text(data []byte) []byte {
	if rest, ok := bytes.CutPrefix(data, []byte("\xef\xbb\xbf")); ok {
		return rest
	}
	little := bytes.HasPrefix(data, []byte("\xff\xfe"))
	if !little && !bytes.HasPrefix(data, []byte("\xfe\xff")) {
		return data
	}
	units := make([]uint16, 0, len(data)/2)
	for i := 2; i+1 < len(data); i += 2 {
		a, b := uint16(data[i]), uint16(data[i+1])
		if little {
			a, b = b, a
		}
		units = append(units, a<<8|b)
	}
	return []byte(string(utf16.Decode(units)))
}

// value reads the value at i and returns the index behind it, -1 if it is
// broken. Bare DnsEntries are added to entries.
func (p *parser) value(i, depth int, entries *endpoint.DNSEntries) int {
	if depth < maxNesting && i < len(p.data) {
		switch p.data[i] {
		case '{':
			return p.object(i, depth, entries)
		case '[':
			return p.list(i, depth)
		}
	}
	end := skipValue(p.data, i)
	if end < 0 || !json.Valid(p.data[i:end]) {
		return -1
	}
	return end
}

// list reads the list at i: bare objects, lists of them, whole documents. The
// DnsEntries among its elements are one endpoint's.
func (p *parser) list(i, depth int) int {
	var entries endpoint.DNSEntries
	i = skipSpace(p.data, i+1)
	if i < len(p.data) && p.data[i] == ']' {
		return i + 1
	}
	for {
		if i = p.value(i, depth+1, &entries); i < 0 {
			return -1
		}
		switch i = skipSpace(p.data, i); p.at(i) {
		case ',':
			i = skipSpace(p.data, i+1)
		case ']':
			p.endpoints(entries)
			return i + 1
		default:
			return -1
		}
	}
}

// at returns the byte at i, 0 behind the end.
func (p *parser) at(i int) byte {
	if i < len(p.data) {
		return p.data[i]
	}
	return 0
}

// object reads the object at i.
func (p *parser) object(i, depth int, entries *endpoint.DNSEntries) int {
	from := len(p.members)
	defer func() { p.members = p.members[:from] }()
	end := p.cut(i)
	if end < 0 || !p.read(p.members[from:], i, end, depth, entries) {
		return -1
	}
	return end
}

// cut pushes the members of the object at i and returns the index behind it,
// -1 if it is broken.
func (p *parser) cut(i int) int {
	i = skipSpace(p.data, i+1)
	if p.at(i) == '}' {
		return i + 1
	}
	for {
		if p.at(i) != '"' {
			return -1
		}
		end := skipString(p.data, i)
		if end < 0 {
			return -1
		}
		key := p.data[i+1 : end-1]
		if !simple(key) {
			var unescaped string
			if json.Unmarshal(p.data[i:end], &unescaped) != nil {
				return -1
			}
			key = []byte(unescaped)
		}
		if i = skipSpace(p.data, end); p.at(i) != ':' {
			return -1
		}
		start := skipSpace(p.data, i+1)
		if end = skipValue(p.data, start); end < 0 {
			return -1
		}
		p.members = append(p.members, member{key: key, start: start, value: p.data[start:end]})
		switch i = skipSpace(p.data, end); p.at(i) {
		case ',':
			i = skipSpace(p.data, i+1)
		case '}':
			return i + 1
		default:
			return -1
		}
	}
}

// simple reports whether a string's text stands for itself.
func simple(s []byte) bool {
	for _, c := range s {
		if c < ' ' || c == '\\' {
			return false
		}
	}
	return true
}

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
		ok := p.unmarshal(start, p.data[start:end], &z)
		if ok && zoneID(z.ID) == "" {
			p.noID(start, "Id")
		}
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
		ok := true
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
		ok := true
		switch m.start {
		case vpc.start:
			ok = p.unmarshal(m.start, m.value, &a.vpc)
			if ok && a.vpc == "" {
				p.noID(m.start, "VpcId")
			}
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
		if ok = p.unmarshal(m.start, m.value, &z); ok && zoneID(z.ID) == "" {
			p.noID(m.start, "Id")
		}
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
		ok = p.unmarshal(m.start, m.value, &zs)
		p.noIDs(m.start, without(zs, func(z *hostedZone) string { return zoneID(z.ID) }), "Id")
		if p.zones == nil {
			p.zones = []hostedZone{} // a list was given, if an empty one
		}
		p.zones = append(p.zones, zs...)
	case "HostedZoneSummaries":
		var ss []zoneSummary
		ok = p.unmarshal(m.start, m.value, &ss)
		p.noIDs(m.start, without(ss, func(s *zoneSummary) string { return zoneID(s.HostedZoneID) }), "HostedZoneId")
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
