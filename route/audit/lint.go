package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// Severity says how much an [Issue] matters. The zero Severity is none.
type Severity string

// The severities, worst first.
const (
	SeverityError   Severity = "error"   // something does not work, or AWS would refuse it
	SeverityWarning Severity = "warning" // it works otherwise than its author is likely to believe, or costs more
	SeverityInfo    Severity = "info"    // worth knowing, or missing from the input
)

var severities = []Severity{SeverityError, SeverityWarning, SeverityInfo}

// Issue is one mistake that [Lint] found. Code and Severity are a contract;
// Text and Fix are for people.
type Issue struct {
	Code     endpoint.Code
	Severity Severity
	Resource string // the id it was found on
	Name     string // the resource's Name tag, or a hosted zone's name
	Text     string // one sentence: what is wrong here
	Fix      string // what to do about it
	Source   string // the rule, thread or page that says so
}

// String returns "severity CODE resource (name): text" on one line.
func (i Issue) String() string {
	name := ""
	if i.Name != "" {
		name = " (" + strings.ReplaceAll(i.Name, "\n", " ") + ")"
	}
	return fmt.Sprintf("%s %s %s%s: %s", i.Severity, i.Code, i.Resource, name, i.Text)
}

// Compare orders issues: the worst first, then by code, resource and text.
func (i Issue) Compare(o Issue) int {
	return cmp.Or(
		cmp.Compare(slices.Index(severities, i.Severity), slices.Index(severities, o.Severity)),
		strings.Compare(string(i.Code), string(o.Code)),
		strings.Compare(i.Resource, o.Resource),
		strings.Compare(i.Text, o.Text),
	)
}

// Lint returns everything that is known to be a mistake in a network, in the
// order of [Issue.Compare]: the World's own Findings, and the checks of
// [Rules]. It asks from every subnet for the names of its VPC's private zones,
// and for S3, DynamoDB and STS in its Region, to find what does not arrive.
//
// A code stands once for a resource and text. What the input does not hold is
// no mistake: a check without its data says nothing.
func Lint(w *trace.World) []Issue {
	l := newLinter(w)
	for i := range l.rules {
		if l.rule = &l.rules[i]; l.rule.check != nil {
			l.rule.check(l)
		}
	}
	for _, f := range w.Findings() {
		l.rule = l.ruleOf(f.Code)
		l.report(f.Resource, "%s", f.Text)
		if n := len(l.issues); f.Source != "" && n > 0 && l.issues[n-1].Resource == f.Resource && l.issues[n-1].Text == f.Text {
			l.issues[n-1].Source = f.Source
		}
	}
	slices.SortFunc(l.issues, Issue.Compare)
	return l.issues
}

// linter is one run of Lint.
type linter struct {
	w         *trace.World
	inv       trace.Inventory
	rules     []rule
	rule      *rule // the one that is being checked
	issues    []Issue
	seen      map[Issue]bool
	vpcs      map[string]*endpoint.VPC
	subnets   map[string]*endpoint.Subnet
	of        map[string][]*endpoint.Subnet // by VPC, in order of their ids
	zones     map[string]string             // names of hosted zones by id
	endpoints map[string]*endpoint.Endpoint
}

func newLinter(w *trace.World) *linter {
	l := &linter{
		w: w, inv: w.Inventory(), rules: table(), seen: map[Issue]bool{},
		vpcs: map[string]*endpoint.VPC{}, subnets: map[string]*endpoint.Subnet{},
		of: map[string][]*endpoint.Subnet{}, zones: map[string]string{},
		endpoints: map[string]*endpoint.Endpoint{},
	}
	for i := range l.inv.Endpoints {
		l.endpoints[l.inv.Endpoints[i].ID] = &l.inv.Endpoints[i]
	}
	for i := range l.inv.VPCs {
		l.vpcs[l.inv.VPCs[i].ID] = &l.inv.VPCs[i]
	}
	slices.SortFunc(l.inv.Subnets, func(a, b endpoint.Subnet) int { return strings.Compare(a.ID, b.ID) })
	for i := range l.inv.Subnets {
		s := &l.inv.Subnets[i]
		l.subnets[s.ID] = s
		l.of[s.VPCID] = append(l.of[s.VPCID], s)
	}
	for _, z := range l.inv.HostedZones {
		l.zones[zoneID(z)] = zoneName(z)
	}
	return l
}

// ruleOf returns the row of a code; of a code that has none, a row that only
// says that the resource is to be looked at.
func (l *linter) ruleOf(c endpoint.Code) *rule {
	if i := slices.IndexFunc(l.rules, func(r rule) bool { return r.Code == c }); i >= 0 {
		return &l.rules[i]
	}
	return &rule{Rule: Rule{c, SeverityWarning, "look at the resource", ""}}
}

// report adds an issue of the rule that is being checked.
func (l *linter) report(resource, format string, args ...any) {
	i := Issue{
		Code: l.rule.Code, Severity: l.rule.Severity, Resource: resource,
		Name: cmp.Or(l.w.Name(resource), l.zones[resource]), Text: fmt.Sprintf(format, args...),
		Fix: l.rule.Fix, Source: l.rule.Source,
	}
	if !l.seen[i] {
		l.seen[i] = true
		l.issues = append(l.issues, i)
	}
}

// labels joins ids with their Name tags; more than three are counted.
func (l *linter) labels(ids []string) string {
	const most = 3
	var list []string
	for _, id := range ids[:min(most, len(ids))] {
		list = append(list, l.w.Label(id))
	}
	s := strings.Join(list, ", ")
	if n := len(ids) - most; n > 0 {
		s += fmt.Sprintf(" and %d more", n)
	}
	return s
}

// few joins names; more than three are counted.
func few(names []string) string {
	const most = 3
	s := strings.Join(names[:min(most, len(names))], ", ")
	if n := len(names) - most; n > 0 {
		s += fmt.Sprintf(" and %d more", n)
	}
	return s
}

// az is what tells the Availability Zone of a subnet: its id, which is the same
// for every account, else its name.
func az(s *endpoint.Subnet) string { return cmp.Or(s.AvailabilityZoneID, s.AvailabilityZone) }

func zoneID(z zone.HostedZone) string   { return strings.TrimPrefix(z.ID, "/hostedzone/") }
func zoneName(z zone.HostedZone) string { return lower(strings.TrimSuffix(z.Name, ".")) }
func recordName(r zone.RecordSet) string {
	return strings.ReplaceAll(lower(strings.TrimSuffix(r.Name, ".")), `\052`, "*")
}

// interfaces yields the available interface endpoints.
func (l *linter) interfaces(yield func(*endpoint.Endpoint) bool) {
	for i := range l.inv.Endpoints {
		if e := &l.inv.Endpoints[i]; e.Type.Is(endpoint.Interface) && available(e) && !yield(e) {
			return
		}
	}
}

func available(e *endpoint.Endpoint) bool {
	return e.State == "" || e.State.Is(endpoint.Available)
}

// view returns the DNS view of a VPC; nil if there is none.
func (l *linter) view(vpc string) *zone.View {
	v, _ := l.w.Zones().View(zone.VPC(vpc))
	return v
}

// servedPrivately reports whether a private zone of the VPC answers for a name.
func (l *linter) servedPrivately(vpc, name string) bool {
	v := l.view(vpc)
	if v == nil {
		return false
	}
	switch v.Lookup(name, zone.A).Source().Kind {
	case zone.HiddenZone, zone.CustomerZone:
		return true
	case zone.NoSource, zone.VPCE, zone.ForwardRule, zone.Autodefined, zone.PublicDNS:
	}
	return false
}
