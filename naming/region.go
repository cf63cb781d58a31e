package naming

import (
	"iter"
	"slices"
	"strings"
)

//go:generate go run gen.go

// A Region is an AWS Region. The zero Region is none.
type Region struct {
	Name        string // "us-east-2"
	Partition   string // "aws": the ID of its [Partition]
	Description string // "US East (Ohio)"; "" if the Region is not listed
	// Listed reports whether the tables of [DataDate] hold the Region. One
	// that they do not hold matches its partition's RegionPattern.
	Listed bool
}

// A Partition is a group of Regions with accounts, domains and service names
// of its own. The zero Partition is none.
type Partition struct {
	ID              string // "aws"
	DNSSuffix       string // "amazonaws.com"
	DualStackSuffix string // "api.aws"
	VPCESuffix      string // "vpce.amazonaws.com" (NAM-25)
	// VPCEEvidence says how well the VPCESuffix is founded: Documented where
	// names that end so were observed, else Modelled. VPCESource says why.
	VPCEEvidence   Evidence
	VPCESource     string
	ReversedPrefix string // "com.amazonaws": the DNSSuffix from right to left
	// RegionPattern is botocore's regular expression for the names of the
	// partition's Regions, from ^ to $; a name that matches is a Region's as far
	// as it is a label (NAM-18), which is what [LookupRegion] decides.
	RegionPattern string
}

// Regions yields the listed Regions in the order of their names. Pseudo
// Regions such as aws-global are not among them.
func Regions() iter.Seq[Region] { return slices.Values(regions[:]) }

// Partitions yields the partitions, in the order of the tables: aws first.
func Partitions() iter.Seq[Partition] { return slices.Values(partitions[:]) }

// LookupRegion returns the Region of that name, which must be in lower case.
// It is listed, or its name matches the pattern of one partition and Listed
// is false (NAM-18). Otherwise ok is false.
func LookupRegion(name string) (r Region, ok bool) {
	i, p := findRegion(name)
	switch {
	case p < 0:
		return Region{}, false
	case i < 0:
		return Region{Name: name, Partition: partitions[p].ID}, true
	default:
		return regions[i], true
	}
}

// LookupPartition returns the partition with that ID, which must be in lower
// case; ok is false if there is none.
func LookupPartition(id string) (p Partition, ok bool) {
	for i := range partitions {
		if partitions[i].ID == id {
			return partitions[i], true
		}
	}
	return Partition{}, false
}

// PartitionOf returns the partition of a Region, listed or not, whose name must
// be in lower case; ok is false if region names none.
func PartitionOf(region string) (p Partition, ok bool) {
	_, i := findRegion(region)
	if i < 0 {
		return Partition{}, false
	}
	return partitions[i], true
}

// findRegion returns the places of the Region and of its partition in the
// tables: -1 for a Region that only matches a pattern, and -1 for both if s is
// no Region.
func findRegion(s string) (region, partition int) {
	if i := regionIndex(s); i >= 0 {
		return i, int(regionPartition[i])
	}
	if len(s) > maxLabel {
		return -1, -1 // NAM-14 comes first
	}
	for _, h := range regionHeads {
		if rest, ok := strings.CutPrefix(s, h.head); ok && isRegionTail(rest) {
			return -1, int(h.partition)
		}
	}
	return -1, -1
}

// isRegionTail matches \w+-\d+, as far as a label can hold it: \w admits an
// underscore, which no label holds (NAM-18).
func isRegionTail(s string) bool {
	word, number, ok := strings.Cut(s, "-")
	return ok && allAlnum(word) && allDigits(number)
}

// The kinds of domain.
const (
	dnsDomain       = iota // a partition's DNS suffix
	dualStackDomain        // a partition's dual-stack suffix
	familyDomain           // another domain of AWS services (NAM-29)
)

// A domain is one that names of AWS services end in.
type domain struct {
	text           string
	kind           uint8
	partitions     uint16   // which it serves, as bits
	vpcePartitions uint16   // in which "vpce." before it makes a vpce suffix
	vpce           Evidence // how well that is founded
}

// endings are the last seven bytes of a dot and each domain, by their hash; by
// chance, those of one foreign name in a hundred are among them.
var endings = func() (t [1024]bool) {
	for i := range domains {
		s := "." + domains[i].text
		t[ending(load("x"+s, len(s)+1-8))] = true
	}
	return t
}()

// ending returns the place in endings of a name whose last eight bytes are the
// word w: of seven of them, as in ".on.aws", the shortest.
func ending(w uint64) uint64 { return w >> 8 * 0x9e3779b97f4a7c15 >> 54 }

// findDomain returns the domain that the canonical name s ends in, and where
// it starts; nil if s ends in none, or is nothing but the domain.
func findDomain(s string) (*domain, int) {
	if s == "" {
		return nil, 0
	}
	last := s[len(s)-1] - 'a'
	if int(last) >= len(domainsEnding) {
		return nil, 0
	}
	for i := domainsEnding[last].lo; i < domainsEnding[last].hi; i++ {
		d := &domains[i]
		if at := len(s) - len(d.text); at > 1 && s[at-1] == '.' && s[at:] == d.text {
			return d, at
		}
	}
	return nil, 0
}

// findVPCESuffix returns the domain and the start of the vpce suffix that the
// canonical name s ends in; nil if it ends in none. The name may be nothing
// but the suffix.
func findVPCESuffix(s string) (*domain, int) {
	d, at := findDomain(s)
	if d == nil || d.vpcePartitions == 0 || at < len("vpce.") || s[at-len("vpce."):at] != "vpce." {
		return nil, 0
	}
	if at -= len("vpce."); at > 0 && s[at-1] != '.' {
		return nil, 0
	}
	return d, at
}
