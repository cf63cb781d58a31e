package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"slices"
	"testing/fstest"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
)

func init() { groups = append(groups, group{"decide", decideRows}) }

func decideRows(s sizes, add func(row)) {
	for _, routes := range []int{8, 64} {
		w := newWorld(estate(s.vpcs, routes, false))
		decisionRow(w, s, routes, add)
		matrixRows(w, s, routes, add)
	}
	filtersRow(s, add)
	loadRows(s, add)
	diffRow(s, add)
	profileRow(add)
	htmlRows(s, add)
}

func newWorld(inv trace.Inventory) *trace.World {
	w, err := trace.New(inv)
	if err != nil {
		panic(err)
	}
	return w
}

// A script is how the question is answered today, in one sitting: no states, no
// gateways' conditions, no views but by VPC.
type script struct {
	private map[string]map[string][]netip.Addr // by VPC, then name
	public  map[string]netip.Addr
	subnets []scriptSubnet
}

type scriptSubnet struct {
	vpc     string
	routes  []netip.Prefix // longest first
	classes []route.Class  // of the routes' targets
}

// newScript reads what it needs out of the same inventory. The subnets are in
// the order of the World's vantages.
func newScript(w *trace.World, list []service) *script {
	s := &script{private: map[string]map[string][]netip.Addr{}, public: map[string]netip.Addr{}}
	inv := w.Inventory()
	for i, svc := range list {
		s.public[svc.host] = netip.AddrFrom4([4]byte{52, 94, byte(i), 10})
	}
	addrs := map[string]netip.Addr{}
	for _, n := range inv.NetworkInterfaces {
		addrs[n.ID] = netip.MustParseAddr(n.PrivateIPAddress)
	}
	hosts := map[string]string{}
	for _, svc := range list {
		hosts[svc.name.String()] = svc.host
	}
	for _, e := range inv.Endpoints {
		names := s.private[e.VPCID]
		if names == nil {
			names = map[string][]netip.Addr{}
			s.private[e.VPCID] = names
		}
		for _, n := range e.NetworkInterfaceIDs {
			names[hosts[e.ServiceName]] = append(names[hosts[e.ServiceName]], addrs[n])
		}
	}
	tables := map[string]route.Table{}
	for _, t := range inv.RouteTables {
		for _, a := range t.Associations {
			tables[a.SubnetID] = t
		}
	}
	for v := range w.Vantages() {
		t := tables[v.ID()]
		slices.SortStableFunc(t.Routes, func(a, b route.Route) int {
			return netip.MustParsePrefix(b.DestinationCIDRBlock).Bits() - netip.MustParsePrefix(a.DestinationCIDRBlock).Bits()
		})
		subnet := scriptSubnet{vpc: v.VPC()}
		for _, r := range t.Routes {
			subnet.routes = append(subnet.routes, netip.MustParsePrefix(r.DestinationCIDRBlock))
			class := route.ClassTransitGateway
			switch {
			case r.GatewayID == "local":
				class = route.ClassEndpoint
			case r.GatewayID != "":
				class = route.ClassInternetGateway
			case r.NATGatewayID != "":
				class = route.ClassNATGateway
			}
			subnet.classes = append(subnet.classes, class)
		}
		s.subnets = append(s.subnets, subnet)
	}
	return s
}

// class is one cell.
func (s *script) class(subnet int, label, region string) route.Class {
	at := &s.subnets[subnet]
	name := fmt.Sprintf("%s.%s.amazonaws.com", label, region)
	addr := netip.Addr{}
	if addrs, ok := s.private[at.vpc][name]; ok {
		addr = addrs[0]
	} else if addr, ok = s.public[name]; !ok {
		return route.ClassUnresolved
	}
	for i, p := range at.routes {
		if p.Contains(addr) {
			return at.classes[i]
		}
	}
	return route.ClassNoRoute
}

// An order is the cells of a table, one by one. It is written out: counting would
// be a quarter of what is measured.
type order []cell

type cell struct{ vantage, host int32 }

// rowByRow is how a matrix asks.
func rowByRow(vantages, hosts int) order {
	o := make(order, vantages*hosts)
	for i := range o {
		o[i] = cell{int32(i / hosts), int32(i % hosts)}
	}
	return o
}

// anywhere jumps, so that hardly anything is in the processor's caches.
func anywhere(vantages, hosts int) order {
	o := make(order, vantages*hosts)
	for i := range o {
		j := i * 7919 % len(o)
		o[i] = cell{int32(j / hosts), int32(j % hosts)}
	}
	return o
}

// each calls ask for n cells, from where it left off.
func (o order) each(next *int, n int, ask func(cell)) {
	for range n {
		if *next == len(o) {
			*next = 0
		}
		ask(o[*next])
		*next++
	}
}

func scriptSide(s *script, list []service, at order) side {
	next := 0
	return side{name: "script: Sprintf, two maps, netip.Prefix", run: func(n int) {
		at.each(&next, n, func(c cell) {
			sink.s = string(s.class(int(c.vantage), list[c.host].label, region))
		})
	}}
}

func classSide(vantages []trace.Vantage, list []service, at order) side {
	next := 0
	return side{name: "Vantage.Class", run: func(n int) {
		at.each(&next, n, func(c cell) {
			class, _ := vantages[c.vantage].Class(list[c.host].host, trace.DefaultPort)
			sink.s = string(class)
		})
	}}
}

// sameClasses compares the classes of both for every cell of the estate's first
// 50 VPCs.
func sameClasses(vantages []trace.Vantage, s *script, list []service) func() error {
	return func() error {
		var errs []error
		for v := range vantages[:min(len(vantages), 50*subnetsVPC)] {
			for _, svc := range list {
				class, _ := vantages[v].Class(svc.host, trace.DefaultPort)
				errs = append(errs, agree(vantages[v].ID()+" "+svc.host, class, s.class(v, svc.label, region)))
			}
		}
		return errors.Join(errs...)
	}
}

func decisionRow(w *trace.World, s sizes, routes int, add func(row)) {
	list, vantages := services(s.hosts), slices.Collect(w.Vantages())
	old := newScript(w, list)
	check := sameClasses(vantages, old, list)
	for _, o := range []struct {
		name string
		at   order
		bar  float64
	}{{"row by row", rowByRow(len(vantages), len(list)), 4}, {"anywhere in the estate", anywhere(len(vantages), len(list)), 0}} {
		add(row{
			name:   fmt.Sprintf("one decision, %d routes, %s", routes, o.name),
			ours:   classSide(vantages, list, o.at),
			others: []other{{side: scriptSide(old, list, o.at), atLeast: o.bar}},
			check:  check,
		})
		check = nil // once
	}
}

func filtersRow(s sizes, add func(row)) {
	w := newWorld(estate(s.vpcs/10+1, 8, true))
	list, vantages := services(s.hosts), slices.Collect(w.Vantages())
	old, at := newScript(w, list), rowByRow(len(vantages), len(list))
	add(row{
		name: "one decision, 8 routes, row by row, with security groups", allocs: noAllocBar,
		ours:   classSide(vantages, list, at),
		others: []other{{side: scriptSide(old, list, at)}},
		check:  sameClasses(vantages, old, list),
	})
}

func auditHosts(list []service) (hosts []audit.Host) {
	for _, svc := range list {
		hosts = append(hosts, audit.MustParseHost(svc.host))
	}
	return hosts
}

func newMatrix(vantages []trace.Vantage, hosts []audit.Host) *audit.Matrix {
	m, err := audit.NewMatrix(context.Background(), vantages, hosts, nil)
	if err != nil {
		panic(err)
	}
	return m
}

func matrixRows(w *trace.World, s sizes, routes int, add func(row)) {
	list, vantages := services(s.hosts), slices.Collect(w.Vantages())
	hosts, old := auditHosts(list), newScript(w, list)
	allCores := side{name: "audit.NewMatrix, all cores", run: func(n int) {
		for range n {
			sink.any = newMatrix(vantages, hosts)
		}
		sink.any = nil
	}}
	oneCore := side{name: "audit.NewMatrix, one core", run: func(n int) {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
		allCores.run(n)
	}}
	n := len(vantages) * len(hosts)
	name := fmt.Sprintf("matrix of %d cells, %d routes", n, routes)
	add(row{
		name: name, rounds: 5, allocs: noAllocBar,
		ours: oneCore,
		others: []other{{side: side{name: "script", run: func(n int) {
			classes := make([]route.Class, len(vantages)*len(list))
			for range n {
				for v := range old.subnets {
					for h := range list {
						classes[v*len(list)+h] = old.class(v, list[h].label, region)
					}
				}
			}
			sink.s = string(classes[0])
		}}, atLeast: 5}},
		check: func() error {
			m := newMatrix(vantages, hosts)
			var errs []error
			for v := range old.subnets {
				for h := range list {
					if class := m.At(v, h).Class; class != old.class(v, list[h].label, region) {
						errs = append(errs, agree(vantages[v].ID()+" "+list[h].host, class, old.class(v, list[h].label, region)))
					}
				}
			}
			return errors.Join(errs...)
		},
	})
	add(row{
		name: name + ", CPU time of all cores together", rounds: 5, allocs: noAllocBar,
		ours: allCores, others: []other{{side: oneCore}},
	})
}

// loadRows read the files of an estate.
func loadRows(s sizes, add func(row)) {
	inv := estate(s.vpcs/2, 8, true)
	files, size := filesOf(inv)
	fsys := fstest.MapFS{}
	for _, f := range files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	add(row{
		name: fmt.Sprintf("load %d MB of describe-* JSON", size>>20), rounds: 5, allocs: noAllocBar,
		ours: side{name: "describe.Read", run: func(n int) {
			for range n {
				read, err := describe.Read(fsys)
				if err != nil {
					panic(err)
				}
				sink.any = read
			}
			sink.any = nil
		}},
		others: []other{{side: side{name: "bare typed decode", run: func(n int) {
			for range n {
				sink.any = decodeBare(files)
			}
			sink.any = nil
		}}, atMost: 1.3}},
		check: func() error {
			read, err := describe.Read(fsys)
			all := decodeBare(files)
			return errors.Join(err, agree("interfaces", len(read.NetworkInterfaces), len(all.NetworkInterfaces)), agree("endpoints", len(read.Endpoints), len(all.VpcEndpoints)),
				agree("tables", len(read.RouteTables), len(all.RouteTables)), agree("groups", len(read.SecurityGroups), len(all.SecurityGroups)))
		},
	})
}

// diffRow compares two networks that differ in one endpoint.
func diffRow(s sizes, add func(row)) {
	inv := estate(s.vpcs, 8, false)
	before := newWorld(inv)
	edited := inv.Clone()
	if err := audit.SetPrivateDNS(&edited, edited.Endpoints[0].ID, false); err != nil {
		panic(err)
	}
	after := newWorld(edited)
	hosts, vantages := auditHosts(services(s.hosts)), slices.Collect(before.Vantages())
	diff := func() (changes int) {
		for range audit.Diff(context.Background(), before, after, hosts) {
			changes++
		}
		return changes
	}
	add(row{
		name: fmt.Sprintf("diff of two networks of %d VPCs", s.vpcs), rounds: 5, allocs: noAllocBar,
		ours: side{name: "audit.Diff", run: func(n int) {
			for range n {
				sink.n += diff()
			}
		}},
		others: []other{{side: side{name: "one audit.NewMatrix", run: func(n int) {
			for range n {
				sink.any = newMatrix(vantages, hosts)
			}
			sink.any = nil
		}}, atMost: 2.2}},
		check: func() error { return agree("changes", diff(), subnetsVPC) },
	})
}

// budget is a side of a figure that is given.
func budget(name string, figure float64) side {
	return side{name: name, gauge: func() float64 { return figure }}
}

// profileRow answers one profile from one VPC, files to cells.
func profileRow(add func(row)) {
	files, _ := filesOf(estate(1, 8, true))
	fsys := fstest.MapFS{}
	for _, f := range files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	profiles, err := audit.LoadProfiles([]string{"eks-node"}, nil)
	if err != nil {
		panic(err)
	}
	hosts, err := audit.Hosts(profiles)
	if err != nil {
		panic(err)
	}
	ask := func() *audit.Matrix {
		w, err := describe.Load(fsys)
		if err != nil {
			panic(err)
		}
		return newMatrix(slices.Collect(w.Vantages()), hosts)
	}
	add(row{
		name: "one profile from one VPC, load included", allocs: noAllocBar,
		ours: side{name: "describe.Load, audit.NewMatrix", run: func(n int) {
			for range n {
				sink.any = ask()
			}
			sink.any = nil
		}},
		others: []other{{side: budget("100 ms", 100e6), atMost: 1}},
		check: func() error {
			v, h := ask().Len()
			return errors.Join(agree("vantages", v, subnetsVPC), agree("hosts", h, len(hosts)))
		},
	})
}

// htmlRows make a page of 30 subnets and 200 hosts.
func htmlRows(s sizes, add func(row)) {
	vantages := slices.Collect(newWorld(estate(min(5, s.vpcs), 8, true)).Vantages())
	m := newMatrix(vantages, auditHosts(services(s.hosts)))
	page := func() []byte {
		var b bytes.Buffer
		if err := report.MatrixHTML(&b, m); err != nil {
			panic(err)
		}
		return b.Bytes()
	}
	name := fmt.Sprintf("HTML of %d cells", len(vantages)*s.hosts)
	add(row{
		name: name + ", time", rounds: 5, allocs: noAllocBar,
		ours: side{name: "report.MatrixHTML", run: func(n int) {
			for range n {
				sink.b = page()
			}
		}},
		others: []other{{side: budget("1 s", 1e9), atMost: 1}},
	})
	add(row{
		name: name + ", size", rounds: 1, unit: "bytes",
		ours:   side{name: "report.MatrixHTML", gauge: func() float64 { return float64(len(page())) }},
		others: []other{{side: budget("2 MB", 2e6), atMost: 1}},
	})
}
