package gather

import (
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"

	"github.com/privatelink-go/privatelink/route"
)

func securityGroup(g types.SecurityGroup) route.SecurityGroup {
	return route.SecurityGroup{
		ID:                  str(g.GroupId),
		Name:                str(g.GroupName),
		VPCID:               str(g.VpcId),
		IPPermissions:       each(g.IpPermissions, permission),
		IPPermissionsEgress: each(g.IpPermissionsEgress, permission),
		OwnerID:             str(g.OwnerId),
		Tags:                tags(g.Tags),
	}
}

func permission(p types.IpPermission) route.IPPermission {
	return route.IPPermission{
		IPProtocol: str(p.IpProtocol),
		FromPort:   port(p.FromPort),
		ToPort:     port(p.ToPort),
		IPRanges:   each(p.IpRanges, func(r types.IpRange) route.IPRange { return route.IPRange{CIDRIP: str(r.CidrIp)} }),
		IPv6Ranges: each(p.Ipv6Ranges, func(r types.Ipv6Range) route.IPv6Range { return route.IPv6Range{CIDRIPv6: str(r.CidrIpv6)} }),
		PrefixListIDs: each(p.PrefixListIds, func(l types.PrefixListId) route.PrefixListID {
			return route.PrefixListID{PrefixListID: str(l.PrefixListId)}
		}),
		UserIDGroupPairs: each(p.UserIdGroupPairs, func(u types.UserIdGroupPair) route.UserIDGroupPair {
			return route.UserIDGroupPair{
				GroupID:                str(u.GroupId),
				UserID:                 str(u.UserId),
				VPCID:                  str(u.VpcId),
				VPCPeeringConnectionID: str(u.VpcPeeringConnectionId),
			}
		}),
	}
}

// port keeps apart "no port", which means all, and port 0.
func port(p *int32) *int {
	if p == nil {
		return nil
	}
	return new(int(*p))
}

func networkACL(a types.NetworkAcl) route.NetworkACL {
	return route.NetworkACL{
		ID:        str(a.NetworkAclId),
		VPCID:     str(a.VpcId),
		IsDefault: aws.ToBool(a.IsDefault),
		Associations: each(a.Associations, func(s types.NetworkAclAssociation) route.ACLAssociation {
			return route.ACLAssociation{SubnetID: str(s.SubnetId)}
		}),
		Entries: each(a.Entries, func(e types.NetworkAclEntry) route.NetworkACLEntry {
			entry := route.NetworkACLEntry{
				RuleNumber:    int(aws.ToInt32(e.RuleNumber)),
				Egress:        aws.ToBool(e.Egress),
				RuleAction:    string(e.RuleAction),
				Protocol:      str(e.Protocol),
				CIDRBlock:     str(e.CidrBlock),
				IPv6CIDRBlock: str(e.Ipv6CidrBlock),
			}
			if e.PortRange != nil {
				entry.PortRange = &route.PortRange{From: int(aws.ToInt32(e.PortRange.From)), To: int(aws.ToInt32(e.PortRange.To))}
			}
			return entry
		}),
		OwnerID: str(a.OwnerId),
		Tags:    tags(a.Tags),
	}
}
