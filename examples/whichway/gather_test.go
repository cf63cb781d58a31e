package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fakeAWS stands for the AWS CLI: it answers from the embedded world what that
// has, and with an empty list what it has not. DENY names a word of the calls
// that it refuses. It reads standard input, as a program in a script that comes
// by standard input must not be allowed to.
const fakeAWS = `#!/bin/sh
cat >/dev/null
case " $* " in
*" ${DENY:-no such call} "*) echo "denied: $*" >&2; exit 254 ;;
*get-caller-identity*) echo 123456789012 ;;
*"configure get region"*) echo "${FAKE_REGION-us-east-2}" ;;
*--query*Vpcs*) printf 'vpc-0a1b2c3d4e5f60001\n' ;;
*--query*PrefixLists*) printf 'pl-0a1b\tpl-0a1c\n' ;;
*--query*) echo None ;;
*describe-vpc-attribute*enableDnsSupport*) cat "$FAKE_WORLD/describe-vpc-attribute-enableDnsSupport.json" ;;
*describe-vpc-attribute*) cat "$FAKE_WORLD/describe-vpc-attribute-enableDnsHostnames.json" ;;
*) if [ -f "$FAKE_WORLD/$2.json" ]; then cat "$FAKE_WORLD/$2.json"; else echo '{}'; fi ;;
esac
`

// gatherWith runs the script that gather prints, by sh and from standard input
// as the README says, in a directory of its own.
func gatherWith(t *testing.T, args []string, aws string, env ...string) (exit int, dir, errOut string) {
	t.Helper()
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no sh to run the script")
	}
	status, script, _ := whichway(t, "", append([]string{"gather"}, args...)...)
	if status != exitOK {
		t.Fatalf("gather: exit status %d", status)
	}
	dir = t.TempDir()
	bin := filepath.Join(dir, "bin")
	if err := os.Mkdir(bin, 0o700); err != nil {
		t.Fatal(err)
	}
	tools := []string{"mkdir", "mv", "rm", "tr", "grep", "cat"}
	for _, tool := range tools {
		path, err := exec.LookPath(tool)
		if err != nil {
			t.Skipf("there is no %s: %v", tool, err)
		}
		if err := os.Symlink(path, filepath.Join(bin, tool)); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	if aws != "" {
		if err := os.WriteFile(filepath.Join(bin, "aws"), []byte(aws), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	fake, err := filepath.Abs("world")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), sh, "-s", "world")
	cmd.Dir, cmd.Stdin = dir, strings.NewReader(script)
	cmd.Env = append([]string{"PATH=" + bin, "FAKE_WORLD=" + fake}, env...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	err = cmd.Run()
	var ended *exec.ExitError
	if err != nil && !errors.As(err, &ended) {
		t.Fatal(err)
	}
	return cmd.ProcessState.ExitCode(), filepath.Join(dir, "world"), stderr.String()
}

// TestGatherWorks: what the script gathers is a world that answers as the
// embedded one, and nothing is said.
func TestGatherWorks(t *testing.T) {
	for name, args := range map[string][]string{"as configured": nil, "named": {"-profile", "prod,dev", "-region", "us-east-2"}} {
		t.Run(name, func(t *testing.T) {
			exit, world, errOut := gatherWith(t, args, fakeAWS)
			if exit != 0 || errOut != "" {
				t.Fatalf("exit status %d: %s", exit, errOut)
			}
			status, got, errOut := whichway(t, "", "why", "-world", world, "-from", "private", pageHost)
			_, want, _ := whichway(t, "", "why", "-from", "private", pageHost)
			if status != exitOK || got != want {
				t.Errorf("exit status %d, %s\nfrom the gathered world:\n%s\nfrom the embedded one:\n%s", status, errOut, got, want)
			}
			for _, file := range []string{"vpcs.json", "entries-pl-0a1c.json", "enableDnsSupport-vpc-0a1b2c3d4e5f60001.json"} {
				if _, err := os.Stat(filepath.Join(world, "123456789012", "us-east-2", file)); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// TestGatherFails: what is not gathered is named, and the exit status says
// whether anything can be answered without it.
func TestGatherFails(t *testing.T) {
	for name, tt := range map[string]struct {
		aws, deny string
		args      []string
		env       []string
		exit      int
		want      string // on standard error
	}{
		"no aws":              {exit: 1, want: "not gathered: anything: there is no aws"},
		"aws fails":           {aws: "#!/bin/sh\necho expired >&2\nexit 255\n", exit: 1, want: "not gathered: the account of these credentials"},
		"expired credentials": {aws: fakeAWS, deny: "get-caller-identity", args: []string{"-profile", "prod"}, exit: 1, want: "not gathered: the account of prod"},
		"no Region":           {aws: fakeAWS, env: []string{"FAKE_REGION="}, exit: 1, want: "not gathered: the account 123456789012: no Region given"},
		"nothing of EC2":      {aws: fakeAWS, deny: "ec2", exit: 1, want: "not gathered: world/123456789012/us-east-2/vpcs.json"},
		"no subnets":          {aws: fakeAWS, deny: "describe-subnets", exit: 1, want: "not gathered: world/123456789012/us-east-2/subnets.json"},
		"no NAT gateways":     {aws: fakeAWS, deny: "describe-nat-gateways", exit: 0, want: "not gathered: world/123456789012/us-east-2/nat-gateways.json"},
		"no list of zones":    {aws: fakeAWS, deny: "list-hosted-zones", exit: 0, want: "not gathered: what aws route53 list-hosted-zones"},
	} {
		t.Run(name, func(t *testing.T) {
			exit, world, errOut := gatherWith(t, tt.args, tt.aws, append(tt.env, "DENY="+tt.deny)...)
			if exit != tt.exit || !strings.Contains(errOut, tt.want) {
				t.Errorf("exit status %d, want %d; standard error lacks %q:\n%s", exit, tt.exit, tt.want, errOut)
			}
			if left, err := filepath.Glob(filepath.Join(world, "*", "*", "*.part")); err != nil || len(left) > 0 {
				t.Errorf("half a file is left: %q, %v", left, err)
			}
		})
	}
}
