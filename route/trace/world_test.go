package trace_test

import (
	"errors"
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// page is the VPC of the AWS page: public, private and isolated subnets, an
// internet gateway, a NAT gateway and the CloudWatch endpoint.
func page() trace.Inventory {
	const vpc = "vpc-1"
	inv := trace.Inventory{
		VPCs: []endpoint.VPC{{ID: vpc, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true), Tags: tag("page")}},
		Subnets: []endpoint.Subnet{
			{ID: "subnet-a", VPCID: vpc, CIDRBlock: "10.0.1.0/24", AvailabilityZone: "us-east-2a", Tags: tag("public")},
			{ID: "subnet-b", VPCID: vpc, CIDRBlock: "10.0.2.0/24", AvailabilityZone: "us-east-2b", Tags: tag("private")},
			{ID: "subnet-c", VPCID: vpc, CIDRBlock: "10.0.3.0/24", AvailabilityZone: "us-east-2c", Tags: tag("isolated")},
		},
		RouteTables: []route.Table{
			{ID: "rtb-a", VPCID: vpc, Associations: []route.Association{{SubnetID: "subnet-a"}}, Routes: route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 igw-1")},
			{ID: "rtb-b", VPCID: vpc, Associations: []route.Association{{SubnetID: "subnet-b"}}, Routes: route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 nat-1")},
			{ID: "rtb-c", VPCID: vpc, Associations: []route.Association{{Main: true}}, Routes: route.MustParseRoutes("10.0.0.0/16 local")},
		},
		InternetGateways: []route.InternetGateway{{ID: "igw-1", Attachments: []route.GatewayAttachment{{State: "available", VPCID: vpc}}}},
		NATGateways:      []route.NATGateway{{ID: "nat-1", VPCID: vpc, SubnetID: "subnet-a", State: "available", NATGatewayAddresses: []route.NATGatewayAddress{{PrivateIP: "10.0.1.4", PublicIP: "203.0.113.4"}}}},
		Endpoints: []endpoint.Endpoint{{
			ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, VPCID: vpc, ServiceName: "com.amazonaws.us-east-2.monitoring",
			State: endpoint.Available, PrivateDNSEnabled: true,
			SubnetIDs: []string{"subnet-a", "subnet-b", "subnet-c"}, NetworkInterfaceIDs: []string{"eni-a", "eni-b", "eni-c"},
			DNSEntries: endpoint.DNSEntries{
				{Name: "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "monitoring.us-east-2.amazonaws.com", HostedZoneID: "Z06320943MMOWYG6MAVL9"},
			},
		}},
	}
	for i, s := range inv.Subnets {
		inv.NetworkInterfaces = append(inv.NetworkInterfaces, endpoint.NetworkInterface{
			ID: "eni-" + string(rune('a'+i)), InterfaceType: "vpc_endpoint", VPCID: vpc, SubnetID: s.ID, AvailabilityZone: s.AvailabilityZone,
			PrivateIPAddress: "10.0." + string(rune('1'+i)) + ".10",
		})
	}
	return inv
}

func tag(name string) endpoint.Tags { return endpoint.Tags{{Key: "Name", Value: name}} }

func newWorld(t testing.TB, inv trace.Inventory) *trace.World {
	t.Helper()
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func ask(t testing.TB, inv trace.Inventory, from, to string) trace.Trace {
	t.Helper()
	tr, err := newWorld(t, inv).Why(from, to)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

const pageHost = "monitoring.us-east-2.amazonaws.com"

// TestPage is the page's story: without the endpoint by the gateways or not at
// all, with it to the endpoint from everywhere.
func TestPage(t *testing.T) {
	without := page()
	without.Endpoints = nil
	for _, tt := range []struct {
		from    string
		class   route.Class
		verdict route.Verdict
		way     string
	}{
		{"public", route.ClassInternetGateway, route.Public, "internet gateway"},
		{"private", route.ClassNATGateway, route.Public, "NAT > internet gateway"},
		{"isolated", route.ClassNoRoute, route.Failed, "no route"},
	} {
		if tr := ask(t, page(), tt.from, pageHost); tr.Class != route.ClassEndpoint || tr.Verdict != route.Private || len(tr.Paths) != 3 || tr.Way() != "endpoint ENI" {
			t.Errorf("from %s with the endpoint: %s %s, %s", tt.from, tr.Class, tr.Verdict, tr.Way())
		}
		if tr := ask(t, without, tt.from, pageHost); tr.Class != tt.class || tr.Verdict != tt.verdict || tr.Way() != tt.way {
			t.Errorf("from %s without: %s %s, %s; want %s %s, %s", tt.from, tr.Class, tr.Verdict, tr.Way(), tt.class, tt.verdict, tt.way)
		}
	}
}

// TestEvidence pins the grades of evidence that the design names.
func TestEvidence(t *testing.T) {
	noEntries, noAttributes := page(), page()
	noEntries.Endpoints[0].DNSEntries = nil
	noAttributes.VPCs[0].EnableDNSSupport, noAttributes.VPCs[0].EnableDNSHostnames = nil, nil
	inferred := noEntries.Clone()
	inferred.Endpoints[0].ServiceName = "com.amazonaws.us-east-2.no-such-service"
	b05 := page()
	b05.RouteTables[1].Routes = append(b05.RouteTables[1].Routes,
		route.Route{DestinationCIDRBlock: "10.9.0.0/16", VPCPeeringConnectionID: "pcx-1", State: "blackhole"},
		route.Route{DestinationCIDRBlock: "10.9.0.0/16", GatewayID: "vgw-1", State: "active", Origin: "EnableVgwRoutePropagation"})
	pl15 := page()
	pl15.RouteTables[1].Routes = append(pl15.RouteTables[1].Routes, route.MustParseRoutes("pl-unknown vpce-gw")...)
	for _, tt := range []struct {
		name, to string
		inv      trace.Inventory
		want     naming.Evidence
		class    route.Class
	}{
		{"DnsEntries in the input", pageHost, page(), naming.Given, route.ClassEndpoint},
		{"no DnsEntries, catalogue level A", pageHost, noEntries, naming.Documented, route.ClassEndpoint},
		{"no DnsEntries, by the general rule", "no-such-service.us-east-2.amazonaws.com", inferred, naming.Modelled, route.ClassEndpoint},
		{"VPC attributes absent", pageHost, noAttributes, naming.Modelled, route.ClassEndpoint},
		{"B05", "10.9.1.1", b05, naming.Unspecified, route.ClassUnspecified},
		{"PL15", "52.216.1.1", pl15, naming.Unknown, route.ClassUnknown},
	} {
		tr := ask(t, tt.inv, "private", tt.to)
		if tr.Evidence != tt.want || tr.Class != tt.class {
			t.Errorf("%s: evidence %s, class %s, want %s, %s\n%s", tt.name, tr.Evidence, tr.Class, tt.want, tt.class, tr)
		}
	}
}

// ipv6Only takes the IPv4 addresses of the page's private subnet away and gives
// it IPv6 ones.
func ipv6Only(inv *trace.Inventory) {
	*inv = dualStack(*inv)
	inv.Subnets[1].CIDRBlock = ""
	inv.NATGateways, inv.RouteTables[1].Routes = nil, route.MustParseRoutes("2001:db8::/56 local", "::/0 eigw-1")
}

// TestHints is the numbered list of hints, line by line.
func TestHints(t *testing.T) {
	edit := func(f func(*trace.Inventory)) trace.Inventory {
		inv := page()
		f(&inv)
		return inv
	}
	gateway := func(inv *trace.Inventory) {
		inv.PrefixLists = []route.PrefixList{{ID: "pl-1", Name: "com.amazonaws.us-east-2.s3", CIDRs: []string{"52.219.80.0/20"}}}
		inv.Endpoints = append(inv.Endpoints, endpoint.Endpoint{ID: "vpce-0c", Type: endpoint.Gateway, VPCID: "vpc-1", ServiceName: "com.amazonaws.us-east-2.s3", State: endpoint.Available, RouteTableIDs: []string{"rtb-c"}})
		inv.RouteTables[2].Routes = append(inv.RouteTables[2].Routes, route.MustParseRoutes("pl-1 vpce-0c")...)
	}
	for _, tt := range []struct {
		name, from, to string
		inv            trace.Inventory
		code           endpoint.Code // "": no hint
		host           string
	}{
		{"1 not available", "private", pageHost, edit(func(inv *trace.Inventory) { inv.Endpoints[0].State = endpoint.Pending }), endpoint.EndpointNotAvailable, pageHost},
		{"2 not on the table", "private", "bkt.s3.us-east-2.amazonaws.com", edit(gateway), endpoint.GatewayEndpointNotOnTable, "bkt.s3.us-east-2.amazonaws.com"},
		{"2 on the table", "isolated", "bkt.s3.us-east-2.amazonaws.com", edit(gateway), "", ""},
		{"2 R16: an IPv4 list is nothing to an IPv6-only subnet", "private", "bkt.s3.us-east-2.amazonaws.com", edit(func(inv *trace.Inventory) { gateway(inv); ipv6Only(inv) }), "", ""},
		{"2 R16: an IPv6 list is", "private", "bkt.s3.us-east-2.amazonaws.com", edit(func(inv *trace.Inventory) {
			gateway(inv)
			ipv6Only(inv)
			inv.Endpoints[1].IPAddressType = endpoint.DualStack
		}), endpoint.GatewayEndpointNotOnTable, "bkt.s3.us-east-2.amazonaws.com"},
		{"2 R16: an IPv6 list is nothing to an IPv4 subnet", "private", "bkt.s3.us-east-2.amazonaws.com", edit(func(inv *trace.Inventory) { gateway(inv); inv.Endpoints[1].IPAddressType = endpoint.IPv6 }), "", ""},
		{"3 another Region's bucket", "private", "bkt.s3.eu-west-1.amazonaws.com", edit(gateway), "", ""},
		{"5 dual-stack sibling", "private", "monitoring.us-east-2.api.aws", page(), endpoint.HostNotCovered, pageHost},
		{"5 no service", "private", "foo.monitoring.us-east-2.amazonaws.com", page(), "", ""},
		{"5 another service", "private", "sts.us-east-2.amazonaws.com", page(), "", ""},
		{"6 private DNS off", "private", pageHost, edit(func(inv *trace.Inventory) {
			inv.Endpoints[0].PrivateDNSEnabled = false
			inv.Endpoints[0].DNSEntries = inv.Endpoints[0].DNSEntries[:4]
		}), endpoint.PrivateDNSOff, pageHost},
		{"7 attribute off", "private", pageHost, edit(func(inv *trace.Inventory) { inv.VPCs[0].EnableDNSHostnames = new(false) }), endpoint.DNSAttributesOff, pageHost},
		{"8 inbound only", "private", pageHost, edit(func(inv *trace.Inventory) {
			inv.Endpoints[0].DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = true
		}), endpoint.InboundResolverOnly, pageHost},
		{"no network interface in the zone", "private", "vpce-099deb00b40f00e22-lj2wisx3-us-east-2d.monitoring.us-east-2.vpce.amazonaws.com", page(), endpoint.EndpointZoneMissing, "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com"},
		{"a zone without wildcard", "private", "123456789012.dkr.ecr.us-east-2.amazonaws.com", edit(handMade("dkr.ecr.us-east-2.amazonaws.com")), endpoint.ZoneWildcardMissing, "123456789012.dkr.ecr.us-east-2.amazonaws.com"},
		{"a zone above without the name", "private", "sts.us-east-2.amazonaws.com", edit(handMade("us-east-2.amazonaws.com")), endpoint.ZoneNamesMissing, "sts.us-east-2.amazonaws.com"},
		{"a zone that is nobody's service", "private", "db.corp.example", edit(handMade("corp.example")), "", ""},
		{"labels reversed", "private", "ecr.api.us-east-2.amazonaws.com", edit(func(inv *trace.Inventory) { must(inv.Create(create("com.amazonaws.us-east-2.ecr.api", true))) }), endpoint.ZoneLabelsReversed, "api.ecr.us-east-2.amazonaws.com"},
		{"an endpoint in another VPC", "subnet-z", pageHost, edit(otherVPC), endpoint.EndpointInOtherVPC, pageHost},
		{"another VPC, another service", "subnet-z", "sts.us-east-2.amazonaws.com", edit(otherVPC), "", ""},
		{"an endpoint in another VPC that does not serve", "subnet-z", pageHost, edit(func(inv *trace.Inventory) { otherVPC(inv); inv.Endpoints[0].State = endpoint.Deleted }), "", ""},
		{"the endpoint is used", "private", pageHost, page(), "", ""},
		{"the endpoint's own name", "private", "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", page(), "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tr := ask(t, tt.inv, tt.from, tt.to)
			if tt.code == "" {
				if len(tr.Hints) > 0 {
					t.Errorf("hints %v, want none", tr.Hints)
				}
				return
			}
			if len(tr.Hints) != 1 || tr.Hints[0].Code != tt.code || tr.Hints[0].Host != tt.host || tr.Hints[0].Text == "" {
				t.Errorf("hints %+v, want one %s for %s", tr.Hints, tt.code, tt.host)
			}
			if own := tt.name[0] >= '1' && tt.name[0] <= '8'; slices.Contains(tr.Codes, tt.code) != own {
				t.Errorf("codes %v and %s: those of the VPC's own endpoints are the Trace's, others are hints only", tr.Codes, tt.code)
			}
		})
	}
}

// TestZ38: private DNS for inbound Resolver endpoints only answers nothing in
// the endpoint's own VPC, so no hint may say that it does.
func TestZ38(t *testing.T) {
	inbound := func(edits ...func(*trace.Inventory)) trace.Inventory {
		inv := page()
		inv.Endpoints[0].DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = true
		for _, f := range edits {
			f(&inv)
		}
		return inv
	}
	off := page()
	off.Endpoints[0].PrivateDNSEnabled = false
	otherVPC(&off)
	const id = "vpce-099deb00b40f00e22"
	for _, tt := range []struct {
		name, from, to string
		inv            trace.Inventory
		want           trace.Hint
	}{
		{"own VPC, a private name", "private", pageHost, inbound(), trace.Hint{
			Code: endpoint.InboundResolverOnly, Host: pageHost, Text: id + " answers " + pageHost + " only through an inbound Resolver endpoint",
		}},
		{"own VPC, another name", "private", "monitoring.us-east-2.api.aws", inbound(), trace.Hint{
			Code: endpoint.InboundResolverOnly, Host: "monitoring.us-east-2.api.aws",
			Text: id + " answers its private names only through an inbound Resolver endpoint, and monitoring.us-east-2.api.aws is none of them",
		}},
		{"another VPC", "subnet-z", pageHost, inbound(otherVPC), trace.Hint{
			Code: endpoint.EndpointInOtherVPC, Host: pageHost,
			Text: id + " answers this name in vpc-1 (page) only through an inbound Resolver endpoint: alias the name to it in a private hosted zone of this VPC, with routes both ways",
		}},
		{"another VPC, private DNS off", "subnet-z", pageHost, off, trace.Hint{
			Code: endpoint.EndpointInOtherVPC, Host: pageHost,
			Text: id + " is for this name in vpc-1 (page), with private DNS off: alias the name to it in a private hosted zone of this VPC, with routes both ways",
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ask(t, tt.inv, tt.from, tt.to).Hints; !slices.Equal(got, []trace.Hint{tt.want}) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestSelect(t *testing.T) {
	inv := page()
	inv.Subnets[2].Tags = tag("twin")
	inv.NetworkInterfaces[2].Tags = tag("twin")
	w := newWorld(t, inv)
	for from, want := range map[string][]string{
		"all": {"subnet-a", "subnet-b", "subnet-c"}, "vpc-1": {"subnet-a", "subnet-b", "subnet-c"},
		"page": {"subnet-a", "subnet-b", "subnet-c"}, "private": {"subnet-b"}, "subnet-c": {"subnet-c"}, "eni-a": {"eni-a"},
	} {
		vs, err := w.Select(from)
		var ids []string
		for _, v := range vs {
			ids = append(ids, v.ID())
		}
		if err != nil || !slices.Equal(ids, want) {
			t.Errorf("Select(%q) = %q, %v, want %q", from, ids, err, want)
		}
	}
	if _, err := w.Select("nothing"); !errors.Is(err, trace.ErrNoSource) {
		t.Errorf("Select of nothing: %v", err)
	}
	if _, err := w.Select("twin"); !errors.Is(err, trace.ErrAmbiguous) {
		t.Errorf("Select of two: %v", err)
	}
	if _, err := w.Why("all", pageHost); !errors.Is(err, trace.ErrAmbiguous) {
		t.Errorf("Why from all: %v", err)
	}
	if vs, err := newWorld(t, trace.Inventory{}).Select("all"); err != nil || len(vs) != 0 {
		t.Errorf("Select(all) of nothing = %v, %v", vs, err)
	}
}

func TestParseTarget(t *testing.T) {
	for in, want := range map[string]struct {
		host string
		port uint16
	}{
		"Monitoring.us-east-2.AmazonAWS.com.": {pageHost, 443},
		"example.com:8080":                    {"example.com", 8080},
		"10.0.2.10":                           {"10.0.2.10", 443},
		"10.0.2.10:80":                        {"10.0.2.10", 80},
		"2001:db8::1":                         {"2001:db8::1", 443},
		"[2001:db8::1]:80":                    {"2001:db8::1", 80},
		"::ffff:10.0.2.10":                    {"10.0.2.10", 443},
	} {
		if host, port, err := trace.ParseTarget(in); err != nil || host != want.host || port != want.port {
			t.Errorf("ParseTarget(%q) = %q, %d, %v", in, host, port, err)
		}
	}
	for _, in := range []string{"", ":443", "a..b", "https://a", "a:", "a:0", "a:65536", "a:+1", "*.a", "a b", "fe80::1%eth0", "a_b.example"} {
		if host, port, err := trace.ParseTarget(in); !errors.Is(err, trace.ErrHost) {
			t.Errorf("ParseTarget(%q) = %q, %d, %v, want ErrHost", in, host, port, err)
		}
	}
}

// TestErrorsOnce: what both halves of an inventory cannot read is one error.
func TestErrorsOnce(t *testing.T) {
	inv := page()
	inv.Subnets[0].CIDRBlock = "10.0.0.0/99"
	inv.Subnets[1].ID = ""
	w, err := trace.New(inv)
	if w != nil || !errors.Is(err, endpoint.ErrCIDR) || !errors.Is(err, endpoint.ErrID) {
		t.Fatalf("New = %v, %v", w, err)
	}
	list := err.(interface{ Unwrap() []error }).Unwrap()
	if len(list) != 2 {
		t.Errorf("%d errors, want 2:\n%v", len(list), err)
	}
}

// TestClone: no edit of a copy reaches the original, and every kind of field
// an Inventory may hold is one that Clone copies.
func TestClone(t *testing.T) {
	inv := page()
	c := inv.Clone()
	if diff := cmp.Diff(inv, c); diff != "" {
		t.Fatal(diff)
	}
	c.Subnets[0].Tags[0].Value = "edited"
	*c.VPCs[0].EnableDNSSupport = false
	c.Endpoints[0].DNSEntries[0].Name = "edited"
	if diff := cmp.Diff(page(), inv); diff != "" {
		t.Errorf("an edit of the copy reached the original:\n%s", diff)
	}
	var walk func(typ reflect.Type, path string)
	walk = func(typ reflect.Type, path string) {
		switch typ.Kind() {
		case reflect.Struct:
			for f := range typ.Fields() {
				if !f.IsExported() {
					t.Errorf("%s.%s: an unexported field", path, f.Name)
				}
				walk(f.Type, path+"."+f.Name)
			}
		case reflect.Slice, reflect.Pointer:
			walk(typ.Elem(), path)
		case reflect.String, reflect.Bool, reflect.Int, reflect.Uint32:
		default:
			t.Errorf("%s: Clone does not know kind %s", path, typ.Kind())
		}
	}
	walk(reflect.TypeFor[trace.Inventory](), "Inventory")
}

// TestSnapshot: a World keeps what it was made of.
func TestSnapshot(t *testing.T) {
	inv := page()
	w := newWorld(t, inv)
	inv.Endpoints[0].PrivateDNSEnabled = false
	got := w.Inventory()
	if diff := cmp.Diff(page(), got); diff != "" {
		t.Errorf("an edit of the input reached the World:\n%s", diff)
	}
	got.Subnets[0].ID = "edited"
	if _, ok := w.From("subnet-a"); !ok || w.Inventory().Subnets[0].ID != "subnet-a" {
		t.Error("an edit of a copy reached the World")
	}
}

// TestClassIsTo: the short answer is that of the whole proof.
func TestClassIsTo(t *testing.T) {
	noDNS := page()
	noDNS.VPCs[0].EnableDNSSupport = new(false)
	for _, inv := range []trace.Inventory{page(), noDNS, dualStack(page()), dualStack(bare())} {
		w := newWorld(t, inv)
		for v := range w.Vantages() {
			for _, host := range []string{pageHost, "foo." + pageHost, "sts.amazonaws.com", "10.0.2.10", "10.200.0.1", "8.8.8.8", "2001:db8::1", "a..b", "169.254.169.254", "x.example"} {
				tr := v.To(host, 443)
				if c, verdict := v.Class(host, 443); c != tr.Class || verdict != tr.Verdict {
					t.Errorf("%s to %s: Class = %s, %s; To = %s, %s", v.ID(), host, c, verdict, tr.Class, tr.Verdict)
				}
			}
		}
	}
}

// TestUnresolved: silence that is given, and a zone's NXDOMAIN.
func TestUnresolved(t *testing.T) {
	inv := page()
	inv.VPCs[0].EnableDNSSupport = new(false)
	for _, tr := range []trace.Trace{ask(t, inv, "private", pageHost), ask(t, page(), "private", "foo."+pageHost)} {
		if tr.Class != route.ClassUnresolved || tr.Verdict != route.Failed || len(tr.Paths) != 0 || tr.DNS[0].Type != zone.A || tr.DNS[1].Type != zone.AAAA {
			t.Errorf("%s", tr)
		}
	}
}

// handMade associates a customer's zone with a record at its domain alone.
func handMade(name string) func(*trace.Inventory) {
	return func(inv *trace.Inventory) {
		inv.HostedZones = []zone.HostedZone{{
			ID: "Z1", Name: name + ".", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}},
			RecordSets: []zone.RecordSet{{Name: name + ".", Type: "A", TTL: 60, ResourceRecords: []zone.ResourceRecord{{Value: "10.0.1.10"}}}},
		}}
	}
}

// otherVPC adds a VPC without endpoints.
func otherVPC(inv *trace.Inventory) {
	inv.VPCs = append(inv.VPCs, endpoint.VPC{ID: "vpc-2", CIDRBlock: "10.9.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)})
	inv.Subnets = append(inv.Subnets, endpoint.Subnet{ID: "subnet-z", VPCID: "vpc-2", CIDRBlock: "10.9.1.0/24", AvailabilityZone: "us-east-2a"})
	inv.RouteTables = append(inv.RouteTables, route.Table{ID: "rtb-z", VPCID: "vpc-2", Associations: []route.Association{{Main: true}}, Routes: route.MustParseRoutes("10.9.0.0/16 local")})
}

func must[E any](e E, err error) E {
	if err != nil {
		panic(err)
	}
	return e
}
