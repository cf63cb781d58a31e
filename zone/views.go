package zone

import (
	"cmp"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// vpc is a VPC as DNS sees it: what was read of it, and what is made of that.
type vpc struct {
	id                 string
	support, hostnames *bool // the attributes; nil if not given
	isDefault          bool
	cidrs              []netip.Prefix
	regions            []string // mostly one
	interfaces         []*eni
	zones              []member // all of them, by name and id

	mode     zoneMode
	silent   bool            // Z4
	evidence naming.Evidence // the most an answer can have here
	codes    codes           // of every answer here
	tree     *tree           // of the VPC's resolver
	shades   shades
	inbound  *tree // of its inbound Resolver endpoint
	shadesIn shades
	auto     *autodefined
}

// zoneMode says whether the private zones of a VPC answer.
type zoneMode uint8

const (
	zonesOn    zoneMode = iota
	zonesOff            // enableDnsHostnames is false (section 4)
	zonesMaybe          // it is not in the input, and nothing tells (Z12)
)

// addRegion notes the Region of an Availability Zone of the VPC.
func (v *vpc) addRegion(az string) {
	if r, ok := naming.ZoneRegion(az); ok {
		v.addRegionName(r)
	}
}

func (v *vpc) addRegionName(r string) {
	if r != "" && !slices.Contains(v.regions, r) {
		v.regions = append(v.regions, r)
	}
}

// region returns the Region of the VPC, "" if the input does not tell, or not
// in one voice.
func (v *vpc) region() string {
	if len(v.regions) == 1 {
		return v.regions[0]
	}
	return ""
}

// shade is a zone that does not serve a view, and would win a name there if it
// did: what it has to say about the answer that comes instead.
type shade struct {
	labels   int
	evidence naming.Evidence
	codes    codes
}

type shades map[string]shade

func (s shades) add(z *zoneData, e naming.Evidence, c codes) {
	old, ok := s[z.name]
	if ok {
		e, c = e.Weakest(old.evidence), c|old.codes
	}
	s[z.name] = shade{labels: labels(z.name), evidence: e, codes: c}
}

func (b *builder) buildViews() {
	trees := map[string]*tree{}
	for _, id := range slices.Sorted(maps.Keys(b.endpoints)) {
		e := b.endpoints[id]
		for _, z := range e.zones {
			b.members[e.VPCID] = append(b.members[e.VPCID], member{zone: z})
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.z.vpcs)) {
		v := b.z.vpcs[id]
		members := unique(b.members[id])
		for _, m := range members {
			if m.zone != nil {
				v.zones = append(v.zones, m)
			}
		}
		b.attributes(v)
		v.tree, v.shades = b.view(v, members, false, trees)
		v.inbound, v.shadesIn = b.view(v, members, true, trees)
		if v.mode != zonesOff {
			v.auto = newAutodefined(v)
		}
	}
}

// unique orders the members of a VPC: zones by name and id, then rules by id.
// What a VPC has by itself and by a Profile it has by itself.
func unique(list []member) []member {
	list = slices.Clone(list)
	slices.SortFunc(list, func(a, b member) int {
		if a.zone != nil && b.zone != nil {
			return cmp.Or(compareNames(a.zone.name, b.zone.name), strings.Compare(a.zone.ID, b.zone.ID),
				cmp.Compare(a.zone.index, b.zone.index), compareBool(a.profile, b.profile))
		}
		if a.rule != nil && b.rule != nil {
			return cmp.Or(strings.Compare(a.rule.ID, b.rule.ID), compareBool(a.profile, b.profile))
		}
		return compareBool(a.rule != nil, b.rule != nil)
	})
	return slices.CompactFunc(list, func(a, b member) bool { return a.zone == b.zone && a.rule == b.rule })
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// attributes decides what the VPC attributes mean, in this order:
//
//  1. enableDnsSupport is given as false: silence (Z4). That enableDnsHostnames
//     is then true, the API does not allow: modelled.
//  2. enableDnsHostnames is given: it decides whether private zones answer.
//  3. it is not: they do if an endpoint of the VPC has private DNS on, which
//     needs it, or if the VPC is a default one (Z12); else nobody knows.
//
// Whatever is not given is assumed, which every answer then says.
func (b *builder) attributes(v *vpc) {
	v.evidence = naming.Given
	if v.support != nil && !*v.support {
		v.silent, v.codes = true, codeOff
		if v.hostnames != nil && *v.hostnames {
			v.evidence = naming.Modelled
		}
		return
	}
	if v.support == nil || v.hostnames == nil {
		v.evidence, v.codes = naming.Modelled, codeAssumed
	}
	switch {
	case v.hostnames != nil && !*v.hostnames:
		v.mode = zonesOff
	case v.hostnames == nil && !v.isDefault && !b.anyPrivateDNS(v.id):
		v.mode = zonesMaybe
	}
}

func (b *builder) anyPrivateDNS(vpcID string) bool {
	for i := range b.c.Endpoints {
		if e := &b.c.Endpoints[i]; e.VPCID == vpcID && e.PrivateDNSEnabled {
			return true
		}
	}
	return false
}

// view makes the tree of a VPC's resolver or of its inbound Resolver endpoint,
// and the zones that cast a shade on it. VPCs with the same zones and rules
// share a tree.
func (b *builder) view(v *vpc, members []member, inbound bool, trees map[string]*tree) (*tree, shades) {
	var serving []member
	out := shades{}
	var key strings.Builder
	for _, m := range members {
		z := m.zone
		switch {
		case z == nil:
		case v.mode == zonesOff && z.Kind == HiddenZone:
			out.add(z, naming.Modelled, codeOff) // Z13
			continue
		case v.mode == zonesOff:
			out.add(z, naming.Given, codeOff)
			continue
		case z.withheld:
			out.add(z, naming.Modelled, codeNotAvailable) // section 6
			continue
		case z.inboundOnly && !inbound:
			out.add(z, naming.Given, codeInboundOnly) // Z38
			continue
		}
		serving = append(serving, m)
		if z != nil {
			key.WriteString("z" + strconv.Itoa(z.index))
		} else {
			key.WriteString("r" + m.rule.ID)
		}
		if m.profile {
			key.WriteString("p")
		}
		key.WriteByte(' ')
	}
	if len(out) == 0 {
		out = nil
	}
	if len(serving) == 0 {
		return noTree, out
	}
	t := trees[key.String()]
	if t == nil {
		t = buildTree(serving)
		trees[key.String()] = t
	}
	return t, out
}

// buildTree makes the tree of some zones and rules. Of several of one domain
// see [conflict].
func buildTree(members []member) *tree {
	b := treeBuilder{zones: map[string]*winner{}, rules: map[string]*winner{}}
	data := map[*winner]*zoneData{}
	profiles := map[string]bool{} // the domains of rules that a Profile brings
	size := 0
	for group := range chunks(members) {
		if z := group[0].zone; z != nil {
			w := zoneWinner(group)
			b.zones[z.name] = w
			if w.kind == winZone {
				data[w] = z
				size += len(z.owners)
			}
			continue
		}
		w, domain, ok := ruleWinner(group[0].rule)
		if !ok {
			continue
		}
		profiles[domain] = profiles[domain] || group[0].profile
		if _, taken := b.rules[domain]; taken { // which of two rules wins, AWS does not say
			o := &origin{Source: Source{Kind: ForwardRule, Zone: cmp.Or(domain, ".")}}
			w = conflict(&winner{origin: o, labels: labels(domain)}, profiles[domain])
		}
		b.rules[domain] = w
	}
	b.tree = newTree(size + len(b.zones) + len(b.rules))
	for d := range b.zones {
		b.domain(d)
	}
	for d := range b.rules {
		b.domain(d)
	}
	nested := b.nested()
	for _, m := range members {
		z := m.zone
		if z == nil || data[b.zones[z.name]] != z {
			continue
		}
		if w, _ := b.winner(z.name); w == b.zones[z.name] || nested[z.name] {
			b.zone(z, b.zones[z.name], nested[z.name])
		}
	}
	b.system(data)
	return new(b.tree)
}

// nested returns the names that have the domain of a zone or a rule below
// them, or a rule's at them: a zone of such a name does not win everything in
// it.
func (b *treeBuilder) nested() map[string]bool {
	above := map[string]bool{}
	mark := func(name string) {
		for name != "" && !above[name] {
			above[name] = true
			name = parent(name)
		}
	}
	for d := range b.zones {
		mark(parent(d))
	}
	for d := range b.rules {
		mark(d)
	}
	return above
}

// chunks yields the members of one zone name together, and rules one by one.
func chunks(members []member) func(yield func([]member) bool) {
	return func(yield func([]member) bool) {
		for len(members) > 0 {
			n := 1
			for n < len(members) && members[0].zone != nil && members[n].zone != nil && members[n].zone.name == members[0].zone.name {
				n++
			}
			if !yield(members[:n]) {
				return
			}
			members = members[n:]
		}
	}
}

// zoneWinner makes the zones of one name the winner of its names. There is
// mostly one. Of several, the first stands for all if they hold the same
// records; otherwise AWS does not say which answers (Z6; Z36 if a Profile
// brings one).
func zoneWinner(group []member) *winner {
	z := group[0].zone
	w := &winner{origin: &z.origin, kind: winZone, rule: ruleZ9, evidence: z.evidence, labels: labels(z.name), cuts: z.cuts}
	if z.noSets {
		w.kind = winNoSets
	}
	if len(group) == 1 {
		return w
	}
	profile := false
	same := true
	for _, m := range group {
		profile = profile || m.profile
		same = same && m.zone.same(z)
	}
	if same {
		w.evidence, w.codes = w.evidence.Weakest(naming.Modelled), codeConflict
		return w
	}
	return conflict(w, profile)
}

// conflict turns a winner into one of several for the same names.
func conflict(w *winner, profile bool) *winner {
	c := &winner{
		origin: &origin{Source: Source{Kind: w.Kind, Zone: w.Zone}},
		kind:   winConflict, rule: ruleZ6, evidence: naming.Unspecified, codes: codeConflict, labels: w.labels,
	}
	if profile {
		c.rule = ruleZ36
	}
	return c
}
