package route

import "github.com/privatelink-go/privatelink/endpoint"

// Config is the routing half of a network: what [New] makes a [Network] of.
// It is plain data in AWS's shapes; slices may be nil, and their order never
// matters.
type Config struct {
	VPCs                         []endpoint.VPC
	Subnets                      []endpoint.Subnet
	NetworkInterfaces            []endpoint.NetworkInterface
	Endpoints                    []endpoint.Endpoint
	RouteTables                  []Table
	InternetGateways             []InternetGateway
	EgressOnlyInternetGateways   []EgressOnlyInternetGateway
	NATGateways                  []NATGateway
	PrefixLists                  []PrefixList
	VPCPeeringConnections        []VPCPeeringConnection
	SecurityGroups               []SecurityGroup // nil: not in the input, so not evaluated (F5)
	NetworkACLs                  []NetworkACL    // nil: not in the input, so not evaluated (F5)
	TransitGatewayAttachments    []TransitGatewayAttachment
	TransitGatewayVPCAttachments []TransitGatewayVPCAttachment
	TransitGatewayRouteTables    []TransitGatewayRouteTable
}

// Table is one route table as describe-route-tables prints it.
type Table struct {
	ID              string           `json:"RouteTableId"`
	VPCID           string           `json:"VpcId,omitempty"`
	Associations    []Association    `json:"Associations,omitempty"`
	PropagatingVGWs []PropagatingVGW `json:"PropagatingVgws,omitempty"`
	Routes          []Route          `json:"Routes,omitempty"`
	OwnerID         string           `json:"OwnerId,omitempty"`
	Tags            endpoint.Tags    `json:"Tags,omitempty"`
}

// Association ties a table to a subnet, to a gateway (an edge association),
// or, with Main, to every subnet of the VPC without one of its own.
type Association struct {
	SubnetID         string           `json:"SubnetId,omitempty"`
	GatewayID        string           `json:"GatewayId,omitempty"`
	Main             bool             `json:"Main,omitempty"`
	AssociationState AssociationState `json:"AssociationState,omitzero"`
}

// AssociationState is an association's state; absent counts as associated (R4).
type AssociationState struct {
	State string `json:"State,omitempty"`
}

// PropagatingVGW is a virtual private gateway that may propagate routes.
type PropagatingVGW struct {
	GatewayID string `json:"GatewayId"`
}

// Route is one route: one destination, and one of many target fields
// (routing.md sections 4 and 11). GatewayID is a union of "local" and internet
// gateway, virtual private gateway and endpoint ids.
type Route struct {
	DestinationCIDRBlock        string `json:"DestinationCidrBlock,omitempty"`
	DestinationIPv6CIDRBlock    string `json:"DestinationIpv6CidrBlock,omitempty"`
	DestinationPrefixListID     string `json:"DestinationPrefixListId,omitempty"`
	GatewayID                   string `json:"GatewayId,omitempty"`
	NATGatewayID                string `json:"NatGatewayId,omitempty"`
	EgressOnlyInternetGatewayID string `json:"EgressOnlyInternetGatewayId,omitempty"`
	NetworkInterfaceID          string `json:"NetworkInterfaceId,omitempty"`
	InstanceID                  string `json:"InstanceId,omitempty"`
	VPCPeeringConnectionID      string `json:"VpcPeeringConnectionId,omitempty"`
	TransitGatewayID            string `json:"TransitGatewayId,omitempty"`
	LocalGatewayID              string `json:"LocalGatewayId,omitempty"`
	CarrierGatewayID            string `json:"CarrierGatewayId,omitempty"`
	CoreNetworkARN              string `json:"CoreNetworkArn,omitempty"`
	ODBNetworkARN               string `json:"OdbNetworkArn,omitempty"`
	IPAddress                   string `json:"IpAddress,omitempty"`
	Origin                      string `json:"Origin,omitempty"`
	State                       string `json:"State,omitempty"` // "" counts as active
}

// InternetGateway is one internet gateway as describe-internet-gateways prints
// it.
type InternetGateway struct {
	ID          string              `json:"InternetGatewayId"`
	Attachments []GatewayAttachment `json:"Attachments,omitempty"`
	OwnerID     string              `json:"OwnerId,omitempty"`
	Tags        endpoint.Tags       `json:"Tags,omitempty"`
}

// EgressOnlyInternetGateway is one egress-only internet gateway as
// describe-egress-only-internet-gateways prints it.
type EgressOnlyInternetGateway struct {
	ID          string              `json:"EgressOnlyInternetGatewayId"`
	Attachments []GatewayAttachment `json:"Attachments,omitempty"`
	Tags        endpoint.Tags       `json:"Tags,omitempty"`
}

// GatewayAttachment ties a gateway to a VPC. State is "available" for an
// attached internet gateway and "attached" for an egress-only one; both mean
// attached (routing.md section 12, trap 4).
type GatewayAttachment struct {
	State string `json:"State,omitempty"`
	VPCID string `json:"VpcId,omitempty"`
}

// NATGateway is one NAT gateway as describe-nat-gateways prints it.
type NATGateway struct {
	ID                  string              `json:"NatGatewayId"`
	VPCID               string              `json:"VpcId,omitempty"`
	SubnetID            string              `json:"SubnetId,omitempty"` // "" for a regional one
	State               string              `json:"State,omitempty"`
	ConnectivityType    string              `json:"ConnectivityType,omitempty"` // "" counts as public
	AvailabilityMode    string              `json:"AvailabilityMode,omitempty"` // zonal or regional; "" counts as zonal
	AutoProvisionZones  string              `json:"AutoProvisionZones,omitempty"`
	RouteTableID        string              `json:"RouteTableId,omitempty"` // of a regional one (C3)
	NATGatewayAddresses []NATGatewayAddress `json:"NatGatewayAddresses,omitempty"`
	Tags                endpoint.Tags       `json:"Tags,omitempty"`
}

// NATGatewayAddress is one address of a NAT gateway.
type NATGatewayAddress struct {
	PrivateIP          string `json:"PrivateIp,omitempty"`
	PublicIP           string `json:"PublicIp,omitempty"`
	NetworkInterfaceID string `json:"NetworkInterfaceId,omitempty"`
	AvailabilityZone   string `json:"AvailabilityZone,omitempty"`
}

// PrefixList is one prefix list: describe-prefix-lists prints it with its
// CIDRs, describe-managed-prefix-lists without, get-managed-prefix-list-entries
// the CIDRs alone.
type PrefixList struct {
	ID            string        `json:"PrefixListId"`
	Name          string        `json:"PrefixListName,omitempty"`
	AddressFamily string        `json:"AddressFamily,omitempty"` // IPv4 or IPv6; "" if not given
	CIDRs         []string      `json:"Cidrs,omitempty"`         // nil: the entries are not in the input; empty: there are none
	OwnerID       string        `json:"OwnerId,omitempty"`
	Tags          endpoint.Tags `json:"Tags,omitempty"`
}

// VPCPeeringConnection is one peering connection as
// describe-vpc-peering-connections prints it.
type VPCPeeringConnection struct {
	ID               string        `json:"VpcPeeringConnectionId"`
	Status           PeeringStatus `json:"Status,omitzero"`
	AccepterVPCInfo  PeeringVPC    `json:"AccepterVpcInfo,omitzero"`
	RequesterVPCInfo PeeringVPC    `json:"RequesterVpcInfo,omitzero"`
	Tags             endpoint.Tags `json:"Tags,omitempty"`
}

// PeeringStatus is the status of a peering connection; only "active" carries
// traffic (C7).
type PeeringStatus struct {
	Code string `json:"Code,omitempty"`
}

// PeeringVPC is one side of a peering connection.
type PeeringVPC struct {
	VPCID            string            `json:"VpcId,omitempty"`
	CIDRBlock        string            `json:"CidrBlock,omitempty"`
	CIDRBlockSet     []PeeringCIDR     `json:"CidrBlockSet,omitempty"`
	IPv6CIDRBlockSet []PeeringIPv6CIDR `json:"Ipv6CidrBlockSet,omitempty"`
	OwnerID          string            `json:"OwnerId,omitempty"`
	Region           string            `json:"Region,omitempty"`
}

// PeeringCIDR is one IPv4 CIDR of a side of a peering connection.
type PeeringCIDR struct {
	CIDRBlock string `json:"CidrBlock"`
}

// PeeringIPv6CIDR is one IPv6 CIDR of a side of a peering connection.
type PeeringIPv6CIDR struct {
	IPv6CIDRBlock string `json:"Ipv6CidrBlock"`
}

// SecurityGroup is one security group as describe-security-groups prints it.
type SecurityGroup struct {
	ID                  string         `json:"GroupId"`
	Name                string         `json:"GroupName,omitempty"`
	VPCID               string         `json:"VpcId,omitempty"`
	IPPermissions       []IPPermission `json:"IpPermissions,omitempty"`
	IPPermissionsEgress []IPPermission `json:"IpPermissionsEgress,omitempty"`
	OwnerID             string         `json:"OwnerId,omitempty"`
	Tags                endpoint.Tags  `json:"Tags,omitempty"`
}

// IPPermission is one rule of a security group. IPProtocol "-1" is every
// protocol; nil ports are every port.
type IPPermission struct {
	IPProtocol       string            `json:"IpProtocol"`
	FromPort         *int              `json:"FromPort,omitempty"`
	ToPort           *int              `json:"ToPort,omitempty"`
	IPRanges         []IPRange         `json:"IpRanges,omitempty"`
	IPv6Ranges       []IPv6Range       `json:"Ipv6Ranges,omitempty"`
	PrefixListIDs    []PrefixListID    `json:"PrefixListIds,omitempty"`
	UserIDGroupPairs []UserIDGroupPair `json:"UserIdGroupPairs,omitempty"`
}

// IPRange is one IPv4 CIDR of a rule.
type IPRange struct {
	CIDRIP string `json:"CidrIp"`
}

// IPv6Range is one IPv6 CIDR of a rule.
type IPv6Range struct {
	CIDRIPv6 string `json:"CidrIpv6"`
}

// PrefixListID is one prefix list of a rule.
type PrefixListID struct {
	PrefixListID string `json:"PrefixListId"`
}

// UserIDGroupPair is one security group a rule refers to.
type UserIDGroupPair struct {
	GroupID                string `json:"GroupId,omitempty"`
	UserID                 string `json:"UserId,omitempty"`
	VPCID                  string `json:"VpcId,omitempty"`
	VPCPeeringConnectionID string `json:"VpcPeeringConnectionId,omitempty"`
}

// NetworkACL is one network ACL as describe-network-acls prints it.
type NetworkACL struct {
	ID           string            `json:"NetworkAclId"`
	VPCID        string            `json:"VpcId,omitempty"`
	IsDefault    bool              `json:"IsDefault,omitempty"`
	Associations []ACLAssociation  `json:"Associations,omitempty"`
	Entries      []NetworkACLEntry `json:"Entries,omitempty"`
	OwnerID      string            `json:"OwnerId,omitempty"`
	Tags         endpoint.Tags     `json:"Tags,omitempty"`
}

// ACLAssociation ties a network ACL to a subnet.
type ACLAssociation struct {
	SubnetID string `json:"SubnetId"`
}

// NetworkACLEntry is one rule of a network ACL. Protocol is a number as text,
// "-1" for every protocol.
type NetworkACLEntry struct {
	RuleNumber    int        `json:"RuleNumber"`
	Egress        bool       `json:"Egress"`
	RuleAction    string     `json:"RuleAction"`
	Protocol      string     `json:"Protocol"`
	PortRange     *PortRange `json:"PortRange,omitempty"`
	CIDRBlock     string     `json:"CidrBlock,omitempty"`
	IPv6CIDRBlock string     `json:"Ipv6CidrBlock,omitempty"`
	PrefixListID  string     `json:"PrefixListId,omitempty"` // no API field: ACLs cannot name prefix lists (G06)
}

// PortRange is the ports of a network ACL entry, both ends included.
type PortRange struct {
	From int `json:"From"`
	To   int `json:"To"`
}

// TransitGatewayAttachment is one attachment as
// describe-transit-gateway-attachments prints it: which route table it is
// associated with.
type TransitGatewayAttachment struct {
	ID               string                               `json:"TransitGatewayAttachmentId"`
	TransitGatewayID string                               `json:"TransitGatewayId,omitempty"`
	ResourceType     string                               `json:"ResourceType,omitempty"` // vpc, vpn, direct-connect-gateway, connect, peering …
	ResourceID       string                               `json:"ResourceId,omitempty"`
	State            string                               `json:"State,omitempty"`
	Association      *TransitGatewayAttachmentAssociation `json:"Association,omitempty"`
	Tags             endpoint.Tags                        `json:"Tags,omitempty"`
}

// TransitGatewayAttachmentAssociation names the route table that decides for
// what enters by the attachment.
type TransitGatewayAttachmentAssociation struct {
	TransitGatewayRouteTableID string `json:"TransitGatewayRouteTableId,omitempty"`
	State                      string `json:"State,omitempty"`
}

// TransitGatewayVPCAttachment is one VPC attachment as
// describe-transit-gateway-vpc-attachments prints it: which subnets it stands
// in.
type TransitGatewayVPCAttachment struct {
	ID               string                             `json:"TransitGatewayAttachmentId"`
	TransitGatewayID string                             `json:"TransitGatewayId,omitempty"`
	VPCID            string                             `json:"VpcId,omitempty"`
	State            string                             `json:"State,omitempty"`
	SubnetIDs        []string                           `json:"SubnetIds,omitempty"`
	Options          TransitGatewayVPCAttachmentOptions `json:"Options,omitzero"`
	Tags             endpoint.Tags                      `json:"Tags,omitempty"`
}

// TransitGatewayVPCAttachmentOptions holds the attachment's options the model
// names. Appliance mode is named, not modelled (C8).
type TransitGatewayVPCAttachmentOptions struct {
	ApplianceModeSupport string `json:"ApplianceModeSupport,omitempty"`
}

// TransitGatewayRouteTable is one transit gateway route table as
// describe-transit-gateway-route-tables prints it, with the routes that
// search-transit-gateway-routes prints.
type TransitGatewayRouteTable struct {
	ID               string        `json:"TransitGatewayRouteTableId"`
	TransitGatewayID string        `json:"TransitGatewayId,omitempty"`
	State            string        `json:"State,omitempty"`
	Tags             endpoint.Tags `json:"Tags,omitempty"`

	// Routes is nil where search-transit-gateway-routes was not given.
	Routes []TransitGatewayRoute `json:"-"`
	// AdditionalRoutesAvailable says that Routes is not all of them.
	AdditionalRoutesAvailable bool `json:"-"`
}

// TransitGatewayRoute is one route of a transit gateway route table.
type TransitGatewayRoute struct {
	DestinationCIDRBlock      string                          `json:"DestinationCidrBlock,omitempty"`
	PrefixListID              string                          `json:"PrefixListId,omitempty"`
	Type                      string                          `json:"Type,omitempty"`  // static or propagated
	State                     string                          `json:"State,omitempty"` // active or blackhole
	TransitGatewayAttachments []TransitGatewayRouteAttachment `json:"TransitGatewayAttachments,omitempty"`
}

// TransitGatewayRouteAttachment is one attachment a transit gateway route
// leads to.
type TransitGatewayRouteAttachment struct {
	TransitGatewayAttachmentID string `json:"TransitGatewayAttachmentId"`
	ResourceType               string `json:"ResourceType,omitempty"`
	ResourceID                 string `json:"ResourceId,omitempty"`
}
