package main

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// digCase is one call of dig and what it must print. The calls are those by which RFC 8906, section 8, tells servers
// that cope with the DNS as it is from those that do not, and others of that kind.
type digCase struct {
	args   string
	status string
	flags  string // of the header
	answer int    // records
	soa    bool   // in the authority section, which has nothing else
	edns   string // "" for no OPT, else its flags and size
	retry  string // what dig says before it asks once more
}

const (
	cloudWatch = "monitoring." + region
	outside    = "www.example.org"

	normal = "qr rd ra"    // of every response: RA and no AA, as the Amazon-provided resolver has it (F1)
	cut    = "qr tc rd ra" // truncated
	opt    = "; udp: 1232" // the OPT of every response to a query with one: version 0, no flags, no options (F3)
	optDO  = " do; udp: 1232"
)

var digCases = []digCase{
	// RFC 8906, section 8.1: unknown types, opcodes, and flags without EDNS.
	{"+noedns +noad +norec " + cloudWatch + " A", "NOERROR", "qr ra", 3, false, "", ""},
	{"+noedns +noad +norec " + cloudWatch + " TYPE1000", "NOERROR", "qr ra", 0, true, "", ""},
	{"+noedns +noad +norec +cdflag " + cloudWatch + " A", "NOERROR", "qr ra", 3, false, "", ""},
	{"+noedns +ad +norec " + cloudWatch + " A", "NOERROR", "qr ra", 3, false, "", ""},
	{"+noedns +noad +norec +zflag " + cloudWatch + " A", "NOERROR", "qr ra", 3, false, "", ""},
	{"+noedns +rec " + cloudWatch + " A", "NOERROR", normal, 3, false, "", ""},
	{"+noedns +noad +norec +opcode=15 +header-only", "NOTIMP", "qr ra", 0, false, "", ""},
	{"+noedns +tcp " + cloudWatch + " A", "NOERROR", normal, 3, false, "", ""},
	// Section 8.2: EDNS with unknown versions, options and flags, and together.
	{cloudWatch + " A", "NOERROR", normal, 3, false, opt, ""},
	{"+nocookie +edns=1 +noednsneg " + cloudWatch + " A", "BADVERS", normal, 0, false, opt, ""},
	{"+edns=100 " + cloudWatch + " A", "NOERROR", normal, 3, false, opt, ";; BADVERS, retrying with EDNS version 0."},
	{"+nocookie +ednsopt=100 " + cloudWatch + " A", "NOERROR", normal, 3, false, opt, ""},
	{"+nocookie +ednsopt=100:00ff +ednsopt=65001:ff +ednsopt=100 " + cloudWatch + " A", "NOERROR", normal, 3, false, opt, ""},
	{"+nocookie +ednsflags=0x40 " + cloudWatch + " A", "NOERROR", normal, 3, false, opt, ""},
	{"+nocookie +edns=1 +noednsneg +ednsopt=100 " + cloudWatch + " A", "BADVERS", normal, 0, false, opt, ""},
	{"+nocookie +edns=1 +noednsneg +ednsflags=0x40 " + cloudWatch + " A", "BADVERS", normal, 0, false, opt, ""},
	{"+dnssec " + cloudWatch + " A", "NOERROR", normal, 3, false, optDO, ""},
	{"+edns=1 +noednsneg +dnssec " + cloudWatch + " A", "BADVERS", normal, 0, false, optDO, ""},
	{"+cookie=0123456789abcdef +nsid +expire +subnet=10.0.0.0/8 +padding=64 " + cloudWatch + " A", "NOERROR", normal, 3, false, opt, ""},
	{"+tcp +keepalive " + cloudWatch + " A", "NOERROR", normal, 3, false, opt, ""},
	{"+ednsopt=10:00 " + cloudWatch + " A", "NOERROR", normal, 3, false, opt, ""}, // a cookie too short to be one
	{"+noedns +header-only", "FORMERR", normal, 0, false, "", ""},
	{"+noedns +opcode=NOTIFY " + cloudWatch + " SOA", "NOTIMP", normal, 0, false, "", ""},
	{"+noedns +opcode=UPDATE +tcp " + cloudWatch + " SOA", "NOTIMP", normal, 0, false, "", ""},
	// Classes, meta types and names.
	{"-c CH version.bind TXT", "REFUSED", normal, 0, false, opt, ""},
	{"-c ANY " + cloudWatch + " A", "REFUSED", normal, 0, false, opt, ""},
	{"+notcp " + cloudWatch + " ANY", "NOERROR", normal, 3, false, opt, ""},
	{"+tcp " + cloudWatch + " ANY", "NOERROR", normal, 3, false, opt, ""},
	{outside + " A", "REFUSED", normal, 0, false, opt, ""},
	{"x." + cloudWatch + " A", "NXDOMAIN", normal, 0, true, opt, ""},
	{cloudWatch + " AAAA", "NOERROR", normal, 0, true, opt, ""},
	{strings.ToUpper(cloudWatch) + " A", "NOERROR", normal, 3, false, opt, ""},
	{`\*.dkr.ecr.` + region + " A", "NOERROR", normal, 1, false, opt, ""},
	{"cn.ent.test A", "NOERROR", normal, 1, false, opt, ""},
	{"foo.w.ent.test MX", "NOERROR", normal, 1, true, opt, ""},
	// Sizes (F4 to F6): a truncated response has no records, and TCP has them all.
	{"+bufsize=512 +ignore " + someName + " TXT", "NOERROR", cut, 0, false, opt, ""},
	{"+noedns +ignore " + someName + " TXT", "NOERROR", cut, 0, false, "", ""},
	{"+bufsize=1232 +ignore " + someName + " TXT", "NOERROR", normal, manyTexts / 4, false, opt, ""},
	{"+bufsize=4096 +ignore " + manyName + " TXT", "NOERROR", cut, 0, false, opt, ""},
	{"+bufsize=0 +ignore " + cloudWatch + " A", "NOERROR", normal, 3, false, opt, ""},
	{"+bufsize=512 " + manyName + " TXT", "NOERROR", normal, manyTexts, false, opt, ";; Truncated, retrying in TCP mode."},
	{"+tcp +bufsize=512 " + manyName + " TXT", "NOERROR", normal, manyTexts, false, opt, ""},
}

// digTransfers are refused, by NOTIMP or REFUSED (W9): dig prints neither, and no records.
var digTransfers = []string{"AXFR", "IXFR=1"}

func (s *served) dig(ctx context.Context, path string) (string, error) {
	if err := s.start(ctx); err != nil {
		return "", err
	}
	server := []string{"@127.0.0.1", "-p", s.port, "+tries=1", "+timeout=5", "+nocmd", "+nostats"}
	var bad []error
	for _, c := range digCases {
		args := strings.Fields(c.args)
		out, err := s.tool(ctx, path, append(server, args...)...)
		if err := errors.Join(err, c.check(out)); err != nil {
			bad = append(bad, fmt.Errorf("dig %s: %w\n%s", c.args, err, out))
		}
	}
	for _, t := range digTransfers {
		out, err := s.tool(ctx, path, append(server, cloudWatch, t)...)
		if err != nil || strings.TrimSpace(out) != "; Transfer failed." {
			bad = append(bad, errors.Join(fmt.Errorf("dig %s: want only that it failed\n%s", t, out), err))
		}
	}
	return fmt.Sprintf("%d calls", len(digCases)+len(digTransfers)), errors.Join(bad...)
}

var (
	digHeader = regexp.MustCompile(`(?m)^;; ->>HEADER<<- opcode: \S+, status: (\S+), id: \d+$`)
	digFlags  = regexp.MustCompile(`(?m)^;; flags: (.*); QUERY: \d+, ANSWER: (\d+), AUTHORITY: (\d+), ADDITIONAL: \d+$`)
	digEDNS   = regexp.MustCompile(`(?m)^; EDNS: version: 0, flags:(.*)$`)
	digOption = regexp.MustCompile(`(?m)^; (\S.*?):`) // and the version, as EDNS
	digSOA    = regexp.MustCompile(`(?m)^\S+\s+\d+\s+IN\s+SOA\s`)
)

// check compares what dig printed with what it must print.
func (c digCase) check(out string) error {
	if line := complaint(out); line != "" {
		return errors.New(line)
	}
	if first, _, _ := strings.Cut(out, "\n"); first != c.retry && first != ";; Got answer:" {
		return fmt.Errorf("dig says first %q, want %q", first, c.retry)
	}
	if c.retry != "" && !strings.Contains(out, c.retry) {
		return fmt.Errorf("dig does not say %q", c.retry)
	}
	header, flags := digHeader.FindStringSubmatch(out), digFlags.FindStringSubmatch(out)
	if header == nil || flags == nil {
		return errors.New("no header")
	}
	edns := ""
	if m := digEDNS.FindStringSubmatch(out); m != nil {
		edns = m[1]
	}
	authority := 0
	if c.soa {
		authority = 1
	}
	got := fmt.Sprintf("%s, flags %s, %s records, %s of authority, SOA %t, OPT %q", header[1], flags[1], flags[2], flags[3], digSOA.MatchString(out), edns)
	want := fmt.Sprintf("%s, flags %s, %d records, %d of authority, SOA %t, OPT %q", c.status, c.flags, c.answer, authority, c.soa, c.edns)
	if got != want {
		return fmt.Errorf("got %s\nwant %s", got, want)
	}
	for _, m := range digOption.FindAllStringSubmatch(out, -1) {
		if m[1] != "EDNS" {
			return fmt.Errorf("an option in the OPT: %s", m[1])
		}
	}
	return nil
}
