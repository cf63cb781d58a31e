package resolver_test

import (
	"errors"
	"net"
	"testing"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

func BenchmarkAppendResponse(b *testing.B) {
	r := resolver.New(wireView(b))
	for _, bench := range []struct {
		name, host string
		typ        dnsmessage.Type
	}{
		{"A3", host, dnsmessage.TypeA},
		{"NODATA", host, dnsmessage.TypeAAAA},
		{"NXDOMAIN", "nothing.us-east-2.amazonaws.com", dnsmessage.TypeA},
		{"CNAME", "alias.us-east-2.amazonaws.com", dnsmessage.TypeA},
		{"Refused", "www.example.com", dnsmessage.TypeA},
		{"TC", "big.us-east-2.amazonaws.com", dnsmessage.TypeA},
	} {
		q := query(b, bench.host+".", bench.typ, 1232)
		buf := make([]byte, 0, resolver.MaxDatagram)
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, ok := r.AppendResponse(buf, q, resolver.MaxDatagram); !ok {
					b.Fatal("no response")
				}
			}
		})
	}
}

// The same octets by dnsmessage's Parser and Builder, from the same view.
func BenchmarkDNSMessage(b *testing.B) {
	view := wireView(b)
	q := query(b, host+".", dnsmessage.TypeA, 1232)
	buf := make([]byte, 0, resolver.MaxDatagram)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := builderResponse(buf, q, view); err != nil {
			b.Fatal(err)
		}
	}
}

// builderResponse answers a plain A query as a user of dnsmessage would.
func builderResponse(dst, q []byte, view *zone.View) ([]byte, error) {
	var p dnsmessage.Parser
	h, err := p.Start(q)
	if err != nil {
		return nil, err
	}
	question, err := p.Question()
	if err != nil {
		return nil, err
	}
	if err := errors.Join(p.SkipAllQuestions(), p.SkipAllAnswers(), p.SkipAllAuthorities()); err != nil {
		return nil, err
	}
	opt := false
	for {
		h, err := p.AdditionalHeader()
		if err == dnsmessage.ErrSectionDone {
			break
		}
		if err != nil {
			return nil, err
		}
		opt = opt || h.Type == dnsmessage.TypeOPT
		if err := p.SkipAdditional(); err != nil {
			return nil, err
		}
	}
	build := dnsmessage.NewBuilder(dst, dnsmessage.Header{
		ID: h.ID, Response: true, RecursionDesired: h.RecursionDesired, RecursionAvailable: true,
	})
	build.EnableCompression()
	if err := build.StartQuestions(); err != nil {
		return nil, err
	}
	if err := build.Question(question); err != nil {
		return nil, err
	}
	if err := build.StartAnswers(); err != nil {
		return nil, err
	}
	a := view.Lookup(question.Name.String(), zone.Type(question.Type))
	for rec := range a.Records() {
		rh := dnsmessage.ResourceHeader{Name: question.Name, Class: question.Class, TTL: rec.TTL}
		if err := build.AResource(rh, dnsmessage.AResource{A: rec.Addr().As4()}); err != nil {
			return nil, err
		}
	}
	if err := build.StartAdditionals(); err != nil {
		return nil, err
	}
	if opt {
		var rh dnsmessage.ResourceHeader
		if err := rh.SetEDNS0(1232, dnsmessage.RCodeSuccess, false); err != nil {
			return nil, err
		}
		if err := build.OPTResource(rh, dnsmessage.OPTResource{}); err != nil {
			return nil, err
		}
	}
	return build.Finish()
}

func TestBuilderResponse(t *testing.T) {
	view := wireView(t)
	q := query(t, host+".", dnsmessage.TypeA, 1232)
	want, err := builderResponse(nil, q, view)
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := resolver.New(view).AppendResponse(nil, q, resolver.MaxDatagram); string(got) != string(want) {
		t.Errorf("the benchmark compares different octets:\n%x\n%x", got, want)
	}
}

func BenchmarkLookup(b *testing.B) {
	r := resolver.New(wireView(b))
	b.Run("NetIP", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := r.LookupNetIP(b.Context(), "ip4", host); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("Host", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := r.LookupHost(b.Context(), host); err != nil {
				b.Fatal(err)
			}
		}
	})
	for _, hook := range []struct {
		name string
		net  *net.Resolver
	}{{"Hook", r.Net()}} {
		b.Run(hook.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := hook.net.LookupNetIP(b.Context(), "ip4", "ns1.us-east-2.amazonaws.com."); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("Dial", func(b *testing.B) {
		q := frame(query(b, host+".", dnsmessage.TypeA, 1232))
		buf := make([]byte, 1<<12)
		b.ReportAllocs()
		for b.Loop() {
			c, err := r.Dial(b.Context(), "udp", "10.0.0.2:53")
			if err != nil {
				b.Fatal(err)
			}
			c.Write(q)
			c.Read(buf)
			c.Close()
		}
	})
}
