// Package audit asks many questions of a network at once: a matrix of vantages
// and hosts, what changes between two networks, and what is wrong in one.
//
// [NewMatrix] asks from every vantage for every host. Hosts come from the
// command line or from a [Profile], the hosts that a kind of workload needs:
//
//	vantages, err := audit.Vantages(world, "all")
//	profiles, err := audit.LoadProfiles([]string{"eks-node"}, os.ReadFile)
//	hosts, err := audit.Hosts(profiles, "monitoring.us-east-2.amazonaws.com")
//	m, err := audit.NewMatrix(ctx, vantages, hosts, nil)
//	for cell := range m.Unmet(route.Private) {
//		fmt.Println(cell.Trace())
//	}
//
// In the VPC of the AWS page, whose CloudWatch endpoint
// vpce-099deb00b40f00e22 stands in us-east-2, the host of the page is PRIVATE
// from every subnet; and what the endpoint does not answer is PUBLIC from the
// subnets with a way to the internet and FAILED from the isolated one.
//
// [Diff] compares two networks: which host goes another way, and why. It also
// watches what nobody thought of: the names of every zone that appears or
// vanishes, and what its wildcards catch. [SetPrivateDNS] and [DropRoute] are
// the usual edits of a what-if.
//
// [Lint] returns what the input's own findings, the routing and the DNS say is
// a mistake, as [Issue] values with stable codes; [Rules] is its table.
// [Explain] has one page for every code that anything in this module prints.
//
// Not modelled here, as nowhere in this module: prices, whether a service is
// healthy, and what an endpoint policy allows.
package audit
