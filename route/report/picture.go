package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// picture is a path drawn as boxes in boxes: a VPC contains Availability
// Zones, which contain subnets, which contain the boxes of the path.
type picture struct {
	nodes []node
	edges []edge
	bold  bool // the arrows are the one way, not the ways there are
}

// node is one box; in is what contains it, outermost first.
type node struct {
	label string
	in    []string
}

// edge joins two nodes, by index, and may say which row of a table led on.
type edge struct {
	from, to int
	label    string
}

// draw makes the picture of all distinct ways of a Trace.
func draw(tr trace.Trace) picture {
	p := picture{bold: true}
	w := tr.From.World()
	start := p.node(node{w.Label(tr.From.ID()), w.Where(tr.From.ID())})
	for _, path := range tr.Paths {
		at, label := start, ""
		for i, h := range path.Hops {
			row := strings.TrimSpace(h.Destination + " " + h.Target)
			switch {
			case i == 0 && (h.Kind == route.HopSubnet || h.Kind == route.HopDirect):
				label = row
				continue
			case h.Kind == route.HopReturn:
				continue
			}
			id := h.ID
			if id == "" {
				id = string(h.Kind)
			}
			to := p.node(node{w.Label(id), w.Where(h.ID)})
			p.edge(edge{at, to, label})
			at, label = to, row
		}
		end := ""
		switch {
		case path.Verdict == route.Public:
			end = tr.Host
		case path.Verdict == route.Failed, path.Verdict == route.VerdictUnknown:
			end = string(path.Class)
		}
		if end != "" {
			p.edge(edge{at, p.node(node{label: end}), label})
		}
	}
	if len(tr.Paths) == 0 {
		p.edge(edge{start, p.node(node{label: string(tr.Class)}), ""})
	}
	return p
}

func (p *picture) node(n node) int {
	i := slices.IndexFunc(p.nodes, func(m node) bool { return m.label == n.label && slices.Equal(m.in, n.in) })
	if i < 0 {
		i = len(p.nodes)
		p.nodes = append(p.nodes, n)
	}
	return i
}

func (p *picture) edge(e edge) {
	if !slices.Contains(p.edges, e) && e.from != e.to {
		p.edges = append(p.edges, e)
	}
}

// pen writes a picture in one language: the boxes as they open and shut, and
// what they hold.
type pen struct {
	open func(depth, id int, label string)
	leaf func(depth, i int, n node)
	shut func(depth int)
}

// walk visits the boxes depth first, in order of first appearance. in is the
// box that is being visited, and ids counts the boxes opened.
func (p *picture) walk(w pen, in []string, ids *int) {
	depth := len(in) + 1
	var done []string
	for i, n := range p.nodes {
		if len(n.in) < len(in) || !slices.Equal(n.in[:len(in)], in) {
			continue
		}
		if len(n.in) == len(in) {
			w.leaf(depth, i, n)
			continue
		}
		if box := n.in[len(in)]; !slices.Contains(done, box) {
			done = append(done, box)
			w.open(depth, *ids, box)
			*ids++
			p.walk(w, append(slices.Clone(in), box), ids)
			w.shut(depth)
		}
	}
}

// Mermaid writes the picture of a Trace as a Mermaid flowchart: the path drawn
// in the user's own VPC, Availability Zones and subnets.
func Mermaid(w io.Writer, tr trace.Trace) error { return draw(tr).mermaid(w) }

func (p picture) mermaid(w io.Writer) error {
	var b strings.Builder
	b.WriteString("flowchart LR\n")
	p.walk(pen{
		open: func(d, id int, label string) {
			fmt.Fprintf(&b, "%ssubgraph g%d[%s]\n", indent(d), id, mermaidText(label))
		},
		leaf: func(d, i int, n node) { fmt.Fprintf(&b, "%sn%d[%s]\n", indent(d), i, mermaidText(n.label)) },
		shut: func(d int) { fmt.Fprintf(&b, "%send\n", indent(d)) },
	}, nil, new(int))
	for _, e := range p.edges {
		arrow := "-->"
		if p.bold {
			arrow = "==>"
		}
		if e.label != "" {
			arrow += "|" + mermaidText(e.label) + "|"
		}
		fmt.Fprintf(&b, "  n%d %s n%d\n", e.from, arrow, e.to)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// DOT writes the picture of a Trace in Graphviz's language.
func DOT(w io.Writer, tr trace.Trace) error { return draw(tr).dot(w) }

func (p picture) dot(w io.Writer) error {
	var b strings.Builder
	b.WriteString("digraph way {\n  rankdir=LR; node [shape=box]\n")
	p.walk(pen{
		open: func(d, id int, label string) {
			fmt.Fprintf(&b, "%ssubgraph cluster_%d { label=%s\n", indent(d), id, dotText(label))
		},
		leaf: func(d, i int, n node) { fmt.Fprintf(&b, "%sn%d [label=%s]\n", indent(d), i, dotText(n.label)) },
		shut: func(d int) { fmt.Fprintf(&b, "%s}\n", indent(d)) },
	}, nil, new(int))
	for _, e := range p.edges {
		style := ""
		if p.bold {
			style = " style=bold"
		}
		fmt.Fprintf(&b, "  n%d -> n%d [label=%s%s]\n", e.from, e.to, dotText(e.label), style)
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func indent(depth int) string { return strings.Repeat("  ", depth) }

// mermaidText quotes a label: tags are users' text and may hold anything.
func mermaidText(s string) string {
	return `"` + strings.NewReplacer(`"`, "#quot;", "\n", " ", "<", "#lt;", ">", "#gt;", "|", "#124;").Replace(s) + `"`
}

func dotText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}

// Markdown writes the proof of a Trace as Markdown: a heading, the verdict, the
// numbered steps, codes and hints.
func Markdown(w io.Writer, tr trace.Trace) error {
	world := tr.From.World()
	var b strings.Builder
	fmt.Fprintf(&b, "### %s:%d from %s\n\n", code(tr.Host), tr.Port, markdownText(world.Label(tr.From.ID())))
	fmt.Fprintf(&b, "**%s**: %s (evidence: %s)\n\n", strings.ToUpper(string(tr.Verdict)), tr.Class, tr.Evidence)
	for i, s := range tr.Steps() {
		fmt.Fprintf(&b, "%d. **%s** %s\n", i+1, s.Word, markdownText(s.Text))
	}
	if len(tr.Codes) > 0 {
		b.WriteString("\nCodes:")
		for _, c := range tr.Codes {
			fmt.Fprintf(&b, " %s", code(string(c)))
		}
		b.WriteByte('\n')
	}
	for _, h := range tr.Hints {
		fmt.Fprintf(&b, "\n> %s %s\n", code(string(h.Code)), markdownText(h.Text))
	}
	_, err := io.WriteString(w, b.String()+"\n")
	return err
}

func code(s string) string { return "`" + strings.ReplaceAll(s, "`", "'") + "`" }

// markdownText escapes what Markdown would read as its own.
func markdownText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "<", "&lt;", ">", "&gt;", "|", `\|`, "[", `\[`, "\n", " ").Replace(s)
}
