package catalog_test

import (
	"fmt"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
)

func ExampleCatalog_Service() {
	c := catalog.Default()
	for _, name := range []string{"com.amazonaws.us-east-2.monitoring", "com.amazonaws.us-east-2.ecr.api", "com.amazonaws.us-east-2.kinesis-streams"} {
		s, _ := c.Service(naming.MustParseServiceName(name), endpoint.Interface)
		names, evidence := s.PrivateNames("us-east-2")
		label, observed := s.Label("us-east-2")
		fmt.Println(s.Short, label, observed, names[0], evidence)
	}
	// Output:
	// monitoring monitoring true monitoring.us-east-2.amazonaws.com documented
	// ecr.api api.ecr true api.ecr.us-east-2.amazonaws.com documented
	// kinesis-streams kinesis true kinesis.us-east-2.amazonaws.com modelled
}

func ExampleCatalog_PrivateNames() {
	e := endpoint.Endpoint{
		ID:                "vpce-02222222222222222",
		Type:              endpoint.Interface,
		ServiceName:       "com.amazonaws.us-east-2.ecr.dkr",
		PrivateDNSEnabled: true,
	}
	names, evidence := catalog.Default().PrivateNames(e)
	fmt.Println(evidence)
	for _, name := range names {
		fmt.Println(name)
	}
	// Output:
	// documented
	// dkr.ecr.us-east-2.amazonaws.com
	// *.dkr.ecr.us-east-2.amazonaws.com
	// dkr-ecr.us-east-2.on.aws
	// *.dkr-ecr.us-east-2.on.aws
}

func ExampleNew() {
	// What describe-vpc-endpoint-services prints beats the tables.
	c := catalog.New([]endpoint.ServiceDetail{{
		ServiceName:     "com.amazonaws.us-east-2.monitoring",
		ServiceType:     []endpoint.ServiceType{{ServiceType: endpoint.Interface}},
		PrivateDNSNames: []endpoint.PrivateDNSName{{PrivateDNSName: "monitoring.us-east-2.amazonaws.com"}},
	}})
	fmt.Println(c.PrivateNames(endpoint.Endpoint{Type: endpoint.Interface, ServiceName: "com.amazonaws.us-east-2.monitoring"}))
	// Output:
	// [monitoring.us-east-2.amazonaws.com] given
}

func ExampleCatalog_Host() {
	for _, host := range []string{
		"monitoring.us-east-2.api.aws",
		"123456789012.dkr.ecr.us-east-2.amazonaws.com",
		"bkt.s3.us-east-2.amazonaws.com",
		"queue.amazonaws.com",
		"foo.monitoring.us-east-2.amazonaws.com",
		"my-nlb-0123456789abcdef.elb.us-east-2.amazonaws.com", // a customer's
	} {
		if m, ok := catalog.Default().Host(host); ok {
			fmt.Println(m.Short, m.Host.Kind())
		} else {
			fmt.Println("no service that is known, though of kind", naming.Classify(host).Kind())
		}
	}
	// Output:
	// monitoring dual-stack
	// ecr.dkr default
	// s3 s3
	// sqs legacy
	// no service that is known, though of kind default
	// no service that is known, though of kind default
}

func ExampleCatalog_Siblings() {
	for _, s := range catalog.Default().Siblings("sts.amazonaws.com", "us-east-2") {
		fmt.Println(s.Host)
		fmt.Println(s.Remedy)
	}
	// Output:
	// sts.us-east-2.amazonaws.com
	// AWS_STS_REGIONAL_ENDPOINTS=regional
}
