package tracegen

import (
	"net/netip"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route/trace"
)

// HostFor draws a destination that means something in a World, so that a
// property is never true because nothing was asked. One of
//
//  1. the names that endpoints answer: private names, names below wildcards,
//     Regional and zonal names;
//  2. the addresses of its network interfaces, private and public, of NAT
//     gateways, of subnets and of VPCs;
//  3. near misses: a name below a private name that has no wildcard, its parent,
//     the zonal name of a zone without interface, another endpoint's;
//  4. siblings of the private names: global, legacy, dual-stack, FIPS and other
//     Regions' names of the same service;
//  5. names of customers' hosted zones, below them, and beside them;
//  6. names and buckets of the services that have gateway endpoints, addresses of
//     prefix lists' entries and beside them;
//  7. names and addresses that nothing in the World is about: public ones,
//     private and reserved space, and names of what may stand in a VPC.
//
// Hosts are canonical; see [Spelling] for other ways to write them. It shrinks
// to a private name of the first endpoint.
func HostFor(w *trace.World) *rapid.Generator[string] {
	groups := hostGroups(w)
	return rapid.Custom(func(t *rapid.T) string {
		group := rapid.SampledFrom(groups).Draw(t, "kind of host")
		return rapid.SampledFrom(group).Draw(t, "host")
	})
}

// hostGroups are the lists of HostFor, without empty ones.
func hostGroups(w *trace.World) [][]string {
	inv := w.Inventory()
	region := "us-east-2"
	for _, s := range inv.Subnets {
		if r, ok := naming.ZoneRegion(s.AvailabilityZone); ok {
			region = r
			break
		}
	}
	suffix := "amazonaws.com"
	if p, ok := naming.PartitionOf(region); ok {
		suffix = p.DNSSuffix
	}
	var names, near, siblings, zones []string
	for i := range inv.Endpoints {
		e := &inv.Endpoints[i]
		private := slices.Collect(e.DNSEntries.Private())
		if len(private) == 0 {
			private, _ = w.Catalog().PrivateNames(*e)
		}
		for _, p := range private {
			base, wild := strings.CutPrefix(p, "*.")
			if wild {
				names = append(names, "below."+base, "a.b."+base)
				continue
			}
			names = append(names, base)
			near = append(near, "foo."+base, "x"+base)
			if _, parent, ok := strings.Cut(base, "."); ok {
				near = append(near, parent)
			}
			for _, s := range w.Catalog().Siblings(base, region) {
				if s.Host != "" && !strings.Contains(s.Host, "*") {
					siblings = append(siblings, s.Host)
				}
			}
			label, _, _ := strings.Cut(base, ".")
			siblings = append(siblings, label+"."+suffix, label+".us-west-2.amazonaws.com", label+"-fips."+region+"."+suffix)
		}
		for n := range e.DNSEntries.Names() {
			names = append(names, strings.Replace(n.String(), "*.", "bkt.bucket.", 1))
			if z, err := n.Zonal(region + "f"); err == nil && !n.IsZonal() {
				near = append(near, strings.TrimPrefix(z.String(), "*."))
			}
		}
	}
	near = append(near, "vpce-0000000000000dead-deadbeef.monitoring."+region+".vpce."+suffix)
	for _, z := range inv.HostedZones {
		zone := strings.TrimSuffix(strings.TrimPrefix(z.Name, "*."), ".")
		zones = append(zones, zone, "nothing."+zone)
		for _, r := range z.RecordSets {
			zones = append(zones, strings.TrimSuffix(strings.NewReplacer(`\052`, "any.thing", "*", "some").Replace(r.Name), "."))
		}
	}
	for _, r := range inv.ResolverRules {
		if domain := strings.TrimSuffix(r.DomainName, "."); domain != "" {
			zones = append(zones, domain, "below."+domain)
		}
	}
	lists := []string{"s3." + region + "." + suffix, "bkt.s3." + region + "." + suffix, "dynamodb." + region + "." + suffix, "s3.us-west-2.amazonaws.com", "s3.amazonaws.com"}
	for _, l := range inv.PrefixLists {
		for _, c := range l.CIDRs {
			lists = append(lists, inside(c)...)
		}
	}
	nothing := []string{
		"www.example.com", "internal-lb-1." + region + ".elb." + suffix, "fs-0123456789abcdef0.efs." + region + "." + suffix, "monitoring." + region + "." + suffix, "logs." + region + "." + suffix, "sts." + suffix, "iam." + suffix,
		"8.8.8.8", "203.0.113.200", "2600:1f18::1", "10.250.0.1", "192.168.7.7", "100.64.200.1", "169.254.168.1", "169.254.169.253",
		"fd00:ec2::253", "fd12::1", "64:ff9b::808:808", "64:ff9b::a00:104", "127.0.0.1", "224.0.0.1", "0.0.0.0", "::1",
	}
	groups := [][]string{names, addressesOf(&inv), near, siblings, zones, lists, nothing}
	return slices.DeleteFunc(groups, func(g []string) bool { return len(g) == 0 })
}

// addressesOf are the addresses of everything in the inventory that has one,
// and of each subnet and VPC one that nothing has.
func addressesOf(inv *trace.Inventory) []string {
	var list []string
	for i := range inv.NetworkInterfaces {
		n := &inv.NetworkInterfaces[i]
		addrs, _ := n.Addrs()
		for _, a := range addrs {
			list = append(list, a.String())
		}
		for _, p := range n.PrivateIPAddresses {
			if p.Association != nil {
				list = append(list, p.Association.PublicIP)
			}
		}
	}
	for _, n := range inv.NATGateways {
		for _, a := range n.NATGatewayAddresses {
			list = append(list, a.PrivateIP, a.PublicIP)
		}
	}
	for i := range inv.Subnets {
		cidrs, _ := inv.Subnets[i].CIDRs()
		for _, c := range cidrs {
			list = append(list, inside(c.String())...)
		}
	}
	for i := range inv.VPCs {
		cidrs, _ := inv.VPCs[i].CIDRs()
		for _, c := range cidrs {
			list = append(list, inside(c.String())...)
		}
	}
	return slices.DeleteFunc(list, func(s string) bool { return s == "" })
}

// inside returns an address in a CIDR and the one before it.
func inside(cidr string) []string {
	p, err := netip.ParsePrefix(cidr)
	if err != nil {
		return nil
	}
	first := p.Masked().Addr()
	list := []string{first.Next().String()}
	if before := first.Prev(); before.IsValid() {
		list = append(list, before.String())
	}
	return list
}
