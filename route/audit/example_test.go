package audit_test

import (
	"context"
	"fmt"
	"os"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
)

// A gate for CI: which hosts of a profile do not stay private, from where?
func ExampleNewMatrix() {
	world, err := trace.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	vantages, err := audit.Vantages(world, "all")
	if err != nil {
		fmt.Println(err)
		return
	}
	profiles, err := audit.LoadProfiles([]string{"eks-pod-identity"}, os.ReadFile)
	if err != nil {
		fmt.Println(err)
		return
	}
	hosts, err := audit.Hosts(profiles, "monitoring.{region}.{suffix}")
	if err != nil {
		fmt.Println(err)
		return
	}
	m, err := audit.NewMatrix(context.Background(), vantages, hosts, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Totals())
	for c := range m.Unmet(route.Private) {
		fmt.Println(c.From.Name(), c.Target(), c.Class, c.Verdict)
	}
	// Output:
	// 6 cells: 3 private, 2 public, 1 failed
	// public eks-auth.us-east-2.api.aws internet-gateway public
	// private eks-auth.us-east-2.api.aws nat-gateway public
	// isolated eks-auth.us-east-2.api.aws no-route failed
}

// What does it do to everybody if the private DNS of the page's endpoint goes
// off?
func ExampleDiff() {
	before, err := trace.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	off, err := audit.ParseSet("private-dns=off:vpce-099deb00b40f00e22")
	if err != nil {
		fmt.Println(err)
		return
	}
	after, err := audit.WhatIf(before, off)
	if err != nil {
		fmt.Println(err)
		return
	}
	for c := range audit.Diff(context.Background(), before, after, nil) {
		fmt.Printf("%s %s: %s, then %s\n", c.From.Name(), c.Host, c.Before.Verdict, c.After.Verdict)
	}
	// Output:
	// public monitoring.us-east-2.amazonaws.com: private, then public
	// private monitoring.us-east-2.amazonaws.com: private, then public
	// isolated monitoring.us-east-2.amazonaws.com: private, then failed
}

func ExampleLint() {
	world, err := trace.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, issue := range audit.Lint(world) {
		fmt.Println(issue.Severity, issue.Code, issue.Resource)
	}
	// Output:
	// warning AVAILABILITY_ZONE_CROSSED nat-1
	// info ENDPOINT_NAMES_OUTDATED vpce-099deb00b40f00e22
}
