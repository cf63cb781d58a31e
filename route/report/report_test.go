package report_test

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// pageWorld is the world embedded in the command: the AWS page's VPC.
func pageWorld(t testing.TB) *trace.World {
	t.Helper()
	w, err := describe.Load(os.DirFS(filepath.Join("..", "..", "examples", "whichway", "world")))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// golden compares what a writer prints with a file under testdata; -update
// rewrites it.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (-golden +printed):\n%s", name, diff)
	}
}

// TestTraceGolden prints the page's host, and a host that leaves by the NAT
// gateway, in every form.
func TestTraceGolden(t *testing.T) {
	w := pageWorld(t)
	for _, q := range []struct{ name, host string }{
		{"endpoint", "monitoring.us-east-2.amazonaws.com"},
		{"nat", "monitoring.us-east-2.api.aws"},
	} {
		tr, err := w.Why("private", q.host)
		if err != nil {
			t.Fatal(err)
		}
		for ext, print := range map[string]func(io.Writer, trace.Trace) error{
			"txt":     func(w io.Writer, tr trace.Trace) error { _, err := fmt.Fprint(w, tr); return err },
			"json":    report.Trace,
			"md":      report.Markdown,
			"mermaid": report.Mermaid,
			"dot":     report.DOT,
		} {
			var b bytes.Buffer
			if err := print(&b, tr); err != nil {
				t.Fatal(err)
			}
			golden(t, "trace-"+q.name+"."+ext, b.Bytes())
		}
	}
}

// TestVPCGolden draws the page's VPC, from a world with more in it than fits
// one way.
func TestVPCGolden(t *testing.T) {
	w := pageWorld(t)
	for ext, print := range map[string]func(io.Writer, *trace.World, string) error{"mermaid": report.VPCMermaid, "dot": report.VPCDOT} {
		var b bytes.Buffer
		if err := print(&b, w, "vpc-0a1b2c3d4e5f60001"); err != nil {
			t.Fatal(err)
		}
		golden(t, "vpc."+ext, b.Bytes())
	}
}

// TestLabels: a Name tag is a user's text and breaks no picture.
func TestLabels(t *testing.T) {
	inv := pageWorld(t).Inventory()
	for i := range inv.Subnets {
		if inv.Subnets[i].Tags.Name() == "private" {
			inv.Subnets[i].Tags[0].Value = "a\"]|<b>\n`*_\\"
		}
	}
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	tr, err := w.Why("subnet-0a1b2c3d4e5f6000b", "monitoring.us-east-2.api.aws")
	if err != nil {
		t.Fatal(err)
	}
	for name, print := range map[string]func(io.Writer, trace.Trace) error{"labels.md": report.Markdown, "labels.mermaid": report.Mermaid, "labels.dot": report.DOT} {
		var b bytes.Buffer
		if err := print(&b, tr); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
}

func ExampleNewName() {
	r := report.NewName("vpce-099deb00b40f00e22-monitoring.us-east-2.vpce.amazonaws.com", catalog.Default())
	fmt.Print(r)
	// Output:
	// vpce-099deb00b40f00e22-monitoring.us-east-2.vpce.amazonaws.com
	//   invalid     label "vpce-099deb00b40f00e22-monitoring": no 8-character suffix after the endpoint id
	//   hint        a dot stands before the service: vpce-099deb00b40f00e22-<8 characters>.monitoring.us-east-2.vpce.amazonaws.com
}

func ExampleName() {
	r := report.NewName("www.example.com", catalog.Default())
	if err := report.Name(os.Stdout, r); err != nil {
		panic(err)
	}
	// Output: {"schema":"whichway.name/1","input":"www.example.com","valid":true,"kind":"other","prefix":"","endpointId":"","suffix":"","zone":"","service":"","region":"","regionListed":false,"domain":"","partition":"","serviceKnown":false,"hint":"","error":""}
}

func load() *trace.World {
	w, err := describe.Load(os.DirFS(filepath.Join("..", "..", "examples", "whichway", "world")))
	if err != nil {
		panic(err)
	}
	return w
}

func ExampleTrace() {
	tr, err := load().Why("private", "10.0.2.10")
	if err != nil {
		panic(err)
	}
	if err := report.Trace(os.Stdout, tr); err != nil {
		panic(err)
	}
	// Output: {"schema":"whichway.trace/1","from":{"id":"subnet-0a1b2c3d4e5f6000b","name":"private","vpc":"vpc-0a1b2c3d4e5f60001","az":"us-east-2b"},"host":"10.0.2.10","port":443,"class":"endpoint","verdict":"private","codes":["FILTERS_NOT_EVALUATED","POLICY_NOT_EVALUATED"],"dns":[],"paths":[{"address":"10.0.2.10","class":"endpoint","verdict":"private","codes":["FILTERS_NOT_EVALUATED","POLICY_NOT_EVALUATED"],"hops":[{"kind":"direct","id":"subnet-0a1b2c3d4e5f6000b","name":"private","routeTable":"","destination":"","target":"","rule":"R5","lost":[]},{"kind":"endpoint-eni","id":"eni-0a1b2c3d4e5f6000b","name":"","routeTable":"","destination":"","target":"","rule":"R31","lost":[]}]}],"hints":[],"evidence":"given"}
}

func ExampleMermaid() {
	tr, err := load().Why("isolated", "10.0.3.10")
	if err != nil {
		panic(err)
	}
	if err := report.Mermaid(os.Stdout, tr); err != nil {
		panic(err)
	}
	// Output:
	// flowchart LR
	//   subgraph g0["vpc-0a1b2c3d4e5f60001 (page)"]
	//     subgraph g1["us-east-2c"]
	//       subgraph g2["subnet-0a1b2c3d4e5f6000c (isolated)"]
	//         n0["subnet-0a1b2c3d4e5f6000c (isolated)"]
	//         n1["eni-0a1b2c3d4e5f6000c"]
	//       end
	//     end
	//   end
	//   n0 ==> n1
}
