package resolver

import (
	"hash/maphash"
	"sync"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/zone"
)

// packedSlots is how many packed answers a Resolver keeps at most.
const packedSlots = 1 << 9

// packedMax is the longest packed answer that is kept, in octets: half a
// kilobyte, so that all of them take no more than a quarter of a megabyte.
const packedMax = 512

// packed is the answer to a question as it stands in a response: what follows
// the question, up to the OPT record. It is the same for every client, since
// the pointers in it count from the start of the message.
type packed struct {
	question string // octet by octet, as it was sent
	sections string
	counts   [4]byte // ANCOUNT and NSCOUNT
	rcode    zone.RCode
}

// packedAnswers keeps the answers to the questions that are asked again and
// again, as NSD does it for all of its zones. Nothing it keeps goes stale: a
// zone.View never changes, and answers that rest on functions of the user's are
// not kept. A question is kept when it is asked twice with no other of its slot
// between, so that a flood of names that are asked once allocates nothing and
// drives nothing out.
type packedAnswers struct {
	once  sync.Once
	seed  maphash.Seed
	slots []packedSlot
}

type packedSlot struct {
	missed atomic.Uint64 // hash of the last question that was not found here
	answer atomic.Pointer[packed]
}

// slot returns where the answer to a question is kept, and the question's hash.
func (l *packedAnswers) slot(question []byte) (*packedSlot, uint64) {
	l.once.Do(func() {
		l.seed = maphash.MakeSeed()
		l.slots = make([]packedSlot, packedSlots)
	})
	h := maphash.Bytes(l.seed, question)
	return &l.slots[h%packedSlots], h
}

// get returns the answer to a question, if it is kept here.
func (s *packedSlot) get(question []byte) *packed {
	if a := s.answer.Load(); a != nil && a.question == string(question) {
		return a
	}
	return nil
}

// offer keeps what p has written, up to the OPT record, as the answer to its
// question, if that was the last one missed.
func (s *packedSlot) offer(p *response, hash uint64, a *zone.Answer, v verdict) {
	if s.missed.Swap(hash) != hash {
		return
	}
	sections := p.b[p.start+p.end:]
	if p.opt {
		sections = sections[:len(sections)-optLen]
	}
	switch a.Source().Kind {
	case zone.HiddenZone, zone.CustomerZone, zone.VPCE, zone.Autodefined:
	default:
		return
	}
	if v != (verdict{rcode: v.rcode}) || p.target != 0 || len(sections) > packedMax || p.b[p.start+2]&0x02 != 0 {
		return // CNAMEs may lead to where a user's function answers
	}
	s.answer.Store(&packed{
		question: string(p.query[headerLen:p.end]),
		sections: string(sections),
		counts:   [4]byte(p.b[p.start+6 : p.start+10]),
		rcode:    v.rcode,
	})
}

// packed writes a response from a packed answer.
func (p *response) packed(a *packed) ([]byte, outcome) {
	if !p.begin(a.rcode) {
		return p.b, dropped
	}
	if p.end+len(a.sections) > p.limit {
		return p.truncated(a.rcode)
	}
	copy(p.b[p.start+6:], a.counts[:])
	p.b = append(p.b, a.sections...)
	return p.finish(a.rcode)
}
