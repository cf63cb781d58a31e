package describe

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxHolds is how many files without a recognised key, and how many keys of
// each, the error tells one by one.
const maxHolds = 4

// noKey says which files there are and what they hold instead, what comes near
// a recognised key, and what was looked for. Of total files these are JSON.
func noKey(files []*file, total int) error {
	var keys, near, said []string
	for _, l := range lists {
		keys = append(keys, l.key)
	}
	for _, f := range files[:min(len(files), maxHolds)] {
		said = append(said, f.name+" "+f.holds)
	}
	if more := len(files) - len(said); more > 0 {
		said = append(said, "and so on")
	}
	switch {
	case total == 0:
		said = []string{"there is no file"}
	case len(files) == 0:
		said = []string{fmt.Sprintf("of %d files none is JSON", total)}
	case len(files) > 1:
		said[0] = fmt.Sprintf("none of %d JSON files has one: %s", len(files), said[0])
	}
	for _, f := range files {
		near = append(near, f.near...)
	}
	slices.Sort(near)
	if near = slices.Compact(near); len(near) > 0 {
		said = append(said, fmt.Sprintf("upper and lower case matter: found %q", near))
	}
	said = append(said, "looked for "+strings.Join(append(keys, pieces...), ", "))
	return fmt.Errorf("%w: %s", ErrNoKey, strings.Join(said, "; "))
}

// what says what a file without a recognised key holds, by its first document:
// the predicate of a sentence about the file.
//
//  1. nothing: it is empty
//  2. an object that other programs are known to write: a Terraform state, or
//     what terraform show -json prints
//  3. an object, or a list of them: its keys
//  4. anything else: its kind
func (p *parser) what() string {
	i := skipSpace(p.data, 0)
	subject := "has"
	for p.at(i) == '[' {
		subject = "is a list of objects with"
		i = skipSpace(p.data, i+1)
	}
	switch p.at(i) {
	case 0:
		return "is empty"
	case ']':
		return "is an empty list"
	case '{':
	default:
		return "holds no object"
	}
	from := len(p.members)
	defer func() { p.members = p.members[:from] }()
	if p.cut(i) < 0 {
		return "holds no object" // not reached: the document was read before
	}
	members := p.members[from:]
	switch {
	case len(members) == 0:
		return subject + " no keys at all"
	case find(members, "terraform_version") != nil && find(members, "lineage") != nil:
		return "is a Terraform state: what is read is the output of terraform show -json"
	case find(members, "format_version") != nil:
		return "is the output of terraform show -json: give the file itself, not its directory"
	}
	var keys []string
	for _, m := range members[:min(len(members), maxHolds)] {
		keys = append(keys, strconv.Quote(cutKey(string(m.key))))
	}
	switch {
	case len(members) > maxHolds:
		return subject + " the keys " + strings.Join(keys, ", ") + " …"
	case len(members) == 1:
		return subject + " the key " + keys[0]
	}
	return subject + " the keys " + strings.Join(keys, ", ")
}

// cutKey returns a key of reasonable length.
func cutKey(key string) string {
	const most = 60
	if len(key) <= most {
		return key
	}
	return strings.ToValidUTF8(key[:most], "") + "…"
}
