package server

import (
	"context"
	"encoding/binary"
	"net"
	"time"

	"github.com/privatelink-go/privatelink/resolver"
)

const (
	readSize  = 1024    // first size of a stream's read buffer: two usual queries
	flushSize = 1 << 16 // octets of answers that are written before more are made
)

// stream answers the queries of one connection, in order, until:
//
//  1. the client closes it: whole queries are answered before, half a one is
//     not (S3)
//  2. a query gets no answer: shorter than a header, or a response (S2)
//  3. a query is longer than MaxQuery
//  4. IdleTimeout passes before the next query is whole, or before an answer is
//     read
//  5. ctx ends: whole queries that were read are answered before, as far as the
//     client reads the answers, all of them together, within IdleTimeout from
//     then on
//
// Queries that arrive together are answered together (RFC 7766 sections 6.2.1.1
// and 8).
func (s *Server) stream(ctx context.Context, c net.Conn) {
	defer c.Close()
	idle := orDefault(s.IdleTimeout, DefaultIdleTimeout)
	defer atEnd(ctx, func() {
		c.SetReadDeadline(time.Unix(1, 0))
		c.SetWriteDeadline(time.Now().Add(idle))
	})()

	buf := make([]byte, min(readSize, s.longest()))
	var in, out []byte // in: what is read and not answered, at any place of buf
	var err error
	for deadline := time.Now().Add(idle); ; {
		var ok bool
		in, out, ok = s.answer(in, out[:0])
		if len(out) > 0 {
			if ctx.Err() == nil { // from then on the deadline of the end stands, else a slow reader holds it up
				deadline = time.Now().Add(idle)
				c.SetWriteDeadline(deadline)
			}
			if _, err := c.Write(out); err != nil {
				return
			}
		}
		switch {
		case !ok:
			return
		case len(out) > 0:
			continue // there may be more whole queries
		case err != nil:
			return
		}
		n := copy(buf, in)
		if n == len(buf) {
			// It is longer then: n octets that are no whole query, and begin none that is too long, are fewer than longest.
			buf = make([]byte, min(2*n, s.longest()))
			copy(buf, in)
		}
		c.SetReadDeadline(deadline)
		if ctx.Err() != nil { // its own deadline may just have been undone
			return
		}
		var read int
		read, err = c.Read(buf[n:])
		in = buf[:n+read]
	}
}

// longest is how many octets the longest query takes, its length included.
func (s *Server) longest() int {
	return 2 + min(orDefault(s.MaxQuery, DefaultMaxQuery), resolver.MaxStream)
}

// answer appends the answers to the whole queries at the start of in, each
// behind its length, and returns what it left of in. It stops early when
// flushSize is reached; false means that the stream must end after answers.
func (s *Server) answer(in, out []byte) (rest, answers []byte, ok bool) {
	for len(in) >= 2 && len(out) < flushSize {
		end := 2 + int(binary.BigEndian.Uint16(in))
		if end > s.longest() {
			return in, out, false
		}
		if end > len(in) {
			break
		}
		at := len(out)
		b, ok := s.Resolver.AppendResponse(append(out, 0, 0), in[2:end], resolver.MaxStream)
		if !ok {
			return in, out, false
		}
		binary.BigEndian.PutUint16(b[at:], uint16(len(b)-at-2))
		in, out = in[end:], b
	}
	return in, out, true
}
