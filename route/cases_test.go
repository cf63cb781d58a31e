package route_test

import (
	"net/netip"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// A caseRow is one row of testdata/route_cases.tsv.
type caseRow struct {
	id, group, given, query, expect string
	code                            endpoint.Code
}

func readCases(t testing.TB) []caseRow {
	t.Helper()
	text, err := os.ReadFile("testdata/route_cases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var rows []caseRow
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || cells[0] == "id" {
			continue
		}
		if len(cells) != 9 {
			t.Fatalf("%d cells: %s", len(cells), line)
		}
		rows = append(rows, caseRow{cells[0], cells[1], cells[3], cells[4], cells[5], endpoint.Code(cells[6])})
	}
	return rows
}

// explains reports whether a code stands in a path's codes or among its lost
// rows.
func explains(p route.Path, c endpoint.Code) bool {
	return slices.Contains(p.Codes, c) || slices.ContainsFunc(p.Hops, func(h route.Hop) bool {
		return slices.ContainsFunc(h.Lost, func(l route.Lost) bool { return l.Code == c })
	})
}

// lookupWorld reads the mini-language of the lookup group: routes of the main
// table of one VPC that nothing else is known of.
func lookupWorld(t testing.TB, given string) route.Config {
	t.Helper()
	c := route.Config{Subnets: []endpoint.Subnet{{ID: "subnet-1", VPCID: "vpc-1"}}}
	var routes []string
	for item := range strings.SplitSeq(given, ";") {
		if item = strings.TrimSpace(item); item == "" {
			continue
		}
		dest, target, ok := strings.Cut(item, ">")
		if !ok {
			t.Fatalf("no target in %q", item)
		}
		if name, entries, ok := strings.Cut(dest, "{"); ok {
			c.PrefixLists = append(c.PrefixLists, route.PrefixList{ID: name, CIDRs: strings.Split(strings.TrimSuffix(entries, "}"), ",")})
			dest = name
		}
		marks := ""
		for mark, word := range map[string]string{"!b": " blackhole", "!f": " filtered", "~p": " propagated"} {
			if rest, ok := strings.CutSuffix(target, mark); ok {
				target, marks = rest, word
			}
		}
		if target == "?" {
			target = "-"
		}
		routes = append(routes, dest+" "+target+marks)
	}
	c.RouteTables = []route.Table{worldTable("rtb-1", "vpc-1", []string{"main"}, routes...)}
	return c
}

// firstTarget says what the first hop says, in the words of the column expect.
func firstTarget(p route.Path) string {
	switch {
	case p.Class == route.ClassReserved:
		return "reserved"
	case p.Class == route.ClassNoRoute && len(p.Hops) == 1:
		return "no-route"
	case p.Class == route.ClassBlackhole && len(p.Hops) == 1:
		return "drop"
	case p.Class == route.ClassUnspecified:
		var targets []string
		for _, l := range p.Hops[0].Lost {
			if l.Code == endpoint.AmbiguousPrefixLists && !slices.Contains(targets, l.Target) {
				targets = append(targets, l.Target)
			}
		}
		return "unspecified:" + strings.Join(targets, "|")
	}
	return p.Hops[0].Target
}

func TestLookupCases(t *testing.T) {
	count := 0
	for _, row := range readCases(t) {
		if row.group != "lookup" {
			continue
		}
		count++
		t.Run(row.id, func(t *testing.T) {
			dst, ok := strings.CutPrefix(row.query, "dst=")
			if !ok {
				t.Fatalf("query %q", row.query)
			}
			n := mustNetwork(t, lookupWorld(t, row.given))
			p := n.Path(route.Flow{From: route.FromSubnet("subnet-1"), To: route.Addr(netip.MustParseAddr(dst))})
			if got := firstTarget(p); got != row.expect {
				t.Errorf("%s to %s goes %s, want %s", row.given, dst, got, row.expect)
			}
			if row.code != "" && !explains(p, row.code) {
				t.Errorf("%s is not in the explanation %+v", row.code, p)
			}
		})
	}
	if count != 43 {
		t.Errorf("%d rows of the lookup group, want 43", count)
	}
}

// elsewhere are rows that no question about a way can ask, with the package
// that they belong to.
var elsewhere = map[string]string{
	"V30": "making an endpoint where its service is not offered is refused by AWS's API: TestCreateRefusals of route/trace",
}

func TestCases(t *testing.T) {
	seen := 0
	for _, row := range readCases(t) {
		if row.group == "lookup" {
			continue
		}
		t.Run(row.id, func(t *testing.T) {
			if why := elsewhere[row.id]; why != "" {
				t.Skip(why)
			}
			f := caseTests[row.id]
			if f == nil {
				t.Fatal("no test for this row")
			}
			seen++
			for _, p := range f(t) {
				if row.code != "" && !explains(p, row.code) {
					t.Errorf("%s is not in the explanation: %+v", row.code, p)
				}
			}
		})
	}
	if seen != len(caseTests) {
		t.Errorf("%d rows tested, %d tests", seen, len(caseTests))
	}
}
