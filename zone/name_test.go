package zone_test

import (
	"sync"
	"testing"

	"github.com/privatelink-go/privatelink/zone"
)

// TestNameConcurrently asks one Name of many views at the same time. It is
// immutable, whoever answers: run it with the race detector.
func TestNameConcurrently(t *testing.T) {
	f := fixtures()
	z := build(t, world(f["EP1"], f["EP4"]))
	for _, host := range []string{regionalName, "x." + regionalName, "vpce-0aaaaaaaaaaaaaaaa-aaaaaaaa.monitoring.us-east-2.vpce.amazonaws.com", "www.example.com", defaultName} {
		n, err := zone.ParseName(host)
		if err != nil {
			t.Fatal(err)
		}
		var all sync.WaitGroup
		for _, p := range []zone.Point{zone.Public(), zone.Public(), zone.VPC(v1), zone.VPC(v2)} {
			v := view(t, z, p)
			want := describe(v.Lookup(host, zone.A))
			all.Go(func() {
				for range 10 {
					if got := describe(v.LookupName(n, zone.A)); got != want {
						t.Errorf("%v, %s:\n got %s\nwant %s", p, host, got, want)
					}
				}
			})
		}
		all.Wait()
	}
}

// TestEscapeBelowVPCE: a name that needs escapes is below an endpoint's name
// like any other. S3's wildcards have it (Z25), others do not (Z24), and the
// source is the endpoint's zone.
func TestEscapeBelowVPCE(t *testing.T) {
	f := fixtures()
	c := world(f["EP1"], f["EP4"])
	c.HostedZones = []zone.HostedZone{privateZone("Z1", "example.com", []zone.RecordSet{
		set("to.example.com", "CNAME", 60, `a\052b\040c.vpce-04444444444444444-tg4s3ifx.s3.us-east-2.vpce.amazonaws.com`),
	}, v1)}
	z := build(t, c)
	for _, parent := range []string{"vpce-04444444444444444-tg4s3ifx.s3.us-east-2.vpce.amazonaws.com", regionalName} {
		for _, p := range []zone.Point{zone.Public(), zone.VPC(v1)} {
			v := view(t, z, p)
			for _, label := range []string{`a\040b`, `A\040\134`, `\052`, `\056`} {
				escaped, plain := v.Lookup(label+"."+parent, zone.A), v.Lookup("a."+parent, zone.A)
				r1, ok1 := escaped.RCode()
				r2, ok2 := plain.RCode()
				if r1 != r2 || ok1 != ok2 || escaped.Source() != plain.Source() || escaped.Rule() != plain.Rule() || escaped.Len() != plain.Len() {
					t.Errorf("%v, %s.%s:\n got %s\nwant as %s", p, label, parent, text(escaped), text(plain))
				}
			}
		}
	}
	if a := view(t, z, zone.VPC(v1)).Lookup("to.example.com", zone.A); a.Len() != 3 {
		t.Errorf("behind a CNAME: %s", text(a))
	}
}
