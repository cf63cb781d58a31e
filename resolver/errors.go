package resolver

import (
	"context"
	"errors"
	"net"

	"github.com/privatelink-go/privatelink/zone"
)

// Why a lookup found nothing. The methods of [Resolver] return a [*net.DNSError]
// with the text and the flags of Go's own resolver, and errors.Is finds one of
// these behind it. Through [Resolver.Net] they cannot be told: Go keeps only text
// and flags, which are the same for the first two.
var (
	// ErrNXDomain: the name does not exist (NXDOMAIN). IsNotFound is set.
	ErrNXDomain = errors.New("the name does not exist")

	// ErrNoData: the name exists and has no records of the type (NODATA).
	// IsNotFound is set.
	ErrNoData = errors.New("the name has no records of the type")

	// ErrOutside: the model does not know the name, and the policy is Refuse.
	// No flag is set, unless CNAMEs lead to that name: then IsNotFound.
	ErrOutside = errors.New("the name is outside the model")

	// ErrUnknown: a zone of the model wins the name, and what it answers is
	// unknown or unspecified. No flag is set.
	ErrUnknown = errors.New("what the zone answers is not known")

	// ErrSilent: nothing answers, since DNS support is off in the VPC
	// (enableDnsSupport). IsTimeout and IsTemporary are set, as on AWS, where it
	// takes a timeout to find out; here it is told at once. It is also what
	// reading from the hook's connection returns.
	ErrSilent error = silence{}
)

// silence is a net.Error, so that Go's resolver reports it with the flags that a
// query without an answer has.
type silence struct{}

func (silence) Error() string {
	return "no answer comes: DNS support is off in the VPC (enableDnsSupport)"
}
func (silence) Timeout() bool   { return true }
func (silence) Temporary() bool { return true }

// The texts of Go's resolver (net/net.go, net/dnsclient_unix.go).
const (
	noSuchHost  = "no such host"
	misbehaving = "server misbehaving"
)

// failure returns the error of a lookup for name, of which nothing could be used
// of the answer a. Its Server says who answered, in words.
func failure(name string, a *zone.Answer, v verdict) *net.DNSError {
	e := &net.DNSError{Err: misbehaving, Name: name}
	who := sourceText(a.Source())
	switch {
	case v.silent:
		e.Err, e.UnwrapErr = ErrSilent.Error(), ErrSilent
		e.IsTimeout, e.IsTemporary = true, true
	case v.broken:
		e.UnwrapErr, e.IsTemporary = zone.ErrRData, true
		e.Server = "the view, whose answer holds a record without data or with an owner that is no name"
	case v.rcode == zone.NXDomain:
		e.Err, e.UnwrapErr, e.IsNotFound, e.Server = noSuchHost, ErrNXDomain, true, who
		if v.policy == NXDomain {
			e.Server = "the model, which does not know the name"
		}
	case v.rcode == zone.NoError:
		e.Err, e.UnwrapErr, e.IsNotFound, e.Server = noSuchHost, ErrNoData, true, who+", where the name has no such record"
		if _, known := a.RCode(); !known {
			e.UnwrapErr, e.Server = ErrOutside, who+", whose CNAME leads out of the model"
		}
	case v.policy == Refuse && isOutside(a):
		e.UnwrapErr, e.Server = ErrOutside, "the model, which does not know the name"
	case v.policy == Refuse:
		e.UnwrapErr, e.Server = ErrUnknown, who+", whose answer is not known"
	default:
		e.Server = who
		e.IsTemporary = v.rcode == zone.ServFail
	}
	return e
}

// sourceText says what answered: "hidden-zone Z06320943MMOWYG6MAVL9", or with its
// domain where there is no id; "public".
func sourceText(s zone.Source) string {
	switch {
	case s.ID != "":
		return s.Kind.String() + " " + s.ID
	case s.Zone != "":
		return s.Kind.String() + " " + s.Zone
	}
	return s.Kind.String()
}

// ended returns the error of a lookup whose context has ended, with the text and
// the flags of Go's resolver (N21); nil if it has not.
func ended(ctx context.Context, name string) error {
	err := ctx.Err()
	if err == nil {
		return nil
	}
	e := &net.DNSError{UnwrapErr: err, Err: "operation was canceled", Name: name}
	if errors.Is(err, context.DeadlineExceeded) {
		e.Err, e.IsTimeout, e.IsTemporary = "i/o timeout", true, true
	}
	return e
}

// unaskable returns the error of a lookup for a text that is no name: Go's
// resolver does not ask for it either (N16).
func unaskable(name string) error {
	return &net.DNSError{UnwrapErr: zone.ErrName, Err: noSuchHost, Name: name, IsNotFound: true}
}
