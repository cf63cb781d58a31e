//go:build unix

package main

import (
	"syscall"
	"time"
)

// cpu is the CPU time this process has used, garbage collection included. Wall
// time says little on a machine that others use too.
func cpu() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
