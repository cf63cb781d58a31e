package terraform

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strconv"
	"strings"
)

// Reasons an [Error] wraps; test with errors.Is. A resource of a state without
// an id is endpoint.ErrID, a CIDR that is none endpoint.ErrCIDR, and so on.
var (
	// ErrSyntax is input that is not one JSON document.
	ErrSyntax = errors.New("broken JSON")
	// ErrFormat is JSON that terraform show -json did not print.
	ErrFormat = errors.New("not the output of terraform show -json")
	// ErrVersion is a format_version whose major number this package does not
	// know; the format's documentation asks to reject it.
	ErrVersion = errors.New("format version not supported")
	// ErrType is a JSON value of another type than the format or the provider
	// has in its place.
	ErrType = errors.New("wrong type")
	// ErrFailedPlan is a plan whose making failed: its planned values are not
	// all of them.
	ErrFailedPlan = errors.New("the plan failed, so its values are incomplete")
)

// Error is one thing of the input that cannot be read into the model.
type Error struct {
	Address string // of the resource instance: "module.vpc.aws_subnet.private[0]"; "" for the document itself
	Path    string // of the attribute, or of the JSON value in the document; "" for the whole
	Err     error  // the reason
}

// Error returns "address: path: reason", without what is not known.
func (e *Error) Error() string {
	var sb strings.Builder
	for _, s := range []string{e.Address, e.Path} {
		if s != "" {
			sb.WriteString(s + ": ")
		}
	}
	sb.WriteString(e.Err.Error())
	return sb.String()
}

// Unwrap returns the reason.
func (e *Error) Unwrap() error { return e.Err }

// newTypeError says which type was wanted and which was found.
func newTypeError(want string, found any) error {
	return fmt.Errorf("%w: want %s, found %s", ErrType, want, typeOf(found))
}

func typeOf(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return "true or false"
	case string:
		return "the string " + strconv.Quote(v)
	case json.Number:
		return "the number " + v.String()
	case []any:
		return "a list"
	}
	return "an object"
}

// envelopeError puts what encoding/json says of the envelope into an Error.
func envelopeError(err error) error {
	var wrong *json.UnmarshalTypeError
	var broken *json.SyntaxError
	switch {
	case errors.As(err, &wrong):
		want := "an object"
		switch wrong.Type.Kind() {
		case reflect.String:
			want = "a string"
		case reflect.Bool:
			want = "true or false"
		case reflect.Slice:
			want = "a list"
		}
		return &Error{Path: wrong.Field, Err: fmt.Errorf("%w: want %s, found %s", ErrType, want, wrong.Value)}
	case errors.As(err, &broken):
		return &Error{Err: fmt.Errorf("%w: byte %d: %w", ErrSyntax, broken.Offset, err)}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &Error{Err: fmt.Errorf("%w: %w", ErrSyntax, io.ErrUnexpectedEOF)}
	}
	return &Error{Err: err} // of the reader
}
