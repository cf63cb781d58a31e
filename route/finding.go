package route

import (
	"fmt"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// audit reports what the built Network contradicts itself in.
func (b *builder) audit() {
	for _, v := range b.n.vpcs {
		b.auditSubnets(v)
	}
	for _, g := range b.n.nats {
		b.auditNAT(g)
	}
	tables := map[*vpc][]*table{}
	for _, t := range b.n.tables {
		tables[t.vpc] = append(tables[t.vpc], t)
	}
	b.auditRoutes()
	for _, e := range b.n.vpces {
		if e.typ.Is(endpoint.Gateway) && e.tables != nil {
			b.auditGatewayEndpoint(e, tables[e.vpc])
		}
	}
}

func (b *builder) auditSubnets(v *vpc) {
	type part struct {
		block
		s *subnet
	}
	var parts []part
	for _, s := range v.subnets {
		for _, c := range s.blocks {
			parts = append(parts, part{c, s})
		}
	}
	slices.SortFunc(parts, func(x, y part) int {
		if c := int(x.family) - int(y.family); c != 0 {
			return c
		}
		if c := x.lo.compare(y.lo); c != 0 {
			return c
		}
		return strings.Compare(x.s.id, y.s.id)
	})
	var widest part // the one that reaches farthest so far
	for i, p := range parts {
		if i > 0 && p.family == widest.family && p.overlaps(widest.span) && p.s != widest.s {
			b.find(endpoint.OverlappingSubnets, p.s.id, "section 12, trap 6", fmt.Sprintf("%s overlaps %s of %s", p.prefix(), widest.prefix(), widest.s.id))
		}
		if i == 0 || p.family != widest.family || widest.hi.less(p.hi) {
			widest = p
		}
	}
}

func (b *builder) auditNAT(g *nat) {
	switch {
	case g.regional && g.private:
		b.find(endpoint.NotModelled, g.id, "R28", "a regional NAT gateway with private connectivity: AWS offers none")
	case !g.private && g.table != nil && !slices.ContainsFunc(g.table.ways, func(w way) bool { return w.to.kind == toIGW }):
		b.find(endpoint.NATWithoutInternetRoute, g.id, "R24", "a public NAT gateway whose route table "+g.table.id+" has no route to an internet gateway")
	}
}

// auditRoutes reports routes that AWS would have refused: of an edge table to a
// prefix list (R3), and to an interface or an endpoint of another VPC (section
// 4), which ends a path as invalid input.
func (b *builder) auditRoutes() {
	for gateway, t := range b.n.edges {
		for _, w := range t.ways {
			if w.list != nil {
				b.find(endpoint.NotModelled, t.id, "R3", "steers "+gateway+" and has a route to prefix list "+w.list.id+"; edge route tables cannot")
			}
		}
	}
	for _, t := range b.n.tables {
		for _, w := range t.ways {
			if v := w.to.home(); v != nil && v != t.vpc {
				b.find(endpoint.NotModelled, t.id, "section 4", "has a route to "+w.to.id+", which is in "+v.id)
			}
		}
	}
}

// auditGatewayEndpoint is R39: an endpoint's RouteTableIds and the routes to it
// should agree. The routes are trusted, and RouteTableIds is not followed: hence
// NOT_MODELLED. GATEWAY_ENDPOINT_NOT_ON_TABLE is a code of paths that end
// elsewhere, and would stand on those that end at the endpoint too.
func (b *builder) auditGatewayEndpoint(e *vpce, tables []*table) {
	has := func(t *table) bool {
		return slices.ContainsFunc(t.ways, func(w way) bool { return w.to.id == e.id })
	}
	for _, t := range tables {
		switch listed := slices.Contains(e.tables, t.id); {
		case listed && !has(t):
			b.find(endpoint.NotModelled, e.id, "R39", "names route table "+t.id+", which has no route to it")
		case !listed && has(t):
			b.find(endpoint.NotModelled, e.id, "R39", "does not name route table "+t.id+", which has a route to it")
		}
	}
}
