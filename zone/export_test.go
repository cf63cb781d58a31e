package zone

// Fold is canonical without its way for escapes, and Canonical the slow twin,
// which takes them too.
func Fold(s string) (string, bool) {
	k := key{text: cutDot(s)}
	return k.lower(), s != "" && isPlain(k.text)
}

// Canonical is canonicalOr.
func Canonical(s string) (text string, ok bool) {
	text, why := canonicalOr(s)
	return text, why == ""
}

// Same is both comparisons of a text with a canonical name: that of any length
// and the node's.
func Same(s, name string) (text, inNode bool) {
	n := &node{}
	n.setName(name)
	if n.name() != name {
		panic(name + " came back as " + n.name())
	}
	return same(s, name, isRare(name)), n.named(s)
}

// Hash is hash.
func Hash(s string) uint64 { return hash(s) }

// Finder is a tree of names, each with its place in the list as its winner's
// labels.
func Finder(names []string) (find func(string) (at int, ok bool)) {
	b := treeBuilder{tree: newTree(0)}
	for i, name := range names {
		b.new(name, hash(name), &winner{labels: i})
	}
	return func(s string) (int, bool) {
		k := key{text: cutDot(s)}
		n, ok := b.find(&k)
		switch {
		case !ok:
			return 0, false
		case n == nil:
			return -1, true
		}
		return n.win.labels, true
	}
}

// CanonicalIn is canonicalIn.
func CanonicalIn(s, zone string) (string, error) { return canonicalIn(s, zone) }

// EC2Domains is ec2Domains, and IsApart isApart.
func EC2Domains(region string) []string { return ec2Domains(region) }

func IsApart(name string) bool { return isApart(name) }
