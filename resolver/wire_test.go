package resolver_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
)

// Every row of testdata/wire_cases.tsv: those of datagrams as bytes, those of
// streams over the hook's connection.
func TestWireCases(t *testing.T) {
	r := resolver.New(wireView(t))
	cases := wireCases(t)
	if len(cases) != 63 {
		t.Errorf("%d rows, want 63", len(cases))
	}
	for _, c := range cases {
		t.Run(c.id, func(t *testing.T) {
			answers := []string{"none"}
			if c.transport != "udp" {
				answers = overStream(t, r, c)
			} else if out, ok := r.AppendResponse(nil, c.query, resolver.MaxDatagram); ok {
				answers[0] = summary(unpack(t, out))
			}
			for _, got := range answers {
				if got != c.response {
					t.Errorf("%s\n got %s\nwant %s\n(%s)", c.name, got, c.response, c.recommended)
				}
			}
		})
	}
}

// overStream sends a query as its row says and returns what came back.
func overStream(t *testing.T, r *resolver.Resolver, c wireCase) (answers []string) {
	conn := dial(t, r, "tcp")
	sent, n := frame(c.query), 1
	switch c.transport {
	case "tcp1":
		for _, b := range sent[:len(sent)-1] {
			if _, err := conn.Write([]byte{b}); err != nil {
				t.Fatal(err)
			}
		}
		sent = sent[len(sent)-1:]
	case "tcp2":
		sent, n = append(sent, sent...), 2
	case "tcph":
		sent = sent[:len(sent)/2]
	}
	if _, err := conn.Write(sent); err != nil {
		t.Fatal(err)
	}
	if c.response == "none" {
		conn.SetReadDeadline(time.Now().Add(20 * time.Millisecond))
		if _, err := conn.Read(make([]byte, 1)); err == nil {
			t.Fatal("an answer")
		} else if half := errors.Is(err, os.ErrDeadlineExceeded); half != (c.transport == "tcph") {
			t.Fatal(err) // the stream ends, but for one that the client ends (S2, S3)
		}
		return []string{"none"}
	}
	for range n {
		answers = append(answers, summary(readFrame(t, conn)))
	}
	return answers
}

// What the rows do not show: octets, and names with CNAMEs, wildcards and
// several types.
func TestAnswers(t *testing.T) {
	r := resolver.New(wireView(t))
	const z = ".us-east-2.amazonaws.com."
	for _, test := range []struct {
		rule, name string
		typ        dnsmessage.Type
		want       string
	}{
		{"A2 empty non-terminal", "wild" + z, dnsmessage.TypeA, "NOERROR qr rd ra ns:SOA"},
		{"A4 CNAME to a missing name", "dangling" + z, dnsmessage.TypeA, "NXDOMAIN qr rd ra an:CNAME ns:SOA"},
		{"A6 ANY of several types", "us-east-2.amazonaws.com.", dnsmessage.TypeALL, "NOERROR qr rd ra an:NS"},
		{"A6 ANY of a CNAME", "alias" + z, dnsmessage.TypeALL, "NOERROR qr rd ra an:CNAME"},
		{"A6 ANY of an absent name", "nothing" + z, dnsmessage.TypeALL, "NXDOMAIN qr rd ra ns:SOA"},
		{"wildcard", "a.b.wild" + z, dnsmessage.TypeA, "NOERROR qr rd ra an:A"},
		{"a literal asterisk", "*.wild" + z, dnsmessage.TypeA, "NOERROR qr rd ra an:A"},
		{"MX", "mail" + z, dnsmessage.TypeMX, "NOERROR qr rd ra an:MXx2"},
		{"SRV", "_sip._tcp" + z, dnsmessage.TypeSRV, "NOERROR qr rd ra an:SRVx3"},
		{"TXT", "text" + z, dnsmessage.TypeTXT, "NOERROR qr rd ra an:TXTx2"},
		{"N17 localhost", "localhost.", dnsmessage.TypeA, "NOERROR qr rd ra an:A"},
		{"N17 below localhost", "a.localhost.", dnsmessage.TypeAAAA, "NOERROR qr rd ra an:AAAA"},
		{"N17 another type", "localhost.", dnsmessage.TypeMX, "NOERROR qr rd ra"},
		{"W10 outside", "www.example.com.", dnsmessage.TypeA, "REFUSED qr rd ra"},
	} {
		t.Run(test.rule, func(t *testing.T) {
			out, ok := r.AppendResponse(nil, query(t, test.name, test.typ, 0), resolver.MaxDatagram)
			if !ok {
				t.Fatal("no response")
			}
			if got := summary(unpack(t, out)); got != test.want {
				t.Errorf("%s %s\n got %s\nwant %s", test.name, test.typ, got, test.want)
			}
		})
	}
}

// F7: every record of the asked name is owned by a pointer to the question, and
// the names of a chain and of the SOA record point into the message too.
func TestCompression(t *testing.T) {
	r := resolver.New(wireView(t))
	for name, want := range map[string]int{
		// Header, question, three A records.
		host + ".": 12 + len(host) + 2 + 4 + 3*16,
		// The CNAME's data is alias2's name in full; each owner is a pointer.
		"alias.us-east-2.amazonaws.com.": 12 + 31 + 4 + (12 + 32) + (12 + 36) + 3*16,
	} {
		out, _ := r.AppendResponse(nil, query(t, name, dnsmessage.TypeA, 0), resolver.MaxStream)
		if len(out) != want {
			t.Errorf("%s: %d octets, want %d: %x", name, len(out), want, out)
		}
	}
	out, _ := r.AppendResponse(nil, query(t, "nothing.us-east-2.amazonaws.com.", dnsmessage.TypeA, 0), resolver.MaxStream)
	if soa := out[12+33+4:]; soa[0] != 0xc0 || soa[1] != 12+8 {
		t.Errorf("the SOA record's owner is not a pointer into the question: %x", soa[:2])
	}
}
