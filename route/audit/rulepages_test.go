package audit_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/route/audit"
)

// ruleNumber matches the number of a rule in text. S3 and the like are none.
var ruleNumber = regexp.MustCompile(`\b(?:[RZCPFE][0-9]{1,2}a?|NAM-[0-9]{2})\b`)

// absent matches the files that rules were once collected in. They are not part
// of the module: a reader cannot look into them.
var absent = regexp.MustCompile(`\b(?:routing|dns|naming|resolver|design)\.md\b`)

// printable returns the rule numbers in the strings of every package whose text
// the command can print, and those in LIMITS.md, each with one place. Strings
// of generators, guards for tests and programs run by go generate reach nobody.
func printable(t *testing.T) map[string]string {
	t.Helper()
	root := filepath.Join("..", "..")
	found := map[string]string{}
	note := func(place, text string) {
		for _, n := range ruleNumber.FindAllString(text, -1) {
			found[n] = place
		}
	}
	for _, dir := range []string{"naming", "endpoint", "zone", "resolver", "route", "examples/whichway"} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "tracegen" || d.Name() == "tracetest" || d.Name() == "testdata"):
				return fs.SkipDir
			case filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || strings.HasPrefix(d.Name(), "rulepages"):
				return nil
			}
			f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.PackageClauseOnly)
			if err != nil || f.Name.Name == "main" && dir != "examples/whichway" {
				return err
			}
			if f, err = parser.ParseFile(token.NewFileSet(), path, nil, 0); err != nil {
				return err
			}
			ast.Inspect(f, func(n ast.Node) bool {
				if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
					if text, err := strconv.Unquote(lit.Value); err == nil {
						note(path, text)
						if name := absent.FindString(text); name != "" {
							t.Errorf("%s: %q names %s, which is not in the repository", path, text, name)
						}
					}
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	limits, err := os.ReadFile(filepath.Join(root, "LIMITS.md"))
	if err != nil {
		t.Fatal(err)
	}
	note("LIMITS.md", string(limits))
	return found
}

// TestRulePages: every rule number that can be printed has a page, no page is
// without a rule, and pages name only rules that have one.
func TestRulePages(t *testing.T) {
	found := printable(t)
	for _, n := range []string{"R9a", "R31", "Z9", "Z38", "NAM-44", "E8", "C8"} { // of the tables of route and zone, of findings, of pages
		if found[n] == "" {
			t.Fatalf("%s was not found: the search is blind", n)
		}
	}
	numbers := audit.RuleNumbers()
	for _, n := range slices.Sorted(maps.Keys(found)) {
		if !slices.Contains(numbers, n) {
			t.Errorf("%s has no page and is printed by %s", n, found[n])
		}
	}
	sources := []string{"documented: ", "observed: ", "inferred: ", "our choice: modelled"}
	seen := map[string]bool{}
	for _, n := range numbers {
		if seen[n] {
			t.Errorf("%s has two pages", n)
		}
		seen[n] = true
		if found[n] == "" {
			t.Errorf("%s has a page, and nothing prints it", n)
		}
		p, ok := audit.ExplainRule(strings.ToLower(n))
		if !ok || p.Rule != n {
			t.Errorf("%s in lower case: %q, %t", n, p.Rule, ok)
		}
		if len(p.Text) < 40 || len(p.Text) > 600 || !strings.HasSuffix(p.Text, ".") || strings.Contains(p.Text, "\n") {
			t.Errorf("%s: %q is no short paragraph", n, p.Text)
		}
		if !slices.ContainsFunc(sources, func(s string) bool { return strings.HasPrefix(p.Source, s) }) || strings.HasSuffix(p.Source, ".") {
			t.Errorf("%s: source %q", n, p.Source)
		}
		for _, other := range ruleNumber.FindAllString(p.Text+p.Source, -1) {
			if !slices.Contains(numbers, other) {
				t.Errorf("%s names %s, which has no page", n, other)
			}
		}
	}
	for _, n := range []string{"", "R", "R4711", "routing.md"} {
		if p, ok := audit.ExplainRule(n); ok || p != (audit.RulePage{}) {
			t.Errorf("%q: %v, %t", n, p, ok)
		}
	}
	for _, c := range audit.Codes() {
		if _, ok := audit.ExplainRule(string(c)); ok {
			t.Errorf("%s is a code and a rule", c)
		}
	}
}

func ExampleExplainRule() {
	p, ok := audit.ExplainRule("r9a")
	fmt.Println(ok)
	fmt.Print(p)
	// Output:
	// true
	// R9a
	//   Of several candidates the one with the longest prefix wins, before it
	//   counts whether it is static, from a prefix list or propagated.
	//
	// Source
	//   documented: "How route priority works"
}

func ExampleRuleNumbers() {
	numbers := audit.RuleNumbers()
	fmt.Println(numbers[:3], numbers[len(numbers)-1])
	// Output: [R1 R2 R3] NAM-44
}
