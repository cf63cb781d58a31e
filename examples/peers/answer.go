package main

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"slices"

	"github.com/foxcpp/go-mockdns"
	"github.com/miekg/dns"
	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

func init() { groups = append(groups, group{"answer", answerRows}) }

func answerRows(_ sizes, add func(row)) {
	wireRows(add)
	typedRows(add)
	hookRows(add)
}

const (
	private  = "monitoring.us-east-2.amazonaws.com" // three addresses of an endpoint
	single   = "single.corp.example"                // one address
	manyMask = 1<<13 - 1                            // hosts of corp.example, three addresses each
)

// answerZones is a hosted zone of so many hosts and one more.
func answerZones(hosts int) []zone.HostedZone {
	z := zone.HostedZone{ID: "Z0123456789ABCDEFGHIJ", Name: "corp.example", Private: true, VPCs: []zone.ZoneVPC{{VPCID: zoneVPC}}}
	z.RecordSets = append(z.RecordSets, aSet(single, "10.0.9.9"))
	for i := range hosts {
		name := fmt.Sprintf("host%d.corp.example", i)
		z.RecordSets = append(z.RecordSets, aSet(name, fmt.Sprintf("10.1.%d.%d", i/256, i%256), fmt.Sprintf("10.2.%d.%d", i/256, i%256), fmt.Sprintf("10.3.%d.%d", i/256, i%256)))
	}
	return []zone.HostedZone{z}
}

// answerView sees the private name of an interface endpoint in three Availability
// Zones, and the hosted zone of so many hosts. Rows that ask for none of them
// have none: what lies about in memory is garbage collection for both sides.
func answerView(hosts int) *zone.View {
	c := dnsWorld(answerZones(hosts))
	e := endpoint.Endpoint{
		ID: "vpce-099deb00b40f00e22", Type: endpoint.Interface, VPCID: zoneVPC, ServiceName: "com.amazonaws.us-east-2.monitoring", State: endpoint.Available,
		PrivateDNSEnabled: true, DNSEntries: endpoint.DNSEntries{{Name: private, HostedZoneID: "Z06320943MMOWYG6MAVL9"}},
	}
	for i, az := range []string{"us-east-2a", "us-east-2b", "us-east-2c"} {
		s := endpoint.Subnet{ID: id("subnet", 0, i), VPCID: zoneVPC, CIDRBlock: fmt.Sprintf("10.0.%d.0/24", i+1), AvailabilityZone: az}
		n := endpoint.NetworkInterface{ID: id("eni", 0, i), VPCID: zoneVPC, SubnetID: s.ID, PrivateIPAddress: fmt.Sprintf("10.0.%d.10", i+1)}
		c.Subnets, c.NetworkInterfaces = append(c.Subnets, s), append(c.NetworkInterfaces, n)
		e.SubnetIDs, e.NetworkInterfaceIDs = append(e.SubnetIDs, s.ID), append(e.NetworkInterfaceIDs, n.ID)
	}
	c.Endpoints = []endpoint.Endpoint{e}
	return viewOf(c, zoneVPC)
}

// wireQuery is a query with an EDNS0 record, as bytes.
func wireQuery(name string, t uint16) []byte {
	m := new(dns.Msg).SetQuestion(dns.Fqdn(name), t)
	m.Id = 0x1234
	b, err := m.SetEdns0(resolver.MaxDatagram, false).Pack()
	if err != nil {
		panic(err)
	}
	return b
}

// miekgAnswers are the records of names, made beforehand.
type miekgAnswers map[string][]dns.RR

func newMiekg(v *zone.View, names []string) miekgAnswers {
	m := miekgAnswers{}
	for _, name := range names {
		for r := range v.Lookup(name, zone.A).Records() {
			m[name+"."] = append(m[name+"."], &dns.A{
				Hdr: dns.RR_Header{Name: name + ".", Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: r.TTL}, A: r.Addr().AsSlice(),
			})
		}
	}
	return m
}

func (m miekgAnswers) reply(q *dns.Msg) *dns.Msg {
	r := new(dns.Msg)
	r.SetReply(q)
	r.RecursionAvailable, r.Compress = true, true
	r.Answer = m[q.Question[0].Name]
	if q.IsEdns0() != nil {
		r.SetEdns0(resolver.MaxDatagram, false)
	}
	return r
}

// appendResponse is Unpack, SetReply and Pack.
func (m miekgAnswers) appendResponse(dst, query []byte) ([]byte, error) {
	var q dns.Msg
	if err := q.Unpack(query); err != nil {
		return nil, err
	}
	return m.reply(&q).PackBuffer(dst[:cap(dst)])
}

// messageAnswers are the addresses of names, for dnsmessage.
type messageAnswers map[string]messageAnswer

type messageAnswer struct {
	ttl   uint32
	addrs [][4]byte
}

func newMessage(v *zone.View, names []string) messageAnswers {
	m := messageAnswers{}
	for _, name := range names {
		var a messageAnswer
		for r := range v.Lookup(name, zone.A).Records() {
			a.ttl, a.addrs = r.TTL, append(a.addrs, r.Addr().As4())
		}
		m[name+"."] = a
	}
	return m
}

// appendResponse is Parser and Builder, with compression.
func (m messageAnswers) appendResponse(dst, query []byte) ([]byte, error) {
	var p dnsmessage.Parser
	h, err := p.Start(query)
	if err != nil {
		return nil, err
	}
	q, err := p.Question()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(p.SkipAllQuestions(), p.SkipAllAnswers(), p.SkipAllAuthorities()); err != nil {
		return nil, err
	}
	opt := false
	for {
		rh, err := p.AdditionalHeader()
		if err == dnsmessage.ErrSectionDone {
			break
		}
		if err != nil {
			return nil, err
		}
		opt = opt || rh.Type == dnsmessage.TypeOPT
		if err := p.SkipAdditional(); err != nil {
			return nil, err
		}
	}
	b := dnsmessage.NewBuilder(dst, dnsmessage.Header{ID: h.ID, Response: true, RecursionDesired: h.RecursionDesired, RecursionAvailable: true})
	b.EnableCompression()
	if err := errors.Join(b.StartQuestions(), b.Question(q), b.StartAnswers()); err != nil {
		return nil, err
	}
	a := m[q.Name.String()]
	for _, addr := range a.addrs {
		if err := b.AResource(dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: a.ttl}, dnsmessage.AResource{A: addr}); err != nil {
			return nil, err
		}
	}
	if opt {
		var rh dnsmessage.ResourceHeader
		if err := errors.Join(b.StartAdditionals(), rh.SetEDNS0(resolver.MaxDatagram, dnsmessage.RCodeSuccess, false), b.OPTResource(rh, dnsmessage.OPTResource{})); err != nil {
			return nil, err
		}
	}
	return b.Finish()
}

// wireSide answers the queries in turn; there are a power of two of them.
func wireSide(name string, queries [][]byte, respond func(dst, query []byte) ([]byte, error)) side {
	buf := make([]byte, 0, resolver.MaxDatagram)
	return side{name: name, run: func(n int) {
		for i := range n {
			b, err := respond(buf, queries[i&(len(queries)-1)])
			if err != nil {
				panic(err)
			}
			sink.n += len(b)
		}
	}}
}

var errNoResponse = errors.New("no response")

func wireRows(add func(row)) {
	v := answerView(manyMask + 1)
	r := resolver.New(v)
	respond := func(dst, query []byte) ([]byte, error) {
		b, ok := r.AppendResponse(dst, query, resolver.MaxDatagram)
		if !ok {
			return nil, errNoResponse
		}
		return b, nil
	}
	var names []string
	for i := range manyMask + 1 {
		names = append(names, fmt.Sprintf("host%d.corp.example", i))
	}
	for _, set := range []struct {
		name       string
		names      []string
		miekg, msg float64 // the bars are on the same question again and again
	}{
		{"query to answer, 3 addresses, EDNS0", []string{private}, 15, 10},
		{fmt.Sprintf("query to answer, %d questions in turn", len(names)), names, 0, 0},
	} {
		var queries [][]byte
		for _, name := range set.names {
			queries = append(queries, wireQuery(name, dns.TypeA))
		}
		miekg, message := newMiekg(v, set.names), newMessage(v, set.names)
		add(row{
			name: set.name,
			ours: wireSide("Resolver.AppendResponse", queries, respond),
			others: []other{
				{side: wireSide("miekg/dns Unpack, SetReply, Pack", queries, miekg.appendResponse), atLeast: set.miekg},
				{side: wireSide("dnsmessage Parser, Builder", queries, message.appendResponse), atLeast: set.msg},
			},
			check: func() error {
				var errs []error
				for i, q := range queries {
					ours, err := respond(nil, q)
					a, errA := miekg.appendResponse(make([]byte, 0, 512), q)
					b, errB := message.appendResponse(nil, q)
					errs = append(errs, err, errA, errB, agree(set.names[i]+", miekg", fmt.Sprintf("%x", ours), fmt.Sprintf("%x", a)), agree(set.names[i]+", dnsmessage", fmt.Sprintf("%x", ours), fmt.Sprintf("%x", b)),
						agree(set.names[i]+": answers", binary.BigEndian.Uint16(ours[6:]), 3))
				}
				return errors.Join(errs...)
			},
		})
	}
	positive := wireSide("Resolver.AppendResponse, 3 addresses", [][]byte{wireQuery(private, dns.TypeA)}, respond)
	for _, negative := range []struct {
		name, host string
		t          uint16
		rcode      byte
	}{{"NXDOMAIN", "nothing." + private, dns.TypeA, dns.RcodeNameError}, {"NODATA", private, dns.TypeAAAA, dns.RcodeSuccess}} {
		q := wireQuery(negative.host, negative.t)
		add(row{
			name:   "query to answer, " + negative.name + " with SOA",
			ours:   wireSide("Resolver.AppendResponse", [][]byte{q}, respond),
			others: []other{{side: positive, atMost: 1.6}},
			check: func() error {
				b, err := respond(nil, q)
				if err != nil {
					return err
				}
				return errors.Join(agree("rcode", b[3]&15, negative.rcode), agree("answers", binary.BigEndian.Uint16(b[6:]), 0), agree("authority", binary.BigEndian.Uint16(b[8:]), 1))
			},
		})
	}
}

// mockZones are the same answers for go-mockdns.
func mockZones(v *zone.View, names ...string) map[string]mockdns.Zone {
	m := map[string]mockdns.Zone{}
	for _, name := range names {
		var z mockdns.Zone
		for a := range v.Lookup(name, zone.A).Addrs() {
			z.A = append(z.A, a.String())
		}
		m[name+"."] = z
	}
	return m
}

func typedRows(add func(row)) {
	ctx := context.Background()
	v := answerView(0)
	r := resolver.New(v)
	mock := &mockdns.Resolver{Zones: mockZones(v, private)}
	want := []string{"10.0.1.10", "10.0.2.10", "10.0.3.10"}
	theirs := side{name: "go-mockdns Resolver.LookupHost", run: func(n int) {
		for range n {
			hosts, err := mock.LookupHost(ctx, private)
			if err != nil {
				panic(err)
			}
			sink.n += len(hosts)
		}
	}}
	add(row{
		name: "typed lookup, 3 addresses", allocs: 1, garbage: true,
		ours: side{name: "Resolver.LookupNetIP", run: func(n int) {
			for range n {
				addrs, err := r.LookupNetIP(ctx, "ip", private)
				if err != nil {
					panic(err)
				}
				sink.n += len(addrs)
			}
		}},
		others: []other{{side: theirs, atLeast: 4}},
		check: func() error {
			addrs, err := r.LookupNetIP(ctx, "ip", private)
			hosts, mockErr := mock.LookupHost(ctx, private)
			var texts []string
			for _, a := range addrs {
				texts = append(texts, a.String())
			}
			return errors.Join(err, mockErr, agree("LookupNetIP", fmt.Sprint(texts), fmt.Sprint(want)), agree("go-mockdns", fmt.Sprint(hosts), fmt.Sprint(want)))
		},
	})
	add(row{
		name: "typed lookup, 3 addresses as text", allocs: 4, garbage: true,
		ours: side{name: "Resolver.LookupHost", run: func(n int) {
			for range n {
				hosts, err := r.LookupHost(ctx, private)
				if err != nil {
					panic(err)
				}
				sink.n += len(hosts)
			}
		}},
		others: []other{{side: theirs}},
		check: func() error {
			hosts, err := r.LookupHost(ctx, private)
			return errors.Join(err, agree("LookupHost", fmt.Sprint(hosts), fmt.Sprint(want)))
		},
	})
}

// hookRows ask through Go's own resolver. The server of go-mockdns runs in this
// process, so that its share counts, as the view's does.
func hookRows(add func(row)) {
	ctx := context.Background()
	v := answerView(0)
	r := resolver.New(v)
	server, err := mockdns.NewServerWithLogger(mockZones(v, private, single), log.New(io.Discard, "", 0), false)
	if err != nil {
		panic(err)
	}
	defer server.Close()
	mock := &net.Resolver{}
	server.PatchNet(mock)
	hooked := r.Net()
	lookup := func(name, host string, r *net.Resolver) side {
		return side{name: name, run: func(n int) {
			for range n {
				hosts, err := r.LookupHost(ctx, host+".")
				if err != nil {
					panic(err)
				}
				sink.n += len(hosts)
			}
		}}
	}
	for _, set := range []struct {
		name, host string
		bar        float64
	}{{"net.Resolver by the hook, 1 address", single, 0.75}, {"net.Resolver by the hook, 3 addresses", private, 0}} {
		add(row{
			name: set.name, rounds: 9, allocs: noAllocBar,
			ours:   lookup("Resolver.Net, LookupHost", set.host, hooked),
			others: []other{{side: lookup("go-mockdns over loopback, LookupHost", set.host, mock), atMost: set.bar}},
			check: func() error {
				ours, err := hooked.LookupHost(ctx, set.host+".")
				theirs, mockErr := mock.LookupHost(ctx, set.host+".")
				slices.Sort(ours)
				slices.Sort(theirs)
				return errors.Join(err, mockErr, agree(set.host, fmt.Sprint(ours), fmt.Sprint(theirs)))
			},
		})
	}
	query := wireQuery(private, dns.TypeA)
	frame := append(binary.BigEndian.AppendUint16(nil, uint16(len(query))), query...)
	buf := make([]byte, resolver.MaxDatagram+2)
	dial := func() (n int, err error) {
		c, err := r.Dial(ctx, "udp", "10.0.0.2:53")
		if err != nil {
			return 0, err
		}
		defer c.Close()
		if _, err := c.Write(frame); err != nil {
			return 0, err
		}
		return c.Read(buf)
	}
	add(row{
		name: "the hook's own share", allocs: 1,
		ours: side{name: "Dial, Write, Read, Close", run: func(n int) {
			for range n {
				k, err := dial()
				if err != nil {
					panic(err)
				}
				sink.n += k
			}
		}},
		check: func() error {
			n, err := dial()
			if err != nil {
				return err
			}
			want, _ := r.AppendResponse(nil, query, resolver.MaxDatagram)
			return agree("response", fmt.Sprintf("%x", buf[2:n]), fmt.Sprintf("%x", want))
		},
	})
}
