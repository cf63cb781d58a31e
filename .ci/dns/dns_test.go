package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/zone"
)

func TestQuery(t *testing.T) {
	got, err := question{`W\056x.\377.Test.`, zone.AAAA}.query(0x1234)
	want := "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00" + "\x03W.x\x01\xff\x04Test\x00" + "\x00\x1c\x00\x01"
	if err != nil || string(got) != want {
		t.Errorf("query = %q, %v, want %q", got, err, want)
	}
	for _, name := range []string{"a..b", `a\05`, `a\999`, strings.Repeat("l", 64), strings.Repeat("l.", 128)} {
		if got, err := (question{name, zone.A}).query(1); err == nil {
			t.Errorf("query for %q = %q, want an error", name, got)
		}
	}
}

// response is a response to x.Test A with a CNAME to y.test, its two addresses in falling order, and an SOA.
const response = "\x00\x01\x85\x83\x00\x01\x00\x03\x00\x01\x00\x00" +
	"\x01x\x04Test\x00\x00\x01\x00\x01" +
	"\xc0\x0c\x00\x05\x00\x01\x00\x00\x00\x3c\x00\x04\x01Y\xc0\x0e" +
	"\xc0\x24\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x0a\x00\x00\x02" +
	"\x01y\xc0\x0e\x00\x01\x00\x01\x00\x00\x00\x3c\x00\x04\x0a\x00\x00\x01" +
	"\xc0\x0e\x00\x06\x00\x01\x00\x00\x00\x09\x00\x1b\x01n\xc0\x0e\x01h\x00\x00\x00\x00\x01\x00\x00\x00\x02\x00\x00\x00\x03\x00\x00\x00\x04\x00\x00\x00\x05"

func TestNewReply(t *testing.T) {
	got, err := newReply([]byte(response), 1)
	if err != nil {
		t.Fatal(err)
	}
	want := `NXDOMAIN, 3 records
      x.test. 60 IN CNAME y.test
      y.test. 60 IN A 10.0.0.1
      y.test. 60 IN A 10.0.0.2
      authority: test. 9 IN SOA n.test h 1 2 3 4 5`
	if got.String() != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	for i := range len(response) {
		if r, err := newReply([]byte(response[:i]), 1); err == nil {
			t.Errorf("the first %d octets are read as %s", i, r)
		}
	}
	for what, msg := range map[string]string{
		"other ID":       "\x01" + response[1:],
		"a query":        strings.Replace(response, "\x85", "\x05", 1),
		"truncated":      strings.Replace(response, "\x85", "\x87", 1),
		"octets left":    response + "\x00",
		"own pointer":    strings.Replace(response, "Y\xc0\x0e", "Y\xc0\x26", 1),
		"other class":    strings.Replace(response, "\x00\x05\x00\x01", "\x00\x05\x00\x03", 1),
		"short data":     strings.Replace(response, "\x00\x04\x01Y", "\x00\x03\x01Y", 1),
		"unknown labels": strings.Replace(response, "\x04Test", "\x44Test", 1),
	} {
		if r, err := newReply([]byte(msg), 1); err == nil {
			t.Errorf("%s: %s", what, r)
		}
	}
}

// TestReplyEqual plants every difference that the comparison with BIND is for.
func TestReplyEqual(t *testing.T) {
	read := func(msg string) reply {
		r, err := newReply([]byte(msg), 1)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := read(response)
	if !r.equal(read(strings.Replace(response, "\x85\x83", "\x81\x03", 1))) {
		t.Error("AA and RA count")
	}
	if !r.equal(read(strings.NewReplacer("\x00\x04\x0a\x00\x00\x02", "\x00\x04\x0a\x00\x00\x01", "\x00\x04\x0a\x00\x00\x01", "\x00\x04\x0a\x00\x00\x02").Replace(response))) {
		t.Error("the order of addresses counts")
	}
	reversed := read(response)
	slices.Reverse(reversed.answer)
	without := read(response)
	without.soa = nil
	for what, other := range map[string]reply{
		"response code":      read(strings.Replace(response, "\x85\x83", "\x85\x80", 1)),
		"address":            read(strings.Replace(response, "\x0a\x00\x00\x02", "\x0a\x00\x00\x03", 1)),
		"TTL":                read(strings.Replace(response, "\x00\x3c", "\x00\x3d", 1)),
		"order of the chain": reversed,
		"no SOA":             without,
		"other SOA":          read(strings.Replace(response, "\x00\x00\x00\x05", "\x00\x00\x00\x06", 1)),
	} {
		if r.equal(other) {
			t.Errorf("%s does not count", what)
		}
	}
}

// TestGenerated builds what is drawn: what zone.New would complain about, or BIND refuse, is not drawn. Every question
// can be asked, and the library's own answer is read back.
func TestGenerated(t *testing.T) {
	drawn := map[zone.Type]int{}
	rapid.Check(t, func(t *rapid.T) {
		e, err := newEstate("drawn", genConfig("g.test").Draw(t, "config"))
		if err != nil {
			t.Fatal(err)
		}
		for _, z := range e.zones {
			if file := zone.AppendZoneFile(nil, z); bytes.Contains(file, []byte("not known")) {
				t.Errorf("a zone file that leaves records out:\n%s", file)
			}
			alone := map[string]zone.Type{}
			for r := range z.Records() {
				drawn[r.Type]++
				if was, ok := alone[r.Name]; ok && was != r.Type && (was == zone.CNAME || r.Type == zone.CNAME) {
					t.Errorf("%s has a CNAME and something else", r.Name)
				}
				alone[r.Name] = r.Type
			}
		}
		q := genQuestion(e).Draw(t, "question")
		r, err := e.ask(q)
		if err != nil {
			t.Fatalf("%s: %v", q, err)
		}
		a := e.view.Lookup(q.name, q.typ)
		if rcode, ok := a.RCode(); ok && q.typ != zone.ANY && (r.rcode != rcode || len(r.answer) != a.Len()) {
			t.Errorf("%s: %s in the message, %s and %d records by Lookup", q, r, rcode, a.Len())
		}
	})
	for _, typ := range []zone.Type{zone.A, zone.AAAA, zone.CNAME, zone.TXT, zone.MX, zone.NS, zone.SOA, zone.SRV, zone.CAA, zone.PTR, zone.SPF, zone.HTTPS, privateType} {
		if drawn[typ] == 0 {
			t.Errorf("no record of type %s is ever drawn", typ)
		}
	}
}

func TestDrawnAgain(t *testing.T) {
	zones := func(seed uint64) string {
		estates, questions, err := differential{seed: seed, estates: 3, questions: 2}.drawn()
		if err != nil {
			t.Fatal(err)
		}
		var b []byte
		for i, e := range estates {
			for _, z := range e.zones {
				b = zone.AppendZoneFile(b, z)
			}
			for _, q := range questions[i] {
				b = append(b, q.String()...)
			}
		}
		return string(b)
	}
	once, again := zones(1), zones(1)
	if once != again {
		t.Error("one seed draws two estates")
	}
	if once == zones(5) {
		t.Error("two seeds draw the same")
	}
}

func TestCircular(t *testing.T) {
	e, err := newEstate("circle", zone.Config{HostedZones: []zone.HostedZone{hostedZone("Z1", "c.test",
		recordSet("a.c.test", "CNAME", 1, "b.c.test."), recordSet("b.c.test", "CNAME", 1, "a.c.test."),
		recordSet("c.c.test", "CNAME", 1, "d.c.test."), recordSet("d.c.test", "A", 1, "10.0.0.1"))}})
	if err != nil {
		t.Fatal(err)
	}
	for q, want := range map[question]bool{{"a.c.test", zone.A}: true, {"c.c.test", zone.A}: false, {"c.c.test", zone.MX}: false, {"a.c.test", zone.CNAME}: false, {"d.c.test", zone.A}: false} {
		if got := e.circular(q); got != want {
			t.Errorf("circular(%s) = %t", q, got)
		}
	}
}

func TestMasterName(t *testing.T) {
	got, err := masterName(`w\056x.\377._a.test`)
	if want := `w\046x.\255._a.test.`; err != nil || got != want {
		t.Errorf("masterName = %s, %v, want %s", got, err, want)
	}
}

const digOutput = `;; Got answer:
;; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 2128
;; flags: qr rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 1, ADDITIONAL: 1

;; OPT PSEUDOSECTION:
; EDNS: version: 0, flags:; udp: 1232
;; QUESTION SECTION:
;x.example.com. IN A

;; AUTHORITY SECTION:
example.com. 900	IN SOA	ns.example.com. host.example.com. 1 7200 900 1209600 86400

`

// TestDigCheck plants what dig prints of answers that are wrong.
func TestDigCheck(t *testing.T) {
	c := digCase{status: "NXDOMAIN", flags: normal, soa: true, edns: opt}
	testCheck(t, c.check, digOutput, [][2]string{
		{"status: NXDOMAIN", "status: NOERROR"},
		{"qr rd ra", "qr aa rd ra"},
		{"qr rd ra", "qr rd ra ad"},
		{"qr rd ra;", "qr rd ra; MBZ: 0x4;"},
		{"ANSWER: 0", "ANSWER: 1"},
		{"AUTHORITY: 1", "AUTHORITY: 2"},
		{"IN SOA", "IN NS"},
		{"udp: 1232", "udp: 4096"},
		{"flags:; udp", "flags:; MBZ: 0x0040, udp"},
		{"version: 0", "version: 1"},
		{"; EDNS: version: 0, flags:; udp: 1232\n", "; EDNS: version: 0, flags:; udp: 1232\n; COOKIE: 0123456789abcdef (echoed)\n"},
		{";; Got answer:", ";; Truncated, retrying in TCP mode."},
		{";; Got answer:", ";; WARNING: recursion requested but not available"},
		{";; Got answer:\n", ";; Got answer:\n;; Warning: Message parser reports malformed message packet.\n"},
		{digOutput, ""},
		{digOutput, ";; communications error to 127.0.0.1#5353: timed out\n"},
	})
	retried := digCase{status: "NXDOMAIN", flags: normal, soa: true, edns: opt, retry: ";; BADVERS, retrying with EDNS version 0."}
	if err := retried.check(retried.retry + "\n" + digOutput); err != nil {
		t.Error(err)
	}
	if err := retried.check(digOutput); err == nil {
		t.Error("a retry that is missing goes unnoticed")
	}
}

const kdigOutput = `{"QR": 1, "AA": 0, "TC": 0, "RD": 1, "RA": 1, "AD": 0, "CD": 0, "RCODE": 0, "QDCOUNT": 1, "ANCOUNT": 2, "NSCOUNT": 0,
"answerRRs": [{"TYPEname": "CNAME", "rdataCNAME": "tgt.ent.test."}, {"TYPEname": "A", "rdataA": "5.5.5.5"}]}`

func TestKdigCheck(t *testing.T) {
	if !json.Valid([]byte(kdigOutput)) {
		t.Fatal("no JSON")
	}
	c := askCase{answer: []string{"tgt.ent.test.", "5.5.5.5"}}
	testCheck(t, c.checkKdig, kdigOutput, [][2]string{
		{`"RCODE": 0`, `"RCODE": 3`},
		{`"AA": 0`, `"AA": 1`},
		{`"RA": 1`, `"RA": 0`},
		{`"TC": 0`, `"TC": 1`},
		{`"ANCOUNT": 2`, `"ANCOUNT": 3`},
		{`"NSCOUNT": 0`, `"NSCOUNT": 1`},
		{`5.5.5.5`, `5.5.5.6`},
		{`]}`, `], "authorityRRs": [{"TYPEname": "SOA"}]}`},
		{`{"QR"`, ";; WARNING: response timeout\n" + `{"QR"`},
		{kdigOutput, ""},
	})
}

const drillOutput = `;; ->>HEADER<<- opcode: QUERY, rcode: NOERROR, id: 44235
;; flags: qr rd ra ; QUERY: 1, ANSWER: 1, AUTHORITY: 1, ADDITIONAL: 0 
;; QUESTION SECTION:
;; foo.w.ent.test.	IN	MX

;; ANSWER SECTION:
foo.w.ent.test.	60	IN	CNAME	tgt.ent.test.

;; AUTHORITY SECTION:
ent.test.	900	IN	SOA	ns.example.com. host.example.com. 1 7200 900 1209600 86400
`

func TestDrillCheck(t *testing.T) {
	c := askCase{answer: []string{"tgt.ent.test."}, soa: true}
	testCheck(t, c.checkDrill, drillOutput, [][2]string{
		{"rcode: NOERROR", "rcode: NXDOMAIN"},
		{"qr rd ra ", "qr aa rd ra "},
		{"ANSWER: 1", "ANSWER: 2"},
		{"AUTHORITY: 1", "AUTHORITY: 2"},
		{"tgt.ent", "other.ent"},
		{"IN\tSOA", "IN\tNS"},
		{drillOutput, "Error: error sending query: Could not send or receive, because of network error\n"},
	})
}

const perfOutput = `Statistics:

  Queries sent:         500
  Queries completed:    500 (100.00%)
  Queries lost:         0 (0.00%)

  Response codes:       NOERROR 250 (50.00%), NXDOMAIN 250 (50.00%)
`

func TestPerfCheck(t *testing.T) {
	testCheck(t, func(out string) error { _, err := checkPerf(out); return err }, perfOutput, [][2]string{
		{"lost:         0", "lost:         1"},
		{"completed:    500", "completed:    499"},
		{"NXDOMAIN 250", "SERVFAIL 250"},
		{"  Queries lost:         0 (0.00%)\n", ""},
		{"Statistics:", "Warning: received a response with an unexpected id: 7"},
		{perfOutput, ""},
	})
}

// testCheck passes good, and everything that differs from it by one replacement must not pass.
func testCheck(t *testing.T, check func(string) error, good string, bad [][2]string) {
	t.Helper()
	if err := check(good); err != nil {
		t.Errorf("a good output: %v", err)
	}
	for _, b := range bad {
		out := strings.Replace(good, b[0], b[1], 1)
		if out == good {
			t.Errorf("%q does not stand in the output", b[0])
		}
		if err := check(out); err == nil {
			t.Errorf("%q for %q goes unnoticed", b[1], b[0])
		}
	}
}

func TestRunChecks(t *testing.T) {
	find := func(name string) (string, error) {
		if name == "absent" {
			return "", exec.ErrNotFound
		}
		return "/bin/" + name, nil
	}
	returns := func(found string, err error) func(context.Context, string) (string, error) {
		return func(context.Context, string) (string, error) { return found, err }
	}
	absent := check{"absent", returns("", errors.New("run without being there"))}
	barred := check{"barred", returns("", skipped("it may not"))}
	good, bad := check{"good", returns("fine", nil)}, check{"bad", returns("", errors.New("other answer"))}
	for _, c := range []struct {
		checks []check
		status int
		output string
	}{
		{nil, exitNothing, ""},
		{[]check{absent, barred}, exitNothing, "   absent   skipped: not installed\n   barred   skipped: it may not\n"},
		{[]check{absent, good}, exitAgreed, "   absent   skipped: not installed\n   good     fine\n"},
		{[]check{bad, good}, exitDisagreed, "DISAGREE bad: other answer\n   good     fine\n"},
		{[]check{good, bad}, exitDisagreed, "   good     fine\nDISAGREE bad: other answer\n"},
	} {
		var out bytes.Buffer
		if got := runChecks(t.Context(), &out, find, c.checks); got != c.status || out.String() != c.output {
			t.Errorf("status %d, want %d; output\n%swant\n%s", got, c.status, &out, c.output)
		}
	}
}

func TestRunUsage(t *testing.T) {
	for _, args := range [][]string{nil, {"-whichway", "w", "more"}, {"-nosuchflag"}} {
		var out, errText bytes.Buffer
		if got := run(t.Context(), args, &out, &errText); got != exitUsage || errText.Len() == 0 {
			t.Errorf("run(%q) = %d with %q on standard error, want %d and a reason", args, got, &errText, exitUsage)
		}
	}
}
