// Command httpclient runs an ordinary http.Client in a VPC's view: names resolve
// as they would from the subnet, and connections go to a server in memory. No
// socket is opened.
package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/route/describe"
)

func main() {
	world, err := describe.Load(os.DirFS(worldDir()))
	if err != nil {
		log.Fatal(err)
	}
	vantages, err := world.Select("isolated")
	if err != nil {
		log.Fatal(err)
	}
	view, ok := vantages[0].View()
	if !ok {
		log.Fatal("the subnet has no DNS view")
	}

	server := newPipeServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "CloudWatch, as %s\n", r.Host)
	}))
	defer server.Close()

	dialer := &resolver.Dialer{Resolver: resolver.New(view), Next: func(ctx context.Context, network, address string) (net.Conn, error) {
		fmt.Println("dial", network, address) // an address of an endpoint network interface
		return server.dial(ctx)
	}}
	client := http.Client{Transport: &http.Transport{DialContext: dialer.DialContext}}
	for _, url := range []string{"http://monitoring.us-east-2.amazonaws.com/", "http://sts.us-east-2.amazonaws.com/"} {
		resp, err := client.Get(url)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(resp.Status)
		resp.Body.Close()
	}
}

// worldDir is the AWS page's world, as the command embeds it.
func worldDir() string { return "examples/whichway/world" }
