package naming_test

import (
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/naming"
)

// telling are bytes on both sides of every limit of a range of the host names'
// characters, and those that differ from such a byte in the high bit.
const telling = "\x00,-./09:@AZ[`az{\x7f\x80\xad\xae\xb0\xe1\xfa\xfb\xff"

// foreignName returns a name of that length under no domain of AWS services,
// in labels that are no longer than a label may be and end at varying places.
func foreignName(n int) string {
	return (strings.Repeat("abcdefghi.klmnopqrstuvwxyz0123456789.", n/37+1) + "y")[:n-1] + "z"
}

// TestForeignBytes puts every telling byte into every place of names as long
// as a few words of eight bytes, a label or a name may be, and a little longer.
func TestForeignBytes(t *testing.T) {
	s := newSlow(t)
	for _, n := range []int{1, 7, 8, 9, 14, 15, 16, 17, 21, 22, 23, 29, 30, 31, 62, 63, 64, 65, 253, 254} {
		name := foreignName(n)
		s.compare(t, name)
		s.compare(t, name+".")
		s.compare(t, name+"..")
		for i := range n {
			for j := range len(telling) {
				s.compare(t, name[:i]+telling[j:j+1]+name[i+1:])
			}
		}
	}
}

// TestForeignPairs puts every two telling bytes next to each other, and six
// and seven bytes apart, into every place.
func TestForeignPairs(t *testing.T) {
	s := newSlow(t)
	for _, n := range []int{9, 16, 24} {
		for i := range n {
			for _, apart := range []int{1, 6, 7} {
				for j := range len(telling) {
					for _, c := range []byte("-.z{\xfa\xfb") {
						b := []byte(strings.Repeat("a", n))
						b[i] = telling[j]
						if i+apart < n {
							b[i+apart] = c
						}
						s.compare(t, string(b))
					}
				}
			}
		}
	}
}

// TestForeignLabels has labels of 63 and 64 characters in every place of a
// name.
func TestForeignLabels(t *testing.T) {
	s := newSlow(t)
	for _, n := range []int{62, 63, 64} {
		label := strings.Repeat("x", n)
		for before := range 70 {
			head := ""
			if before > 0 {
				head = foreignName(before) + "."
			}
			s.compare(t, head+label)
			s.compare(t, head+label+".example")
			s.compare(t, head+label[:n-2]+"-x.a-example")
		}
	}
}

// TestForeignVPCE has what begins like an endpoint's label behind every number
// of characters, with as many digits as make it one and one less, and before
// tails of several lengths.
func TestForeignVPCE(t *testing.T) {
	s := newSlow(t)
	for before := range 40 {
		head := ""
		if before > 0 {
			head = foreignName(before)
		}
		for _, sep := range []string{"", ".", "-", "e-", "x"} {
			for _, like := range []string{"vpce-01234567", "vpce-0123456", "vpce-0123456g", "vpce-0123456789abcdef0-x", "VPCE-01234567", "vpce.01234567", "upce-01234567"} {
				for _, tail := range []string{"", ".", ".x", "-a", ".a-b.example.com", ".internal"} {
					s.compare(t, head+sep+like+tail)
				}
			}
		}
	}
}

// TestForeignEndings has every domain of AWS services behind heads of several
// lengths, and the domains with another byte in every place.
func TestForeignEndings(t *testing.T) {
	s := newSlow(t)
	var domains []string
	for _, p := range s.partitions {
		domains = append(domains, p.dns, p.dual)
	}
	for d := range s.extra {
		domains = append(domains, d)
	}
	for _, d := range domains {
		for _, head := range []string{"", ".", "x", "x.", "a.", "sqs.", "ab.us-east-2.", "us-east-2."} {
			in := head + d
			s.compare(t, in)
			s.compare(t, in+".")
			for i := range len(in) {
				for _, c := range "x.-A" {
					s.compare(t, in[:i]+string(c)+in[i+1:])
				}
			}
		}
		if h := naming.Classify("x." + d); h.Kind() == naming.KindOther && h.Domain() == "" && s.extra[d] == nil {
			t.Errorf("x.%s is taken for foreign", d)
		}
	}
}

// TestServiceVPCE has "vpce-" at every place of a service of several lengths
// in an endpoint's name, where it is not allowed (NAM-08).
func TestServiceVPCE(t *testing.T) {
	s := newSlow(t)
	for before := range 20 {
		for after := range 20 {
			for _, like := range []string{"vpce-", "vpce.", "vpc3-", "e-"} {
				service := foreignName(before + 1)[:before] + like + foreignName(after + 1)[:after]
				s.compare(t, hostileV+"."+service+hostileS)
				s.compare(t, hostileV+"."+service+".a"+hostileS)
			}
		}
	}
}
