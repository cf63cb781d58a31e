package main

import (
	"fmt"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

const (
	region     = "us-east-2"
	perVPC     = 20 // endpoints
	subnetsVPC = 6
	tablesVPC  = 3
)

// A service is one of the estate's: the first perVPC have an endpoint in every
// VPC.
type service struct {
	name  naming.ServiceName
	label string // the part of the host before the Region
	host  string
}

// services are n services of the Region with one private name, of the usual
// shape.
func services(n int) (list []service) {
	for s := range catalog.Default().All() {
		name, ok := s.In(region)
		private, _ := s.PrivateNames(region)
		if len(list) == n || !ok || s.Global || !s.Type.Is(endpoint.Interface) || len(private) != 1 {
			continue
		}
		if label, ok := strings.CutSuffix(private[0], "."+region+".amazonaws.com"); ok {
			list = append(list, service{name, label, private[0]})
		}
	}
	if len(list) < n {
		panic(fmt.Sprintf("the catalogue has %d services of the usual shape, want %d", len(list), n))
	}
	return list
}

// id is an id as AWS makes them, of a VPC and a number in it.
func id(kind string, vpc, i int) string { return fmt.Sprintf("%s-%08x%09x", kind, vpc, i) }

// estate is VPCs of six subnets in three Availability Zones, each with an
// internet gateway, a NAT gateway, three route tables of so many routes, and
// twenty interface endpoints with a network interface in each zone. Of the
// tables, one leads to the internet gateway, one to the NAT gateway, and one
// nowhere. Groups are given to the endpoints where filters are wanted.
func estate(vpcs, routes int, filters bool) (inv trace.Inventory) {
	list := services(perVPC)
	for v := range vpcs {
		vpc, block := id("vpc", v, 0), fmt.Sprintf("10.%d.", v%250)
		inv.VPCs = append(inv.VPCs, endpoint.VPC{ID: vpc, CIDRBlock: block + "0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)})
		igw, nat := id("igw", v, 0), id("nat", v, 0)
		inv.InternetGateways = append(inv.InternetGateways, route.InternetGateway{ID: igw, Attachments: []route.GatewayAttachment{{State: "available", VPCID: vpc}}})
		inv.NATGateways = append(inv.NATGateways, route.NATGateway{ID: nat, VPCID: vpc, SubnetID: id("subnet", v, 0), State: "available"})
		for t, gateway := range [tablesVPC]string{igw, nat, ""} {
			table := route.Table{ID: id("rtb", v, t), VPCID: vpc}
			for s := t; s < subnetsVPC; s += tablesVPC {
				table.Associations = append(table.Associations, route.Association{SubnetID: id("subnet", v, s)})
			}
			texts := []string{block + "0.0/16 local"}
			if gateway != "" {
				texts = append(texts, "0.0.0.0/0 "+gateway)
			}
			for r := len(texts); r < routes; r++ {
				texts = append(texts, fmt.Sprintf("172.%d.%d.0/24 tgw-0a1b2c3d4e5f60718", 16+r/250, r%250))
			}
			table.Routes = route.MustParseRoutes(texts...)
			inv.RouteTables = append(inv.RouteTables, table)
		}
		for s := range subnetsVPC {
			inv.Subnets = append(inv.Subnets, endpoint.Subnet{
				ID: id("subnet", v, s), VPCID: vpc, CIDRBlock: fmt.Sprintf("%s%d.0/24", block, s), AvailabilityZone: region + string(rune('a'+s%3)),
			})
		}
		group := id("sg", v, 0)
		if filters {
			inv.SecurityGroups = append(inv.SecurityGroups, route.SecurityGroup{
				ID: group, VPCID: vpc,
				IPPermissions: []route.IPPermission{{IPProtocol: "tcp", FromPort: new(443), ToPort: new(443), IPRanges: []route.IPRange{{CIDRIP: block + "0.0/16"}}}},
			})
		}
		for i, s := range list {
			e := endpoint.Endpoint{
				ID: id("vpce", v, i), Type: endpoint.Interface, VPCID: vpc, ServiceName: s.name.String(), State: endpoint.Available, PrivateDNSEnabled: true,
			}
			if filters {
				e.Groups = []endpoint.SecurityGroup{{ID: group}}
			}
			for k := range 3 {
				eni := endpoint.NetworkInterface{
					ID: id("eni", v, i*3+k), VPCID: vpc, SubnetID: id("subnet", v, k), AvailabilityZone: region + string(rune('a'+k)),
					InterfaceType: "vpc_endpoint", Status: "in-use", PrivateIPAddress: fmt.Sprintf("%s%d.%d", block, k, 10+i), Groups: e.Groups,
				}
				inv.NetworkInterfaces = append(inv.NetworkInterfaces, eni)
				e.NetworkInterfaceIDs = append(e.NetworkInterfaceIDs, eni.ID)
				e.SubnetIDs = append(e.SubnetIDs, eni.SubnetID)
			}
			inv.Endpoints = append(inv.Endpoints, e)
		}
	}
	return inv
}
