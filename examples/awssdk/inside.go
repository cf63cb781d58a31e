package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

type dialFunc = func(ctx context.Context, network, address string) (net.Conn, error)

// errLeaves is what a connection fails with that would not stay in the VPC.
type errLeaves struct{ proof trace.Trace }

func (e *errLeaves) Error() string {
	return fmt.Sprintf("%s from %s: %s (%s)", e.proof.Host, e.proof.From.ID(), e.proof.Verdict, e.proof.Way())
}

// inside returns a function for http.Transport.DialContext: names resolve as
// from the vantage, next dials the addresses, and what would not stay in the
// VPC is refused with the proof, before anything is dialled.
func inside(from trace.Vantage, next dialFunc) (dialFunc, error) {
	view, ok := from.View()
	if !ok {
		return nil, fmt.Errorf("%s has no DNS view", from.ID())
	}
	d := &resolver.Dialer{Resolver: resolver.New(view), Next: next}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		host, service, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		port, err := strconv.ParseUint(service, 10, 16)
		if err != nil {
			return nil, err
		}
		if tr := from.To(host, uint16(port)); tr.Verdict != route.Private {
			return nil, &errLeaves{tr}
		}
		return d.DialContext(ctx, network, address)
	}, nil
}

// ownZone returns the address of an endpoint for an SDK client's BaseEndpoint:
// the zonal name of the client's own Availability Zone, so that no request
// crosses zones, or the Regional name if the endpoint has no network interface
// in that zone. az is a name such as us-east-2a. These belong to an account:
// where the endpoint is another account's, translate by the zone's id first.
func ownZone(e endpoint.Endpoint, az string) (string, error) {
	if name, ok := e.DNSEntries.Zonal(az); ok {
		return "https://" + name.String(), nil
	}
	if name, ok := e.DNSEntries.Regional(); ok {
		return "https://" + name.String(), nil
	}
	return "", fmt.Errorf("%s has neither a zonal name for %s nor a Regional one", e.ID, az)
}

// zoneOf returns the Availability Zone in which an address of the world's
// network interfaces stands.
func zoneOf(inv trace.Inventory, address string) (string, error) {
	a, err := netip.ParseAddrPort(address)
	if err != nil {
		return "", err
	}
	for _, n := range inv.NetworkInterfaces {
		if n.PrivateIPAddress == a.Addr().String() {
			return n.AvailabilityZone, nil
		}
	}
	return "", errors.New("no network interface has " + a.Addr().String())
}
