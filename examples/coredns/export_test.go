package privatelink

import (
	"time"

	"github.com/coredns/caddy"

	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// Setup is what CoreDNS calls.
var Setup = setup

// Options are what a Corefile says.
type Options struct {
	Dir      string
	Zones    []string
	Fall     []string
	Fallback zone.Point
	Reload   time.Duration
}

// Parse reads a Corefile's block.
func Parse(c *caddy.Controller) (Options, error) {
	p, s, err := parse(c)
	if err != nil {
		return Options{}, err
	}
	return Options{s.dir, p.Zones, p.Fall.Zones, s.fallback, s.interval}, nil
}

// Load makes a handler that looks at its directory when the test says so.
func Load(p *Plugin, dir string, fallback zone.Point) (look func(), err error) {
	s := &source{dir: dir, fallback: fallback}
	return func() { p.look(s) }, p.first(s)
}

// ForClient returns where the view of a client looks from, and what chose it.
func ForClient(w *trace.World, fallback zone.Point) (func(ip string) (zone.Point, string), error) {
	v, err := newViews(w, fallback)
	return func(ip string) (zone.Point, string) {
		view, by := v.forClient(ip)
		if view == nil {
			return zone.Point{}, by
		}
		return view.Point(), by
	}, err
}
