package naming_test

import (
	"maps"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// TestTablesAreCurrent generates the tables again.
func TestTablesAreCurrent(t *testing.T) {
	gobin, err := exec.LookPath("go")
	if err != nil {
		t.Skip("there is no go command to generate with")
	}
	cmd := exec.Command(gobin, "run", "gen.go", "-o", "-")
	cmd.Stderr = os.Stderr
	got, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("tables.go")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("tables.go is not what data says: run go generate (-is +ought)\n%s", d)
	}
}

// TestRegions is NAM-18 and section 5.
func TestRegions(t *testing.T) {
	partitions := maps.Collect(func(yield func(string, naming.Partition) bool) {
		for p := range naming.Partitions() {
			if !yield(p.ID, p) {
				return
			}
		}
	})
	if len(partitions) != 8 {
		t.Errorf("%d partitions, want 8", len(partitions))
	}
	n := 0
	var last string
	for r := range naming.Regions() {
		n++
		p, ok := partitions[r.Partition]
		if !ok || r.Name <= last || !r.Listed || r.Description == "" {
			t.Errorf("%+v after %s", r, last)
		}
		last = r.Name
		if got, ok := naming.LookupRegion(r.Name); !ok || got != r {
			t.Errorf("LookupRegion(%s) = %+v, %v", r.Name, got, ok)
		}
		if got, ok := naming.PartitionOf(r.Name); !ok || got != p {
			t.Errorf("PartitionOf(%s) = %s, %v, want %s", r.Name, got.ID, ok, p.ID)
		}
		if got, ok := naming.LookupPartition(p.ID); !ok || got != p || p.VPCESuffix != "vpce."+p.DNSSuffix {
			t.Errorf("LookupPartition(%s) = %+v, %v", p.ID, got, ok)
		}
	}
	for id, p := range partitions {
		pattern := regexp.MustCompile(p.RegionPattern)
		for r := range naming.Regions() {
			if pattern.MatchString(r.Name) != (r.Partition == id) {
				t.Errorf("the pattern of %s, %s, matches %s of %s or does not", id, pattern, r.Name, r.Partition)
			}
		}
	}
	if n != 46 {
		t.Errorf("%d Regions, want 46", n)
	}
	for name, partition := range map[string]string{"us-moon-1": "aws", "us-gov-moon-12": "aws-us-gov", "eusc-de-west-1": "aws-eusc", "us-isof-a-1": "aws-iso-f", "us-1-2": "aws"} {
		r, ok := naming.LookupRegion(name)
		if want := (naming.Region{Name: name, Partition: partition}); !ok || r != want {
			t.Errorf("LookupRegion(%s) = %+v, %v; want it unlisted", name, r, ok)
		}
	}
	for _, name := range []string{"", "region", "us-east", "us-east-", "us--1", "aws-global", "aws-cn-global", "us-east-2a", "US-EAST-2", "us-ea_st-2", "xx-east-1", "us-east-1-1"} {
		if r, ok := naming.LookupRegion(name); ok {
			t.Errorf("LookupRegion(%q) = %+v", name, r)
		}
		if p, ok := naming.PartitionOf(name); ok {
			t.Errorf("PartitionOf(%q) = %+v", name, p)
		}
	}
	if _, ok := naming.LookupPartition("aws-moon"); ok {
		t.Error("a partition on the moon")
	}
	for id, want := range map[string]naming.Evidence{"aws": naming.Documented, "aws-cn": naming.Documented, "aws-us-gov": naming.Documented, "aws-eusc": naming.Modelled, "aws-iso": naming.Modelled} {
		if got := partitions[id].VPCEEvidence; got != want {
			t.Errorf("%s: the vpce suffix is %v, want %v (NAM-25)", id, got, want)
		}
	}
}

// TestDomainEvidence is NAM-25.
func TestDomainEvidence(t *testing.T) {
	for domain, want := range map[string]naming.Evidence{"vpce.amazonaws.com": naming.Documented, "vpce.sagemaker.aws": naming.Documented, "vpce.api.aws": naming.Modelled} {
		if got := naming.MustParse(hostileV + ".notebook.us-east-2." + domain).DomainEvidence(); got != want {
			t.Errorf("%s: %v, want %v", domain, got, want)
		}
	}
	if got := (naming.Name{}).DomainEvidence(); got != naming.Unknown {
		t.Errorf("the zero Name: %v", got)
	}
}

// TestZones is section 4.
func TestZones(t *testing.T) {
	for az, region := range map[string]string{
		"us-east-2a": "us-east-2", "us-gov-west-1b": "us-gov-west-1", // NAM-20
		"us-west-2-lax-1a": "us-west-2", "us-east-1-wl1-bos-wlz-1": "us-east-1", // NAM-23
		"eu-isoe-west-1a": "eu-isoe-west-1", "us-1-2a": "us-1-2",
		"use2-az1": "", "us-east-2": "", "us-east-2aa": "", "us-east-2A": "", "": "", "a": "", "us-west-2-lax-1": "", "us-west-2-laxx-1a": "",
		"us-east-1-wl1-bos-wlz-": "", "us-east-1-wl-bos-wlz-1": "", "xx-east-1a": "", "us-east-2-": "", "us-east-2-a": "",
	} {
		if got, ok := naming.ZoneRegion(az); got != region || ok != (region != "") {
			t.Errorf("ZoneRegion(%q) = %q, %v; want %q", az, got, ok, region)
		}
	}
	for id, want := range map[string]bool{ // NAM-22
		"use2-az1": true, "usw2-lax1-az1": true, "use1-wl1-bos-wlz1": true, "apne1-az3": true,
		"us-east-2a": false, "use2-az": false, "use2": false, "use2-1": false, "": false, "az1": false, "use2--az1": false, "use-az1": false, "USE2-AZ1": false,
	} {
		if got := naming.IsZoneID(id); got != want {
			t.Errorf("IsZoneID(%q) = %v", id, got)
		}
	}
	excluded := 0
	for _, prefix := range []string{"use1", "use2", "usw1", "usw2", "apne1", "apne2"} {
		for _, n := range []string{"1", "2", "3", "4"} {
			if naming.ExcludedFromCrossRegion(prefix + "-az" + n) {
				excluded++
			}
		}
	}
	if excluded != 5 || !naming.ExcludedFromCrossRegion("use1-az3") || naming.ExcludedFromCrossRegion("us-east-1a") {
		t.Errorf("%d zones are excluded from cross-Region access, want 5 (NAM-24)", excluded)
	}
	rapid.Check(t, func(t *rapid.T) {
		region := tracegen.Region().Draw(t, "region")
		az := tracegen.Zone(region).Draw(t, "zone")
		if got, ok := naming.ZoneRegion(az); !ok || got != region || naming.IsZoneID(az) {
			t.Fatalf("ZoneRegion(%q) = %q, %v; an id: %v", az, got, ok, naming.IsZoneID(az))
		}
	})
}

// TestNewServiceName uses the table of shorts with a reversed prefix (section 6).
func TestNewServiceName(t *testing.T) {
	total := 0
	for _, r := range rows(t, "data/regions.tsv") {
		if r["services_with_reversed_prefix"] == "-" {
			continue
		}
		p, _ := naming.LookupPartition(r["partition"])
		shorts := slices.Values([]string{})
		if f := r["services_with_reversed_prefix"]; f != "-" {
			shorts = fields(f)
		}
		for short := range shorts {
			total++
			n, err := naming.NewServiceName(short, r["region"])
			if want := p.ReversedPrefix + "." + r["region"] + "." + short; err != nil || n.String() != want {
				t.Errorf("NewServiceName(%s, %s) = %v, %v", short, r["region"], n, err)
			}
		}
	}
	if total < 100 {
		t.Errorf("only %d services have a reversed prefix", total)
	}
	if n, err := naming.NewServiceName("monitoring", "us-east-2"); err != nil || n.String() != "com.amazonaws.us-east-2.monitoring" {
		t.Errorf("monitoring: %v, %v", n, err)
	}
}
