package describe_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// directory puts files into a directory.
func directory(files []describe.File) fstest.MapFS {
	fsys := fstest.MapFS{}
	for _, f := range files {
		fsys[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return fsys
}

// TestRoundTrip draws inventories in which every field of every type may be
// set, by reflection: a field that Write or Read forgets does not come back.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inv := drawInventory(t)
		files, err := describe.Write(inv)
		if err != nil {
			t.Fatalf("Write: %v", err)
		}
		if len(files) == 0 {
			return // nothing given, nothing printed
		}
		got, err := describe.Read(directory(files))
		if err != nil {
			t.Fatalf("Read: %v", err)
		}
		if diff := cmp.Diff(inv, got); diff != "" {
			t.Fatalf("came back otherwise (-written +read):\n%s", diff)
		}
		again, err := describe.Write(got)
		if err != nil || !reflect.DeepEqual(files, again) {
			t.Fatalf("printed otherwise the second time: %v", err)
		}
	})
}

// drawInventory draws an Inventory in Read's form: ids are there and are not
// repeated, what AWS does not tell from an empty list is nil.
func drawInventory(t *rapid.T) trace.Inventory {
	var inv trace.Inventory
	v := reflect.ValueOf(&inv).Elem()
	for i := range v.NumField() {
		if v.Type().Field(i).Name == "Findings" || rapid.IntRange(0, 2).Draw(t, "given") == 0 {
			continue
		}
		list := v.Field(i)
		list.Set(reflect.MakeSlice(list.Type(), 0, 0))
		for n := range rapid.IntRange(0, 3).Draw(t, v.Type().Field(i).Name) {
			object := reflect.New(list.Type().Elem()).Elem()
			draw(t, object)
			id := object.Field(0) // an id, or a service's name
			if id.String() == "" {
				id.SetString("x")
			}
			id.SetString(fmt.Sprintf("%s-%d", strings.Map(alnum, id.String()), n))
			list.Set(reflect.Append(list, object))
		}
	}
	for i := range inv.TransitGatewayRouteTables {
		r := &inv.TransitGatewayRouteTables[i]
		r.AdditionalRoutesAvailable = r.AdditionalRoutesAvailable && r.Routes != nil
		for j := range r.Routes {
			r.Routes[j].Type += fmt.Sprint(j)
		}
	}
	for i := range inv.PrefixLists {
		if l := &inv.PrefixLists[i]; l.CIDRs == nil && rapid.Bool().Draw(t, "no entries") {
			l.CIDRs = []string{}
		}
	}
	for i := range inv.HostedZones {
		z := &inv.HostedZones[i]
		z.Name += "."
		for j := range z.RecordSets {
			z.RecordSets[j].SetIdentifier += fmt.Sprint(j)
		}
		if z.RecordSets == nil && rapid.Bool().Draw(t, "no record sets") {
			z.RecordSets = []zone.RecordSet{}
		}
	}
	return inv
}

func alnum(r rune) rune {
	if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' {
		return r
	}
	return 'x'
}

// draw sets every field of v, however deep, or leaves it zero.
func draw(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(rapid.OneOf(rapid.SampledFrom([]string{"", "10.0.0.0/8", "<&>", `a"\`}), rapid.StringN(0, 4, -1)).Draw(t, "string"))
	case reflect.Bool:
		v.SetBool(rapid.Bool().Draw(t, "bool"))
	case reflect.Int:
		v.SetInt(int64(rapid.IntRange(-1, 1<<20).Draw(t, "int")))
	case reflect.Uint32:
		v.SetUint(uint64(rapid.Uint32().Draw(t, "uint32")))
	case reflect.Pointer:
		if rapid.Bool().Draw(t, "pointer") {
			v.Set(reflect.New(v.Type().Elem()))
			draw(t, v.Elem())
		}
	case reflect.Slice:
		for range rapid.IntRange(0, 2).Draw(t, "length") {
			e := reflect.New(v.Type().Elem()).Elem()
			draw(t, e)
			v.Set(reflect.Append(v, e))
		}
	case reflect.Struct:
		for _, field := range v.Fields() {
			draw(t, field)
		}
	default:
		t.Fatalf("a field of kind %v: draw does not know it", v.Kind())
	}
}

func TestWrite(t *testing.T) {
	inv := trace.Inventory{
		VPCs:        []endpoint.VPC{{ID: "vpc-1", CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(false)}},
		PrefixLists: []route.PrefixList{{ID: "pl-1", Name: "hosts", CIDRs: []string{"192.0.2.0/24"}}, {ID: "pl-2"}},
		HostedZones: []zone.HostedZone{{ID: "/hostedzone/Z1", Name: "example.internal.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-1"}}, RecordSets: []zone.RecordSet{}}},
	}
	files, err := describe.Write(inv)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	want := []string{
		"describe-vpcs.json", "describe-managed-prefix-lists.json", "describe-vpc-attribute.json",
		"get-managed-prefix-list-entries_pl-1.json", "get-hosted-zone.json", "list-resource-record-sets_Z1.json",
	}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	const attributes = `{
    "VpcId": "vpc-1",
    "EnableDnsSupport": {
        "Value": true
    }
}
{
    "VpcId": "vpc-1",
    "EnableDnsHostnames": {
        "Value": false
    }
}
`
	if diff := cmp.Diff(attributes, string(files[2].Data)); diff != "" {
		t.Errorf("attributes (-want +got):\n%s", diff)
	}
	if s := string(files[1].Data); strings.Contains(s, "Cidrs") {
		t.Errorf("describe-managed-prefix-lists prints no entries: %s", s)
	}
	if inv.PrefixLists[0].CIDRs == nil {
		t.Error("Write changed its argument")
	}
	if files, err := describe.Write(trace.Inventory{}); len(files) != 0 || err != nil {
		t.Errorf("nothing given: %v, %v", files, err)
	}
}

func TestWriteErrors(t *testing.T) {
	inv := trace.Inventory{
		PrefixLists:               []route.PrefixList{{ID: "../pl", CIDRs: []string{}}, {CIDRs: []string{}}},
		TransitGatewayRouteTables: []route.TransitGatewayRouteTable{{ID: "tgw-rtb-1", Routes: []route.TransitGatewayRoute{}}, {ID: "tgw-rtb-1", Routes: []route.TransitGatewayRoute{}}},
		HostedZones:               []zone.HostedZone{{ID: "Z 1", RecordSets: []zone.RecordSet{}}},
	}
	files, err := describe.Write(inv)
	if files != nil || !errors.Is(err, describe.ErrFileName) {
		t.Fatalf("Write = %v, %v; want ErrFileName and no files", files, err)
	}
	var fields []string
	for e := range joined(err) {
		if f, ok := errors.AsType[*endpoint.FieldError](e); ok {
			fields = append(fields, f.Field+" "+f.In)
		}
	}
	if want := []string{"PrefixListId ../pl", "PrefixListId ", "TransitGatewayRouteTableId tgw-rtb-1", "Id Z 1"}; !slices.Equal(fields, want) {
		t.Errorf("fields %q, want %q", fields, want)
	}
}
