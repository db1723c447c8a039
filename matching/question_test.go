package matching

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestMassesMakeAMillionAtMost(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		x, q := indexOf(crowd.Draw(t, "people")), query.Draw(t, "query")
		asked := x.ask(q)
		total := int64(0)
		for _, a := range asked.asks {
			total += a.mass
			if a.mass <= 0 || asked.at[a.unit] >= len(asked.asks) || asked.asks[asked.at[a.unit]].unit != a.unit {
				t.Errorf("ask(%q) holds %+v, at %d", q.Text, a.unit, asked.at[a.unit])
			}
		}
		if lost := million - total; len(asked.asks) > 0 && (lost < 0 || lost > int64(len(asked.asks))) {
			t.Errorf("the masses of %q sum to %d, want %d but for rounding down", q.Text, total, million)
		}
	})
}

func TestRareWordsTellMore(t *testing.T) {
	t.Parallel()
	x := NewIndex(Aliases{})
	for i, id := range []string{"a", "b", "c", "d"} {
		x.Put(Profile{ID: id, Shares: strings.Fields("optics lasers polymers quasars")[:i+1], About: "optics again"})
	}
	got := x.rarities(read("optics lasers polymers quasars xyzzyqq", Aliases{}))
	want := map[string]float64{"optics": 4, "lasers": 3, "polymers": 2, "quasars": 1, "xyzzyqq": 0.5}
	for word, users := range want {
		if rarity := got[stem(word)]; rarity != math.Log(1+4/users) {
			t.Errorf("rarity of %s = %v, want ln(1 + 4 / %v): a person counts once, whatever the kinds", word, rarity, users)
		}
	}
}

func TestAnAbbreviationIsNoRarerThanWhatItStandsFor(t *testing.T) {
	t.Parallel()
	x := NewIndex(standard())
	x.Put(Profile{ID: "a", Shares: []string{"large language models"}})
	x.Put(Profile{ID: "b", Shares: []string{"language models"}})
	x.Put(Profile{ID: "c", Shares: []string{"interpretability"}})
	got := x.rarities(read("LLM interpretability", x.aliases))
	if got["llm"] != got["larg"] || got["llm"] > got["interpret"] {
		t.Errorf("rarities = %v, want llm like its rarest word", got)
	}
}

func TestAskTakesThePairsOfAnAliasAndNotItsSingleWords(t *testing.T) {
	t.Parallel()
	x := NewIndex(standard())
	var units []string
	for _, a := range x.ask(Query{"LLM"}).asks {
		units = append(units, a.a+" "+a.b)
	}
	slices.Sort(units)
	if want := []string{"languag larg", "languag model", "llm "}; !slices.Equal(units, want) {
		t.Errorf("ask(LLM) = %q, want %q", units, want)
	}
	for _, a := range x.ask(Query{"large LLM"}).asks {
		if a.a == "larg" && a.b == "" && a.mass == 0 {
			t.Error("a word that is written counts, even if an alias has it too")
		}
	}
}

func TestFloorOfATopicAsksForMoreThanAStrayWord(t *testing.T) {
	t.Parallel()
	x := indexOf([]Profile{{ID: "a", Shares: []string{"one optics lasers"}}})
	q := x.ask(Query{"optics lasers polymers"})
	f := q.floor()
	for _, c := range []struct {
		score int32
		set   answers
		want  bool
	}{
		{0, 0, false},
		{0, 0b111, false},
		{1, 0b001, false},
		{1, 0b011, true},
		{1, 0b100, true}, // the rarest: nobody shares it, so it tells most
		{1, 0b111, true},
	} {
		if got := f.reached(c.score, c.set); got != c.want {
			t.Errorf("reached(%d, %03b) of rarities %v = %t, want %t", c.score, c.set, f.rarities, got, c.want)
		}
	}
}

func TestFloorOfProseIsAScore(t *testing.T) {
	t.Parallel()
	x := indexOf(network(5, 20))
	q := x.ask(Query{abstract})
	f := q.floor()
	if want := int32(proseFloor * million / float64(len(q.asks))); f.score != want || f.rarities != nil {
		t.Errorf("floor of prose = %+v, want a score of %d", f, want)
	}
	if f.reached(f.score-1, 0) || !f.reached(f.score, 0) {
		t.Errorf("reached near %d: %t and %t, want false and true", f.score, f.reached(f.score-1, 0), f.reached(f.score, 0))
	}
}

func TestTypedQuotesRunsOfTheQuestion(t *testing.T) {
	t.Parallel()
	q := question{reading: read("Optics of lasers, and the polymers or  quasars", Aliases{})}
	for _, c := range []struct {
		marked []bool
		want   string
	}{
		{[]bool{true, true, true, true}, "Optics of lasers, polymers or quasars"},
		{[]bool{true, false, true, false}, "Optics, polymers"},
		{[]bool{false, false, false, true}, "quasars"},
		{[]bool{false, false, false, false}, ""},
	} {
		if got := q.typed(c.marked); got != c.want {
			t.Errorf("typed(%v) = %q, want %q", c.marked, got, c.want)
		}
	}
}
