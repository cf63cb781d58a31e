package trace

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/zone"
)

// CreateEndpoint is what the CreateVpcEndpoint call takes, as far as the model
// goes. The zero value of an option is the call without it.
type CreateEndpoint struct {
	Type              endpoint.Type // "" is Gateway, as in the API
	VPCID             string
	ServiceName       string
	ServiceRegion     string   // "" is the VPC's Region
	SubnetIDs         []string // interface endpoints: a network interface in each
	RouteTableIDs     []string // gateway endpoints: a route on each
	SecurityGroupIDs  []string
	PrivateDNSEnabled bool
	IPAddressType     endpoint.IPAddressType
	RecordIPType      endpoint.RecordIPType
	Tags              endpoint.Tags

	// PrivateDNSOnlyForInboundResolverEndpoint is nil where the call leaves the
	// option out: AWS then takes it as true for S3 with private DNS (Z38).
	PrivateDNSOnlyForInboundResolverEndpoint *bool

	// NewID returns what AWS would make up: an id that begins with a prefix,
	// "vpce-", "eni-", "pl-" or "Z", or, for the prefix "", the eight
	// characters after the endpoint id in its names. It must not be nil.
	NewID func(prefix string) string
}

// APIError is a refusal of AWS's API.
type APIError struct {
	Rule    string // the row of dns.md section 15, "E1", or a code of routing.md section 10; "" for refusals that neither lists
	Code    string // InvalidParameter
	Message string // AWS's words where they were seen
}

// Error returns "Code: Message".
func (e *APIError) Error() string { return e.Code + ": " + e.Message }

const invalidParameter = "InvalidParameter"

// Create adds an endpoint to the inventory as CreateVpcEndpoint would, network
// interfaces, gateway routes and DnsEntries included, and returns it. Where
// AWS refuses, it returns an *[APIError], and inv is as it was.
//
// The refusals, in this order:
//
//  1. the VPC, a subnet or a route table is not in the inventory, or of
//     another VPC
//  2. a service of another Region without ServiceRegion (C014), or one that
//     its describe-vpc-endpoint-services does not offer in the Availability
//     Zone of a subnet (V30)
//  3. DnsRecordIpType and IpAddressType that do not go together (dns.md
//     section 5), or an IpAddressType that a subnet has no CIDR for
//  4. E2: private DNS in a VPC whose attributes are not both true
//  5. E3: private DNS for a service without a private name, or with one that is
//     not verified (Z41)
//  6. E8: private DNS before the service's owner accepted the endpoint
//  7. E1: private DNS for a name that the VPC already answers
//  8. E4: private DNS for the inbound Resolver only, without a gateway endpoint
//     for the service
func (inv *Inventory) Create(in CreateEndpoint) (endpoint.Endpoint, error) {
	if in.Type == "" {
		in.Type = endpoint.Gateway
	}
	c := creation{inv: inv, in: in, cat: catalog.New(inv.ServiceDetails)}
	if err := c.check(); err != nil {
		return endpoint.Endpoint{}, err
	}
	c.e.ID = in.NewID("vpce-")
	if c.e.Type.Is(endpoint.Gateway) {
		c.addRoutes()
	} else {
		c.addInterfaces()
		c.addEntries()
	}
	inv.Endpoints = append(slices.Clip(inv.Endpoints), c.e)
	return c.e, nil
}

// creation is one call of Create on its way.
type creation struct {
	inv     *Inventory
	in      CreateEndpoint
	cat     *catalog.Catalog
	service naming.ServiceName
	vpc     *endpoint.VPC
	region  string // of the VPC
	subnets []*endpoint.Subnet
	names   []string // private names
	e       endpoint.Endpoint
}

func (c *creation) check() error {
	for _, f := range []func() error{c.checkPlace, c.checkService, c.checkRecords, c.checkPrivateDNS} {
		if err := f(); err != nil {
			return err
		}
	}
	return nil
}

func notFound(kind, id string) error {
	return &APIError{Code: "Invalid" + kind + "ID.NotFound", Message: fmt.Sprintf("%q is not in the inventory, or of another VPC", id)}
}

// checkPlace is refusal 1.
func (c *creation) checkPlace() error {
	inv, in := c.inv, c.in
	i := slices.IndexFunc(inv.VPCs, func(v endpoint.VPC) bool { return v.ID == in.VPCID })
	if i < 0 {
		return notFound("Vpc", in.VPCID)
	}
	c.vpc = &inv.VPCs[i]
	for _, id := range in.SubnetIDs {
		i := slices.IndexFunc(inv.Subnets, func(s endpoint.Subnet) bool { return s.ID == id && s.VPCID == in.VPCID })
		if i < 0 {
			return notFound("Subnet", id)
		}
		c.subnets = append(c.subnets, &inv.Subnets[i])
	}
	for _, id := range in.RouteTableIDs {
		if !slices.ContainsFunc(inv.RouteTables, func(t route.Table) bool { return t.ID == id && t.VPCID == in.VPCID }) {
			return notFound("RouteTable", id)
		}
	}
	for i := range inv.Subnets {
		if s := &inv.Subnets[i]; s.VPCID == in.VPCID && c.region == "" {
			c.region, _ = naming.ZoneRegion(s.AvailabilityZone)
		}
	}
	return nil
}

// checkService is refusal 2; it also makes the endpoint's plain fields.
func (c *creation) checkService() error {
	in := c.in
	n, err := naming.ParseServiceName(in.ServiceName)
	if err != nil {
		return &APIError{Code: "InvalidServiceName", Message: err.Error()}
	}
	c.service = n
	want := in.ServiceRegion
	if want == "" {
		want = c.region
	}
	if n.Region() != "" && want != "" && n.Region() != want {
		return &APIError{Code: "InvalidServiceName", Message: fmt.Sprintf("The Vpc Endpoint Service '%s' does not exist", in.ServiceName)}
	}
	c.e = endpoint.Endpoint{
		Type: in.Type, VPCID: in.VPCID, ServiceName: in.ServiceName, State: endpoint.Available,
		SubnetIDs: slices.Clone(in.SubnetIDs), RouteTableIDs: slices.Clone(in.RouteTableIDs),
		PrivateDNSEnabled: in.PrivateDNSEnabled, IPAddressType: in.IPAddressType,
		DNSOptions: endpoint.DNSOptions{RecordIPType: in.RecordIPType},
		OwnerID:    c.vpc.OwnerID, Tags: slices.Clone(in.Tags),
	}
	if in.ServiceRegion != c.region {
		c.e.ServiceRegion = in.ServiceRegion
	}
	for _, id := range in.SecurityGroupIDs {
		c.e.Groups = append(c.e.Groups, endpoint.SecurityGroup{ID: id})
	}
	d, described := c.detail()
	if described && d.AcceptanceRequired {
		c.e.State = endpoint.PendingAcceptance
	}
	if !described || len(d.AvailabilityZones) == 0 || c.e.Type.Is(endpoint.Gateway) {
		return nil
	}
	for _, s := range c.subnets {
		if s.AvailabilityZone != "" && !slices.Contains(d.AvailabilityZones, s.AvailabilityZone) {
			return &APIError{string(endpoint.VPCEServiceNotInstalledInAZ), invalidParameter, fmt.Sprintf("The VPC endpoint service %s does not support the availability zone of the subnet: %s.", in.ServiceName, s.ID)}
		}
	}
	return nil
}

// detail returns what the user's describe-vpc-endpoint-services says of the
// service.
func (c *creation) detail() (endpoint.ServiceDetail, bool) {
	for _, d := range c.inv.ServiceDetails {
		if d.ServiceName == c.in.ServiceName && (len(d.ServiceType) == 0 ||
			slices.ContainsFunc(d.ServiceType, func(t endpoint.ServiceType) bool { return t.ServiceType.Is(c.in.Type) })) {
			return d, true
		}
	}
	return endpoint.ServiceDetail{}, false
}

// checkRecords is refusal 3: the table of dns.md section 5.
func (c *creation) checkRecords() error {
	ip := c.e.IPAddressType
	if ip == "" {
		ip = endpoint.IPv4
	}
	allowed := map[endpoint.RecordIPType][]endpoint.IPAddressType{
		endpoint.RecordIPv4:           {endpoint.IPv4, endpoint.DualStack},
		endpoint.RecordIPv6:           {endpoint.IPv6, endpoint.DualStack},
		endpoint.RecordDualStack:      {endpoint.DualStack},
		endpoint.RecordServiceDefined: {endpoint.DualStack},
		"":                            {endpoint.IPv4, endpoint.IPv6, endpoint.DualStack},
	}[c.e.DNSOptions.RecordIPType]
	if !slices.Contains(allowed, ip) {
		return &APIError{Code: invalidParameter, Message: fmt.Sprintf("DnsRecordIpType %q does not go with IpAddressType %q", c.e.DNSOptions.RecordIPType, ip)}
	}
	if c.e.Type.Is(endpoint.Gateway) {
		return nil // it has no network interface
	}
	for _, s := range c.subnets {
		var v4, v6 bool
		cidrs, _ := s.CIDRs() // an unreadable one is New's to report
		for _, p := range cidrs {
			v4, v6 = v4 || p.Addr().Is4(), v6 || p.Addr().Is6()
		}
		if (ip != endpoint.IPv6 && !v4) || (ip != endpoint.IPv4 && !v6) {
			return &APIError{Code: invalidParameter, Message: fmt.Sprintf("IpAddressType %q needs a CIDR that %s does not have", ip, s.ID)}
		}
	}
	return nil
}

// checkPrivateDNS is refusals 4 to 8.
func (c *creation) checkPrivateDNS() error {
	if !c.e.Type.Is(endpoint.Interface) || !c.e.PrivateDNSEnabled {
		return nil
	}
	on := func(b *bool, absent bool) bool {
		if b == nil {
			return absent
		}
		return *b
	}
	if !on(c.vpc.EnableDNSSupport, true) || !on(c.vpc.EnableDNSHostnames, c.vpc.IsDefault) {
		return &APIError{"E2", invalidParameter, fmt.Sprintf("Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for %s", c.vpc.ID)}
	}
	var evidence naming.Evidence
	if c.names, evidence = c.cat.PrivateNames(c.e); len(c.names) == 0 {
		if evidence == naming.Unknown {
			return &APIError{"E3", invalidParameter, fmt.Sprintf("Private DNS can't be enabled because nothing in the inventory names a private DNS name of %s", c.e.ServiceName)}
		}
		return &APIError{"E3", invalidParameter, fmt.Sprintf("Private DNS can't be enabled because the service %s does not provide a private DNS name.", c.e.ServiceName)}
	}
	if !c.cat.Verified(c.e.ServiceName, c.e.Type) { // Z41
		return &APIError{"E3", invalidParameter, fmt.Sprintf("Private DNS can't be enabled because the private DNS name of the service %s is not verified.", c.e.ServiceName)}
	}
	if c.e.State.Is(endpoint.PendingAcceptance) {
		return &APIError{"E8", invalidParameter, fmt.Sprintf("private DNS of an endpoint for %s cannot be enabled before the endpoint is accepted", c.e.ServiceName)}
	}
	if name, ok := c.conflict(); ok {
		return &APIError{"E1", invalidParameter, fmt.Sprintf("private-dns-enabled cannot be set because there is already a conflicting DNS domain for %s in the VPC %s", name, c.vpc.ID)}
	}
	only := c.in.PrivateDNSOnlyForInboundResolverEndpoint
	inboundOnly := c.service.Short() == "s3" // Z38: the default for S3
	if only != nil {
		inboundOnly = *only
	}
	c.e.DNSOptions.PrivateDNSOnlyForInboundResolverEndpoint = inboundOnly
	if inboundOnly && !c.hasGateway() {
		return &APIError{"E4", invalidParameter, fmt.Sprintf("To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC %s must have a Gateway endpoint for the service.", c.vpc.ID)}
	}
	return nil
}

// conflict returns the private name, the wildcard where there is one, whose
// zone the VPC already has: of another endpoint with private DNS, or of a
// customer.
func (c *creation) conflict() (string, bool) {
	taken := map[string]bool{}
	for i := range c.inv.Endpoints {
		e := &c.inv.Endpoints[i]
		if e.VPCID != c.vpc.ID || !e.PrivateDNSEnabled || !e.Type.Is(endpoint.Interface) {
			continue
		}
		names := slices.Collect(e.DNSEntries.Private())
		if len(names) == 0 {
			names, _ = c.cat.PrivateNames(*e)
		}
		for _, n := range names {
			taken[strings.TrimPrefix(n, "*.")] = true
		}
	}
	for _, z := range c.inv.HostedZones {
		if z.Private && slices.ContainsFunc(z.VPCs, func(v zone.ZoneVPC) bool { return v.VPCID == c.vpc.ID }) {
			taken[strings.ToLower(strings.TrimSuffix(z.Name, "."))] = true
		}
	}
	for _, n := range c.names {
		base := strings.TrimPrefix(n, "*.")
		if !taken[base] {
			continue
		}
		if wild := "*." + base; slices.Contains(c.names, wild) {
			return wild, true
		}
		return n, true
	}
	return "", false
}

func (c *creation) hasGateway() bool {
	return slices.ContainsFunc(c.inv.Endpoints, func(e endpoint.Endpoint) bool {
		return e.VPCID == c.vpc.ID && e.Type.Is(endpoint.Gateway) && e.ServiceName == c.e.ServiceName
	})
}

// addInterfaces puts a network interface into every subnet.
func (c *creation) addInterfaces() {
	var list []endpoint.NetworkInterface
	for _, s := range c.subnets {
		n := endpoint.NetworkInterface{
			ID: c.in.NewID("eni-"), InterfaceType: "vpc_endpoint", VPCID: s.VPCID, SubnetID: s.ID,
			AvailabilityZone: s.AvailabilityZone, Status: "in-use", Groups: slices.Clone(c.e.Groups), OwnerID: c.e.OwnerID,
		}
		cidrs, _ := s.CIDRs() // an unreadable one is New's to report
		for _, p := range cidrs {
			a, ok := c.freeAddr(p)
			switch {
			case !ok:
			case a.Is4() && c.e.IPAddressType != endpoint.IPv6:
				n.PrivateIPAddress = a.String()
				n.PrivateIPAddresses = []endpoint.PrivateIPAddress{{PrivateIPAddress: a.String(), Primary: true}}
			case a.Is6() && (c.e.IPAddressType == endpoint.IPv6 || c.e.IPAddressType == endpoint.DualStack):
				n.IPv6Addresses = []endpoint.IPv6Address{{IPv6Address: a.String()}}
			}
		}
		list = append(list, n)
		c.e.NetworkInterfaceIDs = append(c.e.NetworkInterfaceIDs, n.ID)
	}
	c.inv.NetworkInterfaces = slices.Concat(c.inv.NetworkInterfaces, list)
}

// freeAddr returns the lowest address of a subnet that no interface holds; AWS
// keeps the first four and the last for itself.
func (c *creation) freeAddr(p netip.Prefix) (netip.Addr, bool) {
	used := map[netip.Addr]bool{}
	for i := range c.inv.NetworkInterfaces {
		addrs, _ := c.inv.NetworkInterfaces[i].Addrs()
		for _, a := range addrs {
			used[a] = true
		}
	}
	for i := range c.inv.NATGateways {
		for _, n := range c.inv.NATGateways[i].NATGatewayAddresses {
			if a, ok := parseAddr(n.PrivateIP); ok {
				used[a] = true // where its interface is not in the inventory
			}
		}
	}
	a := p.Addr()
	for range 4 {
		a = a.Next()
	}
	for ; p.Contains(a.Next()); a = a.Next() {
		if !used[a] {
			return a, true
		}
	}
	return netip.Addr{}, false
}

// addEntries lists the DnsEntries as AWS does: the Regional name, the zonal
// names in order of the subnets, the private names with the apex of a wildcard
// before it. S3's own names are wildcards (NAM-05), and an AWS service of
// another Region has no zonal names (NAM-21). For a customer's service of
// another Region AWS documents zonal names whose zone is the consumer's (Z44);
// they break NAM-20 and were never seen, so none is made up.
func (c *creation) addEntries() {
	region := c.service.Region()
	if region == "" {
		region = c.region
	}
	label := c.service.Short()
	if !c.service.IsOwned() {
		label = c.service.ReversedShort()
		if s, ok := c.cat.Service(c.service, endpoint.Interface); ok {
			if l, _ := s.Label(region); l != "" {
				label = l
			}
		}
	}
	parts := naming.Parts{EndpointID: c.e.ID, Suffix: c.in.NewID(""), Service: label, Region: region}
	if label == "s3" {
		parts.Prefix = "*"
	}
	add := func(zoneID string) {
		if n, err := naming.New(parts); err == nil {
			c.e.DNSEntries = append(c.e.DNSEntries, endpoint.DNSEntry{Name: n.String(), HostedZoneID: zoneID})
		}
	}
	publicZone := c.publicZone(region)
	add(publicZone)
	if region == c.region {
		for _, s := range c.subnets {
			parts.Zone = s.AvailabilityZone
			add(publicZone)
		}
	}
	if !c.e.PrivateDNSEnabled {
		return
	}
	zones := map[string]string{}
	for _, n := range c.names {
		base := strings.TrimPrefix(n, "*.")
		if zones[base] == "" {
			zones[base] = c.in.NewID("Z")
		}
		c.e.DNSEntries = append(c.e.DNSEntries, endpoint.DNSEntry{Name: n, HostedZoneID: zones[base]})
	}
}

// publicZone returns the zone id that other endpoints list for the names of a
// Region, else a new one.
func (c *creation) publicZone(region string) string {
	for _, e := range c.inv.Endpoints {
		if n, ok := e.DNSEntries.Regional(); ok && n.Region() == region {
			return e.DNSEntries.PublicZoneID()
		}
	}
	return c.in.NewID("Z")
}

// addRoutes puts the service's prefix list onto the endpoint's route tables. A
// list that the inventory lacks is added without entries: which addresses the
// service has is not the model's to make up.
func (c *creation) addRoutes() {
	id := ""
	for _, l := range c.inv.PrefixLists {
		if l.Name == c.e.ServiceName {
			id = l.ID
			break
		}
	}
	if id == "" {
		id = c.in.NewID("pl-")
		c.inv.PrefixLists = append(slices.Clip(c.inv.PrefixLists), route.PrefixList{ID: id, Name: c.e.ServiceName})
	}
	tables := slices.Clone(c.inv.RouteTables)
	for i := range tables {
		if slices.Contains(c.e.RouteTableIDs, tables[i].ID) {
			r := route.Route{DestinationPrefixListID: id, GatewayID: c.e.ID, Origin: "CreateRoute", State: "active"}
			tables[i].Routes = append(slices.Clip(tables[i].Routes), r)
		}
	}
	c.inv.RouteTables = tables
}
