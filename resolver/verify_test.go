package resolver_test

import (
	"context"
	"errors"
	"net"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// N1, N13: Verify tells a resolver that reaches the hook from one that does not.
func TestVerify(t *testing.T) {
	r, other := resolver.New(cloudWatch), resolver.New(cloudWatch)
	r.Outside = resolver.Forward
	r.Forward = &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		t.Error("the random name was forwarded")
		return nil, errors.New("no")
	}}
	r.Observe = func(q resolver.Query) { t.Errorf("the random name was observed: %s", q.Name) }
	if err := r.Verify(t.Context()); err != nil {
		t.Errorf("on this machine, nsswitch.conf may not let the hook be called: %v", err)
	}
	if err := r.Verify(t.Context(), r.Net(), r.Net()); err != nil {
		t.Error(err)
	}
	dead := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("no network")
	}}
	anything := resolver.New(anyName{}) // answers every name, the random one too
	for name, bad := range map[string]*net.Resolver{"another Resolver's": other.Net(), "anything": anything.Net(), "no hook": dead} {
		err := r.Verify(t.Context(), r.Net(), bad)
		if !errors.Is(err, resolver.ErrHookNotUsed) || !strings.Contains(err.Error(), "resolver 2 of 2") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Verify reaches r through Resolvers that forward to it, and tells those that
// forward elsewhere or in a circle.
func TestVerifyForwarded(t *testing.T) {
	r := resolver.New(cloudWatch)
	r.Outside = resolver.Forward
	to := func(n *net.Resolver) *resolver.Resolver {
		f := new(resolver.Resolver)
		f.Outside, f.Forward = resolver.Forward, n
		return f
	}
	once := to(r.Net())
	r.Forward = once.Net() // a loop, which is no concern of the random name
	if err := r.Verify(t.Context(), once.Net(), to(once.Net()).Net(), r.Net()); err != nil {
		t.Error(err)
	}
	other := resolver.New(cloudWatch)
	if err := r.Verify(t.Context(), to(other.Net()).Net()); !errors.Is(err, resolver.ErrHookNotUsed) {
		t.Error(err)
	}
	if err := other.Verify(t.Context(), r.Net()); !errors.Is(err, resolver.ErrHookNotUsed) {
		t.Error(err)
	}
}

// anyName has an address for every name.
type anyName struct{}

func (anyName) Lookup(name string, t zone.Type) zone.Answer {
	if t != zone.A {
		return zone.NewAnswer(zone.NoError)
	}
	return zone.NewAnswer(zone.NoError, must(name, t, "192.0.2.1"))
}
