package endpoint

import (
	"iter"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// ZoneIDPending is the literal that AWS prints as the HostedZoneId of a
// private name whose zone is still being made. It is never an id (Z20,
// NAM-39).
const ZoneIDPending = "ZONEIDPENDING"

// DNSEntry is one of an endpoint's DnsEntries.
type DNSEntry struct {
	Name         string `json:"DnsName"`
	HostedZoneID string `json:"HostedZoneId,omitempty"`
}

// ZoneID returns the hosted zone id without "/hostedzone/" in front, and ""
// for an absent or pending one.
func (e DNSEntry) ZoneID() string {
	id := strings.TrimPrefix(e.HostedZoneID, "/hostedzone/")
	if id == ZoneIDPending {
		return ""
	}
	return id
}

// DNSEntries are an endpoint's DnsEntries, in whatever order AWS printed them:
// the zonal names come in no order, and the private name, usually last, may
// come first. The selectors go by what a name is, never by its position or
// its zone id (NAM-40, NAM-38).
type DNSEntries []DNSEntry

// Entries makes DNSEntries of another library's list, such as the
// aws-sdk-go-v2 one: get returns an entry's name and hosted zone id, nil where
// there is none. Entries without a name are left out.
//
//	endpoint.Entries(out.DnsEntries, func(e types.DnsEntry) (name, zoneID *string) {
//		return e.DnsName, e.HostedZoneId
//	})
func Entries[E any](list []E, get func(E) (name, zoneID *string)) DNSEntries {
	es := make(DNSEntries, 0, len(list))
	for _, e := range list {
		name, zoneID := get(e)
		if name == nil {
			continue
		}
		entry := DNSEntry{Name: *name}
		if zoneID != nil {
			entry.HostedZoneID = *zoneID
		}
		es = append(es, entry)
	}
	return es
}

// Regional returns the Regional DNS name of the endpoint; false if the
// entries hold none, as those of a gateway endpoint, an endpoint without
// entries and AWS's redacted samples do.
func (es DNSEntries) Regional() (naming.Name, bool) {
	for n := range es.Names() {
		if !n.IsZonal() {
			return n, true
		}
	}
	return naming.Name{}, false
}

// Zonal returns the zonal DNS name for an Availability Zone name in lower case,
// such as us-east-2a; false if the entries hold none for it.
func (es DNSEntries) Zonal(az string) (naming.Name, bool) {
	for n := range es.Names() {
		if n.IsZonal() && n.Zone() == az {
			return n, true
		}
	}
	return naming.Name{}, false
}

// Names yields the Regional and zonal DNS names in the order of the entries.
func (es DNSEntries) Names() iter.Seq[naming.Name] {
	return func(yield func(naming.Name) bool) {
		for _, e := range es {
			if n, err := naming.Parse(e.Name); err == nil && !yield(n) {
				return
			}
		}
	}
}

// Private yields the private DNS names, wildcards such as "*.dkr.ecr…"
// included, in the order of the entries, in lower case and without final dot.
// Names that look like an endpoint's own but are none are not among them: see
// [DNSEntries.Unparsed].
func (es DNSEntries) Private() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range es {
			if name, ok := e.private(); ok && !yield(name) {
				return
			}
		}
	}
}

// PrivateEntries yields the entries of the private DNS names, names as
// [DNSEntries.Private] gives them.
func (es DNSEntries) PrivateEntries() iter.Seq[DNSEntry] {
	return func(yield func(DNSEntry) bool) {
		for _, e := range es {
			if name, ok := e.private(); ok && !yield(DNSEntry{Name: name, HostedZoneID: e.HostedZoneID}) {
				return
			}
		}
	}
}

// Unparsed yields the entries that are neither an endpoint name nor a private
// name: redacted samples and misprints, kept as text (NAM-44).
func (es DNSEntries) Unparsed() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, e := range es {
			if _, err := naming.Parse(e.Name); err == nil {
				continue
			}
			if _, ok := e.private(); !ok && !yield(e.Name) {
				return
			}
		}
	}
}

// PublicZoneID returns the id of the public hosted zone that holds the
// Regional and zonal names, "" if the entries do not say.
func (es DNSEntries) PublicZoneID() string {
	for _, e := range es {
		if _, err := naming.Parse(e.Name); err == nil && e.ZoneID() != "" {
			return e.ZoneID()
		}
	}
	return ""
}

// private returns the entry's name as a private DNS name; false if it is an
// endpoint's own name, well-formed or not, or no host name.
func (e DNSEntry) private() (string, bool) {
	if _, err := naming.Parse(e.Name); err == nil {
		return "", false
	}
	name, wild := strings.CutPrefix(e.Name, "*.")
	host, err := naming.CanonicalHost(name)
	if err != nil || !naming.Classify(host).IsValid() {
		return "", false
	}
	if wild {
		host = "*." + host
	}
	return host, true
}
