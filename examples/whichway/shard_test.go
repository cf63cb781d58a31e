package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
)

var estateDir = flag.String("estate", "", "write a generated estate of 50 accounts with 40 VPCs each into this directory")

// account is the network of one account: VPCs like the contract's world (a),
// each with ids of its own.
func account(account, vpcs int) trace.Inventory {
	var all trace.Inventory
	for i := range vpcs {
		inv := pageInventory()
		suffix := fmt.Sprintf("-%02d%02d", account, i)
		ids := strings.NewReplacer("00000001", "00000001"+suffix)
		for j := range inv.VPCs {
			inv.VPCs[j].ID = ids.Replace(inv.VPCs[j].ID)
		}
		for j := range inv.Subnets {
			s := &inv.Subnets[j]
			s.ID, s.VPCID, s.Tags = s.ID+suffix, ids.Replace(s.VPCID), nil
		}
		for j := range inv.NetworkInterfaces {
			n := &inv.NetworkInterfaces[j]
			n.ID, n.SubnetID, n.VPCID = n.ID+suffix, n.SubnetID+suffix, ids.Replace(n.VPCID)
		}
		for j := range inv.RouteTables {
			t := &inv.RouteTables[j]
			t.ID, t.VPCID, t.Associations[0].SubnetID = t.ID+suffix, ids.Replace(t.VPCID), t.Associations[0].SubnetID+suffix
			t.Routes[1].GatewayID = ids.Replace(t.Routes[1].GatewayID)
			if t.Routes[1].NATGatewayID != "" {
				t.Routes[1].NATGatewayID += suffix
			}
		}
		for j := range inv.InternetGateways {
			g := &inv.InternetGateways[j]
			g.ID, g.Attachments[0].VPCID = ids.Replace(g.ID), ids.Replace(g.Attachments[0].VPCID)
		}
		for j := range inv.NATGateways {
			g := &inv.NATGateways[j]
			g.ID, g.SubnetID, g.VPCID = g.ID+suffix, g.SubnetID+suffix, ids.Replace(g.VPCID)
		}
		for j := range inv.Endpoints {
			e := &inv.Endpoints[j]
			id := fmt.Sprintf("vpce-%013d%04d", 99, account*100+i)
			for k := range e.DNSEntries {
				e.DNSEntries[k].Name = strings.Replace(e.DNSEntries[k].Name, e.ID, id, 1)
			}
			e.ID, e.VPCID = id, ids.Replace(e.VPCID)
			for k := range e.SubnetIDs {
				e.SubnetIDs[k] += suffix
				e.NetworkInterfaceIDs[k] += suffix
			}
		}
		all.VPCs = append(all.VPCs, inv.VPCs...)
		all.Subnets = append(all.Subnets, inv.Subnets...)
		all.NetworkInterfaces = append(all.NetworkInterfaces, inv.NetworkInterfaces...)
		all.RouteTables = append(all.RouteTables, inv.RouteTables...)
		all.InternetGateways = append(all.InternetGateways, inv.InternetGateways...)
		all.NATGateways = append(all.NATGateways, inv.NATGateways...)
		all.Endpoints = append(all.Endpoints, inv.Endpoints...)
	}
	for i := range all.VPCs {
		all.VPCs[i].OwnerID = fmt.Sprintf("%012d", account)
	}
	return all
}

// writeEstate writes one directory an account.
func writeEstate(t *testing.T, dir string, accounts, vpcs int) []string {
	t.Helper()
	var dirs []string
	for a := range accounts {
		out := filepath.Join(dir, fmt.Sprintf("%012d", a), "us-east-2")
		if err := os.MkdirAll(out, 0o750); err != nil {
			t.Fatal(err)
		}
		files, err := describe.Write(account(a, vpcs))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if err := os.WriteFile(filepath.Join(out, f.Name), f.Data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		dirs = append(dirs, filepath.Dir(out))
	}
	return dirs
}

// TestShard: the matrices of the accounts, one process each, are line by line
// the matrix of all of them together, as README.md says.
func TestShard(t *testing.T) {
	if *estateDir != "" {
		writeEstate(t, *estateDir, 50, 40)
	}
	estate := t.TempDir()
	hosts := []string{"monitoring.us-east-2.amazonaws.com", "sts.us-east-2.amazonaws.com"}
	run := func(dir string) []string {
		exit, out, errOut := whichway(t, "", append([]string{"matrix", "-world", dir, "-json"}, hosts...)...)
		if exit != exitOK {
			t.Fatalf("exit status %d: %s", exit, errOut)
		}
		return strings.Split(strings.TrimSpace(out), "\n")
	}
	var merged []string
	for _, dir := range writeEstate(t, estate, 3, 2) {
		merged = append(merged, run(dir)...)
	}
	whole := run(estate)
	slices.Sort(merged)
	slices.Sort(whole)
	if diff := cmp.Diff(whole, merged); diff != "" || len(whole) != 3*2*3*len(hosts) {
		t.Errorf("%d lines (-together +sharded):\n%s", len(whole), diff)
	}
	if !slices.ContainsFunc(whole, func(l string) bool { return strings.Contains(l, string(endpoint.PublicAddressNotKnown)) }) {
		t.Error("no cell of the estate is public: the comparison says little")
	}
}
