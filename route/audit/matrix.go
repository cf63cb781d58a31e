package audit

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"net/netip"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// Matrix holds the answers of every vantage for every host: class and verdict,
// one octet a cell. Proofs are made when they are read ([Cell.Trace]). It is
// immutable and safe for concurrent use. Make one with [NewMatrix].
type Matrix struct {
	vantages []trace.Vantage
	hosts    []Host
	rows     []*columns // of each vantage: those of its VPC
	regions  map[string]*regional
	cells    []packed // by vantage, then host
}

// NewMatrix asks from every vantage for every host, on all cores. Rows are in
// the order of vantages, columns in the order of hosts.
//
// progress, if not nil, is told how many cells of how many are done, after
// every row, never twice at a time and on another goroutine; it should return
// at once. The error is that of ctx, and the Matrix is then nil.
func NewMatrix(ctx context.Context, vantages []trace.Vantage, hosts []Host, progress func(done, total int)) (*Matrix, error) {
	m := blankMatrix(slices.Clone(vantages), slices.Clone(hosts))
	err := each(ctx, len(vantages), m.ask, func(done int) {
		if progress != nil {
			progress(done*len(hosts), len(m.cells))
		}
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// blankMatrix is a Matrix of which no row has been asked.
func blankMatrix(vantages []trace.Vantage, hosts []Host) *Matrix {
	m := &Matrix{
		vantages: vantages,
		hosts:    hosts,
		rows:     make([]*columns, len(vantages)),
		regions:  map[string]*regional{},
		cells:    make([]packed, len(vantages)*len(hosts)),
	}
	type vpc struct {
		w  *trace.World
		id string
	}
	vpcs := map[vpc]*columns{}
	for i, v := range m.vantages {
		id := vpc{v.World(), v.VPC()}
		c := vpcs[id]
		if c == nil {
			c = &columns{regional: m.regional(v.Region()), cached: id.id != ""}
			vpcs[id] = c
		}
		m.rows[i] = c
	}
	return m
}

// ask fills the i-th row.
func (m *Matrix) ask(i int) { m.rows[i].ask(m.vantages[i], m.hosts, m.row(i)) }

func (m *Matrix) row(i int) []packed { return m.cells[i*len(m.hosts) : (i+1)*len(m.hosts)] }

// regional is what the hosts of a matrix are in one Region.
type regional struct {
	names []string     // what each stands for; "" where that is not known
	ready []*zone.Name // the same; nil where alike is -1
	alike []int        // hosts with one number are one destination wherever only public DNS answers them; -1: no name
	kinds int          // how many numbers there are
}

func (m *Matrix) regional(region string) *regional {
	if r := m.regions[region]; r != nil {
		return r
	}
	r := &regional{names: make([]string, len(m.hosts)), ready: make([]*zone.Name, len(m.hosts)), alike: make([]int, len(m.hosts))}
	type kind struct {
		v4, v6 route.Destination
		port   uint16
	}
	kinds := map[kind]int{}
	for j, h := range m.hosts {
		if name, ok := h.In(region); ok {
			r.names[j] = name
		}
		name, err := zone.ParseName(r.names[j])
		if _, notAddr := netip.ParseAddr(r.names[j]); err != nil || notAddr == nil {
			r.alike[j] = -1
			continue
		}
		r.ready[j] = name
		k := kind{route.PublicAddr(r.names[j], route.IPv4), route.PublicAddr(r.names[j], route.IPv6), h.port}
		if _, ok := kinds[k]; !ok {
			kinds[k] = len(kinds)
		}
		r.alike[j] = kinds[k]
	}
	r.kinds = len(kinds)
	m.regions[region] = r
	return r
}

// columns is what the hosts of a matrix are for one VPC.
type columns struct {
	*regional
	cached bool
	once   sync.Once
	public []bool // only public DNS answers, and its answer is not known
}

// ask fills one row. Most hosts of most networks are answered by nothing but
// public DNS, and then nothing of them counts but what [route.PublicAddr]
// reads off their text: one question stands for all that are equal in it.
// What answers, every subnet of a VPC sees alike, up to DNS64, which has
// nothing to work on where no address is known.
func (c *columns) ask(v trace.Vantage, hosts []Host, row []packed) {
	c.once.Do(func() { c.public = c.onlyPublic(v) })
	const open = ^packed(0)
	memo := slices.Repeat([]packed{open}, c.kinds)
	for j, name := range c.names {
		switch {
		case name == "":
			row[j] = pack(route.ClassUnknown, route.VerdictUnknown)
		case !c.public[j]:
			row[j] = pack(v.Class(name, hosts[j].port))
		default:
			if k := c.alike[j]; memo[k] == open {
				memo[k] = pack(v.Class(name, hosts[j].port))
			}
			row[j] = memo[c.alike[j]]
		}
	}
}

// onlyPublic tells the hosts that only public DNS answers from a vantage, with
// an answer that is not known. Who answers goes by the name, so that the A
// record tells it for AAAA too.
func (c *columns) onlyPublic(v trace.Vantage) []bool {
	public := make([]bool, len(c.ready))
	view, ok := v.View()
	if !ok || !c.cached {
		return public
	}
	for j, name := range c.ready {
		if name != nil {
			a := view.LookupName(name, zone.A)
			_, known := a.RCode()
			public[j] = a.Source().Kind == zone.PublicDNS && !known && a.Len() == 0
		}
	}
	return public
}

// each calls work for 0 to n-1 on all cores, and done, one call at a time,
// with the number of calls that have returned. Work that has not begun when
// ctx ends is left out, and its error returned.
func each(ctx context.Context, n int, work, done func(int)) error {
	var next, finished atomic.Int64
	var mu sync.Mutex
	var wg sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= n || ctx.Err() != nil {
					return
				}
				work(i)
				mu.Lock()
				done(int(finished.Add(1)))
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if int(finished.Load()) < n {
		return ctx.Err()
	}
	return nil
}

// packed is class and verdict in one octet: the low five bits are the place in
// classes, the two above it the place in verdicts.
type packed uint8

const classBits = 5

// classes and verdicts are the closed sets of package route, in its order.
var (
	classes = [...]route.Class{
		route.ClassEndpoint, route.ClassGatewayEndpoint, route.ClassNATGateway, route.ClassInternetGateway,
		route.ClassEgressOnlyInternetGateway, route.ClassLocal, route.ClassTransitGateway, route.ClassVPCPeering,
		route.ClassVirtualPrivateGateway, route.ClassNetworkInterface, route.ClassGWLBEndpoint, route.ClassOtherGateway,
		route.ClassReserved, route.ClassBlackhole, route.ClassNoRoute, route.ClassBlocked, route.ClassUnresolved,
		route.ClassMixed, route.ClassUnspecified, route.ClassUnknown, route.ClassInvalidInput,
	}
	verdicts = [...]route.Verdict{route.Private, route.Public, route.Failed, route.VerdictUnknown}
)

func pack(c route.Class, v route.Verdict) packed {
	return packed(max(slices.Index(classes[:], c), 0)) | packed(max(slices.Index(verdicts[:], v), 0))<<classBits
}

func (p packed) class() route.Class     { return classes[p&(1<<classBits-1)] }
func (p packed) verdict() route.Verdict { return verdicts[p>>classBits] }

// Len returns the number of vantages and of hosts.
func (m *Matrix) Len() (vantages, hosts int) { return len(m.vantages), len(m.hosts) }

// Vantage returns the i-th vantage; it panics if there is none.
func (m *Matrix) Vantage(i int) trace.Vantage { return m.vantages[i] }

// Host returns the j-th host; it panics if there is none.
func (m *Matrix) Host(j int) Host { return m.hosts[j] }

// HostName returns what the j-th column is called: the host, with the Region
// filled in if all vantages are in one, else as it was given. It panics if
// there is no such column.
func (m *Matrix) HostName(j int) string {
	h := m.hosts[j]
	if len(m.regions) == 1 {
		for _, r := range m.regions {
			return hostPort(cmp.Or(r.names[j], h.text), h.port)
		}
	}
	return h.String()
}

// Cell is the answer of one vantage for one host.
type Cell struct {
	From    trace.Vantage
	Host    string // what the column's host stands for here; the template where the Region is not known
	Port    uint16
	Class   route.Class
	Verdict route.Verdict
}

// At returns the cell of the i-th vantage and the j-th host; it panics if there
// is none.
func (m *Matrix) At(i, j int) Cell {
	p := m.cells[i*len(m.hosts)+j]
	return Cell{
		From: m.vantages[i], Host: cmp.Or(m.rows[i].names[j], m.hosts[j].text), Port: m.hosts[j].port,
		Class: p.class(), Verdict: p.verdict(),
	}
}

// Verdict returns the verdict of the cell of the i-th vantage and the j-th
// host; it panics if there is none.
func (m *Matrix) Verdict(i, j int) route.Verdict { return m.cells[i*len(m.hosts)+j].verdict() }

// Cells yields every cell: by vantage, then host.
func (m *Matrix) Cells() iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for i := range m.vantages {
			for j := range m.hosts {
				if !yield(m.At(i, j)) {
					return
				}
			}
		}
	}
}

// Target returns the host and its port, without the port where that is 443.
func (c Cell) Target() string { return hostPort(c.Host, c.Port) }

// Trace returns the proof of the cell. Where the Region of the vantage is not
// known, so that a template stands for no host, the proof is only the code
// UNKNOWN_DESTINATION.
func (c Cell) Trace() trace.Trace {
	if strings.Contains(c.Host, "{") {
		return trace.Trace{
			From: c.From, Host: c.Host, Port: c.Port, Class: c.Class, Verdict: c.Verdict,
			Codes: []endpoint.Code{endpoint.UnknownDestination},
		}
	}
	return c.From.To(c.Host, c.Port)
}

// Traces yields every cell with its proof, in the order of [Matrix.Cells].
// Proofs are made row by row on all cores, a few rows ahead of the consumer.
func (m *Matrix) Traces() iter.Seq2[Cell, trace.Trace] {
	return func(yield func(Cell, trace.Trace) bool) {
		workers := runtime.GOMAXPROCS(0)
		ahead := make(chan struct{}, 2*workers) // a place for each row that is made or waits
		stop := make(chan struct{})
		ready := make([]chan []trace.Trace, len(m.vantages))
		for i := range ready {
			ready[i] = make(chan []trace.Trace, 1)
		}
		var next atomic.Int64
		var wg sync.WaitGroup
		for range min(workers, len(m.vantages)) {
			wg.Go(func() {
				for {
					select {
					case <-stop:
						return
					case ahead <- struct{}{}:
					}
					i := int(next.Add(1)) - 1
					if i >= len(m.vantages) {
						return
					}
					ready[i] <- m.traceRow(i)
				}
			})
		}
		defer wg.Wait()
		defer close(stop)
		for i := range m.vantages {
			for j, tr := range <-ready[i] {
				if !yield(m.At(i, j), tr) {
					return
				}
			}
			<-ahead
		}
	}
}

func (m *Matrix) traceRow(i int) []trace.Trace {
	row := make([]trace.Trace, len(m.hosts))
	for j := range row {
		row[j] = m.At(i, j).Trace()
	}
	return row
}

// Totals counts cells by verdict.
type Totals struct {
	Private, Public, Failed, Unknown int
}

// All returns the number of cells.
func (t Totals) All() int { return t.Private + t.Public + t.Failed + t.Unknown }

// Of returns the number of cells of a verdict.
func (t Totals) Of(v route.Verdict) int {
	switch v {
	case route.Private:
		return t.Private
	case route.Public:
		return t.Public
	case route.Failed:
		return t.Failed
	case route.VerdictUnknown:
		return t.Unknown
	}
	return 0
}

// String returns the counts: "9 cells: 3 private, 6 public".
func (t Totals) String() string {
	s := fmt.Sprintf("%d cells", t.All())
	if t.All() == 1 {
		s = "1 cell"
	}
	sep := ": "
	for _, v := range verdicts {
		if n := t.Of(v); n > 0 {
			s += fmt.Sprintf("%s%d %s", sep, n, v)
			sep = ", "
		}
	}
	return s
}

func (t *Totals) add(v route.Verdict) {
	switch v {
	case route.Private:
		t.Private++
	case route.Public:
		t.Public++
	case route.Failed:
		t.Failed++
	case route.VerdictUnknown:
		t.Unknown++
	}
}

// Row returns the totals of the i-th vantage; it panics if there is none.
func (m *Matrix) Row(i int) (t Totals) {
	for _, p := range m.row(i) {
		t.add(p.verdict())
	}
	return t
}

// Column returns the totals of the j-th host; it panics if there is none.
func (m *Matrix) Column(j int) (t Totals) {
	_ = m.hosts[j]
	for i := range m.vantages {
		t.add(m.Verdict(i, j))
	}
	return t
}

// Totals returns the totals of all cells.
func (m *Matrix) Totals() (t Totals) {
	for _, p := range m.cells {
		t.add(p.verdict())
	}
	return t
}

// Unmet yields the cells whose verdict is not the one that is required, in the
// order of [Matrix.Cells]: what a gate has to complain about.
func (m *Matrix) Unmet(required route.Verdict) iter.Seq[Cell] {
	return func(yield func(Cell) bool) {
		for c := range m.Cells() {
			if c.Verdict != required && !yield(c) {
				return
			}
		}
	}
}

// ErrVerdict is the reason where a text is no verdict. Test with errors.Is.
var ErrVerdict = errors.New("not a verdict: want private, public, failed or unknown")

// ParseVerdict reads a verdict in any letter case. The error wraps
// [ErrVerdict].
func ParseVerdict(s string) (route.Verdict, error) {
	if v := route.Verdict(lower(s)); slices.Contains(verdicts[:], v) {
		return v, nil
	}
	return "", fmt.Errorf("%q: %w", s, ErrVerdict)
}
