package route_test

import (
	"net/netip"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// Section 3, line by line: the first hop of a path whole.
func TestDecisions(t *testing.T) {
	const (
		shorter = endpoint.MoreSpecificRoute
		lower   = endpoint.HigherPriorityRoute
	)
	local6 := "2001:db8:1::/56"
	hop := func(rule, destination, target string, lost ...route.Lost) route.Hop {
		return route.Hop{Kind: route.HopSubnet, ID: "subnet-1", RouteTable: "rtb-1", Rule: rule, Destination: destination, Target: target, Lost: lost}
	}
	for _, tt := range []struct {
		name   string
		routes []string
		to     string
		want   route.Hop
		ev     naming.Evidence
	}{
		{"R5 own CIDR", []string{"10.0.1.0/24 eni-fw"}, "10.0.1.99", route.Hop{Kind: route.HopDirect, ID: "subnet-1", Rule: "R5"}, naming.Given},
		{"R6 families apart", []string{"0.0.0.0/0 vgw-1"}, "2600::1", hop("R9", "", ""), naming.Given},
		{"R7 reserved", []string{"169.254.0.0/16 vgw-1"}, "169.254.169.254", route.Hop{Kind: route.HopSubnet, ID: "subnet-1", Rule: "R7"}, naming.Given},
		{"R7 reserved IPv6", nil, "fd00:ec2::254", route.Hop{Kind: route.HopSubnet, ID: "subnet-1", Rule: "R7"}, naming.Given},
		{"R7 ends at .171", []string{"169.254.0.0/16 vgw-1"}, "169.254.172.0", hop("R9", "169.254.0.0/16", "vgw-1"), naming.Given},
		{"R8 canonical", []string{"100.68.0.18/18 vgw-1"}, "100.68.63.255", hop("R9", "100.68.0.0/18", "vgw-1"), naming.Given},
		{"R9 only candidate", []string{"0.0.0.0/0 vgw-1"}, "8.8.8.8", hop("R9", "0.0.0.0/0", "vgw-1"), naming.Given},
		{"R9 none", nil, "8.8.8.8", hop("R9", "", ""), naming.Given},
		{"R9 every entry is a candidate", []string{"pl-s3 vgw-1"}, "52.216.1.1", hop("R9", "pl-s3 52.216.0.0/15", "vgw-1"), naming.Given},
		{
			"R9a longest, before any origin",
			[]string{"0.0.0.0/0 tgw-1", "52.216.0.0/16 vgw-1 propagated", "pl-s3 vpce-s3"},
			"52.216.1.1",
			hop("R9a", "52.216.0.0/16", "vgw-1", route.Lost{"pl-s3 52.216.0.0/15", "vpce-s3", shorter}, route.Lost{"0.0.0.0/0", "tgw-1", shorter}), naming.Given,
		},
		{
			"R10 static, list, propagated",
			[]string{"52.216.0.0/15 vgw-1 propagated", "pl-s3 vpce-s3", "52.216.0.0/15 vgw-2"},
			"52.216.1.1",
			hop("R10", "52.216.0.0/15", "vgw-2", route.Lost{"pl-s3 52.216.0.0/15", "vpce-s3", lower}, route.Lost{"52.216.0.0/15", "vgw-1", lower}), naming.Given,
		},
		{
			"R11 propagated inside the VPC",
			[]string{"10.0.9.0/24 vgw-1 propagated"},
			"10.0.9.9",
			hop("R9", "10.0.0.0/16", "local", route.Lost{"10.0.9.0/24", "vgw-1", lower}), naming.Given,
		},
		{
			"R13 list entry inside the VPC",
			[]string{"pl-in tgw-1", "0.0.0.0/0 vgw-1"},
			"10.0.9.9",
			hop("R9a", "10.0.0.0/16", "local", route.Lost{"pl-in 10.0.9.0/24", "tgw-1", lower}, route.Lost{"0.0.0.0/0", "vgw-1", shorter}), naming.Given,
		},
		{
			"R14 one target",
			[]string{"pl-a vgw-1", "pl-b vgw-1"},
			"10.9.1.1",
			hop("R14", "pl-a 10.9.0.0/16", "vgw-1", route.Lost{"pl-b 10.9.0.0/16", "vgw-1", lower}), naming.Given,
		},
		{
			"R14 several targets",
			[]string{"pl-a vgw-1", "pl-b vgw-2"},
			"10.9.1.1",
			hop("R14", "", "", route.Lost{"pl-a 10.9.0.0/16", "vgw-1", endpoint.AmbiguousPrefixLists}, route.Lost{"pl-b 10.9.0.0/16", "vgw-2", endpoint.AmbiguousPrefixLists}),
			naming.Unspecified,
		},
		{
			"R14a entries missing",
			[]string{"pl-x tgw-1", "0.0.0.0/0 vgw-1"},
			"8.8.8.8",
			hop("R14a", "", "", route.Lost{"pl-x", "tgw-1", endpoint.PrefixListEntriesMissing}, route.Lost{"0.0.0.0/0", "vgw-1", endpoint.PrefixListEntriesMissing}), naming.Unknown,
		},
		{
			"R17 blackhole, no fall-through",
			[]string{"52.216.0.0/15 nat-1 blackhole", "0.0.0.0/0 vgw-1"},
			"52.217.1.1",
			hop("R17", "52.216.0.0/15", "nat-1", route.Lost{"0.0.0.0/0", "vgw-1", shorter}), naming.Given,
		},
		{"R17 blackhole without target", []string{"0.0.0.0/0 - blackhole"}, "8.8.8.8", hop("R17", "0.0.0.0/0", ""), naming.Given},
		{
			"B05 blackhole against propagated",
			[]string{"10.9.0.0/16 pcx-1 blackhole", "10.9.0.0/16 vgw-1 propagated"},
			"10.9.1.1",
			hop("R17", "", "", route.Lost{"10.9.0.0/16", "pcx-1", endpoint.BadStateRoute}, route.Lost{"10.9.0.0/16", "vgw-1", lower}), naming.Unspecified,
		},
		{
			"B06 filtered would have won",
			[]string{"10.9.0.0/16 pcx-1 filtered", "0.0.0.0/0 vgw-1"},
			"10.9.1.1",
			hop("R9a", "", "", route.Lost{"10.9.0.0/16", "pcx-1", endpoint.RouteStateUnrecognised}, route.Lost{"0.0.0.0/0", "vgw-1", shorter}), naming.Unspecified,
		},
		{
			"B06 filtered loses",
			[]string{"0.0.0.0/0 pcx-1 filtered", "10.9.0.0/16 vgw-1"},
			"10.9.1.1",
			hop("R9a", "10.9.0.0/16", "vgw-1", route.Lost{"0.0.0.0/0", "pcx-1", shorter}), naming.Given,
		},
		{
			"R12 a whole subnet to a NAT gateway",
			[]string{"10.0.2.0/24 nat-1"},
			"10.0.2.7",
			hop("R9a", "10.0.2.0/24", "nat-1", route.Lost{"10.0.0.0/16", "local", shorter}), naming.Given,
		},
		{
			"R12 refused",
			[]string{"10.0.2.0/24 vgw-1"},
			"10.0.2.7",
			hop("R12", "10.0.2.0/24", "vgw-1", route.Lost{"10.0.0.0/16", "local", shorter}), naming.Given,
		},
		{"IPv6", []string{"::/0 vgw-1"}, "2001:db8:1:9::1", hop("R9a", local6, "local", route.Lost{"::/0", "vgw-1", shorter}), naming.Given},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := newNet(t, tt.routes...)
			n.PrefixLists = append(n.PrefixLists,
				route.PrefixList{ID: "pl-in", CIDRs: []string{"10.0.9.0/24"}}, route.PrefixList{ID: "pl-a", CIDRs: []string{"10.9.0.0/16"}},
				route.PrefixList{ID: "pl-b", CIDRs: []string{"10.9.0.0/16"}})
			p := n.path(subnet1, tt.to)
			if d := gocmp.Diff(tt.want, p.Hops[0]); d != "" {
				t.Errorf("first hop (-want +got):\n%s", d)
			}
			if p.Evidence != tt.ev {
				t.Errorf("evidence %v, want %v", p.Evidence, tt.ev)
			}
		})
	}
}

// TestGatewayBeforeSubnet: an id that begins as a gateway's is an entry from
// outside, even if a subnet has it, for Class as for Path.
func TestGatewayBeforeSubnet(t *testing.T) {
	n, err := route.New(route.Config{
		VPCs:        []endpoint.VPC{{ID: "vpc-1", CIDRBlock: "10.0.0.0/16"}},
		Subnets:     []endpoint.Subnet{{ID: "igw-1", VPCID: "vpc-1", CIDRBlock: "10.0.1.0/24"}},
		RouteTables: []route.Table{{ID: "rtb-1", VPCID: "vpc-1", Associations: []route.Association{{Main: true}}, Routes: route.MustParseRoutes("10.0.0.0/16 local")}},
	})
	if err != nil {
		t.Fatal(err)
	}
	f := route.Flow{From: route.FromSubnet("igw-1"), To: route.Addr(netip.MustParseAddr("10.0.1.9"))}
	p := n.Path(f)
	if c, v := n.Class(f); c != p.Class || v != p.Verdict || c == route.ClassLocal {
		t.Errorf("Class says %s %s, Path %+v", c, v, p)
	}
}
