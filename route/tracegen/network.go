package tracegen

import (
	"fmt"
	"net/netip"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// gateways draws the gateways that the purposes of a VPC's subnets need;
// subnet returns one of a purpose.
func (d *draft) gateways(s *site, subnet func(purpose) string) {
	attached := func(state string) []route.GatewayAttachment {
		return []route.GatewayAttachment{{State: state, VPCID: s.v.ID}}
	}
	private, public, egress := subnet(private), subnet(public), subnet(egressOnly)
	if public != "" || private != "" {
		s.igw = d.id("igw-")
		d.inv.InternetGateways = append(d.inv.InternetGateways, route.InternetGateway{ID: s.igw, Attachments: attached("available"), OwnerID: s.v.OwnerID})
	}
	if egress != "" || private != "" && s.dual {
		s.eigw = d.id("eigw-")
		d.inv.EgressOnlyInternetGateways = append(d.inv.EgressOnlyInternetGateways, route.EgressOnlyInternetGateway{ID: s.eigw, Attachments: attached("attached")})
	}
	if private == "" {
		return
	}
	s.nat = d.id("nat-")
	n := route.NATGateway{ID: s.nat, VPCID: s.v.ID, State: "available", ConnectivityType: "public"}
	if public != "" && !d.rarely(4, "regional NAT gateway") {
		i := slices.IndexFunc(d.inv.Subnets, func(s endpoint.Subnet) bool { return s.ID == public })
		n.SubnetID = public
		n.NATGatewayAddresses = []route.NATGatewayAddress{{PrivateIP: hostOf(d.inv.Subnets[i].CIDRBlock, 5), PublicIP: fmt.Sprintf("198.51.100.%d", s.n+1)}}
	} else {
		n.AvailabilityMode, n.AutoProvisionZones = "regional", "enabled"
		t := route.Table{ID: d.id("rtb-"), VPCID: s.v.ID, Tags: name("regional NAT"), Routes: slices.Clone(s.main.Routes)}
		add(&t, to("0.0.0.0/0", s.igw))
		n.RouteTableID = t.ID
		d.inv.RouteTables = append(d.inv.RouteTables, t)
	}
	d.inv.NATGateways = append(d.inv.NATGateways, n)
}

// hostOf returns the address n of an IPv4 /24; "" of no CIDR.
func hostOf(cidr string, n int) string {
	var a, b, c int
	if _, err := fmt.Sscanf(cidr, "%d.%d.%d.", &a, &b, &c); err != nil {
		return ""
	}
	return fmt.Sprintf("%d.%d.%d.%d", a, b, c, n)
}

// ways returns the routes that make a subnet what it is for.
func (d *draft) ways(s *site, p purpose) []route.Route {
	var rs []route.Route
	switch p {
	case public:
		rs = append(rs, to("0.0.0.0/0", s.igw))
		if s.dual {
			rs = append(rs, to("::/0", s.igw))
		}
	case private:
		if d.rarely(6, "default route in halves") {
			rs = append(rs, to("0.0.0.0/1", s.nat), to("128.0.0.0/1", s.nat))
		} else {
			rs = append(rs, to("0.0.0.0/0", s.nat))
		}
		if s.dual {
			rs = append(rs, to("64:ff9b::/96", s.nat), to("::/0", s.eigw))
		}
	case egressOnly:
		rs = append(rs, to("::/0", s.eigw))
	case spoke:
		rs = append(rs, to(pick(d, "to the hub", "10.0.0.0/8", "0.0.0.0/0"), "tgw-1"))
	}
	return rs
}

// hubs draws what joins the VPCs: a transit gateway where subnets lead to one,
// and peering connections.
func (d *draft) hubs() {
	var vpcs []string
	for _, v := range d.inv.VPCs {
		vpcs = append(vpcs, v.ID)
	}
	if d.k.has(TransitGateways) && len(vpcs) > 1 && d.flip("transit gateway") {
		d.transitGateway("tgw-1", vpcs)
	}
	if d.k.has(Peerings) {
		for i := 1; i < len(vpcs); i++ {
			if d.flip("peering") {
				d.peer(vpcs[i-1], vpcs[i])
			}
		}
	}
}

// transitGateway attaches VPCs to a transit gateway, each in its first subnet,
// with a route table that leads to all of them and a default route to the
// first; spokes get their way back.
func (d *draft) transitGateway(id string, vpcs []string) {
	table := route.TransitGatewayRouteTable{ID: d.id("tgw-rtb-"), TransitGatewayID: id, State: "available", Routes: []route.TransitGatewayRoute{}}
	for i, vpc := range vpcs {
		a := route.TransitGatewayVPCAttachment{ID: d.id("tgw-attach-"), TransitGatewayID: id, VPCID: vpc, State: "available"}
		for j, s := range d.subnets(vpc) {
			if j == 0 || d.flip("attach one more subnet") {
				a.SubnetIDs = append(a.SubnetIDs, s.ID)
			}
		}
		d.inv.TransitGatewayVPCAttachments = append(d.inv.TransitGatewayVPCAttachments, a)
		d.inv.TransitGatewayAttachments = append(d.inv.TransitGatewayAttachments, route.TransitGatewayAttachment{
			ID: a.ID, TransitGatewayID: id, ResourceType: "vpc", ResourceID: vpc, State: "available",
			Association: &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: table.ID, State: "associated"},
		})
		way := []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: a.ID, ResourceType: "vpc", ResourceID: vpc}}
		v := d.vpc(vpc)
		table.Routes = append(table.Routes, route.TransitGatewayRoute{DestinationCIDRBlock: v.CIDRBlock, Type: "propagated", State: "active", TransitGatewayAttachments: way})
		for _, c := range v.IPv6CIDRBlockAssociationSet {
			table.Routes = append(table.Routes, route.TransitGatewayRoute{DestinationCIDRBlock: c.IPv6CIDRBlock, Type: "propagated", State: "active", TransitGatewayAttachments: way})
		}
		if i == 0 {
			table.Routes = append(table.Routes, route.TransitGatewayRoute{DestinationCIDRBlock: "0.0.0.0/0", Type: "static", State: "active", TransitGatewayAttachments: way})
		}
		for _, t := range d.tables(vpc) {
			if !d.rarely(4, "no way back") {
				add(t, to("10.0.0.0/8", id))
			}
		}
	}
	d.inv.TransitGatewayRouteTables = append(d.inv.TransitGatewayRouteTables, table)
}

// peer joins two VPCs, with routes on their tables.
func (d *draft) peer(a, b string) {
	va, vb := d.vpc(a), d.vpc(b)
	side := func(v *endpoint.VPC) route.PeeringVPC {
		p := route.PeeringVPC{VPCID: v.ID, CIDRBlock: v.CIDRBlock, OwnerID: v.OwnerID, Region: d.region(v.ID)}
		for _, c := range v.CIDRBlockAssociationSet {
			p.CIDRBlockSet = append(p.CIDRBlockSet, route.PeeringCIDR{CIDRBlock: c.CIDRBlock})
		}
		for _, c := range v.IPv6CIDRBlockAssociationSet {
			p.IPv6CIDRBlockSet = append(p.IPv6CIDRBlockSet, route.PeeringIPv6CIDR{IPv6CIDRBlock: c.IPv6CIDRBlock})
		}
		return p
	}
	c := route.VPCPeeringConnection{ID: d.id("pcx-"), Status: route.PeeringStatus{Code: "active"}, RequesterVPCInfo: side(va), AccepterVPCInfo: side(vb)}
	d.inv.VPCPeeringConnections = append(d.inv.VPCPeeringConnections, c)
	for _, way := range [][2]*endpoint.VPC{{va, vb}, {vb, va}} {
		for _, t := range d.tables(way[0].ID) {
			if d.rarely(4, "no route to the peer") {
				continue
			}
			add(t, to(way[1].CIDRBlock, c.ID))
			for _, six := range way[1].IPv6CIDRBlockAssociationSet {
				add(t, to(six.IPv6CIDRBlock, c.ID))
			}
		}
	}
}

// instances draws network interfaces that belong to no endpoint.
func (d *draft) instances() {
	for i := range d.inv.Subnets {
		if !d.flip("instance") {
			continue
		}
		s := &d.inv.Subnets[i]
		private := hostOf(s.CIDRBlock, 100)
		e := endpoint.NetworkInterface{
			ID: d.id("eni-"), InterfaceType: "interface", VPCID: s.VPCID, SubnetID: s.ID, AvailabilityZone: s.AvailabilityZone,
			Status: "in-use", PrivateIPAddress: private, SourceDestCheck: new(true), OwnerID: s.OwnerID,
		}
		if private != "" {
			p := endpoint.PrivateIPAddress{PrivateIPAddress: private, Primary: true}
			if d.flip("public address") {
				p.Association = &endpoint.Association{PublicIP: fmt.Sprintf("203.0.113.%d", i+1)}
			}
			e.PrivateIPAddresses = []endpoint.PrivateIPAddress{p}
		}
		if cidrs, _ := s.CIDRs(); len(cidrs) > 0 && cidrs[len(cidrs)-1].Addr().Is6() && d.flip("IPv6 address") {
			a := cidrs[len(cidrs)-1].Addr().As16()
			a[15] = 0x64
			e.IPv6Addresses = []endpoint.IPv6Address{{IPv6Address: netip.AddrFrom16(a).String()}}
		}
		if d.rarely(4, "appliance") {
			e.SourceDestCheck = new(false)
		}
		d.inv.NetworkInterfaces = append(d.inv.NetworkInterfaces, e)
	}
}
