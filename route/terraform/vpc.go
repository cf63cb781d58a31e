package terraform

import (
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
)

// A vpc is what the network knows of a VPC while it is built.
type vpc struct {
	id       string
	cidrs    []string // of both families
	open4    bool     // some IPv4 CIDR is not known, or none is
	open6    bool     // an IPv6 CIDR is not known
	resource *resource
}

// vpcOf returns the VPC with that id; one the input does not describe has
// unknown CIDRs.
func (n *network) vpcOf(id string) *vpc {
	v := n.vpcs[id]
	if v == nil {
		v = &vpc{id: id, open4: true, open6: true}
		n.vpcs[id] = v
	}
	return v
}

func (v *vpc) add(cidr string) {
	if cidr != "" && !slices.Contains(v.cidrs, cidr) {
		v.cidrs = append(v.cidrs, cidr)
	}
}

// addVPCs adds the VPCs with their CIDRs and attributes:
//
//  1. An IPv6 CIDR that is unknown and that the configuration does not ask for
//     is none: the provider leaves computed attributes open.
//  2. enable_dns_hostnames that is unknown and that the configuration does not
//     give is false in a VPC that the plan makes, as the provider documents
//     (dns.md, Z12); of the default VPC it stays open.
//  3. Anything else that is unknown is left open.
func (n *network) addVPCs() {
	for _, r := range n.of("aws_vpc", "aws_default_vpc") {
		if r.id == "" {
			continue
		}
		v := r.root()
		x := n.vpcOf(r.id)
		x.resource, x.open4, x.open6 = r, false, false
		out := endpoint.VPC{
			ID: r.id, OwnerID: v.attr("owner_id").quiet(), Tags: r.tags(),
			IsDefault:        r.typ == "aws_default_vpc" || r.mode == "data" && v.attr("default").isTrue(),
			EnableDNSSupport: v.attr("enable_dns_support").boolean(),
		}
		hostnames := v.attr("enable_dns_hostnames")
		if hostnames.isUnknown() && !hostnames.configured() && r.typ == "aws_vpc" && isStandIn(r.id) {
			out.EnableDNSHostnames = new(false)
		} else {
			out.EnableDNSHostnames = hostnames.boolean()
		}
		if cidr := v.attr("cidr_block"); cidr.isUnknown() {
			cidr.note("")
			x.open4 = true
		} else {
			out.CIDRBlock = cidr.str()
			x.add(out.CIDRBlock)
		}
		associations, _ := v.attr("cidr_block_associations").list() // of the data source
		for _, a := range associations {
			if s := a.attr("state").str(); s != "" && s != "associated" && s != "associating" {
				continue
			}
			out.CIDRBlockAssociationSet = append(out.CIDRBlockAssociationSet, endpoint.CIDRBlockAssociation{CIDRBlock: a.attr("cidr_block").str()})
			x.add(a.attr("cidr_block").str())
		}
		switch cidr := v.attr("ipv6_cidr_block"); {
		case !cidr.isUnknown():
			out.IPv6CIDRBlockAssociationSet = ipv6(cidr.str())
			x.add(cidr.str())
		case asked(v, "ipv6_cidr_block", "ipv6_ipam_pool_id", "ipv6_netmask_length") || v.attr("assign_generated_ipv6_cidr_block").isTrue():
			cidr.note("")
			x.open6 = true
		}
		n.inv.VPCs = append(n.inv.VPCs, out)
	}
	at := map[string]int{}
	for i := range n.inv.VPCs {
		at[n.inv.VPCs[i].ID] = i
	}
	for _, r := range n.of("aws_vpc_ipv4_cidr_block_association", "aws_vpc_ipv6_cidr_block_association") {
		v := r.root()
		i, ok := at[n.ref(v.attr("vpc_id"), "vpc-")]
		if !ok {
			continue // of a VPC that is not described
		}
		out := &n.inv.VPCs[i]
		x := n.vpcOf(out.ID)
		v4 := r.typ == "aws_vpc_ipv4_cidr_block_association"
		name := "ipv6_cidr_block"
		if v4 {
			name = "cidr_block"
		}
		cidr := v.attr(name)
		switch {
		case cidr.isUnknown():
			cidr.note("")
			x.open4, x.open6 = x.open4 || v4, x.open6 || !v4
		case v4:
			out.CIDRBlockAssociationSet = append(out.CIDRBlockAssociationSet, endpoint.CIDRBlockAssociation{CIDRBlock: cidr.str()})
			x.add(cidr.str())
		default:
			out.IPv6CIDRBlockAssociationSet = append(out.IPv6CIDRBlockAssociationSet, ipv6(cidr.str())...)
			x.add(cidr.str())
		}
	}
}

// asked reports whether the configuration gives one of the attributes, or does
// not tell.
func asked(v value, names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return v.attr(name).configured() })
}

func ipv6(cidr string) []endpoint.IPv6CIDRBlockAssociation {
	if cidr == "" {
		return nil
	}
	return []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: cidr}}
}

// quiet is a string of no consequence: unknown is nothing to note.
func (v value) quiet() string {
	if v.isUnknown() {
		return ""
	}
	return v.str()
}

// addSubnets adds the subnets. A CIDR known only after apply has a stand-in, so
// that the subnet has the address family. Which rules of filters hold for it is
// not told then, so its way out is not either: see rule 9 of addTables.
func (n *network) addSubnets() {
	for _, r := range n.of("aws_subnet", "aws_default_subnet") {
		if r.id == "" {
			continue
		}
		v := r.root()
		out := endpoint.Subnet{
			ID: r.id, VPCID: n.ref(v.attr("vpc_id"), "vpc-"),
			AvailabilityZone: v.attr("availability_zone").str(), AvailabilityZoneID: v.attr("availability_zone_id").quiet(),
			OwnerID: v.attr("owner_id").quiet(), Tags: r.tags(),
		}
		if dns64 := v.attr("enable_dns64"); !dns64.isUnknown() || dns64.configured() {
			out.EnableDNS64 = dns64.isTrue()
		}
		if cidr := v.attr("cidr_block"); !cidr.isUnknown() {
			out.CIDRBlock = cidr.str()
		} else if asked(v, "cidr_block", "ipv4_ipam_pool_id", "ipv4_netmask_length") {
			out.CIDRBlock = n.cidr(false)
			cidr.note(out.CIDRBlock)
			n.unplaced[r.id] = true
		}
		if cidr := v.attr("ipv6_cidr_block"); !cidr.isUnknown() {
			out.IPv6CIDRBlockAssociationSet = ipv6(cidr.str())
		} else if asked(v, "ipv6_cidr_block", "ipv6_ipam_pool_id", "ipv6_netmask_length") {
			stand := n.cidr(true)
			out.IPv6CIDRBlockAssociationSet = ipv6(stand)
			cidr.note(stand)
			if !n.vpcOf(out.VPCID).open6 { // else the table tells nothing of IPv6 anyway
				n.unplaced[r.id] = true
			}
		}
		if out.VPCID == "" {
			n.unplaced[r.id] = true
		}
		n.inv.Subnets = append(n.inv.Subnets, out)
	}
}

// addInterfaces adds network interfaces with the Elastic addresses that the
// input ties to them. Addresses that are unknown are left out.
func (n *network) addInterfaces() {
	public := n.publicAddresses()
	for _, r := range n.of("aws_network_interface") {
		if r.id == "" {
			continue
		}
		v := r.root()
		out := endpoint.NetworkInterface{
			ID: r.id, InterfaceType: v.attr("interface_type").quiet(), VPCID: v.attr("vpc_id").quiet(),
			SubnetID:         n.ref(v.attr("subnet_id"), "subnet-"),
			AvailabilityZone: v.attr("availability_zone").quiet(),
			SourceDestCheck:  v.attr("source_dest_check").boolean(), OwnerID: v.attr("owner_id").quiet(), Tags: r.tags(),
			PrivateIPAddress: v.attr("private_ip").quiet(),
		}
		if v.attr("private_ip").isUnknown() {
			v.attr("private_ip").note("")
		}
		addresses, _ := v.attr("private_ips").strs()
		if out.PrivateIPAddress != "" {
			addresses = append([]string{out.PrivateIPAddress}, addresses...)
		} else if len(addresses) > 0 {
			out.PrivateIPAddress = addresses[0]
		}
		data, _ := v.attr("association").list() // of the data source
		for _, a := range data {
			public[r.id+" "+out.PrivateIPAddress] = a.attr("public_ip").quiet()
		}
		var seen []string
		for _, a := range addresses {
			if slices.Contains(seen, a) {
				continue
			}
			seen = append(seen, a)
			p := endpoint.PrivateIPAddress{PrivateIPAddress: a, Primary: a == out.PrivateIPAddress}
			ip := public[r.id+" "+a]
			if ip == "" && p.Primary {
				ip = public[r.id+" "]
			}
			if ip != "" {
				p.Association = &endpoint.Association{PublicIP: ip}
			}
			out.PrivateIPAddresses = append(out.PrivateIPAddresses, p)
		}
		if v6 := v.attr("ipv6_addresses"); !v6.isUnknown() || v6.configured() {
			list, _ := v6.strs()
			for _, a := range list {
				out.IPv6Addresses = append(out.IPv6Addresses, endpoint.IPv6Address{IPv6Address: a})
			}
		}
		groups, ok := n.refs(v.attr("security_groups"), "sg-")
		if r.mode == "data" && len(groups) == 0 {
			groups, ok = n.refs(v.attr("security_group_ids"), "sg-")
		}
		out.Groups = n.groups(r, groups, ok)
		attached, _ := v.attr("attachment").list()
		for _, a := range attached {
			if id := a.attr("instance").quiet() + a.attr("instance_id").quiet(); id != "" {
				out.Attachment = &endpoint.Attachment{InstanceID: id}
			}
		}
		n.inv.NetworkInterfaces = append(n.inv.NetworkInterfaces, out)
	}
}

// groups lists security groups of an object. Where some are not told, one that
// the input does not describe stands among them: it may admit anything.
func (n *network) groups(r *resource, ids []string, ok bool) []endpoint.SecurityGroup {
	var list []endpoint.SecurityGroup
	for _, id := range ids {
		list = append(list, endpoint.SecurityGroup{ID: id})
	}
	if !ok {
		list = append(list, endpoint.SecurityGroup{ID: standIn("sg-", r.address, "security_groups")})
	}
	return list
}

// publicAddresses is the Elastic address of each "interface address", the
// address "" being the primary one. One that is unknown has a stand-in: that
// there is one decides.
func (n *network) publicAddresses() map[string]string {
	public := map[string]string{}
	for _, in := range []struct{ typ, eni, private string }{
		{"aws_eip", "network_interface", "associate_with_private_ip"},
		{"aws_eip", "network_interface", "private_ip"},
		{"aws_eip_association", "network_interface_id", "private_ip_address"},
	} {
		for _, r := range n.of(in.typ) {
			v := r.root()
			eni := v.attr(in.eni)
			if eni.isUnknown() && !eni.configured() {
				continue // the provider's to compute
			}
			id := n.ref(eni, "eni-")
			if id == "" {
				continue
			}
			ip := v.attr("public_ip")
			address := ip.quiet()
			if address == "" {
				address = standIn("", r.address, "public_ip")
				ip.note(address)
			}
			public[id+" "+v.attr(in.private).quiet()] = address
		}
	}
	return public
}
