package route

// ParseRoutes reads routes such as "10.0.0.0/16 local".
func ParseRoutes(s ...string) ([]Route, error) { return nil, nil }

// MustParseRoutes is [ParseRoutes] for tests and tables in code: it panics on
// an error.
func MustParseRoutes(s ...string) []Route {
	rs, err := ParseRoutes(s...)
	if err != nil {
		panic(err)
	}
	return rs
}
