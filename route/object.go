package route

import (
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// The objects of a Network: what the Config holds, with every reference that
// the input can follow made a pointer. A nil pointer is a reference to
// something that the input lacks (C1).

type vpc struct {
	id       string
	num      int32
	given    bool // described, not only referred to
	blocks   []block
	subnets  []*subnet // by id
	main     *table
	region   string     // "" if nothing tells (section 8)
	lists    *published // of the Region; nil without any
	bpa      string
	defaults []*group // the default security group
	at       holders  // by private IPv4 and by IPv6 address
}

// holderOf returns the interface that holds an address. Addresses of ::/64
// look like IPv4 ones among the others; no interface has one.
func (v *vpc) holderOf(f Family, a ip) *eni {
	if f == IPv6 && a.hi == 0 {
		return nil
	}
	return v.at.get(a)
}

type subnet struct {
	id         string
	vpc        *vpc
	num        int32
	blocks     []block
	az, azID   string
	table      *table
	explicit   bool // the table is associated, not the main one
	discounted bool // R4 left an association out
	bpa        string
	dns64      bool // EnableDns64
	acl        *acl
	memos      [slots]memo
}

// mode is what VPC Block Public Access does to the subnet (R23).
func (s *subnet) mode() string {
	if s.bpa != "" {
		return s.bpa
	}
	return s.vpc.bpa
}

// zoneOf reports whether two subnets are in the same zone, and whether the
// input tells. It compares by zone id where both have one: zone names belong to
// an account.
func (s *subnet) zoneOf(o *subnet) (same, known bool) {
	switch {
	case s == o:
		return true, true
	case s.azID != "" && o.azID != "":
		return s.azID == o.azID, true
	case s.az != "" && o.az != "":
		return s.az == o.az, true
	}
	return false, false
}

// block returns the subnet's block of a family.
func (s *subnet) block(f Family) (block, bool) {
	for _, b := range s.blocks {
		if b.family == f {
			return b, true
		}
	}
	return block{}, false
}

type eni struct {
	id        string
	num       int32
	vpc       *vpc
	subnet    *subnet
	addrs     []address
	ofService bool // its InterfaceType is an endpoint's
	endpoint  *vpce
	nat       *nat
	check     *bool // SourceDestCheck
	healthy   bool
	ends      ending // what a way that reaches it comes to
	denyIGW   bool
	groups    []*group // a nil group is not in the input
	instance  string
}

// An address is one of an interface's, with what an internet gateway needs to
// know of it.
type address struct {
	ip     ip
	family Family
	public bool // a public address is associated with it (R20)
}

func (e *eni) address(f Family, a ip) (address, bool) {
	for _, x := range e.addrs {
		if x.family == f && x.ip == a {
			return x, true
		}
	}
	return address{}, false
}

func (e *eni) first(f Family) (address, bool) {
	for _, x := range e.addrs {
		if x.family == f {
			return x, true
		}
	}
	return address{}, false
}

type vpce struct {
	id      string
	num     int32
	typ     endpoint.Type
	state   endpoint.State
	vpc     *vpc
	service string // "s3", "dynamodb", "s3express", else ""
	region  string // the service's
	subnet  *subnet
	tables  []string // nil: not given (R39)
	groups  []*group
	named   bool // Groups were given
	cross   bool // of another Region than its VPC, perhaps (R35)
}

type nat struct {
	id        string
	num       int32
	vpc       *vpc
	subnet    *subnet // nil for a regional one, or where not in the input
	regional  bool
	private   bool
	state     string
	auto      bool // AutoProvisionZones
	table     *table
	zones     []string // of its addresses
	unzoned   bool     // the zone of an address is not given
	addr      ip       // its first private address
	knowsAddr bool
}

type gateway struct { // internet gateway, or egress-only
	id       string
	num      int32
	attached []string // VPCs to which it is attached in a working state
}

type pcx struct {
	id     string
	num    int32
	status string
	sides  [2]pcxSide
}

type pcxSide struct {
	vpc    *vpc
	blocks []block
}

// An attachment of a transit gateway, from both files that describe it.
type attachment struct {
	id      string
	num     int32
	tgw     string
	typ     string // vpc, vpn, direct-connect-gateway, connect, peering
	state   string // "" if neither file has it
	vpc     *vpc
	subnets []*subnet // sorted by zone, then id
	absent  bool      // some of its subnets are not in the input
	inVPC   bool      // describe-transit-gateway-vpc-attachments has it
	inAll   bool      // describe-transit-gateway-attachments has it
	assocID string
	assoc   *tgwTable

	associated bool // describe-transit-gateway-attachments has an association, in whatever state
}

type tgwTable struct {
	id         string
	num        int32
	routes     table // its ways lead to attachments
	given      bool  // the routes are in the input
	incomplete bool  // AdditionalRoutesAvailable
}

type list struct {
	id      string
	entries []block // of both families
	known   bool    // the entries are in the input
	family  Family  // zero: not given
	service string  // the gateway service whose list it is, "" if it is none's (P2)
	region  string  // of that service
}

// A target is what a route leads to. Routes to the same thing share one.
type target struct {
	kind targetKind
	id   string
	num  int32
	to   any // *gateway, *nat, *vpce, *eni, *pcx, *attachment; nil if not in the input
}

// home returns the VPC that an interface or an endpoint is in, nil for every
// other target and where the input does not tell.
func (t *target) home() *vpc {
	var v *vpc
	switch o := t.to.(type) {
	case *eni:
		v = o.vpc
	case *vpce:
		v = o.vpc
	}
	if v == nil || v.id == "" {
		return nil
	}
	return v
}

type targetKind uint8

const (
	toNothing targetKind = iota // a route without target field (B03)
	toLocal
	toIGW
	toVGW
	toVPCE
	toNAT
	toEIGW
	toENI
	toPCX
	toTGW
	toOther      // local gateway, carrier gateway, core network, ODB network, an address
	toAttachment // in a transit gateway's table
)

// kindOf tells a target's kind by the field it stands in, and for the union
// field by its prefix (routing.md section 4).
func kindOf(r *Route) (targetKind, string) {
	switch {
	case r.GatewayID == "local":
		return toLocal, "local"
	case strings.HasPrefix(r.GatewayID, "igw-"):
		return toIGW, r.GatewayID
	case strings.HasPrefix(r.GatewayID, "vgw-"):
		return toVGW, r.GatewayID
	case strings.HasPrefix(r.GatewayID, "vpce-"):
		return toVPCE, r.GatewayID
	case r.GatewayID != "":
		return toNothing, r.GatewayID
	case r.NATGatewayID != "":
		return toNAT, r.NATGatewayID
	case r.EgressOnlyInternetGatewayID != "":
		return toEIGW, r.EgressOnlyInternetGatewayID
	case r.NetworkInterfaceID != "":
		return toENI, r.NetworkInterfaceID
	case r.InstanceID != "":
		return toENI, r.InstanceID
	case r.VPCPeeringConnectionID != "":
		return toPCX, r.VPCPeeringConnectionID
	case r.TransitGatewayID != "":
		return toTGW, r.TransitGatewayID
	case r.Target() != "":
		return toOther, r.Target()
	}
	return toNothing, ""
}
