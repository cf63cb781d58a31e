package zone_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/zone"
)

// TestNegativeTTL: Config.NegativeTTL is the TTL of the SOA that goes with
// negative answers from AWS's own zones, and of no other (dns.md, section 16).
func TestNegativeTTL(t *testing.T) {
	for _, c := range []struct{ given, want uint32 }{{0, 900}, {1, 1}, {60, 60}, {86400, 86400}, {86401, 86400}} {
		f := fixtures()
		f["EP8"].State = "deleted"
		w := world(f["EP1"], f["EP8"])
		w.HostedZones = []zone.HostedZone{privateZone("Z1", "example.com", nil, v1)}
		w.NegativeTTL = c.given
		z := build(t, w)
		for _, q := range []struct {
			what, from, name string
			typ              zone.Type
			want             uint32
		}{
			{"a hidden zone, NXDOMAIN", "vpc:" + v1, "no." + defaultName, zone.A, c.want},
			{"a hidden zone, NODATA", "vpc:" + v1, defaultName, zone.TXT, c.want},
			{"a zone of vpce names, NODATA", "public", regionalName, zone.TXT, c.want},
			{"a zone of vpce names, NXDOMAIN", "public", "no." + regionalName, zone.A, c.want},
			{"a zone of vpce names, an endpoint without records", "public", ep8 + "-tg8kines.kinesis.us-east-2.vpce.amazonaws.com", zone.A, c.want},
			{"a customer's zone", "vpc:" + v1, "no.example.com", zone.A, 900},
			{"the resolver's own zone", "vpc:" + v1, "ip-10-0-1-10.us-east-2.compute.internal", zone.TXT, 900},
		} {
			soa, ok := view(t, z, zone.MustParsePoint(q.from)).Lookup(q.name, q.typ).SOA()
			if !ok || soa.TTL != q.want {
				t.Errorf("NegativeTTL %d: %s: %d, %v; want %d", c.given, q.what, soa.TTL, ok, q.want)
			}
		}
	}
	// With no endpoint of that zone that serves, the zone itself is not in the input.
	e := fixtures()["EP8"]
	e.State = "deleted"
	w := world(e)
	w.NegativeTTL = 7
	soa, ok := view(t, build(t, w), zone.Public()).Lookup(ep8+"-tg8kines.kinesis.us-east-2.vpce.amazonaws.com", zone.A).SOA()
	if !ok || soa.TTL != 7 {
		t.Errorf("the only endpoint is deleted: %d, %v; want 7", soa.TTL, ok)
	}
}
