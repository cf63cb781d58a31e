package naming

// Bounds are up to eight places in a name, a byte each: a name has at most 253
// characters. As one word they travel in a register, and compare with ==.
type bounds uint64

// The places in the bounds of a Name: where the endpoint label starts and its
// id ends, and where service, Region and domain start.
const (
	atEP = 8 * iota
	atID
	atService
	atRegion
	atDomain
	// In those of a Host, also where prefix, service and Region end.
	atPrefixEnd
	atServiceEnd
	atRegionEnd
)

func (b bounds) at(place uint) int { return int(uint8(b >> place)) }

func (b bounds) with(place uint, i int) bounds {
	return b&^(0xff<<place) | bounds(uint8(i))<<place
}

// moved adds by to the places from that one on, up to the domain.
func (b bounds) moved(first uint, by int) bounds {
	for place := first; place <= atDomain; place += 8 {
		b = b.with(place, b.at(place)+by)
	}
	return b
}
