package zone_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/zone"
)

// TestLookupExamples is the section "lookup" of the worked examples.
func TestLookupExamples(t *testing.T) {
	f := fixtures()
	all := world(f["EP1"], f["EP2"], f["EP5"], f["EP8"])
	off := *f["EP1"]
	off.PrivateDNSEnabled = false
	off.DNSEntries = off.DNSEntries[:4]
	central := world(&off)
	central.HostedZones = []zone.HostedZone{privateZone("/hostedzone/Z00000000000000000030", defaultName+".",
		[]zone.RecordSet{aliasTo(defaultName+".", "A", regionalName+".")}, v2)}

	for _, c := range []struct {
		name, view, host string
		typ              zone.Type
		config           zone.Config
		want             string
	}{
		{
			"hit", "vpc:" + v1, "kinesis.us-east-2.amazonaws.com", zone.A, all,
			"NOERROR Z9 hidden-zone(Z00000000000000000008,kinesis.us-east-2.amazonaws.com) given | kinesis.us-east-2.amazonaws.com 60 A 10.0.1.18",
		},
		{
			"wildcard", "vpc:" + v1, "123456789012.dkr.ecr.us-east-2.amazonaws.com", zone.A, all,
			"NOERROR Z27 hidden-zone(Z00000000000000000002,dkr.ecr.us-east-2.amazonaws.com) given" +
				" | 123456789012.dkr.ecr.us-east-2.amazonaws.com 60 A 10.0.1.11 | 123456789012.dkr.ecr.us-east-2.amazonaws.com 60 A 10.0.2.11",
		},
		{
			"NODATA", "vpc:" + v1, defaultName, zone.AAAA, all,
			"NOERROR Z9 hidden-zone(Z06320943MMOWYG6MAVL9,monitoring.us-east-2.amazonaws.com) given | SOA monitoring.us-east-2.amazonaws.com",
		},
		{
			"NXDOMAIN", "vpc:" + v1, "foo." + defaultName, zone.A, all,
			"NXDOMAIN Z9 hidden-zone(Z06320943MMOWYG6MAVL9,monitoring.us-east-2.amazonaws.com) given | SOA monitoring.us-east-2.amazonaws.com",
		},
		{"public", "vpc:" + v1, "sts.us-east-2.amazonaws.com", zone.A, all, "- Z7 public(,) documented"},
		{
			"vpce zonal name", "public", "vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com", zone.A, all,
			"NOERROR Z24 vpce(ZC8PG0KIFKBRI,us-east-2.vpce.amazonaws.com) given" +
				" | vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com 60 A 10.0.2.10",
		},
		{
			"alias", "vpc:" + v2, defaultName, zone.A, central,
			"NOERROR Z32 hosted-zone(Z00000000000000000030,monitoring.us-east-2.amazonaws.com) given" +
				" | monitoring.us-east-2.amazonaws.com 60 A 10.0.1.10 | monitoring.us-east-2.amazonaws.com 60 A 10.0.2.10" +
				" | monitoring.us-east-2.amazonaws.com 60 A 10.0.3.10",
		},
		{
			"CNAME", "vpc:" + v1, "svc.example.com", zone.A, all,
			"NOERROR Z31 hidden-zone(Z00000000000000000005,svc.example.com) given" +
				" | svc.example.com 60 CNAME vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com" +
				" | vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com 60 A 10.0.1.15" +
				" | vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com 60 A 10.0.2.15",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := text(view(t, build(t, c.config), zone.MustParsePoint(c.view)).Lookup(c.host, c.typ))
			if got != c.want {
				t.Errorf("Lookup(%s, %s) in %s\n got %s\nwant %s", c.host, c.typ, c.view, got, c.want)
			}
		})
	}
}
