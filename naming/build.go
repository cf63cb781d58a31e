package naming

import "strings"

// New builds a name from its parts, which are checked as [Parse] checks them;
// upper case is folded. An empty Domain is filled in: the vpce suffix of the
// Region's partition. The [ParseError] of a part that breaks a rule, or that
// reaches into its neighbour (a Service "a.us-east-2", a Zone "" after a
// Suffix "lj2wisx3-us-east-2a"), has the whole text as its In.
func New(p Parts) (Name, error) {
	if p.Domain == "" {
		if q, ok := PartitionOf(lowerOf(p.Region)); ok {
			p.Domain = q.VPCESuffix
		} else {
			return Name{}, &ParseError{In: string(p.AppendTo(nil)), Label: p.Region, Err: ErrRegion}
		}
	}
	var buf [maxName + 1]byte
	text := string(p.AppendTo(buf[:0]))
	n, err := Parse(text)
	if err != nil {
		return Name{}, err
	}
	// The text may be a name, yet not the name of these parts.
	switch got := n.Parts(); {
	case !sameFold(got.EndpointID, p.EndpointID):
		err = ErrEndpointID
	case !sameFold(got.Suffix, p.Suffix):
		err = ErrSuffix
	case !sameFold(got.Zone, p.Zone):
		err = ErrZone
	case !sameFold(got.Service, p.Service):
		err = ErrNoService
	case !sameFold(got.Region, p.Region):
		err = ErrRegion
	case !sameFold(got.Domain, p.Domain):
		err = ErrNoVPCESuffix
	case !sameFold(got.Prefix, p.Prefix):
		err = ErrPrefix
	default:
		return n, nil
	}
	return Name{}, &ParseError{In: text, Err: err}
}

// AppendTo appends the text that the parts make, unchecked and with nothing
// filled in, to b: what to use where the parts come from AWS itself and no
// check is wanted. Use [New] for parts of any other origin.
func (p Parts) AppendTo(b []byte) []byte {
	if p.Prefix != "" {
		b = append(b, p.Prefix...)
		b = append(b, '.')
	}
	b = append(b, p.EndpointID...)
	b = append(b, '-')
	b = append(b, p.Suffix...)
	if p.Zone != "" {
		b = append(b, '-')
		b = append(b, p.Zone...)
	}
	b = append(b, '.')
	b = append(b, p.Service...)
	b = append(b, '.')
	b = append(b, p.Region...)
	b = append(b, '.')
	return append(b, p.Domain...)
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
// has room. On the errors of Zonal it returns b as it was.
func (n Name) AppendZonal(b []byte, az string) ([]byte, error) {
	if err := n.checkZone(az); err != nil {
		return b, err
	}
	b = append(b, n.s[:n.tagEnd()]...)
	b = append(b, '-')
	b = append(b, az...)
	return append(b, n.s[n.svc-1:]...), nil
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
	l := n.tagEnd() - int(n.ep) + zone
	return l <= maxLabel && n.tagEnd()+zone+len(n.s)-int(n.svc)+1 <= maxName
}

// withZone replaces the zone of a valid name.
func (n Name) withZone(az string) Name {
	if az != "" {
		az = "-" + az
	}
	old := int(n.svc) - 1 - n.tagEnd()
	d := uint8(len(az) - old) // wraps as the offsets do
	n.s = n.s[:n.tagEnd()] + az + n.s[n.svc-1:]
	n.svc += d
	n.reg += d
	n.dom += d
	return n
}

// WithPrefix returns n with another prefix, or without one if p is "". The
// prefixes are those of [Parts]; the error is a [ParseError], of [ErrPrefix] if
// p is no prefix of an endpoint name of that service.
func (n Name) WithPrefix(p string) (Name, error) {
	if n.s == "" {
		return Name{}, &ParseError{In: p, Err: ErrEmpty}
	}
	bare := n.s[n.ep:]
	if p == "" {
		return n.shift(bare, -int(n.ep)), nil
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
	return n.shift(text+"."+bare, len(text)+1-int(n.ep)), nil
}

// shift gives n another text in which every part stands by places further right.
func (n Name) shift(text string, by int) Name {
	d := uint8(by) // wraps as the offsets do
	return Name{s: text, ep: n.ep + d, id: n.id + d, svc: n.svc + d, reg: n.reg + d, dom: n.dom + d}
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
