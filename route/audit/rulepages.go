package audit

import (
	"fmt"
	"slices"
	"strings"
	"sync"
)

// RulePage explains one of the numbered rules that a proof, a finding or a
// page of a code names: the R9a of "longest prefix, R9a".
type RulePage struct {
	Rule   string // the number as it is printed: "R9a", "Z38", "NAM-31"
	Text   string // what the rule says: one paragraph
	Source string // how that is known, and from where: see [ExplainRule]
}

// String prints the page for a terminal.
func (p RulePage) String() string {
	return fmt.Sprintf("%s\n%s\nSource\n%s", p.Rule, wrap(p.Text, 76), wrap(p.Source, 76))
}

// ExplainRule returns the page of a rule by its number, in any letter case; ok
// is false if there is no such rule. Every number that the module's answers,
// findings and pages carry has a page. The first letters say what a rule is
// about: R a route, C a step of the chain of gateways, F a filter, P a
// destination whose address is not known, Z the DNS view of a VPC, E what AWS
// refuses, NAM a name.
//
// Source begins with how well the rule is known:
//
//  1. documented: an AWS page or an RFC says so; the title stands in quotes
//  2. observed: published output or another program shows it
//  3. inferred: concluded from examples
//  4. our choice: modelled, because something had to be chosen
func ExplainRule(number string) (p RulePage, ok bool) {
	for _, p := range rulePages() {
		if strings.EqualFold(p.Rule, number) {
			return p, true
		}
	}
	return RulePage{}, false
}

// RuleNumbers returns the number of every rule that has a page: routes first,
// then names, each family in the order of its numbers.
func RuleNumbers() []string {
	var numbers []string
	for _, p := range rulePages() {
		numbers = append(numbers, p.Rule)
	}
	return numbers
}

var rulePages = sync.OnceValue(func() []RulePage {
	return slices.Concat(routeRules(), chainRules(), zoneRules(), refusalRules(), nameRules())
})
