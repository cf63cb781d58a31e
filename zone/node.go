package zone

// node is one name of a tree. It is two lines of the processor's cache: what
// tells the name, and what answers for it. A large tree is in no cache, and what
// a lookup costs there is how many places it looks at; therefore the octets of
// the name and its records are here, and not where a pointer leads.
type node struct {
	words  [inline / 8]uint64 // the name's octets, and zeros behind, if they fit
	win    *winner            // of this name and of all names below that have no node of their own between
	size   uint8              // of the name, if it is in words; else tooLong
	count  uint8              // of sets, if there is none or one; else many
	rare   bool               // see [differ]
	exists bool               // in the winner's zone
	cut    bool               // delegated to other servers (Z34)
	plain  bool               // count is 1, and there is nothing to say about the set but its records
	apart  bool               // in none of the resolver's own zones, whatever the VPC: see isApart

	one  [1]rrset  // the set, if count is 1
	up   *node     // the parent in the same zone; of a name that does not exist in its zone, the closest encloser
	star *node     // the wildcard child
	more *overflow // what does not fit
	_    [8]byte
}

const (
	inline  = 48 // octets: most names are shorter
	tooLong = 255
	many    = 2
)

// overflow is what does not fit into a node.
type overflow struct {
	name string
	sets []rrset // by type
}

func (n *node) overflow() *overflow {
	if n.more == nil {
		n.more = &overflow{}
	}
	return n.more
}

// setName makes name the node's, which had none.
func (n *node) setName(name string) {
	n.rare, n.apart = isRare(name), isApart(name)
	if len(name) > inline {
		n.size, n.overflow().name = tooLong, name
		return
	}
	n.size = uint8(len(name))
	for i := range (len(name) + 7) / 8 {
		n.words[i] = wordAt(name, 8*i)
	}
}

// name returns the canonical name.
func (n *node) name() string {
	if n.size == tooLong {
		return n.more.name
	}
	var b [inline]byte
	for i := range int(n.size) {
		b[i] = byte(n.words[i/8] >> (i % 8 * 8))
	}
	return string(b[:n.size])
}

// named reports whether s is the node's name, in any letter case.
func (n *node) named(s string) bool {
	size := len(s)
	switch {
	case n.size == tooLong:
		return same(s, n.more.name, n.rare)
	case size != int(n.size):
		return false
	case size < 8 || n.rare:
		return same(s, n.name(), n.rare)
	}
	d, i := uint64(0), 0
	for ; i+8 <= size; i += 8 {
		d |= differ(word(s[i:]), n.words[i/8])
	}
	if rest := size - i; rest > 0 {
		d |= differ(word(s[size-8:])>>uint(64-8*rest), n.words[i/8])
	}
	return d == 0
}

// is reports whether n, which k is at or below, is k itself.
func (n *node) is(k *key) bool {
	if n.size == tooLong {
		return len(n.more.name) == len(k.text)
	}
	return int(n.size) == len(k.text)
}

// setSets makes sets the node's.
func (n *node) setSets(sets []rrset) {
	n.plain = false
	switch len(sets) {
	case 0:
		n.count = 0
	case 1:
		s := &sets[0]
		n.count, n.one[0] = 1, *s
		n.plain = s.state == setKnown && s.data != "" && !s.alias && s.codes == 0
	default:
		n.count, n.overflow().sets = many, sets
	}
}

// sets returns the records of the name by type, nil at an empty non-terminal.
func (n *node) sets() []rrset {
	switch n.count {
	case 0:
		return nil
	case 1:
		return n.one[:]
	}
	return n.more.sets
}
