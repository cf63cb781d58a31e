package terraform

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// The configuration that a plan carries tells of each expression only its
// constant value or the references in it, and of locals nothing at all
// ("Configuration Representation").

type configModule struct {
	Resources   []configResource      `json:"resources"`
	ModuleCalls map[string]moduleCall `json:"module_calls"`
	Outputs     map[string]struct {
		Expression any `json:"expression"`
	} `json:"outputs"`
}

type configResource struct {
	Mode        string         `json:"mode"`
	Type        string         `json:"type"`
	Name        string         `json:"name"`
	Expressions map[string]any `json:"expressions"`
	ForEach     any            `json:"for_each_expression"`
}

type moduleCall struct {
	Expressions map[string]any `json:"expressions"`
	ForEach     any            `json:"for_each_expression"`
	Module      *configModule  `json:"module"`
}

func (m *configModule) resource(mode, typ, name string) *configResource {
	if m == nil {
		return nil
	}
	for i := range m.Resources {
		if r := &m.Resources[i]; r.Mode == mode && r.Type == typ && r.Name == name {
			return r
		}
	}
	return nil
}

// A scope is one module instance: where names in expressions are looked up.
type scope struct {
	address string
	module  *configModule // nil if the configuration does not have it
	parent  *scope
	call    *moduleCall // nil in the root module
	key     any         // of the module call
}

// addScopes makes the scopes of the module instances that have resources.
func (n *network) addScopes(root *scope, v *values) {
	n.scopes[""] = root
	if v != nil {
		n.addChildScopes(root, v.RootModule.ChildModules)
	}
}

func (n *network) addChildScopes(parent *scope, children []module) {
	for i := range children {
		m := &children[i]
		s := &scope{address: m.Address, parent: parent}
		steps, ok := parseReference(strings.TrimPrefix(strings.TrimPrefix(m.Address, parent.address), "."))
		if ok && len(steps) >= 2 && steps[0].name == "module" && parent.module != nil {
			if call, ok := parent.module.ModuleCalls[steps[1].name]; ok {
				s.call, s.module = &call, call.Module
			}
			if len(steps) > 2 {
				s.key = steps[2].key
			}
		}
		n.scopes[m.Address] = s
		n.addChildScopes(s, m.ChildModules)
	}
}

// isExpression reports whether m is an expression, not the content of a block.
func isExpression(m map[string]any) bool {
	if len(m) > 1 {
		return false
	}
	_, refs := m["references"].([]any)
	_, constant := m["constant_value"]
	return refs || constant || len(m) == 0
}

// A step is one part of a reference: a name, or a key in brackets.
type step struct {
	name string
	key  any // json.Number or string
}

// parseReference cuts "module.a[0].b["x"]" into its steps.
func parseReference(s string) ([]step, bool) {
	var steps []step
	for s != "" {
		switch s[0] {
		case '.':
			s = s[1:]
		case '[':
			if len(s) > 1 && s[1] == '"' {
				quoted, err := strconv.QuotedPrefix(s[1:])
				if err != nil || !strings.HasPrefix(s[1+len(quoted):], "]") {
					return nil, false
				}
				key, err := strconv.Unquote(quoted)
				if err != nil {
					return nil, false
				}
				steps = append(steps, step{key: key})
				s = s[2+len(quoted):]
				continue
			}
			end := strings.IndexByte(s, ']')
			if end < 0 {
				return nil, false
			}
			if _, err := strconv.Atoi(s[1:end]); err != nil {
				return nil, false
			}
			steps = append(steps, step{key: json.Number(s[1:end])})
			s = s[end+1:]
		default:
			end := strings.IndexAny(s, ".[")
			if end < 0 {
				end = len(s)
			}
			steps = append(steps, step{name: s[:end]})
			s = s[end:]
		}
	}
	return steps, true
}

// references returns what an expression refers to, each reference once: the
// format repeats every one without its last steps, down to the object itself.
func references(expr any) [][]step {
	m, _ := expr.(map[string]any)
	all, _ := m["references"].([]any)
	var list [][]step
	last := ""
	for _, x := range all {
		s, ok := x.(string)
		if !ok {
			continue
		}
		if rest, implied := strings.CutPrefix(last, s); implied && rest != "" && (rest[0] == '.' || rest[0] == '[') {
			last = s
			continue
		}
		last = s
		if steps, ok := parseReference(s); ok && len(steps) > 0 {
			list = append(list, steps)
		} else {
			list = append(list, []step{{name: "?"}})
		}
	}
	return list
}

// A frame is where an expression stands: a module instance, and the key and
// for_each of the block.
type frame struct {
	scope   *scope
	key     any
	forEach any
}

// A target is what a reference leads to: an attribute of a resource instance;
// attribute "" is the whole, or not told.
type target struct {
	r         *resource
	attribute string
}

// A reading is what the references of an expression come to.
type reading struct {
	targets []target
	exact   bool // nothing else is in the expression: all targets are meant
	open    bool // some references lead where the configuration does not tell
	foreign bool // some lead to resources that are not read
}

const maxReferences = 32 // modules in modules in modules

// read follows the references of an expression, each as the first that fits:
//
//  1. var.x: the argument of the module call, in the calling module; in the
//     root module a known value.
//  2. module.m.x, module.m[k].x: the output of that module instance. Of either,
//     with a number behind it or count.index in the expression: if it is nothing
//     but all instances of one counted resource, the one of that index.
//  3. each.value: the instance of the same key of what for_each refers to.
//  4. A resource with its key, aws_x.y["k"], or without count and for_each:
//     that instance.
//  5. A resource without its key in an expression with count.index or each.key:
//     the instance of the same key; or the only one.
//  6. A resource without its key otherwise: all instances.
//  7. count.index, each.key, path.…: nothing.
//  8. local.x and anything else: not told.
func (n *network) read(expr any, f frame, depth int) reading {
	out := reading{exact: true}
	refs := references(expr)
	if depth > maxReferences || f.scope == nil {
		out.open = true
		return out
	}
	if len(refs) == 0 {
		out.exact = false
		return out
	}
	keyed := slices.ContainsFunc(refs, func(s []step) bool { return s[0].name == "count" || s[0].name == "each" })
	for _, s := range refs {
		switch {
		case s[0].name == "var" && len(s) > 1:
			if f.scope.parent == nil {
				out.exact = false
				continue
			}
			if f.scope.call == nil {
				out.open = true
				continue
			}
			outer := frame{f.scope.parent, f.scope.key, f.scope.call.ForEach}
			sub := n.read(f.scope.call.Expressions[s[1].name], outer, depth+1)
			out.join(sub, s[2:], f, keyed)
		case s[0].name == "module" && len(s) > 2:
			address := "module." + s[1].name
			rest := s[2:]
			if rest[0].name == "" {
				address += bracket(rest[0].key)
				rest = rest[1:]
			}
			if f.scope.address != "" {
				address = f.scope.address + "." + address
			}
			child := n.scopes[address]
			if child == nil || child.module == nil || len(rest) == 0 {
				out.open = true
				continue
			}
			o, ok := child.module.Outputs[rest[0].name]
			if !ok {
				out.open = true
				continue
			}
			out.join(n.read(o.Expression, frame{scope: child}, depth+1), rest[1:], f, keyed)
		case s[0].name == "each" && len(s) > 1 && s[1].name == "value":
			sub := n.read(f.forEach, frame{scope: f.scope}, depth+1)
			var same []target
			for _, t := range sub.targets {
				if t.attribute == "" && t.r.key == f.key && len(s) <= 3 {
					a := ""
					if len(s) == 3 {
						a = s[2].name
					}
					same = append(same, target{t.r, a})
				}
			}
			out.targets = append(out.targets, same...)
			out.open = out.open || len(same) == 0
			out.exact = false
		case s[0].name == "count", s[0].name == "each", s[0].name == "path", s[0].name == "terraform":
			out.exact = false
		case s[0].name == "local", s[0].name == "self", s[0].name == "module", s[0].name == "?":
			out.open = true
		default:
			n.readResource(&out, s, f, keyed)
		}
	}
	return out
}

// join takes over what a variable or an output was given; below it are steps
// into that, and it stands in an expression of the frame.
func (out *reading) join(sub reading, below []step, f frame, keyed bool) {
	switch {
	case len(below) == 1 && below[0].key != nil:
		sub.targets, sub.open = element(sub, below[0].key)
	case len(below) > 0:
		sub.open = sub.open || len(sub.targets) != 1
	case keyed && len(sub.targets) > 1:
		sub.targets, sub.open = element(sub, f.key)
	}
	out.targets = append(out.targets, sub.targets...)
	out.open = out.open || sub.open
	out.foreign = out.foreign || sub.foreign
	out.exact = out.exact && sub.exact
}

// element is the element of a list at an index, if the list is nothing but the
// instances of one counted resource; else it is not told.
func element(list reading, index any) (targets []target, open bool) {
	if !list.exact || list.open || list.foreign {
		return nil, true
	}
	for _, t := range list.targets {
		first := list.targets[0].r
		if _, counted := t.r.key.(json.Number); !counted || t.r.module != first.module || t.r.typ != first.typ || t.r.name != first.name {
			return nil, true
		}
		if t.r.key == index {
			targets = append(targets, t)
		}
	}
	return targets, len(targets) != 1
}

func (n *network) readResource(out *reading, s []step, f frame, keyed bool) {
	mode := "managed"
	if s[0].name == "data" {
		mode, s = "data", s[1:]
	}
	if len(s) < 2 {
		out.open = true
		return
	}
	all := n.instances[blockKey(f.scope.address, mode, s[0].name, s[1].name)]
	if len(all) == 0 {
		out.foreign = out.foreign || !known(mode, s[0].name)
		return // a block without instances gives nothing
	}
	rest := s[2:]
	switch {
	case len(rest) > 0 && rest[0].name == "":
		key := rest[0].key
		rest = rest[1:]
		all = withKey(all, key)
	case keyed && all[0].key != nil:
		if same := withKey(all, f.key); len(same) > 0 || len(all) > 1 {
			all = same
			out.open = out.open || len(same) == 0
		}
		out.exact = false
	}
	a := ""
	switch len(rest) {
	case 0:
	case 1:
		a = rest[0].name
	default:
		out.foreign = true // part of a structured attribute
		return
	}
	for _, r := range all {
		out.targets = append(out.targets, target{r, a})
	}
}

func withKey(all []*resource, key any) []*resource {
	var list []*resource
	for _, r := range all {
		if r.key == key {
			list = append(list, r)
		}
	}
	return list
}

func bracket(key any) string {
	if s, ok := key.(string); ok {
		return "[" + strconv.Quote(s) + "]"
	}
	number, _ := key.(json.Number)
	return "[" + number.String() + "]"
}

// frame is where the resource's own expressions stand.
func (r *resource) frame() frame {
	f := frame{scope: r.n.scopes[r.module], key: r.key}
	if r.conf != nil {
		f.forEach = r.conf.ForEach
	}
	return f
}
