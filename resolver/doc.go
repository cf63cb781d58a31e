// Package resolver answers DNS as the resolver of a VPC would: Go's own resolver
// through its Dial hook, Go code by methods with net.Resolver's signatures, and
// anything else bytes to bytes. Package server puts the last on a socket.
//
// A program that runs in a VPC with an interface endpoint for CloudWatch,
// vpce-099deb00b40f00e22 in us-east-2, gets the endpoint's addresses for
// monitoring.us-east-2.amazonaws.com. With a view of that VPC, a test of the
// program gets them anywhere:
//
//	zones, err := zone.New(config) // the VPC and its endpoint, as the AWS CLI lists them
//	view, ok := zones.View(zone.VPC("vpc-0f1e2d3c4b5a69788"))
//	r := resolver.New(view)
//	addrs, err := r.LookupNetIP(ctx, "ip", "monitoring.us-east-2.amazonaws.com") // 10.0.1.10 10.0.2.10 10.0.3.10
//
// The ways to ask it, from the purest to the most compatible:
//
//   - The typed methods, [Resolver.LookupNetIP] and the others, ask the view and
//     nothing else. Their errors keep NXDOMAIN, NODATA and "outside the model"
//     apart.
//   - [Dialer] dials host names by the view: it fits http.Transport.DialContext.
//   - [Resolver.Net] is a *net.Resolver for code that wants one.
//   - [Resolver.AppendResponse] turns a query into a response.
//
// A name that the view leaves to others is refused, denied or forwarded:
// [Resolver.Outside]. [Resolver.Observe] sees every question, its answer with the
// deciding rule, and the policy.
//
// # What the hook cannot hide
//
// A *net.Resolver is never hermetic. Whatever Dial says:
//
//   - PreferGo must be set. Without it, macOS, iOS, Windows and Android prefer the
//     system's resolver, as other systems do with cgo in some configurations, and
//     the hook is not called. [Resolver.Verify] tells.
//   - Lookups of hosts and of addresses read the hosts file first, or after a
//     failure, as nsswitch.conf says; with "hosts: files" the hook is not called
//     at all. A final dot or another letter case does not get around it. Addresses
//     from it come in the 4-in-6 form.
//   - resolv.conf counts: its search list is applied to names without a final dot
//     (with "ndots:5", as in Kubernetes, a name is asked for six times before it
//     fails), its attempts and timeouts hold, its servers are the addresses Dial is
//     asked for and the Server in errors.
//   - Concurrent lookups of one host by one *net.Resolver are one lookup, whatever
//     their contexts carry. So a context never selects the VPC: a second place needs
//     a second Resolver and a second *net.Resolver.
//   - Two or more addresses are sorted by RFC 6724, for which Go connects a real
//     UDP socket to each of them, by the host's own routes, and sends nothing.
//     Compare sets.
//   - "no such host" is said of NXDOMAIN and of NODATA alike. REFUSED and SERVFAIL
//     are "server misbehaving", and asked again.
//   - LookupCNAME takes the first of three answers to arrive; MX and SRV records are
//     shuffled.
//   - Names that are no host names, such as *.example.com, are not asked for.
//
// The typed methods have none of that, unless they forward: what they ask
// [Resolver.Forward] for, without the search list, is a *net.Resolver's to answer.
//
// # Flags, sizes, errors
//
// Responses look like those of the Amazon-provided resolver: RA set, AA, AD and CD
// clear, no authority section in a positive one. Datagrams end at 1,232 octets,
// where AWS documents 4,096 for the Amazon-provided resolver. What that resolver
// says to other opcodes and classes, to ANY, to RD=0 and to a wrong OPT record is
// not documented: here the RFCs decide, and after them what BIND, NSD and Knot
// agree on. It was never seen to refuse: REFUSED is this package's way to say that
// the model does not know. In a VPC without DNS support AWS answers nothing; the
// hook says so at once ([ErrSilent]) instead of letting the caller wait.
//
// What macOS and Windows do is known here from Go's source only.
//
// # Not modelled
//
// DNSSEC, zone transfer, dynamic update, cookies and other EDNS(0) options, and the
// limit of 1,024 packets a second for each network interface.
package resolver
