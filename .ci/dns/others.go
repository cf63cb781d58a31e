package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// askCase is what kdig and drill are asked, and what they must print.
type askCase struct {
	name, typ string
	rcode     int
	answer    []string // the data of the records
	soa       bool
}

var rcodeWords = map[int]string{0: "NOERROR", 3: "NXDOMAIN", 5: "REFUSED"}

var askCases = []askCase{
	{cloudWatch, "A", 0, []string{"10.0.1.10", "10.0.2.10", "10.0.3.10"}, false},
	{cloudWatch, "AAAA", 0, nil, true},
	{"v6.us-east-2.api.aws", "AAAA", 0, []string{"2600:1f16::21"}, false},
	{"bkt.s3." + region, "A", 0, []string{"10.0.1.13"}, false},
	{"x." + cloudWatch, "A", 3, nil, true},
	{"foo.w.ent.test", "A", 0, []string{"tgt.ent.test.", "5.5.5.5"}, false},
	{"zzz.ent.test", "TXT", 0, []string{`"star"`}, false},
	{outside, "A", 5, nil, false},
}

// kdigMessage is what of RFC 8427 is looked at.
type kdigMessage struct {
	QR, AA, TC, RD, RA, AD, CD, RCODE, QDCOUNT, ANCOUNT, NSCOUNT int

	AnswerRRs, AuthorityRRs []kdigRecord
}

type kdigRecord struct {
	TypeName   string `json:"TYPEname"`
	RDataA     string `json:"rdataA"`
	RDataAAAA  string `json:"rdataAAAA"`
	RDataCNAME string `json:"rdataCNAME"`
	RDataTXT   string `json:"rdataTXT"`
}

func (s *served) kdig(ctx context.Context, path string) (string, error) {
	return s.askAll(ctx, [][]string{{"+notcp"}, {"+tcp"}, {"+notcp", "+edns", "+dnssec"}}, func(c askCase, transport []string) (string, error) {
		args := append([]string{"@127.0.0.1", "-p", s.port, "+json", "+retry=0", "+timeout=5"}, transport...)
		out, err := s.tool(ctx, path, append(args, c.name, c.typ)...)
		return out, errors.Join(err, c.checkKdig(out))
	})
}

func (c askCase) checkKdig(out string) error {
	var m kdigMessage
	if line := complaint(out); line != "" {
		return errors.New(line)
	}
	if err := json.Unmarshal([]byte(out), &m); err != nil {
		return err
	}
	var data []string
	for _, r := range m.AnswerRRs {
		data = append(data, r.RDataA+r.RDataAAAA+r.RDataCNAME+r.RDataTXT)
	}
	soa := len(m.AuthorityRRs) == 1 && m.AuthorityRRs[0].TypeName == "SOA"
	if m.QR != 1 || m.RA != 1 || m.RD != 1 || m.AA+m.TC+m.AD+m.CD != 0 || m.QDCOUNT != 1 || m.ANCOUNT != len(data) || m.NSCOUNT != len(m.AuthorityRRs) {
		return errors.New("other flags or counts")
	}
	return c.compare(m.RCODE, data, soa, len(m.AuthorityRRs))
}

// compare compares what a program printed. The order of the records of one name is that of the library.
func (c askCase) compare(rcode int, data []string, soa bool, authority int) error {
	if rcode != c.rcode || !slices.Equal(data, c.answer) || soa != c.soa || authority > 1 || authority == 1 && !soa {
		return fmt.Errorf("response code %d, %q, SOA %t, %d of authority; want %d, %q, SOA %t", rcode, data, soa, authority, c.rcode, c.answer, c.soa)
	}
	return nil
}

func (s *served) drill(ctx context.Context, path string) (string, error) {
	return s.askAll(ctx, [][]string{{"-u"}, {"-t"}, {"-b", "1232"}, {"-D"}}, func(c askCase, transport []string) (string, error) {
		args := append([]string{"-p", s.port}, transport...)
		out, err := s.tool(ctx, path, append(args, c.name, "@127.0.0.1", c.typ)...)
		return out, errors.Join(err, c.checkDrill(out))
	})
}

var (
	drillHeader = regexp.MustCompile(`(?m)^;; ->>HEADER<<- opcode: QUERY, rcode: (\S+), id: \d+$`)
	drillFlags  = regexp.MustCompile(`(?m)^;; flags: qr rd ra ; QUERY: 1, ANSWER: (\d+), AUTHORITY: (\d+), ADDITIONAL: \d+ *$`)
	drillRecord = regexp.MustCompile(`(?m)^\S+\t\d+\tIN\t(\S+)\t(.*)$`)
)

func (c askCase) checkDrill(out string) error {
	header, flags := drillHeader.FindStringSubmatch(out), drillFlags.FindStringSubmatch(out)
	switch line := complaint(out); {
	case line != "":
		return errors.New(line)
	case header == nil || flags == nil:
		return errors.New("no header, or other flags than qr rd ra")
	case header[1] != rcodeWords[c.rcode]:
		return fmt.Errorf("response code %s, want %s", header[1], rcodeWords[c.rcode])
	}
	var data []string
	soa := false
	for _, m := range drillRecord.FindAllStringSubmatch(out, -1) {
		if m[1] == "SOA" {
			soa = true
			continue
		}
		data = append(data, m[2])
	}
	authority, _ := strconv.Atoi(flags[2])
	if flags[1] != strconv.Itoa(len(data)) {
		return fmt.Errorf("%d records printed, %s in the header", len(data), flags[1])
	}
	return c.compare(c.rcode, data, soa, authority)
}

// askAll asks every question by every transport.
func (s *served) askAll(ctx context.Context, transports [][]string, ask func(askCase, []string) (string, error)) (string, error) {
	if err := s.start(ctx); err != nil {
		return "", err
	}
	var bad []error
	for _, transport := range transports {
		for _, c := range askCases {
			if out, err := ask(c, transport); err != nil {
				bad = append(bad, fmt.Errorf("%s %s %s: %w\n%s", strings.Join(transport, " "), c.name, c.typ, err, out))
			}
		}
	}
	return fmt.Sprintf("%d calls", len(transports)*len(askCases)), errors.Join(bad...)
}

// perfQueries are what dnsperf asks over and over, each with the response code it must get.
var perfQueries = []askCase{
	{name: cloudWatch, typ: "A"},
	{name: "bkt.s3." + region, typ: "A"},
	{name: "foo.w.ent.test", typ: "MX"},
	{name: "x." + cloudWatch, typ: "AAAA", rcode: 3},
}

const (
	perfSeconds = "3"
	perfRate    = "1000" // a second, so that a slow machine keeps up
)

var (
	perfCount = regexp.MustCompile(`(?m)^ +Queries (sent|completed|lost): +(\d+)`)
	perfCodes = regexp.MustCompile(`(?m)^ +Response codes: +(.*)$`)
)

// dnsperf asks a thousand times a second for three seconds, over UDP and over TCP. Every query must be answered.
func (s *served) dnsperf(ctx context.Context, path string) (string, error) {
	if err := s.start(ctx); err != nil {
		return "", err
	}
	var text strings.Builder
	for _, q := range perfQueries {
		fmt.Fprintf(&text, "%s %s\n", q.name, q.typ)
	}
	file := filepath.Join(s.dir, "queries")
	if err := os.WriteFile(file, []byte(text.String()), 0o644); err != nil {
		return "", err
	}
	var found []string
	var bad []error
	for _, mode := range []string{"udp", "tcp"} {
		out, err := s.tool(ctx, path, "-s", "127.0.0.1", "-p", s.port, "-d", file, "-m", mode, "-l", perfSeconds, "-Q", perfRate, "-c", "4", "-q", "50")
		sent, checked := checkPerf(out)
		if err := errors.Join(err, checked); err != nil {
			bad = append(bad, fmt.Errorf("%s: %w\n%s", mode, err, out))
		}
		found = append(found, fmt.Sprintf("%d queries over %s, none lost", sent, mode))
	}
	if len(bad) > 0 {
		return "", errors.Join(bad...)
	}
	return strings.Join(found, "; "), nil
}

// checkPerf returns how many queries were sent.
func checkPerf(out string) (sent int, err error) {
	if line := complaint(out); line != "" {
		return 0, errors.New(line)
	}
	counts := map[string]int{}
	for _, m := range perfCount.FindAllStringSubmatch(out, -1) {
		counts[m[1]], _ = strconv.Atoi(m[2])
	}
	sent = counts["sent"]
	if len(counts) != 3 || sent == 0 || counts["lost"] != 0 || counts["completed"] != sent {
		return sent, fmt.Errorf("%d sent, %d completed, %d lost", sent, counts["completed"], counts["lost"])
	}
	codes := perfCodes.FindStringSubmatch(out)
	if codes == nil {
		return sent, errors.New("no response codes")
	}
	for code := range strings.SplitSeq(codes[1], ", ") {
		if word, _, _ := strings.Cut(code, " "); word != "NOERROR" && word != "NXDOMAIN" {
			return sent, fmt.Errorf("response codes %s", codes[1])
		}
	}
	return sent, nil
}
