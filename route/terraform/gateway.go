package terraform

import (
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/route"
)

// addGateways adds internet gateways, egress-only ones and NAT gateways. One of
// which it is not told where it is attached is left out: routes to it then lead
// to something that is not described.
func (n *network) addGateways() {
	attached, open := n.attachments()
	for _, r := range n.of("aws_internet_gateway") {
		vpcs := attached[r.id]
		v := r.root().attr("vpc_id")
		if id := n.gatewayVPC(v); id != "" {
			vpcs = append(vpcs, id)
		} else if v.isUnknown() && v.configured() || open {
			continue
		}
		slices.Sort(vpcs)
		out := route.InternetGateway{ID: r.id, OwnerID: r.root().attr("owner_id").quiet(), Tags: r.tags()}
		for _, id := range slices.Compact(vpcs) {
			out.Attachments = append(out.Attachments, route.GatewayAttachment{State: "available", VPCID: id})
		}
		n.inv.InternetGateways = append(n.inv.InternetGateways, out)
	}
	for _, r := range n.of("aws_egress_only_internet_gateway") {
		id := n.ref(r.root().attr("vpc_id"), "vpc-")
		if id == "" {
			continue
		}
		n.inv.EgressOnlyInternetGateways = append(n.inv.EgressOnlyInternetGateways, route.EgressOnlyInternetGateway{
			ID: r.id, Attachments: []route.GatewayAttachment{{State: "attached", VPCID: id}}, Tags: r.tags(),
		})
	}
	for _, r := range n.of("aws_nat_gateway") {
		n.addNAT(r)
	}
}

// gatewayVPC is the VPC an internet gateway says it is attached to. A plan does
// not tell that of one whose attachment is a resource of its own.
func (n *network) gatewayVPC(v value) string {
	if v.isUnknown() && !v.configured() {
		return ""
	}
	id := n.ref(v, "vpc-")
	for _, r := range n.gone("aws_internet_gateway_attachment") {
		b := r.root()
		if b.attr("internet_gateway_id").str() == v.r.id && b.attr("vpc_id").str() == id && !(v.configured() && v.r.conf != nil) {
			return ""
		}
	}
	return id
}

// attachments are the VPCs of internet gateways whose attachment is a resource
// of its own; open if it is not told whose some attachment is.
func (n *network) attachments() (vpcs map[string][]string, open bool) {
	vpcs = map[string][]string{}
	for _, r := range n.of("aws_internet_gateway_attachment") {
		v := r.root()
		gateway, id := n.ref(v.attr("internet_gateway_id"), "igw-"), n.ref(v.attr("vpc_id"), "vpc-")
		if gateway == "" || id == "" {
			open = true
			continue
		}
		vpcs[gateway] = append(vpcs[gateway], id)
	}
	return vpcs, open
}

// addNAT adds a NAT gateway. A regional one has no subnet, and routes by a
// table of its own (routing.md, C3).
func (n *network) addNAT(r *resource) {
	v := r.root()
	out := route.NATGateway{
		ID: r.id, ConnectivityType: v.attr("connectivity_type").quiet(), Tags: r.tags(),
		AutoProvisionZones: strings.ToLower(v.attr("auto_provision_zones").quiet()),
	}
	if mode := v.attr("availability_mode"); !mode.isUnknown() || mode.configured() {
		out.AvailabilityMode = mode.str()
	}
	regional := strings.EqualFold(out.AvailabilityMode, "regional")
	if regional {
		out.VPCID = n.ref(v.attr("vpc_id"), "vpc-")
		out.RouteTableID = n.made(r, "route_table_id")
	} else {
		out.SubnetID = n.ref(v.attr("subnet_id"), "subnet-")
		out.VPCID = n.vpcOfSubnets([]string{out.SubnetID})
		address := route.NATGatewayAddress{
			PrivateIP: v.attr("private_ip").quiet(), PublicIP: v.attr("public_ip").quiet(),
			NetworkInterfaceID: v.attr("network_interface_id").quiet(),
		}
		if address != (route.NATGatewayAddress{}) {
			out.NATGatewayAddresses = append(out.NATGatewayAddresses, address)
		}
	}
	if out.VPCID == "" {
		return // whom it serves is not told
	}
	given := v.attr("availability_zone_address") // arguments, for what is not made yet
	made, ok := v.attr("regional_nat_gateway_address").list()
	if len(made) == 0 || !ok {
		if made, ok = given.list(); !ok {
			return // in which zones it will stand is not told
		}
	}
	for _, a := range made {
		out.NATGatewayAddresses = append(out.NATGatewayAddresses, route.NATGatewayAddress{
			PublicIP: a.attr("public_ip").quiet(), NetworkInterfaceID: a.attr("network_interface_id").quiet(),
			AvailabilityZone: a.attr("availability_zone").str(),
		})
	}
	n.inv.NATGateways = append(n.inv.NATGateways, out)
}

// addPeering adds peering connections: one object for the resource of the
// requester's side and the accepter's. The status of one that the plan makes is
// active if it is accepted in the plan, by auto_accept or by an
// aws_vpc_peering_connection_accepter; else it is not known, and the connection
// is left out.
func (n *network) addPeering() {
	accepters := map[string]*resource{}
	for _, r := range n.resources {
		if r.typ == "aws_vpc_peering_connection_accepter" {
			accepters[n.ref(r.root().attr("vpc_peering_connection_id"), "pcx-")] = r
		}
	}
	for _, r := range n.of("aws_vpc_peering_connection", "aws_vpc_peering_connection_accepter") {
		v := r.root()
		out := route.VPCPeeringConnection{ID: r.id, Tags: r.tags()}
		status := v.attr("accept_status")
		accepter := accepters[r.id]
		accepted := v.attr("auto_accept").isTrue() || accepter != nil && accepter.root().attr("auto_accept").isTrue()
		switch {
		case accepted && !n.state:
			out.Status.Code = "active"
		case !status.isUnknown() && status.data != nil:
			out.Status.Code = status.str()
		default:
			status.note("")
			continue
		}
		mine := route.PeeringVPC{VPCID: n.ref(v.attr("vpc_id"), "vpc-"), Region: v.attr("region").quiet()}
		theirs := route.PeeringVPC{
			VPCID: n.ref(v.attr("peer_vpc_id"), "vpc-"), OwnerID: v.attr("peer_owner_id").quiet(), Region: v.attr("peer_region").quiet(),
		}
		if mine.VPCID == "" || theirs.VPCID == "" {
			continue
		}
		if r.typ == "aws_vpc_peering_connection_accepter" { // vpc_id is the accepter's
			mine, theirs = theirs, mine
		}
		out.RequesterVPCInfo, out.AccepterVPCInfo = mine, theirs
		for _, side := range []*route.PeeringVPC{&out.RequesterVPCInfo, &out.AccepterVPCInfo} {
			for i := range n.inv.VPCs {
				if x := &n.inv.VPCs[i]; x.ID == side.VPCID {
					side.CIDRBlock = x.CIDRBlock
				}
			}
		}
		n.inv.VPCPeeringConnections = append(n.inv.VPCPeeringConnections, out)
	}
}
