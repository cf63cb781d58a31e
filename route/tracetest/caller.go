package tracetest

import (
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
)

const self = "github.com/privatelink-go/privatelink/route/tracetest."

// caller returns the file and line of whoever asked: the first frame of the
// stack that is
//
//  1. not of this package or the standard library, nor of a module in the
//     module cache or a vendor folder: the program's own code
//  2. not of this package or the standard library
//
// "" if there is none, as in the goroutine of an [http.Transport] that dials.
func caller() string {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(0, pcs[:])])
	first, more := frames.Next() // runtime.Callers itself
	std := newLibrary(first.File)
	foreign := ""
	for more {
		var f runtime.Frame
		f, more = frames.Next()
		if f.Function == "" || strings.HasPrefix(f.Function, self) || std.has(f.Function, f.File) {
			continue
		}
		at := fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
		if !dependency(f.File) {
			return at
		}
		if foreign == "" {
			foreign = at
		}
	}
	return foreign
}

// library tells the functions of the standard library from a program's own.
type library struct {
	src     string   // the folder of its sources, with the final slash; "" in a -trimpath build
	modules []string // the program's modules, of a -trimpath build
}

// newLibrary returns the standard library of this binary. file is the one that
// runtime.Callers stands in.
func newLibrary(file string) library {
	if src, ok := strings.CutSuffix(file, "runtime/extern.go"); ok && src != "" {
		return library{src: src}
	}
	var l library
	if info, ok := debug.ReadBuildInfo(); ok {
		l.modules = append(l.modules, info.Main.Path)
		for _, m := range info.Deps {
			l.modules = append(l.modules, m.Path)
		}
	}
	return l
}

// has reports whether a function is of the standard library. A module's path
// need not have a dot ("go mod init myapp"), so that a name alone does not
// tell:
//
//  1. Its file is in the folder of the standard library's sources, where that
//     is known.
//  2. A -trimpath build cuts the folders off: then it is no function of a
//     program's package main or test of single files, its package's path has
//     no dot in the first element, and no module of the program has that path.
func (l library) has(function, file string) bool {
	if l.src != "" {
		return strings.HasPrefix(file, l.src)
	}
	first, _, nested := strings.Cut(function, "/")
	if !nested { // "main.f", "time.Sleep", "myapp.f"
		first, _, _ = strings.Cut(function, ".")
	}
	first = strings.TrimSuffix(first, "_test")
	if first == "main" || first == "command-line-arguments" || strings.Contains(first, ".") {
		return false
	}
	for _, m := range l.modules {
		if rest, ok := strings.CutPrefix(function, m); ok && m != "" && strings.ContainsAny(rest[:min(1, len(rest))], "./_") {
			return false
		}
	}
	return true
}

// dependency reports whether a file is one of a downloaded module, whose folder
// ends in its version, or vendored.
func dependency(file string) bool {
	return strings.Contains(file, "@v") || strings.Contains(file, "/vendor/")
}
