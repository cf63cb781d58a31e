package server_test

import (
	"context"
	"fmt"
	"net"
	"slices"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/resolver/server"
)

// A server on loopback, asked by Go's own resolver over real sockets.
func ExampleServer_Serve() {
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	served := make(chan error)
	go func() { served <- (&server.Server{Resolver: resolver.New(world{})}).Serve(ctx, pc, l) }()

	client := &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
		address := pc.LocalAddr()
		if network == "tcp" {
			address = l.Addr()
		}
		return new(net.Dialer).DialContext(ctx, network, address.String())
	}}
	addrs, err := client.LookupHost(ctx, "monitoring.us-east-2.amazonaws.com.")
	slices.Sort(addrs)
	fmt.Println(addrs, err)

	cancel()
	fmt.Println(<-served)
	// Output:
	// [10.0.0.10 10.0.1.10 10.0.2.10] <nil>
	// <nil>
}
