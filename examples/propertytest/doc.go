// Package propertytest shows how a tool that embeds the library tests itself on
// generated networks. The property is in its test.
package propertytest
