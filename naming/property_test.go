package naming_test

import (
	"errors"
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

// TestEveryByte puts other bytes into every place of usual names: the fast path
// of the parser must see each.
func TestEveryByte(t *testing.T) {
	s := newSlow(t)
	for _, name := range []string{
		"vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.api.ecr.us-east-2.vpce.amazonaws.com",
		"vpce-099deb00b40f00e22-lj2wisx3.vpce-svc-0762b4928b8687636.cn-north-1.vpce.amazonaws.com.cn",
		"node-1.example.io",
	} {
		for i := range len(name) {
			for _, c := range []byte("\x00\x7f\x80\xff -./09:@AGZ_`afgz{*") {
				s.compare(t, name[:i]+string([]byte{c})+name[i+1:])
			}
			s.compare(t, name[:i]+name[i+1:])
			s.compare(t, name[:i])
		}
	}
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
		// With room and without, and a zone that is perhaps none.
		room := append(make([]byte, 0, rapid.SampledFrom([]int{1, 300}).Draw(t, "room")), 'x')
		if b, err := n.AppendZonal(room, az); err != nil || string(b) != "x"+zonal.String() {
			t.Fatalf("%v.AppendZonal(%s) = %q, %v", n, az, b, err)
		}
		odd := []byte(az)
		odd[rapid.IntRange(0, len(odd)-1).Draw(t, "at")] = rapid.SampledFrom([]byte("abe-012")).Draw(t, "byte")
		b, err := n.AppendZonal(room, string(odd))
		z, err2 := n.Zonal(string(odd))
		if (err == nil) != (err2 == nil) || err == nil && string(b) != "x"+z.String() || err != nil && string(b) != "x" {
			t.Fatalf("%v.AppendZonal(%s) = %q, %v; Zonal gives %v, %v", n, odd, b, err, z, err2)
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
		fold := func(p naming.Parts) naming.Parts {
			return naming.Parts{
				Prefix: strings.ToLower(p.Prefix), EndpointID: strings.ToLower(p.EndpointID), Suffix: strings.ToLower(p.Suffix), Zone: strings.ToLower(p.Zone),
				Service: strings.ToLower(p.Service), Region: strings.ToLower(p.Region), Domain: strings.ToLower(p.Domain),
			}
		}
		if d := cmp.Diff(fold(p), n.Parts()); d != "" {
			t.Fatalf("New gives other parts: (-want +got)\n%s", d)
		}
	})
}

// TestNew has the parts that reach into their neighbours, among others.
func TestNew(t *testing.T) {
	good := naming.Parts{EndpointID: "vpce-099deb00b40f00e22", Suffix: "lj2wisx3", Service: "monitoring", Region: "us-east-2"}
	for _, tt := range []struct {
		what  string
		spoil func(p *naming.Parts)
		label string
		err   error
	}{
		{"nothing", func(*naming.Parts) {}, "", nil},
		{"upper case", func(p *naming.Parts) { p.Region, p.Service = "US-East-2", "Monitoring" }, "", nil},
		{"a Region on the moon", func(p *naming.Parts) { p.Region = "moon" }, "moon", naming.ErrRegion},
		{"the zone in the suffix", func(p *naming.Parts) { p.Suffix += "-us-east-2a" }, "lj2wisx3-us-east-2a", naming.ErrSuffix},
		{"the service in the suffix", func(p *naming.Parts) { p.Suffix += ".api" }, "lj2wisx3.api", naming.ErrSuffix},
		{"the suffix in the id", func(p *naming.Parts) { p.EndpointID += "-lj2wisx3"; p.Suffix = "us-east-2a" }, "vpce-099deb00b40f00e22-lj2wisx3", naming.ErrEndpointID},
		{"the service in the zone", func(p *naming.Parts) { p.Zone = "us-east-2a.api" }, "us-east-2a.api", naming.ErrZone},
		{"the Region in the service", func(p *naming.Parts) { p.Service, p.Region, p.Domain = "logs.us-east-2", "vpce", "amazonaws.com" }, "logs.us-east-2", naming.ErrNoService},
		{"the service in the Region", func(p *naming.Parts) { p.Service, p.Region, p.Domain = "api", "ecr.us-east-2", "vpce.amazonaws.com" }, "api", naming.ErrNoService},
		{"the prefix in the id", func(p *naming.Parts) { p.EndpointID = "*." + p.EndpointID }, "*.vpce-099deb00b40f00e22", naming.ErrEndpointID},
		{"a dot after the prefix", func(p *naming.Parts) { p.Prefix = "*." }, "", naming.ErrEmptyLabel},
		{"a dot after the domain", func(p *naming.Parts) { p.Domain = "vpce.amazonaws.com." }, "vpce.amazonaws.com.", naming.ErrNoVPCESuffix},
		{"another partition's domain", func(p *naming.Parts) { p.Domain = "vpce.amazonaws.com.cn" }, "vpce.amazonaws.com.cn", naming.ErrPartition},
		{"no suffix", func(p *naming.Parts) { p.Suffix = "" }, "", naming.ErrSuffix},
		{"no suffix, zonal", func(p *naming.Parts) { p.Suffix, p.Zone = "", "us-east-2a" }, "", naming.ErrSuffix},
		{"no suffix, and another fault", func(p *naming.Parts) { p.Suffix, p.Service = "", "a_b" }, "", naming.ErrSuffix},
		{"no id", func(p *naming.Parts) { p.EndpointID = "" }, "", naming.ErrEndpointID},
		{"no id, behind a prefix", func(p *naming.Parts) { p.EndpointID, p.Prefix = "", "*" }, "", naming.ErrEndpointID},
		{"no service", func(p *naming.Parts) { p.Service = "" }, "", naming.ErrNoService},
		{"no Region", func(p *naming.Parts) { p.Region = "" }, "", naming.ErrRegion},
		{"no Region before a domain", func(p *naming.Parts) { p.Region, p.Domain = "", "vpce.amazonaws.com" }, "", naming.ErrRegion},
		{"nothing but a Region", func(p *naming.Parts) { *p = naming.Parts{Region: "us-east-2"} }, "", naming.ErrEndpointID},
		{"no part", func(p *naming.Parts) { *p = naming.Parts{} }, "", naming.ErrRegion},
	} {
		p := good
		tt.spoil(&p)
		n, err := naming.New(p)
		if tt.err == nil {
			if err != nil || n.String() != "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com" {
				t.Errorf("%s: %v, %v", tt.what, n, err)
			}
			continue
		}
		var pe *naming.ParseError
		if !errors.As(err, &pe) || !errors.Is(err, tt.err) || pe.Label != tt.label || n.IsValid() {
			t.Errorf("%s: %v, %v; want label %q: %v", tt.what, n, err, tt.label, tt.err)
		}
	}
}

// TestZonalErrors are the zones that a name does not have.
func TestZonalErrors(t *testing.T) {
	n := naming.MustParse(hostileV + ".monitoring" + hostileS)
	long := naming.MustParse(hostileV + ".monitoring.us-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1.vpce.amazonaws.com")
	alike := naming.MustParse(hostileV + ".monitoring.us-aaaaaaaaa-1.vpce.amazonaws.com")
	for _, tt := range []struct {
		n   naming.Name
		az  string
		err error
	}{
		{n, "us-west-2a", naming.ErrZone},
		{n, "us-east-2", naming.ErrZone},
		{n, "us-east-2aa", naming.ErrZone},
		{n, "", naming.ErrZone},
		{n, "US-EAST-2A", naming.ErrZone},
		{n, "us-east-21", naming.ErrZone},
		{n, "use2-az1", naming.ErrZoneID},
		{long, long.Region() + "a", naming.ErrZone}, // the label would be too long
		{alike, "us-aaaaaaaaaa-1b", naming.ErrZone}, // the first and the last eight bytes are its Region's
		{alike, "us-aaaaaaaa-1b", naming.ErrZone},
	} {
		zonal, err := tt.n.Zonal(tt.az)
		if !errors.Is(err, tt.err) || zonal.IsValid() {
			t.Errorf("Zonal(%q) = %v, %v; want %v", tt.az, zonal, err, tt.err)
		}
		if b, err := tt.n.AppendZonal(append(make([]byte, 0, 300), 'x'), tt.az); !errors.Is(err, tt.err) || string(b) != "x" {
			t.Errorf("AppendZonal(%q) = %q, %v; want %v", tt.az, b, err, tt.err)
		}
	}
	// Every byte of a zone changed, with room for the fast path.
	for i := range len("us-east-2a") {
		for _, c := range []byte("abcus-0129z") {
			az := []byte("us-east-2a")
			az[i] = c
			_, err := n.Zonal(string(az))
			_, err2 := n.AppendZonal(make([]byte, 0, 300), string(az))
			if (err == nil) != (err2 == nil) {
				t.Errorf("Zonal(%s): %v; AppendZonal: %v", az, err, err2)
			}
		}
	}
	// Every length of the tail and every room behind the buffer.
	for size := range 63 {
		n := naming.MustParse(hostileV + "." + strings.Repeat("a", size+1) + hostileS)
		want, err := n.Zonal("us-east-2b")
		if err != nil {
			t.Fatal(err)
		}
		for room := range 170 {
			before := make([]byte, room%60, room%60+room)
			if b, err := n.AppendZonal(before, "us-east-2b"); err != nil || string(b) != string(before)+want.String() {
				t.Fatalf("%v.AppendZonal with room for %d: %q, %v", n, room, b, err)
			}
			p := want.Parts()
			if b := p.AppendTo(make([]byte, 0, room)); string(b) != want.String() {
				t.Fatalf("%+v.AppendTo with room for %d: %q", p, room, b)
			}
		}
	}
	if b, err := n.AppendZonal(nil, "us-east-2a"); err != nil || string(b) != hostileV+"-us-east-2a.monitoring"+hostileS {
		t.Errorf("AppendZonal to nothing: %q, %v", b, err)
	}
}

// TestWithPrefix is NAM-04 and NAM-05.
func TestWithPrefix(t *testing.T) {
	s3 := naming.MustParse("*." + hostileV + "-us-east-2a.s3" + hostileS)
	logs := naming.MustParse(hostileV + ".logs" + hostileS)
	for _, tt := range []struct {
		n      naming.Name
		prefix string
		want   string
		err    error
	}{
		{s3, "bucket", "bucket", nil},
		{s3, "Logs.2026.Bucket", "logs.2026.bucket", nil},
		{s3, "123456789012.control", "123456789012.control", nil},
		{s3, "my-vpce-logs.bucket", "my-vpce-logs.bucket", nil},
		{s3, "*", "*", nil},
		{s3, "", "", nil},
		{logs, "*", "*", nil},
		{s3, "mybucket", "", naming.ErrPrefix},
		{s3, "*.bucket", "", naming.ErrPrefix},
		{s3, "bucket.", "", naming.ErrPrefix},
		{s3, "a_b.bucket", "", naming.ErrCharacter},
		{s3, "https://bucket", "", naming.ErrNotHostName},
		{logs, "bucket", "", naming.ErrPrefix},
		{s3, strings.Repeat("abcdefgh.", 22) + "bucket", "", naming.ErrTooLong},
	} {
		got, err := tt.n.WithPrefix(tt.prefix)
		if !errors.Is(err, tt.err) || got.IsValid() != (tt.err == nil) || got.Prefix() != tt.want {
			t.Errorf("WithPrefix(%q) = %v, %v; want %q, %v", tt.prefix, got, err, tt.want, tt.err)
		}
		if tt.err == nil {
			if again, err := naming.Parse(got.String()); err != nil || again != got {
				t.Errorf("WithPrefix(%q) = %v, which Parse reads as %v, %v", tt.prefix, got, again, err)
			}
		}
	}
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
