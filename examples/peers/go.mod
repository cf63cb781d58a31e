module github.com/privatelink-go/privatelink/examples/peers

go 1.26.0

require github.com/privatelink-go/privatelink v0.0.0

replace github.com/privatelink-go/privatelink => ../..
