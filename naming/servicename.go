package naming

import (
	"slices"
	"strings"
)

// A ServiceName is the name of an endpoint service: com.amazonaws.us-east-2.monitoring.
// It holds its text as AWS writes it. ServiceNames are comparable with == and
// may be keys of a map. The zero ServiceName is invalid.
//
// S3 and DynamoDB have one name for two services, an Interface and a Gateway
// one: the key of a service is its name and its type (NAM-30).
type ServiceName struct {
	s string
	// Where the prefix ends, and where Region and short name start; reg is
	// short for a name without Region.
	prefix, reg, short uint8
}

// servicePrefixes are the beginnings of service names, other than those of
// [Partition.ReversedPrefix] (NAM-30).
var servicePrefixes = [...]string{"aws.api.global", "aws.api", "api.aws", "aws.sagemaker"}

// ParseServiceName reads the name of an endpoint service, in lower case:
//
//	com.amazonaws.<region>.<short>            AWS services, in every partition
//	cn.com.amazonaws.<region>.<short>         some, with their partition's own suffix reversed
//	aws.api.<region>.<short>                  and api.aws., aws.sagemaker.
//	com.amazonaws.<short>                     global services: iam, s3-global.accesspoint
//	aws.api.global.<short>
//	com.amazonaws.vpce.<region>.vpce-svc-<17 hex>     customers' services, in every partition
//
// The longest prefix is matched; the next label is the Region only if it is
// one; the rest, one to three labels, is the short name (NAM-30). The error is
// a [ParseError]: a reason of [CanonicalHost], [ErrServiceName] for another
// prefix, for upper case or for too many labels, [ErrNoService] if no short
// name is there, or [ErrServiceID] or [ErrRegion] in a customer's service.
func ParseServiceName(s string) (ServiceName, error) {
	n, f := parseServiceName(s)
	if f.why != nil {
		return ServiceName{}, f.in(s)
	}
	return n, nil
}

// MustParseServiceName is [ParseServiceName] for names known to be right, in
// tests and tables. It panics if s is not a service name.
func MustParseServiceName(s string) ServiceName {
	n, err := ParseServiceName(s)
	if err != nil {
		panic(err)
	}
	return n
}

func parseServiceName(s string) (ServiceName, fault) {
	none := ServiceName{}
	if !canonical(s) {
		text, f := fold(s)
		switch {
		case f.why != nil:
			return none, f
		case text != s || text[0] == '*':
			return none, fault{why: ErrServiceName}
		}
	}
	end := servicePrefix(s)
	if end == 0 {
		return none, fault{why: ErrServiceName}
	}
	if end == len(s) {
		return none, fault{why: ErrNoService}
	}
	owner := false
	rest := s[end+1:]
	if s[:end] != "aws.api.global" && (rest == "vpce" || strings.HasPrefix(rest, "vpce.")) {
		owner = true
		end += len(".vpce")
		if end == len(s) {
			return none, fault{why: ErrRegion}
		}
	}
	n := ServiceName{s: s, prefix: uint8(end), reg: uint8(end + 1), short: uint8(end + 1)}
	_, hi := label(s, end+1)
	_, p := findRegion(s[end+1 : hi])
	switch {
	case p >= 0 && hi == len(s):
		return none, fault{ErrNoService, s[end+1 : hi]}
	case p >= 0:
		n.short = uint8(hi + 1)
	case owner:
		return none, fault{ErrRegion, s[end+1 : hi]}
	}
	switch short := s[n.short:]; {
	case owner && !isServiceID(short):
		return none, fault{ErrServiceID, short}
	case strings.Count(short, ".") > 2:
		return none, fault{ErrServiceName, short}
	}
	return n, fault{}
}

// servicePrefix returns the end of the longest prefix of service names that s
// begins with, or 0.
func servicePrefix(s string) int {
	end := 0
	try := func(p string) {
		if len(p) > end && hasLabels(s, p) {
			end = len(p)
		}
	}
	for i := range partitions {
		try(partitions[i].ReversedPrefix)
	}
	for _, p := range servicePrefixes {
		try(p)
	}
	return end
}

// hasLabels reports whether the labels of s begin with those of p.
func hasLabels(s, p string) bool {
	return strings.HasPrefix(s, p) && (len(s) == len(p) || s[len(p)] == '.')
}

// NewServiceName returns the service name of an AWS service, from its short
// name ("monitoring", "ecr.api") and a Region. The prefix is com.amazonaws, or
// the reversed suffix of the Region's partition for the services that are
// listed with it in that Region; in China some exist under both. Users whose
// account shows another name should parse that instead. The error is a
// [ParseError]: [ErrRegion], or a reason of [ParseServiceName].
func NewServiceName(short, region string) (ServiceName, error) {
	p, ok := PartitionOf(region)
	if !ok {
		return ServiceName{}, &ParseError{In: short + " in " + region, Label: region, Err: ErrRegion}
	}
	prefix := "com.amazonaws"
	if _, reversed := slices.BinarySearch(reversedShorts(region), short); reversed {
		prefix = p.ReversedPrefix
	}
	if short == "" {
		return ServiceName{}, &ParseError{In: prefix + "." + region, Err: ErrNoService}
	}
	return ParseServiceName(prefix + "." + region + "." + short)
}

// IsValid reports whether n is a service name, and not the zero ServiceName.
func (n ServiceName) IsValid() bool { return n.s != "" }

// Prefix returns the beginning of the name, verbatim: "com.amazonaws",
// "cn.com.amazonaws", "aws.api", "com.amazonaws.vpce".
func (n ServiceName) Prefix() string { return n.s[:n.prefix] }

// Region returns the Region in the name, or "" if it has none.
func (n ServiceName) Region() string {
	if n.reg == n.short {
		return ""
	}
	return n.s[n.reg : n.short-1]
}

// Short returns the short name: "monitoring", "ecr.api", or the id of a
// customer's service, "vpce-svc-0762b4928b8687636".
func (n ServiceName) Short() string { return n.s[n.short:] }

// IsOwned reports whether n names a customer's endpoint service, as against a
// service of AWS.
func (n ServiceName) IsOwned() bool {
	return strings.HasSuffix(n.Prefix(), ".vpce")
}

// Partition returns the partition of the Region in the name. Of a name without
// Region it returns the partition whose reversed suffix is the prefix, if only
// one has it; otherwise aws. The zero ServiceName has the zero Partition.
func (n ServiceName) Partition() Partition {
	if n.s == "" {
		return Partition{}
	}
	if p, ok := PartitionOf(n.Region()); ok {
		return p
	}
	for i := range partitions {
		if partitions[i].ReversedPrefix == n.Prefix() {
			return partitions[i]
		}
	}
	return partitions[0]
}

// ReversedShort returns the labels of the short name from right to left:
// "api.ecr" for ecr.api. As a rule these are the labels in vpce names and the
// beginning of the default DNS name (NAM-32, NAM-33); package endpoint/catalog
// holds the exceptions.
func (n ServiceName) ReversedShort() string {
	short := n.Short()
	if strings.IndexByte(short, '.') < 0 {
		return short
	}
	labels := strings.Split(short, ".")
	slices.Reverse(labels)
	return strings.Join(labels, ".")
}

// In returns the name of the same service in another Region, with the same
// prefix. The error is a [ParseError] of [ErrRegion], also for a name without
// Region.
func (n ServiceName) In(region string) (ServiceName, error) {
	if _, ok := LookupRegion(region); !ok || n.Region() == "" {
		return ServiceName{}, &ParseError{In: n.s, Label: region, Err: ErrRegion}
	}
	return ParseServiceName(n.Prefix() + "." + region + "." + n.Short())
}

// String returns the name as AWS writes it. The zero ServiceName prints
// "invalid ServiceName".
func (n ServiceName) String() string {
	if n.s == "" {
		return "invalid ServiceName"
	}
	return n.s
}

// AppendTo appends the name to b; nothing for the zero ServiceName.
func (n ServiceName) AppendTo(b []byte) []byte { return append(b, n.s...) }

// AppendText implements [encoding.TextAppender]; it never fails.
func (n ServiceName) AppendText(b []byte) ([]byte, error) { return n.AppendTo(b), nil }

// MarshalText implements [encoding.TextMarshaler]; it never fails. The zero
// ServiceName is the empty text.
func (n ServiceName) MarshalText() ([]byte, error) { return []byte(n.s), nil }

// UnmarshalText implements [encoding.TextUnmarshaler] by [ParseServiceName].
// The empty text is the zero ServiceName. On an error n is left alone.
func (n *ServiceName) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*n = ServiceName{}
		return nil
	}
	v, err := ParseServiceName(string(text))
	if err == nil {
		*n = v
	}
	return err
}

// Compare orders service names by their text; the zero ServiceName comes
// first.
func (n ServiceName) Compare(o ServiceName) int { return strings.Compare(n.s, o.s) }

// DefaultName returns the default Regional DNS name of a service, from its
// service code ("monitoring", "api.ecr") and a Region of any partition, in lower
// case: monitoring.us-east-2.amazonaws.com (NAM-26). Whether the service exists
// there, or has dual-stack or FIPS names, it does not tell (NAM-28). The error
// is a [ParseError]: [ErrRegion], or a reason of [CanonicalHost].
func DefaultName(service, region string) (string, error) {
	p, ok := PartitionOf(region)
	if !ok {
		return "", &ParseError{In: service + "." + region, Label: region, Err: ErrRegion}
	}
	return CanonicalHost(service + "." + region + "." + p.DNSSuffix)
}

// DefaultURL returns "https://" and the [DefaultName]: a service's endpoint as
// AWS's pages write it, protocol://service_code.region_code.amazonaws.com, and
// as SDKs and the CLI take it (endpoint_url). The errors are DefaultName's.
func DefaultURL(service, region string) (string, error) {
	name, err := DefaultName(service, region)
	if err != nil {
		return "", err
	}
	return "https://" + name, nil
}
