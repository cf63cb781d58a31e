package audit_test

import (
	"context"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
)

// row is a Cell without what cannot be printed.
type row struct {
	From, Host string
	Class      route.Class
	Verdict    route.Verdict
}

func rows(m *audit.Matrix) []row {
	var list []row
	for c := range m.Cells() {
		list = append(list, row{c.From.ID(), c.Target(), c.Class, c.Verdict})
	}
	return list
}

// TestMatrix is the page's VPC: what its endpoint answers and what it does not.
func TestMatrix(t *testing.T) {
	m := newMatrix(t, newWorld(t, page()), hosts("monitoring.{region}.{suffix}", "sts.{region}.{suffix}", "10.0.2.10:80"))
	want := []row{
		{"subnet-a", pageHost, route.ClassEndpoint, route.Private},
		{"subnet-a", "sts.us-east-2.amazonaws.com", route.ClassInternetGateway, route.Public},
		{"subnet-a", "10.0.2.10:80", route.ClassEndpoint, route.Private},
		{"subnet-b", pageHost, route.ClassEndpoint, route.Private},
		{"subnet-b", "sts.us-east-2.amazonaws.com", route.ClassNATGateway, route.Public},
		{"subnet-b", "10.0.2.10:80", route.ClassEndpoint, route.Private},
		{"subnet-c", pageHost, route.ClassEndpoint, route.Private},
		{"subnet-c", "sts.us-east-2.amazonaws.com", route.ClassNoRoute, route.Failed},
		{"subnet-c", "10.0.2.10:80", route.ClassEndpoint, route.Private},
	}
	if diff := cmp.Diff(want, rows(m)); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if got, want := m.Totals(), (audit.Totals{Private: 6, Public: 2, Failed: 1}); got != want || got.String() != "9 cells: 6 private, 2 public, 1 failed" {
		t.Errorf("Totals = %+v (%s)", got, got)
	}
	if got, want := m.Row(2), (audit.Totals{Private: 2, Failed: 1}); got != want {
		t.Errorf("Row(2) = %+v", got)
	}
	if got, want := m.Column(1), (audit.Totals{Public: 2, Failed: 1}); got != want {
		t.Errorf("Column(1) = %+v", got)
	}
	if v, h := m.Len(); v != 3 || h != 3 || m.Vantage(1).ID() != "subnet-b" || m.Host(1).String() != "sts.{region}.{suffix}" || m.HostName(1) != "sts.us-east-2.amazonaws.com" {
		t.Errorf("%d vantages, %d hosts, %s, %s, %s", v, h, m.Vantage(1).ID(), m.Host(1), m.HostName(1))
	}
	var unmet []string
	for c := range m.Unmet(route.Private) {
		unmet = append(unmet, c.From.ID())
	}
	if want := []string{"subnet-a", "subnet-b", "subnet-c"}; !slices.Equal(unmet, want) {
		t.Errorf("Unmet(private) from %q, want %q", unmet, want)
	}
	for range m.Unmet(route.Failed) {
		break // a consumer may stop
	}
}

// TestMatrixRegions: a template stands for another host in each Region, and
// for none where the Region is not known.
func TestMatrixRegions(t *testing.T) {
	inv := page()
	inv.VPCs = append(inv.VPCs, endpoint.VPC{ID: "vpc-2", CIDRBlock: "10.2.0.0/16"}, endpoint.VPC{ID: "vpc-3", CIDRBlock: "10.3.0.0/16"})
	inv.Subnets = append(inv.Subnets,
		endpoint.Subnet{ID: "subnet-cn", VPCID: "vpc-2", CIDRBlock: "10.2.1.0/24", AvailabilityZone: "cn-north-1a"},
		endpoint.Subnet{ID: "subnet-nowhere", VPCID: "vpc-3", CIDRBlock: "10.3.1.0/24"})
	m := newMatrix(t, newWorld(t, inv), hosts("sts.{region}.{suffix}:8443"))
	var targets []string
	for c := range m.Cells() {
		targets = append(targets, c.Target())
	}
	want := []string{
		"sts.us-east-2.amazonaws.com:8443", "sts.us-east-2.amazonaws.com:8443", "sts.us-east-2.amazonaws.com:8443",
		"sts.cn-north-1.amazonaws.com.cn:8443", "sts.{region}.{suffix}:8443",
	}
	if !slices.Equal(targets, want) || m.HostName(0) != "sts.{region}.{suffix}:8443" {
		t.Errorf("targets %q, want %q; column %s", targets, want, m.HostName(0))
	}
	nowhere := m.At(4, 0)
	tr := nowhere.Trace()
	if nowhere.Class != route.ClassUnknown || nowhere.Verdict != route.VerdictUnknown || tr.Class != nowhere.Class || !slices.Equal(tr.Codes, []endpoint.Code{endpoint.UnknownDestination}) {
		t.Errorf("%+v, %v", nowhere, tr.Codes)
	}
}

// TestMatrixTraces: the proofs come in the order of the cells, each that of its
// cell, and a consumer may stop anywhere.
func TestMatrixTraces(t *testing.T) {
	inv, list := estate(3)
	m := newMatrix(t, newWorld(t, inv), list[:30])
	cells := slices.Collect(m.Cells())
	n := 0
	for c, tr := range m.Traces() {
		if c != cells[n] || tr.From != c.From || tr.Host != c.Host || tr.Class != c.Class || tr.Verdict != c.Verdict {
			t.Fatalf("cell %d: %+v with the proof of %s from %s", n, c, tr.Host, tr.From.ID())
		}
		n++
	}
	if n != len(cells) {
		t.Errorf("%d proofs of %d cells", n, len(cells))
	}
	for stop := range 70 {
		n := 0
		for range m.Traces() {
			if n++; n > stop {
				break
			}
		}
	}
	for range newMatrix(t, newWorld(t, trace.Inventory{}), list).Traces() {
		t.Error("a proof of nothing")
	}
}

func TestMatrixProgress(t *testing.T) {
	vs, err := audit.Vantages(newWorld(t, page()))
	if err != nil {
		t.Fatal(err)
	}
	var calls []int
	if _, err := audit.NewMatrix(t.Context(), vs, hosts(pageHost, "sts.amazonaws.com"), func(done, total int) {
		if total != 6 {
			t.Errorf("total %d", total)
		}
		calls = append(calls, done)
	}); err != nil || !slices.Equal(calls, []int{2, 4, 6}) {
		t.Errorf("progress %v, %v", calls, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if m, err := audit.NewMatrix(ctx, vs, hosts(pageHost), nil); m != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v, %v", m, err)
	}
	if m, err := audit.NewMatrix(ctx, nil, hosts(pageHost), nil); m == nil || err != nil || m.Totals().All() != 0 {
		t.Errorf("nothing to do: %v, %v", m, err)
	}
}

// TestClosedSets: the octet of a cell holds every class and verdict of package
// route, and no other.
func TestClosedSets(t *testing.T) {
	f, err := parser.ParseFile(token.NewFileSet(), "../class.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	declared := map[string][]string{}
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && v.Type != nil {
			text, err := strconv.Unquote(v.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			typ := v.Type.(*ast.Ident).Name
			declared[typ] = append(declared[typ], text)
		}
		return true
	})
	var classes, verdicts []string
	for _, c := range audit.Classes {
		classes = append(classes, string(c))
	}
	for _, v := range audit.Verdicts {
		verdicts = append(verdicts, string(v))
	}
	if diff := cmp.Diff(map[string][]string{"Class": classes, "Verdict": verdicts}, declared); diff != "" {
		t.Errorf("(-here +package route):\n%s", diff)
	}
	for _, c := range audit.Classes {
		for _, v := range audit.Verdicts {
			if gc, gv := audit.PackedRoundTrip(c, v); gc != c || gv != v {
				t.Errorf("%s %s becomes %s %s", c, v, gc, gv)
			}
		}
	}
}

func TestParseVerdict(t *testing.T) {
	for in, want := range map[string]route.Verdict{"private": route.Private, "PUBLIC": route.Public, "Failed": route.Failed, "unknown": route.VerdictUnknown} {
		if v, err := audit.ParseVerdict(in); v != want || err != nil {
			t.Errorf("ParseVerdict(%q) = %s, %v", in, v, err)
		}
	}
	if v, err := audit.ParseVerdict("mixed"); v != "" || !errors.Is(err, audit.ErrVerdict) {
		t.Errorf("ParseVerdict(mixed) = %q, %v", v, err)
	}
}
