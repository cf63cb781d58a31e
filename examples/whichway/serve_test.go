package main

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
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
