package catalog_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// owners is the slow twin of the way from a private name to its service: it
// asks every row for its names in the Region, and compares each.
func owners(c *catalog.Catalog, host, region string) (shorts []string) {
	for s := range c.All() {
		names, _ := s.PrivateNames(region)
		for _, n := range names {
			base, wild := strings.CutPrefix(n, "*")
			if n == host || wild && strings.HasSuffix(host, base) && len(host) > len(base) {
				shorts = append(shorts, s.Short)
				break
			}
		}
	}
	return shorts
}

// drawHost draws a host near the names of a row: one of them, or one with
// something in front, another domain, a mark, or without its Region.
func drawHost(t *rapid.T, c *catalog.Catalog) (host, region string) {
	s := rapid.SampledFrom(slices.Collect(c.All())).Draw(t, "service")
	region = tracegen.Region().Draw(t, "region")
	if s.Global {
		region = ""
	}
	names, _ := s.PrivateNames(region)
	names = append(names, s.Short+"."+region+".amazonaws.com", "queue.amazonaws.com", "123456789012.ddb."+region+".amazonaws.com")
	host = strings.TrimPrefix(rapid.SampledFrom(names).Draw(t, "name"), "*.")
	host = strings.NewReplacer("{cell}", "abcd", "cellN", "cell1").Replace(host)
	if rapid.Bool().Draw(t, "in front") {
		host = rapid.SampledFrom([]string{"foo.", "123456789012.", "a.b.", "x-"}).Draw(t, "front") + host
	}
	switch rapid.IntRange(0, 4).Draw(t, "change") {
	case 0:
		host = strings.Replace(host, ".amazonaws.com", ".api.aws", 1)
	case 1:
		host = strings.Replace(host, ".", "-fips.", 1)
	case 2:
		host = strings.Replace(host, region+".", "", 1)
	}
	return host, region
}

// TestHostTwin: a private name leads to a service that has it.
func TestHostTwin(t *testing.T) {
	c := catalog.Default()
	rapid.Check(t, func(t *rapid.T) {
		host, _ := drawHost(t, c)
		h := naming.Classify(host)
		m, ok := c.Host(host)
		if ok && (m.Short == "" || m.Host != h || m.Name.IsValid() && !m.Is(m.Name)) {
			t.Fatalf("Host(%q) = %+v", host, m)
		}
		who := owners(c, host, h.Region())
		if len(who) > 0 && (!ok || !slices.Contains(who, m.Short)) {
			t.Fatalf("Host(%q) = %q, %v; the rows %q have this name", host, m.Short, ok, who)
		}
		if len(who) > 0 && !c.Knows(h) {
			t.Fatalf("%q is a private name, and not known", host)
		}
	})
}

// TestSiblingsProperties: a sibling is another host of the same partition, and
// has no sibling of the same family.
func TestSiblingsProperties(t *testing.T) {
	c := catalog.Default()
	rapid.Check(t, func(t *rapid.T) {
		host, region := drawHost(t, c)
		for _, s := range c.Siblings(tracegen.Spelling(host).Draw(t, "spelling"), region) {
			if s.Remedy == "" || s.Source == "" {
				t.Fatalf("Siblings(%q): %+v", host, s)
			}
			if s.Host == "" {
				continue
			}
			if h, err := naming.ParseHost(s.Host); err != nil || s.Host == host || h.Kind() == naming.KindOther || h.Region() == "" {
				t.Fatalf("Siblings(%q): %q is %v, %v", host, s.Host, h.Kind(), err)
			}
			for _, again := range c.Siblings(s.Host, region) {
				if again.Host == host {
					t.Fatalf("%q and %q are siblings of each other", host, s.Host)
				}
			}
		}
	})
}

// TestRule is NAM-33 and the count of rows with several names: control totals
// of the carried data.
func TestRule(t *testing.T) {
	undotted, dotted, exceptions, several := 0, 0, 0, 0
	for s := range catalog.Default().All() {
		if s.Type != endpoint.Interface || s.Level.Evidence() != naming.Documented && s.Level != catalog.Tabled || s.Level == catalog.None {
			continue
		}
		names, _ := s.PrivateNames("us-east-2")
		if s.Global {
			names, _ = s.PrivateNames("")
		}
		if len(names) == 0 {
			continue // apprunner.requests printed none
		}
		labels := strings.Split(s.Short, ".")
		slices.Reverse(labels)
		rule := strings.Join(labels, ".") + ".us-east-2.amazonaws.com"
		wild := slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, "*.") })
		switch {
		case names[0] != rule || wild:
			exceptions++
		case len(labels) == 1:
			undotted++
		default:
			dotted++
		}
		n := len(names)
		for _, name := range names {
			if strings.HasPrefix(name, "*.") {
				n-- // its apex was added
			}
		}
		if n > 1 {
			several++
		}
	}
	if undotted != 165 || dotted != 24 || exceptions != 27 || several != 29 {
		t.Errorf("the rule holds for %d undotted and %d dotted rows; %d exceptions, %d rows with several names; want 165, 24, 27, 29", undotted, dotted, exceptions, several)
	}
}

// TestBaseLabels looks the labels of observed base names up (NAM-32).
func TestBaseLabels(t *testing.T) {
	text, err := os.ReadFile("../../naming/testdata/vpce_names.tsv")
	if err != nil {
		t.Fatal(err)
	}
	c := catalog.Default()
	known, unknown := 0, []string{}
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "\t")
		if len(cells) < 10 || cells[1] != "base name (no endpoint)" {
			continue
		}
		h := naming.Classify(cells[0])
		if h.Kind() != naming.KindBase {
			continue
		}
		if s, ok := c.ByLabel(h.Service()); ok {
			known++
			if l, _ := s.Label(h.Region()); l != h.Service() {
				t.Errorf("%s: the row of %s has the label %s", cells[0], s.Short, l)
			}
		} else if !slices.Contains(unknown, h.Service()) {
			unknown = append(unknown, h.Service())
		}
	}
	if known != 89 || len(unknown) > 0 {
		t.Errorf("%d base names are known, and %q are not", known, unknown)
	}
}

// TestDataDate: the constant is the later date of the two tables.
func TestDataDate(t *testing.T) {
	latest := ""
	for _, file := range []string{"services.tsv", "families.tsv"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		first, _, _ := strings.Cut(string(text), "\n")
		date, ok := strings.CutPrefix(first, "# date: ")
		if !ok {
			t.Errorf("%s begins with %q", file, first)
		}
		latest = max(latest, date)
	}
	if latest != catalog.DataDate {
		t.Errorf("DataDate is %s, the tables are of %s", catalog.DataDate, latest)
	}
}

// FuzzHost takes any text.
func FuzzHost(f *testing.F) {
	for _, s := range []string{
		"sts.amazonaws.com", "us-east-2.queue.amazonaws.com", "123456789012.ddb.us-east-2.amazonaws.com", "-fips.us-east-2.amazonaws.com",
		"a1-ats.iot.us-east-1.amazonaws.com", "*.dkr-ecr.us-east-2.on.aws", "bkt.s3-us-west-2.amazonaws.com", "us-east-2.amazonaws.com", "",
	} {
		f.Add(s, "us-east-2")
	}
	c := catalog.Default()
	f.Fuzz(func(t *testing.T, host, region string) {
		m, ok := c.Host(host)
		if ok != (m.Short != "") || ok && !m.Host.IsValid() {
			t.Errorf("Host(%q) = %+v, %v", host, m, ok)
		}
		for _, s := range c.Siblings(host, region) {
			if _, err := naming.CanonicalHost(s.Host); s.Host != "" && err != nil {
				t.Errorf("Siblings(%q, %q): %v", host, region, err)
			}
		}
	})
}
