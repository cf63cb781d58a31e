package audit

// routeRules are the pages of what one route table and one endpoint decide.
func routeRules() []RulePage {
	return []RulePage{
		{
			"R1", "A subnet uses the route table that is explicitly associated with it, and without one the main table of its VPC. Such implicit associations do not stand in the JSON; a table may be main and explicitly associated at once.",
			`documented: "Subnet route tables"`,
		},
		{
			"R2", "Every VPC has one main table of its own. A subnet without association takes the main table of its own VPC, whichever others the file holds; if that one is missing from the input, the way is unknown.",
			"observed: recordings of cloud-custodian/cloud-custodian hold several main tables in one file",
		},
		{
			"R3", "A route table associated with an internet gateway or a virtual private gateway steers only what enters the VPC by that gateway. It cannot name prefix lists, and its targets are local, a network interface or a Gateway Load Balancer endpoint.",
			`documented: "Gateway route tables"`,
		},
		{
			"R5", "A destination in the source's own subnet is reached directly: neither a route table nor a network ACL is asked.",
			`documented: "Gateway route tables"; observed: batfish/batfish`,
		},
		{
			"R7", "Addresses that AWS reserves, 169.254.168.0/22 and fd00:ec2::/32, are served by the host itself and never by a route table.",
			`documented: "Subnet route tables"`,
		},
		{
			"R9", "Candidates are all CIDR routes, and all entries of all prefix lists on the table, that contain the destination. The order in the JSON means nothing. R9 is printed where only one candidate was left, or none.",
			`documented: "How route priority works"`,
		},
		{
			"R9a", "Of several candidates the one with the longest prefix wins, before it counts whether it is static, from a prefix list or propagated.",
			`documented: "How route priority works"`,
		},
		{
			"R10", "Of candidates with equally long prefixes a static CIDR route beats a prefix list, and that beats a propagated route. Among propagated ones Direct Connect beats a static VPN route, and that beats a VPN route learned by BGP, which the JSON does not tell apart.",
			`documented: "How route priority works"`,
		},
		{
			"R11", "A propagated route inside a CIDR of the VPC is left out, even if it is longer: the local route has priority.",
			`documented: "Site-to-Site VPN route priority"`,
		},
		{
			"R12", "A static route more specific than local, inside a VPC CIDR, is allowed only if it equals the whole CIDR of a subnet and leads to a NAT gateway, a network interface or a Gateway Load Balancer endpoint. It then wins over local; any other such route makes the input invalid.",
			`documented: "Subnet route tables"`,
		},
		{
			"R13", "An entry of a prefix list that lies inside a CIDR of the VPC is left out: the local route has priority.",
			`documented: an older edition of the VPC User Guide's page on route tables only`,
		},
		{
			"R14", "Equally long entries of several prefix lists with one target lead there. With different targets AWS says that it picks one at random: the answer is unspecified.",
			`documented: "How route priority works"`,
		},
		{
			"R14a", "A prefix list whose entries are not in the input might hold the destination, so that the answer is unknown. It is not if the list is of the other address family, or if the row that won has the same target, lies inside a VPC CIDR, or is a static route to that one address.",
			`inferred: from "How route priority works"`,
		},
		{
			"R16", "A gateway endpoint puts the service's IPv4 list, its IPv6 list or both on the table, by its IP address type. IPv6 traffic does not follow an IPv4 endpoint: it takes another IPv6 route or none.",
			`documented: "Gateway endpoints"`,
		},
		{
			"R17", "The row that won decides even if its state is blackhole: the traffic is dropped, and no shorter row takes over. Where a blackhole route and an active propagated one of equal length meet, AWS publishes no rule and the answer is unspecified.",
			`documented: EC2 API Reference, "Route"; observed: batfish/batfish`,
		},
		{
			"R20", "An internet gateway carries IPv4 only for a private source address that has a public address of its own, and translates it. An IPv6 source needs a global address and is not translated.",
			`documented: "Internet gateways"`,
		},
		{
			"R21", "An internet gateway refuses destinations in private (RFC 1918) and shared (RFC 6598) address space.",
			`documented: "Reachability Analyzer explanation codes"`,
		},
		{
			"R22", "Traffic to an AWS service by an internet gateway stays on the AWS network. The way counts as public all the same. For the China Regions the VPC FAQ makes an exception.",
			`documented: "Access AWS services through AWS PrivateLink"`,
		},
		{
			"R23", "VPC Block Public Access of the subnet, else of the VPC: block-bidirectional stops internet gateways, egress-only internet gateways, and NAT gateways toward the internet; block-ingress lets only NAT and egress-only traffic out. Endpoint network interfaces, transit gateways and VPN are not affected.",
			`documented: "VPC BPA basics"; inferred: for endpoint network interfaces`,
		},
		{
			"R24", "A public NAT gateway carries TCP, UDP and ICMP, has no security group, passes the network ACLs of both subnets, and drops what comes unasked or is meant for its own address. It reaches the internet only if its own table leads to an internet gateway.",
			`documented: "NAT gateways"; observed: batfish/batfish`,
		},
		{
			"R26", "A NAT gateway serves network interfaces of its own VPC, transit gateway attachments among them, and never what comes by peering, VPN or Direct Connect.",
			`documented: "NAT gateways"; inferred: for transit gateway attachments`,
		},
		{
			"R27", "A NAT gateway in another Availability Zone works. AVAILABILITY_ZONE_CROSSED says that it is used.",
			`documented: "NAT gateways"`,
		},
		{
			"R28", "A regional NAT gateway is always public. In manual mode it serves only the Availability Zones in which it has an address; in automatic mode a new zone may be served from another one for up to 60 minutes.",
			`documented: "Regional NAT gateways"`,
		},
		{
			"R29", "DNS64 is switched on for the subnet that asks, and makes addresses only for names without AAAA records. 64:ff9b::/96 must be routed to a NAT gateway, after which the IPv4 address inside decides.",
			`documented: "DNS64 and NAT64"`,
		},
		{
			"R30", "A gateway endpoint's list on the source's table beats the route to a NAT gateway. If only the NAT gateway's own table has the list, the traffic takes the NAT gateway first and the gateway endpoint then.",
			`documented: "NAT gateways"; inferred: for the list on the NAT gateway's table`,
		},
		{
			"R31", "Every subnet of the VPC, an isolated one included, reaches every endpoint network interface by the local route, across Availability Zones too. A route of R12 may divert it.",
			`documented: "Access AWS services through AWS PrivateLink"; observed: batfish/batfish`,
		},
		{
			"R32", "An endpoint serves only in state available, in whichever letter case; pending, rejected, expired, failed and deleted ones do not. The service behind it cannot start connections.",
			`documented: "AWS PrivateLink concepts", "Reachability Analyzer explanation codes"`,
		},
		{
			"R32a", "The public and the Regional name lead to any healthy network interface of the endpoint, in turn, without preference for the client's Availability Zone. A zonal name or an address leads to exactly that interface.",
			`documented: "Access AWS services through AWS PrivateLink"`,
		},
		{
			"R34", "A vpce name gives private addresses outside the VPC too, and there they are of no use without a way into the VPC. The IPv6 address of an endpoint network interface cannot be reached from the internet.",
			`documented: "Access AWS services through AWS PrivateLink"`,
		},
		{
			"R36", "With private DNS off the public name of the service leaves by the route table although an endpoint exists.",
			`documented: "Access AWS services through AWS PrivateLink"`,
		},
		{
			"R38", "A gateway endpoint carries TCP and ICMP echo only. It has no network interface and no security group, and a table has one endpoint route for each service.",
			`documented: "Gateway endpoints", "Reachability Analyzer explanation codes"`,
		},
		{
			"R39", "The route tables that a gateway endpoint names and the tables that have a route to it should be the same. Where they are not, the route is believed and the difference reported.",
			"our choice: modelled",
		},
	}
}

// chainRules are the pages of gateways one behind another, destinations whose
// address is not known, and filters.
func chainRules() []RulePage {
	return []RulePage{
		{
			"C1", "Where the input does not describe a gateway or another hop, the hops so far are kept, and the way ends unknown with UNKNOWN_RESOURCE.",
			"our choice: modelled",
		},
		{
			"C5", "A route to a network interface leads on only if its source/destination check is off; the table of the interface's subnet decides then. Whether the appliance translates addresses is not known.",
			`documented: "Reachability Analyzer explanation codes"; our choice: modelled, for what the appliance does`,
		},
		{
			"C6", "Meeting one device with one destination for the second time is a loop: the traffic is dropped with ROUTING_LOOP. A default route to the NAT gateway on that gateway's own subnet makes one.",
			"observed: batfish/batfish; our choice: modelled",
		},
		{
			"C7", "A peering connection must be active and leads only to addresses in the peer VPC's CIDRs, by the peer's local route. It never leads on to an internet gateway, a NAT gateway, a VPN, a gateway endpoint or another peering.",
			"documented: VPC Peering Guide",
		},
		{
			"C8", "The attachment of a VPC to a transit gateway must be available and have a subnet in the source's Availability Zone. The route table associated with it decides by the longest prefix, static before propagated. An attachment of a VPC leads into that VPC, where the table of the attachment's subnet decides on; VPN, Direct Connect, peering and Connect attachments are not followed. Where the input lacks any of it, the way ends beyond what is known. Appliance mode is named and not modelled.",
			`documented: "Reachability Analyzer explanation codes", Amazon VPC Transit Gateways guide; inferred: where the input lacks one of its files`,
		},
		{
			"C10", "What comes from outside a VPC needs a way back: without a route to the source on the table of the destination's subnet the answers are dropped.",
			"documented: VPC Peering Guide",
		},
		{
			"P1", "Of a name that only public DNS answers every possible address is followed, grouped by the prefixes of all tables met. If all take one way, that is the answer, with PUBLIC_ADDRESS_NOT_KNOWN; otherwise it is unknown, with PUBLIC_PATHS_DIFFER and every candidate.",
			"our choice: modelled",
		},
		{
			"F1", "Security groups are stateful: the source's groups must allow the way out and the endpoint's groups the way in, on port 443 unless told otherwise, by CIDR, prefix list or group.",
			`documented: "Access an AWS service using an interface VPC endpoint"`,
		},
		{
			"F2", "Network ACLs are stateless: the lowest rule number that matches decides, out and back, on both subnets if they differ. Answers go to ports 1024 to 65535. An ACL cannot name a prefix list.",
			`documented: "Access an AWS service using an interface VPC endpoint", "Gateway endpoints"`,
		},
		{
			"F4", "A security group rule that names another group works only where the group of a packet is still known: not behind every hop, and not for a group of a peered VPC that the input does not describe.",
			`documented: "Reachability Analyzer explanation codes"`,
		},
		{
			"F5", "Filters that cannot be evaluated, because the input lacks them or because the source is a bare subnet without security groups, are never taken for permission: FILTERS_NOT_EVALUATED says so.",
			"our choice: modelled",
		},
		{
			"F6", "An endpoint policy says who may do what with the service and is not part of the network: the way is judged without it, and POLICY_NOT_EVALUATED says so.",
			`documented: "AWS PrivateLink concepts"`,
		},
	}
}
