package server

import (
	"context"
	"errors"
	"net"
	"runtime"
	"sync"
	"time"

	"github.com/privatelink-go/privatelink/resolver"
)

// Limits of a Server whose fields are zero.
const (
	DefaultIdleTimeout = 10 * time.Second
	DefaultMaxConns    = 256
	DefaultMaxQuery    = 4096
)

// ErrNothingToServe is returned by [Server.Serve] without a Resolver, or with
// neither a packet connection nor a listener.
var ErrNothingToServe = errors.New("nothing to serve: no resolver, or neither a packet connection nor a listener")

// Server answers DNS over UDP and TCP from one [resolver.Resolver]. The zero
// Server is not usable: Resolver must be set. Fields must not be changed while
// Serve runs; one Server may Serve several pairs at once, and the limits hold
// for each of them.
type Server struct {
	Resolver *resolver.Resolver

	// IdleTimeout is how long a stream may take from one query to the end of
	// the next, and how long its client may leave an answer unread. Single
	// octets do not extend it. 0 means DefaultIdleTimeout.
	IdleTimeout time.Duration

	// MaxConns is how many streams are open at once. Further ones wait in the
	// listener's backlog. 0 means DefaultMaxConns.
	MaxConns int

	// MaxQuery is the longest query, in octets, that a stream may carry. A
	// longer one ends the stream. 0 means DefaultMaxQuery; nothing above 65,535
	// can arrive.
	MaxQuery int
}

// Serve answers what arrives on pc and on the connections that l accepts, until
// ctx ends or one of the two is closed by others; either may be nil. It then
// closes both, lets the answers under way be finished, and waits for all its
// goroutines. It returns nil if ctx ended it, the failure otherwise, and
// [ErrNothingToServe] at once.
//
// That one was closed is told by its net.ErrClosed. While MaxConns streams are
// open, l is not asked for another, and Serve looks for its end by setting its
// deadline; one without SetDeadline is found closed when a stream ends.
//
// Its memory is bounded whatever arrives: a few readers with fixed buffers on
// pc; on l, MaxConns streams, each with a buffer that grows to MaxQuery octets
// and the two of their length, and one of answers, which two of the longest fill.
// Nothing that arrives makes it fail. A datagram is answered by one
// datagram or none, as long as the client's EDNS(0) size allows and never longer
// than [resolver.MaxDatagram]. The answers are those of
// [resolver.Resolver.AppendResponse]; where it gives none, a datagram is
// dropped and a stream is closed (S2).
//
// Deadlines are what ends a Read or a Write: the connections must keep them, as
// those of package net do. A reply that pc does not take at once holds up one of
// its readers, for at most IdleTimeout after the end; UDP drops instead.
//
// Bind pc to an address: on a socket that is bound to none, of a host that has
// several, the system may answer from another one than was asked. A panic in a
// user's own Lookuper or in Observe is not caught. One of them that ends its
// goroutine (runtime.Goexit, as t.FailNow does) ends the stream that asked; if
// it was a datagram, Serve, which then returns context.Canceled.
func (s *Server) Serve(ctx context.Context, pc net.PacketConn, l net.Listener) error {
	if s.Resolver == nil || pc == nil && l == nil {
		return ErrNothingToServe
	}
	running, end := context.WithCancelCause(ctx)
	defer end(nil)
	var wg sync.WaitGroup
	serve := func(f func() error) {
		wg.Go(func() {
			var err error
			defer func() { end(err) }() // the first counts; deferred, as a user's function may end the goroutine
			err = f()
		})
	}
	if pc != nil {
		// A deadline wakes the readers, and answers can still be written, but not for ever.
		defer atEnd(running, func() {
			pc.SetReadDeadline(time.Unix(1, 0))
			pc.SetWriteDeadline(time.Now().Add(orDefault(s.IdleTimeout, DefaultIdleTimeout)))
		})()
		for range runtime.GOMAXPROCS(0) {
			serve(func() error { return s.packets(running, pc) })
		}
	}
	if l != nil {
		defer atEnd(running, func() { l.Close() })()
		serve(func() error { return s.accept(running, l, &wg) })
	}
	wg.Wait()
	if pc != nil {
		pc.Close()
	}
	if l != nil {
		l.Close()
	}
	if ctx.Err() != nil {
		return nil
	}
	return context.Cause(running)
}

// accept serves every connection of l in a goroutine of streams, MaxConns at
// once. It ends with ctx or with l, and waits for no stream: where others
// closed l, it is its return that ends ctx, and ctx that ends the streams.
func (s *Server) accept(ctx context.Context, l net.Listener, streams *sync.WaitGroup) error {
	slots := make(chan struct{}, orDefault(s.MaxConns, DefaultMaxConns))
	var wait backoff
	for {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
			return nil
		case <-time.After(lookAgain):
			if err := closed(l); err != nil {
				return err
			}
			continue
		}
		c, err := l.Accept()
		switch {
		case err == nil:
			wait = 0
			streams.Go(func() {
				defer func() { <-slots }()
				s.stream(ctx, c)
			})
			continue
		case errors.Is(err, net.ErrClosed):
			return err // which says nothing where ctx ended before: the first error counts
		}
		<-slots
		wait.sleep(ctx) // out of descriptors, a connection reset in the backlog
	}
}

// atEnd calls f when ctx ends, unless wait is called before, which otherwise
// waits until f has returned.
func atEnd(ctx context.Context, f func()) (wait func()) {
	returned := make(chan struct{})
	stop := context.AfterFunc(ctx, func() {
		defer close(returned)
		f()
	})
	return func() {
		if !stop() {
			<-returned
		}
	}
}

// lookAgain is how often a listener is looked at while nothing can be accepted.
const lookAgain = 100 * time.Millisecond

// closed returns an error that is net.ErrClosed if others have closed l, which
// by itself only Accept tells. It returns nil for a listener that takes no
// deadlines, as those of package net do.
func closed(l net.Listener) error {
	if d, ok := l.(interface{ SetDeadline(time.Time) error }); ok {
		if err := d.SetDeadline(time.Time{}); errors.Is(err, net.ErrClosed) {
			return err
		}
	}
	return nil
}

// orDefault returns n, or def where n is not positive.
func orDefault[T int | time.Duration](n, def T) T {
	if n > 0 {
		return n
	}
	return def
}

// backoff paces a loop whose system call fails for reasons that may pass.
type backoff time.Duration

// sleep waits 5 ms, then twice as long each time, up to a second, or until ctx
// ends.
func (b *backoff) sleep(ctx context.Context) {
	*b = min(max(2**b, backoff(5*time.Millisecond)), backoff(time.Second))
	select {
	case <-time.After(time.Duration(*b)):
	case <-ctx.Done():
	}
}
