package resolver_test

import (
	"errors"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// always answers every name with the same records.
type always []zone.Record

func (l always) Lookup(string, zone.Type) zone.Answer { return zone.NewAnswer(zone.NoError, l...) }

// Z3, Z10: a record without data, or with an owner that no message can hold, makes
// the whole answer SERVFAIL, in octets and typed, whoever's function gave it.
func TestBrokenRecord(t *testing.T) {
	const name = "db.example.com"
	good := must(name, zone.A, "192.0.2.1")
	owned := func(owner string) zone.Record {
		r := good
		r.Name = owner
		return r
	}
	label := strings.Repeat("a", 64)
	broken := map[string]zone.Record{
		"the zero Record":      {},
		"a label of 64 octets": owned(label + ".example.com"),
		"a label of 320":       owned(strings.Repeat(label, 5)),
		"a name of 256 octets": owned(strings.Repeat("abc.", 63) + "ab"),
	}
	for _, typ := range []zone.Type{zone.A, zone.AAAA, zone.CNAME, zone.NS, zone.PTR, zone.SOA, zone.MX, zone.SRV, zone.TXT, zone.SPF, zone.CAA} {
		broken["no data, "+typ.String()] = zone.Record{Name: name, Type: typ}
	}
	sent := zone.ResolverRule{ID: "rslvr-rr-1", DomainName: "example.com", RuleType: "FORWARD", TargetIPs: []zone.TargetAddress{{IP: "10.9.9.9"}}}
	for what, rec := range broken {
		given := zone.NewAnswer(zone.NoError, good, rec)
		for who, l := range map[string]resolver.Lookuper{
			"a Lookuper": always{good, rec},
			"Public":     view(t, zone.Config{Public: func(string, zone.Type) (zone.Answer, bool) { return given, true }}),
			"Forward": view(t, zone.Config{
				ResolverRules:            []zone.ResolverRule{sent},
				ResolverRuleAssociations: []zone.ResolverRuleAssociation{{ID: "rslvr-rrassoc-1", ResolverRuleID: sent.ID, VPCID: "vpc-1"}},
				Forward:                  func(zone.ResolverRule, string, zone.Type) (zone.Answer, bool) { return given, true },
			}),
		} {
			var seen []zone.RCode
			watched := resolver.New(l)
			watched.Observe = func(q resolver.Query) { seen = append(seen, q.RCode) }
			for _, r := range []*resolver.Resolver{watched, resolver.New(l)} {
				for range 3 { // and whatever is kept
					out, ok := r.AppendResponse(nil, query(t, name+".", dnsmessage.TypeA, 0), 512)
					if got := summary(unpack(t, out)); !ok || got != "SERVFAIL qr rd ra" {
						t.Errorf("%s of %s: %s", what, who, got)
					}
				}
				for method, look := range methodsOf(t.Context(), r) {
					if method == "LookupAddr" {
						continue
					}
					if err := look(name); !errors.Is(err, zone.ErrRData) || flagsOf(t, err) != (flags{Text: "server misbehaving", Temporary: true}) {
						t.Errorf("%s of %s, %s: %v", what, who, method, err)
					}
				}
			}
			for _, rcode := range seen {
				if rcode != zone.ServFail {
					t.Errorf("%s of %s was observed as %v", what, who, rcode)
				}
			}
		}
	}
}

// What is not broken: a type that may be empty, the longest names, and the root.
func TestUnusualRecords(t *testing.T) {
	for _, rec := range []zone.Record{
		must("a.example.com", 10, `\# 0`),
		must(strings.Repeat("abc.", 63)+"a", zone.A, "192.0.2.1"),
		must(strings.Repeat("a", 63)+".example.com", zone.A, "192.0.2.1"),
		must(strings.Repeat(`\052`, 63)+".example.com", zone.A, "192.0.2.1"),
		must(".", zone.NS, "ns.example.com"),
	} {
		out, ok := resolver.New(always{rec}).AppendResponse(nil, query(t, "a.test.", dnsmessage.Type(rec.Type), 0), 512)
		if m := unpack(t, out); !ok || m.RCode != 0 || len(m.Answers) != 1 {
			t.Errorf("%s: %s", rec, summary(m))
		}
	}
}

// An observer is told what the client is told: SERVFAIL for a code that only an
// OPT record could hold.
func TestObservedExtendedRCode(t *testing.T) {
	r := resolver.New(rcodes(16))
	var seen []zone.RCode
	r.Observe = func(q resolver.Query) { seen = append(seen, q.RCode) }
	for size, want := range map[int]zone.RCode{0: zone.ServFail, 1232: 16} {
		seen = nil
		out, _ := r.AppendResponse(nil, query(t, "a.test.", dnsmessage.TypeA, size), 512)
		if told := strings.Fields(summary(unpack(t, out)))[0]; len(seen) != 1 || seen[0] != want || told != want.String() {
			t.Errorf("with an offer of %d: observed %v, told %s, want %v", size, seen, told, want)
		}
	}
}
