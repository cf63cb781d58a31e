package zone

import (
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// endpointState is what the public DNS needs to know of an interface endpoint
// of the input.
type endpointState struct {
	available  bool
	named      bool    // its Regional name is in the input
	privateAPI bool    // it is one for API Gateway (Z25)
	winner     *winner // of its names
	sets       []rrset // of its Regional name
}

// vpceBuilder makes the tree of all endpoints' own names, which every view
// shares (Z23). Its zones are those of AWS: one for each Region and vpce
// suffix, "us-east-2.vpce.amazonaws.com".
type vpceBuilder struct {
	b       *builder
	t       treeBuilder
	regions map[string]*winner // by zone
}

func newVPCEBuilder(b *builder) *vpceBuilder {
	return &vpceBuilder{b: b, t: treeBuilder{tree: newTree(0)}, regions: map[string]*winner{}}
}

// region returns the winner of a zone of vpce names itself and of its empty
// non-terminals (Z25). Its HostedZoneId is the endpoints' common one. The input
// never has all names of such a zone.
func (p *vpceBuilder) region(zone, id string) *winner {
	w := p.regions[zone]
	if w == nil {
		w = p.winner(zone, id)
		w.rule, w.evidence, w.partial = ruleZ25, naming.Modelled, true
		p.regions[zone] = w
		apex := []rrset{{typ: NS, state: setMissing}, {typ: SOA, state: setMissing}} // there are some, and the input does not have them
		n := p.t.new(zone, hash(zone), w)
		n.exists = true
		n.setSets(apex)
	}
	if w.ID != id {
		w.ID = ""
	}
	return w
}

func (p *vpceBuilder) winner(zone, id string) *winner {
	o := &origin{Source: Source{Kind: VPCE, ID: id, Zone: zone}, soa: zoneSOA, soaTTL: p.b.negativeTTL()}
	return &winner{origin: o, kind: winZone, rule: ruleZ24, evidence: naming.Given, labels: labels(zone)}
}

// add enters the Regional and zonal names of an endpoint. One that does not
// serve has none (section 6).
func (p *vpceBuilder) add(e *endpointZones) {
	state := endpointState{available: e.available, named: e.regional.IsValid()}
	if state.available && state.named {
		zone := e.regional.Region() + "." + e.regional.Domain()
		id := e.DNSEntries.PublicZoneID()
		region := p.region(zone, id)
		w := p.winner(zone, id)
		if e.regional.Prefix() != "" {
			w.rule = ruleZ25
		}
		for n := range e.DNSEntries.Names() {
			p.enter(n.String(), zone, region, w, p.sets(e, n.Zone()))
		}
		for text := range e.DNSEntries.Unparsed() {
			if name, az, ok := consumerZonal(e, text); ok {
				p.enter(name, zone, region, w, p.sets(e, az))
			}
		}
		state.winner, state.sets, state.privateAPI = w, p.sets(e, ""), e.regional.Service() == "execute-api"
	}
	p.b.z.endpoints[e.ID] = state
}

// consumerZonal reads the zonal name of an endpoint to a customer's service in
// another Region (Z43), as that endpoint's DnsEntries have it.
func consumerZonal(e *endpointZones, text string) (name, az string, ok bool) {
	name = canonicalText(text)
	if !e.owned {
		return "", "", false
	}
	regional, az, ok := cutConsumerZone(name)
	return name, az, ok && regional == e.regional.String()
}

// cutConsumerZone takes the zone out of the first label of an endpoint's name,
// "vpce-ID-TAG-ZONE", of whatever Region it is: that of an endpoint to another
// Region's service is of the consumer's Region and therefore none of the name's
// (Z43), so that package naming does not read it.
func cutConsumerZone(name string) (regional, az string, ok bool) {
	first, rest, _ := strings.Cut(name, ".")
	parts := strings.SplitN(first, "-", 4)
	if len(parts) < 4 {
		return "", "", false
	}
	_, ok = naming.ZoneRegion(parts[3])
	return strings.Join(parts[:3], "-") + "." + rest, parts[3], ok
}

// enter makes the node of one name and the empty non-terminals above it. Those
// of S3, whose names are wildcards, are the endpoint's own.
func (p *vpceBuilder) enter(name, zone string, region, w *winner, sets []rrset) {
	n := p.t.ensure(zone, name, region, false)
	n.win = w
	n.setSets(sets)
	if strings.HasPrefix(name, "*.") {
		n.up.win = w
	}
}

// sets returns the records of the Regional name, or of the zonal name of an
// Availability Zone (Z24): of the network interface there. Whether the record
// of an unhealthy one is withdrawn, AWS does not say.
func (p *vpceBuilder) sets(e *endpointZones, az string) []rrset {
	_, types := e.Records()
	if az == "" {
		return p.b.addressSets(e.NetworkInterfaceIDs, types, naming.Given)
	}
	var there []string
	healthy := false
	for _, id := range e.NetworkInterfaceIDs {
		if n := p.b.enis[id]; n != nil && n.az == az {
			there = append(there, id)
			healthy = healthy || n.healthy
		}
	}
	sets := p.b.addressSets(there, types, naming.Given)
	if len(there) > 0 && !healthy {
		for i := range sets {
			if sets[i].data != "" {
				sets[i].state = setUnspecified
			}
		}
	}
	return sets
}
