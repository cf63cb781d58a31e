package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/route/audit"
)

const (
	pageVPC      = "vpc-0a1b2c3d4e5f60001"
	pageEndpoint = "vpce-099deb00b40f00e22"
)

// exhibits are the command lines whose whole output stands in
// testdata/golden, once for every form that the word can print, all from the
// embedded world.
var exhibits = []struct {
	name string // of the golden files: NAME.FORM
	args []string
	in   string // standard input
	exit int
}{
	{"first", nil, "", exitOK},
	{"help", []string{"-h"}, "", exitOK},
	{"why", []string{"why", "-from", "private", pageHost, siblingHost}, "", exitOK},
	{"why-isolated", []string{"why", "-from", "isolated", siblingHost, "10.0.2.10:80"}, "", exitOK},
	{"matrix", []string{"matrix", "-profile", "ssm", "-require", "private", pageHost, siblingHost}, "", exitFindings},
	{"lookup", []string{"lookup", "-view", "vpc:" + pageVPC, "-"}, strings.Join([]string{
		pageHost, siblingHost, "below." + pageHost, pageEndpoint + "-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com",
	}, "\n"), exitOK},
	{"lookup-aaaa", []string{"lookup", "-view", "subnet:subnet-0a1b2c3d4e5f6000b", pageHost, "AAAA"}, "", exitOK},
	{"lookup-public", []string{"lookup", "-view", "public", pageHost}, "", exitOK},
	{"zone", []string{"zone", pageVPC}, "", exitOK},
	{"diff", []string{"diff", "-set", "private-dns=off:" + pageEndpoint}, "", exitFindings},
	{"diff-route", []string{"diff", "-drop-route", "rtb-0a1b2c3d4e5f6000b,0.0.0.0/0", "example.com"}, "", exitFindings},
	{"diff-nothing", []string{"diff", "-set", "private-dns=on:" + pageEndpoint}, "", exitOK},
	{"lint", []string{"lint"}, "", exitFindings},
	{"lint-nothing", []string{"lint", "-world", "-"}, `{"Vpcs":[]}`, exitOK},
	{"explain", []string{"explain", "HOST_NOT_COVERED"}, "", exitOK},
	{"explain-lint", []string{"explain", "return_route_missing"}, "", exitOK},
	{"explain-rule", []string{"explain", "r9a"}, "", exitOK},
	{"name", []string{"name", "-"}, strings.Join([]string{
		pageHost, siblingHost, "com.amazonaws.us-east-2.monitoring", pageEndpoint + "-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com",
		pageEndpoint + "-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com", "www.example.com",
	}, "\n"), exitOK},
	{"name-invalid", []string{"name", pageEndpoint + "-monitoring.us-east-2.vpce.amazonaws.com"}, "", exitFindings},
	{"gather", []string{"gather"}, "", exitOK},
	{"gather-accounts", []string{"gather", "-profile", "prod,dev", "-region", "us-east-2,eu-west-1"}, "", exitOK},
	{"redact", []string{"redact", "world", redactOut}, "", exitOK},
}

// redactOut stands for the directory that redact fills.
const redactOut = "OUT"

// formats holds the tables by which the words look up -format. A word that has
// a table and is not here, or the other way round, fails TestForms.
var formats = map[string][]string{
	"why":    slices.Sorted(maps.Keys(traceFormats)),
	"matrix": slices.Sorted(maps.Keys(matrixFormats)),
	"zone":   slices.Sorted(concat(maps.Keys(zoneFormats), maps.Keys(vpcPictures))),
	"diff":   slices.Sorted(maps.Keys(diffFormats)),
	"lint":   slices.Sorted(maps.Keys(lintFormats)),
}

func concat(seqs ...func(func(string) bool)) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, seq := range seqs {
			seq(yield)
		}
	}
}

// forms returns what a word can print, found by asking it: whether it has -json,
// and which formats it names when it is given one that there is not.
func forms(t *testing.T, word string) (named []string, hasJSON bool) {
	t.Helper()
	const none = "no-such-thing"
	_, _, errOut := whichway(t, "", word, "-json", "-"+none)
	hasJSON = strings.Contains(errOut, "-"+none)
	_, _, errOut = whichway(t, "", word, "-format", none, "x")
	if _, list, ok := strings.Cut(errOut, `"`+none+`" is none of `); ok {
		named = strings.Split(strings.TrimSpace(list), ", ")
	}
	return named, hasJSON
}

// TestForms: the formats that a word names in its error and in the usage are
// those of its table, and every word has an exhibit. So nothing new can be
// printed without a golden file.
func TestForms(t *testing.T) {
	shown := map[string]bool{}
	for _, e := range exhibits {
		if len(e.args) > 0 {
			shown[e.args[0]] = true
		}
	}
	for word := range commands {
		if word == "serve" { // TestServeGolden
			continue
		}
		if !shown[word] {
			t.Errorf("%s: no exhibit", word)
		}
		named, hasJSON := forms(t, word)
		usageOf := regexp.MustCompile(`(?m)^    whichway ` + word + ` (.*(?:\n {8,}.*)*)`).FindString(usage)
		var offered []string
		if m := regexp.MustCompile(`\[-format ([a-z|]+)\]`).FindStringSubmatch(usageOf); m != nil {
			offered = strings.Split(m[1], "|")
		}
		if !slices.Equal(named, offered) {
			t.Errorf("%s: the error names the formats %q, the usage %q", word, named, offered)
		}
		if slices.Sort(named); !slices.Equal(named, formats[word]) {
			t.Errorf("%s: the error names the formats %q, its table has %q", word, named, formats[word])
		}
		if strings.Contains(usageOf, "[-json]") != hasJSON {
			t.Errorf("%s: takes -json: %v; the usage says otherwise", word, hasJSON)
		}
	}
}

// TestGolden compares everything that the command prints with the files of
// testdata/golden, every form of every exhibit; -update rewrites them. A file
// that no form has is an error too.
func TestGolden(t *testing.T) {
	// What other programs take for permission to print colours.
	for _, name := range []string{"FORCE_COLOR", "CLICOLOR_FORCE"} {
		t.Setenv(name, "1")
	}
	t.Setenv("TERM", "xterm-256color")
	used := map[string]bool{"serve.text": true}
	for _, e := range exhibits {
		printed := map[string][]string{} // flags by form
		word := ""
		if len(e.args) > 0 {
			word = e.args[0]
		}
		switch {
		case formats[word] == nil:
			printed["text"] = nil
		default:
			for _, f := range formats[word] {
				printed[f] = []string{"-format", f}
			}
		}
		if commands[word] != nil {
			if _, hasJSON := forms(t, word); hasJSON {
				printed["json"] = []string{"-json"}
			}
		}
		for form, flags := range printed {
			used[e.name+"."+form] = true
			t.Run(e.name+"/"+form, func(t *testing.T) {
				args := slices.Clone(e.args)
				if len(args) > 0 {
					args = slices.Insert(args, 1, flags...)
				}
				out := filepath.Join(t.TempDir(), "out")
				for i, a := range args {
					if a == redactOut {
						args[i] = out
					}
				}
				exit, got, errOut := whichway(t, e.in, args...)
				if exit != e.exit || errOut != "" {
					t.Fatalf("%q: exit status %d, want %d; standard error %q", args, exit, e.exit, errOut)
				}
				if word == "redact" {
					got = strings.ReplaceAll(got, out, redactOut) + contents(t, out)
				}
				if form == "json" {
					oneObjectALine(t, got)
				}
				golden(t, e.name+"."+form, got)
			})
		}
	}
	files, err := filepath.Glob(filepath.Join("testdata", "golden", "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		if !used[filepath.Base(f)] {
			t.Errorf("%s: nothing prints it", f)
		}
	}
}

// TestExplainReads: the page of every code fits a terminal and has all its
// parts, and every rule has one; three of them are exhibits.
func TestExplainReads(t *testing.T) {
	for _, c := range audit.Codes() {
		_, out, errOut := whichway(t, "", "explain", string(c))
		if errOut != "" || strings.IndexFunc(out, control) >= 0 {
			t.Errorf("%s: error %q, printed %q", c, errOut, out)
		}
		for _, part := range []string{string(c) + "\n", "\nWhat it means\n", "\nExample\n", "\nWhat to do\n", "\nSource\n"} {
			if !strings.Contains(out, part) {
				t.Errorf("%s: the page lacks %q", c, part)
			}
		}
		for line := range strings.Lines(out) {
			if n := utf8.RuneCountInString(line); n > 100 {
				t.Errorf("%s: a line of %d columns: %s", c, n, line)
			}
		}
	}
	for _, number := range audit.RuleNumbers() {
		exit, out, errOut := whichway(t, "", "explain", number)
		if exit != exitOK || errOut != "" || !strings.HasPrefix(out, number+"\n") || !strings.Contains(out, "\nSource\n") {
			t.Errorf("%s: exit status %d, error %q, printed %q", number, exit, errOut, out)
		}
	}
}

// TestControlCharacters: a Name tag that would colour the terminal, clear its
// screen or ring its bell is shown as what it is, in every form; JSON gives it
// back.
func TestControlCharacters(t *testing.T) {
	const tag = "a\x1b[31mred\u009b2J\a\x7f\tb\nerror: of nobody"
	inv := pageInventory()
	inv.Subnets[1].Tags = nameTag(tag)
	inv.Endpoints[0].Tags = nameTag(tag)
	dir := writeWorld(t, inv)
	shown := 0
	for word, args := range map[string][]string{
		"why": {"-from", inv.Subnets[1].ID, pageHost}, "matrix": {pageHost}, "zone": {v1}, "lint": nil,
		"diff": {"-set", "private-dns=off:" + pageEndpoint},
	} {
		flags := [][]string{{"-json"}}
		for _, f := range formats[word] {
			flags = append(flags, []string{"-format", f})
		}
		for _, f := range flags {
			_, out, errOut := whichway(t, "", slices.Concat([]string{word, "-world", dir}, f, args)...)
			if errOut != "" || out == "" {
				t.Errorf("%s %s: error %q", word, f, errOut)
			}
			if i := strings.IndexFunc(out, control); i >= 0 {
				t.Errorf("%s %s: a control character: %q", word, f, out[max(0, i-20):min(len(out), i+20)])
			}
			if strings.Contains(out, "\nerror: of nobody") && f[0] != "-json" && f[1] != "csv" && f[1] != "tsv" {
				t.Errorf("%s %s: a tag makes a line of its own", word, f)
			}
			if strings.Contains(out, `a\u001b[31mred\u009b2J\u0007\u007f`) {
				shown++
			}
			if f[0] == "-json" {
				oneObjectALine(t, out)
			}
		}
	}
	if shown < 8 {
		t.Errorf("%d forms show the tag: the test says little", shown)
	}
	_, out, _ := whichway(t, "", "why", "-world", dir, "-json", "-from", inv.Subnets[1].ID, pageHost)
	var o struct{ From struct{ Name string } }
	if err := json.Unmarshal([]byte(out), &o); err != nil || o.From.Name != tag {
		t.Errorf("JSON gives back %q, %v", o.From.Name, err)
	}
	if _, _, errOut := whichway(t, "", "why", "-world", "\x1b[31m", "-from", "all", pageHost); !strings.Contains(errOut, `\u001b[31m`) {
		t.Errorf("standard error: %q", errOut)
	}
}

// control reports whether a rune of the command's output would do something to
// a terminal.
func control(r rune) bool { return r != '\n' && unicode.IsControl(r) }

// TestServeGolden compares what serve says, which goes to standard error: its
// standard output stays empty.
func TestServeGolden(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, w := io.Pipe()
	var out strings.Builder
	done := make(chan int)
	go func() {
		done <- run(ctx, []string{"serve", "-view", "vpc:" + pageVPC, "-addr", "127.0.0.1:0"}, strings.NewReader(""), &out, w)
	}()
	line, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	stop()
	if exit := <-done; exit != exitOK || out.Len() > 0 {
		t.Errorf("exit status %d, standard output %q", exit, out.String())
	}
	golden(t, "serve.text", regexp.MustCompile(`127\.0\.0\.1:\d+`).ReplaceAllString(line, "127.0.0.1:PORT"))
}

// golden compares what was printed with a file of testdata/golden. Whatever
// prints it, it reads without colours: it is UTF-8 text that ends with a line,
// has no escape sequence nor any other control character, and no blanks at the
// end of a line (a browser drops those of HTML).
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v; go test ./examples/whichway -run 'Golden' -update writes it: read it before you commit it", err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-golden +printed):\n%s", name, diff)
	}
	if i := strings.IndexFunc(got, control); i >= 0 {
		t.Errorf("a control character: %q", got[max(0, i-20):min(len(got), i+20)])
	}
	if !utf8.ValidString(got) {
		t.Error("not UTF-8")
	}
	if got != "" && !strings.HasSuffix(got, "\n") {
		t.Error("the last line does not end")
	}
	for line := range strings.Lines(got) {
		if l := strings.TrimSuffix(line, "\n"); l != strings.TrimRight(l, " ") && !strings.HasSuffix(name, ".html") {
			t.Errorf("blanks at the end of %q", l)
		}
	}
}

// oneObjectALine checks the frame of -json: every line is an object.
func oneObjectALine(t *testing.T, out string) {
	t.Helper()
	for line := range strings.Lines(out) {
		var o map[string]any
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Errorf("%v: %s", err, line)
		}
	}
}

// contents returns the files of a directory, each behind its name.
func contents(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "\n== %s\n%s", filepath.Base(f), text)
	}
	return b.String()
}
