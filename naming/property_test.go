package naming_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// hostOf writes down what the package says of a host in the twin's form.
func hostOf(h naming.Host) slowHost {
	return slowHost{
		kind: h.Kind().String(), prefix: h.Prefix(), id: h.EndpointID(), suffix: h.Suffix(), zone: h.Zone(),
		service: h.Service(), region: h.Region(), domain: h.Domain(), partition: h.Partition().ID, listed: h.RegionListed(),
	}
}

type tb interface {
	Helper()
	Errorf(format string, args ...any)
}

// compare holds every way into the package against the twin and against each
// other.
func (s *slow) compare(t tb, in string) {
	t.Helper()
	want := s.host(in)
	h := naming.Classify(in)
	if d := cmp.Diff(want, hostOf(h), cmp.AllowUnexported(slowHost{})); d != "" {
		t.Errorf("Classify(%q): (-twin +got)\n%s", in, d)
	}
	canonical, ok := slowCanonical(in)
	if got, err := naming.CanonicalHost(in); (err == nil) != ok || got != canonical {
		t.Errorf("CanonicalHost(%q) = %q, %v; the twin says %q, %v", in, got, err, canonical, ok)
	}
	if p, err := naming.ParseHost(in); (err == nil) != h.IsValid() || err == nil && (p != h || p.String() != canonical) {
		t.Errorf("ParseHost(%q) = %v, %v; Classify gives %v", in, p, err, h)
	}
	if h.IsValid() != (h.Err() == nil) || !h.IsValid() && h.String() != in {
		t.Errorf("Classify(%q): valid %v, error %v, text %q", in, h.IsValid(), h.Err(), h)
	}

	isName := want.kind == "regional" || want.kind == "zonal"
	n, err := naming.Parse(in)
	if (err == nil) != isName || naming.IsEndpointName(in) != isName {
		t.Errorf("Parse(%q) = %v, %v, IsEndpointName %v; the twin says %q", in, n, err, naming.IsEndpointName(in), want.kind)
	}
	hn, ok := h.Name()
	if ok != isName || hn != n {
		t.Errorf("Classify(%q).Name() = %v, %v; Parse gives %v", in, hn, ok, n)
	}
	if err != nil {
		checkParseError(t, in, err)
		return
	}
	if n.String() != canonical || !n.IsValid() || n.IsZonal() != (want.kind == "zonal") {
		t.Errorf("Parse(%q) = %q, zonal %v", in, n, n.IsZonal())
	}
	parts := naming.Parts{
		Prefix: want.prefix, EndpointID: want.id, Suffix: want.suffix, Zone: want.zone,
		Service: want.service, Region: want.region, Domain: want.domain,
	}
	if d := cmp.Diff(parts, n.Parts()); d != "" {
		t.Errorf("Parse(%q).Parts(): (-twin +got)\n%s", in, d)
	}
	if again, err := naming.New(n.Parts()); err != nil || again != n {
		t.Errorf("New(Parse(%q).Parts()) = %v, %v", in, again, err)
	}
	if n.Partition().ID != want.partition || n.DomainEvidence() < naming.Modelled {
		t.Errorf("Parse(%q): partition %q, evidence %v", in, n.Partition().ID, n.DomainEvidence())
	}
}

// TestTwin compares with the slow twin on names, near misses and texts made of
// telling labels (NAM-17).
func TestTwin(t *testing.T) {
	s := newSlow(t)
	for _, r := range rows(t, "testdata/vpce_names.tsv") {
		s.compare(t, r["name"])
	}
	for _, tt := range hostile {
		s.compare(t, tt.in)
	}
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.OneOf(
			rapid.Map(tracegen.Name(), naming.Name.String),
			tracegen.NearMiss(),
			tracegen.HostText(),
			rapid.StringMatching(`[a-zA-Z0-9.*_-]{0,20}`),
			rapid.String(),
		).Draw(t, "host")
		if rapid.Bool().Draw(t, "spelt") {
			in = tracegen.Spelling(in).Draw(t, "spelling")
		}
		s.compare(t, in)
	})
}

// TestRoundTrip builds names from parts, and goes from each to its relatives
// and back (NAM-17).
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := tracegen.NameParts().Draw(t, "parts")
		n, err := naming.New(p)
		if err != nil {
			t.Fatalf("New(%+v): %v", p, err)
		}
		if n.Parts() != p || n.String() != string(p.AppendTo(nil)) || string(n.AppendTo([]byte("x"))) != "x"+n.String() {
			t.Fatalf("New(%+v) = %v with %+v", p, n, n.Parts())
		}
		spelt := tracegen.Spelling(n.String()).Draw(t, "spelling")
		if again, err := naming.Parse(spelt); err != nil || again != n {
			t.Fatalf("Parse(%q) = %v, %v; want %v", spelt, again, err, n)
		}
		text, err := n.MarshalText()
		var back naming.Name
		if err != nil || back.UnmarshalText(text) != nil || back != n {
			t.Fatalf("%v comes back as %v", n, back)
		}

		regional := n.Regional()
		az := tracegen.Zone(p.Region).Draw(t, "zone")
		zonal, err := regional.Zonal(az)
		if err != nil || zonal.Zone() != az || zonal.Regional() != regional || regional.IsZonal() || !zonal.IsZonal() {
			t.Fatalf("%v.Zonal(%s) = %v, %v", regional, az, zonal, err)
		}
		if again, err := naming.Parse(zonal.String()); err != nil || again != zonal {
			t.Fatalf("Parse(%v) = %v, %v", zonal, again, err)
		}
		if other, err := n.Zonal(az); err != nil || other != zonal {
			t.Fatalf("%v.Zonal(%s) = %v, %v; want %v", n, az, other, err, zonal)
		}
		if b, err := n.AppendZonal([]byte("x"), az); err != nil || string(b) != "x"+zonal.String() {
			t.Fatalf("%v.AppendZonal(%s) = %q, %v", n, az, b, err)
		}
		bare, err := n.WithPrefix("")
		if err != nil || bare.Prefix() != "" {
			t.Fatalf("%v.WithPrefix() = %v, %v", n, bare, err)
		}
		if again, err := bare.WithPrefix(p.Prefix); err != nil || again != n {
			t.Fatalf("%v.WithPrefix(%q) = %v, %v; want %v", bare, p.Prefix, again, err, n)
		}
		if c := n.Compare(zonal); c != strings.Compare(n.String(), zonal.String()) {
			t.Fatalf("%v.Compare(%v) = %d", n, zonal, c)
		}
	})
}

// TestPartsAreChecked builds names from parts of which one is another's: what
// New accepts has exactly those parts.
func TestPartsAreChecked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p, q := tracegen.NameParts().Draw(t, "parts"), tracegen.NameParts().Draw(t, "others")
		odd := rapid.OneOf(
			rapid.SampledFrom([]string{"", ".", "a.b", "*", "us-east-2", q.Zone, q.Service, q.Region, q.Domain, q.Suffix + "-" + q.Zone, q.Service + "." + q.Region}),
			rapid.String(),
		).Draw(t, "odd")
		field := rapid.SampledFrom([]*string{&p.Prefix, &p.EndpointID, &p.Suffix, &p.Zone, &p.Service, &p.Region, &p.Domain}).Draw(t, "field")
		*field = odd
		n, err := naming.New(p)
		if err != nil {
			checkParseError(t, "", err)
			return
		}
		if p.Domain == "" {
			p.Domain = n.Domain()
		}
		if d := cmp.Diff(p, n.Parts()); d != "" && !strings.EqualFold(string(p.AppendTo(nil)), n.String()) {
			t.Fatalf("New gives other parts: (-want +got)\n%s", d)
		}
	})
}

func TestServiceNameRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := tracegen.ServiceName().Draw(t, "name")
		back, err := naming.ParseServiceName(n.String())
		if err != nil || back != n {
			t.Fatalf("ParseServiceName(%v) = %v, %v", n, back, err)
		}
		text := n.Prefix()
		if n.Region() != "" {
			text += "." + n.Region()
		}
		if text += "." + n.Short(); text != n.String() {
			t.Fatalf("%v has the parts %q", n, text)
		}
		if region := tracegen.Region().Draw(t, "region"); n.Region() != "" {
			moved, err := n.In(region)
			if err != nil || moved.Region() != region || moved.Short() != n.Short() || moved.Prefix() != n.Prefix() {
				t.Fatalf("%v.In(%s) = %v, %v", n, region, moved, err)
			}
		}
	})
}
