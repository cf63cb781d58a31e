package report_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// browser is a headless Chromium that is told what to do over a pipe (Chrome
// DevTools Protocol, --remote-debugging-pipe: messages end in a zero octet).
type browser struct {
	t       testing.TB
	in      *os.File
	out     *bufio.Reader
	session string
	id      int
}

// message is what the browser sends.
type message struct {
	ID     int
	Method string
	Result json.RawMessage
	Error  *struct{ Message string }
}

// newBrowser opens a page in Chromium; the test is skipped where there is none.
func newBrowser(t testing.TB, html string, scheme string) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no chromium is installed (Debian: apt-get install chromium)")
	}
	// Not t.TempDir: Chromium's helpers may write to their profile after it ends,
	// which is no fault of the test.
	dir, err := os.MkdirTemp("", "matrix-html-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for range 50 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Logf("%s is left over", dir)
	})
	file := filepath.Join(dir, "matrix.html")
	if err := os.WriteFile(file, []byte(html), 0o600); err != nil {
		t.Fatal(err)
	}
	toRead, toWrite := pipe(t)
	fromRead, fromWrite := pipe(t)
	cmd := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
		"--user-data-dir="+filepath.Join(dir, "profile"), "--remote-debugging-pipe", "about:blank")
	cmd.ExtraFiles = []*os.File{toRead, fromWrite}
	if err := cmd.Start(); err != nil {
		t.Skipf("chromium does not start: %v", err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill() // it is ours, and is done
		_ = cmd.Wait()
	})
	for _, f := range []*os.File{toRead, fromWrite} {
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	// A browser that hangs must not hang the test.
	if err := errors.Join(fromRead.SetReadDeadline(time.Now().Add(90*time.Second)), toWrite.SetWriteDeadline(time.Now().Add(90*time.Second))); err != nil {
		t.Logf("no deadline: %v", err)
	}
	b := &browser{t: t, in: toWrite, out: bufio.NewReader(fromRead)}
	var target struct{ TargetID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var session struct{ SessionID string }
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session)
	b.session = session.SessionID
	b.call("Emulation.setEmulatedMedia", map[string]any{"features": []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}}}, nil)
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": 1280, "height": 800, "deviceScaleFactor": 1, "mobile": false}, nil)
	b.call("Page.enable", nil, nil)
	b.call("Page.navigate", map[string]any{"url": "file://" + file}, nil)
	for range 600 {
		if b.eval(`document.readyState === "complete" && location.protocol === "file:"`) == true {
			return b
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the page does not load")
	return nil
}

func pipe(t testing.TB) (r, w *os.File) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	return r, w
}

// call asks the browser for something and waits for its answer; what else it
// says meanwhile is passed over.
func (b *browser) call(method string, params, result any) {
	b.t.Helper()
	b.id++
	m := map[string]any{"id": b.id, "method": method}
	if params != nil {
		m["params"] = params
	}
	if b.session != "" {
		m["sessionId"] = b.session
	}
	data, err := json.Marshal(m)
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := b.in.Write(append(data, 0)); err != nil {
		b.t.Fatalf("%s: %v", method, err)
	}
	for {
		data, err := b.out.ReadBytes(0)
		if err != nil {
			b.t.Fatalf("%s: %v", method, err)
		}
		var r message
		if err := json.Unmarshal(data[:len(data)-1], &r); err != nil {
			b.t.Fatalf("%s: %v", method, err)
		}
		if r.ID != b.id {
			continue
		}
		if r.Error != nil {
			b.t.Fatalf("%s: %s", method, r.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(r.Result, result); err != nil {
				b.t.Fatal(err)
			}
		}
		return
	}
}

// eval runs a JavaScript expression in the page.
func (b *browser) eval(expr string) any {
	b.t.Helper()
	var r struct {
		Result           struct{ Value any }
		ExceptionDetails *struct {
			Exception struct{ Description string }
		}
	}
	b.call("Runtime.evaluate", map[string]any{"expression": expr, "returnByValue": true, "awaitPromise": true}, &r)
	if r.ExceptionDetails != nil {
		b.t.Fatalf("%s: %s", expr, r.ExceptionDetails.Exception.Description)
	}
	return r.Result.Value
}

func (b *browser) want(what, expr string, want any) {
	b.t.Helper()
	if got := b.eval(expr); fmt.Sprint(got) != fmt.Sprint(want) {
		b.t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// press is a key of a real keyboard.
func (b *browser) press(key string, code int) {
	b.t.Helper()
	text := ""
	if key == "Enter" {
		text = "\r"
	}
	down := map[string]any{"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code, "text": text}
	b.call("Input.dispatchKeyEvent", down, nil)
	b.call("Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": key, "code": key, "windowsVirtualKeyCode": code}, nil)
}

// click is a click of a real mouse into the middle of an element.
func (b *browser) click(selector string) {
	b.t.Helper()
	at := b.eval(fmt.Sprintf(`(() => { const e = document.querySelector(%q); e.scrollIntoView({block: "center", inline: "center"}); const r = e.getBoundingClientRect(); return [r.left + r.width / 2, r.top + r.height / 2]; })()`, selector)).([]any)
	for _, kind := range []string{"mousePressed", "mouseReleased"} {
		b.call("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": at[0], "y": at[1], "button": "left", "clickCount": 1}, nil)
	}
}

// names returns "role name" of everything in the accessibility tree.
func (b *browser) names() []string {
	b.t.Helper()
	var tree struct {
		Nodes []struct {
			Ignored    bool
			Role, Name struct{ Value any }
		}
	}
	b.call("Accessibility.getFullAXTree", nil, &tree)
	var list []string
	for _, n := range tree.Nodes {
		if !n.Ignored {
			list = append(list, strings.TrimSpace(fmt.Sprint(n.Role.Value, " ", n.Name.Value)))
		}
	}
	return list
}
