// Package privatelink is a CoreDNS plugin that answers as VPCs would: each
// client sees the view of the subnet that its address is of. It serves the
// World of a directory of AWS CLI JSON, such as `whichway gather` fills.
//
// It is the way to run the model past one process, on a server that exists:
// CoreDNS brings the transports, caching of what is forwarded, access lists,
// logs and metrics. The README shows the Corefile; [Plugin.ServeDNS] documents
// what is answered by whom.
package privatelink

import (
	"context"
	"fmt"
	"sync/atomic"

	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/metrics"
	"github.com/coredns/coredns/plugin/pkg/fall"
	"github.com/coredns/coredns/plugin/pkg/upstream"
	"github.com/coredns/coredns/request"
	"github.com/miekg/dns"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

const pluginName = "privatelink"

// Plugin is the handler of one server block.
type Plugin struct {
	Next  plugin.Handler
	Zones []string // the names it answers, those of the server block if the Corefile has no others
	Fall  fall.F   // for which names the next plugin is asked where no zone of the VPC matches

	views atomic.Pointer[views] // swapped as a whole by a reload; a query keeps the one it loaded
}

// Name implements plugin.Handler.
func (p *Plugin) Name() string { return pluginName }

// ServeDNS answers one query. The first line that fits decides:
//
//  1. The name is not one of the plugin's zones: the next plugin answers.
//  2. No subnet of exactly one VPC contains the client's address, and there is
//     no default view: REFUSED.
//  3. No zone and no rule of the client's VPC matches, so that the public DNS
//     would answer (Z7), and fallthrough is set for the name: the next plugin
//     answers.
//  4. DNS support is off in the client's VPC (Z4): silence, as on AWS.
//  5. The view answers. What it does not know, such as a name under a rule that
//     forwards it, is REFUSED, never guessed.
//
// In 5, where CNAMEs lead to a name of the public DNS and fallthrough is set
// for it, its records follow the CNAMEs: the server asks itself for them.
func (p *Plugin) ServeDNS(ctx context.Context, w dns.ResponseWriter, r *dns.Msg) (int, error) {
	state := request.Request{W: w, Req: r}
	if plugin.Zones(p.Zones).Matches(state.Name()) == "" {
		return plugin.NextOrFailure(pluginName, p.Next, ctx, w, r)
	}
	server := metrics.WithServer(ctx)
	view, by := p.views.Load().forClient(state.IP())
	clientsTotal.WithLabelValues(server, by).Inc()
	if view == nil {
		return dns.RcodeRefused, nil
	}
	m, q, err := respond(view, state)
	if err != nil {
		return dns.RcodeServerFailure, plugin.Error(pluginName, err)
	}
	outside := isOutside(q.Answer)
	if outside && q.Answer.Len() == 0 && p.Fall.Through(state.Name()) {
		answersTotal.WithLabelValues(server, "fallthrough").Inc()
		return plugin.NextOrFailure(pluginName, p.Next, ctx, w, r)
	}
	answersTotal.WithLabelValues(server, q.Answer.Source().Kind.String()).Inc()
	if m == nil {
		return dns.RcodeSuccess, nil // nothing is written: the client waits, as it would on AWS
	}
	if n := len(m.Answer); n > 0 && outside {
		if last, ok := m.Answer[n-1].(*dns.CNAME); ok && p.Fall.Through(last.Target) {
			if err := follow(ctx, state, last.Target, m); err != nil {
				return dns.RcodeServerFailure, plugin.Error(pluginName, err)
			}
		}
	}
	return m.Rcode, w.WriteMsg(m)
}

// respond asks a view by the library's own wire answerer, so that flags, EDNS
// and sizes are those of the Amazon-provided resolver. m is nil if nothing is
// to be said; q tells what the view answered, and is zero for a query that was
// refused before its name was looked at.
func respond(view *zone.View, state request.Request) (m *dns.Msg, q resolver.Query, err error) {
	query, err := state.Req.Pack()
	if err != nil {
		return nil, q, err
	}
	limit := resolver.MaxDatagram
	if state.Proto() != "udp" {
		limit = resolver.MaxStream
	}
	res := resolver.New(view)
	res.Observe = func(asked resolver.Query) { q = asked }
	wire, ok := res.AppendResponse(nil, query, limit)
	if !ok {
		return nil, q, nil
	}
	m = new(dns.Msg)
	if err := m.Unpack(wire); err != nil {
		return nil, q, err
	}
	m.Compress = true // as it was measured against the limit
	return m, q, nil
}

// isOutside reports whether a name, or the one that its CNAMEs lead to, is
// known to be answered by the public DNS, whose records the model does not have.
func isOutside(a zone.Answer) bool {
	_, known := a.RCode()
	_, s := a.Final()
	return !known && s.Kind == zone.PublicDNS && a.Evidence() > naming.Unspecified
}

// follow appends what the server itself, this plugin included, answers to the
// name that the CNAMEs of m end at.
func follow(ctx context.Context, state request.Request, name string, m *dns.Msg) error {
	rest, err := upstream.New().Lookup(ctx, state, name, state.QType())
	if err != nil {
		return err
	}
	if rest == nil {
		return fmt.Errorf("no answer to %s, where the CNAMEs of %s lead", name, state.Name())
	}
	m.Answer = append(m.Answer, rest.Answer...)
	m.Ns = rest.Ns
	m.Rcode = rest.Rcode
	return nil
}
