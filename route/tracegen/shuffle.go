package tracegen

import (
	"reflect"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/route/trace"
)

// Shuffle draws the same network with every list in another order, the lists
// inside of objects included: AWS promises no order, so nothing may depend on
// one. What has an order of its own, such as the rules of a network ACL, has it
// by number and not by place.
func Shuffle(inv trace.Inventory) *rapid.Generator[trace.Inventory] {
	return rapid.Custom(func(t *rapid.T) trace.Inventory {
		c := inv.Clone()
		shuffle(t, reflect.ValueOf(&c).Elem(), rapid.Bool().Draw(t, "reversed"))
		return c
	})
}

// shuffle shuffles every list in v; or, as a first and often sufficient try,
// turns them round.
func shuffle(t *rapid.T, v reflect.Value, reversed bool) {
	switch v.Kind() {
	case reflect.Struct:
		for _, field := range v.Fields() {
			shuffle(t, field, reversed)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			shuffle(t, v.Elem(), reversed)
		}
	case reflect.Slice:
		for i := range v.Len() {
			shuffle(t, v.Index(i), reversed)
		}
		swap := reflect.Swapper(v.Interface())
		if reversed {
			for i := range v.Len() / 2 {
				swap(i, v.Len()-1-i)
			}
			return
		}
		for i := v.Len() - 1; i > 0; i-- {
			swap(i, rapid.IntRange(0, i).Draw(t, "swap"))
		}
	}
}
