package describe

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"strings"
)

// The functions of this file find where JSON values begin and end, so that a
// file is cut along its top-level keys and every value is decoded once, by
// encoding/json, straight into its Go type. They do not check what they skip:
// every value they cut out is then either decoded or given to json.Valid, and
// the punctuation between the values is checked by the parser. Together that
// accepts what json.Valid accepts, and nothing else. None of them recurses, so
// no depth of nesting exhausts the stack.

// skipSpace returns the index of the first byte at or after i that is no JSON
// white space, len(b) if there is none.
func skipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\r' || b[i] == '\t') {
		i++
	}
	return i
}

// skipString returns the index behind the string whose opening quote is at i,
// -1 if it does not end.
func skipString(b []byte, i int) int {
	for i++; ; i++ {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		slash := i
		for b[slash-1] == '\\' {
			slash--
		}
		if (i-slash)%2 == 0 { // backslashes in pairs escape each other, not the quote
			return i + 1
		}
	}
}

// The bytes that matter inside a list or an object.
const (
	inside = iota
	opening
	closing
	quote
	newline // indentation follows: half of what the CLI prints
)

var classes = [256]uint8{'"': quote, '{': opening, '[': opening, '}': closing, ']': closing, '\n': newline}

const eightSpaces = 0x2020202020202020

// skipValue returns the index behind the value that begins at i, -1 if none
// begins there or it does not end. Braces and brackets count alike.
func skipValue(b []byte, i int) int {
	switch {
	case i >= len(b):
		return -1
	case b[i] == '"':
		return skipString(b, i)
	case classes[b[i]] != opening:
		return skipLiteral(b, i)
	}
	for depth := 0; i < len(b); {
		switch classes[b[i]] {
		case inside:
			i++
		case opening:
			depth++
			i++
		case closing:
			depth--
			i++
			if depth == 0 {
				return i
			}
		case newline:
			for i++; i+8 <= len(b) && binary.LittleEndian.Uint64(b[i:]) == eightSpaces; i += 8 {
			}
		case quote:
			if i = skipString(b, i); i < 0 {
				return -1
			}
		}
	}
	return -1
}

// skipLiteral returns the index behind the number or word at i, -1 if there is
// none.
func skipLiteral(b []byte, i int) int {
	n := bytes.IndexAny(b[i:], " \n\r\t,:[]{}\"")
	switch {
	case n < 0:
		return len(b)
	case n == 0:
		return -1
	}
	return i + n
}

// elements yields the extents of the elements of the list that begins at i; it
// stops where the list is no longer well-formed.
func elements(b []byte, i int) func(yield func(start, end int) bool) {
	return func(yield func(start, end int) bool) {
		for i++; ; i++ { // behind the bracket or the comma
			i = skipSpace(b, i)
			end := skipValue(b, i)
			if end < 0 || !yield(i, end) {
				return
			}
			if i = skipSpace(b, end); i >= len(b) || b[i] != ',' {
				return
			}
		}
	}
}

// hasKey reports whether the first element of the list that is b is an object
// with that key at its top level, and whether the list has elements at all.
func hasKey(b []byte, key string) (found, empty bool) {
	if len(b) == 0 || b[0] != '[' {
		return false, string(b) == "null"
	}
	i := skipSpace(b, 1)
	if i >= len(b) || b[i] != '{' {
		return false, i < len(b) && b[i] == ']'
	}
	for i = skipSpace(b, i+1); i < len(b) && b[i] == '"'; i = skipSpace(b, i+1) {
		end := skipString(b, i)
		if end < 0 {
			return false, false
		}
		if string(b[i+1:end-1]) == key {
			return true, false
		}
		if i = skipSpace(b, end); i >= len(b) || b[i] != ':' {
			return false, false
		}
		if i = skipValue(b, skipSpace(b, i+1)); i < 0 {
			return false, false
		}
		if i = skipSpace(b, i); i >= len(b) || b[i] != ',' {
			return false, false
		}
	}
	return false, false
}

// maxPath is how many steps of a path are printed; deeper ones end in "…".
const maxPath = 12

// locate returns the path of the innermost value of the document at doc that
// the byte at off belongs to, as in "Subnets[3].CidrBlock", and where that
// value begins. It serves error messages, and copes with broken JSON.
func locate(b []byte, doc, off int) (path string, start int) {
	type step struct {
		list  bool
		index int
		key   string
		named bool // the key was read
	}
	var steps []step
	top := func() *step {
		if len(steps) == 0 {
			return &step{list: true}
		}
		return &steps[len(steps)-1]
	}
	i := doc
walk:
	for i < len(b) && i <= off {
		start = i
		switch c := b[i]; c {
		case ' ', '\n', '\r', '\t', ':':
			i++
		case ',':
			if i == off {
				break walk
			}
			if t := top(); t.list {
				t.index++
			} else {
				t.key, t.named = "", false
			}
			i++
		case '{', '[':
			if i == off {
				break walk
			}
			steps = append(steps, step{list: c == '['})
			i++
		case '}', ']':
			if i < off && len(steps) > 0 {
				steps = steps[:len(steps)-1]
			}
			i++
		default:
			end := skipLiteral(b, i)
			if c == '"' {
				end = skipString(b, i)
			}
			if end < 0 || end > off {
				break walk
			}
			if t := top(); !t.list && !t.named {
				t.key, t.named = string(b[i+1:max(i+1, end-1)]), true
			}
			i = end
		}
	}
	var sb strings.Builder
	for n, s := range steps {
		switch {
		case n == maxPath:
			sb.WriteString("…")
			return sb.String(), start
		case s.list:
			sb.WriteString("[" + strconv.Itoa(s.index) + "]")
		case plain(s.key):
			if n > 0 {
				sb.WriteByte('.')
			}
			sb.WriteString(s.key)
		case s.key != "":
			sb.WriteString("[" + strconv.Quote(s.key) + "]")
		}
	}
	return sb.String(), start
}

// plain reports whether a key needs no quotes in a path.
func plain(key string) bool {
	for i := range len(key) {
		if c := key[i]; !isAlnum(c) && c != '_' && c != '-' && c != '$' {
			return false
		}
	}
	return key != ""
}

// position returns the line and the column of a byte, counted from 1; columns
// count bytes.
func position(b []byte, off int) (line, column int) {
	before := b[:min(max(off, 0), len(b))]
	return bytes.Count(before, []byte("\n")) + 1, len(before) - bytes.LastIndexByte(before, '\n')
}
