// Package tracetest lets a program under go test believe that it runs in a
// subnet: a [Guard] for its HTTP client, a [GuardDialer] for everything else
// that dials, and small worlds to stand in.
//
// A request that would leave the VPC, or not arrive, fails the test with the
// whole proof and the line that made it; any other gets the response that the
// test has for it. Nothing is ever dialled and no name is ever looked up.
//
//	func TestController(t *testing.T) {
//		w := tracetest.IsolatedVPC("us-east-2", "sts", "ec2")
//		client := &http.Client{Transport: tracetest.Guard(t, tracetest.From(t, w, "isolated-a"), fake)}
//		// … the program, with this client
//	}
//
// A program that asks iam.amazonaws.com there fails its test with
//
//	GET https://iam.amazonaws.com/ at controller.go:42 does not arrive:
//	iam.amazonaws.com:443 from subnet-isolated-a (isolated-a), us-east-2a, of vpc-isolated (isolated)
//	  1 dns     public DNS: the address is not known; every public address takes the same way (Z7)
//	  2 route   rtb-isolated (isolated): no row contains it (R9)
//	  3 ends    no-route: NO_ROUTE_TO_DESTINATION
//	    verdict FAILED: no-route (evidence: modelled)
//
// [PageVPC] is the VPC of the AWS page "Access AWS services through AWS
// PrivateLink" with its CloudWatch endpoint vpce-099deb00b40f00e22: public,
// private and isolated subnets. [HubAndSpoke] has its endpoints in the hub and
// its programs in the spoke. Worlds of the user's own come from trace.New or,
// as the AWS CLI printed them, from route/describe.
//
// Not modelled: what a service answers, redirects to other hosts before they
// are followed, proxies, time. This package does not import rapid, which would
// register its flags in the user's test binary; see route/tracegen for
// generated worlds.
package tracetest
