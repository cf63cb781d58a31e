package trace_test

import (
	"fmt"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// An isolated subnet of a VPC without endpoints: what a unit test of a
// controller may stand in.
func isolated() trace.Inventory {
	return trace.Inventory{
		VPCs:    []endpoint.VPC{{ID: "vpc-1", CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)}},
		Subnets: []endpoint.Subnet{{ID: "subnet-1", VPCID: "vpc-1", CIDRBlock: "10.0.1.0/24", AvailabilityZone: "us-east-2a"}},
		RouteTables: []route.Table{{
			ID: "rtb-1", VPCID: "vpc-1",
			Associations: []route.Association{{Main: true}},
			Routes:       route.MustParseRoutes("10.0.0.0/16 local"),
		}},
	}
}

func ExampleNew() {
	world, err := trace.New(isolated())
	if err != nil {
		panic(err)
	}
	tr, err := world.Why("subnet-1", "sts.us-east-2.amazonaws.com")
	if err != nil {
		panic(err)
	}
	fmt.Println(tr.Class, tr.Verdict, tr.Evidence, tr.Codes)
	// Output: no-route failed modelled [NO_ROUTE_TO_DESTINATION PUBLIC_ADDRESS_NOT_KNOWN]
}
