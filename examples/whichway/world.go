package main

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/terraform"
	"github.com/privatelink-go/privatelink/route/trace"
)

// embedded is the VPC of the AWS page in us-east-2, as ordinary AWS CLI JSON:
// three Availability Zones; a public, a private and an isolated subnet; an
// internet gateway, a NAT gateway, and the CloudWatch endpoint with the page's
// own ids, names and zone ids.
//
//go:embed world
var embedded embed.FS

func embeddedWorld() (*trace.World, error) {
	sub, err := fs.Sub(embedded, "world")
	if err != nil {
		return nil, err
	}
	return describe.Load(sub)
}

// world loads the world that -world names: "" is the embedded one, "-"
// standard input, else a directory or a file. A file may also be what
// `terraform show -json` prints; of a plan it is the network as planned.
func (c *cli) world(path string) (*trace.World, error) {
	switch path {
	case "":
		return embeddedWorld()
	case "-":
		in, err := c.takeStdin()
		if err != nil {
			return nil, err
		}
		return load(describe.ReadFrom("standard input", in))
	}
	w, err := worldAt(path)
	if err != nil {
		return nil, fmt.Errorf("-world %s: %w", path, err)
	}
	return w, nil
}

func worldAt(path string) (*trace.World, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return load(describe.Read(os.DirFS(path)))
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	doc, err := readTerraform(f)
	switch {
	case errors.Is(err, errNotTerraform):
		return load(describe.ReadFrom(filepath.Base(path), f))
	case err != nil:
		return nil, err
	}
	return trace.New(doc.Planned)
}

var errNotTerraform = errors.New("not the output of terraform show -json")

// readTerraform reads the output of `terraform show -json`. It tells it by the
// key that every such document has, and AWS's CLI none: format_version. If it
// is something else, f is as it was, and the error is errNotTerraform.
func readTerraform(f io.ReadSeeker) (*terraform.Document, error) {
	var head struct {
		FormatVersion *string `json:"format_version"`
	}
	err := json.NewDecoder(f).Decode(&head)
	if _, seek := f.Seek(0, io.SeekStart); seek != nil {
		return nil, seek
	}
	if err != nil || head.FormatVersion == nil {
		return nil, errNotTerraform
	}
	return terraform.Read(f)
}

// plan returns the two worlds of a Terraform plan, as it is and as planned; ok
// is false if path is no file that holds one. What is known only after apply
// is listed on standard error.
func (c *cli) plan(path string) (before, after *trace.World, ok bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, false, nil // world says what is wrong with it
	}
	defer f.Close()
	doc, err := readTerraform(f)
	switch {
	case errors.Is(err, errNotTerraform):
		return nil, nil, false, nil
	case err != nil:
		return nil, nil, true, fmt.Errorf("%s: %w", path, err)
	case !doc.IsPlan:
		return nil, nil, false, nil
	}
	for _, u := range doc.Unknown {
		fmt.Fprintf(c.err, "whichway: known only after apply: %s\n", u)
	}
	if before, err = trace.New(doc.Prior); err == nil {
		after, err = trace.New(doc.Planned)
	}
	return before, after, true, err
}

func load(inv trace.Inventory, err error) (*trace.World, error) {
	switch {
	case errors.Is(err, describe.ErrNoKey):
		return nil, fmt.Errorf("%w; whichway gather prints the calls that fill a directory", err)
	case err != nil:
		return nil, err
	}
	return trace.New(inv)
}
