package resolver_test

import (
	"net"
	"testing"

	"golang.org/x/net/nettest"

	"github.com/privatelink-go/privatelink/resolver"
)

// C7: two of the queues, paired, are a connection like any other.
func TestConn(t *testing.T) {
	nettest.TestConn(t, func() (c1, c2 net.Conn, stop func(), err error) {
		c1, c2 = resolver.Pipe()
		return c1, c2, func() { c1.Close(); c2.Close() }, nil
	})
}
