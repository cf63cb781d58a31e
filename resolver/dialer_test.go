package resolver_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"testing"

	"github.com/privatelink-go/privatelink/resolver"
)

func TestDialer(t *testing.T) {
	down := errors.New("down")
	r := resolver.New(typedView(t))
	for _, test := range []struct {
		network, address string
		up               string // the one address that can be dialled
		want             []string
	}{
		{"tcp", host + ":443", "10.0.1.10:443", []string{"10.0.1.10:443"}},
		{"tcp", host + ":https", "10.0.2.10:https", []string{"10.0.1.10:https", "10.0.2.10:https"}},
		{"tcp", host + ":443", "", []string{"10.0.1.10:443", "10.0.2.10:443", "10.0.3.10:443"}},
		{"tcp6", "dual.us-east-2.amazonaws.com:443", "", []string{"[2001:db8::5]:443"}},
		{"udp4", "dual.us-east-2.amazonaws.com:53", "", []string{"10.0.5.1:53"}},
		{"tcp", "dual.us-east-2.amazonaws.com:443", "", []string{"10.0.5.1:443", "[2001:db8::5]:443"}},
		{"tcp", "192.0.2.1:80", "192.0.2.1:80", []string{"192.0.2.1:80"}},
		{"tcp", "[fe80::1%eth0]:80", "[fe80::1%eth0]:80", []string{"[fe80::1%eth0]:80"}},
		{"tcp", ":80", ":80", []string{":80"}},
		{"unix", "/run/x", "/run/x", []string{"/run/x"}},
	} {
		var asked []string
		d := resolver.Dialer{Resolver: r, Next: func(_ context.Context, network, address string) (net.Conn, error) {
			asked = append(asked, address)
			if network != test.network {
				t.Errorf("network %s, want %s", network, test.network)
			}
			if address == test.up {
				return new(net.TCPConn), nil
			}
			return nil, down
		}}
		c, err := d.DialContext(t.Context(), test.network, test.address)
		if !slices.Equal(asked, test.want) {
			t.Errorf("%s: dialled %q, want %q", test.address, asked, test.want)
		}
		var op *net.OpError
		switch {
		case test.up != "" && (c == nil || err != nil):
			t.Errorf("%s: %v %v", test.address, c, err)
		case test.up == "" && (!errors.Is(err, down) || !errors.As(err, &op) || op.Op != "dial"):
			t.Errorf("%s: %v", test.address, err)
		}
	}
}

func TestDialerErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	d := resolver.Dialer{Resolver: resolver.New(wireView(t))}
	if _, err := d.DialContext(ctx, "tcp", host+":443"); err != resolver.ErrNoNext {
		t.Error(err)
	}
	d.Next = func(context.Context, string, string) (net.Conn, error) {
		cancel()
		return nil, errors.New("down")
	}
	without := resolver.Dialer{Next: d.Next}
	for _, address := range []string{host + ":443", "192.0.2.1:443", ":443"} {
		if c, err := without.DialContext(t.Context(), "tcp", address); c != nil || err != resolver.ErrNoResolver {
			t.Errorf("%s without a Resolver: %v %v", address, c, err)
		}
	}
	var e *net.DNSError
	if _, err := d.DialContext(ctx, "tcp", "www.example.com:443"); !errors.As(err, &e) || !errors.Is(err, resolver.ErrOutside) {
		t.Error(err)
	}
	var bad *net.AddrError
	if _, err := d.DialContext(ctx, "tcp", host); !errors.As(err, &bad) {
		t.Error(err)
	}
	if _, err := d.DialContext(ctx, "tcp", host+":443"); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
