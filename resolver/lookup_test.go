package resolver_test

import (
	"context"
	"errors"
	"net"
	"slices"
	"testing"

	"github.com/privatelink-go/privatelink/resolver"
)

// The same question through Go's resolver, with each framing, and typed.
func TestLookupEveryWay(t *testing.T) {
	packets := resolver.New(cloudWatch)
	packets.Packets = true
	stream := resolver.New(cloudWatch)
	ways := map[string]interface {
		LookupHost(context.Context, string) ([]string, error)
	}{
		"typed": stream, "stream": stream.Net(), "packets": packets.Net(),
	}
	for name, way := range ways {
		t.Run(name, func(t *testing.T) {
			got, err := way.LookupHost(t.Context(), host)
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(got) // N20: Go sorts by the host's routes
			if want := []string{"10.0.1.10", "10.0.2.10", "10.0.3.10"}; !slices.Equal(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			for _, missing := range []struct {
				name     string
				notFound bool
			}{{"nothing." + host, true}, {"www.example.com", false}} {
				_, err := way.LookupHost(t.Context(), missing.name)
				var e *net.DNSError
				if !errors.As(err, &e) || e.IsNotFound != missing.notFound || e.IsTemporary || e.Name != missing.name {
					t.Errorf("%s: %#v", missing.name, err)
				}
			}
		})
	}
}
