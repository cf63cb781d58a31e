package naming_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// This file is the slow twin of the parser and the classifier: the grammar of
// the specification written down as regular expressions over split labels,
// with the tables read from the same files, and none of the package's code.

type slowPartition struct {
	id, dns, dual string
	region        *regexp.Regexp
}

type slow struct {
	partitions []slowPartition
	listed     map[string]bool
	extra      map[string][]string // domain -> partitions
	extraVPCE  map[string][]string // domain -> partitions in which vpce. stands before it
}

func newSlow(t testing.TB) *slow {
	s := &slow{listed: map[string]bool{}, extra: map[string][]string{}, extraVPCE: map[string][]string{}}
	for _, r := range rows(t, "data/partitions.tsv") {
		// \w without the underscore, which no label holds.
		re := regexp.MustCompile(strings.ReplaceAll(r["regionRegex"], `\w`, `[a-z0-9]`))
		s.partitions = append(s.partitions, slowPartition{r["partition"], r["dnsSuffix"], r["dualStackDnsSuffix"], re})
	}
	for _, r := range rows(t, "data/regions.tsv") {
		if r["pseudo_region"] == "no" {
			s.listed[r["region"]] = true
		}
	}
	for _, r := range rows(t, "data/domains.tsv") {
		ps := strings.Split(r["partitions"], ",")
		if r["domain"] != "api.aws" { // which is a dual-stack suffix already
			s.extra[r["domain"]] = ps
		}
		if r["vpce"] != "-" {
			s.extraVPCE[r["domain"]] = ps
		}
	}
	return s
}

// partitionOf returns the partition of a Region, or "".
func (s *slow) partitionOf(region string) string {
	for _, p := range s.partitions {
		if p.region.MatchString(region) {
			return p.id
		}
	}
	return ""
}

var (
	slowHex17  = `[0-9a-f]{17}`
	slowID     = `vpce-(?:` + slowHex17 + `|[0-9a-f]{8})`
	slowEP     = regexp.MustCompile(`^(` + slowID + `)-([a-z0-9]{8})(?:-(.+))?$`)
	slowOwner  = regexp.MustCompile(`^vpce-svc-` + slowHex17 + `$`)
	slowZone   = regexp.MustCompile(`^([a-z]|-[a-z]{3}-[0-9]+[a-z]|-wl[0-9]+-[a-z]{3}-wlz-[0-9]+)$`)
	slowLabel  = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)
	slowAPI    = regexp.MustCompile(`^[a-z0-9]{10}-(` + slowID + `)\.execute-api$`)
	slowRes    = regexp.MustCompile(`^(?:(` + slowID + `)(?:-snra-` + slowHex17 + `)?|snra-` + slowHex17 + `)\.rcfg-` + slowHex17 + `\.[a-z0-9]{7}\.vpc-lattice-rsc$`)
	slowMWAA   = regexp.MustCompile(`^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:-vpce)?\.c[0-9]+\.([^.]+)\.airflow$`)
	slowS3     = regexp.MustCompile(`^(?:(.*)\.)?((?:s3|s3-[^.]*|s3express-[^.]*)(?:\.dualstack)?)$`)
	slowGlobal = regexp.MustCompile(`^(?:(.*)\.)?(accesspoint\.s3-global(?:\.dualstack)?)$`)
	slowVPCE   = regexp.MustCompile(`(?:^|\.)vpce-[0-9a-f]{8}`)
	slowFIPS   = regexp.MustCompile(`(?:^|\.)fips(?:\.|-|$)|-fips(?:\.|$)`)
	slowFirst  = regexp.MustCompile(`^(\*|[0-9]{12}\b)\.(.+)$`)
	slowAccess = regexp.MustCompile(`(?:^|\.)(?:bucket|accesspoint|control)$`)
)

// canonical folds a host name, or returns false (NAM-12 to NAM-16).
func slowCanonical(in string) (string, bool) {
	for _, r := range in {
		if r > 127 {
			return "", false
		}
	}
	name := strings.ToLower(strings.TrimSuffix(in, "."))
	if name == "" || len(name) > 253 {
		return "", false
	}
	for i, l := range strings.Split(name, ".") {
		if !slowLabel.MatchString(l) && !(i == 0 && l == "*") {
			return "", false
		}
	}
	return name, true
}

// A slowHost is what the twin says of a host; kind "" is not valid.
type slowHost struct {
	kind, prefix, id, suffix, zone, service, region, domain, partition string
	listed                                                             bool
}

// cutRegion cuts a last label off that is a Region of one of the partitions.
func (s *slow) cutRegion(head string, in []string) (rest, region string, ok bool) {
	labels := strings.Split(head, ".")
	region = labels[len(labels)-1]
	if !slices.Contains(in, s.partitionOf(region)) {
		return "", "", false
	}
	return strings.Join(labels[:len(labels)-1], "."), region, true
}

func (s *slow) host(in string) slowHost {
	name, ok := slowCanonical(in)
	if !ok {
		return slowHost{}
	}
	// Every domain, with the partitions it belongs to.
	type suffix struct {
		domain, kind string
		partitions   []string
	}
	var vpce, services []suffix
	for _, p := range s.partitions {
		vpce = append(vpce, suffix{"vpce." + p.dns, "vpce", []string{p.id}})
		services = append(services, suffix{p.dns, "dns", []string{p.id}}, suffix{p.dual, "dual", []string{p.id}})
	}
	for d, ps := range s.extraVPCE {
		vpce = append(vpce, suffix{"vpce." + d, "vpce", ps})
	}
	for d, ps := range s.extra {
		services = append(services, suffix{d, "family", ps})
	}
	find := func(list []suffix, whole bool) (head string, found suffix, ok bool) {
		for _, x := range list {
			if whole && name == x.domain {
				found = x
				ok = true
			}
			if h, cut := strings.CutSuffix(name, "."+x.domain); cut {
				head, found.domain, found.kind, ok = h, x.domain, x.kind, true
				found.partitions = append(found.partitions, x.partitions...)
			}
		}
		return head, found, ok
	}
	if head, x, ok := find(vpce, true); ok {
		return s.vpce(head, x.domain, x.partitions)
	}
	other := slowHost{kind: "other"}
	if slowVPCE.MatchString(name) {
		other = slowHost{}
	}
	head, x, ok := find(services, false)
	if !ok {
		return other
	}
	h := slowHost{domain: x.domain}
	if rest, region, ok := s.cutRegion(head, x.partitions); ok {
		if rest == "" {
			return other
		}
		h.region, h.listed, h.partition = region, s.listed[region], s.partitionOf(region)
		if m := slowRes.FindStringSubmatch(rest); m != nil && x.domain == "on.aws" {
			h.kind, h.id, h.service = "resource", m[1], "vpc-lattice-rsc"
			return h
		}
		if m := slowAPI.FindStringSubmatch(rest); m != nil && x.kind == "dns" {
			h.kind, h.id, h.service = "private-api", m[1], "execute-api"
			return h
		}
		head = rest
	} else {
		h.partition = slices.MinFunc(x.partitions, func(a, b string) int { return s.rank(a) - s.rank(b) })
	}
	if m := slowMWAA.FindStringSubmatch(head); m != nil && h.region == "" && x.kind == "dns" && slices.Contains(x.partitions, s.partitionOf(m[1])) {
		h.kind, h.service, h.region = "mwaa", "airflow", m[1]
		h.listed, h.partition = s.listed[m[1]], s.partitionOf(m[1])
		return h
	}
	for _, re := range []*regexp.Regexp{slowGlobal, slowS3} {
		m := re.FindStringSubmatch(head)
		if m == nil || x.kind == "family" {
			continue
		}
		h.kind, h.prefix, h.service = "s3", m[1], m[2]
		if h.region == "" {
			label, _, _ := strings.Cut(h.service, ".")
			for i, c := range label {
				if region := label[min(i+1, len(label)):]; c == '-' && slices.Contains(x.partitions, s.partitionOf(region)) {
					h.region, h.listed, h.partition = region, s.listed[region], s.partitionOf(region)
					h.service = label[:i]
					break
				}
			}
		}
		return h
	}
	if slowVPCE.MatchString(name) {
		return slowHost{}
	}
	h.kind = "default"
	if h.region == "" {
		h.kind = "global"
		if x.kind == "family" {
			return other
		}
		labels := strings.Split(head, ".")
		for i, l := range labels {
			p := s.partitionOf(l)
			if p == "" {
				continue
			}
			if i > 0 || len(labels) == 1 || !slices.Contains(x.partitions, p) {
				return other
			}
			h.kind, h.region, h.listed, h.partition = "legacy", l, s.listed[l], p
			head = strings.Join(labels[1:], ".")
		}
		if head == "queue" {
			h.kind = "legacy"
		}
	}
	if h.kind != "legacy" || head == "queue" {
		if m := slowFirst.FindStringSubmatch(head); m != nil {
			h.prefix, head = m[1], m[2]
		} else if head == "*" {
			return other
		}
	}
	h.service = head
	switch {
	case slowFIPS.MatchString(head):
		h.kind = "fips"
	case x.kind == "dual":
		h.kind = "dual-stack"
	}
	return h
}

func (s *slow) rank(partition string) int {
	return slices.IndexFunc(s.partitions, func(p slowPartition) bool { return p.id == partition })
}

// vpce reads a name under a vpce suffix; head is what stands before it.
func (s *slow) vpce(head, domain string, partitions []string) slowHost {
	left, region, ok := s.cutRegion(head, partitions)
	if !ok || left == "" {
		return slowHost{}
	}
	h := slowHost{region: region, listed: s.listed[region], partition: s.partitionOf(region), domain: domain}
	labels := strings.Split(left, ".")
	n := len(labels)
	ep := -1
	switch {
	case strings.HasPrefix(labels[n-1], "vpce-svc-"):
		if !slowOwner.MatchString(labels[n-1]) {
			return slowHost{}
		}
		h.service = labels[n-1]
		if n == 1 || n == 2 && labels[0] == "*" {
			h.kind, h.prefix = "base", strings.Join(labels[:n-1], ".")
			return h
		}
		ep = n - 2
	default:
		for i, l := range labels {
			if strings.Contains(l, "vpce-") {
				ep = i
			}
		}
		if ep < 0 {
			if labels[0] == "*" {
				h.prefix, labels = "*", labels[1:]
			}
			if len(labels) == 0 {
				return slowHost{}
			}
			h.kind, h.service = "base", strings.Join(labels, ".")
			return h
		}
		h.service = strings.Join(labels[ep+1:], ".")
	}
	m := slowEP.FindStringSubmatch(labels[ep])
	if m == nil || h.service == "" {
		return slowHost{}
	}
	h.kind, h.id, h.suffix, h.zone = "regional", m[1], m[2], m[3]
	if strings.Count(labels[ep], "-") > 2 {
		h.kind = "zonal"
		if tail, ok := strings.CutPrefix(h.zone, region); !ok || !slowZone.MatchString(tail) {
			return slowHost{}
		}
	}
	h.prefix = strings.Join(labels[:ep], ".")
	switch {
	case h.prefix == "", h.prefix == "*":
	case h.service == "s3" && !strings.Contains(h.prefix, "*") && slowAccess.MatchString(h.prefix):
	default:
		return slowHost{}
	}
	return h
}
