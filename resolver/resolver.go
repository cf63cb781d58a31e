package resolver

import (
	"context"
	"log/slog"
	"net"
	"net/netip"

	"github.com/privatelink-go/privatelink/zone"
)

// Lookuper answers what a name resolves to. A [*zone.View] is one; so is any
// type of the user's with this method, which [zone.NewAnswer] serves. It must be
// safe for concurrent use and must not block: the hook calls it inside Write.
//
// name is in lower case and has no final dot; "." is the root. An octet of a
// label that cannot stand in text (a dot, a backslash, a space, a control
// character, anything beyond ASCII) is written as a backslash and three octal
// digits, as Route 53 and package zone do.
//
// Records are made by [zone.NewRecord] and [zone.AddrRecord]. Where one in an
// Answer was made otherwise and has no data, or has been given an owner that no
// message can hold, the whole answer is SERVFAIL: nothing of it is told, and the
// error of a typed lookup has [zone.ErrRData] behind it.
//
// An Answer without a response code, such as the zero Answer, says that the name
// is not known here: it is outside, and [Resolver.Outside] decides.
type Lookuper interface {
	Lookup(name string, t zone.Type) zone.Answer
}

var _ Lookuper = (*zone.View)(nil)

// Policy says what is done about a name that the view does not answer.
type Policy uint8

const (
	// Answered is the zero Policy: the view answered, and none was needed. As
	// [Resolver.Outside] it means Refuse.
	Answered Policy = iota

	// Refuse answers REFUSED. Go reports "server misbehaving" and not
	// IsNotFound: that the model does not know a name is not told as its
	// absence.
	Refuse

	// NXDomain answers NXDOMAIN, without an SOA record: the model is all there
	// is, and the suffixes of a search list end quietly.
	NXDomain

	// Forward asks [Resolver.Forward].
	Forward
)

var policyWords = [...]string{"answered", "refuse", "nxdomain", "forward"}

// String returns the word in lower case: "answered", "refuse", "nxdomain" or
// "forward"; "invalid" for a value that is none of the constants.
func (p Policy) String() string {
	if int(p) >= len(policyWords) {
		return "invalid"
	}
	return policyWords[p]
}

// Resolver answers DNS from one view: for Go's own resolver through [Resolver.Dial]
// and [Resolver.Net], by methods with net.Resolver's signatures, and bytes to
// bytes by [Resolver.AppendResponse]. It opens no socket, reads no file and
// starts no goroutine, unless Outside is Forward.
//
// [New] makes one. Its fields may be set before the first use and must not be
// changed after; it is then safe for concurrent use. The zero Resolver has no
// view, so that every name is outside.
//
// One Resolver stands at one place: Go's resolver shares concurrent lookups of
// a name among callers whatever their contexts say (rule N18), so that a second
// place needs a second Resolver and a second [net.Resolver].
type Resolver struct {
	// Outside is the policy for a name that the view does not answer: one of
	// the public DNS whose addresses the model does not have, or one under a
	// Resolver rule that forwards it. The zero value means Refuse.
	Outside Policy

	// Forward is asked where Outside is Forward: by its methods in the typed
	// lookups, and through its Dial, or a [net.Dialer] where that is nil, in the
	// hook, which asks for the network and address that Go's resolver wanted.
	// The typed lookups hand it names with a final dot, so that no search list
	// is applied; the hosts file it reads all the same, as it does for anybody.
	// nil means [net.DefaultResolver]. A function that dials is put there as
	// &net.Resolver{PreferGo: true, Dial: dial}; it is to return when its ctx
	// ends. A way that leads back here is found: [ErrForwardLoop].
	Forward *net.Resolver

	// Packets makes Dial return packet connections for "udp", with the size
	// limits and the truncation of datagrams, instead of streams; what is
	// forwarded is held to them too. Go's resolver takes either. Set it to test
	// how a program behaves when answers are truncated.
	Packets bool

	// Observe, if it is set, is called with every question, after it is decided
	// and before it is answered, in the goroutine that asked: concurrently, if
	// several ask. It must not block.
	Observe func(Query)

	view *zone.View // the Lookuper, if it is one: its lookups do not allocate
	own  Lookuper   // otherwise

	names  nameBuffers
	packed kept[packed]
	typed  [networks]kept[[]netip.Addr]
}

// New returns a Resolver that answers from v.
func New(v Lookuper) *Resolver {
	if view, ok := v.(*zone.View); ok {
		return &Resolver{view: view}
	}
	return &Resolver{own: v}
}

// Query is one question that a [Resolver] was asked, and what became of it. A
// query that is refused before its name is looked at, such as one that does not
// parse or has another class, is none.
type Query struct {
	Name      string      // as Lookuper.Lookup got it
	Type      zone.Type   // of the records asked for
	Transport string      // "udp" or "tcp"; "typed" for a method's own lookup
	Answer    zone.Answer // the view's: its rule, source, evidence and records
	Policy    Policy      // Answered, or what was done instead

	// RCode is what the client was told: SERVFAIL for a code above 15 where the
	// query has no OPT record to tell it by. It means nothing where Policy is
	// Forward or Answer says that nothing answers.
	RCode zone.RCode
}

// LogValue implements [slog.LogValuer]: name, type, transport and policy; rcode
// where one was told; and of the answer its source, rule, evidence and the data
// of its records.
func (q Query) LogValue() slog.Value {
	attrs := []slog.Attr{
		slog.String("name", q.Name),
		slog.String("type", q.Type.String()),
		slog.String("transport", q.Transport),
		slog.String("policy", q.Policy.String()),
	}
	if q.Policy != Forward && !q.Answer.IsSilent() {
		attrs = append(attrs, slog.String("rcode", q.RCode.String()))
	}
	var data []string
	for rec := range q.Answer.Records() {
		data = append(data, rec.Data())
	}
	return slog.GroupValue(append(attrs,
		slog.String("source", sourceText(q.Answer.Source())),
		slog.String("rule", q.Answer.Rule()),
		slog.String("evidence", q.Answer.Evidence().String()),
		slog.Any("records", data),
	)...)
}

// Net returns a new [net.Resolver] that asks r. PreferGo is set: without it the
// hook is not called on most systems (rule N1). Lookups through one value share
// their work, so keep it.
func (r *Resolver) Net() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: r.Dial}
}

// Dial is the hook for the Dial field of a [net.Resolver] with PreferGo set. The
// connection it returns leads nowhere: what is written to it is answered from
// the view. network is "udp" or "tcp", with "4" or "6" or not; the address
// is reported by RemoteAddr and used for nothing else, except where Outside is
// Forward. The errors are ctx's if it has ended, [net.UnknownNetworkError] and
// [ErrForwardLoop].
//
// Both networks carry frames of a stream, as after a dial of "tcp", unless
// Packets is set: Go's resolver decides by the connection's methods. What the
// end of ctx does to the connection later is nothing, as everywhere in package
// net, unless a query is being forwarded: then Write returns ctx's error. It
// returns [os.ErrDeadlineExceeded] at the write deadline and [net.ErrClosed] after
// Close, also while the forwarding is still dialled.
func (r *Resolver) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	e := r.arrived(ctx)
	if e != nil && e.sentinel == "" {
		return nil, ErrForwardLoop
	}
	packets := false
	switch network {
	case "udp", "udp4", "udp6":
		network, packets = "udp", r.Packets
	case "tcp", "tcp4", "tcp6":
		network = "tcp"
	default:
		return nil, net.UnknownNetworkError(network)
	}
	if packets {
		c := new(packetConn)
		c.init(ctx, r, e, network, address)
		c.packets = true
		return c, nil
	}
	c := new(conn)
	c.init(ctx, r, e, network, address)
	return c, nil
}
