package resolver_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// pageView is the view of a VPC with the endpoint of AWS's page "Access AWS
// services through AWS PrivateLink": CloudWatch, with private DNS on.
func pageView() *zone.View {
	zones, err := zone.New(zone.Config{
		VPCs: []endpoint.VPC{{ID: "vpc-0f1e2d3c4b5a69788", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)}},
		Endpoints: []endpoint.Endpoint{{
			ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, VPCID: "vpc-0f1e2d3c4b5a69788", State: endpoint.Available,
			ServiceName: "com.amazonaws.us-east-2.monitoring", PrivateDNSEnabled: true,
			NetworkInterfaceIDs: []string{"eni-0a", "eni-0b", "eni-0c"},
			DNSEntries: []endpoint.DNSEntry{
				{Name: "vpce-099deb00b40f00e22-lj2wisx3.monitoring.us-east-2.vpce.amazonaws.com", HostedZoneID: "ZC8PG0KIFKBRI"},
				{Name: "monitoring.us-east-2.amazonaws.com", HostedZoneID: "Z06320943MMOWYG6MAVL9"},
			},
		}},
		NetworkInterfaces: []endpoint.NetworkInterface{
			{ID: "eni-0a", VPCID: "vpc-0f1e2d3c4b5a69788", AvailabilityZone: "us-east-2a", PrivateIPAddress: "10.0.1.10"},
			{ID: "eni-0b", VPCID: "vpc-0f1e2d3c4b5a69788", AvailabilityZone: "us-east-2b", PrivateIPAddress: "10.0.2.10"},
			{ID: "eni-0c", VPCID: "vpc-0f1e2d3c4b5a69788", AvailabilityZone: "us-east-2c", PrivateIPAddress: "10.0.3.10"},
		},
	})
	if err != nil {
		panic(err)
	}
	view, _ := zones.View(zone.VPC("vpc-0f1e2d3c4b5a69788"))
	return view
}

const cloudWatchHost = "monitoring.us-east-2.amazonaws.com"

func Example() {
	r := resolver.New(pageView())
	addrs, err := r.LookupNetIP(context.Background(), "ip", cloudWatchHost)
	fmt.Println(addrs, err)
	// Output: [10.0.1.10 10.0.2.10 10.0.3.10] <nil>
}

// A view behind a real *net.Resolver, for code that takes one.
func ExampleResolver_Net() {
	r := resolver.New(pageView()).Net()
	addrs, err := r.LookupHost(context.Background(), cloudWatchHost)
	slices.Sort(addrs) // Go sorts by the routes of this machine
	fmt.Println(addrs, err)
	// Output: [10.0.1.10 10.0.2.10 10.0.3.10] <nil>
}

func ExampleResolver_Dial() {
	r := &net.Resolver{
		PreferGo:     true, // or the hook is not called
		StrictErrors: true,
		Dial:         resolver.New(pageView()).Dial,
	}
	_, err := r.LookupHost(context.Background(), "nothing."+cloudWatchHost+".")
	var e *net.DNSError
	fmt.Println(errors.As(err, &e) && e.IsNotFound)
	// Output: true
}

func ExampleResolver_LookupHost() {
	r := resolver.New(pageView())
	for _, host := range []string{"nothing." + cloudWatchHost, "www.example.com"} {
		_, err := r.LookupHost(context.Background(), host)
		fmt.Println(err)
		fmt.Println(errors.Is(err, resolver.ErrNXDomain), errors.Is(err, resolver.ErrOutside))
	}
	// Output:
	// lookup nothing.monitoring.us-east-2.amazonaws.com on hidden-zone Z06320943MMOWYG6MAVL9: no such host
	// true false
	// lookup www.example.com on the model, which does not know the name: server misbehaving
	// false true
}

func ExampleResolver_LookupTXT() {
	_, err := resolver.New(pageView()).LookupTXT(context.Background(), cloudWatchHost)
	fmt.Println(err)
	fmt.Println(errors.Is(err, resolver.ErrNoData))
	// Output:
	// lookup monitoring.us-east-2.amazonaws.com on hidden-zone Z06320943MMOWYG6MAVL9, where the name has no such record: no such host
	// true
}

// Another service's host is outside the model: closed worlds deny it.
func ExampleResolver_outside() {
	r := resolver.New(pageView())
	r.Outside = resolver.NXDomain
	_, err := r.LookupHost(context.Background(), "sqs.us-east-2.amazonaws.com")
	fmt.Println(err)
	// Output: lookup sqs.us-east-2.amazonaws.com on the model, which does not know the name: no such host
}

// Every question, with the rule that decided its answer.
func ExampleResolver_observe() {
	r := resolver.New(pageView())
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
			if a.Key == slog.TimeKey || a.Key == slog.LevelKey {
				return slog.Attr{}
			}
			return a
		},
	}))
	r.Observe = func(q resolver.Query) { log.Info("dns", "q", q) }
	r.LookupNetIP(context.Background(), "ip4", cloudWatchHost)
	// Output: msg=dns q.name=monitoring.us-east-2.amazonaws.com q.type=A q.transport=typed q.policy=answered q.rcode=NOERROR q.source="hidden-zone Z06320943MMOWYG6MAVL9" q.rule=Z9 q.evidence=given q.records="[10.0.1.10 10.0.2.10 10.0.3.10]"
}

func ExampleResolver_AppendResponse() {
	b := dnsmessage.NewBuilder(nil, dnsmessage.Header{ID: 7, RecursionDesired: true})
	b.StartQuestions()
	b.Question(dnsmessage.Question{Name: dnsmessage.MustNewName(cloudWatchHost + "."), Type: dnsmessage.TypeA, Class: dnsmessage.ClassINET})
	query, err := b.Finish()
	if err != nil {
		panic(err)
	}

	response, ok := resolver.New(pageView()).AppendResponse(nil, query, resolver.MaxDatagram)
	var m dnsmessage.Message
	fmt.Println(ok, m.Unpack(response))
	for _, a := range m.Answers {
		fmt.Println(a.Header.Name, a.Body.(*dnsmessage.AResource).A)
	}
	// Output:
	// true <nil>
	// monitoring.us-east-2.amazonaws.com. [10 0 1 10]
	// monitoring.us-east-2.amazonaws.com. [10 0 2 10]
	// monitoring.us-east-2.amazonaws.com. [10 0 3 10]
}

func ExampleResolver_Verify() {
	r := resolver.New(pageView())
	notOurs := &net.Resolver{PreferGo: true, Dial: func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("no network here")
	}}
	err := r.Verify(context.Background(), notOurs)
	fmt.Println(errors.Is(err, resolver.ErrHookNotUsed))
	// Output: true
}

// An HTTP client that resolves as in the VPC, and reaches a test server instead
// of the endpoint's network interface.
func ExampleDialer() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) { io.WriteString(w, "hello, "+req.Host) }))
	defer server.Close()
	d := resolver.Dialer{
		Resolver: resolver.New(pageView()),
		Next: func(ctx context.Context, network, address string) (net.Conn, error) {
			fmt.Println("dial", address)
			if !strings.HasPrefix(address, "10.0.2.") {
				return nil, errors.New("this Availability Zone is down")
			}
			return new(net.Dialer).DialContext(ctx, network, server.Listener.Addr().String())
		},
	}
	client := http.Client{Transport: &http.Transport{DialContext: d.DialContext}}
	response, err := client.Get("http://" + cloudWatchHost + "/")
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	body, _ := io.ReadAll(response.Body)
	fmt.Println(string(body))
	// Output:
	// dial 10.0.1.10:80
	// dial 10.0.2.10:80
	// hello, monitoring.us-east-2.amazonaws.com
}

// static is a user's own lookup.
type static map[string]string

func (s static) Lookup(name string, t zone.Type) zone.Answer {
	data, ok := s[name]
	if !ok {
		return zone.Answer{} // not known here
	}
	record, err := zone.NewRecord(name, zone.CNAME, 60, data)
	if err != nil {
		return zone.NewAnswer(zone.ServFail)
	}
	return zone.NewAnswer(zone.NoError, record)
}

func ExampleLookuper() {
	r := resolver.New(static{"db.corp.example": "db-1.corp.example"})
	fmt.Println(r.LookupCNAME(context.Background(), "db.corp.example"))
	// Output: db-1.corp.example. <nil>
}

// corpView is the view of a VPC with a private hosted zone of the customer's.
func corpView() *zone.View {
	set := func(name, typ string, values ...string) zone.RecordSet {
		rs := zone.RecordSet{Name: name, Type: typ, TTL: 300}
		for _, v := range values {
			rs.ResourceRecords = append(rs.ResourceRecords, zone.ResourceRecord{Value: v})
		}
		return rs
	}
	zones, err := zone.New(zone.Config{
		VPCs: []endpoint.VPC{{ID: "vpc-0f1e2d3c4b5a69788", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)}},
		HostedZones: []zone.HostedZone{
			{
				ID: "Z0123456789CORP", Name: "corp.example", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-0f1e2d3c4b5a69788"}},
				RecordSets: []zone.RecordSet{
					set("corp.example", "MX", "20 b.corp.example", "10 a.corp.example"),
					set("corp.example", "NS", "ns-1.corp.example"),
					set("_ldap._tcp.corp.example", "SRV", "0 5 389 a.corp.example", "0 9 389 b.corp.example"),
					set("a.corp.example", "A", "203.0.113.1"),
					set("a.corp.example", "AAAA", "2001:db8::1"),
					set("www.corp.example", "CNAME", "a.corp.example"),
				},
			},
			{
				ID: "Z0123456789REVERSE", Name: "113.0.203.in-addr.arpa", Private: true, VPCs: []zone.ZoneVPC{{VPCID: "vpc-0f1e2d3c4b5a69788"}},
				RecordSets: []zone.RecordSet{set("1.113.0.203.in-addr.arpa", "PTR", "a.corp.example")},
			},
		},
	})
	if err != nil {
		panic(err)
	}
	view, _ := zones.View(zone.VPC("vpc-0f1e2d3c4b5a69788"))
	return view
}

func ExampleResolver_LookupAddr() {
	fmt.Println(resolver.New(corpView()).LookupAddr(context.Background(), "203.0.113.1"))
	// The Amazon-provided resolver knows the network interfaces of the VPC.
	fmt.Println(resolver.New(pageView()).LookupAddr(context.Background(), "10.0.1.10"))
	// Output:
	// [a.corp.example.] <nil>
	// [ip-10-0-1-10.us-east-2.compute.internal.] <nil>
}

func ExampleResolver_LookupCNAME() {
	fmt.Println(resolver.New(corpView()).LookupCNAME(context.Background(), "www.corp.example"))
	// Output: a.corp.example. <nil>
}

func ExampleResolver_LookupIP() {
	fmt.Println(resolver.New(corpView()).LookupIP(context.Background(), "ip6", "www.corp.example"))
	// Output: [2001:db8::1] <nil>
}

func ExampleResolver_LookupIPAddr() {
	fmt.Println(resolver.New(corpView()).LookupIPAddr(context.Background(), "www.corp.example"))
	// Output: [{203.0.113.1 } {2001:db8::1 }] <nil>
}

func ExampleResolver_LookupMX() {
	list, err := resolver.New(corpView()).LookupMX(context.Background(), "corp.example")
	for _, mx := range list {
		fmt.Println(mx.Pref, mx.Host)
	}
	fmt.Println(err)
	// Output:
	// 10 a.corp.example.
	// 20 b.corp.example.
	// <nil>
}

func ExampleResolver_LookupNS() {
	list, err := resolver.New(corpView()).LookupNS(context.Background(), "corp.example")
	for _, ns := range list {
		fmt.Println(ns.Host)
	}
	fmt.Println(err)
	// Output:
	// ns-1.corp.example.
	// <nil>
}

func ExampleResolver_LookupSRV() {
	cname, list, err := resolver.New(corpView()).LookupSRV(context.Background(), "ldap", "tcp", "corp.example")
	for _, srv := range list {
		fmt.Println(srv.Priority, srv.Weight, srv.Port, srv.Target)
	}
	fmt.Println(cname, err)
	// Output:
	// 0 9 389 b.corp.example.
	// 0 5 389 a.corp.example.
	// _ldap._tcp.corp.example. <nil>
}
