package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/privatelink-go/privatelink/route/report"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// zoneFormats are the forms of a zone that -format names.
var zoneFormats = map[string]func(io.Writer, zone.Zone) error{
	"zonefile": func(w io.Writer, z zone.Zone) error {
		_, err := fmt.Fprintf(w, "%s\n", zone.AppendZoneFile(nil, z))
		return err
	},
	"changebatch": func(w io.Writer, z zone.Zone) error {
		b, err := zone.AppendChangeBatch(nil, z)
		if err != nil {
			return fmt.Errorf("%s: %w", z.Name, err)
		}
		_, err = fmt.Fprintf(w, "%s\n", b)
		return err
	},
}

// vpcPictures are the forms that draw the VPC.
var vpcPictures = map[string]func(io.Writer, *trace.World, string) error{
	"mermaid": report.VPCMermaid,
	"dot":     report.VPCDOT,
}

// zones shows the hidden private hosted zones of a VPC.
func zones(_ context.Context, c *cli, args []string) (int, error) {
	fs := flags("zone")
	dir := fs.String("world", "", "")
	asJSON := fs.Bool("json", false, "")
	format := fs.String("format", "zonefile", "")
	if err := parse(fs, args); err != nil {
		return exitUsage, err
	}
	print, ok := zoneFormats[*format]
	picture, drawn := vpcPictures[*format]
	switch {
	case !ok && !drawn:
		return exitUsage, fmt.Errorf("zone: -format %q is none of zonefile, changebatch, mermaid, dot", *format)
	case fs.NArg() != 1:
		return exitUsage, errors.New("zone: want one VPC")
	}
	if *asJSON {
		print, drawn = report.Zone, false
	}
	w, err := c.world(*dir)
	if err != nil {
		return exitUsage, err
	}
	vpc := fs.Arg(0)
	if _, ok := w.Zones().View(zone.VPC(vpc)); !ok {
		return exitUsage, fmt.Errorf("zone: %s: no such VPC in the input", vpc)
	}
	if drawn {
		return exitOK, picture(c.out, w, vpc)
	}
	for z := range w.Zones().Hidden(vpc) {
		if err := print(c.out, z); err != nil {
			return exitUsage, fmt.Errorf("zone: %w", err)
		}
	}
	return exitOK, nil
}
