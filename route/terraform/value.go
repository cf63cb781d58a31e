package terraform

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/privatelink-go/privatelink/endpoint"
)

// A value is a place in a resource: what stands there, whether it is known, and
// the expressions of the configuration that may have given it.
type value struct {
	r       *resource
	path    string
	data    any   // nil for null, absent and unknown
	unknown any   // after_unknown of the place: true, or objects and lists of the same shape
	exprs   []any // expression or block-expressions representations
}

// root is the whole resource.
func (r *resource) root() value {
	v := value{r: r, data: r.values, unknown: r.unknown}
	if r.conf != nil {
		v.exprs = []any{r.conf.Expressions}
	}
	return v
}

// attr is an attribute of an object.
func (v value) attr(name string) value {
	a := value{r: v.r, path: name}
	if v.path != "" {
		a.path = v.path + "." + name
	}
	if m, ok := v.data.(map[string]any); ok {
		a.data = m[name]
	}
	switch u := v.unknown.(type) {
	case bool:
		a.unknown = u
	case map[string]any:
		a.unknown = u[name]
	}
	for _, e := range v.exprs {
		m, ok := e.(map[string]any)
		if !ok {
			continue
		}
		if v.path != "" && isExpression(m) {
			a.exprs = append(a.exprs, e) // of the whole object, this attribute included
		} else if x := m[name]; x != nil {
			a.exprs = append(a.exprs, x)
		}
	}
	return a
}

// isUnknown reports whether the value is known only after apply.
func (v value) isUnknown() bool { b, _ := v.unknown.(bool); return b }

// isNull reports whether the value is known to be absent.
func (v value) isNull() bool { return v.data == nil && !v.isUnknown() }

// configured reports whether the configuration gives the value; true where
// there is no configuration to ask.
func (v value) configured() bool { return v.r.conf == nil || len(v.exprs) > 0 }

func (v value) fail(want string) {
	v.r.n.fail(v.r, v.path, newTypeError(want, v.data))
}

// str is a string, "" for null; an unknown one is noted and "".
func (v value) str() string {
	if v.isUnknown() {
		v.note("")
		return ""
	}
	switch s := v.data.(type) {
	case nil:
		return ""
	case string:
		return s
	case json.Number:
		return s.String()
	}
	v.fail("a string")
	return ""
}

// num is a whole number; ok is false for null and unknown.
func (v value) num() (i int, ok bool) {
	if v.isUnknown() {
		v.note("")
		return 0, false
	}
	var text string
	switch s := v.data.(type) {
	case nil:
		return 0, false
	case json.Number:
		text = s.String()
	case string:
		if s == "" {
			return 0, false
		}
		text = s
	}
	i, err := strconv.Atoi(text)
	if err != nil {
		v.fail("a whole number")
		return 0, false
	}
	return i, true
}

// boolean is true or false, nil for null and unknown.
func (v value) boolean() *bool {
	if v.isUnknown() {
		v.note("")
		return nil
	}
	switch b := v.data.(type) {
	case nil:
		return nil
	case bool:
		return &b
	case string:
		if p, err := strconv.ParseBool(b); err == nil {
			return &p
		}
	}
	v.fail("true or false")
	return nil
}

// isTrue reports whether the value is known to be true.
func (v value) isTrue() bool { b := v.boolean(); return b != nil && *b }

// list is the elements of a list or set; a single block is a list of one. ok
// is false if it is unknown which there are, which is noted.
func (v value) list() (elements []value, ok bool) {
	if v.isUnknown() {
		v.note("")
		return nil, false
	}
	var all []any
	switch l := v.data.(type) {
	case nil:
		return nil, true
	case []any:
		all = l
	case map[string]any:
		all = []any{l}
	default:
		v.fail("a list")
		return nil, true
	}
	unknown, _ := v.unknown.([]any)
	for i, x := range all {
		e := value{r: v.r, path: v.path + "[" + strconv.Itoa(i) + "]", data: x}
		if i < len(unknown) {
			e.unknown = unknown[i]
		}
		for _, expr := range v.exprs {
			blocks, isList := expr.([]any)
			if !isList {
				blocks = []any{expr}
			}
			for _, b := range blocks {
				if matches(b, x) {
					e.exprs = append(e.exprs, b)
				}
			}
		}
		elements = append(elements, e)
	}
	return elements, true
}

// matches reports whether a block of the configuration may have given an
// object: no constant of the block contradicts it. Sets are not in the order of
// their blocks.
func matches(block, object any) bool {
	b, ok := block.(map[string]any)
	o, isObject := object.(map[string]any)
	if !ok || !isObject || isExpression(b) {
		return true
	}
	for name, expr := range b {
		e, _ := expr.(map[string]any)
		if want, ok := e["constant_value"].(string); ok && o[name] != nil && o[name] != want {
			return false
		}
	}
	return true
}

// strs is a list of strings, without nulls and empty ones; ok is false if some
// are unknown, which is noted.
func (v value) strs() (list []string, ok bool) {
	elements, ok := v.list()
	for _, e := range elements {
		if e.isUnknown() {
			e.note("")
			ok = false
		} else if s := e.str(); s != "" {
			list = append(list, s)
		}
	}
	return list, ok
}

// tags are the resource's tags by key, the provider's default tags included.
func (r *resource) tags() endpoint.Tags {
	v := r.root().attr("tags_all")
	m, ok := v.data.(map[string]any)
	if !ok || len(m) == 0 {
		m, _ = r.root().attr("tags").data.(map[string]any)
	}
	var tags endpoint.Tags
	for _, key := range slices.Sorted(maps.Keys(m)) {
		if s, ok := m[key].(string); ok {
			tags = append(tags, endpoint.Tag{Key: key, Value: s})
		}
	}
	return tags
}

// note lists the value as unknown. An id that stands for it is better than
// none.
func (v value) note(standIn string) {
	if v.r.before || v.r.n.state {
		return
	}
	k := Unknown{Address: v.r.address, Path: v.path}
	if old, ok := v.r.n.unknown[k]; !ok || old == "" {
		v.r.n.unknown[k] = standIn
	}
}
