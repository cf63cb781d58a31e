package trace_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// peered is the page with a second VPC behind a peering connection, whose
// instance has an interface at 10.9.1.10.
func peered(edits ...func(*trace.Inventory)) trace.Inventory {
	inv := page()
	inv.VPCs = append(inv.VPCs, endpoint.VPC{ID: "vpc-2", CIDRBlock: "10.9.0.0/16"})
	inv.Subnets = append(inv.Subnets, endpoint.Subnet{ID: "subnet-z", VPCID: "vpc-2", CIDRBlock: "10.9.1.0/24", AvailabilityZone: "us-east-2a"})
	inv.NetworkInterfaces = append(inv.NetworkInterfaces, endpoint.NetworkInterface{ID: "eni-z", VPCID: "vpc-2", SubnetID: "subnet-z", PrivateIPAddress: "10.9.1.10"})
	inv.RouteTables = append(inv.RouteTables, route.Table{ID: "rtb-z", VPCID: "vpc-2", Associations: []route.Association{{Main: true}}, Routes: route.MustParseRoutes("10.9.0.0/16 local", "10.0.0.0/16 pcx-1")})
	inv.RouteTables[1].Routes = append(inv.RouteTables[1].Routes, route.MustParseRoutes("10.9.0.0/16 pcx-1")...)
	inv.VPCPeeringConnections = []route.VPCPeeringConnection{{
		ID: "pcx-1", Status: route.PeeringStatus{Code: "active"},
		RequesterVPCInfo: route.PeeringVPC{VPCID: "vpc-1", CIDRBlock: "10.0.0.0/16"}, AccepterVPCInfo: route.PeeringVPC{VPCID: "vpc-2", CIDRBlock: "10.9.0.0/16"},
	}}
	for _, f := range edits {
		f(&inv)
	}
	return inv
}

// byTransit puts a transit gateway in the place of the peering connection.
func byTransit(inv *trace.Inventory) {
	for i := range inv.RouteTables {
		for j := range inv.RouteTables[i].Routes {
			if r := &inv.RouteTables[i].Routes[j]; r.VPCPeeringConnectionID != "" {
				r.VPCPeeringConnectionID, r.TransitGatewayID = "", "tgw-1"
			}
		}
	}
	table := route.TransitGatewayRouteTable{ID: "tgw-rtb-1", TransitGatewayID: "tgw-1", State: "available"}
	for _, a := range []struct{ id, vpc, cidr, subnet string }{{"tgw-attach-1", "vpc-1", "10.0.0.0/16", "subnet-b"}, {"tgw-attach-2", "vpc-2", "10.9.0.0/16", "subnet-z"}} {
		inv.TransitGatewayVPCAttachments = append(inv.TransitGatewayVPCAttachments, route.TransitGatewayVPCAttachment{ID: a.id, TransitGatewayID: "tgw-1", VPCID: a.vpc, State: "available", SubnetIDs: []string{a.subnet}})
		inv.TransitGatewayAttachments = append(inv.TransitGatewayAttachments, route.TransitGatewayAttachment{
			ID: a.id, TransitGatewayID: "tgw-1", ResourceType: "vpc", ResourceID: a.vpc, State: "available",
			Association: &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: table.ID, State: "associated"},
		})
		table.Routes = append(table.Routes, route.TransitGatewayRoute{
			DestinationCIDRBlock: a.cidr, Type: "propagated", State: "active",
			TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: a.id, ResourceType: "vpc", ResourceID: a.vpc}},
		})
	}
	inv.TransitGatewayRouteTables = []route.TransitGatewayRouteTable{table}
}

// TestC1: where a way ends at what the input lacks, the proof names what that
// is, and whose output would have it.
func TestC1(t *testing.T) {
	noInterfaces := func(inv *trace.Inventory) { inv.NetworkInterfaces = nil }
	for _, tt := range []struct {
		name, from, to string
		inv            trace.Inventory
		want           string
	}{
		{"known local address", "private", "10.0.1.10", peered(), "eni-a of vpce-099deb00b40f00e22: the endpoint; no gateway is passed"},
		{"local address of nobody", "private", "10.0.3.77", peered(), "an address of the VPC: no network interface in the input has 10.0.3.77"},
		{"no interfaces", "private", "10.0.3.77", peered(noInterfaces), "an address of the VPC: describe-network-interfaces is not in the input"},
		{"known peered address", "private", "10.9.1.10", peered(), "vpc-peering at eni-z"},
		{"peered address of nobody", "private", "10.9.1.77", peered(), "vpc-peering: no network interface in the input has 10.9.1.77"},
		{"peered address in no subnet", "private", "10.9.8.77", peered(), "vpc-peering: UNKNOWN_DESTINATION (no network interface in the input has 10.9.8.77)"},
		{"peering connection", "private", "10.9.1.77", peered(func(inv *trace.Inventory) { inv.VPCPeeringConnections = nil }), "unknown at pcx-1: UNKNOWN_RESOURCE (describe-vpc-peering-connections does not have it)"},
		{"NAT gateway", "private", "192.0.2.1", peered(func(inv *trace.Inventory) { inv.NATGateways = nil }), "unknown at nat-1: UNKNOWN_RESOURCE (describe-nat-gateways does not have it)"},
		{"NAT gateway's subnet", "private", "192.0.2.1", peered(func(inv *trace.Inventory) { inv.NATGateways[0].SubnetID = "subnet-gone" }), "unknown at nat-1: UNKNOWN_RESOURCE (the input does not have all that decides here)"},
		{"internet gateway", "public", "192.0.2.1", peered(func(inv *trace.Inventory) { inv.InternetGateways = nil }), "unknown at igw-1: UNKNOWN_RESOURCE (describe-internet-gateways does not have it)"},
		{"egress-only internet gateway", "private", "2600::1", peered(func(inv *trace.Inventory) {
			*inv = dualStack(*inv)
			inv.EgressOnlyInternetGateways = nil
		}), "unknown at eigw-1: UNKNOWN_RESOURCE (describe-egress-only-internet-gateways does not have it)"},
		{"endpoint of an interface", "private", "10.0.1.10", peered(func(inv *trace.Inventory) { inv.Endpoints = nil }), "unknown at eni-a: UNKNOWN_RESOURCE (describe-vpc-endpoints does not have its endpoint)"},
		{"appliance", "isolated", "192.0.2.1", peered(func(inv *trace.Inventory) {
			inv.RouteTables[2].Routes = append(inv.RouteTables[2].Routes, route.MustParseRoutes("0.0.0.0/0 eni-gone")...)
		}), "unknown at eni-gone: UNKNOWN_RESOURCE (describe-network-interfaces does not have it)"},
		{"subnet of the source", "eni-c", "192.0.2.1", peered(func(inv *trace.Inventory) { inv.Subnets = slices.Delete(inv.Subnets, 2, 3) }), "unknown: UNKNOWN_RESOURCE (describe-subnets does not have the subnet)"},
		{"subnets of the peered VPC", "private", "10.9.1.10", peered(func(inv *trace.Inventory) { inv.Subnets = inv.Subnets[:3] }), "unknown at eni-z: UNKNOWN_RESOURCE (describe-subnets does not have its subnet)"},
		{"interface beyond a transit gateway", "private", "10.9.1.10", peered(byTransit), "transit-gateway at eni-z: a network interface of neither this VPC nor a peered one"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := ask(t, tt.inv, tt.from, tt.to)
			steps := tr.Steps()
			if got := steps[len(steps)-1]; got.Word != "ends" || got.Text != tt.want {
				t.Errorf("got %q, want %q\n%s", got.Text, tt.want, tr)
			}
		})
	}
	t.Run("addresses of a name", func(t *testing.T) {
		tr := ask(t, peered(noInterfaces), "private", pageHost)
		if want := "the answer is not known, as describe-network-interfaces does not have the endpoint's"; !strings.Contains(tr.String(), want) {
			t.Errorf("no %q in\n%s", want, tr)
		}
	})
}
