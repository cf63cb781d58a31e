package route

import (
	"cmp"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// A record is the proof that a walk writes down.
type record struct {
	abstract bool
	hops     []noted
}

// noted is a hop and where its row's addresses begin, by which the rows of
// pieces that take the same way are joined (X7).
type noted struct {
	Hop
	lo     ip
	bits   uint8
	subnet string // whose table it is, where the device is none
}

func (r *record) hop(d device, rule ruleID) {
	r.hops = append(r.hops, noted{Hop: Hop{Kind: d.kind, ID: d.id, Rule: ruleWords[rule]}})
}

// lookup notes a device with the row of its table. The row is empty where
// nothing won (X10).
func (r *record) lookup(d device, lk *look, w *walk) {
	h := noted{Hop: Hop{Kind: d.kind, ID: d.id, RouteTable: lk.t.id, Rule: ruleWords[lk.rule]}}
	if w.at != nil && d.kind == HopKind(ClassNATGateway) {
		h.subnet = w.at.id
	}
	abstract := w.u != nil
	switch {
	case lk.p2 != nil:
		if lk.way != nil {
			h.Destination, h.Target = lk.p2.list.id, lk.p2.to.id
		} else {
			h.Lost = append(h.Lost, Lost{lk.p2.list.id, lk.p2.to.id, endpoint.RouteStateUnrecognised})
		}
		h.Lost = append(h.Lost, lk.h.lost(w.family, w.dst, result{row: -1}, abstract)...)
	case lk.end == entriesMissing:
		h.Lost = lk.gaps(w)
	default:
		if lk.way != nil {
			row := &lk.h.rows[lk.row]
			h.Destination, h.Target = row.text(w.family, abstract), row.way.to.id
			h.lo, h.bits = row.lo, row.bits
		}
		h.Lost = lk.h.lost(w.family, w.dst, lk.result, abstract)
	}
	r.hops = append(r.hops, h)
}

// gaps lists what a list without entries put in dispute: the lists, then the
// row that would have won, then what that row beat.
func (lk *look) gaps(w *walk) []Lost {
	var out []Lost
	for _, m := range lk.t.missing {
		if m.list.family == 0 || m.list.family == w.family {
			out = append(out, Lost{Destination: m.list.id, Target: m.to.id, Code: endpoint.PrefixListEntriesMissing})
		}
	}
	slices.SortFunc(out, func(a, b Lost) int {
		return cmp.Or(strings.Compare(a.Destination, b.Destination), strings.Compare(a.Target, b.Target))
	})
	abstract := w.u != nil
	if lk.row >= 0 {
		row := &lk.h.rows[lk.row]
		out = append(out, Lost{row.text(w.family, abstract), row.way.to.id, endpoint.PrefixListEntriesMissing})
	}
	return append(out, lk.h.lost(w.family, w.dst, result{row: lk.row}, abstract)...)
}

// comeBack adds the return hop: the subnet and the table of the lookup that
// decided on the way back, or the transit gateway and its (X9).
func (r *record) comeBack(back *record) {
	for _, h := range slices.Backward(back.hops) {
		if h.RouteTable != "" {
			h.Kind, h.ID = HopReturn, cmp.Or(h.subnet, h.ID)
			r.hops = append(r.hops, h)
			return
		}
	}
}

// joined makes one proof of the proofs of pieces that take the same way: each
// hop's rows in address order, joined by a space; rule and lost are the first
// row's (X7).
func joined(rs []*record) []Hop {
	if len(rs) == 0 {
		return nil
	}
	out := make([]Hop, len(rs[0].hops))
	for i := range out {
		all := make([]*noted, 0, len(rs))
		for _, r := range rs {
			if h := &r.hops[i]; !slices.ContainsFunc(all, func(o *noted) bool { return o.Destination == h.Destination }) {
				all = append(all, h)
			}
		}
		slices.SortStableFunc(all, func(a, b *noted) int { return cmp.Or(a.lo.compare(b.lo), cmp.Compare(a.bits, b.bits)) })
		out[i] = all[0].Hop
		for _, h := range all[1:] {
			out[i].Destination += " " + h.Destination
		}
	}
	return out
}
