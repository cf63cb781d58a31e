package tracegen

import (
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

func (d *draft) peeringState() bool {
	c := one(d, "peering", d.inv.VPCPeeringConnections)
	if c != nil {
		c.Status.Code = pick(d, "status", "pending-acceptance", "deleted", "failed")
	}
	return c != nil
}

// peeringBeyond routes more to a peer than the peer has.
func (d *draft) peeringBeyond() bool {
	c, t := one(d, "peering", d.inv.VPCPeeringConnections), one(d, "table", d.inv.RouteTables)
	if c == nil || t == nil {
		return false
	}
	return add(t, to(pick(d, "destination", "10.250.0.0/16", "0.0.0.0/0"), c.ID))
}

func (d *draft) attachment() bool {
	a := one(d, "attachment", d.inv.TransitGatewayVPCAttachments)
	if a == nil {
		return false
	}
	i := slices.IndexFunc(d.inv.TransitGatewayAttachments, func(o route.TransitGatewayAttachment) bool { return o.ID == a.ID })
	switch pick(d, "attachment is", "pending", "in no subnet", "without association", "with a table that is not described") {
	case "pending":
		a.State = "pendingAcceptance"
	case "in no subnet":
		a.SubnetIDs = nil
	case "without association":
		if i >= 0 {
			d.inv.TransitGatewayAttachments[i].Association = nil
		}
	default:
		if i >= 0 && d.inv.TransitGatewayAttachments[i].Association != nil {
			d.inv.TransitGatewayAttachments[i].Association.TransitGatewayRouteTableID = "tgw-rtb-99"
		}
	}
	return true
}

func (d *draft) transitRoute() bool {
	t := one(d, "transit gateway table", d.inv.TransitGatewayRouteTables)
	if t == nil {
		return false
	}
	switch pick(d, "transit gateway table", "black hole", "no routes", "not all routes", "routes not given") {
	case "black hole":
		t.Routes = append(t.Routes, route.TransitGatewayRoute{DestinationCIDRBlock: pick(d, "destination", "10.250.0.0/16", "0.0.0.0/0", "10.0.0.0/16"), Type: "static", State: "blackhole"})
	case "no routes":
		t.Routes = []route.TransitGatewayRoute{}
	case "not all routes":
		t.AdditionalRoutesAvailable = true
	default:
		t.Routes = nil
	}
	return true
}

// onPremises attaches a VPN to the transit gateway.
func (d *draft) onPremises() bool {
	t := one(d, "transit gateway table", d.inv.TransitGatewayRouteTables)
	if t == nil {
		return false
	}
	a := route.TransitGatewayAttachment{ID: d.id("tgw-attach-"), TransitGatewayID: t.TransitGatewayID, ResourceType: pick(d, "kind", "vpn", "direct-connect-gateway", "peering", "connect"), ResourceID: "vpn-1", State: "available"}
	d.inv.TransitGatewayAttachments = append(d.inv.TransitGatewayAttachments, a)
	t.Routes = append(t.Routes, route.TransitGatewayRoute{
		DestinationCIDRBlock: pick(d, "destination", "10.250.0.0/16", "192.168.0.0/16"), Type: "propagated", State: "active",
		TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: a.ID, ResourceType: a.ResourceType, ResourceID: a.ResourceID}},
	})
	return true
}

func (d *draft) listEntries() bool {
	l := one(d, "prefix list", d.inv.PrefixLists)
	if l == nil {
		return false
	}
	switch pick(d, "entries", "not given", "none", "one more") {
	case "not given":
		l.CIDRs = nil
	case "none":
		l.CIDRs = []string{}
	default:
		l.CIDRs = append(l.CIDRs, pick(d, "entry", "203.0.113.0/24", "0.0.0.0/0", "10.0.0.0/8", "10.0.1.0/24", "2001:db8:9::/48"))
	}
	return true
}

// secondList puts a list with the entries of another on the table, to another
// target (PL09).
func (d *draft) secondList() bool {
	l, t := one(d, "prefix list", d.inv.PrefixLists), one(d, "table", d.inv.RouteTables)
	if l == nil || t == nil {
		return false
	}
	o := route.PrefixList{ID: d.id("pl-"), Name: "corp", CIDRs: slices.Clone(l.CIDRs)}
	if len(o.CIDRs) == 0 {
		o.CIDRs = []string{"203.0.113.0/24"}
	}
	d.inv.PrefixLists = append(d.inv.PrefixLists, o)
	add(t, to(o.ID, d.target(t.VPCID)))
	return true
}

// forget takes an object out of the input, as if its file had not been
// gathered.
func (d *draft) forget() bool {
	inv := d.inv
	switch pick(d, "forgotten", "endpoint", "NAT gateway", "network interface", "internet gateway", "peering", "attachments", "transit gateway tables", "VPC", "prefix list", "subnet") {
	case "endpoint":
		return drop(d, &inv.Endpoints)
	case "NAT gateway":
		return drop(d, &inv.NATGateways)
	case "network interface":
		return drop(d, &inv.NetworkInterfaces)
	case "internet gateway":
		return drop(d, &inv.InternetGateways)
	case "peering":
		return drop(d, &inv.VPCPeeringConnections)
	case "attachments":
		return drop(d, &inv.TransitGatewayAttachments)
	case "transit gateway tables":
		return drop(d, &inv.TransitGatewayRouteTables)
	case "prefix list":
		return drop(d, &inv.PrefixLists)
	case "subnet":
		return len(inv.Subnets) > 1 && drop(d, &inv.Subnets)
	}
	return len(inv.VPCs) > 1 && drop(d, &inv.VPCs)
}

func drop[E any](d *draft, list *[]E) bool {
	if len(*list) == 0 {
		return false
	}
	i := d.upTo(len(*list)-1, "which")
	*list = slices.Delete(*list, i, i+1)
	return true
}

func (d *draft) vpcAttributes() bool {
	d.setAttributes(one(d, "VPC", d.inv.VPCs))
	return true
}

func (d *draft) dns64() bool {
	s := one(d, "subnet", d.inv.Subnets)
	if len(s.IPv6CIDRBlockAssociationSet) == 0 {
		return false
	}
	s.EnableDNS64 = !s.EnableDNS64
	return true
}

// anInterfaceEndpoint draws an interface endpoint; nil if there is none.
func (d *draft) anInterfaceEndpoint() *endpoint.Endpoint {
	var list []*endpoint.Endpoint
	for i := range d.inv.Endpoints {
		if d.inv.Endpoints[i].Type.Is(endpoint.Interface) {
			list = append(list, &d.inv.Endpoints[i])
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list[d.upTo(len(list)-1, "endpoint")]
}

func (d *draft) endpointState() bool {
	e := one(d, "endpoint", d.inv.Endpoints)
	if e != nil {
		e.State = pick(d, "state", endpoint.Pending, endpoint.PendingAcceptance, endpoint.Deleting, endpoint.Failed, endpoint.Partial, "Available", "")
	}
	return e != nil
}

// switchPrivateDNS turns an endpoint's private DNS off, on although the
// service or the VPC has it for another already, or to inbound resolvers only.
func (d *draft) switchPrivateDNS() bool {
	e := d.anInterfaceEndpoint()
	if e == nil {
		return false
	}
	if d.flip("inbound only") {
		e.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = !e.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint
		return true
	}
	e.PrivateDNSEnabled = !e.PrivateDNSEnabled
	return true
}

// entries permutes an endpoint's DnsEntries, loses some, or has their zones
// pending.
func (d *draft) entries() bool {
	e := d.anInterfaceEndpoint()
	if e == nil || len(e.DNSEntries) == 0 {
		return false
	}
	switch pick(d, "DnsEntries are", "permuted", "not given", "redacted", "pending", "without private names") {
	case "permuted":
		d.permuteEntries(e)
	case "not given":
		e.DNSEntries = nil
	case "redacted":
		e.DNSEntries[0].Name = "vpce-1234567890abcdef0-example.monitoring.us-east-2.vpce.amazonaws.com"
	case "pending":
		d.pend(e)
	default:
		e.DNSEntries = slices.DeleteFunc(slices.Clone(e.DNSEntries), func(x endpoint.DNSEntry) bool { return !naming.IsEndpointName(x.Name) })
	}
	return true
}

func (d *draft) unhealthy() bool {
	for i := range d.inv.NetworkInterfaces {
		if n := &d.inv.NetworkInterfaces[i]; strings.HasPrefix(n.InterfaceType, "vpc_endpoint") && d.flip("unhealthy "+n.ID) {
			n.Status = "pending"
			return true
		}
	}
	return false
}

func (d *draft) anotherEndpoint() bool {
	v := one(d, "VPC", d.inv.VPCs)
	if len(d.subnets(v.ID)) == 0 {
		return false
	}
	e := d.interfaceEndpoint(v.ID)
	e.PrivateDNSEnabled = e.PrivateDNSEnabled || d.flip("private DNS all the same") // E1, E2: Findings
	return true
}

// gatewayEndpointOff takes the route of a gateway endpoint off one table, or
// off none but the table that AWS should list (R39).
func (d *draft) gatewayEndpointOff() bool {
	for i := range d.inv.RouteTables {
		t := &d.inv.RouteTables[i]
		if j := slices.IndexFunc(t.Routes, func(r route.Route) bool { return strings.HasPrefix(r.GatewayID, "vpce-") }); j >= 0 {
			t.Routes = slices.Delete(t.Routes, j, j+1)
			return true
		}
	}
	return false
}

// groupRules changes the rules of one security group, or makes all of them
// refer to groups instead of addresses.
func (d *draft) groupRules() bool {
	g := one(d, "security group", d.inv.SecurityGroups)
	if g == nil {
		return false
	}
	switch pick(d, "rules", "none in", "none out", "other port in", "from groups", "from a group of the peer") {
	case "none in":
		g.IPPermissions = nil
	case "none out":
		g.IPPermissionsEgress = nil
	case "other port in":
		g.IPPermissions = []route.IPPermission{{IPProtocol: "tcp", FromPort: new(22), ToPort: new(22), IPRanges: []route.IPRange{{CIDRIP: "0.0.0.0/0"}}}}
	case "from groups":
		d.fromGroups()
	default:
		d.fromPeerGroup()
	}
	return true
}

func (d *draft) aclEntry() bool {
	a := one(d, "network ACL", d.inv.NetworkACLs)
	if a == nil {
		return false
	}
	e := route.NetworkACLEntry{RuleNumber: 10 + len(a.Entries), Egress: d.flip("egress"), RuleAction: "deny", Protocol: "6"}
	switch pick(d, "entry", "deny HTTPS", "deny answers", "deny all", "prefix list") {
	case "deny HTTPS":
		e.CIDRBlock, e.PortRange = "0.0.0.0/0", &route.PortRange{From: 443, To: 443}
	case "deny answers":
		e.CIDRBlock, e.PortRange = "0.0.0.0/0", &route.PortRange{From: 1024, To: 65535}
	case "deny all":
		e.CIDRBlock, e.Protocol = "0.0.0.0/0", "-1"
	default: // AWS has no such entries (G06)
		e.PrefixListID = "pl-1"
	}
	a.Entries = append(a.Entries, e)
	return true
}

func (d *draft) anotherZone() bool {
	v := one(d, "VPC", d.inv.VPCs)
	d.inv.HostedZones = append(d.inv.HostedZones, d.hostedZone([]zone.ZoneVPC{{VPCID: v.ID, VPCRegion: d.region(v.ID)}}))
	return true
}

func (d *draft) anotherRule() bool {
	d.rule()
	return true
}
