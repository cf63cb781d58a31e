package tracegen

import (
	"reflect"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/route/trace"
)

// Shuffle draws the same network with every list in another order, the lists
// inside of objects included: AWS promises no order, so nothing may depend on
// one. Only the rules of network ACLs, which have numbers, and tags stay what
// they are by other means than their place.
func Shuffle(inv trace.Inventory) *rapid.Generator[trace.Inventory] {
	return rapid.Custom(func(t *rapid.T) trace.Inventory {
		c := inv.Clone()
		shuffle(t, reflect.ValueOf(&c).Elem())
		return c
	})
}

func shuffle(t *rapid.T, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			shuffle(t, v.Field(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			shuffle(t, v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			shuffle(t, v.Index(i))
		}
		swap := reflect.Swapper(v.Interface())
		for i := v.Len() - 1; i > 0; i-- {
			swap(i, rapid.IntRange(0, i).Draw(t, "swap"))
		}
	}
}
