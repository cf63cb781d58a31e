package report

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
)

// NameReport is what can be said of one host name: its kind and parts, read
// off the text, and whether the catalogue knows its service. The fields are
// those of schema whichway.name/1; absent text is "".
type NameReport struct {
	Schema       string `json:"schema"`
	Input        string `json:"input"`
	Valid        bool   `json:"valid"`
	Kind         string `json:"kind"`
	Prefix       string `json:"prefix"`
	EndpointID   string `json:"endpointId"`
	Suffix       string `json:"suffix"`
	Zone         string `json:"zone"`
	Service      string `json:"service"`
	Region       string `json:"region"`
	RegionListed bool   `json:"regionListed"`
	Domain       string `json:"domain"`
	Partition    string `json:"partition"`
	ServiceKnown bool   `json:"serviceKnown"`
	Hint         string `json:"hint"`
	Error        string `json:"error"`
}

// NewName examines a host name. Every text has an answer: one that breaks a
// rule is Valid false, with the label at fault in Error and every part "".
func NewName(input string, c *catalog.Catalog) NameReport {
	r := NameReport{Schema: "whichway.name/1", Input: input}
	h := naming.Classify(input)
	if err := h.Err(); err != nil {
		r.Error = err.Error()
		if pe, ok := errors.AsType[*naming.ParseError](err); ok {
			r.Error = pe.Reason()
			r.Hint = pe.Hint()
		}
		return r
	}
	r.Valid = true
	r.Kind = h.Kind().String()
	r.Prefix, r.EndpointID, r.Suffix, r.Zone = h.Prefix(), h.EndpointID(), h.Suffix(), h.Zone()
	r.Service, r.Region, r.RegionListed = h.Service(), h.Region(), h.RegionListed()
	r.Domain, r.Partition = h.Domain(), h.Partition().ID
	r.ServiceKnown = c.Knows(h)
	if !r.ServiceKnown && h.Service() != "" {
		if meant, ok := c.SuggestLabel(h.Service()); ok {
			r.Hint = "no service is known as " + h.Service() + " in vpce names; perhaps " + meant
		}
	}
	return r
}

// Name writes a NameReport as one line of JSON, schema whichway.name/1.
func Name(w io.Writer, r NameReport) error { return line(w, r) }

// String prints the report for people, a line a part.
func (r NameReport) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.Input)
	row := func(word, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %-11s %s\n", word, text)
		}
	}
	if !r.Valid {
		row("invalid", r.Error)
		row("hint", r.Hint)
		return b.String()
	}
	row("kind", r.Kind)
	row("prefix", r.Prefix)
	row("endpoint id", r.EndpointID)
	row("suffix", r.Suffix)
	row("zone", r.Zone)
	service := r.Service
	if service != "" && !r.ServiceKnown {
		service += " (not in the catalogue)"
	}
	row("service", service)
	region := r.Region
	if region != "" && !r.RegionListed {
		region += " (not among the listed Regions)"
	}
	row("Region", region)
	row("domain", r.Domain)
	row("partition", r.Partition)
	row("hint", r.Hint)
	return b.String()
}
