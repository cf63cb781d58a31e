package resolver_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/dns/dnsmessage"
	"golang.org/x/net/nettest"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// C7: two of the queues, paired, are a connection like any other.
func TestConn(t *testing.T) {
	nettest.TestConn(t, func() (c1, c2 net.Conn, stop func(), err error) {
		c1, c2 = resolver.Pipe()
		return c1, c2, func() { c1.Close(); c2.Close() }, nil
	})
}

func dial(t testing.TB, r *resolver.Resolver, network string) net.Conn {
	t.Helper()
	c, err := r.Dial(t.Context(), network, "10.0.0.2:53")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

func frame(msg []byte) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(msg))), msg...)
}

// readFrame reads one response from a stream.
func readFrame(t testing.TB, c io.Reader) dnsmessage.Message {
	t.Helper()
	size := make([]byte, 2)
	if _, err := io.ReadFull(c, size); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, binary.BigEndian.Uint16(size))
	if _, err := io.ReadFull(c, b); err != nil {
		t.Fatal(err)
	}
	return unpack(t, b)
}

func TestFraming(t *testing.T) {
	r := resolver.New(cloudWatch)
	q := query(t, host+".", dnsmessage.TypeA, 1232)
	const want = "NOERROR qr rd ra an:Ax3 ar:OPT(v0,1232)"

	t.Run("C1", func(t *testing.T) { // both networks are streams by default
		for _, network := range []string{"udp", "udp4", "tcp", "tcp6"} {
			c := dial(t, r, network)
			if _, ok := c.(net.PacketConn); ok {
				t.Errorf("%s is a packet connection", network)
			}
			if _, err := c.Write(frame(q)); err != nil {
				t.Fatal(err)
			}
			if got := summary(readFrame(t, c)); got != want {
				t.Errorf("%s: %s", network, got)
			}
		}
	})
	t.Run("C2", func(t *testing.T) { // by option, packets on udp and a stream on tcp
		r := resolver.New(cloudWatch)
		r.Packets = true
		if _, ok := dial(t, r, "tcp").(net.PacketConn); ok {
			t.Error("tcp is a packet connection")
		}
		c, ok := dial(t, r, "udp").(net.PacketConn)
		if !ok {
			t.Fatal("udp is no packet connection")
		}
		for range 2 {
			if n, err := c.WriteTo(q, nil); n != len(q) || err != nil {
				t.Fatal(n, err)
			}
		}
		b := make([]byte, 100)
		n, from, err := c.ReadFrom(b)
		if err != nil || from.String() != "10.0.0.2:53" {
			t.Fatal(from, err)
		}
		if n != 100 {
			t.Errorf("a datagram longer than the buffer gave %d octets", n)
		}
		b = make([]byte, 1232)
		n, _, err = c.ReadFrom(b)
		if err != nil || summary(unpack(t, b[:n])) != want {
			t.Errorf("the second datagram: %x %v", b[:n], err)
		}
	})
	t.Run("S1", func(t *testing.T) { // octet by octet, and several at once
		c := dial(t, r, "tcp")
		for _, b := range frame(q) {
			if n, err := c.Write([]byte{b}); n != 1 || err != nil {
				t.Fatal(n, err)
			}
		}
		all := bytes.Repeat(frame(q), 3)
		if n, err := c.Write(append(all, frame(q)[:7]...)); n != len(all)+7 || err != nil {
			t.Fatal(n, err)
		}
		if _, err := c.Write(frame(q)[7:]); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			if got := summary(readFrame(t, c)); got != want {
				t.Error(got)
			}
		}
	})
	t.Run("S2", func(t *testing.T) { // a query without an answer ends the stream
		for _, bad := range [][]byte{{}, q[:11], append([]byte{0, 1, 0x80}, q[3:]...)} {
			c := dial(t, r, "tcp")
			if _, err := c.Write(append(frame(q), frame(bad)...)); err != nil {
				t.Fatal(err)
			}
			readFrame(t, c) // the answer before is still there
			if n, err := c.Read(make([]byte, 9)); n != 0 || err != io.EOF {
				t.Errorf("Read after %x: %d %v, want EOF", bad, n, err)
			}
			if _, err := c.Write(frame(q)); !errors.Is(err, io.ErrClosedPipe) {
				t.Errorf("Write after %x: %v", bad, err)
			}
		}
	})
	t.Run("C6", func(t *testing.T) {
		c := dial(t, r, "udp")
		for _, a := range []net.Addr{c.LocalAddr(), c.RemoteAddr()} {
			if a == nil || a.Network() != "udp" || a.String() == "" {
				t.Errorf("address %v", a)
			}
		}
	})
}

func TestDialErrors(t *testing.T) {
	r := resolver.New(cloudWatch)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if c, err := r.Dial(ctx, "udp", "10.0.0.2:53"); c != nil || err != context.Canceled {
		t.Errorf("ended context: %v %v", c, err)
	}
	var unknown net.UnknownNetworkError
	if c, err := r.Dial(t.Context(), "unix", "/x"); c != nil || !errors.As(err, &unknown) {
		t.Errorf("unix: %v %v", c, err)
	}
}

// C4, C5: deadlines and Close wake whoever waits, in virtual time.
func TestDeadlines(t *testing.T) {
	packets := resolver.New(cloudWatch)
	packets.Packets = true
	q := frame(query(t, host+".", dnsmessage.TypeA, 0))
	timedOut := func(t *testing.T, err error) {
		t.Helper()
		var e net.Error
		if !errors.Is(err, os.ErrDeadlineExceeded) || !errors.As(err, &e) || !e.Timeout() {
			t.Errorf("got %v, want a timeout", err)
		}
	}
	buf := make([]byte, 1<<12)
	for _, test := range []struct {
		name string
		run  func(t *testing.T)
	}{
		{"Read waits until its deadline", func(t *testing.T) {
			c := dial(t, packets, "tcp")
			c.SetReadDeadline(time.Now().Add(5 * time.Second))
			start := time.Now()
			_, err := c.Read(buf)
			timedOut(t, err)
			if d := time.Since(start); d != 5*time.Second {
				t.Errorf("after %v", d)
			}
			if _, err := c.Write(q); err != nil {
				t.Error("Write after the Read deadline:", err)
			}
			c.SetReadDeadline(time.Time{})
			if _, err := c.Read(buf); err != nil {
				t.Error("Read without a deadline:", err)
			}
		}},
		{"a dropped packet is silence until the deadline", func(t *testing.T) {
			c := dial(t, packets, "udp")
			if _, err := c.Write([]byte("no query")); err != nil {
				t.Fatal(err)
			}
			c.SetDeadline(time.Now().Add(time.Minute))
			_, err := c.Read(buf)
			timedOut(t, err)
		}},
		{"a deadline moved back wakes Read", func(t *testing.T) {
			c := dial(t, packets, "udp")
			c.SetReadDeadline(time.Now().Add(time.Hour))
			go func() {
				time.Sleep(time.Second)
				c.SetReadDeadline(time.Now())
			}()
			start := time.Now()
			_, err := c.Read(buf)
			timedOut(t, err)
			if d := time.Since(start); d != time.Second {
				t.Errorf("after %v", d)
			}
		}},
		{"Write waits for a reader until its deadline", func(t *testing.T) {
			c := dial(t, packets, "tcp")
			c.SetWriteDeadline(time.Now().Add(time.Second))
			var err error
			for n := 0; err == nil; n++ {
				if _, err = c.Write(q); n > 1<<16 {
					t.Fatal("nothing bounds unread answers")
				}
			}
			timedOut(t, err)
			c.SetWriteDeadline(time.Time{})
			done := make(chan error)
			go func() {
				_, err := c.Write(q)
				done <- err
			}()
			synctest.Wait()
			if _, err := c.Read(buf); err != nil {
				t.Error(err)
			}
			if err := <-done; err != nil {
				t.Error("Write with a reader:", err)
			}
		}},
		{"a past deadline fails at once", func(t *testing.T) {
			c := dial(t, packets, "tcp")
			if _, err := c.Write(q); err != nil {
				t.Fatal(err)
			}
			c.SetDeadline(time.Unix(1, 0))
			_, err := c.Write(q)
			timedOut(t, err)
			_, err = c.Read(buf)
			timedOut(t, err)
		}},
		{"Close wakes Read and Write", func(t *testing.T) {
			c := dial(t, packets, "tcp")
			errs := make(chan error, 2)
			go func() {
				var err error
				for err == nil {
					_, err = c.Write(q)
				}
				errs <- err
			}()
			synctest.Wait() // Write waits for a reader
			other := dial(t, packets, "tcp")
			go func() {
				_, err := other.Read(buf)
				errs <- err
			}()
			synctest.Wait()
			c.Close()
			other.Close()
			for range 2 {
				if err := <-errs; !errors.Is(err, net.ErrClosed) {
					t.Error(err)
				}
			}
			if err := c.Close(); !errors.Is(err, net.ErrClosed) {
				t.Error("second Close:", err)
			}
			if err := c.SetDeadline(time.Now()); !errors.Is(err, net.ErrClosed) {
				t.Error("SetDeadline after Close:", err)
			}
		}},
	} {
		t.Run(test.name, func(t *testing.T) { synctest.Test(t, test.run) })
	}
}

// What nettest asks of a duplex connection, asked of this one: every method at
// once, for the race detector.
func TestConcurrentMethods(t *testing.T) {
	for _, network := range []string{"udp", "tcp"} {
		r := resolver.New(cloudWatch)
		r.Packets = true
		c := dial(t, r, network)
		q := query(t, host+".", dnsmessage.TypeA, 0)
		if network == "tcp" {
			q = frame(q)
		}
		var wg sync.WaitGroup
		for range 50 {
			c.SetDeadline(time.Now().Add(time.Second))
			wg.Go(func() { c.Write(q) })
			wg.Go(func() { c.Read(make([]byte, 200)) })
			wg.Go(func() { c.SetDeadline(time.Now().Add(10 * time.Millisecond)) })
			wg.Go(func() { c.SetReadDeadline(time.Unix(1, 0)) })
			wg.Go(func() { c.SetWriteDeadline(time.Unix(1, 0)) })
			wg.Go(func() { _, _ = c.LocalAddr(), c.RemoteAddr() })
		}
		wg.Wait()
	}
}

// C3: 10,000 lookups, some of them abandoned, leave no goroutine and no
// descriptor.
func TestNothingIsLeft(t *testing.T) {
	r := resolver.New(cloudWatch)
	n := r.Net()
	if _, err := n.LookupTXT(t.Context(), host); err == nil {
		t.Fatal("a TXT record")
	}
	goroutines, descriptors := runtime.NumGoroutine(), countDescriptors(t)
	var wg sync.WaitGroup
	for range 10 {
		wg.Go(func() {
			for range 1000 {
				if _, err := n.LookupNetIP(t.Context(), "ip4", host+"."); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	for range 100 {
		r.Dial(t.Context(), "udp", "x") // never closed
	}
	for range 100 { // what the Go resolver itself still has to end
		if runtime.NumGoroutine() <= goroutines {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > goroutines {
		t.Errorf("%d goroutines more", n-goroutines)
	}
	if n := countDescriptors(t); n > descriptors {
		t.Errorf("%d descriptors more", n-descriptors)
	}
}

// countDescriptors returns 0 where the system does not list them.
func countDescriptors(t *testing.T) int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Log("descriptors are not counted:", err)
	}
	return len(list)
}

// X2: where DNS support is off, AWS says nothing. The hook says so at once, with
// the flags of a timeout.
func TestSilence(t *testing.T) {
	r := resolver.New(silentView(t))
	for name, look := range map[string]func() ([]string, error){
		"typed": func() ([]string, error) { return r.LookupHost(t.Context(), host) },
		"hook":  func() ([]string, error) { return r.Net().LookupHost(t.Context(), host) },
	} {
		_, err := look()
		var e *net.DNSError
		if !errors.As(err, &e) || !e.IsTimeout || !e.IsTemporary || e.IsNotFound || e.Err != resolver.ErrSilent.Error() {
			t.Errorf("%s: %#v", name, err)
		}
	}
	if _, err := r.LookupTXT(t.Context(), host); !errors.Is(err, resolver.ErrSilent) {
		t.Error(err)
	}
	if out, ok := r.AppendResponse(nil, query(t, host+".", dnsmessage.TypeA, 0), 512); ok || len(out) > 0 {
		t.Errorf("a response: %x", out)
	}
}

// silentView is the view of a VPC whose DNS support is off.
func silentView(t *testing.T) *zone.View {
	return viewOf(t, false, zone.Config{})
}
