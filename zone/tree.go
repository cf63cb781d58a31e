package zone

import (
	"math/bits"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// tree is what one view knows of names: every name of its zones, the names in
// between that exist without records (empty non-terminals), and the domains of
// its rules, in one hash table. The first name on the way up from an asked one
// that is in the table says everything: which zone or rule wins there (Z6),
// whether the name exists, and whether its closest encloser has a wildcard (Z27
// to Z29).
//
// That holds because the domain of every zone and rule is in the table, and a
// name that a more specific zone or rule wins is never entered for a less
// specific one.
type tree struct {
	groups []group // a power of two
	shift  uint8   // from a hash to its group
	names  int     // how many there are
	root   *node   // of a rule for "."; nil without one
}

// A group is the place of seven names, in one line of the processor's cache:
// nearly every name that is not there costs one look, and one that is, two. It
// is the group that the names' hashes say, or a later one if those between were
// full.
type group struct {
	tags  uint64 // an octet for each name, 0 where there is none; the highest tells that the group was full
	nodes [7]*node
}

const (
	lowOctets = lanes >> 8 // of the seven
	full      = 1 << 56
)

// tag is what a group has of a hash. Where there is no name the octets have
// nothing in common with it.
func tag(hash uint64) uint64 { return hash&0xff | 0x80 }

// vacant returns a mark in the highest bit of every octet of seven that is 0.
// Above one that is, it may mark others.
func vacant(x uint64) uint64 { return (x - lowOctets) & ^x & (lowOctets << 7) }

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

// find returns the node of the nearest name that is k or above it; nil if
// there is none. It is false if k is no DNS name, or holds an escape that the
// node's name does not, which is for [tree.above]. It tells whether k may be an
// endpoint's own name by the labels that it passes, and where it does not pass
// all, that it may.
func (t *tree) find(k *key) (n *node, ok bool) {
	if len(k.text) > maxName {
		return nil, false
	}
	for at := 0; at < len(k.text); {
		name := k.text[at:]
		if n := t.at(hash(name), name); n != nil {
			k.vpce = true
			return n, true
		}
		k.vpce = k.vpce || name[0]|0x20 == 'v' || at == 0 && isPrivateAPI(name)
		if at, ok = label(k.text, at); !ok {
			return nil, false
		}
	}
	return t.root, true
}

// above is find for a text that is known to be a name, in any letter case. It
// may hold escapes, if they are canonical.
func (t *tree) above(name string) *node {
	for ; name != ""; name = parent(name) {
		if n := t.named(name); n != nil {
			return n
		}
	}
	return t.root
}

// isPrivateAPI reports whether a name may be that of a private API through an
// endpoint: ten characters, a hyphen and "vpce-" (NAM-10).
func isPrivateAPI(name string) bool { return len(name) > 16 && name[10] == '-' && name[11]|0x20 == 'v' }

// at returns the node of a name, in any letter case, by its hash; nil if there
// is none.
func (t *tree) at(hash uint64, name string) *node {
	for i := hash >> (t.shift & 63); ; i++ {
		g := &t.groups[i&uint64(len(t.groups)-1)]
		for m := vacant(g.tags ^ tag(hash)*lowOctets); m != 0; m &= m - 1 {
			if n := g.nodes[bits.TrailingZeros64(m)/8]; n.named(name) {
				return n
			}
		}
		if g.tags < full {
			return nil
		}
	}
}

// named returns the node of a canonical name; nil if there is none.
func (t *tree) named(name string) *node {
	if name == "" {
		return t.root
	}
	return t.at(hash(name), name)
}

// noTree has no names.
var noTree = new(newTree(0))

// newTree returns a tree with room for so many names; it grows beyond.
func newTree(names int) tree {
	size := bits.Len(uint(names / 4))
	return tree{groups: make([]group, 1<<size), shift: uint8(64 - size)}
}

// enter enters a node whose name has no node yet.
func (t *tree) enter(n *node, h uint64) {
	if t.names++; t.names > 4*len(t.groups) {
		old := *t
		*t = newTree(2 * old.names)
		t.names, t.root = old.names, old.root
		for i := range old.groups {
			for _, n := range old.groups[i].nodes {
				if n != nil {
					t.put(n, hash(n.name()))
				}
			}
		}
	}
	t.put(n, h)
}

func (t *tree) put(n *node, h uint64) {
	for i := h >> t.shift; ; i++ {
		g := &t.groups[i&uint64(len(t.groups)-1)]
		if free := vacant(g.tags); free != 0 {
			at := bits.TrailingZeros64(free) / 8
			g.tags |= tag(h) << (8 * at)
			g.nodes[at] = n
			return
		}
		g.tags |= full
	}
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

	last     *node // the parent that was ensured last
	lastName string
}

// new makes and enters the node of a name, which has that hash.
func (b *treeBuilder) new(name string, hash uint64, w *winner) *node {
	if len(b.free) == 0 {
		b.free = make([]node, min(max(16, b.names), 4096))
	}
	n := &b.free[0]
	b.free = b.free[1:]
	n.setName(name)
	n.win = w
	b.enter(n, hash)
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
	w, _ := b.winner(name)
	switch {
	case name == "":
		b.root = &node{win: w}
	case b.named(name) == nil:
		b.new(name, hash(name), w)
	}
}

// zone enters the records of a zone that wins its domain. nested tells whether
// another zone or a rule has its domain below.
func (b *treeBuilder) zone(z *zoneData, w *winner, nested bool) {
	for i := range z.owners {
		o := &z.owners[i]
		if n := b.ensure(z.name, o.name, w, nested); n != nil {
			n.setSets(o.sets)
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
	h := hash(name)
	n := b.at(h, name)
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
			n = b.new(name, h, w)
		}
		n.exists = true
	}
	if len(name) > len(apex) {
		up := b.last // of siblings, the parent is asked for again and again
		if above := parent(name); up == nil || up.win != w || b.lastName != above {
			up = b.ensure(apex, above, w, nested)
			b.last, b.lastName = up, above
		}
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
		n := b.named(d)
		switch z := zones[n.win]; {
		case z == nil:
		case !n.exists:
			n.up = z.encloser(d, n.win)
		case n.up == nil:
			n.raise(z, d)
		}
	}
}
