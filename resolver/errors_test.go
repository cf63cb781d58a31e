package resolver_test

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// flags are what a caller sees of a net.DNSError.
type flags struct {
	Text                           string
	NotFound, Temporary, Timeout   bool
	NXDomain, NoData, Out, Unknown bool
}

func flagsOf(t *testing.T, err error) flags {
	t.Helper()
	var e *net.DNSError
	if !errors.As(err, &e) {
		t.Fatalf("%T %v, want a *net.DNSError", err, err)
	}
	return flags{
		e.Err, e.IsNotFound, e.IsTemporary, e.IsTimeout,
		errors.Is(err, resolver.ErrNXDomain), errors.Is(err, resolver.ErrNoData), errors.Is(err, resolver.ErrOutside), errors.Is(err, resolver.ErrUnknown),
	}
}

// rcodes answers every name with one code.
type rcodes zone.RCode

func (r rcodes) Lookup(string, zone.Type) zone.Answer { return zone.NewAnswer(zone.RCode(r)) }

// N21: the typed lookups fail with the text and the flags of Go's resolver
// behind the hook, and tell more behind them. L007 to L010 are rows of the
// specification's case file.
func TestErrors(t *testing.T) {
	const (
		missing = "no such host"
		bad     = "server misbehaving"
	)
	closed := resolver.New(wireView(t))
	closed.Outside = resolver.NXDomain
	// A zone whose records are not in the input wins, and answers what nobody
	// knows.
	unknown := view(t, zone.Config{HostedZones: []zone.HostedZone{{
		ID: "Z1", Name: "example.com", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}},
	}}})
	for _, test := range []struct {
		name string
		r    *resolver.Resolver
		host string
		want flags
	}{
		{"L007 L008 NODATA", resolver.New(wireView(t)), "mail.us-east-2.amazonaws.com", flags{Text: missing, NotFound: true, NoData: true}},
		{"L008 NXDOMAIN", resolver.New(wireView(t)), "nothing.us-east-2.amazonaws.com", flags{Text: missing, NotFound: true, NXDomain: true}},
		{"L009 SERVFAIL", resolver.New(rcodes(zone.ServFail)), host, flags{Text: bad, Temporary: true}},
		{"L010 REFUSED", resolver.New(rcodes(zone.Refused)), host, flags{Text: bad}},
		{"L010 NOTIMP", resolver.New(rcodes(zone.NotImp)), host, flags{Text: bad}},
		{"outside, refused", resolver.New(wireView(t)), "www.example.com", flags{Text: bad, Out: true}},
		{"outside, NXDOMAIN", closed, "www.example.com", flags{Text: missing, NotFound: true, NXDomain: true}},
		{"a CNAME that leads outside", resolver.New(wireView(t)), "outside.us-east-2.amazonaws.com", flags{Text: missing, NotFound: true, Out: true}},
		{"a zone without its records", resolver.New(unknown), "a.example.com", flags{Text: bad, Unknown: true}},
		{"the zero Resolver", new(resolver.Resolver), host, flags{Text: bad, Out: true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := test.r.LookupIPAddr(t.Context(), test.host)
			if got := flagsOf(t, err); got != test.want {
				t.Errorf("typed: %+v\n  want %+v\n%v", got, test.want, err)
			}
			_, err = test.r.LookupTXT(t.Context(), test.host)
			if got := flagsOf(t, err); got != test.want {
				t.Errorf("typed TXT: %+v\n  want %+v\n%v", got, test.want, err)
			}
			want := test.want // of which Go's resolver keeps text and flags
			want.NXDomain, want.NoData, want.Out, want.Unknown = false, false, false, false
			_, err = test.r.Net().LookupIPAddr(t.Context(), test.host+".")
			if got := flagsOf(t, err); got != want {
				t.Errorf("hook: %+v\n want %+v\n%v", got, want, err)
			}
		})
	}
}

// L009, L010: how often Go asks. REFUSED and SERVFAIL are retried (N12), and no
// policy of this package answers SERVFAIL (N15).
func TestRetries(t *testing.T) {
	for _, test := range []struct {
		rcode zone.RCode
		most  int
	}{{zone.NXDomain, 1}, {zone.NoError, 1}, {zone.ServFail, 6}, {zone.Refused, 6}} {
		asked := 0
		r := resolver.New(rcodes(test.rcode))
		r.Observe = func(q resolver.Query) { asked++ }
		_, err := r.Net().LookupTXT(t.Context(), host+".")
		if err == nil || asked < 1 || asked > test.most || test.most > 1 && asked < 2 {
			t.Errorf("%v: asked %d times, %v", test.rcode, asked, err)
		}
	}
}

// N21: a context that has ended fails every method with the text and all flags of
// Go's resolver.
func TestContextEnded(t *testing.T) {
	r := resolver.New(cloudWatch)
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	late, cancel := context.WithDeadline(t.Context(), time.Unix(1, 0))
	defer cancel()
	for _, test := range []struct {
		ctx  context.Context
		why  error
		want flags
	}{
		{canceled, context.Canceled, flags{Text: "operation was canceled"}},
		{late, context.DeadlineExceeded, flags{Text: "i/o timeout", Timeout: true, Temporary: true}},
	} {
		hook := methodsOf(test.ctx, r.Net())
		for name, look := range methodsOf(test.ctx, r) {
			arg := host
			if name == "LookupAddr" {
				arg = "192.0.2.1"
			}
			for way, err := range map[string]error{"typed": look(arg), "hook": hook[name](arg)} {
				if got := flagsOf(t, err); got != test.want || !errors.Is(err, test.why) {
					t.Errorf("%s, %s: %+v %v, want %+v", name, way, got, err, test.want)
				}
			}
		}
	}
	// A literal needs no lookup.
	if got, err := r.LookupHost(late, "10.0.0.1"); err != nil || got[0] != "10.0.0.1" {
		t.Error(got, err)
	}
}

// N16: what cannot be asked for is not found, and says why.
func TestNoName(t *testing.T) {
	r := resolver.New(cloudWatch)
	long := "a"
	for len(long) < 300 {
		long += ".a"
	}
	for _, name := range []string{"", "..", "a..b", ".a", "a b", `a\.b`, "é.example.com", long, "a123456789012345678901234567890123456789012345678901234567890123.b"} {
		_, err := r.LookupHost(t.Context(), name)
		if got := flagsOf(t, err); got != (flags{Text: "no such host", NotFound: true}) || !errors.Is(err, zone.ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

// TestNamesAreKept proves what nameBuffer.text rests on: a zone.View hands its
// Config's functions names that stay as they are.
func TestNamesAreKept(t *testing.T) {
	var kept []string
	keep := func(name string) (zone.Answer, bool) {
		kept = append(kept, name)
		return zone.NewAnswer(zone.NXDomain), true
	}
	r := resolver.New(view(t, zone.Config{
		HostedZones: []zone.HostedZone{wireZone()},
		Public:      func(name string, _ zone.Type) (zone.Answer, bool) { return keep(name) },
		Forward:     func(_ zone.ResolverRule, name string, _ zone.Type) (zone.Answer, bool) { return keep(name) },
		ResolverRules: []zone.ResolverRule{{
			ID: "rslvr-rr-1", DomainName: "corp.example", RuleType: "FORWARD", TargetIPs: []zone.TargetAddress{{IP: "10.9.9.9"}},
		}},
		ResolverRuleAssociations: []zone.ResolverRuleAssociation{{ID: "rslvr-rrassoc-1", ResolverRuleID: "rslvr-rr-1", VPCID: "vpc-1"}},
	}))
	names := []string{"www.example.com", "db.corp.example", "api.example.org", "outside.us-east-2.amazonaws.com"}
	for _, name := range names {
		if _, ok := r.AppendResponse(nil, query(t, name+".", dnsmessage.TypeA, 0), 512); !ok {
			t.Fatal(name)
		}
	}
	names[3] = "www.example.com" // where the CNAME leads
	if len(kept) != len(names) {
		t.Fatalf("kept %q", kept)
	}
	for i, name := range names {
		if kept[i] != name {
			t.Errorf("%q became %q", name, kept[i])
		}
	}
}

func TestPolicyString(t *testing.T) {
	for p, want := range map[resolver.Policy]string{
		resolver.Answered: "answered", resolver.Refuse: "refuse", resolver.NXDomain: "nxdomain", resolver.Forward: "forward", 9: "invalid",
	} {
		if got := p.String(); got != want {
			t.Errorf("%d: %q, want %q", p, got, want)
		}
	}
}

// Each method fails alike: a name that is none, and one without such records.
func TestMethodsFail(t *testing.T) {
	r := resolver.New(wireView(t))
	for name, look := range methodsOf(t.Context(), r) {
		if name == "LookupAddr" {
			continue // which takes no name
		}
		if err := look("a..b"); !errors.Is(err, zone.ErrName) {
			t.Errorf("%s of no name: %v", name, err)
		}
		if err := look("wild.us-east-2.amazonaws.com"); !errors.Is(err, resolver.ErrNoData) {
			t.Errorf("%s of an empty name: %v", name, err)
		}
		if err := look("none.us-east-2.amazonaws.com"); !errors.Is(err, resolver.ErrNXDomain) {
			t.Errorf("%s of a missing name: %v", name, err)
		}
	}
}
