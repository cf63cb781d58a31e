package route

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
)

// addTransit reads the transit gateways' attachments and route tables, which
// come in three files (C8).
func (b *builder) addTransit() {
	tables := map[string]*tgwTable{}
	all := unique(b, "TransitGatewayRouteTables", b.c.TransitGatewayRouteTables, func(t *TransitGatewayRouteTable) string { return t.ID })
	for _, t := range all {
		tables[t.ID] = &tgwTable{id: t.ID, num: b.num(), given: t.Routes != nil, incomplete: t.AdditionalRoutesAvailable}
	}
	for _, a := range unique(b, "TransitGatewayAttachments", b.c.TransitGatewayAttachments, func(a *TransitGatewayAttachment) string { return a.ID }) {
		x := b.attachment(a.ID, a.TransitGatewayID)
		x.inAll, x.typ, x.state = true, strings.ToLower(a.ResourceType), a.State
		if x.typ == "vpc" {
			x.vpc = b.vpc(a.ResourceID)
		}
		if a.Association != nil {
			x.associated = true
			if counts(a.Association.State) {
				x.assocID = a.Association.TransitGatewayRouteTableID
				x.assoc = tables[x.assocID]
			}
		}
	}
	for _, a := range unique(b, "TransitGatewayVpcAttachments", b.c.TransitGatewayVPCAttachments, func(a *TransitGatewayVPCAttachment) string { return a.ID }) {
		x := b.attachment(a.ID, a.TransitGatewayID)
		x.inVPC, x.typ, x.vpc = true, "vpc", b.vpc(a.VPCID)
		if x.state == "" || strings.EqualFold(x.state, "available") {
			x.state = cmp.Or(a.State, x.state)
		}
		if strings.EqualFold(a.Options.ApplianceModeSupport, "enable") {
			b.find(endpoint.NotModelled, a.ID, "C8", "appliance mode is on; paths are followed as if it were off")
		}
		for _, id := range a.SubnetIDs {
			if s := b.n.subnets[id]; s != nil {
				x.subnets = append(x.subnets, s)
			} else {
				x.absent = true
			}
		}
		slices.SortFunc(x.subnets, func(s, t *subnet) int {
			return cmp.Or(strings.Compare(s.azID, t.azID), strings.Compare(s.az, t.az), strings.Compare(s.id, t.id))
		})
	}
	for _, id := range slices.Sorted(maps.Keys(b.n.attaches)) {
		x := b.n.attaches[id]
		if x.vpc == nil {
			continue
		}
		// An old attachment stays in AWS's output for a while beside the one
		// that took its place.
		if key := (tgwVPC{x.tgw, x.vpc}); b.n.attached[key] == nil || x.standing() > b.n.attached[key].standing() {
			b.n.attached[key] = x
		}
	}
	for _, t := range all {
		b.addTransitRoutes(t, tables[t.ID])
	}
}

func (b *builder) attachment(id, tgw string) *attachment {
	x := b.n.attaches[id]
	if x == nil {
		x = &attachment{id: id, num: b.num(), tgw: tgw}
		b.n.attaches[id] = x
	}
	return x
}

func (b *builder) addTransitRoutes(t *TransitGatewayRouteTable, x *tgwTable) {
	rt := &x.routes
	rt.id, rt.num, rt.vpc = t.ID, x.num, &vpc{}
	rt.ways = make([]way, 0, len(t.Routes))
	for i := range t.Routes {
		r := &t.Routes[i]
		w := way{to: b.attachmentTarget(r)}
		switch strings.ToLower(r.State) {
		case "", stateActive:
		case stateBlackhole:
			w.state = blackhole
		default:
			w.state = odd
			b.find(endpoint.RouteStateUnrecognised, t.ID, "C8", fmt.Sprintf("the route %s is in state %q", r.DestinationCIDRBlock, r.State))
		}
		rank := uint8(rankCIDR)
		if strings.EqualFold(r.Type, "propagated") {
			rank = rankPropagated // but no origin: B05 is about virtual private gateways
		}
		rt.ways = append(rt.ways, w)
		wp := &rt.ways[len(rt.ways)-1]
		if r.DestinationCIDRBlock == "" && r.PrefixListID != "" {
			b.addListRows(rt, wp, b.list(r.PrefixListID))
			continue
		}
		if p, ok := b.prefix(t.ID, fmt.Sprintf("Routes[%d].DestinationCidrBlock", i), r.DestinationCIDRBlock); ok {
			b.addRow(rt, wp, blockOf(p), rank)
		}
	}
	rt.v4.ready(IPv4)
	rt.v6.ready(IPv6)
}

// attachmentTarget returns the attachment a route leads to. A route with
// several, as to the tunnels of one VPN, has the first for all.
func (b *builder) attachmentTarget(r *TransitGatewayRoute) *target {
	var ids []string
	for _, a := range r.TransitGatewayAttachments {
		ids = append(ids, a.TransitGatewayAttachmentID)
	}
	if len(ids) == 0 {
		return b.target(&Route{})
	}
	id := slices.Min(ids)
	t := b.n.targets[id]
	if t == nil {
		t = &target{kind: toAttachment, id: id, num: b.num(), to: orNil(b.n.attaches[id])}
		b.n.targets[id] = t
	}
	return t
}

// transit crosses a transit gateway (C8), in this order:
//
//  1. The attachment of this VPC, its association and the associated table
//     with its routes must be in the input, else the far side is opaque. A
//     table of which only a part is given leaves the answer unknown.
//  2. The attachment is available, and has a subnet in the zone that the packet
//     comes from; unknown if a subnet or a zone that the input lacks decides
//     it.
//  3. The associated table decides as tables of subnets do: longest prefix,
//     static before propagated, blackhole drops. An association that does not
//     count: no route.
//  4. A VPC attachment, available too, leads into its VPC (enterBy). Every
//     other attachment is opaque.
func (w *walk) transit(to *target) (device, *table, bool) {
	d := device{HopKind(ClassTransitGateway), to.id, to.num}
	stop := func() (device, *table, bool) { return device{}, nil, false }
	w.passes(ClassTransitGateway)
	in, zoned, sure := w.n.attached[tgwVPC{to.id, w.vpc}], (*subnet)(nil), true
	if in != nil {
		if w.zone != nil {
			zoned, sure = in.subnetIn(w.zone)
		}
		d.num = in.num // one gateway met by two attachments is no loop
		if w.met(d.num) {
			return w.loop()
		}
	}
	switch {
	case in == nil || !in.inAll || !in.inVPC || !in.associated || in.assocID != "" && (in.assoc == nil || !in.assoc.given):
		w.hop(d, noRule)
		w.weaken(naming.Modelled)
		w.beyond()
		return stop()
	case !working(in.state):
		w.hop(d, noRule)
		w.block(cBadStateAttachment)
		return stop()
	case w.zone != nil && zoned == nil:
		w.hop(d, noRule)
		if !sure {
			w.lacks()
		} else {
			w.block(cTGWRouteAZRestriction)
		}
		return stop()
	case in.assocID == "":
		w.hop(d, r9)
		w.stop(ClassNoRoute, cNoRouteToDestination)
		return stop()
	case in.assoc.incomplete:
		w.hop(d, noRule)
		w.lacks()
		return stop()
	}
	lk := w.look(&in.assoc.routes)
	w.step(d, lk.t, lk.target())
	if w.rec != nil {
		w.rec.lookup(d, &lk, w)
	}
	if !w.decided(&lk) {
		return stop()
	}
	out, ok := lk.way.to.to.(*attachment)
	switch {
	case !ok || out.typ != "vpc":
		w.beyond()
		return stop()
	case !working(out.state):
		w.block(cBadStateAttachment)
		return stop()
	case len(out.subnets) == 0:
		w.weaken(naming.Modelled)
		w.beyond()
		return stop()
	}
	if !w.enterBy(out) {
		return stop()
	}
	return subnetDevice(w.at), w.at.table, true
}

// enterBy enters the VPC of an attachment: by its subnet in the zone that the
// packet comes from; if it has none, or the zone is that of no subnet, by the
// first of its subnets, AVAILABILITY_ZONE_CROSSED, as AWS does not say which.
// It ends the chain if a subnet or a zone that the input lacks decides it.
func (w *walk) enterBy(a *attachment) bool {
	var s *subnet
	sure := !a.absent
	if w.zone != nil {
		s, sure = a.subnetIn(w.zone)
	}
	switch {
	case s != nil:
	case !sure || len(a.subnets) == 0:
		w.lacks()
		return false
	default:
		s = a.subnets[0]
		if w.zone != nil || len(a.subnets) > 1 {
			w.codes |= cAvailabilityZoneCrossed
			w.weaken(naming.Modelled)
		}
	}
	w.vpc, w.at, w.zone, w.entered, w.bare = a.vpc, s, s, byTransit, true
	return true
}

func working(state string) bool { return state == "" || strings.EqualFold(state, "available") }

// standing ranks the attachments of one VPC to one transit gateway: an
// available one before one whose state is not given, before one that does not
// work.
func (a *attachment) standing() int {
	switch {
	case a.state == "":
		return 1
	case working(a.state):
		return 2
	}
	return 0
}

// subnetIn returns the attachment's subnet in the zone of another, or nil; sure
// is false if it is nil because of a subnet or of a zone that the input lacks.
func (a *attachment) subnetIn(zone *subnet) (in *subnet, sure bool) {
	sure = !a.absent
	for _, s := range a.subnets {
		switch same, known := s.zoneOf(zone); {
		case same:
			return s, true
		case !known:
			sure = false
		}
	}
	return nil, sure
}
