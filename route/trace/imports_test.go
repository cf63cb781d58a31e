package trace_test

import (
	"bytes"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/privatelink-go/privatelink/"

// importRule says what a package may import, and why no more.
type importRule struct {
	pkg    string
	ours   string // of this module, space-separated
	third  string // third-party modules
	banned string // standard packages, with all below them
	why    string
}

// importRules is the table of who may import whom. Standard packages that are
// not banned are free; everything else must be named.
var importRules = []importRule{
	{"naming", "", "", "fmt os time reflect unicode net encoding/json encoding/xml log io io/fs", "text only: everybody imports it, so it must cost nothing"},
	{"endpoint", "naming", "", "encoding/json net os time io/fs", "plain data: struct tags need no import"},
	{"endpoint/catalog", "naming endpoint", "", "net os time encoding/json", "facts keyed by service name and type, embedded"},
	{"zone", "naming endpoint", "", "net os time encoding/json", "names to records, nothing of routes"},
	{"route", "naming endpoint", "", "net os time encoding/json", "decides about addresses, so it never knows zones"},
	{"route/trace", "naming endpoint endpoint/catalog zone route", "", "net os time encoding/json", "the join of DNS and routing is still pure"},
	{"route/describe", "naming endpoint endpoint/catalog zone route route/trace", "", "net os time", "bytes enter here, through io and io/fs"},
	{"route/report", "naming endpoint endpoint/catalog zone route route/trace route/describe route/audit", "", "net os time", "writes what others decided"},
	{"route/audit", "naming endpoint endpoint/catalog zone route route/trace", "", "net os", "many questions at once: goroutines, and its profiles' JSON"},
	{"route/terraform", "naming endpoint endpoint/catalog zone route route/trace", "", "net os time", "bytes enter here, through io"},
	{"route/tracetest", "naming endpoint endpoint/catalog zone route route/trace route/describe route/audit resolver", "", "os", "for users' tests: it may import testing and net/http, never rapid"},
	{"route/tracegen", "naming endpoint endpoint/catalog zone route route/trace route/describe route/audit", "pgregory.net/rapid", "net os time", "the only package with rapid: it registers flags in every binary"},
	{"resolver", "naming zone", "golang.org/x/net", "encoding/json", "the view behind net.Resolver; knows no routes. Of os it takes ErrDeadlineExceeded"},
	{"resolver/server", "resolver", "golang.org/x/net", "os encoding/json", "sockets, and nothing but the resolver's answers"},
	{"examples", "*", "pgregory.net/rapid", "", "may use everything; nothing imports it"},
}

// netAllowed are packages below the banned net that hold no sockets.
var netAllowed = []string{"net/netip"}

func TestImports(t *testing.T) {
	list, err := exec.Command("go", "list", "-f", `{{.ImportPath}}|{{join .Imports " "}}`, module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	for line := range strings.Lines(string(list)) {
		pkg, imports, _ := strings.Cut(strings.TrimSpace(line), "|")
		pkg = strings.TrimPrefix(pkg, module)
		if pkg+"/" == module {
			continue // documentation only
		}
		if pkg == "examples" || strings.HasPrefix(pkg, "examples/") {
			pkg = "examples"
		}
		i := slices.IndexFunc(importRules, func(r importRule) bool { return r.pkg == pkg })
		if i < 0 {
			t.Errorf("%s: no row says what it may import", pkg)
			continue
		}
		for imp := range strings.FieldsSeq(imports) {
			importRules[i].check(t, imp)
		}
	}
}

func (r importRule) check(t *testing.T, imp string) {
	t.Helper()
	if ours, ok := strings.CutPrefix(imp, module); ok {
		if strings.HasPrefix(ours, "examples/") || (r.ours != "*" && !slices.Contains(strings.Fields(r.ours), ours)) {
			t.Errorf("%s imports %s: %s", r.pkg, ours, r.why)
		}
		return
	}
	if strings.Contains(strings.SplitN(imp, "/", 2)[0], ".") {
		if !slices.ContainsFunc(strings.Fields(r.third), func(m string) bool { return imp == m || strings.HasPrefix(imp, m+"/") }) {
			t.Errorf("%s imports %s, which no row allows: %s", r.pkg, imp, r.why)
		}
		return
	}
	if bans(r.banned, imp) {
		t.Errorf("%s imports %s: %s", r.pkg, imp, r.why)
	}
}

func bans(banned, imp string) bool {
	return !slices.Contains(netAllowed, imp) && slices.ContainsFunc(strings.Fields(banned), func(b string) bool {
		return imp == b || strings.HasPrefix(imp, b+"/")
	})
}

// TestClosures checks what whole import closures must not hold: naming stays
// as small as net/netip, and no core reaches a socket by any way.
func TestClosures(t *testing.T) {
	for _, tt := range []struct{ pkg, banned, why string }{
		{"naming", "fmt os time reflect net", "naming builds strings itself, as net/netip does"},
		{"route/trace", "net", "the cores decide from data alone"},
	} {
		out, err := exec.Command("go", "list", "-deps", module+tt.pkg).Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for dep := range bytes.Lines(out) {
			if d := strings.TrimSpace(string(dep)); bans(tt.banned, d) {
				t.Errorf("%s reaches %s: %s", tt.pkg, d, tt.why)
			}
		}
	}
}
