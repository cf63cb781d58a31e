package report_test

import (
	"context"
	"os"
	"slices"

	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
)

// pageMatrix asks from the three subnets of the AWS page's VPC for two names
// of one service.
func pageMatrix() *audit.Matrix {
	vantages, err := audit.Vantages(load())
	if err != nil {
		panic(err)
	}
	hosts, err := audit.Hosts(nil, "monitoring.{region}.{suffix}", "monitoring.{region}.{dualstack}")
	if err != nil {
		panic(err)
	}
	m, err := audit.NewMatrix(context.Background(), vantages, hosts, nil)
	if err != nil {
		panic(err)
	}
	return m
}

// pageChanges is what happens if the private DNS of the page's endpoint goes
// off.
func pageChanges() []audit.Change {
	before := load()
	off, err := audit.ParseSet("private-dns=off:vpce-099deb00b40f00e22")
	if err != nil {
		panic(err)
	}
	after, err := audit.WhatIf(before, off)
	if err != nil {
		panic(err)
	}
	return slices.Collect(audit.Diff(context.Background(), before, after, nil))
}

func ExampleMatrixText() {
	if err := report.MatrixText(os.Stdout, pageMatrix(), 100); err != nil {
		panic(err)
	}
	// Output:
	//                                                 monitoring  monitoring~2  share
	// subnet-0a1b2c3d4e5f6000a (public) us-east-2a    PRIVATE     PUBLIC        1/2
	// subnet-0a1b2c3d4e5f6000b (private) us-east-2b   PRIVATE     PUBLIC        1/2
	// subnet-0a1b2c3d4e5f6000c (isolated) us-east-2c  PRIVATE     FAILED        1/2
	// share                                           3/3         0/3
	//
	//   monitoring    monitoring.us-east-2.amazonaws.com
	//   monitoring~2  monitoring.us-east-2.api.aws
	//
	// 6 cells: 3 private, 2 public, 1 failed; share: how many are private
}

func ExampleMatrixMarkdown() {
	if err := report.MatrixMarkdown(os.Stdout, pageMatrix()); err != nil {
		panic(err)
	}
	// Output:
	// | from | monitoring.us-east-2.amazonaws.com | monitoring.us-east-2.api.aws | private/all |
	// |---|---|---|---|
	// | subnet-0a1b2c3d4e5f6000a (public) us-east-2a | PRIVATE | **PUBLIC** | 1/2 |
	// | subnet-0a1b2c3d4e5f6000b (private) us-east-2b | PRIVATE | **PUBLIC** | 1/2 |
	// | subnet-0a1b2c3d4e5f6000c (isolated) us-east-2c | PRIVATE | **FAILED** | 1/2 |
	// | private/all | 3/3 | 0/3 | 3/6 |
	//
	// 6 cells: 3 private, 2 public, 1 failed
}

func ExampleDiffText() {
	if err := report.DiffText(os.Stdout, pageChanges()[2:]); err != nil {
		panic(err)
	}
	// Output:
	// monitoring.us-east-2.amazonaws.com: PRIVATE endpoint -> FAILED no-route
	//   from  subnet-0a1b2c3d4e5f6000c (isolated)
	//   why   before: the hidden zone monitoring.us-east-2.amazonaws.com of vpce-099deb00b40f00e22 (cloudwatch) answers, endpoint ENI
	//         after: public DNS answers, no route
	//
	// 1 host changes from 1 subnet: 1 PRIVATE to FAILED
}

func ExampleChange() {
	if err := report.Change(os.Stdout, pageChanges()[2]); err != nil {
		panic(err)
	}
	// Output: {"schema":"whichway.change/1","from":"subnet-0a1b2c3d4e5f6000c","host":"monitoring.us-east-2.amazonaws.com","before":{"class":"endpoint","verdict":"private"},"after":{"class":"no-route","verdict":"failed"},"codes":["NO_ROUTE_TO_DESTINATION","PRIVATE_DNS_OFF","PUBLIC_ADDRESS_NOT_KNOWN"],"text":"before: the hidden zone monitoring.us-east-2.amazonaws.com of vpce-099deb00b40f00e22 (cloudwatch) answers, endpoint ENI; after: public DNS answers, no route"}
}

func ExampleLintText() {
	if err := report.LintText(os.Stdout, audit.Lint(load())[:1]); err != nil {
		panic(err)
	}
	// Output:
	// warning AVAILABILITY_ZONE_CROSSED nat-0a1b2c3d4e5f60001 (page): stands in us-east-2a and serves subnet-0a1b2c3d4e5f6000b (private) of other zones by rtb-0a1b2c3d4e5f6000b (private)
	//     fix     route to a NAT gateway of the same Availability Zone: crossing costs per GB and shares the other zone's fate
	//     source  R27; "NAT gateways"
	//
	// 0 errors, 1 warning, 0 for information
}

func ExampleIssue() {
	if err := report.Issue(os.Stdout, audit.Lint(load())[0]); err != nil {
		panic(err)
	}
	// Output: {"schema":"whichway.finding/1","code":"AVAILABILITY_ZONE_CROSSED","severity":"warning","resource":"nat-0a1b2c3d4e5f60001","name":"page","text":"stands in us-east-2a and serves subnet-0a1b2c3d4e5f6000b (private) of other zones by rtb-0a1b2c3d4e5f6000b (private)","fix":"route to a NAT gateway of the same Availability Zone: crossing costs per GB and shares the other zone's fate","source":"R27; \"NAT gateways\""}
}
