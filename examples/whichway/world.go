package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/privatelink-go/privatelink/route/describe"
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
// standard input, else a directory or a file.
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
	return load(describe.ReadFrom(filepath.Base(path), f))
}

func load(inv trace.Inventory, err error) (*trace.World, error) {
	if err != nil {
		return nil, err
	}
	return trace.New(inv)
}
