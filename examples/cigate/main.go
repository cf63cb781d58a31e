// Command cigate is a gate for CI: it fails, with the proof, if a host that a
// workload needs leaves the VPC, or cannot be reached, from a subnet.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/describe"
)

func main() {
	world, err := describe.Load(os.DirFS("examples/whichway/world"))
	if err != nil {
		log.Fatal(err)
	}
	vantages, err := audit.Vantages(world, "private", "isolated")
	if err != nil {
		log.Fatal(err)
	}
	hosts, err := audit.Hosts(nil, "monitoring.{region}.{suffix}", "logs.{region}.{suffix}")
	if err != nil {
		log.Fatal(err)
	}
	m, err := audit.NewMatrix(context.Background(), vantages, hosts, nil)
	if err != nil {
		log.Fatal(err)
	}
	status := 0
	for cell := range m.Unmet(route.Private) {
		fmt.Println(cell.Trace())
		status = 1
	}
	os.Exit(status)
}
