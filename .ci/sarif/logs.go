package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// A log is what was printed, and what must be in it beyond what a schema can say.
type log struct {
	name    string
	data    []byte
	results int    // -1: some
	uri     string // of the file that every result names; "": none names one
}

// runTimeout is far more than lint takes of the worlds here.
const runTimeout = 60 * time.Second

// overlapping is a world in one file, with one mistake.
const overlapping = `{"Subnets":[{"SubnetId":"subnet-1","VpcId":"vpc-1","CidrBlock":"10.0.0.0/24"},
	{"SubnetId":"subnet-2","VpcId":"vpc-1","CidrBlock":"10.0.0.0/25"}]}`

// everyIssue is one issue for each row of lint's table and for each code that has a page, and one of a code that has
// neither; all with and without a Name tag, and with what texts can hold.
func everyIssue() []audit.Issue {
	var list []audit.Issue
	for _, r := range audit.Rules() {
		list = append(list, audit.Issue{Code: r.Code, Severity: r.Severity, Resource: "vpce-099deb00b40f00e22", Text: "one of the table", Fix: r.Fix, Source: r.Source})
	}
	for _, c := range append(audit.Codes(), "NO_SUCH_CODE") {
		list = append(list, audit.Issue{Code: c, Severity: audit.SeverityWarning, Resource: "subnet-0a", Name: "büro \"<&>\" \\ \u2028\x1b", Text: "line\nbreak\tand \U0001F5FA", Fix: "look"})
	}
	return list
}

// libraryLogs are what report.SARIF writes of nothing, of every issue together, and of each code alone; with and
// without the place of a file.
func libraryLogs() ([]log, error) {
	every := everyIssue()
	var logs []log
	for _, uri := range []string{"", "world", "world/vpcs.json", "a%20b/vpcs.json"} {
		lists := [][]audit.Issue{nil, every}
		for i := range every {
			lists = append(lists, every[i:i+1])
		}
		for _, issues := range lists {
			var b bytes.Buffer
			if err := report.SARIF(&b, issues, uri); err != nil {
				return nil, err
			}
			name := fmt.Sprintf("report.SARIF of %d issues, file %q", len(issues), uri)
			logs = append(logs, log{name, b.Bytes(), len(issues), uri})
		}
	}
	return logs, nil
}

// commandLogs are what `whichway lint -format sarif` prints of the world that it embeds, of one without a mistake on
// standard input, and of one with many in a directory and in a file whose names are no URIs.
func commandLogs(whichway, scratch string) ([]log, error) {
	inv := mistakes()
	dir := filepath.Join(scratch, "our network", "50% of it")
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	files, err := describe.Write(inv)
	if err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			return nil, err
		}
	}
	const file = "a b.json"
	if err := os.WriteFile(filepath.Join(scratch, file), []byte(overlapping), 0o600); err != nil {
		return nil, err
	}
	var logs []log
	for _, l := range []struct {
		log
		in   string
		args []string
	}{
		{log{"the embedded world", nil, -1, ""}, "", nil},
		{log{"nothing found", nil, 0, ""}, `{"Vpcs":[]}`, []string{"-world", "-"}},
		{log{"a directory", nil, -1, "our%20network/50%25%20of%20it"}, "", []string{"-world", filepath.Join("our network", "50% of it")}},
		{log{"an absolute directory", nil, -1, "file://" + scratch + "/our%20network/50%25%20of%20it"}, "", []string{"-world", dir}},
		{log{"a file", nil, -1, "a%20b.json"}, "", []string{"-world", file}},
	} {
		if l.data, err = lint(whichway, scratch, l.in, l.args...); err != nil {
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
		l.name = "whichway lint: " + l.name
		logs = append(logs, l.log)
	}
	return logs, nil
}

// lint runs `whichway lint -format sarif` in dir. Its exit status 1 says that something was found.
func lint(whichway, dir, in string, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), runTimeout)
	defer cancel()
	cmd := exec.CommandContext(ctx, whichway, append([]string{"lint", "-format", "sarif"}, args...)...)
	cmd.Dir, cmd.Stdin = dir, bytes.NewBufferString(in)
	var errText bytes.Buffer
	cmd.Stderr = &errText
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 {
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %s", err, bytes.TrimSpace(errText.Bytes()))
	}
	return out, nil
}

// mistakes is a small network with an error and a warning; the embedded world has a warning and a note.
func mistakes() trace.Inventory {
	const vpc = "vpc-00000001"
	return trace.Inventory{
		VPCs: []endpoint.VPC{{ID: vpc, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: new(true), EnableDNSHostnames: new(true)}},
		Subnets: []endpoint.Subnet{
			{ID: "subnet-0000000a", VPCID: vpc, CIDRBlock: "10.0.1.0/24", AvailabilityZone: "us-east-2a", Tags: endpoint.Tags{{Key: "Name", Value: "private \"a\""}}},
			{ID: "subnet-0000000b", VPCID: vpc, CIDRBlock: "10.0.1.0/25", AvailabilityZone: "us-east-2b"},
		},
		RouteTables: []route.Table{{ID: "rtb-00000001", VPCID: vpc, Associations: []route.Association{{Main: true}}, Routes: route.MustParseRoutes("10.0.0.0/16 local", "0.0.0.0/0 nat-00000009")}},
		HostedZones: []zone.HostedZone{{ID: "Z0123456789ABCDEFGHIJ", Name: "ecr.api.us-east-2.amazonaws.com.", Private: true, VPCs: []zone.ZoneVPC{{VPCID: vpc, VPCRegion: "us-east-2"}}}},
	}
}

// check is everything that must hold of a log. What it holds is read by go-sarif, as its consumers would.
func (v *validator) check(l log) error {
	if err := v.validate(l.data); err != nil {
		return err
	}
	doc, err := sarif.FromBytes(l.data)
	if err != nil {
		return err
	}
	if len(doc.Runs) != 1 {
		return fmt.Errorf("%d runs, want 1", len(doc.Runs))
	}
	results := doc.Runs[0].Results
	if n := len(results); n != l.results && (l.results >= 0 || n == 0) {
		return fmt.Errorf("%d results, want %d (-1: some)", n, l.results)
	}
	var want []string
	if l.uri != "" {
		want = []string{l.uri}
	}
	for i, r := range results {
		var uris []string
		for _, at := range r.Locations {
			if at.PhysicalLocation != nil {
				uris = append(uris, *at.PhysicalLocation.ArtifactLocation.URI)
			}
		}
		if !slices.Equal(uris, want) {
			return fmt.Errorf("result %d is in the files %q, want %q", i, uris, want)
		}
	}
	return nil
}
