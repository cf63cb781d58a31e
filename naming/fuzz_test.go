package naming_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/naming"
)

// FuzzHost holds parser and classifier against the slow twin on any text.
func FuzzHost(f *testing.F) {
	for _, r := range rows(f, "testdata/vpce_names.tsv") {
		f.Add(r["name"])
	}
	for _, tt := range hostile {
		f.Add(tt.in)
	}
	for _, s := range foreignHosts {
		f.Add(s)
	}
	f.Add("vpce-0123456789abcdef0-snra-0123456789abcdef0.rcfg-0123456789abcdef0.4232ccc.vpc-lattice-rsc.us-east-2.on.aws")
	f.Add("01234567-89ab-cdef-0123-456789abcdef-vpce.c0.us-east-2.airflow.amazonaws.com")
	f.Add("bkt.s3-us-west-2.amazonaws.com")
	s := newSlow(f)
	f.Fuzz(func(t *testing.T, in string) { s.compare(t, in) })
}

// FuzzServiceName reads any text: what is accepted prints as it came.
func FuzzServiceName(f *testing.F) {
	f.Add("com.amazonaws.us-east-2.monitoring")
	f.Add("cn.com.amazonaws.vpce.cn-north-1.vpce-svc-0762b4928b8687636")
	f.Add("aws.api.global.codecatalyst")
	f.Fuzz(func(t *testing.T, in string) {
		n, err := naming.ParseServiceName(in)
		if err != nil {
			checkParseError(t, in, err)
			if n.IsValid() {
				t.Errorf("%q: %v beside an error", in, n)
			}
			return
		}
		text := n.Prefix() + "."
		if n.Region() != "" {
			text += n.Region() + "."
		}
		if text += n.Short(); text != in || n.String() != in || n.Short() == "" || n.Partition().ID == "" {
			t.Errorf("%q has the parts %q", in, text)
		}
	})
}
