package route

// Class says which way traffic goes: the words of the command's contract.
// The zero Class is no answer.
type Class string

// The classes, in the order of the contract.
const (
	ClassEndpoint                  Class = "endpoint"
	ClassGatewayEndpoint           Class = "gateway-endpoint"
	ClassNATGateway                Class = "nat-gateway"
	ClassInternetGateway           Class = "internet-gateway"
	ClassEgressOnlyInternetGateway Class = "egress-only-internet-gateway"
	ClassLocal                     Class = "local"
	ClassTransitGateway            Class = "transit-gateway"
	ClassVPCPeering                Class = "vpc-peering"
	ClassVirtualPrivateGateway     Class = "virtual-private-gateway"
	ClassNetworkInterface          Class = "network-interface"
	ClassGWLBEndpoint              Class = "gwlb-endpoint"
	ClassOtherGateway              Class = "other-gateway"
	ClassReserved                  Class = "reserved"
	ClassBlackhole                 Class = "blackhole"
	ClassNoRoute                   Class = "no-route"
	ClassBlocked                   Class = "blocked"
	ClassUnresolved                Class = "unresolved" // of a trace only
	ClassMixed                     Class = "mixed"      // of a trace only
	ClassUnspecified               Class = "unspecified"
	ClassUnknown                   Class = "unknown"
	ClassInvalidInput              Class = "invalid-input"
)

// Verdict is what a class means for the question "does this stay private?".
// The zero Verdict is no answer.
type Verdict string

// The verdicts.
const (
	Private        Verdict = "private" // ends at an endpoint or a known address of the VPC or a peered one
	Public         Verdict = "public"  // passes an internet or egress-only internet gateway
	Failed         Verdict = "failed"  // does not arrive
	VerdictUnknown Verdict = "unknown" // neither is known
)
