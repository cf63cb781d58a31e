package audit

import "github.com/privatelink-go/privatelink/route"

// Classes and Verdicts are the closed sets that a cell's octet can hold.
var (
	Classes  = classes[:]
	Verdicts = verdicts[:]
)

// PackedRoundTrip packs and unpacks.
func PackedRoundTrip(c route.Class, v route.Verdict) (route.Class, route.Verdict) {
	p := pack(c, v)
	return p.class(), p.verdict()
}
