package tracetest_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/route/tracetest"
)

// TestStandard: neither a module's path without a dot nor -trimpath hides the
// caller. Functions and files are as go1.26 prints them.
func TestStandard(t *testing.T) {
	const src = "/usr/local/go/src/"
	modules := []string{"myapp", "example.com/dotted", "golang.org/x/net"}
	for _, tt := range []struct {
		function      string
		file, trimmed string // trimmed: of a -trimpath build
		want          bool
	}{
		{"net/http.(*Client).do", src + "net/http/client.go", "net/http/client.go", true},
		{"net/http/httputil.(*ReverseProxy).ServeHTTP", src + "net/http/httputil/reverseproxy.go", "net/http/httputil/reverseproxy.go", true},
		{"vendor/golang.org/x/net/http2/hpack.(*Decoder).Write", src + "vendor/golang.org/x/net/http2/hpack/hpack.go", "vendor/golang.org/x/net/http2/hpack/hpack.go", true},
		{"sync.(*Once).Do", src + "sync/once.go", "sync/once.go", true},
		{"slices.SortFunc[go.shape.[]string,go.shape.string]", src + "slices/sort.go", "slices/sort.go", true},
		{"testing.tRunner", src + "testing/testing.go", "testing/testing.go", true},
		{"runtime.goexit", src + "runtime/asm_amd64.s", "runtime/asm_amd64.s", true},

		{"example.com/dotted.TestG", "/home/u/dotted/a_test.go", "example.com/dotted/a_test.go", false},
		{"example.com/dotted/deep.(*T).f.func1", "/home/u/dotted/deep/t.go", "example.com/dotted/deep/t.go", false},
		{"golang.org/x/net/http2.(*Transport).RoundTrip", "/home/u/go/pkg/mod/golang.org/x/net@v0.62.0/http2/transport.go", "golang.org/x/net@v0.62.0/http2/transport.go", false},
		{"myapp.TestG", "/home/u/nodot/a_test.go", "myapp/a_test.go", false},
		{"myapp_test.TestG", "/home/u/nodot/b_test.go", "myapp/b_test.go", false},
		{"myapp/internal/deep.Ask[...]", "/home/u/nodot/internal/deep/ask.go", "myapp/internal/deep/ask.go", false},
		{"main.f", "/home/u/nodot/main.go", "myapp/main.go", false},
		{"command-line-arguments.TestG", "/home/u/nodot/a_test.go", "./a_test.go", false},
		{"command-line-arguments_test.TestG", "/home/u/nodot/b_test.go", "./b_test.go", false},
	} {
		t.Run(tt.function, func(t *testing.T) {
			if got := tracetest.IsStandard(src, nil, tt.function, tt.file); got != tt.want {
				t.Errorf("%s: %t", tt.file, got)
			}
			if got := tracetest.IsStandard("", modules, tt.function, tt.trimmed); got != tt.want {
				t.Errorf("-trimpath, %s: %t", tt.trimmed, got)
			}
		})
	}
	// A module's name at the start of another's is not that module.
	if !tracetest.IsStandard("", []string{"", "net/ht", "tim", "test"}, "net/http.Get", "net/http/client.go") {
		t.Error("net/http is taken for a part of net/ht")
	}
}
