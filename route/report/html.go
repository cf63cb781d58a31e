package report

import (
	_ "embed" // the template
	"encoding/json"
	"html/template"
	"io"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
)

//go:embed page/matrix.html
var matrixHTML string

// MatrixHTML writes a matrix as one HTML page that needs nothing else: no file,
// no network. It can be filtered and sorted, every cell opens its proof and its
// picture, by mouse or by keyboard; it prints, and shows in light and dark. The
// table itself is plain HTML and reads without JavaScript.
//
// What cells have in common stands there once, from whole proofs down to the
// parts of a line, so that 6,000 cells are well under 2 MB.
func MatrixHTML(w io.Writer, m *audit.Matrix) error {
	t, err := template.New("matrix").Funcs(template.FuncMap{"lower": strings.ToLower}).Parse(matrixHTML)
	if err != nil {
		return err
	}
	return t.Execute(w, newHTMLPage(m))
}

// htmlPage is what the template shows.
type htmlPage struct {
	Totals  string
	Columns []htmlHead
	Rows    []htmlRow
	All     string
	Data    *htmlData
}

type htmlHead struct{ Name, Share string }

type htmlRow struct {
	Label, Where, Share string
	Cells               []string // verdict words
}

// htmlData is what the script works on. Numbers are places in the lists, so
// that nothing stands there twice.
type htmlData struct {
	Texts    []string          `json:"t"`
	Steps    [][]int           `json:"s"` // the word, then the parts of the text
	Pictures []htmlPicture     `json:"g"`
	Proofs   []htmlProof       `json:"p"`
	Cells    [][]int           `json:"c"` // by row: the proof of each cell
	Boxes    [][]int           `json:"b"` // by row: what contains the vantage, and its label
	Titles   map[string]string `json:"x"` // what the codes mean
}

// htmlProof is a Trace without vantage and host.
type htmlProof struct {
	Class    int   `json:"c"`
	Evidence int   `json:"e"`
	Codes    []int `json:"k"`
	Steps    []int `json:"s"`
	Hints    []int `json:"h"` // code, text, code, text …
	Picture  int   `json:"g"`
}

// htmlPicture is a picture without its first node, the vantage.
type htmlPicture struct {
	Nodes [][]int `json:"n"` // what contains the node, outermost first, and its label
	Edges [][]int `json:"e"` // from, to, label
}

// htmlBuilder interns.
type htmlBuilder struct {
	*htmlData
	text    map[string]int
	step    map[string]int
	picture map[string]int
	proof   map[string]int
}

func newHTMLPage(m *audit.Matrix) htmlPage {
	b := &htmlBuilder{
		htmlData: &htmlData{Texts: []string{}, Steps: [][]int{}, Pictures: []htmlPicture{}, Proofs: []htmlProof{}, Cells: [][]int{}, Boxes: [][]int{}, Titles: map[string]string{}},
		text:     map[string]int{}, step: map[string]int{}, picture: map[string]int{}, proof: map[string]int{},
	}
	vantages, hosts := m.Len()
	p := htmlPage{Totals: m.Totals().String(), All: share(m.Totals()), Data: b.htmlData}
	for j := range hosts {
		p.Columns = append(p.Columns, htmlHead{m.HostName(j), share(m.Column(j))})
	}
	proofs := make([]int, 0, vantages*hosts)
	for _, tr := range m.Traces() {
		proofs = append(proofs, b.addProof(&tr))
	}
	for i := range vantages {
		v := m.Vantage(i)
		row := htmlRow{Label: v.World().Label(v.ID()), Where: strings.TrimSpace(v.AZ() + " " + v.World().Label(v.VPC())), Share: share(m.Row(i))}
		for j := range hosts {
			row.Cells = append(row.Cells, word(m.Verdict(i, j)))
		}
		p.Rows = append(p.Rows, row)
		b.Cells = append(b.Cells, proofs[i*hosts:(i+1)*hosts])
		b.Boxes = append(b.Boxes, b.boxes(node{v.World().Label(v.ID()), v.World().Where(v.ID())}))
	}
	return p
}

// intern returns the place of a value in a list, and adds it if it is new.
func intern[E any](index map[string]int, list *[]E, key string, value E) int {
	i, ok := index[key]
	if !ok {
		i = len(*list)
		index[key] = i
		*list = append(*list, value)
	}
	return i
}

func (b *htmlBuilder) addText(s string) int { return intern(b.text, &b.Texts, s, s) }

// key makes a map key of a value; the values are structs of ints, which
// always have JSON.
func key(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// addStep splits a line after each ": ": tables and addresses stand before
// one, and come back in many lines.
func (b *htmlBuilder) addStep(s trace.Step) int {
	full := s.Word + "\x00" + s.Text
	if i, ok := b.step[full]; ok {
		return i
	}
	parts := []int{b.addText(s.Word)}
	for _, part := range strings.SplitAfter(s.Text, ": ") {
		parts = append(parts, b.addText(part))
	}
	return intern(b.step, &b.Steps, full, parts)
}

func (b *htmlBuilder) addProof(tr *trace.Trace) int {
	p := htmlProof{
		Class: b.addText(string(tr.Class)), Evidence: b.addText(tr.Evidence.String()),
		Codes: []int{}, Steps: []int{}, Hints: []int{}, Picture: b.addPicture(tr),
	}
	for _, c := range tr.Codes {
		p.Codes = append(p.Codes, b.addCode(c))
	}
	for _, s := range tr.Steps() {
		p.Steps = append(p.Steps, b.addStep(s))
	}
	for _, h := range tr.Hints {
		p.Hints = append(p.Hints, b.addCode(h.Code), b.addText(h.Text))
	}
	return intern(b.proof, &b.Proofs, key(p), p)
}

func (b *htmlBuilder) addCode(c endpoint.Code) int {
	if b.Titles[string(c)] == "" {
		page, _ := audit.Explain(c)
		b.Titles[string(c)] = orCode(page.Title, c)
	}
	return b.addText(string(c))
}

func (b *htmlBuilder) boxes(n node) []int {
	var list []int
	for _, s := range n.in {
		list = append(list, b.addText(s))
	}
	return append(list, b.addText(n.label))
}

// theHost stands for the host of a column in pictures, so that the hosts that
// one way leads to share its picture.
const theHost = "{host}"

func (b *htmlBuilder) addPicture(tr *trace.Trace) int {
	drawn := draw(*tr)
	p := htmlPicture{Nodes: [][]int{}, Edges: [][]int{}}
	for _, n := range drawn.nodes[1:] {
		if n.label == tr.Host {
			n.label = theHost
		}
		p.Nodes = append(p.Nodes, b.boxes(n))
	}
	for _, e := range drawn.edges {
		p.Edges = append(p.Edges, []int{e.from, e.to, b.addText(e.label)})
	}
	return intern(b.picture, &b.Pictures, key(p), p)
}

// Verdicts are the words in the order of the page's controls.
func (htmlPage) Verdicts() []string {
	words := make([]string, 0, 4)
	for _, v := range []route.Verdict{route.Private, route.Public, route.Failed, route.VerdictUnknown} {
		words = append(words, word(v))
	}
	return slices.Clip(words)
}
