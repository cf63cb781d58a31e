package endpoint

import (
	"cmp"
	"strings"
)

// Finding is something in the input that contradicts itself, that AWS's API
// would have refused, or that the model had to pass over. A Finding is no
// error: the input still builds, and an answer changes only where the
// specification says so, the Finding's code then being among its codes.
type Finding struct {
	Code     Code   // what is wrong
	Resource string // the id it was found on
	Text     string // one sentence, with AWS's own words where they were seen
	Source   string // the rule and AWS's error code: "E1 InvalidParameter"
}

// String returns "CODE resource: text".
func (f Finding) String() string { return string(f.Code) + " " + f.Resource + ": " + f.Text }

// Compare orders findings by resource, then code, then text.
func (f Finding) Compare(g Finding) int {
	return cmp.Or(
		strings.Compare(f.Resource, g.Resource),
		strings.Compare(string(f.Code), string(g.Code)),
		strings.Compare(f.Text, g.Text),
	)
}
