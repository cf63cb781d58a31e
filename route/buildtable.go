package route

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// addTables reads the route tables: first which subnets and gateways each
// steers, then, once it is known which lists are gateway services', the
// routes.
func (b *builder) addTables() {
	all := unique(b, "RouteTables", b.c.RouteTables, func(t *Table) string { return t.ID })
	for _, t := range all {
		x := &table{id: t.ID, num: b.num(), vpc: b.vpc(t.VPCID)}
		b.n.tables[t.ID] = x
		b.associate(t, x)
	}
	for _, s := range b.n.subnets {
		if s.table == nil { // R1, R2
			s.table = s.vpc.main
		}
	}
	for _, t := range all {
		b.adoptLists(t)
	}
	local := map[*vpc][]block{}
	for _, t := range all {
		if x := b.n.tables[t.ID]; len(x.vpc.blocks) == 0 {
			local[x.vpc] = append(local[x.vpc], localBlocks(t)...)
		}
	}
	for v, bs := range local {
		v.blocks = bs // step 6: without VPC data, the destinations of local routes
	}
	for _, t := range all {
		x := b.n.tables[t.ID]
		b.addRoutes(t, x)
		for _, f := range families {
			h := x.half(f)
			h.ready(f)
			h.inside = len(x.missing) == 0 && h.keepsInside(f, x.vpc.blocks)
		}
	}
}

// associate notes what a table steers (R1 to R4). Tables come in the order of
// their ids: of two that claim one subnet, the first counts.
func (b *builder) associate(t *Table, x *table) {
	for _, a := range t.Associations {
		s := b.n.subnets[a.SubnetID]
		if !counts(a.AssociationState.State) {
			if s != nil {
				s.discounted = true
			}
			continue
		}
		switch {
		case a.GatewayID != "":
			if b.n.edges[a.GatewayID] != nil {
				b.find(endpoint.ConflictingObjects, a.GatewayID, "R3", "has two edge route tables: "+b.n.edges[a.GatewayID].id+" and "+t.ID)
				continue
			}
			b.n.edges[a.GatewayID] = x
		case s != nil && s.explicit && s.table != x:
			b.find(endpoint.ConflictingObjects, s.id, "R1", "is associated with two route tables: "+s.table.id+" and "+t.ID)
		case s != nil:
			s.table, s.explicit = x, true
		}
		if !a.Main {
			continue
		}
		if x.vpc.main != nil && x.vpc.main != x {
			b.find(endpoint.ConflictingObjects, x.vpc.id, "R2", "has two main route tables: "+x.vpc.main.id+" and "+t.ID)
			continue
		}
		x.vpc.main = x
	}
}

// counts reports whether R4 counts an association in that state.
func counts(state string) bool {
	return state == "" || strings.EqualFold(state, "associated") || strings.EqualFold(state, "associating")
}

// adoptLists learns whose list a list is from the gateway endpoint that its
// route leads to (P2); a name that says so has said it already.
func (b *builder) adoptLists(t *Table) {
	for i := range t.Routes {
		r := &t.Routes[i]
		if r.DestinationPrefixListID == "" {
			continue
		}
		l := b.list(r.DestinationPrefixListID)
		if e := b.n.vpces[r.GatewayID]; e != nil && e.service != "" && l.service == "" {
			l.service, l.region = e.service, e.region
		}
	}
}

// list returns the list of that id, which may be none that the input
// describes: its entries are then not known.
func (b *builder) list(id string) *list {
	l := b.n.lists[id]
	if l == nil {
		l = &list{id: id}
		b.n.lists[id] = l
	}
	return l
}

func localBlocks(t *Table) []block {
	var bs []block
	for i := range t.Routes {
		if r := &t.Routes[i]; r.GatewayID == "local" {
			if p, err := netip.ParsePrefix(r.Destination()); err == nil {
				bs = append(bs, blockOf(p))
			}
		}
	}
	return bs
}

func (b *builder) addRoutes(t *Table, x *table) {
	x.ways = make([]way, 0, len(t.Routes))
	n4 := 0
	for i := range t.Routes {
		if t.Routes[i].DestinationCIDRBlock != "" {
			n4++
		}
	}
	x.v4.rows = make([]row, 0, n4)
	for i := range t.Routes {
		r := &t.Routes[i]
		w := way{to: b.target(r)}
		switch r.State {
		case "", stateActive:
		case stateBlackhole:
			w.state = blackhole
		default:
			w.state = odd
			b.find(endpoint.RouteStateUnrecognised, t.ID, "section 3, step 7",
				fmt.Sprintf("the route %s is in state %q, whose meaning AWS does not publish", r.String(), r.State))
		}
		switch r.Origin {
		case originPropagated:
			w.origin = propagated
		case originAdvertised:
			w.origin = advertised
		}
		x.ways = append(x.ways, w) // within its capacity: pointers into it stay
		wp := &x.ways[len(x.ways)-1]
		switch {
		case r.DestinationPrefixListID != "":
			b.addListRows(x, wp, b.list(r.DestinationPrefixListID))
		case r.Destination() == "":
			b.fail(t.ID, fmt.Sprintf("Routes[%d]", i), "", endpoint.ErrCIDR)
		default:
			p, err := netip.ParsePrefix(r.Destination())
			if err != nil {
				b.fail(t.ID, fmt.Sprintf("Routes[%d].Destination", i), r.Destination(), endpoint.ErrCIDR)
				continue
			}
			rank := uint8(rankCIDR)
			if w.origin != static {
				rank = rankPropagated
			}
			b.addRow(x, wp, blockOf(p), rank)
		}
	}
}

func (b *builder) addListRows(x *table, w *way, l *list) {
	w.list = l
	if w.to.kind == toVPCE {
		e, ok := w.to.to.(*vpce)
		w.implied = l.service != "" && (!ok || e.typ == "")
	}
	if !l.known {
		x.missing = append(x.missing, w)
		return
	}
	for _, e := range l.entries {
		b.addRow(x, w, e, rankList)
	}
}

func (b *builder) addRow(x *table, w *way, c block, rank uint8) {
	r := row{span: c.span, way: w, bits: c.bits, rank: rank}
	equal := false
	for _, v := range x.vpc.blocks {
		if v.family == c.family && v.covers(c.span) {
			r.inside = true
			equal = equal || v.span == c.span
		}
	}
	r.dropped = r.inside && (rank == rankList || w.origin == propagated) // R13, R11
	r.illegal = r.inside && !equal && rank == rankCIDR && w.state == active && !b.allowed(x.vpc, w.to, c)
	if r.illegal {
		b.find(endpoint.RouteNotAllowedInVPCCIDR, x.id, "R12",
			fmt.Sprintf("%s to %s is more specific than local, and is no whole subnet's CIDR to a NAT gateway, a network interface or a Gateway Load Balancer endpoint",
				c.prefix(), w.to.id))
	}
	h := x.half(c.family)
	h.rows = append(h.rows, r)
}

// allowed reports whether AWS accepts a static route more specific than local
// (R12). What the input does not tell is taken as accepted: AWS printed it.
func (b *builder) allowed(v *vpc, to *target, c block) bool {
	switch to.kind {
	case toLocal:
		return true
	case toNAT, toENI:
	case toVPCE:
		if e, ok := to.to.(*vpce); ok && e.typ != "" && !e.typ.Is(endpoint.GatewayLoadBalancer) {
			return false
		}
	default:
		return false
	}
	return len(v.subnets) == 0 || slices.ContainsFunc(v.subnets, func(s *subnet) bool { return slices.Contains(s.blocks, c) })
}

// target returns what a route leads to.
func (b *builder) target(r *Route) *target {
	kind, id := kindOf(r)
	t := b.n.targets[id]
	if t == nil || t.kind != kind {
		t = &target{kind: kind, id: id, num: b.num()}
		switch kind {
		case toIGW:
			t.to = orNil(b.n.igws[id])
		case toEIGW:
			t.to = orNil(b.n.eigws[id])
		case toVPCE:
			t.to = orNil(b.n.vpces[id])
		case toENI:
			t.to = orNil(b.interfaceOf(id))
		case toPCX:
			t.to = orNil(b.n.pcxs[id])
		}
		b.n.targets[id] = t
	}
	return t
}

// orNil makes a nil pointer a nil any.
func orNil[T any](p *T) any {
	if p == nil {
		return nil
	}
	return p
}

// interfaceOf returns an interface by its id, or the only one attached to an
// instance.
func (b *builder) interfaceOf(id string) *eni {
	if e := b.n.enis[id]; e != nil || !strings.HasPrefix(id, "i-") {
		return e
	}
	var only *eni
	for _, e := range b.n.enis {
		if e.instance == id {
			if only != nil {
				return nil
			}
			only = e
		}
	}
	return only
}

// addNATs comes after the tables, which NAT gateways refer to.
func (b *builder) addNATs() {
	for _, g := range unique(b, "NatGateways", b.c.NATGateways, func(g *NATGateway) string { return g.ID }) {
		x := &nat{
			id: g.ID, num: b.num(), vpc: b.vpc(g.VPCID), subnet: b.n.subnets[g.SubnetID], state: strings.ToLower(g.State),
			regional: strings.EqualFold(g.AvailabilityMode, "regional"), private: strings.EqualFold(g.ConnectivityType, "private"),
			auto: !strings.EqualFold(g.AutoProvisionZones, "disabled"),
		}
		if x.regional {
			x.table = b.n.tables[g.RouteTableID]
		} else if x.subnet != nil {
			x.table = x.subnet.table
		}
		if g.VPCID == "" && x.subnet != nil {
			x.vpc = x.subnet.vpc
		}
		for i, a := range g.NATGatewayAddresses {
			if a.AvailabilityZone != "" {
				x.zones = append(x.zones, a.AvailabilityZone)
			} else {
				x.unzoned = true
			}
			if e := b.n.enis[a.NetworkInterfaceID]; e != nil {
				e.nat = x
			}
			if a.PrivateIP == "" {
				continue
			}
			p, err := netip.ParseAddr(a.PrivateIP)
			if err != nil {
				b.fail(g.ID, fmt.Sprintf("NatGatewayAddresses[%d].PrivateIp", i), a.PrivateIP, endpoint.ErrAddress)
				continue
			}
			if !x.knowsAddr {
				x.addr, x.knowsAddr = ipOf(p), true
			}
			e := x.vpc.at.get(ipOf(p))
			if e == nil { // described by the gateway alone
				e = &eni{id: a.NetworkInterfaceID, num: b.num(), vpc: x.vpc, subnet: x.subnet, healthy: true, addrs: []address{{ip: ipOf(p), family: IPv4, public: a.PublicIP != ""}}}
				x.vpc.at.put(ipOf(p), e)
			}
			e.nat = x
			if pub, err := netip.ParseAddr(a.PublicIP); err == nil {
				b.n.public[pub] = translation{e, ipOf(p)}
			}
		}
		b.n.nats[g.ID] = x
	}
	for _, t := range b.n.targets {
		if t.kind == toNAT {
			t.to = orNil(b.n.nats[t.id])
		}
	}
}
