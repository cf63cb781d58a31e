package catalog

import (
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

// A Sibling is a name that an endpoint may answer to, where it does not answer
// to the name that was dialled.
type Sibling struct {
	Host   string // the name to use; "" if no other name helps
	Remedy string // what makes the client use it, or the dialled host answered
	Source string // where this is documented or was reported
}

// A family is one row of families.tsv.
type family struct {
	dialled                          []string // labels
	sibling, service, remedy, source string
}

// Siblings returns the names that a host may be confused with, each with the
// remedy and its source; nil if no row of the table says anything about the
// host (NAM-37). region is the Region to use where the host names none: that
// of the place the host is dialled from; siblings that need one are left out
// if it is "". Whether an endpoint answers to a sibling is for the caller to
// find out: where none does, there is nothing to hint at.
func (c *Catalog) Siblings(host, region string) []Sibling {
	h := naming.Classify(host)
	labels, ok := tableForm(h)
	if !ok {
		return nil
	}
	if r := h.Region(); r != "" {
		region = r
	}
	p := h.Partition()
	var list []Sibling
	for _, f := range c.table().families {
		captured, ok := match(f.dialled, labels)
		if !ok {
			continue
		}
		s := Sibling{Remedy: f.remedy, Source: f.source}
		if f.sibling != "" {
			name := strings.NewReplacer("{svc}", captured, "{any}", captured).Replace(f.sibling)
			q, known := naming.PartitionOf(region)
			if !known && strings.Contains(name, "{region}") {
				continue
			}
			if h.Region() == "" && known {
				if q.DNSSuffix != p.DNSSuffix {
					continue // the host is another partition's
				}
				p = q
			}
			s.Host = fill(name, region, p, "")
		}
		list = append(list, s)
	}
	return list
}

// tableForm returns the labels of a service's host as the tables write them:
// with {region} for the Region, and the domains of partition aws.
func tableForm(h naming.Host) ([]string, bool) {
	switch h.Kind() {
	case naming.KindS3, naming.KindFIPS, naming.KindDualStack, naming.KindLegacy, naming.KindGlobal, naming.KindDefault:
	default:
		return nil, false
	}
	head := strings.TrimSuffix(h.String(), "."+h.Domain())
	if r := h.Region(); r != "" {
		switch {
		case strings.HasSuffix(head, "."+r):
			head = strings.TrimSuffix(head, r) + "{region}"
		case strings.HasPrefix(head, r+"."):
			head = "{region}" + strings.TrimPrefix(head, r)
		}
	}
	return strings.Split(head+"."+tableDomain(h), "."), true
}

// tableDomain returns the domain of partition aws that stands for h's.
func tableDomain(h naming.Host) string {
	switch p := h.Partition(); h.Domain() {
	case p.DNSSuffix:
		return "amazonaws.com"
	case p.DualStackSuffix:
		return "api.aws"
	}
	return h.Domain()
}

// match matches the labels of a host with those of a pattern, and returns what
// stands for {svc}, {svc}-fips without the mark, or {any}.
func match(pattern, labels []string) (captured string, ok bool) {
	n := len(labels) - len(pattern) + 1 // how many the first label of the pattern stands for
	if n < 1 {
		return "", false
	}
	for i, l := range pattern[1:] {
		if labels[n+i] != l && (l != "{account}" || !isAccount(labels[n+i])) {
			return "", false
		}
	}
	first := strings.Join(labels[:n], ".")
	switch pattern[0] {
	case "{svc}", "{any}":
		return first, first != "{region}"
	case "{svc}-fips":
		return cutFIPS(labels[:n])
	case "{any}-ats":
		return first, strings.HasSuffix(first, "-ats")
	case "{account}":
		return first, n == 1 && isAccount(first)
	}
	return "", n == 1 && first == pattern[0]
}

// cutFIPS takes the mark off the one label that has it.
func cutFIPS(labels []string) (service string, ok bool) {
	var plain []string
	for _, l := range labels {
		p, marked := strings.CutSuffix(l, "-fips")
		if marked && ok {
			return "", false
		}
		ok = ok || marked
		plain = append(plain, p)
	}
	return strings.Join(plain, "."), ok
}

func isAccount(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}
