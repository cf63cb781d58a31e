// Package catalog holds what is known of the AWS services that offer VPC
// endpoints: the labels in their vpce names, the private DNS names they answer
// to, and the hosts that are easily taken for covered ones; each row with its
// source and the evidence for it.
//
// The rule of thumb, short name reversed and Region and suffix behind it, is
// wrong for many services, and most hand-made private hosted zones that fail,
// fail for it: ecr.api is api.ecr, kinesis-streams is kinesis, ecr.dkr needs a
// wildcard. The worked example of the page "Access AWS services through AWS
// PrivateLink" is the plain case:
//
//	s, _ := catalog.Default().Service(naming.MustParseServiceName("com.amazonaws.us-east-2.monitoring"), endpoint.Interface)
//	names, evidence := s.PrivateNames("us-east-2")
//	// monitoring.us-east-2.amazonaws.com and three more, documented
//
// What the user gives beats the tables: [New] lays the output of
// describe-vpc-endpoint-services over them, and an endpoint's own DnsEntries
// beat both (NAM-31): names depend on the day an endpoint was made.
//
// # Refreshing the data
//
// services.tsv and families.tsv are embedded as they are; nothing is
// generated. To refresh a row, put AWS's output in place of it: for a service
// the ServiceName, BaseEndpointDnsNames without Region and vpce suffix,
// PrivateDnsNames and the ServiceType that describe-vpc-endpoint-services
// prints, with level O and the Region and day as the source; then set the date
// in the file's first line, and [DataDate] to the later of the two. The tests
// check the form of every row.
//
// # Not modelled
//
// Which services exist in a Region today, prices and quotas, hosted zone ids
// (NAM-38), services of AWS Marketplace and customers beyond what the user
// gives. A Catalog does not change and is safe for concurrent use.
package catalog
