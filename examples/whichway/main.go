// Command whichway answers, offline and with proof, which way traffic from a
// subnet of a VPC to a host goes, and why.
//
// Run without arguments it shows the example of the AWS page "Access AWS
// services through AWS PrivateLink", computed from the world embedded in it.
//
// Exit status: 0 ok, 1 findings (an invalid name, -require not met, lint found
// something, diff found a change), 2 usage or bad input.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"unicode"
)

const usage = `whichway answers, offline: from this subnet, which way does traffic to this host go, and why?

    whichway                                      the AWS page's example, end to end
    whichway why     [-world DIR] [-json] [-format text|markdown|mermaid|dot]
                     -from SUBNET|ENI|NAME-TAG|VPC|all HOST[:PORT]|ADDRESS ...
    whichway matrix  [-world DIR] [-json] [-format text|markdown|csv|html] [-from ...]
                     [-profile NAME|FILE.json,...] [-require private] [HOST ...]
    whichway lookup  [-world DIR] [-json] -view vpc:ID|subnet:ID|inbound:VPC|public NAME [TYPE]
    whichway zone    [-world DIR] [-json] [-format zonefile|changebatch|mermaid|dot] VPC
    whichway diff    -before DIR -after DIR | -world DIR -set private-dns=on:vpce-… | -drop-route RTB,DEST
                     | -world PLAN.json   [-json] [-format text|markdown] [HOST ...]
    whichway lint    [-world DIR] [-json] [-format text|sarif]
    whichway explain CODE|RULE                    HOST_NOT_COVERED, or the R9a of a proof
    whichway name    [-json] NAME ...
    whichway serve   [-world DIR] -view ... [-addr 127.0.0.1:5353]     a DNS server, UDP and TCP
    whichway gather  [-profile P,...] [-region R,...]
    whichway redact  DIR OUT

DIR is a directory or a file of AWS CLI JSON, or of terraform show -json, "-"
standard input; without -world, the embedded world. "-" as a HOST or NAME reads them from standard
input, one a line. TYPE is A unless given, PORT 443. Nothing is asked of any network;
serve opens its own sockets.
`

// Exit statuses of the contract.
const (
	exitOK       = 0
	exitFindings = 1
	exitUsage    = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// command is one word of the command line: it parses its arguments and
// prints to c.out, which reaches the user only if it returns without error.
type command func(ctx context.Context, c *cli, args []string) (status int, err error)

var commands = map[string]command{
	"why":     why,
	"matrix":  matrix,
	"lookup":  lookup,
	"zone":    zones,
	"diff":    diff,
	"lint":    lint,
	"explain": explain,
	"name":    name,
	"serve":   serve,
	"gather":  gather,
	"redact":  redact,
}

// cli is what a command reads from and prints to.
type cli struct {
	in    io.Reader
	out   *bufio.Writer
	err   io.Writer
	stdin bool // standard input is taken
}

// run is main without the process: nothing is printed to out unless the whole
// command succeeded, so that a bad input never leaves half an answer.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	out, errOut = visible{out}, visible{errOut}
	var buf strings.Builder
	c := &cli{in: in, out: bufio.NewWriter(&buf), err: errOut}
	status, err := dispatch(ctx, c, args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(out, usage)
		return exitOK
	case err != nil:
		fmt.Fprintf(errOut, "whichway: %v\n", err)
		return exitUsage
	}
	c.out.Flush()
	if _, err := io.WriteString(out, buf.String()); err != nil {
		fmt.Fprintf(errOut, "whichway: %v\n", err)
		return exitUsage
	}
	return status
}

// visible writes text with every control character but the end of a line as
// \uNNNN, which is what JSON calls it too: EC2 takes any character in a tag, and
// a name must not colour a terminal or move its cursor.
type visible struct{ w io.Writer }

func (v visible) Write(p []byte) (int, error) {
	control := func(r rune) bool { return r != '\n' && unicode.IsControl(r) }
	if bytes.IndexFunc(p, control) < 0 {
		return v.w.Write(p)
	}
	var b strings.Builder
	for _, r := range string(p) {
		if control(r) {
			fmt.Fprintf(&b, `\u%04x`, r)
			continue
		}
		b.WriteRune(r)
	}
	if _, err := io.WriteString(v.w, b.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

func dispatch(ctx context.Context, c *cli, args []string) (int, error) {
	if len(args) == 0 {
		return exitOK, firstScreen(ctx, c.out)
	}
	if h := args[0]; h == "help" || h == "-h" || h == "-help" || h == "--help" {
		return exitOK, flag.ErrHelp
	}
	cmd, ok := commands[args[0]]
	if !ok {
		return exitUsage, fmt.Errorf("no command %q; whichway -h lists them", args[0])
	}
	return cmd(ctx, c, args[1:])
}

// flags returns the flag set of a command; its errors are returned, not
// printed.
func flags(name string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.Usage = func() {}
	return fs
}

// words returns args with every "-" replaced by the lines of standard input.
func (c *cli) words(args []string) ([]string, error) {
	var all []string
	for _, a := range args {
		if a != "-" {
			all = append(all, a)
			continue
		}
		in, err := c.takeStdin()
		if err != nil {
			return nil, err
		}
		for s := bufio.NewScanner(in); ; {
			if !s.Scan() {
				if err := s.Err(); err != nil {
					return nil, fmt.Errorf("standard input: %w", err)
				}
				break
			}
			if line := strings.Trim(s.Text(), " \t\r"); line != "" {
				all = append(all, line)
			}
		}
	}
	return all, nil
}

// takeStdin hands out standard input, once.
func (c *cli) takeStdin() (io.Reader, error) {
	if c.stdin {
		return nil, errors.New(`"-" can stand for standard input only once`)
	}
	c.stdin = true
	return c.in, nil
}
