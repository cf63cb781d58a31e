package server_test

import (
	"context"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/resolver/server"
)

// Whoever closes one of the two ends Serve, however busy its streams are, and
// datagrams are answered no more.
func TestClosedByOthers(t *testing.T) {
	for which, maxConns := range map[string]int{"listener": 0, "packet connection": 0, "listener whose streams are all taken": 1} {
		t.Run(which, func(t *testing.T) {
			pc, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
			if err != nil {
				t.Fatal(err)
			}
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			done := make(chan error, 1)
			go func() {
				s := &server.Server{Resolver: resolver.New(world{}), IdleTimeout: 500 * time.Millisecond, MaxConns: maxConns}
				done <- s.Serve(t.Context(), pc, l)
			}()
			c, q := dialTCP(t, l.Addr().String()), query(t, host)
			busy, began := 0, time.Now()
			for ; time.Since(began) < 5*time.Second; busy++ {
				if busy == 3 {
					if which == "packet connection" {
						pc.Close()
					} else {
						l.Close()
					}
				}
				if _, err := c.Write(frame(q)); err != nil {
					break
				}
				if _, err := readFrame(c); err != nil {
					break
				}
				time.Sleep(50 * time.Millisecond)
			}
			if busy < 3 || busy > 20 {
				t.Errorf("the stream answered %d queries, want 3 and few more", busy)
			}
			select {
			case err := <-done:
				if !errors.Is(err, net.ErrClosed) {
					t.Errorf("Serve: %v, want net.ErrClosed", err)
				}
			case <-time.After(5 * time.Second):
				t.Fatal("Serve does not return")
			}
			udp := dialUDP(t, pc.LocalAddr().(*net.UDPAddr))
			udp.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
			udp.Write(q)
			if n, err := udp.Read(make([]byte, 512)); err == nil {
				t.Errorf("a datagram was answered by %d octets", n)
			}
			if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
				t.Error("the listener is still open:", err)
			}
		})
	}
}

// When ctx ends while a stream's query is answered, its client has IdleTimeout
// from then on to take the answer: one that does not read cannot hold Serve up,
// not even with the first answer, and one that does gets it, however little was
// left of the time for its query.
func TestEndBeforeFirstAnswer(t *testing.T) {
	const idle = 200 * time.Millisecond
	for _, c := range []struct {
		name  string
		late  time.Duration // of the query, after the stream began
		reads bool
		want  time.Duration // from the end of ctx to the return of Serve
	}{
		{"a client that does not read", 0, false, idle},
		{"a late client that does not read", idle - time.Millisecond, false, idle},
		{"a client that reads", 0, true, 20 * time.Millisecond},
		{"a late client that reads", idle - time.Millisecond, true, 20 * time.Millisecond},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				r := resolver.New(world{})
				var ended time.Time
				r.Observe = func(resolver.Query) {
					ended = time.Now()
					cancel()
					time.Sleep(20 * time.Millisecond)
				}
				l := newPipes()
				done := make(chan error, 1)
				go func() { done <- (&server.Server{Resolver: r, IdleTimeout: idle}).Serve(ctx, nil, l) }()
				near, far := net.Pipe()
				defer near.Close()
				l.conns <- far
				time.Sleep(c.late)
				if _, err := near.Write(frame(query(t, host))); err != nil {
					t.Fatal(err)
				}
				if c.reads {
					if _, err := readFrame(near); err != nil {
						t.Error("the answer under way:", err)
					}
				}
				select {
				case err := <-done:
					if took := time.Since(ended); err != nil || took != c.want {
						t.Errorf("Serve returned %v, %v after ctx ended; want nil after %v", err, took, c.want)
					}
				case <-time.After(time.Hour):
					t.Error("Serve has not returned an hour after ctx ended")
				}
			})
		})
	}
}

// A user's function that ends the goroutine it is called on, as t.FailNow does,
// costs a stream its answer and gives its slot back; a reader of datagrams that
// ends so ends Serve.
func TestGoexit(t *testing.T) {
	r := resolver.New(world{})
	r.Observe = func(q resolver.Query) {
		if q.Name == "exit.amazonaws.com" {
			runtime.Goexit()
		}
	}
	pc, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- (&server.Server{Resolver: r, MaxConns: 1}).Serve(t.Context(), pc, l) }()
	exit := query(t, "exit.amazonaws.com.")
	for range 3 {
		c := dialTCP(t, l.Addr().String())
		c.Write(frame(exit))
		if _, err := readFrame(c); err != io.EOF {
			t.Fatalf("%v, want the end", err)
		}
	}
	c := dialTCP(t, l.Addr().String())
	c.Write(frame(query(t, host)))
	if _, err := readFrame(c); err != nil {
		t.Error("a stream after three that ended so:", err)
	}
	dialUDP(t, pc.LocalAddr().(*net.UDPAddr)).Write(exit)
	select {
	case err := <-done:
		if err != context.Canceled {
			t.Errorf("Serve: %v, want %v", err, context.Canceled)
		}
	case <-time.After(5 * time.Second):
		t.Error("Serve does not return")
	}
}

// stuck is a packet connection that has a query for every reader, and room for
// no reply.
type stuck struct {
	net.PacketConn // nil: what Serve does not use panics
	query          []byte
	read, write    *timer
}

// A timer is a deadline that is set once.
type timer struct {
	set  sync.Once
	past chan struct{}
}

func newTimer() *timer { return &timer{past: make(chan struct{})} }

func (d *timer) at(t time.Time) error {
	d.set.Do(func() { time.AfterFunc(time.Until(t), func() { close(d.past) }) })
	return nil
}

func (s *stuck) ReadFrom(b []byte) (int, net.Addr, error) {
	select {
	case <-s.read.past:
		return 0, nil, os.ErrDeadlineExceeded
	default:
		return copy(b, s.query), from(0), nil
	}
}

func (s *stuck) WriteTo([]byte, net.Addr) (int, error) {
	<-s.write.past
	return 0, os.ErrDeadlineExceeded
}

func (s *stuck) SetReadDeadline(t time.Time) error  { return s.read.at(t) }
func (s *stuck) SetWriteDeadline(t time.Time) error { return s.write.at(t) }
func (s *stuck) Close() error                       { return nil }

// A packet connection that takes no reply cannot hold Serve up for longer than a
// stream that takes no answer can.
func TestEndOfStuckReplies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		pc := &stuck{query: query(t, host), read: newTimer(), write: newTimer()}
		done := make(chan error, 1)
		go func() { done <- (&server.Server{Resolver: resolver.New(world{})}).Serve(ctx, pc, nil) }()
		synctest.Wait()
		cancel()
		began := time.Now()
		select {
		case err := <-done:
			if took := time.Since(began); err != nil || took != server.DefaultIdleTimeout {
				t.Errorf("Serve returned %v after %v, want nil after %v", err, took, server.DefaultIdleTimeout)
			}
		case <-time.After(time.Hour):
			t.Error("Serve has not returned an hour after ctx ended")
			pc.SetWriteDeadline(time.Now())
		}
	})
}

// slowToWake is a connection that takes its time to be told that ctx ended.
type slowToWake struct {
	net.Conn
	waking *atomic.Int64 // calls under way
}

func (c slowToWake) SetReadDeadline(t time.Time) error {
	if t.Before(time.Now()) {
		c.waking.Add(1)
		defer c.waking.Add(-1)
		time.Sleep(time.Second)
	}
	return c.Conn.SetReadDeadline(t)
}

// slowToClose is a listener whose first Close is as slow.
type slowToClose struct {
	*pipes
	waking *atomic.Int64
	again  atomic.Bool
}

func (l *slowToClose) Close() error {
	l.pipes.Close()
	if !l.again.Swap(true) {
		l.waking.Add(1)
		defer l.waking.Add(-1)
		time.Sleep(time.Second)
	}
	return nil
}

// When Serve has returned, no goroutine of it touches a connection any more.
func TestNothingAfterServe(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		var waking atomic.Int64
		l := newPipes()
		done := make(chan error, 1)
		go func() {
			done <- (&server.Server{Resolver: resolver.New(world{})}).Serve(ctx, nil, &slowToClose{pipes: l, waking: &waking})
		}()
		near, far := net.Pipe()
		l.conns <- slowToWake{far, &waking}
		synctest.Wait()
		cancel()
		synctest.Wait()
		if n := waking.Load(); n != 2 {
			t.Fatalf("%d connections are told of the end, want 2", n)
		}
		near.Close() // the stream ends by itself
		if err := <-done; err != nil {
			t.Error("Serve:", err)
		}
		if n := waking.Load(); n != 0 {
			t.Errorf("%d calls under way after Serve returned", n)
		}
	})
}
