package terraform_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/terraform"
	"github.com/privatelink-go/privatelink/route/trace"
)

func TestErrors(t *testing.T) {
	vpc := `{"id": "vpc-0a", "cidr_block": "10.0.0.0/16"}`
	for _, tt := range []struct {
		name, doc string
		is        error
		text      string
	}{
		{"nothing", "", terraform.ErrSyntax, "broken JSON: unexpected EOF"},
		{"cut off", `{"format_version": "1.0", "values": {`, terraform.ErrSyntax, "broken JSON: unexpected EOF"},
		{"no JSON", `{"format_version": }`, terraform.ErrSyntax, "broken JSON: byte 20: invalid character '}' looking for beginning of value"},
		{"two documents", `{"format_version": "1.0"} {}`, terraform.ErrSyntax, "broken JSON: more than one document"},
		{"a list", `[]`, terraform.ErrType, "wrong type: want an object, found array"},
		{"another format", `{"Vpcs": []}`, terraform.ErrFormat, "format_version: not the output of terraform show -json"},
		{"null", `null`, terraform.ErrFormat, "format_version: not the output of terraform show -json"},
		{
			"terraform.tfstate", `{"version": 4, "terraform_version": "1.9.8", "serial": 1, "lineage": "x", "resources": []}`, terraform.ErrFormat,
			"format_version: not the output of terraform show -json: this is a state file; terraform show -json prints it in the format that is read here",
		},
		{"an old version", `{"format_version": "0.2"}`, terraform.ErrVersion, `format_version: format version not supported: "0.2"; 1.x is, which Terraform 1.1 and later print`},
		{"a new version", `{"format_version": "2.0"}`, terraform.ErrVersion, `format_version: format version not supported: "2.0"; 1.x is, which Terraform 1.1 and later print`},
		{
			"prior state's version", `{"format_version": "1.2", "prior_state": {"format_version": "2.0"}}`, terraform.ErrVersion,
			`prior_state.format_version: format version not supported: "2.0"; 1.x is, which Terraform 1.1 and later print`,
		},
		{"a failed plan", `{"format_version": "1.2", "planned_values": {}, "errored": true}`, terraform.ErrFailedPlan, "errored: the plan failed, so its values are incomplete"},
		{"values of another type", `{"format_version": "1.0", "values": {"root_module": {"resources": {}}}}`, terraform.ErrType, "values.root_module.resources: wrong type: want a list, found object"},
		{
			"an attribute's type", state(res("aws_vpc.main", `{"id": "vpc-0a", "cidr_block": ["10.0.0.0/16"]}`)), terraform.ErrType,
			"aws_vpc.main: cidr_block: wrong type: want a string, found a list",
		},
		{
			"an element's type", state(res(`module.a["b"].aws_route_table.main`, `{"id": "rtb-0a", "vpc_id": "vpc-0a", "route": [{"cidr_block": "10.0.0.0/8"}, {"cidr_block": {}}]}`)), terraform.ErrType,
			`module.a["b"].aws_route_table.main: route[1].cidr_block: wrong type: want a string, found an object`,
		},
		{"a list that is none", state(res("aws_route_table.main", `{"id": "rtb-0a", "route": "x"}`)), terraform.ErrType, `aws_route_table.main: route: wrong type: want a list, found the string "x"`},
		{"a flag that is none", state(res("aws_vpc.main", `{"id": "vpc-0a", "enable_dns_support": 1}`)), terraform.ErrType, `aws_vpc.main: enable_dns_support: wrong type: want true or false, found the number 1`},
		{
			"a number that is none", state(res("aws_security_group_rule.x", `{"security_group_id": "sg-0a", "protocol": "tcp", "from_port": 1.5, "to_port": true}`)), terraform.ErrType,
			"aws_security_group_rule.x: from_port: wrong type: want a whole number, found the number 1.5\naws_security_group_rule.x: to_port: wrong type: want a whole number, found true or false",
		},
		{"no id", state(res("aws_vpc.main", `{"cidr_block": "10.0.0.0/16"}`)), endpoint.ErrID, "aws_vpc.main: id: no id"},
		{
			"a bad CIDR", state(res("aws_vpc.main", vpc), res("aws_subnet.a", `{"id": "subnet-0a", "vpc_id": "vpc-0a", "cidr_block": "10.0.1.0/33"}`)), endpoint.ErrCIDR,
			`aws_subnet.a: subnet-0a: CidrBlock "10.0.1.0/33": not a CIDR`,
		},
		{
			"a bad protocol", state(res("aws_security_group.a", `{"id": "sg-0a", "ingress": [{"protocol": "tpc", "from_port": 1, "to_port": 1, "cidr_blocks": ["10.0.0.0/8"]}]}`)), endpoint.ErrValue,
			`aws_security_group.a: sg-0a: IpPermissions[0].IpProtocol "tpc": value not allowed here`,
		},
		{"all of them", state(res("aws_vpc.a", `{}`), res("aws_vpc.b", `{}`)), endpoint.ErrID, "aws_vpc.a: id: no id\naws_vpc.b: id: no id"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, err := terraform.Read(strings.NewReader(tt.doc))
			if err == nil || d != nil {
				t.Fatalf("a Document and no error")
			}
			if !errors.Is(err, tt.is) {
				t.Errorf("%v is not %v", err, tt.is)
			}
			if err.Error() != tt.text {
				t.Errorf("error\n%s\nwant\n%s", err, tt.text)
			}
			var e *terraform.Error
			if !errors.As(err, &e) {
				t.Errorf("%T is no *Error", err)
			}
		})
	}
	t.Run("a reader that fails", func(t *testing.T) {
		if _, err := terraform.Read(iotest.ErrReader(io.ErrClosedPipe)); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("error %v", err)
		}
	})
}

// TestTolerant is input that is odd and says nothing wrong.
func TestTolerant(t *testing.T) {
	for name, doc := range map[string]string{
		"an empty state":        `{"format_version": "1.0"}`,
		"an empty plan":         `{"format_version": "1.2", "planned_values": {"root_module": {}}, "resource_changes": null, "configuration": {"root_module": {}}}`,
		"a later minor version": `{"format_version": "1.99", "values": {"root_module": {"resources": [], "more": 1}}, "more": {}}`,
		"null attributes":       state(res("aws_vpc.a", `{"id": "vpc-0a", "cidr_block": null, "tags": null, "enable_dns_support": null, "ipv6_cidr_block": null}`)),
		"numbers as strings":    state(res("aws_vpc.a", `{"id": "vpc-0a", "enable_dns_support": "true"}`), res("aws_security_group_rule.x", `{"type": "ingress", "security_group_id": "sg-0a", "protocol": 6, "from_port": "443", "to_port": "443"}`)),
		"references to nothing": state(res("aws_route_table_association.a", `{"id": "a", "subnet_id": "subnet-0x", "route_table_id": "rtb-0x"}`), res("aws_route.a", `{"id": "b", "route_table_id": "rtb-0y"}`)),
		"no values":             `{"format_version": "1.0", "values": {"root_module": {"resources": [{"address": "aws_route.a", "mode": "managed", "type": "aws_route", "name": "a", "values": null}]}}}`,
		"one id twice":          state(res("aws_vpc.a", `{"id": "vpc-0a", "cidr_block": "10.0.0.0/16"}`), res("data.aws_vpc.b", `{"id": "vpc-0a", "cidr_block": "10.0.0.0/16"}`)),
	} {
		t.Run(name, func(t *testing.T) {
			d := read(t, doc)
			world(t, d.Prior)
			world(t, d.Planned)
			if n := len(d.Planned.VPCs); n > 1 {
				t.Errorf("%d VPCs", n)
			}
		})
	}
}

// TestDeferred lists what a partial plan puts off.
func TestDeferred(t *testing.T) {
	d := read(t, `{"format_version": "1.2", "planned_values": {}, "deferred_changes": [{"reason": "instance_count_unknown", "resource_change": {"address": "aws_route.x"}}]}`)
	if len(d.Unknown) != 1 || d.Unknown[0].String() != "aws_route.x" {
		t.Errorf("Unknown: %v", d.Unknown)
	}
}

// TestSharesNothing changes one network of a state.
func TestSharesNothing(t *testing.T) {
	d := read(t, state(page()...))
	d.Prior.VPCs[0].ID = "x"
	if d.Planned.VPCs[0].ID != "vpc-0a" {
		t.Error("Prior and Planned share memory")
	}
}

// TestLarge reads a first apply of many VPCs whose references local values hide
// from all but the plan's ids.
func TestLarge(t *testing.T) {
	var list []instance
	for i := range 200 {
		vpc := fmt.Sprintf("module.net[%d]", i)
		list = append(list, res(vpc+".aws_vpc.this", `{"cidr_block": "10.0.0.0/16"}`).with(`{"id": true, "default_route_table_id": true}`))
		for j := range 10 {
			list = append(list, res(fmt.Sprintf("%s.aws_subnet.this[%d]", vpc, j), fmt.Sprintf(`{"cidr_block": "10.0.%d.0/24"}`, j)).with(`{"id": true, "vpc_id": true}`))
		}
	}
	config := `{"module_calls": {"net": {"expressions": {}, "module": {"resources": [
		{"mode": "managed", "type": "aws_vpc", "name": "this", "expressions": {}},
		{"mode": "managed", "type": "aws_subnet", "name": "this", "expressions": {"vpc_id": {"references": ["aws_vpc.this.id", "aws_vpc.this"]}}}]}}}}`
	d := read(t, plan(config, nil, list, nil))
	for _, s := range d.Planned.Subnets {
		module, _, _ := strings.Cut(strings.TrimPrefix(s.ID, "subnet-tf."), ".aws_subnet")
		if want := "vpc-tf." + module + ".aws_vpc.this"; s.VPCID != want {
			t.Fatalf("%s is in %q", s.ID, s.VPCID)
		}
	}
}

// FuzzRead: no input makes Read panic, and what it reads builds.
func FuzzRead(f *testing.F) {
	f.Add(state(page()...))
	f.Add(state(hub()...))
	f.Add(fresh(freshConfig))
	f.Add(plan(`{}`, page(), page(), nil))
	f.Add(`{"format_version": "1.0", "values": {"root_module": {"child_modules": [{"address": "module.a[\"", "resources": null}]}}}`)
	f.Fuzz(func(t *testing.T, doc string) { readsOrFails(t, doc) })
}

// TestHidden hides the ids of the page's network from a plan, one resource at a
// time and each with everything that refers to it: the answers are those of the
// state or unknown, never others.
func TestHidden(t *testing.T) {
	hosts := []string{cloudwatch, "sts.us-east-2.amazonaws.com", s3, "10.0.2.99", "203.0.113.1"}
	from := []string{"public", "private", "isolated"}
	answer := func(w *trace.World, from, host string) trace.Trace {
		tr, err := w.Why(from, host)
		if err != nil {
			t.Fatal(err)
		}
		return tr
	}
	sure := world(t, read(t, state(page()...)).Planned)
	hidden := func(in instance, id string) instance {
		out := instance{address: in.address, values: obj{}, unknown: obj{}}
		for k, v := range in.values {
			out.values[k] = v
			if strings.Contains(text(v), `"`+id+`"`) {
				delete(out.values, k)
				out.unknown[k] = true
			}
		}
		return out
	}
	for _, x := range page() {
		id, _ := x.values["id"].(string)
		t.Run(x.address, func(t *testing.T) {
			var planned []instance
			for _, in := range page() {
				planned = append(planned, hidden(in, id))
			}
			for _, config := range []string{`{}`, `null`} {
				doc := plan(config, nil, planned, nil)
				if config == "null" {
					doc = strings.Replace(doc, `"root_module": null`, `"x": null`, 1)
				}
				d := read(t, doc)
				w := world(t, d.Planned)
				for _, f := range from {
					for _, h := range hosts {
						got, want := answer(w, f, h), answer(sure, f, h)
						if got.Class != want.Class && got.Verdict != route.VerdictUnknown {
							t.Errorf("without %s (configuration %s), %s to %s: %s; want %s or unknown", id, config, f, h, got.Class, want.Class)
						}
					}
				}
			}
		})
	}
}
