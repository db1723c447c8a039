package web_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"interlab/adapters/web"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/calendar/icstest"
)

var update = flag.Bool("update", false, "write the feeds in testdata anew")

// The feeds of the sample network are as they were: whoever reads them relies on it.
func TestFeedsAreAsTheyWere(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	for target, kind := range map[string]string{
		"/feed.ics": "text/calendar; charset=utf-8", "/feed.atom": "application/atom+xml; charset=utf-8", "/feed.json": "application/feed+json; charset=utf-8",
		"/topic/privacy.ics": "text/calendar; charset=utf-8", "/series/sample-reading.atom": "application/atom+xml; charset=utf-8", "/talk/sample-operators.ics": "text/calendar; charset=utf-8",
	} {
		r := n.answer(t, http.MethodGet, target)
		got := read(t, r)
		if r.StatusCode != http.StatusOK || r.Header.Get("Content-Type") != kind {
			t.Errorf("GET %s = %d, %s", target, r.StatusCode, r.Header.Get("Content-Type"))
		}
		golden := filepath.Join("testdata", strings.ReplaceAll(strings.TrimPrefix(target, "/"), "/", "-"))
		if *update {
			if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("GET %s (-want +got):\n%s", target, diff)
		}
		if faults := icstest.Faults([]byte(got)); strings.HasSuffix(target, ".ics") && faults != nil {
			t.Errorf("GET %s has faults: %q", target, faults)
		}
		if strings.HasSuffix(target, ".atom") && xml.Unmarshal([]byte(got), new(any)) != nil {
			t.Errorf("GET %s is no XML", target)
		}
		if strings.HasSuffix(target, ".json") && !json.Valid([]byte(got)) {
			t.Errorf("GET %s is no JSON", target)
		}
	}
}

func TestEveryFormOfAFeedHasTheSameTalks(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	curie := n.lab(t, "Curie")
	for _, path := range []string{"/feed", "/lab/" + curie, "/topic/privacy", "/series/sample-reading", "/talk/sample-graphs"} {
		counts := []int{
			strings.Count(n.page(t, path+".ics"), "BEGIN:VEVENT"), strings.Count(n.page(t, path+".atom"), "<entry"), strings.Count(n.page(t, path+".json"), `"content_text"`),
		}
		if counts[0] == 0 || counts[0] != counts[1] || counts[0] != counts[2] {
			t.Errorf("%s has %v talks as ics, atom and json", path, counts)
		}
	}
	for target, want := range map[string]int{"/feed.ics?topic=privacy&lab=" + curie: 0, "/feed.ics?q=floods": 1, "/topic/none.ics": 0, "/feed.ics?lab=" + curie: 5} {
		if got := strings.Count(n.page(t, target), "BEGIN:VEVENT"); got != want {
			t.Errorf("GET %s has %d talks, want %d", target, got, want)
		}
	}
	for _, target := range []string{"/lab/none.ics", "/series/none.atom", "/talk/none.json", "/talk/none.ics", "/talk/none.png", "/feed.ics?lab=none", "/feed.json?series=none", "/lab/" + curie + ".png"} {
		if r := n.answer(t, http.MethodGet, target); r.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", target, r.StatusCode)
		}
	}
}

func TestAFeedRepeatsItsBytesUntilATalkChanges(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	read := func(target string) (string, string) {
		r := n.answer(t, http.MethodGet, target)
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(body), r.Header.Get("ETag")
	}
	for _, target := range []string{"/feed.ics", "/feed.atom", "/feed.json", "/", "/talk/sample-graphs"} {
		body, tag := read(target)
		n.clock.move(2 * time.Second)
		again, same := read(target)
		n.clock.move(2 * time.Hour)
		if later, too := read(target); again != body || same != tag || later != body || too != tag || len(tag) < 20 {
			t.Errorf("GET %s changes though nothing has: %s, %s, %s", target, tag, same, too)
		}
	}
	_, tag := read("/feed.ics")
	programme := bot.Programme{Talks: []bot.StagedTalk{{ID: "new", Title: "New", Speaker: "Ana", Lab: "Curie Lab", InDays: 3, At: "10:00", Zone: calendar.UTC(), Minutes: 60}}}
	if err := n.app.Stage(t.Context(), programme); err != nil {
		t.Fatal(err)
	}
	n.clock.move(6 * time.Second)
	if body, newer := read("/feed.ics"); newer == tag || !strings.Contains(body, "SUMMARY:New") {
		t.Error("a new talk leaves the feed as it was")
	}
}

// What a cache has already it is told so, and nobody asks the store for it.
func TestAStormOfQuestionsWhetherAnythingIsNewAsksTheStoreNothing(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	for _, target := range []string{"/feed.ics", "/feed.atom", "/"} {
		tag := n.answer(t, http.MethodGet, target, "Accept-Encoding", "gzip").Header.Get("ETag")
		asked := n.asked()
		var storm sync.WaitGroup
		for range 40 {
			storm.Go(func() {
				for range 4 {
					r := n.answer(t, http.MethodGet, target, "If-None-Match", tag, "Accept-Encoding", "gzip")
					if body, _ := io.ReadAll(r.Body); r.StatusCode != http.StatusNotModified || len(body) > 0 || r.Header.Get("ETag") != tag || r.Header.Get("Cache-Control") == "" {
						t.Errorf("GET %s again = %d with %d bytes", target, r.StatusCode, len(body))
						return
					}
				}
			})
		}
		storm.Wait()
		if got := n.asked() - asked; got != 0 {
			t.Errorf("160 questions after %s asked the store %d times, want 0", target, got)
		}
	}
}

func TestValidatorsAreOfTheBytesThatWereSent(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	plain := n.answer(t, http.MethodGet, "/feed.ics")
	zipped := n.answer(t, http.MethodGet, "/feed.ics", "Accept-Encoding", "br, gzip;q=0.5")
	unzip, err := gzip.NewReader(zipped.Body)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(unzip)
	if err != nil || string(body) != read(t, plain) || zipped.Header.Get("Content-Encoding") != "gzip" {
		t.Errorf("the compressed feed differs, %v", err)
	}
	one, two := plain.Header.Get("ETag"), zipped.Header.Get("ETag")
	if one == two || strings.HasPrefix(one, "W/") || !strings.Contains(strings.Join(plain.Header.Values("Vary"), ","), "Accept-Encoding") {
		t.Errorf("the validators are %s and %s, Vary %q", one, two, plain.Header.Values("Vary"))
	}
	for asked, want := range map[string]int{
		one: http.StatusNotModified, "W/" + one: http.StatusNotModified, `"x", ` + one: http.StatusNotModified, "*": http.StatusNotModified,
		two: http.StatusOK, `"x"`: http.StatusOK, "": http.StatusOK, strings.Trim(one, `"`): http.StatusOK,
	} {
		if r := n.answer(t, http.MethodGet, "/feed.ics", "If-None-Match", asked); r.StatusCode != want {
			t.Errorf("If-None-Match: %s = %d, want %d", asked, r.StatusCode, want)
		}
	}
	if r := n.answer(t, http.MethodGet, "/feed.ics", "If-Modified-Since", time.Now().Format(http.TimeFormat)); r.StatusCode != http.StatusOK {
		t.Errorf("If-Modified-Since = %d, want 200: only bytes tell", r.StatusCode)
	}
	for _, none := range []string{"gzip;q=0", "identity", "gzip;q=x"} {
		if r := n.answer(t, http.MethodGet, "/feed.ics", "Accept-Encoding", none); r.Header.Get("Content-Encoding") != "" {
			t.Errorf("Accept-Encoding: %s is answered with %s", none, r.Header.Get("Content-Encoding"))
		}
	}
	head := n.answer(t, http.MethodHead, "/feed.ics")
	if body := read(t, head); body != "" || head.Header.Get("ETag") != one || head.Header.Get("Content-Length") != plain.Header.Get("Content-Length") {
		t.Errorf("HEAD has %d bytes and the headers %v", len(body), head.Header)
	}
}

// member joins Ana, who says that she comes to a talk for whoever comes, and makes
// an address.
func member(t *testing.T, n *network) (renew func() string) {
	t.Helper()
	ana := chat.Account{Platform: "slack", Team: "curie", User: "ana"}
	home := chat.Home{Platform: "slack", ID: "curie"}
	n.site = web.Public{
		Window: n.app.Window(), Personal: n.app.PersonalFeed, Zones: calendar.Pinned(), Name: "Example Network", Address: "https://talks.example",
		Log: zerologTo(n.log),
	}.Handler()
	if _, err := n.app.Populate(t.Context(), []bot.Newcomer{{Name: "Ana Ruiz", Account: ana, Home: home, Lab: "Curie Lab", Values: map[string]string{"shares": "codes", "zone": "Europe/Paris", "contact": "ana@curie.example"}}}); err != nil {
		t.Fatal(err)
	}
	events := 0
	does := func(input chat.Input) {
		events++
		ticket, err := n.app.Accept(t.Context(), chat.Event{ID: "e" + string(rune('a'+events)), At: n.clock.Now(), From: ana, Name: "Ana", In: chat.Place{Home: home}, Input: input})
		if err != nil {
			t.Fatal(err)
		}
		if err := n.app.Handle(t.Context(), ticket); err != nil {
			t.Fatal(err)
		}
	}
	does(chat.Press{Ref: chat.Ref{Route: "colloquium.come", ID: "sample-operators"}})
	return func() string {
		does(chat.Press{Ref: chat.Ref{Route: "profile.calendar.new"}})
		return n.heard.address(t)
	}
}

// flipped is a key with its first letter in the other case.
func flipped(key string) string {
	i := strings.IndexFunc(key, unicode.IsLetter)
	r := unicode.ToUpper(rune(key[i]))
	if unicode.IsUpper(rune(key[i])) {
		r = unicode.ToLower(rune(key[i]))
	}
	return key[:i] + string(r) + key[i+1:]
}

func TestOnesOwnCalendarHasOnesLinksAndNobodyElses(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	renew := member(t, n)
	first := renew()
	r := n.answer(t, http.MethodGet, first)
	says(t, "the own calendar", strings.ReplaceAll(read(t, r), "\r\n ", ""), "https://meet.example/rivers", "SUMMARY:Neural operators", "-sparse codes")
	if r.Header.Get("Cache-Control") != "private, no-store" || r.Header.Get("X-Robots-Tag") != "noindex" || r.Header.Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("the own calendar has the headers %v", r.Header)
	}
	asked := n.asked()
	for range 50 {
		n.page(t, first)
	}
	if got := n.asked() - asked; got != 0 {
		t.Errorf("50 readings more asked the store %d times, want 0", got)
	}
	second := renew()
	n.clock.move(6 * time.Second)
	says(t, "the new address", n.page(t, second), "BEGIN:VEVENT")
	unknown := read(t, n.answer(t, http.MethodGet, "/u/"+strings.Repeat("a", 32)+".ics"))
	key := strings.TrimSuffix(strings.TrimPrefix(second, "/u/"), ".ics")
	for _, target := range []string{
		first, strings.TrimSuffix(second, ".ics"), "/u/x.ics", "/u/.ics", "/u/" + key + ".json", "/u/" + key + ".ics.ics", "/u/" + key + "%00.ics", "/u/%00" + key + ".ics",
		"/u/" + key + "%20.ics", "/u/" + key[:len(key)-1] + ".ics", "/u/" + flipped(key) + ".ics", "/u/" + strings.Repeat(key, 100) + ".ics", "/u/..%2fu%2f" + key + ".ics", "/u/*.ics",
	} {
		if r := n.answer(t, http.MethodGet, target); r.StatusCode != http.StatusNotFound || read(t, r) != unknown {
			t.Errorf("GET %s = %d, want the page of what never was", target, r.StatusCode)
		}
	}
	if strings.Contains(n.log.String(), "/u/") {
		t.Errorf("the log has an address: %s", n.log)
	}
}

func TestThePictureOfATalkIsSmallAndShowsNoLink(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	r := n.answer(t, http.MethodGet, "/talk/sample-sparse.png")
	body := []byte(read(t, r))
	if r.Header.Get("Content-Type") != "image/png" || len(body) > 40<<10 || !bytes.HasPrefix(body, []byte("\x89PNG")) {
		t.Errorf("the picture is %s of %d bytes", r.Header.Get("Content-Type"), len(body))
	}
	if cancelled := read(t, n.answer(t, http.MethodGet, "/talk/sample-proofs.png")); cancelled == string(body) {
		t.Error("two talks have the same picture")
	}
}
