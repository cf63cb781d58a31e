package endpoint

import "strings"

// Endpoint is one VPC endpoint as describe-vpc-endpoints prints it. Fields
// keep AWS's words with Go initialisms; the struct tags carry AWS's spelling,
// so that encoding/json reads the CLI's output straight into it.
//
// An Endpoint is plain data: nothing is checked until zone.New, route.New or
// trace.New builds a snapshot from it. The zero value has no ID and is
// refused there.
//
// Source: EC2 API, VpcEndpoint.
type Endpoint struct {
	ID                  string          `json:"VpcEndpointId"`
	Type                Type            `json:"VpcEndpointType,omitempty"`
	VPCID               string          `json:"VpcId,omitempty"`
	ServiceName         string          `json:"ServiceName,omitempty"`
	ServiceRegion       string          `json:"ServiceRegion,omitempty"` // "": the Region of the VPC
	State               State           `json:"State,omitempty"`
	SubnetIDs           []string        `json:"SubnetIds,omitempty"`
	NetworkInterfaceIDs []string        `json:"NetworkInterfaceIds,omitempty"`
	RouteTableIDs       []string        `json:"RouteTableIds,omitempty"` // of a gateway endpoint
	Groups              []SecurityGroup `json:"Groups,omitempty"`
	IPAddressType       IPAddressType   `json:"IpAddressType,omitempty"`
	DNSOptions          DNSOptions      `json:"DnsOptions,omitzero"`
	PrivateDNSEnabled   bool            `json:"PrivateDnsEnabled"`
	DNSEntries          DNSEntries      `json:"DnsEntries,omitempty"`
	PolicyDocument      string          `json:"PolicyDocument,omitempty"`
	OwnerID             string          `json:"OwnerId,omitempty"`
	Tags                Tags            `json:"Tags,omitempty"`
}

// SecurityGroup names a security group where AWS lists the groups of an
// endpoint or a network interface. Its rules are route.SecurityGroup's.
type SecurityGroup struct {
	ID   string `json:"GroupId"`
	Name string `json:"GroupName,omitempty"`
}

// DNSOptions is an endpoint's DnsOptions. The zero value is what AWS leaves
// out for endpoints made before the options existed: record types follow the
// IP address type, and private DNS serves every resolver.
type DNSOptions struct {
	RecordIPType                             RecordIPType `json:"DnsRecordIpType,omitempty"`
	PrivateDNSOnlyForInboundResolverEndpoint bool         `json:"PrivateDnsOnlyForInboundResolverEndpoint,omitempty"`
}

// Type is an endpoint's VpcEndpointType. AWS's enumeration is compared
// without case.
type Type string

// The types of endpoint that AWS lists (EC2 API, VpcEndpointType). The model
// tells the first three apart. An endpoint of another type is kept as it came,
// has no names in the DNS, and no route leads through it.
const (
	Interface           Type = "Interface"
	Gateway             Type = "Gateway"
	GatewayLoadBalancer Type = "GatewayLoadBalancer"
	Resource            Type = "Resource"
	ServiceNetwork      Type = "ServiceNetwork"
	Tunnel              Type = "Tunnel"
)

// Is reports whether t is u, without regard to case. The zero Type is none of
// AWS's types.
func (t Type) Is(u Type) bool { return strings.EqualFold(string(t), string(u)) }

// State is an endpoint's State. The API's enumeration says "Available", its
// output "available" (routing.md section 12, trap 2), so states are compared
// with [State.Is], never with ==.
type State string

// The states AWS lists (EC2 API, State; API_DescribeVpcEndpoints).
const (
	PendingAcceptance State = "pendingAcceptance"
	Pending           State = "pending"
	Available         State = "available"
	Rejected          State = "rejected"
	Expired           State = "expired"
	Failed            State = "failed"
	Deleting          State = "deleting"
	Deleted           State = "deleted"
	Partial           State = "partial"
)

// Is reports whether s is u, without regard to case.
func (s State) Is(u State) bool { return strings.EqualFold(string(s), string(u)) }

// IPAddressType is the IpAddressType of an endpoint. The zero value is what
// old output leaves out and means ipv4.
type IPAddressType string

// The IP address types of an endpoint (EC2 API, IpAddressType).
const (
	IPv4      IPAddressType = "ipv4"
	IPv6      IPAddressType = "ipv6"
	DualStack IPAddressType = "dualstack"
)

// RecordIPType is the DnsRecordIpType of an endpoint: which record types its
// names carry. The zero value means the same as the endpoint's IP address
// type (dns.md section 5).
type RecordIPType string

// The DNS record IP types of an endpoint (EC2 API, DnsRecordIpType).
const (
	RecordIPv4           RecordIPType = "ipv4"
	RecordIPv6           RecordIPType = "ipv6"
	RecordDualStack      RecordIPType = "dualstack"
	RecordServiceDefined RecordIPType = "service-defined"
)

// Records reports which address records an endpoint's names carry: A and AAAA
// of the private names, and A and AAAA of the Regional and zonal names. It is
// the table of dns.md section 5; a type that AWS does not list counts as the
// default of the endpoint's IP address type.
func (e *Endpoint) Records() (private, public AddressRecords) {
	v4 := AddressRecords{A: true}
	v6 := AddressRecords{AAAA: true}
	both := AddressRecords{A: true, AAAA: true}
	switch RecordIPType(strings.ToLower(string(e.DNSOptions.RecordIPType))) {
	case RecordIPv4:
		return v4, v4
	case RecordIPv6:
		return v6, v6
	case RecordDualStack:
		return both, both
	case RecordServiceDefined:
		return v4, both
	}
	switch IPAddressType(strings.ToLower(string(e.IPAddressType))) {
	case IPv6:
		return v6, v6
	case DualStack:
		return both, both
	default:
		return v4, v4
	}
}

// AddressRecords says which of the two address record types exist. The zero
// value has neither.
type AddressRecords struct{ A, AAAA bool }

// Tag is one tag of a resource.
type Tag struct {
	Key   string `json:"Key"`
	Value string `json:"Value"`
}

// Tags are a resource's tags in the order AWS printed them.
type Tags []Tag

// Name returns the value of the Name tag, "" if there is none.
func (ts Tags) Name() string {
	for _, t := range ts {
		if t.Key == "Name" {
			return t.Value
		}
	}
	return ""
}
