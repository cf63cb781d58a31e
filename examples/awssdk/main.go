// Command awssdk runs aws-sdk-go-v2 in a VPC that exists in memory: it gathers
// the network by EC2's own calls, makes a World of the typed answers, and then
// lets S3, STS and CloudWatch clients dial as from one of its subnets. No AWS
// is contacted: see the package madeup.
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatch"
	"github.com/aws/aws-sdk-go-v2/service/ec2"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"

	"github.com/privatelink-go/privatelink/examples/awssdk/gather"
	"github.com/privatelink-go/privatelink/examples/awssdk/madeup"
	"github.com/privatelink-go/privatelink/route/trace"
)

func main() {
	if err := run(context.Background(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, w io.Writer) error {
	services, err := madeup.Start()
	if err != nil {
		return err
	}
	defer services.Close()
	cfg, err := config.LoadDefaultConfig(ctx,
		config.WithRegion("us-east-2"),
		config.WithCredentialsProvider(credentials.NewStaticCredentialsProvider("AKIAEXAMPLE", "made up", "")),
		config.WithSharedConfigFiles([]string{}), config.WithSharedCredentialsFiles([]string{}),
		config.WithRetryMaxAttempts(1)) // what leaves the VPC leaves it every time
	if err != nil {
		return err
	}

	// The network, as EC2 describes it.
	fake := &madeup.EC2{}
	inv, err := gather.Inventory(ctx, ec2.NewFromConfig(cfg, func(o *ec2.Options) { o.HTTPClient = fake }))
	if err != nil {
		return err
	}
	world, err := trace.New(inv)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "gathered with %d calls: %d VPC, %d subnets, %d endpoints\n",
		fake.Calls(), len(inv.VPCs), len(inv.Subnets), len(inv.Endpoints))

	// Clients that stand in one of its subnets.
	from, err := world.Select("isolated")
	if err != nil {
		return err
	}
	var dialled string
	dial, err := inside(from[0], func(ctx context.Context, network, address string) (net.Conn, error) {
		zone, err := zoneOf(inv, address)
		if err != nil {
			return nil, err
		}
		dialled = address + " in " + zone
		return services.DialContext(ctx, network, address)
	})
	if err != nil {
		return err
	}
	cfg.HTTPClient = awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) {
		t.Proxy = nil
		t.DialContext = dial
		t.TLSClientConfig = &tls.Config{RootCAs: services.CA}
	})
	fmt.Fprintf(w, "\nfrom %s, %s:\n", world.Label(from[0].ID()), from[0].AZ())

	id, err := sts.NewFromConfig(cfg).GetCallerIdentity(ctx, nil)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "  STS         %s: %s\n", dialled, aws.ToString(id.Arn))

	object, err := s3.NewFromConfig(cfg).GetObject(ctx, &s3.GetObjectInput{Bucket: aws.String("reports"), Key: aws.String("today.csv")})
	if err != nil {
		return err
	}
	defer object.Body.Close()
	content, err := io.ReadAll(object.Body)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "  S3          %s: %s\n", dialled, content)

	if err := listMetrics(ctx, cloudwatch.NewFromConfig(cfg)); err != nil {
		return err
	}
	fmt.Fprintf(w, "  CloudWatch  %s: another zone, whichever address is first\n", dialled)

	// The same client, by the zonal name of its own Availability Zone.
	for _, e := range inv.Endpoints {
		if e.ServiceName != "com.amazonaws.us-east-2.monitoring" {
			continue
		}
		own, err := ownZone(e, from[0].AZ())
		if err != nil {
			return err
		}
		if err := listMetrics(ctx, cloudwatch.NewFromConfig(cfg, func(o *cloudwatch.Options) { o.BaseEndpoint = &own })); err != nil {
			return err
		}
		fmt.Fprintf(w, "  CloudWatch  %s: %s\n", dialled, own)
	}

	// One option away, the endpoint does not cover the name, and no route leads to it.
	err = listMetrics(ctx, cloudwatch.NewFromConfig(cfg, func(o *cloudwatch.Options) {
		o.EndpointOptions.UseDualStackEndpoint = aws.DualStackEndpointStateEnabled
	}))
	var leaves *errLeaves
	if !errors.As(err, &leaves) {
		return fmt.Errorf("CloudWatch's dual-stack endpoint: want a refusal, got %w", err)
	}
	fmt.Fprintf(w, "\nCloudWatch with UseDualStackEndpoint, refused:\n%v\n", leaves.proof)
	return nil
}

func listMetrics(ctx context.Context, client *cloudwatch.Client) error {
	_, err := client.ListMetrics(ctx, nil)
	return err
}
