package zone

// Fold is fold, and Canonical its slow twin: for tests.
func Fold(s string) (string, bool) {
	var buf [foldSize]byte
	n, ok := fold(&buf, s)
	return string(buf[:n]), ok
}

// Canonical is canonical.
func Canonical(s string) (string, error) { return canonical(s) }
