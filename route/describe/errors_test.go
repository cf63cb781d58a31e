package describe_test

import (
	"errors"
	"io"
	"io/fs"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
)

func TestErrors(t *testing.T) {
	tests := []struct {
		name, json string
		is         error
		want       []string
	}{
		{"wrong type", "{\"Subnets\": [\n {\"SubnetId\": \"subnet-1\", \"CidrBlock\": 7}]}", describe.ErrType, []string{`f.json:2:40: Subnets[0].CidrBlock: want a string, found a number`}},
		{"wrong type behind a nested list", `{"Subnets":[{"SubnetId":"a","Tags":[{"Key":"x","Value":[1]},{}]},{"SubnetId":"b","VpcId":{"a":[]}}]}`, describe.ErrType, []string{`f.json:1:56: Subnets[0].Tags[0].Value: want a string, found a list`}},
		{"an object for a list", `{"Subnets":{}}`, describe.ErrType, []string{`f.json:1:12: Subnets: want a list, found an object`}},
		{"a string for a list", `{"Subnets":"subnet-1"}`, describe.ErrType, []string{`f.json:1:12: Subnets: want a list, found a string`}},
		{"a string for an object", `{"Subnets":["subnet-1"]}`, describe.ErrType, []string{`f.json:1:13: Subnets[0]: want an object, found a string`}},
		{"a string for a truth value", `{"VpcEndpoints":[{"VpcEndpointId":"vpce-1","PrivateDnsEnabled":"true"}]}`, describe.ErrType, []string{`f.json:1:64: VpcEndpoints[0].PrivateDnsEnabled: want true or false, found a string`}},
		{"a fraction", `{"ProfileAssociations":[{"Id":"a","Priority":1.5}]}`, describe.ErrType, []string{`f.json:1:46: ProfileAssociations[0].Priority: want a whole number, found the number 1.5`}},
		{"a TTL below zero", `{"ResourceRecordSets":[{"Name":"a.","Type":"A","TTL":-1}]}`, describe.ErrType, []string{`f.json:1:54: ResourceRecordSets[0].TTL: want a whole number from 0 to 4294967295, found the number -1`}},
		{"in an envelope", `{"status_code":200,"data":{"Vpc":{"VpcId":true}}}`, describe.ErrType, []string{`f.json:1:43: data.Vpc.VpcId: want a string, found true or false`}},
		{"in a bare list", `[{"SubnetId":"a","CidrBlock":"10.0.0.0/24"},{"SubnetId":"b","CidrBlock":{}}]`, describe.ErrType, []string{`f.json:1:73: [1].CidrBlock: want a string, found an object`}},
		{"in DnsEntries", `[[{"DnsName":5}]]`, describe.ErrType, []string{`f.json:1:14: [0][0].DnsName: want a string, found a number`}},
		{"in an attribute", `{"VpcId":"vpc-1","EnableDnsSupport":{"Value":"yes"}}`, describe.ErrType, []string{`f.json:1:46: EnableDnsSupport.Value: want true or false, found a string`}},
		{"in every document", `{"Vpcs":1} {"Subnets":2,"NatGateways":3}`, describe.ErrType, []string{
			`f.json:1:9: Vpcs: want a list, found a number`, `f.json:1:23: Subnets: want a list, found a number`, `f.json:1:39: NatGateways: want a list, found a number`,
		}},
		{"in a second list", `{"Vpcs":[]} {"Vpcs":{}}`, describe.ErrType, []string{`f.json:1:21: Vpcs: want a list, found an object`}},
		{"an id of another type", `{"HostedZones":[{"Id":5}]} {"VpcId":5,"EnableDnsSupport":{}}`, describe.ErrType, []string{
			`f.json:1:23: HostedZones[0].Id: want a string, found a number`, `f.json:1:37: VpcId: want a string, found a number`,
		}},
		{"no id, bare", `[{"Id":"/hostedzone/","Name":"a.","CallerReference":"x"}]`, endpoint.ErrID, []string{`f.json:1:2: [0]: no id: Id is missing`}},
		{"under a key with quotes", `{"data":{"a b":[}}`, describe.ErrSyntax, []string{`f.json:1:17: data["a b"][0]: broken JSON: invalid character '}' looking for beginning of value`}},
		{"no id", `{"Subnets":[{"SubnetId":"a"},{"CidrBlock":"10.0.0.0/24"},null]}`, endpoint.ErrID, []string{`f.json:1:30: Subnets[1]: no id: SubnetId is missing`, `f.json:1:58: Subnets[2]: no id: SubnetId is missing`}},
		{"no id, one object", `{"VpcEndpoint":{}}`, endpoint.ErrID, []string{`f.json:1:16: VpcEndpoint: no id: VpcEndpointId is missing`}},
		{"no id, hosted zones", `{"HostedZones":[{}],"HostedZoneSummaries":[{}]} {"HostedZone":{}}`, endpoint.ErrID, []string{
			`f.json:1:17: HostedZones[0]: no id: Id is missing`, `f.json:1:44: HostedZoneSummaries[0]: no id: HostedZoneId is missing`, `f.json:1:63: HostedZone: no id: Id is missing`,
		}},
		{"no id, attribute", `{"VpcId":"","EnableDnsSupport":{"Value":true}}`, endpoint.ErrID, []string{`f.json:1:10: VpcId: no id: VpcId is missing`}},
		{"no JSON", "Unable to locate credentials", describe.ErrSyntax, []string{`f.json:1:1: broken JSON: invalid character 'U' looking for beginning of value`}},
		{"a comma too many", "{\"Vpcs\":[\n{\"VpcId\":\"vpc-1\"},\n]}", describe.ErrSyntax, []string{`f.json:3:1: Vpcs[1]: broken JSON: invalid character ']' looking for beginning of value`}},
		{"a comma missing", `{"Vpcs":[] "Subnets":[]}`, describe.ErrSyntax, []string{`f.json:1:12: Vpcs: broken JSON: invalid character '"' after object key:value pair`}},
		{"broken in what is ignored", `{"Vpcs":[],"Tags":[tru]}`, describe.ErrSyntax, []string{`f.json:1:23: Tags[0]: broken JSON: invalid character ']' in literal true (expecting 'e')`}},
		{"the wrong bracket", `{"Vpcs":[}`, describe.ErrSyntax, []string{`f.json:1:10: Vpcs[0]: broken JSON: invalid character '}' looking for beginning of value`}},
		{"a bracket too many", `{"Vpcs":[]}]`, describe.ErrSyntax, []string{`f.json:1:12: broken JSON: invalid character ']' looking for beginning of value`}},
		{"a key that is no string", `{"Vpcs":[],7:1}`, describe.ErrSyntax, []string{`f.json:1:12: broken JSON: invalid character '7' looking for beginning of object key string`}},
		{"a line break in a key", "{\"a\n\":1}", describe.ErrSyntax, []string{`f.json:1:4: broken JSON: invalid character '\n' in string literal`}},
		{"broken in what is read", `{"EnableDnsSupport":{"Value":tru},"VpcId":"vpc-1"}`, describe.ErrSyntax, []string{`f.json:1:33: EnableDnsSupport.Value: broken JSON: invalid character '}' in literal true (expecting 'e')`}},
		{"broken beside what is read", `{"EnableDnsSupport":{"Value":true},"VpcId":"vpc-1","x":[,]}`, describe.ErrSyntax, []string{`f.json:1:57: x[0]: broken JSON: invalid character ',' looking for beginning of value`}},
		{"no colon", `{"Vpcs" []}`, describe.ErrSyntax, []string{`f.json:1:9: Vpcs: broken JSON: invalid character '[' after object key`}},
		{"no value", `{"Vpcs":}`, describe.ErrSyntax, []string{`f.json:1:9: Vpcs: broken JSON: invalid character '}' looking for beginning of value`}},
		{"broken in entries", `{"Entries":[{"Cidr" 1}]}`, describe.ErrSyntax, []string{`f.json:1:21: Entries[0].Cidr: broken JSON: invalid character '1' after object key`}},
		{"a list without a comma", `[1 2]`, describe.ErrSyntax, []string{`f.json:1:4: [0]: broken JSON: invalid character '2' after array element`}},
		{"a bad escape in a key", `{"\q":1}`, describe.ErrSyntax, []string{`f.json:1:4: broken JSON: invalid character 'q' in string escape code`}},
		{"in the second document", "{\"Vpcs\":[]}\n{\"Subnets\":[nul]}", describe.ErrSyntax, []string{`f.json:2:16: Subnets[0]: broken JSON: invalid character ']' in literal null (expecting 'l')`}},
		{"cut off in a list", `{"Vpcs":[{"VpcId":"vpc-1"}`, io.ErrUnexpectedEOF, []string{`f.json:1:27: Vpcs[0]: broken JSON: unexpected EOF`}},
		{"cut off in a string", `{"Vpcs":[{"VpcId":"vpc-`, io.ErrUnexpectedEOF, []string{`f.json:1:24: Vpcs[0].VpcId: broken JSON: unexpected EOF`}},
		{"cut off in a word", `{"Vpcs":nul`, io.ErrUnexpectedEOF, []string{`f.json:1:12: Vpcs: broken JSON: unexpected EOF`}},
		{"cut off in a key", `{"Vp`, io.ErrUnexpectedEOF, []string{`f.json:1:5: broken JSON: unexpected EOF`}},
		{"nested too deeply", strings.Repeat("[", 1_000_000), describe.ErrSyntax, []string{`f.json:1:10001: [0][0][0][0][0][0][0][0][0][0][0][0]…: broken JSON: invalid character '[' exceeded max depth`}},
		{"nested too deeply in a list", `{"Vpcs":` + strings.Repeat(`[{"a":`, 1_000_000), describe.ErrSyntax, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			inv, err := describe.Read(dir("f.json", tt.json, "good.json", `{"Vpcs":[{"VpcId":"vpc-9"}]}`))
			if !errors.Is(err, tt.is) {
				t.Errorf("error = %v, want %v", err, tt.is)
			}
			if !reflect.ValueOf(inv).IsZero() {
				t.Errorf("a half-built inventory: %+v", inv)
			}
			for e := range joined(err) {
				if f, ok := errors.AsType[*describe.FileError](e); !ok || f.File != "f.json" || f.Line == 0 {
					t.Errorf("%v is no FileError with a place in f.json", e)
				}
			}
			if tt.want == nil {
				return
			}
			if diff := cmp.Diff(tt.want, strings.Split(err.Error(), "\n")); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

// joined yields the errors that errors.Join joined.
func joined(err error) func(func(error) bool) {
	return func(yield func(error) bool) {
		j, ok := err.(interface{ Unwrap() []error })
		if !ok {
			yield(err)
			return
		}
		for _, e := range j.Unwrap() {
			if !yield(e) {
				return
			}
		}
	}
}

func TestErrorsOfAllFiles(t *testing.T) {
	fsys := dir("a/subnets.json", `{"Subnets":[{"SubnetId":1}]}`, "b/vpcs.json", `{"Vpcs":`, "c.json", `{"Vpcs":[{"VpcId":"vpc-1"}]}`)
	fsys["gone.json"] = &fstest.MapFile{Data: []byte("nowhere"), Mode: fs.ModeSymlink | 0o777}
	_, err := describe.Read(fsys)
	for _, want := range []error{describe.ErrType, describe.ErrSyntax, fs.ErrNotExist} {
		if !errors.Is(err, want) {
			t.Errorf("error %v is not %v", err, want)
		}
	}
	n := 0
	for range joined(err) {
		n++
	}
	if n != 3 {
		t.Errorf("%d errors, want 3: %v", n, err)
	}
	if w, err := describe.Load(fsys); w != nil || err == nil {
		t.Errorf("Load = %v, %v; want an error", w, err)
	}
}

func TestManyErrors(t *testing.T) {
	const n = 100_000
	_, err := describe.ReadFrom("f.json", strings.NewReader(`{"Vpcs":[`+strings.Repeat("{},", n-1)+`{}]}`))
	lines := strings.Split(err.Error(), "\n")
	if !errors.Is(err, endpoint.ErrID) || len(lines) != 51 || lines[50] != "f.json: 99950 more errors" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
}

func TestReadersThatFail(t *testing.T) {
	broken := errors.New("wire cut")
	inv, err := describe.ReadFrom("stdin", iotest.ErrReader(broken))
	if f, ok := errors.AsType[*describe.FileError](err); !errors.Is(err, broken) || !ok || f.Error() != "stdin: wire cut" {
		t.Errorf("error = %v, want a FileError around %v", err, broken)
	}
	if !reflect.DeepEqual(inv, trace.Inventory{}) {
		t.Errorf("a half-built inventory: %+v", inv)
	}
	if _, err := describe.Read(failing{}); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error = %v, want fs.ErrPermission", err)
	}
}

// failing is a directory that nobody may look into.
type failing struct{}

func (failing) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// unreadable is a directory whose file a.json cannot be read.
type unreadable struct{ fs.FS }

func (u unreadable) Open(name string) (fs.File, error) {
	if name == "a.json" {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return u.FS.Open(name)
}

func TestFileThatCannotBeRead(t *testing.T) {
	_, err := describe.Read(unreadable{dir("a.json", "{}", "b.json", `{"Vpcs":[]}`)})
	if f, ok := errors.AsType[*describe.FileError](err); !ok || f.File != "a.json" || !errors.Is(err, fs.ErrPermission) {
		t.Errorf("error = %v, want a FileError for a.json", err)
	}
}
