package describe

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/trace"
)

// Load reads a directory as [Read] does and makes a World of it: the errors are
// Read's and [trace.New]'s.
func Load(fsys fs.FS) (*trace.World, error) {
	inv, err := Read(fsys)
	if err != nil {
		return nil, err
	}
	return trace.New(inv)
}

// Read reads all files of a directory and of the directories below it, and
// joins what they say into one Inventory, in the order of their paths.
//
//  1. Files and directories whose names begin with a dot are left out, and so
//     are links to directories.
//  2. A file named *.json is JSON or empty; an empty one is what a failed
//     command leaves behind, and says nothing.
//  3. Any other file is JSON if it begins as an object or a list of objects
//     does; else it is left out.
//  4. The keys at the top of a JSON document say what it is: see the package's
//     table. A document without one of them is left out.
//  5. If no document has one, that is an error, which names the files and what
//     they hold.
//
// Findings of the Inventory are what the files leave open or contradict each
// other in. Errors are all gathered, each a [*FileError] but for [ErrNoKey] of
// rule 5; the Inventory is then empty.
func Read(fsys fs.FS) (trace.Inventory, error) {
	names, errs := walk(fsys)
	files := make([]*file, len(names))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(len(names), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(names); i = int(next.Add(1)) - 1 {
				files[i] = readFile(fsys, names[i])
			}
		})
	}
	wg.Wait()
	return merge(files, errs)
}

// ReadFrom reads one file, or a stream of JSON documents such as standard
// input. The name stands in errors and Findings, and may carry an id, as a
// file's does. White space alone is no document. Errors are as [Read]'s.
func ReadFrom(name string, r io.Reader) (trace.Inventory, error) {
	data, err := io.ReadAll(r)
	if err != nil {
		return trace.Inventory{}, &FileError{File: name, Err: err}
	}
	return merge([]*file{parse(name, data)}, nil)
}

// walk returns the paths of all files that Read looks into, sorted, and what
// hindered it.
func walk(fsys fs.FS) (names []string, errs []error) {
	fail := func(name string, err error) error {
		errs = append(errs, &FileError{File: name, Err: err})
		return nil // on to the next
	}
	_ = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fail(name, err)
		case name != "." && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		mode := d.Type()
		if mode&fs.ModeSymlink != 0 {
			target, err := fs.Stat(fsys, name)
			if err != nil {
				return fail(name, err)
			}
			mode = target.Mode()
		}
		if mode.IsRegular() {
			names = append(names, name)
		}
		return nil
	}) // no error: every step returns nil or SkipDir
	return names, errs
}

// readFile reads one file of a directory, nil if it is no JSON.
func readFile(fsys fs.FS, name string) *file {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return &file{name: name, errs: []error{&FileError{File: name, Err: err}}}
	}
	if !strings.EqualFold(path.Ext(name), ".json") && !beginsLikeJSON(text(data)) {
		return nil
	}
	return parse(name, data)
}

// beginsLikeJSON reports whether b begins as an object, or as a list of
// objects or of lists, does.
func beginsLikeJSON(b []byte) bool {
	i := skipSpace(b, 0)
	list := false
	for i < len(b) && b[i] == '[' {
		list = true
		i = skipSpace(b, i+1)
	}
	if i >= len(b) {
		return list
	}
	if b[i] != '{' {
		return list && b[i] == ']'
	}
	i = skipSpace(b, i+1)
	return i >= len(b) || b[i] == '"' || b[i] == '}'
}

// merge joins the files, which may be nil, into an Inventory.
func merge(files []*file, errs []error) (trace.Inventory, error) {
	total := len(files)
	m := merger{files: slices.DeleteFunc(files, func(f *file) bool { return f == nil })}
	found := false
	for _, f := range m.files {
		errs = append(errs, f.errs...)
		found = found || f.found
		m.findings = append(m.findings, f.findings...)
	}
	if len(errs) > 0 {
		return trace.Inventory{}, errors.Join(errs...)
	}
	if !found {
		return trace.Inventory{}, noKey(m.files, total)
	}
	for _, l := range lists {
		l.merge(&m)
	}
	m.addNames()
	m.addAttributes()
	m.addEntries()
	m.addRoutes()
	m.addZones()
	slices.SortFunc(m.findings, endpoint.Finding.Compare)
	m.inv.Findings = slices.Compact(m.findings)
	return m.inv, nil
}
