package route

import "math/bits"

// holders are the network interfaces of a VPC by address: a hash table of its
// own, since asking a map is the larger half of deciding about an address inside
// a VPC. The zero value is empty.
type holders struct {
	slots []holder // at most half of them taken
	n     int
}

type holder struct {
	ip
	*eni
}

// get returns the interface that holds an address; nil if there is none.
func (h *holders) get(a ip) *eni {
	if h.n == 0 {
		return nil
	}
	for i := h.place(a); ; i++ {
		if s := &h.slots[i&(len(h.slots)-1)]; s.eni == nil || s.ip == a {
			return s.eni
		}
	}
}

// put enters an interface at an address that has none.
func (h *holders) put(a ip, e *eni) {
	if h.n++; 2*h.n > len(h.slots) {
		old := h.slots
		h.slots = make([]holder, max(4, 2*len(old)))
		for _, s := range old {
			if s.eni != nil {
				h.enter(s)
			}
		}
	}
	h.enter(holder{a, e})
}

func (h *holders) enter(s holder) {
	i := h.place(s.ip)
	for h.slots[i&(len(h.slots)-1)].eni != nil {
		i++
	}
	h.slots[i&(len(h.slots)-1)] = s
}

// place returns where to look for an address first.
func (h *holders) place(a ip) int {
	hi, lo := bits.Mul64(a.lo^0x2d358dccaa6c78a5, a.hi^0x8bb84b93962eacc9)
	return int((hi ^ lo) & uint64(len(h.slots)-1))
}
