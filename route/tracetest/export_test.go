package tracetest

// IsStandard asks the standard library with sources in src, "" for a -trimpath
// build of a program of these modules, whether it has a function.
func IsStandard(src string, modules []string, function, file string) bool {
	return library{src, modules}.has(function, file)
}
