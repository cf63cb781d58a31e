package terraform_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/terraform"
)

// builtin is a configuration that needs no provider: terraform_data is part of
// Terraform. Its resources are named after the AWS resources they stand for,
// and their inputs are those resources' attributes.
const builtin = `
variable "zones" {
  type    = set(string)
  default = ["us-east-2a", "us-east-2b"]
}
resource "terraform_data" "aws_vpc__main" {
  input = { cidr_block = "10.0.0.0/16", enable_dns_support = true, enable_dns_hostnames = true }
}
module "subnets" {
  source   = "./subnets"
  for_each = var.zones
  zone     = each.key
  vpc      = terraform_data.aws_vpc__main.id
}
resource "terraform_data" "aws_internet_gateway__main" {
  input = { vpc_id = terraform_data.aws_vpc__main.id }
}
resource "terraform_data" "aws_route_table__main" {
  input = { vpc_id = terraform_data.aws_vpc__main.id, route = [
    { cidr_block = "10.9.0.0/16", transit_gateway_id = "tgw-0a", gateway_id = "" },
    { cidr_block = "0.0.0.0/0", transit_gateway_id = "", gateway_id = terraform_data.aws_internet_gateway__main.id },
  ] }
}
resource "terraform_data" "aws_route_table_association__a" {
  input = { subnet_id = module.subnets["us-east-2a"].ids[1], route_table_id = terraform_data.aws_route_table__main.id }
}
`

const builtinModule = `
variable "zone" {}
variable "vpc" {}
resource "terraform_data" "aws_subnet__this" {
  count = 2
  input = { vpc_id = var.vpc, availability_zone = var.zone, cidr_block = cidrsubnet("10.0.0.0/16", 8, count.index + (var.zone == "us-east-2a" ? 0 : 2)) }
}
output "ids" { value = terraform_data.aws_subnet__this[*].id }
`

// asAWS makes of terraform_data.TYPE__NAME, wherever it stands, TYPE.NAME with
// the attributes of its input. What it does not touch is as Terraform printed
// it: the envelope, addresses, keys, what is unknown, references.
func asAWS(v any) any {
	switch x := v.(type) {
	case string:
		for {
			before, after, ok := strings.Cut(x, "terraform_data.")
			if !ok {
				return x
			}
			x = before + strings.Replace(after, "__", ".", 1)
		}
	case []any:
		for i := range x {
			x[i] = asAWS(x[i])
		}
	case map[string]any:
		if name, ok := x["name"].(string); ok && x["type"] == "terraform_data" {
			x["type"], x["name"], _ = strings.Cut(name, "__")
		}
		for k := range x {
			x[k] = asAWS(x[k])
		}
		input, ok := x["input"]
		if !ok {
			break
		}
		in, ok := input.(map[string]any)
		if refs, isRefs := in["references"]; isRefs { // of the whole input: of each attribute
			delete(x, "input")
			for _, name := range []string{"vpc_id", "subnet_id", "route_table_id", "route"} {
				x[name] = map[string]any{"references": refs}
			}
			break
		}
		if ok {
			delete(x, "input")
			maps.Copy(x, in)
		}
	}
	return v
}

// TestBinary reads what the terraform that is installed prints: an empty state,
// a plan, and the state after it.
func TestBinary(t *testing.T) {
	bin, err := exec.LookPath("terraform")
	if err != nil {
		t.Skip("terraform is not installed; everything else here rests on the documentation of its format")
	}
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("main.tf", builtin)
	write("subnets/main.tf", builtinModule)
	run := func(args ...string) string {
		t.Helper()
		cmd := exec.Command(bin, args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "CHECKPOINT_DISABLE=1", "TF_IN_AUTOMATION=1")
		var stderr strings.Builder
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("terraform %v: %v\n%s", args, err, stderr.String())
		}
		return string(out)
	}
	show := func(args ...string) *terraform.Document {
		t.Helper()
		doc := run(append([]string{"show", "-json", "-no-color"}, args...)...)
		var v any
		dec := json.NewDecoder(strings.NewReader(doc))
		dec.UseNumber()
		if err := dec.Decode(&v); err != nil {
			t.Fatal(err)
		}
		return read(t, text(asAWS(v)))
	}
	run("init", "-input=false")
	if d := show(); d.IsPlan || len(d.Planned.VPCs) != 0 {
		t.Errorf("an empty state: %+v", d)
	}
	run("plan", "-input=false", "-out=tfplan")
	d := show("tfplan")
	if !d.IsPlan || len(d.Prior.VPCs) != 0 || len(d.Planned.VPCs) != 1 || len(d.Planned.Subnets) != 4 {
		t.Fatalf("a first plan: %+v", d)
	}
	for _, s := range d.Planned.Subnets {
		if s.VPCID != "vpc-tf.aws_vpc.main" {
			t.Errorf("%s is in %q", s.ID, s.VPCID)
		}
	}
	w := world(t, d.Planned)
	want(t, w, `subnet-tf.module.subnets["us-east-2a"].aws_subnet.this[1]`, "192.0.2.1", route.ClassInternetGateway, route.Public)
	want(t, w, `subnet-tf.module.subnets["us-east-2b"].aws_subnet.this[1]`, "192.0.2.1", route.ClassUnknown, route.VerdictUnknown) // no main table is told

	run("apply", "-input=false", "tfplan")
	d = show()
	if d.IsPlan || d.Unknown != nil || len(d.Planned.Subnets) != 4 {
		t.Fatalf("a state: %+v", d)
	}
	state := world(t, d.Planned)
	for _, x := range d.Planned.RouteTables {
		for _, a := range x.Associations {
			want(t, state, a.SubnetID, "10.9.0.1", route.ClassTransitGateway, route.VerdictUnknown)
		}
	}
	run("plan", "-input=false", "-out=tfplan")
	d = show("tfplan")
	if diff := cmp.Diff(d.Prior, d.Planned); diff != "" {
		t.Errorf("a plan without changes: %s", diff)
	}
}
