package naming

import (
	"errors"
	"strconv"
	"strings"
)

// The reasons for which a name is rejected: the Err of a [ParseError]. Each
// text is the predicate of a sentence about the label. NAM numbers are rules
// of this library's specification of names.
var (
	// Host names in general (NAM-12 to NAM-16).
	ErrEmpty       = errors.New("no name")
	ErrNotHostName = errors.New("not a host name: a scheme, a port, a path or user information")
	ErrCharacter   = errors.New("a character that no host name holds")
	ErrTooLong     = errors.New("longer than 253 characters")
	ErrEmptyLabel  = errors.New("empty label")
	ErrLongLabel   = errors.New("longer than 63 characters")
	ErrHyphen      = errors.New("begins or ends with a hyphen")
	ErrAsterisk    = errors.New("an asterisk is only allowed as the whole leftmost label")

	// Names under a vpce suffix (sections 1 to 4).
	ErrNoVPCESuffix = errors.New("the name does not end in a vpce suffix")
	ErrRegion       = errors.New("not a Region")
	ErrPartition    = errors.New("not a suffix of the Region's partition")
	ErrNoService    = errors.New("no service label before the Region")
	ErrServiceID    = errors.New("an endpoint service's id belongs directly before the Region, and is vpce-svc- and 17 hex digits")
	ErrNoEndpoint   = errors.New("no endpoint label: the base name of a service")
	ErrEndpointID   = errors.New("no endpoint id: vpce- and 17 (or 8) hex digits")
	ErrSuffix       = errors.New("no 8-character suffix after the endpoint id")
	ErrZone         = errors.New("not a zone of the name's Region")
	ErrZoneID       = errors.New("an Availability Zone id where the name of a zone belongs")
	ErrStrayVPCE    = errors.New("holds vpce- and is no endpoint label")
	ErrPrivateAPI   = errors.New("the form of a private API's name, which does not stand under a vpce suffix")
	ErrPrefix       = errors.New("not a prefix of an endpoint name: an asterisk or, for s3, bucket, accesspoint or control next to the endpoint label")

	// Resource names (section 1).
	ErrResource = errors.New("not the name of a VPC resource")

	// Service names (section 6).
	ErrServiceName = errors.New("not the name of an endpoint service")
)

// A ParseError says why a text is not the name it was read as.
type ParseError struct {
	In    string // the input, as it came
	Label string // the label at fault, in lower case where folded; "" if it is the whole
	Err   error  // the reason: one of this package's Err values
}

// Error names the input, the label and the reason. A long input is cut.
func (e *ParseError) Error() string {
	return strconv.Quote(clip(e.In)) + ": " + e.Reason()
}

// Reason names the label and the reason, without the input.
func (e *ParseError) Reason() string {
	if e.Label == "" {
		return e.Err.Error()
	}
	return "label " + strconv.Quote(clip(e.Label)) + ": " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *ParseError) Unwrap() error { return e.Err }

func clip(s string) string {
	const most = maxName + len(".")
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}

// A fault is a rejection on its way to becoming a ParseError; the zero fault
// is none.
type fault struct {
	why   error
	label string
}

func (f fault) in(s string) error { return &ParseError{In: s, Label: f.label, Err: f.why} }

// Hint returns what was likely meant, for the mistakes that are often made; ""
// for all others:
//
//   - the template that AWS's guide misprints, with a hyphen before the service
//     (NAM-11);
//   - the id of a zone where the name of one belongs (NAM-22);
//   - a URL, or a host and port, where a host name belongs (NAM-16).
func (e *ParseError) Hint() string {
	switch {
	case errors.Is(e.Err, ErrSuffix), errors.Is(e.Err, ErrNoService):
		id, service := cutEndpointID(e.Label)
		text, f := fold(e.In)
		rest, first := strings.CutPrefix(text, e.Label+".")
		region, _, _ := strings.Cut(rest, ".")
		if _, ok := LookupRegion(region); f.why != nil || id == "" || service == "" || !first || !ok {
			return ""
		}
		return "a dot stands before the service: " + id + "-<8 characters>." + service + "." + rest
	case errors.Is(e.Err, ErrZoneID):
		return "a zone's name belongs here, which differs from account to account: the subnets tell which name has this id"
	case errors.Is(e.Err, ErrNotHostName):
		return "give the host name alone"
	}
	return ""
}

// cutEndpointID cuts an endpoint id and a hyphen off a label; the id is "" if
// the label does not begin with one.
func cutEndpointID(label string) (id, rest string) {
	for _, n := range [...]int{longID, shortID} {
		if len(label) > n && label[n] == '-' && isEndpointID(label[:n]) {
			return label[:n], label[n+1:]
		}
	}
	return "", ""
}
