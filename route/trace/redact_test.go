package trace_test

import (
	"encoding/json"
	"fmt"
	"log"
	"net/netip"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// TestRedactKeepsAnswers: the same question, redacted, has the same answer in
// the redacted network.
func TestRedactKeepsAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inv := tracegen.Inventory(tracegen.Knobs{}).Draw(t, "inventory")
		r, err := trace.NewRedaction(inv)
		if err != nil {
			t.Fatal(err)
		}
		before, after := newTestWorld(t, inv), newTestWorld(t, r.Inventory())
		for range 5 {
			v := tracegen.Vantage(before).Draw(t, "from")
			host := tracegen.HostFor(before).Draw(t, "host")
			id, ok := r.ID(v.ID())
			if !ok {
				t.Fatalf("no new id for %s", v.ID())
			}
			u, ok := after.From(id)
			if !ok {
				t.Fatalf("%s is gone: no %s", v.ID(), id)
			}
			a, b := v.To(host, 443), u.To(r.Host(host), 443)
			if diff := cmp.Diff(gist(a), gist(b)); diff != "" {
				t.Fatalf("-before +after:\n%s\n%s\n%s", diff, a, b)
			}
		}
	})
}

type summary struct {
	Class    route.Class
	Verdict  route.Verdict
	Codes    []endpoint.Code
	Evidence naming.Evidence
	Classes  []route.Class
}

func gist(tr trace.Trace) summary {
	s := summary{tr.Class, tr.Verdict, tr.Codes, tr.Evidence, nil}
	for _, p := range tr.Paths {
		s.Classes = append(s.Classes, p.Class)
	}
	slices.Sort(s.Classes)
	return s
}

func newTestWorld(t *rapid.T, inv trace.Inventory) *trace.World {
	w, err := trace.New(inv)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestRedactHidesNames: nothing that names the network is left in it.
func TestRedactHidesNames(t *testing.T) {
	inv := page()
	inv.VPCs[0].OwnerID = "123456789012"
	inv.VPCs[0].Tags = endpoint.Tags{{Key: "Name", Value: "secret-net"}, {Key: "team", Value: "secret-team"}}
	inv.Endpoints[0].PolicyDocument = "secret-policy"
	inv.Findings = []endpoint.Finding{{Code: endpoint.NotModelled, Resource: "secret-file.json", Text: "secret"}}
	redacted, err := trace.Redact(inv)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(redacted)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"secret", "123456789012", "team", "10.0.1.", "vpc-1\"", "subnet-a", "099deb00b40f00e22", "lj2wisx3", "Z06320943MMOWYG6MAVL9"} {
		if strings.Contains(string(text), secret) {
			t.Errorf("%s is left:\n%s", secret, text)
		}
	}
	for _, kept := range []string{"us-east-2b", "com.amazonaws.us-east-2.monitoring", `"monitoring.us-east-2.amazonaws.com"`, "0.0.0.0/0"} {
		if !strings.Contains(string(text), kept) {
			t.Errorf("%s is gone:\n%s", kept, text)
		}
	}
}

func TestRedactHost(t *testing.T) {
	r, err := trace.NewRedaction(page())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ host, want string }{
		{"monitoring.us-east-2.amazonaws.com", "monitoring.us-east-2.amazonaws.com"},
		{"vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com.", "vpce-00000000000000001-00000001-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com."},
		{"www.corp.example.com", "x3.x2.x1.com"},
		{"bucket-of-mine.s3.us-east-2.amazonaws.com", "x4.s3.us-east-2.amazonaws.com"},
		{"corp.example.com", "x2.x1.com"},
		{"123412341234.dkr.ecr.us-east-2.amazonaws.com", "000000000001.dkr.ecr.us-east-2.amazonaws.com"},
		{"a1b2c3d4e5-vpce-099deb00b40f00e22.execute-api.us-east-2.amazonaws.com", "x5-vpce-00000000000000001.execute-api.us-east-2.amazonaws.com"},
		{"sts.amazonaws.com", "sts.amazonaws.com"},
		{"169.254.169.253", "169.254.169.253"},
	} {
		if got := r.Host(tt.host); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.host, got, tt.want)
		}
	}
	a := netip.MustParseAddr("10.0.1.10")
	reverse := r.Addr(a).As4()
	want := netip.AddrFrom4([4]byte{reverse[3], reverse[2], reverse[1], reverse[0]}).String() + ".in-addr.arpa"
	if got := r.Host("10.1.0.10.in-addr.arpa"); got != want {
		t.Errorf("reverse name of %s: %s, want %s", a, got, want)
	}
	if got := r.Host("1.0.10.in-addr.arpa"); !strings.HasSuffix(want, "."+got) {
		t.Errorf("%s is not below %s", want, got)
	}
}

// TestRedactServices: what the text of a host tells of its possible addresses,
// the redacted one tells too.
func TestRedactServices(t *testing.T) {
	r, err := trace.NewRedaction(page())
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{
		"internal-lb-1.us-east-2.elb.amazonaws.com", "nlb-1.elb.us-east-2.amazonaws.com", "db.0a.us-east-2.rds.amazonaws.com", "c.0a.us-east-2.redshift.amazonaws.com",
		"c.0a.us-east-2.docdb.amazonaws.com", "c.0a.us-east-2.neptune.amazonaws.com", "c.0a.0001.use2.cache.amazonaws.com", "0A.gr7.us-east-2.eks.amazonaws.com",
		"fs-0a.efs.us-east-2.amazonaws.com", "fs-0a.fsx.us-east-2.amazonaws.com", "clustercfg.c.0a.memorydb.us-east-2.amazonaws.com", "b-1.c.0a.c2.kafka.us-east-2.amazonaws.com",
		"b-0a-1.mq.us-east-2.amazonaws.com", "vpc-d-0a.us-east-2.es.amazonaws.com", "search-d-0a.us-east-2.es.amazonaws.com", "db.0a.cn-north-1.rds.amazonaws.com.cn",
		"bucket.s3.us-east-2.amazonaws.com", "bucket.s3.amazonaws.com", "rds.us-east-2.amazonaws.com", "www.example.com",
	} {
		if got := r.Host(host); route.PublicAddr(got, route.IPv4) != route.PublicAddr(host, route.IPv4) {
			t.Errorf("%s may have other addresses than %s", got, host)
		}
	}
}

// TestRedactAddresses: two addresses share as many leading bits after it as
// before, and stay in their space.
func TestRedactAddresses(t *testing.T) {
	inv := page()
	inv.PrefixLists = []route.PrefixList{{ID: "pl-1", Name: "com.amazonaws.us-east-2.s3", CIDRs: []string{"52.219.80.0/20"}}}
	r, err := trace.NewRedaction(inv)
	if err != nil {
		t.Fatal(err)
	}
	spaces := []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "52.219.80.0/20", "2000::/3", "fc00::/7", "64:ff9b::/96", "127.0.0.0/8"}
	common := func(a, b netip.Addr) int {
		for n := a.BitLen(); ; n-- {
			if p, _ := a.Prefix(n); p.Contains(b) {
				return n
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		space := netip.MustParsePrefix(rapid.SampledFrom(spaces).Draw(t, "space"))
		draw := func(label string) netip.Addr {
			b := space.Addr().AsSlice()
			for i, x := range rapid.SliceOfN(rapid.Byte(), len(b), len(b)).Draw(t, label) {
				for bit := range 8 {
					if n := i*8 + bit; n >= space.Bits() {
						b[i] = b[i]&^(1<<(7-bit)) | x&(1<<(7-bit))
					}
				}
			}
			a, _ := netip.AddrFromSlice(b)
			return a
		}
		a, b := draw("a"), draw("b")
		x, y := r.Addr(a), r.Addr(b)
		if !space.Contains(x) || common(a, b) != common(x, y) {
			t.Errorf("%s %s became %s %s", a, b, x, y)
		}
	})
}

// TestRedactDoesNotDependOnOrder: what things are named follows from the set of
// them.
func TestRedactDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		inv := tracegen.Inventory(tracegen.Knobs{}).Draw(t, "inventory")
		a, err := trace.NewRedaction(inv)
		if err != nil {
			t.Fatal(err)
		}
		b, err := trace.NewRedaction(tracegen.Shuffle(inv).Draw(t, "shuffled"))
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range inv.Subnets {
			x, _ := a.ID(s.ID)
			y, _ := b.ID(s.ID)
			if x != y {
				t.Errorf("%s is %s, and %s in another order", s.ID, x, y)
			}
		}
		for _, z := range inv.HostedZones {
			if x, y := a.Host(z.Name), b.Host(z.Name); x != y {
				t.Errorf("%s is %s, and %s in another order", z.Name, x, y)
			}
		}
		if x, y := a.Host("10.0.1.1"), b.Host("10.0.1.1"); x != y {
			t.Errorf("10.0.1.1 is %s, and %s in another order", x, y)
		}
	})
}

func TestRedactErrors(t *testing.T) {
	inv := page()
	inv.Subnets[0].CIDRBlock = "10.0.0.0/99"
	if got, err := trace.Redact(inv); err == nil || len(got.Subnets) > 0 {
		t.Errorf("%v, %d subnets", err, len(got.Subnets))
	}
}

// TestRedactKnowsEveryField walks the types of an Inventory: a text field that
// is new must be put into the table before it can leak.
func TestRedactKnowsEveryField(t *testing.T) {
	seen := map[string]bool{}
	var walk func(reflect.Type, string)
	walk = func(ty reflect.Type, field string) {
		switch ty.Kind() {
		case reflect.Struct:
			for f := range ty.Fields() {
				walk(f.Type, ty.Name()+"."+f.Name)
			}
		case reflect.Slice, reflect.Pointer:
			walk(ty.Elem(), field)
		case reflect.String:
			seen[field] = true
		}
	}
	walk(reflect.TypeFor[trace.Inventory](), "")
	delete(seen, "ResourceRecord.Value") // by the type of its record set
	known := trace.RedactedFields()
	for f := range seen {
		if !slices.Contains(known, f) {
			t.Errorf("%s: the table does not say what it holds", f)
		}
	}
	for _, f := range known {
		if !seen[f] {
			t.Errorf("%s: in the table, and no field", f)
		}
	}
}

// A question that was answered wrongly, to be asked of the redacted network: the
// host and the subnet have new names in it, and the answer is the same.
func ExampleNewRedaction() {
	inv := trace.Inventory{
		VPCs:    []endpoint.VPC{{ID: "vpc-0aa11", CIDRBlock: "10.0.0.0/16"}},
		Subnets: []endpoint.Subnet{{ID: "subnet-0bb22", VPCID: "vpc-0aa11", CIDRBlock: "10.0.1.0/24"}},
	}
	r, err := trace.NewRedaction(inv)
	if err != nil {
		log.Fatal(err)
	}
	subnet, known := r.ID("subnet-0bb22")
	fmt.Println(subnet, known)
	_, known = r.ID("subnet-0cc33")
	fmt.Println(known)
	fmt.Println(r.Host("monitoring.us-east-2.amazonaws.com"))
	fmt.Println(r.Inventory().Subnets[0].ID)
	// Output:
	// subnet-00000001 true
	// false
	// monitoring.us-east-2.amazonaws.com
	// subnet-00000001
}

func ExampleRedact() {
	redacted, err := trace.Redact(page())
	if err != nil {
		fmt.Println(err)
		return
	}
	w, err := trace.New(redacted)
	if err != nil {
		fmt.Println(err)
		return
	}
	for v := range w.Vantages() {
		fmt.Println(v.ID(), v.Name(), v.To("monitoring.us-east-2.amazonaws.com", 443).Class)
	}
	// Output:
	// subnet-00000001 name-4 endpoint
	// subnet-00000002 name-3 endpoint
	// subnet-00000003 name-1 endpoint
}
