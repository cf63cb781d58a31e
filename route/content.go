package route

import (
	"cmp"
	"reflect"
)

// compareContent orders two objects of one type by their content, field by
// field, through pointers and slices. It serves only to choose among objects
// of one id, so that the choice does not hang on their order.
func compareContent[T any](x, y *T) int {
	return compareValues(reflect.ValueOf(x).Elem(), reflect.ValueOf(y).Elem())
}

func compareValues(x, y reflect.Value) int {
	switch x.Kind() {
	case reflect.Bool:
		return cmp.Compare(b2i(x.Bool()), b2i(y.Bool()))
	case reflect.Int, reflect.Int64, reflect.Int32:
		return cmp.Compare(x.Int(), y.Int())
	case reflect.String:
		return cmp.Compare(x.String(), y.String())
	case reflect.Pointer:
		if x.IsNil() || y.IsNil() {
			return cmp.Compare(b2i(!x.IsNil()), b2i(!y.IsNil()))
		}
		return compareValues(x.Elem(), y.Elem())
	case reflect.Slice:
		for i := range min(x.Len(), y.Len()) {
			if c := compareValues(x.Index(i), y.Index(i)); c != 0 {
				return c
			}
		}
		return cmp.Compare(x.Len(), y.Len())
	case reflect.Struct:
		for i := range x.NumField() {
			if c := compareValues(x.Field(i), y.Field(i)); c != 0 {
				return c
			}
		}
		return 0
	}
	panic("route: a field of a kind that compareValues does not know: " + x.Kind().String())
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
