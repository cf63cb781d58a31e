package audit

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// checkAvailable: an endpoint in any other state serves nothing.
func (l *linter) checkAvailable() {
	for i := range l.inv.Endpoints {
		if e := &l.inv.Endpoints[i]; !available(e) {
			l.report(e.ID, "is in state %s, and does not serve %s in %s", e.State, e.ServiceName, l.w.Label(e.VPCID))
		}
	}
}

// checkZones: subnets of an Availability Zone without an endpoint network
// interface cross zones to reach the endpoint, those that have addresses of its
// families and so can.
func (l *linter) checkZones() {
	for e := range l.interfaces {
		has := map[string]bool{}
		for _, id := range e.SubnetIDs {
			if s := l.subnets[id]; s != nil {
				has[az(s)] = true
			}
		}
		if len(has) == 0 {
			continue
		}
		lacking := map[string][]string{}
		names := map[string]string{}
		for _, s := range l.of[e.VPCID] {
			if az(s) != "" && !has[az(s)] {
				lacking[az(s)] = append(lacking[az(s)], s.ID)
				names[az(s)] = cmp.Or(s.AvailabilityZone, s.AvailabilityZoneID)
			}
		}
		for _, zone := range slices.Sorted(maps.Keys(lacking)) {
			if subnets := l.sharingFamily(lacking[zone], e); len(subnets) > 0 {
				l.report(e.ID, "has no network interface in %s, from where %s cross zones to reach it", names[zone], l.labels(subnets))
			}
		}
	}
}

// usedTables returns the route tables that decide for a subnet of a VPC, with
// their subnets.
func (l *linter) usedTables(vpc string) map[string][]string {
	used := map[string][]string{}
	for _, s := range l.of[vpc] {
		if t, _, ok := l.w.Network().TableOf(s.ID); ok {
			used[t] = append(used[t], s.ID)
		}
	}
	return used
}

// sharingFamily keeps the subnets that have addresses of a family that an
// endpoint serves: the others cannot reach it, whatever is done.
func (l *linter) sharingFamily(subnets []string, e *endpoint.Endpoint) []string {
	return slices.DeleteFunc(slices.Clone(subnets), func(id string) bool {
		v, ok := l.w.From(id)
		return !ok || !v.SharesFamily(*e)
	})
}

// checkGatewayOnTables: a gateway endpoint helps only the subnets whose table
// has its route, and of them those with addresses of its families (R16). A
// Finding reports where endpoint and tables disagree (R39).
func (l *linter) checkGatewayOnTables() {
	for i := range l.inv.Endpoints {
		e := &l.inv.Endpoints[i]
		if !e.Type.Is(endpoint.Gateway) || !available(e) {
			continue
		}
		used := l.usedTables(e.VPCID)
		var without []string
		on := false // any that a subnet uses
		for _, t := range slices.Sorted(maps.Keys(used)) {
			if l.w.Network().TableHas(t, e.ID) {
				on = true
				continue
			}
			used[t] = l.sharingFamily(used[t], e)
			if len(used[t]) > 0 {
				without = append(without, t)
			}
		}
		switch {
		case len(without) == 0:
		case !on:
			l.report(e.ID, "is on no route table that a subnet of %s uses", l.w.Label(e.VPCID))
		default:
			for _, t := range without {
				l.report(e.ID, "is not on %s, so %s go past it to %s", l.w.Label(t), l.labels(used[t]), e.ServiceName)
			}
		}
	}
}

// checkSecurityGroups: no rule of the endpoint's security groups admits the
// service's port from anywhere. A group that is not in the input decides
// nothing.
func (l *linter) checkSecurityGroups() {
	groups := map[string]*route.SecurityGroup{}
	for i := range l.inv.SecurityGroups {
		groups[l.inv.SecurityGroups[i].ID] = &l.inv.SecurityGroups[i]
	}
	for e := range l.interfaces {
		var ids []string
		open := len(e.Groups) == 0
		ports := l.ports(e)
		for _, g := range e.Groups {
			sg := groups[g.ID]
			ids = append(ids, g.ID)
			open = open || sg == nil || slices.ContainsFunc(sg.IPPermissions, func(p route.IPPermission) bool {
				return slices.ContainsFunc(ports, func(port uint16) bool { return admits(p, int(port)) })
			})
		}
		if !open {
			l.report(e.ID, "no rule of %s admits TCP %d from anywhere", l.labels(ids), ports[0])
		}
	}
}

// ports returns the TCP ports of an endpoint's service, 443 if nothing says.
func (l *linter) ports(e *endpoint.Endpoint) []uint16 {
	if n, err := naming.ParseServiceName(e.ServiceName); err == nil {
		if s, ok := l.w.Catalog().Service(n, endpoint.Interface); ok && len(s.Ports()) > 0 {
			return s.Ports()
		}
	}
	return []uint16{443}
}

// portOf returns the first TCP port of the service of the endpoint with the id;
// 443 if there is none.
func (l *linter) portOf(id string) uint16 {
	if e := l.endpoints[id]; e != nil {
		return l.ports(e)[0]
	}
	return 443
}

// admits reports whether a rule admits a TCP port from anything.
func admits(p route.IPPermission, port int) bool {
	if p.IPRanges == nil && p.IPv6Ranges == nil && p.PrefixListIDs == nil && p.UserIDGroupPairs == nil {
		return false
	}
	switch p.IPProtocol {
	case "-1":
		return true
	case "tcp", "6":
		return (p.FromPort == nil || *p.FromPort <= port) && (p.ToPort == nil || *p.ToPort >= port)
	}
	return false
}

// checkNATZones: a subnet's table leads to a zonal NAT gateway of another
// Availability Zone.
func (l *linter) checkNATZones() {
	nats := map[string]*route.NATGateway{}
	for i := range l.inv.NATGateways {
		nats[l.inv.NATGateways[i].ID] = &l.inv.NATGateways[i]
	}
	for _, t := range l.inv.RouteTables {
		users := l.usedTables(t.VPCID)[t.ID]
		for _, r := range t.Routes {
			n := nats[r.NATGatewayID]
			if n == nil || l.subnets[n.SubnetID] == nil {
				continue
			}
			home := l.subnets[n.SubnetID]
			var far []string
			for _, id := range users {
				if s := l.subnets[id]; az(s) != "" && az(home) != "" && az(s) != az(home) {
					far = append(far, id)
				}
			}
			if far != nil {
				l.report(n.ID, "stands in %s and serves %s of other zones by %s", cmp.Or(home.AvailabilityZone, az(home)), l.labels(far), l.w.Label(t.ID))
			}
		}
	}
}

// checkTables: the input has route tables, and none decides for a subnet.
func (l *linter) checkTables() {
	if l.inv.RouteTables == nil {
		return
	}
	for _, s := range l.inv.Subnets {
		if _, _, ok := l.w.Network().TableOf(s.ID); !ok {
			l.report(s.ID, "has no route table of its own, and the main table of %s is not in the input", l.w.Label(s.VPCID))
		}
	}
}

// checkPrefixLists: a list on a used table, without its entries.
func (l *linter) checkPrefixLists() {
	known := map[string]bool{}
	for _, p := range l.inv.PrefixLists {
		known[p.ID] = p.CIDRs != nil
	}
	for _, t := range l.inv.RouteTables {
		for _, r := range t.Routes {
			if id := r.DestinationPrefixListID; id != "" && !known[id] {
				l.report(id, "is a destination on %s, and its entries are not in the input", l.w.Label(t.ID))
			}
		}
	}
}

// checkTargets: a route to what is not in the input, though others of its kind
// are. Blackhole routes are dead already.
func (l *linter) checkTargets() {
	kinds := map[string]map[string]bool{}
	add := func(prefix string, given bool, ids func(func(string) bool)) {
		if !given {
			return
		}
		kinds[prefix] = map[string]bool{}
		for id := range ids {
			kinds[prefix][id] = true
		}
	}
	add("nat-", l.inv.NATGateways != nil, idsOf(l.inv.NATGateways, func(g route.NATGateway) string { return g.ID }))
	add("igw-", l.inv.InternetGateways != nil, idsOf(l.inv.InternetGateways, func(g route.InternetGateway) string { return g.ID }))
	add("eigw-", l.inv.EgressOnlyInternetGateways != nil, idsOf(l.inv.EgressOnlyInternetGateways, func(g route.EgressOnlyInternetGateway) string { return g.ID }))
	add("pcx-", l.inv.VPCPeeringConnections != nil, idsOf(l.inv.VPCPeeringConnections, func(c route.VPCPeeringConnection) string { return c.ID }))
	add("vpce-", l.inv.Endpoints != nil, idsOf(l.inv.Endpoints, func(e endpoint.Endpoint) string { return e.ID }))
	for _, t := range l.inv.RouteTables {
		for _, r := range t.Routes {
			target := cmp.Or(r.NATGatewayID, r.EgressOnlyInternetGatewayID, r.VPCPeeringConnectionID, r.GatewayID)
			prefix, _, _ := strings.Cut(target, "-")
			if ids, given := kinds[prefix+"-"]; given && !ids[target] && !strings.EqualFold(r.State, "blackhole") {
				l.report(target, "is a target on %s, and not in the input", l.w.Label(t.ID))
			}
		}
	}
}

func idsOf[E any](list []E, id func(E) string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, e := range list {
			if !yield(id(e)) {
				return
			}
		}
	}
}
