package matching

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestARelatedTopicIsFoundWithoutACommonWord(t *testing.T) {
	t.Parallel()
	x := indexOf([]Profile{
		{ID: "fold", Shares: []string{"birds", "AlphaFold structure prediction"}},
		{ID: "same", Shares: []string{"protein folding"}},
		{ID: "seeks", Seeks: []string{"AlphaFold structure prediction"}},
		{ID: "other", Shares: []string{"medieval trade law", "ethnography"}},
	})
	if got, want := answer(x, "protein folding"), "same fold"; got != want {
		t.Fatalf("Suggest(protein folding) = %q, want %q", got, want)
	}
	found := x.Suggest(Query{"protein folding"}, 5, nil)
	if want := (Reason{RelatedTopic, "AlphaFold structure prediction", "protein folding", found[1].Score}); !slices.Equal(found[1].Reasons, []Reason{want}) {
		t.Errorf("reasons = %+v, want %+v alone", found[1].Reasons, want)
	}
	if got := found[0].Reasons; len(got) != 1 || got[0].Kind != SharesTopic {
		t.Errorf("reasons of the same words = %+v, want no more than these", got)
	}
}

func TestWordsNeverCountLessForARelatedTopic(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words, related := rapid.Int64Range(0, 3*million).Draw(t, "words"), rapid.Int64Range(0, relatedMost).Draw(t, "related")
		r := reading{prose: rapid.Bool().Draw(t, "prose")}
		now := words + r.beside(words, related)
		if more := words + 1 + r.beside(words+1, related); more < now || now < words {
			t.Errorf("score of %d by words, related by %d = %d; by one more %d", words, related, now, more)
		}
		if words >= million && now != words {
			t.Errorf("a full score of %d grows to %d", words, now)
		}
	})
}

func TestAPlaceIsNearestToItself(t *testing.T) {
	t.Parallel()
	texts := []string{"protein folding", "graph theory", "ethnography of laboratories", "monetary policy"}
	for _, text := range texts {
		p, _, ok := placeOf(text, nil)
		if !ok || p.related(&p) < relatedMost*9/10 || p.related(&p) > relatedMost {
			t.Errorf("%q adds %d to itself, want about %d", text, p.related(&p), relatedMost)
		}
		for _, other := range texts {
			if q, _, _ := placeOf(other, nil); other != text && p.related(&q) != 0 {
				t.Errorf("%q and %q are related by %d, want 0", text, other, p.related(&q))
			}
		}
	}
	if p, _, ok := placeOf("xyzzyqq", nil); ok || p != (place{}) {
		t.Errorf("placeOf(xyzzyqq) = %v, %t, want none", p, ok)
	}
}

func TestTheShortcutNeverMissesARelatedTopic(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(4, 4))
	whole := func(p, q *place) int64 { return int64(p.dot(q, 0, len(p.at))) }
	texts := []string{"protein folding", "AlphaFold structure prediction", "structure of proteins", "graph theory", "spectral graph theory", "monetary policy", "inflation and prices"}
	for range 2000 {
		p, _, _ := placeOf(texts[random.IntN(len(texts))], nil)
		q, _, _ := placeOf(texts[random.IntN(len(texts))], nil)
		for range random.IntN(60) { // somewhere near
			p.at[random.IntN(len(p.at))] = q.at[random.IntN(len(q.at))]
		}
		p.rest = 127 * 10
		if got, want := p.related(&q) > 0, whole(&p, &q) > relatedFloor*placeOne*placeOne/100+1; want && !got {
			t.Errorf("places with the product %d are not related", whole(&p, &q))
		}
	}
	for _, a := range texts {
		for _, b := range texts {
			p, _, _ := placeOf(a, nil)
			q, _, _ := placeOf(b, nil)
			if rest := p.dot(&q, leading, len(p.at)); rest > p.rest*q.rest {
				t.Errorf("%q and %q: the rests make %d, above the bound of %d", a, b, rest, p.rest*q.rest)
			}
		}
	}
}

func TestAGazetteerForgetsWhoLeft(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		g := newGazetteer()
		shared := map[uint32][]string{}
		for step := range rapid.IntRange(0, 30).Draw(t, "steps") {
			slot := uint32(step % 5)
			if _, here := shared[slot]; here {
				g.remove(shared[slot], slot)
			}
			shared[slot] = rapid.SliceOfN(rapid.SampledFrom([]string{"Graph theory", "graph theory", "protein folding", "xyzzyqq", "", "birds"}), 0, 4).Draw(t, "topics")
			g.put(shared[slot], place{}, slot)
		}
		fresh := newGazetteer()
		for slot, topics := range shared {
			fresh.put(topics, place{}, slot)
		}
		if len(g.list) != len(fresh.list) || len(g.rows) != len(g.list) {
			t.Fatalf("%d topics, want %d", len(g.list), len(fresh.list))
		}
		for key, row := range fresh.rows {
			if got, want := g.list[g.rows[key]], fresh.list[row]; got.key != want.key || !slices.Equal(got.slots, want.slots) {
				t.Errorf("%q is shared by %v, want %v", key, got.slots, want.slots)
			}
		}
		for slot, topics := range shared {
			g.remove(topics, slot)
		}
		if len(g.list)+len(g.rows) != 0 {
			t.Errorf("%d topics are left of nobody", len(g.list))
		}
	})
}
