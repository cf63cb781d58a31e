package audit_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
)

func TestHost(t *testing.T) {
	for _, tt := range []struct {
		in, text string
		port     uint16
		region   string
		name     string
		known    bool
	}{
		{"STS.us-east-2.AmazonAWS.com.", "sts.us-east-2.amazonaws.com", 443, "", "sts.us-east-2.amazonaws.com", true},
		{"sts.{region}.{suffix}", "sts.{region}.{suffix}", 443, "us-east-2", "sts.us-east-2.amazonaws.com", true},
		{"STS.{region}.{suffix}", "sts.{region}.{suffix}", 443, "cn-north-1", "sts.cn-north-1.amazonaws.com.cn", true},
		{"eks-auth.{region}.{dualstack}", "eks-auth.{region}.{dualstack}", 443, "cn-north-1", "eks-auth.cn-north-1.api.amazonwebservices.com.cn", true},
		{"sts.{region}.{suffix}", "sts.{region}.{suffix}", 443, "", "sts.{region}.{suffix}", false},
		{"cassandra.{region}.{suffix}:9142", "cassandra.{region}.{suffix}:9142", 9142, "eu-west-1", "cassandra.eu-west-1.amazonaws.com", true},
		{"10.0.2.10:80", "10.0.2.10:80", 80, "", "10.0.2.10", true},
		{"[2001:db8::1]:80", "[2001:db8::1]:80", 80, "", "2001:db8::1", true},
		{"2001:db8::1", "2001:db8::1", 443, "", "2001:db8::1", true},
	} {
		h, err := audit.ParseHost(tt.in)
		if err != nil || h.String() != tt.text || h.Port() != tt.port {
			t.Errorf("ParseHost(%q) = %s, port %d, %v", tt.in, h, h.Port(), err)
			continue
		}
		if name, ok := h.In(tt.region); name != tt.name || ok != tt.known {
			t.Errorf("%s in %q = %q, %t, want %q, %t", h, tt.region, name, ok, tt.name, tt.known)
		}
		if again, err := audit.ParseHost(h.String()); err != nil || again != h {
			t.Errorf("ParseHost(%q) = %s, %v: not a round trip", h, again, err)
		}
	}
	for _, in := range []string{"", "a..b", "https://a", "{zone}.a", "sts.{region", "a:0", "sts.{region}.{suffix}:x", "*.{region}.a"} {
		if h, err := audit.ParseHost(in); !errors.Is(err, trace.ErrHost) || h.IsValid() {
			t.Errorf("ParseHost(%q) = %s, %v, want ErrHost", in, h, err)
		}
	}
	list := hosts("b.example", "a.example:80", "a.example")
	slices.SortFunc(list, audit.Host.Compare)
	if want := hosts("a.example:80", "a.example", "b.example"); !slices.Equal(list, want) {
		t.Errorf("in order: %v, want %v", list, want)
	}
	if s := (audit.Host{}).String(); s != "invalid Host" {
		t.Errorf("the zero Host prints %q", s)
	}
}

func TestHosts(t *testing.T) {
	profile := audit.Profile{Hosts: []audit.ProfileHost{{Host: audit.MustParseHost("b.example")}, {Host: audit.MustParseHost("a.example")}}}
	list, err := audit.Hosts([]audit.Profile{profile, profile}, "c.example", "A.example.", "a.example:80")
	want := hosts("b.example", "a.example", "c.example", "a.example:80")
	if err != nil || !slices.Equal(list, want) {
		t.Errorf("Hosts = %v, %v, want %v", list, err, want)
	}
	if list, err := audit.Hosts(nil, "a..b", "ok.example", ":1"); list != nil || !errors.Is(err, trace.ErrHost) {
		t.Errorf("Hosts = %v, %v, want no list and ErrHost", list, err)
	}
}

func TestVantages(t *testing.T) {
	w := newWorld(t, page())
	ids := func(words ...string) []string {
		vs, err := audit.Vantages(w, words...)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, v := range vs {
			ids = append(ids, v.ID())
		}
		return ids
	}
	if got, want := ids(), []string{"subnet-a", "subnet-b", "subnet-c"}; !slices.Equal(got, want) {
		t.Errorf("no word: %q, want %q", got, want)
	}
	if got, want := ids("subnet-c", "eni-a", "vpc-1", "isolated"), []string{"subnet-c", "eni-a", "subnet-a", "subnet-b"}; !slices.Equal(got, want) {
		t.Errorf("each once, in the order of the words: %q, want %q", got, want)
	}
	if vs, err := audit.Vantages(w, "subnet-a", "nowhere"); vs != nil || !errors.Is(err, trace.ErrNoSource) {
		t.Errorf("Vantages = %v, %v, want ErrNoSource", vs, err)
	}
}
