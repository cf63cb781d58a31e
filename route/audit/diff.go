package audit

import (
	"context"
	"iter"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// State is one side of a [Change]. The zero State is that of a vantage which
// one of the two networks does not have.
type State struct {
	Class   route.Class
	Verdict route.Verdict
}

// Change is a host that goes another way from a vantage, or not at all.
type Change struct {
	From   trace.Vantage // in the network after; of a vantage that is gone, before
	Host   string
	Port   uint16
	Before State
	After  State
	Codes  []endpoint.Code // of the proof after; of a vantage that is gone, before
	Text   string          // what answered and which way, before and after
}

// Target returns the host and its port, without the port where that is 443.
func (c Change) Target() string { return hostPort(c.Host, c.Port) }

// Diff compares two networks: it yields every watched host and subnet whose
// class or verdict changes, by subnet id, then host in the order of the list
// below. A subnet that only one network has changes from nothing, or to it.
//
// Watched, from the subnets of each VPC:
//
//  1. the hosts given; if none is, the names of all its private zones, and
//     example.com, which stands for the internet;
//  2. in its Region, S3 and DynamoDB, which gateway endpoints are for, and STS,
//     which stands for the services whose names a zone or a Resolver rule above
//     them takes with it;
//  3. the names of every private zone that appears, vanishes, changes, or
//     begins or ceases to answer: the side effects that nobody thinks of. A
//     wildcard is watched by an example, whose first label is "any";
//  4. the dual-stack siblings of those.
//
// Proofs are made for changes only, when they are yielded. If ctx ends, so
// does the iteration: see its Err.
func Diff(ctx context.Context, before, after *trace.World, hosts []Host) iter.Seq[Change] {
	return func(yield func(Change) bool) {
		d := differ{before: side{w: before}, after: side{w: after}, every: len(hosts) == 0}
		d.hosts = slices.Concat(hosts, usual)
		if d.every {
			d.hosts = append(d.hosts, MustParseHost("example.com"))
		}
		d.pair()
		if d.compare(ctx) != nil {
			return
		}
		for i := range d.pairs {
			p := &d.pairs[i]
			for _, c := range p.changes {
				if ctx.Err() != nil || !yield(d.change(p, c)) {
					return
				}
			}
		}
	}
}

// differ is one comparison on its way.
type differ struct {
	before, after side
	hosts         []Host // lines 1 and 2
	every         bool   // no host was given
	pairs         []pair // of subnets, by id
}

// usual is watched always.
var usual = []Host{
	MustParseHost("s3.{region}.{suffix}"), MustParseHost("dynamodb.{region}.{suffix}"), MustParseHost("sts.{region}.{suffix}"),
}

// side is one of the two networks.
type side struct {
	w *trace.World
	m *Matrix // lines 1 and 2, from all its subnets
}

// pair is one subnet in both networks; rows are its place in each Matrix, -1
// where the network does not have it.
type pair struct {
	before, after trace.Vantage
	rowB, rowA    int
	changes       []changed
}

// changed is a Change without its proofs.
type changed struct {
	host          string
	port          uint16
	before, after packed
}

// any of the two, the one after first.
func (p *pair) vantage() trace.Vantage {
	if p.rowA >= 0 {
		return p.after
	}
	return p.before
}

// pair walks the subnets of both networks, which come by id.
func (d *differ) pair() {
	b, a := slices.Collect(d.before.w.Vantages()), slices.Collect(d.after.w.Vantages())
	d.before.m, d.after.m = blankMatrix(b, d.hosts), blankMatrix(a, d.hosts)
	for i, j := 0, 0; i < len(b) || j < len(a); {
		p := pair{rowB: -1, rowA: -1}
		switch {
		case j == len(a) || i < len(b) && b[i].ID() < a[j].ID():
			p.before, p.rowB = b[i], i
			i++
		case i == len(b) || a[j].ID() < b[i].ID():
			p.after, p.rowA = a[j], j
			j++
		default:
			p.before, p.rowB, p.after, p.rowA = b[i], i, a[j], j
			i, j = i+1, j+1
		}
		d.pairs = append(d.pairs, p)
	}
}

// compare finds the changes, VPC by VPC: what one network knows of a VPC is still
// at hand when the other is asked about it. It costs one Matrix for each
// network, and the few hosts that it watches by itself.
func (d *differ) compare(ctx context.Context) error {
	var vpcs [][]*pair
	index := map[string]int{}
	for i := range d.pairs {
		p := &d.pairs[i]
		vpc := p.vantage().VPC()
		n, ok := index[vpc]
		if !ok {
			n = len(vpcs)
			index[vpc] = n
			vpcs = append(vpcs, nil)
		}
		vpcs[n] = append(vpcs[n], p)
	}
	return each(ctx, len(vpcs), func(i int) {
		for _, p := range vpcs[i] {
			if p.rowB >= 0 {
				d.before.m.ask(p.rowB)
			}
		}
		for _, p := range vpcs[i] {
			if p.rowA >= 0 {
				d.after.m.ask(p.rowA)
			}
		}
		watched := d.watch(vpcs[i][0].vantage())
		for _, p := range vpcs[i] {
			d.comparePair(p, watched)
		}
	}, func(int) {})
}

func (d *differ) comparePair(p *pair, watched []string) {
	const absent = ^packed(0)
	var seen map[changed]bool // host and port alone
	add := func(c changed) {
		if c.before == c.after {
			return
		}
		if seen == nil {
			seen = map[changed]bool{}
		}
		if key := (changed{host: c.host, port: c.port}); !seen[key] {
			seen[key] = true
			p.changes = append(p.changes, c)
		}
	}
	if p.rowB < 0 || p.rowA < 0 || !slices.Equal(d.before.m.row(p.rowB), d.after.m.row(p.rowA)) {
		for j, h := range d.hosts {
			c := changed{port: h.port, before: absent, after: absent}
			if p.rowB >= 0 {
				c.host, c.before = d.before.m.At(p.rowB, j).Host, d.before.m.packed(p.rowB, j)
			}
			if p.rowA >= 0 {
				c.host, c.after = d.after.m.At(p.rowA, j).Host, d.after.m.packed(p.rowA, j)
			}
			add(c)
		}
	}
	for _, host := range watched {
		c := changed{host: host, port: trace.DefaultPort, before: absent, after: absent}
		if p.rowB >= 0 {
			c.before = pack(p.before.Class(host, c.port))
		}
		if p.rowA >= 0 {
			c.after = pack(p.after.Class(host, c.port))
		}
		add(c)
	}
}

func (m *Matrix) packed(i, j int) packed { return m.cells[i*len(m.hosts)+j] }

// change makes the proofs of a change.
func (d *differ) change(p *pair, c changed) Change {
	out := Change{From: p.vantage(), Host: c.host, Port: c.port}
	ask := func(v trace.Vantage, k packed) string {
		cell := Cell{From: v, Host: c.host, Port: c.port, Class: k.class(), Verdict: k.verdict()}
		tr := cell.Trace()
		out.Codes = tr.Codes
		return sketch(&tr)
	}
	var texts []string
	if p.rowB >= 0 {
		out.Before = State{c.before.class(), c.before.verdict()}
		texts = append(texts, "before: "+ask(p.before, c.before))
	} else {
		texts = append(texts, "before: there is no such subnet")
	}
	if p.rowA >= 0 {
		out.After = State{c.after.class(), c.after.verdict()}
		texts = append(texts, "after: "+ask(p.after, c.after))
	} else {
		texts = append(texts, "after: there is no such subnet")
	}
	if base, ok := strings.CutPrefix(c.host, exampleLabel+"."); ok {
		note := c.host + " stands for every name under " + base
		if strings.HasPrefix(c.host, exampleLabel+".execute-api.") {
			note += ", other people's public APIs included (awsdocs/amazon-api-gateway-developer-guide #10)"
		}
		texts = append(texts, note)
	}
	out.Text = strings.Join(texts, "; ")
	return out
}

// watch returns the names of lines 3 and 4 for the VPC of a vantage.
func (d *differ) watch(v trace.Vantage) []string {
	l := watchList{region: v.Region()}
	changedZones(zonesOf(d.before.w, v.VPC()), zonesOf(d.after.w, v.VPC()), d.every, func(before, after []zone.Zone) {
		l.zones(slices.Concat(before, after))
	})
	return l.names
}

// exampleLabel stands before a wildcard's base in the name that it is watched
// by.
const exampleLabel = "any"

// watchList gathers names, each once.
type watchList struct {
	region string
	names  []string
}

// add adds a name, if it is one that can be dialled.
func (l *watchList) add(name string) {
	if h, err := ParseHost(name); err == nil && !h.IsTemplate() && !slices.Contains(l.names, h.text) {
		l.names = append(l.names, h.text)
	}
}

// zones adds the names of zones of one name: theirs, those of what they lead
// to addresses, and the dual-stack siblings of both.
func (l *watchList) zones(list []zone.Zone) {
	var names []string
	for _, z := range list {
		names = append(names, z.Name)
		for _, r := range addressed(z) {
			names = append(names, r.Name)
		}
	}
	slices.Sort(names)
	for _, n := range slices.Compact(names) {
		n = example(n)
		l.add(n)
		if service, ok := strings.CutSuffix(n, fill(".{region}.{suffix}", l.region)); ok && l.region != "" {
			l.add(fill(service+".{region}.{dualstack}", l.region))
		}
	}
}
