package web_test

import (
	"strings"
	"testing"

	"interlab/bot"
)

// Somebody who comes from outside learns what this is, what is on next and how
// to come.
func TestAFirstVisitorLearnsWhatThisIs(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	says(t, "the first page", n.page(t, "/"), "Example Network is a network of research labs that open their talks to one another", `<a href="/about">How to come</a>`, `<a href="/?when=week">The next 7 days</a>`)
	says(t, "how to come", n.page(t, "/about"), "/interlab colloquium list", "If your lab is not here yet", `<a href="/lab/`+n.lab(t, "Curie"), `aria-current="page">How to come`)
	says(t, "a page that is not there", read(t, n.answer(t, "GET", "/none")), `<a class="act first" href="/">The talks to come</a>`, `href="/about"`)
	says(t, "the talk", n.page(t, "/talk/sample-sparse"), "Add to my calendar", "How a lab joins")
	says(t, "the series", n.page(t, "/series/sample-reading"), "Talks that come again")
}

// How far ahead one looks, and what one looks for, keep each other.
func TestSpansKeepWhatIsLookedFor(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	text := n.page(t, "/?q=listening&when=month&page=3")
	says(t, "a month ahead", text, "Listening to coral reefs", `<input type="hidden" name="when" value="month">`, `<a href="/?q=listening&amp;when=week">`, `<a href="/?q=listening">All to come</a>`,
		`<a href="/?q=listening&amp;when=month" aria-current="true">`)
	if strings.Contains(text, "page=3") && !strings.Contains(text, `name="page"`) {
		t.Error("another span begins at a later page")
	}
	says(t, "a lab alone", n.page(t, "/?lab="+n.lab(t, "Curie")), "<details open>")
	says(t, "words alone", n.page(t, "/?q=rivers"), "<details>")
}

// Where nothing is on, the page says what one can do.
func TestAnEmptyProgrammeSaysWhatToDo(t *testing.T) {
	t.Parallel()
	n := stand(t, bot.Programme{})
	says(t, "the list", n.page(t, "/"), "No talk is announced at the moment. Subscribe below", "/feed.ics", "-No talk answers this")
	says(t, "a search", n.page(t, "/?q=x"), "No talk answers this. Ask for less, or look further ahead.")
	says(t, "the next days", n.page(t, "/?when=week"), "No talk answers this.")
	says(t, "how to come", n.page(t, "/about"), "No lab has announced anything yet.")
}
