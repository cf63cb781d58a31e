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
// "*.example.com" and "_name.example.com", but for one that needs an escape; the
// same question has the same answer every time, in the same order. The final dot
// is optional. ctx is looked at once, unless a question is forwarded. Of a View,
// the hosts that are asked for again and again are kept with their addresses, up
// to 512 hosts for each network, of 16 addresses at most.
//
// Where [Resolver.Outside] is Forward, a name that the view does not answer is
// handed to [Resolver.Forward] with a final dot: without this machine's search
// list, but with whatever else that one reads, such as the hosts file.
//
// Their errors are [*net.DNSError]s with the name that the caller gave. Behind them
// are the sentinels of this package; [zone.ErrName] for a text which is no name, or
// holds a backslash; [zone.ErrRData] for an answer with a record that is none; and
// ctx's. Besides, a network other than the three is a [net.UnknownNetworkError], and
// a literal of the other family a [*net.AddrError].
func (r *Resolver) LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error) {
	if known := r.known(ctx, network, host); known != nil {
		return clone(known), nil
	}
	return r.askHost(ctx, nil, network, host)
}

// LookupHost returns the addresses of a host as text, as
// [Resolver.LookupNetIP] does.
func (r *Resolver) LookupHost(ctx context.Context, host string) ([]string, error) {
	var room [few]netip.Addr
	addrs, err := r.addrs(ctx, room[:0], "ip", host)
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
	var room [few]netip.Addr
	addrs, err := r.addrs(ctx, room[:0], "ip", host)
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
	var room [few]netip.Addr
	addrs, err := r.addrs(ctx, room[:0], network, host)
	if err != nil {
		return nil, err
	}
	list := make([]net.IP, len(addrs))
	for i, a := range addrs {
		list[i] = a.AsSlice()
	}
	return list, nil
}

// few is how many addresses a host hardly ever has more of: so many are kept,
// and have room on the stack.
const few = 16

// The networks of [Resolver.LookupNetIP].
const (
	bothFamilies = iota
	onlyIPv4
	onlyIPv6
	networks
)

// familiesOf returns what a network is; it is false for what is none.
func familiesOf(network string) (which int, ok bool) {
	switch network {
	case "ip":
		return bothFamilies, true
	case "ip4":
		return onlyIPv4, true
	case "ip6":
		return onlyIPv6, true
	}
	return 0, false
}

// known returns the addresses that are kept of a host, nil if none are. They
// are everybody's, and must not be changed.
func (r *Resolver) known(ctx context.Context, network, host string) []netip.Addr {
	which, ok := familiesOf(network)
	if !ok || r.view == nil || r.Observe != nil {
		return nil
	}
	a := r.typed[which].at(place(host))
	if a == nil || a.question != host || ctx.Err() != nil {
		return nil
	}
	return a.made
}

// addrs returns the addresses of a host for a caller that does not change them:
// those that are known, or what is asked for, appended to dst.
func (r *Resolver) addrs(ctx context.Context, dst []netip.Addr, network, host string) ([]netip.Addr, error) {
	if known := r.known(ctx, network, host); known != nil {
		return known, nil
	}
	return r.askHost(ctx, dst, network, host)
}

// askHost asks for the addresses of a host, appends them to dst, which is empty,
// and keeps them if they are worth it.
func (r *Resolver) askHost(ctx context.Context, dst []netip.Addr, network, host string) ([]netip.Addr, error) {
	which, ok := familiesOf(network)
	if !ok {
		return nil, net.UnknownNetworkError(network)
	}
	addrs, keepable, err := r.askAddrs(ctx, dst, which, host)
	if keepable && len(addrs) <= few && r.view != nil && r.Observe == nil {
		if s := wants(&r.typed[which], host); s != nil {
			s.Store(&answer[[]netip.Addr]{strings.Clone(host), slices.Clone(addrs)}) // host may be part of a large text
		}
	}
	return addrs, err
}

// clone returns a copy of some addresses. Making room is most of a lookup, and
// for a number that the compiler knows takes a tenth to a quarter less: an
// endpoint has an address in each Availability Zone, seldom more than four.
func clone(addrs []netip.Addr) []netip.Addr {
	switch len(addrs) {
	case 1:
		return new([1]netip.Addr(addrs))[:]
	case 2:
		return new([2]netip.Addr(addrs))[:]
	case 3:
		return new([3]netip.Addr(addrs))[:]
	case 4:
		return new([4]netip.Addr(addrs))[:]
	}
	return slices.Clone(addrs)
}

// askAddrs asks for a host's addresses; keepable tells that they rest on the
// view alone. Of two families that fail, the error that says more than "not
// found" is returned; one that fails is hidden by another that has addresses, as
// Go's resolver does it (N14).
func (r *Resolver) askAddrs(ctx context.Context, dst []netip.Addr, which int, host string) (addrs []netip.Addr, keepable bool, err error) {
	if a, ok := literal(host); ok {
		if a = a.Unmap(); which == bothFamilies || a.Is4() == (which == onlyIPv4) {
			return append(dst, a), false, nil
		}
		return nil, false, &net.AddrError{Err: "no suitable address found", Addr: host}
	}
	if err := ended(ctx, host); err != nil {
		return nil, false, err
	}
	both := [...]family{{typ: zone.A}, {typ: zone.AAAA}}
	families := [networks][]family{both[:], both[:1], both[1:]}[which]
	name, ok := host, true
	direct := r.view != nil && r.Observe == nil && strings.IndexByte(host, '\\') < 0
	if !direct { // a View reads every letter case by itself, and escapes too, which no other way here does
		name, ok = canonical(host)
	}
	if !ok {
		return nil, false, unaskable(host)
	}
	keepable = true
	n := 0
	for i := range families {
		f := &families[i]
		f.answer = r.lookup(name, f.typ)
		if direct && !f.answer.IsValid() { // it is no name, or the View is the zero one
			if name, ok = canonical(host); !ok {
				return nil, false, unaskable(host)
			}
		}
		f.decide(r, name)
		n += f.answer.Len()
		keepable = keepable && isKeepable(&f.answer, f.verdict)
	}
	dst = slices.Grow(dst, n)
	for i := range families {
		dst = families[i].appendTo(ctx, dst, r, host)
	}
	if len(dst) > 0 {
		return dst, keepable, nil
	}
	failed := families[0].failure(host)
	if len(families) > 1 && isNotFound(failed) {
		if err := families[1].failure(host); !isNotFound(err) {
			failed = err
		}
	}
	return nil, false, failed
}

// family is the lookup of a host's addresses of one family.
type family struct {
	typ     zone.Type
	answer  zone.Answer
	verdict verdict
	err     error // of forwarding
}

func (f *family) decide(r *Resolver, name string) {
	f.verdict = r.decide(name, f.typ, &f.answer, true)
	r.observe(name, f.typ, "typed", &f.answer, f.verdict)
}

func (f *family) appendTo(ctx context.Context, dst []netip.Addr, r *Resolver, host string) []netip.Addr {
	if f.verdict.policy != Forward {
		return f.answer.AppendAddrs(dst)
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
	f.err = renamed(err, host)
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
// netip.ParseAddr makes an error of them: an IPv4 address ends in a digit, and
// an IPv6 address has a colon behind its first four digits at the latest.
func literal(host string) (netip.Addr, bool) {
	if host == "" {
		return netip.Addr{}, false
	}
	last := host[len(host)-1]
	may := '0' <= last && last <= '9'
	for i := 0; i < min(len(host), 5); i++ {
		may = may || host[i] == ':'
	}
	if !may {
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
