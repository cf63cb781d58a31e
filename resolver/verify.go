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
// resolver. N18 does no harm: whoever shares the lookup asked for the same name.
type errand struct {
	r        *Resolver
	sentinel string // a name that only this errand asks for; "" on the way to another resolver
	reached  atomic.Bool
}

type errandKey struct{}

// Verify reports whether host lookups by each of nets, or by a new one from
// [Resolver.Net] if there are none, reach r on this machine. They do not where
// PreferGo is not set on a system that prefers its own resolver, where Dial is
// another function, or where nsswitch.conf names no dns (rules N1, N13). It asks
// for a random name, which is answered by the hook itself: neither view,
// observer nor [Resolver.Forward] sees it. The error wraps [ErrHookNotUsed] for
// each of nets that did not pass; nil says that all did.
//
// It cannot tell that a name stands in the hosts file, which is read before the
// hook is called.
func (r *Resolver) Verify(ctx context.Context, nets ...*net.Resolver) error {
	if len(nets) == 0 {
		nets = []*net.Resolver{r.Net()}
	}
	var errs []error
	for i, n := range nets {
		e := &errand{r: r, sentinel: "hook-" + strings.ToLower(rand.Text()) + ".invalid"}
		_, err := n.LookupHost(context.WithValue(ctx, errandKey{}, e), e.sentinel+".")
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
