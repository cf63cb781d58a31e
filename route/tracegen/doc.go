// Package tracegen generates what property-based tests need to attack a
// program that has to do with VPC endpoints: names ([Name], [NearMiss],
// [HostText]), endpoints ([Endpoint]), hosted zones ([HostedZone]), whole
// networks as plain data ([Inventory]) and built ([World]), and questions about
// them that mean something there ([Vantage], [HostFor], [Flow]). [Machine] lets
// things happen to a network one by one, and [Shuffle] turns its lists round.
//
// All are generators of pgregory.net/rapid. Names are like AWS's own,
// vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com, the
// CloudWatch endpoint in us-east-2 of the page "Access AWS services through AWS
// PrivateLink"; the ids in networks are short, so that what a counterexample
// shrinks to can be read:
//
//	rapid.Check(t, func(t *rapid.T) {
//		w := tracegen.World(tracegen.Knobs{Without: tracegen.InternetGateways}).Draw(t, "world")
//		v := tracegen.Vantage(w).Draw(t, "from")
//		host := tracegen.HostFor(w).Draw(t, "host")
//		if tr := v.To(host, 443); tr.Verdict == route.Public {
//			t.Errorf("%s", tr)
//		}
//	})
//
// Without the knob the property does not hold. What rapid finds shrinks to one
// VPC with one subnet and the gateways it takes:
//
//	9.255.255.255:443 from subnet-1 (private-1), us-east-2a, of vpc-1 (net-1)
//	  1 route   to 9.255.255.255: rtb-3 (private): 0.0.0.0/0 nat-1 (R9)
//	  2 route   at nat-1, rtb-2 (regional NAT): 0.0.0.0/0 igw-1 (R9)
//	  3 ends    the internet, by igw-1
//	    verdict PUBLIC: nat-gateway (evidence: given)
//	    codes   FILTERS_NOT_EVALUATED
//
// Drawn by [Inventory] instead, the network is plain data: describe.Write
// prints it as the AWS CLI would, and `whichway why -world DIR` gives the same
// proof.
//
// Together, generated networks give every class, and every code that a path can
// carry; a test counts them.
//
// Not generated: what AWS's API could not have printed, such as a CIDR that is
// none; public answers; time. The package registers rapid's flags in every
// binary that imports it: import it from tests only, and see route/tracetest
// for worlds without it.
//
// Generators are safe for concurrent use, as rapid's are; a Machine is not.
package tracegen
