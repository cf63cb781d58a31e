// Package describe reads a network from the JSON that the AWS CLI prints, and
// prints it back: files <-> [trace.Inventory].
//
// The input is a directory ([Read], [Load]) or one stream ([ReadFrom]):
//
//	aws ec2 describe-vpcs              > world/vpcs.json
//	aws ec2 describe-vpc-endpoints     > world/endpoints.json
//	aws ec2 describe-network-interfaces --filters Name=interface-type,Values=vpc_endpoint > world/enis.json
//
//	w, err := describe.Load(os.DirFS("world"))
//
// # What is read
//
// Names of files mean nothing, but for the ids below. A JSON document is
// recognised by its keys, in exactly this spelling; other keys are ignored,
// and so are documents without any of these. Several files with one key add
// up, so accounts and Regions can have directories of their own.
//
//	key                                  from
//	Vpcs, Subnets, RouteTables,          aws ec2 describe-…
//	  InternetGateways, NatGateways,
//	  EgressOnlyInternetGateways,
//	  NetworkInterfaces, VpcEndpoints,
//	  SecurityGroups, NetworkAcls,
//	  VpcPeeringConnections,
//	  TransitGatewayAttachments,
//	  TransitGatewayVpcAttachments,
//	  TransitGatewayRouteTables
//	Routes, each with                    search-transit-gateway-routes; the table's id
//	  TransitGatewayAttachments            (tgw-rtb-…) is taken from the file's name
//	VpcId with EnableDnsSupport          describe-vpc-attribute
//	  or EnableDnsHostnames
//	PrefixLists, with Cidrs or without   describe-prefix-lists, describe-managed-prefix-lists
//	Entries, each with a Cidr            get-managed-prefix-list-entries; the list's id
//	                                       (pl-…) is taken from the file's name
//	ServiceDetails                       describe-vpc-endpoint-services
//	HostedZone, with VPCs or VPC         aws route53 get-hosted-zone, create-hosted-zone
//	HostedZones                          list-hosted-zones
//	HostedZoneSummaries                  list-hosted-zones-by-vpc; the VPC's id (vpc-…)
//	                                       is taken from the file's name
//	ResourceRecordSets                   list-resource-record-sets; the zone's id (Z…) is taken
//	                                       from the file's name, else the zone from its SOA
//	ResolverRules, ResolverEndpoints,    aws route53resolver list-…
//	  ResolverRuleAssociations
//	ProfileAssociations,                 aws route53profiles list-…
//	  ProfileResourceAssociations
//
// Around them, these shapes are accepted, alone or nested, several documents in
// one file included:
//
//	{"VpcEndpoints": […]}                 a command's output; lists may be null
//	{"VpcEndpoint": {…}}                  one object, as create-vpc-endpoint prints it
//	[{"SubnetId": …, "CidrBlock": …}]     what --query left: objects with their id and
//	                                      one more key that tells what they are
//	[[{"DnsName": …}]]                    endpoints' DnsEntries: endpoints that have an
//	                                      id and names, and nothing else
//	{"status_code": 200, "data": {…}}     a recorder's envelope
//	the Go SDK's own encoding             the same keys, with ResultMetadata
//
// Byte order marks, CRLF and UTF-16 (as Windows PowerShell writes) are read.
//
// # One id, one object
//
// What stands twice with the same content is one object, whatever the order of
// lists inside it. If the content differs, the first one counts, in the order
// of the files' paths, and a Finding CONFLICTING_OBJECTS names the keys and the
// files. Prefix lists and hosted zones are put together from the commands that
// each print a part of them, peering connections and transit gateway
// attachments from what the accounts on their sides see. Attributes, entries, routes and record sets of an
// object that no file describes make an object with nothing else: they are
// facts all the same. Output whose object is told neither by itself nor by its
// file's name is left out, with a Finding FILE_ID_MISSING.
//
// Nothing else is checked or changed here: states, types and timestamps in all
// their spellings are kept as AWS printed them, names in Route 53's output keep
// their final dot and their "\052", and references to what the input does not
// have are no errors. Only hosted zones' ids lose their "/hostedzone/". CIDRs
// and addresses are read by [trace.New].
//
// # Errors
//
// Broken JSON, a value of a type that AWS does not print in its place and an
// object without id are errors. They are gathered over all files, each a
// [*FileError] with the line, the column and the path of the value:
//
//	subnets.json:3:22: Subnets[0].CidrBlock: want a string, found a number
//
// # Not modelled
//
// Pages: the CLI follows them by itself, and with --max-items the pages add up
// if all of them are there. YAML, text and table output. Instances, elastic
// addresses and load balancers; their outputs are skipped.
//
// All functions are safe for concurrent use, and give the same result for the
// same input whatever the machine.
package describe
