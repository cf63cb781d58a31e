// Package resolver answers DNS as a VPC would: to Go's own resolver through its
// Dial hook, to Go code by methods with net.Resolver's signatures, and to
// anything else as bytes.
package resolver
