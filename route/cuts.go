package route

import (
	"math/bits"
	"slices"
)

// cuts are the borders of segments in ascending order, the first being the
// first address of the family.
//
// Finding an address's segment is the innermost step of every answer. The space
// from the second border to the last is divided into even slots, of which an
// index knows the segment that each begins in. From there the segment is found
// by halving a window as wide as the fullest slot needs: by arithmetic, in as
// many steps for every address, so that the processor has no branch to guess.
type cuts struct {
	v4     []uint32 // padded to the width of the window with the last border
	hi     []uint64 // IPv6: the upper halves, padded likewise
	lo     []uint64 // the lower ones; nil if all are 0, as where no prefix is longer than /64
	index  []uint32
	first  uint64 // where the slots begin
	top    uint64 // the number of the last slot
	shift  uint8  // of an address's distance from first
	window uint32 // a power of two
	n      int    // borders, without the padding
}

func makeCuts(f Family, borders []ip) cuts {
	c := cuts{n: len(borders), window: 1}
	key := func(a ip) uint64 { return a.hi }
	if f == IPv4 {
		key = func(a ip) uint64 { return a.lo }
	}
	if c.n > 1 {
		c.first = key(borders[1])
	}
	reach := key(borders[c.n-1]) - min(c.first, key(borders[c.n-1]))
	for reach>>c.shift >= uint64(2*c.n) {
		c.shift++
	}
	c.top = reach >> c.shift
	c.index = make([]uint32, c.top+1)
	in := make([]uint32, c.top+1) // borders in each slot
	for _, b := range borders[1:] {
		in[(key(b)-c.first)>>c.shift]++
	}
	before := uint32(0)
	for s, k := range in {
		c.index[s] = before
		before += k
		if s == 0 {
			k++ // addresses before the first slot begin here too
		}
		c.window = max(c.window, 1<<bits.Len32(k))
	}
	for range c.window {
		borders = append(borders, borders[c.n-1])
	}
	for _, b := range borders {
		if f == IPv4 {
			c.v4 = append(c.v4, uint32(b.lo))
			continue
		}
		c.hi = append(c.hi, b.hi)
	}
	if f == IPv6 && slices.ContainsFunc(borders, func(b ip) bool { return b.lo != 0 }) {
		for _, b := range borders {
			c.lo = append(c.lo, b.lo)
		}
	}
	return c
}

func (c *cuts) start(i int) ip {
	switch {
	case c.v4 != nil:
		return ip{lo: uint64(c.v4[i])}
	case c.lo != nil:
		return ip{c.hi[i], c.lo[i]}
	}
	return ip{hi: c.hi[i]}
}

// slot returns where the search for an address begins.
func (c *cuts) slot(key uint64) uint32 {
	d, before := bits.Sub64(key, c.first, 0)
	return c.index[min(d>>(c.shift&63), c.top)&(before-1)]
}

// find4 returns the last border that is not after a; or a place in the padding
// after it, which means the same.
func (c *cuts) find4(a uint32) uint32 {
	lo, v := c.slot(uint64(a)), c.v4
	for half := c.window / 2; half > 0; half /= 2 {
		_, less := bits.Sub64(uint64(a), uint64(v[lo+half]), 0)
		lo += half & (uint32(less) - 1)
	}
	return lo
}

// find6 is find4 for IPv6.
func (c *cuts) find6(a ip) uint32 {
	if c.lo == nil {
		return c.findUpper(a.hi)
	}
	at := c.slot(a.hi)
	for half := c.window / 2; half > 0; half /= 2 {
		_, less := bits.Sub64(a.lo, c.lo[at+half], 0)
		_, less = bits.Sub64(a.hi, c.hi[at+half], less)
		at += half & (uint32(less) - 1)
	}
	return at
}

// findUpper is find6 where only upper halves differ.
func (c *cuts) findUpper(a uint64) uint32 {
	at, v := c.slot(a), c.hi
	for half := c.window / 2; half > 0; half /= 2 {
		_, less := bits.Sub64(a, v[at+half], 0)
		at += half & (uint32(less) - 1)
	}
	return at
}

// find returns the segment of an address.
func (c *cuts) find(f Family, a ip) int {
	if f == IPv4 {
		return min(int(c.find4(uint32(a.lo))), c.n-1)
	}
	return min(int(c.find6(a)), c.n-1)
}
