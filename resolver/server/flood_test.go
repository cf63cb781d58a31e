package server_test

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/resolver/server"
	"github.com/privatelink-go/privatelink/zone"
)

// What a flood over UDP may cost: heap in use above what the test itself holds.
// The server's own part is a read buffer of 64 KiB and an answer for each
// reader, of which there are as many as GOMAXPROCS; the rest is room for the
// sockets, the runtime, and what is allocated while a collection runs. A server
// that kept five octets of each datagram would be found out.
const udpHeapBound = 8 << 20

// crowd is the view of a VPC with one hosted zone, whose names r0 to r199 have as
// many addresses. A real view is asked without allocating, so that what the heap
// grows by is the server's.
func crowd(t testing.TB) *zone.View {
	t.Helper()
	z := zone.HostedZone{ID: "Z1", Name: "amazonaws.com.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1", VPCRegion: "us-east-2"}}}
	for n := 1; n < 200; n++ {
		set := zone.RecordSet{Name: fmt.Sprintf("r%d.amazonaws.com.", n), Type: "A", TTL: 60}
		for i := range n {
			set.ResourceRecords = append(set.ResourceRecords, zone.ResourceRecord{Value: fmt.Sprintf("10.0.%d.10", i)})
		}
		z.RecordSets = append(z.RecordSets, set)
	}
	zones, err := zone.New(zone.Config{
		VPCs:        []endpoint.VPC{{ID: "vpc-1", CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)}},
		HostedZones: []zone.HostedZone{z},
	})
	if err != nil {
		t.Fatal(err)
	}
	view, ok := zones.View(zone.VPC("vpc-1"))
	if !ok {
		t.Fatal("no view of vpc-1")
	}
	return view
}

const (
	small = "r3.amazonaws.com."   // 3 addresses
	fits  = "r70.amazonaws.com."  // 70: fits into 1,232 octets, not into 512
	large = "r199.amazonaws.com." // 199: fits into no datagram
)

// A shot is a datagram of a flood, and the longest that its answer may be: 0
// where there must be none.
type shot struct {
	kind  string
	b     []byte
	limit int
}

// limit is what the client of a datagram can take (F4), read with dnsmessage: 0
// for what must not be answered (W1), 512 octets without OPT, and with one its
// size between 512 and 1,232.
func limit(b []byte) int {
	var p dnsmessage.Parser
	h, err := p.Start(b)
	if len(b) < 12 || err == nil && h.Response {
		return 0
	}
	if err != nil || p.SkipAllQuestions() != nil || p.SkipAllAnswers() != nil || p.SkipAllAuthorities() != nil {
		return 512
	}
	for {
		r, err := p.AdditionalHeader()
		if err != nil {
			return 512
		}
		if r.Type == dnsmessage.TypeOPT {
			return min(max(int(r.Class), 512), resolver.MaxDatagram)
		}
		if p.SkipAdditional() != nil {
			return 512
		}
	}
}

// shots makes n datagrams, all kinds in turn, the ID of each its index: answers
// are told by it.
func shots(t testing.TB, seed uint64, n int) []shot {
	t.Helper()
	rnd := rand.New(rand.NewPCG(seed, 7))
	names := []string{small, fits, large, "R3.Amazonaws.com.", "a.b.c.amazonaws.com.", "www.example.com.", ".", "amazonaws.com.", "com."}
	types := []dnsmessage.Type{
		dnsmessage.TypeA, dnsmessage.TypeAAAA, dnsmessage.TypeALL, dnsmessage.TypeTXT, dnsmessage.TypeSOA, dnsmessage.TypeCNAME,
		dnsmessage.TypeHTTPS, dnsmessage.TypeAXFR, 0, 251, 65535,
	}
	sizes := []uint16{0, 512, 1232, 4096, 65535}
	ask := func(name string, typ dnsmessage.Type, opt ...uint16) []byte {
		m := dnsmessage.Message{
			Header:    dnsmessage.Header{RecursionDesired: rnd.IntN(2) == 0},
			Questions: []dnsmessage.Question{{Name: dnsmessage.MustNewName(name), Type: typ, Class: dnsmessage.ClassINET}},
		}
		for _, size := range opt {
			m.Additionals = append(m.Additionals, dnsmessage.Resource{Header: dnsmessage.ResourceHeader{Name: dnsmessage.MustNewName("."), Type: dnsmessage.TypeOPT, Class: dnsmessage.Class(size)}, Body: &dnsmessage.OPTResource{}})
		}
		b, err := m.Pack()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	pick := func() []byte {
		return ask(names[rnd.IntN(len(names))], types[rnd.IntN(len(types))], sizes[:rnd.IntN(2)]...)
	}
	random := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(rnd.Uint32())
		}
		return b
	}
	r := resolver.New(crowd(t))
	kinds := []struct {
		name string
		make func() []byte
	}{
		{"valid", pick},
		{"largest answer", func() []byte { return ask(large, dnsmessage.TypeA) }},
		{"ANY", func() []byte { return ask(fits, dnsmessage.TypeALL, sizes[rnd.IntN(len(sizes))]) }},
		{"EDNS sizes", func() []byte { return ask(fits, dnsmessage.TypeA, sizes[rnd.IntN(len(sizes))]) }},
		{"two OPT", func() []byte { return ask(small, dnsmessage.TypeA, 4096, 4096) }},
		{"truncated", func() []byte { b := pick(); return b[:rnd.IntN(len(b))] }},
		{"damaged", func() []byte { b := pick(); b[rnd.IntN(len(b))] ^= byte(1 + rnd.IntN(255)); return b }},
		{"followed by more", func() []byte { return append(pick(), random(rnd.IntN(1000))...) }},
		{"random", func() []byte { return random(rnd.IntN(1400)) }},
		{"random behind a header", func() []byte { return append([]byte{0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1}, random(rnd.IntN(300))...) }},
		{"empty", func() []byte { return nil }},
		{"response", func() []byte {
			b, _ := r.AppendResponse(nil, ask(small, dnsmessage.TypeA), resolver.MaxDatagram)
			return b
		}},
		{"query marked as response", func() []byte { b := pick(); b[2] |= 0x80; return b }},
	}
	list := make([]shot, n)
	for i := range list {
		k := kinds[i%len(kinds)]
		b := k.make()
		if len(b) >= 2 {
			binary.BigEndian.PutUint16(b, uint16(i))
		}
		list[i] = shot{k.name, b, limit(b)}
	}
	return list
}

// checkReply says what is wrong with a reply to a shot.
func checkReply(s shot, b []byte) error {
	switch {
	case s.limit == 0:
		return fmt.Errorf("%s: %x: answered by %x, want nothing (W1)", s.kind, s.b, b)
	case len(b) > s.limit:
		return fmt.Errorf("%s: %x: answered by %d octets, more than %d (F4)", s.kind, s.b, len(b), s.limit)
	case len(b) < 12 || b[2]&0x80 == 0:
		return fmt.Errorf("%s: %x: answered by %x, which is no response", s.kind, s.b, b)
	}
	return nil
}

// A gauge samples the heap that is in use after a collection and the goroutines,
// and keeps the highest.
type gauge struct {
	heap, goroutines int // the highest
	streams          int // goroutines that serve a stream
	base             int
	stop             func()
}

// watch samples until stop is called. The heap counts from now on.
func watch() *gauge {
	g := &gauge{}
	var m runtime.MemStats
	stacks := make([]byte, 8<<20) // before the base, so that it is part of it
	sample := func() int {
		runtime.GC()
		runtime.ReadMemStats(&m)
		return int(m.HeapAlloc)
	}
	g.base = sample()
	ended, done := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		for {
			g.heap = max(g.heap, sample()-g.base)
			g.goroutines = max(g.goroutines, runtime.NumGoroutine())
			all := stacks[:runtime.Stack(stacks, true)]
			g.streams = max(g.streams, strings.Count(string(all), "server.(*Server).stream("))
			select {
			case <-ended:
				return
			case <-time.After(50 * time.Millisecond):
			}
		}
	}()
	g.stop = sync.OnceFunc(func() {
		close(ended)
		<-done
	})
	return g
}

// noneLeft waits until there are no more goroutines than before.
func noneLeft(t *testing.T, before int) {
	t.Helper()
	for range 200 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	t.Errorf("%d goroutines, %d before:\n%s", runtime.NumGoroutine(), before, stacks[:runtime.Stack(stacks, true)])
}

// magazine is a packet connection in memory whose every datagram arrives: it
// hands out n shots, then waits for a deadline.
type magazine struct {
	net.PacketConn // nil: what Serve does not use panics
	shots          []shot
	addrs          []net.Addr
	n              int64
	next, replies  atomic.Int64
	longest        atomic.Int64
	empty          chan struct{} // closed when the last was handed out
	ended          chan struct{}
	end            func()
	fail           func(error)
}

// from is the address of a shot's sender.
type from int

func (from) Network() string { return "flood" }
func (from) String() string  { return "flood" }

func (m *magazine) ReadFrom(b []byte) (int, net.Addr, error) {
	i := m.next.Add(1) - 1
	if i == m.n {
		close(m.empty)
	}
	if i >= m.n {
		<-m.ended
		return 0, nil, os.ErrDeadlineExceeded
	}
	at := int(i) % len(m.shots)
	return copy(b, m.shots[at].b), m.addrs[at], nil
}

func (m *magazine) WriteTo(b []byte, to net.Addr) (int, error) {
	m.replies.Add(1)
	highest(&m.longest, int64(len(b)))
	if err := checkReply(m.shots[to.(from)], b); err != nil {
		m.fail(err)
	}
	return len(b), nil
}

func (m *magazine) SetReadDeadline(time.Time) error  { m.end(); return nil }
func (m *magazine) SetWriteDeadline(time.Time) error { return nil }
func (m *magazine) Close() error                     { return nil }

// highest raises v to n.
func highest(v *atomic.Int64, n int64) {
	for {
		if was := v.Load(); n <= was || v.CompareAndSwap(was, n) {
			return
		}
	}
}

// once keeps the first few errors of many goroutines.
type once struct {
	mu   sync.Mutex
	list []error
}

func (o *once) add(err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.list) < 5 {
		o.list = append(o.list, err)
	}
}

// A flood of which every datagram arrives: no packet makes Serve fail or end, no
// answer is longer than its query allows, none goes to a response, and memory
// stays where it was (W1, F4, and fuzz invariants Z1, Z2 and Z5).
func TestFloodPackets(t *testing.T) {
	n := 2_000_000
	if testing.Short() {
		n = 200_000
	}
	before := runtime.NumGoroutine()
	var wrong once
	m := &magazine{shots: shots(t, 1, 13*1000), n: int64(n), empty: make(chan struct{}), ended: make(chan struct{}), fail: wrong.add}
	for i := range m.shots {
		m.addrs = append(m.addrs, from(i))
	}
	m.end = sync.OnceFunc(func() { close(m.ended) })
	r := resolver.New(crowd(t))
	g := watch()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	began := time.Now()
	go func() { done <- (&server.Server{Resolver: r}).Serve(ctx, m, nil) }()
	select {
	case <-m.empty:
	case err := <-done:
		t.Fatal("Serve ended under the flood:", err)
	case <-time.After(time.Minute):
		t.Fatal("the flood is not over after a minute")
	}
	took := time.Since(began)
	g.stop()
	cancel()
	if err := <-done; err != nil {
		t.Error("Serve:", err)
	}
	for _, err := range wrong.list {
		t.Error(err)
	}
	want := int64(0)
	for i := range n {
		if m.shots[i%len(m.shots)].limit > 0 {
			want++
		}
	}
	if r := m.replies.Load(); r != want {
		t.Errorf("%d replies, want %d: one for every datagram that W1 does not drop", r, want)
	}
	if l := m.longest.Load(); l > resolver.MaxDatagram || l < 1000 {
		t.Errorf("the longest reply has %d octets: the flood says little", l)
	}
	if g.heap > udpHeapBound {
		t.Errorf("%d octets of heap above the start, more than %d", g.heap, udpHeapBound)
	}
	if most := before + runtime.GOMAXPROCS(0) + 4; g.goroutines > most {
		t.Errorf("%d goroutines, want at most %d", g.goroutines, most)
	}
	noneLeft(t, before)
	t.Logf("%d datagrams, %d replies of at most %d octets in %v; heap +%d KiB, %d goroutines (%d before)",
		n, m.replies.Load(), m.longest.Load(), took.Round(time.Millisecond), g.heap>>10, g.goroutines, before)
}

// The same over sockets, from several senders that wait for nothing: what the
// system drops is lost, a client that asks again is answered, and afterwards
// every client is.
func TestFloodUDP(t *testing.T) {
	const senders = 4
	n := 240_000
	if testing.Short() {
		n = 24_000
	}
	before := runtime.NumGoroutine()
	s := start(t, &server.Server{Resolver: resolver.New(crowd(t))})
	var wrong once
	magazines := make([][]shot, senders)
	for i := range magazines {
		magazines[i] = shots(t, uint64(i), 13*300)
	}
	conns := make([]*net.UDPConn, senders)
	for i := range conns {
		conns[i] = dialUDP(t, s.udp)
	}
	g := watch()
	began := time.Now()
	var sending, reading sync.WaitGroup
	var replies, octetsIn, octetsOut atomic.Int64
	for i, c := range conns {
		sent := make([]atomic.Int64, len(magazines[i])) // by ID
		sending.Go(func() {
			for j := range n / senders {
				s := magazines[i][j%len(magazines[i])]
				sent[j%len(sent)].Add(1)
				if _, err := c.Write(s.b); err != nil {
					wrong.add(err)
					return
				}
				octetsIn.Add(int64(len(s.b)))
				if j%4 == 0 {
					runtime.Gosched() // let the server have a processor now and then
				}
			}
		})
		reading.Go(func() {
			b := make([]byte, 1<<16)
			for {
				got, err := c.Read(b)
				if err != nil {
					return // closed below
				}
				replies.Add(1)
				octetsOut.Add(int64(got))
				if got < 2 {
					wrong.add(fmt.Errorf("a reply of %d octets", got))
					continue
				}
				id := int(binary.BigEndian.Uint16(b))
				switch {
				case id >= len(sent):
					wrong.add(fmt.Errorf("a reply to nothing: %x", b[:got]))
				case sent[id].Add(-1) < 0:
					wrong.add(fmt.Errorf("two replies to %s %x", magazines[i][id].kind, magazines[i][id].b))
				default:
					if err := checkReply(magazines[i][id], b[:got]); err != nil {
						wrong.add(err)
					}
				}
			}
		})
	}
	// A client in the middle of it: it asks again, as stub resolvers do.
	tries := asks(t, s.udp, 200)
	sending.Wait()
	took := time.Since(began)
	g.stop()
	if n := asks(t, s.udp, 20); n > 20 {
		t.Error("no answer after the flood")
	}
	for _, c := range conns {
		c.Close()
	}
	reading.Wait()
	for _, err := range wrong.list {
		t.Error(err)
	}
	if r := replies.Load(); r < int64(n/50) {
		t.Errorf("%d replies to %d datagrams: the flood says little", r, n)
	}
	if g.heap > udpHeapBound {
		t.Errorf("%d octets of heap above the start, more than %d", g.heap, udpHeapBound)
	}
	if most := before + 2*senders + runtime.GOMAXPROCS(0) + 8; g.goroutines > most {
		t.Errorf("%d goroutines, want at most %d", g.goroutines, most)
	}
	if err := s.stop(); err != nil {
		t.Error("Serve:", err)
	}
	noneLeft(t, before)
	t.Logf("%d datagrams in %v, %d replies came back; %d octets out, %d in; a client meanwhile: answered at try %d; heap +%d KiB, %d goroutines (%d before)",
		n, took.Round(time.Millisecond), replies.Load(), octetsOut.Load(), octetsIn.Load(), tries, g.heap>>10, g.goroutines, before)
}

// asks sends a query until it is answered, at most so many times, and returns
// how often it was sent.
func asks(t *testing.T, to *net.UDPAddr, most int) int {
	t.Helper()
	c := dialUDP(t, to)
	defer c.Close()
	b := make([]byte, 512)
	for try := 1; try <= most; try++ {
		c.Write(query(t, small))
		c.SetReadDeadline(time.Now().Add(100 * time.Millisecond))
		if n, err := c.Read(b); err == nil {
			var m dnsmessage.Message
			if err := m.Unpack(b[:n]); err != nil || len(m.Answers) != 3 {
				t.Errorf("%d answers, %v", len(m.Answers), err)
			}
			return try
		}
	}
	t.Errorf("no answer after %d tries", most)
	return most + 1
}
