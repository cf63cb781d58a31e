package gather

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/privatelink-go/privatelink/endpoint"
)

// str is what the SDK's optional texts become: "" where there is none.
var str = aws.ToString

// each converts a list; a nil one stays nil.
func each[T, U any](list []T, convert func(T) U) []U {
	if list == nil {
		return nil
	}
	out := make([]U, len(list))
	for i, v := range list {
		out[i] = convert(v)
	}
	return out
}

// some converts what may be absent to a value whose zero says that it is.
func some[T, U any](p *T, convert func(T) U) (u U) {
	if p != nil {
		u = convert(*p)
	}
	return u
}

func tags(list []types.Tag) endpoint.Tags {
	return each(list, func(t types.Tag) endpoint.Tag { return endpoint.Tag{Key: str(t.Key), Value: str(t.Value)} })
}

func vpc(v types.Vpc) endpoint.VPC {
	return endpoint.VPC{
		ID:        str(v.VpcId),
		CIDRBlock: str(v.CidrBlock),
		CIDRBlockAssociationSet: each(v.CidrBlockAssociationSet, func(a types.VpcCidrBlockAssociation) endpoint.CIDRBlockAssociation {
			return endpoint.CIDRBlockAssociation{CIDRBlock: str(a.CidrBlock), CIDRBlockState: some(a.CidrBlockState, vpcBlockState)}
		}),
		IPv6CIDRBlockAssociationSet: each(v.Ipv6CidrBlockAssociationSet, func(a types.VpcIpv6CidrBlockAssociation) endpoint.IPv6CIDRBlockAssociation {
			return endpoint.IPv6CIDRBlockAssociation{IPv6CIDRBlock: str(a.Ipv6CidrBlock), IPv6CIDRBlockState: some(a.Ipv6CidrBlockState, vpcBlockState)}
		}),
		BlockPublicAccessStates: some(v.BlockPublicAccessStates, blockPublicAccess),
		IsDefault:               aws.ToBool(v.IsDefault),
		OwnerID:                 str(v.OwnerId),
		Tags:                    tags(v.Tags),
	}
}

func vpcBlockState(s types.VpcCidrBlockState) endpoint.CIDRBlockState {
	return endpoint.CIDRBlockState{State: string(s.State)}
}

func blockPublicAccess(s types.BlockPublicAccessStates) endpoint.BlockPublicAccessStates {
	return endpoint.BlockPublicAccessStates{InternetGatewayBlockMode: string(s.InternetGatewayBlockMode)}
}

// vpcAttributes sets the attributes that the output has: one of them for each call.
func vpcAttributes(v *endpoint.VPC, o *ec2.DescribeVpcAttributeOutput) {
	if a := o.EnableDnsSupport; a != nil {
		v.EnableDNSSupport = a.Value
	}
	if a := o.EnableDnsHostnames; a != nil {
		v.EnableDNSHostnames = a.Value
	}
}

func subnet(s types.Subnet) endpoint.Subnet {
	return endpoint.Subnet{
		ID:        str(s.SubnetId),
		VPCID:     str(s.VpcId),
		CIDRBlock: str(s.CidrBlock),
		IPv6CIDRBlockAssociationSet: each(s.Ipv6CidrBlockAssociationSet, func(a types.SubnetIpv6CidrBlockAssociation) endpoint.IPv6CIDRBlockAssociation {
			return endpoint.IPv6CIDRBlockAssociation{
				IPv6CIDRBlock: str(a.Ipv6CidrBlock),
				IPv6CIDRBlockState: some(a.Ipv6CidrBlockState, func(s types.SubnetCidrBlockState) endpoint.CIDRBlockState {
					return endpoint.CIDRBlockState{State: string(s.State)}
				}),
			}
		}),
		AvailabilityZone:        str(s.AvailabilityZone),
		AvailabilityZoneID:      str(s.AvailabilityZoneId),
		EnableDNS64:             aws.ToBool(s.EnableDns64),
		BlockPublicAccessStates: some(s.BlockPublicAccessStates, blockPublicAccess),
		OwnerID:                 str(s.OwnerId),
		Tags:                    tags(s.Tags),
	}
}

func networkInterface(n types.NetworkInterface) endpoint.NetworkInterface {
	ni := endpoint.NetworkInterface{
		ID:               str(n.NetworkInterfaceId),
		InterfaceType:    string(n.InterfaceType),
		VPCID:            str(n.VpcId),
		SubnetID:         str(n.SubnetId),
		AvailabilityZone: str(n.AvailabilityZone),
		Status:           string(n.Status),
		PrivateIPAddress: str(n.PrivateIpAddress),
		PrivateIPAddresses: each(n.PrivateIpAddresses, func(a types.NetworkInterfacePrivateIpAddress) endpoint.PrivateIPAddress {
			ip := endpoint.PrivateIPAddress{PrivateIPAddress: str(a.PrivateIpAddress), Primary: aws.ToBool(a.Primary)}
			if a.Association != nil {
				ip.Association = &endpoint.Association{PublicIP: str(a.Association.PublicIp)}
			}
			return ip
		}),
		IPv6Addresses: each(n.Ipv6Addresses, func(a types.NetworkInterfaceIpv6Address) endpoint.IPv6Address {
			return endpoint.IPv6Address{IPv6Address: str(a.Ipv6Address)}
		}),
		Groups: each(n.Groups, func(s types.GroupIdentifier) endpoint.SecurityGroup {
			return endpoint.SecurityGroup{ID: str(s.GroupId), Name: str(s.GroupName)}
		}),
		SourceDestCheck:   n.SourceDestCheck,
		DenyAllIGWTraffic: aws.ToBool(n.DenyAllIgwTraffic),
		OwnerID:           str(n.OwnerId),
		Tags:              tags(n.TagSet),
	}
	if n.Attachment != nil {
		ni.Attachment = &endpoint.Attachment{InstanceID: str(n.Attachment.InstanceId)}
	}
	return ni
}

func vpcEndpoint(e types.VpcEndpoint) endpoint.Endpoint {
	return endpoint.Endpoint{
		ID:                  str(e.VpcEndpointId),
		Type:                endpoint.Type(e.VpcEndpointType),
		VPCID:               str(e.VpcId),
		ServiceName:         str(e.ServiceName),
		ServiceRegion:       str(e.ServiceRegion),
		State:               endpoint.State(e.State),
		SubnetIDs:           e.SubnetIds,
		NetworkInterfaceIDs: e.NetworkInterfaceIds,
		RouteTableIDs:       e.RouteTableIds,
		Groups: each(e.Groups, func(s types.SecurityGroupIdentifier) endpoint.SecurityGroup {
			return endpoint.SecurityGroup{ID: str(s.GroupId), Name: str(s.GroupName)}
		}),
		IPAddressType: endpoint.IPAddressType(e.IpAddressType),
		DNSOptions: some(e.DnsOptions, func(o types.DnsOptions) endpoint.DNSOptions {
			return endpoint.DNSOptions{
				RecordIPType:                             endpoint.RecordIPType(o.DnsRecordIpType),
				PrivateDNSOnlyForInboundResolverEndpoint: aws.ToBool(o.PrivateDnsOnlyForInboundResolverEndpoint),
			}
		}),
		PrivateDNSEnabled: aws.ToBool(e.PrivateDnsEnabled),
		DNSEntries: endpoint.Entries(e.DnsEntries, func(d types.DnsEntry) (name, zoneID *string) {
			return d.DnsName, d.HostedZoneId
		}),
		PolicyDocument: str(e.PolicyDocument),
		OwnerID:        str(e.OwnerId),
		Tags:           tags(e.Tags),
	}
}

func serviceDetail(d types.ServiceDetail) endpoint.ServiceDetail {
	return endpoint.ServiceDetail{
		ServiceName: str(d.ServiceName),
		ServiceID:   str(d.ServiceId),
		ServiceType: each(d.ServiceType, func(t types.ServiceTypeDetail) endpoint.ServiceType {
			return endpoint.ServiceType{ServiceType: endpoint.Type(t.ServiceType)}
		}),
		ServiceRegion:        str(d.ServiceRegion),
		Owner:                str(d.Owner),
		AvailabilityZones:    d.AvailabilityZones,
		BaseEndpointDNSNames: d.BaseEndpointDnsNames,
		PrivateDNSName:       str(d.PrivateDnsName),
		PrivateDNSNames: each(d.PrivateDnsNames, func(n types.PrivateDnsDetails) endpoint.PrivateDNSName {
			return endpoint.PrivateDNSName{PrivateDNSName: str(n.PrivateDnsName)}
		}),
		PrivateDNSNameVerificationState: string(d.PrivateDnsNameVerificationState),
		AcceptanceRequired:              aws.ToBool(d.AcceptanceRequired),
		SupportedIPAddressTypes: each(d.SupportedIpAddressTypes, func(t types.ServiceConnectivityType) endpoint.IPAddressType {
			return endpoint.IPAddressType(t)
		}),
		Tags: tags(d.Tags),
	}
}
