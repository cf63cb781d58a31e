// Package report writes what the other packages decided: the command's JSON
// lines, text, Markdown, CSV, HTML and SARIF, and pictures in Mermaid and DOT.
//
// A Trace of the AWS page's example, from the private subnet to
// monitoring.us-east-2.amazonaws.com through vpce-099deb00b40f00e22, is one line
// of JSON with schema whichway.trace/1:
//
//	report.Trace(os.Stdout, tr)
//
// and a flowchart of the subnet, its Availability Zone and VPC, and the
// endpoint's network interface:
//
//	report.Mermaid(os.Stdout, tr)
//
// A Matrix of package audit is text that fits a terminal, Markdown, CSV, JSON
// lines, or one HTML page in which every cell opens its proof:
//
//	report.MatrixHTML(os.Stdout, m)
//
// and what Diff and Lint found is text, Markdown for a pull request, JSON lines
// or SARIF.
//
// The JSON keys are a contract and are never renamed; all other texts are for
// people and may change between releases. Everything is deterministic: the
// same Trace prints the same bytes.
//
// The error of every function is that of w, as it is; what was written before it
// stays written.
//
// Not written here: anything that needs another look at the network. A report
// holds what its Trace holds.
package report
