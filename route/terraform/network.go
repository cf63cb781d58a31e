package terraform

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/trace"
)

// A network turns the resources of one state, or of what a plan makes of it,
// into an Inventory.
type network struct {
	state     bool // every value is known
	resources []*resource
	removed   []*resource // what the plan deletes, or was before it changes it
	scopes    map[string]*scope
	instances map[string][]*resource // by module address and "mode.type.name"
	byID      map[string]*resource
	addresses map[string]string // of ids
	unknown   map[Unknown]string
	standIns  int // CIDRs handed out
	errs      []error

	identified bool
	born       map[string][]string // by prefixes

	inv      trace.Inventory
	vpcs     map[string]*vpc
	lists    map[string]string // ids of prefix lists by name
	unplaced map[string]bool   // subnets whose CIDR or VPC is not told
	untabled map[string]bool   // endpoints some of whose route tables are not told
}

// A resource is one instance of a resource or a data source.
type resource struct {
	n       *network
	address string
	module  string // address of its module instance; "" for the root module
	mode    string
	typ     string
	name    string
	key     any // json.Number or string; nil without count and for_each
	values  map[string]any
	unknown any
	before  bool // as it was before the plan
	conf    *configResource

	id       string
	deciding bool // its id is being found: references in a circle end
}

func (n *network) fail(r *resource, path string, err error) {
	n.errs = append(n.errs, &Error{Address: r.address, Path: path, Err: err})
}

// collect takes the resources of a module tree that the package knows.
func (n *network) collect(v *values) {
	if n.instances == nil {
		n.instances = map[string][]*resource{}
		n.scopes = map[string]*scope{}
		n.unknown = map[Unknown]string{}
	}
	if v != nil {
		n.collectModule(&v.RootModule)
	}
}

func (n *network) collectModule(m *module) {
	for i := range m.Resources {
		in := &m.Resources[i]
		r := &resource{n: n, address: in.Address, module: m.Address, mode: in.Mode, typ: in.Type, name: in.Name, values: in.Values}
		switch in.Index.(type) {
		case json.Number, string:
			r.key = in.Index
		}
		n.add(r)
	}
	for i := range m.ChildModules {
		n.collectModule(&m.ChildModules[i])
	}
}

func (n *network) add(r *resource) {
	if !known(r.mode, r.typ) {
		return
	}
	n.resources = append(n.resources, r)
	k := blockKey(r.module, r.mode, r.typ, r.name)
	n.instances[k] = append(n.instances[k], r)
}

func blockKey(module, mode, typ, name string) string {
	return module + " " + mode + "." + typ + "." + name
}

// newPlanned makes the network that a plan leads to.
func newPlanned(in *envelope, prior *network) *network {
	n := &network{}
	n.collect(in.PlannedValues)
	changes := make(map[string]*change, len(in.ResourceChanges))
	deleted := map[string]bool{}
	for i := range in.ResourceChanges {
		c := &in.ResourceChanges[i]
		if c.Deposed != "" {
			continue
		}
		changes[c.Address] = c
		switch {
		case slices.Contains(c.Change.Actions, "no-op"), slices.Contains(c.Change.Actions, "read"):
		case c.Change.Before != nil && known(c.Mode, c.Type):
			n.removed = append(n.removed, &resource{n: n, address: c.Address, mode: c.Mode, typ: c.Type, values: c.Change.Before, before: true})
		}
		deleted[c.Address] = slices.Equal(c.Change.Actions, []string{"delete"})
	}
	have := map[string]bool{}
	for _, r := range n.resources {
		have[r.address] = true
	}
	for _, r := range prior.resources {
		if r.mode == "data" && !have[r.address] && !deleted[r.address] {
			data := *r
			data.n = n
			n.add(&data)
		}
	}
	var root *configModule
	if in.Configuration != nil {
		root = in.Configuration.RootModule
	}
	n.addScopes(&scope{module: root}, in.PlannedValues)
	for _, r := range n.resources {
		if c := changes[r.address]; c != nil {
			r.unknown = c.Change.AfterUnknown
		}
		if s := n.scopes[r.module]; s != nil {
			r.conf = s.module.resource(r.mode, r.typ, r.name)
		}
	}
	return n
}

// build makes the Inventory: first what has an id, then what refers to it.
func (n *network) build() {
	n.identify()
	n.addLists()
	n.addVPCs()
	n.addSubnets()
	n.addInterfaces()
	n.addGateways()
	n.addEndpoints()
	n.addTables()
	n.addGroups()
	n.addACLs()
	n.addPeering()
	n.addTransit()
	n.addZones()
	n.addRules()
	n.addProfiles()
	n.addServices()
	slices.SortFunc(n.inv.Findings, endpoint.Finding.Compare)
}

// of yields the resources of the types, in the order of the document. A managed
// one stands before data sources of the same id, and hides them.
func (n *network) of(types ...string) []*resource {
	var list []*resource
	for _, mode := range []string{"managed", "data"} {
		for _, r := range n.resources {
			if r.mode == mode && slices.Contains(types, r.typ) && (r.id == "" || n.byID[r.id] == r) {
				list = append(list, r)
			}
		}
	}
	return list
}

// gone returns what the plan deletes, and what changed ones were before.
func (n *network) gone(types ...string) []*resource {
	var list []*resource
	for _, r := range n.removed {
		if slices.Contains(types, r.typ) {
			list = append(list, r)
		}
	}
	return list
}

func (n *network) unknownValues() []Unknown {
	list := make([]Unknown, 0, len(n.unknown))
	for u := range maps.Keys(n.unknown) {
		u.StandIn = n.unknown[u]
		list = append(list, u)
	}
	return list
}

// find notes something that the input leaves open.
func (n *network) find(code endpoint.Code, id, source, text string) {
	n.inv.Findings = append(n.inv.Findings, endpoint.Finding{Code: code, Resource: id, Text: text, Source: source})
}

func known(mode, typ string) bool {
	if mode == "data" {
		return slices.Contains(dataTypes, typ)
	}
	_, ok := prefixes[typ]
	return mode == "managed" && ok && strings.HasPrefix(typ, "aws_")
}
