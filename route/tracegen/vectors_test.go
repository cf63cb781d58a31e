package tracegen_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// common is what every vector has.
type common struct {
	ID     string
	Level  string
	Rules  []string
	Source string
}

// vectors reads a file of conformance vectors and runs check for each as a
// subtest. Unknown keys are errors: the files are for others to read.
func vectors[V any](t *testing.T, path string, meta func(V) common, check func(t *testing.T, v V)) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var file struct {
		About   string
		Fixture json.RawMessage
		Vectors []V
	}
	dec := json.NewDecoder(f)
	dec.DisallowUnknownFields()
	if err := dec.Decode(&file); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if file.About == "" || len(file.Vectors) == 0 {
		t.Errorf("%s says nothing", path)
	}
	ids := map[string]bool{}
	for _, v := range file.Vectors {
		c := meta(v)
		if ids[c.ID] || c.ID == "" || c.Level != "hard" && c.Level != "soft" || len(c.Rules) == 0 || c.Source == "" {
			t.Errorf("%s: %+v", path, c)
		}
		ids[c.ID] = true
		t.Run(c.ID, func(t *testing.T) { check(t, v) })
	}
}

const (
	namingVectors   = "../../naming/testdata/vectors/"
	endpointVectors = "../../endpoint/testdata/vectors/"
)

func TestNamingVectors(t *testing.T) {
	type name struct {
		common
		Name, Kind, Prefix, EndpointID, Suffix, Zone, Service, Region, Domain string
	}
	vectors(t, namingVectors+"names.json", func(v name) common { return v.common }, func(t *testing.T, v name) {
		n, err := naming.Parse(v.Name)
		if err != nil {
			t.Fatal(err)
		}
		want := naming.Parts{Prefix: v.Prefix, EndpointID: v.EndpointID, Suffix: v.Suffix, Zone: v.Zone, Service: v.Service, Region: v.Region, Domain: v.Domain}
		if diff := cmp.Diff(want, n.Parts()); diff != "" {
			t.Error(diff)
		}
		if k := naming.Classify(v.Name).Kind().String(); k != v.Kind {
			t.Errorf("kind %s, want %s", k, v.Kind)
		}
		if built, err := naming.New(want); err != nil || built.String() != v.Name {
			t.Errorf("built %s, %v", built, err)
		}
	})
	type spelling struct {
		common
		Input, Canonical string
	}
	vectors(t, namingVectors+"spellings.json", func(v spelling) common { return v.common }, func(t *testing.T, v spelling) {
		if n, err := naming.Parse(v.Input); err != nil || n.String() != v.Canonical {
			t.Errorf("%s, %v", n, err)
		}
	})
	type rejected struct {
		common
		Input, Reason string
	}
	vectors(t, namingVectors+"rejected.json", func(v rejected) common { return v.common }, func(t *testing.T, v rejected) {
		if n, err := naming.Parse(v.Input); err == nil {
			t.Errorf("%q is %v; want it rejected: %s", v.Input, n.Parts(), v.Reason)
		}
	})
	type service struct {
		common
		Name, Prefix, Region, Short string
	}
	vectors(t, namingVectors+"servicenames.json", func(v service) common { return v.common }, func(t *testing.T, v service) {
		n, err := naming.ParseServiceName(v.Name)
		if err != nil {
			t.Fatal(err)
		}
		if got := [3]string{n.Prefix(), n.Region(), n.Short()}; got != [3]string{v.Prefix, v.Region, v.Short} {
			t.Errorf("%q", got)
		}
	})
}

func TestDNSEntriesVectors(t *testing.T) {
	type vector struct {
		common
		DNSEntries endpoint.DNSEntries
		Want       struct {
			Regional     string
			Zonal        map[string]string
			Private      []string
			PublicZoneID string
		}
	}
	vectors(t, endpointVectors+"dnsentries.json", func(v vector) common { return v.common }, func(t *testing.T, v vector) {
		permute(v.DNSEntries, func(es endpoint.DNSEntries) {
			if n, ok := es.Regional(); ok != (v.Want.Regional != "") || ok && n.String() != v.Want.Regional {
				t.Errorf("Regional %s, want %s", n, v.Want.Regional)
			}
			zonal := 0
			for n := range es.Names() {
				if n.IsZonal() {
					zonal++
				}
			}
			if zonal != len(v.Want.Zonal) {
				t.Errorf("%d zonal names, want %d", zonal, len(v.Want.Zonal))
			}
			for az, want := range v.Want.Zonal {
				if n, ok := es.Zonal(az); !ok || n.String() != want {
					t.Errorf("zonal name of %s: %s, want %s", az, n, want)
				}
			}
			private := slices.Sorted(es.Private())
			if diff := cmp.Diff(slices.Sorted(slices.Values(v.Want.Private)), private); diff != "" {
				t.Errorf("private names (-want +got):\n%s", diff)
			}
			if id := es.PublicZoneID(); id != v.Want.PublicZoneID {
				t.Errorf("public zone %s, want %s", id, v.Want.PublicZoneID)
			}
		})
	})
}

// permute calls f with every order of a list (Heap's algorithm).
func permute[S ~[]E, E any](s S, f func(S)) {
	var heap func(n int)
	heap = func(n int) {
		if n <= 1 {
			f(s)
			return
		}
		for i := range n {
			heap(n - 1)
			if n%2 == 0 {
				s[i], s[n-1] = s[n-1], s[i]
			} else {
				s[0], s[n-1] = s[n-1], s[0]
			}
		}
	}
	heap(len(s))
}

func TestRecordsVectors(t *testing.T) {
	type vector struct {
		common
		DNSRecordIPType endpoint.RecordIPType
		IPAddressType   endpoint.IPAddressType
		Valid           bool
		Private, Public []string
	}
	types := func(r endpoint.AddressRecords) []string {
		list := []string{}
		if r.A {
			list = append(list, "A")
		}
		if r.AAAA {
			list = append(list, "AAAA")
		}
		return list
	}
	vectors(t, endpointVectors+"records.json", func(v vector) common { return v.common }, func(t *testing.T, v vector) {
		c := newCreation(true, true)
		_, err := c.inv.Create(trace.CreateEndpoint{
			Type: endpoint.Interface, VPCID: c.vpc, ServiceName: "com.amazonaws.us-east-2.sts", SubnetIDs: []string{"subnet-a"},
			IPAddressType: v.IPAddressType, RecordIPType: v.DNSRecordIPType, NewID: c.newID,
		})
		if (err == nil) != v.Valid {
			t.Errorf("created: %v, want valid %v", err, v.Valid)
		}
		if !v.Valid {
			return
		}
		e := endpoint.Endpoint{IPAddressType: v.IPAddressType, DNSOptions: endpoint.DNSOptions{RecordIPType: v.DNSRecordIPType}}
		private, public := e.Records()
		if diff := cmp.Diff([2][]string{v.Private, v.Public}, [2][]string{types(private), types(public)}); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	})
}

// creation is the VPC that the vectors of create.json describe.
type creation struct {
	inv trace.Inventory
	vpc string
	n   int
}

func newCreation(support, hostnames bool) *creation {
	c := &creation{vpc: "vpc-00000000000000001"}
	c.inv.VPCs = []endpoint.VPC{{ID: c.vpc, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: &support, EnableDNSHostnames: &hostnames}}
	for i, z := range []string{"a", "b", "c"} {
		c.inv.Subnets = append(c.inv.Subnets, endpoint.Subnet{
			ID: "subnet-" + z, VPCID: c.vpc, CIDRBlock: fmt.Sprintf("10.0.%d.0/24", i+1), AvailabilityZone: "us-east-2" + z,
			IPv6CIDRBlockAssociationSet: []endpoint.IPv6CIDRBlockAssociation{{IPv6CIDRBlock: fmt.Sprintf("2001:db8:0:%d::/64", i+1)}},
		})
	}
	c.inv.RouteTables = []route.Table{{ID: "rtb-main", VPCID: c.vpc, Associations: []route.Association{{Main: true}}}}
	return c
}

func (c *creation) newID(prefix string) string {
	c.n++
	if prefix == "" {
		return fmt.Sprintf("%08x", c.n)
	}
	return fmt.Sprintf("%s%017x", prefix, c.n)
}

type createRequest struct {
	VPCEndpointType   endpoint.Type
	ServiceName       string
	PrivateDNSEnabled bool
	Subnets           []string
}

func (c *creation) create(r createRequest) (endpoint.Endpoint, error) {
	in := trace.CreateEndpoint{Type: r.VPCEndpointType, VPCID: c.vpc, ServiceName: r.ServiceName, PrivateDNSEnabled: r.PrivateDNSEnabled, NewID: c.newID}
	for _, s := range r.Subnets {
		in.SubnetIDs = append(in.SubnetIDs, "subnet-"+s)
	}
	if in.Type.Is(endpoint.Gateway) {
		in.RouteTableIDs = []string{"rtb-main"}
	}
	return c.inv.Create(in)
}

func TestCreateVectors(t *testing.T) {
	type vector struct {
		common
		EnableDNSSupport, EnableDNSHostnames bool
		Before                               []createRequest
		Request                              createRequest
		Want                                 struct {
			DNSNames, PrivateDNSNames []string
			Error                     *struct{ Code, Message string }
		}
	}
	vectors(t, endpointVectors+"create.json", func(v vector) common { return v.common }, func(t *testing.T, v vector) {
		c := newCreation(v.EnableDNSSupport, v.EnableDNSHostnames)
		for _, r := range v.Before {
			if _, err := c.create(r); err != nil {
				t.Fatal(err)
			}
		}
		e, err := c.create(v.Request)
		if want := v.Want.Error; want != nil {
			var api *trace.APIError
			if !errors.As(err, &api) {
				t.Fatalf("%+v, %v; want %+v", e, err, *want)
			}
			got := struct{ Code, Message string }{api.Code, strings.ReplaceAll(api.Message, c.vpc, "{vpc}")}
			if got != *want || api.Rule != v.Rules[0] {
				t.Errorf("%s %+v, want %+v", api.Rule, got, *want)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for n := range e.DNSEntries.Names() {
			names = append(names, strings.NewReplacer(e.ID, "{endpoint}", n.Suffix(), "{suffix}").Replace(n.String()))
		}
		if diff := cmp.Diff(slices.Sorted(slices.Values(v.Want.DNSNames)), slices.Sorted(slices.Values(names))); diff != "" {
			t.Errorf("names (-want +got):\n%s", diff)
		}
		private := slices.Collect(e.DNSEntries.Private())
		for _, n := range v.Want.PrivateDNSNames {
			if !slices.Contains(private, n) {
				t.Errorf("%s is not among the private names %v", n, private)
			}
		}
		if len(v.Want.PrivateDNSNames) == 0 && len(private) > 0 {
			t.Errorf("private names %v, want none", private)
		}
	})
}

func TestLookupVectors(t *testing.T) {
	var fixture struct {
		Fixture struct {
			VPC, Peer, Endpoint, Service string
			DNSEntries                   endpoint.DNSEntries
			NetworkInterfaces            []struct{ Zone, Address string }
		}
	}
	data, err := os.ReadFile(endpointVectors + "lookups.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &fixture); err != nil {
		t.Fatal(err)
	}
	fx := fixture.Fixture
	type vector struct {
		common
		State struct {
			PrivateDNSEnabled                    bool
			State                                endpoint.State
			EnableDNSSupport, EnableDNSHostnames bool
			Unhealthy                            []string
		}
		Name string
		Type zone.Type
		View string
		Want struct {
			Outcome   string
			Addresses []string
		}
	}
	vectors(t, endpointVectors+"lookups.json", func(v vector) common { return v.common }, func(t *testing.T, v vector) {
		c := zone.Config{
			VPCs: []endpoint.VPC{
				{ID: fx.VPC, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: &v.State.EnableDNSSupport, EnableDNSHostnames: &v.State.EnableDNSHostnames},
				{ID: fx.Peer, CIDRBlock: "10.2.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)},
			},
		}
		e := endpoint.Endpoint{
			ID: fx.Endpoint, Type: endpoint.Interface, VPCID: fx.VPC, ServiceName: fx.Service, State: v.State.State,
			PrivateDNSEnabled: v.State.PrivateDNSEnabled, DNSEntries: fx.DNSEntries,
		}
		for _, n := range fx.NetworkInterfaces {
			s := endpoint.Subnet{ID: "subnet-" + n.Zone, VPCID: fx.VPC, AvailabilityZone: n.Zone}
			eni := endpoint.NetworkInterface{ID: "eni-" + n.Zone, VPCID: fx.VPC, SubnetID: s.ID, AvailabilityZone: n.Zone, PrivateIPAddress: n.Address, Status: "in-use"}
			if slices.Contains(v.State.Unhealthy, n.Zone) {
				eni.Status = "pending"
			}
			c.Subnets, c.NetworkInterfaces = append(c.Subnets, s), append(c.NetworkInterfaces, eni)
			e.SubnetIDs, e.NetworkInterfaceIDs = append(e.SubnetIDs, s.ID), append(e.NetworkInterfaceIDs, eni.ID)
		}
		c.Endpoints = []endpoint.Endpoint{e}
		z, err := zone.New(c)
		if err != nil {
			t.Fatal(err)
		}
		view, ok := z.View(map[string]zone.Point{"vpc": zone.VPC(fx.VPC), "peer": zone.VPC(fx.Peer), "inbound": zone.Inbound(fx.VPC), "public": zone.Public()}[v.View])
		if !ok {
			t.Fatalf("no view %s", v.View)
		}
		ans := view.Lookup(v.Name, v.Type)
		addrs := []string{}
		for a := range ans.Addrs() {
			addrs = append(addrs, a.String())
		}
		slices.Sort(addrs)
		if diff := cmp.Diff(v.Want.Addresses, addrs); diff != "" {
			t.Errorf("addresses (-want +got):\n%s", diff)
		}
		if got := outcome(ans); got != v.Want.Outcome {
			t.Errorf("%s, want %s: %+v", got, v.Want.Outcome, ans)
		}
	})
}

// outcome is the word that the vectors have for an answer.
func outcome(a zone.Answer) string {
	rcode, ok := a.RCode()
	switch {
	case a.Len() > 0:
		return "addresses"
	case ok && rcode == zone.NXDomain:
		return "nxdomain"
	case ok && rcode == zone.NoError:
		return "nodata"
	case a.Source().Kind == zone.PublicDNS:
		return "public"
	case a.Source().Kind == zone.NoSource:
		return "silence"
	}
	return "other"
}
