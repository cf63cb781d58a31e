package zone_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// changeBatch is what Route 53 reads of a change batch.
type changeBatch struct {
	Comment string
	Changes []struct {
		Action            string
		ResourceRecordSet zone.RecordSet
	}
}

// changes returns "name type target-or-values" of each change.
func changes(t *testing.T, z zone.Zone) []string {
	t.Helper()
	text, err := zone.AppendChangeBatch([]byte("x"), z)
	if err != nil || text[0] != 'x' {
		t.Fatalf("AppendChangeBatch: %v, %q", err, text)
	}
	var batch changeBatch
	if err := json.Unmarshal(text[1:], &batch); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	var list []string
	for _, c := range batch.Changes {
		rs := c.ResourceRecordSet
		var s strings.Builder
		s.WriteString(rs.Name + " " + rs.Type)
		if rs.AliasTarget != nil {
			s.WriteString(" alias " + rs.AliasTarget.HostedZoneID + " " + rs.AliasTarget.DNSName)
		}
		for _, v := range rs.ResourceRecords {
			s.WriteString(fmt.Sprintf(" %d %s", rs.TTL, v.Value))
		}
		if c.Action != "UPSERT" {
			t.Errorf("action %s", c.Action)
		}
		list = append(list, s.String())
	}
	return list
}

// TestChangeBatch: the hand-made zone of each kind of hidden zone, Z35.
func TestChangeBatch(t *testing.T) {
	f := fixtures()
	z := build(t, world(f["EP2"], f["EP4"], f["EP5"], f["EP6"]))
	got := map[string][]string{}
	for h := range z.Hidden(v1) {
		got[h.Name] = changes(t, h)
	}
	const s3 = "*.vpce-04444444444444444-tg4s3ifx.s3.us-east-2.vpce.amazonaws.com"
	want := map[string][]string{
		dkrName: {dkrName + ". A alias ZC8PG0KIFKBRI " + ecrRegion, "*." + dkrName + ". A alias ZC8PG0KIFKBRI " + ecrRegion},
		"svc.example.com": {
			"svc.example.com. A alias ZC8PG0KIFKBRI vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com",
		},
		"svc4.us-east-2.amazonaws.com": {
			"svc4.us-east-2.amazonaws.com. A alias ZC8PG0KIFKBRI vpce-06666666666666666-tg6duals.svc4.us-east-2.vpce.amazonaws.com",
			"svc4.us-east-2.amazonaws.com. AAAA alias ZC8PG0KIFKBRI vpce-06666666666666666-tg6duals.svc4.us-east-2.vpce.amazonaws.com",
		},
	}
	for _, base := range []string{"s3", "s3-accesspoint", "s3-control", "s3.dualstack", "s3-accesspoint.dualstack", "s3-control.dualstack"} {
		name := base + ".us-east-2.amazonaws.com"
		want[name] = []string{name + ". A alias ZC8PG0KIFKBRI " + s3, "*." + name + ". A alias ZC8PG0KIFKBRI " + s3}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestChangeBatchAnswers: a zone made of the change batch, in another VPC,
// answers what the hidden zone answers.
func TestChangeBatchAnswers(t *testing.T) {
	f := fixtures()
	c := world(f["EP1"], f["EP2"], f["EP4"], f["EP6"])
	inside := view(t, build(t, c), zone.VPC(v1))
	for h := range build(t, c).Hidden(v1) {
		out, err := zone.AppendChangeBatch(nil, h)
		if err != nil {
			t.Fatal(err)
		}
		var batch changeBatch
		if err := json.Unmarshal(out, &batch); err != nil {
			t.Fatal(err)
		}
		made := zone.HostedZone{ID: "ZMADE", Name: h.Name, Private: true, RecordSets: []zone.RecordSet{}, VPCs: []zone.ZoneVPC{{VPCID: v2}}}
		for _, change := range batch.Changes {
			made.RecordSets = append(made.RecordSets, change.ResourceRecordSet)
		}
		spoke := c
		spoke.HostedZones = []zone.HostedZone{made}
		outside := view(t, build(t, spoke), zone.VPC(v2))
		for _, name := range []string{h.Name, "a." + h.Name, "a.b." + h.Name} {
			for _, typ := range []zone.Type{zone.A, zone.AAAA, zone.TXT} {
				a, b := inside.Lookup(name, typ), outside.Lookup(name, typ)
				ra, _ := a.RCode()
				rb, ok := b.RCode()
				if !ok || ra != rb || !slices.Equal(slices.Collect(a.Addrs()), slices.Collect(b.Addrs())) {
					t.Errorf("%s %s\nhidden zone %s\nmade zone   %s", name, typ, text(a), text(b))
				}
			}
		}
	}
}

func TestChangeBatchOfACustomersZone(t *testing.T) {
	c := world(fixtures()["EP1"])
	c.HostedZones = []zone.HostedZone{
		privateZone("ZX", "example.com", []zone.RecordSet{
			set("example.com", "MX", 300, "10 mail.example.com."), set("t.example.com", "TXT", 300, `"say \"hi\"" "\303\251"`), aliasTo("m.example.com", "A", regionalName),
			set("sub.example.com", "NS", 300, "ns.example.net."),
		}, v1),
		privateZone("ZY", "example.org", []zone.RecordSet{aliasTo("example.org", "A", "lb.example.net")}, v1),
	}
	var names []string
	for h := range build(t, c).Hosted(v1) {
		names = append(names, h.Name)
		if h.Name == "example.org" {
			if out, err := zone.AppendChangeBatch([]byte("x"), h); !errors.Is(err, zone.ErrRecordsNotKnown) || string(out) != "x" {
				t.Errorf("a zone with unknown records: %q, %v", out, err)
			}
			continue
		}
		want := []string{
			"example.com. MX 300 10 mail.example.com",
			"m.example.com. A 60 10.0.1.10 60 10.0.2.10 60 10.0.3.10",
			"sub.example.com. NS 300 ns.example.net",
			`t.example.com. TXT 300 "say \"hi\"" "\303\251"`,
		}
		if diff := cmp.Diff(want, changes(t, h)); diff != "" {
			t.Error(diff)
		}
	}
	if want := []string{"example.com", "example.org"}; !slices.Equal(names, want) {
		t.Errorf("Hosted %v, want %v", names, want)
	}
}

func TestChangeBatchNeedsTheRegionalName(t *testing.T) {
	p := fixtures()["EP1"]
	p.DNSEntries = p.DNSEntries[4:]
	for h := range build(t, world(p)).Hidden(v1) {
		if _, err := zone.AppendChangeBatch(nil, h); !errors.Is(err, zone.ErrNoRegionalName) || !strings.Contains(err.Error(), ep1) {
			t.Errorf("error %v", err)
		}
	}
	if out, err := zone.AppendChangeBatch(nil, zone.Zone{}); len(out) > 0 || err != nil {
		t.Errorf("the zero Zone: %q, %v", out, err)
	}
}

// TestZoneFile: what a zone file writes in another way than Route 53, and what
// it can only say in comments.
func TestZoneFile(t *testing.T) {
	f := fixtures()
	f["EP5"].DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = true
	c := world(f["EP5"])
	c.HostedZones = []zone.HostedZone{privateZone("ZX", "example.com", []zone.RecordSet{
		set("t.example.com", "TXT", 300, `"\303\251 \"q\""`), set(`a\100b.example.com`, "A", 60, "10.0.0.1"), set("h.example.com", "HTTPS", 60, `\# 3 000100`),
		aliasTo("lb.example.com", "A", "lb.example.net"), set("*.w.example.com", "SRV", 60, "1 2 3 sip.example.com."),
	}, v1)}
	z := build(t, c)
	var got []string
	for _, list := range [][]zone.Zone{slices.Collect(z.Hidden(v1)), slices.Collect(z.Hosted(v1))} {
		for _, h := range list {
			for line := range strings.Lines(string(zone.AppendZoneFile(nil, h))) {
				if !strings.Contains(line, " NS ") && !strings.Contains(line, " SOA ") {
					got = append(got, strings.TrimSuffix(line, "\n"))
				}
			}
		}
	}
	want := []string{
		"; hidden private hosted zone Z00000000000000000005 of vpce-05555555555555555, for inbound Resolver endpoints only",
		"$ORIGIN svc.example.com.",
		"; a CNAME at the domain of a zone, which other servers than Route 53's refuse:",
		"svc.example.com. 60 IN CNAME vpce-05555555555555555-tg5provx.vpce-svc-01230123012301230.us-east-2.vpce.amazonaws.com.",
		"; private hosted zone ZX",
		"$ORIGIN example.com.",
		`a\@b.example.com. 60 IN A 10.0.0.1`,
		`h.example.com. 60 IN HTTPS \# 3 000100`,
		"; lb.example.com. A: the records are not known",
		`t.example.com. 300 IN TXT "\195\169 \"q\""`,
		"*.w.example.com. 60 IN SRV 1 2 3 sip.example.com.",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if out := zone.AppendZoneFile(nil, zone.Zone{}); len(out) > 0 {
		t.Errorf("the zero Zone: %q", out)
	}
	for range (zone.Zone{}).Records() {
		t.Error("the zero Zone has a record")
	}
}

// TestHidden: which zones a VPC has, and which not.
func TestHidden(t *testing.T) {
	f := fixtures()
	f["EP2"].State = "pending"
	f["EP3"].privateOff()
	c := world(f["EP1"], f["EP2"], f["EP3"], f["EP6"])
	off := false
	c.VPCs[0].EnableDNSHostnames = &off // the zones are there, and do not answer
	c.ProfileAssociations = []zone.ProfileAssociation{{ProfileID: "rp-1", ResourceID: v2}}
	c.ProfileResourceAssociations = []zone.ProfileResourceAssociation{{ProfileID: "rp-1", ResourceARN: "arn:aws:ec2:us-east-2:111122223333:vpc-endpoint/" + ep1}}
	z := build(t, c)
	names := func(vpc string) (list []string) {
		for h := range z.Hidden(vpc) {
			list = append(list, h.Name)
		}
		return list
	}
	if got, want := names(v1), []string{defaultName, "svc4.us-east-2.amazonaws.com"}; !slices.Equal(got, want) {
		t.Errorf("V1: %v, want %v", got, want)
	}
	if got, want := names(v2), []string{defaultName}; !slices.Equal(got, want) {
		t.Errorf("V2: %v, want %v", got, want)
	}
	if got := names("vpc-none"); got != nil {
		t.Errorf("an unknown VPC: %v", got)
	}
}

// TestMemoryIsLinear: a thousand VPCs over the same endpoints and the same
// zones share what they have in common.
func TestMemoryIsLinear(t *testing.T) {
	zones, _ := benchRecords(2_000)
	size := func(vpcs int) float64 {
		c := world(fixtures()["EP1"], fixtures()["EP2"])
		for i := range vpcs {
			c.VPCs = append(c.VPCs, endpoint.VPC{ID: fmt.Sprintf("vpc-%d", i), EnableDNSSupport: c.VPCs[0].EnableDNSSupport, EnableDNSHostnames: c.VPCs[0].EnableDNSHostnames})
		}
		c.HostedZones = slices.Clone(zones)
		for i := range c.HostedZones {
			for _, v := range c.VPCs {
				c.HostedZones[i].VPCs = append(c.HostedZones[i].VPCs, zone.ZoneVPC{VPCID: v.ID})
			}
		}
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		z := build(t, c)
		runtime.GC()
		runtime.ReadMemStats(&after)
		runtime.KeepAlive(z)
		runtime.KeepAlive(c)
		return float64(after.HeapAlloc) - float64(before.HeapAlloc)
	}
	few, many := size(10), size(1000)
	if perVPC := (many - few) / 990; perVPC > 4_000 {
		t.Errorf("%.0f octets for each further VPC over the same 2,000 records", perVPC)
	}
}

// TestConflictsAcross: the zones of one name in a VPC are reported together,
// once on an endpoint and once on a hosted zone (E1, E5), and once on the VPC if
// a Profile brings one of them (Z36); however many there are.
func TestConflictsAcross(t *testing.T) {
	f := fixtures()
	c := world(f["EP1"])
	for i := range 2 {
		e := f["EP1"].Endpoint
		e.ID = fmt.Sprintf("vpce-%017x", i+1)
		e.DNSEntries = e.DNSEntries[4:]
		c.Endpoints = append(c.Endpoints, e)
	}
	conflicts := func() (list []string) {
		for _, x := range build(t, c).Findings() {
			if x.Code == endpoint.ConflictingPrivateDNS {
				i := strings.LastIndexByte(x.Text, '(')
				list = append(list, x.Resource+" "+x.Source[:2]+" "+x.Text[i:])
			}
		}
		slices.Sort(list)
		return list
	}
	const e1, e2 = "vpce-00000000000000001", "vpce-00000000000000002"
	want := []string{ep1 + " E1 (" + e1 + ", " + e2 + " and " + ep1 + ")"}
	if diff := cmp.Diff(want, conflicts()); diff != "" {
		t.Errorf("endpoints alone: %s", diff)
	}
	c.HostedZones = []zone.HostedZone{privateZone("ZC", defaultName, nil, v1), privateZone("ZD", defaultName, nil, v1), privateZone("ZE", "example.com", nil, v1)}
	all := " (ZC, ZD, " + e1 + ", " + e2 + " and " + ep1 + ")"
	want = []string{"ZC E5" + all, ep1 + " E1" + all}
	if diff := cmp.Diff(want, conflicts()); diff != "" {
		t.Error(diff)
	}
	c.HostedZones = append(c.HostedZones, privateZone("ZF", defaultName, nil))
	c.ProfileAssociations = []zone.ProfileAssociation{{ProfileID: "rp-1", ResourceID: v1}}
	c.ProfileResourceAssociations = []zone.ProfileResourceAssociation{{ProfileID: "rp-1", ResourceARN: "arn:aws:route53:::hostedzone/ZF"}}
	want = append(want, v1+" Z3 (ZC, ZD, ZF, "+e1+", "+e2+" and "+ep1+")")
	slices.Sort(want)
	if diff := cmp.Diff(want, conflicts()); diff != "" {
		t.Errorf("with a Profile: %s", diff)
	}
	c = world()
	for i := range 500 {
		c.HostedZones = append(c.HostedZones, privateZone(fmt.Sprintf("Z%03d", i), "example.com", nil, v1))
	}
	want = []string{"Z000 E5 (Z000, Z001, Z002, Z003, Z004, Z005, Z006 and 493 more)"}
	if diff := cmp.Diff(want, conflicts()); diff != "" {
		t.Errorf("500 zones: %s", diff)
	}
}
