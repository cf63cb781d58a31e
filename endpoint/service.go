package endpoint

// ServiceDetail is one service as describe-vpc-endpoint-services prints it:
// what AWS says of the service in the caller's Region and account. It beats
// the catalogue (naming.md, NAM-31). Source: EC2 API, ServiceDetail.
type ServiceDetail struct {
	ServiceName                     string           `json:"ServiceName"`
	ServiceID                       string           `json:"ServiceId,omitempty"`
	ServiceType                     []ServiceType    `json:"ServiceType,omitempty"`
	ServiceRegion                   string           `json:"ServiceRegion,omitempty"`
	Owner                           string           `json:"Owner,omitempty"`
	AvailabilityZones               []string         `json:"AvailabilityZones,omitempty"`
	BaseEndpointDNSNames            []string         `json:"BaseEndpointDnsNames,omitempty"`
	PrivateDNSName                  string           `json:"PrivateDnsName,omitempty"`
	PrivateDNSNames                 []PrivateDNSName `json:"PrivateDnsNames,omitempty"`
	PrivateDNSNameVerificationState string           `json:"PrivateDnsNameVerificationState,omitempty"`
	AcceptanceRequired              bool             `json:"AcceptanceRequired,omitempty"`
	SupportedIPAddressTypes         []IPAddressType  `json:"SupportedIpAddressTypes,omitempty"`
	Tags                            Tags             `json:"Tags,omitempty"`
}

// ServiceType is one type of endpoint a service offers.
type ServiceType struct {
	ServiceType Type `json:"ServiceType"`
}

// PrivateDNSName is one private DNS name of a service, perhaps a wildcard.
type PrivateDNSName struct {
	PrivateDNSName string `json:"PrivateDnsName"`
}
