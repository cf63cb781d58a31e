package propertytest_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// TestNoGatewayNoInternet: whatever else a network holds, without gateways
// nothing in it reaches the internet.
func TestNoGatewayNoInternet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		world := tracegen.World(tracegen.Knobs{Without: tracegen.Gateways}).Draw(t, "world")
		from := tracegen.Vantage(world).Draw(t, "from")
		host := tracegen.HostFor(world).Draw(t, "host")

		if tr := from.To(host, 443); tr.Verdict == route.Public {
			t.Fatalf("leaves without a gateway:\n%s", tr)
		}
	})
}
