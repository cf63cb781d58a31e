package privatelink_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/pkg/dnstest"
	"github.com/coredns/coredns/plugin/pkg/fall"
	"github.com/coredns/coredns/plugin/test"
	"github.com/miekg/dns"

	privatelink "github.com/privatelink-go/privatelink/examples/coredns"
	"github.com/privatelink-go/privatelink/zone"
)

// nextRcode is what the next plugin of the tests answers: nothing else does.
const nextRcode = dns.RcodeYXDomain

func handler(t *testing.T, fallback zone.Point) (p *privatelink.Plugin, dir string, look func()) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "world")
	write(t, dir, network("127.1.0.10"))
	p = &privatelink.Plugin{Zones: []string{"."}, Next: plugin.HandlerFunc(func(context.Context, dns.ResponseWriter, *dns.Msg) (int, error) {
		return nextRcode, nil
	})}
	look, err := privatelink.Load(p, dir, fallback)
	if err != nil {
		t.Fatal(err)
	}
	return p, dir, look
}

// ask returns what a client gets: the addresses, else the response code, else
// "silence".
func ask(t *testing.T, p *privatelink.Plugin, client, name string) string {
	t.Helper()
	w := dnstest.NewRecorder(&test.ResponseWriter{RemoteIP: client})
	rcode, err := p.ServeDNS(t.Context(), w, new(dns.Msg).SetQuestion(name, dns.TypeA))
	if err != nil {
		t.Fatal(err)
	}
	switch {
	case w.Msg == nil && rcode == dns.RcodeSuccess:
		return "silence"
	case w.Msg == nil:
		return dns.RcodeToString[rcode]
	}
	var words []string
	for _, rr := range w.Msg.Answer {
		words = append(words, strings.TrimPrefix(rr.String(), rr.Header().String()))
	}
	if words == nil {
		return dns.RcodeToString[w.Msg.Rcode]
	}
	return strings.Join(words, " ")
}

// The decisions of ServeDNS and of the client's view, by their numbers.
func TestDecisions(t *testing.T) {
	const (
		with, without, silent, twins, outside = "127.1.0.7", "127.2.0.7", "10.3.16.7", "10.3.0.7", "192.0.2.7"
		next                                  = "YXDOMAIN"
	)
	for _, test := range []struct {
		name         string
		fallback     zone.Point
		zones, fall  []string
		client, host string
		want         string
	}{
		{name: "1 not the plugin's zone", zones: []string{"corp.example."}, client: with, host: cloudwatch, want: next},
		{name: "2 no subnet, no default", client: outside, host: cloudwatch, want: "REFUSED"},
		{name: "2 two VPCs, no default", client: twins, host: cloudwatch, want: "REFUSED"},
		{name: "2 refused whatever falls through", fall: []string{"."}, client: outside, host: cloudwatch, want: "REFUSED"},
		{name: "3 public, fallthrough", fall: []string{"."}, client: with, host: "www.public.example.", want: next},
		{name: "3 public, fallthrough for another zone", fall: []string{"corp.example."}, client: with, host: "www.public.example.", want: "REFUSED"},
		{name: "3 another VPC's private name is public here", fall: []string{"."}, client: without, host: cloudwatch, want: next},
		{name: "3 no fallthrough of what a zone denies", fall: []string{"."}, client: with, host: "none.corp.example.", want: "NXDOMAIN"},
		{name: "3 no fallthrough below a private name", fall: []string{"."}, client: with, host: "x." + cloudwatch, want: "NXDOMAIN"},
		{name: "4 DNS support off", fall: []string{"."}, client: silent, host: cloudwatch, want: "silence"},
		{name: "5 the view answers", client: with, host: cloudwatch, want: "127.1.0.10"},
		{name: "5 any letter case", client: with, host: "Monitoring.US-east-2.amazonaws.COM.", want: "127.1.0.10"},
		{name: "5 not known", client: without, host: cloudwatch, want: "REFUSED"},
		{name: "5 CNAME to a public name, not followed", client: with, host: "www.corp.example.", want: "www.public.example."},
		{name: "client 1 subnet", fallback: zone.VPC("vpc-without"), client: with, host: cloudwatch, want: "127.1.0.10"},
		{name: "client 1 IPv4 in IPv6 form", client: "::ffff:" + with, host: cloudwatch, want: "127.1.0.10"},
		{name: "client 2 default", fallback: zone.VPC("vpc-with"), client: outside, host: cloudwatch, want: "127.1.0.10"},
		{name: "client 2 two VPCs", fallback: zone.VPC("vpc-with"), client: twins, host: cloudwatch, want: "127.1.0.10"},
		{name: "client 2 IPv6", fallback: zone.VPC("vpc-with"), client: "2001:db8::7", host: cloudwatch, want: "127.1.0.10"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p, _, _ := handler(t, test.fallback)
			if test.zones != nil {
				p.Zones = test.zones
			}
			p.Fall = fall.F{Zones: test.fall}
			if got := ask(t, p, test.client, test.host); got != test.want {
				t.Errorf("got %s, want %s", got, test.want)
			}
		})
	}
}

// A reload takes a directory that changed and then rested, and leaves the World
// in place if it cannot be read.
func TestLook(t *testing.T) {
	p, dir, look := handler(t, zone.VPC("vpc-with"))
	steps := []struct {
		name   string
		change func()
		want   string
	}{
		{"nothing changed", func() {}, "127.1.0.10"},
		{"changed, may still be written", func() { write(t, dir, network("127.1.0.20")) }, "127.1.0.10"},
		{"rested", func() {}, "127.1.0.20"},
		{"gone", func() {
			if err := os.Remove(dir); err != nil {
				t.Fatal(err)
			}
		}, "127.1.0.20"},
		{"another one", func() { write(t, dir, network("127.1.0.30")) }, "127.1.0.20"},
		{"rested again", func() {}, "127.1.0.30"},
		{"broken in place", func() {
			if err := os.WriteFile(filepath.Join(dir, "broken.json"), []byte(`{"Vpcs": [`), 0o644); err != nil {
				t.Fatal(err)
			}
		}, "127.1.0.30"},
		{"broken, rested", func() {}, "127.1.0.30"},
		{"mended", func() {
			if err := os.Remove(filepath.Join(dir, "broken.json")); err != nil {
				t.Fatal(err)
			}
			write(t, dir, network("127.1.0.40"))
		}, "127.1.0.30"},
		{"mended, rested", func() {}, "127.1.0.40"},
		{"without the default view", func() {
			inv := network("127.1.0.50")
			inv.VPCs, inv.Subnets, inv.RouteTables, inv.Endpoints = inv.VPCs[1:], inv.Subnets[1:], nil, nil
			inv.NetworkInterfaces, inv.HostedZones = nil, nil
			write(t, dir, inv)
		}, "127.1.0.40"},
		{"without the default view, rested", func() {}, "127.1.0.40"},
	}
	for _, step := range steps {
		step.change()
		look()
		if got := ask(t, p, "127.1.0.7", cloudwatch); got != step.want {
			t.Errorf("%s: got %s, want %s", step.name, got, step.want)
		}
	}
}
