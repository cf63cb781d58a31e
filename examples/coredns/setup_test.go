package privatelink_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/coredns/caddy"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	privatelink "github.com/privatelink-go/privatelink/examples/coredns"
	"github.com/privatelink-go/privatelink/zone"
)

func TestParse(t *testing.T) {
	for _, test := range []struct {
		name, corefile string
		want           privatelink.Options
	}{
		{"directory", "privatelink world", privatelink.Options{Dir: "world", Zones: []string{"example.org."}, Reload: 30 * time.Second}},
		{
			"zones", "privatelink /srv/world amazonaws.com corp.example.",
			privatelink.Options{Dir: "/srv/world", Zones: []string{"amazonaws.com.", "corp.example."}, Reload: 30 * time.Second},
		},
		{
			"options", "privatelink world . {\n default vpc:vpc-1\n reload 5m\n fallthrough\n}",
			privatelink.Options{Dir: "world", Zones: []string{"."}, Fallback: zone.VPC("vpc-1"), Reload: 5 * time.Minute, Fall: []string{"."}},
		},
		{
			"no reload, some fall through", "privatelink world . {\n reload 0\n fallthrough example.com\n default public\n}",
			privatelink.Options{Dir: "world", Zones: []string{"."}, Fallback: zone.Public(), Fall: []string{"example.com."}},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := caddy.NewTestController("dns", test.corefile)
			c.ServerBlockKeys = []string{"example.org."}
			got, err := privatelink.Parse(c)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got, cmpopts.EquateEmpty(), cmp.Comparer(func(a, b zone.Point) bool { return a == b })); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	for name, corefile := range map[string]string{
		"no directory":        "privatelink",
		"twice":               "privatelink world\nprivatelink world",
		"default what":        "privatelink world {\n default\n}",
		"default two":         "privatelink world {\n default vpc:vpc-1 vpc:vpc-2\n}",
		"default no point":    "privatelink world {\n default vpc-1\n}",
		"reload what":         "privatelink world {\n reload\n}",
		"reload no time":      "privatelink world {\n reload often\n}",
		"reload negative":     "privatelink world {\n reload -1s\n}",
		"unknown property":    "privatelink world {\n ttl 5\n}",
		"property in capital": "privatelink world {\n FALLTHROUGH\n}",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := privatelink.Parse(caddy.NewTestController("dns", corefile)); err == nil {
				t.Errorf("no error, but %+v", got)
			}
		})
	}
}

// A directory that cannot be served ends the start.
func TestSetupErrors(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "world")
	for name, corefile := range map[string]string{
		"no directory":    "privatelink " + dir,
		"empty directory": "privatelink " + t.TempDir(),
	} {
		if err := privatelink.Setup(caddy.NewTestController("dns", corefile)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	write(t, dir, network("127.1.0.10"))
	if err := privatelink.Setup(caddy.NewTestController("dns", "privatelink "+dir+" {\n default vpc:vpc-none\n}")); err == nil {
		t.Error("a default view that is not in the world: no error")
	}
	if err := privatelink.Setup(caddy.NewTestController("dns", "privatelink "+dir+" {\n default vpc:vpc-with\n}")); err != nil {
		t.Error(err)
	}
}
