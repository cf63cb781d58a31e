module privatelink-ci/networks

go 1.26.0
