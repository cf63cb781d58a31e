// Package naming reads and writes the names of AWS PrivateLink as text.
package naming
