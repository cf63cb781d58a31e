package server_test

import (
	"errors"
	"net"
	"testing"
	"time"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/resolver/server"
)

// Whoever closes one of the two ends Serve, however busy its streams are, and
// datagrams are answered no more.
func TestClosedByOthers(t *testing.T) {
	for _, which := range []string{"listener", "packet connection"} {
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
				done <- (&server.Server{Resolver: resolver.New(world{}), IdleTimeout: 500 * time.Millisecond}).Serve(t.Context(), pc, l)
			}()
			c, q := dialTCP(t, l.Addr().String()), query(t, host)
			busy, began := 0, time.Now()
			for ; time.Since(began) < 5*time.Second; busy++ {
				if busy == 3 {
					if which == "listener" {
						l.Close()
					} else {
						pc.Close()
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
			if busy < 3 || busy > 5 {
				t.Errorf("the stream answered %d queries, want 3 and hardly more", busy)
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
