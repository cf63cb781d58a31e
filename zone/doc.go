// Package zone answers names as the DNS of a network with interface endpoints
// does, seen from a VPC, a subnet, an inbound Resolver endpoint, or the
// internet, and says which zone or rule answered, by which rule, and how well
// that is founded.
//
// When private DNS is on, AWS makes a private hosted zone for each private name
// of an endpoint and associates it with the endpoint's VPC. Nobody can list
// that hidden zone; here it can be looked into.
//
// The AWS page "Access AWS services through AWS PrivateLink" shows the endpoint
// vpce-099deb00b40f00e22 for Amazon CloudWatch in us-east-2, in three
// Availability Zones. Its Regional and zonal names are public records with
// private addresses; its private name is the service's default name, and it is
// answered by the hidden zone in its own VPC only:
//
//	z, err := zone.New(zone.Config{VPCs: vpcs, Subnets: subnets, NetworkInterfaces: enis, Endpoints: endpoints})
//	inside, _ := z.View(zone.VPC("vpc-00000001"))
//	inside.Lookup("monitoring.us-east-2.amazonaws.com", zone.A)   // the three private addresses, by hidden-zone Z06320943MMOWYG6MAVL9
//	outside, _ := z.View(zone.Public())
//	outside.Lookup("monitoring.us-east-2.amazonaws.com", zone.A)  // public: the address is not the input's to know
//
// Everything is computed from the [Config], plain data in AWS's shapes; no DNS
// server is asked. [New] makes an immutable snapshot, [Zones.View] a point of
// view, [View.Lookup] an [Answer]. The order in which zones, rules and the
// public DNS decide is the numbered list at [View.Lookup]. Rule numbers (Z1 to
// Z44, E1 to E8) are those of the project's specification of DNS.
//
// # What is not known
//
// An answer that the input does not determine has no response code
// ([Answer.RCode]) and says why by its evidence: unknown, where input is
// missing, or unspecified, where AWS documents nothing. Neither is guessed
// away. Where the specification settles such a question with a model, the
// evidence is modelled.
//
// # Not modelled
//
// The public DNS, but for endpoints' own names ([Config.Public] supplies it);
// what the targets of FORWARD rules answer ([Config.Forward]); delegation by NS
// records and DELEGATE rules; routing policies of record sets; private names of
// Resource and ServiceNetwork endpoints; reverse names of IPv6 addresses; the
// propagation of changes, caches, and limits of rate and size. Classes, flags
// and message sizes are package resolver's.
package zone
