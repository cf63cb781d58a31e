package tracetest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/route/tracetest"
)

func mustURL(t *testing.T, s string) *url.URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// reconcile is a controller that asks which role it has, and then IAM about it.
func reconcile(client *http.Client) error {
	for _, u := range []string{"https://sts.us-east-2.amazonaws.com/?Action=GetCallerIdentity", "https://iam.amazonaws.com/?Action=GetRole"} {
		resp, err := client.Get(u)
		if err != nil {
			return err
		}
		_ = resp.Body.Close()
	}
	return nil
}

// A controller that runs in an isolated VPC asks STS and IAM. STS has an
// endpoint there; IAM's global name does not, and would time out in production.
// The test fails with the proof. (An Example has no testing.TB of its own; a
// test passes its t.)
func ExampleGuard() {
	t := &recorder{}
	w := tracetest.IsolatedVPC("us-east-2", "sts", "ec2")
	guard := tracetest.Guard(t, tracetest.From(t, w, "isolated-a"), nil)

	_ = reconcile(&http.Client{Transport: guard})

	for _, r := range guard.Requests() {
		fmt.Println(r.Trace.Host, r.Trace.Verdict, r.Trace.Class)
	}
	question, _, _ := strings.Cut(t.errors[0], "\n") // the proof follows
	fmt.Println(question)
	// Output:
	// sts.us-east-2.amazonaws.com private endpoint
	// iam.amazonaws.com failed no-route
	// GET https://iam.amazonaws.com/?Action=GetRole at example_test.go:26 does not arrive:
}

// A program that dials by itself.
func ExampleGuardDialer() {
	t := &recorder{}
	d := tracetest.GuardDialer(t, tracetest.From(t, tracetest.PageVPC(), "private"), nil)

	_, err := d.DialContext(context.Background(), "tcp", "monitoring.us-west-2.amazonaws.com:443")
	fmt.Println(err)
	// Output: dial tcp: does not stay in the VPC: monitoring.us-west-2.amazonaws.com port 443: class nat-gateway, verdict public
}

// The spoke of a hub resolves a shared name and reaches the hub's endpoint.
func ExampleHubAndSpoke() {
	w := tracetest.HubAndSpoke("us-east-2", "sts")
	tr, err := w.Why("spoke-a", "sts.us-east-2.amazonaws.com")
	fmt.Println(tr.Way(), tr.Verdict, err)
	// Output: transit gateway > endpoint ENI private <nil>
}

func ExampleIsolatedVPC() {
	w := tracetest.IsolatedVPC("us-east-2", "sts")
	for _, host := range []string{"sts.us-east-2.amazonaws.com", "sts.amazonaws.com"} {
		tr, err := w.Why("isolated-a", host)
		fmt.Println(host, tr.Verdict, err)
	}
	// Output:
	// sts.us-east-2.amazonaws.com private <nil>
	// sts.amazonaws.com failed <nil>
}

func ExamplePageVPC() {
	w := tracetest.PageVPC()
	for v := range w.Vantages() {
		fmt.Println(v.Name(), v.To("monitoring.us-east-2.amazonaws.com", 443).Way())
	}
	// Output:
	// isolated endpoint ENI
	// private endpoint ENI
	// public endpoint ENI
}
