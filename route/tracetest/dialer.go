package tracetest

import (
	"context"
	"errors"
	"net"
	"strconv"
	"testing"

	"github.com/privatelink-go/privatelink/route/trace"
)

// Dialer is the guard of whatever dials. Make one with [GuardDialer]. It is
// safe for concurrent use.
type Dialer struct {
	g    *guard
	next func(ctx context.Context, network, address string) (net.Conn, error)
}

// ErrNoConn is what a [GuardDialer] without a next function returns for a
// dial that stays private. Test with errors.Is.
var ErrNoConn = errors.New("the dial stays private, and the test has no connection for it")

// GuardDialer is [Guard] for a program that dials by itself, through a
// DialContext field or a dialer of its own. A dial of TCP or UDP that stays
// private is answered by next, which gets the address as it was dialled, the
// host unresolved: a test's net.Pipe, say. Every other dial fails the test. A
// nil next returns [ErrNoConn].
//
// An [http.Transport] dials in a goroutine of its own, where the caller's line
// is lost: prefer Guard there.
func GuardDialer(tb testing.TB, from trace.Vantage, next func(ctx context.Context, network, address string) (net.Conn, error)) *Dialer {
	return &Dialer{newGuard(tb, from), next}
}

// DialContext fits http.Transport.DialContext and the like. Its errors are
// *[net.OpError]; what they wrap is [ErrNotPrivate], [ErrNoConn], ctx's error,
// or what package net says of the network or address. Next's errors are
// returned as they are.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	d.g.tb.Helper()
	failed := func(err error) (net.Conn, error) { return nil, &net.OpError{Op: "dial", Net: network, Err: err} }
	if err := ctx.Err(); err != nil {
		return failed(err)
	}
	switch network {
	case "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6":
	default:
		return failed(net.UnknownNetworkError(network))
	}
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return failed(err)
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return failed(&net.AddrError{Err: "not the number of a port", Addr: address})
	}
	if err := d.g.pass("dial "+network+" "+address, host, uint16(port)); err != nil {
		return failed(err)
	}
	if d.next == nil {
		return failed(ErrNoConn)
	}
	return d.next(ctx, network, address)
}

// Requests returns every dial so far, in order.
func (d *Dialer) Requests() []Request { return d.g.list() }
