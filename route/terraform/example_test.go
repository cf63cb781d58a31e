package terraform_test

import (
	"fmt"
	"strings"

	"github.com/privatelink-go/privatelink/route/terraform"
	"github.com/privatelink-go/privatelink/route/trace"
)

// The state of a VPC with an isolated subnet, as `terraform show -json` prints
// it, without what nothing depends on.
const isolated = `{"format_version": "1.0", "terraform_version": "1.9.8", "values": {"root_module": {"resources": [
	{"address": "aws_vpc.main", "mode": "managed", "type": "aws_vpc", "name": "main", "values": {
		"id": "vpc-0a", "cidr_block": "10.0.0.0/16", "enable_dns_support": true, "enable_dns_hostnames": true}},
	{"address": "aws_subnet.isolated", "mode": "managed", "type": "aws_subnet", "name": "isolated", "values": {
		"id": "subnet-0c", "vpc_id": "vpc-0a", "cidr_block": "10.0.3.0/24", "availability_zone": "us-east-2c"}},
	{"address": "aws_route_table.isolated", "mode": "managed", "type": "aws_route_table", "name": "isolated", "values": {
		"id": "rtb-0c", "vpc_id": "vpc-0a", "route": []}},
	{"address": "aws_route_table_association.isolated", "mode": "managed", "type": "aws_route_table_association", "name": "isolated",
		"values": {"id": "rtbassoc-0c", "subnet_id": "subnet-0c", "route_table_id": "rtb-0c"}}]}}}`

func ExampleRead() {
	d, err := terraform.Read(strings.NewReader(isolated))
	if err != nil {
		panic(err)
	}
	w, err := trace.New(d.Planned)
	if err != nil {
		panic(err)
	}
	tr, err := w.Why("subnet-0c", "sts.us-east-2.amazonaws.com")
	if err != nil {
		panic(err)
	}
	fmt.Println(tr.Class, tr.Verdict)
	// Output: no-route failed
}

// A plan that turns private DNS of the CloudWatch endpoint on, and what a host
// gains by it.
func ExampleDocument() {
	on := monitoring()
	off := on.but(`{"private_dns_enabled": false, "dns_entry": []}`)
	on = off.but(`{"private_dns_enabled": true}`)
	doc := plan(`{}`, replaced(page(), off), replaced(page(), on), nil) // as terraform show -json prints it

	d, err := terraform.Read(strings.NewReader(doc))
	if err != nil {
		panic(err)
	}
	for _, inv := range []trace.Inventory{d.Prior, d.Planned} {
		w, err := trace.New(inv)
		if err != nil {
			panic(err)
		}
		tr, err := w.Why("private", "monitoring.us-east-2.amazonaws.com")
		if err != nil {
			panic(err)
		}
		fmt.Println(tr.Class, tr.Verdict)
	}
	// Output:
	// nat-gateway public
	// endpoint private
}

// A plan that makes a VPC does not know its id. What refers to it is found by
// the configuration.
func ExampleUnknown() {
	d, err := terraform.Read(strings.NewReader(`{"format_version": "1.2",
		"planned_values": {"root_module": {"resources": [
			{"address": "aws_vpc.main", "mode": "managed", "type": "aws_vpc", "name": "main", "values": {"cidr_block": "10.0.0.0/16"}},
			{"address": "aws_subnet.a", "mode": "managed", "type": "aws_subnet", "name": "a", "values": {"cidr_block": "10.0.1.0/24"}}]}},
		"resource_changes": [
			{"address": "aws_vpc.main", "change": {"actions": ["create"], "after_unknown": {"id": true}}},
			{"address": "aws_subnet.a", "change": {"actions": ["create"], "after_unknown": {"id": true, "vpc_id": true, "availability_zone": true}}}],
		"configuration": {"root_module": {"resources": [
			{"mode": "managed", "type": "aws_vpc", "name": "main", "expressions": {"cidr_block": {"constant_value": "10.0.0.0/16"}}},
			{"mode": "managed", "type": "aws_subnet", "name": "a", "expressions": {
				"vpc_id": {"references": ["aws_vpc.main.id", "aws_vpc.main"]}}}]}}}`))
	if err != nil {
		panic(err)
	}
	for _, u := range d.Unknown {
		fmt.Println(u)
	}
	// Output:
	// aws_subnet.a.availability_zone
	// aws_subnet.a.id = subnet-tf.aws_subnet.a
	// aws_subnet.a.vpc_id = vpc-tf.aws_vpc.main
	// aws_vpc.main.id = vpc-tf.aws_vpc.main
}
