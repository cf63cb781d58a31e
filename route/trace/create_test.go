package trace_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// counting returns a source of ids that counts: what a test that compares
// texts wants.
func counting() func(prefix string) string {
	n := 0
	return func(prefix string) string {
		n++
		if prefix == "" {
			return fmt.Sprintf("tag%05d", n)
		}
		return fmt.Sprintf("%s%017d", prefix, n)
	}
}

// bare is the page's VPC without its endpoint.
func bare() trace.Inventory {
	inv := page()
	inv.Endpoints, inv.NetworkInterfaces = nil, nil
	return inv
}

func create(service string, private bool) trace.CreateEndpoint {
	return trace.CreateEndpoint{
		Type: endpoint.Interface, VPCID: "vpc-1", ServiceName: service, PrivateDNSEnabled: private,
		SubnetIDs: []string{"subnet-a", "subnet-b"}, NewID: counting(),
	}
}

const monitoringService = "com.amazonaws.us-east-2.monitoring"

func ExampleInventory_Create() {
	inv := bare()
	e, err := inv.Create(trace.CreateEndpoint{
		Type: endpoint.Interface, VPCID: "vpc-1", ServiceName: "com.amazonaws.us-east-2.ecr.dkr",
		SubnetIDs: []string{"subnet-a", "subnet-b"}, PrivateDNSEnabled: true, NewID: counting(),
	})
	if err != nil {
		panic(err)
	}
	for _, entry := range e.DNSEntries {
		fmt.Println(entry.Name)
	}
	// Output:
	// vpce-00000000000000001-tag00004.dkr.ecr.us-east-2.vpce.amazonaws.com
	// vpce-00000000000000001-tag00004-us-east-2a.dkr.ecr.us-east-2.vpce.amazonaws.com
	// vpce-00000000000000001-tag00004-us-east-2b.dkr.ecr.us-east-2.vpce.amazonaws.com
	// dkr.ecr.us-east-2.amazonaws.com
	// *.dkr.ecr.us-east-2.amazonaws.com
	// dkr-ecr.us-east-2.on.aws
	// *.dkr-ecr.us-east-2.on.aws
}

// TestCreateReaches: what Create makes is used, and nothing of it is a finding.
func TestCreateReaches(t *testing.T) {
	inv := bare()
	if _, err := inv.Create(create(monitoringService, true)); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, inv)
	if fs := w.Findings(); len(fs) > 0 {
		t.Errorf("findings %v", fs)
	}
	tr, err := w.Why("isolated", pageHost)
	if err != nil || tr.Class != route.ClassEndpoint || len(tr.Paths) != 2 {
		t.Errorf("%v\n%s", err, tr)
	}
	gateway := trace.CreateEndpoint{VPCID: "vpc-1", ServiceName: "com.amazonaws.us-east-2.s3", RouteTableIDs: []string{"rtb-c"}, NewID: counting()}
	if _, err := inv.Create(gateway); err != nil {
		t.Fatal(err)
	}
	tr = ask(t, inv, "isolated", "bkt.s3.us-east-2.amazonaws.com")
	if tr.Class != route.ClassGatewayEndpoint {
		t.Errorf("P2: entries missing, no other route touches public space: %s", tr)
	}
}

// TestCreateRefusals is the list of refusals, with the rows of the DNS cases
// that ask for them. AWS's words are compared where they were seen.
func TestCreateRefusals(t *testing.T) {
	const conflict = "private-dns-enabled cannot be set because there is already a conflicting DNS domain for %s in the VPC vpc-1"
	with := func(ins ...trace.CreateEndpoint) trace.Inventory {
		inv := bare()
		for _, in := range ins {
			if _, err := inv.Create(in); err != nil {
				t.Fatal(err)
			}
		}
		return inv
	}
	edit := func(inv trace.Inventory, f func(*trace.Inventory)) trace.Inventory {
		f(&inv)
		return inv
	}
	s3 := create("com.amazonaws.us-east-2.s3", true)
	inbound := s3
	inbound.PrivateDNSOnlyForInboundResolverEndpoint = new(true)
	all := s3
	all.PrivateDNSOnlyForInboundResolverEndpoint = new(false)
	gateway := trace.CreateEndpoint{VPCID: "vpc-1", ServiceName: "com.amazonaws.us-east-2.s3", NewID: counting()}
	const owned = "com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230"
	detail := func(d endpoint.ServiceDetail) trace.Inventory {
		return edit(bare(), func(inv *trace.Inventory) {
			d.ServiceName, d.ServiceType = owned, []endpoint.ServiceType{{ServiceType: endpoint.Interface}}
			inv.ServiceDetails = []endpoint.ServiceDetail{d}
		})
	}
	ipTypes := func(ip endpoint.IPAddressType, record endpoint.RecordIPType) trace.CreateEndpoint {
		in := create(monitoringService, false)
		in.IPAddressType, in.RecordIPType = ip, record
		return in
	}
	phz := func(inv *trace.Inventory) {
		inv.HostedZones = []zone.HostedZone{{ID: "Z1", Name: "monitoring.us-east-2.amazonaws.com.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}}}}
	}
	elsewhere := create(monitoringService, true)
	elsewhere.SubnetIDs = []string{"subnet-z"}
	for _, tt := range []struct {
		id   string
		inv  trace.Inventory
		in   trace.CreateEndpoint
		rule string // "OK": no refusal
		code string
		text string // "": the words were not seen
	}{
		{"A001", bare(), create(monitoringService, true), "OK", "", ""},
		{"A002 E2", edit(bare(), func(inv *trace.Inventory) { inv.VPCs[0].EnableDNSHostnames = new(false) }), create(monitoringService, true), "E2", "InvalidParameter", "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for vpc-1"},
		{"A003 E2", edit(bare(), func(inv *trace.Inventory) {
			inv.VPCs[0].EnableDNSSupport, inv.VPCs[0].EnableDNSHostnames = new(false), new(false)
		}), create(monitoringService, true), "E2", "InvalidParameter", "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for vpc-1"},
		{"A014 default VPC", edit(bare(), func(inv *trace.Inventory) {
			inv.VPCs[0].EnableDNSSupport, inv.VPCs[0].EnableDNSHostnames, inv.VPCs[0].IsDefault = nil, nil, true
		}), create(monitoringService, true), "OK", "", ""},
		{"A014 other VPC", edit(bare(), func(inv *trace.Inventory) {
			inv.VPCs[0].EnableDNSSupport, inv.VPCs[0].EnableDNSHostnames = nil, nil
		}), create(monitoringService, true), "E2", "InvalidParameter", ""},
		{"C001 E1", with(create(monitoringService, true)), create(monitoringService, true), "E1", "InvalidParameter", fmt.Sprintf(conflict, pageHost)},
		{"C002 E1", with(create("com.amazonaws.us-east-2.execute-api", true)), create("com.amazonaws.us-east-2.execute-api", true), "E1", "InvalidParameter", fmt.Sprintf(conflict, "*.execute-api.us-east-2.amazonaws.com")},
		{"C003", with(create(monitoringService, true)), create(monitoringService, false), "OK", "", ""},
		{"C004 E1", edit(bare(), phz), create(monitoringService, true), "E1", "InvalidParameter", fmt.Sprintf(conflict, pageHost)},
		{"C011", with(create("com.amazonaws.us-east-2.codeartifact.api", true)), create("com.amazonaws.us-east-2.codeartifact.repositories", true), "OK", "", ""},
		{"C014", bare(), create("com.amazonaws.us-west-2.s3", false), "", "InvalidServiceName", ""},
		{"W026 D06 E4", bare(), inbound, "E4", "InvalidParameter", "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC vpc-1 must have a Gateway endpoint for the service."},
		{"W027 E4", bare(), s3, "E4", "InvalidParameter", "To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC vpc-1 must have a Gateway endpoint for the service."},
		{"W027 with the gateway endpoint", with(gateway), s3, "OK", "", ""},
		{"W017 for all resolvers", bare(), all, "OK", "", ""},
		{"S007", detail(endpoint.ServiceDetail{PrivateDNSName: "svc.example.com", PrivateDNSNameVerificationState: "pendingVerification"}), create(owned, true), "E3", "InvalidParameter", ""},
		{"S008 E3", detail(endpoint.ServiceDetail{}), create(owned, true), "E3", "InvalidParameter", "Private DNS can't be enabled because the service " + owned + " does not provide a private DNS name."},
		{"E3 level N", bare(), create("com.amazonaws.us-east-2.iot.data", true), "E3", "InvalidParameter", "Private DNS can't be enabled because the service com.amazonaws.us-east-2.iot.data does not provide a private DNS name."},
		{"P013 E8", detail(endpoint.ServiceDetail{PrivateDNSName: "svc.example.com", AcceptanceRequired: true}), create(owned, true), "E8", "InvalidParameter", ""},
		{"V30", detail(endpoint.ServiceDetail{AvailabilityZones: []string{"us-east-2a"}}), create(owned, false), "VPCE_SERVICE_NOT_INSTALLED_IN_AZ", "InvalidParameter", "The VPC endpoint service " + owned + " does not support the availability zone of the subnet: subnet-b."},
		{"V30 in every zone", detail(endpoint.ServiceDetail{AvailabilityZones: []string{"us-east-2a", "us-east-2b"}}), create(owned, false), "OK", "", ""},
		{"I006", bare(), ipTypes("ipv4", "dualstack"), "", "InvalidParameter", ""},
		{"I007", bare(), ipTypes("ipv6", "ipv4"), "", "InvalidParameter", ""},
		{"no IPv6 in the subnet", bare(), ipTypes("dualstack", "dualstack"), "", "InvalidParameter", ""},
		{"I012", bare(), ipTypes("ipv4", "service-defined"), "", "InvalidParameter", ""},
		{"no such subnet", bare(), elsewhere, "", "InvalidSubnetID.NotFound", ""},
		{"no such VPC", trace.Inventory{}, create(monitoringService, true), "", "InvalidVpcID.NotFound", ""},
	} {
		t.Run(tt.id, func(t *testing.T) {
			inv := tt.inv.Clone()
			e, err := inv.Create(tt.in)
			if tt.rule == "OK" {
				if err != nil || len(inv.Endpoints) != len(tt.inv.Endpoints)+1 || inv.Endpoints[len(inv.Endpoints)-1].ID != e.ID {
					t.Errorf("Create = %v, %v", e, err)
				}
				return
			}
			ae, ok := errors.AsType[*trace.APIError](err)
			if !ok || ae.Rule != tt.rule || ae.Code != tt.code || (tt.text != "" && ae.Message != tt.text) {
				t.Errorf("Create error = %#v, want %s %s: %s", err, tt.rule, tt.code, tt.text)
			}
			if diff := cmp.Diff(tt.inv, inv); diff != "" {
				t.Errorf("a refused call changed the inventory:\n%s", diff)
			}
		})
	}
}

// TestCreateNames is what AWS lists for the rarer shapes.
func TestCreateNames(t *testing.T) {
	names := func(in trace.CreateEndpoint) []string {
		inv := bare()
		e, err := inv.Create(in)
		if err != nil {
			t.Fatal(err)
		}
		var list []string
		for _, entry := range e.DNSEntries {
			list = append(list, entry.Name)
		}
		return list
	}
	const head = "vpce-00000000000000001-tag00004"
	if got, want := names(create("com.amazonaws.us-east-2.s3", false)), []string{
		"*." + head + ".s3.us-east-2.vpce.amazonaws.com",
		"*." + head + "-us-east-2a.s3.us-east-2.vpce.amazonaws.com",
		"*." + head + "-us-east-2b.s3.us-east-2.vpce.amazonaws.com",
	}; !slices.Equal(got, want) {
		t.Errorf("NAM-05: %q", got)
	}
	cross := create("com.amazonaws.us-west-2.kms", false)
	cross.ServiceRegion = "us-west-2"
	if got, want := names(cross), []string{head + ".kms.us-west-2.vpce.amazonaws.com"}; !slices.Equal(got, want) {
		t.Errorf("NAM-21, S018: %q", got)
	}
}
