package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"net/url"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// The schema of OASIS: sarif-schema-2.1.0.json of "Static Analysis Results Interchange Format (SARIF) Version 2.1.0
// Plus Errata 01", OASIS Standard incorporating Approved Errata, 28 August 2023. schemaID is its id and the place where
// it is published, schemaSum the SHA-256 of its octets.
const (
	schemaID  = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
	schemaSum = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"
)

// schemaPackage carries the schema, word by word, in a constant named schema that it does not export. Its own Validate
// looks at its structs, not at the octets: a member that the schema forbids is dropped before, and members that were
// absent are added. Here the octets themselves are validated. go.sum pins the package, schemaSum the constant.
const schemaPackage = "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

// publishedSchema returns the schema's octets. It must be called in a folder of this module.
func publishedSchema() ([]byte, error) {
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", schemaPackage).Output()
	if err != nil {
		if exit, ok := errors.AsType[*exec.ExitError](err); ok {
			err = fmt.Errorf("%w: %s", err, bytes.TrimSpace(exit.Stderr))
		}
		return nil, fmt.Errorf("go list %s: %w", schemaPackage, err)
	}
	path := filepath.Join(strings.TrimSpace(string(dir)), "schema.go")
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		return nil, err
	}
	for decl := range ast.Preorder(file) {
		spec, ok := decl.(*ast.ValueSpec)
		if !ok || len(spec.Names) != 1 || spec.Names[0].Name != "schema" || len(spec.Values) != 1 {
			continue
		}
		lit, ok := spec.Values[0].(*ast.BasicLit)
		if !ok {
			continue
		}
		text, err := strconv.Unquote(lit.Value)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		if sum := sha256.Sum256([]byte(text)); hex.EncodeToString(sum[:]) != schemaSum {
			return nil, fmt.Errorf("%s: the schema's SHA-256 is %x, want %s: not the published text", path, sum, schemaSum)
		}
		return []byte(text), nil
	}
	return nil, fmt.Errorf("%s: no constant named schema", path)
}

// A validator says whether octets are a SARIF 2.1.0 log.
type validator struct{ schema *jsonschema.Schema }

func newValidator() (*validator, error) {
	text, err := publishedSchema()
	if err != nil {
		return nil, err
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.RegisterFormat(&jsonschema.Format{Name: "uri-reference", Validate: uriReference})
	if err := c.AddResource(schemaID, doc); err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	schema, err := c.Compile(schemaID)
	if err != nil {
		return nil, fmt.Errorf("schema: %w", err)
	}
	return &validator{schema}, nil
}

// uriCharacters are the characters of a URI (RFC 3986, appendix A). The validator's own check of the format asks
// net/url, which takes a blank in a path.
var uriCharacters = regexp.MustCompile(`^([A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})*$`)

func uriReference(v any) error {
	s, ok := v.(string)
	if !ok {
		return nil // of another type: not this format's business
	}
	if !uriCharacters.MatchString(s) {
		return errors.New("a character that no URI has")
	}
	_, err := url.Parse(s)
	return err
}

// validate returns nil if log is a log of SARIF 2.1.0 as the schema has it, else all that is wrong with it.
func (v *validator) validate(log []byte) error {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(log))
	if err != nil {
		return err
	}
	return v.schema.Validate(doc)
}
