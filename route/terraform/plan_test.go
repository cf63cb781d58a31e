package terraform_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/terraform"
	"github.com/privatelink-go/privatelink/route/trace"
)

// replaced is the list with the instances of the same address put in.
func replaced(list []instance, in ...instance) []instance {
	list = slices.Clone(list)
	for _, x := range in {
		i := slices.IndexFunc(list, func(o instance) bool { return o.address == x.address })
		if i < 0 {
			list = append(list, x)
		} else {
			list[i] = x
		}
	}
	return list
}

// without is the list without the addresses.
func without(list []instance, addresses ...string) []instance {
	return slices.DeleteFunc(slices.Clone(list), func(x instance) bool { return slices.Contains(addresses, x.address) })
}

func gatewayEndpoint() instance {
	return res("aws_vpc_endpoint.s3", `{"id": "vpce-0s3", "vpc_id": "vpc-0a", "service_name": "com.amazonaws.us-east-2.s3",
		"vpc_endpoint_type": "Gateway", "state": "available", "route_table_ids": [], "subnet_ids": [], "network_interface_ids": [],
		"security_group_ids": [], "private_dns_enabled": false, "prefix_list_id": "pl-0s3", "cidr_blocks": ["198.51.100.0/24", "203.0.113.0/24"],
		"dns_entry": [], "dns_options": [], "subnet_configuration": []}`)
}

// TestTurnOn is the plan of a review: private DNS of an endpoint that exists is
// turned on, and an S3 gateway endpoint gets its first route table.
func TestTurnOn(t *testing.T) {
	on := monitoring()
	off := on.but(`{"private_dns_enabled": false}`)
	entries := on.values["dns_entry"].([]any)
	off.values["dns_entry"] = entries[:4]
	on = off.but(`{"private_dns_enabled": true}`) // the provider keeps the computed entries
	prior := replaced(page(), off, gatewayEndpoint())
	planned := replaced(prior, on, res("aws_vpc_endpoint_route_table_association.s3",
		`{"vpc_endpoint_id": "vpce-0s3", "route_table_id": "rtb-0b"}`).with(`{"id": true}`))
	d := read(t, plan(`{}`, prior, planned, nil))
	if !d.IsPlan {
		t.Error("IsPlan is false")
	}
	before, after := world(t, d.Prior), world(t, d.Planned)
	want(t, before, "private", cloudwatch, route.ClassNATGateway, route.Public, endpoint.PrivateDNSOff)
	want(t, after, "private", cloudwatch, route.ClassEndpoint, route.Private)
	want(t, before, "isolated", cloudwatch, route.ClassNoRoute, route.Failed)
	want(t, after, "isolated", cloudwatch, route.ClassEndpoint, route.Private)
	want(t, before, "private", s3, route.ClassNATGateway, route.Public, endpoint.GatewayEndpointNotOnTable)
	want(t, after, "private", s3, route.ClassGatewayEndpoint, route.Private)
	want(t, after, "public", s3, route.ClassInternetGateway, route.Public)
	if len(d.Unknown) != 0 {
		t.Errorf("Unknown: %v", d.Unknown) // the association's own id is nothing that the network has
	}
}

// TestTurnOff removes what TestTurnOn adds. The endpoint's computed list still
// has the route table whose association goes.
func TestTurnOff(t *testing.T) {
	association := res("aws_vpc_endpoint_route_table_association.s3", `{"id": "a-1", "vpc_endpoint_id": "vpce-0s3", "route_table_id": "rtb-0b"}`)
	gateway := gatewayEndpoint().but(`{"route_table_ids": ["rtb-0b"]}`)
	prior := append(page(), gateway, association)
	planned := replaced(without(prior, association.address), monitoring().but(`{"private_dns_enabled": false}`))
	config := `{"resources": [{"mode": "managed", "type": "aws_vpc_endpoint", "name": "s3", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}}]}`
	d := read(t, plan(config, prior, planned, []instance{association.deleting()}))
	before, after := world(t, d.Prior), world(t, d.Planned)
	want(t, before, "private", s3, route.ClassGatewayEndpoint, route.Private)
	want(t, after, "private", s3, route.ClassNATGateway, route.Public, endpoint.GatewayEndpointNotOnTable)
	want(t, before, "private", cloudwatch, route.ClassEndpoint, route.Private)
	want(t, after, "private", cloudwatch, route.ClassNATGateway, route.Public)
}

// fresh is the plan that makes the page's VPC: no id is known.
func fresh(config string, change ...instance) string {
	unknown := `{"id": true, "arn": true, "owner_id": true, "tags_all": true`
	list := []instance{
		res("aws_vpc.main", `{"cidr_block": "10.0.0.0/16", "enable_dns_support": true, "enable_dns_hostnames": true}`).
			with(unknown + `, "main_route_table_id": true, "default_route_table_id": true, "default_security_group_id": true, "default_network_acl_id": true, "ipv6_cidr_block": true}`),
		res(`aws_subnet.private[0]`, `{"vpc_id": null, "cidr_block": "10.0.2.0/24", "availability_zone": "us-east-2b", "tags": {"Name": "private-0"}}`).
			with(unknown + `, "vpc_id": true, "availability_zone_id": true, "ipv6_cidr_block_association_id": true}`),
		res(`aws_subnet.private[1]`, `{"cidr_block": "10.0.3.0/24", "availability_zone": "us-east-2c", "tags": {"Name": "private-1"}}`).
			with(unknown + `, "vpc_id": true}`),
		res(`aws_subnet.public`, `{"cidr_block": "10.0.1.0/24", "availability_zone": "us-east-2a", "tags": {"Name": "public"}}`).
			with(unknown + `, "vpc_id": true}`),
		res(`aws_subnet.spare`, `{"cidr_block": "10.0.9.0/24", "availability_zone": "us-east-2a", "tags": {"Name": "spare"}}`).
			with(unknown + `, "vpc_id": true}`),
		res(`aws_internet_gateway.main`, `{}`).with(unknown + `, "vpc_id": true}`),
		res(`aws_nat_gateway.main`, `{"connectivity_type": "public"}`).
			with(unknown + `, "subnet_id": true, "private_ip": true, "public_ip": true, "network_interface_id": true}`),
		res(`aws_route_table.public`, `{"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": null, "ipv6_cidr_block": ""}]}`).
			with(unknown + `, "vpc_id": true, "propagating_vgws": true, "route": [{"gateway_id": true}]}`),
		res(`aws_route_table.private["0"]`, `{}`).with(unknown + `, "vpc_id": true, "propagating_vgws": true, "route": true}`),
		res(`aws_route_table.private["1"]`, `{}`).with(unknown + `, "vpc_id": true, "propagating_vgws": true, "route": true}`),
		res(`aws_route.nat["0"]`, `{"destination_cidr_block": "0.0.0.0/0"}`).
			with(`{"id": true, "nat_gateway_id": true, "route_table_id": true, "gateway_id": false, "state": true, "network_interface_id": true, "instance_id": true}`),
		res(`aws_route_table_association.public`, `{"gateway_id": null}`).with(`{"id": true, "route_table_id": true, "subnet_id": true}`),
		res(`aws_route_table_association.private[0]`, `{}`).with(`{"id": true, "route_table_id": true, "subnet_id": true}`),
		res(`aws_route_table_association.private[1]`, `{}`).with(`{"id": true, "route_table_id": true, "subnet_id": true}`),
		res(`aws_vpc_endpoint.monitoring`, `{"service_name": "com.amazonaws.us-east-2.monitoring", "vpc_endpoint_type": "Interface", "private_dns_enabled": true}`).
			with(unknown + `, "vpc_id": true, "state": true, "subnet_ids": true, "security_group_ids": true, "network_interface_ids": true, "dns_entry": true,
				"dns_options": true, "ip_address_type": true, "policy": true, "prefix_list_id": true, "cidr_blocks": true, "route_table_ids": true,
				"subnet_configuration": true, "requester_managed": true}`),
	}
	return plan(config, nil, replaced(list, change...), nil)
}

const freshConfig = `{"resources": [
	{"mode": "managed", "type": "aws_vpc", "name": "main", "expressions": {"cidr_block": {"constant_value": "10.0.0.0/16"},
		"enable_dns_support": {"constant_value": true}, "enable_dns_hostnames": {"constant_value": true}}},
	{"mode": "managed", "type": "aws_subnet", "name": "private", "count_expression": {"constant_value": 2},
		"expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}, "cidr_block": {"references": ["var.private", "count.index"]}}},
	{"mode": "managed", "type": "aws_subnet", "name": "public", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}},
	{"mode": "managed", "type": "aws_subnet", "name": "spare", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}},
	{"mode": "managed", "type": "aws_internet_gateway", "name": "main", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}},
	{"mode": "managed", "type": "aws_nat_gateway", "name": "main", "expressions": {"subnet_id": {"references": ["aws_subnet.public.id", "aws_subnet.public"]}}},
	{"mode": "managed", "type": "aws_route_table", "name": "public", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]},
		"route": [{"cidr_block": {"constant_value": "0.0.0.0/0"}, "gateway_id": {"references": ["aws_internet_gateway.main.id", "aws_internet_gateway.main"]}}]}},
	{"mode": "managed", "type": "aws_route_table", "name": "private", "for_each_expression": {"references": ["var.keys"]},
		"expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}},
	{"mode": "managed", "type": "aws_route", "name": "nat", "for_each_expression": {"references": ["aws_route_table.private"]},
		"expressions": {"route_table_id": {"references": ["each.value.id", "each.value"]}, "destination_cidr_block": {"constant_value": "0.0.0.0/0"},
			"nat_gateway_id": {"references": ["aws_nat_gateway.main.id", "aws_nat_gateway.main"]}}},
	{"mode": "managed", "type": "aws_route_table_association", "name": "public", "expressions": {
		"subnet_id": {"references": ["aws_subnet.public.id", "aws_subnet.public"]}, "route_table_id": {"references": ["aws_route_table.public.id", "aws_route_table.public"]}}},
	{"mode": "managed", "type": "aws_route_table_association", "name": "private", "count_expression": {"constant_value": 2}, "expressions": {
		"subnet_id": {"references": ["aws_subnet.private", "count.index"]},
		"route_table_id": {"references": ["aws_route_table.private[\"0\"].id", "aws_route_table.private[\"0\"]", "aws_route_table.private"]}}},
	{"mode": "managed", "type": "aws_vpc_endpoint", "name": "monitoring", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]},
		"subnet_ids": {"references": ["aws_subnet.private"]}, "private_dns_enabled": {"constant_value": true}}}
]}`

func TestFirstApply(t *testing.T) {
	d := read(t, fresh(freshConfig))
	if n := len(d.Prior.VPCs) + len(d.Prior.Subnets) + len(d.Prior.RouteTables); n != 0 {
		t.Errorf("Prior has %d objects", n)
	}
	world(t, d.Prior)
	w := world(t, d.Planned)
	sts := "sts.us-east-2.amazonaws.com"
	want(t, w, "private-0", sts, route.ClassNATGateway, route.Public)
	want(t, w, "private-1", sts, route.ClassNATGateway, route.Public)
	want(t, w, "public", sts, route.ClassInternetGateway, route.Public)
	want(t, w, "spare", sts, route.ClassNoRoute, route.Failed) // the new VPC's main table
	want(t, w, "private-0", cloudwatch, route.ClassUnknown, route.VerdictUnknown)

	e := d.Planned.Endpoints[0]
	if e.NetworkInterfaceIDs != nil || e.DNSEntries != nil {
		t.Errorf("a new endpoint has interfaces %v and entries %v", e.NetworkInterfaceIDs, e.DNSEntries)
	}
	subnets := []string{"subnet-tf.aws_subnet.private[0]", "subnet-tf.aws_subnet.private[1]"}
	if !slices.Equal(e.SubnetIDs, subnets) {
		t.Errorf("subnets of the endpoint: %v", e.SubnetIDs)
	}
	for _, u := range []terraform.Unknown{
		{"aws_vpc.main", "id", "vpc-tf.aws_vpc.main"},
		{"aws_vpc.main", "default_route_table_id", "rtb-tf.aws_vpc.main.default_route_table_id"},
		{"aws_subnet.private[1]", "vpc_id", "vpc-tf.aws_vpc.main"},
		{`aws_route.nat["0"]`, "route_table_id", `rtb-tf.aws_route_table.private["0"]`},
		{`aws_route.nat["0"]`, "nat_gateway_id", "nat-tf.aws_nat_gateway.main"},
		{"aws_route_table.public", "route[0].gateway_id", "igw-tf.aws_internet_gateway.main"},
		{"aws_vpc_endpoint.monitoring", "network_interface_ids", ""},
		{"aws_vpc_endpoint.monitoring", "subnet_ids", strings.Join(subnets, " ")},
	} {
		if !slices.Contains(d.Unknown, u) {
			t.Errorf("Unknown lacks %v\n%v", u, d.Unknown)
		}
	}
}

// TestStable reads one plan twice: stand-ins and order are the same.
func TestStable(t *testing.T) {
	a, b := read(t, fresh(freshConfig)), read(t, fresh(freshConfig))
	if text(a) != text(b) {
		t.Error("two readings differ")
	}
}

// unknown checks that the answer in a plan is unknown.
func unknown(t *testing.T, inv trace.Inventory, from, host string) {
	t.Helper()
	want(t, world(t, inv), from, host, route.ClassUnknown, route.VerdictUnknown)
}

// TestNeverGuessed are plans that hide what would decide: each answer is unknown.
func TestNeverGuessed(t *testing.T) {
	sts := "sts.us-east-2.amazonaws.com"
	edit := func(old, new string) string {
		if !strings.Contains(freshConfig, old) {
			t.Fatalf("no %s", old)
		}
		return strings.ReplaceAll(freshConfig, old, new)
	}
	t.Run("target by a local value, two candidates", func(t *testing.T) {
		d := read(t, fresh(edit(`"references": ["aws_nat_gateway.main.id", "aws_nat_gateway.main"]`, `"references": ["local.nat"]`),
			res("aws_nat_gateway.second", `{}`).with(`{"id": true, "subnet_id": true}`)))
		tr := want(t, world(t, d.Planned), "private-0", sts, route.ClassUnknown, route.VerdictUnknown)
		if !slices.Contains(tr.Codes, endpoint.UnknownResource) {
			t.Errorf("codes %v", tr.Codes)
		}
	})
	t.Run("target by a local value, one candidate", func(t *testing.T) {
		d := read(t, fresh(edit(`"references": ["aws_nat_gateway.main.id", "aws_nat_gateway.main"]`, `"references": ["local.nat"]`)))
		want(t, world(t, d.Planned), "private-0", sts, route.ClassNATGateway, route.Public)
	})
	t.Run("target of a resource that is not read", func(t *testing.T) {
		d := read(t, fresh(edit(`"references": ["aws_nat_gateway.main.id", "aws_nat_gateway.main"]`, `"references": ["aws_cloudformation_stack.x.outputs", "aws_cloudformation_stack.x"]`)))
		unknown(t, d.Planned, "private-0", sts)
	})
	t.Run("target without configuration", func(t *testing.T) {
		d := read(t, fresh(edit(`"gateway_id": {"references": ["aws_internet_gateway.main.id", "aws_internet_gateway.main"]}`, `"gateway_id": {"references": ["local.gateway"]}`),
			res("aws_vpn_gateway.x", `{}`).with(`{"id": true, "vpc_id": true}`)))
		unknown(t, d.Planned, "public", sts)
	})
	t.Run("destination", func(t *testing.T) {
		d := read(t, fresh(freshConfig, res(`aws_route.nat["0"]`, `{}`).
			with(`{"id": true, "nat_gateway_id": true, "route_table_id": true, "destination_cidr_block": true}`)))
		unknown(t, d.Planned, "private-0", sts)
	})
	t.Run("table of a route", func(t *testing.T) {
		d := read(t, fresh(edit(`"references": ["each.value.id", "each.value"]`, `"references": ["local.table"]`)))
		unknown(t, d.Planned, "private-0", sts)
	})
	t.Run("table of an association", func(t *testing.T) {
		d := read(t, fresh(edit(`"references": ["aws_route_table.private[\"0\"].id", "aws_route_table.private[\"0\"]", "aws_route_table.private"]`,
			`"references": ["local.table"]`)))
		unknown(t, d.Planned, "private-0", sts)
	})
	t.Run("subnet of an association", func(t *testing.T) {
		d := read(t, fresh(edit(`"references": ["aws_subnet.private", "count.index"]`, `"references": ["local.subnet"]`)))
		unknown(t, d.Planned, "private-0", sts)
		unknown(t, d.Planned, "spare", sts)
	})
	t.Run("VPC CIDR", func(t *testing.T) {
		d := read(t, fresh(freshConfig, res("aws_vpc.main", `{"enable_dns_support": true, "enable_dns_hostnames": true}`).
			with(`{"id": true, "cidr_block": true, "default_route_table_id": true, "main_route_table_id": true}`)))
		unknown(t, d.Planned, "private-0", sts)
		unknown(t, d.Planned, "public", "10.0.7.7")
	})
	t.Run("VPC of a zone's association", func(t *testing.T) {
		d := read(t, fresh(edit(`{"resources": [`, `{"resources": [
			{"mode": "managed", "type": "aws_route53_zone", "name": "z", "expressions": {"vpc": [{"vpc_id": {"references": ["local.vpcs"]}}]}},`),
			res("aws_vpc.second", `{"cidr_block": "10.9.0.0/16", "enable_dns_support": true, "enable_dns_hostnames": true}`).with(`{"id": true}`),
			res("aws_route53_zone.z", `{"name": "example.com", "vpc": [{"vpc_id": null}]}`).with(`{"id": true, "zone_id": true, "vpc": [{"vpc_id": true}]}`)))
		unknown(t, d.Planned, "private-0", "a.example.com")
		want(t, world(t, d.Planned), "private-0", "a.example.org", route.ClassNATGateway, route.Public)
	})
	t.Run("rule of an association", func(t *testing.T) {
		d := read(t, fresh(freshConfig, res("aws_route53_resolver_rule_association.x", `{}`).with(`{"id": true, "vpc_id": true, "resolver_rule_id": true}`)))
		unknown(t, d.Planned, "private-0", "a.example.com")
	})
	t.Run("domain of a rule", func(t *testing.T) {
		d := read(t, fresh(freshConfig,
			res("aws_route53_resolver_rule.x", `{"rule_type": "FORWARD"}`).with(`{"id": true, "domain_name": true, "target_ip": true}`),
			res("aws_route53_resolver_rule_association.x", `{}`).with(`{"id": true, "vpc_id": true, "resolver_rule_id": true}`)))
		unknown(t, d.Planned, "private-0", "a.example.com")
	})
	t.Run("main table", func(t *testing.T) {
		d := read(t, fresh(freshConfig, res("aws_main_route_table_association.x", `{}`).with(`{"id": true, "vpc_id": true, "route_table_id": true, "original_route_table_id": true}`)))
		unknown(t, d.Planned, "spare", sts)
	})
}

// TestUnknownFamilies: a subnet whose CIDR is unknown has the family.
func TestUnknownFamilies(t *testing.T) {
	config := strings.Replace(freshConfig, `"cidr_block": {"references": ["var.private", "count.index"]}`,
		`"cidr_block": {"references": ["var.private", "count.index"]}, "ipv6_cidr_block": {"references": ["aws_vpc.main.ipv6_cidr_block", "aws_vpc.main"]}`, 1)
	config = strings.Replace(config, `"enable_dns_support": {"constant_value": true}`, `"assign_generated_ipv6_cidr_block": {"constant_value": true}`, 1)
	d := read(t, fresh(config,
		res("aws_vpc.main", `{"cidr_block": "10.0.0.0/16", "enable_dns_support": true, "enable_dns_hostnames": true, "assign_generated_ipv6_cidr_block": true}`).
			with(`{"id": true, "ipv6_cidr_block": true, "default_route_table_id": true, "main_route_table_id": true}`),
		res(`aws_subnet.private[0]`, `{"cidr_block": "10.0.2.0/24", "availability_zone": "us-east-2b", "tags": {"Name": "private-0"}}`).
			with(`{"id": true, "vpc_id": true, "ipv6_cidr_block": true}`)))
	s := d.Planned.Subnets[0]
	if len(s.IPv6CIDRBlockAssociationSet) != 1 || !strings.HasPrefix(s.IPv6CIDRBlockAssociationSet[0].IPv6CIDRBlock, "2001:db8:") {
		t.Errorf("IPv6 of a subnet whose CIDR is unknown: %v", s.IPv6CIDRBlockAssociationSet)
	}
	w := world(t, d.Planned)
	want(t, w, "private-0", "2600:1f00::1", route.ClassUnknown, route.VerdictUnknown)
	want(t, w, "private-0", "198.51.100.1", route.ClassNATGateway, route.Public)
	if s := d.Planned.Subnets[2]; s.IPv6CIDRBlockAssociationSet != nil {
		t.Errorf("IPv6 of a subnet that does not ask for it: %v", s.IPv6CIDRBlockAssociationSet)
	}
}

// TestHostnamesDefault is a plan AWS would refuse: private DNS in a VPC whose
// enable_dns_hostnames nobody turned on (dns.md, E2).
func TestHostnamesDefault(t *testing.T) {
	config := strings.Replace(freshConfig, `, "enable_dns_hostnames": {"constant_value": true}`, "", 1)
	d := read(t, fresh(config, res("aws_vpc.main", `{"cidr_block": "10.0.0.0/16", "enable_dns_support": true}`).
		with(`{"id": true, "enable_dns_hostnames": true, "default_route_table_id": true, "main_route_table_id": true}`)))
	w := world(t, d.Planned)
	if !slices.ContainsFunc(w.Findings(), func(f endpoint.Finding) bool { return f.Code == endpoint.PrivateDNSNeedsAttributes }) {
		t.Errorf("findings: %v", w.Findings())
	}
}

// TestEndpointSubnets adds and removes a subnet of an endpoint that exists.
func TestEndpointSubnets(t *testing.T) {
	t.Run("added by an association", func(t *testing.T) {
		two := monitoring().but(`{"subnet_ids": ["subnet-0a", "subnet-0b"], "network_interface_ids": ["eni-0a", "eni-0b"],
			"subnet_configuration": [{"ipv4": "10.0.1.10", "subnet_id": "subnet-0a"}, {"ipv4": "10.0.2.10", "subnet_id": "subnet-0b"}]}`)
		prior := replaced(page(), two)
		d := read(t, plan(`{}`, prior, append(slices.Clone(prior),
			res("aws_vpc_endpoint_subnet_association.c", `{"vpc_endpoint_id": "vpce-099deb00b40f00e22", "subnet_id": "subnet-0c"}`)), nil))
		want(t, world(t, d.Prior), "private", cloudwatch, route.ClassEndpoint, route.Private)
		unknown(t, d.Planned, "private", cloudwatch)
		if !slices.Contains(d.Unknown, terraform.Unknown{Address: "aws_vpc_endpoint.monitoring", Path: "network_interface_ids"}) {
			t.Errorf("Unknown: %v", d.Unknown)
		}
	})
	t.Run("added in place", func(t *testing.T) {
		prior := replaced(page(), monitoring().but(`{"subnet_ids": ["subnet-0a"], "network_interface_ids": ["eni-0a"], "subnet_configuration": [{"ipv4": "10.0.1.10", "subnet_id": "subnet-0a"}]}`))
		planned := replaced(prior, prior[len(prior)-1].but(`{"subnet_ids": ["subnet-0a", "subnet-0b"]}`))
		d := read(t, plan(`{}`, prior, planned, nil))
		unknown(t, d.Planned, "private", cloudwatch)
	})
	t.Run("added in place, without addresses", func(t *testing.T) {
		prior := replaced(page(), monitoring().but(`{"subnet_ids": ["subnet-0a"], "network_interface_ids": ["eni-0a"], "subnet_configuration": []}`))
		planned := replaced(prior, prior[len(prior)-1].but(`{"subnet_ids": ["subnet-0a", "subnet-0b"]}`))
		d := read(t, plan(`{}`, prior, planned, nil))
		if ids := d.Planned.Endpoints[0].NetworkInterfaceIDs; ids != nil {
			t.Errorf("interfaces: %v", ids)
		}
	})
	t.Run("removed", func(t *testing.T) {
		planned := replaced(page(), monitoring().but(`{"subnet_ids": ["subnet-0a", "subnet-0b"]}`))
		d := read(t, plan(`{}`, page(), planned, nil))
		tr := want(t, world(t, d.Planned), "isolated", cloudwatch, route.ClassEndpoint, route.Private)
		if len(tr.Paths) != 2 {
			t.Errorf("%d addresses: %+v", len(tr.Paths), tr.Paths)
		}
	})
	t.Run("address type changed", func(t *testing.T) {
		d := read(t, plan(`{}`, page(), replaced(page(), monitoring().but(`{"ip_address_type": "dualstack"}`)), nil))
		unknown(t, d.Planned, "private", cloudwatch)
	})
	t.Run("replaced", func(t *testing.T) {
		in := monitoring().with(`{"id": true, "network_interface_ids": true, "dns_entry": true, "subnet_configuration": true, "state": true}`)
		for _, name := range []string{"id", "network_interface_ids", "dns_entry", "subnet_configuration", "state"} {
			delete(in.values, name)
		}
		in.actions = []string{"delete", "create"}
		d := read(t, plan(`{}`, page(), replaced(page(), in), nil))
		unknown(t, d.Planned, "private", cloudwatch)
		if id := d.Planned.Endpoints[0].ID; id != "vpce-tf.aws_vpc_endpoint.monitoring" {
			t.Errorf("id %s", id)
		}
	})
}
