package route_test

import (
	"fmt"
	"net/netip"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// page is the network of AWS's page on interface endpoints: a public and a
// private subnet, a NAT gateway in the public one, and the CloudWatch endpoint
// with an interface in each.
func page() *route.Network {
	const vpc = "vpc-00000001"
	n, err := route.New(route.Config{
		VPCs: []endpoint.VPC{{ID: vpc, CIDRBlock: "10.0.0.0/16"}},
		Subnets: []endpoint.Subnet{
			{ID: "subnet-0000000a", VPCID: vpc, CIDRBlock: "10.0.1.0/24", AvailabilityZone: "us-east-2a"},
			{ID: "subnet-0000000b", VPCID: vpc, CIDRBlock: "10.0.2.0/24", AvailabilityZone: "us-east-2b"},
		},
		RouteTables: []route.Table{
			{
				ID: "rtb-0000000a", VPCID: vpc, Associations: []route.Association{{SubnetID: "subnet-0000000a"}},
				Routes: route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 igw-00000001"),
			},
			{
				ID: "rtb-0000000b", VPCID: vpc, Associations: []route.Association{{Main: true}},
				Routes: route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 nat-0000000a"),
			},
		},
		InternetGateways: []route.InternetGateway{{ID: "igw-00000001", Attachments: []route.GatewayAttachment{{State: "available", VPCID: vpc}}}},
		NATGateways:      []route.NATGateway{{ID: "nat-0000000a", VPCID: vpc, SubnetID: "subnet-0000000a", State: "available"}},
		NetworkInterfaces: []endpoint.NetworkInterface{
			{ID: "eni-0000000a", VPCID: vpc, SubnetID: "subnet-0000000a", PrivateIPAddress: "10.0.1.10"},
			{ID: "eni-0000000b", VPCID: vpc, SubnetID: "subnet-0000000b", PrivateIPAddress: "10.0.2.10"},
		},
		Endpoints: []endpoint.Endpoint{{
			ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, VPCID: vpc, ServiceName: "com.amazonaws.us-east-2.monitoring",
			State: endpoint.Available, NetworkInterfaceIDs: []string{"eni-0000000a", "eni-0000000b"},
		}},
	})
	if err != nil {
		panic(err)
	}
	return n
}

func show(p route.Path) {
	fmt.Println(p.Class, p.Verdict, p.Evidence, p.Codes)
	for _, h := range p.Hops {
		fmt.Printf("  %s %s", h.Kind, h.ID)
		if h.RouteTable != "" {
			fmt.Printf(", %s: %s > %s (%s)", h.RouteTable, h.Destination, h.Target, h.Rule)
		}
		fmt.Println()
		for _, l := range h.Lost {
			fmt.Printf("    not %s > %s: %s\n", l.Destination, l.Target, l.Code)
		}
	}
}

// The endpoint's interface in the other subnet, seen from the private one.
func ExampleNetwork_Path() {
	show(page().Path(route.Flow{
		From: route.FromSubnet("subnet-0000000b"),
		To:   route.Addr(netip.MustParseAddr("10.0.1.10")),
		Port: 443,
	}))
	// Output:
	// endpoint private given [FILTERS_NOT_EVALUATED POLICY_NOT_EVALUATED]
	//   subnet subnet-0000000b, rtb-0000000b: 10.0.0.0/16 > local (R9a)
	//     not 0.0.0.0/0 > nat-0000000a: MORE_SPECIFIC_ROUTE
	//   endpoint-eni eni-0000000a
}

// The same service without the endpoint: its public address is not known, and
// every possible one takes the same way.
func ExampleNetwork_Path_publicHost() {
	show(page().Path(route.Flow{
		From: route.FromSubnet("subnet-0000000b"),
		To:   route.PublicAddr("monitoring.us-east-2.amazonaws.com", route.IPv4),
		Port: 443,
	}))
	// Output:
	// nat-gateway public modelled [AVAILABILITY_ZONE_CROSSED FILTERS_NOT_EVALUATED PUBLIC_ADDRESS_NOT_KNOWN]
	//   subnet subnet-0000000b, rtb-0000000b: 0.0.0.0/0 > nat-0000000a (R9)
	//   nat-gateway nat-0000000a, rtb-0000000a: 0.0.0.0/0 > igw-00000001 (R9)
	//   internet-gateway igw-00000001
}

func ExampleNetwork_Class() {
	n := page()
	for _, subnet := range []string{"subnet-0000000a", "subnet-0000000b"} {
		class, verdict := n.Class(route.Flow{
			From: route.FromSubnet(subnet), To: route.PublicAddr("sts.us-east-2.amazonaws.com", route.IPv4),
		})
		fmt.Println(subnet, class, verdict)
	}
	// Output:
	// subnet-0000000a internet-gateway public
	// subnet-0000000b nat-gateway public
}

// One subnet, many hosts: the subnet is looked up once.
func ExampleNetwork_Start() {
	start := page().Start(route.FromSubnet("subnet-0000000b"))
	for _, host := range []string{"sts.us-east-2.amazonaws.com", "www.example.com"} {
		to := route.PublicAddr(host, route.IPv4)
		class, verdict := start.Class(&to, route.TCP, 443)
		fmt.Println(host, class, verdict)
	}
	class, verdict := start.ClassOfAddr(netip.MustParseAddr("10.0.2.10"), route.TCP, 443)
	fmt.Println("10.0.2.10", class, verdict)
	class, verdict = new(route.Start).ClassOfAddr(netip.MustParseAddr("10.0.2.10"), route.TCP, 443)
	fmt.Println("from nowhere:", class, verdict)
	// Output:
	// sts.us-east-2.amazonaws.com nat-gateway public
	// www.example.com nat-gateway public
	// 10.0.2.10 endpoint private
	// from nowhere: invalid-input unknown
}

// From outside the VPC: a session over a virtual private gateway, and the way
// back that the endpoint's subnet lacks.
func ExampleFromGateway() {
	p := page().Path(route.Flow{
		From: route.FromGateway("vgw-00000001", "vpc-00000001", netip.MustParseAddr("192.168.7.7")),
		To:   route.Addr(netip.MustParseAddr("10.0.1.10")),
	})
	show(p)
	// Output:
	// blocked failed given [IGW_DESTINATION_ADDRESS_NOT_IN_RFC1918_EGRESS]
	//   virtual-private-gateway vgw-00000001
	//   endpoint-eni eni-0000000a
	//   return subnet-0000000a, rtb-0000000a: 0.0.0.0/0 > igw-00000001 (R9)
}

func ExampleNew() {
	_, err := route.New(route.Config{
		Subnets:     []endpoint.Subnet{{ID: "subnet-1", CIDRBlock: "10.0.0.0/33"}},
		RouteTables: []route.Table{{Routes: route.MustParseRoutes("0.0.0.0/0 igw-1")}},
	})
	fmt.Println(err)
	// Output:
	// subnet-1: CidrBlock "10.0.0.0/33": not a CIDR
	// RouteTables[0]: no id
}

func ExampleNetwork_Findings() {
	n, _ := route.New(route.Config{
		VPCs:    []endpoint.VPC{{ID: "vpc-1", CIDRBlock: "10.0.0.0/16"}},
		Subnets: []endpoint.Subnet{{ID: "subnet-1", VPCID: "vpc-1", CIDRBlock: "10.0.1.0/24"}},
		RouteTables: []route.Table{{
			ID: "rtb-1", VPCID: "vpc-1", Routes: route.MustParseRoutes("10.0.0.0/16 local", "10.0.1.0/24 tgw-1"),
		}},
	})
	for _, f := range n.Findings() {
		fmt.Println(f.Code, f.Resource, f.Source)
	}
	// Output:
	// ROUTE_NOT_ALLOWED_IN_VPC_CIDR rtb-1 R12
}

func ExampleParseRoutes() {
	rs, err := route.ParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 nat-0a", "10.9.0.0/16 vgw-0a propagated")
	if err != nil {
		panic(err)
	}
	for _, r := range rs {
		fmt.Println(r.Destination(), r.Target(), r.Origin)
	}
	_, err = route.ParseRoutes("10.0.0.0/16 local", "10.0.0.0/16 nat")
	fmt.Println(err)
	// Output:
	// 10.0.0.0/16 local CreateRouteTable
	// 0.0.0.0/0 nat-0a CreateRoute
	// 10.9.0.0/16 vgw-0a EnableVgwRoutePropagation
	// route 2: target "nat": value not allowed here
}

func ExampleDecider_Target() {
	d, _ := page().Decider("rtb-0000000b")
	for _, a := range []string{"10.0.9.9", "8.8.8.8", "2600::1"} {
		target, ok := d.Target(netip.MustParseAddr(a))
		fmt.Printf("%s %q %v\n", a, target, ok)
	}
	// Output:
	// 10.0.9.9 "local" true
	// 8.8.8.8 "nat-0000000a" true
	// 2600::1 "" false
}
