package resolver

import (
	"sync/atomic"

	"github.com/privatelink-go/privatelink/zone"
)

// packedMax is the longest packed answer that is kept, in octets: half a
// kilobyte, so that all of them take no more than half a megabyte with their
// questions.
const packedMax = 512

// packed is the answer to a question as it stands in a response: what follows
// the question, up to the OPT record. It is the same for every client, since
// the pointers in it count from the start of the message.
type packed struct {
	sections string
	counts   [4]byte // ANCOUNT and NSCOUNT
	rcode    zone.RCode
}

// keep makes the answer that p has written, up to the OPT record, the slot's, if
// it is one to keep.
func (p *response) keep(s *atomic.Pointer[answer[packed]], a *zone.Answer, v verdict) {
	sections := p.b[p.start+p.end:]
	if p.opt {
		sections = sections[:len(sections)-optLen]
	}
	if !isKeepable(a, v) || p.target != 0 || len(sections) > packedMax || p.b[p.start+2]&0x02 != 0 {
		return
	}
	s.Store(&answer[packed]{string(p.query[headerLen:p.end]), packed{
		sections: string(sections),
		counts:   [4]byte(p.b[p.start+6 : p.start+10]),
		rcode:    v.rcode,
	}})
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
