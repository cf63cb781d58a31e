package tracegen_test

import (
	"fmt"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route/tracegen"
)

// A parser of vpce names by cutting at dots takes what is no name, and cuts
// some names at the wrong place. In a test, the body is that of a rapid.Check
// and draws its text, which then shrinks:
//
//	text := tracegen.NearMiss().Draw(t, "text")
func ExampleNearMiss() {
	service := func(host string) string {
		_, rest, _ := strings.Cut(strings.TrimSuffix(host, ".vpce.amazonaws.com"), ".")
		service, _, _ := strings.Cut(rest, ".")
		return service
	}
	noName, otherService := false, false
	for seed := range 1000 {
		text := tracegen.NearMiss().Example(seed)
		n, err := naming.Parse(text)
		noName = noName || err != nil && service(text) != ""
		otherService = otherService || err == nil && service(text) != n.Service()
	}
	fmt.Println(noName, otherService)
	// Output: true true
}
