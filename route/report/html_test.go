package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
)

func printHTML(t testing.TB, m *audit.Matrix) string {
	t.Helper()
	var b bytes.Buffer
	if err := report.MatrixHTML(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// pageData is the data of a page as its script reads it.
type pageData struct {
	T []string
	S [][]int
	G []struct{ N, E [][]int }
	P []struct {
		C, E, G int
		K, S, H []int
	}
	C, B [][]int
	X    map[string]string
}

func dataOf(t testing.TB, page string) (d pageData) {
	t.Helper()
	m := regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal("no data in the page")
	}
	if err := json.Unmarshal([]byte(m[1]), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestMatrixHTMLGolden(t *testing.T) {
	m := matrixOf(t, pageWorld(t), "", "monitoring.us-east-2.amazonaws.com", "monitoring.us-east-2.api.aws")
	golden(t, "matrix-few.html", []byte(printHTML(t, m)))
}

// TestMatrixHTMLProofs: every cell opens the very lines, codes and hints of its
// Trace, though nothing of them stands in the page twice.
func TestMatrixHTMLProofs(t *testing.T) {
	m := matrixOf(t, pageWorld(t), "eks-node", "monitoring.{region}.{suffix}", "monitoring.{region}.api.aws", "10.0.2.10", "192.0.2.1:80")
	d := dataOf(t, printHTML(t, m))
	seen := map[string]bool{}
	for _, s := range d.T {
		if seen[s] {
			t.Errorf("%q stands in the page twice", s)
		}
		seen[s] = true
	}
	vantages, hosts := m.Len()
	for i := range vantages {
		for j := range hosts {
			tr := m.At(i, j).Trace()
			p := d.P[d.C[i][j]]
			var steps, codes, hints []string
			for _, s := range p.S {
				parts := d.S[s]
				var text strings.Builder
				text.WriteString(d.T[parts[0]] + " ")
				for _, x := range parts[1:] {
					text.WriteString(d.T[x])
				}
				steps = append(steps, text.String())
			}
			for _, c := range p.K {
				codes = append(codes, d.T[c])
				if d.X[d.T[c]] == "" {
					t.Errorf("%s has no title", d.T[c])
				}
			}
			for n := 0; n < len(p.H); n += 2 {
				hints = append(hints, d.T[p.H[n]]+": "+d.T[p.H[n+1]])
			}
			got := [][]string{{d.T[p.C], d.T[p.E]}, steps, codes, hints}
			var wantSteps, wantCodes, wantHints []string
			for _, s := range tr.Steps() {
				wantSteps = append(wantSteps, s.Word+" "+s.Text)
			}
			for _, c := range tr.Codes {
				wantCodes = append(wantCodes, string(c))
			}
			for _, h := range tr.Hints {
				wantHints = append(wantHints, string(h.Code)+": "+h.Text)
			}
			want := [][]string{{string(tr.Class), tr.Evidence.String()}, wantSteps, wantCodes, wantHints}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s from %s (-Trace +page):\n%s", tr.Host, tr.From.ID(), diff)
			}
		}
	}
}

// TestMatrixHTMLAlone: the page asks for nothing, and a user's text breaks
// nothing.
func TestMatrixHTMLAlone(t *testing.T) {
	inv := pageWorld(t).Inventory()
	const evil = `</script><script>alert(1)</script><img src=x onerror=alert(2)>"'&`
	inv.Subnets[0].Tags = endpoint.Tags{{Key: "Name", Value: evil}}
	inv.VPCs[0].Tags = endpoint.Tags{{Key: "Name", Value: evil}}
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	page := printHTML(t, matrixOf(t, w, "", "monitoring.us-east-2.api.aws"))
	if strings.Contains(page, "<script>alert") || strings.Contains(page, "<img") {
		t.Error("a Name tag became markup")
	}
	if !strings.Contains(page, "&lt;/script&gt;") {
		t.Error("the Name tag is not shown")
	}
	d := dataOf(t, page)
	if !strings.Contains(strings.Join(d.T, "\n"), evil) {
		t.Error("the Name tag is not in the data")
	}
	page = printHTML(t, matrixOf(t, pageWorld(t), "", "monitoring.us-east-2.api.aws"))
	for _, m := range regexp.MustCompile(`(?i)(src|href|url|@import)\s*[=(]\s*["']?([^"')\s>]*)`).FindAllStringSubmatch(page, -1) {
		if m[2] != "#tip" {
			t.Errorf("the page refers to %q", m[0])
		}
	}
	if !strings.Contains(page, `content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"`) {
		t.Error("no policy forbids the page to load anything")
	}
}

// estate is the page's VPC with many subnets, and the hosts of many services,
// most of which have an endpoint.
func estate(t testing.TB, subnets, hosts int) *audit.Matrix {
	t.Helper()
	inv := pageWorld(t).Inventory()
	vpc := inv.VPCs[0].ID
	first := inv.Subnets[0]
	for i := len(inv.Subnets); i < subnets; i++ {
		s := first
		s.ID, s.CIDRBlock, s.Tags = fmt.Sprintf("subnet-0a1b2c3d4e5f61%03x", i), fmt.Sprintf("10.0.%d.%d/28", 100+i/16, i%16*16), endpoint.Tags{{Key: "Name", Value: fmt.Sprintf("app-%d", i)}}
		s.AvailabilityZone = "us-east-2" + string("abc"[i%3])
		inv.Subnets = append(inv.Subnets, s)
		table := inv.RouteTables[i%len(inv.RouteTables)]
		table.ID, table.Tags = fmt.Sprintf("rtb-0a1b2c3d4e5f61%03x", i), nil
		table.Associations = []route.Association{{SubnetID: s.ID}}
		inv.RouteTables = append(inv.RouteTables, table)
	}
	var words []string
	for s := range catalog.Default().All() {
		names, _ := s.PrivateNames("us-east-2")
		name, ok := s.In("us-east-2")
		if !ok || !s.Type.Is(endpoint.Interface) || len(names) != 1 || s.Global || len(words) == hosts {
			continue
		}
		if n := len(words); n%2 == 0 {
			e := endpoint.Endpoint{ID: fmt.Sprintf("vpce-0a1b2c3d4e5f61%03x", n), Type: endpoint.Interface, VPCID: vpc, ServiceName: name.String(), State: endpoint.Available, PrivateDNSEnabled: true}
			for a := range 3 {
				eni := fmt.Sprintf("eni-0a1b2c3d4e5f61%03x%d", n, a)
				inv.NetworkInterfaces = append(inv.NetworkInterfaces, endpoint.NetworkInterface{ID: eni, VPCID: vpc, SubnetID: inv.Subnets[a].ID, PrivateIPAddress: fmt.Sprintf("10.0.%d.%d", a+1, 20+n%200)})
				e.NetworkInterfaceIDs = append(e.NetworkInterfaceIDs, eni)
			}
			inv.Endpoints = append(inv.Endpoints, e)
		}
		words = append(words, names[0])
	}
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	return matrixOf(t, w, "", words...)
}

// TestMatrixHTMLSize is the bar: 6,000 cells, each with its proof and its
// picture, are under 2 MB. BenchmarkMatrixHTML measures the time.
func TestMatrixHTMLSize(t *testing.T) {
	m := estate(t, 30, 200)
	if n := m.Totals().All(); n != 6000 {
		t.Fatalf("%d cells", n)
	}
	page := printHTML(t, m)
	t.Logf("%d cells: %d bytes, %s", m.Totals().All(), len(page), m.Totals())
	if len(page) >= 2_000_000 {
		t.Errorf("%d bytes, want less than 2 MB", len(page))
	}
}

func BenchmarkMatrixHTML(b *testing.B) {
	m := estate(b, 30, 200)
	b.ReportAllocs()
	var start, end syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &start); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		printHTML(b, m)
	}
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &end); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(time.Duration(end.Utime.Nano()-start.Utime.Nano()).Milliseconds())/float64(b.N), "cpu-ms/page")
}
