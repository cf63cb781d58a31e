package terraform_test

import (
	"strings"
	"testing"
)

// The subtests bear the numbers of the list of read: each gives the expression
// of an association's subnet, and the subnet it is found to be.
func TestReferences(t *testing.T) {
	const association = `module.app["x"].aws_route_table_association.this["a"]`
	config := func(expr, forEach string) string {
		return `{"resources": [{"mode": "managed", "type": "aws_subnet", "name": "root", "expressions": {"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}}],
		"module_calls": {
			"net": {"expressions": {}, "module": {"outputs": {"subnet": {"expression": {"references": ["aws_subnet.one.id", "aws_subnet.one"]}},
					"all": {"expression": {"references": ["aws_subnet.each"]}}, "counted": {"expression": {"references": ["aws_subnet.counted"]}}}, "resources": [
				{"mode": "managed", "type": "aws_subnet", "name": "one", "expressions": {}}, {"mode": "managed", "type": "aws_subnet", "name": "counted", "expressions": {}}, {"mode": "managed", "type": "aws_subnet", "name": "each", "expressions": {}}]}},
			"app": {"for_each_expression": {"references": ["var.apps"]}, "expressions": {
					"subnet": {"references": ["aws_subnet.root.id", "aws_subnet.root"]},
					"other": {"references": ["module.net.subnet", "module.net"]},
					"all": {"references": ["module.net.all", "module.net"]},
					"counted": {"references": ["module.net.counted", "module.net"]},
					"some": {"references": ["module.net.counted", "module.net", "var.some"]},
					"constant": {"constant_value": "subnet-0k"}},
				"module": {"resources": [
					{"mode": "managed", "type": "aws_subnet", "name": "here", "expressions": {}},
					{"mode": "managed", "type": "aws_subnet", "name": "keyed", "expressions": {}},
					{"mode": "managed", "type": "aws_subnet", "name": "only", "expressions": {}},
					{"mode": "managed", "type": "aws_nat_gateway", "name": "nat", "expressions": {"subnet_id": {"references": ["aws_subnet.here.id", "aws_subnet.here"]}}},
					{"mode": "managed", "type": "aws_route_table_association", "name": "this", "for_each_expression": ` + forEach + `, "expressions": {
						"route_table_id": {"constant_value": "rtb-0a"}, "subnet_id": ` + expr + `}}]}}}}`
	}
	subnet := func(address string) instance {
		return res(address, `{"vpc_id": "vpc-0a", "cidr_block": "10.0.0.0/24"}`).with(`{"id": true}`)
	}
	planned := []instance{
		subnet("aws_subnet.root"), subnet("module.net.aws_subnet.one"), subnet(`module.net.aws_subnet.each["a"]`), subnet(`module.net.aws_subnet.each["b"]`),
		subnet(`module.net.aws_subnet.counted[0]`), subnet(`module.net.aws_subnet.counted[1]`),
		subnet(`module.app["x"].aws_subnet.here`), subnet(`module.app["x"].aws_subnet.keyed["a"]`), subnet(`module.app["x"].aws_subnet.keyed["b"]`),
		subnet(`module.app["x"].aws_subnet.only[0]`), subnet(`module.app["y"].aws_subnet.here`),
		res(`module.app["x"].aws_subnet.known`, `{"id": "subnet-0known", "vpc_id": "vpc-0a", "cidr_block": "10.0.9.0/24"}`),
		res(`module.app["x"].aws_nat_gateway.nat`, `{}`).with(`{"id": true, "subnet_id": true}`),
		res("aws_route_table.a", `{"id": "rtb-0a", "vpc_id": "vpc-0a"}`), res("aws_vpc.main", `{"id": "vpc-0a", "cidr_block": "10.0.0.0/8"}`),
		res(association, `{"route_table_id": "rtb-0a"}`).with(`{"id": true, "subnet_id": true}`),
	}
	for _, tt := range []struct{ name, expr, forEach, want string }{
		{"1 a variable", `"var.subnet"`, `null`, "aws_subnet.root"},
		{"1 a variable with a known value", `"var.constant", "aws_subnet.here.id", "aws_subnet.here"`, `null`, `module.app["x"].aws_subnet.here`},
		{"2 an output", `"var.other"`, `null`, "module.net.aws_subnet.one"},
		{"2 an element", `"var.counted[1]", "var.counted"`, `null`, "module.net.aws_subnet.counted[1]"},
		{"2 an element that is not there", `"var.counted[2]", "var.counted"`, `null`, ""},
		{"2 an element of a part", `"var.some[1]", "var.some"`, `null`, ""},
		{"2 an element of a map", `"var.all[\"a\"]", "var.all"`, `null`, ""},
		{"2 the element of a key", `"var.counted", "each.key"`, `null`, ""},
		{"3 each.value", `"each.value.id", "each.value"`, `"aws_subnet.keyed"`, `module.app["x"].aws_subnet.keyed["a"]`},
		{"3 each.value of a variable", `"each.value.id", "each.value"`, `"var.all"`, `module.net.aws_subnet.each["a"]`},
		{"4 no key", `"aws_subnet.here.id", "aws_subnet.here"`, `null`, `module.app["x"].aws_subnet.here`},
		{"4 a key", `"aws_subnet.keyed[\"b\"].id", "aws_subnet.keyed[\"b\"]", "aws_subnet.keyed"`, `null`, `module.app["x"].aws_subnet.keyed["b"]`},
		{"4 another attribute", `"aws_nat_gateway.nat.subnet_id", "aws_nat_gateway.nat"`, `null`, `module.app["x"].aws_subnet.here`},
		{"5 the same key", `"aws_subnet.keyed", "each.key"`, `null`, `module.app["x"].aws_subnet.keyed["a"]`},
		{"5 the only one", `"aws_subnet.only", "each.key"`, `null`, `module.app["x"].aws_subnet.only[0]`},
		{"5 none of the key", `"module.x", "each.key"`, `null`, ""},
		{"6 all, of which one cannot be told", `"aws_subnet.keyed"`, `null`, ""},
		{"7 nothing", `"path.module", "aws_subnet.here.id", "aws_subnet.here"`, `null`, `module.app["x"].aws_subnet.here`},
		{"8 a local value", `"local.subnet"`, `null`, ""},
		{"8 not a reference", `"a[", "aws_subnet.here[x]"`, `null`, ""},
		{"a known one does not count", `"aws_subnet.known.id", "aws_subnet.known", "aws_subnet.here.id", "aws_subnet.here"`, `null`, `module.app["x"].aws_subnet.here`},
		{"two cannot be told apart", `"aws_subnet.here.id", "aws_subnet.here", "var.subnet"`, `null`, ""},
		{"another kind of id", `"aws_nat_gateway.nat.id", "aws_nat_gateway.nat"`, `null`, ""},
		{"a resource that is not read", `"aws_instance.x.subnet_id", "aws_instance.x"`, `null`, ""},
		{"part of an attribute", `"aws_subnet.here.tags[\"x\"]", "aws_subnet.here.tags", "aws_subnet.here"`, `null`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			expr := func(refs string) string {
				if refs == "null" {
					return `null`
				}
				return `{"references": [` + refs + `]}`
			}
			d := read(t, plan(config(expr(tt.expr), expr(tt.forEach)), nil, planned, nil))
			got := "?"
			for _, u := range d.Unknown {
				if u.Address == association && u.Path == "subnet_id" {
					got = strings.TrimPrefix(u.StandIn, "subnet-tf.")
				}
			}
			if got != tt.want {
				t.Errorf("%s is %q, want %q", tt.expr, got, tt.want)
			}
			world(t, d.Planned)
		})
	}
}
