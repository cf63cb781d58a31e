package route_test

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
)

// Names of what may stand in a VPC, and names that look like them.
var privateHosts = map[string]bool{
	"internal-lb-1234567890.us-east-2.elb.amazonaws.com":               true,
	"dualstack.internal-lb-1234567890.us-east-2.elb.amazonaws.com":     true,
	"nlb-0123456789abcdef.elb.us-east-2.amazonaws.com":                 true,
	"nlb-0123456789abcdef.elb.cn-north-1.amazonaws.com.cn":             true,
	"mydb.0123456789ab.us-east-2.rds.amazonaws.com":                    true,
	"mydb.cluster-ro-0123456789ab.us-east-2.rds.amazonaws.com":         true,
	"fs-0123456789abcdef0.efs.us-east-2.amazonaws.com":                 true,
	"us-east-2a.fs-0123456789abcdef0.efs.us-east-2.amazonaws.com":      true,
	"mycluster.0123ab.0001.use2.cache.amazonaws.com":                   true,
	"b-1.mycluster.0123ab.c2.kafka.us-east-2.amazonaws.com":            true,
	"vpc-domain-0123456789.us-east-2.es.amazonaws.com":                 true,
	"0123456789ABCDEF0123456789ABCDEF.gr7.us-east-2.eks.amazonaws.com": true,
	"Mydb.0123456789AB.us-east-2.RDS.amazonaws.com.":                   true,

	"search-domain-0123456789.us-east-2.es.amazonaws.com": false, // a domain outside VPCs
	"oidc.eks.us-east-2.amazonaws.com":                    false,
	"rds.us-east-2.amazonaws.com":                         false, // APIs
	"rds.amazonaws.com":                                   false,
	"elasticfilesystem.us-east-2.amazonaws.com":           false,
	"kafka.us-east-2.amazonaws.com":                       false,
	"elb.s3.us-east-2.amazonaws.com":                      false, // a bucket
	"x.us-east-2.rds.example.com":                         false,
	"us-east-2.rds.amazonaws.com.evil.example":            false,
	"amazonaws.com":                                       false,
	"www.example.com":                                     false,
}

// The public DNS may answer with a private address, so that traffic may stay in
// the VPC though everything public goes by the NAT gateway.
func TestPrivateHosts(t *testing.T) {
	for host, private := range privateHosts {
		n := newNet(t, "0.0.0.0/0 nat-1")
		if !private {
			if p := n.host(subnet1, host); p.Class != route.ClassNATGateway {
				t.Errorf("%s: %s", host, p.Class)
			}
			continue
		}
		p := is(t, n.host(subnet1, host), route.ClassUnknown, "", endpoint.PublicPathsDiffer)
		ways := map[route.Class]bool{}
		for _, a := range p.Alternatives {
			ways[a.Class] = true
		}
		if !ways[route.ClassLocal] || !ways[route.ClassNATGateway] {
			t.Errorf("%s: %v", host, ways)
		}
	}
}

// A database of a peer is where the peering connection leads.
func TestPrivateHostOfPeer(t *testing.T) {
	n := newNet(t, "172.16.0.0/12 pcx-1", "0.0.0.0/0 nat-1").peerVPC()
	p := n.host(subnet1, "mydb.0123456789ab.us-east-2.rds.amazonaws.com")
	for _, a := range p.Alternatives {
		if a.Hops[0].Target == "pcx-1" {
			return
		}
	}
	t.Errorf("no alternative by pcx-1: %+v", p)
}

// The slow twin: one expression for each form.
var privateHost = regexp.MustCompile(`(?i)^(.+\.[^.]+\.(elb|rds|redshift|docdb|neptune|cache|eks)|vpc-.*\.[^.]+\.es|.+\.(elb|efs|fsx|memorydb|kafka|mq)\.[^.]+)\.amazonaws\.com(\.cn)?\.?$`)

func TestPrivateHostTwin(t *testing.T) {
	for host, want := range privateHosts {
		if privateHost.MatchString(host) != want {
			t.Errorf("twin of %s", host)
		}
	}
	label := rapid.SampledFrom([]string{"a", "vpc-a", "us-east-2", "elb", "rds", "es", "efs", "kafka", "cache", "s3", "mq", "api"})
	rapid.Check(t, func(t *rapid.T) {
		var host strings.Builder
		for range rapid.IntRange(0, 4).Draw(t, "labels") {
			host.WriteString(label.Draw(t, "label") + ".")
		}
		host.WriteString(rapid.SampledFrom([]string{"amazonaws.com", "amazonaws.com.cn", "example.com", "com"}).Draw(t, "domain"))
		if got, want := route.MayBePrivate(host.String()), privateHost.MatchString(host.String()); got != want {
			t.Fatalf("%s: %v, want %v", host.String(), got, want)
		}
	})
}

// No internet gateway is known to lead to an address that nothing in the
// internet has (section 8 leaves these out of public space).
func TestNotOnTheInternet(t *testing.T) {
	n := newNet(t, "0.0.0.0/0 nat-1", "::/0 eigw-1")
	for _, a := range []string{"0.0.0.0", "127.0.0.1", "169.254.1.1", "224.0.0.1", "255.255.255.255", "fe80::1", "ff02::1", "fd12::1", "::1"} {
		by := "nat-1 > igw-1"
		if strings.Contains(a, ":") {
			by = "eigw-1"
		}
		p := is(t, n.path(subnet1, a), route.ClassUnspecified, by, endpoint.NoPossibleDestination)
		if p.Verdict != route.VerdictUnknown || p.Evidence != naming.Unspecified {
			t.Errorf("%s: %s, %s", a, p.Verdict, p.Evidence)
		}
	}
}
