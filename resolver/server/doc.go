// Package server answers DNS over UDP and TCP from a resolver.Resolver.
package server
