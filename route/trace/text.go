package trace

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// Step is one line of a proof: what was asked and what decided it.
type Step struct {
	Word string // dns, route, gateway, return, ends
	Text string // one line; ids are followed by their Name tags
}

// String prints the proof: the question, the steps numbered in order, the
// verdict with its evidence and codes, and the hints. It is plain text for
// people and may change between releases; programs read the fields.
func (tr Trace) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s from %s", hostPort(tr.Host, tr.Port), tr.From.w.Label(tr.From.ID()))
	if tr.From.AZ() != "" {
		fmt.Fprintf(&b, ", %s", tr.From.AZ())
	}
	if tr.From.VPC() != "" {
		fmt.Fprintf(&b, ", of %s", tr.From.w.Label(tr.From.VPC()))
	}
	b.WriteByte('\n')
	for i, s := range tr.Steps() {
		fmt.Fprintf(&b, "%3d %-7s %s\n", i+1, s.Word, s.Text)
	}
	fmt.Fprintf(&b, "    verdict %s: %s (evidence: %s)\n", strings.ToUpper(string(tr.Verdict)), tr.Class, tr.Evidence)
	if len(tr.Codes) > 0 {
		fmt.Fprintf(&b, "    codes   %s\n", joinCodes(tr.Codes))
	}
	for _, h := range tr.Hints {
		fmt.Fprintf(&b, "    hint    %s: %s\n", h.Code, h.Text)
	}
	return b.String()
}

// Steps returns the proof as lines in order: the lookups, then for every
// distinct way the rows that decided and where it ends. Addresses that take
// the same way share its lines.
func (tr Trace) Steps() []Step {
	var steps []Step
	for _, l := range tr.DNS {
		if l.Counted {
			steps = append(steps, Step{"dns", tr.lookupText(l)})
		}
	}
	ways := tr.ways()
	for len(ways) > 0 {
		// Ways that end alike stand together, before their one end.
		n := 1
		for n < len(ways) && tr.endKey(ways[n]) == tr.endKey(ways[0]) {
			n++
		}
		var all []route.Path
		for _, g := range ways[:n] {
			steps = append(steps, tr.waySteps(g)...)
			all = append(all, g...)
		}
		steps = append(steps, Step{"ends", tr.endText(all)})
		ways = ways[n:]
	}
	return steps
}

// way is a set of paths that differ in nothing but the address and the
// network interface they end at.
type way []route.Path

// ways groups the paths, in order of their first address.
func (tr Trace) ways() []way {
	var ways []way
	index := map[string]int{}
	for _, p := range tr.Paths {
		key := tr.wayKey(p)
		i, ok := index[key]
		if !ok {
			i = len(ways)
			index[key] = i
			ways = append(ways, nil)
		}
		ways[i] = append(ways[i], p)
	}
	return ways
}

func (tr Trace) wayKey(p route.Path) string {
	var b strings.Builder
	b.WriteString(tr.endKey(way{p}))
	for _, h := range p.Hops {
		id := h.ID
		if h.Kind == route.HopEndpointENI || h.Kind == route.HopLocal {
			id = ""
		}
		fmt.Fprintf(&b, "|%s %s %s %s %s %v", h.Kind, id, h.RouteTable, h.Destination, h.Target, h.Lost)
	}
	return b.String()
}

// endKey tells ends apart: the class, the codes, the gateways passed, and the
// endpoint or the gateway at the end.
func (tr Trace) endKey(g way) string {
	p := g[0]
	var b strings.Builder
	fmt.Fprintf(&b, "%s|%s|%s", p.Class, p.Verdict, joinCodes(p.Codes))
	for _, h := range p.Hops {
		switch h.Kind {
		case route.HopSubnet, route.HopDirect, route.HopReturn:
		case route.HopEndpointENI:
			b.WriteString("|" + tr.From.w.owner(h.ID))
		case route.HopLocal:
			b.WriteString("|local")
			if h.ID == "" {
				b.WriteString(" nobody's")
			}
		default:
			b.WriteString("|" + h.ID)
		}
	}
	return b.String()
}

// waySteps prints the rows that decided one way.
func (tr Trace) waySteps(g way) []Step {
	var steps []Step
	p := g[0]
	addrs := addresses(g)
	for i, h := range p.Hops {
		if s, ok := tr.hopText(i, h, addrs); ok {
			steps = append(steps, s)
		}
	}
	return steps
}

// hopText prints one hop; false for a hop that the line before or the end
// says already.
func (tr Trace) hopText(i int, h route.Hop, addrs string) (Step, bool) {
	w := tr.From.w
	switch h.Kind {
	case route.HopDirect:
		where := "this very subnet"
		if i > 0 {
			where = w.Label(h.ID)
		}
		return Step{"route", fmt.Sprintf("%s in %s: no table is asked (R5)", orDestination(addrs), where)}, true
	case route.HopReturn:
		return Step{"return", tr.rowText(h, "back from "+w.Label(h.ID)+", ")}, true
	case route.HopEndpointENI, route.HopLocal:
		return Step{}, false
	}
	if h.RouteTable == "" && h.Rule == "" {
		return Step{}, false // a gateway that decides nothing: its row named it
	}
	prefix := ""
	switch {
	case i == 0 && addrs != "":
		prefix = "to " + addrs + ": "
	case i > 0 && h.Kind == route.HopSubnet:
		prefix = "in " + w.Label(h.ID) + ", "
	case i > 0:
		prefix = "at " + w.Label(h.ID) + ", "
	}
	return Step{"route", tr.rowText(h, prefix)}, true
}

// rowText prints the row that decided and what it beat.
func (tr Trace) rowText(h route.Hop, prefix string) string {
	w := tr.From.w
	var b strings.Builder
	b.WriteString(prefix)
	if h.RouteTable != "" {
		b.WriteString(w.Label(h.RouteTable) + ": ")
	}
	switch {
	case h.Destination != "":
		b.WriteString(strings.TrimSpace(h.Destination + " " + w.Label(h.Target)))
	case len(h.Lost) > 0:
		b.WriteString("no row decides")
	case h.Rule == "R7":
		b.WriteString("no table is asked for a link-local service")
	default:
		b.WriteString("no row contains it")
	}
	for i, l := range h.Lost {
		word := " beats "
		if h.Destination == "" {
			word = " between "
		}
		if i > 0 {
			word = ", "
		}
		b.WriteString(word + strings.TrimSpace(l.Destination+" "+w.Label(l.Target)))
	}
	if r := ruleText(h.Rule); r != "" {
		fmt.Fprintf(&b, " (%s)", r)
	}
	return b.String()
}

// endText says where a way ends.
func (tr Trace) endText(g way) string {
	w, p := tr.From.w, g[0]
	var last route.Hop
	if n := len(p.Hops); n > 0 {
		last = p.Hops[n-1]
	}
	switch p.Class {
	case route.ClassEndpoint:
		return fmt.Sprintf("%s of %s: the endpoint%s", lastIDs(w, g), w.Label(w.owner(last.ID)), gatewayText(w, p))
	case route.ClassGatewayEndpoint:
		return fmt.Sprintf("%s: the gateway endpoint of the service", w.Label(last.ID))
	case route.ClassLocal:
		if last.ID != "" && last.Kind == route.HopLocal {
			return fmt.Sprintf("%s, an address of the VPC", lastIDs(w, g))
		}
		if why := tr.reason(g); why != "" {
			return "an address of the VPC: " + why
		}
		return "an address of the VPC"
	case route.ClassReserved:
		return "reserved: what a host reaches itself, such as instance metadata and the resolver, and no route"
	}
	if p.Verdict == route.Public {
		end := "the internet"
		if isAWSHost(tr.Host) {
			end = "the AWS service"
		}
		by := w.Label(last.ID)
		if isAWSHost(tr.Host) && !inChina(tr.From.Region()) {
			return end + ", by " + by + ", without leaving the AWS network (R22)"
		}
		return end + ", by " + by
	}
	end := string(p.Class)
	if last.ID != "" && len(p.Hops) > 1 {
		end += " at " + w.Label(last.ID)
	}
	codes, why := joinCodes(reasons(p.Codes)), tr.reason(g)
	switch {
	case codes != "" && why != "":
		return end + ": " + codes + " (" + why + ")"
	case codes+why != "":
		return end + ": " + codes + why
	}
	return end
}

// lookupText prints one lookup; its type where both families count.
func (tr Trace) lookupText(l Lookup) string {
	a := l.Answer
	src := a.Source()
	var who, what string
	switch src.Kind {
	case zone.HiddenZone:
		who = "hidden private hosted zone " + src.ID
	case zone.CustomerZone:
		who = "private hosted zone " + src.ID + " " + src.Zone
	case zone.VPCE:
		who = "the endpoint's own public names, " + src.Zone + ":"
	case zone.ForwardRule:
		who = "Resolver rule " + src.ID + " " + src.Zone
	case zone.Autodefined:
		who = "the resolver's own zone " + src.Zone
	case zone.PublicDNS:
		who = "public DNS"
	default:
		who = "nobody"
	}
	switch rcode, ok := a.RCode(); {
	case ok && a.Len() == 0 && rcode == zone.NoError:
		what = " has no " + l.Type.String() + " record"
	case ok && a.Len() == 0:
		what = " answers " + rcode.String()
	case ok:
		what = " answers"
		for r := range a.Records() {
			what += " " + r.Data()
		}
	case l.public == endpoint.PublicAddressNotKnown:
		what = ": the address is not known; every public " + tr.familyWord(l) + "address takes the same way"
	case l.public == endpoint.PublicPathsDiffer:
		what = ": the address is not known; possible " + tr.familyWord(l) + "addresses take different ways"
	case src.Kind == zone.ForwardRule:
		what = " sends it on; the answer is not known"
	case src.Kind == zone.NoSource && a.Evidence() > naming.Unknown:
		what = " answers: DNS support is off"
	case src.Kind == zone.HiddenZone && slices.Contains(a.Codes(), endpoint.UnknownResource):
		what = ": the answer is not known, as describe-network-interfaces does not have the endpoint's"
	default:
		what = ": the answer is not known"
	}
	text := strings.TrimRight(who, " ") + what
	if tr.counted() > 1 {
		text = l.Type.String() + ": " + text
	}
	if rule := a.Rule(); rule != "" {
		text += " (" + rule + ")"
	}
	return text
}

// familyWord names the family of a lookup's addresses, with a space after it,
// where both count: ways are alike or not within a family.
func (tr Trace) familyWord(l Lookup) string {
	switch {
	case tr.counted() < 2:
		return ""
	case l.Type == zone.A:
		return "IPv4 "
	}
	return "IPv6 "
}

// counted returns how many lookups count.
func (tr Trace) counted() int {
	n := 0
	for _, l := range tr.DNS {
		if l.Counted {
			n++
		}
	}
	return n
}

// addresses joins the addresses of paths, "" for an address that is not known.
func addresses(ps []route.Path) string {
	var s []string
	for _, p := range ps {
		if p.Address.IsValid() {
			s = append(s, p.Address.String())
		}
	}
	return strings.Join(s, " ")
}

func orDestination(addrs string) string {
	if addrs == "" {
		return "the destination"
	}
	return addrs
}

// lastIDs joins the ids at which paths end.
func lastIDs(w *World, ps []route.Path) string {
	var s []string
	for _, p := range ps {
		if id := w.Label(p.Hops[len(p.Hops)-1].ID); !slices.Contains(s, id) {
			s = append(s, id)
		}
	}
	slices.Sort(s)
	return strings.Join(s, ", ")
}

// gatewayText says which gateways a way passes.
func gatewayText(w *World, p route.Path) string {
	var s []string
	for _, h := range p.Hops {
		switch h.Kind {
		case route.HopSubnet, route.HopDirect, route.HopEndpointENI, route.HopLocal, route.HopReturn:
		default:
			s = append(s, w.Label(h.ID))
		}
	}
	if s == nil {
		return "; no gateway is passed"
	}
	return ", by " + strings.Join(s, ", ")
}

// Label returns an id followed by its Name tag, where it has one, on one line:
// how every text of this module prints ids.
func (w *World) Label(id string) string {
	if n := w.names[id]; n != "" {
		return id + " (" + strings.ReplaceAll(n, "\n", " ") + ")"
	}
	return id
}

// ruleText explains the number of the rule that decided between rows.
func ruleText(rule string) string {
	switch rule {
	case "":
		return ""
	case "R9":
		return "R9"
	case "R9a":
		return "longest prefix, R9a"
	case "R10":
		return "rank of origin, R10"
	case "R12":
		return "AWS refuses this row, R12"
	case "R14":
		return "AWS chooses at random, R14"
	case "R14a":
		return "the list's entries are missing, R14a"
	case "R17":
		return "blackhole, R17"
	}
	return rule
}

func joinCodes(codes []endpoint.Code) string {
	s := make([]string, len(codes))
	for i, c := range codes {
		s[i] = string(c)
	}
	return strings.Join(s, " ")
}

// hostPort prints host:port, an IPv6 address in brackets.
func hostPort(host string, port uint16) string {
	if a, ok := parseAddr(host); ok {
		return netip.AddrPortFrom(a, port).String()
	}
	return fmt.Sprintf("%s:%d", host, port)
}

func isAWSHost(host string) bool {
	h := naming.Classify(host)
	return h.IsValid() && h.Kind() != naming.KindOther
}

func inChina(region string) bool {
	p, ok := naming.PartitionOf(region)
	return ok && p.ID == "aws-cn"
}

// Way is the way in a few words: the gateways in order, "NAT > internet
// gateway", or how it ends: "endpoint ENI", "no route". Several distinct ways
// are joined by " | ".
func (tr Trace) Way() string {
	if len(tr.Paths) == 0 {
		return strings.ReplaceAll(string(tr.Class), "-", " ")
	}
	var ways []string
	for _, p := range tr.Paths {
		if s := pathWay(p); !slices.Contains(ways, s) {
			ways = append(ways, s)
		}
	}
	return strings.Join(ways, " | ")
}

// pathWay is one path in a few words.
func pathWay(p route.Path) string {
	var words []string
	for _, h := range p.Hops {
		switch h.Kind {
		case route.HopSubnet, route.HopDirect, route.HopLocal, route.HopReturn:
		case route.HopEndpointENI:
			words = append(words, "endpoint ENI")
		case route.HopKind(route.ClassNATGateway):
			words = append(words, "NAT")
		default:
			words = append(words, strings.ReplaceAll(string(h.Kind), "-", " "))
		}
	}
	switch p.Verdict {
	case route.Private, route.Public:
		if len(words) > 0 {
			return strings.Join(words, " > ")
		}
	}
	if end := strings.ReplaceAll(string(p.Class), "-", " "); len(words) == 0 || words[len(words)-1] != end {
		words = append(words, end)
	}
	return strings.Join(words, " > ")
}

// String prints the lookup for people: what answered by which rule, then the
// records, one a line.
func (l Lookup) String() string {
	a := l.Answer
	src := a.Source()
	rcode := "no answer known"
	if r, ok := a.RCode(); ok {
		rcode = r.String()
	}
	by := strings.Join(strings.Fields(src.Kind.String()+" "+src.ID+" "+src.Zone), " ")
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s from %s: %s by %s (rule %s, evidence: %s)", l.Name, l.Type, l.View, rcode, by, a.Rule(), a.Evidence())
	if codes := a.Codes(); len(codes) > 0 {
		b.WriteString(" " + joinCodes(codes))
	}
	for r := range a.Records() {
		fmt.Fprintf(&b, "\n  %s %d %s %s", r.Name, r.TTL, r.Type, r.Data())
	}
	return b.String()
}
