//go:build unix

package main

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coredns/coredns/core/dnsserver"
	"github.com/coredns/coredns/plugin"
	"github.com/coredns/coredns/plugin/file"
	"github.com/miekg/dns"
	"golang.org/x/net/ipv4"

	"github.com/privatelink-go/privatelink/resolver"
	"github.com/privatelink-go/privatelink/resolver/server"
	"github.com/privatelink-go/privatelink/zone"
)

func init() {
	if role := os.Getenv(roleVariable); role != "" {
		if err := serveAs(role); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	groups = append(groups, group{"server", serverRows})
}

// roleVariable makes this program a server: each of them is a process of its
// own, so that the system tells their CPU times apart.
const roleVariable = "PEERS_SERVE"

const servedHosts = 1024

// servedZone has the hosts that the load generator asks for.
func servedZone() zone.HostedZone {
	z := answerZones(manyMask + 1)[0]
	z.RecordSets = z.RecordSets[1 : 1+servedHosts]
	return z
}

// serveAs serves on a port of its own, which it prints. For every line of the
// standard input it prints the nanoseconds of CPU time used so far; it ends
// with the input.
func serveAs(role string) error {
	pc, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		return err
	}
	z := servedZone()
	view := viewOf(dnsWorld([]zone.HostedZone{z}), zoneVPC)
	var serve func() error
	switch role {
	case "privatelink":
		serve = func() error {
			return (&server.Server{Resolver: resolver.New(view)}).Serve(context.Background(), pc, nil)
		}
	case "miekg":
		var names []string
		for _, rs := range z.RecordSets {
			names = append(names, rs.Name)
		}
		answers := newMiekg(view, names)
		s := &dns.Server{PacketConn: pc, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
			if err := w.WriteMsg(answers.reply(q)); err != nil {
				fmt.Fprintln(os.Stderr, err)
			}
		})}
		serve = s.ActivateAndServe
	case "coredns":
		config := &dnsserver.Config{Zone: z.Name + ".", ListenHosts: []string{"127.0.0.1"}, Transport: "dns"}
		config.AddPlugin(func(next plugin.Handler) plugin.Handler {
			return &file.File{Next: next, Zones: file.Zones{Z: map[string]*file.Zone{z.Name + ".": coreZone(z)}, Names: []string{z.Name + "."}}}
		})
		s, err := dnsserver.NewServer("dns://"+pc.LocalAddr().String(), []*dnsserver.Config{config})
		if err != nil {
			return err
		}
		serve = func() error { return s.ServePacket(pc) }
	default:
		return fmt.Errorf("no server %q", role)
	}
	failed := make(chan error, 1)
	go func() { failed <- serve() }()
	fmt.Println(pc.LocalAddr())
	go func() {
		for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
			fmt.Println(cpu().Nanoseconds())
		}
		failed <- nil
	}()
	return <-failed
}

// A process is a server that runs.
type process struct {
	addr string
	cpu  func() (time.Duration, error) // used so far
	stop func()
}

// start makes this program run again, as a server.
func start(role string) (*process, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(program)
	cmd.Env = append(os.Environ(), roleVariable+"="+role)
	cmd.Stderr = os.Stderr
	in, errIn := cmd.StdinPipe()
	out, errOut := cmd.StdoutPipe()
	if err := errors.Join(errIn, errOut); err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	lines := bufio.NewReader(out)
	p := &process{stop: func() {
		in.Close()
		cmd.Wait()
	}}
	p.cpu = func() (time.Duration, error) {
		if _, err := io.WriteString(in, "\n"); err != nil {
			return 0, err
		}
		line, err := lines.ReadString('\n')
		if err != nil {
			return 0, err
		}
		ns, err := strconv.ParseInt(strings.TrimSpace(line), 10, 64)
		return time.Duration(ns), err
	}
	line, err := lines.ReadString('\n')
	if err != nil {
		p.stop()
		return nil, fmt.Errorf("%s: %w", role, err)
	}
	p.addr = strings.TrimSpace(line)
	return p, nil
}

// nanosecondsPerAnswer loads the server and returns the CPU time it used for
// one answer.
func (p *process) nanosecondsPerAnswer(d time.Duration) (float64, error) {
	before, err := p.cpu()
	if err != nil {
		return 0, err
	}
	answers, err := load(p.addr, d)
	if err != nil {
		return 0, err
	}
	after, err := p.cpu()
	return float64(after-before) / float64(answers), err
}

const (
	clients     = 4
	outstanding = 32 // queries of one client
)

// load asks a server for so long, with always so many queries under way, and
// returns the number of answers. Each must be the three addresses.
func load(addr string, d time.Duration) (answers int64, err error) {
	var queries [servedHosts][]byte
	for i := range queries {
		queries[i] = wireQuery(fmt.Sprintf("host%d.corp.example", i), dns.TypeA)
	}
	var total atomic.Int64
	var wg sync.WaitGroup
	errs := make([]error, clients)
	end := time.Now().Add(d)
	for c := range clients {
		wg.Go(func() {
			n, err := ask(addr, queries[c*servedHosts/clients:], end)
			total.Add(n)
			errs[c] = err
		})
	}
	wg.Wait()
	if total.Load() == 0 {
		errs = append(errs, errors.New("no answers"))
	}
	return total.Load(), errors.Join(errs...)
}

// ask is one client. A query that is lost is made up for after a while.
func ask(addr string, queries [][]byte, end time.Time) (answers int64, err error) {
	conn, err := net.Dial("udp4", addr)
	if err != nil {
		return 0, err
	}
	defer conn.Close()
	batch := ipv4.NewPacketConn(conn.(*net.UDPConn))
	out, in := make([]ipv4.Message, outstanding), make([]ipv4.Message, outstanding)
	for i := range in {
		in[i].Buffers = [][]byte{make([]byte, resolver.MaxDatagram)}
	}
	next, send := 0, outstanding
	for time.Now().Before(end) {
		for i := range send {
			out[i].Buffers = [][]byte{queries[next%len(queries)]}
			next++
		}
		for sent := 0; sent < send; {
			n, err := batch.WriteBatch(out[sent:send], 0)
			if err != nil {
				return answers, err
			}
			sent += n
		}
		if err := conn.SetReadDeadline(time.Now().Add(50 * time.Millisecond)); err != nil {
			return answers, err
		}
		n, err := batch.ReadBatch(in, 0)
		if errors.Is(err, os.ErrDeadlineExceeded) {
			send = outstanding
			continue
		}
		if err != nil {
			return answers, err
		}
		for _, m := range in[:n] {
			b := m.Buffers[0][:m.N]
			if len(b) < 12 || b[3]&15 != 0 || binary.BigEndian.Uint16(b[6:]) != 3 {
				return answers, fmt.Errorf("not three addresses: %x", b)
			}
		}
		answers += int64(n)
		send = n
	}
	return answers, nil
}

// serverRows load the servers in turn.
func serverRows(s sizes, add func(row)) {
	r := row{name: "UDP server on loopback, CPU time of the server for one answer", rounds: 3}
	var running []*process
	defer func() {
		for _, p := range running {
			p.stop()
		}
	}()
	run := func(name string, start func() (*process, error)) side {
		p, err := start()
		if err != nil {
			panic(fmt.Sprintf("%s: %v", name, err))
		}
		running = append(running, p)
		return side{name: name, gauge: func() float64 {
			ns, err := p.nanosecondsPerAnswer(s.serve)
			if err != nil {
				panic(fmt.Sprintf("%s: %v", name, err))
			}
			return ns
		}}
	}
	role := func(r string) func() (*process, error) { return func() (*process, error) { return start(r) } }
	r.ours = run("resolver/server", role("privatelink"))
	r.others = []other{
		{side: run("miekg/dns, minimal", role("miekg")), atLeast: 2},
		{side: run("CoreDNS, file", role("coredns")), atLeast: 4},
	}
	if nsd, err := exec.LookPath("nsd"); err == nil {
		r.others = append(r.others, other{side: run("NSD", func() (*process, error) { return startNSD(nsd) })})
	}
	add(r)
}
