package server_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"net"
	"os"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/resolver/server"
)

// counted is a listener that counts its open connections, and how long they are
// open.
type counted struct {
	net.Listener
	accepted, open, most atomic.Int64
	longest              atomic.Int64 // nanoseconds
}

func (l *counted) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.accepted.Add(1)
	highest(&l.most, l.open.Add(1))
	began := time.Now()
	return &countedConn{Conn: c, closed: sync.OnceFunc(func() {
		highest(&l.longest, int64(time.Since(began)))
		l.open.Add(-1)
	})}, nil
}

type countedConn struct {
	net.Conn
	closed func()
}

func (c *countedConn) Close() error {
	defer c.closed()
	return c.Conn.Close()
}

// A nuisance is a client that does with a stream what no client should, until
// the server ends it or patience is over. octets is what it got written.
type nuisance struct {
	name string
	do   func(c *net.TCPConn) (octets int)
}

// patience is longer than the server of the flood waits for anybody.
const patience = 30 * time.Second

// nuisances are the clients of the flood.
func nuisances(t testing.TB) []nuisance {
	whole := frame(query(t, large)) // some 3.2 kB of answer
	pipeline := bytes.Repeat(whole, 4000)
	wait := func(c net.Conn) { io.Copy(io.Discard, c) }
	write := func(c net.Conn, b []byte) int {
		n, _ := c.Write(b)
		return n
	}
	rnd := rand.New(rand.NewPCG(9, 9))
	garbage := make([]byte, 10000)
	for i := range garbage {
		garbage[i] = byte(rnd.Uint32())
	}
	var framed []byte // garbage that begins as a query would
	for len(framed) < 1<<20 {
		at := rnd.IntN(len(garbage) - 500)
		framed = append(framed, frame(append([]byte{1, 2, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0}, garbage[at:at+rnd.IntN(500)]...))...)
	}
	var flood []byte // the datagrams of the other flood
	for _, s := range shots(t, 9, 13*50) {
		if s.limit > 0 {
			flood = append(flood, frame(s.b)...)
		}
	}
	return []nuisance{
		{"silent", func(c *net.TCPConn) int { wait(c); return 0 }},
		{"a length and nothing", func(c *net.TCPConn) int { n := write(c, whole[:2]); wait(c); return n }},
		{"the longest length", func(c *net.TCPConn) int { n := write(c, []byte{0xff, 0xff}); wait(c); return n }},
		{"octet by octet", func(c *net.TCPConn) (n int) {
			for i := 0; ; i++ {
				if _, err := c.Write(whole[i%len(whole) : i%len(whole)+1]); err != nil {
					return n
				}
				n++
				time.Sleep(3 * time.Millisecond)
			}
		}},
		{"pipelines and reads nothing", func(c *net.TCPConn) (n int) {
			c.SetReadBuffer(4096)
			for {
				got, err := c.Write(pipeline)
				n += got
				if err != nil {
					return n
				}
			}
		}},
		{"pipelines and reads slowly", func(c *net.TCPConn) (n int) {
			go func() {
				b := make([]byte, 1000)
				for {
					if _, err := c.Read(b); err != nil {
						return
					}
					time.Sleep(time.Millisecond)
				}
			}()
			return write(c, pipeline)
		}},
		{"garbage in frames", func(c *net.TCPConn) int { n := write(c, framed); wait(c); return n }},
		{"garbage", func(c *net.TCPConn) int { n := write(c, garbage); wait(c); return n }},
		{"frames of a flood", func(c *net.TCPConn) int { n := write(c, flood); wait(c); return n }},
		{"empty frames", func(c *net.TCPConn) int { n := write(c, make([]byte, 1000)); wait(c); return n }},
		{"reset", func(c *net.TCPConn) int { n := write(c, whole); c.SetLinger(0); return n }},
	}
}

// A flood over streams: never more connections and goroutines than MaxConns, each
// with bounded memory, a client that reads no answers is not read from either
// (back pressure), every nuisance is rid of after IdleTimeout, a client that
// waits its turn is answered, and nothing is left afterwards (S1 to S3, F5).
func TestFloodTCP(t *testing.T) {
	const (
		maxConns = 16
		maxQuery = server.DefaultMaxQuery
		clients  = 4 * maxConns
		// A stream's read buffer; a buffer of answers, that grows until one goes beyond 64 KiB; the connection itself.
		streamBound = maxQuery + 2 + 192<<10 + 16<<10
		heapBound   = 8<<20 + maxConns*streamBound
	)
	rounds := 4
	if testing.Short() {
		rounds = 1
	}
	before := runtime.NumGoroutine()
	inner, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := &counted{Listener: inner}
	s := &server.Server{Resolver: resolver.New(crowd(t)), MaxConns: maxConns, IdleTimeout: 75 * time.Millisecond}
	list := nuisances(t)
	g := watch()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, nil, l) }()

	began := time.Now()
	var wrong once
	var wg sync.WaitGroup
	octets, longest := make([]atomic.Int64, len(list)), make([]atomic.Int64, len(list))
	for i := range clients {
		wg.Go(func() {
			for j := range rounds {
				at := (i + j*5) % len(list)
				c, err := net.Dial("tcp", inner.Addr().String())
				if err != nil {
					wrong.add(err)
					return
				}
				began := time.Now()
				c.SetDeadline(began.Add(patience))
				octets[at].Add(int64(list[at].do(c.(*net.TCPConn))))
				if _, err := io.Copy(io.Discard, c); errors.Is(err, os.ErrDeadlineExceeded) {
					wrong.add(fmt.Errorf("%s: the stream is still open after %v", list[at].name, patience))
				}
				c.Close()
				highest(&longest[at], int64(time.Since(began)))
			}
		})
	}
	good := func() error {
		c, err := net.Dial("tcp", inner.Addr().String())
		if err != nil {
			return err
		}
		defer c.Close()
		c.SetDeadline(time.Now().Add(patience))
		if _, err := c.Write(frame(query(t, large))); err != nil {
			return err
		}
		b, err := readFrame(c)
		if err != nil {
			return err
		}
		var m dnsmessage.Message
		if err := m.Unpack(b); err != nil || len(m.Answers) != 199 {
			return fmt.Errorf("%d answers, %w", len(m.Answers), err)
		}
		return nil
	}
	slowest := time.Duration(0)
	for range 5 {
		asked := time.Now()
		err := good()
		for range 3 { // where the machine is too busy to look at a stream within IdleTimeout, a client asks again
			if errors.Is(err, io.EOF) {
				err = good()
			}
		}
		if err != nil {
			t.Error("a good client during the flood:", err)
		}
		slowest = max(slowest, time.Since(asked))
	}
	wg.Wait()
	took := time.Since(began)
	g.stop()
	if err := good(); err != nil {
		t.Error("a good client afterwards:", err)
	}
	for _, err := range wrong.list {
		t.Error(err)
	}
	if most := l.most.Load(); most > maxConns || most < maxConns/2 {
		t.Errorf("at most %d connections were open, want %d", most, maxConns)
	}
	if g.streams > maxConns {
		t.Errorf("%d goroutines served streams, more than %d", g.streams, maxConns)
	}
	if g.heap > heapBound {
		t.Errorf("%d octets of heap above the start, more than %d", g.heap, heapBound)
	}
	// The test's own: a goroutine for each client and one for each slow reader.
	if most := before + 2*clients + maxConns + 8; g.goroutines > most {
		t.Errorf("%d goroutines, want at most %d", g.goroutines, most)
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error("Serve:", err)
		}
	case <-time.After(patience):
		t.Fatal("Serve does not return")
	}
	if n := l.open.Load(); n != 0 {
		t.Errorf("%d connections are open after Serve", n)
	}
	noneLeft(t, before)
	t.Logf("%d connections in %v, at most %d open and %d served at once, none longer than %v; heap +%d KiB, %d goroutines with the clients' (%d before); a good client waited at most %v",
		l.accepted.Load(), took.Round(time.Millisecond), l.most.Load(), g.streams, time.Duration(l.longest.Load()).Round(time.Millisecond), g.heap>>10, g.goroutines, before, slowest.Round(time.Millisecond))
	for i, n := range list {
		t.Logf("   %-28s rid of after at most %v, %d octets taken of all", n.name, time.Duration(longest[i].Load()).Round(time.Millisecond), octets[i].Load())
	}
}

// pipes is a listener in memory: what is sent to it is accepted. Its streams
// have no buffers, so that all back pressure is the server's.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	close func()
}

func newPipes() *pipes {
	l := &pipes{conns: make(chan net.Conn), done: make(chan struct{})}
	l.close = sync.OnceFunc(func() { close(l.done) })
	return l
}

func (l *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-l.conns:
		return c, nil
	case <-l.done:
		return nil, net.ErrClosed
	}
}

func (l *pipes) Close() error   { l.close(); return nil }
func (l *pipes) Addr() net.Addr { return from(0) }

// A client that pipelines and reads nothing is not read from beyond the two
// buffers of its stream: one of queries, one of answers.
func TestBackPressure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newPipes()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			done <- (&server.Server{Resolver: resolver.New(crowd(t))}).Serve(ctx, nil, l)
		}()
		ours, theirs := net.Pipe()
		l.conns <- theirs
		began := time.Now()
		n, err := ours.Write(bytes.Repeat(frame(query(t, large)), 4000))
		if most := 2 + server.DefaultMaxQuery; err == nil || n > most {
			t.Errorf("%d octets were read from a client that reads nothing, %v; want at most %d and the end", n, err, most)
		}
		if took := time.Since(began); took != server.DefaultIdleTimeout {
			t.Errorf("it was given up after %v, want %v", took, server.DefaultIdleTimeout)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error("Serve:", err)
		}
	})
}

// offered is a stream that keeps the longest buffer it was asked to fill.
type offered struct {
	net.Conn
	longest atomic.Int64
}

func (c *offered) Read(b []byte) (int, error) {
	highest(&c.longest, int64(len(b)))
	return c.Conn.Read(b)
}

// A stream's buffer grows until it holds the longest query behind its length,
// and no octet further; a query after it is answered.
func TestReadBuffer(t *testing.T) {
	for _, c := range []struct{ maxQuery, longest int }{
		{40, 40}, {1021, 1021}, {1023, 1023}, {0, server.DefaultMaxQuery}, {65535, 65535}, {math.MaxInt, 65535},
	} {
		t.Run(fmt.Sprint(c.maxQuery), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newPipes()
				ctx, cancel := context.WithCancel(t.Context())
				done := make(chan error, 1)
				go func() {
					done <- (&server.Server{Resolver: resolver.New(crowd(t)), MaxQuery: c.maxQuery}).Serve(ctx, nil, l)
				}()
				ours, theirs := net.Pipe()
				stream := &offered{Conn: theirs}
				l.conns <- stream
				q := query(t, small)
				long := slices.Concat(q, make([]byte, c.longest-len(q))) // W12: octets after the last record are ignored
				for _, q := range [][]byte{q, long, q, long} {
					go ours.Write(frame(q))
					if _, err := readFrame(ours); err != nil {
						t.Fatalf("a query of %d octets: %v", len(q), err)
					}
				}
				synctest.Wait() // the whole buffer is offered for the next
				if got, want := stream.longest.Load(), int64(c.longest)+2; got != want {
					t.Errorf("a buffer of %d octets, want %d", got, want)
				}
				cancel()
				if err := <-done; err != nil {
					t.Error("Serve:", err)
				}
				ours.Close()
			})
		})
	}
}

// When ctx ends, a client that reads slowly holds Serve up for IdleTimeout at
// most, however many answers it has coming.
func TestShutdownOfSlowReader(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newPipes()
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			done <- (&server.Server{Resolver: resolver.New(crowd(t)), MaxQuery: 65535}).Serve(ctx, nil, l)
		}()
		ours, theirs := net.Pipe()
		l.conns <- theirs
		// A query of 60,000 octets makes the stream's buffer large (W12: octets after the last record are ignored),
		// and some 1,500 queries fill it: 75 writes of 64 KiB.
		long := append(query(t, small), make([]byte, 60000)...)
		if _, err := ours.Write(frame(long)); err != nil {
			t.Fatal(err)
		}
		if _, err := readFrame(ours); err != nil {
			t.Fatal(err)
		}
		var client sync.WaitGroup
		client.Go(func() { ours.Write(bytes.Repeat(frame(query(t, large)), 1500)) })
		synctest.Wait()
		cancel()
		began := time.Now()
		client.Go(func() {
			b := make([]byte, 128<<10)
			for range 1000 {
				time.Sleep(server.DefaultIdleTimeout / 2) // each write is read in time
				if _, err := io.ReadAtLeast(ours, b, 60000); err != nil {
					return
				}
			}
		})
		if err := <-done; err != nil {
			t.Error("Serve:", err)
		}
		if took := time.Since(began); took > server.DefaultIdleTimeout {
			t.Errorf("Serve returned %v after ctx ended, want at most %v", took, server.DefaultIdleTimeout)
		}
		client.Wait() // the server closed the stream
	})
}
