package resolver_test

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/zone"
)

// internet is the resolver that outside names are forwarded to.
func internet(packets bool) *resolver.Resolver {
	r := resolver.New(own{within: "example.com", records: []zone.Record{
		must("www.example.com", zone.A, "192.0.2.80"), must("www.example.com", zone.AAAA, "2001:db8::80"),
		must("www.example.com", zone.TXT, `"from outside"`),
	}})
	r.Packets = packets
	return r
}

// dialled records what is dialled.
type dialled struct {
	mu        sync.Mutex
	addresses []string
}

func (d *dialled) through(r *resolver.Resolver) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.addresses = append(d.addresses, network+" "+address)
		return r.Dial(ctx, network, address)
	}
}

// Section 3.4, forward: outside names have the others' answer, typed and through
// the hook, over streams and packets; names of the view are never forwarded.
func TestForward(t *testing.T) {
	for name, packets := range map[string]bool{"streams": false, "packets": true} {
		t.Run(name, func(t *testing.T) {
			var seen dialled
			var mu sync.Mutex
			policies := map[string]resolver.Policy{}
			r := resolver.New(wireView(t))
			r.Packets = packets
			r.Outside = resolver.Forward
			r.Forward = &net.Resolver{PreferGo: true, Dial: seen.through(internet(packets))}
			r.Observe = func(q resolver.Query) {
				mu.Lock()
				defer mu.Unlock()
				policies[q.Name] = q.Policy
			}
			for way, l := range map[string]lookuper{"typed": r, "hook": r.Net()} {
				got, err := l.LookupHost(t.Context(), "www.example.com")
				slices.Sort(got)
				if want := []string{"192.0.2.80", "2001:db8::80"}; err != nil || !slices.Equal(got, want) {
					t.Errorf("%s: %v %v, want %v", way, got, err, want)
				}
				// A4: the CNAME is ours, what it leads to is theirs.
				got, err = l.LookupHost(t.Context(), "outside.us-east-2.amazonaws.com")
				slices.Sort(got)
				if want := []string{"192.0.2.80", "2001:db8::80"}; err != nil || !slices.Equal(got, want) {
					t.Errorf("%s, behind a CNAME: %v %v, want %v", way, got, err, want)
				}
				txt, err := l.LookupTXT(t.Context(), "www.example.com")
				if err != nil || !slices.Equal(txt, []string{"from outside"}) {
					t.Errorf("%s: %q %v", way, txt, err)
				}
				_, err = l.LookupHost(t.Context(), "missing.example.com")
				if f := flagsOf(t, err); !f.NotFound {
					t.Errorf("%s: %v", way, err)
				}
				before := len(seen.addresses)
				if _, err := l.LookupHost(t.Context(), host); err != nil || len(seen.addresses) != before {
					t.Errorf("%s: a name of the view was forwarded: %v %v", way, seen.addresses[before:], err)
				}
			}
			if policies["www.example.com"] != resolver.Forward || policies[host] != resolver.Answered {
				t.Errorf("policies: %v", policies)
			}
		})
	}
}

// The response to a name behind a CNAME is one message, in the order of the
// chain, with the question as it was asked.
func TestForwardBehindCNAME(t *testing.T) {
	r := resolver.New(wireView(t))
	r.Outside, r.Forward = resolver.Forward, internet(false).Net()
	c := dial(t, r, "tcp")
	q := query(t, "OUTSIDE.us-east-2.amazonaws.com.", dnsmessage.TypeA, 1232)
	if _, err := c.Write(frame(q)); err != nil {
		t.Fatal(err)
	}
	m := readFrame(t, c)
	if got, want := summary(m), "NOERROR qr rd ra an:CNAME,A ar:OPT(v0,1232)"; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if m.ID != 1 || m.Questions[0].Name.String() != "OUTSIDE.us-east-2.amazonaws.com." {
		t.Errorf("%v", m.GoString())
	}
}

// Bytes to bytes, nothing is asked of others.
func TestForwardNotInBytes(t *testing.T) {
	r := resolver.New(wireView(t))
	r.Outside, r.Forward = resolver.Forward, internet(false).Net()
	var policy resolver.Policy
	r.Observe = func(q resolver.Query) { policy = q.Policy }
	out, ok := r.AppendResponse(nil, query(t, "www.example.com.", dnsmessage.TypeA, 0), 512)
	if !ok || summary(unpack(t, out)) != "REFUSED qr rd ra" || policy != resolver.Refuse {
		t.Errorf("%x %v", out, policy)
	}
}

// Z8: a name that a Resolver rule sends on is asked of the rule's targets, in
// order, and not of the address that Go's resolver wanted.
func TestForwardToRuleTargets(t *testing.T) {
	v := view(t, zone.Config{
		ResolverRules: []zone.ResolverRule{{
			ID: "rslvr-rr-1", DomainName: "example.com", RuleType: "FORWARD",
			TargetIPs: []zone.TargetAddress{{IP: "10.9.9.8"}, {IP: "10.9.9.9", Port: 5353}},
		}},
		ResolverRuleAssociations: []zone.ResolverRuleAssociation{{ID: "rslvr-rrassoc-1", ResolverRuleID: "rslvr-rr-1", VPCID: "vpc-1"}},
	})
	var seen dialled
	through := seen.through(internet(false))
	r := resolver.New(v)
	r.Outside = resolver.Forward
	r.Forward = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
		c, err := through(ctx, network, address)
		if strings.HasPrefix(address, "10.9.9.8") {
			return nil, errors.New("unreachable")
		}
		return c, err
	}}
	for way, l := range map[string]lookuper{"typed": r, "hook": r.Net()} {
		seen.addresses = nil
		if got, err := l.LookupTXT(t.Context(), "www.example.com."); err != nil || len(got) != 1 {
			t.Errorf("%s: %v %v", way, got, err)
		}
		if want := []string{"udp 10.9.9.8:53", "udp 10.9.9.9:5353"}; !slices.Equal(seen.addresses, want) {
			t.Errorf("%s dialled %q, want %q", way, seen.addresses, want)
		}
	}
}

func TestForwardFails(t *testing.T) {
	q := frame(query(t, "www.example.com.", dnsmessage.TypeA, 0))
	forwarding := func(dial func(context.Context, string, string) (net.Conn, error)) *resolver.Resolver {
		r := new(resolver.Resolver)
		r.Outside = resolver.Forward
		r.Forward = &net.Resolver{PreferGo: true, Dial: dial}
		return r
	}
	t.Run("a loop", func(t *testing.T) {
		r := forwarding(nil)
		r.Forward = r.Net()
		_, err := dial(t, r, "udp").Write(q)
		if !errors.Is(err, resolver.ErrForwardLoop) {
			t.Error(err)
		}
		if _, err := r.LookupHost(t.Context(), "www.example.com"); err == nil || !strings.Contains(err.Error(), resolver.ErrForwardLoop.Error()) {
			t.Error(err)
		}
	})
	t.Run("a loop of several", func(t *testing.T) {
		for n := 2; n <= 5; n++ {
			dials := 0
			first := forwarding(nil)
			last := first
			for range n - 1 {
				next := forwarding(nil)
				last.Forward = next.Net()
				last = next
			}
			last.Forward = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
				dials++
				return first.Dial(ctx, network, address)
			}}
			// Without a deadline nothing but the loop itself ends it.
			if _, err := dial(t, first, "tcp").Write(q); !errors.Is(err, resolver.ErrForwardLoop) || dials != 1 {
				t.Errorf("%d Resolvers: came back %d times, %v", n, dials, err)
			}
			for way, l := range map[string]lookuper{"typed": first, "hook": first.Net()} {
				if _, err := l.LookupHost(t.Context(), "www.example.com"); err == nil || !strings.Contains(err.Error(), resolver.ErrForwardLoop.Error()) {
					t.Errorf("%d Resolvers, %s: %v", n, way, err)
				}
			}
			// A loop that the first is not in ends as well.
			outer := forwarding(first.Dial)
			if _, err := dial(t, outer, "tcp").Write(q); !errors.Is(err, resolver.ErrForwardLoop) {
				t.Errorf("into %d Resolvers: %v", n, err)
			}
		}
	})
	t.Run("dial", func(t *testing.T) {
		down := errors.New("down")
		r := forwarding(func(context.Context, string, string) (net.Conn, error) { return nil, down })
		if _, err := dial(t, r, "udp").Write(q); err != down {
			t.Error(err)
		}
	})
	t.Run("another's reply in a stream", func(t *testing.T) {
		r := forwarding(func(context.Context, string, string) (net.Conn, error) {
			near, far := net.Pipe()
			go func() {
				b := make([]byte, 512)
				n, _ := far.Read(b)
				b[2]++ // the ID
				b[4] |= 0x80
				far.Write(b[:n])
			}()
			return near, nil
		})
		if _, err := dial(t, r, "tcp").Write(q); err == nil || !strings.Contains(err.Error(), "not one to the query") {
			t.Error(err)
		}
	})
	t.Run("forged packets are passed over", func(t *testing.T) {
		pc, err := net.ListenUDP("udp", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
		if err != nil {
			t.Fatal(err)
		}
		defer pc.Close()
		go func() {
			b := make([]byte, 512)
			n, from, err := pc.ReadFromUDPAddrPort(b)
			if err != nil {
				return
			}
			good, _ := internet(false).AppendResponse(nil, b[:n], 512)
			for _, change := range []func(b []byte) []byte{
				func(b []byte) []byte { return b[:5] },
				func(b []byte) []byte { b[0]++; return b },
				func(b []byte) []byte { b[2] &^= 0x80; return b },
				func(b []byte) []byte { b[13] = 'x'; return b },
				func(b []byte) []byte { return b },
			} {
				pc.WriteToUDPAddrPort(change(slices.Clone(good)), from)
			}
		}()
		r := forwarding(func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "udp", pc.LocalAddr().String())
		})
		c := dial(t, r, "udp")
		c.SetDeadline(time.Now().Add(10 * time.Second))
		if _, err := c.Write(q); err != nil {
			t.Fatal(err)
		}
		if got, want := summary(readFrame(t, c)), "NOERROR qr rd ra an:A"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	})
}

// C4, N11: what waits for others, while it dials them and after, ends with Dial's
// context, at a deadline and with Close, in virtual time.
func TestForwardWaits(t *testing.T) {
	dialling := func(ctx context.Context, _, _ string) (net.Conn, error) {
		<-ctx.Done()
		return nil, &net.OpError{Op: "dial", Err: ctx.Err()}
	}
	silent := func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go io.Copy(io.Discard, far)
		return near, nil
	}
	to := func(dial func(context.Context, string, string) (net.Conn, error)) *resolver.Resolver {
		r := new(resolver.Resolver)
		r.Outside, r.Forward = resolver.Forward, &net.Resolver{PreferGo: true, Dial: dial}
		return r
	}
	rule := resolver.New(view(t, zone.Config{
		ResolverRules: []zone.ResolverRule{{
			ID: "rslvr-rr-1", DomainName: "example.com", RuleType: "FORWARD",
			TargetIPs: []zone.TargetAddress{{IP: "10.9.9.8"}, {IP: "10.9.9.9"}},
		}},
		ResolverRuleAssociations: []zone.ResolverRuleAssociation{{ID: "rslvr-rrassoc-1", ResolverRuleID: "rslvr-rr-1", VPCID: "vpc-1"}},
	}))
	rule.Outside, rule.Forward = resolver.Forward, to(dialling).Forward
	q := query(t, "www.example.com.", dnsmessage.TypeA, 0)
	const end = 3 * time.Second
	for where, r := range map[string]*resolver.Resolver{
		"dialling": to(dialling), "dialled": to(silent), "dialling a rule's targets": rule,
		"behind another, dialling": to(to(dialling).Dial), "behind another, dialled": to(to(silent).Dial),
	} {
		for how, test := range map[string]struct {
			prepare func(c net.Conn, cancel context.CancelCauseFunc)
			want    error
		}{
			"the context is canceled": {func(_ net.Conn, cancel context.CancelCauseFunc) {
				time.AfterFunc(end, func() { cancel(errors.New("of the caller's")) })
			}, context.Canceled},
			"a deadline":       {func(c net.Conn, _ context.CancelCauseFunc) { c.SetDeadline(time.Now().Add(end)) }, os.ErrDeadlineExceeded},
			"a write deadline": {func(c net.Conn, _ context.CancelCauseFunc) { c.SetWriteDeadline(time.Now().Add(end)) }, os.ErrDeadlineExceeded},
			"a deadline that is set later": {func(c net.Conn, _ context.CancelCauseFunc) {
				time.AfterFunc(time.Second, func() { c.SetDeadline(time.Now().Add(end - time.Second)) })
			}, os.ErrDeadlineExceeded},
			"a deadline that is moved back": {func(c net.Conn, _ context.CancelCauseFunc) {
				c.SetDeadline(time.Now().Add(time.Hour))
				time.AfterFunc(end, func() { c.SetDeadline(time.Unix(1, 0)) })
			}, os.ErrDeadlineExceeded},
			"a deadline that is moved on": {func(c net.Conn, _ context.CancelCauseFunc) {
				c.SetDeadline(time.Now().Add(end / 2))
				time.AfterFunc(end/4, func() { c.SetDeadline(time.Now().Add(end * 3 / 4)) })
			}, os.ErrDeadlineExceeded},
			"a deadline that is taken back, and Close": {func(c net.Conn, _ context.CancelCauseFunc) {
				c.SetDeadline(time.Now().Add(end / 2))
				time.AfterFunc(end/4, func() { c.SetDeadline(time.Time{}) })
				time.AfterFunc(end, func() { c.Close() })
			}, net.ErrClosed},
			"Close": {func(c net.Conn, _ context.CancelCauseFunc) { time.AfterFunc(end, func() { c.Close() }) }, net.ErrClosed},
		} {
			t.Run(where+", "+how, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					ctx, cancel := context.WithCancelCause(t.Context())
					defer cancel(nil)
					c, err := r.Dial(ctx, "tcp", "")
					if err != nil {
						t.Fatal(err)
					}
					defer c.Close()
					test.prepare(c, cancel)
					start := time.Now()
					if _, err := c.Write(frame(q)); !errors.Is(err, test.want) {
						t.Errorf("got %v, want %v", err, test.want)
					}
					if d := time.Since(start); d != end {
						t.Errorf("after %v", d)
					}
				})
			})
		}
	}
}

// C4: a deadline in the past and a closed connection forward nothing, and a
// deadline that ended one query lets the next be forwarded once it is moved.
func TestForwardAfterDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		up, dials := internet(false), 0
		r := new(resolver.Resolver)
		r.Outside = resolver.Forward
		r.Forward = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, address string) (net.Conn, error) {
			if dials++; dials == 1 {
				<-ctx.Done()
				return nil, ctx.Err()
			}
			return up.Dial(ctx, network, address)
		}}
		c := dial(t, r, "tcp")
		q := frame(query(t, "www.example.com.", dnsmessage.TypeA, 0))
		c.SetDeadline(time.Now().Add(time.Second))
		for range 2 {
			if _, err := c.Write(q); !errors.Is(err, os.ErrDeadlineExceeded) || dials != 1 {
				t.Errorf("%v after %d dials", err, dials)
			}
		}
		c.SetDeadline(time.Now().Add(time.Minute))
		if _, err := c.Write(q); err != nil {
			t.Fatal(err)
		}
		if got, want := summary(readFrame(t, c)), "NOERROR qr rd ra an:A"; got != want {
			t.Errorf("got %s, want %s", got, want)
		}
		c.Close()
		if _, err := c.Write(q); !errors.Is(err, net.ErrClosed) || dials != 2 {
			t.Errorf("%v after %d dials", err, dials)
		}
	})
}

// A response that the CNAME before it makes too long is truncated.
func TestForwardTruncates(t *testing.T) {
	var many []zone.Record
	for i := range 75 {
		r, err := zone.NewRecord("www.example.com", zone.A, 60, net.IPv4(10, 0, 0, byte(i)).String())
		if err != nil {
			t.Fatal(err)
		}
		many = append(many, r)
	}
	up := resolver.New(own{within: "example.com", records: many})
	r := resolver.New(wireView(t))
	r.Packets, r.Outside, r.Forward = true, resolver.Forward, up.Net()
	c := dial(t, r, "udp")
	q := query(t, "outside.us-east-2.amazonaws.com.", dnsmessage.TypeA, 1232)
	if _, err := c.Write(q); err != nil {
		t.Fatal(err)
	}
	b := make([]byte, 1<<16)
	n, err := c.Read(b)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := summary(unpack(t, b[:n])), "NOERROR qr tc rd ra ar:OPT(v0,1232)"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if binary.BigEndian.Uint16(b) != 1 {
		t.Error("another ID")
	}
}

// Every typed method asks the other resolver's own; nil means
// net.DefaultResolver, as it is at the time.
func TestForwardTyped(t *testing.T) {
	up := resolver.New(own{within: "example.com", records: []zone.Record{
		must("example.com", zone.MX, "10 mail.example.com"), must("example.com", zone.NS, "ns.example.com"),
		must("_sip._tcp.example.com", zone.SRV, "1 2 5060 sip.example.com"),
		must("10.2.0.192.in-addr.arpa", zone.PTR, "www.example.com"),
		must("www.example.com", zone.A, "192.0.2.10"),
	}})
	defer func(was *net.Resolver) { net.DefaultResolver = was }(net.DefaultResolver)
	net.DefaultResolver = up.Net()
	r := new(resolver.Resolver)
	r.Outside = resolver.Forward
	ctx := t.Context()
	if mx, err := r.LookupMX(ctx, "example.com"); err != nil || len(mx) != 1 || mx[0].Host != "mail.example.com." {
		t.Error(mx, err)
	}
	if ns, err := r.LookupNS(ctx, "example.com"); err != nil || len(ns) != 1 || ns[0].Host != "ns.example.com." {
		t.Error(ns, err)
	}
	if _, srv, err := r.LookupSRV(ctx, "sip", "tcp", "example.com"); err != nil || len(srv) != 1 || srv[0].Port != 5060 {
		t.Error(srv, err)
	}
	if names, err := r.LookupAddr(ctx, "192.0.2.10"); err != nil || !slices.Equal(names, []string{"www.example.com."}) {
		t.Error(names, err)
	}
	if cname, err := r.LookupCNAME(ctx, "www.example.com"); err != nil || cname != "www.example.com." {
		t.Error(cname, err)
	}
	// And through the hook, whose own *net.Resolver is another.
	if got, err := r.Net().LookupNetIP(ctx, "ip4", "www.example.com."); err != nil || len(got) != 1 {
		t.Error(got, err)
	}
}
