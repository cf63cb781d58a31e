package report_test

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
)

func changesOf(t testing.TB, before, after *trace.World) []audit.Change {
	t.Helper()
	return slices.Collect(audit.Diff(t.Context(), before, after, nil))
}

func printJSON(w io.Writer, changes []audit.Change) error {
	for _, c := range changes {
		if err := report.Change(w, c); err != nil {
			return err
		}
	}
	return nil
}

// TestDiffGolden prints what happens to the page's VPC when private DNS goes
// off, and when a subnet comes.
func TestDiffGolden(t *testing.T) {
	w := pageWorld(t)
	off, err := audit.ParseSet("private-dns=off:vpce-099deb00b40f00e22")
	if err != nil {
		t.Fatal(err)
	}
	without, err := audit.WhatIf(w, off)
	if err != nil {
		t.Fatal(err)
	}
	more, err := audit.WhatIf(w, func(inv *trace.Inventory) error {
		inv.Subnets = append(inv.Subnets, endpoint.Subnet{ID: "subnet-0new", VPCID: inv.VPCs[0].ID, CIDRBlock: "10.0.9.0/24", AvailabilityZone: "us-east-2a"})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, changes := range map[string][]audit.Change{
		"off": changesOf(t, w, without), "subnet": changesOf(t, w, more), "none": changesOf(t, w, w),
	} {
		for ext, print := range map[string]func(io.Writer, []audit.Change) error{"txt": report.DiffText, "md": report.DiffMarkdown, "json": printJSON} {
			var b bytes.Buffer
			if err := print(&b, changes); err != nil {
				t.Fatal(err)
			}
			golden(t, "diff-"+name+"."+ext, b.Bytes())
		}
	}
}

// TestDiffWorstFirst: a reviewer reads what fails and what becomes public
// before what improves.
func TestDiffWorstFirst(t *testing.T) {
	w := pageWorld(t)
	off, err := audit.ParseSet("private-dns=off:vpce-099deb00b40f00e22")
	if err != nil {
		t.Fatal(err)
	}
	without, err := audit.WhatIf(w, off)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := report.DiffText(&b, changesOf(t, w, without)); err != nil {
		t.Fatal(err)
	}
	failed, public := strings.Index(b.String(), "-> FAILED"), strings.Index(b.String(), "-> PUBLIC")
	if failed < 0 || public < failed {
		t.Errorf("FAILED at %d, PUBLIC at %d:\n%s", failed, public, b.String())
	}
}
