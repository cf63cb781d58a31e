package tracegen_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// TestTwists: every twist finds something to bend in some network, changes it
// then, changes nothing where it says so, and leaves what builds.
func TestTwists(t *testing.T) {
	type result struct {
		bent, changed bool
		err           error
	}
	for _, name := range tracegen.TwistNames() {
		t.Run(name, func(t *testing.T) {
			gen := rapid.Custom(func(t *rapid.T) result {
				before, after, bent := tracegen.Twist(t, name)
				_, err := trace.New(after)
				return result{bent, !cmp.Equal(before, after), err}
			})
			changed := 0
			for seed := range 40 {
				r := gen.Example(seed)
				if r.err != nil {
					t.Fatal(r.err)
				}
				if r.changed && !r.bent {
					t.Errorf("seed %d: changed, and says that it did not", seed)
				}
				if r.changed {
					changed++
				}
			}
			if changed == 0 {
				t.Error("changes no network")
			}
		})
	}
}

// TestShrinks: a property that is never true shrinks to one VPC with one
// subnet, and little else.
func TestShrinks(t *testing.T) {
	t.Chdir(t.TempDir()) // where rapid keeps the draws of a failure
	tb := &failing{TB: t}
	var last trace.Inventory
	rapid.Check(tb, func(t *rapid.T) {
		last = tracegen.Inventory(tracegen.Knobs{}).Draw(t, "inventory")
		t.Fatalf("never true")
	})
	if !tb.failed {
		t.Fatal("a property that is never true holds")
	}
	if len(last.VPCs) != 1 || len(last.Subnets) != 1 || len(last.RouteTables) != 1 || len(last.Endpoints)+len(last.HostedZones)+len(last.SecurityGroups) > 0 {
		t.Errorf("shrunk to\n%s", brief(last))
	}
}

// failing is a test that may fail.
type failing struct {
	testing.TB
	failed bool
}

func (f *failing) Errorf(string, ...any) { f.failed = true }
func (f *failing) Fatalf(string, ...any) { f.failed = true }
func (f *failing) FailNow()              { f.failed = true }
func (f *failing) Fail()                 { f.failed = true }
func (f *failing) Logf(string, ...any)   {}
func (f *failing) Log(...any)            {}
func (f *failing) Name() string          { return "TestShrinks" }
