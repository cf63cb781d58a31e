package describe_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"testing"

	"github.com/privatelink-go/privatelink/route/describe"
)

// FuzzReadFrom holds reading against encoding/json: input is broken for one if
// and only if it is for the other. What was read prints and comes back.
func FuzzReadFrom(f *testing.F) {
	for _, seed := range []string{
		`{"Vpcs":[{"VpcId":"vpc-1"}]}`,
		`[[{"DnsName":"` + seedRegional + `"},{"DnsName":"monitoring.us-east-2.amazonaws.com"}]]`,
		`{"VpcId":"vpc-1","EnableDnsSupport":{"Value":true}} {"status_code":200,"data":{"Subnets":null}}`,
		`{"HostedZone":{"Id":"/hostedzone/Z1","Name":"a."},"VPCs":[{"VPCId":"vpc-1"}]}{"ResourceRecordSets":[{"Name":"a.","Type":"SOA"}]}`,
		`{"HostedZoneSummaries":[{"HostedZoneId":"Z1","Owner":{}}]}`,
		`{"Entries":[{"Cidr":"a"}]} {"Routes":[{"Type":"static"}],"AdditionalRoutesAvailable":true}`,
		`{"PrefixLists":[{"PrefixListId":"pl-1","Cidrs":["a","a"]},{"PrefixListId":"pl-1","Cidrs":[]}]}`,
		`[{"SubnetId":"a","CidrBlock":"\"\\"},{"\u0053ubnetId":1}]`,
		`{"Vpcs":[{]}`, `{"a":"\q"}`, "\ufeff{}", "[1,2,]", `{"Vpcs" [`, `nul`, "\"\x01\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		const name = "vpc-0a_pl-0a_tgw-rtb-0a.json"
		inv, err := describe.ReadFrom(name, bytes.NewReader(data))
		if broken := errors.Is(err, describe.ErrSyntax); !utf16Marked(data) && broken == validStream(data) {
			t.Fatalf("error = %v, but encoding/json says valid = %v", err, validStream(data))
		}
		if err != nil {
			if !reflect.ValueOf(inv).IsZero() {
				t.Fatalf("a half-built inventory besides %v", err)
			}
			if _, ok := errors.AsType[*describe.FileError](err); !ok && !errors.Is(err, describe.ErrNoKey) {
				t.Fatalf("%v is neither a FileError nor ErrNoKey", err)
			}
			return
		}
		files, err := describe.Write(inv)
		if err != nil {
			if !errors.Is(err, describe.ErrFileName) {
				t.Fatalf("Write: %v", err)
			}
			return
		}
		if len(files) == 0 {
			if inv.Findings = nil; !reflect.ValueOf(inv).IsZero() {
				t.Fatalf("nothing printed of %+v", inv)
			}
			return
		}
		back, err := describe.Read(directory(files))
		if err != nil {
			t.Fatalf("Read: %v", err)
		}
		again, err := describe.Write(back)
		if err != nil || !reflect.DeepEqual(files, again) {
			t.Fatalf("came back otherwise: %v\n%s\n%s", err, files, again)
		}
	})
}

func utf16Marked(data []byte) bool {
	return bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff"))
}

// validStream is the slow twin: a stream of documents as json.Decoder reads it,
// but for numbers and words without space between: they are one, and broken.
func validStream(data []byte) bool {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	dec := json.NewDecoder(bytes.NewReader(data))
	literal := func(i int64) bool {
		return i < int64(len(data)) && !bytes.ContainsRune([]byte(" \n\r\t,:[]{}\""), rune(data[i]))
	}
	for {
		var skipped json.RawMessage
		if err := dec.Decode(&skipped); err != nil {
			return err == io.EOF
		}
		if end := dec.InputOffset(); literal(end-1) && literal(end) {
			return false
		}
	}
}
