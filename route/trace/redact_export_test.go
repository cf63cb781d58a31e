package trace

import (
	"maps"
	"slices"
)

// RedactedFields are the fields in the table of what text fields hold.
func RedactedFields() []string { return slices.Sorted(maps.Keys(fieldKinds)) }
