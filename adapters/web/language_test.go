package web_test

import (
	"net/http"
	"strings"
	"testing"

	"interlab/bot"
)

// A talk in another language than the usual one says so wherever it is read, to
// people and to programs.
func TestTheLanguageOfATalkIsSaid(t *testing.T) {
	t.Parallel()
	n := sampled(t)
	says(t, "the talk", n.page(t, "/talk/sample-soil"), "<dt>Language</dt><dd>German</dd>", `<h1 lang="de" dir="auto">Wie Böden`, `"inLanguage":"de"`)
	says(t, "another talk", n.page(t, "/talk/sample-sparse"), "-<dt>Language", "-inLanguage")
	says(t, "the list", n.page(t, "/"), "in German", `<option value="de">German</option>`, "All languages")
	says(t, "what is on in German", n.page(t, "/?language=de"), "Wie Böden", "-sparse codes say", "1 talk.", `selected>German`, "/feed.ics?language=de", "Talks in German")
	says(t, "by name", n.page(t, "/?language=german"), "Wie Böden", "1 talk.")
	for _, odd := range []string{"Elvish", "%3Cscript%3E", "de-AT-x-../../etc", ""} {
		says(t, "what is on in "+odd, n.page(t, "/?language="+odd), "Wie Böden", "-<script>")
	}
	says(t, "the calendar", n.page(t, "/feed.ics?language=de"), `\nLanguage: German`, "-sparse codes say")
	says(t, "the news", n.page(t, "/feed.atom?language=de"), `<entry xml:lang="de">`, "Language: German", "-sparse codes say")
	says(t, "the feed", n.page(t, "/feed.json?language=de"), `"language": "de"`, "-sparse codes say")
	if strings.Count(n.page(t, "/feed.json"), `"language": "de"`) != 1 {
		t.Error("the feed of all talks names the language of others than the one in German")
	}
}

// Where all talks are in one language there is nothing to choose.
func TestOneLanguageNeedsNoMenu(t *testing.T) {
	t.Parallel()
	p, err := bot.SampleProgramme()
	if err != nil {
		t.Fatal(err)
	}
	for i := range p.Talks {
		p.Talks[i].Language = ""
	}
	n := stand(t, p)
	says(t, "the list", n.page(t, "/"), "-All languages", "-in German")
	if r := n.answer(t, http.MethodGet, "/?language=de"); r.StatusCode != http.StatusOK {
		t.Errorf("GET /?language=de = %d", r.StatusCode)
	}
}
