package privatelink_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/miekg/dns"
)

// TestBinary builds CoreDNS with the plugin, and asks it over UDP and TCP from
// addresses of two VPCs while the world is replaced. Linux lets a client take
// any address of 127.0.0.0/8; other systems have to be told, hence the file's name.
func TestBinary(t *testing.T) {
	public := startPublic(t)
	dir := filepath.Join(t.TempDir(), "world")
	write(t, dir, network("127.1.0.10"))
	server, metrics := freePort(t), freePort(t)
	start(t, server, fmt.Sprintf(`.:%s {
    bind 127.0.0.1
    privatelink %s {
        default vpc:vpc-with
        reload 20ms
        fallthrough
    }
    cache 30
    forward . %s
    prometheus 127.0.0.1:%s
    errors
}
`, port(t, server), dir, public, port(t, metrics)))

	for _, network := range []string{"udp", "tcp"} {
		for _, test := range []struct{ from, name, want string }{
			{"127.1.0.7", cloudwatch, "NOERROR 127.1.0.10"},
			{"127.2.0.7", cloudwatch, "NOERROR 203.0.113.1"}, // the public DNS answers in a VPC without the endpoint
			{"127.1.0.7", cloudwatch, "NOERROR 127.1.0.10"},  // and the cache does not carry that over
			{"127.0.0.1", cloudwatch, "NOERROR 127.1.0.10"},  // in no subnet: the default view
			{"127.1.0.7", "x." + cloudwatch, "NXDOMAIN"},
			{"127.1.0.7", "www.public.example.", "NOERROR 203.0.113.1"},
			{"127.1.0.7", "www.corp.example.", "NOERROR www.public.example. 203.0.113.1"}, // the CNAME is followed
			{"127.2.0.7", "www.corp.example.", "NOERROR 203.0.113.1"},
		} {
			t.Run(network+" "+test.from+" "+test.name, func(t *testing.T) {
				if got, err := exchange(network, test.from, server, test.name); got != test.want || err != nil {
					t.Errorf("got %s, %v, want %s", got, err, test.want)
				}
			})
		}
	}

	outer := t // whose directories outlive a subtest
	t.Run("size", func(t *testing.T) {
		for network, want := range map[string]string{"udp": "NOERROR TC", "tcp": "NOERROR, 200 records"} {
			if got, err := exchange(network, "127.1.0.7", server, "big.corp.example."); got != want || err != nil {
				t.Errorf("%s: got %s, %v, want %s", network, got, err, want)
			}
		}
	})

	t.Run("reload drops no query", func(t *testing.T) {
		var wg sync.WaitGroup
		done := make(chan struct{})
		counts := make([]int, 4)
		for i := range counts {
			wg.Go(func() {
				seen := "NOERROR 127.1.0.10"
				for {
					select {
					case <-done:
						return
					default:
					}
					got, err := exchange([]string{"udp", "tcp"}[i%2], "127.1.0.7", server, cloudwatch)
					if got == "NOERROR 127.1.0.20" {
						seen = got // and never the old one again
					}
					if err != nil || got != seen {
						t.Errorf("after %d answers: got %s, %v", counts[i], got, err)
						return
					}
					counts[i]++
				}
			})
		}
		write(outer, dir, network("127.1.0.20"))
		await(t, server, "NOERROR 127.1.0.20")
		time.Sleep(50 * time.Millisecond)
		close(done)
		wg.Wait()
		t.Logf("%d answers of four clients", counts)
	})

	t.Run("metrics", func(t *testing.T) {
		resp, err := http.Get("http://" + metrics + "/metrics")
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{
			`coredns_privatelink_clients_total{server="dns://` + server + `",view="default"} `,
			`coredns_privatelink_clients_total{server="dns://` + server + `",view="subnet"} `,
			`coredns_privatelink_answers_total{server="dns://` + server + `",source="hidden-zone"} `,
			`coredns_privatelink_answers_total{server="dns://` + server + `",source="fallthrough"} `,
			"coredns_privatelink_reload_timestamp_seconds ",
			"coredns_privatelink_reloads_failed_total 0",
		} {
			if !bytes.Contains(body, []byte(want)) {
				t.Errorf("no %s", want)
			}
		}
	})
}

// TestSignal reloads by a signal what is not looked at by time.
func TestSignal(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "world")
	write(t, dir, network("127.1.0.10"))
	server := freePort(t)
	process := start(t, server, fmt.Sprintf(".:%s {\n bind 127.0.0.1\n privatelink %s {\n reload 0\n }\n errors\n}\n", port(t, server), dir))
	await(t, server, "NOERROR 127.1.0.10")
	write(t, dir, network("127.1.0.20"))
	if err := process.Signal(syscall.SIGUSR1); err != nil {
		t.Fatal(err)
	}
	await(t, server, "NOERROR 127.1.0.20")
}

// await asks for CloudWatch from the VPC that has its endpoint, until the answer is right.
func await(t *testing.T, server, want string) {
	t.Helper()
	got := ""
	for range 1000 {
		if got, _ = exchange("udp", "127.1.0.7", server, cloudwatch); got == want {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("still %q, want %s", got, want)
}

// TestCorefile serves what the README says to type, on another port.
func TestCorefile(t *testing.T) {
	text, err := os.ReadFile("Corefile")
	if err != nil {
		t.Fatal(err)
	}
	server := freePort(t)
	corefile := strings.Replace(string(text), ".:1053", ".:"+port(t, server), 1)
	corefile = strings.Replace(corefile, "127.0.0.1:9153", freePort(t), 1)
	start(t, server, corefile)
	for _, network := range []string{"udp", "tcp"} {
		want := "NOERROR 10.0.1.10 10.0.2.10 10.0.3.10"
		if got, err := exchange(network, "127.0.0.1", server, cloudwatch); got != want || err != nil {
			t.Errorf("%s: got %s, %v, want %s", network, got, err, want)
		}
		if got, err := exchange(network, "127.0.0.1", server, "monitoring.us-east-2.api.aws."); got != "REFUSED" || err != nil {
			t.Errorf("%s, a name that the endpoint does not cover: got %s, %v, want REFUSED", network, got, err)
		}
	}
}

// exchange asks for A records and returns the response code and the data.
func exchange(network, from, server, name string) (string, error) {
	d := &net.Dialer{Timeout: 10 * time.Second, LocalAddr: &net.UDPAddr{IP: net.ParseIP(from)}}
	if network == "tcp" {
		d.LocalAddr = &net.TCPAddr{IP: net.ParseIP(from)}
	}
	c := &dns.Client{Net: network, Timeout: 10 * time.Second, Dialer: d}
	m, _, err := c.Exchange(new(dns.Msg).SetQuestion(name, dns.TypeA), server)
	if err != nil {
		return "", err
	}
	words := []string{dns.RcodeToString[m.Rcode]}
	if m.Truncated {
		words = append(words, "TC")
	}
	if len(m.Answer) > 10 {
		return fmt.Sprintf("%s, %d records", words[0], len(m.Answer)), nil
	}
	for _, rr := range m.Answer {
		words = append(words, strings.TrimPrefix(rr.String(), rr.Header().String()))
	}
	return strings.Join(words, " "), nil
}

// startPublic starts the public DNS, which answers everything with one address.
func startPublic(t *testing.T) (address string) {
	t.Helper()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &dns.Server{PacketConn: pc, Handler: dns.HandlerFunc(func(w dns.ResponseWriter, r *dns.Msg) {
		m := new(dns.Msg).SetReply(r)
		m.RecursionAvailable = true
		m.Answer = []dns.RR{&dns.A{
			Hdr: dns.RR_Header{Name: r.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET, Ttl: 60},
			A:   net.IPv4(203, 0, 113, 1),
		}}
		_ = w.WriteMsg(m)
	})}
	go s.ActivateAndServe() //nolint:errcheck // it ends with the test
	t.Cleanup(func() { _ = s.Shutdown() })
	return pc.LocalAddr().String()
}

var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "coredns")
	if err != nil {
		return "", err
	}
	binary := filepath.Join(dir, "coredns")
	out, err := exec.Command("go", "build", "-o", binary, "./cmd/coredns").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	return binary, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if binary, err := build(); err == nil {
		_ = os.RemoveAll(filepath.Dir(binary))
	}
	os.Exit(code)
}

// start runs the binary with a Corefile until the test ends, and returns when it answers.
func start(t *testing.T, server, corefile string) *os.Process {
	t.Helper()
	binary, err := build()
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	conf := filepath.Join(t.TempDir(), "Corefile")
	if err := os.WriteFile(conf, []byte(corefile), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(binary, "-conf", conf)
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	t.Cleanup(func() {
		if err := cmd.Process.Kill(); !errors.Is(err, os.ErrProcessDone) {
			<-exited
		}
		if t.Failed() {
			t.Logf("coredns:\n%s", &log)
		}
	})
	for range 300 {
		select {
		case err := <-exited:
			exited <- err
			t.Fatalf("coredns ended: %v", err)
		default:
		}
		if _, err := exchange("tcp", "127.0.0.1", server, cloudwatch); err == nil {
			return cmd.Process
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("coredns does not answer")
	return nil
}

// freePort returns an address on the loopback interface that is free for UDP and TCP.
func freePort(t *testing.T) string {
	t.Helper()
	for range 100 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		pc, err := net.ListenPacket("udp", l.Addr().String())
		_ = l.Close()
		if err == nil {
			_ = pc.Close()
			return l.Addr().String()
		}
	}
	t.Fatal("no free port")
	return ""
}

func port(t *testing.T, address string) string {
	t.Helper()
	_, p, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	return p
}
