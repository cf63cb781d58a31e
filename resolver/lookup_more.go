package resolver

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/privatelink-go/privatelink/zone"
)

// LookupCNAME returns the name at the end of the CNAMEs of a host, with a final
// dot: the host itself if it has none. Unlike [net.Resolver.LookupCNAME], which
// takes whichever of three answers comes first, it is the same every time: that
// of the A records, or of the AAAA records if there is none. It is in lower case,
// as the view has it, also where it is the host itself; if it is forwarded, as the
// other resolver gives it.
func (r *Resolver) LookupCNAME(ctx context.Context, host string) (string, error) {
	var failed error
	for _, t := range [...]zone.Type{zone.A, zone.AAAA} {
		f, err := r.find(ctx, host, t)
		if err == nil && f.up != nil {
			cname, err := f.up.LookupCNAME(ctx, f.name)
			return cname, renamed(err, host)
		}
		// CNAMEs that lead to nothing still are an answer to this question.
		end, any := f.name, false
		for rec := range f.answer.Records() {
			any = true
			if rec.Type == zone.CNAME {
				end = rec.Data()
			}
		}
		if any {
			return rooted(end), nil
		}
		if failed == nil || isNotFound(failed) {
			failed = err
		}
	}
	return "", failed
}

// LookupAddr returns the names of an address, with final dots: the PTR records
// of its name under in-addr.arpa or ip6.arpa. An address with a zone, such as
// "fe80::1%eth0", has no such name, and is refused as a text that is no address
// is.
func (r *Resolver) LookupAddr(ctx context.Context, addr string) ([]string, error) {
	ip, err := netip.ParseAddr(addr)
	if err != nil || ip.Zone() != "" {
		return nil, &net.DNSError{Err: "unrecognized address", Name: addr}
	}
	f, err := r.find(ctx, reverse(ip.Unmap()), zone.PTR)
	if err != nil {
		return nil, renamed(err, addr)
	}
	if f.up != nil {
		list, err := f.up.LookupAddr(ctx, addr)
		return list, renamed(err, addr)
	}
	var list []string
	for rec := range f.records(zone.PTR) {
		list = append(list, rooted(rec.Data()))
	}
	return list, nil
}

// LookupTXT returns the TXT records of a name, the strings of each joined.
func (r *Resolver) LookupTXT(ctx context.Context, name string) ([]string, error) {
	f, err := r.find(ctx, name, zone.TXT)
	if err != nil {
		return nil, err
	}
	if f.up != nil {
		list, err := f.up.LookupTXT(ctx, f.name)
		return list, renamed(err, name)
	}
	var list []string
	var wire []byte
	for rec := range f.records(zone.TXT) {
		var b strings.Builder
		wire = rec.AppendRData(wire[:0])
		for rest := wire; len(rest) > 0; {
			n := 1 + int(rest[0])
			b.Write(rest[1:n])
			rest = rest[n:]
		}
		list = append(list, b.String())
	}
	return list, nil
}

// LookupNS returns the NS records of a name.
func (r *Resolver) LookupNS(ctx context.Context, name string) ([]*net.NS, error) {
	f, err := r.find(ctx, name, zone.NS)
	if err != nil {
		return nil, err
	}
	if f.up != nil {
		list, err := f.up.LookupNS(ctx, f.name)
		return list, renamed(err, name)
	}
	var list []*net.NS
	for rec := range f.records(zone.NS) {
		list = append(list, &net.NS{Host: rooted(rec.Data())})
	}
	return list, nil
}

// LookupMX returns the MX records of a name by preference; equal ones stand in
// the order of the view, and are not shuffled.
func (r *Resolver) LookupMX(ctx context.Context, name string) ([]*net.MX, error) {
	f, err := r.find(ctx, name, zone.MX)
	if err != nil {
		return nil, err
	}
	if f.up != nil {
		list, err := f.up.LookupMX(ctx, f.name)
		return list, renamed(err, name)
	}
	var list []*net.MX
	for rec := range f.records(zone.MX) {
		n := fields(rec)
		list = append(list, &net.MX{Host: n.host, Pref: n.number[0]})
	}
	slices.SortStableFunc(list, func(a, b *net.MX) int { return cmp.Compare(a.Pref, b.Pref) })
	return list, nil
}

// LookupSRV returns the SRV records of _service._proto.name, or of name where
// both are empty, by priority, the larger weight first; equal ones stand in the
// order of the view, and no weight is thrown dice for. cname is the name the
// records are owned by, with a final dot.
func (r *Resolver) LookupSRV(ctx context.Context, service, proto, name string) (cname string, addrs []*net.SRV, err error) {
	if service != "" || proto != "" {
		name = "_" + service + "._" + proto + "." + name
	}
	f, err := r.find(ctx, name, zone.SRV)
	if err != nil {
		return "", nil, err
	}
	if f.up != nil {
		cname, addrs, err = f.up.LookupSRV(ctx, "", "", f.name)
		return cname, addrs, renamed(err, name)
	}
	for rec := range f.records(zone.SRV) {
		cname = rooted(rec.Name)
		n := fields(rec)
		addrs = append(addrs, &net.SRV{Target: n.host, Priority: n.number[0], Weight: n.number[1], Port: n.number[2]})
	}
	slices.SortStableFunc(addrs, func(a, b *net.SRV) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), cmp.Compare(b.Weight, a.Weight))
	})
	return cname, addrs, nil
}

// numbersAndHost is the data of an MX or SRV record.
type numbersAndHost struct {
	number [3]uint16
	host   string
}

// fields reads the text form of a record's data: numbers, and a name behind
// them.
func fields(rec zone.Record) (n numbersAndHost) {
	text := strings.Fields(rec.Data())
	for i, s := range text[:len(text)-1] {
		u, _ := strconv.ParseUint(s, 10, 16) // what zone prints is a number
		n.number[i] = uint16(u)
	}
	n.host = rooted(text[len(text)-1])
	return n
}

// rooted returns a name with its final dot.
func rooted(name string) string { return strings.TrimSuffix(name, ".") + "." }

// renamed returns the error of a lookup with the name that the caller knows. It is
// a copy: those who share a lookup of Go's resolver share its error (N18), and may
// have asked by other names.
func renamed(err error, name string) error {
	var e *net.DNSError
	if !errors.As(err, &e) {
		return err
	}
	own := *e
	own.Name = name
	return &own
}

// reverse returns the name that holds the PTR records of an address (RFC 1035
// section 3.5, RFC 3596 section 2.5).
func reverse(a netip.Addr) string {
	b := a.AsSlice()
	var out []byte
	if a.Is4() {
		for i := len(b) - 1; i >= 0; i-- {
			out = append(strconv.AppendUint(out, uint64(b[i]), 10), '.')
		}
		return string(out) + "in-addr.arpa"
	}
	const hex = "0123456789abcdef"
	for i := len(b) - 1; i >= 0; i-- {
		out = append(out, hex[b[i]&15], '.', hex[b[i]>>4], '.')
	}
	return string(out) + "ip6.arpa"
}
