package terraform

import (
	"maps"
	"slices"
	"strings"
)

// ref is an id that an attribute holds, of an object whose ids begin with one
// of the prefixes: "" if there is none or it cannot be told, the latter being noted. An
// unknown id is found in this order:
//
//  1. The references of the attribute's expression lead to exactly one object
//     with such an id: that one. Known ids among them do not count; the value
//     would be known.
//  2. They lead to several, or to a resource that is not read: not told.
//  3. The configuration does not tell the references, as with local values: an
//     unknown id is one of an object that the plan makes. If there is exactly
//     one with such an id, that one.
//  4. Not told.
func (n *network) ref(v value, prefix ...string) string {
	if !v.isUnknown() {
		return v.str()
	}
	id := n.resolve(v, prefix, 0)
	v.note(id)
	return id
}

func (n *network) resolve(v value, prefix []string, depth int) string {
	found := map[string]bool{}
	open, foreign := len(v.exprs) == 0, false
	for _, expr := range v.exprs {
		in := n.read(expr, v.r.frame(), depth)
		open, foreign = open || in.open, foreign || in.foreign
		for _, t := range in.targets {
			id, ok := n.idOf(t, prefix, depth+1)
			switch {
			case !ok:
				foreign = true
			case id != "":
				found[id] = true
			}
		}
	}
	if len(found) == 0 && open && !foreign {
		for _, id := range n.births(prefix) {
			found[id] = true
		}
	}
	if len(found) != 1 {
		return ""
	}
	for id := range found {
		return id
	}
	return ""
}

// idOf is the unknown id of that prefix that a target holds: "" if it holds
// another kind of id or a known one; false if it cannot be told.
func (n *network) idOf(t target, prefix []string, depth int) (string, bool) {
	if depth > maxReferences {
		return "", false
	}
	id := ""
	switch a := t.attribute; {
	case a == "" || a == "id" || a == "zone_id" && t.r.typ == "aws_route53_zone":
		if v := t.r.root().attr("id"); v.data != nil {
			return "", true
		}
		id = t.r.identity()
	default:
		v := t.r.root().attr(a)
		if !v.isUnknown() {
			return "", true
		}
		if id = n.made(t.r, a); id == "" {
			if len(v.exprs) == 0 {
				return "", false
			}
			id = n.resolve(v, prefix, depth)
			return id, id != ""
		}
	}
	if !slices.ContainsFunc(prefix, func(p string) bool { return strings.HasPrefix(id, p) }) {
		return "", true
	}
	return id, true
}

// births are the ids with those prefixes of all objects that the plan makes, the
// ones that others make along with themselves included.
func (n *network) births(prefix []string) []string {
	kind := strings.Join(prefix, " ")
	if list, ok := n.born[kind]; ok {
		return list
	}
	born := map[string]bool{}
	for _, r := range n.resources {
		if r.mode != "managed" {
			continue
		}
		if slices.Contains(prefix, prefixes[r.typ]) && isStandIn(r.identity()) {
			born[r.id] = true
		}
		typ := r.typ
		if typ == "aws_default_vpc" {
			typ = "aws_vpc"
		}
		for attribute, x := range ids[typ] {
			if slices.Contains(prefix, x[0]) {
				if id := n.made(r, attribute); isStandIn(id) {
					born[id] = true
					if !isStandIn(r.identity()) { // of an object that is there: it may be any that is
						born[id+" or another"] = true
					}
				}
			}
		}
		if slices.Contains(prefix, "eni-") && isStandIn(r.identity()) && (r.typ == "aws_vpc_endpoint" || r.typ == "aws_nat_gateway") {
			born["eni-tf."+r.address], born["eni-tf."+r.address+" and others"] = true, true // how many is not known
		}
	}
	list := slices.Sorted(maps.Keys(born))
	if n.identified {
		n.born[kind] = list
	}
	return list
}

// refs is a list of ids; ok is false if some cannot be told. Of an unknown
// list, the expression must be nothing but references: with anything else in
// it, some of them may be left out.
func (n *network) refs(v value, prefix string) (list []string, ok bool) {
	if v.data != nil && !v.isUnknown() {
		elements, _ := v.list()
		unknown := 0
		for _, e := range elements {
			if e.isUnknown() {
				unknown++
			} else if s := e.str(); s != "" {
				list = append(list, s)
			}
		}
		if unknown == 0 {
			return list, true
		}
		found, ok := n.resolveList(v, prefix)
		ok = ok && len(found) == unknown
		if ok {
			list = append(list, found...)
		}
		v.note(strings.Join(found, " "))
		slices.Sort(list)
		return slices.Compact(list), ok
	}
	if !v.isUnknown() {
		return nil, true
	}
	if !v.configured() {
		return nil, true // the provider's to compute
	}
	list, ok = n.resolveList(v, prefix)
	if !ok {
		v.note("")
		return nil, false
	}
	v.note(strings.Join(list, " "))
	return list, true
}

// resolveList finds the unknown ids of a list.
func (n *network) resolveList(v value, prefix string) ([]string, bool) {
	if len(v.exprs) != 1 {
		return nil, false
	}
	in := n.read(v.exprs[0], v.r.frame(), 0)
	if !in.exact || in.open || in.foreign || len(in.targets) == 0 {
		return nil, false
	}
	found := map[string]bool{}
	for _, t := range in.targets {
		id, ok := n.idOf(t, []string{prefix}, 0)
		if ok && id == "" { // a known id may be in the list too
			if kv := t.r.root().attr("id"); (t.attribute == "" || t.attribute == "id") && kv.data != nil {
				id = kv.str()
			}
		}
		if !ok || !strings.HasPrefix(id, prefix) {
			return nil, false
		}
		found[id] = true
	}
	return slices.Sorted(maps.Keys(found)), true
}
