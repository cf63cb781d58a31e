package audit_test

import (
	"context"
	"errors"
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

func ExampleParseVerdict() {
	verdict, err := audit.ParseVerdict("Private")
	fmt.Println(verdict, err)
	_, err = audit.ParseVerdict("mixed")
	fmt.Println(err)
	fmt.Println(errors.Is(err, audit.ErrVerdict))
	// Output:
	// private <nil>
	// "mixed": not a verdict: want private, public, failed or unknown
	// true
}

func ExampleParseHost() {
	h, err := audit.ParseHost("sts.{region}.{suffix}")
	fmt.Println(h, err)
	fmt.Println(h.In("us-east-2"))
	fmt.Println(h.In("cn-north-1"))
	// Output:
	// sts.{region}.{suffix} <nil>
	// sts.us-east-2.amazonaws.com true
	// sts.cn-north-1.amazonaws.com.cn true
}

func ExampleReadProfile() {
	_, err := audit.ReadProfile("batch.json", []byte(`{"hosts": [{"host": "sqs.{region}.{suffix}"}, {"hosts": "x"}]}`))
	fmt.Println(err)
	// Output:
	// batch.json: hosts[1].hosts: no such key, or twice
	// batch.json: hosts[1].host: missing
}

func ExampleLoadProfiles() {
	profiles, err := audit.LoadProfiles([]string{"databricks"}, os.ReadFile)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, h := range profiles[0].Hosts {
		fmt.Println(h.Host, "-", h.Why)
	}
	// Output:
	// s3.{region}.{suffix} - the root bucket and data, usually by a gateway endpoint
	// sts.{region}.{suffix} - credentials
	// kinesis.{region}.{suffix} - internal logs
}

func ExampleVantages() {
	world, err := trace.New(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	vantages, err := audit.Vantages(world, "private", "vpc-1")
	for _, v := range vantages {
		fmt.Println(v.ID(), v.Name())
	}
	fmt.Println(err)
	// Output:
	// subnet-b private
	// subnet-a public
	// subnet-c isolated
	// <nil>
}

func ExampleDropRoute() {
	inv := page()
	fmt.Println(audit.DropRoute(&inv, "rtb-b", "0.0.0.0/0"))
	fmt.Println(audit.DropRoute(&inv, "rtb-b", "0.0.0.0/0"))
	fmt.Println(audit.DropRoute(&inv, "rtb-b", "10.0.0.0/16"))
	// Output:
	// <nil>
	// rtb-b: route to 0.0.0.0/0: not in the inventory
	// rtb-b: 10.0.0.0/16: a local route cannot be dropped
}

func ExampleSetPrivateDNS() {
	inv := page()
	fmt.Println(audit.SetPrivateDNS(&inv, "vpce-099deb00b40f00e22", false))
	fmt.Println(inv.Endpoints[0].PrivateDNSEnabled, len(inv.Endpoints[0].DNSEntries))
	// Output:
	// <nil>
	// false 4
}

func ExampleRuleOf() {
	r, ok := audit.RuleOf("RETURN_ROUTE_MISSING")
	fmt.Println(ok, r.Severity, r.Fix)
	// Output: true error add a route back to the source on the table that the text names
}
