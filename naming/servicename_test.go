package naming_test

import (
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/naming"
)

func fields(s string) iter.Seq[string] { return strings.FieldsSeq(s) }

// TestServiceNameForms has a row for each form of section 6 (NAM-30).
func TestServiceNameForms(t *testing.T) {
	for _, tt := range []struct{ in, prefix, region, short, partition string }{
		{"com.amazonaws.us-east-2.monitoring", "com.amazonaws", "us-east-2", "monitoring", "aws"},
		{"com.amazonaws.us-east-1.ecr.api", "com.amazonaws", "us-east-1", "ecr.api", "aws"},
		{"com.amazonaws.us-east-1.iot.fleethub.api", "com.amazonaws", "us-east-1", "iot.fleethub.api", "aws"},
		{"com.amazonaws.us-gov-west-1.ec2", "com.amazonaws", "us-gov-west-1", "ec2", "aws-us-gov"},
		{"com.amazonaws.cn-north-1.logs", "com.amazonaws", "cn-north-1", "logs", "aws-cn"},
		{"com.amazonaws.cn-north-1.transcribe.cn", "com.amazonaws", "cn-north-1", "transcribe.cn", "aws-cn"},
		{"cn.com.amazonaws.cn-north-1.ec2", "cn.com.amazonaws", "cn-north-1", "ec2", "aws-cn"},
		{"eu.amazonaws.eusc-de-east-1.ecr.dkr", "eu.amazonaws", "eusc-de-east-1", "ecr.dkr", "aws-eusc"},
		{"gov.ic.c2s.us-iso-east-1.sqs", "gov.ic.c2s", "us-iso-east-1", "sqs", "aws-iso"},
		{"gov.sgov.sc2s.us-isob-east-1.sqs", "gov.sgov.sc2s", "us-isob-east-1", "sqs", "aws-iso-b"},
		{"uk.adc-e.cloud.eu-isoe-west-1.ebs", "uk.adc-e.cloud", "eu-isoe-west-1", "ebs", "aws-iso-e"},
		{"gov.ic.hci.csp.us-isof-south-1.ebs", "gov.ic.hci.csp", "us-isof-south-1", "ebs", "aws-iso-f"},
		{"aws.api.us-east-1.freetier", "aws.api", "us-east-1", "freetier", "aws"},
		{"api.aws.us-east-1.cassandra-streams", "api.aws", "us-east-1", "cassandra-streams", "aws"},
		{"aws.sagemaker.us-east-2.notebook", "aws.sagemaker", "us-east-2", "notebook", "aws"},
		{"com.amazonaws.iam", "com.amazonaws", "", "iam", "aws"},
		{"com.amazonaws.s3-global.accesspoint", "com.amazonaws", "", "s3-global.accesspoint", "aws"},
		{"cn.com.amazonaws.something", "cn.com.amazonaws", "", "something", "aws-cn"},
		{"aws.api.global.codecatalyst", "aws.api.global", "", "codecatalyst", "aws"},
		{"com.amazonaws.vpce.us-east-1.vpce-svc-0762b4928b8687636", "com.amazonaws.vpce", "us-east-1", "vpce-svc-0762b4928b8687636", "aws"},
		{"cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0762b4928b8687636", "cn.com.amazonaws.vpce", "cn-north-1", "vpce-svc-0762b4928b8687636", "aws-cn"},
		{"com.amazonaws.region.s3", "com.amazonaws", "", "region.s3", "aws"}, // the next label is the Region only if it is one
	} {
		n, err := naming.ParseServiceName(tt.in)
		got := [...]string{n.Prefix(), n.Region(), n.Short(), n.Partition().ID, n.String()}
		if want := [...]string{tt.prefix, tt.region, tt.short, tt.partition, tt.in}; err != nil || got != want {
			t.Errorf("ParseServiceName(%q) = %q, %v; want %q", tt.in, got, err, want)
		}
		if n.IsOwned() != strings.Contains(tt.in, ".vpce.") || !n.IsValid() {
			t.Errorf("%v: a customer's %v, valid %v", n, n.IsOwned(), n.IsValid())
		}
	}
	for in, want := range map[string]error{
		"": naming.ErrEmpty, "com.example.us-east-1.s3": naming.ErrServiceName, "com.amazonaws": naming.ErrNoService,
		"com.amazonaws.us-east-1": naming.ErrNoService, "com.amazonaws.us-east-1.a.b.c.d": naming.ErrServiceName,
		"com.amazonaws.us-east-1.S3": naming.ErrServiceName, "com.amazonaws.us-east-1.s3.": naming.ErrServiceName, "*.amazonaws.us-east-1.s3": naming.ErrServiceName,
		"com.amazonaws..s3": naming.ErrEmptyLabel, "com.amazonaws.us-east-1.s_3": naming.ErrCharacter, "com.amazonawsx.us-east-1.s3": naming.ErrServiceName,
		"com.amazonaws.vpce": naming.ErrRegion, "com.amazonaws.vpce.s3": naming.ErrRegion, "com.amazonaws.vpce.us-east-1": naming.ErrNoService,
		"com.amazonaws.vpce.us-east-1.vpce-svc-123": naming.ErrServiceID, "com.amazonaws.vpce.us-east-1.s3": naming.ErrServiceID,
		"https://com.amazonaws.us-east-1.s3": naming.ErrNotHostName,
	} {
		n, err := naming.ParseServiceName(in)
		if !errors.Is(err, want) || n.IsValid() {
			t.Errorf("ParseServiceName(%q) = %v, %v; want %v", in, n, err, want)
		}
		checkParseError(t, in, err)
	}
}

func TestServiceNameRelatives(t *testing.T) {
	for in, want := range map[string]string{
		"com.amazonaws.us-east-2.monitoring": "monitoring", "com.amazonaws.us-east-2.ecr.api": "api.ecr", "com.amazonaws.us-east-2.iot.fleethub.api": "api.fleethub.iot",
	} {
		if got := naming.MustParseServiceName(in).ReversedShort(); got != want {
			t.Errorf("%s: ReversedShort %q, want %q (NAM-32)", in, got, want)
		}
	}
	iam := naming.MustParseServiceName("com.amazonaws.iam")
	if n, err := iam.In("us-east-2"); !errors.Is(err, naming.ErrRegion) || n.IsValid() {
		t.Errorf("%v.In(us-east-2) = %v, %v", iam, n, err)
	}
	logs := naming.MustParseServiceName("com.amazonaws.us-east-2.logs")
	if n, err := logs.In("nowhere"); !errors.Is(err, naming.ErrRegion) || n.IsValid() {
		t.Errorf("%v.In(nowhere) = %v, %v", logs, n, err)
	}
	if logs.Compare(iam) != 1*strings.Compare(logs.String(), iam.String()) || iam.Compare(naming.ServiceName{}) != 1 {
		t.Error("Compare is not the order of the texts")
	}
	for _, tt := range []struct {
		short, region string
		err           error
	}{{"", "us-east-2", naming.ErrNoService}, {"s3", "nowhere", naming.ErrRegion}, {"a b", "us-east-2", naming.ErrCharacter}, {"a.b.c.d", "us-east-2", naming.ErrServiceName}} {
		if n, err := naming.NewServiceName(tt.short, tt.region); !errors.Is(err, tt.err) || n.IsValid() {
			t.Errorf("NewServiceName(%q, %q) = %v, %v; want %v", tt.short, tt.region, n, err, tt.err)
		}
	}
}

// TestDefaultName is NAM-26, in every partition.
func TestDefaultName(t *testing.T) {
	for region, want := range map[string]string{
		"us-east-2":      "monitoring.us-east-2.amazonaws.com",
		"us-gov-west-1":  "monitoring.us-gov-west-1.amazonaws.com",
		"cn-north-1":     "monitoring.cn-north-1.amazonaws.com.cn",
		"eusc-de-east-1": "monitoring.eusc-de-east-1.amazonaws.eu",
		"us-iso-east-1":  "monitoring.us-iso-east-1.c2s.ic.gov",
	} {
		name, err := naming.DefaultName("monitoring", region)
		url, err2 := naming.DefaultURL("monitoring", region)
		if err != nil || err2 != nil || name != want || url != "https://"+want {
			t.Errorf("DefaultName(monitoring, %s) = %q, %v; DefaultURL %q, %v", region, name, err, url, err2)
		}
		if h := naming.Classify(name); h.Kind() != naming.KindDefault || h.Service() != "monitoring" || h.Region() != region {
			t.Errorf("%q is %v", name, h.Kind())
		}
	}
	for _, tt := range []struct {
		service, region string
		err             error
	}{{"monitoring", "nowhere", naming.ErrRegion}, {"", "us-east-2", naming.ErrEmptyLabel}, {"a/b", "us-east-2", naming.ErrNotHostName}} {
		if name, err := naming.DefaultName(tt.service, tt.region); !errors.Is(err, tt.err) || name != "" {
			t.Errorf("DefaultName(%q, %q) = %q, %v; want %v", tt.service, tt.region, name, err, tt.err)
		}
		if url, err := naming.DefaultURL(tt.service, tt.region); !errors.Is(err, tt.err) || url != "" {
			t.Errorf("DefaultURL(%q, %q) = %q, %v; want %v", tt.service, tt.region, url, err, tt.err)
		}
	}
}
