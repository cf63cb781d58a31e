package resolver

import (
	"context"
	"net"
	"net/netip"
	"slices"

	"github.com/privatelink-go/privatelink/zone"
)

// LookupNetIP returns the addresses of a host, IPv4 before IPv6 and in the
// order of the view. network is "ip", "ip4" or "ip6". An IP literal is returned
// as it is. IPv4 addresses are never in IPv6 form.
//
// It and the other Lookup methods have the signatures of [net.Resolver]'s, and
// differ from those in this: they ask the view and nothing else, so that there
// is no hosts file, no nsswitch.conf, no search list, no sorting by the host's
// routes and no sharing between callers; any DNS name may be asked for, such as
// "*.example.com" and "_name.example.com"; the same question has the same answer
// every time, in the same order. The final dot is optional. ctx is
// looked at once, unless a question is forwarded. Their errors are
// [*net.DNSError]s, with the sentinels of this package behind them and
// [zone.ErrName] behind that of a text which is no name.
func (r *Resolver) LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error) {
	return r.appendAddrs(ctx, nil, network, host)
}

// LookupHost returns the addresses of a host as text, as
// [Resolver.LookupNetIP] does.
func (r *Resolver) LookupHost(ctx context.Context, host string) ([]string, error) {
	var few [16]netip.Addr
	addrs, err := r.appendAddrs(ctx, few[:0], "ip", host)
	if err != nil {
		return nil, err
	}
	list := make([]string, len(addrs))
	for i, a := range addrs {
		list[i] = a.String()
	}
	return list, nil
}

// LookupIPAddr returns the addresses of a host, as [Resolver.LookupNetIP] does.
func (r *Resolver) LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error) {
	var few [16]netip.Addr
	addrs, err := r.appendAddrs(ctx, few[:0], "ip", host)
	if err != nil {
		return nil, err
	}
	list := make([]net.IPAddr, len(addrs))
	for i, a := range addrs {
		list[i] = net.IPAddr{IP: a.AsSlice(), Zone: a.Zone()}
	}
	return list, nil
}

// LookupIP returns the addresses of a host, as [Resolver.LookupNetIP] does.
func (r *Resolver) LookupIP(ctx context.Context, network, host string) ([]net.IP, error) {
	var few [16]netip.Addr
	addrs, err := r.appendAddrs(ctx, few[:0], network, host)
	if err != nil {
		return nil, err
	}
	list := make([]net.IP, len(addrs))
	for i, a := range addrs {
		list[i] = a.AsSlice()
	}
	return list, nil
}

// appendAddrs is LookupNetIP that appends. Of two families that fail, the error
// that says more than "not found" is returned; one that fails is hidden by
// another that has addresses, as Go's resolver does it (N14).
func (r *Resolver) appendAddrs(ctx context.Context, dst []netip.Addr, network, host string) ([]netip.Addr, error) {
	want4, want6 := network != "ip6", network != "ip4"
	if network != "ip" && network != "ip4" && network != "ip6" {
		return nil, net.UnknownNetworkError(network)
	}
	if a, err := netip.ParseAddr(host); err == nil {
		if a = a.Unmap(); a.Is4() && want4 || a.Is6() && want6 {
			return append(dst, a), nil
		}
		return nil, &net.AddrError{Err: "no suitable address found", Addr: host}
	}
	if err := ended(ctx, host); err != nil {
		return nil, err
	}
	name, ok := canonical(host)
	if !ok {
		return nil, unaskable(host)
	}
	var err4, err6 error
	if want4 {
		dst, err4 = r.appendFamily(ctx, dst, host, name, zone.A)
	}
	if want6 {
		dst, err6 = r.appendFamily(ctx, dst, host, name, zone.AAAA)
	}
	switch {
	case len(dst) > 0:
		return dst, nil
	case err4 == nil || err6 != nil && isNotFound(err4) && !isNotFound(err6):
		return nil, err6
	}
	return nil, err4
}

// appendFamily appends the addresses of one family.
func (r *Resolver) appendFamily(ctx context.Context, dst []netip.Addr, host, name string, t zone.Type) ([]netip.Addr, error) {
	a, v := r.ask(name, t, "typed", true)
	if v.policy == Forward {
		network := "ip4"
		if t == zone.AAAA {
			network = "ip6"
		}
		f, end := r.forwarder(&a, host)
		addrs, err := f.LookupNetIP(ctx, network, end)
		for _, addr := range addrs {
			dst = append(dst, addr.Unmap())
		}
		return dst, err
	}
	had := len(dst)
	dst = slices.Grow(dst, a.Len())
	for addr := range a.Addrs() {
		dst = append(dst, addr)
	}
	if len(dst) == had {
		return dst, failure(host, &a, v)
	}
	return dst, nil
}

func isNotFound(err error) bool {
	e, ok := err.(*net.DNSError)
	return ok && e.IsNotFound
}

// canonical returns the canonical text of a host name: lower case, without
// final dot, "." for the root. It allocates only if the name has upper case. It
// is false for what no query can hold, and for escapes.
func canonical(host string) (string, bool) {
	s := host
	if len(s) > 1 && s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	if s == "." {
		return s, true
	}
	if len(s) > maxName-2 {
		return "", false
	}
	label, upper := 0, false
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '.':
			if i == label || i-label > maxLabel {
				return "", false
			}
			label = i + 1
		case foldOctet[c] == 0:
			return "", false
		default:
			upper = upper || foldOctet[c] != c
		}
	}
	if n := len(s) - label; n == 0 || n > maxLabel {
		return "", false
	}
	if !upper {
		return s, true
	}
	b := []byte(s)
	for i, c := range b {
		if c != '.' {
			b[i] = foldOctet[c]
		}
	}
	return string(b), true
}
