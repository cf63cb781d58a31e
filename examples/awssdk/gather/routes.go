package gather

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/privatelink-go/privatelink/route"
)

func table(t types.RouteTable) route.Table {
	return route.Table{
		ID:    str(t.RouteTableId),
		VPCID: str(t.VpcId),
		Associations: each(t.Associations, func(a types.RouteTableAssociation) route.Association {
			return route.Association{
				SubnetID:  str(a.SubnetId),
				GatewayID: str(a.GatewayId),
				Main:      aws.ToBool(a.Main),
				AssociationState: some(a.AssociationState, func(s types.RouteTableAssociationState) route.AssociationState {
					return route.AssociationState{State: string(s.State)}
				}),
			}
		}),
		PropagatingVGWs: each(t.PropagatingVgws, func(g types.PropagatingVgw) route.PropagatingVGW {
			return route.PropagatingVGW{GatewayID: str(g.GatewayId)}
		}),
		Routes:  each(t.Routes, routeOf),
		OwnerID: str(t.OwnerId),
		Tags:    tags(t.Tags),
	}
}

func routeOf(r types.Route) route.Route {
	return route.Route{
		DestinationCIDRBlock:        str(r.DestinationCidrBlock),
		DestinationIPv6CIDRBlock:    str(r.DestinationIpv6CidrBlock),
		DestinationPrefixListID:     str(r.DestinationPrefixListId),
		GatewayID:                   str(r.GatewayId),
		NATGatewayID:                str(r.NatGatewayId),
		EgressOnlyInternetGatewayID: str(r.EgressOnlyInternetGatewayId),
		NetworkInterfaceID:          str(r.NetworkInterfaceId),
		InstanceID:                  str(r.InstanceId),
		VPCPeeringConnectionID:      str(r.VpcPeeringConnectionId),
		TransitGatewayID:            str(r.TransitGatewayId),
		LocalGatewayID:              str(r.LocalGatewayId),
		CarrierGatewayID:            str(r.CarrierGatewayId),
		CoreNetworkARN:              str(r.CoreNetworkArn),
		ODBNetworkARN:               str(r.OdbNetworkArn),
		IPAddress:                   str(r.IpAddress),
		Origin:                      string(r.Origin),
		State:                       string(r.State),
	}
}

func internetGateway(g types.InternetGateway) route.InternetGateway {
	return route.InternetGateway{
		ID:          str(g.InternetGatewayId),
		Attachments: each(g.Attachments, gatewayAttachment),
		OwnerID:     str(g.OwnerId),
		Tags:        tags(g.Tags),
	}
}

func egressOnlyInternetGateway(g types.EgressOnlyInternetGateway) route.EgressOnlyInternetGateway {
	return route.EgressOnlyInternetGateway{
		ID:          str(g.EgressOnlyInternetGatewayId),
		Attachments: each(g.Attachments, gatewayAttachment),
		Tags:        tags(g.Tags),
	}
}

func gatewayAttachment(a types.InternetGatewayAttachment) route.GatewayAttachment {
	return route.GatewayAttachment{State: string(a.State), VPCID: str(a.VpcId)}
}

func natGateway(g types.NatGateway) route.NATGateway {
	return route.NATGateway{
		ID:                 str(g.NatGatewayId),
		VPCID:              str(g.VpcId),
		SubnetID:           str(g.SubnetId),
		State:              string(g.State),
		ConnectivityType:   string(g.ConnectivityType),
		AvailabilityMode:   string(g.AvailabilityMode),
		AutoProvisionZones: string(g.AutoProvisionZones),
		RouteTableID:       str(g.RouteTableId),
		NATGatewayAddresses: each(g.NatGatewayAddresses, func(a types.NatGatewayAddress) route.NATGatewayAddress {
			return route.NATGatewayAddress{
				PrivateIP:          str(a.PrivateIp),
				PublicIP:           str(a.PublicIp),
				NetworkInterfaceID: str(a.NetworkInterfaceId),
				AvailabilityZone:   str(a.AvailabilityZone),
			}
		}),
		Tags: tags(g.Tags),
	}
}

func prefixList(l types.ManagedPrefixList) route.PrefixList {
	return route.PrefixList{
		ID:            str(l.PrefixListId),
		Name:          str(l.PrefixListName),
		AddressFamily: str(l.AddressFamily),
		OwnerID:       str(l.OwnerId),
		Tags:          tags(l.Tags),
	}
}

func prefixListEntry(e types.PrefixListEntry) string { return str(e.Cidr) }

func peeringConnection(c types.VpcPeeringConnection) route.VPCPeeringConnection {
	return route.VPCPeeringConnection{
		ID: str(c.VpcPeeringConnectionId),
		Status: some(c.Status, func(s types.VpcPeeringConnectionStateReason) route.PeeringStatus {
			return route.PeeringStatus{Code: string(s.Code)}
		}),
		AccepterVPCInfo:  some(c.AccepterVpcInfo, peeringVPC),
		RequesterVPCInfo: some(c.RequesterVpcInfo, peeringVPC),
		Tags:             tags(c.Tags),
	}
}

func peeringVPC(v types.VpcPeeringConnectionVpcInfo) route.PeeringVPC {
	return route.PeeringVPC{
		VPCID:     str(v.VpcId),
		CIDRBlock: str(v.CidrBlock),
		CIDRBlockSet: each(v.CidrBlockSet, func(b types.CidrBlock) route.PeeringCIDR {
			return route.PeeringCIDR{CIDRBlock: str(b.CidrBlock)}
		}),
		IPv6CIDRBlockSet: each(v.Ipv6CidrBlockSet, func(b types.Ipv6CidrBlock) route.PeeringIPv6CIDR {
			return route.PeeringIPv6CIDR{IPv6CIDRBlock: str(b.Ipv6CidrBlock)}
		}),
		OwnerID: str(v.OwnerId),
		Region:  str(v.Region),
	}
}

func transitGatewayAttachment(a types.TransitGatewayAttachment) route.TransitGatewayAttachment {
	attachment := route.TransitGatewayAttachment{
		ID:               str(a.TransitGatewayAttachmentId),
		TransitGatewayID: str(a.TransitGatewayId),
		ResourceType:     string(a.ResourceType),
		ResourceID:       str(a.ResourceId),
		State:            string(a.State),
		Tags:             tags(a.Tags),
	}
	if a.Association != nil {
		attachment.Association = &route.TransitGatewayAttachmentAssociation{
			TransitGatewayRouteTableID: str(a.Association.TransitGatewayRouteTableId),
			State:                      string(a.Association.State),
		}
	}
	return attachment
}

func transitGatewayVPCAttachment(a types.TransitGatewayVpcAttachment) route.TransitGatewayVPCAttachment {
	return route.TransitGatewayVPCAttachment{
		ID:               str(a.TransitGatewayAttachmentId),
		TransitGatewayID: str(a.TransitGatewayId),
		VPCID:            str(a.VpcId),
		State:            string(a.State),
		SubnetIDs:        a.SubnetIds,
		Options: some(a.Options, func(o types.TransitGatewayVpcAttachmentOptions) route.TransitGatewayVPCAttachmentOptions {
			return route.TransitGatewayVPCAttachmentOptions{ApplianceModeSupport: string(o.ApplianceModeSupport)}
		}),
		Tags: tags(a.Tags),
	}
}

func transitGatewayRouteTable(t types.TransitGatewayRouteTable) route.TransitGatewayRouteTable {
	return route.TransitGatewayRouteTable{
		ID:               str(t.TransitGatewayRouteTableId),
		TransitGatewayID: str(t.TransitGatewayId),
		State:            string(t.State),
		Tags:             tags(t.Tags),
	}
}

func transitGatewayRoute(r types.TransitGatewayRoute) route.TransitGatewayRoute {
	return route.TransitGatewayRoute{
		DestinationCIDRBlock: str(r.DestinationCidrBlock),
		PrefixListID:         str(r.PrefixListId),
		Type:                 string(r.Type),
		State:                string(r.State),
		TransitGatewayAttachments: each(r.TransitGatewayAttachments, func(a types.TransitGatewayRouteAttachment) route.TransitGatewayRouteAttachment {
			return route.TransitGatewayRouteAttachment{
				TransitGatewayAttachmentID: str(a.TransitGatewayAttachmentId),
				ResourceType:               string(a.ResourceType),
				ResourceID:                 str(a.ResourceId),
			}
		}),
	}
}
