package zone_test

import (
	"flag"
	"os"
	"testing"
)

// TestMain lets CI repeat itself: with the environment's CI set, rapid draws
// from one seed. Everywhere else every run explores.
func TestMain(m *testing.M) {
	if os.Getenv("CI") != "" {
		if err := flag.Set("rapid.seed", "20261123"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}
