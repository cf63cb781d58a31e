package endpoint

import (
	"errors"
	"strconv"
)

// Reasons a [FieldError] wraps; test with errors.Is.
var (
	// ErrCIDR is a CIDR that netip.ParsePrefix does not read.
	ErrCIDR = errors.New("not a CIDR")
	// ErrAddress is an IP address that netip.ParseAddr does not read.
	ErrAddress = errors.New("not an IP address")
	// ErrID is a resource without an id.
	ErrID = errors.New("no id")
	// ErrValue is a field whose value its type does not allow.
	ErrValue = errors.New("value not allowed here")
)

// FieldError is a field of a resource that cannot be read into the model.
type FieldError struct {
	Resource string // the resource's id; for one without an id, its list and index, "Subnets[3]"
	Field    string // the path of the field below the resource, in AWS's spelling
	In       string // what stands there
	Err      error  // the reason
}

// Error names the resource, the field, the input and the reason.
func (e *FieldError) Error() string {
	s := e.Resource
	if e.Field != "" {
		s += ": " + e.Field
	}
	if e.In != "" {
		s += " " + strconv.Quote(e.In)
	}
	return s + ": " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *FieldError) Unwrap() error { return e.Err }
