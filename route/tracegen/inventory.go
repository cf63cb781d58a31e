package tracegen

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// World generates networks: what [trace.New] makes of an [Inventory].
func World(k Knobs) *rapid.Generator[*trace.World] {
	return rapid.Custom(func(t *rapid.T) *trace.World {
		w, err := trace.New(Inventory(k).Draw(t, "inventory"))
		if err != nil {
			t.Fatalf("a generated inventory does not build: %v", err)
		}
		return w
	})
}

// Inventory generates networks as plain data. They always build, and have a
// VPC with a subnet and a main route table at least, which is also what they
// shrink to.
//
// What comes first is a network as an engineer would make it:
//
//  1. VPCs with public, private, isolated and transit subnets, their tables
//     and gateways;
//  2. interface endpoints as [trace.Inventory.Create] makes them, gateway
//     endpoints on some of the tables, prefix lists with and without entries;
//  3. transit gateways as hubs and peering connections between the VPCs;
//  4. hosted zones, shared ones among them, Resolver rules and Profiles;
//  5. network interfaces, security groups and network ACLs.
//
// Up to four twists then bend it: a route dropped or sent into a black hole, a
// gateway detached, an attribute of a VPC switched off, a file that somebody
// forgot. Each is one draw with a name, so that a counterexample tells by its
// list of draws what had to go wrong. What twists make may contradict itself,
// and then has Findings. [Machine] applies the same twists one by one.
//
// Counterexamples shrink to what they need. A hint whose text followed the
// order of an endpoint's DnsEntries was found so; what was left of the network,
// which route/describe prints for the whichway command, was
//
//	vpc-1 10.0.0.0/16, subnet-1 10.0.1.0/24 in us-east-2a, main table rtb-1 with the local route
//	vpce-00000001 com.amazonaws.us-east-2.logs in subnet-1, private DNS on
//	asked from subnet-1 for logs.amazonaws.com
func Inventory(k Knobs) *rapid.Generator[trace.Inventory] {
	return rapid.Custom(func(t *rapid.T) trace.Inventory {
		return *newDraft(t, k).inv
	})
}

// newDraft draws a network.
func newDraft(t *rapid.T, k Knobs) *draft {
	d := &draft{T: t, k: k, inv: &trace.Inventory{}, ids: map[string]int{}}
	d.places()
	d.endpoints()
	d.hubs()
	if k.has(PrivateZones) {
		d.zones()
	}
	if k.has(Instances) {
		d.instances()
	}
	if k.has(Filters) && d.flip("filters") {
		d.filters()
	}
	if k.has(Twists) {
		for range d.upTo(4, "twists") {
			d.twist()
		}
	}
	return d
}

// regions are the Regions of generated networks, with the short forms that
// their Availability Zone ids begin with.
var regions = []struct{ name, zones string }{
	{"us-east-2", "use2"},
	{"us-east-1", "use1"},
	{"eu-west-1", "euw1"},
	{"cn-north-1", "cnn1"},
	{"us-gov-west-1", "usgw1"},
}

// accounts own the VPCs. The names of Availability Zones are an account's own:
// us-east-2a is use2-az1 for the first and use2-az2 for the second.
var accounts = []string{"111111111111", "222222222222"}

// zoneNames returns the name and the id of the i-th zone for an account.
func zoneNames(region string, account, i int) (name, id string) {
	for _, r := range regions {
		if r.name == region {
			return region + string(rune('a'+i)), fmt.Sprintf("%s-az%d", r.zones, (i+account)%3+1)
		}
	}
	return region + string(rune('a'+i)), ""
}

// places draws the VPCs with their subnets, tables and gateways.
func (d *draft) places() {
	region := d.k.Region
	if region == "" {
		region = pick(d, "region", regions...).name
	}
	n := 1 + d.upTo(limit(d.k.VPCs, 3)-1, "more VPCs")
	for i := range n {
		r := region
		if d.k.Region == "" && i > 0 && d.rarely(6, "another region") {
			r = pick(d, "region of "+fmt.Sprint(i+1), regions...).name
		}
		d.place(i, r)
	}
}

// site is a VPC on its way.
type site struct {
	v        *endpoint.VPC
	n        int // its number, from 0
	account  int
	region   string
	cidrs    []string // what its tables have a local route for
	dual     bool
	main     *route.Table
	igw, nat string // "" if there is none
	eigw     string
}

// attributes are the values that a VPC's DNS attributes have: enableDnsHostnames
// and enableDnsSupport, "" where the input does not have them. Most have both.
var attributes = [][2]string{
	{"true", "true"},
	{"true", "true"},
	{"true", "true"},
	{"", ""},
	{"false", "true"},
	{"false", "false"},
	{"", "true"},
}

// setAttributes draws the DNS attributes of a VPC.
func (d *draft) setAttributes(v *endpoint.VPC) {
	given := func(s string) *bool {
		if s == "" {
			return nil
		}
		return new(s == "true")
	}
	a := pick(d, "hostnames, support", attributes...)
	v.EnableDNSHostnames, v.EnableDNSSupport = given(a[0]), given(a[1])
}

func (d *draft) place(n int, region string) {
	s := &site{n: n, region: region}
	if d.rarely(4, "another account") {
		s.account = 1
	}
	second := byte(n)
	if n > 0 && d.rarely(8, "the CIDR of the first VPC") {
		second = 0
	}
	v := endpoint.VPC{
		ID: d.id("vpc-"), CIDRBlock: fmt.Sprintf("10.%d.0.0/16", second), OwnerID: accounts[s.account],
		IsDefault: n == 0 && d.rarely(8, "default VPC"), Tags: name(fmt.Sprintf("net-%d", n+1)),
	}
	d.setAttributes(&v)
	v.CIDRBlockAssociationSet = []endpoint.CIDRBlockAssociation{{CIDRBlock: v.CIDRBlock}}
	s.cidrs = append(s.cidrs, v.CIDRBlock)
	if d.rarely(6, "secondary CIDR") {
		c := pick(d, "secondary", fmt.Sprintf("100.64.%d.0/24", n), fmt.Sprintf("198.18.%d.0/24", n))
		v.CIDRBlockAssociationSet = append(v.CIDRBlockAssociationSet, endpoint.CIDRBlockAssociation{CIDRBlock: c})
		s.cidrs = append(s.cidrs, c)
	}
	if s.dual = d.k.has(IPv6) && d.flip("dual-stack"); s.dual {
		c := fmt.Sprintf("2001:db8:%d::/56", n+1)
		v.IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: c, IPv6CIDRBlockState: endpoint.CIDRBlockState{State: "associated"}}}
		s.cidrs = append(s.cidrs, c)
	}
	d.inv.VPCs = append(d.inv.VPCs, v)
	s.v = &d.inv.VPCs[len(d.inv.VPCs)-1]
	d.subnetsOf(s)
}

// purpose is what a subnet is for, which its route table follows from.
type purpose string

const (
	isolated   purpose = "isolated"
	private    purpose = "private"
	public     purpose = "public"
	egressOnly purpose = "egress-only"
	spoke      purpose = "spoke"
)

func (d *draft) subnetsOf(s *site) {
	purposes := []purpose{isolated}
	if d.k.has(InternetGateways | NATGateways) {
		purposes = append(purposes, private)
	}
	if d.k.has(InternetGateways) {
		purposes = append(purposes, public)
	}
	if d.k.has(TransitGateways) {
		purposes = append(purposes, spoke)
	}
	if s.dual && d.k.has(InternetGateways) {
		purposes = append(purposes, egressOnly)
	}
	s.main = &route.Table{ID: d.id("rtb-"), VPCID: s.v.ID, OwnerID: s.v.OwnerID, Tags: name("main"), Associations: []route.Association{{Main: true}}}
	for _, c := range s.cidrs {
		add(s.main, to(c, "local"))
	}
	type planned struct {
		id  string
		use purpose
	}
	var subnets []planned
	for i := range 1 + d.upTo(limit(d.k.Subnets, 3)-1, "more subnets") {
		p := pick(d, "purpose", purposes...)
		az, azID := zoneNames(s.region, s.account, d.upTo(2, "zone"))
		sub := endpoint.Subnet{
			ID: d.id("subnet-"), VPCID: s.v.ID, OwnerID: s.v.OwnerID, AvailabilityZone: az, AvailabilityZoneID: azID,
			CIDRBlock: replaceThird(s.v.CIDRBlock, i+1), Tags: name(fmt.Sprintf("%s-%d", p, i+1)),
		}
		if s.dual && d.flip("IPv6") {
			sub.IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: fmt.Sprintf("2001:db8:%d:%d::/64", s.n+1, i+1)}}
			sub.EnableDNS64 = d.rarely(3, "DNS64")
			if d.rarely(4, "IPv6 only") {
				sub.CIDRBlock = ""
			}
		}
		d.inv.Subnets = append(d.inv.Subnets, sub)
		subnets = append(subnets, planned{sub.ID, p})
	}
	d.gateways(s, func(p purpose) string {
		for _, sub := range subnets {
			if sub.use == p {
				return sub.id
			}
		}
		return ""
	})
	d.inv.RouteTables = append(d.inv.RouteTables, *s.main)
	for _, sub := range subnets {
		if sub.use == isolated && !d.flip("table of its own") {
			continue
		}
		t := route.Table{
			ID: d.id("rtb-"), VPCID: s.v.ID, OwnerID: s.v.OwnerID, Tags: name(string(sub.use)),
			Associations: []route.Association{{SubnetID: sub.id, AssociationState: route.AssociationState{State: "associated"}}},
			Routes:       slices.Clone(s.main.Routes),
		}
		add(&t, d.ways(s, sub.use)...)
		d.inv.RouteTables = append(d.inv.RouteTables, t)
	}
}

// replaceThird returns the i-th /24 of a /16.
func replaceThird(cidr string, i int) string {
	var a, b int
	_, _ = fmt.Sscanf(cidr, "%d.%d.", &a, &b) // a CIDR of this generator
	return fmt.Sprintf("%d.%d.%d.0/24", a, b, i)
}
