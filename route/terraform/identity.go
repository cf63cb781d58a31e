package terraform

import (
	"fmt"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// prefixes are the managed resource types that are read, with the prefix of
// their AWS ids; "" for those that are part of another object.
var prefixes = map[string]string{
	"aws_vpc":                                         "vpc-",
	"aws_default_vpc":                                 "vpc-",
	"aws_vpc_ipv4_cidr_block_association":             "",
	"aws_vpc_ipv6_cidr_block_association":             "",
	"aws_subnet":                                      "subnet-",
	"aws_default_subnet":                              "subnet-",
	"aws_route_table":                                 "rtb-",
	"aws_default_route_table":                         "rtb-",
	"aws_main_route_table_association":                "",
	"aws_route":                                       "",
	"aws_route_table_association":                     "",
	"aws_internet_gateway":                            "igw-",
	"aws_internet_gateway_attachment":                 "",
	"aws_vpn_gateway":                                 "vgw-",
	"aws_egress_only_internet_gateway":                "eigw-",
	"aws_nat_gateway":                                 "nat-",
	"aws_network_interface":                           "eni-",
	"aws_eip":                                         "eipalloc-",
	"aws_eip_association":                             "",
	"aws_vpc_endpoint":                                "vpce-",
	"aws_vpc_endpoint_subnet_association":             "",
	"aws_vpc_endpoint_route_table_association":        "",
	"aws_vpc_endpoint_security_group_association":     "",
	"aws_vpc_endpoint_private_dns":                    "",
	"aws_security_group":                              "sg-",
	"aws_default_security_group":                      "sg-",
	"aws_security_group_rule":                         "",
	"aws_vpc_security_group_ingress_rule":             "",
	"aws_vpc_security_group_egress_rule":              "",
	"aws_network_acl":                                 "acl-",
	"aws_default_network_acl":                         "acl-",
	"aws_network_acl_rule":                            "",
	"aws_network_acl_association":                     "",
	"aws_ec2_managed_prefix_list":                     "pl-",
	"aws_ec2_managed_prefix_list_entry":               "",
	"aws_vpc_peering_connection":                      "pcx-",
	"aws_vpc_peering_connection_accepter":             "pcx-",
	"aws_ec2_transit_gateway":                         "tgw-",
	"aws_ec2_transit_gateway_vpc_attachment":          "tgw-attach-",
	"aws_ec2_transit_gateway_route_table":             "tgw-rtb-",
	"aws_ec2_transit_gateway_route":                   "",
	"aws_ec2_transit_gateway_route_table_association": "",
	"aws_ec2_transit_gateway_route_table_propagation": "",
	"aws_route53_zone":                                "Z",
	"aws_route53_zone_association":                    "",
	"aws_route53_record":                              "",
	"aws_route53_resolver_rule":                       "rslvr-rr-",
	"aws_route53_resolver_rule_association":           "rslvr-rrassoc-",
	"aws_route53_resolver_endpoint":                   "rslvr-in-",
	"aws_route53profiles_profile":                     "rp-",
	"aws_route53profiles_association":                 "rpassoc-",
	"aws_route53profiles_resource_association":        "rpr-",
}

// dataTypes are the data sources that are read.
var dataTypes = []string{
	"aws_vpc", "aws_subnet", "aws_route_table", "aws_network_interface", "aws_vpc_endpoint", "aws_prefix_list",
	"aws_ec2_managed_prefix_list", "aws_security_group", "aws_route53_zone", "aws_vpc_endpoint_service",
}

// ids names the attributes that hold the id of an object which its own resource
// makes along with itself, and that object's canonical name.
var ids = map[string]map[string][2]string{ // type: attribute: prefix, canonical attribute
	"aws_vpc": {
		"default_route_table_id":    {"rtb-", "default_route_table_id"},
		"main_route_table_id":       {"rtb-", "default_route_table_id"},
		"default_security_group_id": {"sg-", "default_security_group_id"},
		"default_network_acl_id":    {"acl-", "default_network_acl_id"},
	},
	"aws_ec2_transit_gateway": {
		"association_default_route_table_id": {"tgw-rtb-", "association_default_route_table_id"},
		"propagation_default_route_table_id": {"tgw-rtb-", "association_default_route_table_id"},
	},
	"aws_nat_gateway":  {"route_table_id": {"rtb-", "route_table_id"}},
	"aws_vpc_endpoint": {"prefix_list_id": {"pl-", "prefix_list_id"}},
}

// standIn makes the id that stands for one known only after apply: AWS's prefix,
// which tells what it is, "tf.", and where the id will be found. There is no
// colon or slash in it, where ARNs are cut, but for keys of for_each.
func standIn(prefix, address, attribute string) string {
	id := prefix + "tf." + address
	if attribute != "" {
		id += "." + attribute
	}
	return id
}

func isStandIn(id string) bool { return strings.Contains(id, "-tf.") || strings.HasPrefix(id, "Ztf.") }

// identify finds the id of every resource that is an object of its own.
func (n *network) identify() {
	n.byID = map[string]*resource{}
	n.addresses = map[string]string{}
	n.vpcs = map[string]*vpc{}
	n.lists = map[string]string{}
	n.born = map[string][]string{}
	n.unplaced, n.untabled = map[string]bool{}, map[string]bool{}
	for _, mode := range []string{"managed", "data"} {
		for _, r := range n.resources {
			if r.mode != mode {
				continue
			}
			if id := r.identity(); id != "" && n.byID[id] == nil {
				n.byID[id] = r
				n.addresses[id] = r.address
			}
		}
	}
	n.identified = true
}

// identity is the id of the resource's object, in this order:
//
//  1. the id that the input gives;
//  2. of a default object that Terraform adopts, the id that its VPC has for
//     it: given, or a stand-in of the VPC's;
//  3. a stand-in of its own, where the plan makes it;
//  4. none: an error in a state.
//
// A resource that is part of another object has none, "".
func (r *resource) identity() string {
	prefix := prefixes[r.typ]
	if r.mode == "data" {
		prefix = "data-"
	}
	if prefix == "" || r.id != "" || r.deciding {
		return r.id
	}
	v := r.root()
	if r.typ == "aws_vpc_endpoint_service" {
		return "" // identified by its name
	}
	if id := v.attr("id"); !id.isUnknown() && id.data != nil {
		r.id = id.str()
		return r.id
	}
	if r.mode == "data" {
		return "" // read during apply
	}
	if r.n.state {
		r.n.fail(r, "id", endpoint.ErrID)
		return ""
	}
	r.deciding = true
	defer func() { r.deciding = false }()
	switch r.typ {
	case "aws_default_route_table":
		r.id = r.n.ref(v.attr("default_route_table_id"), "rtb-")
	case "aws_default_network_acl":
		r.id = r.n.ref(v.attr("default_network_acl_id"), "acl-")
	case "aws_default_security_group":
		if owner := r.n.find1(r.n.ref(v.attr("vpc_id"), "vpc-")); owner != nil {
			r.id = r.n.made(owner, "default_security_group_id")
		}
	case "aws_vpc_peering_connection_accepter":
		r.id = r.n.ref(v.attr("vpc_peering_connection_id"), "pcx-")
	}
	if r.id == "" {
		r.id = standIn(prefix, r.address, "")
	}
	v.attr("id").note(r.id)
	return r.id
}

// find1 returns the resource whose object has that id, before byID is complete.
func (n *network) find1(id string) *resource {
	if id == "" {
		return nil
	}
	for _, r := range n.resources {
		if r.id == id {
			return r
		}
	}
	return nil
}

// made is the id of an object that a resource makes along with itself: given,
// or a stand-in. "" if the attribute holds no such id.
func (n *network) made(r *resource, attribute string) string {
	v := r.root().attr(attribute)
	if v.data != nil {
		return v.str()
	}
	typ := r.typ
	if typ == "aws_default_vpc" {
		typ = "aws_vpc"
	}
	x, ok := ids[typ][attribute]
	if !ok || n.state || !v.isUnknown() {
		return ""
	}
	id := standIn(x[0], r.address, x[1])
	v.note(id)
	return id
}

// cidr hands out a CIDR that stands for a subnet's that is known only after
// apply, so that the family is known to be there: of 2001:db8::/32, which
// RFC 3849 keeps for documentation, or of 240.0.0.0/4, which RFC 1112 reserves.
// No VPC can have either.
func (n *network) cidr(v6 bool) string {
	n.standIns++
	i := n.standIns
	if v6 {
		return fmt.Sprintf("2001:db8:%x:%x::/64", i>>16&0xffff, i&0xffff)
	}
	return fmt.Sprintf("240.%d.%d.%d/28", i>>12&0xff, i>>4&0xff, i&0xf<<4)
}
