package describe

import (
	"fmt"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route"
)

// The functions of this file give the pieces that commands print apart from
// their objects to those objects. An object that no file describes is made of
// its pieces: they are facts all the same.

// byIDs returns where the objects of a list stand, by id.
func byIDs[T any](all []T, id func(*T) string) map[string]int {
	m := make(map[string]int, len(all))
	for i := range all {
		m[id(&all[i])] = i
	}
	return m
}

// in reports whether an id is among a list's.
func in(at map[string]int) func(string) bool {
	return func(id string) bool { _, ok := at[id]; return ok && id != "" }
}

// findOrMake returns the object of a list with that id; fresh becomes it if
// there is none.
func findOrMake[T any](all *[]T, at map[string]int, id string, fresh T) *T {
	i, ok := at[id]
	if !ok {
		i = len(*all)
		at[id] = i
		*all = append(*all, fresh)
	}
	return &(*all)[i]
}

// addAttributes gives VPCs what describe-vpc-attribute says of them.
func (m *merger) addAttributes() {
	at := map[string]int(nil)
	from := map[*bool]int{} // which file a setting came from
	for i, f := range m.files {
		for _, a := range f.attributes {
			if at == nil {
				at = byIDs(m.inv.VPCs, func(v *endpoint.VPC) string { return v.ID })
			}
			v := findOrMake(&m.inv.VPCs, at, a.vpc, endpoint.VPC{ID: a.vpc})
			set := func(key string, to **bool, value *bool) {
				switch {
				case value == nil:
				case *to == nil:
					*to = value
					from[value] = i
				case **to != *value:
					m.conflict(a.vpc, []string{key}, from[*to], i)
				}
			}
			set("EnableDnsSupport", &v.EnableDNSSupport, a.support)
			set("EnableDnsHostnames", &v.EnableDNSHostnames, a.hostnames)
		}
	}
}

// addEntries gives prefix lists the entries of get-managed-prefix-list-entries,
// which does not print the list's id (routing.md section 12, trap 7). Files of
// one list add up: they are pages. A list whose CIDRs describe-prefix-lists
// printed has all of them, so others contradict it.
func (m *merger) addEntries() {
	at := byIDs(m.inv.PrefixLists, func(l *route.PrefixList) string { return l.ID })
	type collected struct {
		id    string
		file  int
		cidrs []string
	}
	var all []*collected
	byList := map[string]*collected{}
	for i, f := range m.files {
		for _, entries := range f.entries {
			id := fileID(f.name, "pl-", in(at))
			if id == "" {
				m.nameless(f, "the prefix list of these Entries is not known: its id (pl-…) belongs in the file's name")
				continue
			}
			c := byList[id]
			if c == nil {
				c = &collected{id: id, file: i, cidrs: []string{}}
				byList[id] = c
				all = append(all, c)
			}
			before := slices.Clone(c.cidrs)
			for _, e := range entries {
				if !slices.Contains(before, e.CIDR) {
					c.cidrs = append(c.cidrs, e.CIDR)
				}
			}
		}
	}
	for _, c := range all {
		l := findOrMake(&m.inv.PrefixLists, at, c.id, route.PrefixList{ID: c.id})
		if l.CIDRs == nil {
			l.CIDRs = c.cidrs
			continue
		}
		if keys := differing(&struct{ Cidrs []string }{l.CIDRs}, &struct{ Cidrs []string }{c.cidrs}); keys != nil {
			m.conflict(c.id, keys, -1, c.file)
		}
	}
}

// addRoutes gives transit gateway route tables the routes of
// search-transit-gateway-routes, which does not print the table's id. Files of
// one table add up: the command has to be given filters.
func (m *merger) addRoutes() {
	tables := &m.inv.TransitGatewayRouteTables
	at := byIDs(*tables, func(t *route.TransitGatewayRouteTable) string { return t.ID })
	parts := map[string][]part[route.TransitGatewayRoute]{}
	var order []string
	for i, f := range m.files {
		for _, routes := range f.routes {
			id := fileID(f.name, "tgw-rtb-", in(at))
			if id == "" {
				m.nameless(f, "the transit gateway route table of these Routes is not known: its id (tgw-rtb-…) belongs in the file's name")
				continue
			}
			t := findOrMake(tables, at, id, route.TransitGatewayRouteTable{ID: id})
			t.AdditionalRoutesAvailable = t.AdditionalRoutesAvailable || routes.more
			if parts[id] == nil {
				order = append(order, id)
			}
			parts[id] = append(parts[id], part[route.TransitGatewayRoute]{file: i, list: routes.list})
		}
	}
	for _, id := range order {
		t := &(*tables)[at[id]]
		// A route has no id: it is the same to the same attachments. Two to one
		// destination by different ones are for package route to judge.
		t.Routes = union(m, parts[id], func(r *route.TransitGatewayRoute) string {
			return fmt.Sprint(id, r.DestinationCIDRBlock, r.PrefixListID, r.Type, r.TransitGatewayAttachments)
		}, differing[route.TransitGatewayRoute])
		if t.Routes == nil {
			t.Routes = []route.TransitGatewayRoute{}
		}
	}
}
