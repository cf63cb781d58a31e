package resolver

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strings"

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
	both := [2]family{{typ: zone.A}, {typ: zone.AAAA}}
	families := both[:]
	switch network {
	case "ip":
	case "ip4":
		families = both[:1]
	case "ip6":
		families = both[1:]
	default:
		return nil, net.UnknownNetworkError(network)
	}
	if a, ok := literal(host); ok {
		if a = a.Unmap(); network == "ip" || a.Is4() == (network == "ip4") {
			return append(dst, a), nil
		}
		return nil, &net.AddrError{Err: "no suitable address found", Addr: host}
	}
	if err := ended(ctx, host); err != nil {
		return nil, err
	}
	name, ok := host, true
	direct := r.view != nil && r.Observe == nil
	if !direct { // a View reads any form of a name by itself
		name, ok = canonical(host)
	}
	n := 0
	for i := range families {
		if f := &families[i]; ok {
			f.ask(r, name)
			n += f.answer.Len()
			ok = f.answer.IsValid() || !direct
		}
	}
	if !ok {
		return nil, unaskable(host)
	}
	dst = slices.Grow(dst, n)
	for i := range families {
		dst = families[i].appendTo(ctx, dst, r, host)
	}
	if len(dst) > 0 {
		return dst, nil
	}
	failed := families[0].failure(host)
	if len(families) > 1 && isNotFound(failed) {
		if err := families[1].failure(host); !isNotFound(err) {
			failed = err
		}
	}
	return nil, failed
}

// family is the lookup of a host's addresses of one family.
type family struct {
	typ     zone.Type
	answer  zone.Answer
	verdict verdict
	err     error // of forwarding
}

func (f *family) ask(r *Resolver, name string) {
	f.answer = r.lookup(name, f.typ)
	f.verdict = r.decide(name, f.typ, &f.answer, true)
	r.observe(name, f.typ, "typed", &f.answer, f.verdict)
}

func (f *family) appendTo(ctx context.Context, dst []netip.Addr, r *Resolver, host string) []netip.Addr {
	if f.verdict.policy != Forward {
		for a := range f.answer.Addrs() {
			dst = append(dst, a)
		}
		return dst
	}
	network := "ip4"
	if f.typ == zone.AAAA {
		network = "ip6"
	}
	up, end := r.forwarder(f.answer, host)
	addrs, err := up.LookupNetIP(ctx, network, end)
	for _, a := range addrs {
		dst = append(dst, a.Unmap())
	}
	f.err = err
	return dst
}

func (f *family) failure(host string) error {
	if f.err != nil {
		return f.err
	}
	return failure(host, &f.answer, f.verdict)
}

func isNotFound(err error) bool {
	var e *net.DNSError
	return errors.As(err, &e) && e.IsNotFound
}

// literal reads an IP literal. Host names are told apart first, since
// netip.ParseAddr makes an error of them.
func literal(host string) (netip.Addr, bool) {
	if n := len(host); n == 0 || (host[n-1] < '0' || host[n-1] > '9') && strings.IndexByte(host, ':') < 0 {
		return netip.Addr{}, false
	}
	a, err := netip.ParseAddr(host)
	return a, err == nil
}

// canonical returns the canonical text of a host name: lower case, without
// final dot, "." for the root. It allocates only if the name has upper case. It
// is false for what no query can hold, and for escapes.
func canonical(host string) (string, bool) {
	if host == "." {
		return host, true
	}
	s := strings.TrimSuffix(host, ".")
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
