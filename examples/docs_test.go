package examples_test

import (
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestDocumentation: every exported name of the library has a doc comment, and
// every package a doc.go and a runnable Example with checked output.
func TestDocumentation(t *testing.T) {
	root := ".."
	packages := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || d.Name() == "examples"):
			return fs.SkipDir
		case path == root:
			return nil // documentation only
		}
		goFiles, err := filepath.Glob(filepath.Join(path, "*.go"))
		if err != nil || len(goFiles) == 0 {
			return err
		}
		packages++
		return checkPackage(t, path, goFiles)
	})
	if err != nil {
		t.Fatal(err)
	}
	if packages < 10 {
		t.Errorf("looked at %d packages", packages)
	}
}

func checkPackage(t *testing.T, dir string, files []string) error {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, "doc.go")); err != nil {
		t.Errorf("%s has no doc.go", dir)
	}
	fset := token.NewFileSet()
	var parsed []*ast.File
	for _, name := range files {
		f, err := parser.ParseFile(fset, name, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		if f.Name.Name != "main" {
			parsed = append(parsed, f)
		}
	}
	p, err := doc.NewFromFiles(fset, parsed, dir)
	if err != nil {
		return err
	}
	missing := func(kind, name, text string) {
		if strings.TrimSpace(text) == "" {
			t.Errorf("%s: %s %s has no doc comment", dir, kind, name)
		}
	}
	missing("package", p.Name, p.Doc)
	funcs := func(prefix string, fs []*doc.Func) {
		for _, f := range fs {
			missing("func", prefix+f.Name, f.Doc)
		}
	}
	funcs("", p.Funcs)
	for _, typ := range p.Types {
		missing("type", typ.Name, typ.Doc)
		funcs("", typ.Funcs)
		funcs(typ.Name+".", typ.Methods)
	}
	examples := doc.Examples(testFiles(parsed, fset)...)
	checked := 0
	for _, e := range examples {
		if e.Output != "" || e.EmptyOutput {
			checked++
		}
	}
	if checked == 0 {
		t.Errorf("%s has no Example with checked output", dir)
	}
	return nil
}

// testFiles returns the files of tests among parsed ones.
func testFiles(files []*ast.File, fset *token.FileSet) []*ast.File {
	var tests []*ast.File
	for _, f := range files {
		if strings.HasSuffix(fset.Position(f.Pos()).Filename, "_test.go") {
			tests = append(tests, f)
		}
	}
	return tests
}
