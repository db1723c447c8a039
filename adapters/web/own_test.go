package web_test

import (
	"archive/zip"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"interlab/bot/chat"
	"interlab/bot/seal"
)

// somebody is a person of the sample network in their lab's home.
type somebody struct {
	*network
	account chat.Account
	home    chat.Home
	events  int
}

func ana(n *network) *somebody {
	return &somebody{network: n, account: chat.Account{Platform: "slack", Team: "curie", User: "ana"}, home: chat.Home{Platform: "slack", ID: "curie"}}
}

// organiser is one whom the settings name.
func (n *network) organiser() *somebody {
	return &somebody{network: n, account: chat.Account{Platform: "slack", Team: "office", User: "olga"}, home: chat.Home{Platform: "slack", ID: "office"}}
}

// does what a person does in chat.
func (p *somebody) does(t *testing.T, input chat.Input) {
	t.Helper()
	p.events++
	ticket, err := p.app.Accept(t.Context(), chat.Event{ID: fmt.Sprint(p.account.User, p.events), At: p.clock.Now(), From: p.account, In: chat.Place{Home: p.home}, Input: input})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.app.Handle(t.Context(), ticket); err != nil {
		t.Fatal(err)
	}
}

// opens presses the button below the report of a lab: the path that is said.
func (p *somebody) opens(t *testing.T, lab string) string {
	t.Helper()
	p.does(t, chat.Press{Ref: chat.Ref{Route: "report.web", ID: lab}})
	path := regexp.MustCompile(`/own/[\w.-]+`).FindString(fmt.Sprintf("%+v", p.heard.last))
	if path == "" {
		t.Fatalf("no address in %+v", p.heard.last)
	}
	return path
}

func TestALabsOwnViewHasEverythingForAnHour(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	person := ana(n)
	path := person.opens(t, n.lab(t, "Curie"))
	r := n.answer(t, http.MethodGet, path)
	says(t, "the own view", read(t, r), "Curie Lab: your lab&#39;s own view", "noindex", "Goals verified, from lab to lab", "Reached by the day agreed first", "outcomes-crate.zip", "outcomes-bibtex.zip", "Patching tests")
	for name, want := range map[string]string{"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"} {
		if got := r.Header.Get(name); got != want {
			t.Errorf("the own view has %s: %s, want %s", name, got, want)
		}
	}
	says(t, "the own view of 2025", n.page(t, path+"?period=2025"), "from Wed 1 Jan 2025 to Wed 31 Dec 2025", "flow.svg?period=2025-01-01..2025-12-31")
	says(t, "the own view of no time", n.page(t, path+"?period=2026-12-31..2026-01-01"), "is before the first", "all the time so far")
	says(t, "the own view of markup", n.page(t, path+"?period=%3Cscript%3E"), "I do not understand the period", "-<script>")
	for _, name := range []string{"outcomes-csv.zip", "outcomes-crate.zip", "outcomes-bibtex.zip"} {
		data := n.page(t, path+"/"+name)
		if archive, err := zip.NewReader(strings.NewReader(data), int64(len(data))); err != nil || name != "outcomes-bibtex.zip" && len(archive.File) < 5 {
			t.Errorf("%s is %d bytes, %v", name, len(data), err)
		}
	}
	says(t, "the JSON", n.page(t, path+"/outcomes.json"), `"exchanges"`, `"sample-x-sparse"`, "Noether runs patching tests")
	says(t, "a picture", n.page(t, path+"/flow.svg"), "<svg")
	n.clock.move(time.Hour)
	if r := n.answer(t, http.MethodGet, path); r.StatusCode != http.StatusNotFound {
		t.Errorf("after an hour the own view is %d, want 404", r.StatusCode)
	}
	if strings.Contains(n.log.String(), "/own/") || strings.Contains(n.log.String(), path[len("/own/"):]) {
		t.Errorf("the log has an address: %s", n.log)
	}
}

// Whoever may not see the figures any more sees what nobody ever could.
func TestALabsOwnViewEndsWithTheRightToIt(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	person := ana(n)
	path := person.opens(t, n.lab(t, "Curie"))
	n.page(t, path)
	nothing := read(t, n.answer(t, http.MethodGet, "/own/"+strings.Repeat("a", 32)))
	same := func(why string, paths ...string) {
		t.Helper()
		for _, p := range paths {
			if r := n.answer(t, http.MethodGet, p); r.StatusCode != http.StatusNotFound || read(t, r) != nothing {
				t.Errorf("%s: GET %s = %d, want the page of what never was", why, p, r.StatusCode)
			}
		}
	}
	forged := path[:len(path)-1] + "2"
	if forged == path {
		forged = path[:len(path)-1] + "3"
	}
	same("forged", forged, path+"x", "/own/"+strings.ToUpper(path[5:]))
	same("no such file", path+"/x", path+"/flow.png")
	// The same words, signed by other keys or for something else.
	parts := strings.Split(path[len("/own/"):], ".")
	said, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil {
		t.Fatal(err)
	}
	signed := func(ring *seal.Ring, purpose string) string {
		t.Helper()
		token, err := ring.Sign(purpose, said[8:], n.clock.Now().Add(time.Minute))
		if err != nil {
			t.Fatal(err)
		}
		return "/own/" + token
	}
	n.page(t, signed(n.ring, "a lab's own figures"))
	same("of other keys", signed(aRing(t, "test"), "a lab's own figures"))
	same("for something else", signed(n.ring, "a calendar"))
	// Another lab lives in the same workspace by now, and she has gone to it.
	n.organiser().does(t, chat.Call{Path: []string{"admin", "home"}, Args: map[string]string{"lab": "Noether Lab", "home": "slack:curie"}})
	person.does(t, chat.Call{Path: []string{"profile", "set"}, Args: map[string]string{"lab": "Noether Lab"}})
	same("left the lab", path, path+"/outcomes.json", path+"/flow.svg")
}
