package naming_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/naming"
)

const (
	hostileV = "vpce-099deb00b40f00e22-lj2wisx3"
	hostileS = ".us-east-2.vpce.amazonaws.com"
)

// hostile are the rows of the specification's section 3, in its order, and
// more: each with the one reason and the label at fault.
var hostile = []struct {
	in, label string
	err       error
}{
	{hostileV + ".monitoring" + hostileS + ".evil.example", hostileV, naming.ErrNoVPCESuffix},
	{"evil-" + hostileV + ".monitoring" + hostileS, "evil-" + hostileV, naming.ErrStrayVPCE},
	{hostileV + ".monitoring.us-east-2.vpce-amazonaws.com", hostileV, naming.ErrNoVPCESuffix},
	{hostileV + ".sqs.us-east-2.vpce.amazonaws.com.cn", "vpce.amazonaws.com.cn", naming.ErrPartition},
	{hostileV + ".sqs.cn-north-1.vpce.amazonaws.com", "vpce.amazonaws.com", naming.ErrPartition},
	{hostileV + "..monitoring" + hostileS, "", naming.ErrEmptyLabel},
	{"." + hostileV + ".monitoring" + hostileS, "", naming.ErrEmptyLabel},
	{hostileV + ".monitoring" + hostileS + "..", "", naming.ErrEmptyLabel},
	{hostileV + ".\u212ainesis" + hostileS, "\u212ainesis", naming.ErrCharacter},
	{hostileV + ".\uff4donitoring" + hostileS, "\uff4donitoring", naming.ErrCharacter},
	{hostileV + ".moni\x00toring" + hostileS, "moni\x00toring", naming.ErrCharacter},
	{hostileV + ".monitoring.us-\neast-2.vpce.amazonaws.com", "us-\neast-2", naming.ErrCharacter},
	{hostileV + "%2emonitoring" + hostileS, hostileV + "%2emonitoring", naming.ErrCharacter},
	{"https://" + hostileV + ".monitoring" + hostileS, "", naming.ErrNotHostName},
	{hostileV + ".monitoring" + hostileS + ":443", "", naming.ErrNotHostName},
	{hostileV + "-us-west-2b.git-codecommit-fips.us-east-1.vpce.amazonaws.com", hostileV + "-us-west-2b", naming.ErrZone},
	{"vpce-1234-abcdev-us-east-1.vpce-svc-123345.us-east-1.vpce.amazonaws.com", "vpce-svc-123345", naming.ErrServiceID},
	{"vpce-1234-abcdev-us-east-1.monitoring.us-east-1.vpce.amazonaws.com", "vpce-1234-abcdev-us-east-1", naming.ErrEndpointID},
	{hostileV + "-us-east-2.monitoring" + hostileS, hostileV + "-us-east-2", naming.ErrZone},
	{hostileV + "-use2-az1.monitoring" + hostileS, hostileV + "-use2-az1", naming.ErrZoneID},
	{"vpce-099deb00b40f00e22-us-east-2a.monitoring" + hostileS, "vpce-099deb00b40f00e22-us-east-2a", naming.ErrSuffix},
	{"vpce-099deb00b40f00e22.s3" + hostileS, "vpce-099deb00b40f00e22", naming.ErrSuffix},
	{"vpce-1a2b3c4d-5e6f.ec2.us-east-1.vpce.amazonaws.com", "vpce-1a2b3c4d-5e6f", naming.ErrSuffix},
	{"vpce-1234a5678b9012c-12345678.secretsmanager.us-west-2.vpce.amazonaws.com", "vpce-1234a5678b9012c-12345678", naming.ErrEndpointID},
	{"vpce-0000000000-1234567.cassandra.us-east-1.vpce.amazonaws.com", "vpce-0000000000-1234567", naming.ErrEndpointID},
	{"vpce-1a2b3c4d5e6fEXAMPLE.ec2.us-east-1.vpce.amazonaws.com", "vpce-1a2b3c4d5e6fexample", naming.ErrEndpointID},
	{"vpce-<endpoint-id>.execute-api.eu-west-1.vpce.amazonaws.com", "vpce-<endpoint-id>", naming.ErrCharacter},
	{"vpce-svc-0762b4928b8687636.execute-api.eu-west-2.vpce.amazonaws.com", "vpce-svc-0762b4928b8687636", naming.ErrServiceID},
	{hostileV + hostileS, hostileV, naming.ErrNoService},
	{"z35lnmmzgi-vpce-0d04c1826144505c3.execute-api.ap-east-1.vpce.amazonaws.com", "z35lnmmzgi-vpce-0d04c1826144505c3", naming.ErrPrivateAPI},
	{"bucket." + hostileV + ".sqs" + hostileS, "bucket", naming.ErrPrefix},
	{"bucket.mybucket." + hostileV + ".s3" + hostileS, "bucket.mybucket", naming.ErrPrefix},
	{"*.bucket." + hostileV + ".s3" + hostileS, "*.bucket", naming.ErrPrefix},
	{"**." + hostileV + ".s3" + hostileS, "**", naming.ErrAsterisk},
	{"a*." + hostileV + ".s3" + hostileS, "a*", naming.ErrAsterisk},
	{"x.*." + hostileV + ".s3" + hostileS, "*", naming.ErrAsterisk},
	{hostileV + ".monitoring.region.vpce.amazonaws.com", "region", naming.ErrRegion},
	{hostileV + ".monitoring.us-east.vpce.amazonaws.com", "us-east", naming.ErrRegion},
	{hostileV + ".monitoring.aws-global.vpce.amazonaws.com", "aws-global", naming.ErrRegion},
	// NAM-11: the misprinted template.
	{"vpce-099deb00b40f00e22-monitoring" + hostileS, "vpce-099deb00b40f00e22-monitoring", naming.ErrSuffix},
	{"vpce-123-secretsmanager.us-east-1.vpce.amazonaws.com", "vpce-123-secretsmanager", naming.ErrEndpointID},
	{"vpce-099deb00b40f00e22-workmail.us-east-1.vpce.amazonaws.com", "vpce-099deb00b40f00e22-workmail", naming.ErrNoService},
	// And more.
	{"", "", naming.ErrEmpty},
	{".", "", naming.ErrEmpty},
	{"user@" + hostileV + ".monitoring" + hostileS, "", naming.ErrNotHostName},
	{hostileV + ".monitoring" + hostileS + "/path", "", naming.ErrNotHostName},
	{" " + hostileV + ".monitoring" + hostileS, " " + hostileV, naming.ErrCharacter},
	{hostileV + ".moni_toring" + hostileS, "moni_toring", naming.ErrCharacter},
	{hostileV + ".-monitoring" + hostileS, "-monitoring", naming.ErrHyphen},
	{hostileV + ".monitoring-" + hostileS, "monitoring-", naming.ErrHyphen},
	{hostileV + "." + strings.Repeat("a", 64) + hostileS, strings.Repeat("a", 64), naming.ErrLongLabel},
	{strings.Repeat("abcdefgh.", 30) + "bucket." + hostileV + ".s3" + hostileS, "", naming.ErrTooLong},
	{"vpce.amazonaws.com", "", naming.ErrRegion},
	{"us-east-2.vpce.amazonaws.com", "", naming.ErrNoService},
	{"*.us-east-2.vpce.amazonaws.com", "*", naming.ErrNoService},
	{"foo.vpce-svc-0762b4928b8687636.us-east-2.vpce.amazonaws.com", "foo", naming.ErrEndpointID},
	{"my-vpce-logs.bucket.s3.us-east-2.vpce.amazonaws.com", "my-vpce-logs", naming.ErrStrayVPCE},
	{"foo." + hostileV + ".monitoring" + hostileS, "foo", naming.ErrPrefix},
	{hostileV + ".monitoring.us-gov-west-1.vpce.api.aws", "vpce.api.aws", naming.ErrPartition},
	{hostileV + ".example.com", hostileV, naming.ErrNoVPCESuffix},
	{"www.vpce-0123abcd.example.com", "vpce-0123abcd", naming.ErrNoVPCESuffix},
	{hostileV + ".monitoring.us-east-2.amazonaws.com", hostileV, naming.ErrNoVPCESuffix},
	{"vpce-0123456789abcdef0.rcfg-0123.4232ccc.vpc-lattice-rsc.us-east-2.on.aws", "vpce-0123456789abcdef0", naming.ErrResource},
}

// TestHostile is section 3: one reason each, and never an endpoint or another
// host that is valid.
func TestHostile(t *testing.T) {
	for _, tt := range hostile {
		if h := naming.Classify(tt.in); h.IsValid() || h.Kind().String() != "" || h.Service() != "" || h.Region() != "" || h.Domain() != "" || h.EndpointID() != "" {
			t.Errorf("%q is taken for %v of service %q", tt.in, h.Kind(), h.Service())
		}
		_, err := naming.ParseHost(tt.in)
		var pe *naming.ParseError
		if !errors.As(err, &pe) || !errors.Is(err, tt.err) || pe.Label != tt.label || pe.In != tt.in {
			t.Errorf("ParseHost(%q) = %v\nwant label %q: %v", tt.in, err, tt.label, tt.err)
		}
		if naming.IsEndpointName(tt.in) {
			t.Errorf("IsEndpointName(%q)", tt.in)
		}
	}
}

// TestShapeOnly are the rows of section 3 that are accepted for their shape:
// whether such a service exists is for the catalogue to say.
func TestShapeOnly(t *testing.T) {
	for in, want := range map[string]naming.Kind{
		hostileV + ".ecr.api" + hostileS:                             naming.KindRegional,
		"pce-12345-ab.kinesis.ap-south-1.vpce.amazonaws.com":         naming.KindBase,
		"vpc-1234.kinesis.us-east-1.vpce.amazonaws.com":              naming.KindBase,
		"ecr.api.us-east-1.vpce.amazonaws.com":                       naming.KindBase,
		"my-vpce-logs.bucket." + hostileV + ".s3" + hostileS:         naming.KindRegional,
		"logs.2026.bucket." + hostileV + "-us-east-2a.s3" + hostileS: naming.KindZonal,
		"vpce-0123abcd-lj2wisx3.monitoring" + hostileS:               naming.KindRegional,
	} {
		if got := naming.Classify(in).Kind(); got != want {
			t.Errorf("Classify(%q) = %v, want %v", in, got, want)
		}
	}
	for _, in := range []string{"pce-12345-ab.kinesis.ap-south-1.vpce.amazonaws.com", "s3.us-east-1.vpce.amazonaws.com"} {
		if _, err := naming.Parse(in); !errors.Is(err, naming.ErrNoEndpoint) {
			t.Errorf("Parse(%q): %v, want %v (NAM-06)", in, err, naming.ErrNoEndpoint)
		}
	}
}

// checkParseError checks what every rejection promises: the input, a label that
// is part of it, and one reason.
func checkParseError(t tb, in string, err error) {
	t.Helper()
	var pe *naming.ParseError
	if !errors.As(err, &pe) || pe.Err == nil {
		t.Errorf("%q: %v is no ParseError", in, err)
		return
	}
	if in != "" && pe.In != in || !strings.Contains(pe.Error(), pe.Err.Error()) {
		t.Errorf("%q: %+v prints %q", in, pe, pe)
	}
	if !strings.Contains(strings.ToLower(pe.In), strings.ToLower(pe.Label)) {
		t.Errorf("%q: label %q is no part of it", pe.In, pe.Label)
	}
}

// TestHint has the mistakes that are told by a hint, and some that are not.
func TestHint(t *testing.T) {
	for in, want := range map[string]string{
		"vpce-099deb00b40f00e22-monitoring" + hostileS:            "a dot stands before the service: vpce-099deb00b40f00e22-<8 characters>.monitoring" + hostileS, // NAM-11
		"VPCE-099deb00b40f00e22-workmail" + hostileS + ".":        "a dot stands before the service: vpce-099deb00b40f00e22-<8 characters>.workmail" + hostileS,
		hostileV + "-use2-az1.monitoring" + hostileS:              "a zone's name belongs here, which differs from account to account: the subnets tell which name has this id",
		"https://" + hostileV + ".monitoring" + hostileS:          "give the host name alone",
		"vpce-099deb00b40f00e22-us-east-2a.monitoring" + hostileS: "",
		"vpce-1a2b3c4d-5e6f.ec2.us-east-1.vpce.amazonaws.com":     "",
		"vpce-099deb00b40f00e22.s3" + hostileS:                    "",
		"vpce-099deb00b40f00e22-monitoring.vpce.amazonaws.com":    "",
		"a..b": "",
	} {
		_, err := naming.Parse(in)
		var pe *naming.ParseError
		if !errors.As(err, &pe) {
			t.Errorf("Parse(%q): %v", in, err)
		} else if got := pe.Hint(); got != want {
			t.Errorf("Parse(%q): hint %q, want %q", in, got, want)
		}
	}
}
