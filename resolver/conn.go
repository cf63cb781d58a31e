package resolver

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"sync"
	"time"
)

// conn is what [Resolver.Dial] returns: a connection to nothing. A query
// written to it is answered inside Write, and Read copies the answer out. There
// is no goroutine and no socket; the whole of it, with room for the usual
// answer, is one allocation (C3).
type conn struct {
	queue
	r       *Resolver
	ctx     context.Context // Dial's; forwarding ends with it
	errand  *errand         // what it carries, or nil
	network string          // "udp" or "tcp", as Dial was asked
	address string
	packets bool // bare messages instead of a stream of frames (C2)

	writing sync.Mutex // held by the one writer
	frame   []byte     // the start of a query whose rest is not written yet

	// Of the query that is being forwarded, if one is; both under queue.mu.
	cancel context.CancelCauseFunc
	timer  *time.Timer // calls it at the write deadline

	store [2 + MaxDatagram]byte
}

// packetConn is a conn that net.Resolver recognises as a packet connection
// (N4), which is decided by the methods it has.
type packetConn struct{ conn }

var (
	_ net.Conn       = (*conn)(nil)
	_ net.PacketConn = (*packetConn)(nil)
)

func (c *conn) init(ctx context.Context, r *Resolver, e *errand, network, address string) {
	c.wake.L = &c.mu
	c.buf = c.store[:0]
	c.r, c.ctx, c.errand, c.network, c.address = r, ctx, e, network, address
}

// Read copies answers out. It waits for one only where nothing has been written
// that has an answer. The stream ends after a query that gets no answer (S2,
// C5); a packet connection goes on waiting.
func (c *conn) Read(p []byte) (int, error) { return c.read(p, c.packets) }

// Write takes queries and puts their answers where Read finds them: frames of a
// stream, however they are cut (S1), or one packet. It waits only for a reader
// who has left 64 KiB unread, or where the query is forwarded: there the write
// deadline, Close and the end of Dial's ctx end the wait, the connection that the
// query is forwarded by, and, as far as the function that dials it heeds its ctx,
// the dialling.
func (c *conn) Write(p []byte) (int, error) {
	c.writing.Lock()
	defer c.writing.Unlock()
	for n := 0; ; {
		buf, err := c.room()
		if err != nil {
			return n, err
		}
		if c.packets {
			if err := c.answer(buf, p); err != nil {
				return 0, err
			}
			return len(p), nil
		}
		query, used, ok := c.next(p[n:])
		n += used
		if ok {
			err = c.answer(buf, query)
		}
		if err != nil || n == len(p) {
			return n, err
		}
	}
}

// next takes octets of p until a query is whole, and returns it without its
// length; false if p ends first. The query is valid until the next call.
func (c *conn) next(p []byte) (query []byte, n int, ok bool) {
	if len(c.frame) == 0 && len(p) >= 2 {
		if end := 2 + int(binary.BigEndian.Uint16(p)); end <= len(p) {
			return p[2:end], end, true
		}
	}
	for n < len(p) {
		want := 2
		if len(c.frame) >= 2 {
			want += int(binary.BigEndian.Uint16(c.frame))
		}
		take := min(want-len(c.frame), len(p)-n)
		c.frame = append(c.frame, p[n:n+take]...)
		n += take
		if len(c.frame) >= 2 && len(c.frame) == 2+int(binary.BigEndian.Uint16(c.frame)) {
			query, c.frame = c.frame[2:], c.frame[:0]
			return query, n, true
		}
	}
	return nil, n, false
}

// answer appends the answer to one query to buf, which room returned, and
// publishes it.
func (c *conn) answer(buf, query []byte) error {
	at := len(buf)
	buf = append(buf, 0, 0)
	out, outcome := c.respond(buf, query)
	switch outcome {
	case silent:
		c.finish(ErrSilent) // X2
		return nil
	case dropped:
		if !c.packets {
			c.finish(io.EOF)
		}
		return nil
	case forward:
		var err error
		if out, err = c.forward(buf, query); err != nil {
			return err
		}
	}
	binary.BigEndian.PutUint16(out[at:], uint16(len(out)-at-2))
	c.publish(out)
	return nil
}

func (c *conn) respond(dst, query []byte) ([]byte, outcome) {
	if c.errand != nil {
		if out, ok := c.errand.respond(dst, query); ok {
			return out, answered
		}
	}
	return c.r.respond(dst, query, c.limit(), c.network, true)
}

// limit is the longest response that fits the connection (F4, F5).
func (c *conn) limit() int {
	if c.packets {
		return MaxDatagram
	}
	return MaxStream
}

// Close ends the connection and wakes whoever waits on it, a Write whose query is
// being forwarded among them: all get net.ErrClosed, and so does a second Close.
func (c *conn) Close() error {
	if !c.close() {
		return net.ErrClosed
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.interrupt(net.ErrClosed)
	return nil
}

func (c *conn) SetDeadline(t time.Time) error {
	if err := c.SetReadDeadline(t); err != nil {
		return err
	}
	return c.SetWriteDeadline(t)
}

func (c *conn) SetReadDeadline(t time.Time) error { return c.setDeadline(&c.rd, t) }

// SetWriteDeadline also bounds the query that is being forwarded, if one is, from
// the moment its forwarding is dialled.
func (c *conn) SetWriteDeadline(t time.Time) error {
	if err := c.setDeadline(&c.wr, t); err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bound()
	return nil
}

func (c *conn) LocalAddr() net.Addr  { return addr{c.network, "in memory"} }
func (c *conn) RemoteAddr() net.Addr { return addr{c.network, c.address} }

// ReadFrom reads one message, as Read does.
func (c *packetConn) ReadFrom(p []byte) (int, net.Addr, error) {
	n, err := c.Read(p)
	return n, c.RemoteAddr(), err
}

// WriteTo writes one message, as Write does: there is one place it can go to.
func (c *packetConn) WriteTo(p []byte, _ net.Addr) (int, error) { return c.Write(p) }

// addr is an address of a connection to nothing: what Dial was asked for.
type addr struct{ network, address string }

func (a addr) Network() string { return a.network }
func (a addr) String() string  { return a.address }
