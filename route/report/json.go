package report

import (
	"encoding/json"
	"io"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// The JSON objects of the command's contract. Keys and their order are frozen:
// they are never renamed, and absent text is "".
type (
	traceObject struct {
		Schema   string          `json:"schema"`
		From     fromObject      `json:"from"`
		Host     string          `json:"host"`
		Port     uint16          `json:"port"`
		Class    route.Class     `json:"class"`
		Verdict  route.Verdict   `json:"verdict"`
		Codes    []endpoint.Code `json:"codes"`
		DNS      []lookupObject  `json:"dns"`
		Paths    []pathObject    `json:"paths"`
		Hints    []hintObject    `json:"hints"`
		Evidence naming.Evidence `json:"evidence"`
	}
	fromObject struct {
		ID   string `json:"id"`
		Name string `json:"name"`
		VPC  string `json:"vpc"`
		AZ   string `json:"az"`
	}
	lookupObject struct {
		Schema     string          `json:"schema,omitempty"` // not where it stands in a trace
		View       string          `json:"view"`
		Name       string          `json:"name"`
		Type       string          `json:"type"`
		RCode      string          `json:"rcode"`
		AnsweredBy sourceObject    `json:"answeredBy"`
		Records    []recordObject  `json:"records"`
		Evidence   naming.Evidence `json:"evidence"`
		Rule       string          `json:"rule"`
	}
	sourceObject struct {
		Kind string `json:"kind"`
		ID   string `json:"id"`
		Zone string `json:"zone"`
	}
	recordObject struct {
		Name string `json:"name"`
		Type string `json:"type"`
		TTL  uint32 `json:"ttl"`
		Data string `json:"data"`
	}
	zoneObject struct {
		recordObject
		Zone     string `json:"zone"`
		ID       string `json:"id"`
		Endpoint string `json:"endpoint"`
	}
	pathObject struct {
		Address string          `json:"address"`
		Class   route.Class     `json:"class"`
		Verdict route.Verdict   `json:"verdict"`
		Codes   []endpoint.Code `json:"codes"`
		Hops    []hopObject     `json:"hops"`
	}
	hopObject struct {
		Kind        route.HopKind `json:"kind"`
		ID          string        `json:"id"`
		Name        string        `json:"name"`
		RouteTable  string        `json:"routeTable"`
		Destination string        `json:"destination"`
		Target      string        `json:"target"`
		Rule        string        `json:"rule"`
		Lost        []lostObject  `json:"lost"`
	}
	lostObject struct {
		Destination string        `json:"destination"`
		Target      string        `json:"target"`
		Code        endpoint.Code `json:"code"`
	}
	hintObject struct {
		Code endpoint.Code `json:"code"`
		Host string        `json:"host"`
		Text string        `json:"text"`
	}
)

// Trace writes a Trace as one line of JSON, schema whichway.trace/1.
func Trace(w io.Writer, tr trace.Trace) error {
	o := traceObject{
		Schema:  "whichway.trace/1",
		From:    fromObject{tr.From.ID(), tr.From.Name(), tr.From.VPC(), tr.From.AZ()},
		Host:    tr.Host,
		Port:    tr.Port,
		Class:   tr.Class,
		Verdict: tr.Verdict,
		Codes:   list(tr.Codes),
		DNS:     []lookupObject{},
		Paths:   []pathObject{},
		Hints:   []hintObject{},

		Evidence: tr.Evidence,
	}
	for _, l := range tr.DNS {
		o.DNS = append(o.DNS, lookup(l))
	}
	for _, p := range tr.Paths {
		o.Paths = append(o.Paths, path(tr, p))
	}
	for _, h := range tr.Hints {
		o.Hints = append(o.Hints, hintObject(h))
	}
	return line(w, o)
}

// Lookup writes a lookup as one line of JSON, schema whichway.lookup/1.
func Lookup(w io.Writer, l trace.Lookup) error {
	o := lookup(l)
	o.Schema = "whichway.lookup/1"
	return line(w, o)
}

func lookup(l trace.Lookup) lookupObject {
	a := l.Answer
	src := a.Source()
	o := lookupObject{
		View: l.View.String(), Name: l.Name, Type: l.Type.String(),
		AnsweredBy: sourceObject{src.Kind.String(), src.ID, src.Zone},
		Records:    []recordObject{},
		Evidence:   a.Evidence(),
		Rule:       a.Rule(),
	}
	if rcode, ok := a.RCode(); ok {
		o.RCode = rcode.String()
	}
	for r := range a.Records() {
		o.Records = append(o.Records, record(r))
	}
	return o
}

// Zone writes the records of a zone as lines of JSON: a lookup's record keys,
// and the zone's name, its id and its endpoint.
func Zone(w io.Writer, z zone.Zone) error {
	for r := range z.Records() {
		if err := line(w, zoneObject{record(r), z.Name, z.ID, z.EndpointID}); err != nil {
			return err
		}
	}
	return nil
}

func record(r zone.Record) recordObject {
	return recordObject{r.Name, r.Type.String(), r.TTL, r.Data()}
}

func path(tr trace.Trace, p route.Path) pathObject {
	o := pathObject{Class: p.Class, Verdict: p.Verdict, Codes: list(p.Codes), Hops: []hopObject{}}
	if p.Address.IsValid() {
		o.Address = p.Address.String()
	}
	for _, h := range p.Hops {
		ho := hopObject{
			Kind: h.Kind, ID: h.ID, Name: tr.From.World().Name(h.ID),
			RouteTable: h.RouteTable, Destination: h.Destination, Target: h.Target, Rule: h.Rule,
			Lost: []lostObject{},
		}
		for _, l := range h.Lost {
			ho.Lost = append(ho.Lost, lostObject(l))
		}
		o.Hops = append(o.Hops, ho)
	}
	return o
}

// line writes one object and a newline; text is not escaped for HTML.
func line(w io.Writer, o any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(o)
}

// list is a slice that prints [] where it is empty.
func list[E any](s []E) []E {
	if s == nil {
		return []E{}
	}
	return s
}
