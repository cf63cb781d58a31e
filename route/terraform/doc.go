// Package terraform reads a network from `terraform show -json`: a state, or a
// plan, into [trace.Inventory].
//
//	terraform show -json            > state.json      # the state
//	terraform plan -out=tfplan
//	terraform show -json tfplan     > plan.json       # what it will become
//
//	d, err := terraform.Read(file)
//	before, err := trace.New(d.Prior)
//	after, err := trace.New(d.Planned)
//
// With both, the question of a review is answered before apply: which hosts go
// another way once private DNS of vpce-099deb00b40f00e22 in us-east-2 is turned
// on?
//
//	monitoring.us-east-2.amazonaws.com from subnet-… (private)
//	  before  nat-gateway  public
//	  after   endpoint     private
//
// # What is read
//
// Resources of the provider hashicorp/aws, wherever they stand in the tree of
// modules:
//
//	VPCs            aws_vpc, aws_default_vpc, aws_vpc_ipv4_cidr_block_association,
//	                aws_vpc_ipv6_cidr_block_association, aws_subnet, aws_default_subnet
//	routes          aws_route_table, aws_default_route_table, aws_route, aws_route_table_association,
//	                aws_main_route_table_association
//	gateways        aws_internet_gateway, aws_internet_gateway_attachment, aws_nat_gateway,
//	                aws_egress_only_internet_gateway, aws_vpc_peering_connection and its accepter
//	interfaces      aws_network_interface, aws_eip, aws_eip_association
//	endpoints       aws_vpc_endpoint, aws_vpc_endpoint_subnet_association, …_route_table_association,
//	                …_security_group_association, …_private_dns
//	filters         aws_security_group, aws_default_security_group, aws_security_group_rule,
//	                aws_vpc_security_group_ingress_rule, …_egress_rule, aws_network_acl,
//	                aws_default_network_acl, aws_network_acl_rule, aws_network_acl_association,
//	                aws_ec2_managed_prefix_list, aws_ec2_managed_prefix_list_entry
//	transit         aws_ec2_transit_gateway, …_vpc_attachment, …_route_table, …_route,
//	                …_route_table_association, …_route_table_propagation
//	DNS             aws_route53_zone, aws_route53_zone_association, aws_route53_record,
//	                aws_route53_resolver_rule, …_resolver_rule_association, …_resolver_endpoint,
//	                aws_route53profiles_profile, …_association, …_resource_association
//	data sources    aws_vpc, aws_subnet, aws_route_table, aws_network_interface, aws_vpc_endpoint,
//	                aws_prefix_list, aws_ec2_managed_prefix_list, aws_route53_zone, aws_vpc_endpoint_service
//
// Everything else is left out, unknown attributes included.
//
// What AWS shows and Terraform does not is put back: local routes, routes to
// gateway endpoints, the main table of a new VPC. What stands in two resources,
// such as a computed list of routes and an aws_route, is joined, and what a
// plan removes from one of them is removed from the other.
//
// # Unknown values
//
// A plan does not know the ids of what it makes. Such an object has a stand-in
// id in Planned, the same in every run: the prefix of AWS's ids, which says
// what it is, then "tf." and the Terraform address.
//
//	vpc-tf.aws_vpc.main
//	subnet-tf.module.network.aws_subnet.private["us-east-2b"]
//	rtb-tf.aws_vpc.main.default_route_table_id
//
// References to these ids are hidden in a plan's values, and found by the
// references of its configuration; see the numbered lists of the unexported
// functions read and ref, in short: direct references, with count.index and
// each.key taken for the instance of the same key, through variables and
// outputs of modules, and, where a local value hides them, the only object of
// the kind that the plan makes. An expression such as aws_subnet.x[count.index+1]
// cannot be told from one without the sum: the format prints references, not
// expressions.
//
// All other unknown values, and references that are not found, are left out so
// that the answer is unknown where it depends on them. A new interface endpoint
// has no network interfaces, so what its names resolve to is unknown, and never
// a smaller set of addresses. [Document.Unknown] lists them all.
//
// # Not modelled
//
// The document is taken to be complete for what it manages: routes, rules and
// records that someone added by hand to a table, a group or a zone of it, or
// that another state holds, are seen as far as the provider reads them back
// into computed attributes, and not otherwise. Blocks that a dynamic block makes
// of a collection known only after apply are not seen in new resources. What a
// Route 53 Profile is given by a reference that cannot be followed is listed,
// and missing from the network. Several states make one network
// by joining the lists of their Inventories. Instances and load balancers, VPN
// and Direct Connect, VPC Block Public Access, secondary CIDRs by IPAM pools
// whose size is not known. The network ACL and the security group that AWS
// gives a VPC by default, unless Terraform has adopted them.
//
// Sources: Terraform, "JSON Output Format"; the provider's documentation of the
// resources. The package is pure but for the io.Reader, and its functions are
// safe for concurrent use.
package terraform
