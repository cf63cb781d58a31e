package zone_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/zone"
)

// TestNODATABehindCNAME: a CNAME to a name that the user knows to have no
// record of the type is NODATA like one to such a name of a zone, and DNS64
// makes addresses there (Z31, Z33).
func TestNODATABehindCNAME(t *testing.T) {
	c := world()
	c.HostedZones = []zone.HostedZone{privateZone("ZX", "example.com", []zone.RecordSet{
		set("a.example.com", "CNAME", 60, "pub.example.net."), set("b.example.com", "CNAME", 60, "via.example.net."),
		set("o.example.com", "CNAME", 60, "p.example.com."), set("p.example.com", "CNAME", 60, "o.example.com."),
	}, v1)}
	c.Public = func(name string, typ zone.Type) (zone.Answer, bool) {
		switch {
		case name == "pub.example.net" && typ == zone.A:
			return zone.NewAnswer(zone.NoError, mustRecord(name, "A", "203.0.113.1")), true
		case name == "pub.example.net" && typ == zone.AAAA:
			return zone.NewAnswer(zone.NoError), true
		case name == "via.example.net":
			return zone.NewAnswer(zone.NoError, mustRecord(name, "CNAME", "pub.example.net")), true
		}
		return zone.Answer{}, false
	}
	z := build(t, c)
	const (
		zx  = " hosted-zone(ZX,example.com) "
		via = " | b.example.com 60 CNAME via.example.net | via.example.net 300 CNAME pub.example.net"
	)
	for _, q := range []struct {
		rule, from, name string
		typ              zone.Type
		nodata           bool
		want             string
	}{
		{"Z33 one CNAME", "subnet:subnet-64", "a.example.com", zone.AAAA, false, "NOERROR Z33" + zx + "given | a.example.com 60 CNAME pub.example.net | pub.example.net 300 AAAA 64:ff9b::cb00:7101"},
		{"Z33 two CNAMEs", "subnet:subnet-64", "b.example.com", zone.AAAA, false, "NOERROR Z33" + zx + "given" + via + " | pub.example.net 300 AAAA 64:ff9b::cb00:7101"},
		{"Z33 not for A", "subnet:subnet-64", "a.example.com", zone.A, false, "NOERROR Z31" + zx + "given | a.example.com 60 CNAME pub.example.net | pub.example.net 300 A 203.0.113.1"},
		{"Z31 without DNS64", "subnet:subnet-a", "a.example.com", zone.AAAA, true, "NOERROR Z31" + zx + "given | a.example.com 60 CNAME pub.example.net"},
		{"Z31 two CNAMEs", "subnet:subnet-a", "b.example.com", zone.AAAA, true, "NOERROR Z31" + zx + "given" + via},
		{"Z31 the CNAME itself", "subnet:subnet-a", "a.example.com", zone.CNAME, false, "NOERROR Z9" + zx + "given | a.example.com 60 CNAME pub.example.net"},
		{"Z31 every type", "subnet:subnet-a", "via.example.net", zone.ANY, false, "NOERROR Z7 public(,) given | via.example.net 300 CNAME pub.example.net"},
		{"Z31 not known", "subnet:subnet-64", "a.example.com", zone.TXT, false, "- Z31" + zx + "documented | a.example.com 60 CNAME pub.example.net"},
		{"Z31 a circle", "subnet:subnet-64", "o.example.com", zone.AAAA, false, "NOERROR Z31" + zx + "unspecified | o.example.com 60 CNAME p.example.com | p.example.com 60 CNAME o.example.com"},
	} {
		t.Run(q.rule, func(t *testing.T) {
			a := view(t, z, zone.MustParsePoint(q.from)).Lookup(q.name, q.typ)
			if got := text(a); got != q.want || a.IsNODATA() != q.nodata {
				t.Errorf("IsNODATA %v\n got %s\nwant %s", a.IsNODATA(), got, q.want)
			}
		})
	}
}
