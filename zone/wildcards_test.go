package zone_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/zone"
)

// bindZones are the zones of wildcards-bind.md, by its keys. V, the zone of
// vpce names, is a customer's zone here like the others: what is compared is
// how a zone answers.
func bindZones() []zone.HostedZone {
	r := ".us-east-2.amazonaws.com"
	ns := []string{"ns-1536.awsdns-00.co.uk.", "ns-0.awsdns-00.com."}
	zones := []zone.HostedZone{
		privateZone("ZM", "monitoring"+r, []zone.RecordSet{set("monitoring"+r, "A", 60, "10.0.1.10", "10.0.2.10", "10.0.3.10")}, v1),
		privateZone("ZK", "dkr.ecr"+r, []zone.RecordSet{set("dkr.ecr"+r, "A", 60, "10.0.1.11"), set("*.dkr.ecr"+r, "A", 60, "10.0.1.11")}, v1),
		privateZone("ZX", "execute-api"+r, []zone.RecordSet{set("*.execute-api"+r, "A", 60, "10.0.1.12")}, v1),
		privateZone("ZS", "s3"+r, []zone.RecordSet{
			set("s3"+r, "A", 60, "10.0.1.13"), set("*.s3"+r, "A", 60, "10.0.1.13"), set("*.dualstack.s3"+r, "A", 60, "10.0.1.99"),
		}, v1),
		privateZone("ZV", "us-east-2.vpce.amazonaws.com", []zone.RecordSet{
			set("vpce-1-aaaa.monitoring.us-east-2.vpce.amazonaws.com", "A", 60, "10.0.1.10"),
			set("vpce-1-aaaa-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com", "A", 60, "10.0.1.10"),
			set("*.vpce-2-bbbb.s3.us-east-2.vpce.amazonaws.com", "A", 60, "10.0.1.13"),
			set("*.vpce-2-bbbb-us-east-2a.s3.us-east-2.vpce.amazonaws.com", "A", 60, "10.0.1.13"),
		}, v1),
		privateZone("ZD", "ds.us-east-2.api.aws", []zone.RecordSet{
			set("ds.us-east-2.api.aws", "A", 60, "10.0.1.20"), set("ds.us-east-2.api.aws", "AAAA", 60, "2600:1f16::20"),
		}, v1),
		privateZone("Z6", "v6.us-east-2.api.aws", []zone.RecordSet{set("v6.us-east-2.api.aws", "AAAA", 60, "2600:1f16::21")}, v1),
		privateZone("ZE", "ent.test", slices.Clone(entRecords), v1),
	}
	for i := range zones {
		zones[i].RecordSets = append(zones[i].RecordSets, set(zones[i].Name, "NS", 172800, ns...))
	}
	return zones
}

// TestWildcardsBind is the table of answers measured with BIND 9.18. An answer
// is what BIND's is but for the authority section, whose NS records VPC+2
// leaves out, and what lies outside the zones.
func TestWildcardsBind(t *testing.T) {
	c := world()
	c.HostedZones = bindZones()
	v := view(t, build(t, c), zone.VPC(v1))
	r := ".us-east-2.amazonaws.com"
	const ns = "172800 NS {ns-0.awsdns-00.com, ns-1536.awsdns-00.co.uk}"
	for _, c := range []struct{ id, name, typ, rcode, answer, soa string }{
		{"B01", "monitoring" + r, "A", "NOERROR", "60 A {10.0.1.10, 10.0.2.10, 10.0.3.10}", ""},
		{"B02", "monitoring" + r, "HTTPS", "NOERROR", "", "monitoring" + r},
		{"B03", "monitoring" + r, "NS", "NOERROR", ns, ""},
		{
			"B04", "monitoring" + r, "ANY", "NOERROR", "60 A {10.0.1.10, 10.0.2.10, 10.0.3.10}; " + ns +
				"; 900 SOA {ns-1536.awsdns-00.co.uk awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400}", "",
		},
		{"B05", "MoNiToRiNg.US-EAST-2.amazonaws.com.", "A", "NOERROR", "60 A {10.0.1.10, 10.0.2.10, 10.0.3.10}", ""},
		{"B06", "123.dkr.ecr" + r, "A", "NOERROR", "60 A {10.0.1.11}", ""},
		{"B07", "123.dkr.ecr" + r, "AAAA", "NOERROR", "", "dkr.ecr" + r},
		{"B08", "123.dkr.ecr" + r, "TXT", "NOERROR", "", "dkr.ecr" + r},
		{"B09", "execute-api" + r, "AAAA", "NOERROR", "", "execute-api" + r},
		{"B10", "bkt.s3" + r, "A", "NOERROR", "60 A {10.0.1.13}", ""},
		{"B11", "dualstack.s3" + r, "A", "NOERROR", "", "s3" + r},
		{"B12", "vpce-1-aaaa.monitoring.us-east-2.vpce.amazonaws.com", "A", "NOERROR", "60 A {10.0.1.10}", ""},
		{"B13", "bucket.vpce-2-bbbb.s3.us-east-2.vpce.amazonaws.com", "A", "NOERROR", "60 A {10.0.1.13}", ""},
		{"B14", "monitoring.us-east-2.vpce.amazonaws.com", "A", "NOERROR", "", "us-east-2.vpce.amazonaws.com"},
		{"B15", "foo.vpce-1-aaaa.monitoring.us-east-2.vpce.amazonaws.com", "A", "NXDOMAIN", "", "us-east-2.vpce.amazonaws.com"},
		{"B16", "ds.us-east-2.api.aws", "AAAA", "NOERROR", "60 AAAA {2600:1f16::20}", ""},
		{"B17", "v6.us-east-2.api.aws", "AAAA", "NOERROR", "60 AAAA {2600:1f16::21}", ""},
		{"B18", "something.c.d.ent.test", "A", "NXDOMAIN", "", "ent.test"},
		{"B19", "c.d.ent.test", "A", "NOERROR", "", "ent.test"},
		{"B20", "x.t.e.ent.test", "A", "NXDOMAIN", "", "ent.test"},
		{"B21", "zzz.ent.test", "TXT", "NOERROR", `60 TXT {"star"}`, ""},
		{"B22", "cn.ent.test", "A", "", "60 CNAME {target.other.test}", ""}, // the target is public: the model knows no rcode for it
		{"B23", "cn.ent.test", "CNAME", "NOERROR", "60 CNAME {target.other.test}", ""},
		{"B24", "foo.w.ent.test", "MX", "NOERROR", "60 CNAME {tgt.ent.test}", "ent.test"},
		{"B25", "other.example.org", "A", "", "", ""}, // BIND refuses; in a VPC the public DNS answers
	} {
		t.Run(c.id, func(t *testing.T) {
			typ, err := zone.ParseType(c.typ)
			if err != nil {
				t.Fatal(err)
			}
			a := v.Lookup(c.name, typ)
			rcode := ""
			if rc, ok := a.RCode(); ok {
				rcode = rc.String()
			}
			soa := ""
			if rec, ok := a.SOA(); ok {
				soa = rec.Name
			}
			if got := sets(t, a); rcode != c.rcode || got != c.answer || soa != c.soa {
				t.Errorf("got %q, %s, SOA %q\nwant %q, %s, SOA %q", rcode, got, soa, c.rcode, c.answer, c.soa)
			}
		})
	}
}

// sets prints the answer section as wildcards-bind.md does, the sets by type,
// and checks that the owner is the asked name.
func sets(t *testing.T, a zone.Answer) string {
	t.Helper()
	byType := map[zone.Type][]string{}
	ttl := map[zone.Type]uint32{}
	for r := range a.Records() {
		if r.Name != a.Name() {
			t.Errorf("owner %s in the answer to %s", r.Name, a.Name())
		}
		byType[r.Type] = append(byType[r.Type], r.Data())
		ttl[r.Type] = r.TTL
	}
	var out []string
	for typ, data := range byType {
		slices.Sort(data)
		out = append(out, fmt.Sprintf("%d %s {%s}", ttl[typ], typ, strings.Join(data, ", ")))
	}
	slices.SortFunc(out, func(a, b string) int { return strings.Compare(strings.Fields(a)[1], strings.Fields(b)[1]) })
	return strings.Join(out, "; ")
}
