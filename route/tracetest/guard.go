package tracetest

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"testing"

	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
)

// ErrNotPrivate is what a [Guard] and a [GuardDialer] return, wrapped, for what
// does not stay private. Test with errors.Is.
var ErrNotPrivate = errors.New("does not stay in the VPC")

// Request is one request or dial that was asked for, private or not.
type Request struct {
	What  string      // "GET https://sts.us-east-2.amazonaws.com/", "dial tcp 10.0.1.10:443"
	At    string      // the caller's "file:line"; "" if no frame of the stack is the caller's
	Trace trace.Trace // which way it would go, and why
}

// guard judges and remembers.
type guard struct {
	tb   testing.TB
	from trace.Vantage

	mu       sync.Mutex
	over     bool
	requests []Request
}

func newGuard(tb testing.TB, from trace.Vantage) *guard {
	g := &guard{tb: tb, from: from}
	tb.Cleanup(func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		g.over = true
	})
	return g
}

// pass reports whether what stays private, and fails the test if not.
func (g *guard) pass(what, host string, port uint16) error {
	g.tb.Helper()
	r := Request{What: what, At: caller(), Trace: g.from.To(host, port)}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.requests = append(g.requests, r)
	if r.Trace.Verdict == route.Private {
		return nil
	}
	if !g.over { // a test that has ended cannot fail any more
		g.tb.Errorf("%s at %s %s:\n%s", what, orUnknown(r.At), predicate(r.Trace), r.Trace)
	}
	return fmt.Errorf("%w: %s port %d: class %s, verdict %s", ErrNotPrivate, r.Trace.Host, port, r.Trace.Class, r.Trace.Verdict)
}

// predicate says what is wrong with a Trace that is not private.
func predicate(tr trace.Trace) string {
	switch tr.Verdict {
	case route.Public:
		return "leaves the VPC by the " + tr.Way()
	case route.Failed:
		return "does not arrive"
	}
	return "is not known to stay in the VPC"
}

func orUnknown(at string) string {
	if at == "" {
		return "an unknown place"
	}
	return at
}

func (g *guard) list() []Request {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.Clone(g.requests)
}

// Transport is the guard of an [http.Client]. Make one with [Guard]. It is safe
// for concurrent use.
type Transport struct {
	g    *guard
	next http.RoundTripper
}

// Guard returns a transport with which an [http.Client] behaves as if it stood
// at from. The order of its decision about a request:
//
//  1. The host and the port of the URL, 443 for https and 80 for http if it
//     names none, are traced from there: [trace.Vantage.To].
//  2. The verdict is private: next answers. A nil next answers 200 without a
//     body.
//  3. Any other verdict, failed and unknown included: the test fails
//     (tb.Errorf, so it goes on) with the proof and the caller's line, and the
//     error wraps [ErrNotPrivate].
//
// Nothing is dialled, unless next does. After the end of the test requests are
// still refused, and fail nothing. from must not be the zero Vantage.
func Guard(tb testing.TB, from trace.Vantage, next http.RoundTripper) *Transport {
	return &Transport{newGuard(tb, from), next}
}

// RoundTrip implements [http.RoundTripper].
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	t.g.tb.Helper()
	port, err := portOf(r)
	if err == nil {
		err = t.g.pass(r.Method+" "+r.URL.Redacted(), r.URL.Hostname(), port)
	}
	if err == nil && t.next != nil {
		return t.next.RoundTrip(r)
	}
	if r.Body != nil { // the contract of RoundTripper: closed, errors included
		_ = r.Body.Close()
	}
	if err != nil {
		return nil, err
	}
	return &http.Response{
		Status: "200 OK", StatusCode: http.StatusOK, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{}, Body: http.NoBody, Request: r,
	}, nil
}

// Requests returns every request so far, in order.
func (t *Transport) Requests() []Request { return t.g.list() }

// portOf returns the port of a request's URL.
func portOf(r *http.Request) (uint16, error) {
	switch p := r.URL.Port(); {
	case p != "":
		n, err := strconv.ParseUint(p, 10, 16)
		return uint16(n), err
	case r.URL.Scheme == "http":
		return 80, nil
	}
	return 443, nil
}
