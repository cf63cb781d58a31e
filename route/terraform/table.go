package terraform

import (
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// tables are the route tables while they are put together.
type tables struct {
	n       *network
	byID    map[string]*table
	ordered []*table
}

type table struct {
	route.Table
	anything bool // it may hold routes that are not told, to anything
	opaque   bool // nothing of it is told but what it is associated with
}

func (ts *tables) get(id string) *table {
	t := ts.byID[id]
	if t == nil {
		t = &table{Table: route.Table{ID: id}}
		ts.byID[id] = t
		ts.ordered = append(ts.ordered, t)
	}
	return t
}

// addTables adds the route tables. Terraform does not show all of a table's
// routes in one place:
//
//  1. Its own route blocks, less those that are resources which the plan
//     removes: the computed list still shows these.
//  2. aws_route resources; they beat computed routes of the same destination.
//  3. Local routes, one for each CIDR of the VPC; a route of the input to the
//     same destination replaces it (routing.md, P07).
//  4. Routes of the gateway endpoints that the table is associated with, to the
//     prefix list of the service.
//  5. Propagated routes are not shown at all. A table with a propagating
//     gateway may hold any.
//  6. A table whose routes are not all told has one more, to a prefix list
//     whose entries are not known (R14a): where it could matter, the answer is
//     unknown. If what is not told may be a route more specific than local, or
//     the VPC's CIDRs, it has nothing else.
//  7. The main table of a VPC is, the first that is told: that of an
//     aws_main_route_table_association, of an association the plan removes the
//     original one, the VPC's main_route_table_id, else its default table.
//  8. The default table of a VPC that the plan makes holds local routes and
//     what the plan adds.
//  9. A subnet whose CIDR or VPC is not told has a table of its own that tells nothing.
func (n *network) addTables() {
	ts := &tables{n: n, byID: map[string]*table{}}
	for _, r := range n.of("aws_route_table", "aws_default_route_table") {
		if r.id != "" {
			ts.add(r)
		}
	}
	for _, v := range n.inv.VPCs {
		x := n.vpcs[v.ID]
		if id := n.made(x.resource, "default_route_table_id"); isStandIn(id) && isStandIn(v.ID) {
			ts.get(id).VPCID = v.ID
		}
	}
	for _, g := range n.inv.NATGateways {
		if isStandIn(g.RouteTableID) && g.VPCID != "" {
			ts.get(g.RouteTableID).VPCID = g.VPCID
			ts.get(g.RouteTableID).opaque = true // AWS fills it; the plan does not show how
		}
	}
	ts.addRoutes()
	ts.associate()
	ts.addMain()
	ts.addUnplaced()
	ts.addEndpointRoutes()
	for _, t := range ts.ordered {
		ts.finish(t)
		n.inv.RouteTables = append(n.inv.RouteTables, t.Table)
	}
}

func (ts *tables) add(r *resource) {
	n, v := ts.n, r.root()
	t := ts.get(r.id)
	t.OwnerID, t.Tags = v.attr("owner_id").quiet(), r.tags()
	if id := v.attr("vpc_id"); !id.isUnknown() || id.configured() && r.typ != "aws_default_route_table" {
		t.VPCID = n.ref(id, "vpc-")
	} else {
		t.VPCID = n.ownerOf(r.id)
	}
	inline := v.attr("route")
	if r.mode == "data" {
		inline = v.attr("routes")
	}
	if inline.isUnknown() && !inline.configured() {
		inline = value{r: r} // a new table has none of its own
	}
	routes, ok := inline.list()
	t.anything = t.anything || !ok
	for _, e := range routes {
		ts.addRoute(t, e, ofBlock)
	}
	if r.conf == nil || !inline.configured() {
		for _, g := range n.gone("aws_route") {
			if b := g.root(); b.attr("route_table_id").str() == r.id {
				d := routeOf(n, b, ofResource)
				t.Routes = slices.DeleteFunc(t.Routes, func(x route.Route) bool { return x.Destination() == d.Destination() })
			}
		}
	}
	if gateways := v.attr("propagating_vgws"); !gateways.isUnknown() || gateways.configured() {
		list, ok := gateways.strs()
		for _, g := range list {
			t.PropagatingVGWs = append(t.PropagatingVGWs, route.PropagatingVGW{GatewayID: g})
		}
		t.anything = t.anything || !ok || len(list) > 0
	}
	associations, _ := v.attr("associations").list() // of the data source
	for _, a := range associations {
		t.Associations = append(t.Associations, route.Association{
			SubnetID: a.attr("subnet_id").str(), GatewayID: a.attr("gateway_id").str(), Main: a.attr("main").isTrue(),
		})
	}
}

// ownerOf is the VPC whose default table has that id.
func (n *network) ownerOf(id string) string {
	for _, v := range n.inv.VPCs {
		if r := n.vpcs[v.ID].resource; n.made(r, "default_route_table_id") == id {
			return v.ID
		}
	}
	return ""
}

// A destination names the attributes of a route's destination.
type destination struct{ v4, v6, list string }

var (
	ofBlock    = destination{"cidr_block", "ipv6_cidr_block", "destination_prefix_list_id"}
	ofResource = destination{"destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"}
)

// routeOf reads a route. A target that is not told has an id that says what it
// is, and that is not described: the way ends there, unknown.
func routeOf(n *network, v value, d destination) route.Route {
	out := route.Route{
		DestinationCIDRBlock: v.attr(d.v4).str(), DestinationIPv6CIDRBlock: v.attr(d.v6).str(),
		DestinationPrefixListID: n.ref(v.attr(d.list), "pl-"),
		State:                   v.attr("state").quiet(), Origin: v.attr("origin").quiet(),
	}
	target := func(name string, kinds ...string) string {
		a := v.attr(name)
		if a.isUnknown() && !a.configured() && v.r.typ == "aws_route" {
			return "" // the provider's to compute
		}
		id := n.ref(a, kinds...)
		if id == "" && a.isUnknown() {
			if len(kinds) > 1 {
				return standIn("", v.r.address, a.path)
			}
			id = standIn(kinds[0], v.r.address, a.path)
		}
		return id
	}
	out.GatewayID = target("gateway_id", "igw-", "vgw-")
	out.NATGatewayID = target("nat_gateway_id", "nat-")
	out.EgressOnlyInternetGatewayID = target("egress_only_gateway_id", "eigw-")
	out.NetworkInterfaceID = target("network_interface_id", "eni-")
	out.VPCPeeringConnectionID = target("vpc_peering_connection_id", "pcx-")
	out.TransitGatewayID = target("transit_gateway_id", "tgw-")
	out.LocalGatewayID = target("local_gateway_id", "lgw-")
	out.CarrierGatewayID = target("carrier_gateway_id", "cagw-")
	out.CoreNetworkARN = target("core_network_arn", "arn:")
	out.ODBNetworkARN = target("odb_network_arn", "arn:")
	if id := target("vpc_endpoint_id", "vpce-"); id != "" {
		out.GatewayID = id // as AWS prints it
	}
	if id := v.attr("instance_id"); !id.isUnknown() {
		out.InstanceID = id.str()
	}
	return out
}

// addRoute adds a route; a later one beats an earlier one of the same
// destination.
func (ts *tables) addRoute(t *table, v value, d destination) {
	out := routeOf(ts.n, v, d)
	if out.Destination() == "" {
		t.anything = true
		divertible := out.NATGatewayID+out.NetworkInterfaceID != "" || strings.HasPrefix(out.GatewayID, "vpce-")
		t.opaque = t.opaque || divertible // R12: it may be more specific than local
		return
	}
	t.Routes = slices.DeleteFunc(t.Routes, func(x route.Route) bool { return x.Destination() == out.Destination() })
	t.Routes = append(t.Routes, out)
}

func (ts *tables) addRoutes() {
	for _, r := range ts.n.of("aws_route") {
		v := r.root()
		id := ts.n.ref(v.attr("route_table_id"), "rtb-")
		if id == "" {
			for _, t := range ts.ordered { // it may be any
				t.opaque = true
			}
			continue
		}
		if t := ts.byID[id]; t != nil { // else of a table that is not described
			ts.addRoute(t, v, ofResource)
		}
	}
}

func (ts *tables) associate() {
	n := ts.n
	for _, r := range n.of("aws_route_table_association") {
		v := r.root()
		out := route.Association{SubnetID: n.ref(v.attr("subnet_id"), "subnet-"), GatewayID: n.ref(v.attr("gateway_id"), "igw-", "vgw-")}
		if out.SubnetID == "" && out.GatewayID == "" {
			// It may be any subnet's, which then has a table that is not told.
			for _, t := range ts.ordered {
				t.opaque = true
			}
			continue
		}
		id := n.ref(v.attr("route_table_id"), "rtb-")
		if id == "" {
			id = standIn("rtb-", r.address, "route_table_id")
			ts.get(id).opaque = true
		}
		t := ts.byID[id]
		if t == nil { // not described
			t = ts.get(id)
			t.opaque = true
		}
		if t.VPCID == "" {
			t.VPCID = n.vpcOfSubnets([]string{out.SubnetID})
		}
		t.Associations = append(t.Associations, out)
	}
}

func (ts *tables) addMain() {
	n := ts.n
	main := map[string]string{}
	for _, v := range n.inv.VPCs {
		r := n.vpcs[v.ID].resource
		id := n.made(r, "main_route_table_id")
		if id == "" {
			id = n.made(r, "default_route_table_id")
		}
		main[v.ID] = id
	}
	for _, r := range n.of("aws_default_route_table") {
		if t := ts.byID[r.id]; t != nil && main[t.VPCID] == "" {
			main[t.VPCID] = r.id
		}
	}
	for _, g := range n.gone("aws_main_route_table_association") {
		v := g.root()
		main[v.attr("vpc_id").str()] = v.attr("original_route_table_id").str()
	}
	for _, r := range n.of("aws_main_route_table_association") {
		v := r.root()
		id := n.ref(v.attr("route_table_id"), "rtb-")
		vpc := n.ref(v.attr("vpc_id"), "vpc-")
		if vpc == "" { // the main table of any may change
			clear(main)
			continue
		}
		main[vpc] = id
	}
	for _, t := range ts.ordered {
		isMain := slices.ContainsFunc(t.Associations, func(a route.Association) bool { return a.Main })
		if t.VPCID != "" && main[t.VPCID] == t.ID && !isMain {
			t.Associations = append(t.Associations, route.Association{Main: true})
		}
	}
}

// addUnplaced does rule 9.
func (ts *tables) addUnplaced() {
	for _, s := range ts.n.inv.Subnets {
		if !ts.n.unplaced[s.ID] {
			continue
		}
		for _, t := range ts.ordered {
			t.Associations = slices.DeleteFunc(t.Associations, func(a route.Association) bool { return a.SubnetID == s.ID })
		}
		t := ts.get(standIn("rtb-", ts.n.addresses[s.ID], ""))
		t.VPCID, t.opaque, t.Associations = s.VPCID, true, []route.Association{{SubnetID: s.ID}}
	}
}

// addEndpointRoutes adds the routes to gateway endpoints (rule 4). The list of
// an endpoint's service is that of the endpoint, or the one that the input has
// under the service's name; an IPv6 or dualstack endpoint has one for IPv6 too,
// which Terraform does not show (routing.md, R16). Where it is not told which
// tables the endpoint is on, every other one of its VPC has a route to the same
// destinations whose target is not told.
func (ts *tables) addEndpointRoutes() {
	n := ts.n
	for i := range n.inv.Endpoints {
		e := &n.inv.Endpoints[i]
		if !e.Type.Is(endpoint.Gateway) {
			continue
		}
		r := n.byID[e.ID]
		var lists []string
		if !strings.EqualFold(string(e.IPAddressType), string(endpoint.IPv6)) {
			list := r.root().attr("prefix_list_id").quiet()
			if list == "" {
				list = n.lists[e.ServiceName]
			}
			if list == "" {
				list = standIn("pl-", r.address, "prefix_list_id")
				n.inv.PrefixLists = append(n.inv.PrefixLists, route.PrefixList{ID: list, Name: e.ServiceName, AddressFamily: "IPv4"})
				r.root().attr("prefix_list_id").note(list)
			}
			lists = append(lists, list)
		}
		if t := string(e.IPAddressType); strings.EqualFold(t, string(endpoint.IPv6)) || strings.EqualFold(t, string(endpoint.DualStack)) {
			list := standIn("pl-", r.address, "ipv6")
			n.inv.PrefixLists = append(n.inv.PrefixLists, route.PrefixList{ID: list, AddressFamily: "IPv6"})
			lists = append(lists, list)
		}
		for _, id := range e.RouteTableIDs {
			t := ts.byID[id]
			if t == nil {
				continue
			}
			for _, list := range lists {
				t.addList(list, e.ID)
			}
		}
		if !n.untabled[e.ID] {
			continue
		}
		list := route.PrefixList{ID: standIn("pl-", r.address, "route_table_ids")}
		for _, x := range n.inv.PrefixLists {
			if len(lists) == 1 && x.ID == lists[0] {
				list.CIDRs = slices.Clone(x.CIDRs)
			}
		}
		n.inv.PrefixLists = append(n.inv.PrefixLists, list)
		for _, t := range ts.ordered {
			if (t.VPCID == e.VPCID || t.VPCID == "" || e.VPCID == "") && !slices.Contains(e.RouteTableIDs, t.ID) {
				t.addList(list.ID, "")
			}
		}
	}
}

// addList adds a route to a prefix list, unless there is one.
func (t *table) addList(list, target string) {
	if !slices.ContainsFunc(t.Routes, func(x route.Route) bool { return x.DestinationPrefixListID == list }) {
		t.Routes = append(t.Routes, route.Route{DestinationPrefixListID: list, GatewayID: target})
	}
}

// finish adds the local routes, and what stands for routes that are not told
// (rules 3 and 6).
func (ts *tables) finish(t *table) {
	v := ts.n.vpcOf(t.VPCID)
	if t.opaque || v.open4 {
		t.Routes = []route.Route{ts.untold(t, "")}
		return
	}
	var local []route.Route
	for _, cidr := range v.cidrs {
		r := route.Route{DestinationCIDRBlock: cidr, GatewayID: "local"}
		if strings.Contains(cidr, ":") {
			r = route.Route{DestinationIPv6CIDRBlock: cidr, GatewayID: "local"}
		}
		if !slices.ContainsFunc(t.Routes, func(x route.Route) bool { return x.Destination() == cidr }) {
			local = append(local, r)
		}
	}
	t.Routes = append(local, t.Routes...)
	switch {
	case t.anything:
		t.Routes = append(t.Routes, ts.untold(t, ""))
	case v.open6:
		t.Routes = append(t.Routes, ts.untold(t, "IPv6"))
	}
}

// untold is a route that stands for those that are not told.
func (ts *tables) untold(t *table, family string) route.Route {
	id := standIn("pl-", t.ID, "routes")
	ts.n.inv.PrefixLists = append(ts.n.inv.PrefixLists, route.PrefixList{ID: id, AddressFamily: family})
	return route.Route{DestinationPrefixListID: id}
}
