package terraform

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/trace"
)

// Document is what `terraform show -json` printed: a state, or a plan.
type Document struct {
	FormatVersion    string // of the JSON: "1.2"
	TerraformVersion string // that printed it; "" if it does not say
	IsPlan           bool   // false for a state

	// Prior is the network before the plan is applied, and Planned the network
	// after it. Of a state, both are the state. Before a first apply, Prior is
	// empty. They share no memory with each other.
	Prior, Planned trace.Inventory

	// Unknown lists what Planned would have and the plan does not tell, sorted.
	// Nil for a state, whose values are all known.
	Unknown []Unknown
}

// Unknown is a value that is known only after the plan is applied.
type Unknown struct {
	Address string // of the resource instance: "aws_subnet.private[0]"
	Path    string // of the attribute: "route[1].gateway_id"; "" for the whole resource

	// StandIn is the id that stands for the value in Planned, made of the
	// address of the resource that will have it; "" if nothing stands for it,
	// and what depends on the value is unknown.
	StandIn string
}

// String returns "address.path = stand-in", without the stand-in if there is
// none.
func (u Unknown) String() string {
	s := u.Address
	if u.Path != "" {
		s += "." + u.Path
	}
	if u.StandIn != "" {
		s += " = " + u.StandIn
	}
	return s
}

// Read reads one document. In this order:
//
//  1. It must be one JSON object with format_version 1.x; attributes and
//     resource types that are not known are left out, as the format asks.
//  2. A plan is recognised by planned_values, resource_changes or
//     configuration; anything else is a state, which may be empty.
//  3. Prior is prior_state. Planned is planned_values with the data sources of
//     prior_state, which terraform reads while planning and does not print
//     again. What the plan deletes is in Prior only.
//  4. An unknown value gets a stand-in where it can be told whose id it will
//     be ([Unknown]); else it is left out so that answers depending on it are
//     unknown, or lack nothing but a check. Nothing is guessed.
//  5. Both networks are built once, so that [trace.New] does not fail on them.
//
// Errors are all gathered, each an [*Error]; the Document is then nil. An error
// of r itself is among what errors.Is finds. Warnings of Terraform, outputs and
// checks are not read. Sensitive values are printed by terraform in clear, and
// read; only the policy of an endpoint is copied as it stands.
func Read(r io.Reader) (*Document, error) {
	dec := json.NewDecoder(r)
	dec.UseNumber()
	var in envelope
	if err := dec.Decode(&in); err != nil {
		return nil, envelopeError(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, &Error{Err: fmt.Errorf("%w: more than one document", ErrSyntax)}
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	d := &Document{FormatVersion: *in.FormatVersion, TerraformVersion: in.TerraformVersion, IsPlan: in.isPlan()}
	prior := &network{state: true}
	if !d.IsPlan {
		prior.collect(in.Values)
		prior.build()
		if err := prior.failures(); err != nil {
			return nil, err
		}
		d.Prior, d.Planned = prior.inv, prior.inv.Clone()
		return d, nil
	}
	if in.PriorState != nil {
		prior.collect(in.PriorState.Values)
	}
	planned := newPlanned(&in, prior)
	prior.build()
	planned.build()
	if err := errors.Join(prior.failures(), planned.failures()); err != nil {
		return nil, err
	}
	d.Prior, d.Planned, d.Unknown = prior.inv, planned.inv, planned.unknownValues()
	for _, c := range in.DeferredChanges {
		if c.ResourceChange.Address != "" {
			d.Unknown = append(d.Unknown, Unknown{Address: c.ResourceChange.Address})
		}
	}
	slices.SortFunc(d.Unknown, func(a, b Unknown) int { return strings.Compare(a.String(), b.String()) })
	d.Unknown = slices.Compact(d.Unknown)
	return d, nil
}

// envelope is the top of the document (Terraform's "JSON Output Format").
type envelope struct {
	FormatVersion    *string     `json:"format_version"`
	TerraformVersion string      `json:"terraform_version"`
	Values           *values     `json:"values"`
	PlannedValues    *values     `json:"planned_values"`
	PriorState       *priorState `json:"prior_state"`
	ResourceChanges  []change    `json:"resource_changes"`
	DeferredChanges  []struct {
		ResourceChange change `json:"resource_change"`
	} `json:"deferred_changes"`
	Configuration *struct {
		RootModule *configModule `json:"root_module"`
	} `json:"configuration"`
	Errored bool `json:"errored"`

	// Of the file terraform.tfstate, which is often taken for this format.
	Version json.Number     `json:"version"`
	Lineage json.RawMessage `json:"lineage"`
}

type priorState struct {
	FormatVersion *string `json:"format_version"`
	Values        *values `json:"values"`
}

type values struct {
	RootModule module `json:"root_module"`
}

type module struct {
	Address      string     `json:"address"`
	Resources    []instance `json:"resources"`
	ChildModules []module   `json:"child_modules"`
}

type instance struct {
	Address string         `json:"address"`
	Mode    string         `json:"mode"`
	Type    string         `json:"type"`
	Name    string         `json:"name"`
	Index   any            `json:"index"`
	Values  map[string]any `json:"values"`
}

type change struct {
	Address string `json:"address"`
	Mode    string `json:"mode"`
	Type    string `json:"type"`
	Deposed string `json:"deposed"`
	Change  struct {
		Actions      []string       `json:"actions"`
		Before       map[string]any `json:"before"`
		AfterUnknown any            `json:"after_unknown"`
	} `json:"change"`
}

func (in *envelope) isPlan() bool {
	return in.PlannedValues != nil || in.ResourceChanges != nil || in.Configuration != nil || in.PriorState != nil
}

func (in *envelope) check() error {
	if in.FormatVersion == nil {
		err := ErrFormat
		if in.Version != "" && in.Lineage != nil {
			err = fmt.Errorf("%w: this is a state file; terraform show -json prints it in the format that is read here", ErrFormat)
		}
		return &Error{Path: "format_version", Err: err}
	}
	if err := checkVersion("format_version", *in.FormatVersion); err != nil {
		return err
	}
	if in.PriorState != nil && in.PriorState.FormatVersion != nil {
		if err := checkVersion("prior_state.format_version", *in.PriorState.FormatVersion); err != nil {
			return err
		}
	}
	if in.Errored {
		return &Error{Path: "errored", Err: ErrFailedPlan}
	}
	return nil
}

// checkVersion accepts 1 and 1.x: minor versions are compatible.
func checkVersion(path, version string) error {
	if major, _, _ := strings.Cut(version, "."); major == "1" {
		return nil
	}
	return &Error{Path: path, Err: fmt.Errorf("%w: %q; 1.x is, which Terraform 1.1 and later print", ErrVersion, version)}
}

// failures builds the network once, so that trace.New does not fail on it, and
// returns all errors met, with Terraform's addresses.
func (n *network) failures() error {
	if len(n.errs) > 0 {
		return errors.Join(n.errs...)
	}
	_, err := trace.New(n.inv)
	if err == nil {
		return nil
	}
	list := []error{err}
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		list = j.Unwrap()
	}
	for _, err := range list {
		e := &Error{Err: err}
		var field *endpoint.FieldError
		if errors.As(err, &field) {
			e.Address = n.addresses[field.Resource]
		}
		n.errs = append(n.errs, e)
	}
	return errors.Join(n.errs...)
}
