// Package route decides which way an address is reached from a place in a VPC,
// and proves it.
//
// A [Network] is made of what the AWS CLI's describe calls print, as plain data
// in a [Config]. It answers a [Flow], from a subnet, an address of a network
// interface or an entry from outside, to an address or to a host that only
// public DNS answers, with a [Path]: hop by hop the route table consulted, the
// row that won, the rows it beat and why, and how it ends, as a [Class], a
// [Verdict] and codes. No name is looked up and no packet is sent.
//
// The worked example: the endpoint vpce-099deb00b40f00e22 for CloudWatch in
// us-east-2 has a network interface in each of three subnets of the VPC
// 10.0.0.0/16. From the private subnet, whose table leads 0.0.0.0/0 to a NAT
// gateway, the interface 10.0.1.10 is reached by "10.0.0.0/16 local", which is
// the longer prefix (R9a); so the class is endpoint and the verdict private.
// An address of the service itself goes by the NAT gateway, and from there, by
// the table of the NAT gateway's own subnet, to the internet gateway: public.
// See the examples of [Network.Path].
//
// The order of decision is that of the specification's numbered rules, to which
// comments, tests and [Hop].Rule refer:
//
//  1. which table decides: associated, or the main one of the VPC (R1 to R4);
//  2. which row of it: reserved addresses and the subnet's own CIDR first, then
//     the longest prefix over CIDRs and over every entry of every prefix list,
//     then static over prefix list over propagated (R5 to R17);
//  3. what its target does, and whose table decides next (C1 to C10, R18 to
//     R38): internet, egress-only and NAT gateways, gateway and Gateway Load
//     Balancer endpoints, appliances, peering, and transit gateways through
//     their own tables and back;
//  4. what filters say: security groups and network ACLs, in both directions
//     (F1 to F5).
//
// What AWS leaves unspecified is answered with unspecified, what the input
// lacks with unknown; neither is guessed. [Path].Evidence says how well an
// answer is founded.
//
// Not modelled: endpoint policies, which are named (POLICY_NOT_EVALUATED);
// whether an appliance or an inspection lets traffic pass, which is assumed;
// what lies beyond virtual private gateways, local gateways, carrier gateways
// and core networks, where the path stops; the appliance mode of transit
// gateways; the health of targets; VPC Encryption Controls. The rank of
// propagated routes among themselves is invisible in the input.
//
// The package is pure: no sockets, files, clocks or goroutines. A Network is
// immutable and safe for concurrent use.
package route
