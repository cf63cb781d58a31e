package describe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// File is one file of a directory that [Read] reads.
type File struct {
	Name string // slash-free: the command, and the id its output belongs to
	Data []byte // JSON, as the AWS CLI lays it out
}

// ErrFileName is an id that cannot stand in a file's name, or stands in two.
var ErrFileName = errors.New("id cannot name a file")

// Write prints an Inventory as the AWS CLI would: one file per command, in the
// order of the commands' names in [Inventory] and always the same for the same
// Inventory. Output that does not name its object stands in a file that does:
//
//	get-managed-prefix-list-entries_pl-….json
//	search-transit-gateway-routes_tgw-rtb-….json
//	list-resource-record-sets_Z….json
//
// What was called once per object, describe-vpc-attribute and
// get-hosted-zone, is one file of several documents. Lists that are nil are not
// printed; Findings are the reader's notes and no part of a network, so they
// are not printed either.
//
// [Read] gives the Inventory back: lists in their order, hosted zones' ids
// without "/hostedzone/", empty lists inside of objects as nil where AWS does
// not tell the two apart. An Inventory that has one id twice in a list, or
// objects without id, comes back as Read sees such input.
//
// The error joins an *[endpoint.FieldError] that is [ErrFileName] for every id
// that cannot be part of a file's name; there are no files then.
func Write(inv trace.Inventory) ([]File, error) {
	w := writer{seen: map[string]bool{}}
	printed := inv
	printed.PrefixLists = slices.Clone(inv.PrefixLists) // the CLI prints entries by themselves
	for i := range printed.PrefixLists {
		printed.PrefixLists[i].CIDRs = nil
	}
	for _, l := range lists {
		if all, given := l.encode(&printed); given {
			w.add(l.command, "", "", object{{l.key, all}})
		}
	}
	w.attributes(inv.VPCs)
	for i := range inv.PrefixLists {
		if l := &inv.PrefixLists[i]; l.CIDRs != nil {
			entries := make([]prefixEntry, len(l.CIDRs))
			for j, cidr := range l.CIDRs {
				entries[j].CIDR = cidr
			}
			w.add("get-managed-prefix-list-entries", l.ID, "PrefixListId", object{{"Entries", entries}})
		}
	}
	for i := range inv.TransitGatewayRouteTables {
		if t := &inv.TransitGatewayRouteTables[i]; t.Routes != nil {
			w.add("search-transit-gateway-routes", t.ID, "TransitGatewayRouteTableId",
				object{{"Routes", t.Routes}, {"AdditionalRoutesAvailable", t.AdditionalRoutesAvailable}})
		}
	}
	w.zones(inv.HostedZones)
	if len(w.errs) > 0 {
		return nil, errors.Join(w.errs...)
	}
	return w.files, nil
}

// object is a JSON object with its keys in order.
type object []pair

type pair struct {
	key   string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for i, p := range o {
		if i > 0 {
			b = append(b, ',')
		}
		v, err := marshal(p.value)
		if err != nil {
			return nil, err
		}
		b = fmt.Appendf(b, "%q:%s", p.key, v)
	}
	return append(b, '}'), nil
}

// marshal is json.Marshal without escapes for HTML, which the CLI does not use.
func marshal(v any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return bytes.TrimRight(buf.Bytes(), "\n"), err
}

type writer struct {
	files []File
	seen  map[string]bool
	errs  []error
}

// add writes documents into the file of a command, and of an id if it is not "".
func (w *writer) add(command, id, field string, docs ...object) {
	name := command
	if field != "" {
		name += "_" + id
	}
	if w.seen[name] || field != "" && !namesFile(id) {
		w.errs = append(w.errs, &endpoint.FieldError{Resource: id, Field: field, In: id, Err: ErrFileName})
		return
	}
	w.seen[name] = true
	var buf bytes.Buffer
	for _, doc := range docs {
		b, err := doc.MarshalJSON()
		if err == nil {
			err = json.Indent(&buf, b, "", "    ")
		}
		if err != nil {
			w.errs = append(w.errs, fmt.Errorf("%s: %w", name, err)) // not reached: plain data
			return
		}
		buf.WriteByte('\n')
	}
	w.files = append(w.files, File{Name: name + ".json", Data: buf.Bytes()})
}

// namesFile reports whether an id can stand in a file's name on every system.
func namesFile(id string) bool {
	for i := range len(id) {
		if c := id[i]; !isAlnum(c) && c != '-' {
			return false
		}
	}
	return id != ""
}

// attributes writes the DNS attributes of VPCs.
func (w *writer) attributes(vpcs []endpoint.VPC) {
	var docs []object
	add := func(id, key string, value *bool) {
		if value != nil {
			docs = append(docs, object{{"VpcId", id}, {key, object{{"Value", *value}}}})
		}
	}
	for i := range vpcs {
		add(vpcs[i].ID, "EnableDnsSupport", vpcs[i].EnableDNSSupport)
		add(vpcs[i].ID, "EnableDnsHostnames", vpcs[i].EnableDNSHostnames)
	}
	if docs != nil {
		w.add("describe-vpc-attribute", "", "", docs...)
	}
}

// zones writes hosted zones and their record sets.
func (w *writer) zones(zones []zone.HostedZone) {
	if zones == nil {
		return
	}
	var docs []object
	for i := range zones {
		z := &zones[i]
		printed := hostedZone{
			ID: "/hostedzone/" + zoneID(z.ID), Name: z.Name,
			Config: zoneConfig{Comment: z.Comment, PrivateZone: z.Private},
		}
		if z.OwningService != "" {
			printed.LinkedService = &linkedService{ServicePrincipal: z.OwningService}
		}
		doc := object{{"HostedZone", printed}}
		if len(z.VPCs) > 0 {
			doc = append(doc, pair{"VPCs", z.VPCs})
		}
		docs = append(docs, doc)
	}
	if docs == nil {
		w.add("list-hosted-zones", "", "", object{{"HostedZones", []hostedZone{}}})
		return
	}
	w.add("get-hosted-zone", "", "", docs...)
	for i := range zones {
		if z := &zones[i]; z.RecordSets != nil {
			w.add("list-resource-record-sets", zoneID(z.ID), "Id", object{{"ResourceRecordSets", z.RecordSets}})
		}
	}
}
