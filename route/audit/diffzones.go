package audit

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// vpcZones is the private zones of one VPC, by name, and the view they serve.
type vpcZones struct {
	list []zone.Zone
	view *zone.View // nil if the network does not have the VPC
}

func zonesOf(w *trace.World, vpc string) vpcZones {
	z := vpcZones{list: slices.AppendSeq(make([]zone.Zone, 0, 32), w.Zones().Hidden(vpc))}
	z.view, _ = w.Zones().View(zone.VPC(vpc))
	hidden := len(z.list)
	if z.list = slices.AppendSeq(z.list, w.Zones().Hosted(vpc)); len(z.list) > hidden {
		slices.SortStableFunc(z.list, func(a, b zone.Zone) int { return strings.Compare(a.Name, b.Name) })
	}
	return z
}

// take removes and returns the zones of the name that comes next.
func (z *vpcZones) take(name string) []zone.Zone {
	n := 0
	for n < len(z.list) && z.list[n].Name == name {
		n++
	}
	head := z.list[:n]
	z.list = z.list[n:]
	return head
}

// changedZones calls yield with the zones of every name that are not the same
// in both networks, or with those of all names.
func changedZones(before, after vpcZones, all bool, yield func(before, after []zone.Zone)) {
	for len(before.list) > 0 || len(after.list) > 0 {
		var name string
		switch {
		case len(before.list) == 0:
			name = after.list[0].Name
		case len(after.list) == 0:
			name = before.list[0].Name
		default:
			name = min(before.list[0].Name, after.list[0].Name)
		}
		b, a := before.take(name), after.take(name)
		if all || !slices.EqualFunc(b, a, sameZone) || !sameAnswer(before.view, after.view, name) {
			yield(b, a)
		}
	}
}

// sameZone reports whether two zones of one name are the same and hold the
// same. A hidden zone is its endpoint's: the endpoint, and the answer for its
// name, tell all of it.
func sameZone(a, b zone.Zone) bool {
	if a.Kind != b.Kind || a.EndpointID != b.EndpointID || a.InboundOnly != b.InboundOnly {
		return false
	}
	return a.Kind == zone.HiddenZone || slices.Equal(addressed(a), addressed(b))
}

// sameAnswer reports whether the same thing answers a name in both networks,
// with the same addresses: attributes, and rules of the same domain, decide
// whether a zone does.
func sameAnswer(before, after *zone.View, name string) bool {
	if before == nil || after == nil {
		return before == after
	}
	b, a := before.Lookup(name, zone.A), after.Lookup(name, zone.A)
	var bufB, bufA [8]netip.Addr
	return b.Source() == a.Source() && slices.Equal(b.AppendAddrs(bufB[:0]), a.AppendAddrs(bufA[:0]))
}

// addressed returns the records of a zone that lead somewhere.
func addressed(z zone.Zone) []zone.Record {
	var list []zone.Record
	for r := range z.Records() {
		switch r.Type {
		case zone.A, zone.AAAA, zone.CNAME:
			list = append(list, r)
		}
	}
	return list
}

// ownerText names the endpoint of a hidden zone.
func ownerText(from trace.Vantage, src zone.Source) string {
	for z := range from.World().Zones().Hidden(from.VPC()) {
		if z.Name == src.Zone && z.ID == src.ID {
			return " of " + from.World().Label(z.EndpointID)
		}
	}
	return ""
}

// sketch is a Trace in a few words: what answers, and the way.
func sketch(tr *trace.Trace) string {
	for _, l := range tr.DNS {
		if l.Counted {
			return answerText(tr.From, l.Answer) + ", " + tr.Way()
		}
	}
	return tr.Way()
}

// answerText says what answered a lookup.
func answerText(from trace.Vantage, a zone.Answer) string {
	src := a.Source()
	verb := " answers"
	if rcode, ok := a.RCode(); ok && a.Len() == 0 {
		verb = " answers " + rcode.String()
		if rcode == zone.NoError {
			verb = " has no record"
		}
	}
	switch src.Kind {
	case zone.HiddenZone:
		return "the hidden zone " + src.Zone + ownerText(from, src) + verb
	case zone.CustomerZone:
		return "private hosted zone " + strings.TrimSpace(src.ID+" "+src.Zone) + verb
	case zone.VPCE:
		return "the endpoint's own name" + verb
	case zone.ForwardRule:
		return "Resolver rule " + strings.TrimSpace(src.ID+" "+src.Zone) + verb
	case zone.Autodefined:
		return "the resolver's own zone " + src.Zone + verb
	case zone.PublicDNS:
		return "public DNS" + verb
	case zone.NoSource:
	}
	return "nothing answers"
}
