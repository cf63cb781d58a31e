package zone

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// tree is what one view knows of names: every name of its zones, the names in
// between that exist without records (empty non-terminals), and the domains of
// its rules, in one map. The first name on the way up from an asked one that is
// in the map says everything: which zone or rule wins there (Z6), whether the
// name exists, and whether its closest encloser has a wildcard (Z27 to Z29).
//
// That holds because the domain of every zone and rule is in the map, and a
// name that a more specific zone or rule wins is never entered for a less
// specific one.
type tree struct {
	nodes map[string]*node
	root  *node // of a rule for "."; nil without one

	// filter tells most names that are not in the map without asking it, which
	// costs a fifth: a bit for each hash of a name's length and first octets.
	filter []uint64
	shift  uint8 // from a hash to the number of its bit
}

// node is one name of a tree.
type node struct {
	win    *winner  // of this name and of all names below that have no node of their own between
	up     *node    // the parent in the same zone; of a name that does not exist in its zone, the closest encloser
	star   *node    // the wildcard child
	sets   []rrset  // by type; nil at an empty non-terminal
	one    [1]rrset // where sets is, if it is a single one: next to the node in memory
	exists bool     // in the winner's zone
	cut    bool     // delegated to other servers (Z34)
}

// winner is a zone or a rule as the winner of names.
type winner struct {
	*origin
	kind     winKind
	rule     rule            // of an answer that no later step decides
	evidence naming.Evidence // of the zone's names, and of its winning
	codes    codes
	labels   int           // of its domain: how specific it is
	cuts     bool          // the zone has delegations
	partial  bool          // the input does not have all names of the zone
	forward  *ResolverRule // of a rule
}

type winKind uint8

const (
	winZone     winKind = iota
	winNoSets           // a zone whose record sets are not in the input
	winConflict         // several zones or rules of one domain (Z6, Z36)
	winForward          // Z8
	winDelegate         // a DELEGATE rule (Z34)
	winPublic           // a SYSTEM rule, and no zone
)

// find returns the node of the nearest name at or above key, which must be
// folded, and whether it is key itself; nil if there is none.
func (t *tree) find(key []byte) (n *node, exact bool) {
	for i := 0; ; {
		if t.may(key[i:]) {
			if n := t.nodes[string(key[i:])]; n != nil {
				return n, i == 0
			}
		}
		j := bytes.IndexByte(key[i:], '.')
		if j < 0 {
			return t.root, len(key) == 0
		}
		i += j + 1
	}
}

// may reports false only if the map has no such name. Names of fewer than
// eight octets it does not tell.
func (t *tree) may(key []byte) bool {
	if len(key) < 8 {
		return true
	}
	bit := filterHash(binary.LittleEndian.Uint64(key), len(key)) >> (t.shift & 63)
	return t.filter[bit>>6]&(1<<(bit&63)) != 0
}

func filterHash(first uint64, size int) uint64 {
	return (first ^ uint64(size)*0xa0761d6478bd642f) * 0x9e3779b97f4a7c15
}

// finish makes the filter, with eight bits for each name.
func (t *tree) finish() *tree {
	size := max(6, bits.Len(uint(8*len(t.nodes))))
	t.filter, t.shift = make([]uint64, 1<<(size-6)), uint8(64-size)
	for name := range t.nodes {
		if len(name) >= 8 {
			bit := filterHash(word(name), len(name)) >> t.shift
			t.filter[bit>>6] |= 1 << (bit & 63)
		}
	}
	return t
}

// labels returns the number of labels of a canonical name.
func labels(name string) int {
	if name == "" {
		return 0
	}
	return strings.Count(name, ".") + 1
}

// parent returns the name without its first label, "" for a single label.
func parent(name string) string {
	_, rest, _ := strings.Cut(name, ".")
	return rest
}

// within reports whether name is apex or below it, label-wise (Z6).
func within(name, apex string) bool {
	if apex == "" {
		return true
	}
	return strings.HasSuffix(name, apex) &&
		(len(name) == len(apex) || name[len(name)-len(apex)-1] == '.')
}

// treeBuilder makes a tree of domains, each with its winner.
type treeBuilder struct {
	tree
	zones map[string]*winner // by domain: the zones
	rules map[string]*winner // by domain: the rules; nil stands for SYSTEM
	free  []node             // nodes are handed out of larger pieces
}

func (b *treeBuilder) node() *node {
	if len(b.free) == 0 {
		b.free = make([]node, min(max(16, len(b.nodes)), 4096))
	}
	n := &b.free[0]
	b.free = b.free[1:]
	return n
}

var publicWinner = &winner{origin: publicOrigin, kind: winPublic, rule: ruleZ7, evidence: naming.Documented}

// winner returns what wins name (Z6, Z8), and the domain; nil if nothing but
// the public DNS does. A SYSTEM rule repeats the search without rules.
func (b *treeBuilder) winner(name string) (w *winner, domain string) {
	for d := name; ; d = parent(d) {
		if w, ok := b.rules[d]; ok {
			if w != nil {
				return w, d
			}
			if w, domain = b.zoneOf(d); w == nil {
				w = publicWinner
			}
			return w, domain
		}
		if w := b.zones[d]; w != nil {
			return w, d
		}
		if d == "" {
			return nil, ""
		}
	}
}

func (b *treeBuilder) zoneOf(name string) (w *winner, domain string) {
	for d := name; ; d = parent(d) {
		if w := b.zones[d]; w != nil {
			return w, d
		}
		if d == "" {
			return nil, ""
		}
	}
}

// domain enters the domain of a zone or a rule.
func (b *treeBuilder) domain(name string) {
	if _, ok := b.nodes[name]; ok || (name == "" && b.root != nil) {
		return
	}
	n := b.node()
	n.win, _ = b.winner(name)
	if name == "" {
		b.root = n
		return
	}
	b.nodes[name] = n
}

// zone enters the records of a zone that wins its domain. nested tells whether
// another zone or a rule has its domain below.
func (b *treeBuilder) zone(z *zoneData, w *winner, nested bool) {
	for i := range z.owners {
		o := &z.owners[i]
		if n := b.ensure(z.name, o.name, w, nested); n != nil {
			n.sets = o.sets
			if len(o.sets) == 1 {
				n.one[0] = o.sets[0]
				n.sets = n.one[:]
			}
			if o.cut {
				n.cut = true
			}
		}
	}
}

// ensure returns the node of a name that exists in the zone, and makes it and
// those between it and the zone's domain where they are missing. It returns
// nil for a name that the zone does not win, and goes on above it.
func (b *treeBuilder) ensure(apex, name string, w *winner, nested bool) *node {
	n := b.nodes[name]
	if n != nil && n.exists && n.win == w {
		return n
	}
	mine := true
	if nested {
		win, _ := b.winner(name)
		mine = win == w
	}
	if mine {
		if n == nil {
			n = b.node()
			n.win = w
			b.nodes[name] = n
		}
		n.exists = true
	}
	if len(name) > len(apex) {
		up := b.ensure(apex, parent(name), w, nested)
		if mine {
			n.up = up
			if up != nil && strings.HasPrefix(name, "*.") {
				up.star = n
			}
		}
	}
	if !mine {
		return nil
	}
	return n
}

// system completes the nodes of SYSTEM rules in a zone. One that the zone lacks
// is answered by its closest encloser, above the rule's domain. One that it has
// needs the names above it, which another rule may win: what a wildcard or a
// delegation there says of the names below, it says here too (Z28, Z34).
func (b *treeBuilder) system(zones map[*winner]*zoneData) {
	for d, w := range b.rules {
		if w != nil {
			continue
		}
		n := b.nodes[d]
		if d == "" {
			n = b.root
		}
		switch z := zones[n.win]; {
		case z == nil:
		case !n.exists:
			n.up = z.encloser(d, n.win)
		case n.up == nil:
			n.raise(z, d)
		}
	}
}
