package resolver_test

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// lookuper is what both kinds of resolver have: our methods are net.Resolver's.
type lookuper interface {
	LookupHost(context.Context, string) ([]string, error)
	LookupIPAddr(context.Context, string) ([]net.IPAddr, error)
	LookupIP(context.Context, string, string) ([]net.IP, error)
	LookupNetIP(context.Context, string, string) ([]netip.Addr, error)
	LookupAddr(context.Context, string) ([]string, error)
	LookupCNAME(context.Context, string) (string, error)
	LookupTXT(context.Context, string) ([]string, error)
	LookupMX(context.Context, string) ([]*net.MX, error)
	LookupNS(context.Context, string) ([]*net.NS, error)
	LookupSRV(context.Context, string, string, string) (string, []*net.SRV, error)
}

var (
	_ lookuper = (*resolver.Resolver)(nil)
	_ lookuper = (*net.Resolver)(nil)
)

// typedView is the wire cases' zone, with reverse names and an IPv6 address.
func typedView(t testing.TB) *zone.View {
	set := func(name, typ string, values ...string) zone.RecordSet {
		rs := zone.RecordSet{Name: name, Type: typ, TTL: 60}
		for _, v := range values {
			rs.ResourceRecords = append(rs.ResourceRecords, zone.ResourceRecord{Value: v})
		}
		return rs
	}
	w := wireZone()
	w.RecordSets = append(w.RecordSets, set("dual."+w.Name, "A", "10.0.5.1"), set("dual."+w.Name, "AAAA", "2001:db8::5"), set("six."+w.Name, "AAAA", "2001:db8::6"))
	of := []zone.ZoneVPC{{VPCID: "vpc-1"}}
	return view(t, zone.Config{HostedZones: []zone.HostedZone{
		w,
		{ID: "Z4", Name: "113.0.203.in-addr.arpa", Private: true, VPCs: of, RecordSets: []zone.RecordSet{set("10.113.0.203.in-addr.arpa", "PTR", "b.example.com", "a.example.com")}},
		{ID: "Z6", Name: "8.b.d.0.1.0.0.2.ip6.arpa", Private: true, VPCs: of, RecordSets: []zone.RecordSet{
			set("6.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "PTR", "six.example.com"),
		}},
	}})
}

// Every method, typed and through the hook, with the same results but for order.
func TestTypedMethods(t *testing.T) {
	const z = ".us-east-2.amazonaws.com"
	r := resolver.New(typedView(t))
	ways := map[string]lookuper{"typed": r, "hook": r.Net()}
	same := func(t *testing.T, want, got any, err error) {
		t.Helper()
		if err != nil {
			t.Error(err)
		} else if d := cmp.Diff(want, got, cmp.Comparer(func(a, b netip.Addr) bool { return a == b })); d != "" {
			t.Error(d)
		}
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			hosts, err := way.LookupHost(ctx, "dual"+z)
			slices.Sort(hosts)
			same(t, []string{"10.0.5.1", "2001:db8::5"}, hosts, err)

			addrs, err := way.LookupIPAddr(ctx, "dual"+z+".")
			slices.SortFunc(addrs, func(a, b net.IPAddr) int { return len(a.IP) - len(b.IP) })
			for i := range addrs {
				addrs[i].IP = addrs[i].IP.To16()
			}
			slices.SortFunc(addrs, func(a, b net.IPAddr) int { return slices.Compare(a.IP, b.IP) })
			same(t, []net.IPAddr{{IP: net.ParseIP("10.0.5.1")}, {IP: net.ParseIP("2001:db8::5")}}, addrs, err)

			ips, err := way.LookupIP(ctx, "ip6", "dual"+z)
			same(t, []net.IP{net.ParseIP("2001:db8::5")}, ips, err)

			four, err := way.LookupNetIP(ctx, "ip4", "dual"+z)
			for i := range four {
				four[i] = four[i].Unmap()
			}
			same(t, []netip.Addr{netip.MustParseAddr("10.0.5.1")}, four, err)

			names, err := way.LookupAddr(ctx, "203.0.113.10")
			slices.Sort(names)
			same(t, []string{"a.example.com.", "b.example.com."}, names, err)
			names, err = way.LookupAddr(ctx, "2001:db8::6")
			same(t, []string{"six.example.com."}, names, err)

			cname, err := way.LookupCNAME(ctx, host)
			same(t, host+".", cname, err)
			cname, err = way.LookupCNAME(ctx, "outside"+z)
			if name == "typed" { // N19: through the hook it is one or the other, or an error
				same(t, "www.example.com.", cname, err)
				cname, err = way.LookupCNAME(ctx, "ALIAS"+z)
				same(t, host+".", cname, err)
				cname, err = way.LookupCNAME(ctx, "six"+z)
				same(t, "six"+z+".", cname, err)
			}

			txt, err := way.LookupTXT(ctx, "text"+z)
			same(t, []string{"onetwo", "three"}, txt, err)

			mx, err := way.LookupMX(ctx, "mail"+z)
			same(t, []*net.MX{{Host: "mx2" + z + ".", Pref: 5}, {Host: "mx1.example.com.", Pref: 10}}, mx, err)

			ns, err := way.LookupNS(ctx, z[1:])
			same(t, []*net.NS{{Host: "ns1" + z + "."}}, ns, err)

			cname, srv, err := way.LookupSRV(ctx, "sip", "tcp", z[1:])
			want := []*net.SRV{
				{Target: "sip0" + z + ".", Port: 5060, Priority: 0, Weight: 1},
				{Target: "sip1" + z + ".", Port: 5060, Priority: 1, Weight: 20},
				{Target: "sip2" + z + ".", Port: 5060, Priority: 1, Weight: 10},
			}
			if name == "hook" { // Go throws dice for the weights
				slices.SortFunc(srv, func(a, b *net.SRV) int { return slices.Compare([]byte(a.Target), []byte(b.Target)) })
			}
			same(t, want, srv, err)
			same(t, "_sip._tcp"+z+".", cname, err)
			_, direct, err := way.LookupSRV(ctx, "", "", "_sip._tcp"+z)
			if err != nil || len(direct) != 3 {
				t.Error(direct, err)
			}
		})
	}
}

func TestLookupNetIP(t *testing.T) {
	r := resolver.New(typedView(t))
	for _, test := range []struct {
		network, host string
		want          []string
	}{
		{"ip", host, []string{"10.0.1.10", "10.0.2.10", "10.0.3.10"}},
		{"ip", "MONITORING.us-east-2.AMAZONAWS.com.", []string{"10.0.1.10", "10.0.2.10", "10.0.3.10"}},
		{"ip", "dual.us-east-2.amazonaws.com", []string{"10.0.5.1", "2001:db8::5"}},
		{"ip6", "dual.us-east-2.amazonaws.com", []string{"2001:db8::5"}},
		{"ip", "alias.us-east-2.amazonaws.com", []string{"10.0.1.10", "10.0.2.10", "10.0.3.10"}},
		{"ip", "*.wild.us-east-2.amazonaws.com", []string{"10.0.4.1"}}, // N16: Go never asks for it
		{"ip", "localhost", []string{"127.0.0.1", "::1"}},
		{"ip4", "192.0.2.1", []string{"192.0.2.1"}},
		{"ip", "fe80::1%eth0", []string{"fe80::1%eth0"}},
		{"ip4", "::ffff:192.0.2.1", []string{"192.0.2.1"}},
	} {
		got, err := r.LookupNetIP(t.Context(), test.network, test.host)
		var text []string
		for _, a := range got {
			text = append(text, a.String())
		}
		if err != nil || !slices.Equal(text, test.want) {
			t.Errorf("%s %s: %v %v, want %v", test.network, test.host, text, err, test.want)
		}
	}
	var addr *net.AddrError
	if _, err := r.LookupNetIP(t.Context(), "ip6", "192.0.2.1"); !errors.As(err, &addr) {
		t.Error(err)
	}
	var unknown net.UnknownNetworkError
	if _, err := r.LookupNetIP(t.Context(), "tcp", host); !errors.As(err, &unknown) {
		t.Error(err)
	}
	var e *net.DNSError
	for _, bad := range []string{"10.0.0", "", "fe80::1%eth0", "::ffff:10.0.0.1%1", host} {
		for way, l := range map[string]lookuper{"typed": r, "hook": r.Net()} {
			if _, err := l.LookupAddr(t.Context(), bad); !errors.As(err, &e) || e.Err != "unrecognized address" || e.Name != bad {
				t.Errorf("%s, %q: %#v", way, bad, err)
			}
		}
	}
	if cname, err := r.LookupCNAME(t.Context(), "MONITORING.us-east-2.amazonaws.com"); err != nil || cname != host+"." {
		t.Error(cname, err)
	}
	if _, err := r.LookupAddr(t.Context(), "203.0.113.99"); !errors.As(err, &e) || e.Name != "203.0.113.99" || !e.IsNotFound {
		t.Errorf("%#v", err)
	}
}
