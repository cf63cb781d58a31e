package audit

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// Reasons why an edit cannot be made; test with errors.Is.
var (
	// ErrNotFound is an edit of what is not in the inventory.
	ErrNotFound = errors.New("not in the inventory")
	// ErrNotInterface is private DNS for what is no interface endpoint.
	ErrNotInterface = errors.New("not an interface endpoint")
	// ErrLocalRoute is dropping a VPC's local route, which AWS does not allow.
	ErrLocalRoute = errors.New("a local route cannot be dropped")
	// ErrEdit is a text that is no edit.
	ErrEdit = errors.New("not an edit")
)

// Edit is a change of an inventory: a what-if. An Edit that returns an error
// has changed nothing.
type Edit func(*trace.Inventory) error

// SetPrivateDNS turns the private DNS of an interface endpoint on or off, as
// ModifyVpcEndpoint does. Off, the private names leave its DnsEntries; on, they
// are left to the catalogue until AWS lists them. Whether AWS would refuse
// because of a conflict is among the Findings of the World that is built from
// inv. The error wraps [ErrNotFound] or [ErrNotInterface] and names the id.
func SetPrivateDNS(inv *trace.Inventory, endpointID string, on bool) error {
	i := slices.IndexFunc(inv.Endpoints, func(e endpoint.Endpoint) bool { return e.ID == endpointID })
	if i < 0 {
		return fmt.Errorf("%s: %w", endpointID, ErrNotFound)
	}
	e := inv.Endpoints[i]
	if !e.Type.Is(endpoint.Interface) {
		return fmt.Errorf("%s: %w: %s", endpointID, ErrNotInterface, e.Type)
	}
	e.PrivateDNSEnabled = on
	if !on {
		private := slices.Collect(e.DNSEntries.PrivateEntries())
		e.DNSEntries = slices.DeleteFunc(slices.Clone(e.DNSEntries), func(d endpoint.DNSEntry) bool {
			return slices.ContainsFunc(private, func(p endpoint.DNSEntry) bool {
				return strings.EqualFold(strings.TrimSuffix(d.Name, "."), p.Name)
			})
		})
	}
	inv.Endpoints = slices.Clone(inv.Endpoints)
	inv.Endpoints[i] = e
	return nil
}

// DropRoute removes the routes of a route table to a destination: a CIDR, with
// or without host bits, or a prefix list. A gateway endpoint's route goes with
// its association, as AWS does it (R39). The error wraps [ErrNotFound] or
// [ErrLocalRoute] and names table and destination.
func DropRoute(inv *trace.Inventory, tableID, destination string) error {
	i := slices.IndexFunc(inv.RouteTables, func(t route.Table) bool { return t.ID == tableID })
	if i < 0 {
		return fmt.Errorf("%s: %w", tableID, ErrNotFound)
	}
	want := canonicalDestination(destination)
	var kept []route.Route
	dropped := map[string]bool{} // by target
	for _, r := range inv.RouteTables[i].Routes {
		switch {
		case !isDestination(r, want):
			kept = append(kept, r)
		case r.GatewayID == "local":
			return fmt.Errorf("%s: %s: %w", tableID, destination, ErrLocalRoute)
		default:
			dropped[r.GatewayID] = true
		}
	}
	if len(dropped) == 0 {
		return fmt.Errorf("%s: route to %s: %w", tableID, destination, ErrNotFound)
	}
	inv.RouteTables = slices.Clone(inv.RouteTables)
	inv.RouteTables[i].Routes = kept
	inv.Endpoints = slices.Clone(inv.Endpoints)
	for j := range inv.Endpoints {
		if e := &inv.Endpoints[j]; dropped[e.ID] && slices.Contains(e.RouteTableIDs, tableID) {
			e.RouteTableIDs = slices.DeleteFunc(slices.Clone(e.RouteTableIDs), func(id string) bool { return id == tableID })
		}
	}
	return nil
}

// canonicalDestination masks a CIDR (R8); a prefix list's id stays as it is.
func canonicalDestination(s string) string {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Masked().String()
	}
	return s
}

func isDestination(r route.Route, want string) bool {
	for _, d := range []string{r.DestinationCIDRBlock, r.DestinationIPv6CIDRBlock, r.DestinationPrefixListID} {
		if d != "" && canonicalDestination(d) == want {
			return true
		}
	}
	return false
}

// ParseSet reads a setting, "private-dns=on:vpce-…" or "private-dns=off:vpce-…",
// as the edit it stands for ([SetPrivateDNS]). The error wraps [ErrEdit].
func ParseSet(s string) (Edit, error) {
	value, id, ok := strings.Cut(strings.TrimPrefix(s, "private-dns="), ":")
	if !ok || !strings.HasPrefix(s, "private-dns=") || id == "" || value != "on" && value != "off" {
		return nil, fmt.Errorf("%q: %w: want private-dns=on:vpce-… or private-dns=off:vpce-…", s, ErrEdit)
	}
	return func(inv *trace.Inventory) error { return SetPrivateDNS(inv, id, value == "on") }, nil
}

// ParseDropRoute reads "rtb-…,DESTINATION" as the edit it stands for
// ([DropRoute]). The error wraps [ErrEdit].
func ParseDropRoute(s string) (Edit, error) {
	table, destination, ok := strings.Cut(s, ",")
	if !ok || table == "" || destination == "" {
		return nil, fmt.Errorf("%q: %w: want RTB,DESTINATION", s, ErrEdit)
	}
	return func(inv *trace.Inventory) error { return DropRoute(inv, table, destination) }, nil
}

// WhatIf returns a network after edits, made in order; w stays as it is. With no
// edit it is w's network again.
//
// The error joins those of all edits, so that errors.Is finds the reason of each
// ([ErrNotFound], [ErrNotInterface], [ErrLocalRoute]); if none failed, it is that
// of [trace.New] for what the edits made. The World is nil with either.
func WhatIf(w *trace.World, edits ...Edit) (*trace.World, error) {
	inv := w.Inventory()
	var errs []error
	for _, edit := range edits {
		errs = append(errs, edit(&inv))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return trace.New(inv)
}
