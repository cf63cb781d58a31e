package terraform_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// conf is a configuration of one resource.
func conf(typ, name, expressions string) string {
	return `{"resources": [{"mode": "managed", "type": "` + typ + `", "name": "` + name + `", "expressions": ` + expressions + `}]}`
}

// find returns the object of a list with that id.
func find[T any](t *testing.T, list []T, is func(T) bool) T {
	t.Helper()
	i := slices.IndexFunc(list, is)
	if i < 0 {
		t.Fatalf("not in %+v", list)
	}
	return list[i]
}

func table(t *testing.T, list []route.Table, id string) route.Table {
	t.Helper()
	return find(t, list, func(x route.Table) bool { return x.ID == id })
}

// routes are a table's routes as text.
func routes(x route.Table) string {
	var list []string
	for _, r := range x.Routes {
		list = append(list, r.Destination()+" "+r.Target())
	}
	slices.Sort(list)
	return strings.Join(list, "; ")
}

// The subtests bear the numbers of addTables' list.
func TestTables(t *testing.T) {
	unset := conf("aws_route_table", "private", `{}`)
	t.Run("1 own blocks less removed resources", func(t *testing.T) {
		d := read(t, plan(unset, page(), without(page(), "aws_route.nat"), []instance{{address: "aws_route.nat", actions: []string{"delete"}}}))
		if got := routes(table(t, d.Planned.RouteTables, "rtb-0b")); got != "10.0.0.0/16 local" {
			t.Error(got)
		}
	})
	t.Run("1 own blocks that the configuration gives stay", func(t *testing.T) {
		d := read(t, plan(conf("aws_route_table", "private", `{"route": {"constant_value": []}}`), page(), without(page(), "aws_route.nat"),
			[]instance{{address: "aws_route.nat", actions: []string{"delete"}}}))
		if got := routes(table(t, d.Planned.RouteTables, "rtb-0b")); got != "0.0.0.0/0 nat-0a; 10.0.0.0/16 local" {
			t.Error(got)
		}
	})
	t.Run("2 a resource beats a computed route", func(t *testing.T) {
		d := read(t, state(replaced(page(), res("aws_route.nat", `{"id": "r", "route_table_id": "rtb-0b", "destination_cidr_block": "0.0.0.0/0", "transit_gateway_id": "tgw-0a"}`))...))
		if got := routes(table(t, d.Planned.RouteTables, "rtb-0b")); got != "0.0.0.0/0 tgw-0a; 10.0.0.0/16 local" {
			t.Error(got)
		}
	})
	t.Run("3 a replaced local route", func(t *testing.T) {
		d := read(t, state(replaced(page(), res("aws_route.fw", `{"id": "r", "route_table_id": "rtb-0b", "destination_cidr_block": "10.0.0.0/16", "network_interface_id": "eni-0fw"}`))...))
		if got := routes(table(t, d.Planned.RouteTables, "rtb-0b")); got != "0.0.0.0/0 nat-0a; 10.0.0.0/16 eni-0fw" {
			t.Error(got)
		}
	})
	t.Run("4 gateway endpoints", func(t *testing.T) {
		d := read(t, state(append(page(), gatewayEndpoint().but(`{"route_table_ids": ["rtb-0b"], "ip_address_type": "dualstack"}`))...))
		if got := routes(table(t, d.Planned.RouteTables, "rtb-0b")); got != "0.0.0.0/0 nat-0a; 10.0.0.0/16 local; pl-0s3 vpce-0s3; pl-tf.aws_vpc_endpoint.s3.ipv6 vpce-0s3" {
			t.Error(got)
		}
		w := world(t, d.Planned)
		want(t, w, "private", s3, route.ClassGatewayEndpoint, route.Private)
		want(t, w, "private", "203.0.113.9", route.ClassGatewayEndpoint, route.Private)
		want(t, w, "private", "192.0.2.9", route.ClassNATGateway, route.Public)
	})
	t.Run("4 the list of a new gateway endpoint", func(t *testing.T) {
		fresh := res("aws_vpc_endpoint.new", `{"vpc_id": "vpc-0a", "service_name": "com.amazonaws.us-east-2.s3", "vpc_endpoint_type": "Gateway", "route_table_ids": ["rtb-0b"]}`).
			with(`{"id": true, "prefix_list_id": true, "cidr_blocks": true, "state": true}`)
		d := read(t, plan(`{}`, page(), append(page(), fresh), nil))
		if got := routes(table(t, d.Planned.RouteTables, "rtb-0b")); !strings.Contains(got, "pl-tf.aws_vpc_endpoint.new.prefix_list_id vpce-tf.aws_vpc_endpoint.new") {
			t.Error(got)
		}
		w := world(t, d.Planned)
		want(t, w, "private", s3, route.ClassGatewayEndpoint, route.Private)
		want(t, w, "private", "203.0.113.9", route.ClassUnknown, route.VerdictUnknown, endpoint.PrefixListEntriesMissing)
		// The list is known by another endpoint for the service.
		d = read(t, plan(`{}`, append(page(), gatewayEndpoint()), append(page(), gatewayEndpoint(), fresh), nil))
		want(t, world(t, d.Planned), "private", "203.0.113.9", route.ClassGatewayEndpoint, route.Private)
		want(t, world(t, d.Planned), "private", "192.0.2.9", route.ClassNATGateway, route.Public)
	})
	t.Run("5 propagated routes", func(t *testing.T) {
		in := page()
		i := slices.IndexFunc(in, func(x instance) bool { return x.address == "aws_route_table.private" })
		in[i] = in[i].but(`{"propagating_vgws": ["vgw-0a"]}`)
		w := world(t, read(t, state(in...)).Planned)
		want(t, w, "private", "192.0.2.9", route.ClassUnknown, route.VerdictUnknown)
		want(t, w, "private", "10.0.3.10", route.ClassEndpoint, route.Private)
	})
	t.Run("6 a destination that is not told", func(t *testing.T) {
		unknown := func(target string) route.Table {
			x := res("aws_route.x", `{"route_table_id": "rtb-0b", `+target+`}`).with(`{"id": true, "destination_cidr_block": true}`)
			return table(t, read(t, plan(unset, page(), append(page(), x), nil)).Planned.RouteTables, "rtb-0b")
		}
		if got := routes(unknown(`"transit_gateway_id": "tgw-0a"`)); got != "0.0.0.0/0 nat-0a; 10.0.0.0/16 local; pl-tf.rtb-0b.routes " {
			t.Error(got)
		}
		if got := routes(unknown(`"network_interface_id": "eni-0fw"`)); got != "pl-tf.rtb-0b.routes " { // R12: it may divert local traffic
			t.Error(got)
		}
	})
	t.Run("7 the main table", func(t *testing.T) {
		main := res("aws_main_route_table_association.x", `{"id": "a", "vpc_id": "vpc-0a", "route_table_id": "rtb-0a", "original_route_table_id": "rtb-0main"}`)
		isMain := func(in []route.Table) string {
			return find(t, in, func(x route.Table) bool {
				return slices.ContainsFunc(x.Associations, func(a route.Association) bool { return a.Main })
			}).ID
		}
		prior := append(page(), main)
		prior[0] = prior[0].but(`{"main_route_table_id": "rtb-0a"}`)
		d := read(t, plan(`{}`, prior, without(prior, main.address), []instance{main.deleting()}))
		if a, b := isMain(d.Prior.RouteTables), isMain(d.Planned.RouteTables); a != "rtb-0a" || b != "rtb-0main" {
			t.Errorf("main table %s, then %s", a, b)
		}
		want(t, world(t, d.Prior), "isolated", "192.0.2.9", route.ClassInternetGateway, route.Public)
		want(t, world(t, d.Planned), "isolated", "192.0.2.9", route.ClassNoRoute, route.Failed)
		// A main table that no resource describes is not told.
		w := world(t, read(t, state(without(page(), "aws_default_route_table.main")...)).Planned)
		want(t, w, "isolated", "192.0.2.9", route.ClassUnknown, route.VerdictUnknown, endpoint.MainRouteTableMissing)
	})
	t.Run("8 the default table of a new VPC", func(t *testing.T) {
		x := res("aws_route.x", `{"destination_cidr_block": "0.0.0.0/0"}`).with(`{"id": true, "route_table_id": true, "gateway_id": true}`)
		config := strings.Replace(freshConfig, `{"resources": [`, `{"resources": [{"mode": "managed", "type": "aws_route", "name": "x", "expressions": {
			"route_table_id": {"references": ["aws_vpc.main.main_route_table_id", "aws_vpc.main"]},
			"gateway_id": {"references": ["aws_internet_gateway.main.id", "aws_internet_gateway.main"]}}}, `, 1)
		want(t, world(t, read(t, fresh(config, x)).Planned), "spare", "192.0.2.9", route.ClassInternetGateway, route.Public)
	})
}

// The subtests bear the numbers of addEndpoints' list; TestEndpointSubnets has
// more of them.
func TestEndpoints(t *testing.T) {
	added := res("aws_vpc_endpoint.new", `{"vpc_id": "vpc-0a", "service_name": "com.amazonaws.us-east-2.monitoring", "vpc_endpoint_type": "Interface",
		"private_dns_enabled": true, "subnet_ids": ["subnet-0a"], "subnet_configuration": [{"ipv4": "10.0.1.77", "ipv6": null, "subnet_id": "subnet-0a"}]}`).
		with(`{"id": true, "state": true, "network_interface_ids": true, "dns_entry": true, "security_group_ids": true, "dns_options": true}`)
	without := without(page(), "aws_vpc_endpoint.monitoring")
	t.Run("3 addresses that the configuration gives", func(t *testing.T) {
		d := read(t, plan(`{}`, without, append(slices.Clone(without), added), nil))
		tr := want(t, world(t, d.Planned), "private", cloudwatch, route.ClassEndpoint, route.Private)
		if len(tr.Paths) != 1 || tr.Paths[0].Address.String() != "10.0.1.77" {
			t.Errorf("paths: %+v", tr.Paths)
		}
	})
	t.Run("4 a service that has to accept", func(t *testing.T) {
		other := added.but(`{"service_name": "com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230"}`).with(text(added.unknown))
		d := read(t, plan(`{}`, without, append(slices.Clone(without), other), nil))
		if ids := d.Planned.Endpoints[0].NetworkInterfaceIDs; ids != nil {
			t.Errorf("interfaces %v", ids)
		}
		accepted := other.but(`{"auto_accept": true}`)
		d = read(t, plan(`{}`, without, append(slices.Clone(without), accepted), nil))
		if ids := d.Planned.Endpoints[0].NetworkInterfaceIDs; len(ids) != 1 {
			t.Errorf("interfaces %v", ids)
		}
		gwlb := other.but(`{"vpc_endpoint_type": "GatewayLoadBalancer"}`)
		d = read(t, plan(`{}`, without, append(slices.Clone(without), gwlb), nil))
		if len(d.Planned.Endpoints) != 0 {
			t.Errorf("endpoints %v", d.Planned.Endpoints)
		}
	})
}

// TestPeering takes a connection as active only where something accepts it.
func TestPeering(t *testing.T) {
	vpcs := []instance{
		res("aws_vpc.a", `{"id": "vpc-0a", "cidr_block": "10.0.0.0/16"}`), res("aws_vpc.b", `{"id": "vpc-0b", "cidr_block": "10.1.0.0/16"}`),
	}
	pcx := res("aws_vpc_peering_connection.x", `{"vpc_id": "vpc-0a", "peer_vpc_id": "vpc-0b"}`).with(`{"id": true, "accept_status": true, "peer_owner_id": true}`)
	status := func(config string, in ...instance) string {
		list := read(t, plan(config, vpcs, append(slices.Clone(vpcs), in...), nil)).Planned.VPCPeeringConnections
		if len(list) == 0 {
			return ""
		}
		if list[0].AccepterVPCInfo.CIDRBlock != "10.1.0.0/16" || len(list) > 1 {
			t.Errorf("connections %+v", list)
		}
		return list[0].Status.Code
	}
	if got := status(`{}`, pcx); got != "" {
		t.Errorf("not accepted: %s", got)
	}
	if got := status(`{}`, pcx.but(`{"auto_accept": true}`)); got != "active" {
		t.Errorf("auto_accept: %s", got)
	}
	accepter := res("aws_vpc_peering_connection_accepter.x", `{"auto_accept": true}`).with(`{"id": true, "vpc_peering_connection_id": true, "vpc_id": true}`)
	config := conf("aws_vpc_peering_connection_accepter", "x", `{"vpc_peering_connection_id": {"references": ["aws_vpc_peering_connection.x.id", "aws_vpc_peering_connection.x"]}}`)
	if got := status(config, pcx, accepter); got != "active" {
		t.Errorf("accepter: %s", got)
	}
}

// TestGatewayAttachments detaches an internet gateway, and attaches a new one.
func TestGatewayAttachments(t *testing.T) {
	attachment := res("aws_internet_gateway_attachment.x", `{"id": "igw-0a:vpc-0a", "internet_gateway_id": "igw-0a", "vpc_id": "vpc-0a"}`)
	prior := append(page(), attachment)
	config := conf("aws_internet_gateway", "main", `{}`)
	d := read(t, plan(config, prior, without(prior, attachment.address), []instance{attachment.deleting()}))
	want(t, world(t, d.Prior), "public", "192.0.2.9", route.ClassInternetGateway, route.Public)
	want(t, world(t, d.Planned), "public", "192.0.2.9", route.ClassBlocked, route.Failed, endpoint.BadStateAttachment)

	// An attachment whose gateway is not told: it may be any's.
	open := res("aws_internet_gateway_attachment.y", `{"vpc_id": "vpc-0a"}`).with(`{"id": true, "internet_gateway_id": true}`)
	in := replaced(page(), res("aws_internet_gateway.main", `{"id": "igw-0a", "vpc_id": ""}`))
	d = read(t, plan(`{}`, in, append(slices.Clone(in), open), nil))
	want(t, world(t, d.Planned), "public", "192.0.2.9", route.ClassUnknown, route.VerdictUnknown)
}

// TestRemovedFromLists removes what computed lists still show.
func TestRemovedFromLists(t *testing.T) {
	list := res("aws_ec2_managed_prefix_list.x", `{"id": "pl-0a", "name": "x", "address_family": "IPv4", "entry": [{"cidr": "10.1.0.0/16"}, {"cidr": "10.2.0.0/16"}]}`)
	entry := res("aws_ec2_managed_prefix_list_entry.x", `{"id": "e", "prefix_list_id": "pl-0a", "cidr": "10.2.0.0/16"}`)
	acl := res("aws_network_acl.x", `{"id": "acl-0a", "vpc_id": "vpc-0a", "subnet_ids": ["subnet-0a", "subnet-0b"],
		"ingress": [{"rule_no": 100, "action": "allow", "protocol": "-1", "from_port": 0, "to_port": 0, "cidr_block": "0.0.0.0/0"}], "egress": []}`)
	association := res("aws_network_acl_association.x", `{"id": "a", "network_acl_id": "acl-0a", "subnet_id": "subnet-0b"}`)
	rule := res("aws_network_acl_rule.x", `{"id": "r", "network_acl_id": "acl-0a", "rule_number": 100, "egress": false, "rule_action": "allow", "protocol": "-1", "cidr_block": "0.0.0.0/0"}`)
	group := res("aws_vpc_endpoint_security_group_association.x", `{"id": "g", "vpc_endpoint_id": "vpce-099deb00b40f00e22", "security_group_id": "sg-0e"}`)
	prior := append(page(), list, entry, acl, association, rule, group)
	gone := []instance{entry.deleting(), association.deleting(), rule.deleting(), group.deleting()}
	config := `{"resources": [{"mode": "managed", "type": "aws_ec2_managed_prefix_list", "name": "x", "expressions": {}},
		{"mode": "managed", "type": "aws_network_acl", "name": "x", "expressions": {}}, {"mode": "managed", "type": "aws_vpc_endpoint", "name": "monitoring", "expressions": {}}]}`
	d := read(t, plan(config, prior, without(prior, entry.address, association.address, rule.address, group.address), gone))
	if got := d.Planned.PrefixLists[0].CIDRs; !slices.Equal(got, []string{"10.1.0.0/16"}) {
		t.Errorf("entries %v", got)
	}
	if a := d.Planned.NetworkACLs[0]; len(a.Entries) != 0 || len(a.Associations) != 1 {
		t.Errorf("ACL %+v", a)
	}
	if got := d.Planned.Endpoints[0].Groups; got != nil {
		t.Errorf("groups %v", got)
	}
	if a := d.Prior.NetworkACLs[0]; len(a.Entries) != 1 || len(a.Associations) != 2 || len(d.Prior.PrefixLists[0].CIDRs) != 2 || len(d.Prior.Endpoints[0].Groups) != 1 {
		t.Error("the prior state lost something")
	}
}

// TestElasticAddress: that an interface will have a public address decides,
// whichever it will be.
func TestElasticAddress(t *testing.T) {
	eni := res("aws_network_interface.x", `{"id": "eni-0x", "subnet_id": "subnet-0a", "private_ip": "10.0.1.5", "private_ips": ["10.0.1.5"], "security_groups": [], "source_dest_check": true}`)
	eip := res("aws_eip.x", `{"network_interface": "eni-0x"}`).with(`{"id": true, "public_ip": true, "private_ip": true, "association_id": true}`)
	prior := append(page(), eni)
	d := read(t, plan(`{}`, prior, append(slices.Clone(prior), eip), nil))
	want(t, world(t, d.Prior), "eni-0x", "192.0.2.9", route.ClassBlocked, route.Failed, endpoint.IGWPublicIPAssociationForEgress)
	want(t, world(t, d.Planned), "eni-0x", "192.0.2.9", route.ClassInternetGateway, route.Public)
}

// TestFirstHub makes a transit gateway with its default table, a Profile and a
// zone in one plan.
func TestFirstHub(t *testing.T) {
	config := `{"resources": [
		{"mode": "managed", "type": "aws_ec2_transit_gateway", "name": "hub", "expressions": {}},
		{"mode": "managed", "type": "aws_ec2_transit_gateway_vpc_attachment", "name": "a", "expressions": {
			"transit_gateway_id": {"references": ["aws_ec2_transit_gateway.hub.id", "aws_ec2_transit_gateway.hub"]}}},
		{"mode": "managed", "type": "aws_ec2_transit_gateway_route", "name": "all", "expressions": {
			"transit_gateway_route_table_id": {"references": ["aws_ec2_transit_gateway.hub.association_default_route_table_id", "aws_ec2_transit_gateway.hub"]},
			"transit_gateway_attachment_id": {"references": ["aws_ec2_transit_gateway_vpc_attachment.a.id", "aws_ec2_transit_gateway_vpc_attachment.a"]}}},
		{"mode": "managed", "type": "aws_route", "name": "tgw", "expressions": {"transit_gateway_id": {"references": ["aws_ec2_transit_gateway.hub.id", "aws_ec2_transit_gateway.hub"]}}},
		{"mode": "managed", "type": "aws_route53_zone", "name": "z", "expressions": {"vpc": [{"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}]}},
		{"mode": "managed", "type": "aws_route53profiles_profile", "name": "p", "expressions": {}},
		{"mode": "managed", "type": "aws_route53profiles_association", "name": "p", "expressions": {"profile_id": {"references": ["aws_route53profiles_profile.p.id", "aws_route53profiles_profile.p"]}}},
		{"mode": "managed", "type": "aws_route53profiles_resource_association", "name": "p", "expressions": {
			"profile_id": {"references": ["aws_route53profiles_profile.p.id", "aws_route53profiles_profile.p"]},
			"resource_arn": {"references": ["aws_route53_zone.z.arn", "aws_route53_zone.z"]}}}]}`
	prior := append(page(), res("aws_vpc.other", `{"id": "vpc-0other", "cidr_block": "10.5.0.0/16", "enable_dns_support": true, "enable_dns_hostnames": true}`))
	planned := append(slices.Clone(prior),
		res("aws_ec2_transit_gateway.hub", `{"default_route_table_association": "enable", "default_route_table_propagation": "enable"}`).
			with(`{"id": true, "association_default_route_table_id": true, "propagation_default_route_table_id": true}`),
		res("aws_ec2_transit_gateway_vpc_attachment.a", `{"vpc_id": "vpc-0a", "subnet_ids": ["subnet-0b"]}`).with(`{"id": true, "transit_gateway_id": true}`),
		res("aws_ec2_transit_gateway_route.all", `{"destination_cidr_block": "10.8.0.0/16", "blackhole": true}`).with(`{"id": true, "transit_gateway_route_table_id": true, "transit_gateway_attachment_id": true}`),
		res("aws_route.tgw", `{"route_table_id": "rtb-0b", "destination_cidr_block": "10.0.0.0/8"}`).with(`{"id": true, "transit_gateway_id": true}`),
		res("aws_route53_zone.z", `{"name": "example.com", "vpc": [{"vpc_id": "vpc-0a"}]}`).with(`{"id": true, "arn": true, "zone_id": true}`),
		res("aws_route53profiles_profile.p", `{"name": "p"}`).with(`{"id": true}`),
		res("aws_route53profiles_association.p", `{"name": "p", "resource_id": "vpc-0other"}`).with(`{"id": true, "profile_id": true, "status": true}`),
		res("aws_route53profiles_resource_association.p", `{"name": "p"}`).with(`{"id": true, "profile_id": true, "resource_arn": true, "status": true}`),
	)
	d := read(t, plan(config, prior, planned, nil))
	w := world(t, d.Planned)
	want(t, w, "private", "10.8.0.1", route.ClassBlackhole, route.Failed)
	want(t, w, "private", "10.7.0.1", route.ClassNoRoute, route.Failed)
	if got := d.Planned.ProfileResourceAssociations[0].ResourceARN; got != "arn:tf:::hostedzone/Ztf.aws_route53_zone.z" {
		t.Errorf("ARN %s", got)
	}
	v, ok := w.Zones().View(zone.VPC("vpc-0other"))
	if !ok {
		t.Fatal("no view of the VPC with the Profile")
	}
	if a := v.Lookup("nothing.example.com", zone.A); a.Source().Zone != "example.com" {
		t.Errorf("answered by %+v", a.Source())
	}
}

// TestDefaults adopts the default objects of a VPC that the same plan makes.
func TestDefaults(t *testing.T) {
	ref := func(attribute string) string {
		return `{"references": ["aws_vpc.main.` + attribute + `", "aws_vpc.main"]}`
	}
	config := strings.Replace(freshConfig, `{"resources": [`, `{"resources": [
		{"mode": "managed", "type": "aws_default_route_table", "name": "d", "expressions": {"default_route_table_id": `+ref("default_route_table_id")+`}},
		{"mode": "managed", "type": "aws_default_security_group", "name": "d", "expressions": {"vpc_id": `+ref("id")+`}},
		{"mode": "managed", "type": "aws_default_network_acl", "name": "d", "expressions": {"default_network_acl_id": `+ref("default_network_acl_id")+`}},
		{"mode": "managed", "type": "aws_route53_resolver_endpoint", "name": "in", "expressions": {"ip_address": [{"subnet_id": {"references": ["aws_subnet.spare.id", "aws_subnet.spare"]}}]}},`, 1)
	d := read(t, fresh(config,
		res("aws_default_route_table.d", `{"route": [{"cidr_block": "0.0.0.0/0", "transit_gateway_id": "tgw-0a"}]}`).with(`{"id": true, "default_route_table_id": true, "vpc_id": true}`),
		res("aws_default_security_group.d", `{"ingress": [], "egress": []}`).with(`{"id": true, "vpc_id": true}`),
		res("aws_default_network_acl.d", `{"ingress": [], "egress": [], "subnet_ids": null}`).with(`{"id": true, "default_network_acl_id": true, "vpc_id": true, "subnet_ids": true}`),
		res("aws_route53_resolver_endpoint.in", `{"direction": "INBOUND", "ip_address": [{"ip": "10.0.9.9"}, {"ip": "10.0.9.10"}]}`).
			with(`{"id": true, "host_vpc_id": true, "ip_address": [{"subnet_id": true}, {"subnet_id": true}]}`)))
	w := world(t, d.Planned)
	want(t, w, "spare", "192.0.2.9", route.ClassTransitGateway, route.VerdictUnknown)
	x := table(t, d.Planned.RouteTables, "rtb-tf.aws_vpc.main.default_route_table_id")
	if x.VPCID != "vpc-tf.aws_vpc.main" || len(x.Associations) != 1 || !x.Associations[0].Main {
		t.Errorf("default table: %+v", x)
	}
	if g := d.Planned.SecurityGroups[0]; g.ID != "sg-tf.aws_vpc.main.default_security_group_id" || g.Name != "default" {
		t.Errorf("default group: %+v", g)
	}
	if a := d.Planned.NetworkACLs[0]; a.ID != "acl-tf.aws_vpc.main.default_network_acl_id" || !a.IsDefault {
		t.Errorf("default ACL: %+v", a)
	}
	if e := d.Planned.ResolverEndpoints[0]; e.HostVPCID != "vpc-tf.aws_vpc.main" {
		t.Errorf("Resolver endpoint: %+v", e)
	}
}

// TestRecordTwice: the provider allows it with allow_overwrite.
func TestRecordTwice(t *testing.T) {
	z := res("aws_route53_zone.z", `{"id": "Z0A", "name": "example.com", "vpc": [{"vpc_id": "vpc-0a"}]}`)
	record := func(name, address string) instance {
		return res("aws_route53_record."+name, `{"id": "`+name+`", "zone_id": "Z0A", "name": "", "type": "A", "ttl": 60, "records": ["`+address+`"]}`)
	}
	d := read(t, state(append(page(), z, record("a", "10.0.1.1"), record("b", "10.0.1.2"))...))
	if f := d.Planned.Findings; len(f) != 1 || f[0].Code != endpoint.ConflictingObjects || !strings.Contains(f[0].Text, "aws_route53_record.b") {
		t.Errorf("findings %v", f)
	}
	v, _ := world(t, d.Planned).Zones().View(zone.VPC("vpc-0a"))
	for a := range v.Lookup("example.com", zone.A).Addrs() {
		if a.String() != "10.0.1.1" {
			t.Errorf("address %s", a)
		}
	}
}

// TestUnknownElements is a list of which some elements are unknown, as in a
// tuple that mixes both.
func TestUnknownElements(t *testing.T) {
	subnet := res("aws_subnet.new", `{"vpc_id": "vpc-0a", "cidr_block": "10.0.8.0/24", "availability_zone": "us-east-2a"}`).with(`{"id": true}`)
	in := res("aws_ec2_transit_gateway_vpc_attachment.a", `{"id": "tgw-attach-0a", "vpc_id": "vpc-0a", "transit_gateway_id": "tgw-0a", "subnet_ids": ["subnet-0a", null]}`).
		with(`{"subnet_ids": [false, true]}`)
	attachment := func(config string) []string {
		d := read(t, plan(config, page(), append(page(), subnet, in), nil))
		world(t, d.Planned)
		return d.Planned.TransitGatewayVPCAttachments[0].SubnetIDs
	}
	told := attachment(conf("aws_ec2_transit_gateway_vpc_attachment", "a", `{"subnet_ids": {"references": ["aws_subnet.new.id", "aws_subnet.new"]}}`))
	if !slices.Equal(told, []string{"subnet-0a", "subnet-tf.aws_subnet.new"}) {
		t.Errorf("subnets %v", told)
	}
	untold := attachment(conf("aws_ec2_transit_gateway_vpc_attachment", "a", `{"subnet_ids": {"references": ["local.subnets"]}}`))
	if !slices.Equal(untold, []string{"subnet-0a", "subnet-tf.aws_ec2_transit_gateway_vpc_attachment.a.subnet_ids"}) {
		t.Errorf("subnets %v", untold)
	}
}
