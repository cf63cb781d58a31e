package audit

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// Profile is the hosts that a kind of workload needs, as its documentation
// says: a starting point, to be copied and edited.
type Profile struct {
	Name  string // "eks-node"
	About string // one sentence
	Date  string // the day the sources were read: "2026-11-23"
	Hosts []ProfileHost
}

// ProfileHost is one host of a [Profile].
type ProfileHost struct {
	Host   Host
	Why    string // what needs it, and when
	Source string // where that is documented or was reported
}

//go:embed profiles/*.json
var embedded embed.FS

// Profiles returns the built-in profiles by name. The caller may change them.
//
// They are data with a date and a source for each row, in the format that
// [ReadProfile] reads.
func Profiles() []Profile {
	entries, err := embedded.ReadDir("profiles")
	if err != nil {
		panic(err) // embedded: a test reads it
	}
	list := make([]Profile, 0, len(entries))
	for _, e := range entries {
		data, err := embedded.ReadFile("profiles/" + e.Name())
		if err != nil {
			panic(err)
		}
		p, err := ReadProfile(e.Name(), data)
		if err != nil {
			panic(err)
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b Profile) int { return strings.Compare(a.Name, b.Name) })
	return list
}

// Reasons a [ProfileError] wraps; test with errors.Is.
var (
	// ErrProfile is a word that is neither a built-in profile nor a file.
	ErrProfile = errors.New("no such profile")
	// ErrProfileJSON is a file that is not the JSON of a profile.
	ErrProfileJSON = errors.New("not the JSON of a profile")
	// ErrProfileKey is a key that a profile does not have, has in other
	// letters, or has twice.
	ErrProfileKey = errors.New("no such key, or twice")
	// ErrProfileValue is a required value that is missing.
	ErrProfileValue = errors.New("missing")
)

// ProfileError says where a profile cannot be read.
type ProfileError struct {
	File string // as it was named
	Path string // the place in the file: "hosts[3].host", or "line 4"; "" for the whole
	Err  error  // the reason
}

// Error names the file, the place and the reason.
func (e *ProfileError) Error() string {
	if e.Path == "" {
		return e.File + ": " + e.Err.Error()
	}
	return e.File + ": " + e.Path + ": " + e.Err.Error()
}

// Unwrap returns the reason.
func (e *ProfileError) Unwrap() error { return e.Err }

// LoadProfiles returns the profiles that words stand for, in their order: the
// name of a built-in one, or a file whose name ends in ".json", which read
// reads (os.ReadFile will do). A word may be several, joined by commas. The
// errors are joined, each a *[ProfileError] or from read.
func LoadProfiles(words []string, read func(file string) ([]byte, error)) ([]Profile, error) {
	builtin := Profiles()
	var list []Profile
	var errs []error
	for word := range strings.SplitSeq(strings.Join(words, ","), ",") {
		switch i := slices.IndexFunc(builtin, func(p Profile) bool { return p.Name == word }); {
		case i >= 0:
			list = append(list, builtin[i])
		case word == "" && len(words) == 0:
		case strings.HasSuffix(word, ".json"):
			data, err := read(word)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			p, err := ReadProfile(word, data)
			if err != nil {
				errs = append(errs, err)
				continue
			}
			list = append(list, p)
		default:
			errs = append(errs, &ProfileError{File: word, Err: fmt.Errorf("%w: want %s or a FILE.json", ErrProfile, profileNames(builtin))})
		}
	}
	if errs != nil {
		return nil, errors.Join(errs...)
	}
	return list, nil
}

func profileNames(list []Profile) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}

// ReadProfile reads a profile from JSON, strictly: every key is one of those
// shown, in these letters, and there once; hosts are hosts or templates
// ([ParseHost]).
//
//	{
//	  "name": "batch",
//	  "about": "our nightly batch",
//	  "date": "2026-11-23",
//	  "hosts": [
//	    {"host": "sqs.{region}.{suffix}", "why": "the queue", "source": "team wiki"},
//	    {"host": "artifacts.example.com:8443"}
//	  ]
//	}
//
// Required are hosts and each host's host; a missing name is the file's,
// without ".json". The error joins every fault, each a *[ProfileError] that
// names file and place.
func ReadProfile(file string, data []byte) (Profile, error) {
	r := profileReader{file: file}
	top := r.object("", data, "name", "about", "date", "hosts")
	p := Profile{
		Name:  strings.TrimSuffix(path.Base(file), ".json"),
		About: r.text("about", top["about"]),
		Date:  r.text("date", top["date"]),
	}
	if name := r.text("name", top["name"]); name != "" {
		p.Name = name
	}
	var rows []json.RawMessage
	switch err := unmarshal(top["hosts"], &rows); {
	case top == nil:
	case err != nil:
		r.fail("hosts", ErrProfileJSON)
	case len(rows) == 0:
		r.fail("hosts", ErrProfileValue)
	}
	for i, row := range rows {
		p.Hosts = append(p.Hosts, r.host(fmt.Sprintf("hosts[%d]", i), row))
	}
	if r.errs != nil {
		return Profile{}, errors.Join(r.errs...)
	}
	return p, nil
}

// profileReader gathers what is wrong with one file.
type profileReader struct {
	file string
	errs []error
}

func (r *profileReader) fail(at string, err error) {
	r.errs = append(r.errs, &ProfileError{File: r.file, Path: at, Err: err})
}

func (r *profileReader) host(at string, row json.RawMessage) ProfileHost {
	o := r.object(at, row, "host", "why", "source")
	h := ProfileHost{Why: r.text(at+".why", o["why"]), Source: r.text(at+".source", o["source"])}
	s := r.text(at+".host", o["host"])
	switch host, err := ParseHost(s); {
	case o == nil:
	case s == "":
		r.fail(at+".host", ErrProfileValue)
	case err != nil:
		r.fail(at+".host", err)
	default:
		h.Host = host
	}
	return h
}

// text reads a string; nil is "".
func (r *profileReader) text(at string, raw json.RawMessage) string {
	var s string
	if err := unmarshal(raw, &s); err != nil {
		r.fail(at, ErrProfileJSON)
	}
	return s
}

// unmarshal is json.Unmarshal to which nothing is nothing.
func unmarshal(raw json.RawMessage, v any) error {
	if raw == nil {
		return nil
	}
	return json.Unmarshal(raw, v)
}

// object reads the members of one object that has only some keys, each once,
// and nothing after it; nil if it is none. encoding/json alone would take a
// key in other letters, and the last of two.
func (r *profileReader) object(at string, data []byte, keys ...string) map[string]json.RawMessage {
	dec := json.NewDecoder(bytes.NewReader(data))
	notJSON := func(err error) map[string]json.RawMessage {
		if at == "" {
			offset := dec.InputOffset()
			if se, ok := errors.AsType[*json.SyntaxError](err); ok {
				offset = se.Offset
			}
			at = fmt.Sprintf("line %d", 1+bytes.Count(data[:min(int(offset), len(data))], []byte("\n")))
		}
		if err != nil {
			err = fmt.Errorf("%w: %w", ErrProfileJSON, err)
		} else {
			err = ErrProfileJSON
		}
		r.fail(at, err)
		return nil
	}
	if t, err := dec.Token(); t != json.Delim('{') {
		return notJSON(err)
	}
	members := map[string]json.RawMessage{}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return notJSON(err)
		}
		key := fmt.Sprint(t)
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return notJSON(err)
		}
		if _, twice := members[key]; twice || !slices.Contains(keys, key) {
			r.fail(strings.TrimPrefix(at+"."+key, "."), ErrProfileKey)
		}
		members[key] = value
	}
	if _, err := dec.Token(); err != nil {
		return notJSON(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return notJSON(err)
	}
	return members
}
