package naming_test

import (
	"os"
	"strings"
	"testing"
)

// rows reads a file of tab-separated values: # comments, one header row, then
// rows, each as a map from column to cell.
func rows(t testing.TB, file string) []map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var head []string
	var rs []map[string]string
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if head == nil {
			head = cells
			continue
		}
		if len(cells) != len(head) {
			t.Fatalf("%s: %d cells for %d columns: %q", file, len(cells), len(head), line)
		}
		r := map[string]string{}
		for i, c := range cells {
			r[head[i]] = c
		}
		rs = append(rs, r)
	}
	return rs
}
