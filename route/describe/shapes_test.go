package describe_test

import (
	"errors"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

const seedRegional = "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com"

func TestShapes(t *testing.T) {
	subnet := trace.Inventory{Subnets: []endpoint.Subnet{{ID: "subnet-1", CIDRBlock: "10.0.0.0/24"}}}
	vpce := trace.Inventory{Endpoints: []endpoint.Endpoint{{ID: "vpce-1", ServiceName: "com.amazonaws.us-east-2.sqs"}}}
	both := trace.Inventory{Subnets: subnet.Subnets, Endpoints: vpce.Endpoints}
	named := func(private bool, entries ...endpoint.DNSEntry) trace.Inventory {
		return trace.Inventory{Endpoints: []endpoint.Endpoint{{ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, PrivateDNSEnabled: private, DNSEntries: entries}}}
	}
	const one = `{"SubnetId":"subnet-1","CidrBlock":"10.0.0.0/24","Tags":[]}`
	const service = `{"VpcEndpointId":"vpce-1","ServiceName":"com.amazonaws.us-east-2.sqs"}`
	empty := trace.Inventory{Subnets: []endpoint.Subnet{{ID: "subnet-1", CIDRBlock: "10.0.0.0/24", Tags: endpoint.Tags{}}}}
	tests := []struct {
		name, json string
		want       trace.Inventory
	}{
		{"plural", `{"Subnets":[` + one + `]}`, empty},
		{"singular, as create-vpc-endpoint prints it", `{"VpcEndpoint":` + service + `,"ClientToken":"x"}`, vpce},
		{"null singular", `{"VpcEndpoint":null,"Subnet":` + one + `}`, empty},
		{"bare list", `[` + one + `]`, empty},
		{"bare object", one, empty},
		{"list of lists", `[[` + one + `],[[]]]`, empty},
		{"bare lists of several kinds", `[` + one + `,` + service + `]`, trace.Inventory{Subnets: empty.Subnets, Endpoints: vpce.Endpoints}},
		{"list of documents, as jq -s makes it", `[{"Subnets":[{"SubnetId":"subnet-1","CidrBlock":"10.0.0.0/24"}]},{"VpcEndpoints":[` + service + `]}]`, both},
		{"several documents in one file", `{"Subnets":[{"SubnetId":"subnet-1","CidrBlock":"10.0.0.0/24"}]}` + "\n" + `{"VpcEndpoints":[` + service + `]}`, both},
		{"several keys in one document", `{"Subnets":[{"SubnetId":"subnet-1","CidrBlock":"10.0.0.0/24"}],"VpcEndpoints":[` + service + `]}`, both},
		{"one key in several documents", `{"Subnets":[{"SubnetId":"subnet-1","CidrBlock":"10.0.0.0/24"}]} {"Subnets":[]} {"Subnets":[{"SubnetId":"subnet-2"}]}`, trace.Inventory{Subnets: append(subnet.Subnets[:1:1], endpoint.Subnet{ID: "subnet-2"})}},
		{"white space within", "[ [ ] , { } , {\"Entries\" : [ { \"a\" : 1 , \"b\" : [ ] } ] } , { \"Subnets\" : [ ] } ]", trace.Inventory{Subnets: []endpoint.Subnet{}}},
		{"documents without space between", `{"Subnet":{"SubnetId":"subnet-1","CidrBlock":"10.0.0.0/24"}}{"VpcEndpoint":` + service + `}[]`, both},
		{"objects on lines, as jq -c prints them", one + "\n" + service + "\n", trace.Inventory{Subnets: empty.Subnets, Endpoints: vpce.Endpoints}},
		{"recorder envelope", `{"status_code":200,"data":{"VpcEndpoints":[` + service + `],"ResponseMetadata":{"RequestId":"x"}}}`, vpce},
		{"envelope of a list", `{"data":[` + service + `]}`, vpce},
		{"Go SDK", `{"NextToken":null,"VpcEndpoints":[{"VpcEndpointId":"vpce-1","ServiceName":"com.amazonaws.us-east-2.sqs","DnsOptions":null,"PrivateDnsEnabled":null,"State":"","Groups":null}],"ResultMetadata":{}}`, vpce},
		{"null list", `{"Subnets":null}`, trace.Inventory{Subnets: []endpoint.Subnet{}}},
		{"empty list", `{"Subnets":[]}`, trace.Inventory{Subnets: []endpoint.Subnet{}}},
		{"unknown keys", `{"Extra":{"Subnets":[{"SubnetId":7}]},"Subnets":[{"SubnetId":"subnet-1","CidrBlock":"10.0.0.0/24","New":[1,{"a":null}]}]}`, subnet},
		{"escaped key", `{"\u0053ubnets":[{"SubnetId":"subnet-1","CidrBlock":"10.0.0.0/24"}]}`, subnet},
		{"byte order mark", "\ufeff" + `{"VpcEndpoint":` + service + `}`, vpce},
		{"CRLF", "{\r\n\t\"VpcEndpoint\": " + service + "\r\n}\r\n", vpce},
		{"UTF-16, little endian", utf16Text(`{"VpcEndpoint":`+service+`}`, true), vpce},
		{"UTF-16, big endian", utf16Text(`{"VpcEndpoint":`+service+`}`, false), vpce},
		{
			"hosted zone, bare", `[{"Id":"/hostedzone/Z1","Name":"a.example.","CallerReference":"x","Config":{"PrivateZone":true}}]`,
			trace.Inventory{HostedZones: []zone.HostedZone{{ID: "Z1", Name: "a.example.", Private: true}}},
		},
		{
			"DnsEntries, one list an endpoint", `[[{"DnsName":"` + seedRegional + `","HostedZoneId":"ZC8PG0KIFKBRI"},{"DnsName":"monitoring.us-east-2.amazonaws.com","HostedZoneId":"Z06320943MMOWYG6MAVL9"}]]`,
			named(true, endpoint.DNSEntry{Name: seedRegional, HostedZoneID: "ZC8PG0KIFKBRI"}, endpoint.DNSEntry{Name: "monitoring.us-east-2.amazonaws.com", HostedZoneID: "Z06320943MMOWYG6MAVL9"}),
		},
		{"DnsEntries, flat", `[{"DnsName":"` + seedRegional + `"}]`, named(false, endpoint.DNSEntry{Name: seedRegional})},
		{"DnsEntries, on lines", `{"DnsName":"` + seedRegional + `"} {"DnsName":"monitoring.us-east-2.amazonaws.com"}`, named(true, endpoint.DNSEntry{Name: seedRegional}, endpoint.DNSEntry{Name: "monitoring.us-east-2.amazonaws.com"})},
		{
			"DnsEntries of an endpoint without any", `{"VpcEndpoint":{"VpcEndpointId":"vpce-099deb00b40f00e22","VpcId":"vpc-1"}} [[{"DnsName":"` + seedRegional + `"}]]`,
			trace.Inventory{Endpoints: []endpoint.Endpoint{{ID: "vpce-099deb00b40f00e22", VPCID: "vpc-1", DNSEntries: endpoint.DNSEntries{{Name: seedRegional}}}}},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) { check(t, readOne(t, tt.json), tt.want) })
	}
}

func utf16Text(s string, little bool) string {
	var sb strings.Builder
	for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(s))...) {
		if little {
			u = u<<8 | u>>8
		}
		sb.WriteByte(byte(u >> 8))
		sb.WriteByte(byte(u))
	}
	return sb.String()
}

// TestOtherObjects has objects that share keys with what is read, and are
// something else: each is left out.
func TestOtherObjects(t *testing.T) {
	tests := []struct{ name, json string }{
		{"another case", `{"vpcs":[{"VpcId":"vpc-1"}],"VPCs":[{"VPCId":"vpc-1"}]}`},
		{"an instance", `{"InstanceId":"i-1","SubnetId":"subnet-1","VpcId":"vpc-1","NetworkInterfaces":[{"NetworkInterfaceId":"eni-1"}],"SecurityGroups":[{"GroupId":"sg-1","GroupName":"a"}]}`},
		{"an instance in a list", `[[{"InstanceId":"i-1","SecurityGroups":[{"GroupId":"sg-1"}]}]]`},
		{"a load balancer", `[{"LoadBalancerName":"a","Subnets":["subnet-1"],"SecurityGroups":["sg-1"]}]`},
		{"an elastic address", `[{"AllocationId":"eipalloc-1","NetworkInterfaceId":"eni-1","PrivateIpAddress":"10.0.0.1"}]`},
		{"a route", `[{"DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"nat-1","State":"active"}]`},
		{"an endpoint connection", `[{"VpcEndpointId":"vpce-1","VpcEndpointOwner":"111122223333","VpcEndpointState":"available","DnsEntries":[]}]`},
		{"a service's configuration", `{"ServiceConfigurations":[{"ServiceName":"com.amazonaws.vpce.us-east-2.vpce-svc-1","ServiceState":"Available"}]}`},
		{"other Entries", `{"Entries":[{"EventId":"1"}]}`},
		{"other Routes", `{"Routes":[{"DestinationCidrBlock":"10.0.0.0/8","LocalGatewayRouteTableId":"lgw-rtb-1"}]}`},
		{"associations without their zone", `{"HostedZoneId":"Z1","VPCs":[{"VPCId":"vpc-1"}]}`},
		{"a recorded error", `{"status_code":400,"data":{"Error":{"Code":"UnauthorizedOperation","Message":"You are not authorized"}}}`},
		{"an id alone", `[{"SubnetId":"subnet-1"},{"VpcId":"vpc-1"}]`},
		{"texts", `["vpc-1","Subnets",null,1.5e3,true]`},
		{"a text", `"Subnets"`},
		{"nested too deeply", strings.Repeat("[", 20) + `{"Subnets":[]}` + strings.Repeat("]", 20)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := describe.ReadFrom("stdin", strings.NewReader(tt.json)); !errors.Is(err, describe.ErrNoKey) {
				t.Errorf("error = %v, want ErrNoKey", err)
			}
			const more = `{"Vpcs":[{"VpcId":"vpc-9"}]}`
			check(t, readOne(t, tt.json+" "+more), trace.Inventory{VPCs: []endpoint.VPC{{ID: "vpc-9"}}})
		})
	}
}

// TestRead names the rules of Read.
func TestRead(t *testing.T) {
	const vpcs = `{"Vpcs":[{"VpcId":"vpc-1"}]}`
	vpc := trace.Inventory{VPCs: []endpoint.VPC{{ID: "vpc-1"}}}

	t.Run("directories are read to the bottom, in the order of paths", func(t *testing.T) {
		got := read(t, "b/us-east-2/x.json", `{"Vpcs":[{"VpcId":"vpc-3"}]}`, "a/us-west-2/x.json", `{"Vpcs":[{"VpcId":"vpc-2"}]}`, "a/us-east-2/x.json", vpcs)
		check(t, got, trace.Inventory{VPCs: []endpoint.VPC{{ID: "vpc-1"}, {ID: "vpc-2"}, {ID: "vpc-3"}}})
	})
	t.Run("1 dot files and links to directories are left out", func(t *testing.T) {
		fsys := dir("vpcs.json", vpcs, ".git/config.json", "{broken", "._vpcs.json", "\x00\x05")
		fsys["link"] = &fstest.MapFile{Data: []byte("elsewhere"), Mode: 0o777 | 1<<27} // fs.ModeSymlink
		fsys["elsewhere/.keep"] = &fstest.MapFile{}
		inv, err := describe.Read(fsys)
		if err != nil {
			t.Fatal(err)
		}
		check(t, inv, vpc)
	})
	t.Run("2 an empty .json file says nothing, a broken one is an error", func(t *testing.T) {
		check(t, read(t, "a.json", "", "b.json", " \r\n", "vpcs.json", vpcs), vpc)
		if _, err := describe.Read(dir("a.json", "An error occurred", "vpcs.json", vpcs)); !errors.Is(err, describe.ErrSyntax) {
			t.Errorf("error = %v, want ErrSyntax", err)
		}
	})
	t.Run("3 other files are JSON if they begin like it", func(t *testing.T) {
		check(t, read(t, "vpcs", vpcs, "README.md", "[![badge](x)](y)\n", "a.toml", "[[table]]\n", "a.ini", "[section]", "b.tf", "{{ template }}", "peer.tsv", "a\tb", "empty", ""), vpc)
		if _, err := describe.Read(dir("a.txt", `{"Vpcs":[{"VpcId":`, "vpcs.json", vpcs)); !errors.Is(err, describe.ErrSyntax) {
			t.Errorf("error = %v, want ErrSyntax", err)
		}
	})
	t.Run("4 documents without a recognised key are left out", func(t *testing.T) {
		check(t, read(t, "addresses.json", `{"Addresses":[]}`, "vpcs.json", vpcs), vpc)
	})
	t.Run("5 no recognised key at all is an error", func(t *testing.T) {
		_, err := describe.Read(dir("a.json", `{"Addresses":[]}`, "b.json", `{"vpcs":[],"subnets":[]}`, "c.txt", "text"))
		if !errors.Is(err, describe.ErrNoKey) {
			t.Fatalf("error = %v, want ErrNoKey", err)
		}
		for _, want := range []string{"2 JSON files", "VpcEndpoints", "ResourceRecordSets", `found ["subnets" "vpcs"]`} {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("error %q does not say %q", err, want)
			}
		}
		for name, tt := range map[string]struct {
			files []string
			want  string
		}{
			"no file":              {nil, "no recognised key: there is no file; looked for "},
			"no JSON":              {[]string{"a.txt", "text", "b.md", "# b"}, "of 2 files none is JSON; looked for "},
			"empty":                {[]string{"a.json", " \n"}, "no recognised key: a.json is empty; looked for "},
			"an empty object":      {[]string{"a.json", "{}"}, "a.json has no keys at all; "},
			"an empty list":        {[]string{"a.json", "[]"}, "a.json is an empty list; "},
			"a text":               {[]string{"a.json", `"Subnets"`}, "a.json holds no object; "},
			"instances":            {[]string{"a.json", `{"Reservations":[]}`}, `a.json has the key "Reservations"; `},
			"a list":               {[]string{"a.json", `[{"a":1,"b":2}]`}, `a.json is a list of objects with the keys "a", "b"; `},
			"many keys":            {[]string{"a.json", `{"a":1,"b":2,"c":3,"d":4,"e":5}`}, `a.json has the keys "a", "b", "c", "d" …; `},
			"a long key":           {[]string{"a.json", `{"` + strings.Repeat("x", 99) + `":1}`}, `the key "` + strings.Repeat("x", 60) + `…"; `},
			"a Terraform state":    {[]string{"a.tfstate", `{"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","resources":[]}`}, "a.tfstate is a Terraform state: what is read is the output of terraform show -json; "},
			"Terraform's own JSON": {[]string{"a.json", `{"format_version":"1.0"}`}, "a.json is the output of terraform show -json: give the file itself, not its directory; "},
			"many files":           {[]string{"a.json", "", "b.json", "{}", "c.json", "", "d.json", "", "e.json", ""}, "none of 5 JSON files has one: a.json is empty; b.json has no keys at all; c.json is empty; d.json is empty; and so on; looked for "},
		} {
			if _, err := describe.Read(dir(tt.files...)); !errors.Is(err, describe.ErrNoKey) || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("%s: error %v does not say %q", name, err, tt.want)
			}
		}
		if _, err := describe.Read(fstest.MapFS{}); !errors.Is(err, describe.ErrNoKey) {
			t.Errorf("empty directory: error = %v, want ErrNoKey", err)
		}
	})
}

// TestLoaderTraps has the numbered traps of routing.md section 12, as far as
// they concern reading.
func TestLoaderTraps(t *testing.T) {
	t.Run("1 timestamps that are not RFC 3339", func(t *testing.T) {
		readOne(t, `{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","CreationTimestamp":"2020-05-08 03:45:53+00:00"}]}`)
	})
	t.Run("2 the State of an endpoint in either spelling", func(t *testing.T) {
		inv := readOne(t, `{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","State":"available"},{"VpcEndpointId":"vpce-2","State":"Available"}]}`)
		for _, e := range inv.Endpoints {
			if !e.State.Is(endpoint.Available) {
				t.Errorf("%s: State %q is not available", e.ID, e.State)
			}
		}
	})
	t.Run("3 InterfaceType in either spelling, or absent", func(t *testing.T) {
		inv := readOne(t, `{"NetworkInterfaces":[{"NetworkInterfaceId":"eni-1","InterfaceType":"nat_gateway"},{"NetworkInterfaceId":"eni-2","InterfaceType":"natGateway"},{"NetworkInterfaceId":"eni-3"}]}`)
		check(t, inv, trace.Inventory{NetworkInterfaces: []endpoint.NetworkInterface{{ID: "eni-1", InterfaceType: "nat_gateway"}, {ID: "eni-2", InterfaceType: "natGateway"}, {ID: "eni-3"}}})
	})
	t.Run("4 attachments are available or attached", func(t *testing.T) {
		inv := readOne(t, `{"InternetGateways":[{"InternetGatewayId":"igw-1","Attachments":[{"State":"available","VpcId":"vpc-1"}]}],"EgressOnlyInternetGateways":[{"EgressOnlyInternetGatewayId":"eigw-1","Attachments":[{"State":"attached","VpcId":"vpc-1"}]}]}`)
		if a, b := inv.InternetGateways[0].Attachments[0].State, inv.EgressOnlyInternetGateways[0].Attachments[0].State; a != "available" || b != "attached" {
			t.Errorf("states %q and %q", a, b)
		}
	})
	t.Run("5 several main tables, routes to absent components", func(t *testing.T) {
		inv := readOne(t, `{"RouteTables":[{"RouteTableId":"rtb-1","VpcId":"vpc-1","Associations":[{"Main":true}],"Routes":[{"DestinationCidrBlock":"0.0.0.0/0","NatGatewayId":"nat-gone"}]},{"RouteTableId":"rtb-2","VpcId":"vpc-2","Associations":[{"Main":true}]}]}`)
		if len(inv.RouteTables) != 2 || inv.Findings != nil {
			t.Errorf("tables %v, findings %v", inv.RouteTables, inv.Findings)
		}
	})
	t.Run("6 overlapping subnets", func(t *testing.T) {
		inv := readOne(t, `{"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1","CidrBlock":"10.0.0.0/24"},{"SubnetId":"subnet-2","VpcId":"vpc-1","CidrBlock":"10.0.0.0/24"}]}`)
		if len(inv.Subnets) != 2 || inv.Findings != nil {
			t.Errorf("subnets %v, findings %v", inv.Subnets, inv.Findings)
		}
	})
	t.Run("7 entries without the list's id", func(t *testing.T) {
		inv := read(t, "entries.json", `{"Entries":[{"Cidr":"192.0.2.0/24"}]}`, "lists.json", `{"PrefixLists":[{"PrefixListId":"pl-0a1"}]}`)
		check(t, trace.Inventory{PrefixLists: inv.PrefixLists}, trace.Inventory{PrefixLists: []route.PrefixList{{ID: "pl-0a1"}}})
		checkCodes(t, inv, endpoint.FileIDMissing)
	})
	t.Run("8 PrivateDnsEnabled on a gateway endpoint, states of managed lists", func(t *testing.T) {
		inv := readOne(t, `{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","VpcEndpointType":"Gateway","PrivateDnsEnabled":true}],"PrefixLists":[{"PrefixListId":"pl-1","State":"active"},{"PrefixListId":"pl-2","State":"create-complete"}]}`)
		if len(inv.Endpoints) != 1 || len(inv.PrefixLists) != 2 || inv.Findings != nil {
			t.Errorf("inventory %+v", inv)
		}
	})
	t.Run("9 old output, unknown keys, null lists, tables without subnets", func(t *testing.T) {
		inv := readOne(t, `{"RouteTables":[{"RouteTableId":"rtb-1","Associations":[{"SubnetId":"subnet-1","RouteTableAssociationId":"rtbassoc-1"}],"Routes":null,"Tags":null,"Unheard":{"of":[1]}}],"NatGateways":null}`)
		check(t, inv, trace.Inventory{RouteTables: []route.Table{{ID: "rtb-1", Associations: []route.Association{{SubnetID: "subnet-1"}}}}, NATGateways: []route.NATGateway{}})
	})
	t.Run("10 the private name may come first", func(t *testing.T) {
		inv := readOne(t, `[[{"DnsName":"monitoring.us-east-2.amazonaws.com"},{"DnsName":"`+seedRegional+`"}]]`)
		if e := inv.Endpoints[0]; e.ID != "vpce-099deb00b40f00e22" || !e.PrivateDNSEnabled || len(e.DNSEntries) != 2 {
			t.Errorf("endpoint %+v", e)
		}
	})
	t.Run("11 two peered VPCs share a CIDR", func(t *testing.T) {
		inv := readOne(t, `{"Vpcs":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/16"},{"VpcId":"vpc-2","CidrBlock":"10.0.0.0/16"}]}`)
		if len(inv.VPCs) != 2 || inv.Findings != nil {
			t.Errorf("VPCs %v, findings %v", inv.VPCs, inv.Findings)
		}
	})
}
