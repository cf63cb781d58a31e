package resolver

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"iter"
	"net"
	"os"
	"slices"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/privatelink-go/privatelink/zone"
)

// ErrForwardLoop is returned by [Resolver.Dial] where [Resolver.Forward] leads
// back to the Resolver it belongs to: at once, as it does after
// net.DefaultResolver = r.Net(), or by way of others that forward too. Writing to
// a connection of Dial returns it, or an error that wraps it, for the query whose
// forwarding came back. It is found by the context that is handed to Dial
// functions: one that dials with a context of its own hides the way that a query
// came, and so does a socket.
var ErrForwardLoop = errors.New("forwarding leads back to this resolver")

// found is an answer with records of the wanted type, or who is to be asked for
// them.
type found struct {
	answer zone.Answer
	up     *net.Resolver // where the policy is Forward; otherwise nil
	name   string        // the canonical name; with up set, what to ask it for, with a final dot
}

// find answers a typed lookup for one type. The answer is returned with an error
// too, for the CNAMEs it may hold.
func (r *Resolver) find(ctx context.Context, host string, t zone.Type) (found, error) {
	if err := ended(ctx, host); err != nil {
		return found{}, err
	}
	name, ok := canonical(host)
	if !ok {
		return found{}, unaskable(host)
	}
	a := r.lookup(name, t)
	v := r.decide(name, t, &a, true)
	r.observe(name, t, "typed", &a, v)
	f := found{answer: a, name: name}
	if v.policy == Forward {
		f.up, f.name = r.forwarder(a, host)
		return f, nil
	}
	for range f.records(t) {
		return f, nil
	}
	return f, failure(host, &a, v)
}

// records yields the records of one type.
func (f *found) records(t zone.Type) iter.Seq[zone.Record] {
	return func(yield func(zone.Record) bool) {
		for rec := range f.answer.Records() {
			if rec.Type == t && !yield(rec) {
				return
			}
		}
	}
}

// forwarder returns whom to ask for the name that a could not be given for, and
// by which name: host, or the end of the CNAMEs in a. It has its final dot, so
// that no search list of this machine is applied to it (N15).
func (r *Resolver) forwarder(a zone.Answer, host string) (up *net.Resolver, name string) {
	if a.Len() > 0 {
		host, _ = a.Final()
	}
	name = rooted(host)
	up = r.upstream()
	for range a.Targets() {
		return &net.Resolver{
			PreferGo:     true,
			StrictErrors: up.StrictErrors,
			Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
				return r.dialUp(ctx, network, "", a)
			},
		}, name
	}
	return up, name
}

func (r *Resolver) upstream() *net.Resolver {
	if r.Forward != nil {
		return r.Forward
	}
	return net.DefaultResolver
}

// dialUp dials where a query is forwarded to: the targets of the Resolver rule
// that decided, in order, until one can be dialled; otherwise address.
func (r *Resolver) dialUp(ctx context.Context, network, address string, a zone.Answer) (net.Conn, error) {
	dial := r.upstream().Dial
	if dial == nil {
		dial = (&net.Dialer{}).DialContext
	}
	var errs []error
	for target := range a.Targets() {
		c, err := dial(ctx, network, target.String())
		if err == nil {
			return c, nil
		}
		if errs = append(errs, err); ctx.Err() != nil {
			break
		}
	}
	if errs != nil {
		return nil, errors.Join(errs...)
	}
	return dial(ctx, network, address)
}

// forward has one query answered by others and appends the response to dst. It
// waits for it, no longer than the connection's deadlines and Dial's ctx allow.
func (c *conn) forward(dst, query []byte) ([]byte, error) {
	p := newResponse(dst, query, c.limit())
	name := textName(p.qname())
	a := c.r.lookup(name, zone.Type(p.qtype))

	ctx, done, err := c.begin()
	if err != nil {
		return nil, err
	}
	defer done()
	up, err := c.r.dialUp(ctx, c.network, c.address, a)
	if err != nil {
		return nil, ending(ctx, err)
	}
	defer up.Close()
	defer context.AfterFunc(ctx, func() { up.Close() })()

	asked := query
	if a.Len() > 0 {
		// CNAMEs lead to the name that is to be asked for. What follows the name
		// in the query stays as it is.
		end, _ := a.Final()
		asked = append(appendWireName(slices.Clone(query[:headerLen]), end), query[p.end-4:]...)
	}
	reply, err := exchange(up, asked)
	if err != nil {
		return nil, ending(ctx, err)
	}
	return p.forwarded(name, &a, reply)
}

// begin returns the context that one query is forwarded under. It ends with
// Dial's, at the write deadline, and with Close, until done is called.
func (c *conn) begin() (ctx context.Context, done func(), err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil, nil, net.ErrClosed
	}
	ctx, _ = c.r.send(c.ctx, "")
	ctx, c.cancel = context.WithCancelCause(ctx)
	c.bound()
	return ctx, func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.interrupt(nil)
		c.cancel = nil
		c.bound()
	}, nil
}

// interrupt ends the query that is being forwarded, if one is; c.mu is held.
func (c *conn) interrupt(why error) {
	if c.cancel != nil {
		c.cancel(why)
	}
}

// bound has the query that is being forwarded, if one is, end at the write
// deadline; c.mu is held.
func (c *conn) bound() {
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	if c.cancel == nil || c.wr.IsZero() {
		return
	}
	c.timer = time.AfterFunc(time.Until(c.wr), func() {
		c.mu.Lock()
		defer c.mu.Unlock()
		if expired(c.wr) {
			c.interrupt(os.ErrDeadlineExceeded)
		} else {
			c.bound() // the deadline was moved while this began
		}
	})
}

// ending returns why ctx, which begin made, has ended, if that is why err
// happened; otherwise err.
func ending(ctx context.Context, err error) error {
	switch cause := context.Cause(ctx); {
	case cause == nil:
		return err
	case errors.Is(cause, net.ErrClosed), errors.Is(cause, os.ErrDeadlineExceeded):
		return cause
	}
	return ctx.Err()
}

// forwarded writes the response for which others were asked: the records of a,
// if it has any, and then those of reply, which answers for the name that a ends
// in. Whoever gave the reply knew neither what stands before it nor the limit of
// this connection, and may not keep to the client's: a response that is too long
// is truncated as one of our own is (F4, F5, F6).
func (p *response) forwarded(name string, a *zone.Answer, reply []byte) ([]byte, error) {
	limit := p.limit
	if p.opt {
		limit += optLen // which stands in the reply already
	}
	whole, fits := reply, true
	if a.Len() > 0 {
		var err error
		if whole, fits, err = prepend(p.query, name, a, reply); err != nil {
			return nil, fmt.Errorf("forwarded: %w", err)
		}
	}
	if fits && len(whole) <= limit {
		return append(p.b, whole...), nil
	}
	// Of an extended rcode these are the lower bits. Whoever reads TC asks again,
	// and has all of it then.
	rcode := zone.RCode(reply[3] & 15)
	p.begin(rcode)
	out, _ := p.truncated(rcode)
	return out, nil
}

// prepend returns the response to query that has the records of a, in full, and
// then those of reply; fits is false where not even a stream holds those of a.
func prepend(query []byte, name string, a *zone.Answer, reply []byte) (whole []byte, fits bool, err error) {
	own, _ := newResponse(nil, query, MaxStream).answer(name, a, zone.NoError)
	var head, tail dnsmessage.Message
	if err := errors.Join(head.Unpack(own), tail.Unpack(reply)); err != nil {
		return nil, false, err
	}
	tail.Questions = head.Questions
	tail.Answers = append(head.Answers, tail.Answers...)
	whole, err = tail.Pack()
	return whole, !head.Truncated, err
}

// errWrongReply is what a stream gives that answers something else.
var errWrongReply = errors.New("forwarded: the reply is not one to the query")

// exchange sends a query on up and returns the reply, with the framing that up
// has (N4). A packet that is no reply to the query is passed over, since anyone
// can send it; in a stream it is an error (N7).
func exchange(up net.Conn, query []byte) ([]byte, error) {
	if _, ok := up.(net.PacketConn); ok {
		if _, err := up.Write(query); err != nil {
			return nil, err
		}
		reply := make([]byte, MaxStream)
		for {
			n, err := up.Read(reply)
			if err != nil {
				return nil, err
			}
			if isReply(reply[:n], query) {
				return reply[:n], nil
			}
		}
	}
	frame := binary.BigEndian.AppendUint16(nil, uint16(len(query)))
	if _, err := up.Write(append(frame, query...)); err != nil {
		return nil, err
	}
	if _, err := io.ReadFull(up, frame[:2]); err != nil {
		return nil, err
	}
	reply := make([]byte, binary.BigEndian.Uint16(frame))
	if _, err := io.ReadFull(up, reply); err != nil {
		return nil, err
	}
	if !isReply(reply, query) {
		return nil, errWrongReply
	}
	return reply, nil
}

// isReply reports whether reply has QR set and the ID and question of query
// (N6).
func isReply(reply, query []byte) bool {
	var m message
	m.parse(query)
	return len(reply) >= m.end && reply[2]&0x80 != 0 && bytes.Equal(reply[:2], query[:2]) &&
		bytes.Equal(reply[4:6], query[4:6]) && bytes.EqualFold(reply[headerLen:m.end], query[headerLen:m.end])
}
