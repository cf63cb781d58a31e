package zone

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// AppendZoneFile appends the zone as a zone file (RFC 1035, section 5) that any
// DNS server reads: absolute names, a record a line, alias records flattened.
// Comments say whose zone it is, which records are not known, and where a
// CNAME stands at the zone's domain, which Route 53 answers for a customer's
// endpoint service and other servers refuse (Z40). The zero Zone is nothing.
func AppendZoneFile(dst []byte, z Zone) []byte {
	if z.data == nil {
		return dst
	}
	dst = fmt.Appendf(dst, "; %s\n$ORIGIN ", z.title())
	dst = append(appendMaster(dst, z.Name), '\n')
	for _, o := range z.data.sorted() {
		for i := range o.sets {
			s := &o.sets[i]
			if s.state != setKnown {
				dst = fmt.Appendf(dst, "; %s. %s: the records are not known\n", o.name, s.typ)
				continue
			}
			if s.typ == CNAME && o.name == z.data.name {
				dst = append(dst, "; a CNAME at the domain of a zone, which other servers than Route 53's refuse:\n"...)
			}
			for j := range s.len() {
				dst = appendMaster(dst, o.name)
				dst = append(dst, ' ')
				dst = strconv.AppendUint(dst, uint64(s.ttl), 10)
				dst = append(append(append(dst, " IN "...), s.typ.String()...), ' ')
				dst, _ = rdataText(dst, s.typ, s.item(j), master)
				dst = append(dst, '\n')
			}
		}
	}
	return dst
}

// title says whose zone it is, for comments.
func (z Zone) title() string {
	if z.Kind == HiddenZone {
		s := "hidden private hosted zone"
		if z.ID != "" {
			s += " " + z.ID
		}
		s += " of " + z.EndpointID
		if z.InboundOnly {
			s += ", for inbound Resolver endpoints only"
		}
		return s
	}
	return "private hosted zone " + z.ID
}

// appendMaster appends a canonical name as zone files write it.
func appendMaster(dst []byte, name string) []byte {
	wire, _ := appendName(nil, name)
	dst, _ = appendNameText(dst, string(wire), master)
	return dst
}

// ErrNoRegionalName is the reason of an error of [AppendChangeBatch] about a
// hidden zone whose endpoint's Regional name, or the hosted zone of that, is
// not in the input.
var ErrNoRegionalName = errors.New("the endpoint's DnsEntries lack the Regional name and its HostedZoneId, which alias records need")

// ErrRecordsNotKnown is the reason of an error of [AppendChangeBatch] about a
// zone with records that are not known.
var ErrRecordsNotKnown = errors.New("records of the zone are not known")

// AppendChangeBatch appends the JSON that
//
//	aws route53 change-resource-record-sets --change-batch
//
// takes to give a private hosted zone of the same name the same answers: for
// those who share an endpoint with other VPCs by a zone of their own (Z35). A
// hidden zone becomes alias records to the endpoint's Regional name, an A and,
// where the endpoint has IPv6 records, an AAAA record at the domain and at the
// wildcard, each where the hidden zone has it. So does that of a customer's
// endpoint service, whose CNAME a hosted zone cannot have at its domain. A
// customer's zone becomes its own records, alias records flattened. SOA and NS
// records of the domain are Route 53's and not among them.
//
// Every change is an UPSERT, in the order of [Zone.Records]. On an error, which
// wraps [ErrNoRegionalName] or [ErrRecordsNotKnown], dst is returned as it was.
// The zero Zone is nothing.
func AppendChangeBatch(dst []byte, z Zone) ([]byte, error) {
	if z.data == nil {
		return dst, nil
	}
	d := z.data
	hidden := d.Kind == HiddenZone
	if hidden && (d.regional == "" || d.regionalZone == "") {
		return dst, fmt.Errorf("%s: %s: %w", d.endpointID, d.name, ErrNoRegionalName)
	}
	out := append(dst, "{\n  \"Comment\": "...) //nolint:gocritic // dst stays what it was, for the error below
	out = appendJSON(out, d.name+": what the "+z.title()+" answers")
	out = append(out, ",\n  \"Changes\": ["...)
	separator := "\n    "
	change := func(name string, t Type, body func([]byte) []byte) {
		out = append(append(out, separator...), `{"Action": "UPSERT", "ResourceRecordSet": {"Name": `...)
		out = appendJSON(out, name+".")
		out = append(append(append(out, `, "Type": "`...), t.String()...), `", `...)
		out = append(body(out), "}}"...)
		separator = ",\n    "
	}
	alias := func(b []byte) []byte {
		b = append(appendJSON(append(b, `"AliasTarget": {"HostedZoneId": `...), d.regionalZone), `, "DNSName": `...)
		return append(appendJSON(b, d.regional), `, "EvaluateTargetHealth": false}`...)
	}
	for _, o := range d.sorted() {
		for i := range o.sets {
			s := &o.sets[i]
			switch {
			case (s.typ == SOA || s.typ == NS) && o.name == d.name:
			case s.typ == CNAME && hidden:
				if d.types.A {
					change(o.name, A, alias)
				}
				if d.types.AAAA {
					change(o.name, AAAA, alias)
				}
			case hidden:
				change(o.name, s.typ, alias)
			case s.state != setKnown:
				return dst, fmt.Errorf("%s: %s %s: %w", d.ID, o.name, s.typ, ErrRecordsNotKnown)
			case s.data != "":
				change(o.name, s.typ, s.appendJSON)
			}
		}
	}
	return append(out, "\n  ]\n}\n"...), nil
}

// appendJSON appends the TTL and values of a set as Route 53 takes them.
func (s *rrset) appendJSON(b []byte) []byte {
	b = strconv.AppendUint(append(b, `"TTL": `...), uint64(s.ttl), 10)
	b = append(b, `, "ResourceRecords": [`...)
	for j := range s.len() {
		if j > 0 {
			b = append(b, ", "...)
		}
		text, _ := rdataText(nil, s.typ, s.item(j), route53)
		b = append(appendJSON(append(b, `{"Value": `...), string(text)), '}')
	}
	return append(b, ']')
}

// appendJSON appends a string as JSON.
func appendJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, c := range []byte(strings.ToValidUTF8(s, "\uFFFD")) {
		switch {
		case c == '"' || c == '\\':
			b = append(b, '\\', c)
		case c < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}
