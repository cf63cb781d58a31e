package catalog

import (
	"slices"
	"strconv"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// A Level says where a row of the catalogue comes from, in one letter. The zero
// Level is none: it is that of the zero Service.
type Level byte

// The levels, strongest first.
const (
	Observed   Level = 'O' // in AWS API output as published
	Stated     Level = 'A' // AWS documentation says so
	None       Level = 'N' // AWS documents that there is no private DNS name
	Tabled     Level = 'T' // in a hand-written table of AWS-authored code
	PublicHost Level = 'D' // a public host of that name is in botocore
	Ruleset    Level = 'R' // only output of botocore's endpoint ruleset tests
	Inferred   Level = 'I' // by the rule only (NAM-33)
)

// String returns the letter; "" for what is no level.
func (l Level) String() string {
	if l.Evidence() == naming.Unknown {
		return ""
	}
	return string(rune(l))
}

// Evidence returns Documented for Observed, Stated and None, Modelled for the
// other levels, and Unknown for what is no level.
func (l Level) Evidence() naming.Evidence {
	switch l {
	case Observed, Stated, None:
		return naming.Documented
	case Tabled, PublicHost, Ruleset, Inferred:
		return naming.Modelled
	}
	return naming.Unknown
}

// A Service is one row of the catalogue: a service of one type. The zero
// Service is none. Services are comparable with ==.
type Service struct {
	// Name is the service name, with {region} for the Region, and {cell} or a
	// final cellN where a service has one name per cell.
	Name  string
	Short string        // the short name: "ecr.api"
	Type  endpoint.Type // Interface or Gateway
	// Global services have no Region in their name.
	Global bool
	Level  Level
	Source string // where the row was found, for people
	Note   string // what else its source says, for people: how names changed, a port, a zone to make; "" if nothing

	labels, private, ports, dualStack string // as in the table
}

// PrivateNames returns the private DNS names of the service in a Region as the
// DnsEntries of an endpoint list them: the canonical name first, and for a
// wildcard the name without it and then the wildcard (NAM-34). region may be
// "" for a global service.
//
//  1. Level None, and a gateway endpoint: no names, Documented (NAM-07, NAM-36).
//  2. region is no Region, or the service is global and the Region is not of
//     partition aws: no names, Unknown and Unspecified.
//  3. Otherwise the names of the row, in the partition's domains, with the
//     evidence of its level.
func (s Service) PrivateNames(region string) ([]string, naming.Evidence) {
	if s.Type == endpoint.Gateway {
		return nil, naming.Documented
	}
	return s.privateNames(region, "")
}

func (s Service) privateNames(region, cell string) ([]string, naming.Evidence) {
	p, ok := naming.PartitionOf(region)
	switch {
	case s.Level == None:
		return nil, naming.Documented
	case s.Global && region == "":
		p, _ = naming.LookupPartition("aws")
	case !ok:
		return nil, naming.Unknown
	case s.Global && p.ID != "aws":
		return nil, naming.Unspecified
	}
	var names []string
	for name := range s.templates(region, p) {
		name = fill(name, region, p, cell)
		if base, wild := strings.CutPrefix(name, "*."); wild {
			names = append(names, base)
		}
		names = append(names, name)
	}
	return names, s.Level.Evidence()
}

// templates yields the row's private names that hold in that Region.
func (s Service) templates(region string, p naming.Partition) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for cell := range strings.FieldsSeq(s.private) {
			if name, ok := applies(cell, region, p); ok && !yield(name) {
				return
			}
		}
	}
}

// applies takes the condition off a cell of the table, and reports whether it
// is met.
func applies(cell, region string, p naming.Partition) (string, bool) {
	name, places, ok := strings.Cut(cell, "@")
	if !ok {
		return name, true
	}
	places, not := strings.CutPrefix(places, "!")
	in := false
	for place := range strings.SplitSeq(places, ",") {
		in = in || place == region || place == p.ID
	}
	return name, in != not
}

// fill puts Region, cell and the partition's domains into a name of the table.
func fill(name, region string, p naming.Partition, cell string) string {
	name = strings.ReplaceAll(name, "{region}", region)
	if cell != "" {
		name = strings.ReplaceAll(strings.ReplaceAll(name, "{cell}", cell), "cellN", cell)
	}
	for _, d := range [...][2]string{{"amazonaws.com", p.DNSSuffix}, {"api.aws", p.DualStackSuffix}} {
		if head, ok := strings.CutSuffix(name, "."+d[0]); ok {
			return head + "." + d[1]
		}
	}
	return name
}

// Label returns the service's labels in vpce names in that Region ("api.ecr"),
// and whether that was observed; otherwise it is inferred from the private
// name (NAM-32). It is "" for a gateway service.
func (s Service) Label(region string) (label string, observed bool) {
	if s.Type == endpoint.Gateway {
		return "", false
	}
	p, _ := naming.PartitionOf(region)
	for cell := range strings.FieldsSeq(s.labels) {
		name, ok := applies(cell, region, p)
		if !ok {
			continue
		}
		plain, inferred := strings.CutSuffix(name, "?")
		label, observed = plain, !inferred // the last that applies is the most special
	}
	return label, observed
}

// Ports returns the TCP ports of the service, or nil if they are not known.
func (s Service) Ports() []uint16 {
	var ports []uint16
	for field := range strings.SplitSeq(s.ports, ",") {
		if n, err := strconv.ParseUint(field, 10, 16); err == nil {
			ports = append(ports, uint16(n))
		}
	}
	return ports
}

// PublicDualStack returns a public dual-stack name of the service in a Region
// that is not known to be one of its private names (NAM-35), or "".
func (s Service) PublicDualStack(region string) string {
	p, ok := naming.PartitionOf(region)
	if !ok || s.dualStack == "" {
		return ""
	}
	return fill(strings.TrimPrefix(s.dualStack, "~"), region, p, "")
}

// In returns the service's name in a Region. A service that is listed with the
// partition's reversed suffix there has that for a prefix (NAM-30). ok is
// false if region is no Region, or another than the only one whose name the
// service has, or if the service has one name per cell. region is "" for a
// global service.
func (s Service) In(region string) (name naming.ServiceName, ok bool) {
	var err error
	if rest, plain := strings.CutPrefix(s.Name, "com.amazonaws.{region}."); plain {
		name, err = naming.NewServiceName(rest, region)
	} else {
		name, err = naming.ParseServiceName(strings.ReplaceAll(s.Name, "{region}", region))
	}
	return name, err == nil && name.Region() == region
}

// cellOf returns what stands for the cell in a short name of this service.
func (s Service) cellOf(short string) (cell string, ok bool) {
	if head, tail, found := strings.Cut(s.Short, "{cell}"); found {
		cell, ok = strings.CutPrefix(short, head)
		if !ok {
			return "", false
		}
		cell, ok = strings.CutSuffix(cell, tail)
		return cell, ok && cell != "" && strings.IndexByte(cell, '.') < 0
	}
	if head, found := strings.CutSuffix(s.Short, "cellN"); found {
		cell, ok = strings.CutPrefix(short, head)
		digits, ok2 := strings.CutPrefix(cell, "cell")
		_, err := strconv.ParseUint(digits, 10, 16)
		return cell, ok && ok2 && err == nil
	}
	return "", false
}

// hasCells reports whether the service has one name per cell.
func (s Service) hasCells() bool {
	return strings.Contains(s.Short, "{cell}") || strings.HasSuffix(s.Short, "cellN")
}

// compare orders services by their short names, then names, then types.
func (s Service) compare(o Service) int {
	return slices.Compare([]string{s.Short, s.Name, string(s.Type)}, []string{o.Short, o.Name, string(o.Type)})
}
