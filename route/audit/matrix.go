package audit

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// Matrix holds the answers of every vantage for every host: class and verdict,
// one octet a cell. Proofs are made when they are read ([Cell.Trace]). It is
// immutable and safe for concurrent use. Make one with [NewMatrix].
type Matrix struct {
	vantages []trace.Vantage
	hosts    []Host
	names    map[string][]string // by Region: what each host stands for there; "" where that is not known
	rows     []string            // the Region of each vantage
	cells    []packed            // by vantage, then host
}

// NewMatrix asks from every vantage for every host, on all cores. Rows are in
// the order of vantages, columns in the order of hosts.
//
// progress, if not nil, is told how many cells of how many are done, after
// every row, never twice at a time and on another goroutine; it should return
// at once. The error is that of ctx, and the Matrix is then nil.
func NewMatrix(ctx context.Context, vantages []trace.Vantage, hosts []Host, progress func(done, total int)) (*Matrix, error) {
	m := &Matrix{
		vantages: slices.Clone(vantages),
		hosts:    slices.Clone(hosts),
		names:    map[string][]string{},
		rows:     make([]string, len(vantages)),
		cells:    make([]packed, len(vantages)*len(hosts)),
	}
	for i, v := range m.vantages {
		m.rows[i] = v.Region()
		if m.names[m.rows[i]] == nil {
			m.names[m.rows[i]] = namesIn(m.rows[i], hosts)
		}
	}
	n := len(m.hosts)
	err := each(ctx, len(m.vantages), func(i int) {
		v, names, row := m.vantages[i], m.names[m.rows[i]], m.cells[i*n:(i+1)*n]
		for j, name := range names {
			row[j] = classOf(v, name, m.hosts[j].port)
		}
	}, func(done int) {
		if progress != nil {
			progress(done*n, len(m.cells))
		}
	})
	if err != nil {
		return nil, err
	}
	return m, nil
}

// namesIn returns what hosts stand for in a Region, "" where a template does
// not tell.
func namesIn(region string, hosts []Host) []string {
	names := make([]string, len(hosts))
	for j, h := range hosts {
		if name, ok := h.In(region); ok {
			names[j] = name
		}
	}
	return names
}

// classOf asks for one cell; a host that is not known is a cell that is not.
func classOf(v trace.Vantage, host string, port uint16) packed {
	if host == "" {
		return pack(route.ClassUnknown, route.VerdictUnknown)
	}
	return pack(v.Class(host, port))
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
	if len(m.names) == 1 {
		for region := range m.names {
			name, _ := h.In(region)
			return hostPort(name, h.port)
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
	c := Cell{From: m.vantages[i], Host: m.names[m.rows[i]][j], Port: m.hosts[j].port, Class: p.class(), Verdict: p.verdict()}
	if c.Host == "" {
		c.Host = m.hosts[j].text
	}
	return c
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
	n := len(m.hosts)
	for _, p := range m.cells[i*n : (i+1)*n] {
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
