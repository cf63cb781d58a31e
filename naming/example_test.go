package naming_test

import (
	"errors"
	"fmt"

	"github.com/privatelink-go/privatelink/naming"
)

func ExampleParse() {
	n, err := naming.Parse("vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com")
	fmt.Println(n.EndpointID(), n.Zone(), n.Service(), n.Region(), err)

	// The template that the AWS page prints has a hyphen before the service.
	_, err = naming.Parse("vpce-099deb00b40f00e22-monitoring.us-east-2.vpce.amazonaws.com")
	var pe *naming.ParseError
	fmt.Println(errors.As(err, &pe), errors.Is(err, naming.ErrSuffix))
	fmt.Println(pe.Reason())
	fmt.Println(pe.Hint())
	// Output:
	// vpce-099deb00b40f00e22 us-east-2c monitoring us-east-2 <nil>
	// true true
	// label "vpce-099deb00b40f00e22-monitoring": no 8-character suffix after the endpoint id
	// a dot stands before the service: vpce-099deb00b40f00e22-<8 characters>.monitoring.us-east-2.vpce.amazonaws.com
}

func ExampleNew() {
	n, err := naming.New(naming.Parts{
		EndpointID: "vpce-099deb00b40f00e22",
		Suffix:     "lj2wisx3",
		Service:    "monitoring",
		Region:     "us-east-2",
	})
	fmt.Println(n, err)

	_, err = naming.New(naming.Parts{
		EndpointID: "vpce-099deb00b40f00e22",
		Suffix:     "lj2wisx3",
		Zone:       "use2-az1", // the id of a zone
		Service:    "monitoring",
		Region:     "us-east-2",
	})
	fmt.Println(errors.Is(err, naming.ErrZoneID))
	// Output:
	// vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com <nil>
	// true
}

func ExampleName_Zonal() {
	n := naming.MustParse("vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com")
	zonal, err := n.Zonal("us-east-2a")
	fmt.Println(zonal, err)
	fmt.Println(zonal.Regional() == n)
	// Output:
	// vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com <nil>
	// true
}

func ExampleName_AppendZonal() {
	n := naming.MustParse("vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com")
	buf := make([]byte, 0, 256)
	for _, az := range []string{"us-east-2a", "us-east-2b"} {
		buf, _ = n.AppendZonal(buf[:0], az)
		fmt.Printf("%s\n", buf)
	}
	// Output:
	// vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com
	// vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com
}

func ExampleName_WithPrefix() {
	// S3 lists its names with an asterisk; clients put the bucket there.
	n := naming.MustParse("*.vpce-0e5d025c8b9244b00-frjqbhg9.s3.us-west-2.vpce.amazonaws.com")
	bucket, err := n.WithPrefix("logs.2026.bucket")
	fmt.Println(bucket, err)
	// Output:
	// logs.2026.bucket.vpce-0e5d025c8b9244b00-frjqbhg9.s3.us-west-2.vpce.amazonaws.com <nil>
}

func ExampleClassify() {
	for _, host := range []string{
		"vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com",
		"monitoring.us-east-2.amazonaws.com",
		"monitoring-fips.us-east-2.api.aws",
		"bkt.s3.us-east-2.amazonaws.com",
		"sts.amazonaws.com",
		"www.example.com",
		"vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com.evil.example",
	} {
		h := naming.Classify(host)
		fmt.Printf("%-10v %-15s %-9s valid=%v\n", h.Kind(), h.Service(), h.Region(), h.IsValid())
	}
	// Output:
	// regional   monitoring      us-east-2 valid=true
	// default    monitoring      us-east-2 valid=true
	// fips       monitoring-fips us-east-2 valid=true
	// s3         s3              us-east-2 valid=true
	// global     sts                       valid=true
	// other                                valid=true
	//                                      valid=false
}

func ExampleParseHost() {
	_, err := naming.ParseHost("vpce-099deb00b40f00e22-lj2wisx3-us-west-2b.monitoring.us-east-2.vpce.amazonaws.com")
	fmt.Println(err)
	// Output:
	// "vpce-099deb00b40f00e22-lj2wisx3-us-west-2b.monitoring.us-east-2.vpce.amazonaws.com": label "vpce-099deb00b40f00e22-lj2wisx3-us-west-2b": not a zone of the name's Region
}

func ExampleIsEndpointName() {
	fmt.Println(naming.IsEndpointName("vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com"))
	fmt.Println(naming.IsEndpointName("evil-vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com"))
	// Output:
	// true
	// false
}

func ExampleCanonicalHost() {
	fmt.Println(naming.CanonicalHost("MONITORING.us-east-2.AmazonAWS.com."))
	_, err := naming.CanonicalHost("https://monitoring.us-east-2.amazonaws.com")
	fmt.Println(errors.Is(err, naming.ErrNotHostName))
	// Output:
	// monitoring.us-east-2.amazonaws.com <nil>
	// true
}

func ExampleParseServiceName() {
	n, err := naming.ParseServiceName("cn.com.amazonaws.cn-north-1.ecr.api")
	fmt.Println(n.Prefix(), n.Region(), n.Short(), n.ReversedShort(), err)
	// Output:
	// cn.com.amazonaws cn-north-1 ecr.api api.ecr <nil>
}

func ExampleNewServiceName() {
	fmt.Println(naming.NewServiceName("ec2", "us-east-2"))
	fmt.Println(naming.NewServiceName("ec2", "cn-north-1"))
	// Output:
	// com.amazonaws.us-east-2.ec2 <nil>
	// cn.com.amazonaws.cn-north-1.ec2 <nil>
}

func ExampleDefaultName() {
	fmt.Println(naming.DefaultName("monitoring", "us-east-2"))
	fmt.Println(naming.DefaultName("monitoring", "cn-north-1"))
	// Output:
	// monitoring.us-east-2.amazonaws.com <nil>
	// monitoring.cn-north-1.amazonaws.com.cn <nil>
}

func ExampleDefaultURL() {
	fmt.Println(naming.DefaultURL("monitoring", "us-east-2"))
	// Output:
	// https://monitoring.us-east-2.amazonaws.com <nil>
}

func ExampleZoneRegion() {
	fmt.Println(naming.ZoneRegion("us-west-2-lax-1a"))
	fmt.Println(naming.ZoneRegion("usw2-lax1-az1"))
	// Output:
	// us-west-2 true
	//  false
}

func ExampleLookupRegion() {
	r, ok := naming.LookupRegion("us-east-2")
	fmt.Println(r.Description, r.Partition, ok)
	r, ok = naming.LookupRegion("eu-moon-1")
	fmt.Println(r.Listed, r.Partition, ok)
	// Output:
	// US East (Ohio) aws true
	// false aws true
}

func ExamplePartitionOf() {
	// Every partition, with the number of its listed Regions.
	count := map[string]int{}
	for r := range naming.Regions() {
		count[r.Partition]++
	}
	for p := range naming.Partitions() {
		fmt.Printf("%-10s %2d  %-21s %s\n", p.ID, count[p.ID], p.VPCESuffix, p.VPCEEvidence)
	}
	for _, region := range []string{"cn-north-1", "us-gov-east-1", "eusc-de-west-1", "US-EAST-2", "aws-global"} {
		p, ok := naming.PartitionOf(region)
		fmt.Printf("%q %v\n", p.ID, ok)
	}
	// Output:
	// aws        34  vpce.amazonaws.com    documented
	// aws-cn      2  vpce.amazonaws.com.cn documented
	// aws-eusc    1  vpce.amazonaws.eu     modelled
	// aws-iso     2  vpce.c2s.ic.gov       modelled
	// aws-iso-b   2  vpce.sc2s.sgov.gov    modelled
	// aws-iso-e   1  vpce.cloud.adc-e.uk   modelled
	// aws-iso-f   2  vpce.csp.hci.ic.gov   modelled
	// aws-us-gov  2  vpce.amazonaws.com    documented
	// "aws-cn" true
	// "aws-us-gov" true
	// "aws-eusc" true
	// "" false
	// "" false
}

func ExampleEvidence_Weakest() {
	fmt.Println(naming.Given.Weakest(naming.Modelled))
	// Output:
	// modelled
}
