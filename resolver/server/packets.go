package server

import (
	"context"
	"errors"
	"net"
	"net/netip"

	"github.com/privatelink-go/privatelink/resolver"
)

// packets answers datagrams until ctx ends, and returns nil then. Several run
// on one pc. Only pc being closed by others makes it return an error: any other
// may be the work of a packet (an ICMP error, a datagram too long to read).
func (s *Server) packets(ctx context.Context, pc net.PacketConn) error {
	var socket socket = &packetSocket{pc: pc}
	if udp, ok := pc.(*net.UDPConn); ok {
		socket = &udpSocket{udp: udp}
	}
	query := make([]byte, 1<<16)
	answer := make([]byte, 0, resolver.MaxDatagram)
	var wait backoff
	for ctx.Err() == nil {
		n, err := socket.receive(query)
		switch {
		case err == nil:
			wait = 0
			if b, ok := s.Resolver.AppendResponse(answer, query[:n], resolver.MaxDatagram); ok {
				socket.reply(b)
			}
		case errors.Is(err, net.ErrClosed):
			return err
		default:
			wait.sleep(ctx)
		}
	}
	return nil
}

// socket receives datagrams and replies to the last one. A reply that cannot be
// sent is lost, as on the way: the client asks again.
type socket interface {
	receive(b []byte) (int, error)
	reply(b []byte)
}

// udpSocket uses the methods of net.UDPConn that do not allocate an address.
type udpSocket struct {
	udp  *net.UDPConn
	from netip.AddrPort
}

func (s *udpSocket) receive(b []byte) (n int, err error) {
	n, s.from, err = s.udp.ReadFromUDPAddrPort(b)
	return n, err
}

func (s *udpSocket) reply(b []byte) { _, _ = s.udp.WriteToUDPAddrPort(b, s.from) }

// packetSocket is any other packet connection.
type packetSocket struct {
	pc   net.PacketConn
	from net.Addr
}

func (s *packetSocket) receive(b []byte) (n int, err error) {
	n, s.from, err = s.pc.ReadFrom(b)
	return n, err
}

func (s *packetSocket) reply(b []byte) { _, _ = s.pc.WriteTo(b, s.from) }
