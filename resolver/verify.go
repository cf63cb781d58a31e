package resolver

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"strings"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/zone"
)

// ErrHookNotUsed is the reason of an error from [Resolver.Verify].
var ErrHookNotUsed = errors.New("the lookup did not reach the hook")

// errand travels in a context from a Resolver to its own hook, beneath Go's
// resolver and whatever other Resolvers forward on the way. N18 does no harm:
// whoever shares the lookup asked for the same name.
type errand struct {
	r        *Resolver
	sentinel string // a name that only this errand asks for; "" on the way to another resolver
	reached  atomic.Bool
	outer    *errand // that this one was sent on, or nil
}

type errandKey struct{}

// errandOf returns the errand that ctx carries, or nil.
func errandOf(ctx context.Context) *errand {
	e, _ := ctx.Value(errandKey{}).(*errand)
	return e
}

// send returns a ctx with an errand of r, on top of those that it carries.
func (r *Resolver) send(ctx context.Context, sentinel string) (context.Context, *errand) {
	e := &errand{r: r, sentinel: sentinel, outer: errandOf(ctx)}
	return context.WithValue(ctx, errandKey{}, e), e
}

// arrived returns the last errand of r among those that ctx carries, or nil.
func (r *Resolver) arrived(ctx context.Context) *errand {
	e := errandOf(ctx)
	for e != nil && e.r != r {
		e = e.outer
	}
	return e
}

// Verify reports whether host lookups by each of nets, or by a new one from
// [Resolver.Net] if there are none, reach r on this machine. They do not where
// PreferGo is not set on a system that prefers its own resolver, where Dial is
// another function, or where nsswitch.conf names no dns (rules N1, N13). It asks
// for a random name, which is answered by the hook itself: neither view,
// observer nor [Resolver.Forward] of r sees it. One of nets may be another
// Resolver's that forwards to r, in one step or in several: those on the way see
// the name as any other. The error wraps [ErrHookNotUsed] for each of nets that
// did not pass; nil says that all did.
//
// It cannot tell that a name stands in the hosts file, which is read before the
// hook is called.
func (r *Resolver) Verify(ctx context.Context, nets ...*net.Resolver) error {
	if len(nets) == 0 {
		nets = []*net.Resolver{r.Net()}
	}
	var errs []error
	for i, n := range nets {
		asking, e := r.send(ctx, "hook-"+strings.ToLower(rand.Text())+".invalid")
		_, err := n.LookupHost(asking, e.sentinel+".")
		if err == nil {
			err = errors.New("another answered")
		}
		if !e.reached.Load() {
			errs = append(errs, fmt.Errorf("resolver %d of %d: %w (is PreferGo set, Dial this Resolver's, dns among the hosts of nsswitch.conf?): %w", i+1, len(nets), ErrHookNotUsed, err))
		}
	}
	return errors.Join(errs...)
}

// respond answers the query for the errand's name; false for any other.
func (e *errand) respond(dst, query []byte) ([]byte, bool) {
	var m message
	if len(query) < headerLen || m.parse(query) != rcodeSuccess {
		return dst, false
	}
	p := newResponse(dst, query, MaxStream)
	if textName(p.qname()) != e.sentinel {
		return dst, false
	}
	e.reached.Store(true)
	out, _ := p.error(zone.NXDomain)
	return out, true
}
