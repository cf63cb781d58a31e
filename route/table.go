package route

import (
	"cmp"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
)

// A ruleID is the rule that decided at a hop.
type ruleID uint8

const (
	noRule ruleID = iota
	r5
	r7
	r9
	r9a
	r10
	r12
	r14
	r14a
	r17
	r31
)

var ruleWords = [...]string{"", "R5", "R7", "R9", "R9a", "R10", "R12", "R14", "R14a", "R17", "R31"}

// A way is one route of a table, whichever rows it has.
type way struct {
	list    *list // nil for a CIDR
	to      *target
	state   wayState
	origin  wayOrigin
	implied bool // the list's name implies that a vpce- target of unknown type is a gateway endpoint
}

type wayState uint8

const (
	active wayState = iota
	blackhole
	odd // filtered, or a state the model does not know
)

type wayOrigin uint8

const (
	static wayOrigin = iota
	propagated
	advertised // by a VPC Route Server: AWS publishes no rank
)

// A row is a candidate: a CIDR route, or one entry of a prefix list's route.
type row struct {
	span
	way     *way
	bits    uint8
	rank    uint8 // R10: static CIDR, prefix list, propagated
	inside  bool  // its CIDR lies inside a CIDR of the VPC
	dropped bool  // by R11 or R13
	illegal bool  // by R12
}

const (
	rankCIDR = iota
	rankList
	rankPropagated
)

// compare is the order of decision: longest prefix, then rank, then
// destination, then target (X3).
func (r *row) compare(s *row) int {
	return cmp.Or(
		cmp.Compare(s.bits, r.bits),
		cmp.Compare(r.rank, s.rank),
		r.lo.compare(s.lo),
		strings.Compare(r.way.listID(), s.way.listID()),
		strings.Compare(r.way.to.id, s.way.to.id),
		cmp.Compare(r.way.state, s.way.state),
	)
}

func (w *way) listID() string {
	if w.list == nil {
		return ""
	}
	return w.list.id
}

// text is the destination as a hop shows it.
func (r *row) text(f Family, abstract bool) string {
	cidr := block{r.span, f, r.bits}.prefix().String()
	switch {
	case r.way.list == nil:
		return cidr
	case abstract:
		return r.way.list.id
	}
	return r.way.list.id + " " + cidr
}

// A result is what the rows of a table say about an address, before the lists
// without entries are heard (R14a).
type result struct {
	row   int32 // that won, or would have; -1: none
	rule  ruleID
	end   resultEnd
	local bool // the row that won is the local one
}

type resultEnd uint8

const (
	won            resultEnd = iota
	none                     // no candidate
	dropsBlackhole           // R17
	ambiguous                // R14: several rows of equal standing and different targets
	unrecognised             // the row that won is in a state without published meaning
	unranked                 // B05, or the rank of an advertised route
	notAllowed               // R12
)

// decide is steps 6 to 12 of routing.md section 3 for the candidates that
// contain an address, in any order:
//
//  1. Rows dropped by R11 (a propagated route inside a VPC CIDR) or R13 (a
//     prefix list's entry inside one) do not count. None left: no route (R9).
//  2. The longest prefix wins, whatever its origin (R9a).
//  3. Of equal length: static CIDR, then prefix list, then propagated (R10). A
//     route that a VPC Route Server advertised has no published rank, nor is
//     it known whether R11 holds for it: with a rival of another target, or
//     inside a VPC CIDR, the answer is unspecified.
//  4. Had a row won whose state is filtered or unknown, the answer is
//     unspecified.
//  5. Still several: one target, and it is that; otherwise unspecified (R14).
//  6. A blackhole drops, without fall-through (R17); against an active
//     propagated row of equal length the answer is unspecified (B05).
//  7. A static CIDR more specific than local that AWS would not have accepted
//     is invalid input (R12).
func decide(rows []row, candidates []int32) result {
	best, count := -1, 0
	for _, c := range candidates {
		r := &rows[c]
		if r.dropped {
			continue
		}
		count++
		if best < 0 || r.compare(&rows[best]) < 0 {
			best = int(c)
		}
	}
	if best < 0 {
		return result{row: -1, rule: r9, end: none}
	}
	w := &rows[best]
	res := result{row: int32(best), rule: r9a}
	if count == 1 {
		res.rule = r9
	}
	rivals, propagatedRival := false, false
	for _, c := range candidates {
		r := &rows[c]
		if r.dropped || int(c) == best || r.bits != w.bits {
			continue
		}
		if (r.way.origin == advertised || w.way.origin == advertised) && r.way.to != w.way.to {
			return result{row: int32(best), rule: r10, end: unranked}
		}
		if r.rank != w.rank {
			if res.rule != r14 {
				res.rule = r10
			}
			propagatedRival = propagatedRival || r.rank == rankPropagated && r.way.origin == propagated && r.way.state == active
			continue
		}
		res.rule = r14
		rivals = rivals || r.way.to != w.way.to
		if r.way.state == odd {
			return result{row: int32(best), rule: res.rule, end: unrecognised}
		}
	}
	switch {
	case w.way.state == odd:
		res.end = unrecognised
	case w.way.origin == advertised && w.inside:
		res.end = unranked
	case rivals:
		res.end = ambiguous
	case w.way.state == blackhole && propagatedRival:
		res.rule, res.end = r17, unranked
	case w.way.state == blackhole:
		res.rule, res.end = r17, dropsBlackhole
	case w.illegal:
		res.rule, res.end = r12, notAllowed
	}
	return res
}

// A table is a route table made ready for decisions.
type table struct {
	id      string
	num     int32
	vpc     *vpc
	ways    []way
	missing []*way // routes to lists whose entries are not in the input (R14a)
	v4, v6  half
}

// A half is one family's rows and, over them, the address space cut at every
// border: between two borders every address has the same candidates, so the
// decision there is made once, beforehand.
type half struct {
	rows    []row // in the order of decision
	cuts    cuts
	results []result // of the segment that begins at each cut
	targets []string // of the row that wins there, padded as the cuts are; notSettled: none does
	plain   bool     // P2: every row that touches public space, but for gateway services' lists, has length 0
	someWay bool     // such a row exists
	inside  bool     // the local row wins for every address of the CIDRs of the table's VPC, if it has any in the family
}

func (t *table) half(f Family) *half {
	if f == IPv4 {
		return &t.v4
	}
	return &t.v6
}

// ready sorts the rows and decides for every segment.
func (h *half) ready(f Family) {
	slices.SortFunc(h.rows, func(a, b row) int { return a.compare(&b) })
	h.rows = slices.CompactFunc(h.rows, func(a, b row) bool { return a.span == b.span && *a.way == *b.way })

	// By address, wider first: a row begins inside those it follows, or after
	// them, because prefixes nest or are apart.
	order := make([]int32, len(h.rows))
	borders := make([]ip, 1, 2*len(h.rows)+1) // 0 begins the first segment
	for i := range h.rows {
		order[i] = int32(i)
		borders = append(borders, h.rows[i].lo)
		if after, ok := h.rows[i].hi.next(f); ok {
			borders = append(borders, after)
		}
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(h.rows[a].lo.compare(h.rows[b].lo), cmp.Compare(h.rows[a].bits, h.rows[b].bits))
	})
	slices.SortFunc(borders, ip.compare)
	borders = slices.Compact(borders)

	h.results = make([]result, len(borders))
	var stack []int32 // the rows that contain the segment
	for i, b := range borders {
		for len(stack) > 0 && h.rows[stack[len(stack)-1]].hi.less(b) {
			stack = stack[:len(stack)-1]
		}
		for len(order) > 0 && h.rows[order[0]].lo == b {
			stack = append(stack, order[0])
			order = order[1:]
		}
		res := decide(h.rows, stack)
		res.local = res.end == won && h.rows[res.row].way.to.kind == toLocal
		h.results[i] = res
	}
	h.cuts = makeCuts(f, borders)
	h.settle()
	h.plain = true
	for i := range h.rows {
		r := &h.rows[i]
		if r.dropped || r.way.list != nil && r.way.list.service != "" || !touchesPublic(f, r.span) {
			continue
		}
		h.someWay = true
		h.plain = h.plain && r.bits == 0
	}
}

// notSettled stands where no row wins.
const notSettled = "-"

// settle notes the winners' targets.
func (h *half) settle() {
	h.targets = make([]string, h.cuts.n+int(h.cuts.window))
	for i := range h.targets {
		h.targets[i] = notSettled
		if res := h.results[min(i, len(h.results)-1)]; res.row >= 0 && res.hasWinner() {
			h.targets[i] = h.rows[res.row].way.to.id
		}
	}
}

// at returns the decision for an address, and narrows within, unless it is
// nil, to the segment that shares it.
func (h *half) at(f Family, a ip, within *span) result {
	i := h.cuts.find(f, a)
	if within != nil {
		if lo := h.cuts.start(i); within.lo.less(lo) {
			within.lo = lo
		}
		if i+1 < len(h.results) {
			if hi := h.cuts.start(i + 1).prev(); hi.less(within.hi) {
				within.hi = hi
			}
		}
	}
	return h.results[i]
}

// keepsInside reports whether the local row wins for every address of some
// blocks, as it does in all tables but those with a middlebox.
func (h *half) keepsInside(f Family, blocks []block) bool {
	for _, b := range blocks {
		if b.family != f {
			continue
		}
		for i := h.cuts.find(f, b.lo); i <= h.cuts.find(f, b.hi); i++ {
			if !h.results[i].local {
				return false
			}
		}
	}
	return true
}

// lost returns the rows that contain the address and did not win, in the order
// of decision, with the code of each (X3). Rows in dispute carry the dispute's
// code (X10).
func (h *half) lost(f Family, a ip, res result, abstract bool) []Lost {
	var out []Lost
	for i := range h.rows {
		r := &h.rows[i]
		if !r.has(a) || int32(i) == res.row && res.hasWinner() {
			continue
		}
		l := Lost{Destination: r.text(f, abstract), Target: r.way.to.id, Code: h.lostCode(r, res)}
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// hasWinner reports whether the row of a result stands on the hop: nothing won
// where the outcome is unspecified.
func (res result) hasWinner() bool {
	return res.end == won || res.end == dropsBlackhole || res.end == notAllowed
}

func (h *half) lostCode(r *row, res result) endpoint.Code {
	if r.dropped {
		return endpoint.HigherPriorityRoute // R11, R13
	}
	if res.row < 0 {
		return endpoint.MoreSpecificRoute // than a list's entry (P2)
	}
	w := &h.rows[res.row]
	disputed := r == w || r.bits == w.bits && (r.rank == w.rank || res.end == unranked)
	switch {
	case disputed && res.end == ambiguous:
		return endpoint.AmbiguousPrefixLists
	case disputed && res.end == unrecognised && r.way.state == odd:
		return endpoint.RouteStateUnrecognised
	case disputed && res.end == unranked && r.way.state == blackhole:
		return endpoint.BadStateRoute
	case r.bits == w.bits:
		return endpoint.HigherPriorityRoute
	}
	return endpoint.MoreSpecificRoute
}
