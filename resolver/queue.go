package resolver

import (
	"encoding/binary"
	"errors"
	"io"
	"net"
	"os"
	"sync"
	"time"
)

// queueLimit is how many unread octets make a writer wait: one answer of the
// largest size may always be added to them.
const queueLimit = 1 << 16

// queue is one direction of an in-memory connection: octets that one side has
// put in and the other has not read yet. The conn behind the Dial hook has one,
// since it writes its own answers; a duplex pipe is two.
//
// There is one writer at a time (its owner sees to that) and any number of
// readers. A writer appends after the published octets and a reader never looks
// there, so that answers are made in place without holding the lock.
type queue struct {
	mu   sync.Mutex
	wake sync.Cond // of mu: something below has changed

	rd, wr time.Time // deadlines; the zero Time is none
	buf    []byte    // published octets
	off    int       // of them, read
	end    error     // what a reader finds after the last octet; nil: more may come
	closed bool
}

// read moves unread octets into p. With packets set, each item in the queue is
// a message behind its length in two octets: one is taken, and what does not
// fit p is lost, as with a datagram.
func (q *queue) read(p []byte, packets bool) (int, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		switch {
		case q.closed:
			return 0, net.ErrClosed
		case expired(q.rd):
			return 0, os.ErrDeadlineExceeded
		case q.off < len(q.buf):
			next, used := q.buf[q.off:], 0
			if packets {
				used = 2 + int(binary.BigEndian.Uint16(next))
				next = next[2:used]
			}
			n := copy(p, next)
			q.off += max(used, n)
			q.wake.Broadcast()
			return n, nil
		case len(p) == 0 && !packets:
			return 0, nil
		case q.end != nil:
			return 0, q.end
		}
		q.wait(q.rd)
	}
}

// room waits until a writer may append, and returns the slice to append to.
// What it appends is seen by readers once it is published.
func (q *queue) room() ([]byte, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for {
		switch {
		case q.closed:
			return nil, net.ErrClosed
		case errors.Is(q.end, io.EOF):
			return nil, io.ErrClosedPipe
		case q.end != nil:
			return nil, q.end
		case expired(q.wr):
			return nil, os.ErrDeadlineExceeded
		case len(q.buf)-q.off <= queueLimit:
			if q.off > 0 {
				q.buf = q.buf[:copy(q.buf, q.buf[q.off:])]
				q.off = 0
			}
			return q.buf, nil
		}
		q.wait(q.wr)
	}
}

// publish hands what room returned, with more appended to it, to the readers.
func (q *queue) publish(b []byte) {
	q.mu.Lock()
	q.buf = b
	q.mu.Unlock()
	q.wake.Broadcast()
}

// finish makes err what readers find after the last octet, and what writers
// find at once: io.ErrClosedPipe where err is io.EOF.
func (q *queue) finish(err error) {
	q.mu.Lock()
	if q.end == nil {
		q.end = err
	}
	q.mu.Unlock()
	q.wake.Broadcast()
}

// close ends both sides at once; false if they were closed before.
func (q *queue) close() bool {
	q.mu.Lock()
	first := !q.closed
	q.closed = true
	q.mu.Unlock()
	q.wake.Broadcast()
	return first
}

// setDeadline stores a deadline of the queue and wakes whoever waits for an
// older one.
func (q *queue) setDeadline(which *time.Time, t time.Time) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed {
		return net.ErrClosed
	}
	*which = t
	q.wake.Broadcast()
	return nil
}

// wait returns when something has changed or the deadline has passed; q.mu is
// held. There is a timer only while it waits.
func (q *queue) wait(deadline time.Time) {
	if !deadline.IsZero() {
		// The timer needs the lock, so it cannot fire between here and Wait.
		t := time.AfterFunc(time.Until(deadline), func() {
			q.mu.Lock()
			defer q.mu.Unlock()
			q.wake.Broadcast()
		})
		defer t.Stop()
	}
	q.wake.Wait()
}

func expired(t time.Time) bool { return !t.IsZero() && !time.Now().Before(t) }
