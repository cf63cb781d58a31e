package route

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// A builder makes a Network of a Config, and gathers errors and findings.
type builder struct {
	c    *Config
	n    *Network
	errs []error
	nums int32 // handed out to objects, so that steps of walks compare as numbers

	findings []endpoint.Finding
}

func newBuilder(c *Config) *builder {
	return &builder{c: c, n: &Network{
		vpcs:      make(map[string]*vpc, len(c.VPCs)),
		subnets:   make(map[string]*subnet, len(c.Subnets)),
		enis:      make(map[string]*eni, len(c.NetworkInterfaces)),
		tables:    make(map[string]*table, len(c.RouteTables)),
		vpces:     make(map[string]*vpce, len(c.Endpoints)),
		nats:      make(map[string]*nat, len(c.NATGateways)),
		igws:      make(map[string]*gateway, len(c.InternetGateways)),
		eigws:     make(map[string]*gateway, len(c.EgressOnlyInternetGateways)),
		pcxs:      make(map[string]*pcx, len(c.VPCPeeringConnections)),
		lists:     make(map[string]*list, len(c.PrefixLists)),
		groups:    make(map[string]*group, len(c.SecurityGroups)),
		edges:     map[string]*table{},
		public:    map[netip.Addr]translation{},
		attached:  map[tgwVPC]*attachment{},
		attaches:  map[string]*attachment{},
		published: map[string]*published{},
		targets:   map[string]*target{},

		noENIs:       c.NetworkInterfaces == nil,
		filterGroups: c.SecurityGroups != nil,
		filterACLs:   c.NetworkACLs != nil,
	}}
}

// build goes from what stands alone to what refers to it.
func (b *builder) build() {
	b.addVPCs()
	b.addSubnets()
	b.addGroups()
	b.addEndpoints()
	b.addInterfaces()
	b.addGateways()
	b.addPeering()
	b.addLists()
	b.addTables()
	b.addNATs()
	b.addACLs()
	b.addTransit()
	b.findRegions()
	b.publish()
	for _, v := range b.n.vpcs {
		v.at.settle()
	}
	b.audit()
}

func (b *builder) err() error {
	if len(b.errs) > 0 {
		return errors.Join(b.errs...)
	}
	slices.SortFunc(b.findings, endpoint.Finding.Compare)
	b.n.findings = slices.Compact(b.findings)
	return nil
}

func (b *builder) num() int32 {
	b.nums++
	return b.nums
}

func (b *builder) fail(resource, field, in string, why error) {
	b.errs = append(b.errs, &endpoint.FieldError{Resource: resource, Field: field, In: in, Err: why})
}

func (b *builder) failed(err error) bool {
	if err != nil {
		b.errs = append(b.errs, err)
	}
	return err != nil
}

func (b *builder) find(code endpoint.Code, resource, source, text string) {
	b.findings = append(b.findings, endpoint.Finding{Code: code, Resource: resource, Text: text, Source: source})
}

// unique returns the objects of a list in the order of their ids. An object
// without an id is an error. One id for objects that differ is a Finding; the
// one that sorts first counts, so that order does not.
func unique[T any](b *builder, name string, all []T, id func(*T) string) []*T {
	out := make([]*T, 0, len(all))
	for i := range all {
		if id(&all[i]) == "" {
			b.fail(fmt.Sprintf("%s[%d]", name, i), "", "", endpoint.ErrID)
			continue
		}
		out = append(out, &all[i])
	}
	less := func(x, y *T) int { return strings.Compare(id(x), id(y)) }
	if slices.IsSortedFunc(out, less) {
		distinct := true
		for i := range len(out) - 1 {
			distinct = distinct && id(out[i]) != id(out[i+1])
		}
		if distinct {
			return out
		}
	}
	slices.SortFunc(out, func(x, y *T) int { return cmp.Or(less(x, y), compareContent(x, y)) })
	return slices.CompactFunc(out, func(x, y *T) bool {
		if id(x) != id(y) {
			return false
		}
		if compareContent(x, y) != 0 {
			b.find(endpoint.ConflictingObjects, id(x), "design", "stands for objects of "+name+" that differ; the first in order counts")
		}
		return true
	})
}

// blocks reads CIDRs.
func blocks(ps []netip.Prefix) []block {
	if len(ps) == 0 {
		return nil
	}
	bs := make([]block, len(ps))
	for i, p := range ps {
		bs[i] = blockOf(p)
	}
	return bs
}

func (b *builder) prefix(resource, field, s string) (netip.Prefix, bool) {
	p, err := netip.ParsePrefix(s)
	if err != nil {
		b.fail(resource, field, s, endpoint.ErrCIDR)
		return netip.Prefix{}, false
	}
	return p.Masked(), true // R8
}

func (b *builder) addVPCs() {
	for _, v := range unique(b, "Vpcs", b.c.VPCs, func(v *endpoint.VPC) string { return v.ID }) {
		cidrs, err := v.CIDRs()
		b.failed(err)
		b.n.vpcs[v.ID] = &vpc{
			id: v.ID, num: b.num(), given: true, blocks: blocks(cidrs),
			bpa: v.BlockPublicAccessStates.InternetGatewayBlockMode,
		}
	}
}

// vpc returns the VPC of that id, which may be none that the input describes.
func (b *builder) vpc(id string) *vpc {
	v := b.n.vpcs[id]
	if v == nil {
		v = &vpc{id: id, num: b.num()}
		b.n.vpcs[id] = v
	}
	return v
}

func (b *builder) addSubnets() {
	for _, s := range unique(b, "Subnets", b.c.Subnets, func(s *endpoint.Subnet) string { return s.ID }) {
		cidrs, err := s.CIDRs()
		b.failed(err)
		sub := &subnet{
			id: s.ID, num: b.num(), vpc: b.vpc(s.VPCID), blocks: blocks(cidrs),
			az: s.AvailabilityZone, azID: s.AvailabilityZoneID,
			bpa: s.BlockPublicAccessStates.InternetGatewayBlockMode, dns64: s.EnableDNS64,
		}
		sub.vpc.subnets = append(sub.vpc.subnets, sub)
		b.n.subnets[s.ID] = sub
	}
}

// addEndpoints comes before the interfaces, which it leaves to say which
// subnet a GWLB endpoint stands in where SubnetIds does not.
func (b *builder) addEndpoints() {
	for _, e := range unique(b, "VpcEndpoints", b.c.Endpoints, func(e *endpoint.Endpoint) string { return e.ID }) {
		x := &vpce{
			id: e.ID, num: b.num(), typ: e.Type, state: e.State, vpc: b.vpc(e.VPCID), tables: e.RouteTableIDs,
			groups: b.groupsOf(e.Groups), named: len(e.Groups) > 0, cross: e.ServiceRegion != "",
		}
		if name, err := naming.ParseServiceName(e.ServiceName); err == nil {
			x.region = name.Region()
			if e.Type.Is(endpoint.Gateway) && isGatewayService(name.Short()) {
				x.service = name.Short()
			}
		}
		if len(e.SubnetIDs) == 1 {
			x.subnet = b.n.subnets[e.SubnetIDs[0]]
		}
		b.n.vpces[e.ID] = x
	}
}

// gatewayServices are the services that have gateway endpoints, by the short
// form of their service names (routing.md section 4).
var gatewayServices = [...]string{"s3", "dynamodb", "s3express"}

func isGatewayService(short string) bool { return slices.Contains(gatewayServices[:], short) }

// addInterfaces reads the interfaces and gives each to its endpoint.
func (b *builder) addInterfaces() {
	owner := map[string]*vpce{}
	for i := range b.c.Endpoints {
		e := &b.c.Endpoints[i]
		if x := b.n.vpces[e.ID]; x != nil && !e.Type.Is(endpoint.GatewayLoadBalancer) {
			for _, id := range e.NetworkInterfaceIDs {
				if o := owner[id]; o == nil || x.id < o.id {
					owner[id] = x
				}
			}
		}
	}
	for _, e := range unique(b, "NetworkInterfaces", b.c.NetworkInterfaces, func(e *endpoint.NetworkInterface) string { return e.ID }) {
		addrs, err := e.Addrs()
		b.failed(err)
		x := &eni{
			id: e.ID, num: b.num(), subnet: b.n.subnets[e.SubnetID], endpoint: owner[e.ID],
			ofService: strings.EqualFold(e.InterfaceType, "vpc_endpoint") || strings.EqualFold(e.InterfaceType, "vpcEndpoint"),
			check:     e.SourceDestCheck, healthy: e.Healthy(), denyIGW: e.DenyAllIGWTraffic, groups: b.groupsOf(e.Groups),
		}
		switch {
		case e.VPCID == "" && x.subnet != nil:
			x.vpc = x.subnet.vpc
		default:
			x.vpc = b.vpc(e.VPCID)
		}
		if e.Attachment != nil {
			x.instance = e.Attachment.InstanceID
		}
		for _, a := range addrs {
			ad := address{ip: ipOf(a), family: familyOf(a)}
			if a.Is4() {
				for _, p := range e.PrivateIPAddresses {
					if p.Association != nil && p.Association.PublicIP != "" && p.PrivateIPAddress == a.String() {
						ad.public = true
						if pub, err := netip.ParseAddr(p.Association.PublicIP); err == nil {
							if _, taken := b.n.public[pub]; !taken {
								b.n.public[pub] = translation{x, ad.ip}
							}
						}
					}
				}
			}
			x.addrs = append(x.addrs, ad)
			if x.vpc.at.get(ad.ip) == nil && (ad.family == IPv4 || ad.ip.hi != 0) {
				x.vpc.at.put(ad.ip, x)
			}
		}
		b.n.enis[e.ID] = x
	}
}

func (b *builder) addGateways() {
	working := func(as []GatewayAttachment) []string {
		var vs []string
		for _, a := range as { // section 12, trap 4
			if a.State == "" || strings.EqualFold(a.State, "available") || strings.EqualFold(a.State, "attached") {
				vs = append(vs, a.VPCID)
			}
		}
		return vs
	}
	for _, g := range unique(b, "InternetGateways", b.c.InternetGateways, func(g *InternetGateway) string { return g.ID }) {
		b.n.igws[g.ID] = &gateway{id: g.ID, num: b.num(), attached: working(g.Attachments)}
	}
	for _, g := range unique(b, "EgressOnlyInternetGateways", b.c.EgressOnlyInternetGateways, func(g *EgressOnlyInternetGateway) string { return g.ID }) {
		b.n.eigws[g.ID] = &gateway{id: g.ID, num: b.num(), attached: working(g.Attachments)}
	}
}

func (b *builder) addPeering() {
	for _, p := range unique(b, "VpcPeeringConnections", b.c.VPCPeeringConnections, func(p *VPCPeeringConnection) string { return p.ID }) {
		b.n.pcxs[p.ID] = &pcx{id: p.ID, num: b.num(), status: p.Status.Code, sides: [2]pcxSide{
			b.side(p.ID, "AccepterVpcInfo", &p.AccepterVPCInfo), b.side(p.ID, "RequesterVpcInfo", &p.RequesterVPCInfo),
		}}
	}
}

// side reads the CIDRs of one side, those of the VPC itself included where the
// input describes it.
func (b *builder) side(id, field string, v *PeeringVPC) pcxSide {
	s := pcxSide{vpc: b.vpc(v.VPCID)}
	add := func(sub, cidr string) {
		if cidr == "" {
			return
		}
		if p, ok := b.prefix(id, field+"."+sub, cidr); ok && !slices.Contains(s.blocks, blockOf(p)) {
			s.blocks = append(s.blocks, blockOf(p))
		}
	}
	add("CidrBlock", v.CIDRBlock)
	for i, c := range v.CIDRBlockSet {
		add(fmt.Sprintf("CidrBlockSet[%d].CidrBlock", i), c.CIDRBlock)
	}
	for i, c := range v.IPv6CIDRBlockSet {
		add(fmt.Sprintf("Ipv6CidrBlockSet[%d].Ipv6CidrBlock", i), c.IPv6CIDRBlock)
	}
	for _, c := range s.vpc.blocks {
		if !slices.Contains(s.blocks, c) {
			s.blocks = append(s.blocks, c)
		}
	}
	return s
}

// addLists reads the prefix lists. describe-prefix-lists has the entries and
// describe-managed-prefix-lists the family, so one list may come in parts.
func (b *builder) addLists() {
	for i := range b.c.PrefixLists {
		p := &b.c.PrefixLists[i]
		if p.ID == "" {
			b.fail(fmt.Sprintf("PrefixLists[%d]", i), "", "", endpoint.ErrID)
			continue
		}
		l := b.n.lists[p.ID]
		if l == nil {
			l = &list{id: p.ID}
			b.n.lists[p.ID] = l
		}
		switch {
		case strings.EqualFold(p.AddressFamily, "IPv4"):
			l.family = IPv4
		case strings.EqualFold(p.AddressFamily, "IPv6"):
			l.family = IPv6
		}
		if s, r, ok := gatewayListName(p.Name); ok {
			l.service, l.region = s, r
		}
		if p.CIDRs == nil {
			continue
		}
		var entries []block
		for j, s := range p.CIDRs {
			if c, ok := b.prefix(p.ID, fmt.Sprintf("Cidrs[%d]", j), s); ok && !slices.Contains(entries, blockOf(c)) {
				entries = append(entries, blockOf(c))
			}
		}
		slices.SortFunc(entries, func(x, y block) int {
			return cmp.Or(cmp.Compare(x.family, y.family), x.lo.compare(y.lo), cmp.Compare(x.bits, y.bits))
		})
		if l.known && !slices.Equal(l.entries, entries) {
			b.find(endpoint.ConflictingObjects, l.id, "design", "stands for prefix lists with different entries; all of them count")
			entries = append(entries, l.entries...)
		}
		l.entries, l.known = entries, true
	}
}

// gatewayListName reads the name of a gateway service's list,
// com.amazonaws.<region>.s3 (P2).
func gatewayListName(name string) (service, region string, ok bool) {
	n, err := naming.ParseServiceName(name)
	if err != nil || !isGatewayService(n.Short()) {
		return "", "", false
	}
	return n.Short(), n.Region(), true
}

// findRegions tells each VPC's Region (section 8).
func (b *builder) findRegions() {
	for _, v := range b.n.vpcs {
		for _, s := range v.subnets {
			if v.region = regionOfZone(s.az); v.region != "" {
				break
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(b.n.vpces)) {
		if e := b.n.vpces[id]; e.vpc.region == "" && e.region != "" && !e.cross {
			e.vpc.region = e.region
		}
	}
}

// regionOfZone returns the Region of a zone name: us-east-2b, and the local
// zone us-west-2-lax-1a; "" if it is none.
func regionOfZone(az string) string {
	if len(az) > 1 {
		if r, ok := naming.LookupRegion(az[:len(az)-1]); ok {
			return r.Name
		}
	}
	for i := range len(az) {
		if az[i] == '-' {
			if r, ok := naming.LookupRegion(az[:i]); ok {
				return r.Name
			}
		}
	}
	return ""
}
