package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
)

// matrixOf asks from everywhere in a world for profiles and hosts.
func matrixOf(t testing.TB, w *trace.World, profiles string, words ...string) *audit.Matrix {
	t.Helper()
	vs, err := audit.Vantages(w)
	if err != nil {
		t.Fatal(err)
	}
	var ps []audit.Profile
	if profiles != "" {
		if ps, err = audit.LoadProfiles([]string{profiles}, os.ReadFile); err != nil {
			t.Fatal(err)
		}
	}
	hosts, err := audit.Hosts(ps, words...)
	if err != nil {
		t.Fatal(err)
	}
	m, err := audit.NewMatrix(t.Context(), vs, hosts, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestMatrixGolden prints the page's VPC: three hosts across, and a profile's
// hosts down.
func TestMatrixGolden(t *testing.T) {
	w := pageWorld(t)
	for name, m := range map[string]*audit.Matrix{
		"few":     matrixOf(t, w, "", "monitoring.us-east-2.amazonaws.com", "monitoring.us-east-2.api.aws", "10.0.2.10:8443"),
		"profile": matrixOf(t, w, "eks-node", "monitoring.{region}.{suffix}"),
	} {
		for ext, print := range map[string]func(io.Writer, *audit.Matrix) error{
			"txt":  func(w io.Writer, m *audit.Matrix) error { return report.MatrixText(w, m, 0) },
			"json": report.Matrix,
			"csv":  report.MatrixCSV,
			"md":   report.MatrixMarkdown,
		} {
			var b bytes.Buffer
			if err := print(&b, m); err != nil {
				t.Fatal(err)
			}
			golden(t, "matrix-"+name+"."+ext, b.Bytes())
		}
	}
}

// TestMatrixWidth: a block is as wide as the terminal allows, headings are
// all different, and no cell is lost.
func TestMatrixWidth(t *testing.T) {
	var words []string
	for _, s := range []string{"sts", "sqs", "sns", "kms", "logs", "api.ecr", "secretsmanager", "secretsmanager-fips", "ssm", "ec2"} {
		words = append(words, s+".us-east-2.amazonaws.com")
	}
	inv := pageWorld(t).Inventory()
	for i := range 12 {
		s := inv.Subnets[0]
		s.ID, s.CIDRBlock, s.Tags = "subnet-1"+string(rune('a'+i)), "10.0.10"+string(rune('0'+i%10))+".0/24", nil
		inv.Subnets = append(inv.Subnets, s)
	}
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	m := matrixOf(t, w, "", words...)
	for _, width := range []int{80, 100, 200} {
		var b bytes.Buffer
		if err := report.MatrixText(&b, m, width); err != nil {
			t.Fatal(err)
		}
		cells := 0
		for line := range strings.Lines(b.String()) {
			if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > width {
				t.Errorf("width %d: a line of %d: %q", width, n, line)
			}
			for _, word := range []string{"PRIVATE", "PUBLIC", "FAILED", "UNKNOWN"} {
				cells += strings.Count(line, word)
			}
		}
		if cells != m.Totals().All() {
			t.Errorf("width %d: %d cells printed of %d", width, cells, m.Totals().All())
		}
		if got := strings.Count(b.String(), "~2  secretsmanager-fips"); got != 1 {
			t.Errorf("width %d: two headings are not told apart:\n%s", width, b.String())
		}
	}
}

// TestMatrixEmpty: no vantage or no host is a matrix too.
func TestMatrixEmpty(t *testing.T) {
	w := pageWorld(t)
	none, err := trace.New(trace.Inventory{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*audit.Matrix{matrixOf(t, w, ""), matrixOf(t, none, "", "a.example")} {
		var b bytes.Buffer
		if err := report.MatrixText(&b, m, 80); err != nil || b.String() != "0 cells\n" {
			t.Errorf("%q, %v", b.String(), err)
		}
		b.Reset()
		if err := report.Matrix(&b, m); err != nil || b.Len() != 0 {
			t.Errorf("%q, %v", b.String(), err)
		}
	}
}

// TestMatrixAgree: JSON and CSV hold the same cells in the same order.
func TestMatrixAgree(t *testing.T) {
	inv := pageWorld(t).Inventory()
	inv.Subnets[0].Tags[0].Value = "=1+1\n\",x"
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	m := matrixOf(t, w, "ssm", "10.0.2.10:80")
	var j, c bytes.Buffer
	if err := errors.Join(report.Matrix(&j, m), report.MatrixCSV(&c, m)); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&c).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if n := m.Totals().All() + 1; len(lines) != n {
		t.Fatalf("%d lines of CSV, want %d", len(lines), n)
	}
	dec := json.NewDecoder(&j)
	for _, l := range lines[1:] {
		var o struct {
			Schema, From, Host, Class, Verdict string
			Codes                              []string
		}
		if err := dec.Decode(&o); err != nil {
			t.Fatal(err)
		}
		if got := []string{o.From, o.Host, o.Class, o.Verdict, strings.Join(o.Codes, " ")}; strings.Join(got, "|") != strings.Join([]string{l[0], l[4], l[5], l[6], l[7]}, "|") || o.Schema != "whichway.cell/1" {
			t.Errorf("JSON %q, CSV %q", got, l)
		}
		if l[1] != "" && l[1][0] == '=' {
			t.Errorf("a spreadsheet would run %q", l[1])
		}
	}
}
