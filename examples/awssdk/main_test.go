package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/tracetest"
)

// TestREADME runs the program and compares what it prints with the README.
func TestREADME(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(readme), "```text\n")
	want, _, end := strings.Cut(rest, "```")
	if !ok || !end {
		t.Fatal("README.md shows no output")
	}
	var out strings.Builder
	if err := run(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("-README +printed:\n%s", diff)
	}
}

// recorder is a testing.TB that keeps what a guard says instead of failing.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

// TestGuard is how a user tests a program of the SDK: the client's transport is
// guarded, and a request that would leave the VPC fails the test with the proof.
func TestGuard(t *testing.T) {
	vantage := tracetest.From(t, tracetest.IsolatedVPC("us-east-2", "sts"), "isolated-a")
	client := func(tb testing.TB, region string) *sts.Client {
		guard := tracetest.Guard(tb, vantage, answer(`<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account>`+
			`</GetCallerIdentityResult></GetCallerIdentityResponse>`))
		return sts.New(sts.Options{
			Region:           region,
			Credentials:      credentials.NewStaticCredentialsProvider("AKIAEXAMPLE", "made up", ""),
			HTTPClient:       &http.Client{Transport: guard},
			RetryMaxAttempts: 1,
		})
	}
	id, err := client(t, "us-east-2").GetCallerIdentity(t.Context(), nil)
	if err != nil || aws.ToString(id.Account) != "111122223333" {
		t.Errorf("through the endpoint: %v, %v", id, err)
	}
	caught := &recorder{TB: t}
	if _, err := client(caught, "us-west-2").GetCallerIdentity(t.Context(), nil); !errors.Is(err, tracetest.ErrNotPrivate) {
		t.Errorf("another Region's STS: want ErrNotPrivate, got %v", err)
	}
	if len(caught.said) != 1 || !strings.Contains(caught.said[0], "no row contains it (R9)") {
		t.Errorf("the guard says %q: want one failure, with the proof", caught.said)
	}
}

// answer is the service behind the guard.
type answer string

func (a answer) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(string(a))), Request: r}, nil
}

func TestInside(t *testing.T) {
	vantage := tracetest.From(t, tracetest.IsolatedVPC("us-east-2", "sts"), "isolated-a")
	var dialled []string
	dial, err := inside(vantage, func(_ context.Context, _, address string) (net.Conn, error) {
		dialled = append(dialled, address)
		c, _ := net.Pipe()
		return c, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := dial(t.Context(), "tcp", "sts.us-east-2.amazonaws.com:443"); err != nil || len(dialled) != 1 || !strings.HasPrefix(dialled[0], "10.0.") {
		t.Errorf("a private name: dialled %q, %v", dialled, err)
	}
	for address, class := range map[string]string{
		"sts.amazonaws.com:443": "no-route", // the global name is not the endpoint's
		"203.0.113.9:443":       "no-route",
	} {
		var leaves *errLeaves
		if _, err := dial(t.Context(), "tcp", address); !errors.As(err, &leaves) || string(leaves.proof.Class) != class {
			t.Errorf("%s: want %s, got %v", address, class, err)
		}
	}
	for _, address := range []string{"sts.us-east-2.amazonaws.com", "sts.us-east-2.amazonaws.com:70000"} {
		if _, err := dial(t.Context(), "tcp", address); err == nil {
			t.Errorf("%s: no error", address)
		}
	}
	if len(dialled) != 1 {
		t.Errorf("dialled %q: what leaves the VPC was dialled", dialled)
	}
}

func TestOwnZone(t *testing.T) {
	const base = "vpce-099deb00b40f00e22-lj2wisx3"
	const suffix = ".monitoring.us-east-2.vpce.amazonaws.com"
	page := endpoint.Endpoint{ID: "vpce-099deb00b40f00e22", DNSEntries: endpoint.DNSEntries{
		{Name: "monitoring.us-east-2.amazonaws.com"}, // the order means nothing
		{Name: base + "-us-east-2b" + suffix},
		{Name: base + suffix},
		{Name: base + "-us-east-2a" + suffix},
	}}
	for az, want := range map[string]string{
		"us-east-2a": "https://" + base + "-us-east-2a" + suffix,
		"us-east-2b": "https://" + base + "-us-east-2b" + suffix,
		"us-east-2c": "https://" + base + suffix, // no network interface there
		"":           "https://" + base + suffix,
	} {
		if got, err := ownZone(page, az); got != want || err != nil {
			t.Errorf("ownZone(%q) = %q, %v, want %q", az, got, err, want)
		}
	}
	if got, err := ownZone(endpoint.Endpoint{ID: "vpce-0a1b2c3d4e5f60001"}, "us-east-2a"); err == nil || got != "" {
		t.Errorf("a gateway endpoint: %q, %v", got, err)
	}
}
