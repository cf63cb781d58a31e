package trace_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// TestAskedBefore: what one question settles for a VPC (type settled) is never
// an answer where it would not be one, also in networks that contradict
// themselves: asked in any order, Class is To.
func TestAskedBefore(t *testing.T) {
	const pinned = "pinned.example"
	pin := func(inv *trace.Inventory, addrs ...string) {
		z := zone.HostedZone{ID: "Z1", Name: pinned, Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}, {VPCID: "vpc-2"}}}
		for typ, v6 := range map[string]bool{"A": false, "AAAA": true} {
			set := zone.RecordSet{Name: pinned, Type: typ, TTL: 60}
			for _, a := range addrs {
				if strings.Contains(a, ":") == v6 {
					set.ResourceRecords = append(set.ResourceRecords, zone.ResourceRecord{Value: a})
				}
			}
			if set.ResourceRecords != nil {
				z.RecordSets = append(z.RecordSets, set)
			}
		}
		inv.HostedZones = append(inv.HostedZones, z)
	}
	for _, tt := range []struct {
		name string
		edit func(*trace.Inventory)
	}{
		{"as it is", func(*trace.Inventory) {}},
		{"an interface of another VPC than its subnet", func(inv *trace.Inventory) {
			otherVPC(inv)
			inv.NetworkInterfaces = append(inv.NetworkInterfaces, endpoint.NetworkInterface{ID: "eni-z", InterfaceType: "interface", VPCID: "vpc-1", SubnetID: "subnet-z", PrivateIPAddress: "10.9.1.20"})
		}},
		{"one subnet twice, in two VPCs", func(inv *trace.Inventory) {
			otherVPC(inv)
			s := inv.Subnets[0]
			s.VPCID = "vpc-2"
			inv.Subnets = append(inv.Subnets, s)
			s = inv.Subnets[3]
			s.VPCID = "vpc-1"
			inv.Subnets = append(inv.Subnets, s)
			pin(inv, "10.0.1.10")
		}},
		{"an interface with a subnet's id", func(inv *trace.Inventory) {
			otherVPC(inv)
			inv.NetworkInterfaces = append(inv.NetworkInterfaces, endpoint.NetworkInterface{ID: "subnet-a", InterfaceType: "interface", SubnetID: "subnet-z", PrivateIPAddress: "10.0.1.10"})
			pin(inv, "10.0.1.10")
		}},
		{"a VPC whose IPv6 CIDRs are not given", func(inv *trace.Inventory) {
			*inv = dualStack(*inv)
			inv.VPCs[0].IPv6CIDRBlockAssociationSet = nil
			for i := range inv.RouteTables {
				inv.RouteTables[i].Routes = slices.DeleteFunc(inv.RouteTables[i].Routes, func(r route.Route) bool { return r.DestinationIPv6CIDRBlock != "" })
			}
			for i := range inv.Subnets {
				inv.Subnets[i].IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: fmt.Sprintf("2600:1f18:0:%d::/64", i+1)}}
			}
			inv.NetworkInterfaces[0].IPv6Addresses = []endpoint.IPv6Address{{IPv6Address: "2600:1f18:0:1::10"}}
			pin(inv, "2600:1f18:0:1::10")
		}},
		{"a VPC without CIDRs and local routes", func(inv *trace.Inventory) {
			inv.VPCs[0].CIDRBlock = ""
			for i := range inv.RouteTables {
				inv.RouteTables[i].Routes = inv.RouteTables[i].Routes[1:]
			}
			pin(inv, "10.0.1.10")
		}},
		{"a VPC whose CIDR leaves a subnet out", func(inv *trace.Inventory) {
			inv.VPCs[0].CIDRBlock = "10.0.2.0/23"
			for i := range inv.RouteTables {
				inv.RouteTables[i].Routes[0].DestinationCIDRBlock = "10.0.2.0/23"
			}
			pin(inv, "10.0.1.10")
		}},
		{"a middlebox before one subnet", func(inv *trace.Inventory) {
			inv.RouteTables[1].Routes = append(inv.RouteTables[1].Routes, route.MustParseRoutes("10.0.1.0/24 nat-1")...)
			pin(inv, "10.0.1.10", "10.0.2.10")
		}},
		{"DNS64 in one subnet", func(inv *trace.Inventory) {
			*inv = dualStack(*inv)
			inv.Subnets[1].EnableDNS64 = true
			pin(inv, "10.0.1.10")
		}},
		{"filters", func(inv *trace.Inventory) {
			inv.SecurityGroups, inv.NetworkACLs = []route.SecurityGroup{}, []route.NetworkACL{{ID: "acl-1", VPCID: "vpc-1", Associations: []route.ACLAssociation{{SubnetID: "subnet-b"}}}}
		}},
		{"an endpoint that does not serve", func(inv *trace.Inventory) {
			inv.Endpoints[0].State = endpoint.Pending
			pin(inv, "10.0.1.10", "10.0.2.10")
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			inv := page()
			tt.edit(&inv)
			var ids []string
			for _, s := range inv.Subnets {
				ids = append(ids, s.ID)
			}
			for _, n := range inv.NetworkInterfaces {
				ids = append(ids, n.ID)
			}
			for range 2 {
				slices.Reverse(ids)
				for first := range ids {
					w := newWorld(t, inv)
					for i := range ids {
						v, _ := w.From(ids[(first+i)%len(ids)])
						for _, host := range []string{pageHost, pinned, "Pinned.Example.", "x.example"} {
							for _, port := range []uint16{443, 80} {
								tr := v.To(host, port)
								if c, verdict := v.Class(host, port); c != tr.Class || verdict != tr.Verdict {
									t.Fatalf("after %q: Class says %s %s\n%s", ids[first], c, verdict, tr)
								}
							}
						}
					}
				}
			}
		})
	}
}

// TestManyHosts: more hosts than a World keeps, in several spellings, from many
// goroutines.
func TestManyHosts(t *testing.T) {
	w := newWorld(t, page())
	var wg sync.WaitGroup
	for g := range 4 {
		wg.Go(func() {
			for i := range 3000 {
				host := fmt.Sprintf("h%d.example", (i+g*700)%3000)
				want, verdict := route.ClassNATGateway, route.Public
				switch i % 5 {
				case 1:
					host = fmt.Sprintf("H%d.Example.", i)
				case 2:
					host, want, verdict = fmt.Sprintf("h%d..example", i), route.ClassInvalidInput, route.VerdictUnknown
				case 3:
					host, want, verdict = pageHost, route.ClassEndpoint, route.Private
				}
				v, _ := w.From("subnet-b")
				if c, got := v.Class(host, 443); c != want || got != verdict {
					t.Errorf("%s: %s %s, want %s %s", host, c, got, want, verdict)
				}
			}
		})
	}
	wg.Wait()
}

// TestInterfaceIDs: in what order interfaces come does not matter, not even
// where one claims another for its subnet, or has a subnet's id.
func TestInterfaceIDs(t *testing.T) {
	odd := []endpoint.NetworkInterface{
		{ID: "eni-x", VPCID: "vpc-1", SubnetID: "subnet-a", PrivateIPAddress: "10.0.1.20"},
		{ID: "eni-y", VPCID: "vpc-1", SubnetID: "eni-x", PrivateIPAddress: "10.0.1.21"},
		{ID: "subnet-a", VPCID: "vpc-1", SubnetID: "subnet-b", PrivateIPAddress: "10.0.2.22"},
	}
	forth, back := page(), page()
	forth.NetworkInterfaces = append(forth.NetworkInterfaces, odd...)
	slices.Reverse(odd)
	back.NetworkInterfaces = append(back.NetworkInterfaces, odd...)
	for _, n := range odd {
		f, b := ask(t, forth, n.ID, pageHost), ask(t, back, n.ID, pageHost)
		if f.String() != b.String() {
			t.Errorf("from %s:\n%s\n%s", n.ID, f, b)
		}
	}
}
