// Command validatehost is an allow-list that fails closed: it lets through the
// names of one's own VPC endpoints and the default name of one service, and
// says of everything else what it is or which label is wrong.
package main

import (
	"errors"
	"fmt"

	"github.com/privatelink-go/privatelink/naming"
)

// allowed reports whether a signer may send credentials to host: an endpoint
// name of our endpoint, or the service's default name in our Region.
func allowed(host string) (bool, string) {
	const ours, service, region = "vpce-099deb00b40f00e22", "monitoring", "us-east-2"
	h, err := naming.ParseHost(host)
	if err != nil {
		reason := err.Error()
		if pe, ok := errors.AsType[*naming.ParseError](err); ok {
			reason = pe.Reason()
		}
		return false, reason
	}
	switch h.Kind() {
	case naming.KindRegional, naming.KindZonal:
		if h.EndpointID() == ours && h.Service() == service {
			return true, "our endpoint, " + h.Kind().String()
		}
		return false, "another endpoint: " + h.EndpointID()
	case naming.KindDefault:
		if h.Service() == service && h.Region() == region {
			return true, "default name in " + h.Region()
		}
	}
	return false, h.Kind().String()
}

func main() {
	for _, host := range []string{
		"vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com",
		"VPCE-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com.",
		"vpce-099deb00b40f00e22-lj2wisx3-us-west-2a.monitoring.us-east-2.vpce.amazonaws.com",
		"vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com.evil.example",
		"evil-vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com",
		"monitoring.us-east-2.amazonaws.com",
		"monitoring.us-east-2.api.aws",
		"www.example.com",
	} {
		ok, why := allowed(host)
		fmt.Printf("%-5v %s\n      %s\n", ok, host, why)
	}
}
