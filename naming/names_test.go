package naming_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/naming"
)

// TestPublicNames reads every name of the table that a person split into
// parts, and compares; NAM-19 is the control total.
func TestPublicNames(t *testing.T) {
	total := map[string]int{}
	endpoints := map[string]bool{}
	for _, r := range rows(t, "testdata/vpce_names.tsv") {
		in := r["name"]
		h := naming.Classify(in)
		p, err := naming.ParseHost(in)
		if (err == nil) != h.IsValid() || err == nil && p != h {
			t.Errorf("%q: Classify gives %v, ParseHost %v, %v", in, h, p, err)
		}
		n, err := naming.Parse(in)
		isName := h.Kind() == naming.KindRegional || h.Kind() == naming.KindZonal
		if (err == nil) != isName || naming.IsEndpointName(in) != isName {
			t.Errorf("%q is %v; Parse says %v, IsEndpointName %v", in, h.Kind(), err, naming.IsEndpointName(in))
		}

		switch h.Kind() {
		case naming.KindRegional, naming.KindZonal, naming.KindBase, naming.KindPrivateAPI:
			total[h.Kind().String()]++
		default:
			total["rejected"]++
			continue
		}
		service := strings.TrimPrefix(r["service"], "*.")
		got := [...]string{h.EndpointID(), h.Suffix(), h.Zone(), h.Service(), h.Region(), h.Domain(), h.String()}
		want := [...]string{r["endpoint_id"], r["suffix"], r["zone"], service, r["region"], r["domain"], strings.TrimSuffix(in, ".")}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%q: (-want +got)\n%s", in, d)
		}
		if isName {
			endpoints[n.EndpointID()] = true
			if again, err := naming.New(n.Parts()); err != nil || again != n {
				t.Errorf("New(%q.Parts()) = %v, %v", in, again, err)
			}
		}
	}
	want := map[string]int{"regional": 76, "zonal": 40, "base": 99, "private-api": 3, "rejected": 48}
	if d := cmp.Diff(want, total); d != "" {
		t.Errorf("NAM-19: control total (-want +got)\n%s", d)
	}
	if len(endpoints) != 73 {
		t.Errorf("NAM-01: names of %d endpoints, want 73", len(endpoints))
	}
}
