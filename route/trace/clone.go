package trace

import "reflect"

// Clone returns a deep copy of inv: editing one does not reach the other.
func (inv Inventory) Clone() Inventory {
	return deepCopy(reflect.ValueOf(inv)).Interface().(Inventory)
}

// deepCopy copies the plain data an Inventory is made of: structs of exported
// fields, slices, pointers, strings, numbers and booleans. TestClone walks the
// type and fails on any other kind.
func deepCopy(v reflect.Value) reflect.Value {
	if flat(v.Type()) {
		return v
	}
	switch v.Kind() {
	case reflect.Struct:
		c := reflect.New(v.Type()).Elem()
		for i := range v.NumField() {
			c.Field(i).Set(deepCopy(v.Field(i)))
		}
		return c
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		if flat(v.Type().Elem()) {
			reflect.Copy(c, v)
			return c
		}
		for i := range v.Len() {
			c.Index(i).Set(deepCopy(v.Index(i)))
		}
		return c
	case reflect.Pointer:
		if v.IsNil() {
			return v
		}
		c := reflect.New(v.Type().Elem())
		c.Elem().Set(deepCopy(v.Elem()))
		return c
	}
	return v
}

// flat reports whether copying a value of the type copies all of it.
func flat(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Slice, reflect.Pointer:
		return false
	case reflect.Struct:
		for field := range t.Fields() {
			if !flat(field.Type) {
				return false
			}
		}
	}
	return true
}
