package resolver

import (
	"context"
	"io"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/privatelink-go/privatelink/zone"
)

// Pipe returns two ends of a duplex connection made of two of the queues that
// the connection behind the hook has one of (C7).
func Pipe() (net.Conn, net.Conn) {
	var a, b queue
	p, q := &pipeEnd{in: &a, out: &b}, &pipeEnd{in: &b, out: &a}
	a.wake.L, b.wake.L = &a.mu, &b.mu
	return p, q
}

type pipeEnd struct {
	in, out *queue
	writing sync.Mutex
}

func (p *pipeEnd) Read(b []byte) (int, error) { return p.in.read(b, false) }

func (p *pipeEnd) Write(b []byte) (n int, err error) {
	p.writing.Lock()
	defer p.writing.Unlock()
	for {
		buf, err := p.out.room()
		if err != nil {
			return n, err
		}
		take := min(len(b)-n, 1000)
		p.out.publish(append(buf, b[n:n+take]...))
		if n += take; n == len(b) {
			return n, nil
		}
	}
}

func (p *pipeEnd) Close() error {
	first := p.in.close() // before the other end learns of it, and has this one closed again
	p.out.finish(io.EOF)
	if !first {
		return net.ErrClosed
	}
	return nil
}

func (p *pipeEnd) SetDeadline(t time.Time) error {
	if err := p.SetReadDeadline(t); err != nil {
		return err
	}
	return p.SetWriteDeadline(t)
}
func (p *pipeEnd) SetReadDeadline(t time.Time) error  { return p.in.setDeadline(&p.in.rd, t) }
func (p *pipeEnd) SetWriteDeadline(t time.Time) error { return p.out.setDeadline(&p.out.wr, t) }
func (p *pipeEnd) LocalAddr() net.Addr                { return addr{"pipe", "here"} }
func (p *pipeEnd) RemoteAddr() net.Addr               { return addr{"pipe", "there"} }

// Unread returns what can be read from a connection of the hook at once.
func Unread(c net.Conn) []byte {
	q := &c.(*conn).queue
	q.mu.Lock()
	defer q.mu.Unlock()
	return slices.Clone(q.buf[q.off:])
}

// Slot returns the number of a question's slot.
func Slot(question string) uint { return place(question) }

// SlotOf is Slot for octets.
func SlotOf(question []byte) uint { return place(question) }

// KeepsAddrs reports whether the addresses of a host are kept.
func (r *Resolver) KeepsAddrs(host string) bool {
	return r.known(context.Background(), "ip", host) != nil
}

// HandedOn returns the name that the resolver to forward to is asked for the TXT
// records of a host with; "" where nothing is forwarded.
func (r *Resolver) HandedOn(host string) string {
	f, err := r.find(context.Background(), host, zone.TXT)
	if err != nil || f.up == nil {
		return ""
	}
	return f.name
}
