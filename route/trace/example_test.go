package trace_test

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
)

// A world for a unit test: an isolated subnet of a VPC without endpoints.
func ExampleNew() {
	world, err := trace.New(trace.Inventory{
		VPCs:    []endpoint.VPC{{ID: "vpc-1", CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)}},
		Subnets: []endpoint.Subnet{{ID: "subnet-1", VPCID: "vpc-1", CIDRBlock: "10.0.1.0/24", AvailabilityZone: "us-east-2a"}},
		RouteTables: []route.Table{{
			ID: "rtb-1", VPCID: "vpc-1",
			Associations: []route.Association{{Main: true}},
			Routes:       route.MustParseRoutes("10.0.0.0/16 local"),
		}},
	})
	if err != nil {
		log.Fatal(err)
	}
	tr, err := world.Why("subnet-1", "sts.us-east-2.amazonaws.com")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(tr.Class, tr.Verdict)
	fmt.Println(tr.Evidence, tr.Codes)
	// Output:
	// no-route failed
	// modelled [NO_ROUTE_TO_DESTINATION PUBLIC_ADDRESS_NOT_KNOWN]
}

// What the command does, in ten lines: AWS CLI JSON in, a proven answer out.
func Example() {
	world, err := describe.Load(os.DirFS("../../examples/whichway/world"))
	if err != nil {
		log.Fatal(err)
	}
	tr, err := world.Why("private", "monitoring.us-east-2.amazonaws.com")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(tr.Verdict, tr.Class, tr.Evidence)
	fmt.Print(tr)
	// Output:
	// private endpoint given
	// monitoring.us-east-2.amazonaws.com:443 from subnet-0a1b2c3d4e5f6000b (private), us-east-2b, of vpc-0a1b2c3d4e5f60001 (page)
	//   1 dns     hidden private hosted zone Z06320943MMOWYG6MAVL9 answers 10.0.1.10 10.0.2.10 10.0.3.10 (Z9)
	//   2 route   to 10.0.1.10 10.0.3.10: rtb-0a1b2c3d4e5f6000b (private): 10.0.0.0/16 local beats 0.0.0.0/0 nat-0a1b2c3d4e5f60001 (page) (longest prefix, R9a)
	//   3 route   10.0.2.10 in this very subnet: no table is asked (R5)
	//   4 ends    eni-0a1b2c3d4e5f6000a, eni-0a1b2c3d4e5f6000b, eni-0a1b2c3d4e5f6000c of vpce-099deb00b40f00e22 (cloudwatch): the endpoint; no gateway is passed
	//     verdict PRIVATE: endpoint (evidence: given)
	//     codes   FILTERS_NOT_EVALUATED POLICY_NOT_EVALUATED
}

func ExampleWorld_Why() {
	world, err := trace.New(bare())
	if err != nil {
		log.Fatal(err)
	}
	_, err = world.Why("subnet-9", "sts.us-east-2.amazonaws.com")
	fmt.Println(err)
	_, err = world.Why("isolated", "https://sts.us-east-2.amazonaws.com")
	fmt.Println(err)
	// Output:
	// "subnet-9": no such subnet, network interface, VPC or Name tag in the input
	// "https://sts.us-east-2.amazonaws.com": not a host name or an address
}

func ExampleWorld_Inventory() {
	world, err := trace.New(bare())
	if err != nil {
		log.Fatal(err)
	}
	inv := world.Inventory()
	inv.RouteTables[2].Routes = append(inv.RouteTables[2].Routes, route.MustParseRoutes("0.0.0.0/0 tgw-1")...)
	what, err := trace.New(inv)
	if err != nil {
		log.Fatal(err)
	}
	for v := range what.Vantages() {
		fmt.Println(v.Name(), "by", v.To("sts.us-east-2.amazonaws.com", 443).Way())
	}
	// Output:
	// public by internet gateway
	// private by NAT > internet gateway
	// isolated by transit gateway
}

func ExampleWorld_Select() {
	world, err := trace.New(bare())
	if err != nil {
		log.Fatal(err)
	}
	vantages, err := world.Select("vpc-1")
	if err != nil {
		log.Fatal(err)
	}
	for _, v := range vantages {
		class, verdict := v.Class("example.com", 443)
		fmt.Println(v.ID(), class, verdict)
	}
	// Output:
	// subnet-a internet-gateway public
	// subnet-b nat-gateway public
	// subnet-c no-route failed
}

func ExampleVantage_View() {
	world, err := describe.Load(os.DirFS("../../examples/whichway/world"))
	if err != nil {
		log.Fatal(err)
	}
	from, ok := world.From("subnet-0a1b2c3d4e5f6000c")
	if !ok {
		log.Fatal("no such subnet")
	}
	view, ok := from.View()
	if !ok {
		log.Fatal("no DNS view")
	}
	addrs, err := resolver.New(view).Net().LookupNetIP(context.Background(), "ip4", "monitoring.us-east-2.amazonaws.com")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(len(addrs))
	// Output: 3
}

func ExampleParseTarget() {
	host, port, err := trace.ParseTarget("Monitoring.us-east-2.amazonaws.com.:8443")
	fmt.Println(host, port, err)
	// Output: monitoring.us-east-2.amazonaws.com 8443 <nil>
}
