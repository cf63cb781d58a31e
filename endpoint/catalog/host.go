package catalog

import (
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// A Match says which service the text of a host name names.
type Match struct {
	Host  naming.Host // its Kind tells the family: default, dual-stack, fips, global, legacy, s3, regional …
	Short string      // the short name of the service: "sts"; the id of a customer's service
	// Plain is the short name of the service without FIPS, if the host is a
	// FIPS name of a service that has one: "acm" for acm-fips; else "".
	Plain string
	// Name is the service's name in the host's Region; the zero ServiceName if
	// the host names no Region and the service is not global, or has one name
	// per cell.
	Name naming.ServiceName
}

// Is reports whether the host names the service n: the short names are equal,
// or n is the service of which the host is a FIPS name, and no other Region is
// named.
func (m Match) Is(n naming.ServiceName) bool {
	if !n.IsValid() || n.Short() != m.Short && (m.Plain == "" || n.Short() != m.Plain) {
		return false
	}
	r := m.Host.Region()
	return r == "" || n.Region() == "" || r == n.Region()
}

// Host tells from the text of a host name which service it names; ok is false
// if it names none that the catalogue knows. In this order:
//
//  1. a private name that the user gave, or a name under a given wildcard;
//  2. a vpce name or base name: the service with its labels, or the customer's
//     service;
//  3. a private API: execute-api;
//  4. a name of S3: s3, s3express, s3-outposts or s3-global.accesspoint;
//  5. a private name of a row, or a name under its wildcard;
//  6. a host family of NAM-37 that says which service it belongs to: queue,
//     <account>.ddb, <prefix>-ats.iot and others;
//  7. the default labels of a service in another family: dual-stack, global or
//     legacy (monitoring.us-east-2.api.aws, ec2.amazonaws.com);
//  8. the same with one label marked -fips.
//
// A further label in front of a service that has no wildcard names no service:
// foo.monitoring.us-east-2.amazonaws.com. Nor do customers' resources whose names
// have a service's form, of which [naming.Classify] does not tell them:
// my-nlb-0123456789abcdef.elb.us-east-2.amazonaws.com, x.cache.amazonaws.com.
func (c *Catalog) Host(host string) (m Match, ok bool) {
	h := naming.Classify(host)
	m = Match{Host: h}
	if g, ok := c.givenHost(h); ok { // 1
		m.Short = g.short
		m.Name, _ = naming.ParseServiceName(g.name)
		return m, m.Name.IsValid()
	}
	switch h.Kind() {
	case naming.KindRegional, naming.KindZonal, naming.KindBase: // 2
		label := h.Service()
		if strings.HasPrefix(label, "vpce-svc-") {
			m.Short = label
			m.Name, _ = naming.ParseServiceName(h.Partition().ReversedPrefix + ".vpce." + h.Region() + "." + label)
			return m, true
		}
		s, ok := c.ByLabel(label)
		return m.is(s), ok
	case naming.KindPrivateAPI: // 3
		return c.short(m, "execute-api")
	case naming.KindS3: // 4
		return c.short(m, s3Short(h))
	}
	labels, ok := tableForm(h)
	if !ok {
		return Match{}, false
	}
	code, domain, regional := splitForm(labels, h)
	if i, ok := c.privateName(code, domain, regional); ok { // 5
		m = m.is(c.table().services[i])
		m.Plain = c.plain(code, m.Short)
		return m, true
	}
	for _, f := range c.table().families { // 6
		if _, ok := match(f.dialled, labels); ok && f.service != "" {
			return c.short(m, f.service)
		}
	}
	if i, ok := c.table().byCode[code]; ok { // 7
		m = m.is(c.table().services[i])
		m.Plain = c.plain(code, m.Short)
		return m, true
	}
	if plain, marked := cutFIPS(strings.Split(code, ".")); marked { // 8
		if i, ok := c.table().byCode[plain]; ok {
			return m.is(c.table().services[i]), true
		}
	}
	return Match{}, false
}

// is makes m name a service of the table.
func (m Match) is(s Service) Match {
	m.Short = s.Short
	region := m.Host.Region()
	if s.Global {
		region = ""
	}
	if name, ok := s.In(region); ok {
		m.Name = name
	}
	return m
}

// short makes m name the service with that short name.
func (c *Catalog) short(m Match, short string) (Match, bool) {
	is := c.table().byShort[short]
	if len(is) == 0 {
		return Match{}, false
	}
	return m.is(c.table().services[is[0]]), true
}

// plain returns the short name of the service that the labels of a FIPS name
// belong to once the mark is off, unless that is the service itself.
func (c *Catalog) plain(code, short string) string {
	service, marked := cutFIPS(strings.Split(code, "."))
	if i, ok := c.table().byCode[service]; marked && ok && c.table().services[i].Short != short {
		return c.table().services[i].Short
	}
	return ""
}

// s3Short returns the short name of the service that a host of S3 names.
func s3Short(h naming.Host) string {
	service := h.Service()
	switch {
	case strings.HasPrefix(service, "s3-outposts"):
		return "s3-outposts"
	case strings.HasPrefix(service, "accesspoint.s3-global"):
		return "s3-global.accesspoint"
	}
	return h.GatewayService()
}

// splitForm returns what stands before the Region or, without one, before the
// domain; and the domain.
func splitForm(labels []string, h naming.Host) (code, domain string, regional bool) {
	domain = tableDomain(h)
	labels = labels[:len(labels)-strings.Count(domain, ".")-1]
	if n := len(labels) - 1; n > 0 && labels[n] == "{region}" {
		return strings.Join(labels[:n], "."), domain, true
	}
	if labels[0] == "{region}" {
		labels = labels[1:]
	}
	return strings.Join(labels, "."), domain, false
}

// privateName returns the place of the service that has the private name, or a
// wildcard above it.
func (c *Catalog) privateName(code, domain string, regional bool) (int, bool) {
	k := hostKey{labels: code, domain: domain, regional: regional}
	if i, ok := c.table().byHost[k]; ok {
		return i, true
	}
	k.wild = true
	for { // the apex of a wildcard is an entry of its own (NAM-34)
		if i, ok := c.table().byHost[k]; ok {
			return i, true
		}
		_, rest, more := strings.Cut(k.labels, ".")
		if !more {
			return 0, false
		}
		k.labels = rest
	}
}

// givenHost returns the given service that has the host for a private name.
func (c *Catalog) givenHost(h naming.Host) (given, bool) {
	if !h.IsValid() {
		return given{}, false
	}
	name := h.String()
	for _, g := range c.given {
		if slices.ContainsFunc(g.names, func(n string) bool {
			base, wild := strings.CutPrefix(n, "*")
			return n == name || wild && strings.HasSuffix(name, base)
		}) {
			return g, true
		}
	}
	return given{}, false
}

// Knows reports whether the catalogue knows the service that h names: a row
// has the labels of h's Service in its vpce names, or has h for a private name,
// itself or by a wildcard.
func (c *Catalog) Knows(h naming.Host) bool {
	if _, ok := c.ByLabel(h.Service()); ok && h.IsValid() {
		return true
	}
	if _, ok := c.givenHost(h); ok {
		return true
	}
	labels, ok := tableForm(h)
	if !ok {
		return false
	}
	_, ok = c.privateName(splitForm(labels, h))
	return ok
}
