// Package server puts a [resolver.Resolver] on sockets: a DNS server over UDP and
// TCP that answers as the resolver of a VPC would, for programs that cannot be
// given a *net.Resolver, and for dig.
//
// A container whose resolver is this server, started with the view of a VPC that
// has the CloudWatch endpoint vpce-099deb00b40f00e22, is told the endpoint's
// addresses for monitoring.us-east-2.amazonaws.com:
//
//	pc, err := net.ListenPacket("udp", "127.0.0.1:5353")
//	l, err := net.Listen("tcp", "127.0.0.1:5353")
//	err = (&server.Server{Resolver: resolver.New(view)}).Serve(ctx, pc, l)
//
//	$ dig @127.0.0.1 -p 5353 +short monitoring.us-east-2.amazonaws.com
//
// It answers from the view and asks nobody: where [resolver.Resolver.Outside] is
// Forward, it refuses. It serves loopback and test networks. It is not a server for
// the internet: there is no rate limiting, no access list, no TLS.
package server
