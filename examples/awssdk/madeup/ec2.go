// Package madeup is an AWS that exists in memory: an EC2 that answers from
// recorded shapes, and S3, STS and CloudWatch behind TLS at the addresses of
// their endpoints' network interfaces. Nothing in it leaves the machine.
//
// Its network is that of the AWS page "Access AWS services through AWS
// PrivateLink", with the CloudWatch endpoint vpce-099deb00b40f00e22 in three
// Availability Zones of us-east-2, and with endpoints for STS and S3 in the
// isolated subnet. Ids and accounts are made up.
package madeup

import (
	"cmp"
	"embed"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
)

//go:embed ec2
var pages embed.FS

// EC2 answers EC2 queries, page by page. It is an aws.HTTPClient and safe for
// concurrent use.
type EC2 struct {
	// Deny are the actions that the caller may not call.
	Deny []string

	calls atomic.Int64
}

// Calls returns how many requests were answered so far.
func (e *EC2) Calls() int { return int(e.calls.Load()) }

// Do answers one request. A page is the file Action[.argument].page.xml, the
// argument being what tells calls of the action apart.
func (e *EC2) Do(r *http.Request) (*http.Response, error) {
	e.calls.Add(1)
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	action := form.Get("Action")
	for _, denied := range e.Deny {
		if action == denied {
			return respond(r, http.StatusForbidden, fmt.Sprintf(`<Response><Errors><Error><Code>UnauthorizedOperation</Code>`+
				`<Message>You are not authorized to perform this operation: ec2:%s</Message></Error></Errors>`+
				`<RequestID>00000000-0000-4000-8000-000000000002</RequestID></Response>`, action)), nil
		}
	}
	name := "ec2/" + action
	if arg := form.Get("Attribute") + form.Get("PrefixListId") + form.Get("TransitGatewayRouteTableId"); arg != "" {
		name += "." + arg
	}
	page, err := pages.ReadFile(name + "." + cmp.Or(form.Get("NextToken"), "1") + ".xml")
	if err != nil {
		return nil, err
	}
	return respond(r, http.StatusOK, string(page)), nil
}

func respond(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status,
		Header:     http.Header{"Content-Type": {"text/xml;charset=UTF-8"}},
		Body:       io.NopCloser(strings.NewReader(body)),
		Request:    r,
	}
}
