package describe

import (
	"bytes"
	"encoding/json"
	"fmt"
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
	holds string   // where no key was: what is there instead, as in "is empty"
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
	if !p.found && len(p.errs) == 0 {
		p.holds = p.what()
	}
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
