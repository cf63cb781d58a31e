package route

import (
	"net/netip"
	"slices"
	"strings"
)

// mayBePrivate reports whether a host name is one that AWS gives to something of
// a customer's that may stand in a VPC: a load balancer, a database, a file
// system. The public DNS answers such a name for everybody, and with private
// addresses where the thing is internal:
//
//   - Elastic Load Balancing, "Internal Classic Load Balancers": the name of an
//     internal load balancer is publicly resolvable to the private addresses of
//     its nodes. That of a Network Load Balancer does not tell which it is.
//   - Amazon RDS, "DBInstance", PubliclyAccessible: the name resolves to a
//     private address unless the instance is public, and from its own VPC always.
//   - Amazon EFS, "Mounting on Amazon EC2 with a DNS name": the address of the
//     mount target in the Availability Zone of the client.
//
// and so the clusters of Amazon Redshift, DocumentDB, Neptune, ElastiCache,
// MemoryDB, MSK, MQ, FSx, the private endpoints of Amazon EKS and the domains of
// OpenSearch Service in a VPC. Route 53 says nothing of what else people put
// into public zones: any other name is taken to have public addresses, which is
// our choice as in the rules' table.
//
// The labels that stand before the service, or before the Region and the
// service, are the customer's; the host of the service's API has none.
func mayBePrivate(host string) bool {
	host, ok := strings.CutSuffix(strings.TrimSuffix(host, ".cn"), ".amazonaws.com")
	if !ok {
		return false
	}
	rest, last, ok := cutLast(host)
	if !ok {
		return false
	}
	before, second, more := cutLast(rest)
	switch {
	case !more:
		return false
	case slices.Contains(behindRegion[:], last), last == "es" && strings.HasPrefix(before, "vpc-"):
		return true
	}
	return slices.Contains(beforeRegion[:], second)
}

// Where the word of the service stands: mydb.0123456789ab.us-east-2.rds, or
// mylb-0123456789abcdef.elb.us-east-2.
var (
	behindRegion = [...]string{"elb", "rds", "redshift", "docdb", "neptune", "cache", "eks"}
	beforeRegion = [...]string{"elb", "efs", "fsx", "memorydb", "kafka", "mq"}
)

// cutLast cuts the last label off; ok is false if there is but one.
func cutLast(name string) (rest, label string, ok bool) {
	i := strings.LastIndexByte(name, '.')
	return name[:max(i, 0)], name[i+1:], i >= 0
}

// anywhere is every address that something in a VPC or in the public internet
// may have, cut where private space begins and ends, since gateways treat it in
// a way of their own.
var anywhere = newUniverses(
	sorted(public4, "10.0.0.0/8", "100.64.0.0/10", "172.16.0.0/12", "192.168.0.0/16"),
	sorted(public6, "fc00::/7"),
	10)

func sorted(spans []span, cidrs ...string) []span {
	spans = slices.Clone(spans)
	for _, c := range cidrs {
		spans = append(spans, spanOf(netip.MustParsePrefix(c)))
	}
	slices.SortFunc(spans, func(a, b span) int { return a.lo.compare(b.lo) })
	return spans
}
