package describe

import (
	"path"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// fileID returns the id that a file's name carries, for output that does not
// say what it is about: search-transit-gateway-routes_tgw-rtb-0a1b2c3d.json.
// Only the last element of the name counts, without ".json". It is the last
// of
//
//  1. the ids that the input describes (known reports them), wherever one
//     stands in the name as a whole;
//  2. the texts that look like an id: prefix, then letters and digits, of
//     which one is a digit, or eight hexadecimal digits or more.
//
// Of two that end together, the longer counts. "" means that there is none.
func fileID(name, prefix string, known func(id string) bool) string {
	name = strings.TrimSuffix(path.Base(name), ".json")
	for end := len(name); end > 0; end-- {
		if end < len(name) && isAlnum(name[end]) {
			continue
		}
		for start := range end {
			if start > 0 && isAlnum(name[start-1]) {
				continue
			}
			if id := name[start:end]; known(id) || looksLikeID(id, prefix) {
				return id
			}
		}
	}
	return ""
}

func looksLikeID(s, prefix string) bool {
	s, ok := strings.CutPrefix(s, prefix)
	if !ok {
		return false
	}
	digits, hex := 0, 0
	for i := range len(s) {
		c := s[i]
		switch {
		case !isAlnum(c), prefix == "Z" && 'a' <= c && c <= 'z':
			return false
		case '0' <= c && c <= '9':
			digits++
		case 'a' <= c && c <= 'f':
			hex++
		}
	}
	return digits > 0 || len(s) >= 8 && hex == len(s)
}

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// nameless records that a file's content needs an id that its name does not
// carry; what is therefore left out stands in text.
func (m *merger) nameless(f *file, text string) {
	m.findings = append(m.findings, endpoint.Finding{
		Code:     endpoint.FileIDMissing,
		Resource: f.name,
		Text:     text,
		Source:   "the AWS CLI prints no id there",
	})
}
