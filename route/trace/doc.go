// Package trace joins the two halves of a network, its DNS and its routing, and
// answers the question this module exists for: from this subnet, which way does
// traffic to this host go, and why?
//
// An [Inventory] is a network as plain data; [New] makes an immutable [World] of
// it. A [Vantage] is a point of view in a World, and Vantage.To gives a [Trace]:
// class, verdict, codes, the lookups and the hops that prove them, and hints.
// The VPC of the AWS page "Access AWS services through AWS PrivateLink", with
// its CloudWatch endpoint in us-east-2, gives from its private subnet
//
//	monitoring.us-east-2.amazonaws.com:443
//	  1 dns     A: hidden private hosted zone Z06320943MMOWYG6MAVL9 answers 10.0.1.10 10.0.2.10 10.0.3.10
//	  2 route   10.0.0.0/16 local beats 0.0.0.0/0 nat-… (longest prefix, R9a)
//	  3 ends    eni-… of vpce-099deb00b40f00e22: the endpoint; no gateway is passed
//
// and, from the same Inventory without the endpoint, the way through the NAT
// gateway and the internet gateway.
//
// Not modelled: what depends on time (propagation, caches), endpoint policies
// and IAM, what a service answers once it is reached, hosts files and search
// lists of a machine. What the input does not tell is unknown, and what AWS
// publishes no rule for is unspecified; neither is guessed.
//
// The package is pure: no sockets, files, clocks or global state. Worlds and
// Vantages are safe for concurrent use.
package trace
