package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"slices"

	"github.com/gaissmai/bart"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
)

func init() { groups = append(groups, group{"route", routeRows}) }

func routeRows(s sizes, add func(row)) {
	for _, f := range []route.Family{route.IPv4, route.IPv6} {
		for _, n := range []int{8, 16, 64, 1000} {
			add(matchRow(f, n))
		}
	}
	networkRow(s, add)
}

// prefixes makes n prefixes as route tables have them, the default route and
// the VPC's own block among them, and one in four inside another.
func prefixes(f route.Family, n int) []netip.Prefix {
	rnd := rand.New(rand.NewPCG(3, uint64(n)))
	list := []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("10.0.0.0/16")}
	if f == route.IPv6 {
		list = []netip.Prefix{netip.MustParsePrefix("::/0"), netip.MustParsePrefix("2600:1f16:0:100::/56")}
	}
	for len(list) < n {
		var p netip.Prefix
		if k := 2 + rnd.IntN(len(list)); k < len(list) && len(list)%4 == 0 {
			outer := list[k]
			bits := min(outer.Bits()+1+rnd.IntN(6), outer.Addr().BitLen())
			p = netip.PrefixFrom(within(rnd, outer), bits)
		} else if f == route.IPv4 {
			first := [][2]byte{{172, byte(16 + rnd.IntN(16))}, {192, 168}, {52, byte(rnd.IntN(256))}, {10, byte(1 + rnd.IntN(255))}}[rnd.IntN(4)]
			p = netip.PrefixFrom(netip.AddrFrom4([4]byte{first[0], first[1], byte(rnd.IntN(256)), byte(rnd.IntN(256))}), 16+rnd.IntN(13))
		} else {
			a := netip.AddrFrom16([16]byte{0x26, 0x00, 0x1f, byte(0x17 + rnd.IntN(8)), byte(rnd.IntN(256)), byte(rnd.IntN(256)), byte(rnd.IntN(256)), byte(rnd.IntN(256))})
			p = netip.PrefixFrom(a, 40+rnd.IntN(25))
		}
		if p = p.Masked(); !slices.Contains(list, p) {
			list = append(list, p)
		}
	}
	return list
}

// within is an address in a prefix.
func within(rnd *rand.Rand, p netip.Prefix) netip.Addr {
	b := p.Addr().AsSlice()
	for i := range b {
		random := byte(rnd.IntN(256))
		kept := min(max(p.Bits()-8*i, 0), 8)
		mask := byte(uint(0xff00) >> kept)
		b[i] = b[i]&mask | random&^mask
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// matchRow asks one table for 4,096 addresses, of which a quarter match the
// default route alone.
func matchRow(f route.Family, n int) row {
	list := prefixes(f, n)
	table := route.Table{ID: "rtb-0a1b2c3d4e5f60718", VPCID: "vpc-0f1e2d3c4b5a69788"}
	vpc := endpoint.VPC{ID: table.VPCID, CIDRBlock: "10.0.0.0/16"}
	if f == route.IPv6 {
		vpc.IPv6CIDRBlockAssociationSet = []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: list[1].String()}}
	}
	var fast bart.Fast[string]
	var plain bart.Table[string]
	type entry struct {
		prefix netip.Prefix
		target string
	}
	var scan []entry
	for i, p := range list {
		target := fmt.Sprintf("tgw-%017x", i)
		if i == 1 {
			target = "local"
		}
		table.Routes = append(table.Routes, route.MustParseRoutes(p.String()+" "+target)...)
		fast.Insert(p, target)
		plain.Insert(p, target)
		scan = append(scan, entry{p, target})
	}
	slices.SortStableFunc(scan, func(a, b entry) int { return b.prefix.Bits() - a.prefix.Bits() })
	network, err := route.New(route.Config{VPCs: []endpoint.VPC{vpc}, RouteTables: []route.Table{table}})
	if err != nil {
		panic(err)
	}
	decider, ok := network.Decider(table.ID)
	if !ok {
		panic("no table " + table.ID)
	}
	scanned := func(a netip.Addr) (string, bool) {
		for i := range scan {
			if scan[i].prefix.Contains(a) {
				return scan[i].target, true
			}
		}
		return "", false
	}
	rnd := rand.New(rand.NewPCG(5, uint64(n)))
	addrs := make([]netip.Addr, 4096)
	for i := range addrs {
		for {
			addrs[i] = within(rnd, list[1+rnd.IntN(len(list)-1)])
			if i%4 == 0 {
				addrs[i] = within(rnd, list[0])
			}
			if t, _ := scanned(addrs[i]); (t == scan[len(scan)-1].target) == (i%4 == 0) && !addrs[i].IsLinkLocalUnicast() && !addrs[i].IsMulticast() {
				break
			}
		}
	}
	rnd.Shuffle(len(addrs), func(i, j int) { addrs[i], addrs[j] = addrs[j], addrs[i] })
	times := func(find func(netip.Addr) (string, bool)) func(int) {
		return func(n int) {
			for i := range n {
				s, _ := find(addrs[i&4095])
				sink.n += len(s)
			}
		}
	}
	bar := 0.8
	if n > 16 {
		bar = 1.5
	}
	return row{
		name: fmt.Sprintf("longest prefix match, %d routes, IPv%d", n, f),
		ours: side{name: "Decider.Target", run: times(decider.Target)},
		others: []other{
			{side: side{name: "bart.Fast", run: times(fast.Lookup)}, atMost: bar},
			{side: side{name: "bart.Table", run: times(plain.Lookup)}},
			{side: side{name: "scan of netip.Prefix", run: times(scanned)}},
		},
		check: func() error {
			var errs []error
			for _, a := range addrs {
				want, _ := scanned(a)
				ours, _ := decider.Target(a)
				byFast, _ := fast.Lookup(a)
				byTable, _ := plain.Lookup(a)
				errs = append(errs, agree(a.String(), ours, want), agree(a.String()+" Fast", byFast, want), agree(a.String()+" Table", byTable, want))
			}
			return errors.Join(errs...)
		},
	}
}

// bare is what a program without this library decodes the files into: the
// loader's own types.
type bare struct {
	Vpcs              []endpoint.VPC
	Subnets           []endpoint.Subnet
	NetworkInterfaces []endpoint.NetworkInterface
	VpcEndpoints      []endpoint.Endpoint
	RouteTables       []route.Table
	InternetGateways  []route.InternetGateway
	NatGateways       []route.NATGateway
	SecurityGroups    []route.SecurityGroup
}

// filesOf prints an inventory as the AWS CLI would, and returns the files whose
// objects bare has.
func filesOf(inv trace.Inventory) (files []describe.File, bytes int) {
	files, err := describe.Write(inv)
	if err != nil {
		panic(err)
	}
	files = slices.DeleteFunc(files, func(f describe.File) bool {
		return f.Name == "describe-vpc-attribute.json" // several documents in one file
	})
	for _, f := range files {
		bytes += len(f.Data)
	}
	return files, bytes
}

func decodeBare(files []describe.File) (all bare) {
	for _, f := range files {
		if err := json.Unmarshal(f.Data, &all); err != nil {
			panic(fmt.Sprintf("%s: %v", f.Name, err))
		}
	}
	return all
}

// routeHalf is the part of an inventory that routing is decided by.
func routeHalf(inv trace.Inventory) route.Config {
	return route.Config{
		VPCs: inv.VPCs, Subnets: inv.Subnets, NetworkInterfaces: inv.NetworkInterfaces, Endpoints: inv.Endpoints,
		RouteTables: inv.RouteTables, InternetGateways: inv.InternetGateways, NATGateways: inv.NATGateways, SecurityGroups: inv.SecurityGroups,
	}
}

func networkRow(s sizes, add func(row)) {
	for _, routes := range []int{8, 64} {
		inv := estate(s.vpcs, routes, false)
		config := routeHalf(inv)
		files, bytes := filesOf(inv)
		add(row{
			name: fmt.Sprintf("network of %d VPCs, %d routes a table, %d MB of files", s.vpcs, routes, bytes>>20), rounds: 5, allocs: noAllocBar,
			ours: side{name: "route.New", run: func(n int) {
				for range n {
					network, err := route.New(config)
					if err != nil {
						panic(err)
					}
					sink.any = network
				}
				sink.any = nil
			}},
			others: []other{{side: side{name: "bare typed decode", run: func(n int) {
				for range n {
					sink.any = decodeBare(files)
				}
				sink.any = nil
			}}, atMost: 0.5}},
			check: func() error {
				all := decodeBare(files)
				return errors.Join(agree("subnets", len(config.Subnets), len(all.Subnets)), agree("interfaces", len(config.NetworkInterfaces), len(all.NetworkInterfaces)),
					agree("endpoints", len(config.Endpoints), len(all.VpcEndpoints)), agree("tables", len(config.RouteTables), len(all.RouteTables)))
			},
		})
	}
}
