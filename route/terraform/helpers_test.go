package terraform_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/terraform"
	"github.com/privatelink-go/privatelink/route/trace"
)

// obj is a JSON object.
type obj = map[string]any

// instance is one resource instance as values representations have it.
type instance struct {
	address string
	values  obj
	unknown obj // after_unknown, of plans
	actions []string
}

// res is a resource instance with its values in JSON.
func res(address, values string) instance {
	return instance{address: address, values: object(values)}
}

func object(s string) obj {
	if s == "" {
		return nil
	}
	dec := json.NewDecoder(strings.NewReader(s))
	dec.UseNumber()
	var m obj
	if err := dec.Decode(&m); err != nil {
		panic(fmt.Sprintf("%v in %s", err, s))
	}
	return m
}

var addressForm = regexp.MustCompile(`^((?:module\.\w+(?:\[[^\]]+\])?\.)*)(data\.)?(\w+)\.(\w+)(?:\[([^\]]+)\])?$`)

// parts cuts an address as Terraform prints its parts.
func (in instance) parts() (module, mode, typ, name string, index any) {
	m := addressForm.FindStringSubmatch(in.address)
	if m == nil {
		panic("no address: " + in.address)
	}
	mode = "managed"
	if m[2] != "" {
		mode = "data"
	}
	if s, err := strconv.Unquote(m[5]); err == nil {
		index = s
	} else if m[5] != "" {
		index = json.Number(m[5])
	}
	return strings.TrimSuffix(m[1], "."), mode, m[3], m[4], index
}

// tree puts instances into a values representation.
func tree(list []instance) obj {
	modules := map[string]obj{"": {}}
	var at func(address string) obj
	at = func(address string) obj {
		if m, ok := modules[address]; ok {
			return m
		}
		m := obj{"address": address}
		modules[address] = m
		parent := at(strings.TrimSuffix(address[:strings.LastIndex(address, "module.")], "."))
		children, _ := parent["child_modules"].([]any)
		parent["child_modules"] = append(children, m)
		return m
	}
	for _, in := range list {
		module, mode, typ, name, index := in.parts()
		r := obj{
			"address": in.address, "mode": mode, "type": typ, "name": name,
			"provider_name": "registry.terraform.io/hashicorp/aws", "schema_version": 1, "values": in.values, "sensitive_values": obj{},
		}
		if index != nil {
			r["index"] = index
		}
		m := at(module)
		resources, _ := m["resources"].([]any)
		m["resources"] = append(resources, r)
	}
	return obj{"outputs": obj{}, "root_module": modules[""]}
}

// state is a state as terraform show -json prints it.
func state(list ...instance) string {
	return text(obj{"format_version": "1.0", "terraform_version": "1.9.8", "values": tree(list)})
}

// plan is a plan as terraform show -json prints it.
func plan(config string, prior, planned, deleted []instance) string {
	var changes []any
	before := map[string]obj{}
	for _, in := range prior {
		before[in.address] = in.values
	}
	for _, in := range slices.Concat(planned, deleted) {
		module, mode, typ, name, index := in.parts()
		actions := in.actions
		switch {
		case actions != nil:
		case before[in.address] == nil:
			actions = []string{"create"}
		case text(before[in.address]) == text(in.values) && in.unknown == nil:
			actions = []string{"no-op"}
		default:
			actions = []string{"update"}
		}
		c := obj{
			"address": in.address, "mode": mode, "type": typ, "name": name,
			"change": obj{"actions": actions, "before": before[in.address], "after": in.values, "after_unknown": in.unknown, "after_sensitive": obj{}},
		}
		if module != "" {
			c["module_address"] = module
		}
		if index != nil {
			c["index"] = index
		}
		changes = append(changes, c)
	}
	doc := obj{
		"format_version": "1.2", "terraform_version": "1.9.8", "planned_values": tree(planned), "resource_changes": changes,
		"configuration": obj{"root_module": object(config)}, "errored": false,
	}
	if prior != nil {
		doc["prior_state"] = obj{"format_version": "1.0", "terraform_version": "1.9.8", "values": tree(prior)}
	}
	return text(doc)
}

func (in instance) with(unknown string) instance {
	in.unknown = object(unknown)
	return in
}

// but is the instance with other values.
func (in instance) but(values string) instance {
	m := obj{}
	maps.Copy(m, in.values)
	maps.Copy(m, object(values))
	in.values = m
	return in
}

// deleting is the instance as a deletion lists it.
func (in instance) deleting() instance {
	return instance{address: in.address, actions: []string{"delete"}}
}

func text(v any) string {
	b, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic(err)
	}
	return string(b)
}

func read(t testing.TB, doc string) *terraform.Document {
	t.Helper()
	d, err := terraform.Read(strings.NewReader(doc))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func world(t testing.TB, inv trace.Inventory) *trace.World {
	t.Helper()
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// want asks one question.
func want(t testing.TB, w *trace.World, from, host string, c route.Class, v route.Verdict, codes ...endpoint.Code) trace.Trace {
	t.Helper()
	tr, err := w.Why(from, host)
	if err != nil {
		t.Fatal(err)
	}
	if tr.Class != c || tr.Verdict != v {
		t.Errorf("%s to %s: %s, %s %v; want %s, %s\n%+v", from, host, tr.Class, tr.Verdict, tr.Codes, c, v, tr)
	}
	for _, code := range codes {
		if !slices.Contains(tr.Codes, code) {
			t.Errorf("%s to %s: %v lacks %s", from, host, tr.Codes, code)
		}
	}
	return tr
}
