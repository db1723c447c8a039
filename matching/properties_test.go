package matching

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// few words, so that invented people have much in common.
var (
	vocabulary = rapid.SampledFrom(strings.Fields("sparse autoencoders LLM SAE fMRI graph theory model models of for, the R " +
		"learning human feedback rlhf brain imaging language large neural networks ml deep"))
	topic = rapid.Map(rapid.SliceOfN(vocabulary, 0, 5), func(w []string) string { return strings.Join(w, " ") })
	prose = rapid.Map(rapid.SliceOfN(vocabulary, 0, 60), func(w []string) string { return strings.Join(w, " ") })
	crowd = rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) Profile {
		return Profile{
			ID:     rapid.StringMatching("[a-e][0-9]").Draw(t, "id"),
			Shares: rapid.SliceOfN(topic, 0, 4).Draw(t, "shares"),
			Seeks:  rapid.SliceOfN(topic, 0, 2).Draw(t, "seeks"),
			About:  prose.Draw(t, "about"),
		}
	}), 1, 12, func(p Profile) string { return p.ID })
	query = rapid.Map(rapid.OneOf(topic, prose), func(s string) Query { return Query{s} })
)

// bruteForce scores one person by the definition, without an index.
func bruteForce(q Query, people []Profile, p Profile) int64 {
	aliases := standard()
	r := read(q.Text, aliases)
	used, means := newPostings(), usage{}
	for _, other := range people {
		for k := range kinds {
			for u := range weights(other, k, aliases) {
				used.number(u.a)
			}
		}
		for topic := range distinct(other.Shares) {
			if _, found, ok := placeOf(topic, nil); ok {
				means.count(found, 1)
			}
		}
	}
	r.respell(&used)
	rarity := map[string]float64{}
	for _, o := range r.units {
		users := 0
		for _, other := range people {
			for k := range kinds {
				if weights(other, k, aliases)[unit{a: o.a}] > 0 {
					users++
					break
				}
			}
		}
		rarity[o.a] = math.Log(1 + float64(len(people))/max(float64(users), 0.5))
	}
	r.levelAliases(rarity)
	asks, masses, _ := r.distinct(rarity)
	total, score := 0.0, int64(0)
	for _, m := range masses {
		total += m
	}
	answered, least, set, near := 0.0, 0.0, answers(0), int64(0)
	if at, _, ok := placeOf(r.respelled(), means); ok {
		for _, topic := range p.Shares {
			if there, _, ok := placeOf(strings.ToLower(clean(topic)), nil); ok {
				near = max(near, int64(there.related(&at)))
			}
		}
		if there, _, ok := placeOf(p.About, nil); ok {
			near = max(near, int64(there.relatedText(&at)))
		}
	}
	for i, a := range asks {
		for k := range kinds {
			if w := weights(p, k, aliases)[a.unit]; w > 0 {
				score += addend(int64(masses[i]/total*million*r.alikeness(a.unit)), w)
				set |= a.answers
			}
		}
	}
	if r.prose {
		if float64(score) < math.Floor(proseFloor*million/float64(len(asks))) {
			return r.beside(score*min(near, 1), near) + score*min(near, 1)
		}
		return r.beside(score, near) + score
	}
	for i, w := range r.words {
		least += topicFloor * rarity[w.stem]
		if set&(1<<i) != 0 {
			answered += rarity[w.stem]
		}
	}
	if near == 0 && answered < least {
		return 0
	}
	return r.beside(score, near) + score
}

func TestSuggestEqualsBruteForce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, q, k := crowd.Draw(t, "people"), query.Draw(t, "query"), rapid.IntRange(-1, 14).Draw(t, "k")
		even := func(id string) bool { return (id[0]+id[1])%2 == 0 }
		type scored struct {
			ID    string
			Score int64
		}
		var want, got []scored
		for _, p := range people {
			if score := bruteForce(q, people, p); score > 0 && even(p.ID) {
				want = append(want, scored{p.ID, score})
			}
		}
		slices.SortFunc(want, func(a, b scored) int {
			return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.ID, b.ID))
		})
		want = want[:min(len(want), max(k, 0))]
		for _, s := range indexOf(people).Suggest(q, k, even) {
			got = append(got, scored{s.ID, s.Score})
		}
		if !slices.Equal(got, want) {
			t.Errorf("Suggest(%q, %d) = %v, want %v", q.Text, k, got, want)
		}
	})
}

func TestReasonsAddUpToTheScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, q := crowd.Draw(t, "people"), query.Draw(t, "query")
		x := indexOf(people)
		for i, s := range x.Suggest(q, 20, nil) {
			sum := int64(0)
			for j, r := range s.Reasons {
				sum += r.Score
				if r.Score <= 0 || r.Phrase == "" || r.Asked == "" || j > 0 && r.Score > s.Reasons[j-1].Score {
					t.Errorf("reason %d of %+v is empty or out of order", j, s)
				}
				for _, word := range strings.Split(r.Asked, ", ") {
					if !strings.Contains(clean(q.Text), word) {
						t.Errorf("asked %q is not in the query %q", word, q.Text)
					}
				}
			}
			rank := x.rank(x.ask(q), 20, nil)[i]
			if sum != s.Score || int64(rank.score) != s.Score {
				t.Errorf("%s: reasons sum to %d, the score is %d and ranked as %d", s.ID, sum, s.Score, rank.score)
			}
		}
	})
}

func TestSuggestDoesNotDependOnTheOrderOfChanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, q := crowd.Draw(t, "people"), query.Draw(t, "query")
		want := indexOf(people).Suggest(q, 20, nil)
		random := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		x := NewIndex(standard())
		for range 3 { // put, change and delete in any order; at last as they are
			for _, i := range random.Perm(len(people)) {
				x.Put(Profile{ID: people[i].ID, Shares: people[random.IntN(len(people))].Shares, About: people[i].About})
				x.Delete(people[random.IntN(len(people))].ID)
			}
		}
		for _, i := range random.Perm(len(people)) {
			x.Put(people[i])
		}
		if diff := gocmp.Diff(want, x.Suggest(q, 20, nil)); diff != "" {
			t.Errorf("Suggest(%q) after other changes (-want +got)\n%s", q.Text, diff)
		}
	})
}

func TestSuggestAsksOnlyForEligiblePeopleAndKeepsTheirScores(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, q := crowd.Draw(t, "people"), query.Draw(t, "query")
		barred := rapid.SliceOf(rapid.StringMatching("[a-e][0-9]")).Draw(t, "barred")
		x := indexOf(people)
		want := slices.DeleteFunc(x.Suggest(q, 20, nil), func(s Suggestion) bool { return slices.Contains(barred, s.ID) })
		got := x.Suggest(q, 20, func(id string) bool { return !slices.Contains(barred, id) })
		if diff := gocmp.Diff(want, got); len(want)+len(got) > 0 && diff != "" {
			t.Errorf("barring %q changes more than who is absent (-want +got)\n%s", barred, diff)
		}
	})
}

func TestSharingTheTopicAskedForNeverLowersTheScore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		people, q := crowd.Draw(t, "people"), query.Draw(t, "query")
		score := func() int64 {
			for _, s := range indexOf(people).Suggest(q, 20, nil) {
				if s.ID == people[0].ID {
					return s.Score
				}
			}
			return 0
		}
		before := score()
		people[0].Shares = append(slices.Clone(people[0].Shares), q.Text)
		if after := score(); after < before {
			t.Errorf("sharing %q changes the score from %d to %d", q.Text, before, after)
		}
	})
}

// A generator is named at the first list or map of what it makes, while another
// test may read its name: those that tests share are named before.
func init() { //nolint:gochecknoinits // a generator has no other beginning
	for _, shared := range []fmt.Stringer{vocabulary, topic, prose} {
		_ = shared.String()
	}
}
