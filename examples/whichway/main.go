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

	"github.com/privatelink-go/privatelink/naming"
	"github.com/privatelink-go/privatelink/route/trace"
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
serve opens its own sockets. Flags come before HOST, NAME and VPC.

Exit status: 0 ok; 1 findings: an invalid name, -require not met, lint found something,
diff found a change; 2 usage or bad input, and then nothing is printed but the error.
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

// parse reads the flags of a command. Its error names the command; a flag that
// stands behind a host would otherwise be taken for one. Behind "--" whatever
// begins with a hyphen is no flag.
func parse(fs *flag.FlagSet, args []string) error {
	if err := fs.Parse(args); err != nil {
		return fmt.Errorf("%s: %w", fs.Name(), err)
	}
	if i := len(args) - fs.NArg(); i > 0 && args[i-1] == "--" {
		return nil
	}
	for _, a := range fs.Args() {
		if strings.HasPrefix(a, "-") && a != "-" {
			return fmt.Errorf("%s: %q stands behind %q: flags come first, before every HOST, NAME or VPC", fs.Name(), a, fs.Arg(0))
		}
	}
	return nil
}

// word is an argument, or a line of standard input.
type word struct {
	text string
	line int // of standard input; 0 for an argument
}

// wrong says where a word stands that err says is wrong, if that is not to be
// seen on the command line.
func (w word) wrong(err error) error {
	if w.line == 0 {
		return err
	}
	return fmt.Errorf("standard input, line %d: %w", w.line, err)
}

// words returns args with every "-" replaced by the lines of standard input
// that are not blank.
func (c *cli) words(args []string) ([]word, error) {
	var all []word
	for _, a := range args {
		if a != "-" {
			all = append(all, word{text: a})
			continue
		}
		in, err := c.takeStdin()
		if err != nil {
			return nil, err
		}
		n := 1
		s := bufio.NewScanner(in)
		for ; s.Scan(); n++ {
			if line := strings.Trim(s.Text(), " \t\r"); line != "" {
				all = append(all, word{line, n})
			}
		}
		if err := s.Err(); err != nil {
			return nil, fmt.Errorf("standard input, line %d: %w", n, err)
		}
	}
	return all, nil
}

// each reads every word; the error has one line for each that is wrong.
func each[T any](words []word, read func(string) (T, error)) ([]T, error) {
	list := make([]T, len(words))
	var errs []error
	for i, w := range words {
		v, err := read(w.text)
		if err != nil {
			errs = append(errs, w.wrong(err))
		}
		list[i] = v
	}
	return list, errors.Join(errs...)
}

// notHost is the error for text that is no host, which err, of
// [trace.ParseTarget] or [audit.ParseHost], says: the text once, and the reason.
func notHost(text string, err error) error {
	if p, ok := errors.AsType[*naming.ParseError](err); ok {
		return fmt.Errorf("%q: %w: %s", text, trace.ErrHost, p.Reason())
	}
	return fmt.Errorf("%q: %w", text, trace.ErrHost)
}

// takeStdin hands out standard input, once.
func (c *cli) takeStdin() (io.Reader, error) {
	if c.stdin {
		return nil, errors.New(`"-" can stand for standard input only once`)
	}
	c.stdin = true
	return c.in, nil
}
