package report

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"unicode/utf8"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
)

// cellObject is schema whichway.cell/1.
type cellObject struct {
	Schema  string          `json:"schema"`
	From    string          `json:"from"`
	Host    string          `json:"host"`
	Class   route.Class     `json:"class"`
	Verdict route.Verdict   `json:"verdict"`
	Codes   []endpoint.Code `json:"codes"`
}

// Matrix writes a matrix as lines of JSON, one a cell, schema whichway.cell/1:
// by vantage, then host. A host with another port than 443 is followed by it.
// Codes are those of the cell's proof.
func Matrix(w io.Writer, m *audit.Matrix) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for c, tr := range m.Traces() {
		o := cellObject{"whichway.cell/1", c.From.ID(), c.Target(), c.Class, c.Verdict, list(tr.Codes)}
		if err := enc.Encode(o); err != nil {
			return err
		}
	}
	return nil
}

// MatrixCSV writes a matrix as RFC 4180 CSV with a header line, one line a
// cell: vantage, its Name tag, VPC and Availability Zone, host, class, verdict
// and the codes of the proof, separated by spaces.
func MatrixCSV(w io.Writer, m *audit.Matrix) error {
	out := csv.NewWriter(w)
	row := []string{"from", "name", "vpc", "az", "host", "class", "verdict", "codes"}
	if err := out.Write(row); err != nil {
		return err
	}
	for c, tr := range m.Traces() {
		row = append(row[:0], c.From.ID(), plainCell(c.From.Name()), c.From.VPC(), c.From.AZ(), c.Target(), string(c.Class), string(c.Verdict), joinCodes(tr.Codes))
		if err := out.Write(row); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// plainCell keeps a spreadsheet from taking a user's text for a formula: tags
// may hold anything.
func plainCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

func joinCodes(codes []endpoint.Code) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = string(c)
	}
	return strings.Join(words, " ")
}

// MatrixMarkdown writes a matrix as a Markdown table with totals per row and
// column: vantages down and hosts across, or, where there are more hosts, the
// other way round.
func MatrixMarkdown(w io.Writer, m *audit.Matrix) error {
	g := newGrid(m)
	out := &printer{w: w}
	out.printf("| %s |", g.corner)
	for _, c := range g.cols {
		out.printf(" %s |", markdownText(c.label))
	}
	out.printf(" %s |\n|---|%s---|\n", ofAll, strings.Repeat("---|", len(g.cols)))
	for i, r := range g.rows {
		out.printf("| %s |", markdownText(r.label))
		for j := range g.cols {
			out.printf(" %s |", markdownVerdict(g.verdict(i, j)))
		}
		out.printf(" %s |\n", share(g.rowTotals(i)))
	}
	out.printf("| %s |", ofAll)
	for j := range g.cols {
		out.printf(" %s |", share(g.colTotals(j)))
	}
	out.printf(" %s |\n\n%s\n", share(m.Totals()), m.Totals())
	return out.err
}

// markdownVerdict stresses what is not private.
func markdownVerdict(v route.Verdict) string {
	if v == route.Private {
		return word(v)
	}
	return "**" + word(v) + "**"
}

// word is a verdict in capitals: the words of the contract.
func word(v route.Verdict) string { return strings.ToUpper(string(v)) }

// ofAll heads the totals of a table.
const ofAll = "private/all"

// share is how much of a row or column is private.
func share(t audit.Totals) string { return fmt.Sprintf("%d/%d", t.Private, t.All()) }

// MatrixText writes a matrix for a terminal of that many columns, 100 if width
// is 0: vantages down and hosts across, or, where there are more hosts, the
// other way round. What goes across has a short heading, which the legend below
// explains, and stands in blocks of as many as fit.
func MatrixText(w io.Writer, m *audit.Matrix, width int) error {
	if width == 0 {
		width = 100
	}
	g := newGrid(m)
	out := &printer{w: w}
	if len(g.rows) == 0 || len(g.cols) == 0 {
		out.printf("%s\n", m.Totals())
		return out.err
	}
	label := len(shareHead)
	for _, r := range g.rows {
		label = max(label, utf8.RuneCountInString(r.label))
	}
	heads, abbreviated := headings(g.cols)
	for at := 0; at < len(heads); {
		n, used := at, label+2+len(shareHead)
		for n < len(heads) && (n == at || used+columnWidth(heads[n])+2 <= width) {
			used += columnWidth(heads[n]) + 2
			n++
		}
		if at > 0 {
			out.printf("\n")
		}
		out.block(g, heads, label, at, n)
		at = n
	}
	if abbreviated {
		out.printf("\n")
		for j, c := range g.cols {
			out.printf("  %-*s  %s\n", headWidth, heads[j], c.label)
		}
	}
	out.printf("\n%s; share: how many are private\n", m.Totals())
	return out.err
}

// shareHead heads the totals of a text; it is short, because hosts are long.
const shareHead = "share"

// block prints the columns from at to n, and the last of all with the totals.
func (p *printer) block(g *grid, heads []string, label, at, n int) {
	last := n == len(heads)
	var b strings.Builder
	end := func() {
		p.printf("%s\n", strings.TrimRight(b.String(), " "))
		b.Reset()
	}
	fmt.Fprintf(&b, "%-*s", label, "")
	for _, h := range heads[at:n] {
		fmt.Fprintf(&b, "  %-*s", columnWidth(h), h)
	}
	if last {
		b.WriteString("  " + shareHead)
	}
	end()
	for i, r := range g.rows {
		fmt.Fprintf(&b, "%-*s", label, r.label)
		for j := at; j < n; j++ {
			fmt.Fprintf(&b, "  %-*s", columnWidth(heads[j]), word(g.verdict(i, j)))
		}
		if last {
			b.WriteString("  " + share(g.rowTotals(i)))
		}
		end()
	}
	fmt.Fprintf(&b, "%-*s", label, shareHead)
	for j := at; j < n; j++ {
		fmt.Fprintf(&b, "  %-*s", columnWidth(heads[j]), share(g.colTotals(j)))
	}
	end()
}

// columnWidth is that of the heading or of the longest word.
func columnWidth(head string) int { return max(utf8.RuneCountInString(head), len("PRIVATE")) }

// headWidth is the most a heading takes; it still tells subnet ids apart.
const headWidth = 12

// headings makes a short heading for every column, all different; abbreviated
// is false if each says all.
func headings(cols []side) (heads []string, abbreviated bool) {
	seen := map[string]bool{}
	for _, c := range cols {
		h := cut(c.short, headWidth)
		for n := 2; seen[h]; n++ {
			mark := fmt.Sprintf("~%d", n)
			h = cut(c.short, headWidth-len(mark)) + mark
		}
		seen[h] = true
		heads = append(heads, h)
		abbreviated = abbreviated || h != c.label
	}
	return heads, abbreviated
}

// cut is the first n characters of s.
func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}

// grid is a matrix, turned so that its longer side goes down.
type grid struct {
	m          *audit.Matrix
	turned     bool // hosts go down
	corner     string
	rows, cols []side
}

// side is one vantage or host.
type side struct {
	label string // all of it
	short string // what tells it from others, for a heading
}

func newGrid(m *audit.Matrix) *grid {
	v, h := m.Len()
	vantages, hosts := make([]side, v), make([]side, h)
	for i := range vantages {
		from := m.Vantage(i)
		s := side{label: from.World().Label(from.ID()), short: strings.ReplaceAll(from.Name(), "\n", " ")}
		if s.short == "" {
			s.short = from.ID()
		}
		if from.AZ() != "" {
			s.label += " " + from.AZ()
		}
		vantages[i] = s
	}
	for j := range hosts {
		hosts[j] = side{label: m.HostName(j), short: shortHost(m.HostName(j))}
	}
	if h > v {
		return &grid{m, true, "host", hosts, vantages}
	}
	return &grid{m, false, "from", vantages, hosts}
}

// shortHost is what stands before the Region in an AWS name, or the first two
// labels: "api.ecr", "sts". An address is its own.
func shortHost(name string) string {
	if _, err := netip.ParseAddr(name); err == nil {
		return name
	}
	if _, err := netip.ParseAddrPort(name); err == nil {
		return name
	}
	labels := strings.Split(name, ".")
	for i, l := range labels {
		if i > 0 && (l == "{region}" || strings.Count(l, "-") >= 2 && l[len(l)-1] >= '0' && l[len(l)-1] <= '9') {
			return strings.Join(labels[:i], ".")
		}
	}
	return strings.Join(labels[:min(2, len(labels))], ".")
}

func (g *grid) verdict(i, j int) route.Verdict {
	if g.turned {
		i, j = j, i
	}
	return g.m.Verdict(i, j)
}

func (g *grid) rowTotals(i int) audit.Totals {
	if g.turned {
		return g.m.Column(i)
	}
	return g.m.Row(i)
}

func (g *grid) colTotals(j int) audit.Totals {
	if g.turned {
		return g.m.Row(j)
	}
	return g.m.Column(j)
}

// printer keeps the first error of a writer.
type printer struct {
	w   io.Writer
	err error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}
