module privatelink-ci/dns

go 1.26.0

require (
	github.com/privatelink-go/privatelink v0.0.0
	pgregory.net/rapid v1.3.0
)

require golang.org/x/net v0.62.0 // indirect

replace github.com/privatelink-go/privatelink => ../..
