package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
)

// changeObject is schema whichway.change/1.
type (
	changeObject struct {
		Schema string          `json:"schema"`
		From   string          `json:"from"`
		Host   string          `json:"host"`
		Before stateObject     `json:"before"`
		After  stateObject     `json:"after"`
		Codes  []endpoint.Code `json:"codes"`
		Text   string          `json:"text"`
	}
	stateObject struct {
		Class   route.Class   `json:"class"`
		Verdict route.Verdict `json:"verdict"`
	}
)

// Change writes a change as one line of JSON, schema whichway.change/1. A host
// with another port than 443 is followed by it; class and verdict are "" on the
// side where the vantage does not exist.
func Change(w io.Writer, c audit.Change) error {
	return line(w, changeObject{"whichway.change/1", c.From.ID(), c.Target(), stateObject(c.Before), stateObject(c.After), list(c.Codes), c.Text})
}

// move is the changes that differ in nothing but the vantage.
type move struct {
	audit.Change
	from []string // labels
}

// movesOf groups changes; what ends worst comes first: failed, public, unknown,
// private, gone.
func movesOf(changes []audit.Change) []move {
	type key struct {
		target, text  string
		before, after audit.State
	}
	index := map[key]int{}
	var moves []move
	for _, c := range changes {
		k := key{c.Target(), c.Text, c.Before, c.After}
		i, ok := index[k]
		if !ok {
			i = len(moves)
			index[k] = i
			moves = append(moves, move{Change: c})
		}
		moves[i].from = append(moves[i].from, c.From.World().Label(c.From.ID()))
	}
	slices.SortStableFunc(moves, func(a, b move) int { return cmp.Compare(rank(a.After.Verdict), rank(b.After.Verdict)) })
	return moves
}

func rank(v route.Verdict) int {
	switch v {
	case route.Failed:
		return 0
	case route.Public:
		return 1
	case route.VerdictUnknown:
		return 2
	case route.Private:
		return 3
	}
	return 4
}

// summary counts hosts and vantages: "2 hosts change from 3 subnets: …".
func summary(changes []audit.Change) string {
	if len(changes) == 0 {
		return "no watched host changes its way"
	}
	hosts, from, ways := map[string]bool{}, map[string]bool{}, map[string]int{}
	for _, c := range changes {
		hosts[c.Target()], from[c.From.ID()] = true, true
		ways[verdictOf(c.Before)+" to "+verdictOf(c.After)]++
	}
	list := make([]string, 0, len(ways))
	for w, n := range ways {
		list = append(list, fmt.Sprintf("%d %s", n, w))
	}
	slices.Sort(list)
	return fmt.Sprintf("%s from %s: %s", plural(len(hosts), "host changes", "hosts change"), plural(len(from), "subnet", "subnets"), strings.Join(list, ", "))
}

func plural(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// verdictOf is the word of a side; "none" where the vantage does not exist.
func verdictOf(s audit.State) string {
	if s.Verdict == "" {
		return "none"
	}
	return word(s.Verdict)
}

func stateText(s audit.State) string {
	if s.Verdict == "" {
		return "none"
	}
	return word(s.Verdict) + " " + string(s.Class)
}

// DiffText writes changes for people: what fails or becomes public first, with
// before, after and why; then how much changes.
func DiffText(w io.Writer, changes []audit.Change) error {
	out := &printer{w: w}
	for _, m := range movesOf(changes) {
		out.printf("%s: %s -> %s\n", m.Target(), stateText(m.Before), stateText(m.After))
		out.printf("  from  %s\n", strings.Join(m.from, "\n        "))
		for i, part := range strings.Split(m.Text, "; ") {
			head := "      "
			if i == 0 {
				head = "  why "
			}
			out.printf("%s  %s\n", head, part)
		}
		out.printf("\n")
	}
	out.printf("%s\n", summary(changes))
	return out.err
}

// DiffMarkdown writes changes as Markdown for the comment on a pull request:
// how much changes, then a table.
func DiffMarkdown(w io.Writer, changes []audit.Change) error {
	out := &printer{w: w}
	out.printf("**%s**\n", summary(changes))
	if len(changes) > 0 {
		out.printf("\n| host | before | after | from | why |\n|---|---|---|---|---|\n")
	}
	for _, m := range movesOf(changes) {
		after := stateText(m.After)
		if m.After.Verdict != route.Private {
			after = "**" + after + "**"
		}
		out.printf("| %s | %s | %s | %s | %s |\n", code(m.Target()), stateText(m.Before), after,
			markdownLines(m.from), markdownLines(strings.Split(m.Text, "; ")))
	}
	return out.err
}

// markdownLines is lines in one cell of a table.
func markdownLines(lines []string) string {
	escaped := make([]string, len(lines))
	for i, l := range lines {
		escaped[i] = markdownText(l)
	}
	return strings.Join(escaped, "<br>")
}
