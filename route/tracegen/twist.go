package tracegen

// A twist bends a network: something an engineer, a colleague or AWS does to it
// after it was made. do reports false, and has changed nothing, where the
// network has nothing to bend.
type twist struct {
	name  string
	needs Feature // what it brings into the network
	do    func(*draft) bool
}

// twists are all of them. The first are the mildest, since draws shrink to
// the front.
func twists() []twist {
	return []twist{
		{"drop a route", 0, (*draft).dropRoute},
		{"add a route", 0, (*draft).addRoute},
		{"send a route elsewhere", 0, (*draft).changeTarget},
		{"black hole", 0, (*draft).blackhole},
		{"route state", 0, (*draft).routeState},
		{"propagate a route", 0, (*draft).propagate},
		{"route inside the VPC", 0, (*draft).routeInside},
		{"associate a table", 0, (*draft).associate},
		{"forget a main table", 0, (*draft).forgetMain},
		{"detach a gateway", InternetGateways, (*draft).detach},
		{"edge table", InternetGateways, (*draft).edgeTable},
		{"block public access", InternetGateways, (*draft).blockPublicAccess},
		{"private space to the internet", InternetGateways, (*draft).privateToInternet},
		{"NAT gateway state", NATGateways, (*draft).natState},
		{"private NAT gateway", NATGateways, (*draft).natPrivate},
		{"move a NAT gateway", NATGateways, (*draft).natMove},
		{"regional NAT gateway by hand", NATGateways, (*draft).natManual},
		{"NAT gateway of another VPC", NATGateways, (*draft).natElsewhere},
		{"peering state", Peerings, (*draft).peeringState},
		{"peering beyond the peer", Peerings, (*draft).peeringBeyond},
		{"transit gateway attachment", TransitGateways, (*draft).attachment},
		{"transit gateway route", TransitGateways, (*draft).transitRoute},
		{"on premises", TransitGateways, (*draft).onPremises},
		{"prefix list entries", GatewayEndpoints, (*draft).listEntries},
		{"second list with equal entries", GatewayEndpoints, (*draft).secondList},
		{"appliance", Instances, (*draft).appliance},
		{"inspection", InterfaceEndpoints, (*draft).inspection},
		{"overlapping subnet", 0, (*draft).overlap},
		{"forget an object", 0, (*draft).forget},
		{"VPC attributes", 0, (*draft).vpcAttributes},
		{"DNS64", IPv6, (*draft).dns64},
		{"endpoint state", InterfaceEndpoints, (*draft).endpointState},
		{"private DNS switched", InterfaceEndpoints, (*draft).switchPrivateDNS},
		{"DnsEntries", InterfaceEndpoints, (*draft).entries},
		{"unhealthy endpoint interface", InterfaceEndpoints, (*draft).unhealthy},
		{"another endpoint", InterfaceEndpoints, (*draft).anotherEndpoint},
		{"gateway endpoint off the table", GatewayEndpoints, (*draft).gatewayEndpointOff},
		{"security group rules", Filters, (*draft).groupRules},
		{"network ACL entry", Filters, (*draft).aclEntry},
		{"another hosted zone", PrivateZones, (*draft).anotherZone},
		{"another rule", PrivateZones, (*draft).anotherRule},
	}
}

// twist draws one that the knobs allow and applies it.
func (d *draft) twist() {
	var allowed []twist
	for _, tw := range twists() {
		if d.k.has(tw.needs) {
			allowed = append(allowed, tw)
		}
	}
	pick(d, "twist", allowed...).do(d)
}

// String is what rapid prints where it draws a twist.
func (tw twist) String() string { return tw.name }

// GoString is the same.
func (tw twist) GoString() string { return tw.name }
