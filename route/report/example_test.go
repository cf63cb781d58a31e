package report_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"

	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/tracetest"
)

func ExampleMatrixCSV() {
	if err := report.MatrixCSV(os.Stdout, pageMatrix()); err != nil {
		panic(err)
	}
	// Output:
	// from,name,vpc,az,host,class,verdict,codes
	// subnet-0a1b2c3d4e5f6000a,public,vpc-0a1b2c3d4e5f60001,us-east-2a,monitoring.us-east-2.amazonaws.com,endpoint,private,FILTERS_NOT_EVALUATED POLICY_NOT_EVALUATED
	// subnet-0a1b2c3d4e5f6000a,public,vpc-0a1b2c3d4e5f60001,us-east-2a,monitoring.us-east-2.api.aws,internet-gateway,public,FILTERS_NOT_EVALUATED HOST_NOT_COVERED PUBLIC_ADDRESS_NOT_KNOWN SOURCE_ADDRESS_NOT_GIVEN
	// subnet-0a1b2c3d4e5f6000b,private,vpc-0a1b2c3d4e5f60001,us-east-2b,monitoring.us-east-2.amazonaws.com,endpoint,private,FILTERS_NOT_EVALUATED POLICY_NOT_EVALUATED
	// subnet-0a1b2c3d4e5f6000b,private,vpc-0a1b2c3d4e5f60001,us-east-2b,monitoring.us-east-2.api.aws,nat-gateway,public,AVAILABILITY_ZONE_CROSSED FILTERS_NOT_EVALUATED HOST_NOT_COVERED PUBLIC_ADDRESS_NOT_KNOWN
	// subnet-0a1b2c3d4e5f6000c,isolated,vpc-0a1b2c3d4e5f60001,us-east-2c,monitoring.us-east-2.amazonaws.com,endpoint,private,FILTERS_NOT_EVALUATED POLICY_NOT_EVALUATED
	// subnet-0a1b2c3d4e5f6000c,isolated,vpc-0a1b2c3d4e5f60001,us-east-2c,monitoring.us-east-2.api.aws,no-route,failed,HOST_NOT_COVERED NO_ROUTE_TO_DESTINATION PUBLIC_ADDRESS_NOT_KNOWN
}

func ExampleMarkdown() {
	tr, err := load().Why("private", "10.0.2.10")
	if err != nil {
		panic(err)
	}
	if err := report.Markdown(os.Stdout, tr); err != nil {
		panic(err)
	}
	// Output:
	// ### `10.0.2.10`:443 from subnet-0a1b2c3d4e5f6000b (private)
	//
	// **PRIVATE**: endpoint (evidence: given)
	//
	// 1. **route** 10.0.2.10 in this very subnet: no table is asked (R5)
	// 2. **ends** eni-0a1b2c3d4e5f6000b of vpce-099deb00b40f00e22 (cloudwatch): the endpoint; no gateway is passed
	//
	// Codes: `FILTERS_NOT_EVALUATED` `POLICY_NOT_EVALUATED`
}

// A VPC without gateways: its tables lead nowhere, and the hidden zone answers
// with the endpoint's network interfaces.
func ExampleVPCMermaid() {
	world := tracetest.IsolatedVPC("us-east-2", "secretsmanager")
	if err := report.VPCMermaid(os.Stdout, world, "vpc-isolated"); err != nil {
		panic(err)
	}
	// Output:
	// flowchart LR
	//   subgraph g0["vpc-isolated (isolated)"]
	//     subgraph g1["us-east-2a"]
	//       subgraph g2["subnet-isolated-a (isolated-a)"]
	//         n0["rtb-isolated (isolated)"]
	//         n2["eni-2, 10.0.0.4, vpce-00000000000000001 (secretsmanager), com.amazonaws.us-east-2.secretsmanager"]
	//       end
	//     end
	//     subgraph g3["us-east-2b"]
	//       subgraph g4["subnet-isolated-b (isolated-b)"]
	//         n1["rtb-isolated (isolated)"]
	//         n3["eni-3, 10.0.1.4, vpce-00000000000000001 (secretsmanager), com.amazonaws.us-east-2.secretsmanager"]
	//       end
	//     end
	//     n4["hidden zone secretsmanager.us-east-2.amazonaws.com Z6"]
	//   end
	//   n4 -->|"answers"| n2
	//   n4 -->|"answers"| n3
}

// The hidden zone of the CloudWatch endpoint.
func ExampleZone() {
	for z := range load().Zones().Hidden("vpc-0a1b2c3d4e5f60001") {
		if err := report.Zone(os.Stdout, z); err != nil {
			panic(err)
		}
	}
	// Output:
	// {"name":"monitoring.us-east-2.amazonaws.com","type":"A","ttl":60,"data":"10.0.1.10","zone":"monitoring.us-east-2.amazonaws.com","id":"Z06320943MMOWYG6MAVL9","endpoint":"vpce-099deb00b40f00e22"}
	// {"name":"monitoring.us-east-2.amazonaws.com","type":"A","ttl":60,"data":"10.0.2.10","zone":"monitoring.us-east-2.amazonaws.com","id":"Z06320943MMOWYG6MAVL9","endpoint":"vpce-099deb00b40f00e22"}
	// {"name":"monitoring.us-east-2.amazonaws.com","type":"A","ttl":60,"data":"10.0.3.10","zone":"monitoring.us-east-2.amazonaws.com","id":"Z06320943MMOWYG6MAVL9","endpoint":"vpce-099deb00b40f00e22"}
	// {"name":"monitoring.us-east-2.amazonaws.com","type":"NS","ttl":172800,"data":"ns-0.awsdns-00.com","zone":"monitoring.us-east-2.amazonaws.com","id":"Z06320943MMOWYG6MAVL9","endpoint":"vpce-099deb00b40f00e22"}
	// {"name":"monitoring.us-east-2.amazonaws.com","type":"NS","ttl":172800,"data":"ns-512.awsdns-00.net","zone":"monitoring.us-east-2.amazonaws.com","id":"Z06320943MMOWYG6MAVL9","endpoint":"vpce-099deb00b40f00e22"}
	// {"name":"monitoring.us-east-2.amazonaws.com","type":"NS","ttl":172800,"data":"ns-1024.awsdns-00.org","zone":"monitoring.us-east-2.amazonaws.com","id":"Z06320943MMOWYG6MAVL9","endpoint":"vpce-099deb00b40f00e22"}
	// {"name":"monitoring.us-east-2.amazonaws.com","type":"NS","ttl":172800,"data":"ns-1536.awsdns-00.co.uk","zone":"monitoring.us-east-2.amazonaws.com","id":"Z06320943MMOWYG6MAVL9","endpoint":"vpce-099deb00b40f00e22"}
	// {"name":"monitoring.us-east-2.amazonaws.com","type":"SOA","ttl":900,"data":"ns-1536.awsdns-00.co.uk awsdns-hostmaster.amazon.com 1 7200 900 1209600 86400","zone":"monitoring.us-east-2.amazonaws.com","id":"Z06320943MMOWYG6MAVL9","endpoint":"vpce-099deb00b40f00e22"}
}

// A code scanning service shows each result at the file that artifact names.
func ExampleSARIF() {
	var log bytes.Buffer
	if err := report.SARIF(&log, audit.Lint(load()), "network"); err != nil {
		panic(err)
	}
	var part struct {
		Version string
		Runs    []struct {
			Results []struct {
				RuleID, Level string
				Locations     []struct {
					LogicalLocations []struct{ FullyQualifiedName string }
				}
			}
		}
	}
	if err := json.Unmarshal(log.Bytes(), &part); err != nil {
		panic(err)
	}
	fmt.Println(part.Version)
	for _, r := range part.Runs[0].Results {
		fmt.Println(r.Level, r.RuleID, r.Locations[0].LogicalLocations[0].FullyQualifiedName)
	}
	// Output:
	// 2.1.0
	// warning AVAILABILITY_ZONE_CROSSED nat-0a1b2c3d4e5f60001
	// note ENDPOINT_NAMES_OUTDATED vpce-099deb00b40f00e22
}
