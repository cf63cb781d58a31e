package describe

import (
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/zone"
)

// describedZone is a hosted zone with how much of it a command prints.
type describedZone struct {
	zone.HostedZone
	full bool // with its Config: not by list-hosted-zones-by-vpc
}

// zoneID returns a hosted zone's id without "/hostedzone/".
func zoneID(id string) string { return id[strings.LastIndexByte(id, '/')+1:] }

func (z *hostedZone) id() string { return zoneID(z.ID) }

func (s *zoneSummary) id() string { return zoneID(s.HostedZoneID) }

// addZones joins what Route 53's commands say of hosted zones: get-hosted-zone,
// list-hosted-zones and list-hosted-zones-by-vpc.
func (m *merger) addZones() {
	var parts []part[describedZone]
	for i, f := range m.files {
		p := part[describedZone]{file: i}
		for _, z := range f.zones {
			d := describedZone{full: true, HostedZone: zone.HostedZone{
				ID: zoneID(z.ID), Name: z.Name, Private: z.Config.PrivateZone, Comment: z.Config.Comment, VPCs: z.vpcs,
			}}
			if z.LinkedService != nil {
				d.OwningService = z.LinkedService.ServicePrincipal
			}
			p.list = append(p.list, d)
		}
		for _, summaries := range f.summaries {
			// The id of a VPC that the input describes, or of any.
			vpc := fileID(f.name, "vpc-", m.isVPC)
			if vpc == "" {
				m.nameless(f, "the VPC of these HostedZoneSummaries is not known: its id (vpc-…) belongs in the file's name")
			}
			for _, s := range summaries {
				d := describedZone{HostedZone: zone.HostedZone{
					ID: zoneID(s.HostedZoneID), Name: s.Name, Private: true, OwningService: s.Owner.OwningService,
				}}
				if vpc != "" {
					d.VPCs = []zone.ZoneVPC{{VPCID: vpc}}
				}
				p.list = append(p.list, d)
			}
		}
		if p.list != nil || f.zones != nil || f.summaries != nil {
			parts = append(parts, p)
		}
	}
	for _, d := range union(m, parts, func(d *describedZone) string { return d.ID }, combineZones) {
		m.inv.HostedZones = append(m.inv.HostedZones, d.HostedZone)
	}
	if parts != nil && m.inv.HostedZones == nil {
		m.inv.HostedZones = []zone.HostedZone{}
	}
	m.addRecords()
}

// isVPC reports whether the input describes a VPC of that id.
func (m *merger) isVPC(id string) bool {
	for i := range m.inv.VPCs {
		if m.inv.VPCs[i].ID == id {
			return true
		}
	}
	return false
}

// combineZones completes a hosted zone. Associations add up: only
// get-hosted-zone prints all of them.
func combineZones(kept, other *describedZone) (keys []string) {
	if bareName(kept.Name) != bareName(other.Name) {
		keys = append(keys, "Name")
	}
	if kept.Private != other.Private && kept.full && other.full {
		keys = append(keys, "PrivateZone")
	}
	if !kept.full {
		kept.full, kept.Private, kept.Name, kept.Comment = other.full, other.Private, other.Name, other.Comment
	}
	if kept.OwningService == "" {
		kept.OwningService = other.OwningService
	}
next:
	for _, v := range other.VPCs {
		for i := range kept.VPCs {
			if w := &kept.VPCs[i]; w.VPCID == v.VPCID {
				keys = append(keys, completing(w, &v)...)
				continue next
			}
		}
		kept.VPCs = append(kept.VPCs, v)
	}
	return keys
}

// addRecords gives hosted zones the record sets of list-resource-record-sets,
// which does not print the zone's id:
//
//  1. it stands in the file's name;
//  2. else it is that of the only zone with the name of the SOA record set;
//  3. else the record sets are left out, with a Finding.
//
// Files of one zone add up: they are pages. A zone that the input does not
// describe has the SOA's name; nothing says that it is private, so it serves
// nobody, and a Finding says so.
func (m *merger) addRecords() {
	zones := &m.inv.HostedZones
	at := byIDs(*zones, func(z *zone.HostedZone) string { return z.ID })
	parts := map[string][]part[zone.RecordSet]{}
	var order []string
	for i, f := range m.files {
		for _, records := range f.records {
			apex := apexOf(records)
			id := fileID(f.name, "Z", in(at))
			if id == "" {
				var why string
				if id, why = m.zoneNamed(apex); id == "" {
					m.nameless(f, "the hosted zone of these ResourceRecordSets is not known: "+why+", and no id (Z…) stands in the file's name")
					continue
				}
			}
			if _, described := at[id]; !described {
				m.findings = append(m.findings, endpoint.Finding{
					Code:     endpoint.UnknownResource,
					Resource: id,
					Text:     f.name + " has record sets of a hosted zone that the input does not describe: whom it serves is not known",
				})
			}
			z := findOrMake(zones, at, id, zone.HostedZone{ID: id})
			if z.Name == "" && apex != "" {
				z.Name = apex
			}
			if parts[id] == nil {
				order = append(order, id)
			}
			parts[id] = append(parts[id], part[zone.RecordSet]{file: i, list: records})
		}
	}
	for _, id := range order {
		z := &(*zones)[at[id]]
		z.RecordSets = union(m, parts[id], func(r *zone.RecordSet) string {
			return strings.Join([]string{id, bareName(r.Name), r.Type, r.SetIdentifier}, " ")
		}, differing[zone.RecordSet])
		if z.RecordSets == nil {
			z.RecordSets = []zone.RecordSet{}
		}
	}
}

// apexOf returns the name of the SOA record set, "" if there is none.
func apexOf(records []zone.RecordSet) string {
	for i := range records {
		if records[i].Type == "SOA" {
			return records[i].Name
		}
	}
	return ""
}

// zoneNamed returns the id of the only hosted zone of that name, or why there
// is none.
func (m *merger) zoneNamed(apex string) (id, why string) {
	if apex == "" {
		return "", "there is no SOA among them"
	}
	n := 0
	for i := range m.inv.HostedZones {
		if z := &m.inv.HostedZones[i]; bareName(z.Name) == bareName(apex) {
			id = z.ID
			n++
		}
	}
	switch n {
	case 0:
		return "", "no hosted zone is called " + apex
	case 1:
		return id, ""
	}
	return "", "several hosted zones are called " + apex
}
