package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the README's blocks and the golden files")

// whichway runs the command and returns what it printed.
func whichway(t *testing.T, in string, args ...string) (exit int, out, errOut string) {
	var o, e strings.Builder
	exit = run(t.Context(), args, strings.NewReader(in), &o, &e)
	return exit, o.String(), e.String()
}

// TestFirstScreen holds the bare command to its frame: at most 40 lines of at
// most 100 columns, and what it must show.
func TestFirstScreen(t *testing.T) {
	exit, out, errOut := whichway(t, "")
	if exit != exitOK || errOut != "" {
		t.Fatalf("exit status %d, standard error %q", exit, errOut)
	}
	lines := strings.Split(strings.TrimRight(out, "\n"), "\n")
	if len(lines) > 40 {
		t.Errorf("%d lines, want at most 40", len(lines))
	}
	for _, l := range lines {
		if n := len([]rune(l)); n > 100 {
			t.Errorf("%d columns, want at most 100: %s", n, l)
		}
	}
	for _, want := range []string{
		"NAT > internet gateway PUBLIC", "internet gateway       PUBLIC", "no route               FAILED", "endpoint ENI PRIVATE",
		"hidden private hosted zone Z06320943MMOWYG6MAVL9", "10.0.1.10 10.0.2.10 10.0.3.10",
		"vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com", "ZC8PG0KIFKBRI", "HOST_NOT_COVERED",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the first screen lacks %q:\n%s", want, out)
		}
	}
}

// printed is a block of README.md that the command prints: the command in a
// comment before it.
var printed = regexp.MustCompile("(?s)(<!-- whichway ?([^\n]*?) ?-->\n```[a-z]+\n)(.*?)(```\n)")

// exhibit is the place of the exhibit that package naming's tests make.
var exhibit = regexp.MustCompile("(?s)(<!-- naming/testdata/exhibit.md -->\n)(.*?)(<!-- end -->\n)")

// TestREADME compares what README.md shows with what the command prints, and
// its exhibit with the test that makes it; -update rewrites them.
func TestREADME(t *testing.T) {
	root := filepath.Join("..", "..")
	readme := filepath.Join(root, "README.md")
	read := func(path string) string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	got := read(readme)
	blocks := 0
	want := printed.ReplaceAllStringFunc(got, func(block string) string {
		blocks++
		m := printed.FindStringSubmatch(block)
		exit, out, errOut := whichway(t, "", strings.Fields(m[2])...)
		if exit != exitOK {
			t.Errorf("whichway %s: exit status %d: %s", m[2], exit, errOut)
		}
		return m[1] + out + m[4]
	})
	want = exhibit.ReplaceAllStringFunc(want, func(block string) string {
		blocks++
		m := exhibit.FindStringSubmatch(block)
		return m[1] + read(filepath.Join(root, "naming", "testdata", "exhibit.md")) + m[3]
	})
	if blocks != 5 {
		t.Errorf("README.md shows %d blocks", blocks)
	}
	if *update {
		if err := os.WriteFile(readme, []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("README.md (-printed +README):\n%s", diff)
	}
}

// commandLine is a command line of README.md: an indented one, up to its
// comment, or a code span with arguments.
var commandLine = regexp.MustCompile("(?m)^    whichway ([^#\n]+)|`whichway ([^`]* [^`]*)`")

// TestStandardInputLines: "-" reads one word a line, blank lines aside; the error
// names every line that is wrong, says once what stands there, and nothing is
// printed of the others.
func TestStandardInputLines(t *testing.T) {
	const in = "example.com\n\na..b\r\n  10.0.0.1:80\nhttps://x/\n"
	for _, args := range [][]string{{"why", "-from", "private", "-"}, {"matrix", "-"}, {"diff", "-drop-route", "rtb-0a1b2c3d4e5f6000b,0.0.0.0/0", "-"}} {
		exit, out, errOut := whichway(t, in, args...)
		want := "whichway: " + args[0] + ": standard input, line 3: \"a..b\": not a host name or an address: empty label\n" +
			"standard input, line 5: \"https://x/\": not a host name or an address\n"
		if exit != exitUsage || out != "" || errOut != want {
			t.Errorf("%q: exit status %d, printed %q, error\n%swant\n%s", args, exit, out, errOut, want)
		}
	}
	exit, out, errOut := whichway(t, "example.com\na..b\n", "lookup", "-view", "public", "-")
	if want := "whichway: lookup: standard input, line 2: \"a..b\": not a DNS name: empty label\n"; exit != exitUsage || out != "" || errOut != want {
		t.Errorf("exit status %d, printed %q, error %q, want %q", exit, out, errOut, want)
	}
	exit, _, errOut = whichway(t, "example.com\n"+strings.Repeat("x", 1<<17), "name", "-")
	if exit != exitUsage || !strings.Contains(errOut, "standard input, line 2: ") {
		t.Errorf("exit status %d, error %q", exit, errOut)
	}
	// A name is judged, not refused; behind "--" it may begin with a hyphen.
	if exit, out, _ := whichway(t, "a..b\n", "name", "--", "-json", "-"); exit != exitFindings || !strings.Contains(out, "-json") || !strings.Contains(out, "a..b") {
		t.Errorf("exit status %d, printed %q", exit, out)
	}
}

// TestREADMECommands runs every command line that README.md shows as it stands
// there, with the embedded world for world and its ids for the words in upper
// case.
func TestREADMECommands(t *testing.T) {
	readme, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	words := map[string]string{
		"SUBNET": "subnet-0a1b2c3d4e5f6000b", "VPC": pageVPC, "vpc:VPC": "vpc:" + pageVPC, "HOST": pageHost, "NAME": pageHost,
		"world2": "world", "shared": filepath.Join(t.TempDir(), "shared"),
	}
	lines := 0
	for _, m := range commandLine.FindAllStringSubmatch(string(readme), -1) {
		line := strings.TrimSpace(m[1] + m[2])
		line, _, _ = strings.Cut(line, " | ") // of a pipe, this command's side
		line, _, _ = strings.Cut(line, " > ")
		line, file, _ := strings.Cut(line, " < ")
		in := ""
		if file != "" {
			in = pageHost + "\n" + siblingHost + "\n"
		}
		args := strings.Fields(line)
		for i, a := range args {
			if w := words[a]; w != "" {
				args[i] = w
			}
		}
		lines++
		t.Run(args[0], func(t *testing.T) {
			ctx := t.Context()
			if args[0] == "serve" { // until it is told to stop
				var stop context.CancelFunc
				ctx, stop = context.WithCancel(ctx)
				stop()
				args = append(args, "-addr", "127.0.0.1:0")
			}
			var out, errOut strings.Builder
			exit := run(ctx, args, strings.NewReader(in), &out, &errOut)
			want := exitOK
			if args[0] == "lint" {
				want = exitFindings
			}
			if exit != want || args[0] != "serve" && (out.Len() == 0 && args[0] != "diff" || errOut.Len() > 0) {
				t.Errorf("whichway %s: exit status %d, printed %d characters, error %q", line, exit, out.Len(), errOut.String())
			}
		})
	}
	if lines < 12 {
		t.Errorf("README.md shows %d command lines", lines)
	}
}

// TestREADMECode: the Go of README.md is that of runnable examples, line by
// line but for comments and the path of the world.
func TestREADMECode(t *testing.T) {
	comment := regexp.MustCompile(`\s*// .*`)
	plain := func(path string) string {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(b), "../../examples/whichway/world", "world")
		var lines []string
		for line := range strings.Lines(text) {
			lines = append(lines, strings.Join(strings.Fields(comment.ReplaceAllString(line, "")), " "))
		}
		return strings.Join(lines, "\n")
	}
	examples := plain(filepath.Join("..", "..", "route", "trace", "example_test.go"))
	readme := plain(filepath.Join("..", "..", "README.md"))
	blocks := regexp.MustCompile("(?s)```go\n(.*?)\n```").FindAllStringSubmatch(readme, -1)
	if len(blocks) != 3 {
		t.Errorf("README.md shows %d blocks of Go", len(blocks))
	}
	for _, m := range blocks {
		if !strings.Contains(examples, m[1]) {
			t.Errorf("no example holds this Go of README.md:\n%s", m[1])
		}
	}
}

// TestBadInput is what users get wrong: a clear error that names the argument
// or the file and the place in it, exit status 2, and nothing on standard
// output.
func TestBadInput(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	broken := write("broken.json", `{"Subnets":[{"SubnetId":"subnet-1","CidrBlock":}]}`)
	wrongType := write("type.json", `{"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1","CidrBlock":7}]}`)
	badCIDR := write("cidr.json", `{"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1","CidrBlock":"10.0.0.0/40"}]}`)
	noID := write("noid.json", `{"Subnets":[{"VpcId":"vpc-1","CidrBlock":"10.0.0.0/24"}]}`)
	empty := write("empty.json", "")
	state := write("a.tfstate", `{"version":4,"terraform_version":"1.9.0","serial":1,"lineage":"x","resources":[]}`)
	noKey := write("other.json", `{"Reservations":[]}`)
	twins := write("twins.json", `{"Subnets":[
		{"SubnetId":"subnet-1","VpcId":"vpc-1","CidrBlock":"10.0.0.0/24","Tags":[{"Key":"Name","Value":"twin"}]},
		{"SubnetId":"subnet-2","VpcId":"vpc-1","CidrBlock":"10.0.1.0/24","Tags":[{"Key":"Name","Value":"twin"}]}]}`)
	const sub = "subnet-0a1b2c3d4e5f6000b"
	for name, tt := range map[string]struct {
		args []string
		want []string // in the error
	}{
		"no such command":      {[]string{"wherefore"}, []string{"wherefore"}},
		"no host":              {[]string{"why", "-from", sub}, []string{"HOST"}},
		"no from":              {[]string{"why", "example.com"}, []string{"-from"}},
		"unknown flag":         {[]string{"why", "-form", "x"}, []string{"-form"}},
		"unknown format":       {[]string{"why", "-format", "pdf", "-from", sub, "example.com"}, []string{"pdf"}},
		"no host name":         {[]string{"why", "-from", sub, "https://example.com/"}, []string{"https://example.com/"}},
		"wildcard":             {[]string{"why", "-from", sub, "*.example.com"}, []string{"*.example.com"}},
		"bad port":             {[]string{"why", "-from", sub, "example.com:http"}, []string{"example.com:http"}},
		"empty label":          {[]string{"why", "-from", sub, "a..b"}, []string{"a..b", "empty label"}},
		"second of two hosts":  {[]string{"why", "-from", sub, "example.com", "a..b"}, []string{"a..b"}},
		"no such subnet":       {[]string{"why", "-from", "subnet-0f", "example.com"}, []string{"subnet-0f", "no such subnet"}},
		"ambiguous Name tag":   {[]string{"why", "-world", twins, "-from", "twin", "example.com"}, []string{"twin", "subnet-1, subnet-2"}},
		"no such directory":    {[]string{"why", "-world", filepath.Join(dir, "gone"), "-from", sub, "example.com"}, []string{"gone"}},
		"malformed JSON":       {[]string{"why", "-world", broken, "-from", sub, "example.com"}, []string{"broken.json"}},
		"wrong JSON type":      {[]string{"why", "-world", wrongType, "-from", sub, "example.com"}, []string{"type.json", "CidrBlock"}},
		"bad CIDR":             {[]string{"why", "-world", badCIDR, "-from", "subnet-1", "example.com"}, []string{"subnet-1", "CidrBlock", "10.0.0.0/40"}},
		"no id":                {[]string{"why", "-world", noID, "-from", "all", "example.com"}, []string{"Subnets", "id"}},
		"no recognised key":    {[]string{"why", "-world", noKey, "-from", "all", "example.com"}, []string{"no recognised key", `other.json has the key "Reservations"`, "whichway gather"}},
		"empty file":           {[]string{"why", "-world", empty, "-from", "all", "example.com"}, []string{"empty.json is empty"}},
		"empty directory":      {[]string{"why", "-world", t.TempDir(), "-from", "all", "example.com"}, []string{"there is no file"}},
		"Terraform state":      {[]string{"why", "-world", state, "-from", "all", "example.com"}, []string{"a.tfstate is a Terraform state", "terraform show -json"}},
		"bad view":             {[]string{"lookup", "-view", "nowhere", "example.com"}, []string{"nowhere"}},
		"view not there":       {[]string{"lookup", "-view", "vpc:vpc-9", "example.com"}, []string{"vpc-9"}},
		"bad type":             {[]string{"lookup", "-view", "public", "example.com", "ABC"}, []string{"ABC"}},
		"bad name":             {[]string{"lookup", "-view", "public", "a b"}, []string{"a b"}},
		"diff of nothing":      {[]string{"diff"}, []string{"-before and -after"}},
		"diff of one world":    {[]string{"diff", "-before", dir}, []string{"-before and -after"}},
		"bad edit":             {[]string{"diff", "-set", "dns=on:x"}, []string{"dns=on:x"}},
		"edit of nothing":      {[]string{"diff", "-set", "private-dns=on:vpce-9"}, []string{"vpce-9"}},
		"no such route":        {[]string{"diff", "-drop-route", "rtb-9,0.0.0.0/0"}, []string{"rtb-9"}},
		"zone of no VPC":       {[]string{"zone", "vpc-9"}, []string{"vpc-9"}},
		"matrix of nothing":    {[]string{"matrix"}, []string{"HOST"}},
		"no such profile":      {[]string{"matrix", "-profile", "mainframe"}, []string{"mainframe"}},
		"no verdict":           {[]string{"matrix", "-require", "cheap", "example.com"}, []string{"cheap"}},
		"hostile profile":      {[]string{"gather", "-profile", "x;rm -rf /"}, []string{"x;rm"}},
		"flag behind a host":   {[]string{"why", "-from", sub, "example.com", "-json"}, []string{`"-json"`, "flags come first"}},
		"flag behind a VPC":    {[]string{"zone", pageVPC, "-format", "dot"}, []string{`"-format"`, "flags come first"}},
		"standard input twice": {[]string{"why", "-world", "-", "-from", "all", "-"}, []string{"only once"}},
	} {
		t.Run(name, func(t *testing.T) {
			exit, out, errOut := whichway(t, "", tt.args...)
			if exit != exitUsage {
				t.Errorf("exit status %d, want %d", exit, exitUsage)
			}
			if out != "" {
				t.Errorf("half printed: %q", out)
			}
			for _, w := range tt.want {
				if !strings.Contains(errOut, w) {
					t.Errorf("the error does not name %q: %s", w, errOut)
				}
			}
		})
	}
}

// TestUnknownReference is a route to a NAT gateway that the input lacks: an
// unknown verdict that names it, never an error.
func TestUnknownReference(t *testing.T) {
	inv := natInventory()
	inv.NATGateways = nil
	exit, out, errOut := whichway(t, "", "why", "-world", writeWorld(t, inv), "-from", "private-b", "example.com")
	if exit != exitOK || !strings.Contains(out, "UNKNOWN") || !strings.Contains(out, "nat-0000000a") || !strings.Contains(out, "UNKNOWN_RESOURCE") {
		t.Errorf("exit status %d, standard error %q:\n%s", exit, errOut, out)
	}
}

// TestFrom is what -from may be: an id, a Name tag, a VPC, all, and none.
func TestFrom(t *testing.T) {
	for from, want := range map[string]int{
		"subnet-0a1b2c3d4e5f6000c": 1, "isolated": 1, "eni-0a1b2c3d4e5f60004": 1,
		"vpc-0a1b2c3d4e5f60001": 3, "page": 3, "all": 3,
	} {
		exit, out, errOut := whichway(t, "", "why", "-json", "-from", from, "10.0.2.10", "[2001:db8::1]:80")
		if n := strings.Count(out, "\n"); exit != exitOK || n != 2*want {
			t.Errorf("-from %s: exit status %d, %d lines, want %d; %s", from, exit, n, 2*want, errOut)
		}
	}
	tables := `{"RouteTables":[{"RouteTableId":"rtb-1","VpcId":"vpc-1","Routes":[{"DestinationCidrBlock":"10.0.0.0/16","GatewayId":"local"}]}]}`
	if exit, out, errOut := whichway(t, tables, "why", "-world", "-", "-from", "all", "8.8.8.8"); exit != exitOK || out != "" {
		t.Errorf("no subnets: exit status %d, output %q, error %q; want 0 and nothing", exit, out, errOut)
	}
}

// TestStandardInput reads hosts and names from standard input, one a line.
func TestStandardInput(t *testing.T) {
	exit, out, _ := whichway(t, "monitoring.us-east-2.amazonaws.com\n\n10.0.2.10\n", "why", "-json", "-from", "private", "-")
	if exit != exitOK || strings.Count(out, "\n") != 2 {
		t.Errorf("exit status %d, output %s", exit, out)
	}
	exit, out, _ = whichway(t, "www.example.com\nvpce-1.x.us-east-2.vpce.amazonaws.com\n", "name", "-json", "-")
	if exit != exitFindings || strings.Count(out, "\n") != 2 {
		t.Errorf("an invalid name exits 1 after printing all: exit status %d, output %s", exit, out)
	}
}

// TestLookupNames: underscores, asterisks anywhere, case and a final dot.
func TestLookupNames(t *testing.T) {
	for in, want := range map[string]string{
		"_SRV._tcp.Example.com.": "_srv._tcp.example.com", "*.example.com": "*.example.com", "f.*.e.ent.test": "f.*.e.ent.test",
	} {
		exit, out, errOut := whichway(t, "", "lookup", "-json", "-view", "public", in)
		if exit != exitOK || !strings.Contains(out, `"name":"`+want+`"`) {
			t.Errorf("%s: exit status %d, error %q: %s", in, exit, errOut, out)
		}
	}
	if _, _, errOut := whichway(t, "", "lookup", "-view", "public", "a_.-b"); !strings.Contains(errOut, `"a_.-b"`) {
		t.Errorf("the error names another name: %s", errOut)
	}
}

// TestGather sets the script's variables and nothing else.
func TestGather(t *testing.T) {
	_, plain, _ := whichway(t, "", "gather")
	if plain != gatherScript {
		t.Error("gather without flags does not print the script as it is")
	}
	_, out, _ := whichway(t, "", "gather", "-profile", "prod,dev", "-region", "us-east-2,eu-west-1")
	want := strings.Replace(gatherScript, "profiles=''", "profiles='prod dev'", 1)
	want = strings.Replace(want, "regions=''", "regions='us-east-2 eu-west-1'", 1)
	if diff := cmp.Diff(want, out); diff != "" {
		t.Error(diff)
	}
}

// TestMatrix: words, totals and the gate.
func TestMatrix(t *testing.T) {
	hosts := []string{pageHost, siblingHost}
	exit, out, errOut := whichway(t, "", append([]string{"matrix"}, hosts...)...)
	if exit != exitOK || errOut != "" || !strings.Contains(out, "6 cells: 3 private, 2 public, 1 failed") {
		t.Errorf("exit status %d, error %q:\n%s", exit, errOut, out)
	}
	exit, out, _ = whichway(t, strings.Join(hosts, "\n"), "matrix", "-json", "-from", "private", "-require", "private", "-")
	want := `{"schema":"whichway.cell/1","from":"subnet-0a1b2c3d4e5f6000b","host":"monitoring.us-east-2.amazonaws.com","class":"endpoint","verdict":"private","codes":["FILTERS_NOT_EVALUATED","POLICY_NOT_EVALUATED"]}
{"schema":"whichway.cell/1","from":"subnet-0a1b2c3d4e5f6000b","host":"monitoring.us-east-2.api.aws","class":"nat-gateway","verdict":"public","codes":["AVAILABILITY_ZONE_CROSSED","FILTERS_NOT_EVALUATED","HOST_NOT_COVERED","PUBLIC_ADDRESS_NOT_KNOWN"]}
`
	if diff := cmp.Diff(want, out); diff != "" || exit != exitFindings {
		t.Errorf("-require not met: exit status %d, want %d\n%s", exit, exitFindings, diff)
	}
	if exit, _, _ := whichway(t, "", "matrix", "-require", "private", pageHost); exit != exitOK {
		t.Errorf("-require met: exit status %d", exit)
	}
	if exit, out, _ := whichway(t, "", "matrix", "-format", "html", pageHost); exit != exitOK || !strings.HasPrefix(out, "<!") || !strings.Contains(out, "</html>") {
		t.Errorf("HTML: exit status %d", exit)
	}
	if exit, out, errOut := whichway(t, "", "matrix", "-profile", "ssm", "-format", "csv"); exit != exitOK || !strings.Contains(out, "ssmmessages.us-east-2.amazonaws.com") {
		t.Errorf("profile: exit status %d, error %q:\n%s", exit, errOut, out)
	}
}

// TestZone shows the hidden zone, in the three forms.
func TestZone(t *testing.T) {
	const vpc = "vpc-0a1b2c3d4e5f60001"
	for _, tt := range []struct{ args, want []string }{
		{[]string{"zone", vpc}, []string{"; hidden private hosted zone Z06320943MMOWYG6MAVL9 of vpce-099deb00b40f00e22", "monitoring.us-east-2.amazonaws.com. 60 IN A 10.0.1.10", "IN SOA ns-1536.awsdns-00.co.uk."}},
		{[]string{"zone", "-format", "changebatch", vpc}, []string{`"AliasTarget": {"HostedZoneId": "ZC8PG0KIFKBRI"`}},
		{[]string{"zone", "-json", vpc}, []string{`{"name":"monitoring.us-east-2.amazonaws.com","type":"A","ttl":60,"data":"10.0.1.10","zone":"monitoring.us-east-2.amazonaws.com","id":"Z06320943MMOWYG6MAVL9","endpoint":"vpce-099deb00b40f00e22"}`}},
	} {
		exit, out, errOut := whichway(t, "", tt.args...)
		if exit != exitOK || errOut != "" {
			t.Errorf("%v: exit status %d, error %q", tt.args, exit, errOut)
		}
		for _, w := range tt.want {
			if !strings.Contains(out, w) {
				t.Errorf("%v lacks %s:\n%s", tt.args, w, out)
			}
		}
	}
}

// TestDiff: a what-if, two worlds, and nothing that changes.
func TestDiff(t *testing.T) {
	exit, out, errOut := whichway(t, "", "diff", "-set", "private-dns=off:vpce-099deb00b40f00e22")
	if exit != exitFindings || !strings.Contains(out, "1 host changes from 3 subnets: 1 PRIVATE to FAILED, 2 PRIVATE to PUBLIC") {
		t.Errorf("exit status %d, error %q:\n%s", exit, errOut, out)
	}
	before, without := natInventory(), natInventory()
	without.RouteTables[1].Routes = without.RouteTables[1].Routes[:1]
	a, b := writeWorld(t, before), writeWorld(t, without)
	exit, out, _ = whichway(t, "", "diff", "-json", "-before", a, "-after", b, "example.com")
	if exit != exitFindings || !strings.Contains(out, `"host":"example.com","before":{"class":"nat-gateway","verdict":"public"},"after":{"class":"no-route","verdict":"failed"}`) {
		t.Errorf("exit status %d:\n%s", exit, out)
	}
	_, dropped, _ := whichway(t, "", "diff", "-json", "-world", a, "-drop-route", "rtb-0000000b,0.0.0.0/0", "example.com")
	if d := cmp.Diff(out, dropped); d != "" {
		t.Errorf("the route dropped is not the world without it:\n%s", d)
	}
	if exit, out, _ := whichway(t, "", "diff", "-json", "-before", a, "-after", a, "example.com"); exit != exitOK || out != "" {
		t.Errorf("nothing changes: exit status %d:\n%s", exit, out)
	}
}

// TestLint: what is wrong, as text and as SARIF, and a status for CI.
func TestLint(t *testing.T) {
	exit, out, errOut := whichway(t, "", "lint")
	if exit != exitFindings || errOut != "" || !strings.Contains(out, "warning AVAILABILITY_ZONE_CROSSED nat-0a1b2c3d4e5f60001 (page)") {
		t.Errorf("exit status %d, error %q:\n%s", exit, errOut, out)
	}
	if _, out, _ := whichway(t, "", "lint", "-format", "sarif"); !strings.Contains(out, `"version": "2.1.0"`) && !strings.Contains(out, `"version":"2.1.0"`) {
		t.Errorf("no SARIF:\n%s", out)
	}
	if _, out, _ := whichway(t, "", "lint", "-json"); !strings.HasPrefix(out, `{"schema":"whichway.finding/1","code":"AVAILABILITY_ZONE_CROSSED","severity":"warning","resource":"nat-0a1b2c3d4e5f60001","name":"page","text":"`) {
		t.Errorf("JSON:\n%s", out)
	}
	if exit, out, _ := whichway(t, `{"Vpcs":[]}`, "lint", "-world", "-"); exit != exitOK {
		t.Errorf("an empty world: exit status %d:\n%s", exit, out)
	}
}

// TestArtifact: what -world names, as a log of lint refers to it.
func TestArtifact(t *testing.T) {
	abs, err := filepath.Abs("50% of it")
	if err != nil {
		t.Fatal(err)
	}
	for world, want := range map[string]string{
		"": "", "-": "", "world": "world", "./world/": "world", "../plan.json": "../plan.json",
		filepath.Join("our network", "50%.json"): "our%20network/50%25.json", "a:b": "./a:b",
	} {
		if got := artifact(world); got != want {
			t.Errorf("%q: %q, want %q", world, got, want)
		}
	}
	if got := artifact(abs); !strings.HasPrefix(got, "file:///") || !strings.HasSuffix(got, "/examples/whichway/50%25%20of%20it") {
		t.Errorf("%q: %q", abs, got)
	}
}

// TestExplain: one page for a code, and an error for what is none.
func TestExplain(t *testing.T) {
	if exit, out, _ := whichway(t, "", "explain", "host_not_covered"); exit != exitOK || !strings.HasPrefix(out, "HOST_NOT_COVERED\n") {
		t.Errorf("exit status %d:\n%s", exit, out)
	}
	if exit, _, errOut := whichway(t, "", "explain", "WHATEVER"); exit != exitUsage || !strings.Contains(errOut, `"WHATEVER" is no code and no rule`) {
		t.Errorf("exit status %d: %s", exit, errOut)
	}
}

// TestRedact: nothing of the original stands in the copy, and it answers alike.
func TestRedact(t *testing.T) {
	in, out := writeWorld(t, pageInventory()), filepath.Join(t.TempDir(), "redacted")
	if exit, _, errOut := whichway(t, "", "redact", in, out); exit != exitOK {
		t.Fatalf("exit status %d: %s", exit, errOut)
	}
	files, err := filepath.Glob(filepath.Join(out, "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"subnet-0000000b", "private-b", "vpce-099deb00b40f00e22", "10.0.2.10"} {
			if strings.Contains(string(b), secret) {
				t.Errorf("%s holds %s", filepath.Base(f), secret)
			}
		}
	}
	_, before, _ := whichway(t, "", "matrix", "-world", in, pageHost, siblingHost)
	_, after, _ := whichway(t, "", "matrix", "-world", out, pageHost, siblingHost)
	last := func(s string) string {
		lines := strings.Split(strings.TrimSpace(s), "\n")
		return lines[len(lines)-1]
	}
	if last(before) != last(after) || last(before) == "" {
		t.Errorf("totals %q, redacted %q", last(before), last(after))
	}
	if exit, _, errOut := whichway(t, "", "redact", in, out); exit != exitUsage || !strings.Contains(errOut, "empty") {
		t.Errorf("into a full directory: exit status %d: %s", exit, errOut)
	}
}

// plan is what `terraform show -json` prints of a plan that gives an isolated
// subnet a default route, cut down to what decides.
const plan = `{"format_version":"1.2","terraform_version":"1.11.4",
"prior_state":{"format_version":"1.0","values":{"root_module":{"resources":[VPC]}}},
"planned_values":{"root_module":{"resources":[VPC,
 {"address":"aws_internet_gateway.a","mode":"managed","type":"aws_internet_gateway","name":"a","values":{"id":"igw-1","vpc_id":"vpc-1"}},
 {"address":"aws_route.a","mode":"managed","type":"aws_route","name":"a","values":{"route_table_id":"rtb-1","destination_cidr_block":"0.0.0.0/0","gateway_id":"igw-1"}}]}},
"resource_changes":[]}`

const planVPC = `{"address":"aws_vpc.a","mode":"managed","type":"aws_vpc","name":"a","values":{"id":"vpc-1","cidr_block":"10.0.0.0/16","enable_dns_support":true,"enable_dns_hostnames":true}},
 {"address":"aws_subnet.a","mode":"managed","type":"aws_subnet","name":"a","values":{"id":"subnet-1","vpc_id":"vpc-1","cidr_block":"10.0.1.0/24","availability_zone":"us-east-2a"}},
 {"address":"aws_route_table.a","mode":"managed","type":"aws_route_table","name":"a","values":{"id":"rtb-1","vpc_id":"vpc-1","route":[]}},
 {"address":"aws_route_table_association.a","mode":"managed","type":"aws_route_table_association","name":"a","values":{"id":"rtbassoc-1","route_table_id":"rtb-1","subnet_id":"subnet-1"}}`

// TestTerraform: a plan is a world, and a diff of its own.
func TestTerraform(t *testing.T) {
	file := filepath.Join(t.TempDir(), "plan.json")
	if err := os.WriteFile(file, []byte(strings.ReplaceAll(plan, "VPC", planVPC)), 0o600); err != nil {
		t.Fatal(err)
	}
	exit, out, errOut := whichway(t, "", "why", "-world", file, "-from", "subnet-1", "8.8.8.8")
	if exit != exitOK || !strings.Contains(out, "PUBLIC") {
		t.Errorf("exit status %d, error %q:\n%s", exit, errOut, out)
	}
	exit, out, errOut = whichway(t, "", "diff", "-json", "-world", file, "example.com")
	if exit != exitFindings || !strings.Contains(out, `"host":"example.com","before":{"class":"no-route","verdict":"failed"},"after":{"class":"internet-gateway","verdict":"public"}`) {
		t.Errorf("exit status %d, error %q:\n%s", exit, errOut, out)
	}
}
