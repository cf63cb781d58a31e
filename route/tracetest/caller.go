package tracetest

import (
	"fmt"
	"path/filepath"
	"runtime"
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
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs[:])])
	foreign := ""
	for {
		f, more := frames.Next()
		if f.Function != "" && !strings.HasPrefix(f.Function, self) && !standard(f.Function) {
			at := fmt.Sprintf("%s:%d", filepath.Base(f.File), f.Line)
			if !dependency(f.File) {
				return at
			}
			if foreign == "" {
				foreign = at
			}
		}
		if !more {
			return foreign
		}
	}
}

// standard reports whether a function is of the standard library: the first
// element of its package's path has no dot, and it is not a program's own
// package main.
func standard(function string) bool {
	path, rest, ok := strings.Cut(function, "/")
	if !ok { // "main.f", "time.Sleep", "command-line-arguments.f"
		pkg, _, _ := strings.Cut(rest+path, ".")
		return pkg != "main" && pkg != "command-line-arguments"
	}
	return !strings.Contains(path, ".")
}

// dependency reports whether a file is one of a downloaded module, whose folder
// ends in its version, or vendored.
func dependency(file string) bool {
	return strings.Contains(file, "@v") || strings.Contains(file, "/vendor/")
}
