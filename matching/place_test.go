package matching

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const reefText = "I came here from the coast. For ten years we have watched corals bleach when the sea gets warm, and counted " +
	"which fish stay on the reef; we also teach divers how to survey marine life, and keep the long records of three islands."

func TestATextAboutAPersonIsFoundWithoutACommonWord(t *testing.T) {
	t.Parallel()
	x := indexOf([]Profile{
		{ID: "reef", About: reefText},
		{ID: "law", About: "I study how medieval courts settled trade disputes between merchants of different towns and what their ledgers say."},
	})
	found := x.Suggest(Query{"oceanic ecosystems"}, 5, nil)
	if len(found) != 1 || found[0].ID != "reef" || len(found[0].Reasons) != 1 {
		t.Fatalf("Suggest(oceanic ecosystems) = %+v, want the one who writes of reefs, for one reason", found)
	}
	reason := found[0].Reasons[0]
	if reason.Kind != RelatedTopic || !strings.Contains(reefText, reason.Phrase) || reason.Asked != "oceanic ecosystems" {
		t.Errorf("reason = %+v, want a phrase of the text as it was typed", reason)
	}
	if got := len(strings.Fields(reason.Phrase)); got > 2*shownWords {
		t.Errorf("phrase %q has %d words, want a few", reason.Phrase, got)
	}
}

func TestATopicThatIsSharedTellsMoreThanATextByItsPlace(t *testing.T) {
	t.Parallel()
	x := indexOf([]Profile{{ID: "text", About: "marine life on coral reefs"}, {ID: "topic", Shares: []string{"marine life on coral reefs"}}})
	if got := answer(x, "oceanic ecosystems"); got != "topic text" {
		t.Errorf("Suggest(oceanic ecosystems) = %q, want who shares it before who mentions it", got)
	}
}

func TestAPastedTextIsComparedByItsWordsFirst(t *testing.T) {
	t.Parallel()
	long := reading{prose: true}
	short := reading{}
	if long.beside(0, 1000) >= short.beside(0, 1000) || long.beside(0, 1000) <= 0 {
		t.Errorf("a place adds %d to a pasted text and %d to a topic, want less and not nothing", long.beside(0, 1000), short.beside(0, 1000))
	}
}

func TestNearestPhraseIsThePersonsOwn(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		text, q := prose.Draw(t, "text"), topic.Draw(t, "asked")
		at, _, _ := placeOf(q, nil)
		if phrase := nearestPhrase(text, &at, standard()); !strings.Contains(clean(text), phrase) {
			t.Errorf("nearestPhrase(%q) = %q, which is not in it", text, phrase)
		}
	})
	for _, text := range []string{"", " ", "the of", "🧠", "xyzzyqq", strings.Repeat("xyzzyqq ", 50)} {
		at, _, _ := placeOf("graph theory", nil)
		if phrase := nearestPhrase(text, &at, standard()); !strings.Contains(clean(text), phrase) {
			t.Errorf("nearestPhrase(%q) = %q, which is not in it", text, phrase)
		}
	}
}

func TestWhatDidNotChangeIsNotReadAgain(t *testing.T) {
	t.Parallel()
	p := Profile{ID: "a", Shares: []string{"graph theory"}, Seeks: []string{"birds"}, About: "I dive"}
	x := indexOf([]Profile{p})
	if !x.has(p) {
		t.Error("an equal profile is not known")
	}
	for name, change := range map[string]func(*Profile){
		"id": func(p *Profile) { p.ID = "b" }, "shares": func(p *Profile) { p.Shares = nil },
		"seeks": func(p *Profile) { p.Seeks = []string{"fish"} }, "about": func(p *Profile) { p.About = "I swim" },
	} {
		other := p
		change(&other)
		if x.has(other) {
			t.Errorf("another %s counts as known", name)
		}
		x.Put(other)
		if !x.has(other) {
			t.Errorf("another %s is not known after Put", name)
		}
		x.Put(p)
	}
}

func TestWordsOfOtherFieldsKeepTheirOwnStems(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{
		{"transformer", "transform"},
		{"organism", "organ"},
		{"organization", "organ"},
		{"university", "universe"},
		{"experiment", "experience"},
		{"organisation", "organism"},
	} {
		if stem(pair[0]) == stem(pair[1]) {
			t.Errorf("%q and %q have the stem %q", pair[0], pair[1], stem(pair[0]))
		}
	}
	for _, pair := range [][2]string{
		{"transformer", "transformers"},
		{"organism", "organisms"},
		{"organisation", "organizational"},
		{"university", "universities"},
		{"experiment", "experimental"},
		{"organ", "organs"},
	} {
		if stem(pair[0]) != stem(pair[1]) {
			t.Errorf("%q and %q have the stems %q and %q, want one", pair[0], pair[1], stem(pair[0]), stem(pair[1]))
		}
	}
}

func TestUsageCountsWhatOtherWordsTell(t *testing.T) {
	t.Parallel()
	g := newGazetteer()
	g.put([]string{"high voltage transformer"}, place{}, 0)
	g.put([]string{"transformer", "High voltage transformer"}, place{}, 1)
	phrase := standardSenses()["transformer"][0]
	if got := g.usage[phrase]; len(got) != 2 || got[0] != 0 || got[1] != 2 {
		t.Errorf("usage of transformer = %v, want two people who mean electricity", got)
	}
	if got := g.usage.most(phrase); got != 1 {
		t.Errorf("the usual sense is %d, want 1", got)
	}
	g.remove([]string{"high voltage transformer"}, 0)
	g.remove([]string{"transformer", "High voltage transformer"}, 1)
	if got := g.usage.most(phrase); got != 0 {
		t.Errorf("the usual sense of nobody is %d, want the first", got)
	}
}
