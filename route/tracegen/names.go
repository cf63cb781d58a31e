package tracegen

import (
	"slices"
	"strings"

	"pgregory.net/rapid"

	"github.com/privatelink-go/privatelink/naming"
)

// regionNames are the listed Regions.
var regionNames = func() (names []string) {
	for r := range naming.Regions() {
		names = append(names, r.Name)
	}
	return names
}()

// Region draws the name of a listed Region of any partition.
func Region() *rapid.Generator[string] { return rapid.SampledFrom(regionNames) }

// VPCESuffix draws a vpce suffix of the Region's partition.
func VPCESuffix(region string) *rapid.Generator[string] {
	p, _ := naming.PartitionOf(region)
	if p.ID == "aws" {
		return rapid.SampledFrom([]string{p.VPCESuffix, "vpce.sagemaker.aws", "vpce.api.aws"})
	}
	return rapid.Just(p.VPCESuffix)
}

// Zone draws the name of a zone of the Region: an Availability Zone, a Local
// Zone or a Wavelength Zone (NAM-20, NAM-23).
func Zone(region string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return region + rapid.StringMatching(`[a-f]|-[a-z]{3}-[1-9][a-z]|-wl[1-9]-[a-z]{3}-wlz-[1-9]`).Draw(t, "zone")
	})
}

// NameParts draws the parts of an endpoint's name: every shape that the
// grammar of vpce names has, the rare ones included.
func NameParts() *rapid.Generator[naming.Parts] {
	return rapid.Custom(func(t *rapid.T) naming.Parts {
		region := rapid.OneOf(Region(), rapid.SampledFrom([]string{"us-moon-1", "eusc-de-west-12", "us-gov-x-3"})).Draw(t, "region")
		p := naming.Parts{
			EndpointID: rapid.StringMatching(`vpce-(0[0-9a-f]{16}|[0-9a-f]{8})`).Draw(t, "endpoint id"),
			Suffix:     rapid.StringMatching(`[a-z0-9]{8}`).Draw(t, "suffix"),
			Service:    nameService().Draw(t, "service"),
			Region:     region,
			Domain:     VPCESuffix(region).Draw(t, "domain"),
		}
		if rapid.Bool().Draw(t, "zonal") {
			p.Zone = Zone(region).Draw(t, "zone")
		}
		switch {
		case p.Service == "s3":
			p.Prefix = rapid.OneOf(
				rapid.SampledFrom([]string{"", "*", "bucket", "accesspoint", "control", "logs.2026.bucket", "my-vpce-logs.bucket"}),
				rapid.StringMatching(`[0-9]{12}\.control|[a-z]{3,9}-[0-9]{12}\.accesspoint|[a-z0-9]{3,20}(\.[a-z0-9]{1,5})?\.bucket`),
			).Draw(t, "prefix")
		case rapid.Bool().Draw(t, "wildcard"):
			p.Prefix = "*"
		}
		return p
	})
}

func nameService() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.SampledFrom([]string{
			"monitoring", "s3", "logs", "api.ecr", "dkr.ecr", "ecs-a", "execute-api", "server.transfer",
			"git-codecommit-fips", "accesspoint.s3-global", "a", "x.y.z",
		}),
		rapid.StringMatching(`vpce-svc-0[0-9a-f]{16}`),
		rapid.StringMatching(`[a-z][a-z0-9]{0,30}(-[a-z0-9]{1,10})?(\.[a-z0-9]{1,12}){0,2}`),
		rapid.StringMatching(`[a-z][a-z0-9]{25,60}`),
	)
}

// Name draws an endpoint's name of any shape.
func Name() *rapid.Generator[naming.Name] {
	return rapid.Custom(func(t *rapid.T) naming.Name {
		n, err := naming.New(NameParts().Draw(t, "parts"))
		if err != nil {
			t.Fatalf("the parts of a name are none: %v", err)
		}
		return n
	})
}

// Spelling draws another way to write a host name, which means the same: in
// upper case, in mixed case, with a final dot (NAM-13).
func Spelling(host string) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		b := []byte(host)
		switch rapid.IntRange(0, 2).Draw(t, "case") {
		case 1:
			b = []byte(strings.ToUpper(host))
		case 2:
			for i := range b {
				if rapid.Bool().Draw(t, "upper") {
					b[i] = strings.ToUpper(string(b[i]))[0]
				}
			}
		}
		if rapid.Bool().Draw(t, "final dot") {
			b = append(b, '.')
		}
		return string(b)
	})
}

// nearMisses are the places and texts by which a name is spoiled.
var nearMisses = []string{
	".", "-", "*", "*.", "evil-", "evil.", ".evil.example", "vpce-", "vpce-svc-", "a", "0", "g", "_", " ", "/", ":443", "https://", "%2e",
	"us-east-2", "use2-az1", "-us-west-2b", "amazonaws.com", ".cn", "vpce.", "bucket.", "\u212a", "\x00", "..",
}

// NearMiss draws a text that is an endpoint's name but for one or two changes:
// a byte changed or dropped, a telling text put in, two labels exchanged or one
// doubled. Most are no names; some are, such as one with another suffix.
func NearMiss() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		s := Name().Draw(t, "name").String()
		for range rapid.IntRange(1, 2).Draw(t, "changes") {
			at := rapid.IntRange(0, len(s)).Draw(t, "at")
			switch rapid.IntRange(0, 4).Draw(t, "change") {
			case 0:
				s = s[:at] + rapid.SampledFrom(nearMisses).Draw(t, "put in") + s[at:]
			case 1:
				s = s[:at] + s[min(at+rapid.IntRange(1, 9).Draw(t, "dropped"), len(s)):]
			case 2:
				if at < len(s) {
					b := []byte(s)
					b[at] = rapid.SampledFrom([]byte("abcdefg0129-.*_")).Draw(t, "byte")
					s = string(b)
				}
			default:
				labels := strings.Split(s, ".")
				i := rapid.IntRange(0, len(labels)-1).Draw(t, "label")
				j := rapid.IntRange(0, len(labels)-1).Draw(t, "other label")
				if rapid.Bool().Draw(t, "doubled") {
					labels = slices.Insert(labels, j, labels[i])
				} else {
					labels[i], labels[j] = labels[j], labels[i]
				}
				s = strings.Join(labels, ".")
			}
		}
		return s
	})
}

// hostLabels are labels and longer pieces that mean something somewhere in a
// host of AWS.
var hostLabels = []string{
	"monitoring", "monitoring-fips", "s3", "s3-fips", "s3-control", "s3-accesspoint", "s3-us-west-2", "s3express-use2-az1", "s3-global",
	"accesspoint", "bucket", "control", "dualstack", "queue", "sts", "iam", "ecr", "api", "dkr", "ddb", "dynamodb", "123456789012", "execute-api",
	"a1b2c3d4e5-vpce-03333333333333333", "vpce-099deb00b40f00e22-lj2wisx3", "vpce-099deb00b40f00e22-lj2wisx3-us-east-2a", "vpce-12345678",
	"vpce-svc-0762b4928b8687636", "my-vpce-logs", "airflow", "c7", "01234567-89ab-cdef-0123-456789abcdef-vpce",
	"rcfg-0123456789abcdef0", "snra-0123456789abcdef0", "4232ccc", "vpc-lattice-rsc", "us-east-2", "us-gov-west-1", "cn-north-1", "aws-global",
	"us-moon-1", "vpce", "www", "example", "com", "*", "fips", "elb", "*-x", "-x", "x-", "",
}

// HostText draws a text made of labels that mean something in hosts of AWS, in
// any order: most are host names, few of them usual.
func HostText() *rapid.Generator[string] {
	tails := []string{"", "example.com"}
	for p := range naming.Partitions() {
		tails = append(tails, p.DNSSuffix, p.DualStackSuffix, p.VPCESuffix)
	}
	tails = append(tails, "us-east-2.amazonaws.com", "us-east-2.vpce.amazonaws.com", "us-east-2.api.aws", "us-east-2.on.aws", "sagemaker.aws", "app.aws", "vpce.api.aws")
	return rapid.Custom(func(t *rapid.T) string {
		labels := rapid.SliceOfN(rapid.SampledFrom(hostLabels), 0, 5).Draw(t, "labels")
		if tail := rapid.SampledFrom(tails).Draw(t, "tail"); tail != "" {
			labels = append(labels, tail)
		}
		return strings.Join(labels, ".")
	})
}

// ServiceName draws the name of an endpoint service in any of its forms
// (NAM-30).
func ServiceName() *rapid.Generator[naming.ServiceName] {
	return rapid.Custom(func(t *rapid.T) naming.ServiceName {
		region := Region().Draw(t, "region")
		p, _ := naming.PartitionOf(region)
		short := rapid.StringMatching(`[a-z][a-z0-9-]{0,12}[a-z0-9](\.[a-z0-9]{1,8}){0,2}`).Draw(t, "short")
		form := rapid.SampledFrom([]string{
			"com.amazonaws." + region + "." + short,
			p.ReversedPrefix + "." + region + "." + short,
			"aws.api." + region + "." + short,
			"api.aws." + region + "." + short,
			"aws.sagemaker." + region + "." + short,
			"com.amazonaws." + short,
			"aws.api.global." + short,
			p.ReversedPrefix + ".vpce." + region + "." + rapid.StringMatching(`vpce-svc-0[0-9a-f]{16}`).Draw(t, "service id"),
		}).Draw(t, "form")
		n, err := naming.ParseServiceName(form)
		if err != nil {
			t.Fatalf("the form of a service name is none: %v", err)
		}
		return n
	})
}
