package gather_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/ec2/types"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/examples/awssdk/gather"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
)

// TestConversions compares every conversion with its slow twin: the SDK's value
// printed as JSON and read by route/describe, which knows SDK marshalling. The
// values are filled by reflection, so that a field which the SDK or this module
// gains is in the comparison at once. Every second round leaves fields out.
func TestConversions(t *testing.T) {
	compare(t, "Vpcs", gather.VPC, func(inv trace.Inventory) []endpoint.VPC { return inv.VPCs })
	compare(t, "Subnets", gather.Subnet, func(inv trace.Inventory) []endpoint.Subnet { return inv.Subnets })
	compare(t, "NetworkInterfaces", gather.NetworkInterface, func(inv trace.Inventory) []endpoint.NetworkInterface { return inv.NetworkInterfaces })
	compare(t, "VpcEndpoints", gather.VPCEndpoint, func(inv trace.Inventory) []endpoint.Endpoint { return inv.Endpoints })
	compare(t, "ServiceDetails", gather.ServiceDetail, func(inv trace.Inventory) []endpoint.ServiceDetail { return inv.ServiceDetails })
	compare(t, "RouteTables", gather.Table, func(inv trace.Inventory) []route.Table { return inv.RouteTables })
	compare(t, "InternetGateways", gather.InternetGateway, func(inv trace.Inventory) []route.InternetGateway { return inv.InternetGateways })
	compare(t, "EgressOnlyInternetGateways", gather.EgressOnlyInternetGateway,
		func(inv trace.Inventory) []route.EgressOnlyInternetGateway { return inv.EgressOnlyInternetGateways })
	compare(t, "NatGateways", gather.NATGateway, func(inv trace.Inventory) []route.NATGateway { return inv.NATGateways })
	compare(t, "PrefixLists", gather.PrefixList, func(inv trace.Inventory) []route.PrefixList { return inv.PrefixLists })
	compare(t, "VpcPeeringConnections", gather.PeeringConnection,
		func(inv trace.Inventory) []route.VPCPeeringConnection { return inv.VPCPeeringConnections })
	compare(t, "SecurityGroups", gather.SecurityGroup, func(inv trace.Inventory) []route.SecurityGroup { return inv.SecurityGroups })
	compare(t, "NetworkAcls", gather.NetworkACL, func(inv trace.Inventory) []route.NetworkACL { return inv.NetworkACLs })
	compare(t, "TransitGatewayAttachments", gather.TransitGatewayAttachment,
		func(inv trace.Inventory) []route.TransitGatewayAttachment { return inv.TransitGatewayAttachments })
	compare(t, "TransitGatewayVpcAttachments", gather.TransitGatewayVPCAttachment,
		func(inv trace.Inventory) []route.TransitGatewayVPCAttachment { return inv.TransitGatewayVPCAttachments })
	compare(t, "TransitGatewayRouteTables", gather.TransitGatewayRouteTable,
		func(inv trace.Inventory) []route.TransitGatewayRouteTable { return inv.TransitGatewayRouteTables })
}

func compare[T, U any](t *testing.T, key string, convert func(T) U, list func(trace.Inventory) []U) {
	t.Helper()
	t.Run(key, func(t *testing.T) {
		for seed := range uint64(50) {
			var in T
			newFiller(seed).fill(reflect.ValueOf(&in).Elem(), key)
			want := list(readJSON(t, map[string]any{"x.json": map[string]any{key: []T{in}}}))
			if diff := cmp.Diff(want, []U{convert(in)}, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("seed %d (-by JSON +typed):\n%s", seed, diff)
			}
		}
	})
}

// What several calls give together: attributes, entries and routes.
func TestConversionsOfParts(t *testing.T) {
	f := newFiller(0)
	v := types.Vpc{VpcId: new("vpc-1")}
	attributes := []ec2.DescribeVpcAttributeOutput{
		{VpcId: new("vpc-1"), EnableDnsSupport: &types.AttributeBooleanValue{Value: new(true)}},
		{VpcId: new("vpc-1"), EnableDnsHostnames: &types.AttributeBooleanValue{Value: new(false)}},
	}
	var entries []types.PrefixListEntry
	f.fill(reflect.ValueOf(&entries).Elem(), "entries")
	var routes []types.TransitGatewayRoute
	f.fill(reflect.ValueOf(&routes).Elem(), "routes")

	want := readJSON(t, map[string]any{
		"vpcs.json":                    map[string]any{"Vpcs": []types.Vpc{v}},
		"support.json":                 attributes[0],
		"hostnames.json":               attributes[1],
		"lists.json":                   map[string]any{"PrefixLists": []types.ManagedPrefixList{{PrefixListId: new("pl-0a1b2c3d")}}},
		"entries-pl-0a1b2c3d.json":     map[string]any{"Entries": entries},
		"tables.json":                  map[string]any{"TransitGatewayRouteTables": []types.TransitGatewayRouteTable{{TransitGatewayRouteTableId: new("tgw-rtb-0a1b2c3d")}}},
		"routes-tgw-rtb-0a1b2c3d.json": map[string]any{"Routes": routes, "AdditionalRoutesAvailable": false},
	})

	got := trace.Inventory{
		VPCs:                      []endpoint.VPC{gather.VPC(v)},
		PrefixLists:               []route.PrefixList{{ID: "pl-0a1b2c3d"}},
		TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{ID: "tgw-rtb-0a1b2c3d"}},
	}
	for i := range attributes {
		gather.VPCAttributes(&got.VPCs[0], &attributes[i])
	}
	for _, e := range entries {
		got.PrefixLists[0].CIDRs = append(got.PrefixLists[0].CIDRs, gather.PrefixListEntry(e))
	}
	for _, r := range routes {
		got.TransitGatewayRouteTables[0].Routes = append(got.TransitGatewayRouteTables[0].Routes, gather.TransitGatewayRoute(r))
	}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("-by JSON +typed:\n%s", diff)
	}
}

func readJSON(t *testing.T, files map[string]any) trace.Inventory {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, v := range files {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: b}
	}
	inv, err := describe.Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return inv
}

// filler fills a value: each text is another one and says where it stands.
type filler struct {
	rand    *rand.Rand
	partial bool
	n       int
}

func newFiller(seed uint64) *filler {
	return &filler{rand: rand.New(rand.NewPCG(seed, 0)), partial: seed%2 == 1}
}

func (f *filler) fill(v reflect.Value, path string) {
	f.n++
	if v.Type() == reflect.TypeFor[time.Time]() {
		return
	}
	leaf := path[strings.LastIndex(path, ".")+1:]
	// describe refuses an object without its id, and endpoint.Entries leaves out an entry without its name.
	needed := strings.HasSuffix(leaf, "Id") || leaf == "ServiceName" || leaf == "DnsName"
	if k := v.Kind(); f.partial && !needed && (k == reflect.Pointer || k == reflect.Slice) && f.rand.IntN(2) == 0 {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		f.fill(v.Elem(), path)
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			f.fill(v.Index(i), path)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if field := v.Type().Field(i); field.IsExported() {
				f.fill(v.Field(i), path+"."+field.Name)
			}
		}
	case reflect.String:
		v.SetString(fmt.Sprintf("%s-%d", leaf, f.n))
	case reflect.Bool:
		v.SetBool(!f.partial || f.rand.IntN(2) == 0)
	case reflect.Int32, reflect.Int64:
		v.SetInt(int64(f.n))
	case reflect.Float64:
		v.SetFloat(float64(f.n))
	default:
		panic("no value for " + path + ", a " + v.Kind().String())
	}
}
