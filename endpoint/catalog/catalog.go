package catalog

import (
	"iter"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// A Catalog answers which names a service has. It does not change and is safe
// for concurrent use. Make one with [Default] or [New]. The zero Catalog has no
// rows: it knows no service, and of private names what the rule says
// ([Catalog.PrivateNames], 5).
type Catalog struct {
	t     *table // nil in the zero Catalog
	given []given
}

var noTable = &table{}

// table returns the rows and the ways into them.
func (c *Catalog) table() *table {
	if c.t == nil {
		return noTable
	}
	return c.t
}

// A given service is one that the user described.
type given struct {
	name  string // as given
	short string // "" if name is no service name
	types []endpoint.Type
	names []string // apex before each wildcard

	unverified bool // nobody may ask for the names anew (Z41)
}

// Default returns the catalogue of the embedded tables alone.
func Default() *Catalog { return &Catalog{t: tables()} }

// New returns the catalogue with the services that the user's own
// describe-vpc-endpoint-services printed laid over the tables: given beats
// table (NAM-31). The key is ServiceName and type; of two details with the
// same key the first counts. A private name that is not verified, or no longer
// (PrivateDnsNameVerificationState), is kept: the endpoints that have it keep
// it, and [Catalog.Verified] tells whether new ones may (Z41). What is no host
// name is kept as it came, so that the zone it would make can report it.
func New(details []endpoint.ServiceDetail) *Catalog {
	c := Default()
	for _, d := range details {
		g := given{name: d.ServiceName, names: describedNames(d)}
		if state := d.PrivateDNSNameVerificationState; state != "" {
			g.unverified = !strings.EqualFold(state, "verified")
		}
		if n, err := naming.ParseServiceName(d.ServiceName); err == nil {
			g.short = n.Short()
		}
		for _, t := range d.ServiceType {
			g.types = append(g.types, t.ServiceType)
		}
		c.given = append(c.given, g)
	}
	return c
}

// describedNames returns the private names of a described service: those of
// PrivateDnsNames, and PrivateDnsName before them if it is not among them.
func describedNames(d endpoint.ServiceDetail) []string {
	listed := make([]string, 0, len(d.PrivateDNSNames)+1)
	if d.PrivateDNSName != "" {
		listed = append(listed, d.PrivateDNSName)
	}
	for _, n := range d.PrivateDNSNames {
		listed = append(listed, n.PrivateDNSName)
	}
	var names []string
	add := func(name string) {
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	for _, name := range listed {
		if canonical, err := naming.CanonicalHost(name); err == nil {
			name = canonical
		}
		if base, wild := strings.CutPrefix(name, "*."); wild {
			add(base)
		}
		add(name)
	}
	return names
}

// find returns what the user gave about the service.
func (c *Catalog) find(name string, t endpoint.Type) (given, bool) {
	for _, g := range c.given {
		if g.name == name && (len(g.types) == 0 || slices.ContainsFunc(g.types, t.Is)) {
			return g, true
		}
	}
	return given{}, false
}

// All yields the rows of the tables, in the order of their short names. What
// the user gave is not among them.
func (c *Catalog) All() iter.Seq[Service] { return slices.Values(c.table().services) }

// Service returns the row of a service by its name and type; ok is false if
// the tables hold none. The prefix of the name does not count, so that the
// com.amazonaws. and the reversed form of a name find the same row (NAM-30);
// nor does the Region.
func (c *Catalog) Service(n naming.ServiceName, t endpoint.Type) (s Service, ok bool) {
	s, _, ok = c.row(n, t)
	return s, ok
}

// row returns the row and, of a service with a name per cell, the cell.
func (c *Catalog) row(n naming.ServiceName, t endpoint.Type) (s Service, cell string, ok bool) {
	if n.IsOwned() {
		return Service{}, "", false
	}
	for _, i := range c.table().byShort[n.Short()] {
		if s := c.table().services[i]; s.Type.Is(t) && !s.hasCells() && s.Global == (n.Region() == "") {
			return s, "", true
		}
	}
	for _, i := range c.table().cells {
		s := c.table().services[i]
		if cell, ok := s.cellOf(n.Short()); ok && s.Type.Is(t) {
			return s, cell, true
		}
	}
	return Service{}, "", false
}

// PrivateNames returns the private DNS names that an endpoint of this service
// and type has while private DNS is on, as its DnsEntries would list them:
// canonical name first, and for a wildcard the name without it and then the
// wildcard (NAM-34). The endpoint's own DnsEntries are not looked at: they
// beat all of this (NAM-31). In this order:
//
//  1. the user described the service: its names, or none, Given;
//  2. a gateway or Gateway Load Balancer endpoint has none, Documented;
//  3. any other type but Interface, a name that is no service name, and a
//     customer's service: nothing is known, Unknown;
//  4. the tables hold the service: the names of its row, with the row's
//     evidence ([Service.PrivateNames]);
//  5. another AWS service: the rule, short name reversed, Region and the
//     partition's suffix (NAM-33), Modelled;
//  6. without a Region there is no rule: Unknown.
//
// No names with Unknown mean that nothing is known; no names with stronger
// evidence mean that there are none.
func (c *Catalog) PrivateNames(e endpoint.Endpoint) ([]string, naming.Evidence) {
	if g, ok := c.find(e.ServiceName, e.Type); ok {
		return slices.Clone(g.names), naming.Given
	}
	switch {
	case e.Type.Is(endpoint.Gateway), e.Type.Is(endpoint.GatewayLoadBalancer):
		return nil, naming.Documented
	case !e.Type.Is(endpoint.Interface):
		return nil, naming.Unknown
	}
	n, err := naming.ParseServiceName(e.ServiceName)
	if err != nil || n.IsOwned() {
		return nil, naming.Unknown
	}
	if s, cell, ok := c.row(n, endpoint.Interface); ok {
		return s.privateNames(n.Region(), cell)
	}
	name, err := naming.DefaultName(n.ReversedShort(), n.Region())
	if err != nil {
		return nil, naming.Unknown
	}
	return []string{name}, naming.Modelled
}

// Verified reports whether a new endpoint of this service and type may have the
// private names: false only if the user described the service and its
// PrivateDnsNameVerificationState is another than "verified", in any letter
// case. An existing endpoint keeps its names whatever the state (Z41).
func (c *Catalog) Verified(serviceName string, t endpoint.Type) bool {
	g, ok := c.find(serviceName, t)
	return !ok || !g.unverified
}

// ByLabel returns the interface service whose vpce names have these labels
// before the Region, in lower case: "api.ecr" is ecr.api. ok is false if no row
// has them.
func (c *Catalog) ByLabel(label string) (s Service, ok bool) {
	i, ok := c.table().byLabel[label]
	if !ok {
		return Service{}, false
	}
	return c.table().services[i], true
}

// SuggestLabel returns the labels that were likely meant where a service's
// labels stand in the order of the short name, "api.ecr" for "ecr.api", or
// where they are the short name, "kinesis" for "kinesis-streams"; ok is false
// if label is known already, or nothing suggests itself. label is in lower case.
func (c *Catalog) SuggestLabel(label string) (meant string, ok bool) {
	if _, known := c.table().byLabel[label]; known {
		return "", false
	}
	for _, i := range c.table().byShort[label] {
		if l, _ := c.table().services[i].Label(""); l != "" && l != label {
			return l, true
		}
	}
	labels := strings.Split(label, ".")
	slices.Reverse(labels)
	meant = strings.Join(labels, ".")
	_, known := c.table().byLabel[meant]
	return meant, known && meant != label
}
