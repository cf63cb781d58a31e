package gather

// The conversions, for the tests that compare them with encoding/json's.
var (
	VPC                         = vpc
	VPCAttributes               = vpcAttributes
	Subnet                      = subnet
	NetworkInterface            = networkInterface
	VPCEndpoint                 = vpcEndpoint
	ServiceDetail               = serviceDetail
	Table                       = table
	InternetGateway             = internetGateway
	EgressOnlyInternetGateway   = egressOnlyInternetGateway
	NATGateway                  = natGateway
	PrefixList                  = prefixList
	PrefixListEntry             = prefixListEntry
	PeeringConnection           = peeringConnection
	SecurityGroup               = securityGroup
	NetworkACL                  = networkACL
	TransitGatewayAttachment    = transitGatewayAttachment
	TransitGatewayVPCAttachment = transitGatewayVPCAttachment
	TransitGatewayRouteTable    = transitGatewayRouteTable
	TransitGatewayRoute         = transitGatewayRoute
)
