package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/privatelink-go/privatelink/endpoint"
)

// Page explains one code.
type Page struct {
	Code    endpoint.Code
	Title   string // one line: what it says
	Meaning string // what the model saw, and what follows from it
	Example string // one case in which it is given
	Fix     string // what to do about it; "nothing" where it is no fault
	Source  string // the rule, and the page or thread behind it
}

// String prints the page for a terminal.
func (p Page) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", p.Code, p.Title)
	for _, s := range []struct{ head, text string }{
		{"What it means", p.Meaning}, {"Example", p.Example}, {"What to do", p.Fix}, {"Source", p.Source},
	} {
		fmt.Fprintf(&b, "\n%s\n%s", s.head, wrap(s.text, 76))
	}
	return b.String()
}

// wrap breaks text into indented lines of at most that many characters, where
// words allow.
func wrap(text string, width int) string {
	var b strings.Builder
	n := 0
	for w := range strings.FieldsSeq(text) {
		switch {
		case n == 0:
			b.WriteString("  ")
			n = 2
		case n+1+len(w) > width:
			b.WriteString("\n  ")
			n = 2
		default:
			b.WriteByte(' ')
			n++
		}
		b.WriteString(w)
		n += len(w)
	}
	return b.String() + "\n"
}

// Explain returns the page of a code, in any letter case; ok is false if there
// is no such code. Every code that this module prints has a page.
func Explain(code endpoint.Code) (p Page, ok bool) {
	want := endpoint.Code(strings.ToUpper(string(code)))
	for _, p := range pages() {
		if p.Code == want {
			return p, true
		}
	}
	return Page{}, false
}

// Codes returns every code that has a page, sorted.
func Codes() []endpoint.Code {
	var codes []endpoint.Code
	for _, p := range pages() {
		codes = append(codes, p.Code)
	}
	slices.SortFunc(codes, cmp.Compare[endpoint.Code])
	return codes
}

var pages = sync.OnceValue(func() []Page {
	return slices.Concat(routePages(), edgePages(), namePages(), lintPages())
})
