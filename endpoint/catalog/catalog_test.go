package catalog_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
)

func interfaceEndpoint(service string) endpoint.Endpoint {
	return endpoint.Endpoint{ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, ServiceName: service}
}

// TestPrivateNames has a row for each decision of PrivateNames and for each
// exception of the specification's section 7.
func TestPrivateNames(t *testing.T) {
	c := catalog.New([]endpoint.ServiceDetail{
		{
			ServiceName:     "com.amazonaws.us-east-2.logs",
			ServiceType:     []endpoint.ServiceType{{ServiceType: "Interface"}},
			PrivateDNSName:  "logs.us-east-2.amazonaws.com",
			PrivateDNSNames: []endpoint.PrivateDNSName{{PrivateDNSName: "Logs.us-east-2.amazonaws.com."}, {PrivateDNSName: "*.logs.us-east-2.api.aws"}},
		},
		{
			ServiceName:     "com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230",
			ServiceType:     []endpoint.ServiceType{{ServiceType: "Interface"}},
			PrivateDNSNames: []endpoint.PrivateDNSName{{PrivateDNSName: "svc.example.com"}}, PrivateDNSNameVerificationState: "verified",
		},
		{
			ServiceName:     "com.amazonaws.vpce.us-east-2.vpce-svc-04560456045604560",
			ServiceType:     []endpoint.ServiceType{{ServiceType: "Interface"}},
			PrivateDNSNames: []endpoint.PrivateDNSName{{PrivateDNSName: "api.shop.test"}}, PrivateDNSNameVerificationState: "pendingVerification",
		},
		{ServiceName: "com.amazonaws.us-east-2.s3", ServiceType: []endpoint.ServiceType{{ServiceType: "Gateway"}}},
	})
	for _, tt := range []struct {
		rule, service string
		want          string // names, separated by a space
		evidence      naming.Evidence
	}{
		{"1 given", "com.amazonaws.us-east-2.logs", "logs.us-east-2.amazonaws.com logs.us-east-2.api.aws *.logs.us-east-2.api.aws", naming.Given},
		{"1 given, a customer's", "com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230", "svc.example.com", naming.Given},
		{"1 given, not verified", "com.amazonaws.vpce.us-east-2.vpce-svc-04560456045604560", "api.shop.test", naming.Given},
		{"1 given of another type", "com.amazonaws.us-east-2.s3", "s3.us-east-2.amazonaws.com *.s3.us-east-2.amazonaws.com " +
			"s3-control.us-east-2.amazonaws.com *.s3-control.us-east-2.amazonaws.com " +
			"s3-accesspoint.us-east-2.amazonaws.com *.s3-accesspoint.us-east-2.amazonaws.com " +
			"s3.dualstack.us-east-2.amazonaws.com *.s3.dualstack.us-east-2.amazonaws.com " +
			"s3-control.dualstack.us-east-2.amazonaws.com *.s3-control.dualstack.us-east-2.amazonaws.com " +
			"s3-accesspoint.dualstack.us-east-2.amazonaws.com *.s3-accesspoint.dualstack.us-east-2.amazonaws.com", naming.Documented},
		{"3 not given", "com.amazonaws.vpce.us-east-2.vpce-svc-00000000000000000", "", naming.Unknown},
		{"3 no service name", "com.example.service", "", naming.Unknown},
		{"4 level O", "com.amazonaws.us-east-2.monitoring", "monitoring.us-east-2.amazonaws.com monitoring.us-east-2.api.aws " +
			"monitoring-fips.us-east-2.amazonaws.com monitoring-fips.us-east-2.api.aws", naming.Documented},
		{"4 level N", "com.amazonaws.us-east-2.dynamodb", "", naming.Documented},
		{"4 level T", "com.amazonaws.us-east-2.kinesis-streams", "kinesis.us-east-2.amazonaws.com", naming.Modelled},
		{"4 ecr.api", "com.amazonaws.us-east-2.ecr.api", "api.ecr.us-east-2.amazonaws.com ecr.us-east-2.api.aws", naming.Documented},
		{"4 ecr.dkr", "com.amazonaws.us-east-2.ecr.dkr", "dkr.ecr.us-east-2.amazonaws.com *.dkr.ecr.us-east-2.amazonaws.com " +
			"dkr-ecr.us-east-2.on.aws *.dkr-ecr.us-east-2.on.aws", naming.Documented},
		{"4 logs", "com.amazonaws.eu-west-2.logs", "logs.eu-west-2.amazonaws.com logs.eu-west-2.api.aws " +
			"streaming-logs.eu-west-2.amazonaws.com streaming-logs.eu-west-2.api.aws", naming.Documented},
		{"4 codeartifact.repositories", "com.amazonaws.us-east-2.codeartifact.repositories", "d.codeartifact.us-east-2.amazonaws.com *.d.codeartifact.us-east-2.amazonaws.com", naming.Modelled},
		{"4 deviceadvisor.iot", "com.amazonaws.us-east-2.deviceadvisor.iot", "deviceadvisor.iot.us-east-2.amazonaws.com *.deviceadvisor.iot.us-east-2.amazonaws.com", naming.Modelled},
		{"4 studio", "aws.sagemaker.us-east-2.studio", "studio.us-east-2.sagemaker.aws *.studio.us-east-2.sagemaker.aws " +
			"studio.sagemaker.us-east-2.app.aws *.studio.sagemaker.us-east-2.app.aws", naming.Documented},
		{"4 s3-global", "com.amazonaws.s3-global.accesspoint", "accesspoint.s3-global.amazonaws.com *.accesspoint.s3-global.amazonaws.com", naming.Modelled},
		{"4 a cell", "com.amazonaws.us-east-2.dsql-abcd", "dsql-abcd.us-east-2.on.aws *.dsql-abcd.us-east-2.on.aws", naming.Documented},
		{"4 a numbered cell", "com.amazonaws.us-east-2.timestream.ingest-cell2", "ingest-cell2.timestream.us-east-2.amazonaws.com", naming.Modelled},
		{"4 China, rds", "com.amazonaws.cn-north-1.rds", "rds-api.cn-north-1.amazonaws.com.cn", naming.Documented},
		{"4 China, the other prefix", "cn.com.amazonaws.cn-north-1.backup", "backup.cn-north-1.amazonaws.com.cn", naming.Documented},
		{"4 not China", "com.amazonaws.us-east-2.rds", "rds.us-east-2.amazonaws.com", naming.Documented},
		{"4 no name printed", "com.amazonaws.us-east-2.apprunner.requests", "", naming.Documented},
		{"5 a cell without a number", "com.amazonaws.us-east-2.timestream.ingest-cell", "ingest-cell.timestream.us-east-2.amazonaws.com", naming.Modelled},
		{"5 the rule", "com.amazonaws.us-east-2.unheard.of", "of.unheard.us-east-2.amazonaws.com", naming.Modelled},
		{"6 no rule", "com.amazonaws.unheard", "", naming.Unknown},
	} {
		t.Run(tt.rule, func(t *testing.T) {
			names, evidence := c.PrivateNames(interfaceEndpoint(tt.service))
			if got := strings.Join(names, " "); got != tt.want || evidence != tt.evidence {
				t.Errorf("PrivateNames(%s) =\n%s, %v, want\n%s, %v", tt.service, got, evidence, tt.want, tt.evidence)
			}
		})
	}
	t.Run("2 no interface endpoint", func(t *testing.T) {
		for _, typ := range []endpoint.Type{endpoint.Gateway, "gateway", endpoint.GatewayLoadBalancer} {
			e := endpoint.Endpoint{Type: typ, ServiceName: "com.amazonaws.us-west-2.s3"}
			if names, evidence := c.PrivateNames(e); len(names) != 0 || evidence != naming.Documented {
				t.Errorf("%s: %v, %v", typ, names, evidence)
			}
		}
	})
	t.Run("3 another type", func(t *testing.T) {
		e := endpoint.Endpoint{Type: endpoint.Resource, ServiceName: "com.amazonaws.us-east-2.monitoring"}
		if names, evidence := c.PrivateNames(e); len(names) != 0 || evidence != naming.Unknown {
			t.Errorf("%v, %v", names, evidence)
		}
	})
}

func TestHost(t *testing.T) {
	c := catalog.New([]endpoint.ServiceDetail{{
		ServiceName:     "com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230",
		PrivateDNSNames: []endpoint.PrivateDNSName{{PrivateDNSName: "*.svc.example.com"}},
	}})
	for _, tt := range []struct{ rule, host, short, name string }{
		{"1", "a.svc.example.com", "vpce-svc-01230123012301230", "com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230"},
		{"2", "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", "monitoring", "com.amazonaws.us-east-2.monitoring"},
		{"2", "api.ecr.us-east-2.vpce.amazonaws.com", "ecr.api", "com.amazonaws.us-east-2.ecr.api"},
		{"2", "vpce-svc-0762b4928b8687636.cn-north-1.vpce.amazonaws.com.cn", "vpce-svc-0762b4928b8687636", "cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0762b4928b8687636"},
		{"2", "ecr.api.us-east-2.vpce.amazonaws.com", "", ""},
		{"3", "a1b2c3d4e5-vpce-03333333333333333.execute-api.us-east-2.amazonaws.com", "execute-api", "com.amazonaws.us-east-2.execute-api"},
		{"4", "bkt.s3.us-east-2.amazonaws.com", "s3", "com.amazonaws.us-east-2.s3"},
		{"4", "s3.amazonaws.com", "s3", ""},
		{"4", "bkt--use2-az1--x-s3.s3express-use2-az1.us-east-2.amazonaws.com", "s3express", "com.amazonaws.us-east-2.s3express"},
		{"4", "m.accesspoint.s3-global.amazonaws.com", "s3-global.accesspoint", "com.amazonaws.s3-global.accesspoint"},
		{"5", "monitoring.us-east-2.amazonaws.com", "monitoring", "com.amazonaws.us-east-2.monitoring"},
		{"5", "monitoring-fips.us-east-2.api.aws", "monitoring", "com.amazonaws.us-east-2.monitoring"},
		{"5", "123456789012.dkr.ecr.us-east-2.amazonaws.com", "ecr.dkr", "com.amazonaws.us-east-2.ecr.dkr"},
		{"5", "dkr.ecr.us-east-2.amazonaws.com", "ecr.dkr", "com.amazonaws.us-east-2.ecr.dkr"},
		{"5", "a1b2c3d4e5.execute-api.cn-north-1.amazonaws.com.cn", "execute-api", "cn.com.amazonaws.cn-north-1.execute-api"},
		{"5", "iam.amazonaws.com", "iam", "com.amazonaws.iam"},
		{"6", "sts.amazonaws.com", "sts", ""},
		{"6", "queue.amazonaws.com", "sqs", ""},
		{"6", "us-east-2.queue.amazonaws.com", "sqs", "com.amazonaws.us-east-2.sqs"},
		{"6", "123456789012.ddb.us-east-2.amazonaws.com", "dynamodb", "com.amazonaws.us-east-2.dynamodb"},
		{"6", "axhgvssc6t2vf-ats.iot.us-east-1.amazonaws.com", "iot.data", "com.amazonaws.us-east-1.iot.data"},
		{"7", "dynamodb.us-east-2.amazonaws.com", "dynamodb", "com.amazonaws.us-east-2.dynamodb"},
		{"7", "sqs.us-east-2.api.aws", "sqs", "com.amazonaws.us-east-2.sqs"},
		{"8", "eks-auth-fips.us-east-2.amazonaws.com", "eks-auth", "com.amazonaws.us-east-2.eks-auth"},
		{"none", "foo.monitoring.us-east-2.amazonaws.com", "", ""},
		{"none", "www.example.com", "", ""},
		{"none", "svc.example.com.evil", "", ""},
		{"none", "not a host", "", ""},
	} {
		m, ok := c.Host(tt.host)
		got := ""
		if m.Name.IsValid() {
			got = m.Name.String()
		}
		if m.Short != tt.short || got != tt.name || ok != (tt.short != "") {
			t.Errorf("%s: Host(%q) = %q, %q, %v; want %q, %q", tt.rule, tt.host, m.Short, got, ok, tt.short, tt.name)
		}
	}
}

func TestMatchIs(t *testing.T) {
	m, ok := catalog.Default().Host("acm-fips.us-east-2.amazonaws.com")
	if !ok {
		t.Fatal("acm-fips names no service")
	}
	for name, want := range map[string]bool{
		"com.amazonaws.us-east-2.acm":        true,
		"com.amazonaws.us-east-2.acm-fips":   true,
		"com.amazonaws.us-west-2.acm":        false,
		"com.amazonaws.us-east-2.monitoring": false,
	} {
		if got := m.Is(naming.MustParseServiceName(name)); got != want {
			t.Errorf("%+v.Is(%s) = %v", m, name, got)
		}
	}
	if m.Is(naming.ServiceName{}) {
		t.Error("a host names the zero ServiceName")
	}
}

// TestSiblings has a row for each family of NAM-37.
func TestSiblings(t *testing.T) {
	for _, tt := range []struct{ host, region, want string }{
		{"sts.amazonaws.com", "us-east-2", "sts.us-east-2.amazonaws.com"},
		{"STS.amazonaws.com.", "us-east-2", "sts.us-east-2.amazonaws.com"},
		{"sts.amazonaws.com", "", ""},
		{"sts.amazonaws.com", "cn-north-1", ""},
		{"queue.amazonaws.com", "us-east-2", "sqs.us-east-2.amazonaws.com"},
		{"us-west-2.queue.amazonaws.com", "us-east-2", "sqs.us-west-2.amazonaws.com"},
		{"123456789012.ddb.us-east-2.amazonaws.com", "us-east-2", "dynamodb.us-east-2.amazonaws.com"},
		{"monitoring.us-east-2.api.aws", "us-east-2", "monitoring.us-east-2.amazonaws.com"},
		{"monitoring.cn-north-1.api.amazonwebservices.com.cn", "cn-north-1", "monitoring.cn-north-1.amazonaws.com.cn"},
		{"api.ecr.us-east-2.api.aws", "us-east-2", "api.ecr.us-east-2.amazonaws.com"},
		{"s3.amazonaws.com", "us-east-1", "s3.us-east-1.amazonaws.com"},
		{"my.bkt.s3.amazonaws.com", "us-east-1", "my.bkt.s3.us-east-1.amazonaws.com"},
		{"kms-fips.us-east-2.amazonaws.com", "us-east-2", "kms.us-east-2.amazonaws.com"},
		{"dkr.ecr-fips.us-east-2.amazonaws.com", "us-east-2", "dkr.ecr.us-east-2.amazonaws.com"},
		{"streaming-logs.us-east-2.amazonaws.com", "us-east-2", "logs.us-east-2.amazonaws.com"},
		{"123456789012.data-kinesis.us-east-2.amazonaws.com", "us-east-2", "kinesis.us-east-2.amazonaws.com"},
		{"x.control-kinesis.us-east-2.amazonaws.com", "us-east-2", "kinesis.us-east-2.amazonaws.com"},
		{"iam.amazonaws.com", "us-east-2", "-"},
		{"a1-ats.iot.us-east-2.amazonaws.com", "us-east-2", "-"},
		{"a1.credentials.iot.us-east-2.amazonaws.com", "us-east-2", "-"},
		{"monitoring.us-east-2.amazonaws.com", "us-east-2", ""},
		{"vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", "us-east-2", ""},
		{"www.example.com", "us-east-2", ""},
	} {
		var got []string
		for _, s := range catalog.Default().Siblings(tt.host, tt.region) {
			if s.Remedy == "" || s.Source == "" {
				t.Errorf("Siblings(%q): %+v has no remedy or source", tt.host, s)
			}
			if s.Host == "" {
				s.Host = "-"
			}
			got = append(got, s.Host)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("Siblings(%q, %q) = %q, want %q", tt.host, tt.region, s, tt.want)
		}
	}
}

// keys are signs of a source that stands for itself only to who made the table.
var keys = regexp.MustCompile(`\bS[1-9]\)|\bLZA\b|\bseed\b|\bsame fixture\b`)

// TestRows checks the form of every row, and the totals of the specification's
// section 7 that the overrides leave.
func TestRows(t *testing.T) {
	c := catalog.Default()
	levels := map[string]int{}
	var last string
	for s := range c.All() {
		if s.Type == endpoint.Interface || s.Short == "s3express" {
			levels[s.Level.String()]++
		}
		if s.Level.Evidence() == naming.Unknown || s.Source == "" || s.Short < last {
			t.Errorf("%s: level %q, source %q, after %s", s.Name, s.Level, s.Source, last)
		}
		if key := keys.FindString(s.Source + " " + s.Note); key != "" {
			t.Errorf("%s: %q in its source or note is for the table's makers only", s.Name, key)
		}
		last = s.Short
		region := "us-east-2"
		if s.Global {
			region = ""
		}
		names, _ := s.PrivateNames(region)
		for _, n := range names {
			n = strings.NewReplacer("{cell}", "abcd", "cellN", "cell1").Replace(n)
			h, err := naming.ParseHost(n)
			if err != nil || h.Kind() == naming.KindOther || h.String() != n {
				t.Errorf("%s: private name %q: %v, %v", s.Name, n, h.Kind(), err)
			}
			m, ok := c.Host(n)
			if !ok || !strings.HasPrefix(m.Short, strings.Split(s.Short, "{")[0]) && m.Short != s.Short {
				if !strings.Contains(s.Name, "cell") {
					t.Errorf("%s: its name %q names %q, %v", s.Name, n, m.Short, ok)
				}
			}
		}
		if label, _ := s.Label("us-east-2"); (label == "") != (s.Type == endpoint.Gateway) {
			t.Errorf("%s: label %q of a %s service", s.Name, label, s.Type)
		}
		if strings.Contains(s.Name, "cell") {
			continue
		}
		n, ok := s.In(region)
		if !ok || n.Short() != s.Short {
			t.Errorf("%s: In(%q) = %v, %v", s.Name, region, n, ok)
		}
		if again, ok := c.Service(n, s.Type); !ok || again != s {
			t.Errorf("Service(%v, %v) = %+v, %v; want %+v", n, s.Type, again, ok, s)
		}
	}
	want := map[string]int{"O": 26, "A": 48, "T": 143, "D": 157, "R": 63, "I": 51, "N": 6}
	if d := cmp.Diff(want, levels); d != "" {
		t.Errorf("levels (-want +got)\n%s", d)
	}
}

func TestService(t *testing.T) {
	c := catalog.Default()
	s, ok := c.Service(naming.MustParseServiceName("com.amazonaws.us-east-1.cassandra"), endpoint.Interface)
	if !ok || !slices.Equal(s.Ports(), []uint16{9142}) {
		t.Errorf("cassandra: %v, ports %v", ok, s.Ports())
	}
	s, _ = c.Service(naming.MustParseServiceName("com.amazonaws.us-east-1.email-smtp"), endpoint.Interface)
	if !slices.Equal(s.Ports(), []uint16{465, 587, 2465, 2587}) {
		t.Errorf("email-smtp: ports %v", s.Ports())
	}
	s, _ = c.Service(naming.MustParseServiceName("com.amazonaws.us-east-1.sms"), endpoint.Interface)
	if l, observed := s.Label("us-east-2"); l != "vpce-svc-0743b928cf6a7b24a" || !observed {
		t.Errorf("sms in us-east-2: %q, %v", l, observed)
	}
	if l, _ := s.Label("us-east-1"); l != "sms" {
		t.Errorf("sms in us-east-1: %q", l)
	}
	if _, ok := c.Service(naming.MustParseServiceName("com.amazonaws.us-east-1.s3"), endpoint.Gateway); !ok {
		t.Error("no gateway service for s3")
	}
	if _, ok := c.Service(naming.MustParseServiceName("com.amazonaws.vpce.us-east-1.vpce-svc-0762b4928b8687636"), endpoint.Interface); ok {
		t.Error("a row for a customer's service")
	}
	if _, e := (catalog.Service{}).PrivateNames("us-east-2"); e != naming.Unknown {
		t.Errorf("the zero Service: %v", e)
	}
	s, _ = c.Service(naming.MustParseServiceName("com.amazonaws.us-east-1.sqs"), endpoint.Interface) // NAM-35
	if got := s.PublicDualStack("cn-north-1"); got != "sqs.cn-north-1.api.amazonwebservices.com.cn" {
		t.Errorf("sqs: public dual-stack name %q", got)
	}
	if got := s.PublicDualStack("nowhere"); got != "" {
		t.Errorf("sqs nowhere: public dual-stack name %q", got)
	}
	s, _ = c.Service(naming.MustParseServiceName("com.amazonaws.iam"), endpoint.Interface)
	if names, e := s.PrivateNames("cn-north-1"); len(names) > 0 || e != naming.Unspecified {
		t.Errorf("iam in China: %v, %v", names, e)
	}
	if name, ok := s.In("us-east-1"); ok {
		t.Errorf("iam in us-east-1: %v", name)
	}
	for label, want := range map[string]string{"ecr.api": "api.ecr", "kinesis-streams": "kinesis", "api.ecr": "", "nothing": ""} {
		if got, ok := c.SuggestLabel(label); ok != (want != "") || ok && got != want {
			t.Errorf("SuggestLabel(%q) = %q, %v", label, got, ok)
		}
	}
}

// TestKnows is X14 of the worked examples.
func TestKnows(t *testing.T) {
	for host, want := range map[string]bool{
		"vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com": true,
		"logs.2026.bucket.vpce-04444444444444444-tg4s3ifx.s3.us-east-2.vpce.amazonaws.com":   true,
		"vpce-099deb00b40f00e22-monitoring.us-east-2.vpce.amazonaws.com":                     false,
		"www.example.com":                   false,
		"monitoring-fips.us-east-2.api.aws": true,
		"01234567-89ab-cdef-0123-456789abcdef-vpce.c0.us-east-2.airflow.amazonaws.com":            false,
		"vpce-099deb00b40f00e22-lj2wisx3.ecr.api.us-east-2.vpce.amazonaws.com":                    false,
		"123456789012.dkr.ecr.us-east-2.amazonaws.com":                                            true,
		"vpce-0b36452b351fd6285-uy20s75o.vpce-svc-069ebe944af4830da.us-east-1.vpce.amazonaws.com": false,
	} {
		if got := catalog.Default().Knows(naming.Classify(host)); got != want {
			t.Errorf("Knows(%q) = %v", host, got)
		}
	}
}

// TestVerified: a private name serves the endpoints that have it in every
// state, and new ones only once it is verified (Z41).
func TestVerified(t *testing.T) {
	const service = "com.amazonaws.vpce.us-east-2.vpce-svc-01230123012301230"
	for state, want := range map[string]bool{
		"": true, "verified": true, "Verified": true, "pendingVerification": false, "failed": false, "Failed": false,
	} {
		c := catalog.New([]endpoint.ServiceDetail{{
			ServiceName: service, ServiceType: []endpoint.ServiceType{{ServiceType: endpoint.Interface}},
			PrivateDNSName: "svc.example.com", PrivateDNSNameVerificationState: state,
		}})
		if got := c.Verified(service, endpoint.Interface); got != want {
			t.Errorf("Z41 %q: Verified = %v", state, got)
		}
		names, evidence := c.PrivateNames(endpoint.Endpoint{ServiceName: service, Type: endpoint.Interface})
		if len(names) != 1 || names[0] != "svc.example.com" || evidence != naming.Given {
			t.Errorf("Z41 %q: PrivateNames = %q, %v", state, names, evidence)
		}
		if !c.Verified(service, endpoint.GatewayLoadBalancer) || !c.Verified("com.amazonaws.us-east-2.logs", endpoint.Interface) {
			t.Errorf("Z41 %q: a service that is not described counts as not verified", state)
		}
	}
	if !catalog.Default().Verified(service, endpoint.Interface) {
		t.Error("Z41: nothing is described")
	}
}

// TestZero: the zero Catalog and the zero Level are of use as documented.
func TestZero(t *testing.T) {
	var c catalog.Catalog
	for s := range c.All() {
		t.Errorf("the zero Catalog has the row %s", s.Name)
	}
	logs := naming.MustParseServiceName("com.amazonaws.us-east-2.logs")
	if s, ok := c.Service(logs, endpoint.Interface); ok || s != (catalog.Service{}) {
		t.Errorf("Service = %+v, %v", s, ok)
	}
	if s, ok := c.ByLabel("logs"); ok {
		t.Errorf("ByLabel = %+v", s)
	}
	if l, ok := c.SuggestLabel("ecr.api"); ok {
		t.Errorf("SuggestLabel = %q", l)
	}
	for _, host := range []string{"logs.us-east-2.amazonaws.com", "s3.us-east-2.amazonaws.com", "sts.amazonaws.com", "us-east-2.queue.amazonaws.com", "acm-fips.us-east-2.amazonaws.com", "x", ""} {
		if m, ok := c.Host(host); ok || c.Knows(naming.Classify(host)) {
			t.Errorf("Host(%q) = %+v", host, m)
		}
		if l := c.Siblings(host, "us-east-2"); l != nil {
			t.Errorf("Siblings(%q) = %v", host, l)
		}
	}
	names, evidence := c.PrivateNames(interfaceEndpoint(logs.String()))
	if d := cmp.Diff([]string{"logs.us-east-2.amazonaws.com"}, names); d != "" || evidence != naming.Modelled {
		t.Errorf("PrivateNames: %v (-want +got)\n%s", evidence, d)
	}
	if !c.Verified(logs.String(), endpoint.Interface) {
		t.Error("a service nobody described counts as not verified")
	}

	for l := range 256 {
		level := catalog.Level(l)
		want := ""
		if strings.IndexByte("OANTDRI", byte(l)) >= 0 {
			want = string(rune(l))
		}
		if got := level.String(); got != want || (want == "") != (level.Evidence() == naming.Unknown) {
			t.Errorf("Level(%d).String() = %q, evidence %v; want %q", l, got, level.Evidence(), want)
		}
	}
}
