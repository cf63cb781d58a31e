package privatelink

import (
	"path/filepath"
	"time"

	"github.com/coredns/caddy"
	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/plugin"
	clog "github.com/coredns/coredns/plugin/pkg/log"

	"github.com/privatelink-go/privatelink/zone"
)

// defaultReload is how often the directory is looked at, as of CoreDNS's own
// reload plugin for the Corefile.
const defaultReload = 30 * time.Second

var log = clog.NewWithPlugin(pluginName)

func init() { plugin.Register(pluginName, setup) }

// setup reads the Corefile and the directory it names. A directory that cannot
// be read ends the start, or leaves a running server with its old Corefile.
func setup(c *caddy.Controller) error {
	p, s, err := parse(c)
	if err != nil {
		return plugin.Error(pluginName, err)
	}
	if err := p.first(s); err != nil {
		return plugin.Error(pluginName, err)
	}
	if s.interval > 0 {
		stop := make(chan struct{})
		c.OnStartup(func() error {
			go p.watch(s, stop)
			return nil
		})
		c.OnShutdown(func() error {
			close(stop)
			return nil
		})
	}
	dnsserver.GetConfig(c).AddPlugin(func(next plugin.Handler) plugin.Handler {
		p.Next = next
		return p
	})
	return nil
}

// parse reads
//
//	privatelink DIR [ZONES...] {
//	    default POINT
//	    reload DURATION
//	    fallthrough [ZONES...]
//	}
func parse(c *caddy.Controller) (*Plugin, *source, error) {
	p, s := &Plugin{}, &source{interval: defaultReload}
	for n := 0; c.Next(); n++ {
		if n > 0 {
			return nil, nil, plugin.ErrOnce
		}
		args := c.RemainingArgs()
		if len(args) == 0 {
			return nil, nil, c.ArgErr()
		}
		s.dir = args[0]
		if root := dnsserver.GetConfig(c).Root; root != "" && !filepath.IsAbs(s.dir) {
			s.dir = filepath.Join(root, s.dir)
		}
		p.Zones = plugin.OriginsFromArgsOrServerBlock(args[1:], c.ServerBlockKeys)
		for c.NextBlock() {
			switch option := c.Val(); option {
			case "default":
				args := c.RemainingArgs()
				if len(args) != 1 {
					return nil, nil, c.ArgErr()
				}
				point, err := zone.ParsePoint(args[0])
				if err != nil {
					return nil, nil, c.Errf("default: %v", err)
				}
				s.fallback = point
			case "reload":
				args := c.RemainingArgs()
				if len(args) != 1 {
					return nil, nil, c.ArgErr()
				}
				interval, err := time.ParseDuration(args[0])
				if err != nil || interval < 0 {
					return nil, nil, c.Errf("reload: %q is not a duration, such as 30s, or 0 for never", args[0])
				}
				s.interval = interval
			case "fallthrough":
				p.Fall.SetZonesFromArgs(c.RemainingArgs())
			default:
				return nil, nil, c.Errf("unknown property %q", option)
			}
		}
	}
	return p, s, nil
}
