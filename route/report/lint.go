package report

import (
	"io"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/audit"
)

// issueObject is schema whichway.finding/1.
type issueObject struct {
	Schema   string         `json:"schema"`
	Code     endpoint.Code  `json:"code"`
	Severity audit.Severity `json:"severity"`
	Resource string         `json:"resource"`
	Name     string         `json:"name"`
	Text     string         `json:"text"`
	Fix      string         `json:"fix"`
	Source   string         `json:"source"`
}

// Issue writes what lint found as one line of JSON, schema whichway.finding/1.
func Issue(w io.Writer, i audit.Issue) error {
	return line(w, issueObject{"whichway.finding/1", i.Code, i.Severity, i.Resource, i.Name, i.Text, i.Fix, i.Source})
}

// LintText writes what lint found for people, in its order: the finding, then
// what to do and who says so; at the end how many there are.
func LintText(w io.Writer, issues []audit.Issue) error {
	out := &printer{w: w}
	count := map[audit.Severity]int{}
	for _, i := range issues {
		count[i.Severity]++
		out.printf("%s\n", i)
		out.printf("    fix     %s\n", i.Fix)
		if i.Source != "" {
			out.printf("    source  %s\n", i.Source)
		}
	}
	if len(issues) == 0 {
		out.printf("nothing found\n")
		return out.err
	}
	out.printf("\n%s, %s, %d for information\n",
		plural(count[audit.SeverityError], "error", "errors"), plural(count[audit.SeverityWarning], "warning", "warnings"), count[audit.SeverityInfo])
	return out.err
}
