package tracegen_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"

	"github.com/privatelink-go/privatelink/route/trace"
)

// brief prints an inventory, an object a line, without what is empty.
func brief(inv trace.Inventory) string {
	var b strings.Builder
	v := reflect.ValueOf(inv)
	for i := range v.NumField() {
		for j := range v.Field(i).Len() {
			o, err := json.Marshal(v.Field(i).Index(j).Interface())
			if err != nil {
				panic(err) // plain data
			}
			fmt.Fprintf(&b, "%s %s\n", v.Type().Field(i).Name, o)
		}
	}
	for _, t := range inv.TransitGatewayRouteTables {
		fmt.Fprintf(&b, "%s routes (nil: %v) %+v\n", t.ID, t.Routes == nil, t.Routes)
	}
	for _, vpc := range inv.VPCs {
		fmt.Fprintf(&b, "%s %s %s\n", vpc.ID, attr("EnableDnsSupport", vpc.EnableDNSSupport), attr("EnableDnsHostnames", vpc.EnableDNSHostnames))
	}
	return b.String()
}

func attr(name string, v *bool) string {
	if v == nil {
		return name + " not given"
	}
	return fmt.Sprintf("%s %v", name, *v)
}
