package audit_test

import (
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/privatelink-go/privatelink/endpoint/catalog"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route/audit"
	"github.com/privatelink-go/privatelink/route/trace"
)

// TestProfiles: every built-in row has a source, a reason and a host whose
// service the catalogue knows.
func TestProfiles(t *testing.T) {
	c := catalog.Default()
	var names []string
	for _, p := range audit.Profiles() {
		names = append(names, p.Name)
		if _, err := time.Parse(time.DateOnly, p.Date); err != nil || p.About == "" || len(p.Hosts) == 0 {
			t.Errorf("%s: date %q, about %q, %d hosts", p.Name, p.Date, p.About, len(p.Hosts))
		}
		seen := map[audit.Host]bool{}
		for _, h := range p.Hosts {
			if h.Source == "" || h.Why == "" || seen[h.Host] {
				t.Errorf("%s: %s: source %q, why %q, twice %t", p.Name, h.Host, h.Source, h.Why, seen[h.Host])
			}
			seen[h.Host] = true
			name, ok := h.Host.In("us-east-2")
			if _, known := c.Host(name); !ok || !known {
				t.Errorf("%s: %s: the catalogue does not know the service of %q", p.Name, h.Host, name)
			}
			if cn, _ := h.Host.In("cn-north-1"); naming.Classify(cn).Kind() == naming.KindOther {
				t.Errorf("%s: %s is no AWS name in China: %q", p.Name, h.Host, cn)
			}
		}
	}
	for _, want := range []string{"databricks", "ecs-ec2", "ecs-fargate", "eks-node", "eks-outposts", "eks-pod-identity", "glue", "karpenter", "lambda", "ssm"} {
		if !slices.Contains(names, want) {
			t.Errorf("no profile %s among %q", want, names)
		}
	}
	if !slices.IsSorted(names) {
		t.Errorf("profiles are not in order: %q", names)
	}
}

func TestLoadProfiles(t *testing.T) {
	read := func(file string) ([]byte, error) {
		if file != "dir/mine.json" {
			return nil, fs.ErrNotExist
		}
		return []byte(`{"hosts":[{"host":"a.example:8443"}]}`), nil
	}
	list, err := audit.LoadProfiles([]string{"ssm,dir/mine.json", "lambda"}, read)
	if err != nil || len(list) != 3 || list[0].Name != "ssm" || list[1].Name != "mine" || list[2].Name != "lambda" {
		t.Fatalf("LoadProfiles = %v, %v", list, err)
	}
	if got := list[1].Hosts[0].Host; got != audit.MustParseHost("a.example:8443") {
		t.Errorf("the file's host is %s", got)
	}
	if list, err := audit.LoadProfiles(nil, read); err != nil || len(list) != 0 {
		t.Errorf("no word: %v, %v", list, err)
	}
	list, err = audit.LoadProfiles([]string{"eks,other.json"}, read)
	if list != nil || !errors.Is(err, audit.ErrProfile) || !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "eks-node") {
		t.Errorf("LoadProfiles = %v, %v, want ErrProfile that lists the names, and ErrNotExist", list, err)
	}
}

// TestReadProfileErrors: each fault has its place.
func TestReadProfileErrors(t *testing.T) {
	for _, tt := range []struct {
		name, in, path string
		err            error
	}{
		{"empty", ``, "line 1", audit.ErrProfileJSON},
		{"not an object", `[]`, "line 1", audit.ErrProfileJSON},
		{"broken on line 2", "{\"hosts\":\n [}", "line 2", audit.ErrProfileJSON},
		{"more after it", `{"hosts":[{"host":"a.example"}]} {}`, "line 1", audit.ErrProfileJSON},
		{"unknown key", `{"hosts":[{"host":"a.example"}],"host":[]}`, "host", audit.ErrProfileKey},
		{"key in other letters", `{"Hosts":[{"host":"a.example"}]}`, "Hosts", audit.ErrProfileKey},
		{"key twice", `{"name":"a","name":"b","hosts":[{"host":"a.example"}]}`, "name", audit.ErrProfileKey},
		{"no hosts", `{"name":"a"}`, "hosts", audit.ErrProfileValue},
		{"hosts of another type", `{"hosts":{}}`, "hosts", audit.ErrProfileJSON},
		{"name of another type", `{"name":1,"hosts":[{"host":"a.example"}]}`, "name", audit.ErrProfileJSON},
		{"host of another type", `{"hosts":["a.example"]}`, "hosts[0]", audit.ErrProfileJSON},
		{"no host", `{"hosts":[{"host":"a.example"},{"why":"x"}]}`, "hosts[1].host", audit.ErrProfileValue},
		{"no host name", `{"hosts":[{"host":"a..example"}]}`, "hosts[0].host", trace.ErrHost},
		{"unknown key of a host", `{"hosts":[{"host":"a.example","Why":"x"}]}`, "hosts[0].Why", audit.ErrProfileKey},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := audit.ReadProfile("dir/x.json", []byte(tt.in))
			pe, ok := errors.AsType[*audit.ProfileError](err)
			if !ok || pe.File != "dir/x.json" || pe.Path != tt.path || !errors.Is(err, tt.err) || p.Hosts != nil {
				t.Errorf("ReadProfile = %v, %v, want %v at %s", p, err, tt.err, tt.path)
			}
		})
	}
	_, err := audit.ReadProfile("x.json", []byte(`{"hosts":[{"host":"a..b"},{"host":"c..d"}],"x":1}`))
	if j, ok := err.(interface{ Unwrap() []error }); !ok || len(j.Unwrap()) != 3 {
		t.Errorf("%v: want all three faults", err)
	}
}

func FuzzReadProfile(f *testing.F) {
	for _, p := range audit.Profiles() {
		f.Add([]byte(`{"name":"` + p.Name + `","hosts":[{"host":"` + p.Hosts[0].Host.String() + `"}]}`))
	}
	f.Add([]byte(`{"hosts":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := audit.ReadProfile("f.json", data)
		if (err == nil) != (len(p.Hosts) > 0) {
			t.Fatalf("%d hosts, error %v", len(p.Hosts), err)
		}
		for _, h := range p.Hosts {
			if !h.Host.IsValid() {
				t.Fatalf("an invalid host without an error: %+v", p)
			}
		}
	})
}
