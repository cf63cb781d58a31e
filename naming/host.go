package naming

// A Host is a host name and what can be told from its text alone. Whether the
// name exists, and which endpoint answers to it, the text does not tell.
// Hosts are comparable with ==. The zero Host is not valid.
type Host struct {
	s string // canonical; if kind is zero, the text as it came
	// Start and end are 0 for a part that is not there.
	bounds
	facts
}

// Facts are the rest of a Host in one word: a struct of more fields would not
// travel in registers.
type facts uint32

const (
	kindFact      = 1 << (8 * iota)
	partitionFact // the partition's index and one
	listedFact
)

func (f facts) kind() Kind     { return Kind(f) }
func (f facts) partition() int { return int(uint8(f/partitionFact)) - 1 }
func (f facts) listed() bool   { return f&listedFact != 0 }

// IsValid reports whether h is a host name that breaks no rule. It is false
// for what is no host name at all, and for a name that ends in a vpce suffix
// or has an endpoint's label and yet is not a name that AWS would make: such a
// host must not be taken for an endpoint, nor for a foreign name. Err says why.
func (h Host) IsValid() bool { return h.kind() != 0 }

// Kind returns what h names; the zero Kind if h is not valid.
func (h Host) Kind() Kind { return h.kind() }

// String returns the canonical text, in lower case and without a final dot. Of
// a Host that is not valid it returns the text as it came.
func (h Host) String() string { return h.s }

// Err returns nil if h is valid, and otherwise the [ParseError] that
// [ParseHost] returns for its text.
func (h Host) Err() error {
	if h.IsValid() {
		return nil
	}
	_, f := examine(h.s)
	return f.in(h.s)
}

// Name returns the endpoint's name, if h is one: ok is false unless Kind is
// KindRegional or KindZonal.
func (h Host) Name() (n Name, ok bool) {
	if h.kind() != KindRegional && h.kind() != KindZonal {
		return Name{}, false
	}
	return Name{h.s, h.bounds & (1<<atPrefixEnd - 1)}, true
}

// Prefix returns what stands before the service or the endpoint label: the
// prefix of an endpoint's name, an S3 bucket or access point, an account id of
// twelve digits, or an asterisk; "" if nothing does.
func (h Host) Prefix() string { return h.s[:h.at(atPrefixEnd)] }

// EndpointID returns the VpcEndpointId in a Regional or zonal name, a private
// API's name or a resource name; otherwise "".
func (h Host) EndpointID() string { return h.s[h.at(atEP):h.at(atID)] }

// Suffix returns the eight characters after the endpoint id, in a Regional or
// zonal name; otherwise "".
func (h Host) Suffix() string {
	n, _ := h.Name()
	return n.Suffix()
}

// Zone returns the name of the zone in a zonal name; otherwise "".
func (h Host) Zone() string {
	n, _ := h.Name()
	return n.Zone()
}

// Service returns the service's labels as written in the name: "monitoring",
// "monitoring-fips", "api.ecr", "s3.dualstack", "sts" in sts.amazonaws.com,
// "queue" in us-east-2.queue.amazonaws.com; "" for KindOther. Only the
// catalogue of services can say which service that is, and whether the first
// labels are a customer's.
func (h Host) Service() string { return h.s[h.at(atService):h.at(atServiceEnd)] }

// Region returns the Region in the name, or "".
func (h Host) Region() string { return h.s[h.at(atRegion):h.at(atRegionEnd)] }

// RegionListed reports whether the tables of [DataDate] hold the Region of the
// name. It is false for a name without Region.
func (h Host) RegionListed() bool { return h.listed() }

// Domain returns what follows the Region, or the service where that stands
// last: "vpce.amazonaws.com", "amazonaws.com", "api.aws"; "" for KindOther.
func (h Host) Domain() string {
	if h.at(atDomain) == 0 {
		return ""
	}
	return h.s[h.at(atDomain):]
}

// Partition returns the partition of the Region, or of the domain in a name
// without Region (aws where several share it); the zero Partition for
// KindOther.
func (h Host) Partition() Partition {
	if h.partition() < 0 {
		return Partition{}
	}
	return partitions[h.partition()]
}

// GatewayService tells names of the services that have gateway endpoints: it
// returns "s3", "dynamodb" or "s3express" for their public names, those of
// buckets, access points and accounts included, and "" for every other name.
// Such a name is Regional if Region is not "". S3 on Outposts, S3 Object
// Lambda and DynamoDB Streams are services of their own.
func (h Host) GatewayService() string {
	service := h.Service()
	switch h.kind() {
	case KindS3:
		switch {
		case hasLabelPrefix(service, "s3express"):
			return "s3express"
		case hasLabelPrefix(service, "s3-outposts"), hasLabelPrefix(service, "s3-object-lambda"):
			return ""
		}
		return "s3"
	case KindFIPS, KindDualStack, KindLegacy, KindGlobal, KindDefault:
		switch service {
		case "dynamodb", "dynamodb-fips", "ddb", "ddb-fips":
			return "dynamodb"
		}
	}
	return ""
}

// hasLabelPrefix reports whether s is p, or goes on with a hyphen or a dot.
func hasLabelPrefix(s, p string) bool {
	return len(s) >= len(p) && s[:len(p)] == p && (len(s) == len(p) || s[len(p)] == '-' || s[len(p)] == '.')
}
