package zone

import (
	"cmp"
	"fmt"
	"strings"
)

// Name is a DNS name made ready to be asked of many views: what of a lookup
// depends on the name alone is done once. It is immutable and safe for
// concurrent use. Make one with [ParseName]; the zero Name is invalid.
type Name struct {
	text   string // "." for the root
	key    key
	labels []labelHash
}

// labelHash is where a label of a Name begins, and the hash of the name from
// there on.
type labelHash struct {
	at   int
	hash uint64
}

// ParseName reads a DNS name as [View.Lookup] does: in any letter case, with or
// without final dot, with the escapes of Route 53. The error wraps [ErrName].
func ParseName(s string) (*Name, error) {
	text, why := canonicalOr(s)
	if why != "" {
		return nil, fmt.Errorf("%q: %w: %s", s, ErrName, why)
	}
	n := &Name{text: cmp.Or(text, "."), key: key{text: text, vpce: strings.Contains(text, "vpce")}}
	for rest := text; rest != ""; rest = parent(rest) {
		n.labels = append(n.labels, labelHash{len(text) - len(rest), hash(rest)})
	}
	return n, nil
}

// String returns the name in lower case and without final dot, "." for the
// root; "" for the zero Name.
func (n *Name) String() string { return n.text }

// LookupName is [View.Lookup] for a name that was made ready. The zero Name
// has the invalid zero Answer.
func (v *View) LookupName(n *Name, t Type) (a Answer) {
	if v.zones == nil || n.text == "" {
		return a
	}
	at := v.tree.root
	for _, l := range n.labels {
		if found := v.tree.at(l.hash, n.key.text[l.at:]); found != nil {
			at = found
			break
		}
	}
	v.answer(&a, &n.key, at, t)
	a.name = n.text
	return a
}
