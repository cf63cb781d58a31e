package audit_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// change is a Change without proofs and texts.
type change struct {
	From, Host    string
	Before, After audit.State
}

func diff(t testing.TB, before, after trace.Inventory, words ...string) (list []change, texts []string) {
	t.Helper()
	for c := range audit.Diff(t.Context(), newWorld(t, before), newWorld(t, after), hosts(words...)) {
		list = append(list, change{c.From.ID(), c.Target(), c.Before, c.After})
		texts = append(texts, c.Text)
	}
	return list, texts
}

var (
	endpointENI = audit.State{Class: route.ClassEndpoint, Verdict: route.Private}
	byNAT       = audit.State{Class: route.ClassNATGateway, Verdict: route.Public}
	byIGW       = audit.State{Class: route.ClassInternetGateway, Verdict: route.Public}
	noRoute     = audit.State{Class: route.ClassNoRoute, Verdict: route.Failed}
	unresolved  = audit.State{Class: route.ClassUnresolved, Verdict: route.Failed}
)

// executeAPI adds an API Gateway endpoint with or without private DNS.
func executeAPI(inv trace.Inventory, on bool) trace.Inventory {
	inv.Endpoints = append(inv.Endpoints, endpoint.Endpoint{
		ID: "vpce-0e000000000000001", Type: endpoint.Interface, VPCID: "vpc-1", ServiceName: "com.amazonaws.us-east-2.execute-api",
		State: endpoint.Available, PrivateDNSEnabled: on, SubnetIDs: []string{"subnet-b"}, NetworkInterfaceIDs: []string{"eni-x"},
	})
	inv.NetworkInterfaces = append(inv.NetworkInterfaces, endpoint.NetworkInterface{ID: "eni-x", VPCID: "vpc-1", SubnetID: "subnet-b", PrivateIPAddress: "10.0.2.20"})
	return inv
}

// TestDiffPrivateDNS: turning private DNS on for execute-api catches every
// public API, which nobody asked about; the wildcard is watched by an example.
func TestDiffPrivateDNS(t *testing.T) {
	before, after := executeAPI(page(), false), executeAPI(page(), true)
	got, texts := diff(t, before, after, pageHost)
	const apex, any = "execute-api.us-east-2.amazonaws.com", "any.execute-api.us-east-2.amazonaws.com"
	want := []change{
		{"subnet-a", any, byIGW, endpointENI},
		{"subnet-a", apex, byIGW, endpointENI},
		{"subnet-b", any, byNAT, endpointENI},
		{"subnet-b", apex, byNAT, endpointENI},
		{"subnet-c", any, noRoute, endpointENI},
		{"subnet-c", apex, noRoute, endpointENI},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Fatalf("(-want +got):\n%s", d)
	}
	for _, part := range []string{"before: public DNS answers, NAT > internet gateway; after: the hidden zone execute-api.us-east-2.amazonaws.com", "endpoint ENI", "public APIs included"} {
		if !strings.Contains(texts[2], part) {
			t.Errorf("text %q lacks %q", texts[2], part)
		}
	}
	if back, _ := diff(t, after, before, pageHost); len(back) != len(want) || back[0].Before != endpointENI || back[0].After != byIGW {
		t.Errorf("the way back: %+v", back)
	}
	edited := after.Clone()
	if err := audit.SetPrivateDNS(&edited, "vpce-0e000000000000001", false); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(before, edited); d != "" {
		t.Errorf("private DNS off is not as before (-want +got):\n%s", d)
	}
}

// TestDiffWatches is the list of what is watched, line by line.
func TestDiffWatches(t *testing.T) {
	edit := func(f func(*trace.Inventory)) trace.Inventory {
		inv := page()
		f(&inv)
		return inv
	}
	customer := func(name string, sets ...zone.RecordSet) func(*trace.Inventory) {
		return func(inv *trace.Inventory) {
			inv.HostedZones = append(inv.HostedZones, zone.HostedZone{ID: "Z1", Name: name, Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}}, RecordSets: sets})
		}
	}
	for _, tt := range []struct {
		name  string
		after trace.Inventory
		hosts []string
		want  []string // "subnet host", of subnet-b
	}{
		{"1 a host given", edit(func(inv *trace.Inventory) { inv.RouteTables[1].Routes = inv.RouteTables[1].Routes[:1] }), []string{"x.example"}, []string{"x.example", "s3.us-east-2.amazonaws.com", "dynamodb.us-east-2.amazonaws.com", "sts.us-east-2.amazonaws.com"}},
		{"1 none given", edit(func(inv *trace.Inventory) { inv.Endpoints[0].State = endpoint.Rejected }), nil, []string{pageHost}},
		{"1 none given, the internet", edit(func(inv *trace.Inventory) { inv.RouteTables[1].Routes = inv.RouteTables[1].Routes[:1] }), nil, []string{"s3.us-east-2.amazonaws.com", "dynamodb.us-east-2.amazonaws.com", "sts.us-east-2.amazonaws.com", "example.com", "monitoring.us-east-2.api.aws"}},
		{"2 a parent zone", edit(customer("amazonaws.com")), []string{pageHost}, []string{"s3.us-east-2.amazonaws.com", "dynamodb.us-east-2.amazonaws.com", "sts.us-east-2.amazonaws.com", "amazonaws.com"}},
		{"3 a zone vanishes", edit(func(inv *trace.Inventory) { inv.Endpoints = nil }), []string{"x.example"}, []string{pageHost}},
		{"3 attributes go off", edit(func(inv *trace.Inventory) { inv.VPCs[0].EnableDNSHostnames = new(false) }), []string{"x.example"}, []string{pageHost}},
		{"3 a customer's record", edit(customer("corp.example", zone.RecordSet{Name: "*.db.corp.example.", Type: "A", TTL: 60, ResourceRecords: []zone.ResourceRecord{{Value: "10.0.2.10"}}})), []string{"x.example"}, []string{"any.db.corp.example", "corp.example"}},
		{"3 inbound only", edit(func(inv *trace.Inventory) {
			inv.Endpoints[0].DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = true
		}), []string{"x.example"}, []string{pageHost}},
		{"3 a rule of the zone's name", edit(func(inv *trace.Inventory) { forward(pageHost)(inv) }), []string{"x.example"}, []string{pageHost}},
		{"nothing changes", page(), []string{pageHost}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, _ := diff(t, page(), tt.after, tt.hosts...)
			var names []string
			for _, c := range got {
				if c.From == "subnet-b" {
					names = append(names, c.Host)
				}
			}
			if d := cmp.Diff(tt.want, names); d != "" {
				t.Errorf("hosts (-want +got):\n%s", d)
			}
		})
	}
}

// TestDiffRecords: a zone that keeps its name and changes its records.
func TestDiffRecords(t *testing.T) {
	before, after := page(), page()
	hosted("Z1", "corp.example", records("corp.example", "10.0.1.10"), records("db.corp.example", "10.0.2.10"))(&before)
	hosted("Z1", "corp.example", records("corp.example", "10.0.1.10"), records("db.corp.example", "203.0.113.9"))(&after)
	got, texts := diff(t, before, after, "x.example")
	want := []change{{"subnet-a", "db.corp.example", endpointENI, byIGW}, {"subnet-b", "db.corp.example", endpointENI, byNAT}, {"subnet-c", "db.corp.example", endpointENI, noRoute}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if !strings.Contains(texts[0], "private hosted zone Z1 corp.example answers") {
		t.Errorf("text %q", texts[0])
	}
}

// TestDiffSiblings is line 4: with a zone for api.aws as parent, the dual-stack
// name of a service changes with its default name.
func TestDiffSiblings(t *testing.T) {
	after := page()
	after.Endpoints = nil
	after.HostedZones = []zone.HostedZone{{ID: "Z1", Name: "api.aws", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}}, RecordSets: []zone.RecordSet{}}}
	got, _ := diff(t, page(), after, "x.example")
	if !slices.Contains(got, change{"subnet-b", "monitoring.us-east-2.api.aws", byNAT, unresolved}) {
		t.Errorf("the dual-stack sibling is not among %+v", got)
	}
}

// TestDiffSubnets: a subnet of one network only changes from nothing or to it.
func TestDiffSubnets(t *testing.T) {
	fewer := page()
	fewer.Subnets = fewer.Subnets[:2]
	got, texts := diff(t, fewer, page(), pageHost)
	if len(got) != 4 || got[0] != (change{"subnet-c", pageHost, audit.State{}, endpointENI}) || !strings.Contains(texts[0], "before: there is no such subnet") {
		t.Errorf("a new subnet: %+v %q", got, texts)
	}
	got, texts = diff(t, page(), fewer, pageHost)
	if len(got) != 4 || got[0] != (change{"subnet-c", pageHost, endpointENI, audit.State{}}) || !strings.Contains(texts[0], "after: there is no such subnet") {
		t.Errorf("a subnet that is gone: %+v %q", got, texts)
	}
	if got, _ := diff(t, trace.Inventory{}, trace.Inventory{}, pageHost); got != nil {
		t.Errorf("nothing and nothing: %+v", got)
	}
}

func TestDiffStops(t *testing.T) {
	before, after := newWorld(t, page()), newWorld(t, executeAPI(page(), true))
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	n := 0
	for range audit.Diff(ctx, before, after, nil) {
		n++
		cancel()
	}
	if n != 1 {
		t.Errorf("%d changes after the context ended", n)
	}
	for range audit.Diff(t.Context(), before, after, nil) {
		break // a consumer may stop
	}
}

func TestEdits(t *testing.T) {
	gateway := page()
	gateway.Endpoints = append(gateway.Endpoints, endpoint.Endpoint{ID: "vpce-0c", Type: endpoint.Gateway, VPCID: "vpc-1", ServiceName: "com.amazonaws.us-east-2.s3", RouteTableIDs: []string{"rtb-a", "rtb-b"}})
	gateway.RouteTables[1].Routes = append(gateway.RouteTables[1].Routes, route.MustParseRoutes("pl-1 vpce-0c", "10.9.1.7/16 pcx-1")...)
	for _, tt := range []struct {
		name, set, drop string
		err             error
		check           func(trace.Inventory) bool
	}{
		{name: "on", set: "private-dns=on:vpce-099deb00b40f00e22", check: func(inv trace.Inventory) bool { return inv.Endpoints[0].PrivateDNSEnabled }},
		{name: "off", set: "private-dns=off:vpce-099deb00b40f00e22", check: func(inv trace.Inventory) bool {
			return !inv.Endpoints[0].PrivateDNSEnabled && len(inv.Endpoints[0].DNSEntries) == 4
		}},
		{name: "no such endpoint", set: "private-dns=on:vpce-1", err: audit.ErrNotFound},
		{name: "a gateway endpoint", set: "private-dns=on:vpce-0c", err: audit.ErrNotInterface},
		{name: "host bits do not count", drop: "rtb-b,10.9.0.0/16", check: func(inv trace.Inventory) bool { return len(inv.RouteTables[1].Routes) == 3 }},
		{name: "a gateway endpoint's route", drop: "rtb-b,pl-1", check: func(inv trace.Inventory) bool {
			return len(inv.RouteTables[1].Routes) == 3 && slices.Equal(inv.Endpoints[1].RouteTableIDs, []string{"rtb-a"})
		}},
		{name: "no such table", drop: "rtb-z,0.0.0.0/0", err: audit.ErrNotFound},
		{name: "no such route", drop: "rtb-b,10.8.0.0/16", err: audit.ErrNotFound},
		{name: "the local route", drop: "rtb-b,10.0.0.0/16", err: audit.ErrLocalRoute},
		{name: "not a setting", set: "private-dns:on=vpce-1", err: audit.ErrEdit},
		{name: "not on or off", set: "private-dns=maybe:vpce-1", err: audit.ErrEdit},
		{name: "no id", set: "private-dns=on:", err: audit.ErrEdit},
		{name: "no destination", drop: "rtb-b", err: audit.ErrEdit},
	} {
		t.Run(tt.name, func(t *testing.T) {
			edit, err := audit.ParseDropRoute(tt.drop)
			if tt.set != "" {
				edit, err = audit.ParseSet(tt.set)
			}
			inv := gateway.Clone()
			if err == nil {
				err = edit(&inv)
			}
			if !errors.Is(err, tt.err) {
				t.Fatalf("error %v, want %v", err, tt.err)
			}
			if tt.err != nil {
				if d := cmp.Diff(gateway, inv); d != "" {
					t.Errorf("a refused edit has changed something:\n%s", d)
				}
			} else if !tt.check(inv) {
				t.Errorf("not as wanted: %+v", inv)
			}
		})
	}
}

func TestWhatIf(t *testing.T) {
	w := newWorld(t, page())
	off, err := audit.ParseSet("private-dns=off:vpce-099deb00b40f00e22")
	if err != nil {
		t.Fatal(err)
	}
	after, err := audit.WhatIf(w, off)
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := newMatrixCell(t, after).From.Class(pageHost, 443); c != route.ClassInternetGateway {
		t.Errorf("after: %s", c)
	}
	if c, _ := newMatrixCell(t, w).From.Class(pageHost, 443); c != route.ClassEndpoint {
		t.Errorf("the world itself has changed: %s", c)
	}
	bad := func(*trace.Inventory) error { return audit.ErrNotFound }
	if after, err := audit.WhatIf(w, bad, off); after != nil || !errors.Is(err, audit.ErrNotFound) {
		t.Errorf("WhatIf = %v, %v", after, err)
	}
	local := func(inv *trace.Inventory) error { return audit.DropRoute(inv, "rtb-b", "10.0.0.0/16") }
	if after, err := audit.WhatIf(w, bad, off, local); after != nil || !errors.Is(err, audit.ErrNotFound) || !errors.Is(err, audit.ErrLocalRoute) {
		t.Errorf("WhatIf of two bad edits = %v, %v: want the reasons of both", after, err)
	}
	unreadable := func(inv *trace.Inventory) error { inv.VPCs[0].CIDRBlock = "10.0.0.0/33"; return nil }
	if after, err := audit.WhatIf(w, unreadable); after != nil || !errors.Is(err, endpoint.ErrCIDR) {
		t.Errorf("WhatIf of what cannot be built = %v, %v: want the error of trace.New", after, err)
	}
	if same, err := audit.WhatIf(w); err != nil || !cmp.Equal(same.Inventory(), w.Inventory()) {
		t.Errorf("WhatIf of nothing: %v", err)
	}
}

func newMatrixCell(t testing.TB, w *trace.World) audit.Cell {
	t.Helper()
	return newMatrix(t, w, hosts(pageHost)).At(0, 0)
}
