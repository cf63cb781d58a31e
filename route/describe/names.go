package describe

import (
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// endpoints makes endpoints of one bare list of DnsEntries, which is all that
//
//	aws ec2 describe-vpc-endpoints --query 'VpcEndpoints[*].DnsEntries'
//
// prints. What the names do not say stays empty: the VPC, the subnets, and the
// service's name, which its label does not always tell (naming.md, NAM-32).
//
//  1. The entries' vpce names tell the endpoint's id.
//  2. Every other entry is a private name of that endpoint, and says that
//     private DNS is on (NAM-43).
//  3. In a list with the names of several endpoints, or of none, such an entry
//     belongs to nobody: a Finding.
func (p *parser) endpoints(entries endpoint.DNSEntries) {
	var ids []string
	byID := map[string]*endpoint.Endpoint{}
	var others endpoint.DNSEntries
	for _, entry := range entries {
		n, err := naming.Parse(entry.Name)
		if err != nil {
			others = append(others, entry)
			continue
		}
		id := n.EndpointID()
		if byID[id] == nil {
			ids = append(ids, id)
			byID[id] = &endpoint.Endpoint{ID: id, Type: endpoint.Interface}
		}
		byID[id].DNSEntries = append(byID[id].DNSEntries, entry)
	}
	for _, entry := range others {
		if len(ids) != 1 {
			p.findings = append(p.findings, endpoint.Finding{
				Code:     endpoint.DNSEntryUnparsed,
				Resource: p.name,
				Text:     "the list does not tell which endpoint " + entry.Name + " belongs to",
				Source:   "NAM-40",
			})
			continue
		}
		e := byID[ids[0]]
		e.DNSEntries = append(e.DNSEntries, entry)
		e.PrivateDNSEnabled = true
	}
	for _, id := range ids {
		p.names = append(p.names, *byID[id])
	}
}

// addNames adds the endpoints of which only names were given: an endpoint that
// is described has its names filled in if it has none; names that contradict
// it are a Finding, and its own are kept.
func (m *merger) addNames() {
	var parts []part[endpoint.Endpoint]
	for i, f := range m.files {
		if f.names != nil {
			parts = append(parts, part[endpoint.Endpoint]{file: i, list: f.names})
		}
	}
	if parts == nil {
		return
	}
	all := []part[endpoint.Endpoint]{{file: -1, list: m.inv.Endpoints}}
	m.inv.Endpoints = union(m, append(all, parts...), func(e *endpoint.Endpoint) string { return e.ID },
		func(kept, names *endpoint.Endpoint) []string {
			if len(kept.DNSEntries) == 0 {
				kept.DNSEntries = names.DNSEntries
				return nil
			}
			return differing(&struct{ DnsEntries endpoint.DNSEntries }{kept.DNSEntries}, &struct{ DnsEntries endpoint.DNSEntries }{names.DNSEntries})
		})
}

// bareName returns a DNS name in lower case and without final dot, as names of
// zones are compared here.
func bareName(name string) string { return strings.ToLower(strings.TrimSuffix(name, ".")) }
