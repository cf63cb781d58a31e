package tracegen

import (
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/route/trace"
)

// TwistNames are the names of all twists.
func TwistNames() []string {
	var names []string
	for _, tw := range twists() {
		names = append(names, tw.name)
	}
	return names
}

// Twist draws a network, applies the twist of the name, and reports whether it
// found something to bend.
func Twist(t *rapid.T, name string) (before, after trace.Inventory, bent bool) {
	d := newDraft(t, Knobs{Without: Twists})
	before = d.inv.Clone()
	for _, tw := range twists() {
		if tw.name == name {
			bent = tw.do(d)
		}
	}
	return before, *d.inv, bent
}
