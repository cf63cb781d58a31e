// Command sharedzone prints the records that a shared private hosted zone needs
// for an endpoint, as a Route 53 change batch: what people who make such zones
// by hand forget, wildcards above all, is in it.
package main

import (
	"fmt"
	"log"

	"github.com/privatelink-go/privatelink/route/tracetest"
	"github.com/privatelink-go/privatelink/zone"
)

func main() {
	// Any world will do: one gathered from AWS, read from Terraform, or made up.
	world := tracetest.IsolatedVPC("us-east-2", "ecr.dkr")

	for z := range world.Zones().Hidden("vpc-isolated") {
		batch, err := zone.AppendChangeBatch(nil, z)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Printf("# aws route53 create-hosted-zone --name %s --vpc …\n%s\n", z.Name, batch)
	}
}
