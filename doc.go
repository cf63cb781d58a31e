// Package privatelink is the map of this module; it holds no code.
//
// One question drives the module: from this subnet, which way does traffic to this host name go, and why? Tools that
// follow paths take an address and know no DNS, tools for DNS know no routes. The packages here join the two, offline,
// from the JSON that the AWS CLI prints, and every answer carries its proof: the zone that answered, the route that
// won and those that lost, the number of the rule that decided, and how well that rule is founded.
//
// # The packages
//
// Cores. They are pure: no sockets, no files, no clock, no environment, no goroutines. What they return is immutable
// and safe for concurrent use.
//
//   - [github.com/privatelink-go/privatelink/naming]: names as text. Builds and parses the names of interface
//     endpoints, reads service names, tells what kind of AWS host a name is.
//   - [github.com/privatelink-go/privatelink/endpoint]: an endpoint and where it stands: its DNS entries, VPC, subnets
//     and network interfaces, in AWS's words.
//   - [github.com/privatelink-go/privatelink/endpoint/catalog]: the names that each AWS service answers to, with the
//     evidence for each.
//   - [github.com/privatelink-go/privatelink/zone]: what a name resolves to, seen from a VPC, a subnet, an inbound
//     Resolver endpoint or the internet; hidden private hosted zones included.
//   - [github.com/privatelink-go/privatelink/route]: which way an address is reached, seen from a subnet or a network
//     interface.
//   - [github.com/privatelink-go/privatelink/route/trace]: the join. An Inventory is a network as plain data, a World
//     is its immutable snapshot, a Trace is one answer with its proof.
//
// Around them:
//
//   - [github.com/privatelink-go/privatelink/route/describe]: the AWS CLI's JSON to an Inventory and back.
//   - [github.com/privatelink-go/privatelink/route/terraform]: the JSON of a Terraform state or plan to an Inventory;
//     what is known only after apply is listed, never guessed.
//   - [github.com/privatelink-go/privatelink/route/audit]: many questions at once: a matrix of subnets and hosts, what
//     changes between two networks, what is wrong in one, and a page for every code.
//   - [github.com/privatelink-go/privatelink/route/report]: answers in other forms: the command's JSON, Markdown, CSV,
//     HTML, SARIF, diagrams.
//   - [github.com/privatelink-go/privatelink/route/tracetest]: for users' tests: a guard that fails what would leave
//     the VPC, and ready worlds.
//   - [github.com/privatelink-go/privatelink/route/tracegen]: for users' property tests: generators of names, networks
//     and questions.
//   - [github.com/privatelink-go/privatelink/resolver]: a view of a zone behind [net.Resolver], in memory.
//   - [github.com/privatelink-go/privatelink/resolver/server]: the same view as a DNS server, on a connection that the
//     caller opens.
//
// The command that does all this without a line of Go is examples/whichway:
//
//	go run ./examples/whichway
//
// # The way of the data
//
//	JSON, or code ──> trace.Inventory ──> trace.New ──> World ──> From(subnet) ──> To(host, port) ──> Trace
//	                                                      │
//	                                                      ├── zone.Zones     which zone answers, which records
//	                                                      ├── route.Network  which table, row, gateway, end
//	                                                      └── catalog        which names a service answers to
//
// For the host monitoring.us-east-2.amazonaws.com and a private subnet of a VPC with the endpoint
// vpce-099deb00b40f00e22, private DNS on: the endpoint's hidden private hosted zone answers with the addresses of its
// network interfaces, the route `local` is longer than the one to the NAT gateway, and the way ends at the endpoint
// without passing a gateway. Without the endpoint the name is left to public DNS, no address is known, and every
// public address takes the same way: the NAT gateway, then the internet gateway.
//
// # How far to trust an answer
//
// Each answer has an evidence, the weakest of what it rests on: given, documented, modelled, or it is unspecified or
// unknown, and says so. What cannot be verified offline is listed in LIMITS.md. Real times to live, endpoint
// policies and the public addresses of AWS services are among it.
package privatelink
