package route

import (
	"math/bits"
)

// cuts are the borders of segments in ascending order, the first being the
// first address of the family. Finding an address's segment is a binary search
// without unpredictable branches; tables with many borders are first divided by
// the leading bits of the address, so that a search runs over few.
type cuts struct {
	v4     []uint32
	v6     []ip
	index  []uint32 // by leading bits: how many borders lie before; nil for few borders
	shift  uint8    // how far the leading bits stand from the right
	family Family
}

// indexed is the number of borders from which on an index pays.
const indexed = 48

func makeCuts(f Family, borders []ip) cuts {
	c := cuts{family: f}
	if f == IPv4 {
		c.v4 = make([]uint32, len(borders))
		for i, b := range borders {
			c.v4[i] = uint32(b.lo)
		}
		c.shift = 32
	} else {
		c.v6 = borders
		c.shift = 64
	}
	if len(borders) < indexed {
		return c
	}
	// As many slots as borders, or twice as many: a slot then holds few.
	n := min(bits.Len(uint(len(borders))), 16)
	c.shift -= uint8(n)
	c.index = make([]uint32, 1<<n+1)
	for _, b := range borders {
		c.index[c.slot(b)+1]++
	}
	for i := range 1 << n {
		c.index[i+1] += c.index[i]
	}
	return c
}

func (c *cuts) slot(a ip) uint64 {
	if c.family == IPv4 {
		return a.lo >> c.shift
	}
	return a.hi >> c.shift
}

func (c *cuts) start(i int) ip {
	if c.family == IPv4 {
		return ip{lo: uint64(c.v4[i])}
	}
	return c.v6[i]
}

// find returns the last border that is not after a.
func (c *cuts) find(a ip) int {
	lo, n := 0, len(c.v4)+len(c.v6)
	if c.index != nil {
		s := c.slot(a)
		// The segment before the slot's first border may reach into the slot.
		from, to := int(c.index[s]), int(c.index[s+1])
		lo, n = max(from, 1)-1, to-max(from, 1)+1
	}
	if c.family == IPv4 {
		v, x := c.v4, uint32(a.lo)
		for n > 1 {
			half := n / 2
			if v[lo+half] <= x {
				lo += half
			}
			n -= half
		}
		return lo
	}
	for n > 1 {
		half := n / 2
		if !a.less(c.v6[lo+half]) {
			lo += half
		}
		n -= half
	}
	return lo
}
