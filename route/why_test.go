package route_test

import (
	"encoding/json"
	"net/netip"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// The worlds of the worked examples of `why`, (a) to (h), and their paths,
// hop for hop.

type jsonPath struct {
	Address string          `json:"address"`
	Class   route.Class     `json:"class"`
	Verdict route.Verdict   `json:"verdict"`
	Codes   []endpoint.Code `json:"codes"`
	Hops    []jsonHop       `json:"hops"`
}

type jsonHop struct {
	Kind        route.HopKind `json:"kind"`
	ID          string        `json:"id"`
	RouteTable  string        `json:"routeTable"`
	Destination string        `json:"destination"`
	Target      string        `json:"target"`
	Rule        string        `json:"rule"`
	Lost        []jsonLost    `json:"lost"`
}

type jsonLost struct {
	Destination string        `json:"destination"`
	Target      string        `json:"target"`
	Code        endpoint.Code `json:"code"`
}

func asJSON(p route.Path) jsonPath {
	j := jsonPath{Class: p.Class, Verdict: p.Verdict, Codes: append([]endpoint.Code{}, p.Codes...), Hops: []jsonHop{}}
	if p.Address.IsValid() {
		j.Address = p.Address.String()
	}
	for _, h := range p.Hops {
		jh := jsonHop{h.Kind, h.ID, h.RouteTable, h.Destination, h.Target, h.Rule, []jsonLost{}}
		for _, l := range h.Lost {
			jh.Lost = append(jh.Lost, jsonLost(l))
		}
		j.Hops = append(j.Hops, jh)
	}
	return j
}

func mustNetwork(t testing.TB, c route.Config) *route.Network {
	t.Helper()
	n, err := route.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func worldVPC(id, cidr string) endpoint.VPC { return endpoint.VPC{ID: id, CIDRBlock: cidr} }

func worldSubnet(id, vpc, cidr, az string) endpoint.Subnet {
	return endpoint.Subnet{ID: id, VPCID: vpc, CIDRBlock: cidr, AvailabilityZone: az}
}

func worldENI(id, vpc, subnet string, addrs ...string) endpoint.NetworkInterface {
	e := endpoint.NetworkInterface{ID: id, VPCID: vpc, SubnetID: subnet, Status: "in-use"}
	for _, s := range addrs {
		if a := netip.MustParseAddr(s); a.Is4() {
			e.PrivateIPAddresses = append(e.PrivateIPAddresses, endpoint.PrivateIPAddress{PrivateIPAddress: s})
		} else {
			e.IPv6Addresses = append(e.IPv6Addresses, endpoint.IPv6Address{IPv6Address: s})
		}
	}
	return e
}

// worldTable is a table of one VPC: the subnets it is associated with are
// those given, "main" makes it the main one.
func worldTable(id, vpc string, subnets []string, routes ...string) route.Table {
	t := route.Table{ID: id, VPCID: vpc, Routes: route.MustParseRoutes(routes...)}
	for _, s := range subnets {
		switch {
		case s == "main":
			t.Associations = append(t.Associations, route.Association{Main: true})
		default:
			t.Associations = append(t.Associations, route.Association{SubnetID: s})
		}
	}
	return t
}

func worldA() route.Config {
	const v = "vpc-00000001"
	return route.Config{
		VPCs: []endpoint.VPC{worldVPC(v, "10.0.0.0/16")},
		Subnets: []endpoint.Subnet{
			worldSubnet("subnet-0000000a", v, "10.0.1.0/24", "us-east-2a"),
			worldSubnet("subnet-0000000b", v, "10.0.2.0/24", "us-east-2b"),
			worldSubnet("subnet-0000000c", v, "10.0.3.0/24", "us-east-2c"),
		},
		NetworkInterfaces: []endpoint.NetworkInterface{
			worldENI("eni-0000000a", v, "subnet-0000000a", "10.0.1.10"),
			worldENI("eni-0000000b", v, "subnet-0000000b", "10.0.2.10"),
			worldENI("eni-0000000c", v, "subnet-0000000c", "10.0.3.10"),
		},
		Endpoints: []endpoint.Endpoint{{
			ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, VPCID: v, ServiceName: "com.amazonaws.us-east-2.monitoring", State: endpoint.Available,
			SubnetIDs:           []string{"subnet-0000000a", "subnet-0000000b", "subnet-0000000c"},
			NetworkInterfaceIDs: []string{"eni-0000000a", "eni-0000000b", "eni-0000000c"},
		}},
		RouteTables: []route.Table{
			worldTable("rtb-0000000b", v, []string{"subnet-0000000b"}, "10.0.0.0/16 local", "0.0.0.0/0 nat-0000000a"),
		},
	}
}

func worldB() route.Config {
	const v = "vpc-00000001"
	c := worldA()
	c.Endpoints = []endpoint.Endpoint{
		{
			ID: "vpce-0c000000000000001", Type: endpoint.Gateway, VPCID: v, ServiceName: "com.amazonaws.us-east-2.s3", State: endpoint.Available,
			RouteTableIDs: []string{"rtb-0000000b"},
		},
		{ID: "vpce-0b000000000000001", Type: endpoint.Interface, VPCID: v, ServiceName: "com.amazonaws.us-east-2.sts", State: endpoint.Available},
	}
	c.NetworkInterfaces = []endpoint.NetworkInterface{}
	c.Subnets = append(c.Subnets, worldSubnet("subnet-0000000d", v, "10.0.4.0/24", "us-east-2a"))
	c.RouteTables = []route.Table{
		worldTable("rtb-0000000a", v, []string{"subnet-0000000a"}, "10.0.0.0/16 local", "0.0.0.0/0 igw-00000001"),
		worldTable("rtb-0000000b", v, []string{"subnet-0000000b"}, "10.0.0.0/16 local", "0.0.0.0/0 nat-0000000a", "pl-0000005c vpce-0c000000000000001"),
		worldTable("rtb-0000000d", v, []string{"subnet-0000000d"}, "10.0.0.0/16 local", "0.0.0.0/0 nat-0000000a"),
	}
	c.InternetGateways = []route.InternetGateway{{ID: "igw-00000001", Attachments: []route.GatewayAttachment{{State: "available", VPCID: v}}}}
	c.NATGateways = []route.NATGateway{{
		ID: "nat-0000000a", VPCID: v, SubnetID: "subnet-0000000a", State: "available", ConnectivityType: "public",
		NATGatewayAddresses: []route.NATGatewayAddress{{PrivateIP: "10.0.1.5", PublicIP: "198.51.100.7"}},
	}}
	c.PrefixLists = []route.PrefixList{{
		ID: "pl-0000005c", Name: "com.amazonaws.us-east-2.s3", CIDRs: []string{"3.5.128.0/22", "52.219.80.0/20"},
	}}
	return c
}

// worldD is the spoke and the hub; back says whether the endpoint's table has
// the route back.
func worldD(back bool) route.Config {
	const hub, spoke = "vpc-00000001", "vpc-00000002"
	hubTable := []string{"10.0.0.0/16 local", "10.1.0.0/16 tgw-00000001"}
	endpointTable := hubTable
	if !back {
		endpointTable = hubTable[:1]
	}
	attachment := func(id, vpc, subnet string) (route.TransitGatewayAttachment, route.TransitGatewayVPCAttachment) {
		all := route.TransitGatewayAttachment{
			ID: id, TransitGatewayID: "tgw-00000001", ResourceType: "vpc", ResourceID: vpc, State: "available",
			Association: &route.TransitGatewayAttachmentAssociation{TransitGatewayRouteTableID: "tgw-rtb-00000001", State: "associated"},
		}
		return all, route.TransitGatewayVPCAttachment{ID: id, TransitGatewayID: "tgw-00000001", VPCID: vpc, State: "available", SubnetIDs: []string{subnet}}
	}
	h1, h2 := attachment("tgw-attach-00000001", hub, "subnet-0000004a")
	s1, s2 := attachment("tgw-attach-00000002", spoke, "subnet-00000051")
	tgwRoute := func(cidr, id, vpc string) route.TransitGatewayRoute {
		return route.TransitGatewayRoute{
			DestinationCIDRBlock: cidr, Type: "propagated", State: "active",
			TransitGatewayAttachments: []route.TransitGatewayRouteAttachment{{TransitGatewayAttachmentID: id, ResourceType: "vpc", ResourceID: vpc}},
		}
	}
	return route.Config{
		VPCs: []endpoint.VPC{worldVPC(hub, "10.0.0.0/16"), worldVPC(spoke, "10.1.0.0/16")},
		Subnets: []endpoint.Subnet{
			worldSubnet("subnet-00000051", spoke, "10.1.1.0/24", "us-east-2a"),
			worldSubnet("subnet-0000004a", hub, "10.0.9.0/28", "us-east-2a"),
			worldSubnet("subnet-0000004e", hub, "10.0.1.0/24", "us-east-2a"),
		},
		NetworkInterfaces: []endpoint.NetworkInterface{worldENI("eni-00000014", hub, "subnet-0000004e", "10.0.1.20")},
		Endpoints: []endpoint.Endpoint{{
			ID: "vpce-0d000000000000001", Type: endpoint.Interface, VPCID: hub, ServiceName: "com.amazonaws.us-east-2.sts", State: endpoint.Available,
			SubnetIDs: []string{"subnet-0000004e"}, NetworkInterfaceIDs: []string{"eni-00000014"},
		}},
		RouteTables: []route.Table{
			worldTable("rtb-00000051", spoke, []string{"subnet-00000051"}, "10.1.0.0/16 local", "10.0.0.0/16 tgw-00000001"),
			worldTable("rtb-0000004a", hub, []string{"subnet-0000004a"}, hubTable...),
			worldTable("rtb-0000004e", hub, []string{"subnet-0000004e"}, endpointTable...),
		},
		TransitGatewayAttachments:    []route.TransitGatewayAttachment{h1, s1},
		TransitGatewayVPCAttachments: []route.TransitGatewayVPCAttachment{h2, s2},
		TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{
			ID: "tgw-rtb-00000001", TransitGatewayID: "tgw-00000001", State: "available",
			Routes: []route.TransitGatewayRoute{
				tgwRoute("10.0.0.0/16", "tgw-attach-00000001", hub), tgwRoute("10.1.0.0/16", "tgw-attach-00000002", spoke),
			},
		}},
	}
}

func worldG() route.Config {
	c := worldA()
	c.RouteTables[0].Routes = append(c.RouteTables[0].Routes, route.MustParseRoutes("pl-00000002 pcx-00000001", "pl-00000001 tgw-00000001")...)
	c.PrefixLists = []route.PrefixList{
		{ID: "pl-00000001", CIDRs: []string{"10.9.0.0/16"}}, {ID: "pl-00000002", CIDRs: []string{"10.9.0.0/16"}},
	}
	return c
}

func worldH() route.Config {
	c := worldA()
	c.NetworkInterfaces = []endpoint.NetworkInterface{worldENI("eni-00000010", "vpc-00000001", "subnet-0000000a", "10.0.1.16", "2001:db8:0:1::16")}
	c.Endpoints = []endpoint.Endpoint{{
		ID: "vpce-0e000000000000001", Type: endpoint.Interface, VPCID: "vpc-00000001", ServiceName: "com.amazonaws.us-east-2.sts", State: endpoint.Available,
		IPAddressType: endpoint.DualStack, NetworkInterfaceIDs: []string{"eni-00000010"},
	}}
	return c
}

func TestWhy(t *testing.T) {
	text, err := os.ReadFile("testdata/why.json")
	if err != nil {
		t.Fatal(err)
	}
	var want map[string][]jsonPath
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	addr := func(s string) route.Destination { return route.Addr(netip.MustParseAddr(s)) }
	for _, tt := range []struct {
		name     string
		world    route.Config
		from     string
		to       []route.Destination
		evidence naming.Evidence
	}{
		{"a", worldA(), "subnet-0000000b", []route.Destination{addr("10.0.1.10"), addr("10.0.2.10"), addr("10.0.3.10")}, naming.Given},
		{"b", worldB(), "subnet-0000000b", []route.Destination{route.PublicAddr("sts.amazonaws.com", route.IPv4)}, naming.Modelled},
		{"c", worldB(), "subnet-0000000d", []route.Destination{route.PublicAddr("bkt.s3.us-east-2.amazonaws.com", route.IPv4)}, naming.Modelled},
		{"d", worldD(true), "subnet-00000051", []route.Destination{addr("10.0.1.20")}, naming.Given},
		{"d2", worldD(false), "subnet-00000051", []route.Destination{addr("10.0.1.20")}, naming.Given},
		{"g", worldG(), "subnet-0000000b", []route.Destination{addr("10.9.0.10")}, naming.Unspecified},
		{"h", worldH(), "subnet-0000000b", []route.Destination{addr("10.0.1.16")}, naming.Given},
	} {
		t.Run(tt.name, func(t *testing.T) {
			n := mustNetwork(t, tt.world)
			var got []jsonPath
			for _, to := range tt.to {
				f := route.Flow{From: route.FromSubnet(tt.from), To: to, Port: 443}
				p := n.Path(f)
				got = append(got, asJSON(p))
				if p.Evidence != tt.evidence {
					t.Errorf("evidence %v, want %v", p.Evidence, tt.evidence)
				}
				if c, v := n.Class(f); c != p.Class || v != p.Verdict {
					t.Errorf("Class = %v, %v; Path has %v, %v", c, v, p.Class, p.Verdict)
				}
			}
			if d := cmp.Diff(want[tt.name], got); d != "" {
				t.Errorf("paths (-want +got):\n%s", d)
			}
		})
	}
}
