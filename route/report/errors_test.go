package report_test

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/route/report"
)

var errFull = errors.New("full")

// disk takes so many bytes, and then no more.
type disk struct {
	took []byte
	free int
}

func (d *disk) Write(p []byte) (n int, err error) {
	n = min(len(p), d.free)
	if n < len(p) {
		err = errFull
	}
	d.took, d.free = append(d.took, p[:n]...), d.free-n
	return n, err
}

// TestErrors: wherever the writer of any function gives up, its error comes
// back as it is, and what it took is the beginning of the whole.
func TestErrors(t *testing.T) {
	world := pageWorld(t)
	const vpc = "vpc-0a1b2c3d4e5f60001"
	tr, err := world.Why("private", "monitoring.us-east-2.api.aws")
	if err != nil {
		t.Fatal(err)
	}
	m, changes, issues := pageMatrix(), pageChanges(), broken(t)
	hidden := slices.Collect(world.Zones().Hidden(vpc))[0]
	for name, print := range map[string]func(io.Writer) error{
		"Change":         func(w io.Writer) error { return report.Change(w, changes[0]) },
		"DOT":            func(w io.Writer) error { return report.DOT(w, tr) },
		"DiffMarkdown":   func(w io.Writer) error { return report.DiffMarkdown(w, changes) },
		"DiffText":       func(w io.Writer) error { return report.DiffText(w, changes) },
		"Issue":          func(w io.Writer) error { return report.Issue(w, issues[0]) },
		"LintText":       func(w io.Writer) error { return report.LintText(w, issues) },
		"Lookup":         func(w io.Writer) error { return report.Lookup(w, tr.DNS[0]) },
		"Markdown":       func(w io.Writer) error { return report.Markdown(w, tr) },
		"Matrix":         func(w io.Writer) error { return report.Matrix(w, m) },
		"MatrixCSV":      func(w io.Writer) error { return report.MatrixCSV(w, m) },
		"MatrixHTML":     func(w io.Writer) error { return report.MatrixHTML(w, m) },
		"MatrixMarkdown": func(w io.Writer) error { return report.MatrixMarkdown(w, m) },
		"MatrixText":     func(w io.Writer) error { return report.MatrixText(w, m, 0) },
		"Mermaid":        func(w io.Writer) error { return report.Mermaid(w, tr) },
		"Name":           func(w io.Writer) error { return report.Name(w, report.NewName("x", catalog.Default())) },
		"SARIF":          func(w io.Writer) error { return report.SARIF(w, issues, "world") },
		"Trace":          func(w io.Writer) error { return report.Trace(w, tr) },
		"VPCDOT":         func(w io.Writer) error { return report.VPCDOT(w, world, vpc) },
		"VPCMermaid":     func(w io.Writer) error { return report.VPCMermaid(w, world, vpc) },
		"Zone":           func(w io.Writer) error { return report.Zone(w, hidden) },
	} {
		t.Run(name, func(t *testing.T) {
			var whole bytes.Buffer
			if err := print(&whole); err != nil || whole.Len() == 0 {
				t.Fatalf("%d bytes, %v", whole.Len(), err)
			}
			for _, free := range []int{0, 1, whole.Len() / 3, whole.Len() / 2, whole.Len() - 1} {
				d := disk{free: free}
				if err := print(&d); err != errFull { // as it is, not wrapped
					t.Errorf("room for %d of %d bytes: %v", free, whole.Len(), err)
				}
				if !bytes.HasPrefix(whole.Bytes(), d.took) || len(d.took) != free {
					t.Errorf("room for %d of %d bytes: %d written", free, whole.Len(), len(d.took))
				}
			}
		})
	}
}
