package resolver

import (
	"net/netip"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
)

// verdict is what becomes of a question.
type verdict struct {
	policy Policy
	rcode  zone.RCode
	silent bool
	broken bool // the answer held a record that is none
}

// decide says what becomes of a question that the view answered with a, and
// makes a the answer that is then told. The first line that fits holds:
//
//  1. Nothing answers in the view, since DNS support is off (Z4): no answer. The
//     hook says so at once (X2).
//  2. A record in it is none: SERVFAIL, as a server says of a zone that it cannot
//     read. To leave the record out would tell less than the Lookuper meant to.
//  3. The response code is known: it is told, with the records.
//  4. The name is localhost or under it (RFC 6761 section 6.3): a loopback
//     address, NODATA for other types (N17).
//  5. A zone wins the name, or the one that its CNAMEs lead to, and what it
//     answers is unknown or unspecified: REFUSED, whatever the policy. No one
//     else knows it better, and it is not guessed away.
//  6. The name, or the one that its CNAMEs lead to, is outside: one of the public
//     DNS without an answer in the model, one that a Resolver rule sends on, or
//     one the Lookuper does not know. With the policy Forward, where the asker
//     forwards: forward it. After CNAMEs, with any other policy: the CNAMEs,
//     NOERROR (A4). Else REFUSED or NXDOMAIN, as the policy says.
func (r *Resolver) decide(name string, t zone.Type, a *zone.Answer, forwards bool) verdict {
	if a.IsSilent() {
		return verdict{silent: true}
	}
	if isBroken(a) {
		*a = zone.NewAnswer(zone.ServFail)
		return verdict{rcode: zone.ServFail, broken: true}
	}
	if rcode, ok := a.RCode(); ok {
		return verdict{rcode: rcode}
	}
	if a.IsValid() {
		name = a.Name() // in lower case, whatever was looked up
	}
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		*a = loopback(strings.Clone(name), t)
		return verdict{}
	}
	switch {
	case !isOutside(a):
		return verdict{policy: Refuse, rcode: zone.Refused}
	case forwards && r.Outside == Forward:
		return verdict{policy: Forward}
	case a.Len() > 0:
		return verdict{}
	case r.Outside == NXDomain:
		return verdict{policy: NXDomain, rcode: zone.NXDomain}
	}
	return verdict{policy: Refuse, rcode: zone.Refused}
}

// isBroken reports whether a record of a is none: one that a user made as a
// literal and not by zone.NewRecord, so that it has no data, or gave an owner that
// is longer than a name or a label can be. A message with it could not be read
// (Z3). The zones of a View hold no such records.
func isBroken(a *zone.Answer) bool {
	if a.Len() == 0 || isKeepable(a, verdict{}) {
		return false
	}
	for rec := range a.Records() {
		if rec == (zone.Record{Name: rec.Name, Type: rec.Type, TTL: rec.TTL}) && !mayBeEmpty(rec.Type) || !fitsMessage(rec.Name) {
			return true
		}
	}
	return false
}

// mayBeEmpty reports whether zone.NewRecord makes records of a type without data:
// of those that it knows by number only.
func mayBeEmpty(t zone.Type) bool {
	switch t {
	case 0, zone.A, zone.AAAA, zone.CNAME, zone.NS, zone.PTR, zone.SOA, zone.MX, zone.SRV, zone.TXT, zone.SPF, zone.CAA:
		return false
	}
	return true
}

// fitsMessage reports whether the owner of a record has a wire form.
func fitsMessage(owner string) bool {
	if len(owner) <= maxLabel { // then no label is too long, nor all of them
		return true
	}
	var room [maxName + 1]byte
	wire := appendWireName(room[:0], owner)
	if len(wire) > maxName {
		return false
	}
	for i := 0; wire[i] != 0; i += 1 + int(wire[i]) {
		if wire[i] > maxLabel {
			return false
		}
	}
	return true
}

// isOutside reports whether an answer without a response code is about a name
// that the model leaves to others.
func isOutside(a *zone.Answer) bool {
	switch _, s := a.Final(); s.Kind {
	case zone.NoSource, zone.ForwardRule:
		return true
	case zone.PublicDNS:
		return a.Evidence() > naming.Unspecified // otherwise a private zone may hold it (Z12)
	}
	return false
}

// loopback answers for localhost, with the TTL 0: nobody is to remember it.
func loopback(name string, t zone.Type) zone.Answer {
	addr := netip.IPv6Loopback()
	switch t {
	case zone.A:
		addr = netip.AddrFrom4([4]byte{127, 0, 0, 1})
	case zone.AAAA:
	default:
		return zone.NewAnswer(zone.NoError)
	}
	rec, err := zone.AddrRecord(name, 0, addr)
	if err != nil {
		return zone.NewAnswer(zone.NoError)
	}
	return zone.NewAnswer(zone.NoError, rec)
}

// lookup asks the view; the zero Resolver has none, and knows no name.
func (r *Resolver) lookup(name string, t zone.Type) zone.Answer {
	switch {
	case r.view != nil:
		return r.view.Lookup(name, t)
	case r.own != nil:
		return r.own.Lookup(name, t)
	}
	return zone.Answer{}
}

func (r *Resolver) observe(name string, t zone.Type, transport string, a *zone.Answer, v verdict) {
	if r.Observe != nil {
		r.Observe(Query{Name: name, Type: t, Transport: transport, Answer: *a, Policy: v.policy, RCode: v.rcode})
	}
}
