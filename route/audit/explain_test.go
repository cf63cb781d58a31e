package audit_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/audit"
)

// codesIn returns the constants of type Code that a file declares.
func codesIn(t testing.TB, file string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if lit, ok := v.Values[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
				s, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				if strings.ToUpper(s) == s {
					codes = append(codes, s)
				}
			}
		}
		return true
	})
	return codes
}

// TestExplain: every code of the module has a page, and every page a code.
func TestExplain(t *testing.T) {
	declared := slices.Concat(codesIn(t, "../../endpoint/code.go"), codesIn(t, "rules.go"))
	if len(declared) < 70 {
		t.Fatalf("only %d codes: %q", len(declared), declared)
	}
	for _, c := range declared {
		p, ok := audit.Explain(endpoint.Code(c))
		if !ok || p.Code != endpoint.Code(c) {
			t.Errorf("%s: no page", c)
			continue
		}
		for _, s := range []string{p.Title, p.Meaning, p.Example, p.Fix} {
			if s == "" || !strings.HasSuffix(s, ".") {
				t.Errorf("%s: %q is no sentence", c, s)
			}
		}
		if p.Source == "" || strings.HasSuffix(p.Source, ".") {
			t.Errorf("%s: source %q", c, p.Source)
		}
		for line := range strings.Lines(p.String()) {
			if utf8.RuneCountInString(line) > 100 {
				t.Errorf("%s: a long line %q", c, line)
			}
		}
	}
	slices.Sort(declared)
	var pages []string
	for _, c := range audit.Codes() {
		pages = append(pages, string(c))
	}
	if !slices.Equal(pages, declared) {
		t.Errorf("pages %q, codes %q", pages, declared)
	}
	if p, ok := audit.Explain("host_not_covered"); !ok || p.Code != endpoint.HostNotCovered {
		t.Errorf("in lower case: %v, %t", p, ok)
	}
	if p, ok := audit.Explain("NO_SUCH_CODE"); ok || p != (audit.Page{}) {
		t.Errorf("%v, %t", p, ok)
	}
	for _, r := range audit.Rules() {
		if _, ok := audit.Explain(r.Code); !ok {
			t.Errorf("rule %s has no page", r.Code)
		}
	}
}

func ExampleExplain() {
	p, ok := audit.Explain("ROUTING_LOOP")
	fmt.Println(ok)
	fmt.Print(p)
	// Output:
	// true
	// ROUTING_LOOP
	// The same device is met twice.
	//
	// What it means
	//   A gateway's own table leads back to it: the traffic never leaves.
	//
	// Example
	//   0.0.0.0/0 nat-0a on the table of the subnet that nat-0a stands in.
	//
	// What to do
	//   Give the NAT gateway's subnet a default route to an internet gateway.
	//
	// Source
	//   C6
}
