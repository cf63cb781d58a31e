package describe_test

import (
	"slices"
	"testing"

	"github.com/privatelink-go/privatelink/route/describe"
)

// TestFileID names the rules of fileID.
func TestFileID(t *testing.T) {
	tests := []struct {
		name, file, prefix string
		known              []string
		want               string
	}{
		{"1 an id of the input", "zones-vpc-main.json", "vpc-", []string{"vpc-main"}, "vpc-main"},
		{"1 an id of the input, with hyphens", "x_tgw-rtb-hub-west.json", "tgw-rtb-", []string{"tgw-rtb-hub", "tgw-rtb-hub-west"}, "tgw-rtb-hub-west"},
		{"1 stands as a whole", "vpc-mainland.json", "vpc-", []string{"vpc-main"}, ""},
		{"2 looks like an id", "list-hosted-zones-by-vpc-vpc-0a1b2c3d4e5f60718.json", "vpc-", nil, "vpc-0a1b2c3d4e5f60718"},
		{"2 looks like an id of AWS's samples", "pl-0123456EXAMPLE.json", "pl-", nil, "pl-0123456EXAMPLE"},
		{"2 hexadecimal without digits", "pl-abcdefab.json", "pl-", nil, "pl-abcdefab"},
		{"2 a word", "search-tgw-rtb-routes.json", "tgw-rtb-", nil, ""},
		{"2 a word, two", "list-hosted-zones-by-vpc.json", "vpc-", nil, ""},
		{"2 a hosted zone", "Z0123ABC records.json", "Z", nil, "Z0123ABC"},
		{"2 a hosted zone has capitals", "Zones2.json", "Z", nil, ""},
		{"the last one", "pl-0a1-of-pl-0b2.json", "pl-", nil, "pl-0b2"},
		{"another extension", "pl-0a1.txt", "pl-", nil, "pl-0a1"},
		{"folders do not count", "vpc-0a1/zones.json", "vpc-", []string{"vpc-0a1"}, ""},
		{"within a word", "repl-0a1.json", "pl-", nil, ""},
		{"nothing", "", "pl-", nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			known := func(id string) bool { return slices.Contains(tt.known, id) }
			if got := describe.FileID(tt.file, tt.prefix, known); got != tt.want {
				t.Errorf("fileID(%q) = %q, want %q", tt.file, got, tt.want)
			}
		})
	}
}
