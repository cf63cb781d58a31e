package terraform

import (
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// addLists adds prefix lists, with all of their entries or with none.
func (n *network) addLists() {
	for _, r := range n.of("aws_ec2_managed_prefix_list", "aws_prefix_list") {
		if r.id == "" {
			continue
		}
		v := r.root()
		out := route.PrefixList{
			ID: r.id, Name: v.attr("name").quiet(), AddressFamily: v.attr("address_family").quiet(),
			OwnerID: v.attr("owner_id").quiet(), Tags: r.tags(),
		}
		if cidrs, complete := n.entries(r); complete {
			out.CIDRs = cidrs
		}
		n.inv.PrefixLists = append(n.inv.PrefixLists, out)
		if out.Name != "" {
			n.lists[out.Name] = out.ID
		}
	}
	// What gateway endpoints tell of the lists of their services.
	for _, r := range n.of("aws_vpc_endpoint") {
		v := r.root()
		id, name := v.attr("prefix_list_id").quiet(), v.attr("service_name").quiet()
		if !isGateway(v) || id == "" || n.lists[name] != "" {
			continue
		}
		n.lists[name] = id
		out := route.PrefixList{ID: id, Name: name, AddressFamily: "IPv4"}
		if cidrs := v.attr("cidr_blocks"); cidrs.data != nil {
			list, _ := cidrs.strs()
			out.CIDRs = append([]string{}, list...)
			if slices.ContainsFunc(list, func(s string) bool { return strings.Contains(s, ":") }) {
				out.AddressFamily = ""
			}
		}
		n.inv.PrefixLists = append(n.inv.PrefixLists, out)
	}
}

// entries are the CIDRs of a list; false if some are not told. Those of a
// customer's list are the list's own and those that are resources. What the plan
// removes is not among them, though the list's computed entries still show it.
func (n *network) entries(r *resource) (list []string, complete bool) {
	v := r.root()
	if r.typ == "aws_prefix_list" {
		cidrs := v.attr("cidr_blocks")
		list, complete = cidrs.strs()
		return append([]string{}, list...), complete && cidrs.data != nil
	}
	list = []string{}
	add := func(v value) {
		if s := v.str(); s != "" && !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	blocks := v.attr("entry")
	if r.mode == "data" {
		blocks = v.attr("entries")
	}
	complete = r.mode == "managed" || blocks.data != nil
	if !blocks.isUnknown() || blocks.configured() {
		elements, ok := blocks.list()
		complete = complete && ok
		for _, e := range elements {
			complete = complete && !e.attr("cidr").isUnknown()
			add(e.attr("cidr"))
		}
	}
	for _, g := range n.gone("aws_ec2_managed_prefix_list_entry") {
		if b := g.root(); b.attr("prefix_list_id").str() == r.id {
			list = slices.DeleteFunc(list, func(s string) bool { return s == b.attr("cidr").str() })
		}
	}
	for _, x := range n.of("aws_ec2_managed_prefix_list_entry") {
		e := x.root()
		switch n.ref(e.attr("prefix_list_id"), "pl-") {
		case "":
			complete = false
		case r.id:
			complete = complete && !e.attr("cidr").isUnknown()
			add(e.attr("cidr"))
		}
	}
	return list, complete
}

func isGateway(v value) bool {
	return v.attr("vpc_endpoint_type").quiet() == "" || endpoint.Type(v.attr("vpc_endpoint_type").quiet()).Is(endpoint.Gateway)
}

// addEndpoints adds the VPC endpoints:
//
//  1. Subnets, route tables and security groups are the endpoint's own and
//     those that association resources add, less those whose association the
//     plan removes: the endpoint's computed lists still show these.
//  2. Network interfaces are known as long as the endpoint's subnets and
//     address type stay as they were. Where the plan adds a subnet, they are
//     not: the endpoint then has none, so that what its names resolve to is
//     unknown. Where it only removes some, those of the others stay.
//  3. Addresses are those of network interfaces in the input; failing that,
//     those of subnet_configuration, whose interfaces have stand-in ids: it
//     does not tell which interface has which address.
//  4. An endpoint that the plan makes for a service that is not AWS's has to be
//     accepted. Unless auto_accept is set, it is not told whether it is: it has
//     no network interfaces, and a Gateway Load Balancer endpoint is left out.
//  5. Where it is not told whether private DNS is on, it is, without network
//     interfaces: what the names resolve to is unknown.
//  6. One whose type is not told is a gateway endpoint if it has route tables,
//     else an interface endpoint without network interfaces.
//  7. DNS entries are kept as they are. Where private DNS is turned on they
//     lack the private names, which the catalogue then gives.
//  8. One with private DNS whose VPC or service is not told may answer for any
//     name: of every VPC, or of its own.
func (n *network) addEndpoints() {
	subnets := n.associated("aws_vpc_endpoint_subnet_association", "subnet_id", "subnet-")
	tables := n.associated("aws_vpc_endpoint_route_table_association", "route_table_id", "rtb-")
	groups := n.associated("aws_vpc_endpoint_security_group_association", "security_group_id", "sg-")
	private := map[string]value{}
	for _, r := range n.of("aws_vpc_endpoint_private_dns") {
		if id := n.ref(r.root().attr("vpc_endpoint_id"), "vpce-"); id != "" {
			private[id] = r.root().attr("private_dns_enabled")
		}
	}
	for _, r := range n.of("aws_vpc_endpoint") {
		if r.id == "" {
			continue
		}
		v := r.root()
		out := endpoint.Endpoint{
			ID: r.id, Type: endpoint.Type(v.attr("vpc_endpoint_type").str()), VPCID: n.ref(v.attr("vpc_id"), "vpc-"),
			ServiceName: v.attr("service_name").str(), State: endpoint.State(v.attr("state").str()),
			OwnerID: v.attr("owner_id").quiet(), PolicyDocument: v.attr("policy").quiet(), Tags: r.tags(),
		}
		typed := !v.attr("vpc_endpoint_type").isUnknown()
		switch tables := v.attr("route_table_ids"); {
		case out.Type != "":
		case typed, tables.data != nil && !isEmpty(tables):
			out.Type = endpoint.Gateway // the provider's default
		default:
			out.Type = endpoint.Interface
		}
		if region := v.attr("service_region"); !region.isUnknown() || region.configured() {
			out.ServiceRegion = region.str()
		}
		if t := v.attr("ip_address_type"); !t.isUnknown() || t.configured() {
			out.IPAddressType = endpoint.IPAddressType(t.str())
		}
		options := v.attr("dns_options")
		if options.isUnknown() && !options.configured() {
			options = value{r: r} // the defaults
		}
		blocks, _ := options.list()
		for _, o := range blocks {
			if t := o.attr("dns_record_ip_type"); !t.isUnknown() || t.configured() {
				out.DNSOptions.RecordIPType = endpoint.RecordIPType(t.str())
			}
			out.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = o.attr("private_dns_only_for_inbound_resolver_endpoint").isTrue()
		}
		dns := v.attr("private_dns_enabled")
		if x, ok := private[r.id]; ok {
			dns = x
		}
		untold := dns.isUnknown() && dns.configured()
		if untold {
			dns.note("")
			out.PrivateDNSEnabled = true
		} else if !dns.isUnknown() {
			out.PrivateDNSEnabled = dns.isTrue()
		}
		entries, _ := v.attr("dns_entry").list()
		for _, e := range entries {
			if name := e.attr("dns_name").quiet(); name != "" {
				out.DNSEntries = append(out.DNSEntries, endpoint.DNSEntry{Name: name, HostedZoneID: e.attr("hosted_zone_id").quiet()})
			}
		}
		var ok bool
		out.SubnetIDs, ok = subnets.of(v.attr("subnet_ids"), "subnet-")
		if !ok {
			out.SubnetIDs = nil
		}
		if ids, ok := groups.of(v.attr("security_group_ids"), "sg-"); !out.Type.Is(endpoint.Gateway) {
			out.Groups = n.groups(r, ids, ok)
		}
		accepted := !v.attr("state").isUnknown() || !ofCustomer(out.ServiceName) || v.attr("auto_accept").isTrue()
		if !accepted && out.Type.Is(endpoint.GatewayLoadBalancer) {
			continue
		}
		if out.VPCID == "" {
			out.VPCID = n.vpcOfSubnets(out.SubnetIDs)
		}
		n.addEndpointInterfaces(&out, v, ok && accepted && !untold && typed)
		var told bool
		if out.RouteTableIDs, told = tables.of(v.attr("route_table_ids"), "rtb-"); !told {
			n.untabled[r.id] = true
		}
		if out.PrivateDNSEnabled && out.Type.Is(endpoint.Interface) {
			switch {
			case out.VPCID == "":
				n.addAnyName(r.address, "vpc_id", n.allVPCs())
			case v.attr("service_name").isUnknown() && len(slices.Collect(out.DNSEntries.Private())) == 0:
				n.addAnyName(r.address, "service_name", []string{out.VPCID})
			}
		}
		n.inv.Endpoints = append(n.inv.Endpoints, out)
	}
}

// vpcOfSubnets is the VPC that the first subnet described is in.
func (n *network) vpcOfSubnets(ids []string) string {
	for _, s := range n.inv.Subnets {
		if slices.Contains(ids, s.ID) {
			return s.VPCID
		}
	}
	return ""
}

// isEmpty reports whether a list is known to have no elements.
func isEmpty(v value) bool {
	elements, ok := v.list()
	return ok && len(elements) == 0
}

// ofCustomer reports whether a service may be another account's: its name says
// so, or is not told.
func ofCustomer(service string) bool {
	name, err := naming.ParseServiceName(service)
	return err != nil || name.IsOwned()
}

// associations are what resources tie to endpoints.
type associations struct {
	n           *network
	added, gone map[string][]string // by endpoint
	open        bool                // it is not told whose some of them are
	openTo      map[string]bool     // it is not told what some of these endpoints' are
}

func (n *network) associated(typ, attribute, prefix string) *associations {
	a := &associations{n: n, added: map[string][]string{}, gone: map[string][]string{}, openTo: map[string]bool{}}
	for _, r := range n.gone(typ) {
		v := r.root()
		id := v.attr("vpc_endpoint_id").str()
		a.gone[id] = append(a.gone[id], v.attr(attribute).str())
	}
	for _, r := range n.of(typ) {
		v := r.root()
		id, x := n.ref(v.attr("vpc_endpoint_id"), "vpce-"), n.ref(v.attr(attribute), prefix)
		switch {
		case id == "":
			a.open = true
		case x == "":
			a.openTo[id] = true
		default:
			a.added[id] = append(a.added[id], x)
		}
	}
	return a
}

// of is an endpoint's list with what is tied to it; false if some of it is not
// told.
func (a *associations) of(v value, prefix string) ([]string, bool) {
	list, ok := a.n.refs(v, prefix)
	list = slices.Clone(list)
	if v.r.conf == nil || len(v.exprs) == 0 { // computed
		list = slices.DeleteFunc(list, func(s string) bool { return slices.Contains(a.gone[v.r.id], s) })
	}
	list = append(list, a.added[v.r.id]...)
	slices.Sort(list)
	return slices.Compact(list), ok && !a.open && !a.openTo[v.r.id]
}

// addEndpointInterfaces gives an endpoint its network interfaces, as rules 2
// to 6 of addEndpoints say; told is false if it is not told which subnets it
// will be in, whether it is accepted, whether its private DNS is on, or its
// type.
func (n *network) addEndpointInterfaces(out *endpoint.Endpoint, v value, told bool) {
	if out.Type.Is(endpoint.Gateway) {
		return
	}
	list := v.attr("network_interface_ids")
	ids, known := list.strs()
	candidates := n.described(ids)
	made := candidates == nil
	if made {
		candidates = n.placed(out, v, ids)
	}
	stays := func(subnet string) bool { return len(out.SubnetIDs) == 0 || slices.Contains(out.SubnetIDs, subnet) }
	covered := func(subnet string) bool {
		return slices.ContainsFunc(candidates, func(x endpoint.NetworkInterface) bool { return x.SubnetID == subnet })
	}
	before := n.beforeOf(v.r)
	changed := told && before != nil && !sameSet(before.root().attr("subnet_ids"), out.SubnetIDs)
	retyped := before != nil && endpoint.IPAddressType(before.root().attr("ip_address_type").str()) != out.IPAddressType &&
		(v.r.conf == nil || !v.attr("subnet_configuration").configured())
	switch {
	case !told || retyped:
		list.note("")
	case candidates == nil && known && !changed && sameSet(v.attr("subnet_ids"), out.SubnetIDs):
		out.NetworkInterfaceIDs = ids // which stand where is not told
	case candidates == nil || slices.ContainsFunc(out.SubnetIDs, func(s string) bool { return !covered(s) }):
		list.note("")
	default:
		for _, x := range candidates {
			if stays(x.SubnetID) {
				out.NetworkInterfaceIDs = append(out.NetworkInterfaceIDs, x.ID)
				if made {
					n.inv.NetworkInterfaces = append(n.inv.NetworkInterfaces, x)
				}
			}
		}
	}
}

// described returns the network interfaces with those ids, nil unless the input
// has the subnet and addresses of each.
func (n *network) described(ids []string) []endpoint.NetworkInterface {
	var list []endpoint.NetworkInterface
	for _, id := range ids {
		i := slices.IndexFunc(n.inv.NetworkInterfaces, func(x endpoint.NetworkInterface) bool {
			return x.ID == id && x.SubnetID != "" && len(x.PrivateIPAddresses)+len(x.IPv6Addresses) > 0
		})
		if i < 0 {
			return nil
		}
		list = append(list, n.inv.NetworkInterfaces[i])
	}
	return list
}

// placed makes the network interfaces that subnet_configuration tells of, nil
// unless it tells the addresses of all.
func (n *network) placed(out *endpoint.Endpoint, v value, ids []string) []endpoint.NetworkInterface {
	elements, ok := v.attr("subnet_configuration").list()
	var list []endpoint.NetworkInterface
	for _, e := range elements {
		subnet, v4, v6 := n.ref(e.attr("subnet_id"), "subnet-"), e.attr("ipv4").str(), e.attr("ipv6").quiet()
		if subnet == "" || v4+v6 == "" {
			return nil
		}
		x := endpoint.NetworkInterface{
			ID: standIn("eni-", v.r.address, subnet), InterfaceType: "vpc_endpoint", VPCID: out.VPCID, SubnetID: subnet, Groups: out.Groups,
		}
		if len(ids) == 1 && len(elements) == 1 {
			x.ID = ids[0]
		}
		if v4 != "" {
			x.PrivateIPAddress = v4
			x.PrivateIPAddresses = []endpoint.PrivateIPAddress{{PrivateIPAddress: v4, Primary: true}}
		}
		if v6 != "" {
			x.IPv6Addresses = []endpoint.IPv6Address{{IPv6Address: v6}}
		}
		list = append(list, x)
	}
	if !ok {
		return nil
	}
	return list
}

// beforeOf is the resource as it was before the plan changes it in place; nil
// if it does not.
func (n *network) beforeOf(r *resource) *resource {
	for _, b := range n.removed {
		if b.address == r.address && b.mode == r.mode && b.root().attr("id").quiet() == r.id {
			return b
		}
	}
	return nil
}

// sameSet reports whether a list holds exactly those strings.
func sameSet(v value, want []string) bool {
	have, ok := v.strs()
	have = slices.Clone(have)
	slices.Sort(have)
	return ok && slices.Equal(slices.Compact(have), want)
}
