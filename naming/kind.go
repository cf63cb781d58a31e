package naming

import "errors"

// A Kind says what a host name names, as far as its text tells. The constants
// stand in the order of precedence: a host is of the first kind that fits. The
// zero Kind is that of a host that is not valid, and prints "".
//
// A kind is a form, and no proof of whose the name is: see the end of
// [Classify].
type Kind uint8

// The kinds of host name. Those from KindFIPS to KindDefault are forms of the
// names of AWS services, which customers' resources may have too.
const (
	KindRegional   Kind = iota + 1 // the Regional name of an interface endpoint
	KindZonal                      // the zonal name of an interface endpoint
	KindBase                       // the base name of an endpoint service, which is no endpoint's (NAM-06)
	KindResource                   // the name of a VPC resource (NAM-09)
	KindPrivateAPI                 // a private API through an endpoint (NAM-10)
	KindMWAA                       // the web server of a managed Airflow environment (NAM-10)
	KindS3                         // Amazon S3, buckets and access points included, in any family
	KindFIPS                       // of the form of a service's FIPS name (NAM-28)
	KindDualStack                  // of the form of a service's dual-stack name (NAM-27)
	KindLegacy                     // of the form of a service's older name: queue, or Region before service
	KindGlobal                     // of the form of a service's name without Region (NAM-29)
	KindDefault                    // of the form of a service's default Regional name, or of those of NAM-29
	KindOther                      // any other host name
)

var kindWords = [...]string{
	"", "regional", "zonal", "base", "resource", "private-api", "mwaa", "s3",
	"fips", "dual-stack", "legacy", "global", "default", "other",
}

// ErrKind is returned by [Kind.UnmarshalText] for any text that [Kind.String]
// does not print.
var ErrKind = errors.New("not a kind of host name")

// String returns the word for k: "regional", "zonal", "base", "resource",
// "private-api", "mwaa", "s3", "fips", "dual-stack", "legacy", "global",
// "default" or "other"; "" for the zero Kind and for no constant.
func (k Kind) String() string {
	if int(k) >= len(kindWords) {
		return ""
	}
	return kindWords[k]
}

// AppendText implements [encoding.TextAppender]; it never fails.
func (k Kind) AppendText(b []byte) ([]byte, error) { return append(b, k.String()...), nil }

// MarshalText implements [encoding.TextMarshaler]; it never fails.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler]. It accepts exactly what
// String prints, and leaves k alone and returns [ErrKind] otherwise.
func (k *Kind) UnmarshalText(text []byte) error {
	for i, w := range kindWords {
		if string(text) == w {
			*k = Kind(i)
			return nil
		}
	}
	return ErrKind
}
