package zone

// Fold is fold, and Canonical its slow twin, which takes escapes too.
func Fold(s string) (string, bool) {
	var buf [foldSize]byte
	n, ok := fold(&buf, s)
	return string(buf[:n]), ok
}

// Canonical is canonicalOr.
func Canonical(s string) (text string, ok bool) {
	text, why := canonicalOr(s)
	return text, why == ""
}
