package zone

import (
	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// Config is the DNS half of a network: what [New] makes [Zones] of. It is
// plain data in AWS's shapes; slices may be nil, and their order never
// matters.
type Config struct {
	VPCs              []endpoint.VPC
	Subnets           []endpoint.Subnet
	NetworkInterfaces []endpoint.NetworkInterface
	Endpoints         []endpoint.Endpoint

	HostedZones                 []HostedZone
	ResolverRules               []ResolverRule
	ResolverRuleAssociations    []ResolverRuleAssociation
	ResolverEndpoints           []ResolverEndpoint
	ProfileAssociations         []ProfileAssociation
	ProfileResourceAssociations []ProfileResourceAssociation

	// Names returns the private DNS names of an endpoint whose DnsEntries do
	// not list any, as AWS would list them, with the evidence for them. It is
	// where a service catalogue plugs in; nil knows no names. Only [New] calls
	// it, in its own goroutine, once for each such endpoint that has private DNS
	// on; the endpoint's slices are those of the Config and not to be written to.
	Names func(endpoint.Endpoint) ([]string, naming.Evidence)

	// Public answers for the public DNS, where the user knows it; false where
	// the user does not. Its records are given. nil knows nothing: public
	// answers are then named as such and never invented.
	//
	// It is called inside [View.Lookup] and [View.LookupName], by many
	// goroutines at once if these are: it must be safe for that, and must not
	// block. name is in lower case and without final dot, "." for the root, and
	// what is not printable, a backslash and a dot inside a label stand in it as
	// Route 53 writes them, as a backslash and three octal digits. t is the type
	// that was asked. New does not call it.
	Public func(name string, t Type) (Answer, bool)

	// Forward answers for the targets of a FORWARD rule, where the user knows
	// it; false where the user does not. An answer of SERVFAIL stands for
	// targets that cannot be reached (Z8). nil knows nothing: what the targets
	// answer is then unknown.
	//
	// It is called as Public is, with the name in the same form. rule is a copy,
	// which the function may keep and write to.
	Forward func(rule ResolverRule, name string, t Type) (Answer, bool)

	// NegativeTTL is the TTL in seconds of the SOA record of negative answers
	// from hidden zones and from the zones of vpce names, which AWS does not
	// document; 0 stands for 900, which was observed on customers' zones, and
	// the MINIMUM of the record bounds it, 86400. A test of how long a client
	// keeps a negative answer sets it low.
	NegativeTTL uint32
}

// HostedZone is one Route 53 hosted zone as get-hosted-zone and
// list-resource-record-sets print it. A public one is kept, and is not
// consulted: the model's public view does not serve customers' zones.
type HostedZone struct {
	ID      string // "Z0123456789ABCDEFGHIJ", with or without "/hostedzone/"
	Name    string
	Private bool
	Comment string
	VPCs    []ZoneVPC

	// RecordSets is nil where the input does not have them: the zone then wins
	// names and answers unknown.
	RecordSets []RecordSet

	// OwningService is set on zones a service made (Z21).
	OwningService string
}

// ZoneVPC is the association of a private hosted zone with a VPC.
type ZoneVPC struct {
	VPCID     string `json:"VPCId"`
	VPCRegion string `json:"VPCRegion,omitempty"`
}

// RecordSet is one resource record set of a hosted zone as
// list-resource-record-sets prints it.
type RecordSet struct {
	Name            string           `json:"Name"`
	Type            string           `json:"Type"`
	TTL             uint32           `json:"TTL,omitempty"` // seconds; 0 for an alias
	ResourceRecords []ResourceRecord `json:"ResourceRecords,omitempty"`
	AliasTarget     *AliasTarget     `json:"AliasTarget,omitempty"`
	SetIdentifier   string           `json:"SetIdentifier,omitempty"` // set by every routing policy but simple
}

// ResourceRecord is one value of a record set, in Route 53's text form.
type ResourceRecord struct {
	Value string `json:"Value"`
}

// AliasTarget is where an alias record set points.
type AliasTarget struct {
	HostedZoneID         string `json:"HostedZoneId,omitempty"`
	DNSName              string `json:"DNSName"`
	EvaluateTargetHealth bool   `json:"EvaluateTargetHealth"`
}

// ResolverRule is one Resolver rule as list-resolver-rules prints it.
type ResolverRule struct {
	ID         string          `json:"Id"`
	DomainName string          `json:"DomainName"`
	RuleType   string          `json:"RuleType"` // FORWARD, SYSTEM, RECURSIVE, DELEGATE
	Status     string          `json:"Status,omitempty"`
	Name       string          `json:"Name,omitempty"`
	TargetIPs  []TargetAddress `json:"TargetIps,omitempty"`
	OwnerID    string          `json:"OwnerId,omitempty"`
}

// TargetAddress is one DNS server a FORWARD rule sends to.
type TargetAddress struct {
	IP   string `json:"Ip,omitempty"`
	IPv6 string `json:"Ipv6,omitempty"`
	Port int    `json:"Port,omitempty"`
}

// ResolverRuleAssociation ties a Resolver rule to a VPC.
type ResolverRuleAssociation struct {
	ID             string `json:"Id"`
	ResolverRuleID string `json:"ResolverRuleId"`
	VPCID          string `json:"VPCId"`
	Status         string `json:"Status,omitempty"`
}

// ResolverEndpoint is one inbound or outbound Resolver endpoint.
type ResolverEndpoint struct {
	ID        string `json:"Id"`
	Name      string `json:"Name,omitempty"`
	Direction string `json:"Direction"` // INBOUND, OUTBOUND, INBOUND_DELEGATION
	HostVPCID string `json:"HostVPCId"`
	Status    string `json:"Status,omitempty"`
}

// ProfileAssociation ties a Route 53 Profile to a VPC.
type ProfileAssociation struct {
	ID         string `json:"Id"`
	Name       string `json:"Name,omitempty"`
	ProfileID  string `json:"ProfileId"`
	ResourceID string `json:"ResourceId"` // the VPC
	Status     string `json:"Status,omitempty"`
	Priority   int    `json:"Priority,omitempty"` // 100 to 9900, lower first; 0: not given (Z36)
}

// ProfileResourceAssociation puts a resource, such as a private hosted zone,
// an interface endpoint or a Resolver rule, into a Route 53 Profile.
type ProfileResourceAssociation struct {
	ID           string `json:"Id"`
	Name         string `json:"Name,omitempty"`
	ProfileID    string `json:"ProfileId"`
	ResourceARN  string `json:"ResourceArn"`
	ResourceType string `json:"ResourceType,omitempty"`
	Status       string `json:"Status,omitempty"`
}
