package main

import (
	"encoding/json"
	"fmt"
)

type object = map[string]any

// faults are what may go wrong in a writer of logs; each makes a log invalid.
var faults = []struct {
	name string
	into func(log, run, driver, rule, result object)
}{
	{"no version", func(log, _, _, _, _ object) { delete(log, "version") }},
	{"another version", func(log, _, _, _, _ object) { log["version"] = "2.0.0" }},
	{"no runs", func(log, _, _, _, _ object) { delete(log, "runs") }},
	{"a member that no log has", func(log, _, _, _, _ object) { log["run"] = []any{} }},
	{"a run without its tool", func(_, run, _, _, _ object) { delete(run, "tool") }},
	{"results that are no list", func(_, run, _, _, _ object) { run["results"] = object{} }},
	{"a tool without a name", func(_, _, driver, _, _ object) { delete(driver, "name") }},
	{"a tool's page that is no URI", func(_, _, driver, _, _ object) { driver["informationUri"] = "the manual" }},
	{"a rule without an id", func(_, _, _, rule, _ object) { delete(rule, "id") }},
	{"the same rule twice", func(_, _, driver, rule, _ object) { driver["rules"] = []any{rule, rule} }},
	{"a text that is a string", func(_, _, _, rule, _ object) { rule["help"] = "fix it" }},
	{"a severity of ours", func(_, _, _, rule, _ object) { rule["defaultConfiguration"] = object{"level": "info"} }},
	{"a result without a message", func(_, _, _, _, result object) { delete(result, "message") }},
	{"a result of a level of ours", func(_, _, _, _, result object) { result["level"] = "info" }},
	{"a result with a member of ours", func(_, _, _, _, result object) { result["severity"] = "error" }},
	{"a rule's place that is no number", func(_, _, _, _, result object) { result["ruleIndex"] = "0" }},
	{"a rule's place before the first", func(_, _, _, _, result object) { result["ruleIndex"] = -2 }},
	{"a fingerprint that is no text", func(_, _, _, _, result object) { result["partialFingerprints"] = object{"v1": 7} }},
	{"a path that is no URI", func(_, _, _, _, result object) { file(result)["uri"] = "our network" }},
	{"a path of Windows", func(_, _, _, _, result object) { file(result)["uri"] = `world\vpcs.json` }},
	{"a line before the first", func(_, _, _, _, result object) { physical(result)["region"] = object{"startLine": 0} }},
}

func physical(result object) object {
	return result["locations"].([]any)[0].(object)["physicalLocation"].(object)
}

func file(result object) object { return physical(result)["artifactLocation"].(object) }

// broken returns a valid log of one issue with each fault, one at a time, in the order of faults.
func broken(valid []byte) ([][]byte, error) {
	var logs [][]byte
	for _, f := range faults {
		var log object
		if err := json.Unmarshal(valid, &log); err != nil {
			return nil, err
		}
		run := log["runs"].([]any)[0].(object)
		driver := run["tool"].(object)["driver"].(object)
		f.into(log, run, driver, driver["rules"].([]any)[0].(object), run["results"].([]any)[0].(object))
		b, err := json.Marshal(log)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", f.name, err)
		}
		logs = append(logs, b)
	}
	return logs, nil
}
