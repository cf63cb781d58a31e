package trace

import (
	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// Inventory is a network as plain data: every list as AWS prints it, every
// object with its tags. Everything else is made from it: [New] builds a
// [World], route/describe reads and writes it, what-ifs are edits of it. Nil
// lists are lists that the input does not have; their order never matters.
type Inventory struct {
	VPCs              []endpoint.VPC
	Subnets           []endpoint.Subnet
	NetworkInterfaces []endpoint.NetworkInterface
	Endpoints         []endpoint.Endpoint
	ServiceDetails    []endpoint.ServiceDetail // describe-vpc-endpoint-services: beats the catalogue

	RouteTables                  []route.Table
	InternetGateways             []route.InternetGateway
	EgressOnlyInternetGateways   []route.EgressOnlyInternetGateway
	NATGateways                  []route.NATGateway
	PrefixLists                  []route.PrefixList
	VPCPeeringConnections        []route.VPCPeeringConnection
	SecurityGroups               []route.SecurityGroup
	NetworkACLs                  []route.NetworkACL
	TransitGatewayAttachments    []route.TransitGatewayAttachment
	TransitGatewayVPCAttachments []route.TransitGatewayVPCAttachment
	TransitGatewayRouteTables    []route.TransitGatewayRouteTable

	HostedZones                 []zone.HostedZone
	ResolverRules               []zone.ResolverRule
	ResolverRuleAssociations    []zone.ResolverRuleAssociation
	ResolverEndpoints           []zone.ResolverEndpoint
	ProfileAssociations         []zone.ProfileAssociation
	ProfileResourceAssociations []zone.ProfileResourceAssociation

	// Findings are what the reader of the input noticed, such as one id with
	// two contents. New adds its own to them.
	Findings []endpoint.Finding
}
