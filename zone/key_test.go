package zone_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
)

// foldSlow maps A–Z, and nothing else, an octet at a time.
func foldSlow(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func FuzzSame(f *testing.F) {
	for _, s := range []string{"monitoring.us-east-2.amazonaws.com", "_a.b", "`", "a{b}c|d~e.example.com", strings.Repeat("abcdefg.", 6) + "x", "12345678", "-", ""} {
		f.Add(s, strings.ToUpper(s))
		f.Add(s, s)
		f.Add(s, strings.Map(func(r rune) rune { return r ^ 0x20 }, s)) // every bit of letter case the other way
		for i := range len(s) {
			b := []byte(s)
			b[i] ^= 1
			f.Add(s, string(b))
		}
	}
	f.Fuzz(func(t *testing.T, name, s string) {
		name = foldSlow(name)
		want := foldSlow(s) == name
		if text, inNode := zone.Same(s, name); text != want || inNode != want {
			t.Fatalf("is %q the name %q: %v, in a node %v, want %v", s, name, text, inNode, want)
		}
		if zone.Hash(name) != zone.Hash(strings.ToUpper(foldSlow(name))) && isASCII(name) {
			t.Fatalf("the hash of %q is another one in upper case", name)
		}
	})
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

// TestFind compares a tree with a walk over a map, from few names, which share
// a group, to many, which grow it.
func TestFind(t *testing.T) {
	alphabet := rapid.SampledFrom([]string{"a", "b", "c", "host", "HOST", "*", "_x", "us-east-2", "amazonaws", "com", "{", "[", "|", strings.Repeat("long", 15), "vpce", "Host12"})
	name := rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(alphabet, 1, 6).Draw(t, "labels"), ".")
	})
	rapid.Check(t, func(t *rapid.T) {
		var names []string
		at := map[string]int{}
		for _, n := range rapid.SliceOfN(name, 0, 200).Draw(t, "names") {
			n = foldSlow(n)
			if _, ok := at[n]; !ok && len(n) <= 253 {
				at[n] = len(names)
				names = append(names, n)
			}
		}
		find := zone.Finder(names)
		questions := append(rapid.SliceOfN(name, 1, 50).Draw(t, "questions"), names...)
		for _, q := range questions {
			q = rapid.SampledFrom([]func(string) string{strings.ToUpper, foldSlow, func(s string) string { return "x." + s }, func(s string) string { return s + "." }}).Draw(t, "form")(q)
			want, valid := -1, len(strings.TrimSuffix(q, ".")) <= 253
			for rest := strings.TrimSuffix(foldSlow(q), "."); rest != ""; {
				if i, ok := at[rest]; ok {
					want = i
					break
				}
				_, rest, _ = strings.Cut(rest, ".")
			}
			if got, ok := find(q); ok != valid || ok && got != want {
				t.Fatalf("%q: name %d, %v, want %d of %q", q, got, ok, want, names)
			}
		}
	})
}

// FuzzFind looks hostile texts up in a tree, which tells what is no name.
func FuzzFind(f *testing.F) {
	names := []string{"example.com", "*.example.com", "us-east-2.amazonaws.com", "com"}
	find := zone.Finder(names)
	for _, s := range []string{
		"", ".", "..", "a..example.com", ".example.com", "example.com..", "a.b.EXAMPLE.com.", strings.Repeat("a", 63) + ".com", strings.Repeat("a", 64) + ".com",
		strings.Repeat("a.", 125) + "com", strings.Repeat("a.", 126) + "com", "a b.com", "a\\052.com", "caf\xc3\xa9.com", "\x7f.com", "x.net", "1234567", "12345678", "12345678.", "1234567..",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, valid := naiveFold(s)
		if s == "" {
			valid = true // the root, to a tree
		}
		got, ok := find(s)
		if !valid {
			if ok {
				t.Fatalf("%q is no name, and %d was found", s, got)
			}
			return
		}
		want := -1
		for rest := text; rest != "" && want < 0; _, rest, _ = strings.Cut(rest, ".") {
			want = slices.Index(names, rest)
		}
		if got != want || !ok {
			t.Fatalf("%q: %d, %v, want %d", s, got, ok, want)
		}
	})
}

// TestLookupName compares a name that was made ready with the text, in all views
// of a network, for names of every form.
func TestLookupName(t *testing.T) {
	fx := fixtures()
	c := world(fx["EP1"], fx["EP2"], fx["EP4"], fx["EP5"])
	c.HostedZones = bindZones()
	z, err := zone.New(c)
	if err != nil {
		t.Fatal(err)
	}
	var views []*zone.View
	for _, p := range []zone.Point{zone.Public(), zone.VPC(c.VPCs[0].ID), zone.Inbound(c.VPCs[0].ID), zone.Subnet(c.Subnets[0].ID)} {
		v, ok := z.View(p)
		if !ok {
			t.Fatalf("no view %v", p)
		}
		views = append(views, v)
	}
	names := []string{".", "com", regionalName, zonalNameA, defaultName, "a.b\\056c.test", "\\052.ent.test", "d.ent.test", "x.y." + defaultName}
	for _, h := range c.HostedZones {
		names = append(names, h.Name, "missing."+h.Name)
		for _, s := range h.RecordSets {
			names = append(names, s.Name)
		}
	}
	for _, text := range names {
		for _, asked := range []string{text, strings.ToUpper(text), text + "."} {
			n, err := zone.ParseName(asked)
			a := views[0].Lookup(asked, zone.A)
			if (err == nil) != a.IsValid() {
				t.Fatalf("%q: %v, and the answer is valid: %v", asked, err, a.IsValid())
			}
			if err != nil {
				continue
			}
			for _, v := range views {
				for _, typ := range []zone.Type{zone.A, zone.AAAA, zone.MX, zone.NS, zone.ANY} {
					want, got := v.Lookup(asked, typ), v.LookupName(n, typ)
					if w, g := describe(want), describe(got); w != g {
						t.Errorf("%v, %s %v: made ready\n%s\nwant\n%s", v.Point(), asked, typ, g, w)
					}
				}
			}
		}
	}
	if a := views[0].LookupName(new(zone.Name), zone.A); a.IsValid() {
		t.Errorf("the zero Name has an answer: %v", a)
	}
}

// describe is everything that an Answer says.
func describe(a zone.Answer) string {
	rcode, known := a.RCode()
	soa, negative := a.SOA()
	end, last := a.Final()
	return fmt.Sprint(a.Name(), a.Type(), rcode, known, a.Source(), a.Rule(), a.Evidence(), a.Codes(), slices.Collect(a.Records()), soa, negative, end, last, slices.Collect(a.Targets()))
}

// FuzzCanonicalIn compares the way for names of a zone with the way for all.
func FuzzCanonicalIn(f *testing.F) {
	for _, s := range []string{"host1.example.com", "Host1.example.com.", "host1.EXAMPLE.com", ".example.com", "a..example.com", "example.com", "a b.example.com", "a\\052.example.com", "..", "a..", strings.Repeat("a.", 130) + "example.com", strings.Repeat("a", 64) + ".example.com"} {
		f.Add(s, "example.com")
		f.Add(s, "")
	}
	f.Fuzz(func(t *testing.T, s, domain string) {
		if text, ok := naiveFold(domain); !ok || text != domain {
			domain = ""
		}
		got, gotErr := zone.CanonicalIn(s, domain)
		want, ok := zone.Canonical(s)
		if (gotErr == nil) != ok || ok && got != want {
			t.Fatalf("%q in %q: %q, %v, want %q, %v", s, domain, got, gotErr, want, ok)
		}
	})
}

// TestIsApart: a name in one of the zones that a VPC's resolver has by itself is
// never taken for one that is in none.
func TestIsApart(t *testing.T) {
	domains := []string{"in-addr.arpa", "10.in-addr.arpa", "168.192.in-addr.arpa"}
	for r := range naming.Regions() {
		domains = append(domains, zone.EC2Domains(r.Name)...)
	}
	for _, d := range domains {
		for _, name := range []string{d, "x." + d, "a.b." + d} {
			if zone.IsApart(name) {
				t.Errorf("%s is apart", name)
			}
		}
	}
	for _, name := range []string{"example.com", defaultName, regionalName} {
		if !zone.IsApart(name) {
			t.Errorf("%s is not apart", name)
		}
	}
}
