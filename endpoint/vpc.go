package endpoint

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"
)

// VPC is one VPC as describe-vpcs prints it, with the two attributes that only
// describe-vpc-attribute knows. Source: EC2 API, Vpc.
type VPC struct {
	ID                          string                     `json:"VpcId"`
	CIDRBlock                   string                     `json:"CidrBlock,omitempty"` // the primary IPv4 CIDR
	CIDRBlockAssociationSet     []CIDRBlockAssociation     `json:"CidrBlockAssociationSet,omitempty"`
	IPv6CIDRBlockAssociationSet []IPv6CIDRBlockAssociation `json:"Ipv6CidrBlockAssociationSet,omitempty"`
	BlockPublicAccessStates     BlockPublicAccessStates    `json:"BlockPublicAccessStates,omitzero"`
	IsDefault                   bool                       `json:"IsDefault,omitempty"`
	OwnerID                     string                     `json:"OwnerId,omitempty"`
	Tags                        Tags                       `json:"Tags,omitempty"`

	// EnableDNSSupport and EnableDNSHostnames are the VPC attributes of those
	// names; nil where the input does not have them (dns.md, Z12).
	EnableDNSSupport   *bool `json:"-"`
	EnableDNSHostnames *bool `json:"-"`
}

// DNSAttributeOff returns the name of the attribute that keeps private names
// from answering in the VPC, because the input gives it as false:
// enableDnsSupport, else enableDnsHostnames. "" says that neither is given as
// false, and not that both are on: one may not be in the input at all, and
// nothing is known of a nil VPC. Source: VPC User Guide, DNS attributes; rule Z4.
func (v *VPC) DNSAttributeOff() string {
	off := func(attribute *bool) bool { return attribute != nil && !*attribute }
	switch {
	case v == nil:
	case off(v.EnableDNSSupport):
		return "enableDnsSupport"
	case off(v.EnableDNSHostnames):
		return "enableDnsHostnames"
	}
	return ""
}

// CIDRBlockAssociation is one IPv4 CIDR of a VPC.
type CIDRBlockAssociation struct {
	CIDRBlock      string         `json:"CidrBlock"`
	CIDRBlockState CIDRBlockState `json:"CidrBlockState,omitzero"`
}

// IPv6CIDRBlockAssociation is one IPv6 CIDR of a VPC or a subnet.
type IPv6CIDRBlockAssociation struct {
	IPv6CIDRBlock      string         `json:"Ipv6CidrBlock"`
	IPv6CIDRBlockState CIDRBlockState `json:"Ipv6CidrBlockState,omitzero"`
}

// CIDRBlockState is the state of a CIDR association. Absent counts as
// associated.
type CIDRBlockState struct {
	State string `json:"State,omitempty"`
}

func (s CIDRBlockState) associated() bool {
	return s.State == "" || strings.EqualFold(s.State, "associated") || strings.EqualFold(s.State, "associating")
}

// BlockPublicAccessStates is what VPC Block Public Access does to a VPC or a
// subnet (routing.md, R23). The zero value says nothing: on a subnet, ask its
// VPC; on a VPC, off.
type BlockPublicAccessStates struct {
	InternetGatewayBlockMode string `json:"InternetGatewayBlockMode,omitempty"`
}

// CIDRs returns the associated CIDRs of the VPC, IPv4 first with the primary
// one in front, masked and without repeats; nil if it has none. Every CIDR that
// cannot be read is a [*FieldError] that names the VPC and the field and wraps
// [ErrCIDR]; errors.Join makes one error of them. The list then has the others:
// it is returned with the error.
func (v *VPC) CIDRs() ([]netip.Prefix, error) {
	c := cidrs{id: v.ID}
	if v.CIDRBlock != "" {
		c.add("CidrBlock", v.CIDRBlock)
	}
	for i, a := range v.CIDRBlockAssociationSet {
		if a.CIDRBlockState.associated() && a.CIDRBlock != "" {
			c.add(fmt.Sprintf("CidrBlockAssociationSet[%d].CidrBlock", i), a.CIDRBlock)
		}
	}
	c.addIPv6(v.IPv6CIDRBlockAssociationSet)
	return c.list, errors.Join(c.errs...)
}

// Subnet is one subnet as describe-subnets prints it. Source: EC2 API, Subnet.
type Subnet struct {
	ID                          string                     `json:"SubnetId"`
	VPCID                       string                     `json:"VpcId,omitempty"`
	CIDRBlock                   string                     `json:"CidrBlock,omitempty"` // "" in an IPv6-only subnet
	IPv6CIDRBlockAssociationSet []IPv6CIDRBlockAssociation `json:"Ipv6CidrBlockAssociationSet,omitempty"`
	AvailabilityZone            string                     `json:"AvailabilityZone,omitempty"`   // us-east-2a: a name of the owner's account
	AvailabilityZoneID          string                     `json:"AvailabilityZoneId,omitempty"` // use2-az1: the same for every account
	EnableDNS64                 bool                       `json:"EnableDns64,omitempty"`
	BlockPublicAccessStates     BlockPublicAccessStates    `json:"BlockPublicAccessStates,omitzero"`
	OwnerID                     string                     `json:"OwnerId,omitempty"`
	Tags                        Tags                       `json:"Tags,omitempty"`
}

// CIDRs returns the subnet's CIDRs, IPv4 first, masked and without repeats; nil
// if it has none. Every CIDR that cannot be read is a [*FieldError] that names
// the subnet and the field and wraps [ErrCIDR]; errors.Join makes one error of
// them. The list then has the others: it is returned with the error.
func (s *Subnet) CIDRs() ([]netip.Prefix, error) {
	c := cidrs{id: s.ID}
	if s.CIDRBlock != "" {
		c.add("CidrBlock", s.CIDRBlock)
	}
	c.addIPv6(s.IPv6CIDRBlockAssociationSet)
	return c.list, errors.Join(c.errs...)
}

// cidrs gathers the CIDRs of one resource and every error on the way.
type cidrs struct {
	id   string
	list []netip.Prefix
	errs []error
}

func (c *cidrs) add(field, s string) {
	p, err := netip.ParsePrefix(s)
	if err != nil {
		c.errs = append(c.errs, &FieldError{Resource: c.id, Field: field, In: s, Err: ErrCIDR})
		return
	}
	p = p.Masked()
	if slices.Contains(c.list, p) {
		return
	}
	c.list = append(c.list, p)
}

func (c *cidrs) addIPv6(set []IPv6CIDRBlockAssociation) {
	for i, a := range set {
		if a.IPv6CIDRBlockState.associated() && a.IPv6CIDRBlock != "" {
			c.add(fmt.Sprintf("Ipv6CidrBlockAssociationSet[%d].Ipv6CidrBlock", i), a.IPv6CIDRBlock)
		}
	}
}

// NetworkInterface is one elastic network interface as
// describe-network-interfaces prints it. Source: EC2 API, NetworkInterface.
type NetworkInterface struct {
	ID                 string             `json:"NetworkInterfaceId"`
	InterfaceType      string             `json:"InterfaceType,omitempty"` // vpc_endpoint or vpcEndpoint, nat_gateway or natGateway …; may be absent
	VPCID              string             `json:"VpcId,omitempty"`
	SubnetID           string             `json:"SubnetId,omitempty"`
	AvailabilityZone   string             `json:"AvailabilityZone,omitempty"`
	Status             string             `json:"Status,omitempty"` // "" counts as in-use (dns.md, Z17)
	PrivateIPAddress   string             `json:"PrivateIpAddress,omitempty"`
	PrivateIPAddresses []PrivateIPAddress `json:"PrivateIpAddresses,omitempty"`
	IPv6Addresses      []IPv6Address      `json:"Ipv6Addresses,omitempty"`
	Groups             []SecurityGroup    `json:"Groups,omitempty"`
	SourceDestCheck    *bool              `json:"SourceDestCheck,omitempty"` // nil: not given; AWS's default is true
	DenyAllIGWTraffic  bool               `json:"DenyAllIgwTraffic,omitempty"`
	Attachment         *Attachment        `json:"Attachment,omitempty"`
	OwnerID            string             `json:"OwnerId,omitempty"`
	Tags               Tags               `json:"TagSet,omitempty"`
}

// Attachment says what a network interface is attached to.
type Attachment struct {
	InstanceID string `json:"InstanceId,omitempty"`
}

// PrivateIPAddress is one private IPv4 address of a network interface and the
// public address associated with it, if any.
type PrivateIPAddress struct {
	PrivateIPAddress string       `json:"PrivateIpAddress"`
	Primary          bool         `json:"Primary,omitempty"`
	Association      *Association `json:"Association,omitempty"`
}

// Association is a public address, Elastic or not, of a private one.
type Association struct {
	PublicIP string `json:"PublicIp,omitempty"`
}

// IPv6Address is one IPv6 address of a network interface.
type IPv6Address struct {
	IPv6Address string `json:"Ipv6Address"`
}

// Addrs returns the private IPv4 addresses of the interface, the primary
// first, then its IPv6 addresses, without repeats; nil if it has none. Every
// address that cannot be read is a [*FieldError] that names the interface and
// the field and wraps [ErrAddress]; errors.Join makes one error of them. The
// list then has the others: it is returned with the error.
func (n *NetworkInterface) Addrs() ([]netip.Addr, error) {
	var list []netip.Addr
	var errs []error
	add := func(field, s string) {
		if s == "" {
			return
		}
		a, err := netip.ParseAddr(s)
		if err != nil {
			errs = append(errs, &FieldError{Resource: n.ID, Field: field, In: s, Err: ErrAddress})
			return
		}
		if slices.Contains(list, a) {
			return
		}
		list = append(list, a)
	}
	add("PrivateIpAddress", n.PrivateIPAddress)
	for i, p := range n.PrivateIPAddresses {
		add(fmt.Sprintf("PrivateIpAddresses[%d].PrivateIpAddress", i), p.PrivateIPAddress)
	}
	for i, p := range n.IPv6Addresses {
		add(fmt.Sprintf("Ipv6Addresses[%d].Ipv6Address", i), p.IPv6Address)
	}
	return list, errors.Join(errs...)
}

// Healthy reports whether Z17 counts the interface as healthy: its Status is
// in-use or absent. No other signal exists offline.
func (n *NetworkInterface) Healthy() bool {
	return n.Status == "" || strings.EqualFold(n.Status, "in-use")
}
