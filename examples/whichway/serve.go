package main

import (
	"context"
	"errors"
	"fmt"
	"net"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/resolver/server"
	"github.com/privatelink-go/privatelink/zone"
)

// serve answers DNS over UDP and TCP from a view until it is interrupted. The
// two sockets of -addr are the only ones this command ever opens.
func serve(ctx context.Context, c *cli, args []string) (int, error) {
	fs := flags("serve")
	dir := fs.String("world", "", "")
	view := fs.String("view", "", "")
	addr := fs.String("addr", "127.0.0.1:5353", "")
	if err := parse(fs, args); err != nil {
		return exitUsage, err
	}
	if *view == "" || fs.NArg() > 0 {
		return exitUsage, errors.New("serve: want -view vpc:ID|subnet:ID|inbound:VPC|public and no arguments")
	}
	v, err := c.view(*dir, *view)
	if err != nil {
		return exitUsage, fmt.Errorf("serve: %w", err)
	}
	pc, l, err := listen(ctx, net.ListenConfig{}, *addr)
	if err != nil {
		return exitUsage, fmt.Errorf("serve: -addr: %w", err)
	}
	fmt.Fprintf(c.err, "whichway: answering as %s on %s, UDP and TCP\n", *view, l.Addr())
	s := server.Server{Resolver: resolver.New(v)}
	if err := s.Serve(ctx, pc, l); err != nil {
		return exitUsage, fmt.Errorf("serve: %w", err)
	}
	return exitOK, nil
}

// listen opens a stream and a packet socket on one address. Port 0 is chosen
// by the system for the stream, and taken for the packets too; if they cannot
// have it, another is tried, five in all.
func listen(ctx context.Context, lc net.ListenConfig, addr string) (net.PacketConn, net.Listener, error) {
	_, port, _ := net.SplitHostPort(addr) // an error is Listen's to tell
	for tries := 1; ; tries++ {
		l, err := lc.Listen(ctx, "tcp", addr)
		if err != nil {
			return nil, nil, err
		}
		pc, err := lc.ListenPacket(ctx, "udp", l.Addr().String())
		if err == nil {
			return pc, l, nil
		}
		err = errors.Join(err, l.Close())
		if port != "0" || tries == 5 {
			return nil, nil, err
		}
	}
}

// view returns the view that -view names in the world that -world names.
func (c *cli) view(dir, view string) (*zone.View, error) {
	point, err := zone.ParsePoint(view)
	if err != nil {
		return nil, fmt.Errorf("-view: %w", err)
	}
	w, err := c.world(dir)
	if err != nil {
		return nil, err
	}
	v, ok := w.Zones().View(point)
	if !ok {
		return nil, fmt.Errorf("-view %s: not in the input", point)
	}
	return v, nil
}
