package web_test

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The board is read with the keyboard alone, on a telephone, in the dark and on
// paper; its pictures are there, and its tables say the same.
func TestTheBoardIsReadInABrowser(t *testing.T) {
	t.Parallel()
	b := browse(t)
	b.goes("/")
	b.clicks(`nav a[href="/board"]`)
	b.sees("h1", "Outcomes of the network")
	b.sees("main", "Goals verified, from lab to lab", "Curie Lab", "Reached by the day agreed first", "-Meitner")
	if broken := js[[]string](b, `[...document.querySelectorAll('figure img')].filter(i => !i.complete || i.naturalWidth == 0 || !i.alt).map(i => i.src)`); len(broken) > 0 {
		t.Errorf("pictures are not there: %q", broken)
	}
	if n := js[int](b, `document.querySelectorAll('figure img').length`); n != 3 {
		t.Errorf("the board has %d pictures, want 3", n)
	}
	if got := js[string](b, `document.querySelector('#states').parentElement.querySelector('tbody').innerText`); !strings.Contains(got, "verified") {
		t.Errorf("the table below the picture says %q", got)
	}

	b.do(chromedp.Focus("#period"), chromedp.KeyEvent("2025"), chromedp.KeyEvent(kb.Tab))
	b.leads(chromedp.KeyEvent(kb.Enter))
	b.sees("[role=status]", "the network, 2025")
	b.do(chromedp.Focus(`.labs a[href^="/board/lab/"]`))
	b.leads(chromedp.KeyEvent(kb.Enter))
	b.sees("h1", "Outcomes of Curie Lab")
	b.sees("[role=status]", "Curie Lab, 2025")

	path := ana(b.site).opens(t, b.site.lab(t, "Curie"))
	b.goes(path)
	b.sees("main", "Only you have this address", "Research objects (RO-Crate)")
	b.do(chromedp.SetValue("#period", "2026-12-31..2026-01-01"))
	b.clicks("form button")
	b.sees(".problem", "is before the first")
	b.do(chromedp.EmulateViewport(360, 740))
	if width := js[int](b, `document.documentElement.scrollWidth`); width > 360 {
		t.Errorf("the own view is %d pixels wide on a screen of 360", width)
	}

	dark := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "dark"}}
	calls(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: dark})
	b.goes("/board")
	if got := js[string](b, `getComputedStyle(document.documentElement).backgroundColor + getComputedStyle(document.querySelector('figure img')).backgroundColor`); got != "rgb(20, 24, 28)rgb(255, 255, 255)" {
		t.Errorf("in dark mode the page and its pictures are %s", got)
	}
	calls(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: "print", Features: dark})
	for selector, want := range map[string]string{"form": "none", ".labs": "none", "figure": "block", "#flow": "block", ".wide table": "table"} {
		if got := js[string](b, `getComputedStyle(document.querySelector('`+selector+`')).display`); got != want {
			t.Errorf("on paper %s is %s, want %s", selector, got, want)
		}
	}
}
