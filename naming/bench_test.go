package naming_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/privatelink-go/privatelink/naming"
)

// benchNames are 1,024 names of 8 services in 6 Regions, Regional and zonal.
func benchNames() (texts []string, parts []naming.Parts) {
	services := []string{"monitoring", "s3", "api.ecr", "dkr.ecr", "logs", "secretsmanager", "execute-api", "vpce-svc-0762b4928b8687636"}
	regions := []string{"us-east-1", "us-east-2", "eu-west-1", "ap-northeast-1", "ca-central-1", "eu-central-1"}
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range 1024 {
		p := naming.Parts{
			EndpointID: fmt.Sprintf("vpce-0%016x", rnd.Uint64()),
			Suffix:     fmt.Sprintf("%08x", rnd.Uint32()),
			Service:    services[rnd.IntN(len(services))],
			Region:     regions[rnd.IntN(len(regions))],
			Domain:     "vpce.amazonaws.com",
		}
		if i%2 == 0 {
			p.Zone = p.Region + string('a'+rune(rnd.IntN(6)))
		}
		parts = append(parts, p)
		texts = append(texts, string(p.AppendTo(nil)))
	}
	return texts, parts
}

func BenchmarkParse(b *testing.B) {
	texts, _ := benchNames()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if n, err := naming.Parse(texts[i%len(texts)]); err != nil || n.Region() == "" {
			b.Fatal(err)
		}
	}
}

func BenchmarkClassifyEndpoint(b *testing.B) {
	texts, _ := benchNames()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if !naming.Classify(texts[i%len(texts)]).IsValid() {
			b.Fatal("not valid")
		}
	}
}

func BenchmarkAppendTo(b *testing.B) {
	_, parts := benchNames()
	buf := make([]byte, 0, 256)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		buf = parts[i%len(parts)].AppendTo(buf[:0])
	}
}

func BenchmarkAppendZonal(b *testing.B) {
	texts, parts := benchNames()
	names := make([]naming.Name, len(texts))
	zones := make([]string, len(texts))
	for i, s := range texts {
		names[i], zones[i] = naming.MustParse(s).Regional(), parts[i].Region+"b"
	}
	buf := make([]byte, 0, 256)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		var err error
		if buf, err = names[i%len(names)].AppendZonal(buf[:0], zones[i%len(names)]); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNew(b *testing.B) {
	_, parts := benchNames()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if _, err := naming.New(parts[i%len(parts)]); err != nil {
			b.Fatal(err)
		}
	}
}

var foreignHosts = []string{
	"www.example.com", "node-1.example.io", "storage.googleapis.com", "db.corp.example.com", "api.github.com",
	"static.example.org", "d111111abcdef8.cloudfront.net", "localhost", "a.very.long.name.in.some.internal.zone.example.net",
	"amazonaws.com.evil.example", "my-bucket.s3.evil.example", "example.org", "10.0.0.1", "ec2-203-0-113-25.compute.internal",
	"mail.example.co.uk", "x.y",
}

func BenchmarkRejectClassify(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if naming.Classify(foreignHosts[i%16]).Kind() != naming.KindOther {
			b.Fatal(foreignHosts[i%16])
		}
	}
}

func BenchmarkRejectIsEndpointName(b *testing.B) {
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		if naming.IsEndpointName(foreignHosts[i%16]) {
			b.Fatal("an endpoint")
		}
	}
}

func BenchmarkStdReject(b *testing.B) {
	for i := 0; b.Loop(); i++ {
		s := foreignHosts[i%16]
		if strings.HasSuffix(s, ".vpce.amazonaws.com") && strings.HasPrefix(s, "vpce-") {
			b.Fatal("an endpoint")
		}
	}
}

func BenchmarkStdSprintf(b *testing.B) {
	_, parts := benchNames()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := &parts[i%len(parts)]
		_ = fmt.Sprintf("%s-%s-%s.%s.%s.vpce.%s", p.EndpointID, p.Suffix, p.Zone, p.Service, p.Region, "amazonaws.com")
	}
}
