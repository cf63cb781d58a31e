package trace

import (
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"iter"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// World is an immutable snapshot of a network: its DNS, its routing and the
// catalogue of services, joined. It is safe for concurrent use. Make one with
// [New]; the zero World is invalid and its methods must not be called. It
// remembers what the first two thousand hosts are that it is asked for
// ([Vantage.Class]), which shows in no answer.
type World struct {
	inv       Inventory
	zones     *zone.Zones
	network   *route.Network
	catalog   *catalog.Catalog
	places    map[string]*place        // subnets and network interfaces by id
	subnets   []Vantage                // of all subnets, by id
	names     map[string]string        // Name tags by id
	vpcs      map[string]*endpoint.VPC // by id
	services  map[string][]int         // indices of inv.Endpoints by the short name of their service, in order of their ids
	endpoints map[string][]int         // indices of inv.Endpoints by VPC, in order of their ids
	findings  []endpoint.Finding       // sorted
	hosts     hosts
	settled   map[string]*settled // by VPC
}

// place is one point of view: a subnet, or a network interface in one.
type place struct {
	id, subnet, vpc, az string
	point               zone.Point
	view                *zone.View
	source              route.Source
	start               route.Start         // of source
	stays               [len(families)]bool // traffic to addresses of vpc: see route.Start
	v4, v6              bool                // has an address of the family
	dns64               bool
	only                int      // the one family that counts; -1 if both do
	settled             *settled // of its VPC; nil without a view
}

// New builds a World from an Inventory. It keeps a copy: later changes of inv
// do not reach the World.
//
// The error joins everything that could not be read into the model, each an
// *[endpoint.FieldError]; the World is then nil. What contradicts itself, or
// what AWS's API would have refused, builds: see [World.Findings].
func New(inv Inventory) (*World, error) {
	w := &World{
		inv:       inv.Clone(),
		catalog:   catalog.New(inv.ServiceDetails),
		places:    map[string]*place{},
		names:     map[string]string{},
		endpoints: map[string][]int{},
		services:  map[string][]int{},
		vpcs:      map[string]*endpoint.VPC{},
		settled:   map[string]*settled{},
	}
	var errZone, errRoute error
	w.zones, errZone = zone.New(w.zoneConfig())
	w.network, errRoute = route.New(w.routeConfig())
	if err := distinct(errZone, errRoute); err != nil {
		return nil, err
	}
	w.place()
	w.hosts.seed = maphash.MakeSeed()
	w.name()
	for i := range w.inv.VPCs {
		w.vpcs[w.inv.VPCs[i].ID] = &w.inv.VPCs[i]
	}
	for i := range w.inv.Endpoints {
		e := &w.inv.Endpoints[i]
		w.endpoints[e.VPCID] = append(w.endpoints[e.VPCID], i)
		if n, err := naming.ParseServiceName(e.ServiceName); err == nil {
			w.services[n.Short()] = append(w.services[n.Short()], i)
		}
	}
	for _, lists := range []map[string][]int{w.endpoints, w.services} {
		for _, list := range lists {
			slices.SortFunc(list, func(a, b int) int { return strings.Compare(w.inv.Endpoints[a].ID, w.inv.Endpoints[b].ID) })
		}
	}
	w.findings = slices.Concat(inv.Findings, w.zones.Findings(), w.network.Findings())
	slices.SortFunc(w.findings, endpoint.Finding.Compare)
	w.findings = slices.Compact(w.findings)
	return w, nil
}

// distinct joins the errors of the two halves of an inventory; what both
// noticed, such as a subnet's unreadable CIDR, stands in it once.
func distinct(errs ...error) error {
	var all []error
	seen := map[string]bool{}
	for _, err := range errs {
		list := []error{err}
		if j, ok := err.(interface{ Unwrap() []error }); ok {
			list = j.Unwrap()
		}
		for _, e := range list {
			if e != nil && !seen[e.Error()] {
				seen[e.Error()] = true
				all = append(all, e)
			}
		}
	}
	return errors.Join(all...)
}

func (w *World) zoneConfig() zone.Config {
	return zone.Config{
		VPCs:                        w.inv.VPCs,
		Subnets:                     w.inv.Subnets,
		NetworkInterfaces:           w.inv.NetworkInterfaces,
		Endpoints:                   w.inv.Endpoints,
		HostedZones:                 w.inv.HostedZones,
		ResolverRules:               w.inv.ResolverRules,
		ResolverRuleAssociations:    w.inv.ResolverRuleAssociations,
		ResolverEndpoints:           w.inv.ResolverEndpoints,
		ProfileAssociations:         w.inv.ProfileAssociations,
		ProfileResourceAssociations: w.inv.ProfileResourceAssociations,
		Names:                       w.catalog.PrivateNames,
	}
}

func (w *World) routeConfig() route.Config {
	return route.Config{
		VPCs:                         w.inv.VPCs,
		Subnets:                      w.inv.Subnets,
		NetworkInterfaces:            w.inv.NetworkInterfaces,
		Endpoints:                    w.inv.Endpoints,
		RouteTables:                  w.inv.RouteTables,
		InternetGateways:             w.inv.InternetGateways,
		EgressOnlyInternetGateways:   w.inv.EgressOnlyInternetGateways,
		NATGateways:                  w.inv.NATGateways,
		PrefixLists:                  w.inv.PrefixLists,
		VPCPeeringConnections:        w.inv.VPCPeeringConnections,
		SecurityGroups:               w.inv.SecurityGroups,
		NetworkACLs:                  w.inv.NetworkACLs,
		TransitGatewayAttachments:    w.inv.TransitGatewayAttachments,
		TransitGatewayVPCAttachments: w.inv.TransitGatewayVPCAttachments,
		TransitGatewayRouteTables:    w.inv.TransitGatewayRouteTables,
	}
}

// place makes the points of view: every subnet, and every network interface.
func (w *World) place() {
	for i := range w.inv.Subnets {
		s := &w.inv.Subnets[i]
		p := &place{
			id: s.ID, subnet: s.ID, vpc: s.VPCID, az: s.AvailabilityZone,
			point: zone.Subnet(s.ID), source: route.FromSubnet(s.ID), dns64: s.EnableDNS64,
		}
		p.view, _ = w.zones.View(p.point)
		w.stand(p)
	}
	for _, s := range w.inv.Subnets {
		w.subnets = append(w.subnets, Vantage{w, w.places[s.ID]})
	}
	slices.SortFunc(w.subnets, func(a, b Vantage) int { return strings.Compare(a.p.id, b.p.id) })
	w.subnets = slices.Compact(w.subnets)
	subnets := maps.Clone(w.places) // whatever ids the interfaces have
	for i := range w.inv.NetworkInterfaces {
		n := &w.inv.NetworkInterfaces[i]
		p := &place{
			id: n.ID, subnet: n.SubnetID, vpc: n.VPCID, az: n.AvailabilityZone,
			point: zone.Subnet(n.SubnetID), source: route.FromInterface(n.ID),
		}
		if s, ok := subnets[n.SubnetID]; ok {
			p.view, p.dns64 = s.view, s.dns64
			if p.az == "" {
				p.az = s.az
			}
			p.vpc = cmp.Or(s.vpc, p.vpc) // DNS and routing go by the subnet
		}
		w.stand(p)
	}
}

// stand enters a point of view, with the families it has addresses of and what
// it shares with the others of its VPC.
func (w *World) stand(p *place) {
	p.start = w.network.Start(p.source)
	for i, f := range families {
		p.stays[i] = p.start.StaysInVPC(p.vpc, f.family)
	}
	p.v4 = w.network.HasFamily(p.source, route.IPv4)
	p.v6 = w.network.HasFamily(p.source, route.IPv6)
	switch p.only = -1; {
	case !p.counts(zone.AAAA):
		p.only = 0
	case !p.counts(zone.A):
		p.only = 1
	}
	if p.view != nil {
		if w.settled[p.vpc] == nil {
			w.settled[p.vpc] = new(settled)
		}
		p.settled = w.settled[p.vpc]
	}
	w.places[p.id] = p
}

// owner returns the id of the endpoint that a network interface belongs to, ""
// for any other id.
func (w *World) owner(eni string) string {
	id, _ := w.network.EndpointOf(eni)
	return id
}

// name gathers the Name tags of everything that a path, an answer or a finding
// can name.
func (w *World) name() {
	add := func(id string, tags endpoint.Tags) {
		if n := tags.Name(); n != "" {
			w.names[id] = n
		}
	}
	for _, v := range w.inv.VPCs {
		add(v.ID, v.Tags)
	}
	for _, s := range w.inv.Subnets {
		add(s.ID, s.Tags)
	}
	for _, n := range w.inv.NetworkInterfaces {
		add(n.ID, n.Tags)
	}
	for _, e := range w.inv.Endpoints {
		add(e.ID, e.Tags)
	}
	for _, t := range w.inv.RouteTables {
		add(t.ID, t.Tags)
	}
	for _, g := range w.inv.InternetGateways {
		add(g.ID, g.Tags)
	}
	for _, g := range w.inv.EgressOnlyInternetGateways {
		add(g.ID, g.Tags)
	}
	for _, g := range w.inv.NATGateways {
		add(g.ID, g.Tags)
	}
	for _, l := range w.inv.PrefixLists {
		add(l.ID, l.Tags)
	}
	for _, c := range w.inv.VPCPeeringConnections {
		add(c.ID, c.Tags)
	}
	for _, g := range w.inv.SecurityGroups {
		add(g.ID, g.Tags)
	}
	for _, a := range w.inv.NetworkACLs {
		add(a.ID, a.Tags)
	}
	for _, a := range w.inv.TransitGatewayAttachments {
		add(a.ID, a.Tags)
	}
	for _, a := range w.inv.TransitGatewayVPCAttachments {
		add(a.ID, a.Tags)
	}
	for _, t := range w.inv.TransitGatewayRouteTables {
		add(t.ID, t.Tags)
	}
}

// Inventory returns a copy of what the World was made of: the start of a
// what-if.
//
//	inv := world.Inventory()
//	inv.Endpoints = nil
//	without, err := trace.New(inv)
func (w *World) Inventory() Inventory { return w.inv.Clone() }

// Findings returns what the input says twice or against itself, and what AWS's
// API would have refused, sorted by resource.
func (w *World) Findings() []endpoint.Finding { return slices.Clone(w.findings) }

// Zones returns the World's DNS half.
func (w *World) Zones() *zone.Zones { return w.zones }

// Network returns the World's routing half.
func (w *World) Network() *route.Network { return w.network }

// Catalog returns the catalogue of services the World answers from: the
// built-in one, with the input's describe-vpc-endpoint-services on top.
func (w *World) Catalog() *catalog.Catalog { return w.catalog }

// Name returns the Name tag of the resource with the id, "" if it has none or
// is not in the input.
func (w *World) Name(id string) string { return w.names[id] }

// ErrNoSource is the reason where nothing in the input answers to the source
// of a question. Test with errors.Is.
var ErrNoSource = errors.New("no such subnet, network interface, VPC or Name tag in the input")

// ErrAmbiguous is the reason where a Name tag stands on several things. Test
// with errors.Is.
var ErrAmbiguous = errors.New("the Name tag stands on several things")

// From returns the Vantage of the subnet or network interface with the id;
// false if it is not in the input.
func (w *World) From(id string) (Vantage, bool) {
	p, ok := w.places[id]
	return Vantage{w, p}, ok
}

// Vantages yields the Vantage of every subnet, by id.
func (w *World) Vantages() iter.Seq[Vantage] { return slices.Values(w.subnets) }

// subnetsOf returns the vantages of the subnets of a VPC, by id.
func (w *World) subnetsOf(vpc string) []Vantage {
	var vs []Vantage
	for _, v := range w.subnets {
		if v.p.vpc == vpc {
			vs = append(vs, v)
		}
	}
	return vs
}

// Select returns the vantages that a user's word stands for, the first that
// fits:
//
//  1. "all": every subnet, by id; none is no error
//  2. the id of a subnet or a network interface: that one
//  3. the id of a VPC: its subnets, by id; none is no error
//  4. the Name tag of exactly one subnet, network interface or VPC
//
// The error wraps [ErrNoSource] or [ErrAmbiguous] and names the word.
func (w *World) Select(from string) ([]Vantage, error) {
	if from == "all" {
		return slices.Clone(w.subnets), nil
	}
	if v, ok := w.From(from); ok {
		return []Vantage{v}, nil
	}
	if w.isVPC(from) {
		return w.subnetsOf(from), nil
	}
	var ids []string
	for id, name := range w.names {
		if _, ok := w.places[id]; name == from && (ok || w.isVPC(id)) {
			ids = append(ids, id)
		}
	}
	switch len(ids) {
	case 0:
		return nil, fmt.Errorf("%q: %w", from, ErrNoSource)
	case 1:
		return w.Select(ids[0])
	}
	slices.Sort(ids)
	return nil, fmt.Errorf("%q: %w: %s", from, ErrAmbiguous, strings.Join(ids, ", "))
}

func (w *World) isVPC(id string) bool {
	return w.vpcs[id] != nil ||
		slices.ContainsFunc(w.inv.Subnets, func(s endpoint.Subnet) bool { return s.VPCID == id })
}

// Why answers one question: from a subnet, network interface or Name tag that
// stands for exactly one of them, to HOST, HOST:PORT, ADDRESS or
// [ADDRESS]:PORT; the port is 443 if left out. A host that cannot be reached
// is a verdict; the error is for a source that is not there ([ErrNoSource],
// [ErrAmbiguous]) and a destination that is no host ([ErrHost]).
func (w *World) Why(from, to string) (Trace, error) {
	vs, err := w.Select(from)
	if err != nil {
		return Trace{}, err
	}
	if len(vs) != 1 {
		return Trace{}, fmt.Errorf("%q: %w: %d subnets", from, ErrAmbiguous, len(vs))
	}
	host, port, err := ParseTarget(to)
	if err != nil {
		return Trace{}, err
	}
	return vs[0].To(host, port), nil
}

// DefaultPort is the port of a question that names none.
const DefaultPort = 443

// ErrHost is the reason where a destination is neither a host name nor an
// address. Test with errors.Is.
var ErrHost = errors.New("not a host name or an address")

// ParseTarget reads HOST, HOST:PORT, ADDRESS or [ADDRESS]:PORT. Host is
// canonical: lower case, no final dot, an address as net/netip prints it. The
// error wraps [ErrHost] and names s.
func ParseTarget(s string) (host string, port uint16, err error) {
	if a, ok := parseAddr(s); ok {
		return a.String(), DefaultPort, nil
	}
	if ap, err := netip.ParseAddrPort(s); err == nil && ap.Addr().Zone() == "" {
		return ap.Addr().Unmap().String(), ap.Port(), nil
	}
	host, port = s, DefaultPort
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		n, ok := parsePort(s[i+1:])
		if !ok {
			return "", 0, fmt.Errorf("%q: %w", s, ErrHost)
		}
		host, port = s[:i], n
	}
	c, err := canonicalHost(host)
	if err != nil {
		return "", 0, fmt.Errorf("%q: %w: %w", s, ErrHost, err)
	}
	return c, port, nil
}

// Where returns what contains the resource with the id, outermost first, as
// labels: its VPC, its Availability Zone, its subnet; nil where the input does
// not say. A subnet contains itself.
func (w *World) Where(id string) []string {
	if p, ok := w.places[id]; ok {
		return w.boxes(p)
	}
	for i := range w.inv.NATGateways {
		if n := &w.inv.NATGateways[i]; n.ID == id {
			if p, ok := w.places[n.SubnetID]; ok {
				return w.boxes(p)
			}
		}
	}
	return nil
}

func (w *World) boxes(p *place) []string {
	var boxes []string
	for _, s := range []string{w.Label(p.vpc), p.az, w.Label(p.subnet)} {
		if s != "" {
			boxes = append(boxes, s)
		}
	}
	return boxes
}
