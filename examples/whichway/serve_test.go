package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestServe asks the command's own sockets, over UDP and over TCP, and stops
// it as an interrupt would.
func TestServe(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, w := io.Pipe()
	done := make(chan int)
	go func() {
		args := []string{"serve", "-view", "vpc:vpc-0a1b2c3d4e5f60001", "-addr", "127.0.0.1:0"}
		done <- run(ctx, args, strings.NewReader(""), io.Discard, w)
	}()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(line, " on ")
	addr, _, _ := strings.Cut(rest, ",")
	for _, network := range []string{"udp", "tcp"} {
		asker := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, network, addr)
		}}
		addrs, err := asker.LookupNetIP(ctx, "ip4", pageHost+".")
		if err != nil || len(addrs) != 3 {
			t.Errorf("over %s: %v, %v", network, addrs, err)
		}
	}
	stop()
	select {
	case status := <-done:
		if status != exitOK {
			t.Errorf("exit status %d after an interrupt", status)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("serve does not stop")
	}
}

// Where the port that the system chose for streams is taken for packets, listen
// tries another, but not for ever; a port that was asked for it tries once. No
// stream socket is left open.
func TestListen(t *testing.T) {
	taken := errors.New("address already in use")
	for _, c := range []struct {
		name         string
		fails, tries int
		err          error
	}{
		{"free", 0, 1, nil},
		{"taken four times", 4, 5, nil},
		{"taken each time", 100, 5, taken},
	} {
		t.Run(c.name, func(t *testing.T) {
			tries := 0
			lc := net.ListenConfig{Control: func(network, _ string, _ syscall.RawConn) error {
				if !strings.HasPrefix(network, "udp") {
					return nil
				}
				if tries++; tries <= c.fails {
					return taken
				}
				return nil
			}}
			pc, l, err := listen(t.Context(), lc, "127.0.0.1:0")
			if !errors.Is(err, c.err) || tries != c.tries {
				t.Fatalf("%v after %d tries, want %v after %d", err, tries, c.err, c.tries)
			}
			if err == nil {
				defer pc.Close()
				defer l.Close()
				if u, s := pc.LocalAddr().String(), l.Addr().String(); u != s {
					t.Errorf("packets on %s, streams on %s", u, s)
				}
			}
		})
	}
	t.Run("a port that was asked for", func(t *testing.T) {
		pc, err := net.ListenPacket("udp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		defer pc.Close()
		addr, tries := pc.LocalAddr().String(), 0
		lc := net.ListenConfig{Control: func(network, _ string, _ syscall.RawConn) error {
			if strings.HasPrefix(network, "udp") {
				tries++
			}
			return nil
		}}
		if _, _, err := listen(t.Context(), lc, addr); err == nil || tries != 1 {
			t.Errorf("%v after %d tries, want an error after one", err, tries)
		}
		l, err := net.Listen("tcp", addr)
		if err != nil {
			t.Fatal("the stream socket was left open:", err)
		}
		l.Close()
	})
}
