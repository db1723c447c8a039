package matching

import "testing"

// What people are shown of an abstract is a topic, not half a sentence.
func TestAPhraseEndsBeforeWhatSomethingDoes(t *testing.T) {
	t.Parallel()
	const frame = " We recruited volunteers in four hospitals, and asked them about their days, diets and journeys over two winters."
	for about, want := range map[string]string{
		"Chronic pain affects 40% of adults.":                        "Chronic pain",
		"Here alpha oscillations play a part.":                       "alpha oscillations",
		"We saw that taste sensitivity relates to diet.":             "taste sensitivity",
		"Mice that successfully learned conditioned taste aversion.": "conditioned taste aversion",
		"There the amygdala primarily localizes threats.":            "amygdala",
		"A few advanced Parkinson's disease cohorts.":                "advanced Parkinson's disease cohorts",
	} {
		x := NewIndex(DefaultAliases())
		x.Put(Profile{ID: "p", About: about + frame})
		found := x.Suggest(Query{Text: want}, 1, nil)
		if len(found) != 1 || len(found[0].Reasons) == 0 || found[0].Reasons[0].Phrase != want {
			t.Errorf("asked for %q, %q gives %+v, want that phrase alone", want, about, found)
		}
	}
}

func TestActionsCountForNoScore(t *testing.T) {
	t.Parallel()
	x := NewIndex(DefaultAliases())
	x.Put(Profile{ID: "p", Shares: []string{"gene regulation", "motor control"}})
	for _, topic := range []string{"regulates genes", "control"} {
		if found := x.Suggest(Query{Text: topic}, 1, nil); len(found) != 1 {
			t.Errorf("Suggest(%q) found %d people, want 1", topic, len(found))
		}
	}
}
