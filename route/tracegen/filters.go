package tracegen

import (
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// filters draws security groups and network ACLs for every VPC: the default
// group and a group for HTTPS, which network interfaces and endpoints get one
// of, and an ACL for all subnets.
func (d *draft) filters() {
	every := func(cidr, six string) route.IPPermission {
		return route.IPPermission{IPProtocol: "-1", IPRanges: []route.IPRange{{CIDRIP: cidr}}, IPv6Ranges: []route.IPv6Range{{CIDRIPv6: six}}}
	}
	groups := map[string][]endpoint.SecurityGroup{}
	for _, v := range d.inv.VPCs {
		self := route.SecurityGroup{ID: d.id("sg-"), Name: "default", VPCID: v.ID, OwnerID: v.OwnerID}
		self.IPPermissions = []route.IPPermission{{IPProtocol: "-1", UserIDGroupPairs: []route.UserIDGroupPair{{GroupID: self.ID, UserID: v.OwnerID}}}}
		self.IPPermissionsEgress = []route.IPPermission{every("0.0.0.0/0", "::/0")}
		https := route.SecurityGroup{ID: d.id("sg-"), Name: "https", VPCID: v.ID, OwnerID: v.OwnerID, IPPermissionsEgress: self.IPPermissionsEgress}
		https.IPPermissions = []route.IPPermission{{
			IPProtocol: "tcp", FromPort: new(443), ToPort: new(443),
			IPRanges:   []route.IPRange{{CIDRIP: pick(d, "HTTPS from", v.CIDRBlock, "10.0.0.0/8", replaceThird(v.CIDRBlock, 1))}},
			IPv6Ranges: []route.IPv6Range{{CIDRIPv6: "::/0"}},
		}}
		d.inv.SecurityGroups = append(d.inv.SecurityGroups, https, self)
		groups[v.ID] = []endpoint.SecurityGroup{{ID: https.ID, Name: "https"}, {ID: self.ID, Name: "default"}}
		acl := route.NetworkACL{ID: d.id("acl-"), VPCID: v.ID, IsDefault: true, OwnerID: v.OwnerID}
		for _, s := range d.subnets(v.ID) {
			acl.Associations = append(acl.Associations, route.ACLAssociation{SubnetID: s.ID})
		}
		for _, egress := range []bool{true, false} {
			acl.Entries = append(acl.Entries,
				route.NetworkACLEntry{RuleNumber: 100, Egress: egress, RuleAction: "allow", Protocol: "-1", CIDRBlock: "0.0.0.0/0"},
				route.NetworkACLEntry{RuleNumber: 101, Egress: egress, RuleAction: "allow", Protocol: "-1", IPv6CIDRBlock: "::/0"},
				route.NetworkACLEntry{RuleNumber: 32767, Egress: egress, RuleAction: "deny", Protocol: "-1", CIDRBlock: "0.0.0.0/0"},
				route.NetworkACLEntry{RuleNumber: 32768, Egress: egress, RuleAction: "deny", Protocol: "-1", IPv6CIDRBlock: "::/0"})
		}
		d.inv.NetworkACLs = append(d.inv.NetworkACLs, acl)
	}
	switch pick(d, "admitted by", "address", "address", "address", "group", "group of a peer") {
	case "group":
		d.fromGroups()
	case "group of a peer":
		d.fromPeerGroup()
	}
	for i := range d.inv.Endpoints {
		e := &d.inv.Endpoints[i]
		if !e.Type.Is(endpoint.Interface) {
			continue
		}
		e.Groups = []endpoint.SecurityGroup{pick(d, "group of "+e.ID, groups[e.VPCID]...)}
		for j := range d.inv.NetworkInterfaces {
			if n := &d.inv.NetworkInterfaces[j]; slices.Contains(e.NetworkInterfaceIDs, n.ID) {
				n.Groups = e.Groups
			}
		}
	}
	for i := range d.inv.NetworkInterfaces {
		if n := &d.inv.NetworkInterfaces[i]; n.Groups == nil {
			n.Groups = []endpoint.SecurityGroup{pick(d, "group of "+n.ID, groups[n.VPCID]...)}
		}
	}
}

// fromGroups makes every security group admit HTTPS from all of them, in
// whatever VPC, and from no address.
func (d *draft) fromGroups() {
	var all []route.UserIDGroupPair
	for _, g := range d.inv.SecurityGroups {
		all = append(all, route.UserIDGroupPair{GroupID: g.ID, UserID: g.OwnerID, VPCID: g.VPCID})
	}
	for i := range d.inv.SecurityGroups {
		d.inv.SecurityGroups[i].IPPermissions = httpsFrom(all...)
	}
}

// fromPeerGroup makes every security group admit HTTPS from a group of another
// account's VPC, which is not in the input, and from no address.
func (d *draft) fromPeerGroup() {
	for i := range d.inv.SecurityGroups {
		d.inv.SecurityGroups[i].IPPermissions = httpsFrom(route.UserIDGroupPair{GroupID: "sg-99", UserID: accounts[1], VPCID: "vpc-99", VPCPeeringConnectionID: "pcx-1"})
	}
}

func httpsFrom(groups ...route.UserIDGroupPair) []route.IPPermission {
	return []route.IPPermission{{IPProtocol: "tcp", FromPort: new(443), ToPort: new(443), UserIDGroupPairs: groups}}
}
