package tracegen

import (
	"fmt"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// tableAndRoute draws a table and one of its routes; false if there is none.
func (d *draft) tableAndRoute() (*route.Table, *route.Route, bool) {
	t := one(d, "table", d.inv.RouteTables)
	if t == nil || len(t.Routes) == 0 {
		return nil, nil, false
	}
	return t, &t.Routes[len(t.Routes)-1-d.upTo(len(t.Routes)-1, "route")], true
}

func (d *draft) dropRoute() bool {
	t, r, ok := d.tableAndRoute()
	if ok {
		i := slices.Index(t.Routes, *r)
		t.Routes = slices.Delete(t.Routes, i, i+1)
	}
	return ok
}

// destinations of routes that somebody adds: defaults and their halves,
// private ranges, a list's entry, public ranges, a CIDR with host bits.
func (d *draft) destination() string {
	list := []string{"0.0.0.0/0", "::/0", "10.0.0.0/8", "192.168.0.0/16", "0.0.0.0/1", "64:ff9b::/96", "52.219.80.0/20", "52.219.80.0/24", "203.0.113.0/24", "10.250.9.9/16"}
	for _, v := range d.inv.VPCs {
		list = append(list, v.CIDRBlock)
	}
	for _, l := range d.inv.PrefixLists {
		list = append(list, l.ID)
	}
	return pick(d, "destination", list...)
}

// target draws the target of a route that somebody adds: what the network has,
// what it lacks, and gateways that the model treats as opaque. Public ways are
// among them only where the network has one.
func (d *draft) target(vpc string) string {
	list := []string{"vgw-1", "lgw-1", "cagw-1", "arn:aws:networkmanager::111111111111:core-network/core-1", "tgw-9", "vpce-00000099"}
	for _, n := range d.inv.NATGateways {
		list = append(list, n.ID)
	}
	list = append(list, d.gatewayIDs()...)
	for i := range d.inv.NetworkInterfaces {
		if n := &d.inv.NetworkInterfaces[i]; n.VPCID == vpc && n.InterfaceType == "interface" {
			list = append(list, n.ID)
		}
	}
	return pick(d, "target", list...)
}

func (d *draft) addRoute() bool {
	t := one(d, "table", d.inv.RouteTables)
	if t == nil {
		return false
	}
	return add(t, to(d.destination(), d.target(t.VPCID)))
}

func (d *draft) changeTarget() bool {
	t, r, ok := d.tableAndRoute()
	if !ok || r.GatewayID == "local" {
		return false
	}
	retarget(r, d.target(t.VPCID))
	return true
}

func (d *draft) blackhole() bool {
	_, r, ok := d.tableAndRoute()
	if !ok || r.GatewayID == "local" {
		return false
	}
	r.State = "blackhole"
	if d.flip("target gone") { // B03
		retarget(r, "")
	}
	return true
}

func (d *draft) routeState() bool {
	_, r, ok := d.tableAndRoute()
	if ok {
		r.State = pick(d, "state", "filtered", "paused")
	}
	return ok
}

// propagate adds a route as a virtual private gateway does, often to a
// destination that the table has already.
func (d *draft) propagate() bool {
	t, r, ok := d.tableAndRoute()
	if !ok {
		return false
	}
	destination := d.destination()
	if d.flip("equal destination") && r.DestinationCIDRBlock != "" {
		destination = r.DestinationCIDRBlock
	}
	p := to(destination, "vgw-1")
	if p.DestinationPrefixListID != "" {
		return false
	}
	p.Origin = propagated
	t.PropagatingVGWs = []route.PropagatingVGW{{GatewayID: "vgw-1"}}
	add(t, p)
	return true
}

// routeInside adds a route more specific than the local one, to a whole subnet
// or to a part of it (R12).
func (d *draft) routeInside() bool {
	t := one(d, "table", d.inv.RouteTables)
	if t == nil {
		return false
	}
	v := d.vpc(t.VPCID)
	if v == nil {
		return false
	}
	return add(t, to(pick(d, "destination", replaceThird(v.CIDRBlock, 1), replaceThird(v.CIDRBlock, 2), hostOf(replaceThird(v.CIDRBlock, 1), 4)+"/32"), d.target(t.VPCID)))
}

// associate ties a subnet to another table, with a state of its own.
func (d *draft) associate() bool {
	s, t := one(d, "subnet", d.inv.Subnets), one(d, "table", d.inv.RouteTables)
	if s == nil || t == nil {
		return false
	}
	state := pick(d, "association", "associated", "associating", "disassociated", "failed", "")
	if state != "disassociated" && state != "failed" {
		for i := range d.inv.RouteTables { // a subnet has one table
			o := &d.inv.RouteTables[i]
			o.Associations = slices.DeleteFunc(o.Associations, func(a route.Association) bool { return a.SubnetID == s.ID })
		}
		if t.VPCID != s.VPCID {
			return true
		}
	}
	t.Associations = append(t.Associations, route.Association{SubnetID: s.ID, AssociationState: route.AssociationState{State: state}})
	return true
}

func (d *draft) forgetMain() bool {
	before := len(d.inv.RouteTables)
	vpc := one(d, "VPC", d.inv.VPCs).ID
	d.inv.RouteTables = slices.DeleteFunc(d.inv.RouteTables, func(t route.Table) bool {
		return t.VPCID == vpc && slices.ContainsFunc(t.Associations, func(a route.Association) bool { return a.Main })
	})
	return len(d.inv.RouteTables) < before
}

func (d *draft) detach() bool {
	bend := func(list []route.GatewayAttachment) []route.GatewayAttachment {
		switch pick(d, "attachment", "detaching", "none", "of another VPC") {
		case "none":
			return nil
		case "of another VPC":
			return []route.GatewayAttachment{{State: "available", VPCID: "vpc-99"}}
		}
		return []route.GatewayAttachment{{State: "detaching", VPCID: list[0].VPCID}}
	}
	if g := one(d, "internet gateway", d.inv.InternetGateways); g != nil && len(g.Attachments) > 0 {
		g.Attachments = bend(g.Attachments)
		return true
	}
	if g := one(d, "egress-only internet gateway", d.inv.EgressOnlyInternetGateways); g != nil && len(g.Attachments) > 0 {
		g.Attachments = bend(g.Attachments)
		return true
	}
	return false
}

// edgeTable associates a table with an internet gateway that sends what comes
// in for a subnet to a network interface (I11).
func (d *draft) edgeTable() bool {
	g, s := one(d, "internet gateway", d.inv.InternetGateways), one(d, "subnet", d.inv.Subnets)
	v := d.vpc(s.VPCID)
	if g == nil || v == nil || s.CIDRBlock == "" {
		return false
	}
	t := route.Table{ID: d.id("rtb-"), VPCID: s.VPCID, Associations: []route.Association{{GatewayID: g.ID}}, Tags: name("edge")}
	add(&t, to(v.CIDRBlock, "local"), to(s.CIDRBlock, pick(d, "to", "eni-1", "vpce-00000098")))
	d.inv.RouteTables = append(d.inv.RouteTables, t)
	return true
}

func (d *draft) blockPublicAccess() bool {
	b := endpoint.BlockPublicAccessStates{InternetGatewayBlockMode: pick(d, "mode", "block-bidirectional", "block-ingress", "off")}
	if d.flip("of a subnet") {
		one(d, "subnet", d.inv.Subnets).BlockPublicAccessStates = b
	} else {
		one(d, "VPC", d.inv.VPCs).BlockPublicAccessStates = b
	}
	return true
}

// privateToInternet sends private or shared address space to an internet
// gateway (R21).
func (d *draft) privateToInternet() bool {
	t, g := one(d, "table", d.inv.RouteTables), one(d, "internet gateway", d.inv.InternetGateways)
	if t == nil || g == nil {
		return false
	}
	return add(t, to(pick(d, "destination", "10.250.0.0/16", "100.64.0.0/10"), g.ID))
}

func (d *draft) natState() bool {
	n := one(d, "NAT gateway", d.inv.NATGateways)
	if n != nil {
		n.State = pick(d, "state", "pending", "failed", "deleting", "deleted", "unheard-of")
	}
	return n != nil
}

func (d *draft) natPrivate() bool {
	n := one(d, "NAT gateway", d.inv.NATGateways)
	if n != nil {
		n.ConnectivityType = "private"
	}
	return n != nil
}

// natMove puts a NAT gateway into some subnet of its VPC: one without a way to
// the internet, or one that leads back to it (N06).
func (d *draft) natMove() bool {
	n := one(d, "NAT gateway", d.inv.NATGateways)
	if n == nil {
		return false
	}
	subnets := d.subnets(n.VPCID)
	if len(subnets) == 0 {
		return false
	}
	n.SubnetID, n.AvailabilityMode, n.RouteTableID = (*one(d, "into", subnets)).ID, "zonal", ""
	return true
}

func (d *draft) natManual() bool {
	n := one(d, "NAT gateway", d.inv.NATGateways)
	if n == nil {
		return false
	}
	n.SubnetID, n.AvailabilityMode, n.AutoProvisionZones = "", "regional", "disabled"
	az, _ := zoneNames(d.region(n.VPCID), 0, d.upTo(2, "zone"))
	n.NATGatewayAddresses = []route.NATGatewayAddress{{PublicIP: "198.51.100.9", AvailabilityZone: az}}
	if n.RouteTableID == "" && len(d.tables(n.VPCID)) > 0 {
		n.RouteTableID = (*one(d, "table", d.tables(n.VPCID))).ID
	}
	return true
}

// natElsewhere routes to a NAT gateway that is in another VPC.
func (d *draft) natElsewhere() bool {
	n, t := one(d, "NAT gateway", d.inv.NATGateways), one(d, "table", d.inv.RouteTables)
	if n == nil || t == nil || t.VPCID == n.VPCID {
		return false
	}
	return add(t, to(pick(d, "destination", "0.0.0.0/0", "203.0.113.0/24"), n.ID))
}

// defaultTable draws a table with a default route; if none has one, any.
func (d *draft) defaultTable() *route.Table {
	var list []*route.Table
	for i := range d.inv.RouteTables {
		if t := &d.inv.RouteTables[i]; has(t, "0.0.0.0/0") {
			list = append(list, t)
		}
	}
	if t := one(d, "table", list); t != nil {
		return *t
	}
	return one(d, "table", d.inv.RouteTables)
}

// behind makes a subnet of a table's VPC, with a table of its own that has the
// same routes: where a device stands that takes the traffic over. nil if the
// VPC is not in the input.
func (d *draft) behind(t *route.Table) *endpoint.Subnet {
	v := d.vpc(t.VPCID)
	if v == nil {
		return nil
	}
	az, azID := zoneNames(d.region(v.ID), 0, d.upTo(2, "zone"))
	s := endpoint.Subnet{ID: d.id("subnet-"), VPCID: v.ID, CIDRBlock: replaceThird(v.CIDRBlock, 100+len(d.inv.Subnets)), AvailabilityZone: az, AvailabilityZoneID: azID, Tags: name("device")}
	d.inv.Subnets = append(d.inv.Subnets, s)
	d.inv.RouteTables = append(d.inv.RouteTables, route.Table{
		ID: d.id("rtb-"), VPCID: v.ID, Associations: []route.Association{{SubnetID: s.ID}}, Routes: slices.Clone(t.Routes), Tags: name("device"),
	})
	return &s
}

// takeOver sends what goes the default way of a table, or a public range, to
// another target.
func (d *draft) takeOver(table, target string) {
	i := slices.IndexFunc(d.inv.RouteTables, func(t route.Table) bool { return t.ID == table })
	t, destination := &d.inv.RouteTables[i], pick(d, "destination", "0.0.0.0/0", "10.0.0.0/8", "203.0.113.0/24")
	t.Routes = slices.DeleteFunc(t.Routes, func(r route.Route) bool { return r.DestinationCIDRBlock == destination && r.Origin != propagated })
	add(t, to(destination, target))
}

// appliance sends traffic through a network interface in a subnet of its own.
func (d *draft) appliance() bool {
	t := d.defaultTable()
	if t == nil {
		return false
	}
	id := t.ID // the list of tables grows
	s := d.behind(t)
	if s == nil {
		return false
	}
	n := endpoint.NetworkInterface{ID: d.id("eni-"), InterfaceType: "interface", VPCID: s.VPCID, SubnetID: s.ID, AvailabilityZone: s.AvailabilityZone, PrivateIPAddress: hostOf(s.CIDRBlock, 200)}
	n.PrivateIPAddresses = []endpoint.PrivateIPAddress{{PrivateIPAddress: n.PrivateIPAddress, Primary: true, Association: &endpoint.Association{PublicIP: "203.0.113.254"}}}
	switch pick(d, "source/destination check", "off", "on", "not given") {
	case "off":
		n.SourceDestCheck = new(false)
	case "on":
		n.SourceDestCheck = new(true)
	}
	d.inv.NetworkInterfaces = append(d.inv.NetworkInterfaces, n)
	d.takeOver(id, n.ID)
	return true
}

// inspection sends traffic through a Gateway Load Balancer endpoint in a subnet
// of its own.
func (d *draft) inspection() bool {
	t := d.defaultTable()
	if t == nil {
		return false
	}
	id := t.ID
	s := d.behind(t)
	if s == nil {
		return false
	}
	e := endpoint.Endpoint{
		ID: d.id("vpce-"), Type: endpoint.GatewayLoadBalancer, VPCID: s.VPCID, State: pick(d, "state", endpoint.Available, endpoint.Pending),
		ServiceName: fmt.Sprintf("com.amazonaws.vpce.%s.vpce-svc-%017x", d.region(s.VPCID), 0x91b), SubnetIDs: []string{s.ID},
	}
	n := endpoint.NetworkInterface{ID: d.id("eni-"), InterfaceType: "gateway_load_balancer_endpoint", VPCID: s.VPCID, SubnetID: s.ID, AvailabilityZone: s.AvailabilityZone, PrivateIPAddress: hostOf(s.CIDRBlock, 200)}
	e.NetworkInterfaceIDs = []string{n.ID}
	d.inv.Endpoints = append(d.inv.Endpoints, e)
	d.inv.NetworkInterfaces = append(d.inv.NetworkInterfaces, n)
	d.takeOver(id, e.ID)
	return true
}

func (d *draft) overlap() bool {
	s := one(d, "subnet", d.inv.Subnets)
	o := *s
	o.ID = d.id("subnet-")
	d.inv.Subnets = append(d.inv.Subnets, o)
	return true
}
