package route_test

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// The slow twin: routing.md sections 2 to 6 once more, read off the plain
// Config for every question, with netip and loops and nothing prepared.

// slowAnswer is what one table says of one address.
type slowAnswer struct {
	class       route.Class // "" if a target was named
	destination string
	target      string
	rule        string
	via         route.Route
}

type slowCandidate struct {
	prefix  netip.Prefix
	text    string
	route   route.Route
	rank    int
	dropped bool
}

func slowDecide(c route.Config, table route.Table, a netip.Addr) slowAnswer {
	for _, reserved := range []string{"169.254.168.0/22", "fd00:ec2::/32"} {
		if netip.MustParsePrefix(reserved).Contains(a) {
			return slowAnswer{class: route.ClassReserved, rule: "R7"}
		}
	}
	vpcCIDRs := slowVPCCIDRs(c, table.VPCID)
	insideVPC := func(p netip.Prefix) bool {
		return slices.ContainsFunc(vpcCIDRs, func(v netip.Prefix) bool { return v.Bits() <= p.Bits() && v.Contains(p.Addr()) })
	}
	var all []slowCandidate
	var missing []route.Route
	for _, r := range table.Routes {
		if r.DestinationPrefixListID == "" {
			p := netip.MustParsePrefix(r.Destination()).Masked()
			rank := 0
			if r.Origin == "EnableVgwRoutePropagation" {
				rank = 2
			}
			all = append(all, slowCandidate{p, p.String(), r, rank, rank == 2 && insideVPC(p)})
			continue
		}
		i := slices.IndexFunc(c.PrefixLists, func(l route.PrefixList) bool { return l.ID == r.DestinationPrefixListID })
		if i < 0 || c.PrefixLists[i].CIDRs == nil {
			family := ""
			if i >= 0 {
				family = c.PrefixLists[i].AddressFamily
			}
			if family == "" || (family == "IPv4") == a.Is4() {
				missing = append(missing, r)
			}
			continue
		}
		for _, e := range c.PrefixLists[i].CIDRs {
			p := netip.MustParsePrefix(e).Masked()
			all = append(all, slowCandidate{p, r.DestinationPrefixListID + " " + p.String(), r, 1, insideVPC(p)})
		}
	}
	var candidates []slowCandidate
	for _, x := range all {
		if x.prefix.Contains(a) && !x.dropped && !slices.ContainsFunc(candidates, func(y slowCandidate) bool {
			return y.text == x.text && y.route.Target() == x.route.Target() && y.route.State == x.route.State && y.route.Origin == x.route.Origin
		}) {
			candidates = append(candidates, x)
		}
	}
	if len(candidates) == 0 {
		if len(missing) > 0 {
			return slowAnswer{class: route.ClassUnknown, rule: "R14a"}
		}
		return slowAnswer{class: route.ClassNoRoute, rule: "R9"}
	}
	longest := 0
	for _, x := range candidates {
		longest = max(longest, x.prefix.Bits())
	}
	level := slices.DeleteFunc(slices.Clone(candidates), func(x slowCandidate) bool { return x.prefix.Bits() != longest })
	best := 3
	for _, x := range level {
		best = min(best, x.rank)
	}
	top := slices.DeleteFunc(slices.Clone(level), func(x slowCandidate) bool { return x.rank != best })
	slices.SortFunc(top, func(x, y slowCandidate) int {
		return cmp.Or(strings.Compare(x.text, y.text), strings.Compare(x.route.Target(), y.route.Target()), strings.Compare(x.route.State, y.route.State))
	})
	rule := "R9a"
	switch {
	case len(candidates) == 1:
		rule = "R9"
	case len(top) > 1:
		rule = "R14"
	case len(level) > 1:
		rule = "R10"
	}
	w := top[0]
	for _, x := range top {
		if x.route.State == "filtered" {
			return slowAnswer{class: route.ClassUnspecified, rule: rule}
		}
	}
	for _, x := range top {
		if x.route.Target() != w.route.Target() {
			return slowAnswer{class: route.ClassUnspecified, rule: "R14"}
		}
	}
	blackhole := w.route.State == "blackhole"
	if blackhole && slices.ContainsFunc(level, func(x slowCandidate) bool { return x.rank == 2 && best < 2 && x.route.State == "active" }) {
		return slowAnswer{class: route.ClassUnspecified, rule: "R17"}
	}
	for _, m := range missing {
		same := m.Target() == w.route.Target()
		host := best == 0 && w.prefix.IsSingleIP()
		if !same && !host && !insideVPC(w.prefix) {
			return slowAnswer{class: route.ClassUnknown, rule: "R14a"}
		}
	}
	ans := slowAnswer{destination: w.text, target: w.route.Target(), rule: rule, via: w.route}
	switch {
	case blackhole:
		ans.class, ans.rule = route.ClassBlackhole, "R17"
	case best == 0 && insideVPC(w.prefix) && !slices.Contains(vpcCIDRs, w.prefix) && !slowAllowed(c, table.VPCID, w.prefix, w.route):
		ans.class, ans.rule = route.ClassInvalidInput, "R12"
	}
	return ans
}

func slowVPCCIDRs(c route.Config, vpc string) []netip.Prefix {
	for _, v := range c.VPCs {
		if v.ID == vpc {
			ps, _ := v.CIDRs()
			return ps
		}
	}
	var ps []netip.Prefix
	for _, t := range c.RouteTables {
		for _, r := range t.Routes {
			if t.VPCID == vpc && r.GatewayID == "local" {
				ps = append(ps, netip.MustParsePrefix(r.Destination()).Masked())
			}
		}
	}
	return ps
}

func slowAllowed(c route.Config, vpc string, p netip.Prefix, r route.Route) bool {
	if r.GatewayID == "local" {
		return true
	}
	gwlb := strings.HasPrefix(r.GatewayID, "vpce-")
	for _, e := range c.Endpoints {
		if e.ID == r.GatewayID {
			gwlb = e.Type == "" || e.Type.Is(endpoint.GatewayLoadBalancer)
		}
	}
	if r.NATGatewayID == "" && r.NetworkInterfaceID == "" && !gwlb {
		return false
	}
	none := true
	for _, s := range c.Subnets {
		if s.VPCID == vpc {
			none = false
			if ps, _ := s.CIDRs(); slices.Contains(ps, p) {
				return true
			}
		}
	}
	return none
}

func slowTableOf(c route.Config, subnet endpoint.Subnet) (route.Table, bool) {
	for _, t := range c.RouteTables {
		for _, a := range t.Associations {
			if a.SubnetID == subnet.ID {
				return t, true
			}
		}
	}
	for _, t := range c.RouteTables {
		for _, a := range t.Associations {
			if a.Main && t.VPCID == subnet.VPCID {
				return t, true
			}
		}
	}
	return route.Table{}, false
}

// slowChain follows an address from a subnet: the class of the end and the
// devices met, as chain prints them. It knows what drawConfig draws.
func slowChain(c route.Config, from endpoint.Subnet, a netip.Addr) (route.Class, []string) {
	class, devices := slowFollow(c, from, a, nil)
	if class == "" { // well; a peering connection needs the way back
		class = route.ClassLocal
		if len(devices) > 0 {
			class = slowKind(devices[0])
		}
		if last := devices[len(devices)-1]; slowEndpointENI(c, last) {
			class = route.ClassEndpoint
		}
	}
	return class, devices
}

func slowKind(device string) route.Class {
	for prefix, class := range map[string]route.Class{
		"igw-": route.ClassInternetGateway, "nat-": route.ClassNATGateway, "vgw-": route.ClassVirtualPrivateGateway,
		"tgw-": route.ClassTransitGateway, "pcx-": route.ClassVPCPeering, "vpce-": route.ClassGatewayEndpoint,
	} {
		if strings.HasPrefix(device, prefix) {
			return class
		}
	}
	return route.ClassLocal
}

func slowEndpointENI(c route.Config, id string) bool {
	return slices.ContainsFunc(c.Endpoints, func(e endpoint.Endpoint) bool { return slices.Contains(e.NetworkInterfaceIDs, id) })
}

func slowFollow(c route.Config, at endpoint.Subnet, a netip.Addr, devices []string) (route.Class, []string) {
	table, ok := slowTableOf(c, at)
	switch cidrs, _ := at.CIDRs(); {
	case slowReserved(a):
		return route.ClassReserved, devices
	case slices.ContainsFunc(cidrs, func(p netip.Prefix) bool { return p.Contains(a) }):
		return slowDeliver(c, at.VPCID, a, append(devices, "direct "+at.ID))
	case !ok:
		return route.ClassUnknown, devices
	}
	ans := slowDecide(c, table, a)
	if ans.class != "" {
		return ans.class, devices
	}
	switch t := ans.target; {
	case t == "local":
		return slowDeliver(c, at.VPCID, a, devices)
	case slices.Contains(devices, t):
		return route.ClassBlocked, devices
	case strings.HasPrefix(t, "igw-"):
		devices = append(devices, t)
		i := slices.IndexFunc(c.InternetGateways, func(g route.InternetGateway) bool { return g.ID == t })
		switch {
		case i < 0:
			return route.ClassUnknown, devices
		case !slices.ContainsFunc(c.InternetGateways[i].Attachments, func(x route.GatewayAttachment) bool { return x.VPCID == at.VPCID && x.State == "available" }):
			return route.ClassBlocked, devices
		case a.IsPrivate() && a.Is4() || netip.MustParsePrefix("100.64.0.0/10").Contains(a):
			return route.ClassBlocked, devices
		case !slowPublic(a):
			return route.ClassUnspecified, devices
		}
		for _, d := range devices {
			for _, n := range c.NATGateways {
				if n.ID == d && n.ConnectivityType == "private" {
					return route.ClassBlocked, devices
				}
			}
		}
		return "", devices
	case strings.HasPrefix(t, "nat-"):
		i := slices.IndexFunc(c.NATGateways, func(n route.NATGateway) bool { return n.ID == t })
		if i < 0 {
			return route.ClassUnknown, append(devices, t)
		}
		n := c.NATGateways[i]
		if n.State != "available" && n.State != "deleting" || n.VPCID != at.VPCID || a.Is6() {
			return route.ClassBlocked, append(devices, t)
		}
		j := slices.IndexFunc(c.Subnets, func(s endpoint.Subnet) bool { return s.ID == n.SubnetID })
		return slowFollow(c, c.Subnets[j], a, append(devices, t))
	case strings.HasPrefix(t, "vpce-"):
		i := slices.IndexFunc(c.Endpoints, func(e endpoint.Endpoint) bool { return e.ID == t })
		switch {
		case i < 0:
			return route.ClassUnknown, devices
		case c.Endpoints[i].VPCID != at.VPCID:
			return route.ClassInvalidInput, devices
		case !c.Endpoints[i].State.Is(endpoint.Available):
			return route.ClassBlocked, append(devices, t)
		}
		return "", append(devices, t)
	case strings.HasPrefix(t, "pcx-"):
		devices = append(devices, t)
		far, class := slowPeer(c, at.VPCID, t, a)
		if class != "" {
			return class, devices
		}
		class, devices = slowDeliver(c, far, a, devices)
		if class != "" {
			return class, devices
		}
		return slowComeBack(c, far, at, a, devices)
	default:
		return "", append(devices, t)
	}
}

func slowPublic(a netip.Addr) bool {
	for _, p := range []string{"0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/4", "240.0.0.0/4"} {
		if netip.MustParsePrefix(p).Contains(a) {
			return false
		}
	}
	return a.Is4() || netip.MustParsePrefix("2000::/3").Contains(a)
}

func slowPeer(c route.Config, near, id string, a netip.Addr) (string, route.Class) {
	i := slices.IndexFunc(c.VPCPeeringConnections, func(p route.VPCPeeringConnection) bool { return p.ID == id })
	if i < 0 {
		return "", route.ClassUnknown
	}
	p := c.VPCPeeringConnections[i]
	far := p.AccepterVPCInfo.VPCID
	if far == near {
		far = p.RequesterVPCInfo.VPCID
	}
	if p.Status.Code != "active" || !slices.ContainsFunc(slowVPCCIDRs(c, far), func(p netip.Prefix) bool { return p.Contains(a) }) {
		return "", route.ClassBlocked
	}
	return far, ""
}

// slowComeBack asks, address by address of the source's subnet, whether the
// table at the destination leads back over a peering connection.
func slowComeBack(c route.Config, vpc string, source endpoint.Subnet, a netip.Addr, devices []string) (route.Class, []string) {
	i := slices.IndexFunc(c.Subnets, func(s endpoint.Subnet) bool {
		ps, _ := s.CIDRs()
		return s.VPCID == vpc && slices.ContainsFunc(ps, func(p netip.Prefix) bool { return p.Contains(a) })
	})
	if i < 0 {
		return "", devices // not checked
	}
	cidr := netip.MustParsePrefix(source.CIDRBlock)
	for b := cidr.Addr(); cidr.Contains(b); b = b.Next() {
		class, back := slowFollowBack(c, c.Subnets[i], b, nil)
		if class != "" {
			return class, append(devices, "return "+c.Subnets[i].ID)
		}
		if len(back) == 0 || !strings.HasPrefix(back[0], "pcx-") {
			return route.ClassBlocked, append(devices, "return "+c.Subnets[i].ID)
		}
	}
	return "", devices
}

// slowFollowBack is slowFollow without a way back of its own.
func slowFollowBack(c route.Config, at endpoint.Subnet, b netip.Addr, devices []string) (route.Class, []string) {
	table, ok := slowTableOf(c, at)
	if !ok {
		return route.ClassUnknown, devices
	}
	ans := slowDecide(c, table, b)
	if ans.class == "" && strings.HasPrefix(ans.target, "pcx-") {
		_, class := slowPeer(c, at.VPCID, ans.target, b)
		return class, append(devices, ans.target)
	}
	if ans.class == "" && ans.target != "local" {
		class, more := slowFollow(c, at, b, devices)
		if class == "" && strings.HasPrefix(ans.target, "tgw-") || strings.HasPrefix(ans.target, "vgw-") {
			class = route.ClassUnknown
		}
		return class, more
	}
	return ans.class, devices
}

func slowReserved(a netip.Addr) bool {
	return netip.MustParsePrefix("169.254.168.0/22").Contains(a) || netip.MustParsePrefix("fd00:ec2::/32").Contains(a)
}

func slowDeliver(c route.Config, vpc string, a netip.Addr, devices []string) (route.Class, []string) {
	for _, n := range c.NATGateways {
		for _, x := range n.NATGatewayAddresses {
			if n.VPCID == vpc && x.PrivateIP == a.String() {
				return route.ClassBlocked, append(devices, n.ID)
			}
		}
	}
	for _, e := range c.NetworkInterfaces {
		addrs, _ := e.Addrs()
		if e.VPCID != vpc || !slices.Contains(addrs, a) {
			continue
		}
		for _, x := range c.Endpoints {
			if slices.Contains(x.NetworkInterfaceIDs, e.ID) {
				if !x.State.Is(endpoint.Available) {
					return route.ClassBlocked, append(devices, e.ID)
				}
				return "", append(devices, e.ID)
			}
		}
		return "", append(devices, "local "+e.ID)
	}
	return "", append(devices, "local")
}
