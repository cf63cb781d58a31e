package naming

import "strings"

// New builds a name from its parts, which are checked as [Parse] checks them;
// upper case is folded. An empty Domain is filled in: the vpce suffix of the
// Region's partition. The error is a [ParseError] whose In is the text that the
// parts make. A part that may not be empty and is gives the reason of that part,
// without a Label: [ErrRegion], [ErrEndpointID], [ErrSuffix] or [ErrNoService],
// the first of these. A part that reaches into its neighbour, such as a Suffix
// "lj2wisx3-us-east-2a" without a Zone or a Service "logs.us-east-2" before
// another Region, is rejected too, even where the text is a name: its Label is
// the part.
func New(p Parts) (Name, error) {
	if p.Domain == "" {
		q, ok := PartitionOf(lowerOf(p.Region))
		if !ok {
			return Name{}, &ParseError{In: string(p.AppendTo(nil)), Label: p.Region, Err: ErrRegion}
		}
		p.Domain = q.VPCESuffix
	}
	var buf [maxName + 1]byte
	text := string(p.AppendTo(buf[:0]))
	n, err := Parse(text)
	if err != nil {
		if why := p.missing(); why != nil { // Parse sees a hyphen or an empty label, and not which part is missing
			err = &ParseError{In: text, Err: why}
		}
		return Name{}, err
	}
	got := n.Parts()
	for _, c := range [...]struct {
		got, want string
		err       error
	}{
		{got.EndpointID, p.EndpointID, ErrEndpointID},
		{got.Suffix, p.Suffix, ErrSuffix},
		{got.Zone, p.Zone, ErrZone},
		{got.Prefix, p.Prefix, ErrPrefix},
		{got.Service, p.Service, ErrNoService},
		{got.Region, p.Region, ErrRegion},
		{got.Domain, p.Domain, ErrNoVPCESuffix},
	} {
		if !sameFold(c.got, c.want) {
			return Name{}, &ParseError{In: text, Label: c.want, Err: c.err}
		}
	}
	return n, nil
}

// missing returns the reason for the first part, as Parse reads them, that is
// empty and may not be; nil if none is.
func (p Parts) missing() error {
	switch "" {
	case p.Region:
		return ErrRegion
	case p.EndpointID:
		return ErrEndpointID
	case p.Suffix:
		return ErrSuffix
	case p.Service:
		return ErrNoService
	}
	return nil
}

// AppendTo appends the text that the parts make, unchecked and with nothing
// filled in, to b: what to use where the parts come from AWS itself and no
// check is wanted. Use [New] for parts of any other origin.
func (p Parts) AppendTo(b []byte) []byte {
	n := len(b)
	b = grow(b, len(p.Prefix)+len(p.EndpointID)+len(p.Suffix)+len(p.Zone)+len(p.Service)+len(p.Region)+len(p.Domain)+len("..-..-."))
	if p.Prefix != "" {
		n += copy(b[n:], p.Prefix)
		b[n] = '.'
		n++
	}
	n += put16(b[n:], p.EndpointID)
	b[n] = '-'
	n += 1 + put8(b[n+1:], p.Suffix)
	if p.Zone != "" {
		b[n] = '-'
		n += 1 + put8(b[n+1:], p.Zone)
	}
	b[n] = '.'
	n += 1 + copy(b[n+1:], p.Service)
	b[n] = '.'
	n += 1 + put8(b[n+1:], p.Region)
	b[n] = '.'
	n += 1 + put16(b[n+1:], p.Domain)
	return b[:n]
}

// Regional returns the Regional name of the endpoint that n names, with the
// prefix of n; the zero Name for the zero Name.
func (n Name) Regional() Name {
	if !n.IsZonal() {
		return n
	}
	return n.withZone("")
}

// Zonal returns the name of the same endpoint in the zone az, with the prefix
// of n. az is the name of a zone of the name's Region, in lower case: the
// error is a [ParseError] of [ErrZoneID] for the id of a zone and [ErrZone]
// otherwise, whose Label is az. The zero Name has no zone.
func (n Name) Zonal(az string) (Name, error) {
	if err := n.checkZone(az); err != nil {
		return Name{}, err
	}
	return n.withZone(az), nil
}

// AppendZonal appends the text of n.Zonal(az) to b. It does not allocate if b
// has room, and is fastest if b has room for 128 more bytes. On the errors of
// Zonal it returns b as it was.
func (n Name) AppendZonal(b []byte, az string) ([]byte, error) {
	const (
		tag  = longID + len("-") + suffixLen // the end of the suffix in a name without prefix
		room = 128                           // more than the text below, so that few of its bounds need a check
	)
	s, letter := n.s, len(az)-1
	svc, reg, dom := n.at(atService)-1, n.at(atRegion), n.at(atDomain)-1
	tail := len(s) - svc
	// The usual name, and an Availability Zone of its Region.
	if n.at(atID) == longID && len(s) >= tag && tail >= 32 && tail <= 64 && cap(b)-len(b) >= room &&
		letter >= 8 && letter < 16 && letter == dom-reg && isLetter(az[letter]) {
		first, last := load(az, 0), load(az, letter-8)
		if first == load(s, reg) && last == load(s, dom-8) {
			c := b[len(b):][:room]
			move16(c, s[:tag])
			c[tag] = '-'
			c = c[tag+1:]
			store(c, 0, first)
			store(c, letter-8, last)
			c[letter] = az[letter]
			move32(c[letter+1:], s[svc:])
			return b[:len(b)+tag+1+len(az)+tail], nil
		}
	}
	return n.appendZonal(b, az)
}

// appendZonal is AppendZonal for every name, zone and buffer.
func (n Name) appendZonal(b []byte, az string) ([]byte, error) {
	if err := n.checkZone(az); err != nil {
		return b, err
	}
	b = append(b, n.s[:n.tagEnd()]...)
	b = append(b, '-')
	b = append(b, az...)
	return append(b, n.s[n.at(atService)-1:]...), nil
}

func (n Name) checkZone(az string) error {
	switch {
	case n.s != "" && isZoneIn(az, n.Region()) && n.fits(len("-")+len(az)):
		return nil
	case IsZoneID(az):
		return &ParseError{In: n.s, Label: az, Err: ErrZoneID}
	default:
		return &ParseError{In: n.s, Label: az, Err: ErrZone}
	}
}

// fits reports whether the label and the name stay within their lengths with
// that zone; only a Region as long as a label could make them too long.
func (n Name) fits(zone int) bool {
	return n.tagEnd()-n.at(atEP)+zone <= maxLabel && n.tagEnd()+zone+len(n.s)-n.at(atService)+1 <= maxName
}

// withZone replaces the zone of a valid name.
func (n Name) withZone(az string) Name {
	if az != "" {
		az = "-" + az
	}
	old := n.at(atService) - 1 - n.tagEnd()
	return Name{n.s[:n.tagEnd()] + az + n.s[n.at(atService)-1:], n.moved(atService, len(az)-old)}
}

// WithPrefix returns n with another prefix, or without one if p is "". The
// prefixes are those of [Parts]; the error is a [ParseError], of [ErrPrefix] if
// p is no prefix of an endpoint name of that service.
func (n Name) WithPrefix(p string) (Name, error) {
	if n.s == "" {
		return Name{}, &ParseError{In: p, Err: ErrEmpty}
	}
	bare := n.s[n.at(atEP):]
	if p == "" {
		return Name{bare, n.moved(atEP, -n.at(atEP))}, nil
	}
	text, f := fold(p)
	if f.why == nil && (strings.HasSuffix(p, ".") || !isPrefix(text, n.Service())) {
		f = fault{ErrPrefix, p}
	}
	if f.why == nil && len(text)+len(".")+len(bare) > maxName {
		f = fault{why: ErrTooLong}
	}
	if f.why != nil {
		return Name{}, f.in(p + "." + bare)
	}
	return Name{text + "." + bare, n.moved(atEP, len(text)+1-n.at(atEP))}, nil
}

func lowerOf(s string) string {
	if len(s) > maxName {
		return s
	}
	return lower(s)
}

// sameFold reports whether the canonical text a is b but for the case of b's
// ASCII letters.
func sameFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		c := b[i]
		if class[c] == upper {
			c += 'a' - 'A'
		}
		if a[i] != c {
			return false
		}
	}
	return true
}
