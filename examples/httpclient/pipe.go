package main

import (
	"context"
	"net"
	"net/http"
)

// pipeServer is an HTTP server whose connections are pipes.
type pipeServer struct {
	http.Server
	conns chan net.Conn
}

func newPipeServer(h http.Handler) *pipeServer {
	s := &pipeServer{Server: http.Server{Handler: h}, conns: make(chan net.Conn)}
	go s.Serve(s) //nolint:errcheck // it ends when main does
	return s
}

func (s *pipeServer) dial(ctx context.Context) (net.Conn, error) {
	client, server := net.Pipe()
	select {
	case s.conns <- server:
		return client, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Accept, Close and Addr make the server its own listener.
func (s *pipeServer) Accept() (net.Conn, error) {
	c, ok := <-s.conns
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (s *pipeServer) Close() error   { return nil }
func (s *pipeServer) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }
