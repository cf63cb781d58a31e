// Package naming reads and writes the names that AWS PrivateLink gives to
// endpoints, services and Regions. It works on text alone: it asks no DNS
// server and knows no account, and it does not guess.
//
// An interface endpoint has one Regional DNS name, and one zonal DNS name for
// each of its subnets' Availability Zones. The AWS page "Access AWS services
// through AWS PrivateLink" shows those of an endpoint for Amazon CloudWatch:
//
//	vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com
//	vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com
//	└─ endpoint id ──────┘ └suffix┘ └─ zone ─┘ └service─┘ └Region─┘ └─ domain ───────┘
//
// [Parse] reads such a name strictly, from right to left, and says which label
// breaks which rule; [New] builds one from its [Parts]; [Name.Zonal] and
// [Name.Regional] go from one to the other. [Classify] tells of any host name
// whether it is such a name, of the form of another AWS service's, or foreign,
// and fails closed: what looks like an endpoint's name and is none is not
// valid. [ParseServiceName] reads the names of endpoint services
// (com.amazonaws.us-east-2.monitoring) in every partition.
//
// # Names as text
//
// [Name] and [ServiceName] hold their canonical text: in lower case, without a
// final dot. They are comparable with ==, their String is free, and their text
// methods serve JSON and flags. Their zero values are invalid. Everything in
// this package is safe for concurrent use.
//
// # Not modelled
//
// Whether a service, a Region or an endpoint exists today; which private DNS
// names a service has (package endpoint/catalog); internationalised domain
// names; names with an underscore, which are no host names (NAM-14). Regions
// younger than [DataDate] are known by their partition's pattern only. Several
// partitions' vpce suffixes were never observed: [Partition.VPCEEvidence].
//
// The tables in data are turned into tables.go by go generate. Rule numbers
// (NAM-01 to NAM-44) are those of the project's specification of names.
package naming
