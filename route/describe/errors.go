package describe

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Reasons that errors of this package wrap; test with errors.Is. A file that
// ends too early is ErrSyntax and io.ErrUnexpectedEOF; an object without its id
// is endpoint.ErrID.
var (
	// ErrNoKey means that the input holds no key that this package knows.
	ErrNoKey = errors.New("no recognised key")
	// ErrSyntax is input that is not JSON.
	ErrSyntax = errors.New("broken JSON")
	// ErrType is a JSON value of another type than AWS prints in its place.
	ErrType = errors.New("wrong type")
)

// FileError says which file could not be read, where in it, and why.
type FileError struct {
	File   string // the file's path below the root, or the name given to ReadFrom
	Line   int    // counted from 1; 0 if the error has no place in the file
	Column int    // in bytes, counted from 1
	Path   string // of the JSON value, as in "Subnets[3].CidrBlock"; "" at the top
	Err    error  // the reason
}

// Error returns "file:line:column: path: reason", without what is not known.
func (e *FileError) Error() string {
	var sb strings.Builder
	sb.WriteString(e.File)
	if e.Line > 0 {
		sb.WriteString(":" + strconv.Itoa(e.Line) + ":" + strconv.Itoa(e.Column))
	}
	sb.WriteString(": ")
	if e.Path != "" {
		sb.WriteString(e.Path + ": ")
	}
	sb.WriteString(e.Err.Error())
	return sb.String()
}

// Unwrap returns the reason.
func (e *FileError) Unwrap() error { return e.Err }

// typeError is ErrType with what was wanted and what was found.
type typeError struct{ want, found string }

func (e *typeError) Error() string { return "want " + e.want + ", found " + e.found }

func (e *typeError) Unwrap() error { return ErrType }

// newTypeError puts encoding/json's findings into JSON's words.
func newTypeError(err *json.UnmarshalTypeError) error {
	e := &typeError{found: "a " + err.Value}
	switch {
	case err.Value == "array":
		e.found = "a list"
	case err.Value == "object":
		e.found = "an object"
	case err.Value == "bool":
		e.found = "true or false"
	case strings.HasPrefix(err.Value, "number "):
		e.found = "the " + err.Value
	}
	switch err.Type.Kind() {
	case reflect.String:
		e.want = "a string"
	case reflect.Bool:
		e.want = "true or false"
	case reflect.Slice:
		e.want = "a list"
	case reflect.Int:
		e.want = "a whole number"
	case reflect.Uint32:
		e.want = "a whole number from 0 to 4294967295"
	default:
		e.want = "an object"
	}
	return e
}

// maxErrors is how many errors of one file are told one by one; the others
// are counted. Finding the place of each costs a walk through the file.
const maxErrors = 50

// errorAt records a FileError for the byte at off of the current document.
func (p *parser) errorAt(off int, err error) {
	if len(p.errs) >= maxErrors {
		p.untold++
		return
	}
	path, start := locate(p.data, p.doc, off)
	if errors.Is(err, ErrSyntax) {
		start = off
	}
	line, column := position(p.data, start)
	p.errs = append(p.errs, &FileError{File: p.name, Line: line, Column: column, Path: path, Err: err})
}

// broken records why the current document is no JSON, in encoding/json's
// words. The document before it was complete, so the first error from the
// document's start on is its own.
func (p *parser) broken() {
	rest := p.data[p.doc:]
	var skipped json.RawMessage
	var at *json.SyntaxError
	if !errors.As(json.Unmarshal(rest, &skipped), &at) {
		p.errorAt(p.doc, ErrSyntax) // not reached: the parser refuses what encoding/json refuses
		return
	}
	// Input that was cut off is wrong one byte later if it goes on in white
	// space; a wrong byte is wrong wherever the input ends.
	var later *json.SyntaxError
	longer := slices.Concat(rest, []byte{' '})
	if errors.As(json.Unmarshal(longer, &skipped), &later) && later.Offset > int64(len(rest)) {
		p.errorAt(len(p.data), fmt.Errorf("%w: %w", ErrSyntax, io.ErrUnexpectedEOF))
		return
	}
	p.errorAt(p.doc+int(at.Offset)-1, fmt.Errorf("%w: %w", ErrSyntax, at))
}
