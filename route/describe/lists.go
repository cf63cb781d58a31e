package describe

import (
	"encoding/json"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// list is one list of an Inventory that a command prints under one key.
type list struct {
	key     string   // of the whole list, as in {"Subnets": […]}
	one     string   // of a single object, as create-subnet prints it
	command string   // the command that prints the list
	id      string   // the key of an object's id
	marks   []string // keys one of which marks an object with that id as one of this list
	unless  string   // a key that no object of this list has

	// decode appends what a value holds to a file's inventory: the list, or
	// one object. It returns encoding/json's error, or which of the objects
	// have no id.
	decode func(inv *trace.Inventory, value []byte, single bool) (missing []int, err error)
	// merge makes the inventory's list of those of all files.
	merge func(m *merger)
	// encode returns the list as the command prints it; false if inv has none.
	encode func(inv *trace.Inventory) (any, bool)
}

// lists are all lists whose objects decode straight into an Inventory. An
// object that stands alone is one of the first list that it fits, so lists
// whose objects hold other lists' ids come first.
var lists = []*list{
	listOf("NetworkInterfaces", "NetworkInterface", "describe-network-interfaces", "NetworkInterfaceId",
		[]string{"InterfaceType", "PrivateIpAddresses", "PrivateIpAddress", "Ipv6Addresses", "MacAddress"}, "AllocationId",
		func(inv *trace.Inventory) *[]endpoint.NetworkInterface { return &inv.NetworkInterfaces },
		func(n *endpoint.NetworkInterface) string { return n.ID }),
	listOf("NatGateways", "NatGateway", "describe-nat-gateways", "NatGatewayId",
		[]string{"NatGatewayAddresses", "SubnetId", "ConnectivityType", "AvailabilityMode"}, "",
		func(inv *trace.Inventory) *[]route.NATGateway { return &inv.NATGateways },
		func(g *route.NATGateway) string { return g.ID }),
	listOf("Subnets", "Subnet", "describe-subnets", "SubnetId",
		[]string{"CidrBlock", "Ipv6CidrBlockAssociationSet"}, "",
		func(inv *trace.Inventory) *[]endpoint.Subnet { return &inv.Subnets },
		func(s *endpoint.Subnet) string { return s.ID }),
	listOf("RouteTables", "RouteTable", "describe-route-tables", "RouteTableId",
		[]string{"Routes", "Associations"}, "",
		func(inv *trace.Inventory) *[]route.Table { return &inv.RouteTables },
		func(t *route.Table) string { return t.ID }),
	listOf("VpcEndpoints", "VpcEndpoint", "describe-vpc-endpoints", "VpcEndpointId",
		[]string{"ServiceName", "VpcEndpointType", "PrivateDnsEnabled", "DnsEntries"}, "VpcEndpointOwner",
		func(inv *trace.Inventory) *[]endpoint.Endpoint { return &inv.Endpoints },
		func(e *endpoint.Endpoint) string { return e.ID }),
	listOf("SecurityGroups", "", "describe-security-groups", "GroupId",
		[]string{"IpPermissions", "IpPermissionsEgress"}, "",
		func(inv *trace.Inventory) *[]route.SecurityGroup { return &inv.SecurityGroups },
		func(g *route.SecurityGroup) string { return g.ID }),
	listOf("NetworkAcls", "NetworkAcl", "describe-network-acls", "NetworkAclId",
		[]string{"Entries"}, "",
		func(inv *trace.Inventory) *[]route.NetworkACL { return &inv.NetworkACLs },
		func(a *route.NetworkACL) string { return a.ID }),
	listOf("InternetGateways", "InternetGateway", "describe-internet-gateways", "InternetGatewayId",
		[]string{"Attachments"}, "",
		func(inv *trace.Inventory) *[]route.InternetGateway { return &inv.InternetGateways },
		func(g *route.InternetGateway) string { return g.ID }),
	listOf("EgressOnlyInternetGateways", "EgressOnlyInternetGateway", "describe-egress-only-internet-gateways", "EgressOnlyInternetGatewayId",
		[]string{"Attachments"}, "",
		func(inv *trace.Inventory) *[]route.EgressOnlyInternetGateway { return &inv.EgressOnlyInternetGateways },
		func(g *route.EgressOnlyInternetGateway) string { return g.ID }),
	listOfParts("VpcPeeringConnections", "VpcPeeringConnection", "describe-vpc-peering-connections", "VpcPeeringConnectionId",
		[]string{"AccepterVpcInfo", "RequesterVpcInfo"}, "",
		func(inv *trace.Inventory) *[]route.VPCPeeringConnection { return &inv.VPCPeeringConnections },
		func(c *route.VPCPeeringConnection) string { return c.ID }, completing),
	listOf("TransitGatewayVpcAttachments", "TransitGatewayVpcAttachment", "describe-transit-gateway-vpc-attachments", "TransitGatewayAttachmentId",
		[]string{"SubnetIds"}, "",
		func(inv *trace.Inventory) *[]route.TransitGatewayVPCAttachment {
			return &inv.TransitGatewayVPCAttachments
		},
		func(a *route.TransitGatewayVPCAttachment) string { return a.ID }),
	listOfParts("TransitGatewayAttachments", "", "describe-transit-gateway-attachments", "TransitGatewayAttachmentId",
		[]string{"Association", "TransitGatewayOwnerId"}, "",
		func(inv *trace.Inventory) *[]route.TransitGatewayAttachment { return &inv.TransitGatewayAttachments },
		func(a *route.TransitGatewayAttachment) string { return a.ID }, completing),
	listOf("TransitGatewayRouteTables", "TransitGatewayRouteTable", "describe-transit-gateway-route-tables", "TransitGatewayRouteTableId",
		[]string{"TransitGatewayId"}, "TransitGatewayAttachmentId",
		func(inv *trace.Inventory) *[]route.TransitGatewayRouteTable { return &inv.TransitGatewayRouteTables },
		func(t *route.TransitGatewayRouteTable) string { return t.ID }),
	listOf("Vpcs", "Vpc", "describe-vpcs", "VpcId",
		[]string{"CidrBlock", "CidrBlockAssociationSet"}, "",
		func(inv *trace.Inventory) *[]endpoint.VPC { return &inv.VPCs },
		func(v *endpoint.VPC) string { return v.ID }),
	listOfParts("PrefixLists", "PrefixList", "describe-managed-prefix-lists", "PrefixListId",
		[]string{"PrefixListName", "Cidrs", "AddressFamily"}, "",
		func(inv *trace.Inventory) *[]route.PrefixList { return &inv.PrefixLists },
		func(l *route.PrefixList) string { return l.ID }, completing),
	listOf("ServiceDetails", "", "describe-vpc-endpoint-services", "ServiceName",
		[]string{"ServiceType"}, "ServiceState",
		func(inv *trace.Inventory) *[]endpoint.ServiceDetail { return &inv.ServiceDetails },
		serviceKey),

	listOf("ResolverRules", "ResolverRule", "list-resolver-rules", "Id",
		[]string{"RuleType"}, "",
		func(inv *trace.Inventory) *[]zone.ResolverRule { return &inv.ResolverRules },
		func(r *zone.ResolverRule) string { return r.ID }),
	listOf("ResolverRuleAssociations", "ResolverRuleAssociation", "list-resolver-rule-associations", "Id",
		[]string{"ResolverRuleId"}, "",
		func(inv *trace.Inventory) *[]zone.ResolverRuleAssociation { return &inv.ResolverRuleAssociations },
		func(a *zone.ResolverRuleAssociation) string { return a.ID }),
	listOf("ResolverEndpoints", "ResolverEndpoint", "list-resolver-endpoints", "Id",
		[]string{"HostVPCId"}, "",
		func(inv *trace.Inventory) *[]zone.ResolverEndpoint { return &inv.ResolverEndpoints },
		func(e *zone.ResolverEndpoint) string { return e.ID }),
	listOf("ProfileAssociations", "ProfileAssociation", "list-profile-associations", "Id",
		[]string{"ResourceId"}, "",
		func(inv *trace.Inventory) *[]zone.ProfileAssociation { return &inv.ProfileAssociations },
		func(a *zone.ProfileAssociation) string { return a.ID }),
	listOf("ProfileResourceAssociations", "ProfileResourceAssociation", "list-profile-resource-associations", "Id",
		[]string{"ProfileId"}, "ResourceId",
		func(inv *trace.Inventory) *[]zone.ProfileResourceAssociation { return &inv.ProfileResourceAssociations },
		func(a *zone.ProfileResourceAssociation) string { return a.ID }),
}

// serviceKey is the id of a service: its name and types, since S3 and DynamoDB
// stand twice under one name, as Gateway and as Interface (naming.md, NAM-30).
func serviceKey(d *endpoint.ServiceDetail) string {
	key := d.ServiceName
	if key != "" {
		for _, t := range d.ServiceType {
			key += " " + string(t.ServiceType)
		}
	}
	return key
}

// listOf makes a list of T: at is where an Inventory keeps it, id an object's
// id. Each object is described in full.
func listOf[T any](key, one, command, idKey string, marks []string, unless string,
	at func(*trace.Inventory) *[]T, id func(*T) string,
) *list {
	return listOfParts(key, one, command, idKey, marks, unless, at, id, differing[T])
}

// listOfParts makes a list of objects that several commands, or the accounts on
// both sides, describe in part: combine is [union]'s.
func listOfParts[T any](key, one, command, idKey string, marks []string, unless string,
	at func(*trace.Inventory) *[]T, id func(*T) string, combine func(kept, other *T) []string,
) *list {
	return &list{
		key: key, one: one, command: command, id: idKey, marks: marks, unless: unless,

		decode: func(inv *trace.Inventory, value []byte, single bool) (missing []int, err error) {
			all := at(inv)
			from := len(*all)
			switch {
			case single:
				var object *T
				if err := json.Unmarshal(value, &object); err != nil || object == nil {
					return nil, err
				}
				*all = append(*all, *object)
			case *all == nil:
				if err := json.Unmarshal(value, all); err != nil {
					return nil, err
				}
				if *all == nil { // a null list: the command found nothing
					*all = []T{}
				}
			default:
				var more []T
				if err := json.Unmarshal(value, &more); err != nil {
					return nil, err
				}
				*all = append(*all, more...)
			}
			return without((*all)[from:], id), nil
		},

		merge: func(m *merger) {
			var parts []part[T]
			for i, f := range m.files {
				if all := *at(&f.inv); all != nil {
					parts = append(parts, part[T]{file: i, list: all})
				}
			}
			*at(&m.inv) = union(m, parts, id, combine)
		},

		encode: func(inv *trace.Inventory) (any, bool) {
			all := *at(inv)
			return all, all != nil
		},
	}
}

// without returns the indices of the objects of a list that have no id.
func without[T any](all []T, id func(*T) string) (missing []int) {
	for i := range all {
		if id(&all[i]) == "" {
			missing = append(missing, i)
		}
	}
	return missing
}

// Made once, of lists, and only read after that.
var (
	byKey = index(func(l *list) string { return l.key })
	byOne = index(func(l *list) string { return l.one })
)

func index(key func(*list) string) map[string]*list {
	m := map[string]*list{}
	for _, l := range lists {
		if k := key(l); k != "" {
			m[k] = l
		}
	}
	return m
}

// pieces are the keys that are recognised beside those of lists.
var pieces = []string{
	"VpcId with EnableDnsSupport or EnableDnsHostnames", "Entries", "Routes with TransitGatewayAttachments",
	"HostedZone", "HostedZones", "HostedZoneSummaries", "ResourceRecordSets",
}

// byFold holds the recognised spelling of a key by its lower case.
var byFold = func() map[string]string {
	m := map[string]string{}
	for _, l := range lists {
		m[strings.ToLower(l.key)] = l.key
	}
	return m
}()
