package report_test

import (
	"encoding/base64"
	"os"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMatrixHTMLInBrowser uses the page as people do: reads, filters, sorts,
// opens proofs by mouse and by keyboard, listens to it, and prints it.
func TestMatrixHTMLInBrowser(t *testing.T) {
	m := matrixOf(t, pageWorld(t), "eks-node", "monitoring.{region}.{suffix}", "monitoring.{region}.api.aws")
	b := newBrowser(t, printHTML(t, m), "light")

	b.want("cells", `document.querySelectorAll("tbody td:not(.share)").length`, 27)
	b.want("no wider than the window", `document.documentElement.scrollWidth <= innerWidth`, true)
	b.want("shown", `document.querySelector("#shown").textContent`, "Shown: 27 of 27 cells: 16 PUBLIC, 3 PRIVATE, 8 FAILED")

	// filter
	b.eval(`document.querySelector("#host").focus()`)
	b.call("Input.insertText", map[string]any{"text": "monitoring"}, nil)
	b.want("columns of a filter", `[...document.querySelectorAll("thead th")].filter(e => e.offsetParent).length`, 4)
	b.eval(`document.querySelector("#from").focus()`)
	b.call("Input.insertText", map[string]any{"text": "ISOLATED"}, nil)
	b.want("rows of a filter", `document.querySelectorAll("tbody tr:not([hidden])").length`, 1)
	b.want("shown of a filter", `document.querySelector("#shown").textContent`, "Shown: 2 of 27 cells: 1 PRIVATE, 1 FAILED")
	b.click("button[type=reset]")
	b.eval(`new Promise(r => setTimeout(r, 50))`)
	b.want("after reset", `document.querySelectorAll("tbody tr:not([hidden])").length`, 3)
	for _, v := range []string{"PRIVATE", "FAILED", "UNKNOWN"} {
		b.click("input[value=" + v + "]")
	}
	b.want("rows with PUBLIC", `[...document.querySelectorAll("tbody tr:not([hidden])")].map(r => r.cells[0].textContent.match(/\((.*)\)us/)[1]).join(" ")`, "public private")
	b.want("columns with PUBLIC", `[...document.querySelectorAll("thead th")].filter(e => e.offsetParent).length`, 10)
	b.click("button[type=reset]")
	b.eval(`new Promise(r => setTimeout(r, 50))`)

	// sort
	b.click("thead th:nth-child(2) button")
	b.want("worst first", `document.querySelector("tbody tr td").textContent`, "FAILED")
	b.want("aria-sort", `document.querySelector("thead th:nth-child(2)").getAttribute("aria-sort")`, "ascending")
	b.click("thead th:nth-child(1) button")
	b.want("by vantage", `document.querySelector("tbody tr").cells[0].textContent.includes("(public)")`, true)

	// a proof by mouse
	b.click("tbody tr:nth-child(2) td:nth-child(10)")
	b.want("open", `document.querySelector("dialog").open`, true)
	title := b.eval(`document.querySelector("#proof-title").textContent`).(string)
	if title != "monitoring.us-east-2.api.aws from subnet-0a1b2c3d4e5f6000b (private)" {
		t.Errorf("title %q", title)
	}
	tr, err := m.Vantage(1).World().Why("private", "monitoring.us-east-2.api.aws")
	if err != nil {
		t.Fatal(err)
	}
	var steps []string
	for _, s := range tr.Steps() {
		steps = append(steps, s.Word+" "+s.Text)
	}
	b.want("steps", `[...document.querySelectorAll(".proof li")].map(e => e.textContent).join("|")`, strings.Join(steps, "|"))
	b.want("the hint", `document.querySelector("#proof-body dd").textContent`, tr.Hints[0].Text)
	b.want("nodes of the picture", `[...document.querySelectorAll(".node")].map(e => e.textContent).join(" > ")`,
		"subnet-0a1b2c3d4e5f6000b (private) > nat-0a1b2c3d4e5f60001 (page) > igw-0a1b2c3d4e5f60001 (page) > monitoring.us-east-2.api.aws")
	b.want("boxes of the picture", `[...document.querySelectorAll(".caption")].map(e => e.textContent.split(" ")[0].slice(0, 10)).join(" ")`, "vpc-0a1b2c us-east-2b subnet-0a1 us-east-2a subnet-0a1")
	b.want("lines of the picture", `document.querySelectorAll(".canvas > svg > path").length`, 3)
	screenshot(b, "HTML_SCREENSHOT_PROOF")
	names := b.names()
	for _, want := range []string{"dialog " + title, "button Close", "image The way: subnet-0a1b2c3d4e5f6000b (private) to nat-0a1b2c3d4e5f60001 (page) by 0.0.0.0/0 nat-0a1b2c3d4e5f60001"} {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, want) }) {
			t.Errorf("a screen reader does not find %q", want)
		}
	}
	b.press("Escape", 27)
	b.eval(`new Promise(r => setTimeout(r, 50))`)
	b.want("closed", `document.querySelector("dialog").open`, false)
	b.want("focus is back", `document.activeElement.cellIndex`, 9)

	// a proof by keyboard
	b.press("Home", 36)
	b.press("ArrowDown", 40)
	b.press("ArrowRight", 39)
	b.want("moved", `document.activeElement.parentElement.rowIndex + " " + document.activeElement.cellIndex`, "3 2")
	b.want("one tab stop", `document.querySelectorAll("td[tabindex]").length`, 1)
	b.press("Enter", 13)
	b.want("open by Enter", `document.querySelector("dialog").open && document.querySelector("#proof-title").textContent.startsWith("eks.us-east-2")`, true)
	b.press("Escape", 27)

	// what a screen reader finds
	names = b.names()
	for _, want := range []string{"grid Verdict by vantage and host", "searchbox From", "searchbox Host", "checkbox PRIVATE", "gridcell PUBLIC", "columnheader monitoring.us-east-2.amazonaws.com", "status"} {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, want) }) {
			t.Errorf("a screen reader does not find %q in %q", want, names[:min(80, len(names))])
		}
	}

	// print
	b.call("Emulation.setEmulatedMedia", map[string]any{"media": "print"}, nil)
	b.want("no controls in print", `getComputedStyle(document.querySelector("form")).display`, "none")
	b.want("the whole table in print", `getComputedStyle(document.querySelector(".scroll")).overflow`, "visible")
}

// TestMatrixHTMLContrast: text is readable in light and in dark (WCAG 2.2,
// success criterion 1.4.3: 4.5 to 1).
func TestMatrixHTMLContrast(t *testing.T) {
	page := printHTML(t, matrixOf(t, pageWorld(t), "", "monitoring.us-east-2.amazonaws.com", "monitoring.us-east-2.api.aws"))
	for _, scheme := range []string{"light", "dark"} {
		b := newBrowser(t, page, scheme)
		bad := b.eval(`(() => {
			const lum = c => { const [r, g, b] = c.match(/[\d.]+/g).map(x => { x /= 255; return x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
			const ground = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (c !== "rgba(0, 0, 0, 0)") return c; } };
			return [...document.querySelectorAll("h1, p, label, td, th, th span, th button, .badge")].map(e => { const a = lum(getComputedStyle(e).color), b = lum(ground(e)); return [e.tagName + "." + e.className, (Math.max(a, b) + .05) / (Math.min(a, b) + .05)]; }).filter(x => x[1] < 4.5).map(x => x.join(" ")).join(", ");
		})()`)
		if bad != "" {
			t.Errorf("%s: too little contrast: %v", scheme, bad)
		}
		screenshot(b, "HTML_SCREENSHOT_"+strings.ToUpper(scheme))
	}
}

// TestMatrixHTMLLarge: a table beyond 20,000 cells is laid out only where it is
// in sight, and still filters, opens proofs and has its roles. With HTML_LARGE
// set it is 1,000 x 200 cells, which takes a while to make.
func TestMatrixHTMLLarge(t *testing.T) {
	subnets := 110
	if os.Getenv("HTML_LARGE") != "" {
		subnets = 1000
	}
	m := estate(t, subnets, 200)
	page := printHTML(t, m)
	start := time.Now()
	b := newBrowser(t, page, "light")
	t.Logf("%d cells, %d bytes: shown after %v", m.Totals().All(), len(page), time.Since(start))
	b.want("cells", `document.querySelectorAll("tbody td:not(.share)").length`, m.Totals().All())
	b.want("layout of what is out of sight", `getComputedStyle(document.querySelector("tbody tr:last-child")).contentVisibility`, "auto")
	b.want("columns in line", `(() => { const x = e => document.querySelector(e).getBoundingClientRect().left; return Math.abs(x("thead th:nth-child(9)") - x("tbody tr:nth-child(5) td:nth-child(9)")) < 2; })()`, true)
	names := b.names()
	for _, want := range []string{"grid Verdict by vantage and host", "columnheader", "rowheader subnet-", "gridcell PRIVATE"} {
		if !slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(n, want) }) {
			t.Errorf("a screen reader does not find %q", want)
		}
	}
	screenshot(b, "HTML_SCREENSHOT_LARGE")
	start = time.Now()
	b.eval(`(() => { document.querySelector("#from").value = "app-10"; document.querySelector("#filters").dispatchEvent(new Event("input")); document.body.offsetHeight; })()`)
	t.Logf("filtered in %v", time.Since(start))
	b.want("rows", `[...document.querySelectorAll("tbody tr:not([hidden])")].every(r => r.cells[0].textContent.includes("app-10"))`, true)
	start = time.Now()
	b.click("tbody tr:not([hidden]) td:nth-child(5)")
	b.want("open", `document.querySelector("dialog").open`, true)
	t.Logf("proof in %v", time.Since(start))
}

// screenshot writes a picture of the page to the file that an environment
// variable names, for people to look at.
func screenshot(b *browser, variable string) {
	b.t.Helper()
	file := os.Getenv(variable)
	if file == "" {
		return
	}
	var shot struct{ Data string }
	b.call("Page.captureScreenshot", map[string]any{"format": "png"}, &shot)
	data, err := base64.StdEncoding.DecodeString(shot.Data)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		b.t.Fatal(err)
	}
}
