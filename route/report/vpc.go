package report

import (
	"io"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// VPCMermaid writes the picture of a VPC as a Mermaid flowchart: it contains
// its Availability Zones, they their subnets, NAT gateways and endpoint network
// interfaces; gateways stand at the VPC's edge, hidden zones beside them, and
// arrows are the routes and what the zones answer. A VPC that is not in the
// input is an empty picture.
func VPCMermaid(w io.Writer, world *trace.World, vpcID string) error {
	return drawVPC(world, vpcID).mermaid(w)
}

// VPCDOT writes the picture of [VPCMermaid] in Graphviz's language.
func VPCDOT(w io.Writer, world *trace.World, vpcID string) error {
	return drawVPC(world, vpcID).dot(w)
}

// plan draws one VPC.
type plan struct {
	picture
	world *trace.World
	inv   trace.Inventory
	vpc   string
	at    map[string]int // nodes by id
}

func drawVPC(world *trace.World, vpcID string) picture {
	p := plan{world: world, inv: world.Inventory(), vpc: vpcID, at: map[string]int{}}
	p.subnets()
	p.gateways()
	p.endpoints()
	p.routes()
	p.zones()
	return p.picture
}

// put adds a node for an id; more are further lines of its label.
func (p *plan) put(id string, in []string, more ...string) {
	var label strings.Builder
	label.WriteString(p.world.Label(id))
	for _, m := range more {
		if m != "" {
			label.WriteString(", " + m)
		}
	}
	p.at[id] = p.node(node{label: label.String(), in: in})
}

// boxesOf returns the boxes around what stands in a subnet: the VPC, the
// Availability Zone, the subnet.
func (p *plan) boxesOf(subnet string) []string {
	if in := p.world.Where(subnet); in != nil {
		return in
	}
	return p.edgeOf()
}

func (p *plan) edgeOf() []string { return []string{p.world.Label(p.vpc)} }

// subnets puts its route table, the start of every way, into each subnet.
func (p *plan) subnets() {
	for v := range p.world.Vantages() {
		if v.VPC() != p.vpc {
			continue
		}
		label := "no route table"
		if table, _, ok := p.world.Network().TableOf(v.ID()); ok {
			label = p.world.Label(table)
		}
		p.at[v.ID()] = p.node(node{label: label, in: p.boxesOf(v.ID())})
	}
}

func (p *plan) gateways() {
	attached := func(as []route.GatewayAttachment) bool {
		return slices.ContainsFunc(as, func(a route.GatewayAttachment) bool { return a.VPCID == p.vpc })
	}
	for _, g := range p.inv.InternetGateways {
		if attached(g.Attachments) {
			p.put(g.ID, p.edgeOf(), "internet gateway")
		}
	}
	for _, g := range p.inv.EgressOnlyInternetGateways {
		if attached(g.Attachments) {
			p.put(g.ID, p.edgeOf(), "egress-only internet gateway")
		}
	}
	for _, g := range p.inv.NATGateways {
		if g.VPCID == p.vpc {
			p.put(g.ID, p.boxesOf(g.SubnetID), "NAT gateway")
		}
	}
}

func (p *plan) endpoints() {
	enis := map[string]endpoint.NetworkInterface{}
	for _, n := range p.inv.NetworkInterfaces {
		enis[n.ID] = n
	}
	for _, e := range p.inv.Endpoints {
		if e.VPCID != p.vpc {
			continue
		}
		if len(e.NetworkInterfaceIDs) == 0 {
			p.put(e.ID, p.edgeOf(), strings.ToLower(string(e.Type))+" endpoint", e.ServiceName)
		}
		for _, id := range e.NetworkInterfaceIDs {
			n := enis[id]
			p.put(id, p.boxesOf(n.SubnetID), n.PrivateIPAddress, p.world.Label(e.ID), e.ServiceName)
		}
	}
}

// routes draws an arrow for every row but local ones, from each subnet of the
// table; a NAT gateway's are those of its subnet.
func (p *plan) routes() {
	tables := map[string]route.Table{}
	for _, t := range p.inv.RouteTables {
		tables[t.ID] = t
	}
	from := func(id, subnet string) {
		table, _, ok := p.world.Network().TableOf(subnet)
		if !ok {
			return
		}
		for _, r := range tables[table].Routes {
			target := r.Target()
			if target == "" || target == "local" || target == id {
				continue
			}
			if _, known := p.at[target]; !known {
				p.put(target, nil)
			}
			p.edge(edge{p.at[id], p.at[target], r.Destination()})
		}
	}
	for v := range p.world.Vantages() {
		if v.VPC() == p.vpc {
			from(v.ID(), v.ID())
		}
	}
	for _, g := range p.inv.NATGateways {
		if g.VPCID == p.vpc && g.SubnetID != "" {
			from(g.ID, g.SubnetID)
		}
	}
}

// zones draws the hidden zones and whom they answer with.
func (p *plan) zones() {
	for z := range p.world.Zones().Hidden(p.vpc) {
		i := p.node(node{label: strings.TrimSpace("hidden zone " + z.Name + " " + z.ID), in: p.edgeOf()})
		for _, e := range p.inv.Endpoints {
			if e.ID != z.EndpointID {
				continue
			}
			for _, id := range e.NetworkInterfaceIDs {
				if eni, ok := p.at[id]; ok {
					p.edge(edge{i, eni, "answers"})
				}
			}
		}
	}
}
