package naming

import "strings"

// ZoneRegion returns the Region of an Availability Zone ("us-east-2a"), Local
// Zone ("us-west-2-lax-1a") or Wavelength Zone ("us-east-1-wl1-bos-wlz-1") by
// its name, in lower case. ok is false for anything else, the id of a zone
// (use2-az1) included: names of zones belong to an account, ids do not, and
// only the subnets of the account tell which belong together (NAM-22).
func ZoneRegion(az string) (region string, ok bool) {
	// A Region ends in digits, and a hyphen stands before them. Where a
	// Region's middle word starts with a digit too, the first end is none.
	for i := 0; i+1 < len(az); i++ {
		if az[i] != '-' || !isDigit(az[i+1]) {
			continue
		}
		end := i + 1
		for end < len(az) && isDigit(az[end]) {
			end++
		}
		if isZoneTail(az[end:]) {
			if _, p := findRegion(az[:end]); p >= 0 {
				return az[:end], true
			}
		}
	}
	return "", false
}

// IsZoneID reports whether s has the form of the id of an Availability Zone
// (use2-az1), Local Zone (usw2-lax1-az1) or Wavelength Zone
// (use1-wl1-bos-wlz1), in lower case. The id of a zone is the same in every
// account.
func IsZoneID(s string) bool {
	head, tail, ok := strings.Cut(s, "-")
	if !ok || !isWordNumber(head, 2) {
		return false
	}
	for {
		part, rest, more := strings.Cut(tail, "-")
		if !more {
			return strings.HasPrefix(part, "az") && allDigits(part[len("az"):]) ||
				strings.HasPrefix(part, "wlz") && allDigits(part[len("wlz"):])
		}
		if !allAlnum(part) {
			return false
		}
		tail = rest
	}
}

// ExcludedFromCrossRegion reports whether AWS excludes the Availability Zone
// with that id, in lower case, from cross-Region access to endpoint services
// (NAM-24, AWS PrivateLink guide). It is for whoever chooses the subnets of such
// an endpoint; no answer of this module depends on it.
func ExcludedFromCrossRegion(zoneID string) bool {
	switch zoneID {
	case "use1-az3", "usw1-az2", "apne1-az3", "apne2-az2", "apne2-az4":
		return true
	}
	return false
}

// isZoneIn reports whether zone is the name of a zone of that Region (NAM-20,
// NAM-23).
func isZoneIn(zone, region string) bool {
	return len(zone) > len(region) && zone[:len(region)] == region && isZoneTail(zone[len(region):])
}

// isZoneTail matches what follows the Region in the name of a zone.
func isZoneTail(s string) bool {
	if len(s) == 1 {
		return isLetter(s[0])
	}
	s, ok := strings.CutPrefix(s, "-")
	if !ok {
		return false
	}
	head, tail, ok := strings.Cut(s, "-")
	if !ok {
		return false
	}
	if n, ok := strings.CutPrefix(head, "wl"); ok && allDigits(n) { // -wl1-bos-wlz-1
		place, wlz, ok := strings.Cut(tail, "-")
		n, ok2 := strings.CutPrefix(wlz, "wlz-")
		return ok && ok2 && isPlace(place) && allDigits(n)
	}
	return isPlace(head) && len(tail) > 1 && isLetter(tail[len(tail)-1]) && allDigits(tail[:len(tail)-1]) // -lax-1a
}

// isPlace matches the three letters of a Local Zone's city.
func isPlace(s string) bool {
	return len(s) == 3 && isLetter(s[0]) && isLetter(s[1]) && isLetter(s[2])
}

// isWordNumber matches at least n letters and then digits.
func isWordNumber(s string, n int) bool {
	i := 0
	for i < len(s) && isLetter(s[i]) {
		i++
	}
	return i >= n && allDigits(s[i:])
}

func allDigits(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c && c <= 'z' }
