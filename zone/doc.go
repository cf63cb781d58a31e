// Package zone answers names as the DNS resolver of a VPC does.
package zone
