//go:build race

package resolver_test

func init() { raceEnabled = true }
