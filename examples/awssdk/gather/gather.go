// Package gather reads a Region's network with aws-sdk-go-v2 and makes a
// [trace.Inventory] of it: typed values to typed values, without JSON between.
//
// It is meant to be copied. Of the sources that the model knows, it leaves out
// Route 53: private hosted zones, Resolver rules and Profiles. Add their lists
// in the same way where a network has them; until then, names that they would
// answer are answered as if they were not there.
package gather

import (
	"context"
	"errors"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// Inventory reads what the account of the client sees in the client's Region,
// every page of it. Each call is read-only. The error joins those of all calls
// that failed, so that one run names every permission that is missing; there is
// no Inventory then.
func Inventory(ctx context.Context, client *ec2.Client) (trace.Inventory, error) {
	g := &gatherer{ctx: ctx, client: client}
	var inv trace.Inventory

	inv.VPCs = read(g, ec2.NewDescribeVpcsPaginator(client, nil),
		func(o *ec2.DescribeVpcsOutput) []types.Vpc { return o.Vpcs }, vpc)
	for i := range inv.VPCs {
		g.attributes(&inv.VPCs[i])
	}
	inv.Subnets = read(g, ec2.NewDescribeSubnetsPaginator(client, nil),
		func(o *ec2.DescribeSubnetsOutput) []types.Subnet { return o.Subnets }, subnet)
	inv.NetworkInterfaces = read(g, ec2.NewDescribeNetworkInterfacesPaginator(client, nil),
		func(o *ec2.DescribeNetworkInterfacesOutput) []types.NetworkInterface { return o.NetworkInterfaces }, networkInterface)
	inv.Endpoints = read(g, ec2.NewDescribeVpcEndpointsPaginator(client, nil),
		func(o *ec2.DescribeVpcEndpointsOutput) []types.VpcEndpoint { return o.VpcEndpoints }, vpcEndpoint)
	inv.ServiceDetails = read(g, &servicePages{client: client},
		func(o *ec2.DescribeVpcEndpointServicesOutput) []types.ServiceDetail { return o.ServiceDetails }, serviceDetail)

	inv.RouteTables = read(g, ec2.NewDescribeRouteTablesPaginator(client, nil),
		func(o *ec2.DescribeRouteTablesOutput) []types.RouteTable { return o.RouteTables }, table)
	inv.InternetGateways = read(g, ec2.NewDescribeInternetGatewaysPaginator(client, nil),
		func(o *ec2.DescribeInternetGatewaysOutput) []types.InternetGateway { return o.InternetGateways }, internetGateway)
	inv.EgressOnlyInternetGateways = read(g, ec2.NewDescribeEgressOnlyInternetGatewaysPaginator(client, nil),
		func(o *ec2.DescribeEgressOnlyInternetGatewaysOutput) []types.EgressOnlyInternetGateway {
			return o.EgressOnlyInternetGateways
		}, egressOnlyInternetGateway)
	inv.NATGateways = read(g, ec2.NewDescribeNatGatewaysPaginator(client, nil),
		func(o *ec2.DescribeNatGatewaysOutput) []types.NatGateway { return o.NatGateways }, natGateway)
	inv.VPCPeeringConnections = read(g, ec2.NewDescribeVpcPeeringConnectionsPaginator(client, nil),
		func(o *ec2.DescribeVpcPeeringConnectionsOutput) []types.VpcPeeringConnection {
			return o.VpcPeeringConnections
		}, peeringConnection)
	inv.SecurityGroups = read(g, ec2.NewDescribeSecurityGroupsPaginator(client, nil),
		func(o *ec2.DescribeSecurityGroupsOutput) []types.SecurityGroup { return o.SecurityGroups }, securityGroup)
	inv.NetworkACLs = read(g, ec2.NewDescribeNetworkAclsPaginator(client, nil),
		func(o *ec2.DescribeNetworkAclsOutput) []types.NetworkAcl { return o.NetworkAcls }, networkACL)

	inv.PrefixLists = read(g, ec2.NewDescribeManagedPrefixListsPaginator(client, nil),
		func(o *ec2.DescribeManagedPrefixListsOutput) []types.ManagedPrefixList { return o.PrefixLists }, prefixList)
	for i := range inv.PrefixLists {
		l := &inv.PrefixLists[i]
		l.CIDRs = read(g, ec2.NewGetManagedPrefixListEntriesPaginator(client, &ec2.GetManagedPrefixListEntriesInput{PrefixListId: &l.ID}),
			func(o *ec2.GetManagedPrefixListEntriesOutput) []types.PrefixListEntry { return o.Entries }, prefixListEntry)
	}

	inv.TransitGatewayAttachments = read(g, ec2.NewDescribeTransitGatewayAttachmentsPaginator(client, nil),
		func(o *ec2.DescribeTransitGatewayAttachmentsOutput) []types.TransitGatewayAttachment {
			return o.TransitGatewayAttachments
		}, transitGatewayAttachment)
	inv.TransitGatewayVPCAttachments = read(g, ec2.NewDescribeTransitGatewayVpcAttachmentsPaginator(client, nil),
		func(o *ec2.DescribeTransitGatewayVpcAttachmentsOutput) []types.TransitGatewayVpcAttachment {
			return o.TransitGatewayVpcAttachments
		}, transitGatewayVPCAttachment)
	inv.TransitGatewayRouteTables = read(g, ec2.NewDescribeTransitGatewayRouteTablesPaginator(client, nil),
		func(o *ec2.DescribeTransitGatewayRouteTablesOutput) []types.TransitGatewayRouteTable {
			return o.TransitGatewayRouteTables
		}, transitGatewayRouteTable)
	for i := range inv.TransitGatewayRouteTables {
		g.transitRoutes(&inv.TransitGatewayRouteTables[i])
	}

	if err := errors.Join(g.errs...); err != nil {
		return trace.Inventory{}, err
	}
	return inv, nil
}

type gatherer struct {
	ctx    context.Context
	client *ec2.Client
	errs   []error
}

// pages is what the SDK's paginators have in common.
type pages[O any] interface {
	HasMorePages() bool
	NextPage(ctx context.Context, opts ...func(*ec2.Options)) (O, error)
}

// read converts the items of all pages. The list is not nil even if there are
// none: a nil list of an Inventory is one that nobody asked for.
func read[O, T, U any](g *gatherer, p pages[O], items func(O) []T, convert func(T) U) []U {
	list := []U{}
	for p.HasMorePages() {
		page, err := p.NextPage(g.ctx)
		if err != nil {
			g.errs = append(g.errs, err) // the SDK's errors name the call
			return nil
		}
		list = append(list, each(items(page), convert)...)
	}
	return list
}

// attributes asks for the two attributes that DescribeVpcs leaves out.
func (g *gatherer) attributes(v *endpoint.VPC) {
	for _, name := range []types.VpcAttributeName{types.VpcAttributeNameEnableDnsSupport, types.VpcAttributeNameEnableDnsHostnames} {
		o, err := g.client.DescribeVpcAttribute(g.ctx, &ec2.DescribeVpcAttributeInput{VpcId: &v.ID, Attribute: name})
		if err != nil {
			g.errs = append(g.errs, err)
			continue
		}
		vpcAttributes(v, o)
	}
}

func (g *gatherer) transitRoutes(t *route.TransitGatewayRouteTable) {
	t.Routes = read(g, ec2.NewSearchTransitGatewayRoutesPaginator(g.client, &ec2.SearchTransitGatewayRoutesInput{
		TransitGatewayRouteTableId: &t.ID,
		Filters:                    []types.Filter{{Name: aws.String("state"), Values: []string{"active", "blackhole"}}},
	}), func(o *ec2.SearchTransitGatewayRoutesOutput) []types.TransitGatewayRoute {
		t.AdditionalRoutesAvailable = aws.ToBool(o.AdditionalRoutesAvailable) && o.NextToken == nil
		return o.Routes
	}, transitGatewayRoute)
}

// servicePages is the paginator that the SDK lacks for DescribeVpcEndpointServices.
type servicePages struct {
	client *ec2.Client
	token  *string
	done   bool
}

func (p *servicePages) HasMorePages() bool { return !p.done }

func (p *servicePages) NextPage(ctx context.Context, opts ...func(*ec2.Options)) (*ec2.DescribeVpcEndpointServicesOutput, error) {
	o, err := p.client.DescribeVpcEndpointServices(ctx, &ec2.DescribeVpcEndpointServicesInput{NextToken: p.token}, opts...)
	if err != nil {
		return nil, err
	}
	p.token = o.NextToken
	p.done = aws.ToString(p.token) == ""
	return o, nil
}
