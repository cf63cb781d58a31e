package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"time"
)

// compared are the modules whose versions matter to a row.
var compared = []string{
	"github.com/coredns/coredns", "github.com/foxcpp/go-mockdns", "github.com/gaissmai/bart", "github.com/miekg/dns", "golang.org/x/net",
}

// machine prints what the figures were measured on, with which versions, and
// when.
func machine(w io.Writer) {
	fmt.Fprintf(w, "%s, %d CPUs of %s/%s\n", processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintln(w, runtime.Version())
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, dep := range info.Deps {
			for _, path := range compared {
				if dep.Path == path {
					fmt.Fprintln(w, dep.Path, dep.Version)
				}
			}
		}
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				fmt.Fprintln(w, "revision", s.Value)
			}
		}
	}
	fmt.Fprintln(w, time.Now().UTC().Format(time.DateOnly))
}

// processor is the model's name where the system tells it in a file.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return "unknown processor"
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if key, value, ok := strings.Cut(lines.Text(), ":"); ok && strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown processor"
}
