package resolver

import (
	"hash/maphash"
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
	seed  maphash.Seed
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

func (k *kept[T]) ready() {
	k.once.Do(func() {
		k.seed = maphash.MakeSeed()
		k.slots = make([]slot[T], keptSlots)
	})
}

// slot returns where the answer to a question is kept, and the question's hash,
// which nobody outside can foresee: questions made to have one hash would all
// seem to be asked twice.
func (k *kept[T]) slot(question []byte) (*slot[T], uint64) {
	k.ready()
	h := maphash.Bytes(k.seed, question)
	return &k.slots[h%keptSlots], h
}

// slotOf is slot for a text.
func (k *kept[T]) slotOf(question string) (*slot[T], uint64) {
	k.ready()
	h := maphash.String(k.seed, question)
	return &k.slots[h%keptSlots], h
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
