package report_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// broken is the page's VPC with mistakes of every severity.
func broken(t testing.TB) []audit.Issue {
	t.Helper()
	inv := pageWorld(t).Inventory()
	inv.HostedZones = append(inv.HostedZones, zone.HostedZone{ID: "Z0123456789ABCDEFGHIJ", Name: "ecr.api.us-east-2.amazonaws.com.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: inv.VPCs[0].ID}}})
	inv.Findings = append(inv.Findings, endpoint.Finding{Code: endpoint.ConflictingObjects, Resource: "subnet-x", Text: "two contents", Source: "input"})
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	return audit.Lint(w)
}

func TestLintGolden(t *testing.T) {
	issues := broken(t)
	for name, print := range map[string]func(io.Writer, []audit.Issue) error{
		"lint.txt": report.LintText,
		"lint.json": func(w io.Writer, issues []audit.Issue) error {
			for _, i := range issues {
				if err := report.Issue(w, i); err != nil {
					return err
				}
			}
			return nil
		},
		"lint.sarif": func(w io.Writer, issues []audit.Issue) error { return report.SARIF(w, issues, "world") },
	} {
		var b bytes.Buffer
		if err := print(&b, issues); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
	var b bytes.Buffer
	if err := report.LintText(&b, nil); err != nil || b.String() != "nothing found\n" {
		t.Errorf("%q, %v", b.String(), err)
	}
}

// TestSARIF checks a log against what the schema of SARIF 2.1.0 requires of
// every object in it, and the constraints of the standard that no schema can
// say.
func TestSARIF(t *testing.T) {
	issues := broken(t)
	for _, artifact := range []string{"", "world/vpcs.json"} {
		for _, list := range [][]audit.Issue{issues, nil} {
			var b bytes.Buffer
			if err := report.SARIF(&b, list, artifact); err != nil {
				t.Fatal(err)
			}
			checkSARIF(t, b.Bytes(), len(list))
		}
	}
}

// object is a JSON object whose members are asked for by path.
type object = map[string]any

func checkSARIF(t *testing.T, data []byte, results int) {
	t.Helper()
	var log object
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatal(err)
	}
	known := map[string][]string{ // members that the schema has, by kind of object; it allows no other
		"log":            {"$schema", "version", "runs"},
		"run":            {"tool", "results"},
		"tool":           {"driver"},
		"driver":         {"name", "informationUri", "rules"},
		"rule":           {"id", "shortDescription", "fullDescription", "help", "defaultConfiguration"},
		"configuration":  {"level"},
		"message":        {"text"},
		"result":         {"ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"},
		"location":       {"physicalLocation", "logicalLocations"},
		"physical":       {"artifactLocation"},
		"artifact":       {"uri"},
		"logical":        {"name", "fullyQualifiedName", "kind"},
		"partial prints": {"codeResourceText/v1"},
	}
	only := func(kind string, o object) object {
		t.Helper()
		for k := range o {
			if !slices.Contains(known[kind], k) {
				t.Errorf("%s has a member %q", kind, k)
			}
		}
		return o
	}
	text := func(o object, key string) string {
		t.Helper()
		s, ok := o[key].(string)
		if !ok || s == "" {
			t.Errorf("%q is no text: %v", key, o[key])
		}
		return s
	}
	list := func(o object, key string) []any {
		t.Helper()
		l, ok := o[key].([]any)
		if !ok {
			t.Fatalf("%q is no array: %v", key, o[key])
		}
		return l
	}
	level := func(o object) string {
		t.Helper()
		l := text(o, "level")
		if !slices.Contains([]string{"none", "note", "warning", "error"}, l) {
			t.Errorf("level %q", l)
		}
		return l
	}
	uri := func(o object, key string, absolute bool) {
		t.Helper()
		u, err := url.Parse(text(o, key))
		if err != nil || u.IsAbs() != absolute {
			t.Errorf("%q: %v, %v", key, u, err)
		}
	}
	uri(only("log", log), "$schema", true)
	if v := text(log, "version"); v != "2.1.0" {
		t.Errorf("version %q", v)
	}
	runs := list(log, "runs")
	if len(runs) != 1 {
		t.Fatalf("%d runs", len(runs))
	}
	run := only("run", runs[0].(object))
	driver := only("driver", only("tool", run["tool"].(object))["driver"].(object))
	text(driver, "name")
	uri(driver, "informationUri", true)
	rules := list(driver, "rules")
	var ids []string
	for _, r := range rules {
		rule := only("rule", r.(object))
		ids = append(ids, text(rule, "id"))
		for _, k := range []string{"shortDescription", "fullDescription", "help"} {
			text(only("message", rule[k].(object)), "text")
		}
		level(only("configuration", rule["defaultConfiguration"].(object)))
	}
	if unique := slices.Compact(slices.Clone(ids)); len(unique) != len(ids) || !slices.IsSorted(ids) {
		t.Errorf("rules %q are not unique and in order", ids)
	}
	prints := map[string]bool{}
	for _, r := range list(run, "results") {
		result := only("result", r.(object))
		i, ok := result["ruleIndex"].(float64)
		if !ok || int(i) >= len(ids) || ids[int(i)] != text(result, "ruleId") {
			t.Errorf("ruleIndex %v of ruleId %v", result["ruleIndex"], result["ruleId"])
		}
		level(result)
		if s := text(only("message", result["message"].(object)), "text"); !strings.HasSuffix(s, ".") || strings.HasSuffix(s, "..") {
			t.Errorf("message %q is no sentence", s)
		}
		for _, l := range list(result, "locations") {
			location := only("location", l.(object))
			if p, ok := location["physicalLocation"].(object); ok {
				uri(only("artifact", only("physical", p)["artifactLocation"].(object)), "uri", false)
			}
			for _, l := range list(location, "logicalLocations") {
				logical := only("logical", l.(object))
				text(logical, "name")
				text(logical, "fullyQualifiedName")
				text(logical, "kind")
			}
		}
		prints[text(only("partial prints", result["partialFingerprints"].(object)), "codeResourceText/v1")] = true
	}
	if len(list(run, "results")) != results || len(prints) != results {
		t.Errorf("%d results with %d fingerprints, want %d", len(list(run, "results")), len(prints), results)
	}
}
