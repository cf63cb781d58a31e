package resolver

import (
	"context"
	"errors"
	"net"
)

// What [Dialer.DialContext] returns of a Dialer that is not set up, whatever is to
// be dialled.
var (
	// ErrNoNext: Next is nil.
	ErrNoNext = errors.New("a Dialer needs a function to dial with: Next is nil")

	// ErrNoResolver: Resolver is nil. It does not stand for the zero Resolver,
	// which would say of every name that the model does not know it.
	ErrNoResolver = errors.New("a Dialer needs a Resolver: it is nil")
)

// Dialer dials host names by the addresses that a [Resolver] gives them, through
// a function of the user's. Its DialContext fits http.Transport.DialContext. Set
// both fields, neither of which has a default, and do not change them after; it is
// then safe for concurrent use.
type Dialer struct {
	Resolver *Resolver

	// Next dials an address, such as "10.0.1.10:443": a [net.Dialer]'s
	// DialContext, or a test's own, which leads to an in-memory listener or
	// records what was dialled.
	Next func(ctx context.Context, network, address string) (net.Conn, error)
}

// DialContext resolves the host of address, and dials its addresses in turn
// through Next, in the order of [Resolver.LookupNetIP], until one can be
// dialled. network decides about the family, as in [net.Dial]: "tcp4" dials IPv4
// addresses only. An IP literal is passed on as it is, and so are the port, in
// whatever form, and the address of a network other than TCP and UDP, such as
// "unix".
//
// A lookup that fails is a [*net.OpError] around the [*net.DNSError], as in
// package net. Where every address fails, the error has all of Next's errors.
// It has ctx's too if that ends between two of them. [ErrNoNext] and
// [ErrNoResolver] come as they are.
func (d *Dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	switch {
	case d.Next == nil:
		return nil, ErrNoNext
	case d.Resolver == nil:
		return nil, ErrNoResolver
	}
	family := "ip"
	switch network {
	case "tcp", "udp":
	case "tcp4", "udp4":
		family = "ip4"
	case "tcp6", "udp6":
		family = "ip6"
	default:
		return d.Next(ctx, network, address)
	}
	failed := func(err error) (net.Conn, error) { return nil, &net.OpError{Op: "dial", Net: network, Err: err} }
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return failed(err)
	}
	if _, ok := literal(host); ok || host == "" {
		return d.Next(ctx, network, address)
	}
	addrs, err := d.Resolver.LookupNetIP(ctx, family, host)
	if err != nil {
		return failed(err)
	}
	var errs []error
	for _, a := range addrs {
		if err := ctx.Err(); err != nil {
			return failed(errors.Join(append(errs, err)...))
		}
		c, err := d.Next(ctx, network, net.JoinHostPort(a.String(), port))
		if err == nil {
			return c, nil
		}
		errs = append(errs, err)
	}
	return failed(errors.Join(errs...))
}
