package controller_test

import (
	"errors"
	"net/http"
	"testing"

	controller "github.com/privatelink-go/privatelink/examples/unittest"
	"github.com/privatelink-go/privatelink/route/tracetest"
)

// TestIsolated runs the controller where there is an endpoint for STS and no
// way to the internet. In a real test the guard would fail the test itself; so
// that this example passes, failed stands in for t.
func TestIsolated(t *testing.T) {
	world := tracetest.IsolatedVPC("us-east-2", "sts")
	fake := roundTripper(func(r *http.Request) (*http.Response, error) {
		t.Log("reaches the endpoint:", r.URL.Host)
		return &http.Response{StatusCode: http.StatusOK, Body: http.NoBody, Request: r}, nil
	})
	failed := &recorder{TB: t}
	guard := tracetest.Guard(failed, tracetest.From(t, world, "isolated-a"), fake)

	err := controller.Reconcile(&http.Client{Transport: guard})
	if !errors.Is(err, tracetest.ErrNotPrivate) || failed.errors != 1 {
		t.Errorf("the guard let the request to IAM pass: %v", err)
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// recorder logs what a guard says instead of failing.
type recorder struct {
	testing.TB
	errors int
}

func (r *recorder) Errorf(format string, args ...any) {
	r.errors++
	r.Logf(format, args...)
}
