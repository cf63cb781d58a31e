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
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/privatelink-go/privatelink/zone"
)

const (
	startTime  = 25 * time.Second // BIND takes half a second; a loaded machine is slower
	answerTime = 10 * time.Second
	ports      = 3 // free ports are tried: another program may take one before BIND does
)

// bind is a running BIND that is authoritative for some zones and asks nobody.
type bind struct {
	cmd    *exec.Cmd
	addr   string
	conn   net.Conn
	lastID uint16
}

// startBind starts BIND with zones on a free port of 127.0.0.1.
func startBind(ctx context.Context, path, dir string, zones []zone.Zone) (*bind, error) {
	if err := os.WriteFile(filepath.Join(dir, "root"), []byte(rootZone), 0o644); err != nil {
		return nil, err
	}
	var statements strings.Builder
	for i, z := range zones {
		file := fmt.Sprintf("zone%03d", i)
		if err := os.WriteFile(filepath.Join(dir, file), zone.AppendZoneFile(nil, z), 0o644); err != nil {
			return nil, err
		}
		name, err := masterName(z.Name)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&statements, "zone \"%s\" { type primary; file \"%s\"; };\n", name, file)
	}
	for attempt := 1; ; attempt++ {
		port, err := freePort(ctx)
		if err != nil {
			return nil, err
		}
		config := filepath.Join(dir, "named.conf")
		if err := os.WriteFile(config, []byte(namedConf(dir, port)+statements.String()), 0o644); err != nil {
			return nil, err
		}
		b := &bind{cmd: exec.CommandContext(ctx, path, "-g", "-4", "-n", "1", "-c", config), addr: fmt.Sprintf("127.0.0.1:%d", port)}
		log, err := b.start(ctx)
		switch {
		case err == nil:
			return b, nil
		case strings.Contains(log, "address in use") && attempt < ports:
		case strings.Contains(log, "permission denied"):
			return nil, skipped("it may not read " + dir)
		default:
			return nil, fmt.Errorf("%w:\n%s", err, log)
		}
	}
}

// namedConf is the configuration but for the zones. Answers are as short as BIND makes them, since AUTHORITY and
// ADDITIONAL of positive answers are not compared. Recursion is on, because BIND follows CNAMEs from zone to zone only
// then; nobody is ever asked, since the root is here too.
func namedConf(dir string, port int) string {
	return fmt.Sprintf(`options {
	directory %q;
	listen-on port %d { 127.0.0.1; };
	listen-on-v6 { none; };
	pid-file none;
	session-keyfile none;
	recursion yes;
	allow-query { 127.0.0.1; };
	allow-transfer { 127.0.0.1; };
	notify no;
	dnssec-validation no;
	empty-zones-enable no;
	check-names primary ignore;
	minimal-responses yes;
	minimal-any no;
	zero-no-soa-ttl no;
};
controls { };
zone "." { type primary; file "root"; };
`, dir, port)
}

// rootZone is the public DNS, in which no name exists but one that a name server must have.
const rootZone = `. 900 IN SOA ns.invalid. host.invalid. 1 7200 900 1209600 86400
ns.invalid. 900 IN A 127.0.0.1
. 900 IN NS ns.invalid.
`

// masterName returns a name as zone files and BIND's configuration write it: escapes in decimal.
func masterName(name string) (string, error) {
	var b strings.Builder
	for rest := name; rest != ""; {
		label, after, err := cutLabel(rest)
		if err != nil {
			return "", fmt.Errorf("%q: %w", name, err)
		}
		for _, c := range label {
			switch {
			case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-', c == '_', c == '*':
				b.WriteByte(c)
			default:
				fmt.Fprintf(&b, `\%03d`, c)
			}
		}
		b.WriteByte('.')
		rest = after
	}
	return b.String(), nil
}

// freePort returns a port that nobody listens on, neither for streams nor for datagrams.
func freePort(ctx context.Context) (int, error) {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	pc, err := lc.ListenPacket(ctx, "udp", l.Addr().String())
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, pc.Close()
}

// start waits until BIND has loaded its zones, and connects. It returns the log so far; on an error BIND does not run.
func (b *bind) start(ctx context.Context) (log string, err error) {
	stderr, err := b.cmd.StderrPipe()
	if err != nil {
		return "", err
	}
	if err := b.cmd.Start(); err != nil {
		return "", err
	}
	late := time.AfterFunc(startTime, func() { _ = b.cmd.Process.Kill() })
	lines := bufio.NewScanner(stderr)
	var all, bad []string
	running := false
	for !running && lines.Scan() {
		text := lines.Text()
		all = append(all, text)
		if strings.Contains(text, "zone ") && (strings.Contains(text, "failed") || strings.Contains(text, "not loaded")) {
			bad = append(bad, text)
		}
		running = strings.HasSuffix(text, " running") // a time stands before it
	}
	log = strings.Join(all, "\n")
	late.Stop()
	go drain(stderr)
	switch {
	case !running:
		err = errors.New("BIND does not start")
	case len(bad) > 0:
		log, err = strings.Join(bad, "\n"), errors.New("BIND refuses a zone")
	default:
		b.conn, err = new(net.Dialer).DialContext(ctx, "tcp", b.addr)
	}
	if err != nil {
		b.stop()
	}
	return log, err
}

func (b *bind) stop() {
	if b.conn != nil {
		_ = b.conn.Close()
	}
	kill(b.cmd)
}

// kill ends a program that has nothing to save.
func kill(cmd *exec.Cmd) {
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
}

// drain reads what a program goes on to print, for it must not wait for a reader. It ends with the program.
func drain(r io.Reader) { _, _ = io.Copy(io.Discard, r) }

// ask asks one question.
func (b *bind) ask(q question) (reply, error) {
	b.lastID++
	query, err := q.query(b.lastID)
	if err != nil {
		return reply{}, err
	}
	if err := writeFrame(b.conn, query); err != nil {
		return reply{}, err
	}
	msg, err := readFrame(b.conn)
	if err != nil {
		return reply{}, err
	}
	r, err := newReply(msg, b.lastID)
	r.soa = slices.DeleteFunc(r.soa, func(rec zone.Record) bool { return rec.Name == "" }) // not in the library's public DNS
	return r, err
}

// transfer returns the records of a zone as BIND has loaded it, sorted, the SOA once.
func (b *bind) transfer(ctx context.Context, name string) ([]zone.Record, error) {
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", b.addr)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close() }()
	query, err := question{name, 252}.query(1)
	if err != nil {
		return nil, err
	}
	if err := writeFrame(conn, query); err != nil {
		return nil, err
	}
	var list []zone.Record
	for soas := 0; soas < 2; {
		msg, err := readFrame(conn)
		if err != nil {
			return nil, err
		}
		r, err := newReply(msg, 1)
		if err != nil || r.rcode != zone.NoError {
			return nil, errors.Join(fmt.Errorf("response code %s", r.rcode), err)
		}
		for _, rec := range r.answer {
			if rec.Type == zone.SOA {
				soas++
				if soas == 2 {
					continue
				}
			}
			list = append(list, rec)
		}
	}
	return list, nil
}

func writeFrame(conn net.Conn, msg []byte) error {
	if err := conn.SetDeadline(time.Now().Add(answerTime)); err != nil {
		return err
	}
	_, err := conn.Write(append(binary.BigEndian.AppendUint16(nil, uint16(len(msg))), msg...))
	return err
}

func readFrame(conn net.Conn) ([]byte, error) {
	var size [2]byte
	if _, err := io.ReadFull(conn, size[:]); err != nil {
		return nil, err
	}
	msg := make([]byte, binary.BigEndian.Uint16(size[:]))
	_, err := io.ReadFull(conn, msg)
	return msg, err
}
