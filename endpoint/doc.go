// Package endpoint models a VPC endpoint and the place it stands in: the
// [Endpoint] itself with its [DNSEntries], the [VPC], the [Subnet] and the
// [NetworkInterface]; and the words in which every package of this module says
// what it noticed: [Code] and [Finding].
//
// All types are plain data in the shapes that the AWS CLI prints. The page
// "Access AWS services through AWS PrivateLink" makes an interface endpoint for
// CloudWatch in us-east-2 and lists five DnsEntries; their order means nothing,
// so they are selected by what they are:
//
//	entries.Regional()           // vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com
//	entries.Zonal("us-east-2b")  // vpce-099deb00b40f00e22-lj2wisx3-us-east-2b.monitoring.us-east-2.vpce.amazonaws.com
//	entries.Private()            // monitoring.us-east-2.amazonaws.com
//
// Not modelled: endpoint policies (kept as text), the contents of tags beyond
// the Name tag, creation times, resource and service network associations.
//
// Values are not checked until a snapshot is built from them (zone.New,
// route.New, trace.New); a field that cannot be read is then a [FieldError].
// Nothing here holds state: values may be shared between goroutines as long as
// nobody writes to them.
package endpoint
