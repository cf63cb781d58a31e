package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const (
	subnetHop = `{"kind":"subnet","id":"subnet-0a","routeTable":"rtb-0a","destination":"0.0.0.0/0","target":"nat-0a","rule":"R9"}`
	natHop    = `{"kind":"nat-gateway","id":"nat-0a","routeTable":"rtb-0b","destination":"0.0.0.0/0","target":"igw-0a","rule":"R9"}`
	igwHop    = `{"kind":"internet-gateway","id":"igw-0a","routeTable":"","destination":"","target":"","rule":""}`
	lostHop   = `{"kind":"nat-gateway","id":"nat-0a","routeTable":"","destination":"","target":"","rule":""}`
	localHop  = `{"kind":"subnet","id":"subnet-0a","routeTable":"rtb-0a","destination":"10.0.0.0/16","target":"local","rule":"R9"}`
	endHop    = `{"kind":"local","id":"","routeTable":"","destination":"","target":"","rule":""}`
	directHop = `{"kind":"direct","id":"subnet-0a","routeTable":"","destination":"","target":"","rule":"R5"}`
	emptyHop  = `{"kind":"subnet","id":"subnet-0a","routeTable":"rtb-0a","destination":"","target":"","rule":"R9"}`
	pcxHop    = `{"kind":"subnet","id":"subnet-0a","routeTable":"rtb-0a","destination":"0.0.0.0/0","target":"pcx-0a","rule":"R9"}`
	listHop   = `{"kind":"subnet","id":"subnet-0a","routeTable":"rtb-0a","destination":"pl-0a 52.94.28.0/23","target":"vpce-0a","rule":"R9a"}`
	returnHop = `{"kind":"return","id":"subnet-0b","routeTable":"rtb-0b","destination":"","target":"igw-0b","rule":"R9"}`
)

func answerJSON(class string, hops ...string) string {
	return fmt.Sprintf(`{"schema":"whichway.trace/1","from":{"id":"subnet-0a"},"host":"8.8.8.8","port":443,`+
		`"paths":[{"address":"8.8.8.8","class":%q,"codes":[],"hops":[%s]}]}`, class, strings.Join(hops, ","))
}

func peerRow(target string) row {
	return row{network: "net", subnet: "subnet-0a", address: "8.8.8.8", firstTarget: target}
}

func derivedRow(chain, destination string) row {
	return row{network: "net", subnet: "subnet-0a", address: "8.8.8.8", chain: chain, routeTable: "rtb-0a", destination: destination}
}

func TestCompareRow(t *testing.T) {
	nat := answerJSON("nat-gateway", subnetHop, natHop, igwHop)
	tests := []struct {
		name   string
		row    row
		answer string
		want   string // part of the disagreement, "" if the row agrees
	}{
		{"peer id", peerRow("nat-0a"), nat, ""},
		{"peer other id", peerRow("nat-0b"), nat, "first target nat-0a, want nat-0b"},
		{"peer bare kind", peerRow("pcx"), answerJSON("blocked", pcxHop), ""},
		{"peer bare kind is no prefix of an id", peerRow("pc"), answerJSON("blocked", pcxHop), "want pc"},
		{"peer direct", peerRow("direct"), answerJSON("local", directHop, endHop), ""},
		{"peer direct is not local", peerRow("direct"), answerJSON("local", localHop, endHop), "first target local"},
		{"peer local is not direct", peerRow("local"), answerJSON("local", directHop, endHop), "first target direct"},
		{"peer no route", peerRow("no-route"), answerJSON("no-route", emptyHop), ""},
		{"peer unknown is not no route", peerRow("no-route"), answerJSON("unknown", emptyHop), "first target ?"},
		{"chain", derivedRow("nat-0a > igw-0a", "0.0.0.0/0"), nat, ""},
		{"chain too short", derivedRow("nat-0a", "0.0.0.0/0"), nat, `chain "nat-0a > igw-0a"`},
		{"chain too long", derivedRow("nat-0a > igw-0a", "0.0.0.0/0"), answerJSON("unknown", subnetHop, lostHop), `chain "nat-0a"`},
		{"input ends", derivedRow("nat-0a > ?(no NAT data)", "0.0.0.0/0"), answerJSON("unknown", subnetHop, lostHop), ""},
		{"input does not end", derivedRow("nat-0a > ?(no NAT data)", "0.0.0.0/0"), answerJSON("blocked", subnetHop, lostHop), "class blocked"},
		{"local", derivedRow("local", "10.0.0.0/16"), answerJSON("local", localHop, endHop), ""},
		{"local within the subnet", derivedRow("local", "10.0.0.0/16"), answerJSON("local", directHop, endHop), ""},
		{"no route", derivedRow("no-route", ""), answerJSON("no-route", emptyHop), ""},
		{"no way back is not no route", derivedRow("local", "10.0.0.0/16"), answerJSON("no-route", localHop, endHop, returnHop), ""},
		{"blackhole", derivedRow("drop:nat-0a", "0.0.0.0/0"), answerJSON("blackhole", subnetHop), ""},
		{"blackhole taken for a way", derivedRow("drop:nat-0a", "0.0.0.0/0"), nat, "want \"drop:nat-0a\""},
		{"list entry", derivedRow("vpce-0a", "52.94.28.0/23"), answerJSON("gateway-endpoint", listHop), ""},
		{"other destination", derivedRow("vpce-0a", "2.94.28.0/23"), answerJSON("gateway-endpoint", listHop), "destination"},
		{"other table", func() row {
			r := derivedRow("nat-0a > igw-0a", "0.0.0.0/0")
			r.routeTable = "rtb-0c"
			return r
		}(), nat, `route table "rtb-0a", want "rtb-0c"`},
		{"not JSON", peerRow("nat-0a"), "oops", "not the JSON"},
		{"nothing", peerRow("nat-0a"), "", "not the JSON"},
		{"two objects", peerRow("nat-0a"), nat + nat, "more than one object"},
		{"other schema", peerRow("nat-0a"), strings.Replace(nat, "trace/1", "trace/2", 1), "schema"},
		{"other question", peerRow("nat-0a"), strings.Replace(nat, "subnet-0a", "subnet-0b", 1), "answers the way from"},
		{"other path", peerRow("nat-0a"), strings.Replace(nat, `"address":"8.8.8.8"`, `"address":"8.8.4.4"`, 1), "a path to"},
		{"no path", peerRow("nat-0a"), `{"schema":"whichway.trace/1","from":{"id":"subnet-0a"},"host":"8.8.8.8","paths":[]}`, "0 paths"},
		{"no hop", peerRow("nat-0a"), answerJSON("unknown"), "without a hop"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := compareRow(test.row, func(row) ([]byte, error) { return []byte(test.answer), nil })
			switch {
			case test.want == "" && err != nil:
				t.Errorf("disagreement: %v", err)
			case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
				t.Errorf("disagreement = %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestReport(t *testing.T) {
	good, bad := peerRow("nat-0a"), peerRow("nat-0b")
	bad.network = "other"
	ask := func(row) ([]byte, error) { return []byte(answerJSON("nat-gateway", subnetHop, natHop, igwHop)), nil }
	var out bytes.Buffer
	if got := report(&out, []row{good, bad}, 3, map[string]bool{"net": true, "other": true}, ask); got != 1 {
		t.Errorf("a required network disagrees: status %d, want 1\n%s", got, &out)
	}
	out.Reset()
	if got := report(&out, []row{good, bad}, 3, map[string]bool{"net": true}, ask); got != 0 {
		t.Errorf("a network that is not required disagrees: status %d, want 0\n%s", got, &out)
	}
	for _, want := range []string{"DISAGREE", "(not required)", "2 rows compared; 3 left out"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("report lacks %q:\n%s", want, &out)
		}
	}
	out.Reset()
	fails := func(row) ([]byte, error) { return nil, errors.New("exit status 2") }
	if got := report(&out, []row{good}, 0, map[string]bool{"net": true}, fails); got != 1 || !strings.Contains(out.String(), "exit status 2") {
		t.Errorf("the command fails: status %d, want 1\n%s", got, &out)
	}
}

func TestRequiredNetworks(t *testing.T) {
	rows := []row{peerRow("nat-0a")}
	if got, err := requiredNetworks(rows, nil); err != nil || !got["net"] {
		t.Errorf("none named: %v, %v, want all", got, err)
	}
	if got, err := requiredNetworks(rows, []string{"elsewhere"}); err == nil {
		t.Errorf("a network without a row: %v, want an error", got)
	}
}

func TestReadTables(t *testing.T) {
	peer := strings.Join(peerHeader, "\t") + "\n" +
		"net\tt\ti-0a\tsubnet-0a\t8.8.8.8\ttcp/80\tok\tp\tnat-0a\t\n" +
		"net\tt\ti-0a\tsubnet-0a\t8.8.8.8\tip proto AN\tno\tp\tnat-0a\t\n" +
		"net\tt\tinternet\t\t10.0.0.1\ttcp/80\tno\tp\t\t\n"
	derived := strings.Join(derivedHeader, "\t") + "\n" +
		"net\tsubnet-0a\taz\trtb-0a (main)\tinternet 8.8.8.8\tnat-0a > igw-0a\t0.0.0.0/0\t\n"
	write := func(t *testing.T, peer, derived string) string {
		t.Helper()
		dir := t.TempDir()
		for name, text := range map[string]string{peerFile: peer, derivedFile: derived} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		return dir
	}
	rows, excluded, err := readTables(write(t, peer, derived))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 || excluded != 2 {
		t.Fatalf("%d rows and %d excluded, want 2 and 2: %+v", len(rows), excluded, rows)
	}
	if want := (row{table: peerFile, line: 2, network: "net", subnet: "subnet-0a", address: "8.8.8.8", firstTarget: "nat-0a"}); rows[0] != want {
		t.Errorf("row %+v, want %+v", rows[0], want)
	}
	want := row{
		table: derivedFile, line: 2, network: "net", subnet: "subnet-0a", address: "8.8.8.8",
		chain: "nat-0a > igw-0a", routeTable: "rtb-0a", destination: "0.0.0.0/0",
	}
	if rows[1] != want {
		t.Errorf("row %+v, want %+v", rows[1], want)
	}

	for name, tables := range map[string][2]string{
		"other header":  {strings.Replace(peer, "network", "net", 1), derived},
		"missing field": {peer, strings.Replace(derived, "\t0.0.0.0/0", "", 1)},
		"no address":    {peer, strings.Replace(derived, "internet 8.8.8.8", "internet", 1)},
		"bad address":   {strings.Replace(peer, "8.8.8.8\ttcp", "8.8.8\ttcp", 1), derived},
		"header only":   {strings.Join(peerHeader, "\t") + "\n", derived},
	} {
		if rows, _, err := readTables(write(t, tables[0], tables[1])); err == nil {
			t.Errorf("%s: %d rows, want an error", name, len(rows))
		}
	}
}

func TestRunUsage(t *testing.T) {
	var out, errText bytes.Buffer
	for _, args := range [][]string{nil, {"-whichway", "w"}, {"-nosuchflag"}, {"-whichway", "w", "-data", t.TempDir()}} {
		errText.Reset()
		if got := run(args, &out, &errText); got != 2 || errText.Len() == 0 {
			t.Errorf("run(%q) = %d with %q on standard error, want 2 and a reason", args, got, &errText)
		}
	}
}
