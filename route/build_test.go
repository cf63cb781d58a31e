package route_test

import (
	"errors"
	"net/netip"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// Every error is gathered, names its place and its reason, and no Network
// comes with it.
func TestNewErrors(t *testing.T) {
	c := route.Config{
		VPCs:              []endpoint.VPC{{}, {ID: "vpc-1", CIDRBlock: "10.0.0.0/33"}},
		Subnets:           []endpoint.Subnet{{ID: "subnet-1", CIDRBlock: "10.0.0.0"}},
		NetworkInterfaces: []endpoint.NetworkInterface{{ID: "eni-1", PrivateIPAddress: "10.0.0.256"}},
		RouteTables: []route.Table{{ID: "rtb-1", Routes: []route.Route{
			{DestinationCIDRBlock: "everywhere", GatewayID: "igw-1"}, {GatewayID: "igw-1"},
		}}},
		NATGateways:           []route.NATGateway{{ID: "nat-1", NATGatewayAddresses: []route.NATGatewayAddress{{PrivateIP: "ten"}}}},
		PrefixLists:           []route.PrefixList{{ID: "pl-1", CIDRs: []string{"1.2.3.4/99"}}, {}},
		VPCPeeringConnections: []route.VPCPeeringConnection{{ID: "pcx-1", AccepterVPCInfo: route.PeeringVPC{CIDRBlockSet: []route.PeeringCIDR{{CIDRBlock: "x"}}}}},
		SecurityGroups: []route.SecurityGroup{{ID: "sg-1", IPPermissions: []route.IPPermission{
			{IPProtocol: "quic"}, {IPProtocol: "tcp", IPRanges: []route.IPRange{{CIDRIP: "y"}}, IPv6Ranges: []route.IPv6Range{{CIDRIPv6: "z"}}},
		}}},
		NetworkACLs:               []route.NetworkACL{{ID: "acl-1", Entries: []route.NetworkACLEntry{{Protocol: "six"}, {Protocol: "6", CIDRBlock: "w"}}}},
		TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{ID: "tgw-rtb-1", Routes: []route.TransitGatewayRoute{{DestinationCIDRBlock: "v"}}}},
	}
	n, err := route.New(c)
	if n != nil || err == nil {
		t.Fatalf("New = %v, %v", n, err)
	}
	for _, want := range []string{
		`Vpcs[0]: no id`,
		`vpc-1: CidrBlock "10.0.0.0/33": not a CIDR`,
		`subnet-1: CidrBlock "10.0.0.0": not a CIDR`,
		`eni-1: PrivateIpAddress "10.0.0.256": not an IP address`,
		`rtb-1: Routes[0].Destination "everywhere": not a CIDR`,
		`rtb-1: Routes[1]: not a CIDR`,
		`nat-1: NatGatewayAddresses[0].PrivateIp "ten": not an IP address`,
		`pl-1: Cidrs[0] "1.2.3.4/99": not a CIDR`,
		`PrefixLists[1]: no id`,
		`pcx-1: AccepterVpcInfo.CidrBlockSet[0].CidrBlock "x": not a CIDR`,
		`sg-1: IpPermissions[0].IpProtocol "quic": value not allowed here`,
		`sg-1: IpPermissions[1].IpRanges[0] "y": not a CIDR`,
		`sg-1: IpPermissions[1].Ipv6Ranges[0] "z": not a CIDR`,
		`acl-1: Entries[0].Protocol "six": value not allowed here`,
		`acl-1: Entries[1].CidrBlock "w": not a CIDR`,
		`tgw-rtb-1: Routes[0].DestinationCidrBlock "v": not a CIDR`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in\n%v", want, err)
		}
	}
	for _, want := range []error{endpoint.ErrID, endpoint.ErrCIDR, endpoint.ErrAddress, endpoint.ErrValue} {
		if !errors.Is(err, want) {
			t.Errorf("errors.Is(%v) is false", want)
		}
	}
	var field *endpoint.FieldError
	if !errors.As(err, &field) || field.Resource != "Vpcs[0]" {
		t.Errorf("errors.As: %v", field)
	}
}

// AWS's own samples misprint public addresses: only their presence counts.
func TestUnreadablePublicAddresses(t *testing.T) {
	n := newNet(t, "0.0.0.0/0 igw-1")
	n.NATGateways[0].NATGatewayAddresses[0].PublicIP = "198.11.222.333"
	n.NetworkInterfaces[0].PrivateIPAddresses[1].Association.PublicIP = "198.11.222.333"
	is(t, n.path(route.FromAddr("eni-src", netip.MustParseAddr("10.0.1.11")), "8.8.8.8"), route.ClassInternetGateway, "igw-1")
}

func TestFindings(t *testing.T) {
	n := newNet(t, "10.0.2.0/25 eni-peer", "0.0.0.0/0 tgw-1 filtered", "pl-s3 vpce-s3")
	n.Subnets = append(n.Subnets, worldSubnet("subnet-3", "vpc-1", "10.0.0.0/22", "us-west-2a"), *n.subnet("subnet-1"), worldSubnet("subnet-2", "vpc-1", "10.0.77.0/24", "us-west-2a"))
	n.table("rtb-pub").Routes = route.MustParseRoutes("10.0.0.0/16 local")
	n.table("rtb-pub").Associations = append(n.table("rtb-pub").Associations, route.Association{SubnetID: "subnet-2"}, route.Association{Main: true})
	n.Endpoints[0].RouteTableIDs = []string{"rtb-2"}
	n.NATGateways = append(n.NATGateways, route.NATGateway{ID: "nat-r", VPCID: "vpc-1", AvailabilityMode: "regional", ConnectivityType: "private"})
	n.TransitGatewayVPCAttachments = []route.TransitGatewayVPCAttachment{{ID: "tgw-attach-1", Options: route.TransitGatewayVPCAttachmentOptions{ApplianceModeSupport: "enable"}}}
	n.TransitGatewayRouteTables = []route.TransitGatewayRouteTable{{ID: "tgw-rtb-1", Routes: []route.TransitGatewayRoute{{DestinationCIDRBlock: "10.0.0.0/8", State: "pending"}}}}
	n.NetworkACLs = []route.NetworkACL{
		{ID: "acl-1", Associations: []route.ACLAssociation{{SubnetID: "subnet-1"}}, Entries: []route.NetworkACLEntry{{RuleNumber: 7, Protocol: "-1", PrefixListID: "pl-s3"}}},
		{ID: "acl-2", Associations: []route.ACLAssociation{{SubnetID: "subnet-1"}}},
	}
	n.PrefixLists = append(n.PrefixLists, route.PrefixList{ID: "pl-s3", CIDRs: []string{"1.2.3.0/24"}})
	n.RouteTables = append(n.RouteTables,
		route.Table{ID: "rtb-e1", VPCID: "vpc-1", Associations: []route.Association{{GatewayID: "igw-1"}}},
		route.Table{ID: "rtb-e2", VPCID: "vpc-1", Associations: []route.Association{{GatewayID: "igw-1"}}})
	var got []string
	for _, f := range n.build().Findings() {
		got = append(got, string(f.Code)+" "+f.Resource+" "+f.Source)
	}
	want := []string{
		"NOT_MODELLED acl-1 G06",
		"CONFLICTING_OBJECTS igw-1 R3",
		"NAT_WITHOUT_INTERNET_ROUTE nat-1 R24",
		"NOT_MODELLED nat-r R28",
		"CONFLICTING_OBJECTS pl-s3 design",
		"ROUTE_NOT_ALLOWED_IN_VPC_CIDR rtb-1 R12",
		"ROUTE_STATE_UNRECOGNISED rtb-1 section 3, step 7",
		"CONFLICTING_OBJECTS subnet-1 F2",
		"OVERLAPPING_SUBNETS subnet-1 section 12, trap 6",
		"CONFLICTING_OBJECTS subnet-2 R1",
		"CONFLICTING_OBJECTS subnet-2 design",
		"OVERLAPPING_SUBNETS subnet-2 section 12, trap 6",
		"NOT_MODELLED tgw-attach-1 C8",
		"ROUTE_STATE_UNRECOGNISED tgw-rtb-1 C8",
		"CONFLICTING_OBJECTS vpc-1 R2",
		"NOT_MODELLED vpce-s3 R39",
		"NOT_MODELLED vpce-s3 R39",
	}
	if d := gocmp.Diff(want, got); d != "" {
		t.Errorf("findings (-want +got):\n%s", d)
	}
	if fs := newNet(t, "0.0.0.0/0 nat-1").build().Findings(); len(fs) != 0 {
		t.Errorf("a sound network has findings %v", fs)
	}
}

// One odd object never makes the rest unanswerable.
func TestOddObjectsLeaveTheRest(t *testing.T) {
	n := newNet(t, "0.0.0.0/0 nat-1", "10.0.2.0/25 eni-peer", "192.0.2.0/24 tgw-1 filtered")
	n.NetworkInterfaces = append(n.NetworkInterfaces, endpoint.NetworkInterface{ID: "eni-bare"})
	n.Endpoints = append(n.Endpoints, endpoint.Endpoint{ID: "vpce-bare", ServiceName: "what?"})
	n.NATGateways = append(n.NATGateways, route.NATGateway{ID: "nat-bare"})
	n.RouteTables = append(n.RouteTables, route.Table{ID: "rtb-bare"})
	n.VPCPeeringConnections = []route.VPCPeeringConnection{{ID: "pcx-bare"}}
	n.TransitGatewayAttachments = []route.TransitGatewayAttachment{{ID: "tgw-attach-bare"}}
	n.NetworkACLs = []route.NetworkACL{{ID: "acl-bare"}}
	n.SecurityGroups = []route.SecurityGroup{{ID: "sg-bare"}}
	is(t, n.path(subnet1, "8.8.8.8"), route.ClassNATGateway, "nat-1 > igw-1")
	is(t, n.path(eniSrc, "10.0.250.99"), route.ClassLocal, "local")
	is(t, n.path(route.FromInterface("eni-bare"), "8.8.8.8"), route.ClassUnknown, "", endpoint.UnknownResource)
}

func TestAccessors(t *testing.T) {
	n := newNet(t, "0.0.0.0/0 nat-1", "pl-s3 vpce-s3").endpoint(endpoint.Available).build()
	if id, ok := n.EndpointOf("eni-vpce"); id != "vpce-if" || !ok {
		t.Errorf("EndpointOf = %s, %v", id, ok)
	}
	for _, eni := range []string{"eni-src", "eni-9"} {
		if id, ok := n.EndpointOf(eni); id != "" || ok {
			t.Errorf("EndpointOf(%s) = %s, %v", eni, id, ok)
		}
	}
	for a, want := range map[string]string{"10.0.2.9": "eni-vpce", "::ffff:10.0.2.9": "eni-vpce", "2001:db8:1:1::5": "eni-src", "10.0.2.99": "", "::10.0.2.9": ""} {
		if id, ok := n.InterfaceAt("vpc-1", netip.MustParseAddr(a)); id != want || ok != (want != "") {
			t.Errorf("InterfaceAt(%s) = %s, %v", a, id, ok)
		}
	}
	if _, ok := n.InterfaceAt("vpc-9", netip.MustParseAddr("10.0.2.9")); ok {
		t.Error("an interface in no VPC")
	}
	if _, ok := n.InterfaceAt("vpc-1", netip.Addr{}); ok {
		t.Error("an interface at no address")
	}
	if !n.TableHas("rtb-1", "vpce-s3") || n.TableHas("rtb-2", "vpce-s3") || n.TableHas("rtb-9", "local") {
		t.Error("TableHas")
	}
	if _, _, ok := n.TableOf("subnet-9"); ok {
		t.Error("a table of no subnet")
	}
	for _, tt := range []struct {
		s      route.Source
		f      route.Family
		expect bool
	}{
		{subnet1, route.IPv4, true},
		{subnet1, route.IPv6, true},
		{route.FromInterface("eni-peer"), route.IPv6, false},
		{eniSrc, route.IPv6, true},
		{route.FromAddr("eni-src", netip.MustParseAddr("10.0.1.11")), route.IPv6, false},
		{route.FromSubnet("subnet-9"), route.IPv4, false},
	} {
		if got := n.HasFamily(tt.s, tt.f); got != tt.expect {
			t.Errorf("HasFamily(%v, %v) = %v", tt.s, tt.f, got)
		}
	}
	if _, ok := n.Decider("rtb-9"); ok {
		t.Error("a Decider of no table")
	}
	d, _ := n.Decider("rtb-1")
	for a, want := range map[string]string{"10.0.9.9": "local", "52.216.1.1": "vpce-s3", "8.8.8.8": "nat-1", "::ffff:8.8.8.8": "nat-1", "2600::1": "", "2001:db8:1:9::1": "local"} {
		if got, ok := d.Target(netip.MustParseAddr(a)); got != want || ok != (want != "") {
			t.Errorf("Target(%s) = %q, %v", a, got, ok)
		}
	}
	for _, bad := range []route.Decider{{}, d} {
		if got, ok := bad.Target(netip.Addr{}); ok {
			t.Errorf("Target of no address: %q", got)
		}
	}
	if a := testing.AllocsPerRun(100, func() { d.Target(netip.MustParseAddr("2001:db8:1:9::1")); d.Target(netip.MustParseAddr("8.8.8.8")) }); a != 0 {
		t.Errorf("Target: %v allocations", a)
	}
}

// A Path is the caller's own, and so are Findings.
func TestAnswersAreCopies(t *testing.T) {
	n := newNet(t, "10.0.2.0/25 eni-peer").build()
	fs := n.Findings()
	fs[0].Code = "X"
	if n.Findings()[0].Code == "X" {
		t.Error("Findings hands out its own slice")
	}
}

// One Network, many questions at once; run with -race.
func TestConcurrentQuestions(t *testing.T) {
	n := newNet(t, "0.0.0.0/0 nat-1", "pl-s3 vpce-s3").endpoint(endpoint.Available).build()
	var wg sync.WaitGroup
	for _, host := range hosts {
		for _, port := range []uint16{80, 443} {
			wg.Go(func() {
				f := route.Flow{From: subnet1, To: route.PublicAddr(host, route.IPv4), Port: port}
				want := n.Path(f)
				for range 50 {
					if c, v := n.Class(f); c != want.Class || v != want.Verdict {
						t.Errorf("%s:%d: %s %s, want %s %s", host, port, c, v, want.Class, want.Verdict)
					}
				}
			})
		}
	}
	wg.Wait()
}
