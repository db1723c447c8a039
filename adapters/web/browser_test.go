package web_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	devlog "github.com/chromedp/cdproto/log"
	devnet "github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"interlab/bot"
)

// need skips a test that lacks something of the machine, and fails it where
// INTERLAB_CI is set.
func need(t testing.TB, there bool, what string) {
	t.Helper()
	switch {
	case there:
	case os.Getenv("INTERLAB_CI") != "":
		t.Fatalf("%s, and INTERLAB_CI wants this test to run", what)
	default:
		t.Skip(what)
	}
}

// tool is a file of the node modules that INTERLAB_NODE_MODULES names.
func tool(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(os.Getenv("INTERLAB_NODE_MODULES"), name)
	_, err := os.Stat(path)
	need(t, os.Getenv("INTERLAB_NODE_MODULES") != "" && err == nil, "INTERLAB_NODE_MODULES names no folder with "+name+"; .ci/run has one")
	return path
}

// siteFor is a network's site at an address of this machine.
func siteFor(t testing.TB, p bot.Programme) (*network, string) {
	t.Helper()
	server := httptest.NewUnstartedServer(nil)
	at := "http://" + server.Listener.Addr().String()
	n := standAt(t, p, at)
	server.Config.Handler = n.site
	server.Start()
	t.Cleanup(server.Close)
	return n, at
}

// tab is a real browser with one page of a site in it.
type tab struct {
	t    *testing.T
	ctx  context.Context
	base string

	mu    sync.Mutex
	asked []string // addresses
	wrong []string // what the browser complained of
	site  *network
}

// browse opens a browser on the sample network.
func browse(t *testing.T) *tab {
	t.Helper()
	path, err := exec.LookPath("chromium")
	need(t, err == nil, "chromium is not installed")
	p, err := bot.SampleProgramme()
	if err != nil {
		t.Fatal(err)
	}
	n, base := siteFor(t, p)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()), chromedp.Flag("lang", "en"), chromedp.Flag("disable-dev-shm-usage", true))
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	b := &tab{t: t, ctx: ctx, base: base, site: n}
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatal(err)
	}
	calls(b, devnet.Enable, devnet.EnableParams{})
	calls(b, devlog.Enable, cdp.Empty{})
	t.Cleanup(b.judge)
	return b
}

func (b *tab) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *devnet.EventRequestWillBeSent:
		b.asked = append(b.asked, e.Request.URL)
	case *devlog.EventEntryAdded:
		if !strings.HasSuffix(e.Entry.URL, "/none") { // that page is not there on purpose
			b.wrong = append(b.wrong, e.Entry.Text+" "+e.Entry.URL)
		}
	}
}

// judge fails where a page asked anybody else for anything, or the browser
// complained, as it does of what the policy forbids.
func (b *tab) judge() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, url := range b.asked {
		if !strings.HasPrefix(url, b.base+"/") && !strings.HasPrefix(url, "data:") && url != "about:blank" {
			b.t.Errorf("a page asks for %s", url)
		}
	}
	if len(b.wrong) > 0 {
		b.t.Errorf("the browser complains: %q", b.wrong)
	}
}

func (b *tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// gets is what an action finds.
func gets[T any](b *tab, action chromedp.Action[T]) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, action)
	if err != nil {
		b.t.Fatal(err)
	}
	return value
}

// calls tells the browser something.
func calls[P, R any](b *tab, command cdp.Command[P, R], params P) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, command, params); err != nil {
		b.t.Fatal(err)
	}
}

func (b *tab) goes(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.base+path), chromedp.WaitReady("main"))
}

func (b *tab) text(selector string) string {
	b.t.Helper()
	return gets(b, chromedp.Text(selector))
}

// js is what an expression of the page's is.
func js[T any](b *tab, expression string) T {
	b.t.Helper()
	return gets(b, chromedp.Evaluate[T](expression))
}

func (b *tab) sees(selector string, wants ...string) {
	b.t.Helper()
	says(b.t, selector, b.text(selector), wants...)
}

// leads does what leads to another page, and waits for it.
func (b *tab) leads(action chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, action); err != nil {
		b.t.Fatal(err)
	}
	b.do(chromedp.WaitReady("main"))
}

func (b *tab) clicks(selector string) {
	b.t.Helper()
	b.leads(chromedp.Click(selector))
}

// every page that a visitor may come to.
func paths(b *tab) []string {
	curie := b.site.lab(b.t, "Curie")
	return []string{
		"/", "/archive", "/residencies", "/about", "/talk/sample-sparse", "/talk/sample-operators", "/talk/sample-proofs", "/talk/sample-privacy", "/talk/sample-reading-3",
		"/lab/" + curie, "/lab/" + curie + "/embed", "/series/sample-reading", "/topic/privacy", "/board", "/board?period=2026", "/board?period=x", "/board/lab/" + curie, "/?zone=Narnia&from=9999-99-99", "/none",
	}
}

func TestATalkIsFoundReadAndKept(t *testing.T) {
	t.Parallel()
	b := browse(t)
	b.goes("/")
	b.do(chromedp.SendKeys("#q", "language models"))
	b.clicks("form[aria-label] button")
	b.sees("main", "1 talk.", "What sparse codes say about language models")
	b.clicks(".talks a")
	b.sees("h1", "What sparse codes say about language models")
	b.sees("main", "15:00 Paris (UTC+1) · 14:00 UTC", "https://meet.example/sparse", "How to join")

	folder := t.TempDir()
	done := make(chan string, 1)
	err := chromedp.ListenBrowser(b.ctx, func(event any) {
		if e, ok := event.(*browser.EventDownloadProgress); ok && e.State == browser.DownloadProgressStateCompleted {
			done <- e.GUID
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	told := true
	if _, err := chromedp.CallBrowser(b.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: folder, EventsEnabled: &told}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Click(`a[href$="sample-sparse.ics"]`))
	select {
	case name := <-done:
		file, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil || !strings.Contains(string(file), "SUMMARY:What sparse codes") {
			t.Errorf("the calendar file is %q, %v", file, err)
		}
	case <-b.ctx.Done():
		t.Fatal("the calendar file never arrived")
	}
}

func TestAZoneIsChosenOnceAndShownEverywhere(t *testing.T) {
	t.Parallel()
	b := browse(t)
	b.goes("/?topic=privacy")
	b.sees(".zone", "the host of each talk, and in UTC")
	b.do(chromedp.SendKeys("#zone", "tokyo"))
	b.clicks(".zone button")
	b.sees("main", "Tokyo", "23:00", "Tokyo (UTC+9)", "09:00 Toronto (UTC-5)", "-sparse codes say")
	b.clicks(".talks a")
	b.sees("main", "Times are shown for Tokyo", "09:00 Toronto (UTC-5) for the host", "Sun 13 Dec 2026, 23:00 Tokyo (UTC+9)")
	b.goes("/")
	b.sees("main", "Times are shown for Tokyo")
	b.do(chromedp.SetValue("#zone", "Narnia"))
	b.clicks(".zone button")
	b.sees(".problem", "Narnia")
	b.sees(".zone", "Times are shown for Tokyo")
}

func TestASubscriptionIsOfferedInEveryForm(t *testing.T) {
	t.Parallel()
	b := browse(t)
	b.goes("/topic/privacy")
	for _, kind := range []string{"text/calendar", "application/atom+xml", "application/feed+json"} {
		href := js[string](b, fmt.Sprintf(`document.querySelector('link[rel=alternate][type=%q]').href`, kind))
		r, err := http.Get(href)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		if r.StatusCode != http.StatusOK || !strings.Contains(string(body), "Graphs that keep") || !strings.HasPrefix(r.Header.Get("Content-Type"), kind) {
			t.Errorf("%s is %d, %s", href, r.StatusCode, r.Header.Get("Content-Type"))
		}
		_ = r.Body.Close()
	}
	if got, want := js[string](b, `document.querySelector('.subscribe a').href`), "webcal://"+strings.TrimPrefix(b.base, "http://")+"/topic/privacy.ics"; got != want {
		t.Errorf("the calendar is offered as %s, want %s", got, want)
	}
}

// Nothing but the keyboard is needed, and what has the focus is always seen.
func TestTheKeyboardAloneIsEnough(t *testing.T) {
	t.Parallel()
	b := browse(t)
	b.goes("/")
	focus := func() string {
		return js[string](b, `(() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect(); return [e.id || e.className || e.textContent.trim(), s.outlineStyle != 'none' || e.id == 'main' ? 'seen' : 'unseen', r.bottom > 0 ? 'there' : 'off'].join('|') })()`)
	}
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := focus(); got != "skip|seen|there" {
		t.Errorf("the first thing that has the focus is %q, want the link to the content", got)
	}
	b.do(chromedp.KeyEvent(kb.Enter), chromedp.WaitReady("#main:target"))
	b.do(chromedp.KeyEvent(kb.Tab))
	if got := focus(); got != "q|seen|there" {
		t.Errorf("after the content began the focus is on %q, want the words to look for", got)
	}
	b.do(chromedp.KeyEvent("corals"), chromedp.KeyEvent(kb.Backspace))
	b.leads(chromedp.KeyEvent(kb.Enter))
	for range 40 {
		b.do(chromedp.KeyEvent(kb.Tab))
		at := focus()
		if !strings.HasSuffix(at, "|seen|there") {
			t.Errorf("the focus is on %q and nobody sees it", at)
		}
		if strings.HasPrefix(at, "Listening to coral reefs") {
			break
		}
	}
	b.leads(chromedp.KeyEvent(kb.Enter))
	b.sees("h1", "Listening to coral reefs")
}

func TestPagesFitANarrowScreen(t *testing.T) {
	t.Parallel()
	b := browse(t)
	b.do(chromedp.EmulateViewport(360, 740))
	for _, path := range paths(b) {
		b.goes(path)
		if width := js[int](b, `document.documentElement.scrollWidth`); width > 360 {
			t.Errorf("%s is %d pixels wide on a screen of 360", path, width)
		}
		if small := js[[]string](b, `[...document.querySelectorAll('nav a, button, input, select')].filter(e => e.type != 'hidden' && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)`); len(small) > 0 {
			t.Errorf("%s has controls that are hard to hit: %q", path, small)
		}
	}
}

func TestDarkModeIsDarkAndPaperHasNoForms(t *testing.T) {
	t.Parallel()
	b := browse(t)
	dark := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	calls(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: dark})
	b.goes("/")
	if got := js[string](b, `getComputedStyle(document.documentElement).backgroundColor`); got != "rgb(20, 24, 28)" {
		t.Errorf("in dark mode the page is %s", got)
	}
	if got := js[[]string](b, `[...document.querySelectorAll('*')].filter(e => getComputedStyle(e).transitionDuration != '0s' || getComputedStyle(e).animationName != 'none').map(e => e.outerHTML)`); len(got) > 0 {
		t.Errorf("where motion is not wanted something moves: %q", got)
	}
	calls(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print", Features: dark})
	for _, selector := range []string{"nav", "form", ".subscribe"} {
		if got := js[string](b, fmt.Sprintf(`getComputedStyle(document.querySelector('%s')).display`, selector)); got != "none" {
			t.Errorf("on paper %s is %s", selector, got)
		}
	}
	if got := js[string](b, `getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.documentElement).color`); got != "rgb(255, 255, 255)rgb(0, 0, 0)" {
		t.Errorf("on paper the page is %s", got)
	}
}

// axe finds what programs can find of what keeps people out.
func TestNobodyIsKeptOut(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile(tool(t, "axe-core/axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	b := browse(t)
	own := ana(b.site).opens(t, b.site.lab(t, "Curie"))
	for _, scheme := range []string{"light", "dark"} {
		calls(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		for _, path := range append(paths(b), own) {
			b.goes(path)
			b.do(chromedp.Evaluate[chromedp.Void](string(source)))
			found := gets(b, chromedp.Evaluate[[]string](`axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; ')))`, chromedp.EvalAwaitPromise))
			for _, violation := range found {
				t.Errorf("%s, %s: %s", path, scheme, violation)
			}
		}
	}
}
