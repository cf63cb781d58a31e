package zone_test

import (
	"slices"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// TestAliasOrder: the records of an alias do not depend on where its set stands
// in the list (Z32). The wildcard is above the target and not what answers for
// it, as the target exists.
func TestAliasOrder(t *testing.T) {
	sets := []zone.RecordSet{
		within("ZX", "a.ex.com", "A", "t.b.ex.com"), within("ZX", `\052.b.ex.com`, "A", "a.ex.com"), set("t.b.ex.com", "A", 60, "10.0.9.9"),
	}
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		c := world()
		c.HostedZones = []zone.HostedZone{privateZone("ZX", "ex.com", []zone.RecordSet{sets[order[0]], sets[order[1]], sets[order[2]]}, v1)}
		got := text(view(t, build(t, c), zone.VPC(v1)).Lookup("q.b.ex.com", zone.A))
		if want := "NOERROR Z32 hosted-zone(ZX,ex.com) given | q.b.ex.com 60 A 10.0.9.9"; got != want {
			t.Errorf("order %v\n got %s\nwant %s", order, got, want)
		}
	}
}

// TestAliasAboveEndpoints: an alias to an endpoint's name has its addresses
// also in a zone whose domain is above that name (Z32, Z35): HostedZoneId says
// which zone has the target and, where it is not given, that the zone lacks the
// name. A name that the zone has, it answers for.
func TestAliasAboveEndpoints(t *testing.T) {
	for _, domain := range []string{"com", "amazonaws.com", "vpce.amazonaws.com", "us-east-2.vpce.amazonaws.com"} {
		for _, q := range []struct{ rule, id, more, want string }{
			{"Z32 the public zone's id", publicZone, "other." + domain, "10.0.1.18"},
			{"Z32 no id", "", "other." + domain, "10.0.1.18"},
			{"Z32 no id, the zone has the name", "", kinesisRegional, "192.0.2.1"},
			{"Z32 the zone's own id", "ZX", kinesisRegional, "192.0.2.1"},
			{"Z32 the public zone's id, the zone has the name", publicZone, kinesisRegional, "10.0.1.18"},
		} {
			t.Run(domain+" "+q.rule, func(t *testing.T) {
				c := world(fixtures()["EP8"])
				name := "alias." + domain
				c.HostedZones = []zone.HostedZone{privateZone("ZX", domain, []zone.RecordSet{
					within(q.id, name, "A", kinesisRegional+"."), set(q.more, "A", 60, "192.0.2.1"),
				}, v1)}
				got := text(view(t, build(t, c), zone.VPC(v1)).Lookup(name, zone.A))
				if want := "NOERROR Z32 hosted-zone(ZX," + domain + ") given | " + name + " 60 A " + q.want; got != want {
					t.Errorf("\n got %s\nwant %s", got, want)
				}
			})
		}
	}
}

const kinesisRegional = "vpce-08888888888888888-tg8kines.kinesis.us-east-2.vpce.amazonaws.com"

// TestAliasToPending: an alias to the name of an endpoint that does not serve
// says so like the name itself (Z32, section 6).
func TestAliasToPending(t *testing.T) {
	ep := fixtures()["EP8"]
	ep.State = endpoint.Pending
	c := world(ep)
	c.HostedZones = []zone.HostedZone{privateZone("ZX", "ex.com", []zone.RecordSet{aliasTo("a.ex.com", "A", kinesisRegional)}, v1)}
	v := view(t, build(t, c), zone.VPC(v1))
	for _, name := range []string{"a.ex.com", kinesisRegional} {
		if a := v.Lookup(name, zone.A); !slices.Contains(a.Codes(), endpoint.EndpointNotAvailable) || a.Len() > 0 {
			t.Errorf("%s: %s", name, text(a))
		}
	}
	if got, want := text(v.Lookup("a.ex.com", zone.A)), "NOERROR Z9 hosted-zone(ZX,ex.com) modelled [ENDPOINT_NOT_AVAILABLE] | SOA ex.com"; got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
}
