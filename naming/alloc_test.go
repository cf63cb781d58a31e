package naming_test

import (
	"testing"

	"github.com/privatelink-go/privatelink/naming"
)

// TestAllocs is the column of allocations of the project's bars.
func TestAllocs(t *testing.T) {
	const (
		zonal = "vpce-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.amazonaws.com"
		mixed = "VPCE-099deb00b40f00e22-lj2wisx3-us-east-2c.monitoring.us-east-2.vpce.AMAZONAWS.com."
	)
	n := naming.MustParse(zonal)
	parts := n.Parts()
	service := naming.MustParseServiceName("com.amazonaws.us-east-2.monitoring")
	buf := make([]byte, 0, 256)
	for name, tt := range map[string]struct {
		most float64
		f    func()
	}{
		"Parts.AppendTo":                  {0, func() { buf = parts.AppendTo(buf[:0]) }},
		"Name.AppendZonal":                {0, func() { buf, _ = n.AppendZonal(buf[:0], "us-east-2a") }},
		"Name.AppendTo":                   {0, func() { buf = n.AppendTo(buf[:0]) }},
		"Name.String":                     {0, func() { _ = n.String() }},
		"Name.Parts":                      {0, func() { parts = n.Parts() }},
		"Name.Zonal":                      {1, func() { n, _ = n.Zonal("us-east-2a") }},
		"New":                             {1, func() { n, _ = naming.New(parts) }},
		"Parse":                           {0, func() { n, _ = naming.Parse(zonal) }},
		"Parse, final dot":                {0, func() { n, _ = naming.Parse(zonal + ".") }},
		"Parse, prefix":                   {0, func() { n, _ = naming.Parse("logs.2026.bucket.vpce-04444444-tg4s3ifx.s3.us-east-2.vpce.amazonaws.com") }},
		"Parse, mixed case and final dot": {1, func() { n, _ = naming.Parse(mixed) }},
		"Parse, error":                    {1, func() { _, _ = naming.Parse("www.example.com") }},
		"Parse, error in the zone": {1, func() {
			_, _ = naming.Parse("vpce-099deb00b40f00e22-lj2wisx3-us-east-1a.monitoring.us-east-2.vpce.amazonaws.com")
		}},
		"IsEndpointName":               {0, func() { naming.IsEndpointName(zonal) }},
		"IsEndpointName, foreign":      {0, func() { naming.IsEndpointName("www.example.com") }},
		"IsEndpointName, long foreign": {0, func() { naming.IsEndpointName("a.very.long.name.that.is.no.endpoint.name.at.all.example.com") }},
		"Classify":                     {0, func() { naming.Classify(zonal) }},
		"Classify, default":            {0, func() { naming.Classify("monitoring.us-east-2.amazonaws.com.") }},
		"Classify, s3":                 {0, func() { naming.Classify("bkt.s3.dualstack.us-east-2.amazonaws.com") }},
		"Classify, foreign":            {0, func() { naming.Classify("node-1.example.io") }},
		"Classify, foreign, final dot": {0, func() { naming.Classify("www.example.com.") }},
		"Classify, foreign, short":     {0, func() { naming.Classify("x.y") }},
		"Classify, not valid":          {0, func() { naming.Classify("vpce-099deb00b40f00e22.example.com") }},
		"Classify, no host name":       {0, func() { naming.Classify("https://www.example.com/") }},
		"CanonicalHost":                {0, func() { _, _ = naming.CanonicalHost("www.example.com") }},
		"CanonicalHost, final dot":     {0, func() { _, _ = naming.CanonicalHost("www.example.com.") }},
		"CanonicalHost, mixed case":    {1, func() { _, _ = naming.CanonicalHost("www.Example.com.") }},
		"ParseServiceName":             {0, func() { service, _ = naming.ParseServiceName("com.amazonaws.us-east-2.ecr.api") }},
		"ZoneRegion":                   {0, func() { naming.ZoneRegion("us-west-2-lax-1a") }},
		"LookupRegion":                 {0, func() { naming.LookupRegion("us-moon-1") }},
	} {
		t.Run(name, func(t *testing.T) {
			if got := testing.AllocsPerRun(100, tt.f); got > tt.most {
				t.Errorf("%v allocations, want at most %v", got, tt.most)
			}
		})
	}
	_ = service
}
