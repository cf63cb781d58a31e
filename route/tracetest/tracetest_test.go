package tracetest_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/route/tracetest"
)

// recorder is a testing.TB that remembers what it is told.
type recorder struct {
	testing.TB // for its unexported method; nil
	mu         sync.Mutex
	errors     []string
	fatal      []string
	cleanups   []func()
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}
func (r *recorder) Fatal(args ...any) { r.fatal = append(r.fatal, fmt.Sprint(args...)) }
func (r *recorder) Cleanup(f func())  { r.cleanups = append(r.cleanups, f) }

// answer is a fake service.
type answer string

func (a answer) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(string(a))), Request: r}, nil
}

func TestGuard(t *testing.T) {
	page := tracetest.PageVPC()
	for _, tt := range []struct {
		name, from, url string
		verdict         route.Verdict
		words           string // of the message; "" for a request that passes
	}{
		{"private", "isolated", "https://monitoring.us-east-2.amazonaws.com/", route.Private, ""},
		{"an address of the endpoint", "isolated", "https://10.0.1.10/", route.Private, ""},
		{"public", "private", "https://monitoring.us-west-2.amazonaws.com/", route.Public, "leaves the VPC by the NAT > internet gateway"},
		{"failed", "isolated", "https://sts.us-east-2.amazonaws.com/", route.Failed, "does not arrive"},
		{"unknown", "isolated", "http://10.0.3.99:8080/", route.VerdictUnknown, "is not known to stay"},
		{"port of http", "isolated", "http://monitoring.us-east-2.amazonaws.com/", route.Private, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tb := &recorder{}
			guard := tracetest.Guard(tb, tracetest.From(t, page, tt.from), answer("hello"))
			resp, err := (&http.Client{Transport: guard}).Get(tt.url)
			if tt.verdict == route.Private {
				if err != nil || len(tb.errors) > 0 {
					t.Fatalf("%v, %q", err, tb.errors)
				}
				body, _ := io.ReadAll(resp.Body)
				_ = resp.Body.Close()
				if string(body) != "hello" {
					t.Errorf("body %q", body)
				}
			} else {
				if !errors.Is(err, tracetest.ErrNotPrivate) {
					t.Errorf("error %v", err)
				}
				if len(tb.errors) != 1 {
					t.Fatalf("the test failed %d times: %q", len(tb.errors), tb.errors)
				}
				for _, w := range []string{"GET " + tt.url, "at tracetest_test.go:", tt.words, "verdict " + strings.ToUpper(string(tt.verdict))} {
					if !strings.Contains(tb.errors[0], w) {
						t.Errorf("no %q in\n%s", w, tb.errors[0])
					}
				}
			}
			rs := guard.Requests()
			if len(rs) != 1 || rs[0].Trace.Verdict != tt.verdict || !strings.HasPrefix(rs[0].At, "tracetest_test.go:") || rs[0].What != "GET "+tt.url {
				t.Errorf("requests %+v", rs)
			}
		})
	}
}

func TestGuardPort(t *testing.T) {
	guard := tracetest.Guard(&recorder{}, tracetest.From(t, tracetest.PageVPC(), "isolated"), nil)
	client := &http.Client{Transport: guard}
	for _, url := range []string{"https://10.0.1.10", "http://10.0.1.10", "http://10.0.1.10:8443"} {
		resp, err := client.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("without a next transport: %s", resp.Status)
		}
	}
	for i, port := range []uint16{443, 80, 8443} {
		if got := guard.Requests()[i].Trace.Port; got != port {
			t.Errorf("port %d, want %d", got, port)
		}
	}
	if _, err := guard.RoundTrip(&http.Request{Method: http.MethodGet, URL: mustURL(t, "http://10.0.1.10:70000")}); err == nil {
		t.Error("port 70000 passes")
	}
}

// TestGuardClosesBody: a RoundTripper closes the body, errors included.
func TestGuardClosesBody(t *testing.T) {
	guard := tracetest.Guard(&recorder{}, tracetest.From(t, tracetest.PageVPC(), "isolated"), nil)
	for _, url := range []string{"https://10.0.1.10", "https://8.8.8.8", "https://8.8.8.8:70000"} {
		b := &body{Reader: strings.NewReader("x")}
		resp, err := guard.RoundTrip(&http.Request{Method: http.MethodPut, URL: mustURL(t, url), Body: b})
		if err == nil {
			_ = resp.Body.Close()
		}
		if !b.closed {
			t.Errorf("%s: the body is open", url)
		}
	}
}

type body struct {
	io.Reader
	closed bool
}

func (b *body) Close() error { b.closed = true; return nil }

// TestGuardAfterTheTest: a goroutine that outlives the test is refused, and
// fails nothing: testing would panic.
func TestGuardAfterTheTest(t *testing.T) {
	tb := &recorder{}
	guard := tracetest.Guard(tb, tracetest.From(t, tracetest.PageVPC(), "isolated"), nil)
	for _, f := range tb.cleanups {
		f()
	}
	_, err := (&http.Client{Transport: guard}).Get("https://8.8.8.8")
	if !errors.Is(err, tracetest.ErrNotPrivate) || len(tb.errors) > 0 {
		t.Errorf("%v, %q", err, tb.errors)
	}
}

func TestGuardConcurrently(t *testing.T) {
	tb := &recorder{}
	guard := tracetest.Guard(tb, tracetest.From(t, tracetest.PageVPC(), "isolated"), nil)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			_, _ = (&http.Client{Transport: guard}).Get("https://8.8.8.8")
		})
	}
	wg.Wait()
	if len(tb.errors) != 8 || len(guard.Requests()) != 8 {
		t.Errorf("%d errors, %d requests", len(tb.errors), len(guard.Requests()))
	}
}

func TestGuardDialer(t *testing.T) {
	here, there := net.Pipe()
	defer here.Close()
	defer there.Close()
	next := func(context.Context, string, string) (net.Conn, error) { return here, nil }
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for _, tt := range []struct {
		name, network, address string
		ctx                    context.Context
		want                   error // nil: dialled
		fails                  int
	}{
		{"private", "tcp", "monitoring.us-east-2.amazonaws.com:443", t.Context(), nil, 0},
		{"public", "tcp", "8.8.8.8:53", t.Context(), tracetest.ErrNotPrivate, 1},
		{"UDP", "udp4", "8.8.8.8:53", t.Context(), tracetest.ErrNotPrivate, 1},
		{"another network", "unix", "/run/sock", t.Context(), net.UnknownNetworkError("unix"), 0},
		{"ended", "tcp", "10.0.1.10:443", ended, context.Canceled, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tb := &recorder{}
			d := tracetest.GuardDialer(tb, tracetest.From(t, tracetest.PageVPC(), "private"), next)
			c, err := d.DialContext(tt.ctx, tt.network, tt.address)
			if !errors.Is(err, tt.want) || (c == here) != (tt.want == nil) {
				t.Errorf("%v, %v", c, err)
			}
			if len(tb.errors) != tt.fails {
				t.Errorf("errors %q", tb.errors)
			}
			if op := (*net.OpError)(nil); err != nil && !errors.As(err, &op) {
				t.Errorf("%T", err)
			}
			if tt.fails == 1 && !strings.Contains(tb.errors[0], "dial "+tt.network+" 8.8.8.8:53 at tracetest_test.go:") {
				t.Errorf("%s", tb.errors[0])
			}
		})
	}
	d := tracetest.GuardDialer(&recorder{}, tracetest.From(t, tracetest.PageVPC(), "private"), nil)
	if _, err := d.DialContext(t.Context(), "tcp", "10.0.1.10:443"); !errors.Is(err, tracetest.ErrNoConn) {
		t.Errorf("without next: %v", err)
	}
	for _, address := range []string{"10.0.1.10", "10.0.1.10:https", "10.0.1.10:70000"} {
		if _, err := d.DialContext(t.Context(), "tcp", address); err == nil {
			t.Errorf("%s is dialled", address)
		}
	}
	if n := len(d.Requests()); n != 1 {
		t.Errorf("%d requests", n)
	}
}

// TestWorlds asks every ready world what it is for.
func TestWorlds(t *testing.T) {
	isolated := tracetest.IsolatedVPC("us-east-2", "sts", "ecr.dkr", "com.amazonaws.us-east-2.logs", "s3", "dynamodb")
	hub := tracetest.HubAndSpoke("us-east-2", "sts", "ecr.dkr")
	china := tracetest.IsolatedVPC("cn-north-1", "sts")
	for _, tt := range []struct {
		name  string
		w     *trace.World
		from  string
		host  string
		class route.Class
	}{
		{"isolated", isolated, "isolated-b", "sts.us-east-2.amazonaws.com", route.ClassEndpoint},
		{"isolated, wildcard", isolated, "isolated-a", "111122223333.dkr.ecr.us-east-2.amazonaws.com", route.ClassEndpoint},
		{"isolated, service name", isolated, "isolated-a", "logs.us-east-2.amazonaws.com", route.ClassEndpoint},
		{"isolated, gateway endpoint", isolated, "isolated-a", "bkt.s3.us-east-2.amazonaws.com", route.ClassGatewayEndpoint},
		{"isolated, global name", isolated, "isolated-a", "sts.amazonaws.com", route.ClassNoRoute},
		{"isolated, no endpoint", isolated, "isolated-a", "iam.amazonaws.com", route.ClassNoRoute},
		{"China", china, "isolated-a", "sts.cn-north-1.amazonaws.com.cn", route.ClassEndpoint},
		{"hub and spoke", hub, "spoke-a", "sts.us-east-2.amazonaws.com", route.ClassEndpoint},
		{"hub and spoke, wildcard", hub, "spoke-a", "111122223333.dkr.ecr.us-east-2.amazonaws.com", route.ClassEndpoint},
		{"hub and spoke, from the hub", hub, "hub-a", "sts.us-east-2.amazonaws.com", route.ClassEndpoint},
		{"hub and spoke, no endpoint", hub, "spoke-a", "logs.us-east-2.amazonaws.com", route.ClassNoRoute},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tr := tracetest.From(t, tt.w, tt.from).To(tt.host, 443); tr.Class != tt.class {
				t.Errorf("%s, want %s\n%s", tr.Class, tt.class, tr)
			}
			if f := tt.w.Findings(); len(f) > 0 {
				t.Errorf("%v", f)
			}
		})
	}
}

func TestWorldsPanic(t *testing.T) {
	for name, tt := range map[string]struct {
		region   string
		services []string
		words    string // of the panic
	}{
		"no Region":                 {"us-middle-9x", nil, `"us-middle-9x" is not a Region`},
		"no service":                {"us-east-2", []string{"no service"}, `"no service"`},
		"a service twice":           {"us-east-2", []string{"sts", "sts"}, "sts"},
		"labels reversed":           {"us-east-2", []string{"api.ecr"}, `did you mean "ecr.api"?`},
		"labels of another name":    {"us-east-2", []string{"sts", "kinesis"}, `did you mean "kinesis-streams"?`},
		"labels in a service name":  {"us-east-2", []string{"com.amazonaws.us-east-2.dkr.ecr"}, `did you mean "ecr.dkr"?`},
		"labels, in China's Region": {"cn-north-1", []string{"api.ecr"}, `did you mean "ecr.api"?`},
	} {
		for world, f := range map[string]func(string, ...string) *trace.World{"isolated": tracetest.IsolatedVPC, "hub": tracetest.HubAndSpoke} {
			if name == "a service twice" && world == "hub" {
				continue // without private DNS nothing is there twice
			}
			t.Run(name+", "+world, func(t *testing.T) {
				defer func() {
					if r := fmt.Sprint(recover()); !strings.HasPrefix(r, "tracetest: ") || !strings.Contains(r, tt.words) {
						t.Errorf("panics with %s", r)
					}
				}()
				f(tt.region, tt.services...)
			})
		}
	}
}

// TestWorldsKnowEveryService: no short name of the catalogue is taken for a
// mistake, and what the catalogue lacks is a service that follows the rule.
func TestWorldsKnowEveryService(t *testing.T) {
	for s := range catalog.Default().All() {
		tracetest.IsolatedVPC("us-east-2", strings.NewReplacer("{cell}", "1", "cellN", "cell1").Replace(s.Short)) // panics if it is
	}
	w := tracetest.IsolatedVPC("us-east-2", "stss", "com.amazonaws.vpce.us-east-2.vpce-svc-0123456789abcdef0")
	for host, class := range map[string]route.Class{"stss.us-east-2.amazonaws.com": route.ClassEndpoint, "sts.us-east-2.amazonaws.com": route.ClassNoRoute} {
		if tr := tracetest.From(t, w, "isolated-a").To(host, 443); tr.Class != class {
			t.Errorf("%s: %s, want %s", host, tr.Class, class)
		}
	}
}

func TestFrom(t *testing.T) {
	w := tracetest.IsolatedVPC("us-east-2")
	for from, words := range map[string]string{"nowhere": `"nowhere"`, "vpc-isolated": "2 vantages"} {
		tb := &recorder{}
		tracetest.From(tb, w, from)
		if len(tb.fatal) != 1 || !strings.Contains(tb.fatal[0], words) {
			t.Errorf("%s: %q", from, tb.fatal)
		}
	}
	if v := tracetest.From(t, w, "isolated-a"); v.ID() != "subnet-isolated-a" {
		t.Errorf("%s", v.ID())
	}
}
