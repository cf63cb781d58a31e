package main

import (
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A row is one comparable line of a table.
type row struct {
	table   string // file name
	line    int    // 1 is the header
	network string // folder of the capture
	subnet  string // where the question is asked
	address string // destination

	// Of PEER_ASSERTED.tsv: `direct`, `local`, an id, a bare kind of id (`pcx`) or `no-route`.
	firstTarget string

	// Of DERIVED.tsv, all three together.
	chain       string // "a > b"; `drop:TARGET`; `no-route`; a last `?(reason)` where the input ends
	routeTable  string // id only
	destination string // the winning row of the first table, "" without one
}

const (
	peerFile    = "PEER_ASSERTED.tsv"
	derivedFile = "DERIVED.tsv"
)

var (
	peerHeader    = []string{"network", "peer_test", "source", "source_subnet", "dst", "proto_port", "peer_verdict", "peer_path", "first_target", "note"}
	derivedHeader = []string{"network", "subnet", "az", "route_table", "probe", "expected_chain", "matched_destination", "note"}
)

// readTables reads both tables of dir. Lines of PEER_ASSERTED.tsv that cannot be asked are counted instead:
//
//  1. no source subnet: the packet comes from the internet
//  2. no first target: the peer asserts something else
//  3. `ip proto AN`: an IP protocol by number, where the command speaks of ports
func readTables(dir string) (rows []row, excluded int, err error) {
	peer, errPeer := readTSV(filepath.Join(dir, peerFile), peerHeader)
	derived, errDerived := readTSV(filepath.Join(dir, derivedFile), derivedHeader)
	if err := errors.Join(errPeer, errDerived); err != nil {
		return nil, 0, err
	}
	for i, f := range peer {
		if f[3] == "" || f[8] == "" || f[5] == "ip proto AN" {
			excluded++
			continue
		}
		rows = append(rows, row{
			table: peerFile, line: i + 2, network: f[0],
			subnet: f[3], address: f[4], firstTarget: f[8],
		})
	}
	for i, f := range derived {
		table, _, _ := strings.Cut(f[3], " ")
		_, address, ok := strings.Cut(f[4], " ")
		if !ok || table == "" || f[5] == "" {
			return nil, 0, fmt.Errorf("%s line %d: want a route table, a probe with an address and a chain", derivedFile, i+2)
		}
		rows = append(rows, row{
			table: derivedFile, line: i + 2, network: f[0],
			subnet: f[1], address: address, chain: f[5], routeTable: table, destination: f[6],
		})
	}
	for _, r := range rows {
		if _, err := netip.ParseAddr(r.address); err != nil {
			return nil, 0, fmt.Errorf("%s line %d: %w", r.table, r.line, err)
		}
	}
	return rows, excluded, nil
}

// readTSV returns the lines after the header, each with exactly the header's fields.
func readTSV(path string, header []string) ([][]string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var lines [][]string
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimRight(line, "\r\n"), "\t")
		if len(fields) != len(header) {
			return nil, fmt.Errorf("%s line %d: %d fields, want %d", path, len(lines)+1, len(fields), len(header))
		}
		lines = append(lines, fields)
	}
	if len(lines) < 2 || !slices.Equal(lines[0], header) {
		return nil, fmt.Errorf("%s: want the header %s and at least one line", path, strings.Join(header, ", "))
	}
	return lines[1:], nil
}
