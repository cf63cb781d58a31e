package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// TestContract runs the command over the worked examples of its contract
// (testdata/contract, whose worlds the functions below build) and compares
// every key but the free texts.
func TestContract(t *testing.T) {
	page := pageInventory()
	for _, tt := range []struct {
		file string
		inv  trace.Inventory
		args []string
		exit int
	}{
		{"why-a", page, []string{"why", "-from", "subnet-0000000b", "monitoring.us-east-2.amazonaws.com"}, 0},
		{"why-b", stsInventory(), []string{"why", "-from", "private-b", "sts.amazonaws.com"}, 0},
		{"why-c", stsInventory(), []string{"why", "-from", "subnet-0000000d", "bkt.s3.us-east-2.amazonaws.com"}, 0},
		{"why-d", hubInventory(true), []string{"why", "-from", "spoke-a", "sts.us-east-2.amazonaws.com"}, 0},
		{"why-d-return", hubInventory(false), []string{"why", "-from", "spoke-a", "sts.us-east-2.amazonaws.com"}, 0},
		{"why-e", page, []string{"why", "-from", "subnet-0000000b", "foo.monitoring.us-east-2.amazonaws.com"}, 0},
		{"why-f", forwardInventory(), []string{"why", "-from", "subnet-0000000b", "db.corp.example.com:443"}, 0},
		{"why-g", listsInventory(), []string{"why", "-from", "subnet-0000000b", "10.9.0.10"}, 0},
		{"why-h", dualInventory(), []string{"why", "-from", "subnet-0000000b", "sts.us-east-2.amazonaws.com"}, 0},
		{"lookup-hit", lookupInventory(), []string{"lookup", "-view", "vpc:vpc-00000000000000001", "kinesis.us-east-2.amazonaws.com"}, 0},
		{"lookup-wildcard", lookupInventory(), []string{"lookup", "-view", "vpc:vpc-00000000000000001", "123456789012.dkr.ecr.us-east-2.amazonaws.com"}, 0},
		{"lookup-nodata", lookupInventory(), []string{"lookup", "-view", "vpc:vpc-00000000000000001", "monitoring.us-east-2.amazonaws.com", "AAAA"}, 0},
		{"lookup-nxdomain", lookupInventory(), []string{"lookup", "-view", "vpc:vpc-00000000000000001", "foo.monitoring.us-east-2.amazonaws.com"}, 0},
		{"lookup-public", lookupInventory(), []string{"lookup", "-view", "vpc:vpc-00000000000000001", "sts.us-east-2.amazonaws.com"}, 0},
		{"lookup-zonal", lookupInventory(), []string{"lookup", "-view", "public", "vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com"}, 0},
		{"lookup-alias", aliasInventory(), []string{"lookup", "-view", "vpc:vpc-00000000000000002", "Monitoring.us-east-2.amazonaws.com."}, 0},
		{"lookup-cname", lookupInventory(), []string{"lookup", "-view", "vpc:vpc-00000000000000001", "svc.example.com"}, 0},
		{"name-zonal", page, []string{"name", "vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com"}, 0},
		{"name-s3", page, []string{"name", "logs.2026.bucket.vpce-04444444444444444-tg4s3ifx.s3.us-east-2.vpce.amazonaws.com"}, 0},
		{"name-misprint", page, []string{"name", "vpce-099deb00b40f00e22-monitoring.us-east-2.vpce.amazonaws.com"}, 1},
		{"name-foreign", page, []string{"name", "www.example.com"}, 0},
		{"name-fips", page, []string{"name", "monitoring-fips.us-east-2.api.aws"}, 0},
		{"name-mwaa", page, []string{"name", "01234567-89ab-cdef-0123-456789abcdef-vpce.c0.us-east-2.airflow.amazonaws.com"}, 0},
	} {
		t.Run(tt.file, func(t *testing.T) {
			args := append([]string{tt.args[0], "-json"}, tt.args[1:]...)
			if tt.args[0] != "name" {
				args = append([]string{tt.args[0], "-world", writeWorld(t, tt.inv), "-json"}, tt.args[1:]...)
			}
			var out, errOut strings.Builder
			if exit := run(t.Context(), args, strings.NewReader(""), &out, &errOut); exit != tt.exit || errOut.Len() > 0 {
				t.Fatalf("exit status %d, want %d; standard error: %s", exit, tt.exit, errOut.String())
			}
			want, err := os.ReadFile(filepath.Join("testdata", "contract", tt.file+".json"))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(decode(t, want), decode(t, []byte(out.String()))); diff != "" {
				t.Errorf("(-contract +ours)\n%s", diff)
			}
			if strings.Count(out.String(), "\n") != 1 {
				t.Errorf("not one object on one line: %q", out.String())
			}
			if got, want := keys(t, []byte(out.String())), keys(t, want); !cmp.Equal(got, want) {
				t.Errorf("keys in order: %s", cmp.Diff(want, got))
			}
		})
	}
}

// decode reads one JSON object without the texts whose wording is free; that
// they are there, or not, is kept.
func decode(t *testing.T, b []byte) map[string]any {
	t.Helper()
	var o map[string]any
	if err := json.Unmarshal(b, &o); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	for _, k := range []string{"hint", "error"} {
		if s, ok := o[k].(string); ok {
			o[k] = s != ""
		}
	}
	hints, _ := o["hints"].([]any)
	for _, h := range hints {
		if m, ok := h.(map[string]any); ok && m["text"] != "" {
			m["text"] = "free"
		}
	}
	return o
}

// keys returns every key of a JSON text in the order it stands there.
func keys(t *testing.T, b []byte) []string {
	t.Helper()
	var ks []string
	dec := json.NewDecoder(strings.NewReader(string(b)))
	var stack []bool // in an object
	key := false
	for dec.More() || len(stack) > 0 {
		tok, err := dec.Token()
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case json.Delim:
			if tok == '{' || tok == '[' {
				stack = append(stack, tok == '{')
				key = tok == '{'
				continue
			}
			stack = stack[:len(stack)-1]
		case string:
			if key {
				ks = append(ks, tok)
				key = false
				continue
			}
		}
		key = len(stack) > 0 && stack[len(stack)-1]
	}
	return ks
}

// writeWorld prints an inventory as the AWS CLI would and returns the folder.
func writeWorld(t *testing.T, inv trace.Inventory) string {
	t.Helper()
	dir := t.TempDir()
	files, err := describe.Write(inv)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func vpc(id, cidr string) endpoint.VPC {
	return endpoint.VPC{ID: id, CIDRBlock: cidr, EnableDNSSupport: new(true), EnableDNSHostnames: new(true)}
}

func subnet(id, name, vpc, az, cidr string) endpoint.Subnet {
	return endpoint.Subnet{ID: id, VPCID: vpc, CIDRBlock: cidr, AvailabilityZone: az, Tags: nameTag(name)}
}

func nameTag(name string) endpoint.Tags {
	if name == "" {
		return nil
	}
	return endpoint.Tags{{Key: "Name", Value: name}}
}

func table(id, vpc, subnet string, routes ...string) route.Table {
	return route.Table{ID: id, VPCID: vpc, Associations: []route.Association{{SubnetID: subnet}}, Routes: route.MustParseRoutes(routes...)}
}

func eni(id, vpc, subnet, az string, addrs ...string) endpoint.NetworkInterface {
	n := endpoint.NetworkInterface{ID: id, VPCID: vpc, SubnetID: subnet, AvailabilityZone: az, InterfaceType: "vpc_endpoint", Status: "in-use"}
	for _, a := range addrs {
		if strings.Contains(a, ":") {
			n.IPv6Addresses = append(n.IPv6Addresses, endpoint.IPv6Address{IPv6Address: a})
			continue
		}
		n.PrivateIPAddress = a
	}
	return n
}

// entries lists an endpoint's DnsEntries: its own names under the public zone,
// then private names, written "name zone-id".
func entries(head, tail, publicZone, zones string, private ...string) endpoint.DNSEntries {
	es := endpoint.DNSEntries{{Name: head + "." + tail, HostedZoneID: publicZone}}
	const region = "us-east-2"
	for _, z := range zones {
		es = append(es, endpoint.DNSEntry{Name: head + "-" + region + string(z) + "." + tail, HostedZoneID: publicZone})
	}
	for _, p := range private {
		name, id, _ := strings.Cut(p, " ")
		es = append(es, endpoint.DNSEntry{Name: name, HostedZoneID: id})
	}
	return es
}

func interfaceEndpoint(id, vpc, service string, private bool, es endpoint.DNSEntries, subnets, enis []string) endpoint.Endpoint {
	return endpoint.Endpoint{
		ID: id, Type: endpoint.Interface, VPCID: vpc, ServiceName: service, State: endpoint.Available,
		PrivateDNSEnabled: private, DNSEntries: es, SubnetIDs: subnets, NetworkInterfaceIDs: enis,
	}
}

const v1 = "vpc-00000001"

// pageInventory is world (a): the AWS page's endpoint, seen from private-b.
func pageInventory() trace.Inventory {
	inv := natInventory()
	inv.Subnets = append(inv.Subnets, subnet("subnet-0000000c", "isolated-c", v1, "us-east-2c", "10.0.3.0/24"))
	inv.NetworkInterfaces = []endpoint.NetworkInterface{
		eni("eni-0000000a", v1, "subnet-0000000a", "us-east-2a", "10.0.1.10"),
		eni("eni-0000000b", v1, "subnet-0000000b", "us-east-2b", "10.0.2.10"),
		eni("eni-0000000c", v1, "subnet-0000000c", "us-east-2c", "10.0.3.10"),
	}
	inv.Endpoints = []endpoint.Endpoint{interfaceEndpoint("vpce-099deb00b40f00e22", v1, "com.amazonaws.us-east-2.monitoring", true,
		entries("vpce-099deb00b40f00e22-lj2wisx3", "monitoring.us-east-2.vpce.amazonaws.com", "ZC8PG0KIFKBRI", "cab", "monitoring.us-east-2.amazonaws.com Z06320943MMOWYG6MAVL9"),
		[]string{"subnet-0000000a", "subnet-0000000b", "subnet-0000000c"}, []string{"eni-0000000a", "eni-0000000b", "eni-0000000c"})}
	return inv
}

// natInventory is vpc-00000001 without endpoints: public-a with the NAT
// gateway, private-b behind it.
func natInventory() trace.Inventory {
	return trace.Inventory{
		VPCs: []endpoint.VPC{vpc(v1, "10.0.0.0/16")},
		Subnets: []endpoint.Subnet{
			subnet("subnet-0000000a", "public-a", v1, "us-east-2a", "10.0.1.0/24"),
			subnet("subnet-0000000b", "private-b", v1, "us-east-2b", "10.0.2.0/24"),
		},
		RouteTables: []route.Table{
			table("rtb-0000000a", v1, "subnet-0000000a", "10.0.0.0/16 local", "0.0.0.0/0 igw-00000001"),
			table("rtb-0000000b", v1, "subnet-0000000b", "10.0.0.0/16 local", "0.0.0.0/0 nat-0000000a"),
		},
		InternetGateways: []route.InternetGateway{{ID: "igw-00000001", Attachments: []route.GatewayAttachment{{State: "available", VPCID: v1}}}},
		NATGateways:      []route.NATGateway{{ID: "nat-0000000a", VPCID: v1, SubnetID: "subnet-0000000a", State: "available", ConnectivityType: "public", NATGatewayAddresses: []route.NATGatewayAddress{{PrivateIP: "10.0.1.4", PublicIP: "203.0.113.4"}}}},
	}
}

// stsInventory is world (b).
func stsInventory() trace.Inventory {
	inv := natInventory()
	inv.Subnets = append(inv.Subnets, subnet("subnet-0000000d", "private-d", v1, "us-east-2a", "10.0.4.0/24"))
	inv.RouteTables[1].Routes = append(inv.RouteTables[1].Routes, route.MustParseRoutes("pl-0000005c vpce-0c000000000000001")...)
	inv.RouteTables = append(inv.RouteTables, table("rtb-0000000d", v1, "subnet-0000000d", "10.0.0.0/16 local", "0.0.0.0/0 nat-0000000a"))
	inv.PrefixLists = []route.PrefixList{{ID: "pl-0000005c", Name: "com.amazonaws.us-east-2.s3", CIDRs: []string{"3.5.128.0/22", "52.219.80.0/20"}}}
	inv.NetworkInterfaces = []endpoint.NetworkInterface{eni("eni-00000014", v1, "subnet-0000000a", "us-east-2a", "10.0.1.20")}
	inv.Endpoints = []endpoint.Endpoint{
		interfaceEndpoint("vpce-0b000000000000001", v1, "com.amazonaws.us-east-2.sts", true,
			entries("vpce-0b000000000000001-tgbstsxx", "sts.us-east-2.vpce.amazonaws.com", "ZC8PG0KIFKBRI", "a", "sts.us-east-2.amazonaws.com Z00000000000000000041", "sts.us-east-2.api.aws Z00000000000000000042"),
			[]string{"subnet-0000000a"}, []string{"eni-00000014"}),
		{ID: "vpce-0c000000000000001", Type: endpoint.Gateway, VPCID: v1, ServiceName: "com.amazonaws.us-east-2.s3", State: endpoint.Available, RouteTableIDs: []string{"rtb-0000000b"}},
	}
	return inv
}

// hubInventory is world (d); back says whether the endpoint's subnet has the
// route back to the spoke.
func hubInventory(back bool) trace.Inventory {
	const hub, spoke, rest = v1, "vpc-00000002", "10.1.0.0/16 tgw-00000001"
	endpointRoutes := []string{"10.0.0.0/16 local"}
	if back {
		endpointRoutes = append(endpointRoutes, rest)
	}
	association := &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: "tgw-rtb-00000001", State: "associated"}
	attachment := func(id, vpc string) route.TransitGatewayAttachment {
		return route.TransitGatewayAttachment{ID: id, TransitGatewayID: "tgw-00000001", ResourceType: "vpc", ResourceID: vpc, State: "available", Association: association}
	}
	vpcAttachment := func(id, vpc, subnet string) route.TransitGatewayVPCAttachment {
		return route.TransitGatewayVPCAttachment{ID: id, TransitGatewayID: "tgw-00000001", VPCID: vpc, State: "available", SubnetIDs: []string{subnet}}
	}
	tgwRoute := func(cidr, attachment, vpc string) route.TransitGatewayRoute {
		return route.TransitGatewayRoute{DestinationCIDRBlock: cidr, Type: "propagated", State: "active", TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: attachment, ResourceType: "vpc", ResourceID: vpc}}}
	}
	alias := &zone.AliasTarget{HostedZoneID: "ZC8PG0KIFKBRI", DNSName: "vpce-0b000000000000002-tgdstsxx.sts.us-east-2.vpce.amazonaws.com."}
	return trace.Inventory{
		VPCs: []endpoint.VPC{vpc(hub, "10.0.0.0/16"), vpc(spoke, "10.1.0.0/16")},
		Subnets: []endpoint.Subnet{
			subnet("subnet-00000051", "spoke-a", spoke, "us-east-2a", "10.1.1.0/24"),
			subnet("subnet-0000004a", "hub-tgw-a", hub, "us-east-2a", "10.0.9.0/28"),
			subnet("subnet-0000004e", "hub-endpoints-a", hub, "us-east-2a", "10.0.1.0/24"),
		},
		RouteTables: []route.Table{
			table("rtb-00000051", spoke, "subnet-00000051", "10.1.0.0/16 local", "10.0.0.0/16 tgw-00000001"),
			table("rtb-0000004a", hub, "subnet-0000004a", "10.0.0.0/16 local", rest),
			table("rtb-0000004e", hub, "subnet-0000004e", endpointRoutes...),
		},
		NetworkInterfaces: []endpoint.NetworkInterface{eni("eni-00000014", hub, "subnet-0000004e", "us-east-2a", "10.0.1.20")},
		Endpoints: []endpoint.Endpoint{interfaceEndpoint("vpce-0b000000000000002", hub, "com.amazonaws.us-east-2.sts", false,
			entries("vpce-0b000000000000002-tgdstsxx", "sts.us-east-2.vpce.amazonaws.com", "ZC8PG0KIFKBRI", "a"),
			[]string{"subnet-0000004e"}, []string{"eni-00000014"})},
		TransitGatewayAttachments: []route.TransitGatewayAttachment{
			attachment("tgw-attach-00000001", hub), attachment("tgw-attach-00000002", spoke),
		},
		TransitGatewayVPCAttachments: []route.TransitGatewayVPCAttachment{
			vpcAttachment("tgw-attach-00000001", hub, "subnet-0000004a"), vpcAttachment("tgw-attach-00000002", spoke, "subnet-00000051"),
		},
		TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{
			ID: "tgw-rtb-00000001", TransitGatewayID: "tgw-00000001", State: "available",
			Routes: []route.TransitGatewayRoute{tgwRoute("10.0.0.0/16", "tgw-attach-00000001", hub), tgwRoute("10.1.0.0/16", "tgw-attach-00000002", spoke)},
		}},
		HostedZones: []zone.HostedZone{{
			ID: "Z00000000000000000020", Name: "sts.us-east-2.amazonaws.com.", Private: true,
			VPCs: []zone.ZoneVPC{{VPCID: hub, VPCRegion: "us-east-2"}, {VPCID: spoke, VPCRegion: "us-east-2"}},
			RecordSets: []zone.RecordSet{
				{Name: "sts.us-east-2.amazonaws.com.", Type: "A", AliasTarget: alias},
				{Name: `\052.sts.us-east-2.amazonaws.com.`, Type: "A", AliasTarget: alias},
			},
		}},
	}
}

// forwardInventory is world (f).
func forwardInventory() trace.Inventory {
	inv := pageInventory()
	inv.ResolverRules = []zone.ResolverRule{{ID: "rslvr-rr-00000001", DomainName: "corp.example.com.", RuleType: "FORWARD", Status: "COMPLETE", TargetIPs: []zone.TargetAddress{{IP: "10.9.0.53", Port: 53}}}}
	inv.ResolverRuleAssociations = []zone.ResolverRuleAssociation{{ID: "rslvr-rrassoc-00000001", ResolverRuleID: "rslvr-rr-00000001", VPCID: v1, Status: "COMPLETE"}}
	return inv
}

// listsInventory is world (g).
func listsInventory() trace.Inventory {
	inv := pageInventory()
	inv.RouteTables[1].Routes = append(inv.RouteTables[1].Routes, route.MustParseRoutes("pl-00000001 tgw-00000001", "pl-00000002 pcx-00000001")...)
	inv.PrefixLists = []route.PrefixList{
		{ID: "pl-00000001", CIDRs: []string{"10.9.0.0/16"}},
		{ID: "pl-00000002", CIDRs: []string{"10.9.0.0/16"}},
	}
	return inv
}

// dualInventory is world (h).
func dualInventory() trace.Inventory {
	inv := natInventory()
	inv.NetworkInterfaces = []endpoint.NetworkInterface{eni("eni-00000010", v1, "subnet-0000000a", "us-east-2a", "10.0.1.16", "2001:db8:0:1::16")}
	e := interfaceEndpoint("vpce-0b000000000000003", v1, "com.amazonaws.us-east-2.sts", true,
		entries("vpce-0b000000000000003-tghstsxx", "sts.us-east-2.vpce.amazonaws.com", "ZC8PG0KIFKBRI", "a", "sts.us-east-2.amazonaws.com Z00000000000000000021"),
		[]string{"subnet-0000000a"}, []string{"eni-00000010"})
	e.IPAddressType, e.DNSOptions.RecordIPType = endpoint.DualStack, endpoint.RecordDualStack
	inv.Endpoints = []endpoint.Endpoint{e}
	return inv
}

// lookupInventory is the world of the lookup examples: VPCs V1 and V2, and the
// endpoints EP1, EP2, EP5 and EP8 in V1.
func lookupInventory() trace.Inventory {
	const one, two = "vpc-00000000000000001", "vpc-00000000000000002"
	inv := trace.Inventory{
		VPCs: []endpoint.VPC{vpc(one, "10.0.0.0/16"), vpc(two, "10.2.0.0/16")},
		Subnets: []endpoint.Subnet{
			subnet("subnet-a", "", one, "us-east-2a", "10.0.1.0/24"),
			subnet("subnet-b", "", one, "us-east-2b", "10.0.2.0/24"),
			subnet("subnet-c", "", one, "us-east-2c", "10.0.3.0/24"),
		},
	}
	add := func(id, tag, service, tail, zones, last string, private ...string) {
		head := id + "-" + tag
		var subnets, enis []string
		for i, z := range zones {
			s, n := "subnet-"+string(z), "eni-"+tag+string(z)
			subnets, enis = append(subnets, s), append(enis, n)
			inv.NetworkInterfaces = append(inv.NetworkInterfaces, eni(n, one, s, "us-east-2"+string(z), "10.0."+string(rune('1'+i))+"."+last))
		}
		inv.Endpoints = append(inv.Endpoints, interfaceEndpoint(id, one, service, true, entries(head, tail, "ZC8PG0KIFKBRI", zones, private...), subnets, enis))
	}
	add("vpce-099deb00b40f00e22", "lj2wisx3", "com.amazonaws.us-east-2.monitoring", "monitoring.us-east-2.vpce.amazonaws.com", "abc", "10",
		"monitoring.us-east-2.amazonaws.com Z06320943MMOWYG6MAVL9")
	add("vpce-02222222222222222", "tg2ecrdk", "com.amazonaws.us-east-2.ecr.dkr", "dkr.ecr.us-east-2.vpce.amazonaws.com", "ab", "11",
		"dkr.ecr.us-east-2.amazonaws.com Z00000000000000000002", "*.dkr.ecr.us-east-2.amazonaws.com Z00000000000000000002")
	add("vpce-05555555555555555", "tg5provx", "com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230", "vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com", "ab", "15",
		"svc.example.com Z00000000000000000005")
	add("vpce-08888888888888888", "tg8kines", "com.amazonaws.us-east-2.kinesis-streams", "kinesis.us-east-2.vpce.amazonaws.com", "a", "18",
		"kinesis.us-east-2.amazonaws.com Z00000000000000000008")
	return inv
}

// aliasInventory is the world of the alias example: private DNS of EP1 off, and
// a customer zone of V2 with an alias to its Regional name.
func aliasInventory() trace.Inventory {
	inv := lookupInventory()
	ep := &inv.Endpoints[0]
	ep.PrivateDNSEnabled = false
	ep.DNSEntries = ep.DNSEntries[:4]
	inv.HostedZones = []zone.HostedZone{{
		ID: "/hostedzone/Z00000000000000000030", Name: "monitoring.us-east-2.amazonaws.com.", Private: true,
		VPCs:       []zone.ZoneVPC{{VPCID: "vpc-00000000000000002", VPCRegion: "us-east-2"}},
		RecordSets: []zone.RecordSet{{Name: "monitoring.us-east-2.amazonaws.com.", Type: "A", AliasTarget: &zone.AliasTarget{HostedZoneID: "ZC8PG0KIFKBRI", DNSName: ep.DNSEntries[0].Name + "."}}},
	}}
	return inv
}
