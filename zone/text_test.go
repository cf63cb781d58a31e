package zone_test

import (
	"encoding"
	"errors"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/privatelink-go/privatelink/zone"
	"golang.org/x/net/dns/dnsmessage"
)

var (
	_ encoding.TextAppender    = zone.Point{}
	_ encoding.TextMarshaler   = zone.Point{}
	_ encoding.TextUnmarshaler = new(zone.Point)
	_ encoding.TextAppender    = zone.A
	_ encoding.TextMarshaler   = zone.A
	_ encoding.TextUnmarshaler = new(zone.Type)
)

func TestPointText(t *testing.T) {
	points := []zone.Point{zone.VPC("vpc-1"), zone.VPC("vpc-2"), zone.Subnet("subnet-1"), zone.Inbound("vpc-1"), zone.Public()}
	for i, p := range points {
		text, err := p.MarshalText()
		var q zone.Point
		if err2 := q.UnmarshalText(text); err != nil || err2 != nil || q != p || string(text) != p.String() || string(p.AppendTo(nil)) != p.String() {
			t.Errorf("%v: text %q, back %v, errors %v %v", p, text, q, err, err2)
		}
		if !p.IsValid() || i > 0 && points[i-1].Compare(p) >= 0 || p.Compare(q) != 0 {
			t.Errorf("%v: invalid or out of order", p)
		}
	}
	for _, s := range []string{"", "vpc", "vpc:", "VPC:vpc-1", "public:", "inbound", " public", "eni:x"} {
		if p, err := zone.ParsePoint(s); !errors.Is(err, zone.ErrPoint) || p.IsValid() {
			t.Errorf("ParsePoint(%q) = %v, %v", s, p, err)
		}
	}
	p := zone.Public()
	if err := p.UnmarshalText([]byte("nonsense")); err == nil || p != zone.Public() {
		t.Error("an error changed the receiver, or there was none")
	}
	if err := p.UnmarshalText(nil); err != nil || p != (zone.Point{}) || p.String() != "invalid Point" {
		t.Error("the empty text is not the zero Point")
	}
	if zone.VPC("").IsValid() || zone.Subnet("").IsValid() || zone.Inbound("").IsValid() {
		t.Error("a point without id is valid")
	}
}

func TestTypeText(t *testing.T) {
	for n := range 1 << 16 {
		typ := zone.Type(n)
		text, _ := typ.MarshalText()
		var back zone.Type
		if err := back.UnmarshalText(text); err != nil || back != typ || typ.IsValid() != (n != 0) {
			t.Fatalf("%d: text %q, back %d, %v", n, text, back, err)
		}
	}
	for _, s := range []string{"", "type", "TYPE", "TYPE0", "TYPE01", "TYPE65536", "TYPE-1", "A ", "ａ", "\u212a"} {
		if typ, err := zone.ParseType(s); !errors.Is(err, zone.ErrType) {
			t.Errorf("ParseType(%q) = %v, %v", s, typ, err)
		}
	}
	if zone.CAA.String() != "CAA" || zone.Type(258).String() != "TYPE258" || zone.Type(0).String() != "invalid Type" {
		t.Error("names of types")
	}
	for r, want := range map[zone.RCode]string{0: "NOERROR", 1: "FORMERR", 2: "SERVFAIL", 3: "NXDOMAIN", 4: "NOTIMP", 5: "REFUSED", 16: "BADVERS", 23: "RCODE23"} {
		if r.String() != want {
			t.Errorf("RCode(%d) = %s, want %s", r, r, want)
		}
	}
}

// naiveFold folds a name octet by octet: the slow twin of what a lookup does.
func naiveFold(s string) (string, bool) {
	if s == "." {
		return "", true
	}
	s = strings.TrimSuffix(s, ".")
	if s == "" || len(s) > 253 {
		return "", false
	}
	out := []byte(s)
	for i, c := range out {
		if c <= ' ' || c >= 0x7f || c == '\\' {
			return "", false
		}
		if 'A' <= c && c <= 'Z' {
			out[i] += 'a' - 'A'
		}
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 {
			return "", false
		}
	}
	return string(out), true
}

func FuzzFold(f *testing.F) {
	for _, s := range []string{
		"", ".", "..", "a", "a.", ".a", "a..b", "Abc.Example.COM.", "12345678", "1234567.", "1234567..", "12345678.", ".2345678", "1234567.9", "1234567..0",
		strings.Repeat("a", 63) + ".b", strings.Repeat("a", 64) + ".b", "b." + strings.Repeat("a", 64), strings.Repeat("a.", 126) + "a", strings.Repeat("a.", 127) + "a",
		"exam\\052ple.com", "*.d_.com", "caf\xc3\xa9.example", "\x00.example.com", "a b.example.com", "~.example.com", "\x7f.example.com", "@[`{.EXAMPLE.com",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := zone.Fold(s)
		want, wok := naiveFold(s)
		if ok != wok || ok && got != want {
			t.Fatalf("fold(%q) = %q, %v, want %q, %v", s, got, ok, want, wok)
		}
		if !ok {
			return
		}
		if slow, ok := zone.Canonical(s); !ok || slow != got {
			t.Fatalf("fold(%q) = %q, canonical %q, %v", s, got, slow, ok)
		}
	})
}

func FuzzLookup(f *testing.F) {
	fx := fixtures()
	c := world(fx["EP1"], fx["EP2"], fx["EP4"], fx["EP5"])
	c.HostedZones = bindZones()[7:]
	z, err := zone.New(c)
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{defaultName, regionalName, "x." + dkrName, "a\\056b.ent.test", `\052.ent.test`, "a..b", "cn.ent.test", "253.169.254.169.in-addr.arpa"} {
		f.Add(s, uint16(1))
	}
	f.Fuzz(func(t *testing.T, name string, typ uint16) {
		for _, p := range []zone.Point{zone.Public(), zone.VPC(v1), zone.Subnet("subnet-64"), zone.Inbound(v2)} {
			v, _ := z.View(p)
			a := v.Lookup(name, zone.Type(typ))
			canonical, ok := zone.Canonical(name)
			if a.IsValid() != ok {
				t.Fatalf("%q: valid %v, a DNS name %v", name, a.IsValid(), ok)
			}
			if !ok {
				continue
			}
			if a.Name() != canonical {
				t.Fatalf("%q: Name %q, want %q", name, a.Name(), canonical)
			}
			if a.Rule() == "" || len(slices.Collect(a.Records())) != a.Len() {
				t.Fatalf("%q: %s", name, text(a))
			}
			for i := range a.Len() {
				if r := a.At(i); !r.IsValid() || r.Data() == "" {
					t.Fatalf("%q: record %d of %s", name, i, text(a))
				}
			}
			if odd := strings.ToUpper(canonical); canonical != "" && !strings.Contains(canonical, "\\") {
				if got, want := text(v.Lookup(odd+".", zone.Type(typ))), text(a); got != want {
					t.Fatalf("%q: %s, in upper case %s", name, want, got)
				}
			}
		}
	})
}

// records of every type whose text form is read, and how it is printed.
var recordTexts = []struct {
	typ      zone.Type
	in, want string
}{
	{zone.A, "10.0.1.10", "10.0.1.10"},
	{zone.AAAA, "2001:DB8:0::1", "2001:db8::1"},
	{zone.CNAME, "WWW.Example.com.", "www.example.com"},
	{zone.NS, "ns.example.com", "ns.example.com"},
	{zone.PTR, "a_b.example.com.", "a_b.example.com"},
	{zone.NS, ".", "."},
	{zone.MX, "10  Mail.example.com.", "10 mail.example.com"},
	{zone.SRV, "1 2 5060 sip.example.com.", "1 2 5060 sip.example.com"},
	{zone.SOA, "ns.example.com. host.example.com. 1 7200 900 1209600 86400", "ns.example.com host.example.com 1 7200 900 1209600 86400"},
	{zone.CAA, `0 issue "letsencrypt.org; x=1"`, `0 issue "letsencrypt.org; x=1"`},
	{zone.CAA, `128 iodef mailto:a@example.com`, `128 iodef "mailto:a@example.com"`},
	{zone.TXT, `"one" "two"`, `"one" "two"`},
	{zone.TXT, `bare`, `"bare"`},
	{zone.TXT, `""`, `""`},
	{zone.TXT, `"quo\"te back\\slash \303\251 \a"`, `"quo\"te back\\slash \303\251 a"`},
	{zone.SPF, `"v=spf1 -all"`, `"v=spf1 -all"`},
	{zone.HTTPS, `\# 3 000100`, `\# 3 000100`},
	{zone.HTTPS, `\# 0`, `\# 0`},
	{zone.A, `\# 4 0a00010a`, "10.0.1.10"},
	{zone.CNAME, `a\052\056b.example.com`, `a*\056b.example.com`},
}

func TestRecordText(t *testing.T) {
	for _, c := range recordTexts {
		r, err := zone.NewRecord("Example.com.", c.typ, 60, c.in)
		if err != nil || r.Data() != c.want || r.Name != "example.com" || !r.IsValid() {
			t.Errorf("%s %s: %v, %v, want %s", c.typ, c.in, r, err, c.want)
			continue
		}
		again, err := zone.NewRecord("example.com", c.typ, 60, r.Data())
		if diff := cmp.Diff(r.String(), again.String()); diff != "" || r != again || err != nil {
			t.Errorf("%s %s: %v, read again: %v\n%s", c.typ, c.in, err, again, diff)
		}
	}
	for _, c := range []struct {
		typ zone.Type
		in  string
		err error
	}{
		{zone.A, "", zone.ErrRData},
		{zone.A, "2001:db8::1", zone.ErrRData},
		{zone.AAAA, "::ffff:10.0.0.1%eth0", zone.ErrRData},
		{zone.AAAA, "10.0.0.1", zone.ErrRData},
		{zone.CNAME, "a..b", zone.ErrRData},
		{zone.CNAME, "a b", zone.ErrRData},
		{zone.MX, "mail.example.com", zone.ErrRData},
		{zone.MX, "70000 mail.example.com", zone.ErrRData},
		{zone.SRV, "1 2 x sip.example.com", zone.ErrRData},
		{zone.SOA, "ns.example.com. host.example.com. 1 2 3 4", zone.ErrRData},
		{zone.CAA, `256 issue "x"`, zone.ErrRData},
		{zone.CAA, `0 is-sue "x"`, zone.ErrRData},
		{zone.TXT, ``, zone.ErrRData},
		{zone.TXT, `"open`, zone.ErrRData},
		{zone.TXT, `"a"b`, zone.ErrRData},
		{zone.TXT, strings.Repeat("a", 256), zone.ErrRData},
		{zone.HTTPS, "1 . alpn=h2", zone.ErrRDataType},
		{zone.HTTPS, `\# 2 000100`, zone.ErrRData},
		{zone.A, `\# 3 0a0001`, zone.ErrRData},
		{zone.CNAME, `\# 3 016100ff`, zone.ErrRData},
		{zone.MX, `\# 2 000a`, zone.ErrRData},
		{zone.ANY, "x", zone.ErrType},
		{0, "x", zone.ErrType},
	} {
		if r, err := zone.NewRecord("example.com", c.typ, 60, c.in); !errors.Is(err, c.err) || r.IsValid() {
			t.Errorf("%s %q: %v, %v, want %v", c.typ, c.in, r, err, c.err)
		}
	}
	for _, name := range []string{"", "..", "a b", "a..b", `a\05`, `a\999`, strings.Repeat("a", 64), strings.Repeat("a.", 128)} {
		if _, err := zone.NewRecord(name, zone.A, 60, "10.0.0.1"); !errors.Is(err, zone.ErrName) {
			t.Errorf("owner %q: %v", name, err)
		}
	}
	if r, err := zone.AddrRecord("example.com", 60, netip.MustParseAddr("::ffff:10.0.0.1")); err != nil || r.Type != zone.A {
		t.Errorf("AddrRecord of a mapped address: %v, %v", r, err)
	}
	if r, err := zone.AddrRecord("example.com", 60, netip.Addr{}); !errors.Is(err, zone.ErrRData) {
		t.Errorf("AddrRecord of the zero address: %v, %v", r, err)
	}
	if s := (zone.Record{}).String(); s != "invalid Record" {
		t.Errorf("the zero Record prints %q", s)
	}
}

// FuzzRecordText: whatever is read is printed, read again as the same, and
// fits into a message that another implementation reads.
func FuzzRecordText(f *testing.F) {
	for _, c := range recordTexts {
		f.Add(uint16(c.typ), c.in)
	}
	f.Fuzz(func(t *testing.T, typ uint16, data string) {
		r, err := zone.NewRecord("example.com", zone.Type(typ), 60, data)
		if err != nil {
			return
		}
		again, err := zone.NewRecord("example.com", zone.Type(typ), 60, r.Data())
		if err != nil || again != r {
			t.Fatalf("%q prints %q, which reads as %v, %v", data, r.Data(), again, err)
		}
		rdata := r.AppendRData(nil)
		switch r.Type { // types whose data this package checks; dnsmessage refuses labels with dots in them
		case zone.A, zone.AAAA, zone.NS, zone.CNAME, zone.PTR, zone.SOA, zone.MX, zone.SRV, zone.TXT:
			if strings.Contains(r.Data(), `\056`) || len(rdata) > 60_000 {
				return
			}
		default:
			return
		}
		b := dnsmessage.NewBuilder(nil, dnsmessage.Header{})
		name := dnsmessage.MustNewName("example.com.")
		h := dnsmessage.ResourceHeader{Name: name, Class: dnsmessage.ClassINET, Type: dnsmessage.Type(typ)}
		if err := errors.Join(b.StartAnswers(), b.UnknownResource(h, dnsmessage.UnknownResource{Type: dnsmessage.Type(typ), Data: rdata})); err != nil {
			t.Fatal(err)
		}
		msg, err := b.Finish()
		if err != nil {
			t.Fatal(err)
		}
		var p dnsmessage.Parser
		if _, err := p.Start(msg); err != nil {
			t.Fatal(err)
		}
		if err := p.SkipAllQuestions(); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Answer(); err != nil {
			t.Fatalf("%s %q: %x: %v", r.Type, data, rdata, err)
		}
	})
}

// TestAnswerAccess: At and Len agree with Records, for records of any length.
func TestAnswerAccess(t *testing.T) {
	c := world()
	c.HostedZones = []zone.HostedZone{privateZone("ZX", "example.com", []zone.RecordSet{
		set("example.com", "TXT", 60, `"a"`, `"bc" "d"`, `"efg"`), set("example.com", "A", 60, "10.0.0.1", "10.0.0.2"), set("example.com", "MX", 60, "1 a.example.com", "20 b.example.com"),
		set("empty.example.com", "A", 60),
	}, v1)}
	v := view(t, build(t, c), zone.VPC(v1))
	for _, typ := range []zone.Type{zone.A, zone.TXT, zone.MX, zone.ANY} {
		a := v.Lookup("EXAMPLE.com", typ)
		var byIndex []zone.Record
		for i := range a.Len() {
			byIndex = append(byIndex, a.At(i))
		}
		if all := slices.Collect(a.Records()); !slices.Equal(all, byIndex) || len(all) < 2 {
			t.Errorf("%s: Records %v, At %v", typ, all, byIndex)
		}
		for range a.Records() {
			break // stopping early is allowed
		}
		for range a.Addrs() {
			break
		}
	}
	if a := v.Lookup("empty.example.com", zone.A); !a.IsNODATA() {
		t.Errorf("a set without values: %s", text(a))
	}
	defer func() {
		if recover() == nil {
			t.Error("At beyond the end did not panic")
		}
	}()
	v.Lookup("example.com", zone.A).At(2)
}

// TestZeroAnswer: the zero Answer says that it is one.
func TestZeroAnswer(t *testing.T) {
	var a zone.Answer
	_, known := a.RCode()
	_, soa := a.SOA()
	name, last := a.Final()
	if a.IsValid() || known || soa || a.Len() != 0 || a.Name() != "" || name != "" || last != a.Source() || a.Source().Kind != zone.NoSource ||
		a.Rule() != "" || a.Codes() != nil || a.IsNODATA() || a.IsNXDOMAIN() || a.IsSilent() || a.Source().Kind.String() != "none" {
		t.Errorf("the zero Answer: %s", text(a))
	}
	for range a.Targets() {
		t.Error("the zero Answer has targets")
	}
	b := zone.NewAnswer(zone.Refused)
	if r, ok := b.RCode(); !ok || r != zone.Refused || !b.IsValid() {
		t.Errorf("NewAnswer without records: %s", text(b))
	}
}

// TestConcurrent: a snapshot answers any number of callers at once.
func TestConcurrent(t *testing.T) {
	c := genWorld().Example(7)
	z := build(t, c)
	host := genHost(c)
	done := make(chan string)
	for range 4 {
		go func() {
			var s strings.Builder
			for k := range 50 {
				v, _ := z.View(zone.VPC(v1))
				s.WriteString(text(v.Lookup(host.Example(k), zone.A)) + "\n")
			}
			done <- s.String()
		}()
	}
	first := <-done
	for range 3 {
		if other := <-done; other != first {
			t.Error("two callers got different answers")
		}
	}
}
