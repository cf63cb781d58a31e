package resolver

import (
	"hash/maphash"
	"sync/atomic"

	"github.com/privatelink-go/privatelink/zone"
)

// keptSlots is how many answers of one form a Resolver keeps at most.
const (
	keptSlots = 1 << keptBits
	keptBits  = 9
)

// kept holds what was made of the answers to the questions that are asked again
// and again, as NSD does it for all of its zones. Nothing in it goes stale: a
// [zone.View] never changes, and answers that rest on functions of the user's are
// not kept. A question is kept when it is asked twice with no other of its slot
// between, so that a flood of names that are asked once allocates nothing and
// drives nothing out.
type kept[T any] struct {
	table atomic.Pointer[table[T]] // nil before the first question
}

// table is eight kilobytes.
type table[T any] struct {
	seed  maphash.Seed
	slots [keptSlots]slot[T]
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

// at returns the answer of the slot of that number, which may be to another
// question; nil if there is none.
func (k *kept[T]) at(place uint) *answer[T] {
	t := k.table.Load()
	if t == nil {
		return nil
	}
	return t.slots[place%keptSlots].answer.Load()
}

// wants returns where the answer to a question that was not found is to be kept;
// nil if it is not worth it yet.
func wants[T any, Q string | []byte](k *kept[T], question Q) *atomic.Pointer[answer[T]] {
	t := k.table.Load()
	if t == nil {
		k.table.CompareAndSwap(nil, &table[T]{seed: maphash.MakeSeed()})
		t = k.table.Load()
	}
	var hash uint64
	switch q := any(question).(type) {
	case string:
		hash = maphash.String(t.seed, q)
	case []byte:
		hash = maphash.Bytes(t.seed, q)
	}
	s := &t.slots[place(question)%keptSlots]
	if s.missed.Swap(hash) != hash {
		return nil
	}
	return &s.answer
}

// place returns the number of a question's slot, in half of the time that
// package maphash takes for a short text.
//
// Anybody can make up questions that share a slot. They can wait for each other
// there, but not drive anything out by being asked once: whether a question is
// asked again is told by a hash with a seed that nobody outside knows.
func place[Q string | []byte](question Q) uint {
	const a, b, c uint64 = 0x8bb84b93962eacc9, 0x4b33a62ed433d4a3, 0x2d358dccaa6c78a5
	n := len(question)
	x, y := uint64(n), uint64(0) // two sums, so that neither waits for the other's product
	if n < 16 {
		for i := range n {
			x = (x + uint64(question[i])) * a
		}
	} else {
		for i := 0; i < n-16; i += 16 {
			x = (x + word(question[i:])) * a
			y = (y + word(question[i+8:])) * b
		}
		x = (x + word(question[n-16:])) * a
		y = (y + word(question[n-8:])) * b
	}
	return uint((x ^ y) * c >> (64 - keptBits))
}

// word returns the first eight octets of s; the compiler makes it one load.
func word[Q string | []byte](s Q) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

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
