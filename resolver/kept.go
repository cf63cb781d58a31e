package resolver

import (
	"math/bits"
	"sync"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/zone"
)

// keptSlots is how many answers of one form a Resolver keeps at most.
const keptSlots = 1 << 9

// kept holds what was made of the answers to the questions that are asked again
// and again, as NSD does it for all of its zones. Nothing in it goes stale: a
// [zone.View] never changes, and answers that rest on functions of the user's are
// not kept. A question is kept when it is asked twice with no other of its slot
// between, so that a flood of names that are asked once allocates nothing and
// drives nothing out.
type kept[T any] struct {
	once  sync.Once
	slots []slot[T]
}

// slot is the place of many questions, and of one answer.
type slot[T any] struct {
	missed atomic.Uint64 // hash of the last question that was not found here
	answer atomic.Pointer[answer[T]]
}

// answer is what was made of the answer to a question.
type answer[T any] struct {
	question string // octet by octet, as it was asked
	made     T
}

// slot returns where the answer to a question is kept, and the question's hash.
func (k *kept[T]) slot(question []byte) (*slot[T], uint64) { return k.at(hash(question)) }

// slotOf is slot for a text.
func (k *kept[T]) slotOf(question string) (*slot[T], uint64) { return k.at(hash(question)) }

func (k *kept[T]) at(hash uint64) (*slot[T], uint64) {
	k.once.Do(func() { k.slots = make([]slot[T], keptSlots) })
	return &k.slots[hash%keptSlots], hash
}

// hash takes sixteen octets a step, the last sixteen once more if need be.
func hash[T string | []byte](question T) uint64 {
	const a, b, c uint64 = 0x8bb84b93962eacc9, 0x4b33a62ed433d4a3, 0x2d358dccaa6c78a5
	n := len(question)
	h := c + uint64(n)
	if n < 16 {
		for i := range n {
			h = mix(h^uint64(question[i]), a)
		}
		return h
	}
	for i := 0; i < n-16; i += 16 {
		h = mix(word(question, i)^h, word(question, i+8)^a)
	}
	return mix(word(question, n-16)^h, word(question, n-8)^b)
}

// mix spreads every bit of both over the whole word.
func mix(x, y uint64) uint64 {
	hi, lo := bits.Mul64(x, y)
	return hi ^ lo
}

func word[T string | []byte](s T, at int) uint64 {
	s = s[at : at+8]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// get returns what was made of the answer to a question; nil if it is not kept.
func (s *slot[T]) get(question []byte) *T {
	if a := s.answer.Load(); a != nil && a.question == string(question) {
		return &a.made
	}
	return nil
}

// getOf is get for a text.
func (s *slot[T]) getOf(question string) *T {
	if a := s.answer.Load(); a != nil && a.question == question {
		return &a.made
	}
	return nil
}

// wants reports whether the question was the last one missed here, and is worth
// keeping now.
func (s *slot[T]) wants(hash uint64) bool { return s.missed.Swap(hash) == hash }

// isKeepable reports whether an answer rests on the view alone, and is all of
// it. CNAMEs may lead to where a user's function answers.
func isKeepable(a *zone.Answer, v verdict) bool {
	switch a.Source().Kind {
	case zone.HiddenZone, zone.CustomerZone, zone.VPCE, zone.Autodefined:
	default:
		return false
	}
	name, end := a.Final()
	return v == verdict{rcode: v.rcode} && end == a.Source() && name == a.Name()
}
