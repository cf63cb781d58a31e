package zone_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// TestErrors: what cannot be read into the model, all of it, each at its place.
func TestErrors(t *testing.T) {
	c := world(fixtures()["EP1"])
	c.VPCs = append(c.VPCs, endpoint.VPC{})
	c.NetworkInterfaces[0].PrivateIPAddress = "10.0.1"
	c.Endpoints = append(c.Endpoints, endpoint.Endpoint{Type: endpoint.Interface})
	c.HostedZones = []zone.HostedZone{
		{Name: "example.com", Private: true},
		{ID: "Z1", Name: "exa..mple", Private: true},
		privateZone("Z2", "example.com", []zone.RecordSet{
			set("www.example.org", "A", 60, "192.0.2.1"), set("a b.example.com", "A", 60, "192.0.2.1"), set("a.example.com", "WHAT", 60, "x"),
			set("b.example.com", "A", 60, "x"), set("c.example.com", "A", 60, "192.0.2.1"), set("c.example.com", "A", 60, "192.0.2.2"),
			aliasTo("d.example.com", "A", "no..name"),
		}),
	}
	c.ResolverRules = []zone.ResolverRule{
		{DomainName: "example.com", RuleType: "FORWARD"},
		{ID: "r1", DomainName: "..", RuleType: "FORWARD"},
		{ID: "r2", DomainName: "a.b", RuleType: "MAGIC"},
		{ID: "r3", DomainName: "a.b", RuleType: "FORWARD", TargetIPs: []zone.TargetAddress{{IP: "x"}, {IP: "192.0.2.1", Port: 70000}}},
	}
	z, err := zone.New(c)
	if z != nil || err == nil {
		t.Fatal("half-built Zones, or no error")
	}
	var got []string
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		got = append(got, e.Error())
	}
	want := []string{
		`VPCs[3]: no id`,
		`eni-099deb00b40f00e22-0: PrivateIpAddress "10.0.1": not an IP address`,
		`Endpoints[1]: no id`,
		`HostedZones[0]: no id`,
		`Z1: Name "exa..mple": not a DNS name`,
		`Z2: ResourceRecordSets[0].Name "www.example.org": value not allowed here`,
		`Z2: ResourceRecordSets[1].Name "a b.example.com": not a DNS name`,
		`Z2: ResourceRecordSets[2].Type "WHAT": not a record type: want a mnemonic such as AAAA, or TYPE and a number`,
		`Z2: ResourceRecordSets[3].ResourceRecords[0].Value "x": not the data of a record of this type`,
		`Z2: ResourceRecordSets[5].Type "c.example.com A": value not allowed here`,
		`Z2: ResourceRecordSets[6].AliasTarget.DNSName "no..name": not a DNS name`,
		`ResolverRules[0]: no id`,
		`r1: DomainName "..": not a DNS name`,
		`r2: RuleType "MAGIC": value not allowed here`,
		`r3: TargetIps[0] "x": not an IP address`,
		`r3: TargetIps[1] "192.0.2.1": value not allowed here`,
	}
	if !slices.Equal(got, want) {
		for i := range max(len(got), len(want)) {
			g, w := "", ""
			if i < len(got) {
				g = got[i]
			}
			if i < len(want) {
				w = want[i]
			}
			if g != w {
				t.Errorf("error %d\n got %s\nwant %s", i, g, w)
			}
		}
	}
	if !errors.Is(err, zone.ErrName) || !errors.Is(err, zone.ErrRData) || !errors.Is(err, endpoint.ErrID) {
		t.Error("a reason is not among the errors")
	}
}

// TestFindings: what the input contradicts itself in, or lacks.
func TestFindings(t *testing.T) {
	f := fixtures()
	f["EP1"].DNSEntries = append(f["EP1"].DNSEntries[1:5:5], endpoint.DNSEntry{Name: "vpce-EXAMPLE.monitoring.us-east-2.vpce.amazonaws.com"})
	f["EP2"].DNSEntries[1].Name = ecrRegion[:21] + "3-othertag-us-east-2a" + ecrRegion[31:]
	f["EP3"].PrivateDNSEnabled = false
	f["EP5"].DNSEntries = f["EP5"].DNSEntries[:3]
	f["EP8"].interfaces, f["EP8"].NetworkInterfaceIDs = nil, append(f["EP8"].NetworkInterfaceIDs, "eni-more")
	c := world(f["EP1"], f["EP2"], f["EP3"], f["EP5"], f["EP8"])
	c.HostedZones = []zone.HostedZone{privateZone("ZX", "execute-api.us-east-2.amazonaws.com", nil, v2), privateZone("ZY", "execute-api.us-east-2.amazonaws.com", nil)}
	c.ResolverRuleAssociations = []zone.ResolverRuleAssociation{{ResolverRuleID: "rslvr-rr-none", VPCID: v1}, {ResolverRuleID: "rslvr-rr-none", VPCID: v2, Status: "DELETING"}}
	c.ResolverEndpoints = []zone.ResolverEndpoint{{ID: "rslvr-in-1", Direction: "INBOUND_DELEGATION"}}
	c.ProfileAssociations = []zone.ProfileAssociation{{ProfileID: "rp-1", ResourceID: v2}, {ProfileID: "rp-1", ResourceID: v3, Status: "DELETING"}}
	for _, arn := range []string{
		"arn:aws:route53:::hostedzone/ZY", "arn:aws:route53:::hostedzone/ZNONE", "arn:aws:ec2:us-east-2:111122223333:vpc-endpoint/vpce-none",
		"arn:aws:route53resolver:us-east-2:111122223333:resolver-rule/rslvr-rr-none", "arn:aws:route53resolver:us-east-2:111122223333:firewall-rule-group/rslvr-frg-1",
	} {
		c.ProfileResourceAssociations = append(c.ProfileResourceAssociations, zone.ProfileResourceAssociation{ProfileID: "rp-1", ResourceARN: arn})
	}
	var got []string
	for _, x := range build(t, c).Findings() {
		got = append(got, x.Source+" "+x.String())
	}
	want := []string{
		`Z36 UNKNOWN_RESOURCE rp-1: the Resolver rule rslvr-rr-none is in the profile and not in the input`,
		`Z36 UNKNOWN_RESOURCE rp-1: the endpoint vpce-none is in the profile and not in the input`,
		`Z36 UNKNOWN_RESOURCE rp-1: the hosted zone ZNONE is in the profile and not in the input`,
		`Z34 NOT_MODELLED rslvr-in-1: inbound Resolver endpoints of direction INBOUND_DELEGATION are not modelled (Z34)`,
		`Z5 UNKNOWN_RESOURCE vpc-00000000000000001: the Resolver rule rslvr-rr-none is associated with the VPC and not in the input`,
		`Z36 CONFLICTING_PRIVATE_DNS vpc-00000000000000002: a Route 53 Profile brings the VPC a second zone execute-api.us-east-2.amazonaws.com, and AWS does not say which answers (ZX and ZY)`,
		`NAM-41 DNS_ENTRIES_INCONSISTENT vpce-02222222222222222: the DNS entries vpce-02222222222222222-tg2ecrdk.dkr.ecr.us-east-2.vpce.amazonaws.com and vpce-02222222222222223-othertag-us-east-2a.dkr.ecr.us-east-2.vpce.amazonaws.com differ in more than the zone`,
		`NAM-41 DNS_ENTRIES_INCONSISTENT vpce-02222222222222222: the DNS entry vpce-02222222222222223-othertag-us-east-2a.dkr.ecr.us-east-2.vpce.amazonaws.com is another endpoint's name`,
		`NAM-43 DNS_ENTRIES_INCONSISTENT vpce-03333333333333333: private DNS is off, and the DNS entries list the private name *.execute-api.us-east-2.amazonaws.com`,
		`NAM-43 DNS_ENTRIES_INCONSISTENT vpce-03333333333333333: private DNS is off, and the DNS entries list the private name execute-api.us-east-2.amazonaws.com`,
		`Z14 UNKNOWN_RESOURCE vpce-05555555555555555: private DNS is on, and the private names are neither in the DNS entries nor known of the service com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230`,
		`NAM-42 DNS_ENTRIES_INCONSISTENT vpce-08888888888888888: the DNS entries have 1 zonal names for 2 network interfaces`,
		`NAM-41 DNS_ENTRIES_INCONSISTENT vpce-099deb00b40f00e22: the DNS entries have 0 Regional names`,
		`NAM-44 DNS_ENTRY_UNPARSED vpce-099deb00b40f00e22: the DNS entry "vpce-EXAMPLE.monitoring.us-east-2.vpce.amazonaws.com" is neither an endpoint's name nor a private name`,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
