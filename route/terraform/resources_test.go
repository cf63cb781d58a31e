package terraform_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// hub is a hub with a central CloudWatch endpoint, a spoke that reaches it by a
// transit gateway, and the zone that both resolve it by, in modules.
func hub() []instance {
	return []instance{
		res(`module.net["hub"].aws_vpc.this[0]`, `{"id": "vpc-0h", "cidr_block": "10.0.0.0/16", "enable_dns_support": true, "enable_dns_hostnames": true}`),
		res(`module.net["hub"].aws_subnet.this[0]`, `{"id": "subnet-0h", "vpc_id": "vpc-0h", "cidr_block": "10.0.1.0/24", "availability_zone": "us-east-2a", "tags_all": {"Name": "hub"}}`),
		res(`module.net["hub"].aws_route_table.this`, `{"id": "rtb-0h", "vpc_id": "vpc-0h", "route": [{"cidr_block": "10.0.0.0/8", "transit_gateway_id": "tgw-0a"}]}`),
		res(`module.net["hub"].aws_route_table_association.this[0]`, `{"id": "a", "subnet_id": "subnet-0h", "route_table_id": "rtb-0h"}`),
		res(`module.net["spoke"].aws_vpc.this[0]`, `{"id": "vpc-0s", "cidr_block": "10.1.0.0/16", "enable_dns_support": true, "enable_dns_hostnames": true}`),
		res(`module.net["spoke"].aws_subnet.this[0]`, `{"id": "subnet-0s", "vpc_id": "vpc-0s", "cidr_block": "10.1.1.0/24", "availability_zone": "us-east-2a", "tags_all": {"Name": "spoke"}}`),
		res(`module.net["spoke"].aws_route_table.this`, `{"id": "rtb-0s", "vpc_id": "vpc-0s", "route": []}`),
		res(`module.net["spoke"].aws_route_table_association.this[0]`, `{"id": "b", "subnet_id": "subnet-0s", "route_table_id": "rtb-0s"}`),
		res(`module.net["spoke"].module.routes.aws_route.hub`, `{"id": "r", "route_table_id": "rtb-0s", "destination_cidr_block": "10.0.0.0/8", "transit_gateway_id": "tgw-0a", "state": "active", "origin": "CreateRoute"}`),
		res(`aws_ec2_transit_gateway.hub`, `{"id": "tgw-0a", "default_route_table_association": "disable", "default_route_table_propagation": "enable",
			"association_default_route_table_id": "tgw-rtb-0d", "propagation_default_route_table_id": "tgw-rtb-0d"}`),
		res(`aws_ec2_transit_gateway_route_table.main`, `{"id": "tgw-rtb-0a", "transit_gateway_id": "tgw-0a", "tags": {"Name": "spokes"}}`),
		res(`aws_ec2_transit_gateway_vpc_attachment.this["hub"]`, `{"id": "tgw-attach-0h", "transit_gateway_id": "tgw-0a", "vpc_id": "vpc-0h", "subnet_ids": ["subnet-0h"],
			"appliance_mode_support": "disable", "transit_gateway_default_route_table_association": false, "transit_gateway_default_route_table_propagation": false}`),
		res(`aws_ec2_transit_gateway_vpc_attachment.this["spoke"]`, `{"id": "tgw-attach-0s", "transit_gateway_id": "tgw-0a", "vpc_id": "vpc-0s", "subnet_ids": ["subnet-0s"],
			"transit_gateway_default_route_table_association": false, "transit_gateway_default_route_table_propagation": true}`),
		res(`aws_ec2_transit_gateway_route_table_association.this["hub"]`, `{"id": "c", "transit_gateway_attachment_id": "tgw-attach-0h", "transit_gateway_route_table_id": "tgw-rtb-0a"}`),
		res(`aws_ec2_transit_gateway_route_table_association.this["spoke"]`, `{"id": "d", "transit_gateway_attachment_id": "tgw-attach-0s", "transit_gateway_route_table_id": "tgw-rtb-0a"}`),
		res(`aws_ec2_transit_gateway_route_table_propagation.spoke`, `{"id": "e", "transit_gateway_attachment_id": "tgw-attach-0s", "transit_gateway_route_table_id": "tgw-rtb-0a"}`),
		res(`aws_ec2_transit_gateway_route.hub`, `{"id": "f", "destination_cidr_block": "10.0.0.0/16", "blackhole": false, "transit_gateway_attachment_id": "tgw-attach-0h", "transit_gateway_route_table_id": "tgw-rtb-0a"}`),
		res(`aws_ec2_transit_gateway_route.nowhere`, `{"id": "g", "destination_cidr_block": "10.9.0.0/16", "blackhole": true, "transit_gateway_attachment_id": "", "transit_gateway_route_table_id": "tgw-rtb-0a"}`),
		res(`aws_vpc_endpoint.central`, `{"id": "vpce-0c123456789abcdef", "vpc_id": "vpc-0h", "service_name": "com.amazonaws.us-east-2.monitoring", "vpc_endpoint_type": "Interface",
			"state": "available", "private_dns_enabled": false, "subnet_ids": ["subnet-0h"], "network_interface_ids": ["eni-0c"], "security_group_ids": [],
			"dns_entry": [{"dns_name": "vpce-0c123456789abcdef-abcdefgh.monitoring.us-east-2.vpce.amazonaws.com", "hosted_zone_id": "ZC8PG0KIFKBRI"}],
			"subnet_configuration": [{"ipv4": "10.0.1.10", "subnet_id": "subnet-0h"}]}`),
		res(`aws_route53_zone.monitoring`, `{"id": "Z0123456789ABC", "zone_id": "Z0123456789ABC", "name": "monitoring.us-east-2.amazonaws.com", "comment": "central",
			"vpc": [{"vpc_id": "vpc-0h", "vpc_region": "us-east-2"}]}`),
		res(`aws_route53_zone_association.spoke`, `{"id": "Z0123456789ABC:vpc-0s", "zone_id": "Z0123456789ABC", "vpc_id": "vpc-0s", "vpc_region": "us-east-2"}`),
		res(`aws_route53_record.apex`, `{"id": "h", "zone_id": "Z0123456789ABC", "name": "monitoring.us-east-2.amazonaws.com", "type": "A", "ttl": null, "records": null,
			"alias": [{"name": "vpce-0c123456789abcdef-abcdefgh.monitoring.us-east-2.vpce.amazonaws.com", "zone_id": "ZC8PG0KIFKBRI", "evaluate_target_health": false}]}`),
		res(`aws_route53_record.note`, `{"id": "i", "zone_id": "Z0123456789ABC", "name": "note", "type": "TXT", "ttl": 300, "records": ["made by terraform"], "alias": []}`),
	}
}

func TestHubAndSpoke(t *testing.T) {
	d := read(t, state(hub()...))
	w := world(t, d.Planned)
	want(t, w, "hub", cloudwatch, route.ClassEndpoint, route.Private)
	want(t, w, "spoke", cloudwatch, route.ClassEndpoint, route.Private)
	want(t, w, "spoke", "10.9.0.1", route.ClassBlackhole, route.Failed)
	v, _ := w.Zones().View(zone.VPC("vpc-0s"))
	if got := slices.Collect(v.Lookup("note."+cloudwatch, zone.TXT).Records()); len(got) != 1 || got[0].TTL != 300 {
		t.Errorf("TXT record: %v", got)
	}
	tables := d.Planned.TransitGatewayRouteTables
	if len(tables) != 2 || tables[0].Tags.Name() != "spokes" || len(tables[0].Routes) != 3 || len(tables[1].Routes) != 1 {
		t.Errorf("transit gateway route tables: %+v", tables)
	}
}

// TestTransitGone deletes the route to the hub and the association of the zone.
func TestTransitGone(t *testing.T) {
	prior := hub()
	route53 := prior[slices.IndexFunc(prior, func(x instance) bool { return x.address == "aws_route53_zone.monitoring" })]
	prior = replaced(prior, route53.but(`{"vpc": [{"vpc_id": "vpc-0h"}, {"vpc_id": "vpc-0s"}]}`)) // as refreshed
	gone := []string{"aws_ec2_transit_gateway_route.hub", "aws_route53_zone_association.spoke"}
	var deleted []instance
	for _, a := range gone {
		deleted = append(deleted, instance{address: a, actions: []string{"delete"}})
	}
	config := `{"resources": [{"mode": "managed", "type": "aws_route53_zone", "name": "monitoring", "expressions": {"name": {"constant_value": "x"}}}]}`
	d := read(t, plan(config, prior, without(prior, gone...), deleted))
	w := world(t, d.Planned)
	want(t, w, "spoke", "10.0.1.10", route.ClassNoRoute, route.Failed)
	want(t, world(t, d.Prior), "spoke", cloudwatch, route.ClassEndpoint, route.Private)
	want(t, w, "spoke", cloudwatch, route.ClassNoRoute, route.Failed) // public DNS, and no way there
	if n := len(d.Planned.HostedZones[0].VPCs); n != 1 {
		t.Errorf("the zone is still associated with %d VPCs", n)
	}
}

// TestResources reads each remaining type of resource at least once.
func TestResources(t *testing.T) {
	vpc := res("aws_default_vpc.main", `{"id": "vpc-0a", "cidr_block": "10.0.0.0/16", "enable_dns_support": true, "enable_dns_hostnames": true, "main_route_table_id": "rtb-0m", "ipv6_cidr_block": "2600:1f16:1::/56"}`)
	subnet := res("aws_default_subnet.a", `{"id": "subnet-0a", "vpc_id": "vpc-0a", "cidr_block": "10.0.1.0/24", "ipv6_cidr_block": "2600:1f16:1::/64", "availability_zone": "us-east-2a", "enable_dns64": true}`)
	inv := read(t, state(vpc, subnet,
		res("aws_vpc_ipv4_cidr_block_association.x", `{"id": "vpc-cidr-assoc-0", "vpc_id": "vpc-0a", "cidr_block": "100.64.0.0/16"}`),
		res("aws_vpc_ipv6_cidr_block_association.x", `{"id": "vpc-cidr-assoc-1", "vpc_id": "vpc-0a", "ipv6_cidr_block": "2600:1f16:2::/56"}`),
		res("aws_vpc_ipv4_cidr_block_association.other", `{"id": "vpc-cidr-assoc-2", "vpc_id": "vpc-elsewhere", "cidr_block": "100.65.0.0/16"}`),
		res("aws_route_table.main", `{"id": "rtb-0x", "vpc_id": "vpc-0a", "propagating_vgws": ["vgw-0a"], "route": [
			{"ipv6_cidr_block": "::/0", "egress_only_gateway_id": "eigw-0a"}, {"destination_prefix_list_id": "pl-0mine", "vpc_peering_connection_id": "pcx-0a"},
			{"cidr_block": "10.0.1.0/24", "vpc_endpoint_id": "vpce-0gwlb"}, {"cidr_block": "192.168.0.0/16", "network_interface_id": "eni-0fw"},
			{"cidr_block": "172.16.0.0/12", "local_gateway_id": "lgw-0a"}, {"cidr_block": "172.17.0.0/16", "carrier_gateway_id": "cagw-0a"},
			{"cidr_block": "172.18.0.0/16", "core_network_arn": "arn:aws:networkmanager::111122223333:core-network/core-network-0a"}]}`),
		res("aws_main_route_table_association.main", `{"id": "rtbassoc-0", "vpc_id": "vpc-0a", "route_table_id": "rtb-0x", "original_route_table_id": "rtb-0m"}`),
		res("aws_internet_gateway.main", `{"id": "igw-0a", "vpc_id": ""}`),
		res("aws_internet_gateway_attachment.main", `{"id": "igw-0a:vpc-0a", "internet_gateway_id": "igw-0a", "vpc_id": "vpc-0a"}`),
		res("aws_route_table_association.edge", `{"id": "rtbassoc-1", "subnet_id": "", "gateway_id": "igw-0a", "route_table_id": "rtb-0edge"}`),
		res("aws_egress_only_internet_gateway.main", `{"id": "eigw-0a", "vpc_id": "vpc-0a"}`),
		res("aws_nat_gateway.regional", `{"id": "nat-0r", "availability_mode": "regional", "connectivity_type": "public", "subnet_id": null, "vpc_id": "vpc-0a", "route_table_id": "rtb-0n",
			"auto_provision_zones": "enabled", "regional_nat_gateway_address": [{"availability_zone": "us-east-2a", "public_ip": "198.51.100.9", "network_interface_id": "eni-0n"}]}`),
		res("aws_nat_gateway.private", `{"id": "nat-0p", "connectivity_type": "private", "subnet_id": "subnet-0a", "private_ip": "10.0.1.9"}`),
		res("aws_network_interface.fw", `{"id": "eni-0fw", "subnet_id": "subnet-0a", "private_ip": "10.0.1.50", "private_ips": ["10.0.1.50", "10.0.1.51"], "ipv6_addresses": ["2600:1f16:1::50"],
			"security_groups": ["sg-0d"], "source_dest_check": false, "attachment": [{"instance": "i-0a", "device_index": 1}], "interface_type": "interface"}`),
		res("aws_eip.fw", `{"id": "eipalloc-0a", "public_ip": "198.51.100.10", "network_interface": "eni-0fw", "private_ip": "10.0.1.50", "associate_with_private_ip": null}`),
		res("aws_eip.second", `{"id": "eipalloc-0b", "public_ip": "198.51.100.11", "network_interface": ""}`),
		res("aws_eip_association.second", `{"id": "eipassoc-0b", "allocation_id": "eipalloc-0b", "public_ip": "198.51.100.11", "network_interface_id": "eni-0fw", "private_ip_address": "10.0.1.51"}`),
		res("aws_default_security_group.main", `{"id": "sg-0d", "vpc_id": "vpc-0a", "ingress": [{"from_port": 0, "to_port": 0, "protocol": "-1", "self": true}], "egress": []}`),
		res("aws_security_group_rule.x", `{"id": "sgrule-1", "type": "egress", "security_group_id": "sg-0d", "protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_blocks": ["0.0.0.0/0"], "prefix_list_ids": ["pl-0mine"]}`),
		res("aws_security_group_rule.y", `{"id": "sgrule-2", "type": "ingress", "security_group_id": "sg-0d", "protocol": "tcp", "from_port": 22, "to_port": 22, "source_security_group_id": "sg-0other"}`),
		res("aws_vpc_security_group_ingress_rule.x", `{"id": "sgr-1", "security_group_id": "sg-0d", "ip_protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_ipv6": "2600:1f16:1::/56"}`),
		res("aws_vpc_security_group_egress_rule.x", `{"id": "sgr-2", "security_group_id": "sg-0d", "ip_protocol": "-1", "referenced_security_group_id": "111122223333/sg-0other"}`),
		res("aws_default_network_acl.main", `{"id": "acl-0d", "default_network_acl_id": "acl-0d", "vpc_id": "vpc-0a", "subnet_ids": ["subnet-0a"],
			"ingress": [{"rule_no": 100, "action": "allow", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_block": "0.0.0.0/0", "ipv6_cidr_block": ""}], "egress": []}`),
		res("aws_network_acl.other", `{"id": "acl-0o", "vpc_id": "vpc-0a", "subnet_ids": [], "ingress": [], "egress": []}`),
		res("aws_network_acl_rule.x", `{"id": "nacl-1", "network_acl_id": "acl-0d", "rule_number": 90, "egress": true, "rule_action": "deny", "protocol": "6", "from_port": 25, "to_port": 25, "cidr_block": "0.0.0.0/0"}`),
		res("aws_network_acl_association.x", `{"id": "aclassoc-1", "network_acl_id": "acl-0o", "subnet_id": "subnet-0a"}`),
		res("aws_ec2_managed_prefix_list.mine", `{"id": "pl-0mine", "name": "mine", "address_family": "IPv4", "entry": [{"cidr": "10.2.0.0/16", "description": "peer"}]}`),
		res("aws_ec2_managed_prefix_list_entry.x", `{"id": "pl-0mine,10.3.0.0/16", "prefix_list_id": "pl-0mine", "cidr": "10.3.0.0/16"}`),
		res("aws_vpc_peering_connection.x", `{"id": "pcx-0a", "vpc_id": "vpc-0a", "peer_vpc_id": "vpc-0peer", "peer_region": "us-east-2", "accept_status": "active"}`),
		res("aws_vpc_peering_connection_accepter.y", `{"id": "pcx-0b", "vpc_peering_connection_id": "pcx-0b", "vpc_id": "vpc-0a", "peer_vpc_id": "vpc-0req", "accept_status": "active", "auto_accept": true}`),
		res("aws_vpc_endpoint.gwlb", `{"id": "vpce-0gwlb", "vpc_id": "vpc-0a", "service_name": "com.amazonaws.vpce.us-east-2.vpce-svc-0a", "vpc_endpoint_type": "GatewayLoadBalancer", "state": "available", "subnet_ids": ["subnet-0a"]}`),
		res("aws_vpc_endpoint.own", `{"id": "vpce-0own", "vpc_id": "vpc-0a", "service_name": "com.amazonaws.us-east-2.ec2", "vpc_endpoint_type": "Interface", "state": "available", "private_dns_enabled": false,
			"service_region": "us-east-2", "policy": "{}", "network_interface_ids": ["eni-0own"], "subnet_ids": ["subnet-0a"], "security_group_ids": []}`),
		res("aws_vpc_endpoint_private_dns.own", `{"vpc_endpoint_id": "vpce-0own", "private_dns_enabled": true}`),
		res("aws_vpc_endpoint_security_group_association.own", `{"id": "a-2", "vpc_endpoint_id": "vpce-0own", "security_group_id": "sg-0d", "replace_default_association": true}`),
		res("data.aws_network_interface.own", `{"id": "eni-0own", "subnet_id": "subnet-0a", "vpc_id": "vpc-0a", "private_ip": "10.0.1.20", "private_ips": ["10.0.1.20"], "ipv6_addresses": [], "interface_type": "vpc_endpoint", "security_groups": ["sg-0d"], "association": []}`),
		res("data.aws_prefix_list.s3", `{"id": "pl-0s3", "name": "com.amazonaws.us-east-2.s3", "cidr_blocks": ["198.51.100.0/24"]}`),
		res("data.aws_ec2_managed_prefix_list.ddb", `{"id": "pl-0ddb", "name": "com.amazonaws.us-east-2.dynamodb", "address_family": "IPv4", "entries": [{"cidr": "203.0.113.0/24", "description": ""}], "max_entries": 1}`),
		res("data.aws_vpc_endpoint_service.ec2", `{"id": "1", "service_name": "com.amazonaws.us-east-2.ec2", "service_type": "Interface", "private_dns_name": "ec2.us-east-2.amazonaws.com",
			"private_dns_names": ["ec2.us-east-2.amazonaws.com"], "availability_zones": ["us-east-2a"], "base_endpoint_dns_names": ["ec2.us-east-2.vpce.amazonaws.com"], "supported_ip_address_types": ["ipv4"], "owner": "amazon"}`),
		res("data.aws_vpc_endpoint_service.old", `{"id": "2", "service_name": "com.amazonaws.us-east-2.kinesis-streams", "private_dns_name": "kinesis.us-east-2.amazonaws.com"}`),
		res("data.aws_route53_zone.x", `{"id": "Z0DATA", "zone_id": "Z0DATA", "name": "example.com.", "private_zone": true, "vpc_id": "vpc-0a"}`),
		res("aws_route53_record.in_data", `{"id": "r", "zone_id": "Z0DATA", "name": "a.example.com", "type": "A", "ttl": 60, "records": ["10.0.1.1"]}`),
		res("aws_route53_resolver_rule.x", `{"id": "rslvr-rr-0a", "domain_name": "corp.example.", "rule_type": "FORWARD", "name": "corp", "target_ip": [{"ip": "10.9.0.2", "ipv6": "", "port": 53, "protocol": "Do53"}]}`),
		res("aws_route53_resolver_rule_association.x", `{"id": "rslvr-rrassoc-0a", "resolver_rule_id": "rslvr-rr-0a", "vpc_id": "vpc-0a"}`),
		res("aws_route53_resolver_endpoint.x", `{"id": "rslvr-in-0a", "direction": "INBOUND", "host_vpc_id": "vpc-0a", "name": "in"}`),
		res("aws_route53profiles_profile.x", `{"id": "rp-0a", "name": "shared"}`),
		res("aws_route53profiles_association.x", `{"id": "rpassoc-0a", "name": "a", "profile_id": "rp-0a", "resource_id": "vpc-0a", "status": "COMPLETE"}`),
		res("aws_route53profiles_resource_association.x", `{"id": "rpr-0a", "name": "z", "profile_id": "rp-0a", "resource_arn": "arn:aws:route53:::hostedzone/Z0DATA", "resource_type": "PRIVATE_HOSTED_ZONE", "status": "COMPLETE"}`),
		res("aws_vpn_gateway.x", `{"id": "vgw-0a", "vpc_id": "vpc-0a"}`),
		res("aws_iam_role.ignored", `{"id": "role"}`),
	)).Planned
	world(t, inv)

	check := func(name string, got, want any) {
		t.Helper()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", name, diff)
		}
	}
	v := inv.VPCs[0]
	check("IsDefault", v.IsDefault, true)
	cidrs, err := v.CIDRs()
	check("CIDRs", text(cidrs)+text(err), text([]string{"10.0.0.0/16", "100.64.0.0/16", "2600:1f16:1::/56", "2600:1f16:2::/56"})+"null")
	check("DNS64", inv.Subnets[0].EnableDNS64, true)

	table := inv.RouteTables[slices.IndexFunc(inv.RouteTables, func(x route.Table) bool { return x.ID == "rtb-0x" })]
	check("main", table.Associations, []route.Association{{Main: true}})
	var routes []string
	for _, r := range table.Routes {
		routes = append(routes, r.Destination()+" "+r.Target())
	}
	check("routes", routes, []string{
		"10.0.0.0/16 local", "2600:1f16:1::/56 local", "100.64.0.0/16 local", "2600:1f16:2::/56 local",
		"::/0 eigw-0a", "pl-0mine pcx-0a", "10.0.1.0/24 vpce-0gwlb", "192.168.0.0/16 eni-0fw", "172.16.0.0/12 lgw-0a", "172.17.0.0/16 cagw-0a",
		"172.18.0.0/16 arn:aws:networkmanager::111122223333:core-network/core-network-0a", "pl-tf.rtb-0x.routes ",
	})
	edge := inv.RouteTables[slices.IndexFunc(inv.RouteTables, func(x route.Table) bool { return x.ID == "rtb-0edge" })]
	check("edge", edge.Associations, []route.Association{{GatewayID: "igw-0a"}})
	check("igw", inv.InternetGateways[0].Attachments, []route.GatewayAttachment{{State: "available", VPCID: "vpc-0a"}})
	check("eigw", inv.EgressOnlyInternetGateways[0].Attachments, []route.GatewayAttachment{{State: "attached", VPCID: "vpc-0a"}})
	check("NAT", inv.NATGateways, []route.NATGateway{
		{
			ID: "nat-0r", VPCID: "vpc-0a", ConnectivityType: "public", AvailabilityMode: "regional", AutoProvisionZones: "enabled", RouteTableID: "rtb-0n",
			NATGatewayAddresses: []route.NATGatewayAddress{{PublicIP: "198.51.100.9", NetworkInterfaceID: "eni-0n", AvailabilityZone: "us-east-2a"}},
		},
		{ID: "nat-0p", VPCID: "vpc-0a", SubnetID: "subnet-0a", ConnectivityType: "private", NATGatewayAddresses: []route.NATGatewayAddress{{PrivateIP: "10.0.1.9"}}},
	})
	check("interface", inv.NetworkInterfaces[0], endpoint.NetworkInterface{
		ID: "eni-0fw", InterfaceType: "interface", SubnetID: "subnet-0a", PrivateIPAddress: "10.0.1.50",
		PrivateIPAddresses: []endpoint.PrivateIPAddress{
			{PrivateIPAddress: "10.0.1.50", Primary: true, Association: &endpoint.Association{PublicIP: "198.51.100.10"}},
			{PrivateIPAddress: "10.0.1.51", Association: &endpoint.Association{PublicIP: "198.51.100.11"}},
		},
		IPv6Addresses: []endpoint.IPv6Address{{IPv6Address: "2600:1f16:1::50"}}, Groups: []endpoint.SecurityGroup{{ID: "sg-0d"}},
		SourceDestCheck: new(false), Attachment: &endpoint.Attachment{InstanceID: "i-0a"},
	})
	check("groups", inv.SecurityGroups, []route.SecurityGroup{{
		ID: "sg-0d", Name: "default", VPCID: "vpc-0a",
		IPPermissions: []route.IPPermission{
			{IPProtocol: "-1", UserIDGroupPairs: []route.UserIDGroupPair{{GroupID: "sg-0d"}}},
			{IPProtocol: "tcp", FromPort: new(22), ToPort: new(22), UserIDGroupPairs: []route.UserIDGroupPair{{GroupID: "sg-0other"}}},
			{IPProtocol: "tcp", FromPort: new(443), ToPort: new(443), IPv6Ranges: []route.IPv6Range{{CIDRIPv6: "2600:1f16:1::/56"}}},
		},
		IPPermissionsEgress: []route.IPPermission{
			{IPProtocol: "-1", UserIDGroupPairs: []route.UserIDGroupPair{{GroupID: "sg-0other"}}},
			{IPProtocol: "tcp", FromPort: new(443), ToPort: new(443), IPRanges: []route.IPRange{{CIDRIP: "0.0.0.0/0"}}, PrefixListIDs: []route.PrefixListID{{PrefixListID: "pl-0mine"}}},
		},
	}})
	check("ACLs", inv.NetworkACLs, []route.NetworkACL{
		{ID: "acl-0d", VPCID: "vpc-0a", IsDefault: true, Entries: []route.NetworkACLEntry{
			{RuleNumber: 100, RuleAction: "allow", Protocol: "-1", CIDRBlock: "0.0.0.0/0"},
			{RuleNumber: 90, Egress: true, RuleAction: "deny", Protocol: "6", PortRange: &route.PortRange{From: 25, To: 25}, CIDRBlock: "0.0.0.0/0"},
		}},
		{ID: "acl-0o", VPCID: "vpc-0a", Associations: []route.ACLAssociation{{SubnetID: "subnet-0a"}}},
	})
	check("lists", inv.PrefixLists[:3], []route.PrefixList{
		{ID: "pl-0mine", Name: "mine", AddressFamily: "IPv4", CIDRs: []string{"10.2.0.0/16", "10.3.0.0/16"}},
		{ID: "pl-0s3", Name: "com.amazonaws.us-east-2.s3", CIDRs: []string{"198.51.100.0/24"}},
		{ID: "pl-0ddb", Name: "com.amazonaws.us-east-2.dynamodb", AddressFamily: "IPv4", CIDRs: []string{"203.0.113.0/24"}},
	})
	check("peering", []string{
		inv.VPCPeeringConnections[0].Status.Code, inv.VPCPeeringConnections[0].RequesterVPCInfo.VPCID, inv.VPCPeeringConnections[0].AccepterVPCInfo.VPCID,
		inv.VPCPeeringConnections[1].RequesterVPCInfo.VPCID, inv.VPCPeeringConnections[1].AccepterVPCInfo.VPCID,
	}, []string{"active", "vpc-0a", "vpc-0peer", "vpc-0req", "vpc-0a"})
	own := inv.Endpoints[1]
	check("endpoint", []any{own.PrivateDNSEnabled, own.Groups, own.NetworkInterfaceIDs, own.ServiceRegion, own.PolicyDocument},
		[]any{true, []endpoint.SecurityGroup{{ID: "sg-0d"}}, []string{"eni-0own"}, "us-east-2", "{}"})
	check("services", len(inv.ServiceDetails), 1)
	check("zones", inv.HostedZones, []zone.HostedZone{{ID: "Z0DATA", Name: "example.com.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-0a"}}}})
	check("rules", inv.ResolverRules, []zone.ResolverRule{{ID: "rslvr-rr-0a", DomainName: "corp.example.", RuleType: "FORWARD", Name: "corp", TargetIPs: []zone.TargetAddress{{IP: "10.9.0.2", Port: 53}}}})
	check("associations", []int{len(inv.ResolverRuleAssociations), len(inv.ResolverEndpoints), len(inv.ProfileAssociations), len(inv.ProfileResourceAssociations)}, []int{1, 1, 1, 1})
}

// TestModules follows references through variables and outputs of modules, with
// count and for_each.
func TestModules(t *testing.T) {
	config := `{"module_calls": {
		"vpc": {"for_each_expression": {"references": ["var.vpcs"]}, "expressions": {"cidr": {"references": ["each.value"]}}, "module": {
			"outputs": {"vpc_id": {"expression": {"references": ["aws_vpc.this[0].id", "aws_vpc.this[0]", "aws_vpc.this"]}},
				"subnet_ids": {"expression": {"references": ["aws_subnet.this"]}}},
			"resources": [
				{"mode": "managed", "type": "aws_vpc", "name": "this", "expressions": {}},
				{"mode": "managed", "type": "aws_subnet", "name": "this", "expressions": {"vpc_id": {"references": ["local.vpc_id"]}}}]}},
		"endpoints": {"expressions": {
				"vpc_id": {"references": ["module.vpc[\"a\"].vpc_id", "module.vpc[\"a\"]", "module.vpc"]},
				"subnet_ids": {"references": ["module.vpc[\"a\"].subnet_ids", "module.vpc[\"a\"]", "module.vpc"]}}, "module": {
			"module_calls": {"inner": {"count_expression": {"constant_value": 1}, "expressions": {"vpc_id": {"references": ["var.vpc_id"]}, "subnet_ids": {"references": ["var.subnet_ids"]}}, "module": {
				"resources": [{"mode": "managed", "type": "aws_vpc_endpoint", "name": "this", "for_each_expression": {"references": ["var.services"]},
					"expressions": {"vpc_id": {"references": ["var.vpc_id"]}, "subnet_ids": {"references": ["var.subnet_ids"]}, "service_name": {"references": ["each.key"]}}}]}}}}}}}`
	planned := []instance{
		res(`module.vpc["a"].aws_vpc.this[0]`, `{"cidr_block": "10.0.0.0/16"}`).with(`{"id": true}`),
		res(`module.vpc["a"].aws_subnet.this[0]`, `{"cidr_block": "10.0.1.0/24", "availability_zone": "us-east-2a"}`).with(`{"id": true, "vpc_id": true}`),
		res(`module.vpc["a"].aws_subnet.this[1]`, `{"cidr_block": "10.0.2.0/24", "availability_zone": "us-east-2b"}`).with(`{"id": true, "vpc_id": true}`),
		res(`module.endpoints.module.inner[0].aws_vpc_endpoint.this["ec2"]`, `{"service_name": "com.amazonaws.us-east-2.ec2", "vpc_endpoint_type": "Interface"}`).
			with(`{"id": true, "vpc_id": true, "subnet_ids": true, "network_interface_ids": true, "dns_entry": true}`),
	}
	d := read(t, plan(config, nil, planned, nil))
	world(t, d.Planned)
	vpc := `vpc-tf.module.vpc["a"].aws_vpc.this[0]`
	if got := d.Planned.Subnets[0].VPCID; got != vpc { // the only VPC of the plan
		t.Errorf("VPC of the subnet: %s", got)
	}
	e := d.Planned.Endpoints[0]
	if e.VPCID != vpc || len(e.SubnetIDs) != 2 || e.ID != `vpce-tf.module.endpoints.module.inner[0].aws_vpc_endpoint.this["ec2"]` {
		t.Errorf("endpoint: %+v", e)
	}
	// A second VPC: the local value may be either's.
	d = read(t, plan(config, nil, append(planned, res(`module.vpc["b"].aws_vpc.this[0]`, `{"cidr_block": "10.1.0.0/16"}`).with(`{"id": true}`)), nil))
	if got := d.Planned.Subnets[0].VPCID; got != "" {
		t.Errorf("VPC of the subnet: %s", got)
	}
	world(t, d.Planned)
	if got := d.Planned.Endpoints[0].VPCID; got != vpc {
		t.Errorf("VPC of the endpoint: %s", got)
	}
}

// TestUnknownRecords are records of endpoints that the plan makes.
func TestUnknownRecords(t *testing.T) {
	config := `{"resources": [{"mode": "managed", "type": "aws_route53_record", "name": "x", "expressions": {
		"zone_id": {"references": ["aws_route53_zone.z.zone_id", "aws_route53_zone.z"]}, "name": {"constant_value": "x"}, "type": {"constant_value": "A"},
		"alias": [{"name": {"references": ["aws_vpc_endpoint.e.dns_entry[0].dns_name", "aws_vpc_endpoint.e.dns_entry[0]", "aws_vpc_endpoint.e.dns_entry", "aws_vpc_endpoint.e"]}}]}},
		{"mode": "managed", "type": "aws_route53_zone", "name": "z", "expressions": {"vpc": [{"vpc_id": {"constant_value": "vpc-0a"}}]}}]}`
	planned := append(page(),
		res("aws_route53_zone.z", `{"name": "example.com", "vpc": [{"vpc_id": "vpc-0a"}]}`).with(`{"id": true, "zone_id": true, "arn": true, "vpc": [{"vpc_region": true}]}`),
		res("aws_route53_record.x", `{"name": "x", "type": "A", "records": null, "alias": [{"name": null, "evaluate_target_health": false}]}`).
			with(`{"id": true, "zone_id": true, "alias": [{"name": true, "zone_id": true}]}`),
		res("aws_route53profiles_association.p", `{"name": "p", "profile_id": "rp-0a", "resource_id": "vpc-0a"}`).with(`{"id": true}`))
	d := read(t, plan(config, page(), planned, nil))
	w := world(t, d.Planned)
	want(t, w, "private", "x.example.com", route.ClassUnknown, route.VerdictUnknown)
	want(t, w, "private", "y.example.com", route.ClassUnresolved, route.Failed)
	if d.Planned.HostedZones[0].ID != "Ztf.aws_route53_zone.z" {
		t.Errorf("zone id %s", d.Planned.HostedZones[0].ID)
	}
	// A record whose name is unknown may be any.
	d = read(t, plan(config, page(), replaced(planned, res("aws_route53_record.x", `{"type": "A"}`).with(`{"id": true, "zone_id": true, "name": true, "records": true}`)), nil))
	want(t, world(t, d.Planned), "private", "y.example.com", route.ClassUnknown, route.VerdictUnknown)
}

// TestGroupsOfPlans deletes a rule that the group's computed list still shows.
func TestGroupsOfPlans(t *testing.T) {
	group := res("aws_security_group.endpoint", `{"id": "sg-0e", "name": "endpoint", "vpc_id": "vpc-0a", "egress": [],
		"ingress": [{"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["10.0.1.0/24", "10.0.2.0/24"]}]}`)
	rule := func(name, cidr string) instance {
		return res("aws_vpc_security_group_ingress_rule."+name, `{"id": "sgr-`+name+`", "security_group_id": "sg-0e", "ip_protocol": "tcp", "from_port": 443, "to_port": 443, "cidr_ipv4": "`+cidr+`"}`)
	}
	prior := replaced(page(), group, rule("a", "10.0.1.0/24"), rule("b", "10.0.2.0/24"))
	config := `{"resources": [{"mode": "managed", "type": "aws_security_group", "name": "endpoint", "expressions": {"name": {"constant_value": "endpoint"}}}]}`
	d := read(t, plan(config, prior, without(prior, "aws_vpc_security_group_ingress_rule.b"), []instance{rule("b", "").deleting()}))
	want(t, world(t, d.Prior), "private", cloudwatch+":443", route.ClassEndpoint, route.Private)
	w := world(t, d.Planned)
	want(t, w, "private", "10.0.1.10", route.ClassBlocked, route.Failed)
	want(t, w, "public", "10.0.3.10", route.ClassEndpoint, route.Private)

	// A rule whose source is unknown may admit anything: nothing is said.
	d = read(t, plan(config, prior, replaced(prior, res("aws_vpc_security_group_ingress_rule.c",
		`{"security_group_id": "sg-0e", "ip_protocol": "tcp", "from_port": 443, "to_port": 443}`).with(`{"id": true, "cidr_ipv4": true}`)), nil))
	want(t, world(t, d.Planned), "isolated", "10.0.1.10", route.ClassEndpoint, route.Private, endpoint.FiltersNotEvaluated)
}

// TestRouteChanges changes and deletes a route that the table's computed list
// still shows as it was.
func TestRouteChanges(t *testing.T) {
	prior := page()
	nat := prior[slices.IndexFunc(prior, func(x instance) bool { return x.address == "aws_route.nat" })]
	changed := nat.but(`{"nat_gateway_id": "", "gateway_id": "igw-0a"}`)
	d := read(t, plan(`{}`, prior, replaced(prior, changed), nil))
	want(t, world(t, d.Prior), "private", "203.0.113.1", route.ClassNATGateway, route.Public)
	want(t, world(t, d.Planned), "private", "203.0.113.1", route.ClassInternetGateway, route.Public)

	config := `{"resources": [{"mode": "managed", "type": "aws_route_table", "name": "private", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}}]}`
	d = read(t, plan(config, prior, without(prior, nat.address), []instance{nat.deleting()}))
	want(t, world(t, d.Planned), "private", "203.0.113.1", route.ClassNoRoute, route.Failed)
}

// TestDataSources keeps what a plan reads before apply and does not print again.
func TestDataSources(t *testing.T) {
	prior := append(without(page(), "aws_vpc.main"),
		res("data.aws_vpc.main", `{"id": "vpc-0a", "cidr_block": "10.0.0.0/16", "default": false, "enable_dns_support": true, "enable_dns_hostnames": true,
			"cidr_block_associations": [{"association_id": "x", "cidr_block": "10.0.0.0/16", "state": "associated"}, {"cidr_block": "10.7.0.0/16", "state": "disassociated"}]}`),
		res("data.aws_route_table.isolated", `{"id": "rtb-0c", "route_table_id": "rtb-0c", "vpc_id": "vpc-0a", "routes": [{"cidr_block": "0.0.0.0/0", "transit_gateway_id": "tgw-0x"}], "associations": [{"subnet_id": "subnet-0c", "main": false}]}`))
	planned := without(prior, "data.aws_vpc.main", "data.aws_route_table.isolated")
	d := read(t, plan(`{}`, prior, planned, nil))
	if diff := cmp.Diff(d.Prior, d.Planned); diff != "" {
		t.Errorf("a plan without changes: %s", diff)
	}
	if n := len(d.Planned.VPCs[0].CIDRBlockAssociationSet); n != 1 {
		t.Errorf("%d associated CIDRs", n)
	}
	want(t, world(t, d.Planned), "isolated", "203.0.113.1", route.ClassTransitGateway, route.VerdictUnknown)
}
