package route

import (
	"net/netip"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// Path is the proof of one way: hops in order, the row that decided at each,
// what it beat, and where the way ends. A Path is a value of its own: it
// shares nothing with the Network.
type Path struct {
	Address  netip.Addr // the destination; zero for a public host whose address is unknown
	Class    Class
	Verdict  Verdict
	Evidence naming.Evidence
	Codes    []endpoint.Code // sorted, without repeats
	Hops     []Hop

	// Alternatives holds one Path per distinct chain where the possible
	// addresses of a public host differ (P1, PUBLIC_PATHS_DIFFER); Class and
	// Verdict are then unknown and Hops is empty. Otherwise it is nil.
	Alternatives []Path
}

// HopKind says what a hop is: subnet, direct, endpoint-eni, local, return, or
// a class's word for a gateway.
type HopKind string

// The kinds of hop that are no gateway; a gateway's kind is its Class's word.
const (
	HopSubnet      HopKind = "subnet"
	HopDirect      HopKind = "direct"
	HopEndpointENI HopKind = "endpoint-eni"
	HopLocal       HopKind = "local"
	HopReturn      HopKind = "return"
)

// Hop is one step of a [Path] with the row of the table consulted at it. All
// texts are "" where they do not apply.
type Hop struct {
	Kind        HopKind
	ID          string // subnet, gateway, network interface
	RouteTable  string // the table consulted
	Destination string // the row that won: "10.0.0.0/16", "pl-0a 10.9.0.0/16", "pl-0a"
	Target      string // its target: "local", "nat-0a", ""
	Rule        string // the deciding rule: R9, R9a, R10, R12, R14, R14a, R17, R31, R5, R7
	Lost        []Lost // candidates that contain the destination and lost, in the order of decision (X3)
}

// Lost is a row that contains the destination and did not win.
type Lost struct {
	Destination string
	Target      string
	Code        endpoint.Code
}
