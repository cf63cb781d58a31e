package terraform_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/route"
)

const (
	cloudwatch = "monitoring.us-east-2.amazonaws.com"
	s3         = "my-bucket.s3.us-east-2.amazonaws.com"
)

// page is the VPC of the AWS page "Access AWS services through AWS PrivateLink":
// a public, a private and an isolated subnet, and the CloudWatch endpoint.
func page() []instance {
	return []instance{
		res("aws_vpc.main", `{"id": "vpc-0a", "cidr_block": "10.0.0.0/16", "enable_dns_support": true, "enable_dns_hostnames": true,
			"ipv6_cidr_block": "", "main_route_table_id": "rtb-0main", "default_route_table_id": "rtb-0main",
			"owner_id": "111122223333", "tags": null, "tags_all": {"Name": "main", "team": "net"}}`),
		res("aws_subnet.public", `{"id": "subnet-0a", "vpc_id": "vpc-0a", "cidr_block": "10.0.1.0/24", "ipv6_cidr_block": "",
			"availability_zone": "us-east-2a", "availability_zone_id": "use2-az1", "tags": {"Name": "public"}}`),
		res("aws_subnet.private", `{"id": "subnet-0b", "vpc_id": "vpc-0a", "cidr_block": "10.0.2.0/24", "ipv6_cidr_block": null,
			"availability_zone": "us-east-2b", "availability_zone_id": "use2-az2", "tags": {"Name": "private"}}`),
		res("aws_subnet.isolated", `{"id": "subnet-0c", "vpc_id": "vpc-0a", "cidr_block": "10.0.3.0/24",
			"availability_zone": "us-east-2c", "availability_zone_id": "use2-az3", "tags": {"Name": "isolated"}}`),
		res("aws_internet_gateway.main", `{"id": "igw-0a", "vpc_id": "vpc-0a"}`),
		res("aws_nat_gateway.main", `{"id": "nat-0a", "subnet_id": "subnet-0a", "connectivity_type": "public",
			"private_ip": "10.0.1.250", "public_ip": "198.51.100.7", "network_interface_id": "eni-0nat"}`),
		res("aws_default_route_table.main", `{"id": "rtb-0main", "default_route_table_id": "rtb-0main", "vpc_id": "vpc-0a", "route": []}`),
		res("aws_route_table.public", `{"id": "rtb-0a", "vpc_id": "vpc-0a", "propagating_vgws": [],
			"route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-0a", "nat_gateway_id": "", "ipv6_cidr_block": "", "vpc_endpoint_id": ""}]}`),
		res("aws_route_table.private", `{"id": "rtb-0b", "vpc_id": "vpc-0a", "route": [{"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-0a"}]}`),
		res("aws_route.nat", `{"id": "r-rtb-0b1080289494", "route_table_id": "rtb-0b", "destination_cidr_block": "0.0.0.0/0",
			"nat_gateway_id": "nat-0a", "state": "active", "origin": "CreateRoute"}`),
		res("aws_route_table_association.public", `{"id": "rtbassoc-0a", "subnet_id": "subnet-0a", "gateway_id": "", "route_table_id": "rtb-0a"}`),
		res("aws_route_table_association.private", `{"id": "rtbassoc-0b", "subnet_id": "subnet-0b", "route_table_id": "rtb-0b"}`),
		res("aws_security_group.endpoint", `{"id": "sg-0e", "name": "endpoint", "vpc_id": "vpc-0a",
			"ingress": [{"from_port": 443, "to_port": 443, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/16"], "ipv6_cidr_blocks": [],
				"prefix_list_ids": [], "security_groups": [], "self": false, "description": ""}], "egress": []}`),
		monitoring(),
	}
}

func monitoring() instance {
	return res("aws_vpc_endpoint.monitoring", `{"id": "vpce-099deb00b40f00e22", "vpc_id": "vpc-0a",
		"service_name": "com.amazonaws.us-east-2.monitoring", "vpc_endpoint_type": "Interface", "state": "available",
		"private_dns_enabled": true, "ip_address_type": "ipv4", "subnet_ids": ["subnet-0a", "subnet-0b", "subnet-0c"],
		"security_group_ids": ["sg-0e"], "route_table_ids": [], "network_interface_ids": ["eni-0a", "eni-0b", "eni-0c"],
		"dns_options": [{"dns_record_ip_type": "ipv4", "private_dns_only_for_inbound_resolver_endpoint": false}],
		"subnet_configuration": [{"ipv4": "10.0.1.10", "ipv6": "", "subnet_id": "subnet-0a"},
			{"ipv4": "10.0.2.10", "subnet_id": "subnet-0b"}, {"ipv4": "10.0.3.10", "subnet_id": "subnet-0c"}],
		"dns_entry": [
			{"dns_name": "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", "hosted_zone_id": "ZC8PG0KIFKBRI"},
			{"dns_name": "vpce-099deb00b40f00e22-lj2wisx3-us-east-2a.monitoring.us-east-2.vpce.amazonaws.com", "hosted_zone_id": "ZC8PG0KIFKBRI"},
			{"dns_name": "vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com", "hosted_zone_id": "ZC8PG0KIFKBRI"},
			{"dns_name": "vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com", "hosted_zone_id": "ZC8PG0KIFKBRI"},
			{"dns_name": "monitoring.us-east-2.amazonaws.com", "hosted_zone_id": "Z06320943MMOWYG6MAVL9"}]}`)
}

func TestPage(t *testing.T) {
	d := read(t, state(page()...))
	if d.IsPlan || d.Unknown != nil || d.FormatVersion != "1.0" || d.TerraformVersion != "1.9.8" {
		t.Errorf("IsPlan %t, Unknown %v, versions %s %s", d.IsPlan, d.Unknown, d.FormatVersion, d.TerraformVersion)
	}
	w := world(t, d.Planned)
	for _, from := range []string{"public", "private", "isolated"} {
		want(t, w, from, cloudwatch, route.ClassEndpoint, route.Private)
	}
	sts := "sts.us-east-2.amazonaws.com"
	want(t, w, "public", sts, route.ClassInternetGateway, route.Public)
	want(t, w, "private", sts, route.ClassNATGateway, route.Public)
	want(t, w, "isolated", sts, route.ClassNoRoute, route.Failed)
}
