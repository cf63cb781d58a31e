package server_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/resolver/server"
	"github.com/privatelink-go/privatelink/zone"
)

// world answers every A question with three addresses, "big" with two hundred.
type world struct{}

func (world) Lookup(name string, t zone.Type) zone.Answer {
	if t != zone.A || !strings.HasSuffix(name, "amazonaws.com") {
		return zone.Answer{}
	}
	n := 3
	if strings.HasPrefix(name, "big.") {
		n = 200
	}
	var list []zone.Record
	for i := range n {
		r, err := zone.NewRecord(name, t, 60, fmt.Sprintf("10.0.%d.10", i))
		if err != nil {
			panic(err)
		}
		list = append(list, r)
	}
	return zone.NewAnswer(zone.NoError, list...)
}

// running is a server on loopback.
type running struct {
	udp  *net.UDPAddr
	tcp  string
	stop func() error // ends the context and returns what Serve returned
}

// start serves on loopback until the test ends.
func start(t testing.TB, s *server.Server) running {
	t.Helper()
	pc, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- s.Serve(ctx, pc, l) }()
	stop := sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error("Serve:", err)
		}
	})
	return running{pc.LocalAddr().(*net.UDPAddr), l.Addr().String(), stop}
}

func dialTCP(t testing.TB, addr string) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	return c.(*net.TCPConn)
}

func dialUDP(t testing.TB, addr *net.UDPAddr) *net.UDPConn {
	t.Helper()
	c, err := net.DialUDP("udp", nil, addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	if err := c.SetDeadline(time.Now().Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	return c
}

func frame(msg []byte) []byte {
	return append(binary.BigEndian.AppendUint16(nil, uint16(len(msg))), msg...)
}

func readFrame(r io.Reader) ([]byte, error) {
	size := make([]byte, 2)
	if _, err := io.ReadFull(r, size); err != nil {
		return nil, err
	}
	b := make([]byte, binary.BigEndian.Uint16(size))
	_, err := io.ReadFull(r, b)
	return b, err
}

func query(t testing.TB, name string) []byte {
	t.Helper()
	m := dnsmessage.Message{
		Header:    dnsmessage.Header{ID: 0x1234, RecursionDesired: true},
		Questions: []dnsmessage.Question{{Name: dnsmessage.MustNewName(name), Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET}},
	}
	b, err := m.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const host = "monitoring.us-east-2.amazonaws.com."

type wireCase struct {
	id, transport string
	query         []byte
}

func wireCases(t testing.TB) []wireCase {
	t.Helper()
	b, err := os.ReadFile("../testdata/wire_cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var list []wireCase
	for line := range strings.Lines(string(b)) {
		f := strings.Split(line, "\t")
		if strings.HasPrefix(line, "#") || f[0] == "id" {
			continue
		}
		q, err := hex.DecodeString(f[3])
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, wireCase{f[0], f[2], q})
	}
	return list
}

// Every wire case over UDP: the octets of the answerer, or nothing. A query that
// is answered follows each, so that nothing is waited for.
func TestWireCasesUDP(t *testing.T) {
	r := resolver.New(world{})
	s := start(t, &server.Server{Resolver: r})
	good := query(t, host)
	good[0] = 0x77
	for _, c := range wireCases(t) {
		t.Run(c.id, func(t *testing.T) {
			want, ok := r.AppendResponse(nil, c.query, resolver.MaxDatagram)
			conn := dialUDP(t, s.udp)
			conn.Write(c.query)
			buf := make([]byte, 1<<16)
			if ok {
				n, err := conn.Read(buf)
				if err != nil || !bytes.Equal(buf[:n], want) {
					t.Fatalf("got %x %v, want %x", buf[:n], err, want)
				}
			}
			conn.Write(good)
			if n, err := conn.Read(buf); err != nil || buf[0] != 0x77 {
				t.Fatalf("the next query's answer: %x %v", buf[:n], err)
			}
		})
	}
}

// Every wire case over TCP, sent as its row says: the octets of the answerer,
// or the end of the stream.
func TestWireCasesTCP(t *testing.T) {
	r := resolver.New(world{})
	s := start(t, &server.Server{Resolver: r})
	for _, c := range wireCases(t) {
		t.Run(c.id, func(t *testing.T) {
			want, ok := r.AppendResponse(nil, c.query, resolver.MaxStream)
			conn := dialTCP(t, s.tcp)
			sent, answers := frame(c.query), 1
			switch c.transport {
			case "tcp1":
				for _, b := range sent {
					conn.Write([]byte{b})
				}
				sent = nil
			case "tcp2":
				sent, answers = append(sent, sent...), 2
			case "tcph":
				sent, ok = sent[:len(sent)/2], false
			}
			conn.Write(sent)
			if c.transport == "tcph" {
				conn.CloseWrite()
			}
			if ok {
				for range answers {
					if got, err := readFrame(conn); err != nil || !bytes.Equal(got, want) {
						t.Fatalf("got %x %v, want %x", got, err, want)
					}
				}
				conn.CloseWrite()
			}
			if got, err := readFrame(conn); err != io.EOF {
				t.Fatalf("got %x %v, want the end", got, err)
			}
		})
	}
}

// S3: a whole query before FIN is answered; half a one is not.
func TestHalfClose(t *testing.T) {
	s := start(t, &server.Server{Resolver: resolver.New(world{})})
	c := dialTCP(t, s.tcp)
	q := frame(query(t, host))
	c.Write(append(q, q[:9]...))
	c.CloseWrite()
	if _, err := readFrame(c); err != nil {
		t.Error("the whole query:", err)
	}
	if _, err := readFrame(c); err != io.EOF {
		t.Error("half a query:", err)
	}
}

// Pipelined queries beyond any buffer are all answered, in order.
func TestPipelining(t *testing.T) {
	s := start(t, &server.Server{Resolver: resolver.New(world{})})
	c := dialTCP(t, s.tcp)
	const n = 500
	go func() {
		var b []byte
		for i := range n {
			q := query(t, "big.amazonaws.com.")
			binary.BigEndian.PutUint16(q, uint16(i))
			b = append(b, frame(q)...)
		}
		c.Write(b)
	}()
	for i := range n {
		b, err := readFrame(c)
		if err != nil || binary.BigEndian.Uint16(b) != uint16(i) || len(b) < 3200 {
			t.Fatalf("answer %d: %d octets, %v", i, len(b), err)
		}
	}
}

func TestLimits(t *testing.T) {
	closed := func(t *testing.T, c net.Conn) {
		t.Helper()
		if b, err := io.ReadAll(c); err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return // reset: the server closed with octets unread
		} else if err != nil || len(b) > 0 {
			t.Errorf("%x %v, want the end", b, err)
		}
	}
	t.Run("IdleTimeout", func(t *testing.T) {
		s := start(t, &server.Server{Resolver: resolver.New(world{}), IdleTimeout: 50 * time.Millisecond})
		closed(t, dialTCP(t, s.tcp))
		slow := dialTCP(t, s.tcp)
		began := time.Now()
		for _, b := range frame(query(t, host)) { // octets do not extend it
			if _, err := slow.Write([]byte{b}); err != nil {
				break
			}
			time.Sleep(5 * time.Millisecond)
		}
		closed(t, slow)
		if d := time.Since(began); d > 5*time.Second {
			t.Error("after", d)
		}
	})
	t.Run("a client that reads nothing", func(t *testing.T) {
		s := start(t, &server.Server{Resolver: resolver.New(world{}), IdleTimeout: 100 * time.Millisecond})
		c := dialTCP(t, s.tcp)
		q := bytes.Repeat(frame(query(t, "big.amazonaws.com.")), 1000)
		var err error
		for err == nil {
			_, err = c.Write(q)
		}
		if errors.Is(err, os.ErrDeadlineExceeded) {
			t.Error("the server keeps a stream whose client reads nothing")
		}
	})
	t.Run("MaxQuery", func(t *testing.T) {
		s := start(t, &server.Server{Resolver: resolver.New(world{}), MaxQuery: 100})
		c := dialTCP(t, s.tcp)
		c.Write(append(frame(query(t, host)), 0, 101))
		if _, err := readFrame(c); err != nil {
			t.Error("the query before:", err)
		}
		closed(t, c)
	})
	t.Run("MaxConns", func(t *testing.T) {
		s := start(t, &server.Server{Resolver: resolver.New(world{}), MaxConns: 2})
		ask := func(c net.Conn) error {
			c.Write(frame(query(t, host)))
			_, err := readFrame(c)
			return err
		}
		first, second := dialTCP(t, s.tcp), dialTCP(t, s.tcp)
		if err := errors.Join(ask(first), ask(second)); err != nil {
			t.Fatal(err)
		}
		third := dialTCP(t, s.tcp)
		third.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
		if err := ask(third); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("a third stream: %v", err)
		}
		first.Close()
		third.SetReadDeadline(time.Now().Add(5 * time.Second))
		if _, err := readFrame(third); err != nil {
			t.Error("after another ended:", err)
		}
	})
}

// A datagram is answered by at most one, never longer than the client allows:
// amplification ends at truncation.
func TestNoAmplification(t *testing.T) {
	s := start(t, &server.Server{Resolver: resolver.New(world{})})
	c := dialUDP(t, s.udp)
	c.Write(query(t, "big.amazonaws.com."))
	buf := make([]byte, 1<<16)
	n, err := c.Read(buf)
	if err != nil || n > 512 || buf[2]&2 == 0 {
		t.Fatalf("%d octets, flags %x, %v: want a truncated answer", n, buf[2], err)
	}
	response := buf[:n]
	c.Write(response)
	c.SetReadDeadline(time.Now().Add(50 * time.Millisecond))
	if n, err := c.Read(buf); err == nil {
		t.Errorf("a response was answered: %x", buf[:n])
	}
}

func TestShutdown(t *testing.T) {
	before := runtime.NumGoroutine()
	s := start(t, &server.Server{Resolver: resolver.New(world{}), IdleTimeout: time.Hour})
	idle, half, busy := dialTCP(t, s.tcp), dialTCP(t, s.tcp), dialTCP(t, s.tcp)
	half.Write([]byte{0, 40, 1})
	busy.Write(frame(query(t, host)))
	if _, err := readFrame(busy); err != nil {
		t.Fatal(err)
	}
	if err := s.stop(); err != nil {
		t.Fatal("Serve:", err)
	}
	for _, c := range []net.Conn{idle, half, busy} {
		if b, err := io.ReadAll(c); len(b) > 0 || errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("%x %v, want the end", b, err)
		}
	}
	if c, err := net.Dial("tcp", s.tcp); err == nil {
		c.Close()
		t.Error("the listener is still open")
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines, %d before", runtime.NumGoroutine(), before)
}

func TestServeErrors(t *testing.T) {
	r := resolver.New(world{})
	if err := (&server.Server{Resolver: r}).Serve(t.Context(), nil, nil); err != server.ErrNothingToServe {
		t.Error(err)
	}
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := (&server.Server{}).Serve(t.Context(), pc, nil); err != server.ErrNothingToServe {
		t.Error(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	pc.Close() // by others: both end, and Serve says why
	if err := (&server.Server{Resolver: r}).Serve(t.Context(), pc, l); !errors.Is(err, net.ErrClosed) {
		t.Error(err)
	}
	if _, err := l.Accept(); !errors.Is(err, net.ErrClosed) {
		t.Error("the listener is still open:", err)
	}
}

// A packet connection that is no UDP socket, whose reads fail now and then.
type flaky struct {
	net.PacketConn
	fails int
}

func (f *flaky) ReadFrom(b []byte) (int, net.Addr, error) {
	if f.fails++; f.fails%2 == 1 && f.fails < 6 {
		return 0, nil, errors.New("connection refused")
	}
	return f.PacketConn.ReadFrom(b)
}

func TestReadErrorsPass(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1)) // one reader
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		done <- (&server.Server{Resolver: resolver.New(world{})}).Serve(ctx, &flaky{PacketConn: pc}, nil)
	}()
	c := dialUDP(t, pc.LocalAddr().(*net.UDPAddr))
	for range 5 {
		c.Write(query(t, host))
		if _, err := c.Read(make([]byte, 512)); err != nil {
			t.Fatal(err)
		}
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
