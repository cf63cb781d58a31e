//go:build unix

package main

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// startNSD runs NSD, where it is installed, with one server process and the
// same zone. Its CPU time is that of all processes of its group, as /proc tells
// it.
func startNSD(program string) (*process, error) {
	dir, err := os.MkdirTemp("", "nsd")
	if err != nil {
		return nil, err
	}
	pc, err := net.ListenPacket("udp4", "127.0.0.1:0") // a port that is free
	if err != nil {
		return nil, err
	}
	addr := pc.LocalAddr().(*net.UDPAddr)
	pc.Close()
	z := servedZone()
	config := fmt.Sprintf(`server:
	ip-address: 127.0.0.1
	port: %d
	server-count: 1
	username: ""
	zonesdir: %q
	database: ""
	pidfile: ""
	logfile: %q
	xfrdfile: %q
	zonelistfile: %q
	xfrdir: %q
	minimal-responses: yes
	rrl-ratelimit: 0
remote-control:
	control-enable: no
zone:
	name: %s
	zonefile: zone
`, addr.Port, dir, filepath.Join(dir, "log"), filepath.Join(dir, "xfrd"), filepath.Join(dir, "zonelist"), dir, z.Name)
	for name, text := range map[string]string{"nsd.conf": config, "zone": zoneFile(z)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return nil, err
		}
	}
	cmd := exec.Command(program, "-d", "-c", filepath.Join(dir, "nsd.conf"))
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{addr: addr.String(), cpu: func() (time.Duration, error) { return groupCPU(cmd.Process.Pid) }}
	p.stop = func() {
		cmd.Process.Signal(syscall.SIGTERM)
		cmd.Wait()
		os.RemoveAll(dir)
	}
	for range 100 { // until it answers
		if _, err = load(p.addr, 10*time.Millisecond); err == nil {
			return p, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.stop()
	return nil, err
}

// groupCPU adds up the CPU time of the processes of a group.
func groupCPU(group int) (time.Duration, error) {
	files, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return 0, err
	}
	ticks, members := 0, 0
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			continue // it has ended
		}
		// After the name in parentheses: state, parent, group, ... and as the
		// twelfth and thirteenth the user's and the system's time.
		fields := strings.Fields(string(b[strings.LastIndexByte(string(b), ')')+1:]))
		if len(fields) < 13 || fields[2] != strconv.Itoa(group) {
			continue
		}
		user, errUser := strconv.Atoi(fields[11])
		system, errSystem := strconv.Atoi(fields[12])
		if errUser == nil && errSystem == nil {
			ticks, members = ticks+user+system, members+1
		}
	}
	if members == 0 {
		return 0, fmt.Errorf("no process of group %d in /proc", group)
	}
	return time.Duration(ticks) * (time.Second / 100), nil // ticks of USER_HZ
}
