package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"

	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/file"
	"github.com/coredns/coredns/request"
	"github.com/miekg/dns"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

func init() { groups = append(groups, group{"zone", zoneRows}) }

func zoneRows(s sizes, add func(row)) {
	lookupRows(s, add)
	chooseRow(s, add)
	buildRows(s, add)
	viewsRow(s, add)
}

const (
	zoneVPC = "vpc-0f1e2d3c4b5a69788"
	perZone = 100 // records
)

// dnsWorld is hosted zones of one VPC.
func dnsWorld(zones []zone.HostedZone) zone.Config {
	return zone.Config{
		VPCs:        []endpoint.VPC{{ID: zoneVPC, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)}},
		HostedZones: zones,
	}
}

// viewOf is what a VPC sees of a config.
func viewOf(c zone.Config, vpc string) *zone.View {
	z, err := zone.New(c)
	if err != nil {
		panic(err)
	}
	v, ok := z.View(zone.VPC(vpc))
	if !ok {
		panic("no view of " + vpc)
	}
	return v
}

// aSet is a record set of A records.
func aSet(name string, addrs ...string) zone.RecordSet {
	s := zone.RecordSet{Name: name, Type: "A", TTL: 60}
	for _, a := range addrs {
		s.ResourceRecords = append(s.ResourceRecords, zone.ResourceRecord{Value: a})
	}
	return s
}

// The questions of the zone rows: a third each.
const (
	hit = iota
	wildcard
	nxdomain
	kinds
)

var kindNames = [kinds]string{"hit", "wildcard", "NXDOMAIN"}

// records makes zones of 100 A records each, one of which is a wildcard, and
// 8,192 questions in mixed case: the kinds in turn.
func records(n int) (zones []zone.HostedZone, questions []string) {
	apexes := make([]string, max(n/perZone, 1))
	last := min(n, perZone) - 1
	for z := range apexes {
		apex := fmt.Sprintf("service%d.us-east-2.amazonaws.com", z)
		apexes[z] = apex
		sets := []zone.RecordSet{aSet("*.wild."+apex, "10.0.0.1")}
		for i := 1; i <= last; i++ {
			sets = append(sets, aSet(fmt.Sprintf("host%d.%s", i, apex), fmt.Sprintf("10.%d.%d.%d", z/256, z%256, i)))
		}
		zones = append(zones, zone.HostedZone{
			ID: fmt.Sprintf("Z%06d", z), Name: apex, Private: true, RecordSets: sets, VPCs: []zone.ZoneVPC{{VPCID: zoneVPC}},
		})
	}
	for i := range 8192 {
		apex := apexes[i*7%len(apexes)]
		var q string
		switch i % kinds {
		case hit:
			q = fmt.Sprintf("Host%d.%s", 1+i%last, apex)
		case wildcard:
			q = fmt.Sprintf("Any%d.Wild.%s", i, apex)
		case nxdomain:
			q = fmt.Sprintf("Missing%d.%s", i, apex)
		}
		questions = append(questions, strings.Replace(q, "us-east", "US-East", 1))
	}
	return zones, questions
}

// ofKind are the questions of one kind.
func ofKind(questions []string, kind int) []string {
	var list []string
	for i := kind; i < len(questions); i += kinds {
		list = append(list, questions[i])
	}
	return list
}

// twoMaps is the habit.
type twoMaps map[string]*habitZone

type habitZone struct {
	apex    string
	records map[string][]zone.Record
}

func newTwoMaps(zones []zone.HostedZone) twoMaps {
	m := twoMaps{}
	for _, z := range zones {
		h := &habitZone{z.Name, map[string][]zone.Record{}}
		m[z.Name] = h
		for _, r := range recordsOf(z) {
			h.records[r.Name] = append(h.records[r.Name], r)
		}
	}
	return m
}

func recordsOf(z zone.HostedZone) (list []zone.Record) {
	for _, rs := range z.RecordSets {
		for _, v := range rs.ResourceRecords {
			r, err := zone.NewRecord(rs.Name, zone.A, rs.TTL, v.Value)
			if err != nil {
				panic(err)
			}
			list = append(list, r)
		}
	}
	return list
}

func (m twoMaps) lookup(name string) (records []zone.Record, found bool) {
	name = strings.ToLower(name)
	for suffix := name; suffix != ""; _, suffix, _ = strings.Cut(suffix, ".") {
		z := m[suffix]
		if z == nil {
			continue
		}
		if r, ok := z.records[name]; ok {
			return r, true
		}
		for parent := name; parent != z.apex; {
			_, parent, _ = strings.Cut(parent, ".")
			if r, ok := z.records["*."+parent]; ok {
				return r, true
			}
		}
		return nil, false
	}
	return nil, false
}

// coreDNS is plugin/file's zones, and for each question the zone that is asked
// and the request as the server hands it to the plugin.
type coreDNS struct {
	zones    map[string]*file.Zone
	requests []coreRequest
}

type coreRequest struct {
	zone  *file.Zone
	state request.Request
}

// udpWriter is where a request came from, which Zone.Lookup asks.
type udpWriter struct{ dns.ResponseWriter }

func (udpWriter) RemoteAddr() net.Addr { return &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 5353} }
func (udpWriter) LocalAddr() net.Addr  { return &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 53} }

// zoneFile is a hosted zone of A records as text.
func zoneFile(z zone.HostedZone) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s. 900 IN SOA ns.%s. hostmaster.%s. 1 7200 900 1209600 86400\n", z.Name, z.Name, z.Name)
	fmt.Fprintf(&b, "%s. 900 IN NS ns.%s.\n", z.Name, z.Name)
	for _, rs := range z.RecordSets {
		for _, v := range rs.ResourceRecords {
			fmt.Fprintf(&b, "%s. %d IN A %s\n", rs.Name, rs.TTL, v.Value)
		}
	}
	return b.String()
}

func coreZone(z zone.HostedZone) *file.Zone {
	c, err := file.Parse(strings.NewReader(zoneFile(z)), z.Name, "zone", 0)
	if err != nil {
		panic(err)
	}
	return c
}

func newCoreDNS(zones []zone.HostedZone, questions []string) *coreDNS {
	c := &coreDNS{zones: map[string]*file.Zone{}}
	for _, z := range zones {
		c.zones[z.Name] = coreZone(z)
	}
	for _, q := range questions {
		m := new(dns.Msg).SetQuestion(dns.Fqdn(q), dns.TypeA)
		apex := strings.ToLower(q)
		for c.zones[apex] == nil {
			_, apex, _ = strings.Cut(apex, ".")
		}
		c.requests = append(c.requests, coreRequest{c.zones[apex], request.Request{W: udpWriter{}, Req: m, Zone: apex + "."}})
	}
	return c
}

func (c *coreDNS) lookup(i int) ([]dns.RR, file.Result) {
	r := &c.requests[i]
	state := r.state // the name is put into lower case again
	answer, _, _, result := r.zone.Lookup(context.Background(), state, state.Name())
	return answer, result
}

func lookupRows(s sizes, add func(row)) {
	var small side
	for _, n := range []int{10, min(1000, s.records), s.records} {
		zones, all := records(n)
		v := viewOf(dnsWorld(zones), zoneVPC)
		old, core := newTwoMaps(zones), newCoreDNS(zones, all)
		ours := func(questions []string) side {
			return side{name: "View.Lookup", run: func(runs int) {
				for i := range inTurn(runs, len(questions)) {
					sink.n += v.Lookup(questions[i], zone.A).Len()
				}
			}}
		}
		if n == 10 {
			small = ours(all)
			small.name = "View.Lookup, 10 records"
			continue
		}
		check := func() error { return checkLookups(v, old, core, all) }
		for kind, name := range kindNames {
			questions := ofKind(all, kind)
			twoMapsBar := 4.0
			if kind == hit || n != 1000 {
				twoMapsBar = 0 // only reported
			}
			add(row{
				name:  fmt.Sprintf("look up, %d records, %s", n, name),
				check: check,
				ours:  ours(questions),
				others: []other{
					{side: side{name: "ToLower and two maps", run: func(runs int) {
						for i := range inTurn(runs, len(questions)) {
							r, _ := old.lookup(questions[i])
							sink.n += len(r)
						}
					}}, atLeast: twoMapsBar},
					{side: side{name: "CoreDNS file, Zone.Lookup", run: func(runs int) {
						for i := range inTurn(runs, len(questions)) {
							r, _ := core.lookup(i*kinds + kind)
							sink.n += len(r)
						}
					}}, atLeast: 100},
				},
			})
			check = nil // once
		}
		if n == s.records {
			add(row{
				name: fmt.Sprintf("look up, from 10 to %d records", n), ours: ours(all),
				others: []other{{side: small, atMost: 4}},
			})
		}
	}
}

// checkLookups compares all answers of the three.
func checkLookups(v *zone.View, old twoMaps, core *coreDNS, questions []string) error {
	var errs []error
	for i, q := range questions {
		a := v.Lookup(q, zone.A)
		ours := slices.Collect(a.Addrs())
		r, found := old.lookup(q)
		rrs, result := core.lookup(i)
		errs = append(errs,
			agree(q+": NXDOMAIN, two maps", a.IsNXDOMAIN(), !found), agree(q+": NXDOMAIN, CoreDNS", a.IsNXDOMAIN(), result == file.NameError),
			agree(q+": records, two maps", len(ours), len(r)), agree(q+": records, CoreDNS", len(ours), len(rrs)))
		if len(ours) == len(r) && len(ours) == len(rrs) {
			for i, addr := range ours {
				errs = append(errs, agree(q+", two maps", addr, r[i].Addr()), agree(q+", CoreDNS", addr.String(), rrs[i].(*dns.A).A.String()))
			}
		}
	}
	return errors.Join(errs...)
}

// chooseRow chooses among many zones: ours looks the name up there too.
func chooseRow(s sizes, add func(row)) {
	var zones []zone.HostedZone
	var names, questions []string
	chosen := ""
	mux := dns.NewServeMux()
	for i := range s.zones {
		apex := fmt.Sprintf("service%d.us-east-2.amazonaws.com", i)
		zones = append(zones, zone.HostedZone{
			ID: fmt.Sprintf("Z%06d", i), Name: apex, Private: true,
			RecordSets: []zone.RecordSet{aSet("host."+apex, "10.0.0.1")}, VPCs: []zone.ZoneVPC{{VPCID: zoneVPC}},
		})
		mux.HandleFunc(apex, func(dns.ResponseWriter, *dns.Msg) { chosen = apex })
		names = append(names, apex+".")
	}
	v := viewOf(dnsWorld(zones), zoneVPC)
	msgs := make([]*dns.Msg, 8192)
	for i := range msgs {
		q := fmt.Sprintf("Host.Service%d.US-East-2.amazonaws.com", i*7%s.zones)
		questions = append(questions, q)
		msgs[i] = new(dns.Msg).SetQuestion(q+".", dns.TypeA)
	}
	add(row{
		name: fmt.Sprintf("choose among %d zones", s.zones),
		ours: side{name: "View.Lookup, record included", run: func(n int) {
			for i := range n {
				sink.n += v.Lookup(questions[i&8191], zone.A).Len()
			}
		}},
		others: []other{
			{side: side{name: "miekg/dns ServeMux", run: func(n int) {
				for i := range n {
					mux.ServeDNS(nil, msgs[i&8191])
				}
			}}, atLeast: 1.5},
			{side: side{name: "CoreDNS Zones.Matches", run: func(n int) {
				for i := range n {
					sink.s = plugin.Zones(names).Matches(strings.ToLower(msgs[i&8191].Question[0].Name))
				}
			}}},
		},
		check: func() error {
			var errs []error
			for i, q := range questions {
				mux.ServeDNS(nil, msgs[i])
				a := v.Lookup(q, zone.A)
				errs = append(errs, agree(q, a.Source().Zone, chosen), agree(q+": records", a.Len(), 1))
			}
			errs = append(errs, agree("Matches", plugin.Zones(names).Matches(strings.ToLower(questions[1])+"."), strings.ToLower(questions[1][len("Host."):])+"."))
			return errors.Join(errs...)
		},
	})
}

// buildRows build the largest set of zones, beside a plain map of the same
// records.
func buildRows(s sizes, add func(row)) {
	zones, _ := records(s.records)
	c := dnsWorld(zones)
	var ready []zone.Record
	for _, z := range zones {
		ready = append(ready, recordsOf(z)...)
	}
	build := func() any {
		z, err := zone.New(c)
		if err != nil {
			panic(err)
		}
		return z
	}
	plain := func() any {
		m := map[string][]zone.Record{}
		for _, r := range ready {
			m[r.Name] = append(m[r.Name], r)
		}
		return m
	}
	parsed := func() any {
		m := map[string][]zone.Record{}
		for _, z := range zones {
			for _, r := range recordsOf(z) {
				m[r.Name] = append(m[r.Name], r)
			}
		}
		return m
	}
	times := func(make func() any) func(int) {
		return func(n int) {
			for range n {
				sink.any = make()
			}
			sink.any = nil
		}
	}
	size := func(make func() any) func() float64 {
		return func() float64 { return live(make) / float64(len(ready)) }
	}
	add(row{
		name: fmt.Sprintf("build %d records, time", len(ready)), garbage: true, allocs: noAllocBar,
		ours: side{name: "zone.New, from texts", run: times(build)},
		others: []other{
			{side: side{name: "map[string][]Record, of Records made before", run: times(plain)}, atMost: 3},
			{side: side{name: "map[string][]Record, from texts", run: times(parsed)}},
		},
	})
	add(row{
		name: fmt.Sprintf("build %d records, memory of each", len(ready)), rounds: 3, unit: "bytes",
		ours: side{name: "zone.New", gauge: size(build)},
		others: []other{
			{side: side{name: "map[string][]Record", gauge: size(plain)}, atMost: 3},
		},
	})
}

// viewsRow is the memory of many VPCs' views over the same endpoints: what one
// more record of a VPC's own costs must not grow with the number of VPCs.
func viewsRow(s sizes, add func(row)) {
	const own = 20 // records of each VPC's own
	var shared []endpoint.Endpoint
	base := zone.Config{}
	for i := range s.views {
		subnet, eni := fmt.Sprintf("subnet-%017x", i), fmt.Sprintf("eni-%017x", i)
		base.Subnets = append(base.Subnets, endpoint.Subnet{ID: subnet, VPCID: zoneVPC, AvailabilityZone: "us-east-2a", CIDRBlock: "10.0.0.0/16"})
		base.NetworkInterfaces = append(base.NetworkInterfaces, endpoint.NetworkInterface{ID: eni, VPCID: zoneVPC, SubnetID: subnet, PrivateIPAddress: fmt.Sprintf("10.0.%d.%d", i/256, i%256)})
		id := fmt.Sprintf("vpce-%017x", i)
		shared = append(shared, endpoint.Endpoint{
			ID: id, Type: endpoint.Interface, VPCID: zoneVPC, ServiceName: "com.amazonaws.us-east-2.monitoring", State: endpoint.Available,
			SubnetIDs: []string{subnet}, NetworkInterfaceIDs: []string{eni},
			DNSEntries: endpoint.DNSEntries{
				{Name: id + "-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: id + "-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
			},
		})
	}
	base.Endpoints = shared
	perRecord := func(vpcs int) func() float64 {
		config := func(n int) zone.Config {
			c := base
			c.VPCs = []endpoint.VPC{{ID: zoneVPC, EnableDNSSupport: new(true), EnableDNSHostnames: new(true)}}
			for v := range n {
				id := fmt.Sprintf("vpc-%017x", v)
				c.VPCs = append(c.VPCs, endpoint.VPC{ID: id, EnableDNSSupport: new(true), EnableDNSHostnames: new(true)})
				z := zone.HostedZone{ID: fmt.Sprintf("Z%06d", v), Name: "corp.example", Private: true, VPCs: []zone.ZoneVPC{{VPCID: id}}}
				for i := range own {
					z.RecordSets = append(z.RecordSets, aSet(fmt.Sprintf("host%d.corp.example", i), fmt.Sprintf("10.1.0.%d", i)))
				}
				c.HostedZones = append(c.HostedZones, z)
			}
			return c
		}
		views := func(c zone.Config) func() any {
			return func() any {
				z, err := zone.New(c)
				if err != nil {
					panic(err)
				}
				var all []*zone.View
				for _, vpc := range c.VPCs {
					v, _ := z.View(zone.VPC(vpc.ID))
					if a := v.Lookup(shared[0].DNSEntries[0].Name, zone.A); a.Len() != 1 {
						panic(fmt.Sprintf("%s: %d records, rule %s", vpc.ID, a.Len(), a.Rule()))
					}
					all = append(all, v)
				}
				return all
			}
		}
		few, many := config(1), config(vpcs)
		return func() float64 {
			return (live(views(many)) - live(views(few))) / float64((vpcs-1)*own)
		}
	}
	add(row{
		name: fmt.Sprintf("memory of each VPC's own record, %d VPCs", s.views), unit: "bytes", rounds: 3,
		ours:   side{name: fmt.Sprintf("%d views over %d endpoints", s.views, s.views), gauge: perRecord(s.views)},
		others: []other{{side: side{name: fmt.Sprintf("%d views over %d endpoints", s.views/10, s.views), gauge: perRecord(s.views / 10)}, atMost: 1.3}},
	})
}
