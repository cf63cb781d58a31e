package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/privatelink-go/privatelink/endpoint"
	"github.com/privatelink-go/privatelink/route/describe"
	"github.com/privatelink-go/privatelink/route/trace"
	"github.com/privatelink-go/privatelink/zone"
)

// toolTime is far more than one call of a program takes, dnsperf's seconds included.
const toolTime = 20 * time.Second

// served is `whichway serve` with the fixed zones, started when a program first wants it.
type served struct {
	whichway, dir string
	port          string
	cmd           *exec.Cmd
	failed        error // to start
}

var servePort = regexp.MustCompile(`^whichway: answering as \S+ on 127\.0\.0\.1:(\d+), UDP and TCP\n$`)

// start runs the command on a port that it chooses, and reads which one from what it prints.
func (s *served) start(ctx context.Context) error {
	if s.cmd != nil || s.failed != nil {
		return s.failed
	}
	s.failed = s.launch(ctx)
	return s.failed
}

func (s *served) launch(ctx context.Context) error {
	world := filepath.Join(s.dir, "world")
	if err := writeWorld(world); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, s.whichway, "serve", "-world", world, "-view", zone.VPC(vpcID).String(), "-addr", "127.0.0.1:0")
	stderr, err := cmd.StderrPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	late := time.AfterFunc(startTime, func() { _ = cmd.Process.Kill() })
	lines := bufio.NewReader(stderr)
	line, err := lines.ReadString('\n')
	late.Stop()
	m := servePort.FindStringSubmatch(line)
	if m == nil {
		kill(cmd)
		return errors.Join(fmt.Errorf("whichway serve prints no address but %q", line), err)
	}
	go drain(lines)
	s.cmd, s.port = cmd, m[1]
	return nil
}

// writeWorld writes the fixed zones in files, as the AWS CLI prints them.
func writeWorld(dir string) error {
	on := true
	files, err := describe.Write(trace.Inventory{
		VPCs:        []endpoint.VPC{{ID: vpcID, CIDRBlock: "10.0.0.0/16", EnableDNSSupport: &on, EnableDNSHostnames: &on}},
		HostedZones: fixedConfig().HostedZones,
	})
	if err != nil {
		return err
	}
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// stop interrupts the command, which is to end by itself and with status 0 after all it was sent.
func (s *served) stop() error {
	if s.cmd == nil {
		return nil
	}
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		return errors.Join(err, s.cmd.Wait())
	}
	late := time.AfterFunc(answerTime, func() { _ = s.cmd.Process.Kill() })
	defer late.Stop()
	return s.cmd.Wait()
}

// tool runs a program once and returns what it printed, both streams together.
func (s *served) tool(ctx context.Context, path string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, toolTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = []string{"HOME=" + s.dir, "LC_ALL=C", "PATH=" + os.Getenv("PATH")} // no .digrc, no translation
	cmd.WaitDelay = time.Second
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// complaint returns the first line by which a program says that it does not like a message, or got none.
func complaint(out string) string {
	for line := range strings.Lines(out) {
		lower := strings.ToLower(line)
		for _, word := range []string{"warning", "malformed", "mismatch", "bad packet", "unexpected", "timed out", "error", "no servers could be reached", "invalid option", "extra bytes"} {
			if strings.Contains(lower, word) && !strings.Contains(lower, "noerror") {
				return strings.TrimSpace(line)
			}
		}
	}
	return ""
}
