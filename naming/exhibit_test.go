package naming_test

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/naming"
)

var update = flag.Bool("update", false, "write the golden files again")

// habits are expressions as people write them to recognise an endpoint's name,
// from the loosest to the most careful. They are typical, and quoted from
// nowhere.
var habits = []*regexp.Regexp{
	regexp.MustCompile(`vpce.*\.amazonaws\.com`),
	regexp.MustCompile(`\.vpce\.amazonaws\.com$`),
	regexp.MustCompile(`vpce-[0-9a-z-]+\.[0-9a-z.-]+\.vpce\.amazonaws\.com`),
	regexp.MustCompile(`(?i)^vpce-[^.]+\..+\.vpce\.amazonaws\.com(\.cn)?$`),
	regexp.MustCompile(`^vpce-[0-9a-z]+-[0-9a-z]+(-[a-z0-9-]+)?\.([a-z0-9-]+)\.([a-z0-9-]+)\.vpce\.amazonaws\.com\.?$`),
	regexp.MustCompile(`^(?:[a-z0-9.*-]+\.)?vpce-[0-9a-f]{17}-[0-9a-z]{8}(?:-([a-z]{2}-[a-z]+-\d[a-z]))?\.([a-z0-9.-]+)\.([a-z]{2}-[a-z]+-\d)\.vpce\.amazonaws\.com(?:\.cn)?$`),
}

// exhibits are the inputs, and whether AWS makes such names.
var exhibits = []struct {
	what, in string
	genuine  bool
}{
	{"the Regional name", hostileV + ".monitoring" + hostileS, true},
	{"a zonal name", hostileV + "-us-east-2c.monitoring" + hostileS, true},
	{"two service labels", hostileV + ".api.ecr" + hostileS, true},
	{"upper case", strings.ToUpper(hostileV + ".monitoring" + hostileS), true},
	{"final dot", hostileV + ".monitoring" + hostileS + ".", true},
	{"China", "vpce-05ddb236d804f224d-s18hyk87.sqs.cn-northwest-1.vpce.amazonaws.com.cn", true},
	{"GovCloud, zonal", "vpce-06399548ef94bdb41-lk4qp2nd-us-gov-west-1a.execute-api.us-gov-west-1.vpce.amazonaws.com", true},
	{"SageMaker's suffix", "vpce-06399548ef94bdb41-lk4qp2nd.notebook.us-east-2.vpce.sagemaker.aws", true},
	{"S3 wildcard entry", "*.vpce-0e5d025c8b9244b00-frjqbhg9.s3.us-west-2.vpce.amazonaws.com", true},
	{"a zone of another Region", hostileV + "-us-west-2b.monitoring" + hostileS, false},
	{"an AZ id for a zone", hostileV + "-use2-az1.monitoring" + hostileS, false},
	{"a foreign tail", hostileV + ".monitoring" + hostileS + ".evil.example", false},
	{"a foreign head", "evil-" + hostileV + ".monitoring" + hostileS, false},
	{"a suffix of another partition", hostileV + ".sqs.cn-north-1.vpce.amazonaws.com", false},
	{"no Region", hostileV + ".monitoring.region.vpce.amazonaws.com", false},
	{"hyphen for dot (AWS's misprint)", "vpce-099deb00b40f00e22-monitoring" + hostileS, false},
	{"no 8-character suffix", "vpce-099deb00b40f00e22.monitoring" + hostileS, false},
	{"service id as endpoint id", "vpce-svc-0762b4928b8687636.execute-api.eu-west-2.vpce.amazonaws.com", false},
	{"base name of a service", "monitoring" + hostileS, false},
	{"empty label", hostileV + "..monitoring" + hostileS, false},
	{"bucket before another service", "bucket." + hostileV + ".sqs" + hostileS, false},
}

// TestExhibit writes the table that the README shows: typical expressions and
// IsEndpointName against the same inputs.
func TestExhibit(t *testing.T) {
	var b strings.Builder
	b.WriteString("Typical expressions for the DNS name of an interface endpoint, and `naming.IsEndpointName`, against the same inputs:\n\n")
	for i, re := range habits {
		fmt.Fprintf(&b, "%d. `%s`\n", i+1, re)
	}
	b.WriteString("\n| input | genuine |")
	for i := range habits {
		fmt.Fprintf(&b, " %d |", i+1)
	}
	b.WriteString(" naming |\n|---|---|" + strings.Repeat("---|", len(habits)+1) + "\n")
	wrong := make([]int, len(habits))
	for _, e := range exhibits {
		fmt.Fprintf(&b, "| %s | %s |", e.what, map[bool]string{true: "yes", false: "no"}[e.genuine])
		for i, re := range habits {
			mark := "ok"
			if re.MatchString(e.in) != e.genuine {
				mark = "**wrong**"
				wrong[i]++
			}
			fmt.Fprintf(&b, " %s |", mark)
		}
		if naming.IsEndpointName(e.in) != e.genuine {
			t.Errorf("IsEndpointName(%q) = %v", e.in, !e.genuine)
		}
		b.WriteString(" ok |\n")
	}
	b.WriteString("| wrong | |")
	for i, n := range wrong {
		fmt.Fprintf(&b, " %d |", n)
		if n == 0 {
			t.Errorf("%s gets everything right", habits[i])
		}
	}
	b.WriteString(" 0 |\n")

	const golden = "testdata/exhibit.md"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("%s (-want +got; -update writes it)\n%s", golden, d)
	}
}
