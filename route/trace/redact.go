package trace

import (
	"net/netip"
	"reflect"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/zone"
)

// Redact returns the inventory with everything renamed that tells whose network
// it is, and with every answer what it was: a wrong answer can be reported with
// it. See [NewRedaction] for what is renamed, and for asking the same question
// in the redacted network.
//
// The error is that of [New]: what cannot be read cannot be redacted.
func Redact(inv Inventory) (Inventory, error) {
	r, err := NewRedaction(inv)
	if err != nil {
		return Inventory{}, err
	}
	return r.Inventory(), nil
}

// Redaction renames the things of one inventory, the same thing always to the
// same name, so that relations between them, and with them every class and
// verdict, stay. Its names follow from the set of things in the inventory, not
// from their order. Make one with [NewRedaction]; the zero Redaction is invalid and its
// methods must not be called. It is not safe for concurrent use: names that the
// inventory does not have are given out as they are asked for.
//
// It renames. It does not encrypt: who has the network can tell which is which,
// and the shape of the network, its size, the Regions and services in it and
// its public prefix lists stay as they are.
type Redaction struct {
	inv      Inventory
	ids      map[string]string
	accounts map[string]string
	names    map[string]string // Name tags and the like
	labels   map[string]string // of host names
	suffixes map[string]string // the eight characters in endpoint names
	known    map[string]bool   // labels that AWS uses
	addrs    *renumbering
}

// NewRedaction prepares the redaction of an inventory:
//
//  1. ids, hosted zones' included, are numbered by kind: vpc-00000001. Their
//     order among each other stays.
//  2. accounts are numbered: 000000000001.
//  3. Name tags and other names are numbered; other tags, comments, policy
//     documents and the texts of Findings are dropped, as nothing is decided by
//     them.
//  4. host names: the labels of AWS's own names stay, as which service they name
//     decides; endpoint ids, accounts, buckets, API ids, and all labels of
//     other domains but public suffixes that they share with AWS are renamed,
//     each to the same new one wherever it stands.
//  5. addresses: renumbered so that what two addresses or CIDRs share in front
//     they still share, and nothing more; so every longest prefix stays one.
//     RFC 1918 and RFC 6598 space, each public and other special space stay
//     among themselves. Entries of AWS's prefix lists stay, loopback,
//     link-local, multicast and reserved addresses too.
//  6. Regions, Availability Zones, service names, states and kinds stay.
//
// The error is that of [New].
func NewRedaction(inv Inventory) (*Redaction, error) {
	if _, err := New(inv); err != nil {
		return nil, err
	}
	r := &Redaction{
		inv: inv.Clone(), ids: map[string]string{}, accounts: map[string]string{}, names: map[string]string{},
		labels: map[string]string{}, suffixes: map[string]string{}, known: awsLabels(),
	}
	texts := map[redactKind][]string{}
	seen := inv.Clone()
	walkText(reflect.ValueOf(&seen).Elem(), "", func(k redactKind, s string) string {
		texts[k] = append(texts[k], s)
		return s
	})
	for _, list := range texts {
		slices.Sort(list) // what a thing is named must not depend on where it stands
	}
	r.number(texts)
	return r, nil
}

// Inventory returns the redacted inventory.
func (r *Redaction) Inventory() Inventory {
	out := r.inv.Clone()
	walkText(reflect.ValueOf(&out).Elem(), "", r.text)
	return out
}

// ID returns the new id of a resource; false if the inventory does not have it.
func (r *Redaction) ID(id string) (string, bool) {
	n, ok := r.ids[id]
	return n, ok
}

// Addr returns the new address of an address, in the inventory or not.
func (r *Redaction) Addr(a netip.Addr) netip.Addr { return r.addrs.addr(a) }

// Host returns the new name of a host name, in the inventory or not, or the new
// address of an address: what to ask the redacted network for. Case and final
// dot stay.
func (r *Redaction) Host(host string) string {
	if a, err := netip.ParseAddr(host); err == nil {
		return r.Addr(a).String()
	}
	return r.host(host)
}

// A redactKind says what a text field holds.
type redactKind uint8

const (
	kindKept      redactKind = iota + 1 // states, kinds, Regions, zones: AWS's own words
	kindDropped                         // decides nothing
	kindID                              // of a resource
	kindZoneID                          // of a hosted zone, with or without "/hostedzone/"
	kindAccount                         // an owner
	kindName                            // a name that somebody gave
	kindService                         // the name of an endpoint service
	kindList                            // the name of a prefix list
	kindARN                             // ids and accounts in it
	kindHost                            // a DNS name
	kindCIDR                            // a prefix
	kindAddr                            // an address
	kindListEntry                       // an entry of an AWS prefix list
	kindResource                        // of a Finding: an id or something else
)

// fieldKinds says of every text field of an Inventory, by its type and name,
// what it holds. TestRedactKnowsEveryField fails where a field is missing.
var fieldKinds = func() map[string]redactKind {
	kinds := map[string]redactKind{}
	for k, fields := range map[redactKind]string{
		kindKept: `AssociationState.State BlockPublicAccessStates.InternetGatewayBlockMode CIDRBlockState.State DNSOptions.RecordIPType
			Endpoint.IPAddressType Endpoint.ServiceRegion Endpoint.State Endpoint.Type Finding.Code Finding.Source GatewayAttachment.State
			HostedZone.OwningService IPPermission.IPProtocol NATGateway.AutoProvisionZones NATGateway.AvailabilityMode
			NATGateway.ConnectivityType NATGateway.State NATGatewayAddress.AvailabilityZone NetworkACLEntry.Protocol
			NetworkACLEntry.RuleAction NetworkInterface.AvailabilityZone NetworkInterface.InterfaceType NetworkInterface.Status
			PeeringStatus.Code PeeringVPC.Region PrefixList.AddressFamily ProfileAssociation.Status ProfileResourceAssociation.ResourceType
			ProfileResourceAssociation.Status RecordSet.Type ResolverEndpoint.Direction ResolverEndpoint.Status ResolverRule.RuleType
			ResolverRule.Status ResolverRuleAssociation.Status Route.Origin Route.State ServiceDetail.AvailabilityZones
			ServiceDetail.PrivateDNSNameVerificationState ServiceDetail.ServiceRegion ServiceDetail.SupportedIPAddressTypes
			ServiceType.ServiceType Subnet.AvailabilityZone Subnet.AvailabilityZoneID TransitGatewayAttachment.ResourceType
			TransitGatewayAttachment.State TransitGatewayAttachmentAssociation.State TransitGatewayRoute.State TransitGatewayRoute.Type
			TransitGatewayRouteAttachment.ResourceType TransitGatewayRouteTable.State TransitGatewayVPCAttachment.State
			TransitGatewayVPCAttachmentOptions.ApplianceModeSupport ZoneVPC.VPCRegion Tag.Key`,
		kindDropped: `Endpoint.PolicyDocument Finding.Text HostedZone.Comment`,
		kindID: `ACLAssociation.SubnetID Association.GatewayID Association.SubnetID Attachment.InstanceID EgressOnlyInternetGateway.ID
			Endpoint.ID Endpoint.NetworkInterfaceIDs Endpoint.RouteTableIDs Endpoint.SubnetIDs Endpoint.VPCID GatewayAttachment.VPCID
			InternetGateway.ID NATGateway.ID NATGateway.RouteTableID NATGateway.SubnetID NATGateway.VPCID
			NATGatewayAddress.NetworkInterfaceID NetworkACL.ID NetworkACL.VPCID NetworkACLEntry.PrefixListID NetworkInterface.ID
			NetworkInterface.SubnetID NetworkInterface.VPCID PeeringVPC.VPCID PrefixList.ID PrefixListID.PrefixListID ProfileAssociation.ID
			ProfileAssociation.ProfileID ProfileAssociation.ResourceID ProfileResourceAssociation.ID ProfileResourceAssociation.ProfileID
			PropagatingVGW.GatewayID ResolverEndpoint.HostVPCID ResolverEndpoint.ID ResolverRule.ID ResolverRuleAssociation.ID
			ResolverRuleAssociation.ResolverRuleID ResolverRuleAssociation.VPCID Route.CarrierGatewayID Route.DestinationPrefixListID
			Route.EgressOnlyInternetGatewayID Route.GatewayID Route.InstanceID Route.LocalGatewayID Route.NATGatewayID
			Route.NetworkInterfaceID Route.TransitGatewayID Route.VPCPeeringConnectionID SecurityGroup.ID SecurityGroup.VPCID
			ServiceDetail.ServiceID Subnet.ID Subnet.VPCID Table.ID Table.VPCID TransitGatewayAttachment.ID
			TransitGatewayAttachment.ResourceID TransitGatewayAttachment.TransitGatewayID
			TransitGatewayAttachmentAssociation.TransitGatewayRouteTableID TransitGatewayRoute.PrefixListID
			TransitGatewayRouteAttachment.ResourceID TransitGatewayRouteAttachment.TransitGatewayAttachmentID TransitGatewayRouteTable.ID
			TransitGatewayRouteTable.TransitGatewayID TransitGatewayVPCAttachment.ID TransitGatewayVPCAttachment.SubnetIDs
			TransitGatewayVPCAttachment.TransitGatewayID TransitGatewayVPCAttachment.VPCID UserIDGroupPair.GroupID UserIDGroupPair.VPCID
			UserIDGroupPair.VPCPeeringConnectionID VPC.ID VPCPeeringConnection.ID ZoneVPC.VPCID`,
		kindZoneID: `AliasTarget.HostedZoneID DNSEntry.HostedZoneID HostedZone.ID`,
		kindAccount: `Endpoint.OwnerID InternetGateway.OwnerID NetworkACL.OwnerID NetworkInterface.OwnerID PeeringVPC.OwnerID
			PrefixList.OwnerID ResolverRule.OwnerID SecurityGroup.OwnerID ServiceDetail.Owner Subnet.OwnerID Table.OwnerID
			UserIDGroupPair.UserID VPC.OwnerID`,
		kindName: `ProfileAssociation.Name ProfileResourceAssociation.Name RecordSet.SetIdentifier ResolverEndpoint.Name ResolverRule.Name
			SecurityGroup.Name Tag.Value`,
		kindService:  `Endpoint.ServiceName ServiceDetail.ServiceName`,
		kindList:     `PrefixList.Name`,
		kindARN:      `ProfileResourceAssociation.ResourceARN Route.CoreNetworkARN Route.ODBNetworkARN`,
		kindHost:     `AliasTarget.DNSName DNSEntry.Name HostedZone.Name PrivateDNSName.PrivateDNSName RecordSet.Name ResolverRule.DomainName ServiceDetail.BaseEndpointDNSNames ServiceDetail.PrivateDNSName`,
		kindResource: `Finding.Resource`,
		kindCIDR: `CIDRBlockAssociation.CIDRBlock IPRange.CIDRIP IPv6CIDRBlockAssociation.IPv6CIDRBlock IPv6Range.CIDRIPv6
			NetworkACLEntry.CIDRBlock NetworkACLEntry.IPv6CIDRBlock PeeringCIDR.CIDRBlock PeeringIPv6CIDR.IPv6CIDRBlock PeeringVPC.CIDRBlock
			PrefixList.CIDRs Route.DestinationCIDRBlock Route.DestinationIPv6CIDRBlock Subnet.CIDRBlock TransitGatewayRoute.DestinationCIDRBlock
			VPC.CIDRBlock`,
		kindAddr: `Association.PublicIP IPv6Address.IPv6Address NATGatewayAddress.PrivateIP NATGatewayAddress.PublicIP
			NetworkInterface.PrivateIPAddress PrivateIPAddress.PrivateIPAddress Route.IPAddress TargetAddress.IP TargetAddress.IPv6`,
	} {
		for f := range strings.FieldsSeq(fields) {
			kinds[f] = k
		}
	}
	return kinds
}()

// walkText visits every text of an inventory that is not empty and puts in its
// place what f returns. Tags but the Name tag are dropped on the way.
func walkText(v reflect.Value, field string, f func(redactKind, string) string) {
	switch v.Kind() {
	case reflect.String:
		if v.String() != "" {
			v.SetString(f(fieldKinds[field], v.String()))
		}
	case reflect.Slice:
		for i := range v.Len() {
			walkText(v.Index(i), field, f)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			walkText(v.Elem(), field, f)
		}
	case reflect.Struct:
		if o, ok := v.Addr().Interface().(*zone.RecordSet); ok {
			for i := range o.ResourceRecords {
				o.ResourceRecords[i].Value = recordValue(o.Type, o.ResourceRecords[i].Value, f)
			}
		}
		t := v.Type()
		for i := range v.NumField() {
			switch fv, name := v.Field(i), t.Name()+"."+t.Field(i).Name; {
			case name == "RecordSet.ResourceRecords": // read above, by its type
			case fv.Type() == reflect.TypeFor[endpoint.Tags]():
				fv.Set(reflect.ValueOf(nameTag(fv.Interface().(endpoint.Tags))))
				walkText(fv, name, f)
			case name == "PrefixList.CIDRs" && isService(v.FieldByName("Name").String()):
				for j := range fv.Len() {
					f(kindListEntry, fv.Index(j).String())
				}
			default:
				walkText(fv, name, f)
			}
		}
	}
}

func isService(name string) bool {
	_, err := naming.ParseServiceName(name)
	return err == nil || strings.HasPrefix(name, "com.amazonaws.")
}

func nameTag(ts endpoint.Tags) endpoint.Tags {
	if n := ts.Name(); n != "" {
		return endpoint.Tags{{Key: "Name", Value: n}}
	}
	return nil
}

// recordValue redacts one value of a record set: an address, what holds host
// names among numbers, or a text, which is dropped.
func recordValue(typ, value string, f func(redactKind, string) string) string {
	switch strings.ToUpper(typ) {
	case "A", "AAAA":
		return f(kindAddr, value)
	case "CNAME", "NS", "PTR", "MX", "SRV", "SOA":
		words := strings.Fields(value)
		for i, w := range words {
			if strings.Trim(w, "0123456789") != "" {
				words[i] = f(kindHost, w)
			}
		}
		return strings.Join(words, " ")
	case "TXT", "SPF":
		return `"redacted"`
	}
	return value
}

// text is what Inventory puts in a text's place.
func (r *Redaction) text(k redactKind, s string) string {
	switch k {
	case kindDropped:
		return ""
	case kindID:
		return mapped(r.ids, s)
	case kindZoneID:
		id := strings.TrimPrefix(s, "/hostedzone/")
		return strings.TrimSuffix(s, id) + mapped(r.ids, id)
	case kindAccount:
		return mapped(r.accounts, s)
	case kindName:
		return mapped(r.names, s)
	case kindList:
		if isService(s) {
			return r.service(s)
		}
		return mapped(r.names, s)
	case kindService:
		return r.service(s)
	case kindARN:
		return r.arn(s)
	case kindHost:
		return r.host(s)
	case kindCIDR:
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return s // not reached: New read it
		}
		q := netip.PrefixFrom(r.addrs.addr(p.Addr()), p.Bits())
		if p == p.Masked() {
			q = q.Masked()
		}
		return q.String()
	case kindAddr:
		a, err := netip.ParseAddr(s)
		if err != nil {
			return s // not reached: New read it
		}
		return r.addrs.addr(a).String()
	case kindResource:
		if id, ok := r.ids[s]; ok {
			return id
		}
		return "redacted"
	}
	return s
}

// mapped returns what stands for s, and s itself for AWS's own words, such as
// local, which are never numbered.
func mapped(m map[string]string, s string) string {
	if n, ok := m[s]; ok {
		return n
	}
	return s
}

// service keeps the name of a service but for a customer's service's id.
func (r *Redaction) service(s string) string {
	head, id, ok := cutServiceID(s)
	if !ok {
		return s
	}
	return head + mapped(r.ids, id)
}

func cutServiceID(s string) (head, id string, ok bool) {
	i := strings.LastIndex(s, ".vpce-svc-")
	if i < 0 {
		return "", "", false
	}
	return s[:i+1], s[i+1:], true
}

// arn redacts the account and the id in an ARN.
func (r *Redaction) arn(s string) string {
	parts := strings.Split(s, ":")
	for i, p := range parts {
		head, id, ok := strings.Cut(p, "/")
		switch {
		case ok:
			parts[i] = head + "/" + mapped(r.ids, id)
		default:
			parts[i] = mapped(r.accounts, p)
		}
	}
	return strings.Join(parts, ":")
}
