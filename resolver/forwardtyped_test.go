package resolver_test

import (
	"context"
	"errors"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/privatelink-go/privatelink/resolver"
)

// N15: the names that typed lookups hand on have a final dot, so that the search
// list of the machine does not change what is asked.
func TestForwardNoSearchList(t *testing.T) {
	var mu sync.Mutex
	asked := map[string]bool{}
	up := resolver.New(own{}) // NXDOMAIN for every name
	up.Observe = func(q resolver.Query) {
		mu.Lock()
		defer mu.Unlock()
		asked[q.Name] = true
	}
	r := resolver.New(wireView(t))
	r.Outside, r.Forward = resolver.Forward, up.Net()
	for _, test := range []struct{ host, handed, asked string }{
		{"single", "single.", "single"},
		{"db.corp.test", "db.corp.test.", "db.corp.test"},
		{"DB.corp.test.", "DB.corp.test.", "db.corp.test"},
		{"outside.us-east-2.amazonaws.com", "www.example.com.", "www.example.com"},
	} {
		if got := r.HandedOn(test.host); got != test.handed {
			t.Errorf("%s is handed on as %s, want %s", test.host, got, test.handed)
		}
		clear(asked)
		for name, look := range methodsOf(t.Context(), r) {
			if name == "LookupAddr" {
				continue
			}
			err := look(test.host)
			if f := flagsOf(t, err); !f.NotFound {
				t.Errorf("%s %s: %v", name, test.host, err)
			}
		}
		if len(asked) != 1 || !asked[test.asked] {
			t.Errorf("%s: %v was asked for", test.host, asked)
		}
	}
}

// N21: whatever was asked of the other resolver, the error has the caller's name.
func TestForwardErrorNames(t *testing.T) {
	up := resolver.New(own{})
	r := resolver.New(wireView(t))
	r.Outside, r.Forward = resolver.Forward, up.Net()
	for name, look := range methodsOf(t.Context(), r) {
		hosts := []string{"missing.example.com", "Missing.example.com.", "outside.us-east-2.amazonaws.com"}
		if name == "LookupAddr" {
			hosts = []string{"192.0.2.99", "2001:db8::99"}
		}
		for _, host := range hosts {
			var e *net.DNSError
			if err := look(host); !errors.As(err, &e) || e.Name != host || !e.IsNotFound {
				t.Errorf("%s %s: %#v", name, host, err)
			}
		}
	}
}

// N18: callers who share a lookup of the other resolver do not share its error.
func TestForwardErrorIsOwn(t *testing.T) {
	up := resolver.New(own{})
	r := new(resolver.Resolver)
	r.Outside = resolver.Forward
	r.Forward = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		time.Sleep(20 * time.Millisecond) // so that the others come to share it
		return up.Dial(ctx, network, address)
	}}
	var wg sync.WaitGroup
	for i := range 8 {
		host := []string{"missing.example.com", "missing.example.com."}[i%2]
		wg.Go(func() {
			_, err := r.LookupNetIP(t.Context(), "ip4", host)
			time.Sleep(20 * time.Millisecond) // until all have theirs
			var e *net.DNSError
			if !errors.As(err, &e) || e.Name != host {
				t.Errorf("%s: %v", host, err)
			}
		})
	}
	wg.Wait()
}

// methodsOf are the methods that take a name or an address, by theirs.
func methodsOf(ctx context.Context, r lookuper) map[string]func(string) error {
	return map[string]func(string) error{
		"LookupHost":   func(n string) error { _, err := r.LookupHost(ctx, n); return err },
		"LookupIPAddr": func(n string) error { _, err := r.LookupIPAddr(ctx, n); return err },
		"LookupIP":     func(n string) error { _, err := r.LookupIP(ctx, "ip6", n); return err },
		"LookupNetIP":  func(n string) error { _, err := r.LookupNetIP(ctx, "ip4", n); return err },
		"LookupAddr":   func(n string) error { _, err := r.LookupAddr(ctx, n); return err },
		"LookupCNAME":  func(n string) error { _, err := r.LookupCNAME(ctx, n); return err },
		"LookupTXT":    func(n string) error { _, err := r.LookupTXT(ctx, n); return err },
		"LookupMX":     func(n string) error { _, err := r.LookupMX(ctx, n); return err },
		"LookupNS":     func(n string) error { _, err := r.LookupNS(ctx, n); return err },
		"LookupSRV":    func(n string) error { _, _, err := r.LookupSRV(ctx, "", "", n); return err },
	}
}
