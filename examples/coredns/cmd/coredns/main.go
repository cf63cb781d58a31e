// Command coredns is a CoreDNS with the privatelink plugin and the few others
// that its README uses. To have all of CoreDNS's, add the line
//
//	privatelink:github.com/privatelink-go/privatelink/examples/coredns
//
// to its plugin.cfg, before cache.
package main

import (
	"slices"

	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/coremain"
	_ "github.com/coredns/coredns/plugin/acl"
	_ "github.com/coredns/coredns/plugin/bind"
	_ "github.com/coredns/coredns/plugin/cache"
	_ "github.com/coredns/coredns/plugin/errors"
	_ "github.com/coredns/coredns/plugin/forward"
	_ "github.com/coredns/coredns/plugin/health"
	_ "github.com/coredns/coredns/plugin/log"
	_ "github.com/coredns/coredns/plugin/metrics"
	_ "github.com/coredns/coredns/plugin/ready"
	_ "github.com/coredns/coredns/plugin/reload"

	_ "github.com/privatelink-go/privatelink/examples/coredns"
)

// The plugin stands before cache: a cache does not know that two clients may
// see two answers to one question.
func init() {
	at := slices.Index(dnsserver.Directives, "cache")
	dnsserver.Directives = slices.Insert(dnsserver.Directives, at, "privatelink")
}

func main() { coremain.Run() }
