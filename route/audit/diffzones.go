package audit

import (
	"iter"
	"strings"

	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// zoned is the private zones of one VPC, by domain.
type zoned struct {
	content map[string]string // which zones, what they hold, and who answers
	zones   map[string][]zone.Zone
}

// read gathers the private zones of every VPC.
func (s *side) read() {
	s.zones, s.owner = map[string]zoned{}, map[string]string{}
	var buf []byte
	for v := range s.w.Vantages() {
		vpc := v.VPC()
		if _, done := s.zones[vpc]; done {
			continue
		}
		z := zoned{map[string]string{}, map[string][]zone.Zone{}}
		view, ok := v.View()
		for _, seq := range []iter.Seq[zone.Zone]{s.w.Zones().Hidden(vpc), s.w.Zones().Hosted(vpc)} {
			for x := range seq {
				buf = append(buf[:0], z.content[x.Name]...)
				buf = appendZone(buf, x)
				if ok { // attributes, and rules of the same domain, decide whether it answers
					buf = appendAnswer(buf, view.Lookup(x.Name, zone.A))
				}
				z.content[x.Name] = string(buf)
				z.zones[x.Name] = append(z.zones[x.Name], x)
				if x.EndpointID != "" {
					s.owner[x.ID] = x.EndpointID
				}
			}
		}
		s.zones[vpc] = z
	}
}

// appendZone appends what a zone holds. A hidden zone is its endpoint's: the
// endpoint, and the answer for its domain, tell all of it.
func appendZone(b []byte, x zone.Zone) []byte {
	b = append(append(append(b, byte(x.Kind)), x.EndpointID...), 0)
	if x.InboundOnly {
		b = append(b, 1)
	}
	if x.Kind == zone.HiddenZone {
		return b
	}
	for r := range x.Records() {
		switch r.Type {
		case zone.A, zone.AAAA, zone.CNAME:
			b = append(append(append(append(b, r.Name...), byte(r.Type)), r.Data()...), 0)
		}
	}
	return b
}

// appendAnswer appends who answers, and with which addresses.
func appendAnswer(b []byte, a zone.Answer) []byte {
	src := a.Source()
	b = append(append(append(b, byte(src.Kind)), src.ID...), 0)
	for addr := range a.Addrs() {
		b = append(addr.AppendTo(b), 0)
	}
	return b
}

// names returns the names to ask for in the zones of one domain: the domain,
// and the owners of addresses and CNAMEs.
func (z zoned) names(domain string) []string {
	if len(z.zones[domain]) == 0 {
		return nil
	}
	names := []string{domain}
	for _, x := range z.zones[domain] {
		for r := range x.Records() {
			switch r.Type {
			case zone.A, zone.AAAA, zone.CNAME:
				names = append(names, r.Name)
			}
		}
	}
	return names
}

// sketch is a Trace in a few words: what answers, and the way.
func (s *side) sketch(tr *trace.Trace) string {
	for _, l := range tr.DNS {
		if l.Counted {
			return s.answer(l.Answer) + ", " + tr.Way()
		}
	}
	return tr.Way()
}

// answer says what answered a lookup.
func (s *side) answer(a zone.Answer) string {
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
		who := "the hidden zone " + src.Zone
		if id := s.owner[src.ID]; id != "" && src.ID != "" {
			who += " of " + s.w.Label(id)
		}
		return who + verb
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
