package naming

import "errors"

// Evidence says how well an answer is founded. The constants are ordered: a
// larger value is stronger, and an answer carries the weakest evidence of the
// facts and rules it rests on. The zero value is Unknown: nothing is claimed.
type Evidence uint8

const (
	// Unknown: the input lacks what the answer would need.
	Unknown Evidence = iota
	// Unspecified: AWS documents no answer, and none was observed.
	Unspecified
	// Modelled: this library's own inference from observed cases.
	Modelled
	// Documented: AWS's documentation or an RFC says so, or AWS's public
	// output was observed to say so.
	Documented
	// Given: the user's own input says so.
	Given
)

// ErrEvidence is returned by [Evidence.UnmarshalText] for any text that
// [Evidence.String] does not print.
var ErrEvidence = errors.New("not an evidence word: want given, documented, modelled, unspecified or unknown")

var evidenceWords = [...]string{"unknown", "unspecified", "modelled", "documented", "given"}

// String returns the word in lower case: "given", "documented", "modelled",
// "unspecified" or "unknown". A value that is none of the constants prints
// "unknown".
func (e Evidence) String() string {
	if int(e) >= len(evidenceWords) {
		return evidenceWords[Unknown]
	}
	return evidenceWords[e]
}

// Weakest returns the weaker of e and o: what a conclusion carries that rests
// on both.
func (e Evidence) Weakest(o Evidence) Evidence { return min(e, o) }

// AppendText implements [encoding.TextAppender]; it never fails.
func (e Evidence) AppendText(b []byte) ([]byte, error) { return append(b, e.String()...), nil }

// MarshalText implements [encoding.TextMarshaler]; it never fails.
func (e Evidence) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText implements [encoding.TextUnmarshaler]. It accepts exactly what
// String prints, and leaves e alone and returns [ErrEvidence] otherwise.
func (e *Evidence) UnmarshalText(text []byte) error {
	for i, w := range evidenceWords {
		if string(text) == w {
			*e = Evidence(i)
			return nil
		}
	}
	return ErrEvidence
}
