package tracegen

import (
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/route/trace"
)

// Machine is a state machine for [rapid.T.Repeat]: a network, and as actions
// everything that may happen to it, by the names of the twists that
// [Inventory] draws. An action that finds nothing to change is skipped.
type Machine struct{ d *draft }

// NewMachine draws the network to start from, without twists. The actions bring
// nothing into it that the knobs rule out.
func NewMachine(t *rapid.T, k Knobs) *Machine {
	start := k
	start.Without |= Twists
	m := &Machine{newDraft(t, start)}
	m.d.k = k
	return m
}

// Inventory returns a copy of the network as it is now.
func (m *Machine) Inventory() trace.Inventory { return m.d.inv.Clone() }

// World returns the network as it is now, built. That it always builds is an
// invariant of the machine: t fails if it does not.
func (m *Machine) World(t *rapid.T) *trace.World {
	w, err := trace.New(*m.d.inv)
	if err != nil {
		t.Fatalf("the network does not build: %v", err)
	}
	return w
}

// Actions returns the actions by name, and check under "", which Repeat calls
// before the first action and after each. The caller may add actions of its
// own.
//
//	m := tracegen.NewMachine(t, tracegen.Knobs{})
//	t.Repeat(m.Actions(func(t *rapid.T) {
//		w := m.World(t)
//		… // what must hold whatever happens
//	}))
func (m *Machine) Actions(check func(*rapid.T)) map[string]func(*rapid.T) {
	actions := map[string]func(*rapid.T){"": check}
	for _, tw := range twists() {
		if !m.d.k.has(tw.needs) {
			continue
		}
		actions[tw.name] = func(t *rapid.T) {
			m.d.T = t
			if !tw.do(m.d) {
				t.Skip("nothing to change")
			}
		}
	}
	return actions
}
