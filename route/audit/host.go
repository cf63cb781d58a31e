package audit

import (
	"cmp"
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route/trace"
)

// Host is a host to ask for from many vantages: a name or an address, or a
// template in which {region} stands for the Region of the vantage, and {suffix}
// and {dualstack} for the DNS suffixes of its partition: amazonaws.com and
// api.aws, or amazonaws.com.cn and api.amazonwebservices.com.cn. Make one with
// [ParseHost]; the zero Host is invalid. Hosts are comparable.
type Host struct {
	text string // canonical: lower case, no final dot
	port uint16
}

// ParseHost reads HOST, HOST:PORT, ADDRESS or [ADDRESS]:PORT as
// [trace.ParseTarget] does, with placeholders anywhere in the name. The port is 443 if left out. The error wraps
// [trace.ErrHost] and names s.
func ParseHost(s string) (Host, error) {
	if !strings.ContainsAny(s, "{}") {
		text, port, err := trace.ParseTarget(s)
		return Host{text, port}, err
	}
	// A template is a host name if what it makes for a Region is one.
	_, port, err := trace.ParseTarget(fill(s, "us-east-2"))
	if err != nil {
		return Host{}, fmt.Errorf("%q: %w", s, err)
	}
	text, _, _ := strings.Cut(s, ":")
	return Host{strings.TrimSuffix(lower(text), "."), port}, nil
}

// MustParseHost is [ParseHost] for hosts known to be right, in tests and
// tables. It panics if s is no host.
func MustParseHost(s string) Host {
	h, err := ParseHost(s)
	if err != nil {
		panic(err)
	}
	return h
}

// lower folds ASCII only: a host that is valid holds nothing else.
func lower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// fill replaces the placeholders of a template.
func fill(s, region string) string {
	p, _ := naming.PartitionOf(region)
	return strings.NewReplacer("{region}", region, "{suffix}", p.DNSSuffix, "{dualstack}", p.DualStackSuffix).Replace(s)
}

// IsValid reports whether h is not the zero Host.
func (h Host) IsValid() bool { return h.text != "" }

// IsTemplate reports whether h has a placeholder.
func (h Host) IsTemplate() bool { return strings.Contains(h.text, "{") }

// Port returns the port; 0 for the zero Host.
func (h Host) Port() uint16 { return h.port }

// In returns the name that h stands for in a Region; ok is false if h is a
// template and region names no Region of a known partition.
func (h Host) In(region string) (name string, ok bool) {
	if !h.IsTemplate() {
		return h.text, true
	}
	if _, known := naming.PartitionOf(region); !known {
		return h.text, false
	}
	return fill(h.text, region), true
}

// String returns the host or template as ParseHost reads it, without the port
// where that is 443; "invalid Host" for the zero Host.
func (h Host) String() string {
	if !h.IsValid() {
		return "invalid Host"
	}
	return hostPort(h.text, h.port)
}

// Compare orders hosts by text, then port.
func (h Host) Compare(o Host) int {
	return cmp.Or(strings.Compare(h.text, o.text), cmp.Compare(h.port, o.port))
}

// hostPort is a host and its port, without the port where that is 443.
func hostPort(host string, port uint16) string {
	if port == trace.DefaultPort {
		return host
	}
	if a, err := netip.ParseAddr(host); err == nil {
		return netip.AddrPortFrom(a, port).String()
	}
	return fmt.Sprintf("%s:%d", host, port)
}

// Hosts returns the hosts of profiles, in their order, and then those of
// words, each read by [ParseHost]; what stands there twice comes once. The
// error joins one for each word that is no host, and the list is then nil.
func Hosts(profiles []Profile, words ...string) ([]Host, error) {
	var list []Host
	seen := map[Host]bool{}
	add := func(h Host) {
		if !seen[h] {
			seen[h] = true
			list = append(list, h)
		}
	}
	for _, p := range profiles {
		for _, h := range p.Hosts {
			add(h.Host)
		}
	}
	var errs []error
	for _, w := range words {
		h, err := ParseHost(w)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		add(h)
	}
	if errs != nil {
		return nil, errors.Join(errs...)
	}
	return list, nil
}

// Vantages returns the vantages that words stand for, as [trace.World.Select]
// reads each: in the order of the words, each vantage once. No word at all is
// "all". The error joins one for each word that stands for nothing, and the
// list is then nil.
func Vantages(w *trace.World, words ...string) ([]trace.Vantage, error) {
	if len(words) == 0 {
		words = []string{"all"}
	}
	var list []trace.Vantage
	var errs []error
	seen := map[trace.Vantage]bool{}
	for _, word := range words {
		vs, err := w.Select(word)
		errs = append(errs, err)
		for _, v := range vs {
			if !seen[v] {
				seen[v] = true
				list = append(list, v)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return slices.Clip(list), nil
}
