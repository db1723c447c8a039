package main

import (
	"archive/zip"
	"bytes"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/rs/zerolog"

	"interlab/adapters/console"
	"interlab/adapters/web"
	"interlab/bot"
	"interlab/bot/exchange/export"
)

// siteLinks are the addresses of a page's own site, and its personal calendars.
var siteLinks = regexp.MustCompile(`(?:(?:href|src)="(?:https://talks\.example)?|https://talks\.example)(/[^"#&\x60\s<>]*)`)

// everywhere is all that can be read without the chat, by its address or name: each
// page and file of the site that leads from one to the next, and every export.
type everywhere struct {
	t    *testing.T
	site http.Handler
	read map[string]string
}

// page reads a page and all that it leads to.
func (w *everywhere) page(path string) {
	w.t.Helper()
	if _, ok := w.read[path]; ok {
		return
	}
	answer := httptest.NewRecorder()
	ask := httptest.NewRequestWithContext(w.t.Context(), http.MethodGet, path, nil)
	ask.Host = "talks.example"
	w.site.ServeHTTP(answer, ask)
	w.read[path] = answer.Body.String()
	if answer.Code != http.StatusOK {
		w.t.Errorf("GET %s = %d: %s", path, answer.Code, answer.Body)
	}
	if strings.HasPrefix(answer.Header().Get("Content-Type"), "application/zip") {
		w.unzip(path, answer.Body.Bytes())
		return
	}
	for _, found := range siteLinks.FindAllStringSubmatch(html.UnescapeString(answer.Body.String()), -1) {
		w.page(found[1])
	}
}

// unzip reads the files of an archive.
func (w *everywhere) unzip(name string, data []byte) {
	w.t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		w.t.Fatalf("%s: %v", name, err)
	}
	for _, f := range archive.File {
		file, err := f.Open()
		if err != nil {
			w.t.Fatal(err)
		}
		text, err := io.ReadAll(file)
		if err != nil {
			w.t.Fatal(err)
		}
		w.read[name+"/"+f.Name] = string(text)
	}
}

// readEverywhere reads it all, from the site's front and from secret addresses.
func readEverywhere(t *testing.T, th *theatre, secret ...string) map[string]string {
	t.Helper()
	app := th.world.bot()
	w := &everywhere{t: t, read: map[string]string{}, site: web.Public{
		Window: app.Window(), Personal: app.PersonalFeed, Own: app, Zones: th.world.rules,
		Name: "A network", Address: "https://talks.example", Log: zerolog.New(zerolog.NewTestWriter(t)),
	}.Handler()}
	for _, path := range append([]string{"/", "/archive", "/feed.ics", "/feed.atom", "/feed.json", "/board", "/residencies"}, secret...) {
		w.page(path)
	}
	for path := range w.read {
		if strings.HasPrefix(path, "/lab/") && !strings.ContainsAny(path[len("/lab/"):], "/.") {
			w.page(path + "/embed")
		}
	}
	for _, format := range []bot.Format{bot.FormatCSV, bot.FormatJSON, bot.FormatCrate, bot.FormatBibTeX} {
		for _, lab := range []string{"", "Curie", "Noether"} {
			var file export.File
			file, err := app.Export(t.Context(), bot.Order{Format: format, Lab: lab})
			if err != nil {
				t.Fatal(err)
			}
			name := string(format) + " of " + lab
			if format == bot.FormatJSON {
				w.read[name] = string(file.Data)
			} else {
				w.unzip(name, file.Data)
			}
		}
	}
	return w.read
}

// Whoever is forgotten was host, speaker, giver of goals and author: then nothing
// that can be read without the chat holds a byte of them, and it reads well.
func TestNoPageFeedOrExportHoldsWhoIsForgotten(t *testing.T) {
	t.Parallel()
	const file, turn = "bot/testdata/conversations/forgotten-everywhere.txt", "# She is forgotten."
	th := openTheatre(t, file)
	th.core()
	first, _, _ := strings.Cut(th.text, turn)
	second := "ana@slack:curie> profile forget\nana> press \"Yes, forget me\"\nclock +1h\n"
	var read [2]map[string]string
	var secret []string
	for i, part := range []string{first, second} {
		var err error
		if th.script, err = console.Parse(file, strings.NewReader(part)); err != nil {
			t.Fatal(err)
		}
		said := th.play()
		if i == 0 {
			secret = regexp.MustCompile(`/u/[a-z0-9]+\.ics`).FindAllString(said, -1)
		}
		read[i] = readEverywhere(t, th, secret...)
	}
	if len(secret) == 0 {
		t.Fatal("nobody has a secret address")
	}
	name := regexp.MustCompile(`(?i)\bana\b|ana@curie|slack:curie/ana`)
	held := map[string]bool{}
	for where, text := range read[0] {
		held[kindOf(where)] = held[kindOf(where)] || name.MatchString(where+"\n"+text)
	}
	for _, where := range append(secret, "/", "/archive", "/feed.ics", "/feed.atom", "/feed.json", "/lab", "/talk", "bibtex of ", "crate of ") {
		if !held[kindOf(where)] {
			t.Errorf("%s had nothing of Ana before, so that nothing is proved", where)
		}
	}
	for where, text := range read[1] {
		if found := name.FindString(where + "\n" + text); found != "" {
			t.Errorf("%s still has %q:\n%s", where, found, text)
		}
	}
	for where, want := range map[string]string{
		"/":          "Two views",
		"/archive":   "somebody who has left",
		"/feed.ics":  "STATUS:CANCELLED",
		"/feed.json": "Two views",
	} {
		if !strings.Contains(read[1][where], want) {
			t.Errorf("%s lacks %q:\n%s", where, want, read[1][where])
		}
	}
}

// kindOf is what an address or a name begins with: one of many of its kind.
func kindOf(where string) string {
	for _, kind := range []string{"/lab", "/talk", "/u/", "bibtex of ", "crate of "} {
		if strings.HasPrefix(where, kind) {
			return kind
		}
	}
	return where
}
