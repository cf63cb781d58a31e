package zone_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/zone"
)

// benchRecords makes customers' zones of 100 records each, half of them below
// a wildcard's parent, and 8,192 questions in mixed case: a third each hit, are
// answered by a wildcard, and do not exist.
func benchRecords(n int) (zones []zone.HostedZone, questions []string) {
	const perZone = 100
	var names []string
	for z := range max(n/perZone, 1) {
		apex := fmt.Sprintf("service%d.us-east-2.amazonaws.com", z)
		sets := []zone.RecordSet{set("*.wild."+apex, "A", 60, "10.0.0.1")}
		for i := 1; i < min(n, perZone); i++ {
			sets = append(sets, set(fmt.Sprintf("host%d.%s", i, apex), "A", 60, fmt.Sprintf("10.0.%d.%d", z%256, i)))
		}
		zones = append(zones, privateZone(fmt.Sprintf("Z%d", z), apex, sets, v1))
		names = append(names, apex)
	}
	for i := range 8192 {
		apex := names[i*7%len(names)]
		var q string
		switch i % 3 {
		case 0:
			q = fmt.Sprintf("Host%d.%s", 1+i%max(min(n, perZone)-1, 1), apex)
		case 1:
			q = fmt.Sprintf("Any%d.Wild.%s", i, apex)
		default:
			q = fmt.Sprintf("Missing%d.%s", i, apex)
		}
		questions = append(questions, strings.Replace(q, "us-east", "US-East", 1))
	}
	return zones, questions
}

// benchKinds are the questions of one kind each, and all of them.
var benchKinds = []struct {
	name string
	kind int
}{{"hit", 0}, {"wildcard", 1}, {"NXDOMAIN", 2}}

func ofKind(questions []string, kind int) []string {
	var list []string
	for i := kind; i < len(questions); i += 3 {
		list = append(list, questions[i])
	}
	return list
}

// twoMaps is the habit that the lookup is measured against: strings.ToLower,
// the suffixes of the name in a map of zones, the name in the zone's map of
// records, then the wildcard of each parent.
type twoMaps map[string]*plainZone

type plainZone struct{ records map[string][]zone.Record }

func newTwoMaps(zones []zone.HostedZone) twoMaps {
	m := twoMaps{}
	for _, z := range zones {
		p := &plainZone{records: map[string][]zone.Record{}}
		m[z.Name] = p
		for _, rs := range z.RecordSets {
			for _, v := range rs.ResourceRecords {
				r, err := zone.NewRecord(rs.Name, zone.A, rs.TTL, v.Value)
				if err != nil {
					panic(err)
				}
				p.records[rs.Name] = append(p.records[rs.Name], r)
			}
		}
	}
	return m
}

func (m twoMaps) lookup(name string) ([]zone.Record, bool) {
	name = strings.TrimSuffix(strings.ToLower(name), ".")
	for apex := name; apex != ""; {
		if z := m[apex]; z != nil {
			if r, ok := z.records[name]; ok {
				return r, true
			}
			for at := name; at != apex; {
				_, at, _ = strings.Cut(at, ".")
				if r, ok := z.records["*."+at]; ok {
					return r, true
				}
			}
			return nil, true
		}
		_, apex, _ = strings.Cut(apex, ".")
	}
	return nil, false
}

// TestTwoMaps: what is compared gives the same answers.
func TestTwoMaps(t *testing.T) {
	zones, questions := benchRecords(1_000)
	c := world()
	c.HostedZones = zones
	v, old := view(t, build(t, c), zone.VPC(v1)), newTwoMaps(zones)
	for _, q := range questions {
		want, _ := old.lookup(q)
		if a := v.Lookup(q, zone.A); a.Len() != len(want) || a.Len() > 0 && a.At(0).Data() != want[0].Data() {
			t.Fatalf("%s: %s, two maps %v", q, text(a), want)
		}
	}
}

func BenchmarkLookup(b *testing.B) {
	for _, n := range []int{10, 1_000, 100_000} {
		zones, all := benchRecords(n)
		c := world()
		c.HostedZones = zones
		v := view(b, build(b, c), zone.VPC(v1))
		old := newTwoMaps(zones)
		for _, k := range benchKinds {
			questions := ofKind(all, k.kind)
			b.Run(fmt.Sprintf("%d/%s/zone", n, k.name), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					v.Lookup(questions[i%len(questions)], zone.A)
					i++
				}
			})
			b.Run(fmt.Sprintf("%d/%s/two-maps", n, k.name), func(b *testing.B) {
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					old.lookup(questions[i%len(questions)])
					i++
				}
			})
		}
	}
}

// BenchmarkZones chooses among 10,000 zones.
func BenchmarkZones(b *testing.B) {
	c := world()
	var questions []string
	for i := range 10_000 {
		name := fmt.Sprintf("zone%d.example%d.com", i, i%100)
		c.HostedZones = append(c.HostedZones, privateZone(fmt.Sprint("Z", i), name, []zone.RecordSet{set("www."+name, "A", 60, "10.0.0.1")}, v1))
		questions = append(questions, "www."+name)
	}
	v := view(b, build(b, c), zone.VPC(v1))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		v.Lookup(questions[i%len(questions)], zone.A)
		i++
	}
}

// BenchmarkPublic is a name that no zone of the VPC has.
func BenchmarkPublic(b *testing.B) {
	f := fixtures()
	v := view(b, build(b, world(f["EP1"], f["EP2"], f["EP4"])), zone.VPC(v1))
	for _, name := range []string{"sts.us-east-2.amazonaws.com", "www.example.com", regionalName} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				v.Lookup(name, zone.A)
			}
		})
	}
}

// BenchmarkBuild builds 100,000 records, beside a plain map of the same.
func BenchmarkBuild(b *testing.B) {
	zones, _ := benchRecords(100_000)
	c := world()
	c.HostedZones = zones
	var plain []zone.Record
	for _, z := range zones {
		for _, rs := range z.RecordSets {
			r, err := zone.NewRecord(rs.Name, zone.A, rs.TTL, rs.ResourceRecords[0].Value)
			if err != nil {
				b.Fatal(err)
			}
			plain = append(plain, r)
		}
	}
	b.Run("zone", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			build(b, c)
		}
	})
	b.Run("plain-map", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m := map[string][]zone.Record{}
			for _, r := range plain {
				m[r.Name] = append(m[r.Name], r)
			}
		}
	})
	live := func(make func() any) float64 {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		x := make()
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(x)
		return float64(after.HeapAlloc) - float64(before.HeapAlloc)
	}
	b.Run("memory", func(b *testing.B) {
		for b.Loop() {
			z := live(func() any { return build(b, c) })
			m := live(func() any {
				m := map[string][]zone.Record{}
				for _, r := range plain {
					m[r.Name] = append(m[r.Name], r)
				}
				return m
			})
			b.ReportMetric(z/m, "x-plain-map")
		}
	})
}
