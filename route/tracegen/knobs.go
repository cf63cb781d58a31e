package tracegen

// Feature is a kind of thing that a generated network may hold. Features are
// bits: join them with |.
type Feature uint32

// The features. Without InternetGateways no path of a generated World can be
// public, and without any feature what is left are isolated subnets.
const (
	InternetGateways   Feature = 1 << iota // internet gateways and egress-only ones
	NATGateways                            // zonal, regional, private
	TransitGateways                        // with attachments and route tables
	Peerings                               // VPC peering connections
	InterfaceEndpoints                     // with network interfaces and DnsEntries
	GatewayEndpoints                       // with prefix lists, with and without entries
	PrivateZones                           // hosted zones, Resolver rules, Profiles
	Filters                                // security groups and network ACLs
	IPv6                                   // dual-stack and IPv6-only subnets, DNS64
	Instances                              // network interfaces that are no endpoint's
	Twists                                 // what goes wrong: see Inventory
)

// Gateways are all the ways out of a VPC.
const Gateways = InternetGateways | NATGateways | TransitGateways | Peerings | GatewayEndpoints

// Knobs say what generated networks may hold. The zero value is everything.
type Knobs struct {
	VPCs    int     // at most; 0 is 3
	Subnets int     // at most, in each VPC; 0 is 3
	Region  string  // the name of every VPC's Region, which is not checked; "" is any
	Without Feature // what there must be none of
}

func (k Knobs) has(f Feature) bool { return k.Without&f == 0 }

// limit returns n, or what stands for 0.
func limit(n, absent int) int {
	if n <= 0 {
		return absent
	}
	return n
}
