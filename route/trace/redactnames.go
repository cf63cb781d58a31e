package trace

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
)

// awsLabels are the labels that AWS's own names are made of.
func awsLabels() map[string]bool {
	known := map[string]bool{}
	add := func(name string) {
		for l := range strings.SplitSeq(name, ".") {
			known[l] = true
		}
	}
	add("vpce.queue.ddb.iot.data.control.dualstack.fips.compute.compute-1.s3.s3-global.accesspoint.bucket.dynamodb.airflow")
	add("elb.rds.redshift.docdb.neptune.cache.eks.es.efs.fsx.memorydb.kafka.mq") // behind names of what may stand in a VPC
	for s := range catalog.Default().All() {
		names, _ := s.PrivateNames("us-east-2")
		label, _ := s.Label("us-east-2")
		for _, n := range append(slices.Clone(names), label) {
			add(n)
		}
		if n := s.PublicDualStack("us-east-2"); n != "" {
			add(n)
		}
	}
	for r := range naming.Regions() {
		add(r.Name)
	}
	return known
}

// awsDomains are the domains that AWS's own names stand under.
var awsDomains = func() []string {
	domains := []string{"aws", "ec2.internal", "compute-1.internal", "compute.internal"}
	for p := range naming.Partitions() {
		domains = append(domains, p.DNSSuffix, p.DualStackSuffix, p.VPCESuffix)
	}
	return domains
}()

// number gives every text that is renamed its number.
func (r *Redaction) number(texts map[redactKind][]string) {
	ids := slices.Clone(texts[kindID])
	for _, id := range texts[kindZoneID] {
		ids = append(ids, strings.TrimPrefix(id, "/hostedzone/"))
	}
	for _, s := range slices.Concat(texts[kindService], texts[kindList]) {
		if _, id, ok := cutServiceID(s); ok {
			ids = append(ids, id)
		}
	}
	accounts := texts[kindAccount]
	for _, s := range texts[kindARN] {
		for p := range strings.SplitSeq(s, ":") {
			if _, id, ok := strings.Cut(p, "/"); ok {
				ids = append(ids, id)
			} else {
				accounts = append(accounts, p)
			}
		}
	}
	for _, h := range texts[kindHost] {
		for l := range strings.SplitSeq(strings.ToLower(h), ".") {
			if e, ok := cutEndpoint(l); ok {
				ids = append(ids, e.id)
			} else if isAccount(l) {
				accounts = append(accounts, l)
			}
		}
	}
	slices.Sort(ids)
	count := map[string]int{}
	for _, id := range slices.Compact(ids) {
		if prefix, ok := idPrefix(id); ok {
			count[prefix]++
			width := 8
			if len(id) >= len(prefix)+17 {
				width = 17
			}
			r.ids[id] = prefix + hex(count[prefix], width)
		}
	}
	slices.Sort(accounts)
	for _, a := range accounts {
		r.account(a)
	}
	for _, n := range slices.Concat(texts[kindName], texts[kindList]) {
		if _, ok := r.names[n]; !ok {
			r.names[n] = "name-" + hex(len(r.names)+1, 1)
		}
	}
	r.names["default"] = "default" // a security group that the rules know by its name (F1)
	r.addrs = newRenumbering(slices.Concat(texts[kindAddr], texts[kindCIDR]), texts[kindListEntry])
	for _, h := range texts[kindHost] {
		r.host(h)
	}
}

// idPrefix returns what tells the kind of an id; false for AWS's own words,
// local and ZONEIDPENDING.
func idPrefix(id string) (string, bool) {
	switch {
	case id == "local" || id == endpoint.ZoneIDPending || id == "":
		return "", false
	case strings.HasPrefix(id, "Z") && !strings.Contains(id, "-"):
		return "Z", true
	}
	for _, p := range []string{
		"vpce-svc-", "tgw-rtb-", "tgw-attach-", "rslvr-in-", "rslvr-out-", "rslvr-rrassoc-", "rslvr-rr-", "core-network-", "rpassoc-", "rpr-", "rp-",
		"vpce-", "vpc-", "subnet-", "eni-", "rtb-", "igw-", "eigw-", "nat-", "vgw-", "pcx-", "tgw-", "sg-", "acl-", "pl-", "lgw-", "cagw-", "i-", "vpn-",
	} {
		if strings.HasPrefix(id, p) {
			return p, true
		}
	}
	return "id-", true
}

// hex prints a number with at least so many digits.
func hex(n, width int) string {
	s := strconv.FormatInt(int64(n), 16)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

func isAccount(s string) bool { return len(s) == 12 && strings.Trim(s, "0123456789") == "" }

// account returns what stands for an account; amazon, AWS and other words
// stay.
func (r *Redaction) account(a string) string {
	if !isAccount(a) {
		return a
	}
	n, ok := r.accounts[a]
	if !ok {
		s := strconv.Itoa(len(r.accounts) + 1)
		n = strings.Repeat("0", 12-len(s)) + s
		r.accounts[a] = n
	}
	return n
}

// host redacts a name label by label, from the right: whether a label is AWS's
// depends on what stands behind it and on nothing else, so that a name below
// another stays below it.
func (r *Redaction) host(s string) string {
	name := strings.TrimSuffix(s, ".")
	labels := strings.Split(name, ".")
	if n := len(labels); n > 2 && strings.EqualFold(labels[n-2]+"."+labels[n-1], "in-addr.arpa") {
		return strings.Join(append(r.reverse(labels[:n-2]), labels[n-2:]...), ".") + s[len(name):]
	}
	behind := ""
	for i, l := range slices.Backward(labels) {
		here := strings.ToLower(l)
		whole := strings.TrimSuffix(here+"."+behind, ".")
		labels[i] = r.label(l, here, whole, behind)
		behind = whole
	}
	return strings.Join(labels, ".") + s[len(name):]
}

func (r *Redaction) label(as, l, whole, behind string) string {
	aws := false
	for _, d := range awsDomains {
		if d == whole || strings.HasSuffix(d, "."+whole) {
			return as // com, amazonaws.com
		}
		aws = aws || d == behind || strings.HasSuffix(behind, "."+d)
	}
	switch {
	case l == "", l == "*", l == `\052`, whole == "internal", whole == "arpa":
		return as
	case !aws:
		return r.fresh(l)
	case r.known[l], strings.HasPrefix(l, "s3-"), strings.HasPrefix(l, "s3express-"), strings.HasPrefix(l, "fips-"), strings.HasSuffix(l, "-fips"):
		return as
	case isAccount(l):
		return r.account(l)
	case strings.HasPrefix(l, "vpce-svc-"):
		return mapped(r.ids, l)
	case strings.HasPrefix(l, "vpc-"): // of a domain of OpenSearch Service that stands in one
		return "vpc-" + r.fresh(strings.TrimPrefix(l, "vpc-"))
	case strings.HasSuffix(l, "-ats"):
		return r.fresh(strings.TrimSuffix(l, "-ats")) + "-ats"
	}
	if a, err := netip.ParseAddr(strings.ReplaceAll(strings.TrimPrefix(l, "ip-"), "-", ".")); err == nil && strings.HasPrefix(l, "ip-") {
		return "ip-" + strings.ReplaceAll(r.Addr(a).String(), ".", "-")
	}
	if _, ok := naming.PartitionOf(l); ok {
		return as
	}
	if e, ok := cutEndpoint(l); ok {
		return r.endpointLabel(e)
	}
	return r.fresh(l)
}

// fresh returns what stands for a label that a customer chose.
func (r *Redaction) fresh(l string) string {
	n, ok := r.labels[l]
	if !ok {
		n = "x" + strconv.Itoa(len(r.labels)+1)
		r.labels[l] = n
	}
	return n
}

// endpointLabel is a label with an endpoint's id: vpce-099deb00b40f00e22, then
// the suffix and the zone in an endpoint's names; behind an API's id in a
// private API's.
type endpointLabel struct{ api, id, suffix, rest string }

func cutEndpoint(l string) (e endpointLabel, ok bool) {
	at := 0
	if !strings.HasPrefix(l, "vpce-") {
		i := strings.Index(l, "-vpce-")
		if i <= 0 {
			return e, false
		}
		e.api, at = l[:i], i+1
	}
	end := at + len("vpce-")
	for end < len(l) && (l[end] >= '0' && l[end] <= '9' || l[end] >= 'a' && l[end] <= 'f') {
		end++
	}
	if end-at < len("vpce-")+8 {
		return e, false
	}
	e.id, e.rest = l[at:end], l[end:]
	if len(e.rest) >= 9 && e.rest[0] == '-' && (len(e.rest) == 9 || e.rest[9] == '-') {
		e.suffix, e.rest = e.rest[1:9], e.rest[9:]
	}
	return e, true
}

func (r *Redaction) endpointLabel(e endpointLabel) string {
	id, ok := r.ids[e.id]
	if !ok { // of an endpoint that the inventory does not have
		id = "vpce-" + hex(0xffffffff-len(r.suffixes), len(e.id)-len("vpce-"))
		r.ids[e.id] = id
	}
	if e.suffix != "" {
		s, ok := r.suffixes[e.suffix]
		if !ok {
			s = hex(len(r.suffixes)+1, 8)
			r.suffixes[e.suffix] = s
		}
		id += "-" + s
	}
	if e.api != "" {
		id = r.fresh(e.api) + "-" + id
	}
	return id + e.rest
}

// reverse redacts the octets of a reverse name, which stand in reverse order;
// labels in front of them are a customer's.
func (r *Redaction) reverse(labels []string) []string {
	var octets [4]byte
	n := 0
	for n < 4 && n < len(labels) {
		o, err := strconv.ParseUint(labels[len(labels)-1-n], 10, 8)
		if err != nil {
			break
		}
		octets[n] = byte(o)
		n++
	}
	to := r.Addr(netip.AddrFrom4(octets)).As4()
	out := slices.Clone(labels)
	for i := range out {
		if k := len(labels) - 1 - i; k < n {
			out[i] = strconv.Itoa(int(to[k]))
		} else if out[i] != "*" && out[i] != `\052` {
			out[i] = r.fresh(strings.ToLower(out[i]))
		}
	}
	return out
}
