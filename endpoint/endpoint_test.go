package endpoint_test

import (
	"errors"
	"net/netip"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
)

// TestRecords is the table of dns.md section 5, row by row.
func TestRecords(t *testing.T) {
	a, aaaa, both := endpoint.AddressRecords{A: true}, endpoint.AddressRecords{AAAA: true}, endpoint.AddressRecords{A: true, AAAA: true}
	for _, tt := range []struct {
		record          endpoint.RecordIPType
		ip              endpoint.IPAddressType
		private, public endpoint.AddressRecords
	}{
		{"ipv4", "ipv4", a, a},
		{"ipv4", "dualstack", a, a},
		{"ipv6", "ipv6", aaaa, aaaa},
		{"IPv6", "dualstack", aaaa, aaaa},
		{"dualstack", "dualstack", both, both},
		{"service-defined", "dualstack", a, both},
		{"", "ipv4", a, a},
		{"", "ipv6", aaaa, aaaa},
		{"", "dualstack", both, both},
		{"", "", a, a},
		{"unheard-of", "dualstack", both, both},
	} {
		e := endpoint.Endpoint{IPAddressType: tt.ip, DNSOptions: endpoint.DNSOptions{RecordIPType: tt.record}}
		if private, public := e.Records(); private != tt.private || public != tt.public {
			t.Errorf("Records of DnsRecordIpType %q, IpAddressType %q = %v, %v, want %v, %v",
				tt.record, tt.ip, private, public, tt.private, tt.public)
		}
	}
}

// TestEntriesPermutation is NAM-40: whatever order AWS lists the entries in,
// the selectors give the same names.
func TestEntriesPermutation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		es := rapid.Permutation(slices.Clone(monitoring)).Draw(t, "entries")
		if n, ok := es.Regional(); !ok || n.String() != monitoring[0].Name {
			t.Errorf("Regional() = %v, %v", n, ok)
		}
		for _, az := range []string{"us-east-2a", "us-east-2b", "us-east-2c"} {
			if n, ok := es.Zonal(az); !ok || n.Zone() != az {
				t.Errorf("Zonal(%q) = %v, %v", az, n, ok)
			}
		}
		if got := slices.Collect(es.Private()); !slices.Equal(got, []string{"monitoring.us-east-2.amazonaws.com"}) {
			t.Errorf("Private() = %q", got)
		}
		if got := es.PublicZoneID(); got != "ZC8PG0KIFKBRI" {
			t.Errorf("PublicZoneID() = %q", got)
		}
		if got := slices.Collect(es.Unparsed()); got != nil {
			t.Errorf("Unparsed() = %q", got)
		}
	})
}

func TestEntriesKinds(t *testing.T) {
	es := endpoint.DNSEntries{
		{Name: "*.dkr.ecr.us-east-2.amazonaws.com", HostedZoneID: endpoint.ZoneIDPending},
		{Name: "DKR.ECR.us-east-2.amazonaws.com.", HostedZoneID: "/hostedzone/Z1"},
		{Name: "vpce-0123456789abcdef0-EXAMPLE.cassandra.us-east-1.vpce.amazonaws.com"},
		{Name: "two words"},
	}
	if got, want := slices.Collect(es.Private()), []string{"*.dkr.ecr.us-east-2.amazonaws.com", "dkr.ecr.us-east-2.amazonaws.com"}; !slices.Equal(got, want) {
		t.Errorf("Private() = %q, want %q", got, want)
	}
	if got, want := slices.Collect(es.Unparsed()), []string{es[2].Name, es[3].Name}; !slices.Equal(got, want) {
		t.Errorf("NAM-44: Unparsed() = %q, want %q", got, want)
	}
	if _, ok := es.Regional(); ok {
		t.Error("Regional() = true for entries without an endpoint name")
	}
	if got := es[0].ZoneID(); got != "" {
		t.Errorf("Z20: ZoneID of a pending zone = %q, want none", got)
	}
	if got := es[1].ZoneID(); got != "Z1" {
		t.Errorf("ZoneID = %q, want Z1", got)
	}
}

func TestCIDRs(t *testing.T) {
	v := endpoint.VPC{
		ID: "vpc-1", CIDRBlock: "10.0.0.0/16",
		CIDRBlockAssociationSet: []endpoint.CIDRBlockAssociation{
			{CIDRBlock: "10.0.0.0/16", CIDRBlockState: endpoint.CIDRBlockState{State: "associated"}},
			{CIDRBlock: "100.64.0.1/16"},
			{CIDRBlock: "10.9.0.0/16", CIDRBlockState: endpoint.CIDRBlockState{State: "disassociated"}},
		},
		IPv6CIDRBlockAssociationSet: []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: "2001:db8::/56"}},
	}
	got, err := v.CIDRs()
	want := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/16"), netip.MustParsePrefix("100.64.0.0/16"), netip.MustParsePrefix("2001:db8::/56")}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("CIDRs() = %v, %v, want %v", got, err, want)
	}

	v.CIDRBlockAssociationSet[1].CIDRBlock = "100.64.0.1"
	got, err = v.CIDRs()
	if want := slices.Delete(want, 1, 2); !slices.Equal(got, want) {
		t.Errorf("CIDRs() = %v with the error %v, want the readable ones, %v", got, err, want)
	}
	fe, ok := errors.AsType[*endpoint.FieldError](err)
	if !ok || fe.Resource != "vpc-1" || fe.Field != "CidrBlockAssociationSet[1].CidrBlock" || !errors.Is(err, endpoint.ErrCIDR) {
		t.Errorf("CIDRs() error = %v", err)
	}

	s := endpoint.Subnet{ID: "subnet-1", CIDRBlock: "10.0.0.0/33", IPv6CIDRBlockAssociationSet: []endpoint.IPv6CIDRBlockAssociation{
		{IPv6CIDRBlock: "x"}, {IPv6CIDRBlock: "2001:db8::1/64"}, {IPv6CIDRBlock: "2001:db8::/64"},
	}}
	got, err = s.CIDRs()
	if !errors.Is(err, endpoint.ErrCIDR) {
		t.Errorf("CIDRs() error = %v, want ErrCIDR", err)
	}
	if want := []netip.Prefix{netip.MustParsePrefix("2001:db8::/64")}; !slices.Equal(got, want) {
		t.Errorf("CIDRs() = %v, want %v", got, want)
	}
	wantText := "subnet-1: CidrBlock \"10.0.0.0/33\": not a CIDR\nsubnet-1: Ipv6CidrBlockAssociationSet[0].Ipv6CidrBlock \"x\": not a CIDR"
	if diff := cmp.Diff(wantText, err.Error()); diff != "" {
		t.Error(diff)
	}
}

// TestDNSAttributeOff is the table of dns.md section 4, and what the input may
// leave out.
func TestDNSAttributeOff(t *testing.T) {
	for _, tt := range []struct {
		name               string
		support, hostnames *bool
		want               string
	}{
		{"both on", new(true), new(true), ""},
		{"hostnames off", new(true), new(false), "enableDnsHostnames"},
		{"both off", new(false), new(false), "enableDnsSupport"},
		{"support off", new(false), new(true), "enableDnsSupport"},
		{"neither given", nil, nil, ""},
		{"only hostnames given", nil, new(false), "enableDnsHostnames"},
		{"only support given", new(true), nil, ""},
	} {
		v := &endpoint.VPC{EnableDNSSupport: tt.support, EnableDNSHostnames: tt.hostnames}
		if got := v.DNSAttributeOff(); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := (*endpoint.VPC)(nil).DNSAttributeOff(); got != "" {
		t.Errorf("a nil VPC: got %q", got)
	}
}

func TestAddrs(t *testing.T) {
	n := endpoint.NetworkInterface{
		ID: "eni-1", PrivateIPAddress: "10.0.0.10",
		PrivateIPAddresses: []endpoint.PrivateIPAddress{{PrivateIPAddress: "10.0.0.10", Primary: true}, {PrivateIPAddress: "10.0.0.11"}},
		IPv6Addresses:      []endpoint.IPv6Address{{IPv6Address: "2001:db8::5"}},
	}
	got, err := n.Addrs()
	want := []netip.Addr{netip.MustParseAddr("10.0.0.10"), netip.MustParseAddr("10.0.0.11"), netip.MustParseAddr("2001:db8::5")}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("Addrs() = %v, %v, want %v", got, err, want)
	}
	n.IPv6Addresses[0].IPv6Address = "fe80::zz"
	got, err = n.Addrs()
	if want := want[:2]; !slices.Equal(got, want) {
		t.Errorf("Addrs() = %v with the error %v, want the readable ones, %v", got, err, want)
	}
	fe, ok := errors.AsType[*endpoint.FieldError](err)
	if !ok || fe.Resource != "eni-1" || fe.Field != "Ipv6Addresses[0].Ipv6Address" || !errors.Is(err, endpoint.ErrAddress) {
		t.Errorf("Addrs() error = %v", err)
	}
}

func TestCompareWithoutCase(t *testing.T) {
	if !endpoint.State("Available").Is(endpoint.Available) || endpoint.State("").Is(endpoint.Available) {
		t.Error("State.Is: V17 wants available and Available to be one, and absent to be neither")
	}
	if !endpoint.Type("interface").Is(endpoint.Interface) {
		t.Error("Type.Is regards case")
	}
}

func TestHealthy(t *testing.T) {
	for status, want := range map[string]bool{"": true, "in-use": true, "In-Use": true, "available": false, "pending": false} {
		if n := (endpoint.NetworkInterface{Status: status}); n.Healthy() != want {
			t.Errorf("Z17: Healthy() of status %q = %v, want %v", status, !want, want)
		}
	}
}

func TestTagsName(t *testing.T) {
	if got := (endpoint.Tags{{Key: "name", Value: "x"}, {Key: "Name", Value: "private-b"}}).Name(); got != "private-b" {
		t.Errorf("Name() = %q", got)
	}
}
