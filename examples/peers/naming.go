package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
)

func init() { groups = append(groups, group{"naming", namingRows}) }

// sink keeps results alive.
var sink struct {
	s     string
	b     []byte
	parts naming.Parts
	n     int
	any   any
}

// vpceNames returns 1,024 names of 8 services in 6 Regions, Regional and zonal
// mixed, as texts and as parts.
func vpceNames() (texts []string, parts []naming.Parts) {
	services := [...]string{"monitoring", "s3", "api.ecr", "dkr.ecr", "logs", "secretsmanager", "execute-api", "vpce-svc-0762b4928b8687636"}
	regions := [...]string{"us-east-1", "us-east-2", "eu-west-1", "ap-northeast-1", "ca-central-1", "cn-north-1"}
	rnd := rand.New(rand.NewPCG(1, 2))
	for i := range 1024 {
		region := regions[rnd.IntN(len(regions))]
		p, _ := naming.PartitionOf(region)
		parts = append(parts, naming.Parts{
			EndpointID: fmt.Sprintf("vpce-0%016x", rnd.Uint64()),
			Suffix:     fmt.Sprintf("%08x", rnd.Uint32()),
			Service:    services[rnd.IntN(len(services))],
			Region:     region,
			Domain:     p.VPCESuffix,
		})
		if i%2 == 0 {
			parts[i].Zone = region + string('a'+rune(rnd.IntN(6)))
		}
		texts = append(texts, string(parts[i].AppendTo(nil)))
	}
	return texts, parts
}

var foreign = [...]string{
	"www.example.com", "node-1.example.io", "storage.googleapis.com", "db.corp.example.com",
	"api.github.com", "static.example.org", "d111111abcdef8.cloudfront.net", "localhost",
	"a.very.long.name.in.some.internal.zone.example.net", "amazonaws.com.evil.example", "my-bucket.s3.evil.example",
	"example.org", "login.microsoftonline.com", "ec2-203-0-113-25.compute.internal", "mail.example.co.uk", "x.y",
}

// usualRegexp is the habit: one precompiled anchored expression.
var usualRegexp = regexp.MustCompile(`^(?P<id>vpce-[0-9a-f]{17})-(?P<suffix>[a-z0-9]{8})(?:-(?P<zone>[a-z]{2}(?:-[a-z]+)+-[0-9]+[a-z]))?\.(?P<service>[a-z0-9-]+(?:\.[a-z0-9-]+)*)\.(?P<region>[a-z]{2}(?:-[a-z]+)+-[0-9]+)\.(?P<domain>vpce\.amazonaws\.com(?:\.cn)?)$`)

// split is the other habit: strings.Split, with the checks that Parse makes on
// the usual shape.
func split(s string) (p naming.Parts, ok bool) {
	labels := strings.Split(s, ".")
	n := len(labels)
	domain := 3
	if n > 0 && labels[n-1] == "cn" {
		domain = 4
	}
	if n < domain+3 || strings.Join(labels[n-domain:n-domain+3], ".") != "vpce.amazonaws.com" {
		return p, false
	}
	p.Domain = strings.Join(labels[n-domain:], ".")
	p.Region = labels[n-domain-1]
	if r, ok := naming.LookupRegion(p.Region); !ok || (r.Partition == "aws-cn") != (domain == 4) {
		return p, false
	}
	p.Service = strings.Join(labels[1:n-domain-1], ".")
	for _, l := range labels[1 : n-domain-1] {
		if l == "" || len(l) > 63 || l[0] == '-' || l[len(l)-1] == '-' || !only(l, "abcdefghijklmnopqrstuvwxyz0123456789-") {
			return p, false
		}
	}
	words := strings.Split(labels[0], "-")
	if len(words) < 3 || words[0] != "vpce" || len(words[1]) != 17 || !only(words[1], "0123456789abcdef") ||
		len(words[2]) != 8 || !only(words[2], "abcdefghijklmnopqrstuvwxyz0123456789") {
		return p, false
	}
	p.EndpointID, p.Suffix = "vpce-"+words[1], words[2]
	if len(words) > 3 {
		p.Zone = strings.Join(words[3:], "-")
		if len(p.Zone) != len(p.Region)+1 || p.Zone[:len(p.Region)] != p.Region || p.Zone[len(p.Zone)-1] < 'a' || p.Zone[len(p.Zone)-1] > 'z' {
			return p, false
		}
	}
	return p, true
}

func only(s, set string) bool {
	for i := range len(s) {
		if strings.IndexByte(set, s[i]) < 0 {
			return false
		}
	}
	return true
}

func namingRows(_ sizes, add func(row)) {
	texts, parts := vpceNames()
	names := make([]naming.Name, len(texts))
	zones := make([]string, len(texts))
	zonal := make([]naming.Parts, len(parts))
	short := make([]string, len(parts)) // the domain without vpce.
	for i, s := range texts {
		names[i] = naming.MustParse(s).Regional()
		zonal[i] = parts[i]
		zones[i] = parts[i].Region + "b"
		zonal[i].Zone = zones[i]
		short[i] = strings.TrimPrefix(parts[i].Domain, "vpce.")
	}
	sprintf := side{name: "fmt.Sprintf", run: func(n int) {
		for i := range n {
			p := &zonal[i&1023]
			sink.s = fmt.Sprintf("%s-%s-%s.%s.%s.vpce.%s", p.EndpointID, p.Suffix, p.Zone, p.Service, p.Region, short[i&1023])
		}
	}}
	hasBoth := side{name: "strings.HasSuffix + HasPrefix", run: func(n int) {
		for i := range n {
			s := foreign[i&15]
			suffix, prefix := strings.HasSuffix(s, ".vpce.amazonaws.com"), strings.HasPrefix(s, "vpce-")
			if suffix && prefix {
				sink.n++
			}
		}
	}}
	buf := make([]byte, 0, 256)
	sameNames := func() error {
		var errs []error
		for i, p := range zonal {
			want := fmt.Sprintf("%s-%s-%s.%s.%s.vpce.%s", p.EndpointID, p.Suffix, p.Zone, p.Service, p.Region, short[i])
			joined, joinErr := names[i].AppendZonal(nil, zones[i])
			checked, err := naming.New(p)
			errs = append(errs, err, agree("AppendTo", string(p.AppendTo(nil)), want), agree("AppendZonal", string(joined), want), joinErr, agree("New", checked.String(), want))
		}
		return errors.Join(errs...)
	}
	sameParts := func() error {
		var errs []error
		for i, s := range texts {
			m, p := usualRegexp.FindStringSubmatch(s), parts[i]
			if m == nil {
				return fmt.Errorf("no match: %s", s)
			}
			halves, ok := split(s)
			v, err := naming.Parse(s)
			errs = append(errs, err, agree("Parse", v.Parts(), p), agree("Split", halves, p), agree("Split", ok, true),
				agree("regexp", naming.Parts{EndpointID: m[1], Suffix: m[2], Zone: m[3], Service: m[4], Region: m[5], Domain: m[6]}, p))
		}
		return errors.Join(errs...)
	}
	noNames := func() error {
		var errs []error
		for _, s := range foreign {
			errs = append(errs, agree("IsEndpointName "+s, naming.IsEndpointName(s), false), agree("Classify "+s, naming.Classify(s).Kind(), naming.KindOther))
		}
		return errors.Join(errs...)
	}
	for _, r := range []row{
		{
			name: "build a zonal name", garbage: true,
			ours: side{name: "Parts.AppendTo", run: func(n int) {
				for i := range n {
					buf = zonal[i&1023].AppendTo(buf[:0])
				}
				sink.b = buf
			}},
			others: []other{{side: sprintf, atLeast: 15}},
			check:  sameNames,
		},
		{
			name: "build from an endpoint's name", garbage: true,
			ours: side{name: "Name.AppendZonal", run: func(n int) {
				for i := range n {
					buf, _ = names[i&1023].AppendZonal(buf[:0], zones[i&1023])
				}
				sink.b = buf
			}},
			others: []other{{side: sprintf, atLeast: 35}},
		},
		{
			name: "build and check a zonal name",
			ours: side{name: "New", run: func(n int) {
				for i := range n {
					v, _ := naming.New(zonal[i&1023])
					sink.s = v.String()
				}
			}},
			others: []other{{side: sprintf}},
			allocs: 1,
		},
		{
			name: "parse a vpce name",
			ours: side{name: "Parse", run: func(n int) {
				for i := range n {
					v, err := naming.Parse(texts[i&1023])
					if err != nil {
						panic(err)
					}
					sink.n += len(v.Service())
				}
			}},
			others: []other{
				{side: side{name: "regexp, FindStringSubmatch", run: func(n int) {
					for i := range n {
						m := usualRegexp.FindStringSubmatch(texts[i&1023])
						if m == nil {
							panic(texts[i&1023])
						}
						sink.n += len(m[4])
					}
				}}, atLeast: 30},
				{side: side{name: "strings.Split", run: func(n int) {
					for i := range n {
						p, ok := split(texts[i&1023])
						if !ok {
							panic(texts[i&1023])
						}
						sink.n += len(p.Service)
					}
				}}, atLeast: 8},
			},
			check: sameParts,
		},
		{
			name: "reject a foreign name, yes or no",
			ours: side{name: "IsEndpointName", run: func(n int) {
				for i := range n {
					if naming.IsEndpointName(foreign[i&15]) {
						sink.n++
					}
				}
			}},
			others: []other{{side: hasBoth, atMost: 3}},
			check:  noNames,
		},
		{
			name: "reject a foreign name, what it is",
			ours: side{name: "Classify", run: func(n int) {
				for i := range n {
					if naming.Classify(foreign[i&15]).Kind() != naming.KindOther {
						sink.n++
					}
				}
			}},
			others: []other{{side: hasBoth, atMost: 3}},
		},
	} {
		add(r)
	}
}
