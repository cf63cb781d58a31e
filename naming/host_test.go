package naming_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/privatelink-go/privatelink/naming"
)

// TestKinds has rows for each of Classify's decisions, by number.
func TestKinds(t *testing.T) {
	const uuid = "01234567-89ab-cdef-0123-456789abcdef"
	for _, tt := range []struct {
		rule, in, kind, prefix, service, region, domain, partition, gateway string
	}{
		{"1", hostileV + ".monitoring.us-east-2.vpce.amazonaws.com", "regional", "", "monitoring", "us-east-2", "vpce.amazonaws.com", "aws", ""},
		{"1", hostileV + "-us-east-2a.s3.us-east-2.vpce.amazonaws.com", "zonal", "", "s3", "us-east-2", "vpce.amazonaws.com", "aws", ""},
		{"1", "*.dkr.ecr.us-east-1.vpce.amazonaws.com", "base", "*", "dkr.ecr", "us-east-1", "vpce.amazonaws.com", "aws", ""},
		{"1", "sqs.cn-northwest-1.vpce.amazonaws.com.cn", "base", "", "sqs", "cn-northwest-1", "vpce.amazonaws.com.cn", "aws-cn", ""},
		{"2", "vpce-0123456789abcdef0-snra-0123456789abcdef0.rcfg-0123456789abcdef0.4232ccc.vpc-lattice-rsc.us-east-2.on.aws", "resource", "", "vpc-lattice-rsc", "us-east-2", "on.aws", "aws", ""},
		{"2", "snra-0123456789abcdef0.rcfg-0123456789abcdef0.4232ccc.vpc-lattice-rsc.us-east-2.on.aws", "resource", "", "vpc-lattice-rsc", "us-east-2", "on.aws", "aws", ""},
		{"3", "a1b2c3d4e5-vpce-03333333333333333.execute-api.us-east-2.amazonaws.com", "private-api", "", "execute-api", "us-east-2", "amazonaws.com", "aws", ""},
		{"4", uuid + "-vpce.c0.us-east-2.airflow.amazonaws.com", "mwaa", "", "airflow", "us-east-2", "amazonaws.com", "aws", ""},
		{"4", uuid + ".c12.cn-north-1.airflow.amazonaws.com.cn", "mwaa", "", "airflow", "cn-north-1", "amazonaws.com.cn", "aws-cn", ""},
		{"5", "s3.us-east-2.amazonaws.com", "s3", "", "s3", "us-east-2", "amazonaws.com", "aws", "s3"},
		{"5", "my.dotted.bucket.s3.us-east-2.amazonaws.com", "s3", "my.dotted.bucket", "s3", "us-east-2", "amazonaws.com", "aws", "s3"},
		{"5", "bkt.s3.dualstack.us-east-2.amazonaws.com", "s3", "bkt", "s3.dualstack", "us-east-2", "amazonaws.com", "aws", "s3"},
		{"5", "ap-123456789012.s3-accesspoint.us-east-2.amazonaws.com", "s3", "ap-123456789012", "s3-accesspoint", "us-east-2", "amazonaws.com", "aws", "s3"},
		{"5", "s3.amazonaws.com", "s3", "", "s3", "", "amazonaws.com", "aws", "s3"},
		{"5", "bkt.s3.amazonaws.com", "s3", "bkt", "s3", "", "amazonaws.com", "aws", "s3"},
		{"5", "bkt.s3-us-west-2.amazonaws.com", "s3", "bkt", "s3", "us-west-2", "amazonaws.com", "aws", "s3"},
		{"5", "bkt.s3-website-us-east-1.amazonaws.com", "s3", "bkt", "s3-website", "us-east-1", "amazonaws.com", "aws", "s3"},
		{"5", "m.accesspoint.s3-global.amazonaws.com", "s3", "m", "accesspoint.s3-global", "", "amazonaws.com", "aws", "s3"},
		{"5", "bkt--use2-az1--x-s3.s3express-use2-az1.us-east-2.amazonaws.com", "s3", "bkt--use2-az1--x-s3", "s3express-use2-az1", "us-east-2", "amazonaws.com", "aws", "s3express"},
		{"5", "o.s3-outposts.us-east-2.amazonaws.com", "s3", "o", "s3-outposts", "us-east-2", "amazonaws.com", "aws", ""},
		{"5", "s3-fips.us-east-2.api.aws", "s3", "", "s3-fips", "us-east-2", "api.aws", "aws", "s3"},
		{"5", "vpce-0123456789abcdef0.s3.us-east-2.amazonaws.com", "s3", "vpce-0123456789abcdef0", "s3", "us-east-2", "amazonaws.com", "aws", "s3"}, // NAM-08: a bucket
		{"7", "my-lb-1234.us-east-2.elb.amazonaws.com", "other", "", "", "", "", "", ""},
		{"7", "monitoring.cn-north-1.amazonaws.com", "other", "", "", "", "", "", ""},
		{"7", "cn-north-1.queue.amazonaws.com", "other", "", "", "", "", "", ""},
		{"7", "us-east-2.amazonaws.com", "other", "", "", "", "", "", ""},
		{"7", "*.amazonaws.com", "other", "", "", "", "", "", ""},
		{"7", "something.on.aws", "other", "", "", "", "", "", ""},
		{"8", "monitoring-fips.us-east-2.api.aws", "fips", "", "monitoring-fips", "us-east-2", "api.aws", "aws", ""},
		{"8", "123456789012.dkr.ecr-fips.us-east-2.amazonaws.com", "fips", "123456789012", "dkr.ecr-fips", "us-east-2", "amazonaws.com", "aws", ""},
		{"8", "dynamodb-fips.us-east-2.amazonaws.com", "fips", "", "dynamodb-fips", "us-east-2", "amazonaws.com", "aws", "dynamodb"},
		{"8", "fips.batch.us-east-2.amazonaws.com", "fips", "", "fips.batch", "us-east-2", "amazonaws.com", "aws", ""},
		{"9", "monitoring.us-east-2.api.aws", "dual-stack", "", "monitoring", "us-east-2", "api.aws", "aws", ""},
		{"9", "ec2.cn-north-1.api.amazonwebservices.com.cn", "dual-stack", "", "ec2", "cn-north-1", "api.amazonwebservices.com.cn", "aws-cn", ""},
		{"9", "iam.global.api.aws", "dual-stack", "", "iam.global", "", "api.aws", "aws", ""},
		{"10", "us-east-2.queue.amazonaws.com", "legacy", "", "queue", "us-east-2", "amazonaws.com", "aws", ""},
		{"10", "us-east-2.123456789012.x.amazonaws.com", "legacy", "", "123456789012.x", "us-east-2", "amazonaws.com", "aws", ""},
		{"10", "queue.amazonaws.com", "legacy", "", "queue", "", "amazonaws.com", "aws", ""},
		{"11", "sts.amazonaws.com", "global", "", "sts", "", "amazonaws.com", "aws", ""},
		{"11", "123456789012.ddb.amazonaws.com", "global", "123456789012", "ddb", "", "amazonaws.com", "aws", "dynamodb"},
		{"12", "monitoring.us-east-2.amazonaws.com", "default", "", "monitoring", "us-east-2", "amazonaws.com", "aws", ""},
		{"12", "monitoring.us-gov-west-1.amazonaws.com", "default", "", "monitoring", "us-gov-west-1", "amazonaws.com", "aws-us-gov", ""},
		{"12", "123456789012.ddb.us-east-2.amazonaws.com", "default", "123456789012", "ddb", "us-east-2", "amazonaws.com", "aws", "dynamodb"},
		{"12", "streams.dynamodb.us-east-2.amazonaws.com", "default", "", "streams.dynamodb", "us-east-2", "amazonaws.com", "aws", ""},
		{"12", "*.dkr-ecr.us-east-2.on.aws", "default", "*", "dkr-ecr", "us-east-2", "on.aws", "aws", ""},
		{"12", "x.studio.sagemaker.us-east-2.app.aws", "default", "", "x.studio.sagemaker", "us-east-2", "app.aws", "aws", ""},
		{"12", "axhgvssc6t2vf-ats.iot.us-east-1.amazonaws.com", "default", "", "axhgvssc6t2vf-ats.iot", "us-east-1", "amazonaws.com", "aws", ""},
		// Customers' resources of a service's form.
		{"12", "my-nlb-0123456789abcdef.elb.us-east-1.amazonaws.com", "default", "", "my-nlb-0123456789abcdef.elb", "us-east-1", "amazonaws.com", "aws", ""},
		{"12", "fs-0123.efs.us-east-1.amazonaws.com", "default", "", "fs-0123.efs", "us-east-1", "amazonaws.com", "aws", ""},
		{"11", "x.cache.amazonaws.com", "global", "", "x.cache", "", "amazonaws.com", "aws", ""},
		{"11", "ec2-54-1-2-3.compute-1.amazonaws.com", "global", "", "ec2-54-1-2-3.compute-1", "", "amazonaws.com", "aws", ""},
		{"7", "ec2-54-1-2-3.us-east-2.compute.amazonaws.com", "other", "", "", "", "", "", ""},
		{"7", "db.c1a2b3d4e5f6.us-east-2.rds.amazonaws.com", "other", "", "", "", "", "", ""},
		{"13", "www.example.com", "other", "", "", "", "", "", ""},
		{"13", "amazonaws.com", "other", "", "", "", "", "", ""},
		{"13", "amazonaws.com.evil.example", "other", "", "", "", "", "", ""},
		{"13", "monitoring.us-east-2.evilamazonaws.com", "other", "", "", "", "", "", ""},
		{"13", "localhost", "other", "", "", "", "", "", ""},
	} {
		h := naming.Classify(tt.in)
		got := [...]string{h.Kind().String(), h.Prefix(), h.Service(), h.Region(), h.Domain(), h.Partition().ID, h.GatewayService()}
		want := [...]string{tt.kind, tt.prefix, tt.service, tt.region, tt.domain, tt.partition, tt.gateway}
		if got != want {
			t.Errorf("%s: Classify(%q) = %q\nwant %q", tt.rule, tt.in, got, want)
		}
		if h.RegionListed() != (tt.region != "") {
			t.Errorf("%s: Classify(%q): Region listed %v", tt.rule, tt.in, h.RegionListed())
		}
	}
	if h := naming.Classify("monitoring.us-moon-1.amazonaws.com"); h.Kind() != naming.KindDefault || h.RegionListed() {
		t.Errorf("an unlisted Region: %v, listed %v", h.Kind(), h.RegionListed())
	}
}

// TestZeroValues says what the zero values promise.
func TestZeroValues(t *testing.T) {
	var n naming.Name
	if n.IsValid() || n.IsZonal() || n.String() != "invalid Name" || n.Parts() != (naming.Parts{}) || len(n.AppendTo(nil)) != 0 ||
		n.Regional() != n || n.Partition() != (naming.Partition{}) || n.Compare(naming.MustParse(hostileV+".logs"+hostileS)) != -1 {
		t.Errorf("the zero Name: %v %+v", n, n.Parts())
	}
	if _, err := n.Zonal("us-east-2a"); !errors.Is(err, naming.ErrZone) {
		t.Errorf("a zone of the zero Name: %v", err)
	}
	if b, err := n.AppendZonal([]byte("x"), "us-east-2a"); !errors.Is(err, naming.ErrZone) || string(b) != "x" {
		t.Errorf("a zone of the zero Name: %q, %v", b, err)
	}
	if _, err := n.WithPrefix("*"); !errors.Is(err, naming.ErrEmpty) {
		t.Errorf("a prefix of the zero Name: %v", err)
	}
	var s naming.ServiceName
	if s.IsValid() || s.String() != "invalid ServiceName" || s.Prefix()+s.Region()+s.Short()+s.ReversedShort() != "" || s.IsOwned() || s.Partition() != (naming.Partition{}) {
		t.Errorf("the zero ServiceName: %v", s)
	}
	var h naming.Host
	if h.IsValid() || h.Kind() != 0 || h.Kind().String() != "" || h.String() != "" || !errors.Is(h.Err(), naming.ErrEmpty) || h.Domain()+h.Service()+h.Region()+h.Zone()+h.Suffix() != "" {
		t.Errorf("the zero Host: %v", h)
	}
	if naming.Evidence(0) != naming.Unknown || naming.Evidence(99).String() != "unknown" || naming.Kind(99).String() != "" {
		t.Error("a value that is no constant")
	}
}

// TestText takes every text type through JSON.
func TestText(t *testing.T) {
	type all struct {
		Name     naming.Name
		Service  naming.ServiceName
		Kind     naming.Kind
		Evidence naming.Evidence
	}
	in := `{"Name":"` + hostileV + `.monitoring` + hostileS + `","Service":"com.amazonaws.us-east-2.monitoring","Kind":"private-api","Evidence":"documented"}`
	var v all
	if err := json.Unmarshal([]byte(in), &v); err != nil || v.Name.Service() != "monitoring" || v.Service.Short() != "monitoring" || v.Kind != naming.KindPrivateAPI || v.Evidence != naming.Documented {
		t.Fatalf("%+v, %v", v, err)
	}
	if out, err := json.Marshal(v); err != nil || string(out) != in {
		t.Errorf("%s, %v", out, err)
	}
	if b, err := v.Service.AppendText(nil); err != nil || string(b) != v.Service.String() {
		t.Errorf("AppendText: %q, %v", b, err)
	}
	if b, err := v.Name.AppendText(nil); err != nil || string(b) != v.Name.String() {
		t.Errorf("AppendText: %q, %v", b, err)
	}
	for _, bad := range []string{`{"Name":"x"}`, `{"Service":"x"}`, `{"Kind":"x"}`, `{"Evidence":"x"}`} {
		was := v
		if err := json.Unmarshal([]byte(bad), &v); err == nil || v != was {
			t.Errorf("%s: %v, and the value is %+v", bad, err, v)
		}
	}
	if err := json.Unmarshal([]byte(`{"Name":"","Service":"","Kind":""}`), &v); err != nil || v.Name.IsValid() || v.Service.IsValid() || v.Kind != 0 {
		t.Errorf("the empty texts: %+v, %v", v, err)
	}
	words := map[string]bool{}
	for k := naming.Kind(0); k <= naming.KindOther; k++ {
		var back naming.Kind
		text, _ := k.AppendText(nil)
		if err := back.UnmarshalText(text); err != nil || back != k || words[k.String()] {
			t.Errorf("%q comes back as %q, %v", k, back, err)
		}
		words[k.String()] = true
	}
	for e := naming.Unknown; e <= naming.Given; e++ {
		var back naming.Evidence
		text, _ := e.AppendText(nil)
		if err := back.UnmarshalText(text); err != nil || back != e {
			t.Errorf("%q comes back as %q, %v", e, back, err)
		}
		if e.Weakest(naming.Given) != e || naming.Given.Weakest(e) != e || e.Weakest(naming.Unknown) != naming.Unknown {
			t.Errorf("%v is not the weaker of itself and given", e)
		}
	}
}

func TestMustParse(t *testing.T) {
	for name, f := range map[string]func(){
		"MustParse":            func() { naming.MustParse("x") },
		"MustParseServiceName": func() { naming.MustParseServiceName("x") },
	} {
		func() {
			defer func() {
				if err, ok := recover().(error); !ok || err == nil {
					t.Errorf("%s did not panic with the error", name)
				}
			}()
			f()
		}()
	}
}
