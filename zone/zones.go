package zone

import (
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// Zones is the DNS of a network: an immutable snapshot, safe for concurrent
// use.
type Zones struct {
	vpcs     map[string]bool
	subnets  map[string]endpoint.Subnet
	findings []endpoint.Finding
}

// New builds the Zones of a Config. The error joins every input that cannot
// be read into the model; nothing is returned with it.
func New(c Config) (*Zones, error) {
	z := &Zones{vpcs: map[string]bool{}, subnets: map[string]endpoint.Subnet{}}
	for _, v := range c.VPCs {
		z.vpcs[v.ID] = true
	}
	for _, s := range c.Subnets {
		z.subnets[s.ID] = s
	}
	return z, nil
}

// Findings returns what the input contradicts itself in, or what AWS's API
// would have refused, sorted.
func (z *Zones) Findings() []endpoint.Finding { return slices.Clone(z.findings) }

// View returns the point of view p; false if there is no such VPC or subnet.
func (z *Zones) View(p Point) (*View, bool) {
	switch p.kind {
	case pointPublic:
		return &View{point: p}, true
	case pointVPC, pointInbound:
		return &View{point: p}, z.vpcs[p.id]
	case pointSubnet:
		_, ok := z.subnets[p.id]
		return &View{point: p}, ok
	}
	return nil, false
}

// View is a point of view: immutable, safe for concurrent use.
type View struct{ point Point }

// Point returns where v looks from.
func (v *View) Point() Point { return v.point }

// Lookup answers a question.
func (v *View) Lookup(name string, t Type) Answer {
	var buf [maxName]byte
	if _, ok := fold(&buf, name); !ok {
		return Answer{}
	}
	return Answer{name: name, typ: t, origin: publicOrigin, rule: ruleZ7, evidence: naming.Documented}
}
