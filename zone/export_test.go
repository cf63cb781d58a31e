package zone

// Fold is canonical without its way for escapes, and Canonical the slow twin,
// which takes them too.
func Fold(s string) (string, bool) {
	k := key{text: cutDot(s)}
	return k.lower(), s != "" && isPlain(k.text)
}

// Canonical is canonicalOr.
func Canonical(s string) (text string, ok bool) {
	text, why := canonicalOr(s)
	return text, why == ""
}
