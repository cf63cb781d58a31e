package report

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"slices"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/audit"
)

// The parts of SARIF 2.1.0 that a log of lint needs (OASIS Standard, sections
// 3.13 and following).
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool    sarifTool     `json:"tool"`
		Results []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID                   string       `json:"id"`
		ShortDescription     sarifText    `json:"shortDescription"`
		FullDescription      sarifText    `json:"fullDescription"`
		Help                 sarifText    `json:"help"`
		DefaultConfiguration sarifDefault `json:"defaultConfiguration"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifDefault struct {
		Level string `json:"level"`
	}
	sarifResult struct {
		RuleID              string            `json:"ruleId"`
		RuleIndex           int               `json:"ruleIndex"`
		Level               string            `json:"level"`
		Message             sarifText         `json:"message"`
		Locations           []sarifLocation   `json:"locations"`
		PartialFingerprints map[string]string `json:"partialFingerprints"`
	}
	sarifLocation struct {
		PhysicalLocation *sarifPhysical `json:"physicalLocation,omitempty"`
		LogicalLocations []sarifLogical `json:"logicalLocations"`
	}
	sarifPhysical struct {
		ArtifactLocation sarifArtifact `json:"artifactLocation"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifLogical struct {
		Name               string `json:"name"`
		FullyQualifiedName string `json:"fullyQualifiedName"`
		Kind               string `json:"kind"`
	}
)

// SARIF writes what lint found as a SARIF 2.1.0 log: one run, the rules that
// were broken with their pages ([audit.Explain]), and one result a finding. A
// resource is a logical location. artifact, if not "", is the relative URI of
// the file or directory that was read; code scanning services show a result
// only if it has one.
func SARIF(w io.Writer, issues []audit.Issue, artifact string) error {
	run := sarifRun{
		Tool:    sarifTool{sarifDriver{Name: "whichway", InformationURI: "https://github.com/privatelink-go/privatelink", Rules: []sarifRule{}}},
		Results: []sarifResult{},
	}
	index := map[endpoint.Code]int{}
	var codes []endpoint.Code
	for _, i := range issues {
		codes = append(codes, i.Code)
	}
	slices.Sort(codes)
	for _, c := range slices.Compact(codes) {
		index[c] = len(run.Tool.Driver.Rules)
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, ruleObject(c))
	}
	for _, i := range issues {
		location := sarifLocation{LogicalLocations: []sarifLogical{{Name: i.Resource, FullyQualifiedName: i.Resource, Kind: "resource"}}}
		if i.Name != "" {
			location.LogicalLocations[0].Name = i.Name
		}
		if artifact != "" {
			location.PhysicalLocation = &sarifPhysical{sarifArtifact{artifact}}
		}
		run.Results = append(run.Results, sarifResult{
			RuleID: string(i.Code), RuleIndex: index[i.Code], Level: sarifLevel(i.Severity),
			Message:             sarifText{i.Resource + ": " + i.Text + ". " + i.Fix + "."},
			Locations:           []sarifLocation{location},
			PartialFingerprints: map[string]string{"codeResourceText/v1": fingerprint(i)},
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifLog{
		Schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json", Version: "2.1.0", Runs: []sarifRun{run},
	})
}

func ruleObject(c endpoint.Code) sarifRule {
	r := sarifRule{ID: string(c), DefaultConfiguration: sarifDefault{sarifLevel(audit.SeverityWarning)}}
	row, _ := audit.RuleOf(c)
	page, _ := audit.Explain(c)
	if row.Severity != "" {
		r.DefaultConfiguration.Level = sarifLevel(row.Severity)
	}
	r.ShortDescription.Text = orCode(page.Title, c)
	r.FullDescription.Text = orCode(page.Meaning, c)
	r.Help.Text = orCode(row.Fix, c)
	return r
}

func orCode(text string, c endpoint.Code) string {
	if text == "" {
		return string(c)
	}
	return text
}

// sarifLevel is a severity in SARIF's words (section 3.27.10).
func sarifLevel(s audit.Severity) string {
	switch s {
	case audit.SeverityError:
		return "error"
	case audit.SeverityWarning:
		return "warning"
	case audit.SeverityInfo:
	}
	return "note"
}

// fingerprint tells a finding from others, and again in the next run.
func fingerprint(i audit.Issue) string {
	sum := sha256.Sum256([]byte(string(i.Code) + "\x00" + i.Resource + "\x00" + i.Text))
	return hex.EncodeToString(sum[:16])
}
