package terraform

import (
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/route"
)

// addTransit adds transit gateways' attachments and route tables (routing.md,
// C8). The tables that the input manages are taken to hold what it shows: static
// routes, and a propagated one for each CIDR of a VPC that propagates. Where
// something of that is not told, the table is not complete. The default table
// of a transit gateway that the input manages counts as managed.
func (n *network) addTransit() {
	tables := map[string]*route.TransitGatewayRouteTable{}
	var order []string
	add := func(id, gateway string, r *resource) {
		if id == "" || tables[id] != nil {
			return
		}
		t := &route.TransitGatewayRouteTable{ID: id, TransitGatewayID: gateway, State: "available", Routes: []route.TransitGatewayRoute{}}
		if r != nil {
			t.Tags = r.tags()
		}
		tables[id] = t
		order = append(order, id)
	}
	for _, r := range n.of("aws_ec2_transit_gateway_route_table") {
		add(r.id, n.ref(r.root().attr("transit_gateway_id"), "tgw-"), r)
	}
	for _, r := range n.of("aws_ec2_transit_gateway") {
		add(n.defaultTable(r.id, "association"), r.id, nil)
		add(n.defaultTable(r.id, "propagation"), r.id, nil)
	}
	associated, propagated := n.transitTies()
	all := func(incomplete string) { // a tie whose table is not told may be any's
		if incomplete == "" {
			for _, t := range tables {
				t.AdditionalRoutesAvailable = true
			}
		}
	}
	for _, r := range n.of("aws_ec2_transit_gateway_vpc_attachment") {
		v := r.root()
		gateway, vpcID := n.ref(v.attr("transit_gateway_id"), "tgw-"), n.ref(v.attr("vpc_id"), "vpc-")
		if gateway == "" || vpcID == "" {
			continue // not described: opaque
		}
		subnets, told := n.refs(v.attr("subnet_ids"), "subnet-")
		if !told {
			subnets = append(subnets, standIn("subnet-", r.address, "subnet_ids"))
		}
		options := route.TransitGatewayVPCAttachmentOptions{ApplianceModeSupport: v.attr("appliance_mode_support").quiet()}
		n.inv.TransitGatewayVPCAttachments = append(n.inv.TransitGatewayVPCAttachments, route.TransitGatewayVPCAttachment{
			ID: r.id, TransitGatewayID: gateway, VPCID: vpcID, SubnetIDs: subnets, Options: options, Tags: r.tags(),
		})
		out := route.TransitGatewayAttachment{ID: r.id, TransitGatewayID: gateway, ResourceType: "vpc", ResourceID: vpcID, Tags: r.tags()}
		table, tied := associated[r.id]
		if _, open := associated[""]; open && !tied {
			tied = true // it may be this one's
		} else if byDefault := v.attr("transit_gateway_default_route_table_association"); !tied && (byDefault.isNull() || byDefault.isTrue()) {
			table, tied = n.defaultTable(gateway, "association"), !n.defaultOff(gateway, "association")
		}
		if tied {
			if table == "" {
				table = standIn("tgw-rtb-", r.address, "association")
			}
			out.Association = &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: table}
		}
		n.inv.TransitGatewayAttachments = append(n.inv.TransitGatewayAttachments, out)
		ties := propagated[r.id]
		if byDefault := v.attr("transit_gateway_default_route_table_propagation"); (byDefault.isNull() || byDefault.isTrue()) && !n.defaultOff(gateway, "propagation") {
			ties = append(ties, n.defaultTable(gateway, "propagation"))
		}
		slices.Sort(ties)
		for _, id := range slices.Compact(ties) {
			if t := tables[id]; t != nil {
				n.propagate(t, r.id, vpcID)
			}
		}
	}
	for id, ties := range propagated {
		for _, tie := range ties {
			all(tie)
			if t := tables[tie]; t != nil && n.byID[id] == nil {
				t.AdditionalRoutesAvailable = true // of an attachment whose CIDRs are not described
			}
		}
	}
	for _, r := range n.of("aws_ec2_transit_gateway_route") {
		v := r.root()
		table := n.ref(v.attr("transit_gateway_route_table_id"), "tgw-rtb-")
		all(table)
		t := tables[table]
		if t == nil {
			continue
		}
		out := route.TransitGatewayRoute{DestinationCIDRBlock: v.attr("destination_cidr_block").str(), Type: "static", State: "active"}
		if out.DestinationCIDRBlock == "" {
			t.AdditionalRoutesAvailable = true
			continue
		}
		if v.attr("blackhole").isTrue() {
			out.State = "blackhole"
		} else {
			a := v.attr("transit_gateway_attachment_id")
			id := n.ref(a, "tgw-attach-")
			if id == "" {
				id = standIn("tgw-attach-", r.address, "transit_gateway_attachment_id")
			}
			out.TransitGatewayAttachments = []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: id}}
		}
		t.Routes = append(t.Routes, out)
	}
	for _, id := range order {
		n.inv.TransitGatewayRouteTables = append(n.inv.TransitGatewayRouteTables, *tables[id])
	}
}

// transitTies are the tables that attachments are associated with, and those
// they propagate to, by resources of their own; "" for an attachment or a table
// that is not told.
func (n *network) transitTies() (associated map[string]string, propagated map[string][]string) {
	associated, propagated = map[string]string{}, map[string][]string{}
	for _, r := range n.of("aws_ec2_transit_gateway_route_table_association") {
		v := r.root()
		id := n.ref(v.attr("transit_gateway_attachment_id"), "tgw-attach-")
		associated[id] = n.ref(v.attr("transit_gateway_route_table_id"), "tgw-rtb-")
	}
	for _, r := range n.of("aws_ec2_transit_gateway_route_table_propagation") {
		v := r.root()
		id := n.ref(v.attr("transit_gateway_attachment_id"), "tgw-attach-")
		propagated[id] = append(propagated[id], n.ref(v.attr("transit_gateway_route_table_id"), "tgw-rtb-"))
	}
	return associated, propagated
}

// defaultTable is the table that a transit gateway ties attachments to by
// default: "" if it has none or it is not told.
func (n *network) defaultTable(gateway, what string) string {
	r := n.byID[gateway]
	if r == nil || n.defaultOff(gateway, what) {
		return ""
	}
	return n.made(r, what+"_default_route_table_id")
}

// defaultOff reports whether a transit gateway is known to do no such thing by
// default.
func (n *network) defaultOff(gateway, what string) bool {
	r := n.byID[gateway]
	return r != nil && strings.EqualFold(r.root().attr("default_route_table_"+what).quiet(), "disable")
}

func (n *network) propagate(t *route.TransitGatewayRouteTable, attachment, vpcID string) {
	v := n.vpcOf(vpcID)
	if v.open4 || v.open6 {
		t.AdditionalRoutesAvailable = true
	}
	for _, cidr := range v.cidrs {
		t.Routes = append(t.Routes, route.TransitGatewayRoute{
			DestinationCIDRBlock: cidr, Type: "propagated", State: "active",
			TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{
				TransitGatewayAttachmentID: attachment, ResourceType: "vpc", ResourceID: vpcID,
			}},
		})
	}
}
