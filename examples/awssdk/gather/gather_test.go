package gather_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/examples/awssdk/gather"
	"github.com/privatelink-go/privatelink/examples/awssdk/madeup"
	"github.com/privatelink-go/privatelink/route/trace"
)

func client(http aws.HTTPClient) *ec2.Client {
	return ec2.New(ec2.Options{
		Region:           "us-east-2",
		Credentials:      credentials.NewStaticCredentialsProvider("AKIAEXAMPLE", "made up", ""),
		HTTPClient:       http,
		RetryMaxAttempts: 1,
	})
}

// From EC2's answers to a proof.
func ExampleInventory() {
	inv, err := gather.Inventory(context.Background(), client(&madeup.EC2{}))
	if err != nil {
		fmt.Println(err)
		return
	}
	world, err := trace.New(inv)
	if err != nil {
		fmt.Println(err)
		return
	}
	tr, err := world.Why("private", "monitoring.us-east-2.amazonaws.com")
	fmt.Println(tr.Verdict, tr.Way(), tr.Evidence, err)
	// Output: private endpoint ENI given <nil>
}

func TestEveryPageIsRead(t *testing.T) {
	inv, err := gather.Inventory(t.Context(), client(&madeup.EC2{}))
	if err != nil {
		t.Fatal(err)
	}
	type counts struct{ Subnets, Interfaces, Endpoints, Services, Entries, TransitRoutes int }
	got := counts{
		len(inv.Subnets), len(inv.NetworkInterfaces), len(inv.Endpoints), len(inv.ServiceDetails),
		len(inv.PrefixLists[0].CIDRs), len(inv.TransitGatewayRouteTables[0].Routes),
	}
	if diff := cmp.Diff(counts{3, 6, 3, 2, 2, 2}, got); diff != "" { // each list comes in several pages
		t.Error(diff)
	}
	if inv.TransitGatewayRouteTables[0].AdditionalRoutesAvailable {
		t.Error("the last page of routes was read, and more are said to be there")
	}
	if v := inv.VPCs[0]; !aws.ToBool(v.EnableDNSSupport) || !aws.ToBool(v.EnableDNSHostnames) {
		t.Errorf("VPC attributes: %v, %v", v.EnableDNSSupport, v.EnableDNSHostnames)
	}
	if inv.VPCPeeringConnections == nil || inv.EgressOnlyInternetGateways == nil {
		t.Error("a list that was asked for and is empty looks as if nobody asked")
	}
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	if f := w.Findings(); len(f) > 0 {
		t.Errorf("findings: %v", f)
	}
}

// One run tells every permission that is missing.
func TestErrorsAreGathered(t *testing.T) {
	denied := []string{"DescribeSubnets", "DescribeVpcAttribute", "DescribeVpcEndpointServices", "SearchTransitGatewayRoutes"}
	inv, err := gather.Inventory(t.Context(), client(&madeup.EC2{Deny: denied}))
	if err == nil {
		t.Fatal("no error")
	}
	for _, action := range denied {
		if !strings.Contains(err.Error(), "operation error EC2: "+action) {
			t.Errorf("%s is not in: %v", action, err)
		}
	}
	if diff := cmp.Diff(trace.Inventory{}, inv); diff != "" {
		t.Errorf("half an inventory: %s", diff)
	}
}
