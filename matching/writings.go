package matching

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"interlab/matching/vectors"
)

// Text is something a person wrote, or somebody asks with.
type Text struct {
	Title    string
	Abstract string
	Year     int // 0 if unknown
}

// Author is a person by what they wrote, and by what they say of themselves.
type Author struct {
	Profile
	Texts []Text
}

// Weights of a person's texts. The newest counts most: 0.9 a rank is what the public
// measurements of reviewers' expertise were best with; where years are known, a text
// of fifteen years before the newest counts half of its rank.
const (
	rankWeight   = 0.9
	yearHalfLife = 15.0
	maxTexts     = 50 // of a person; the next would count 0.5 %
)

// Writings compares texts with what many authors wrote, pair by pair: for organisers
// who hold their people in a file, where Index is for a network that changes. It does
// not change; safe for concurrent use.
type Writings struct {
	aliases Aliases
	authors []author
	words   space
	grams   space
	usage   usage
}

// author is an Author taken apart.
type author struct {
	id     string
	pieces []piece
}

// piece is one text of an author, with its part in the score.
type piece struct {
	Text
	kind   ReasonKind
	weight float64
	traits
}

// traits are what texts are compared by.
type traits struct {
	long         bool // it has an abstract, or is prose
	words, grams sparse
	place        vectors.Vector // zero without a known word
}

// sparse is a vector of few terms, in an order that depends on the terms alone, so that
// sums are the same whoever came first. Its length is 1, or 0.
type sparse []weighted

type weighted struct {
	term   int32
	weight float32
}

// space numbers terms and counts the texts that have them.
type space struct {
	numbers map[string]int32
	texts   []int32 // by number
	all     int     // texts
}

// NewWritings reads what authors wrote. The rarity of words is that among their texts.
func NewWritings(authors []Author, aliases Aliases) *Writings {
	w := &Writings{aliases: aliases, words: space{numbers: map[string]int32{}}, grams: space{numbers: map[string]int32{}}, usage: usage{}}
	var counts []rawTraits
	for _, a := range authors {
		one := author{id: a.ID, pieces: a.pieces()}
		for i := range one.pieces {
			raw := w.raw(one.pieces[i].Text, nil)
			w.usage.count(raw.meant, 1)
			w.words.count(raw.words)
			w.grams.count(raw.grams)
			counts = append(counts, raw)
		}
		w.authors = append(w.authors, one)
	}
	next := 0
	for _, a := range w.authors {
		for i := range a.pieces {
			a.pieces[i].traits = w.traits(counts[next])
			next++
		}
	}
	return w
}

// pieces returns the texts of an author, and how they count: those written make one
// mean, newest first; a topic that is shared counts for itself, and the best of them.
func (a Author) pieces() []piece {
	texts := slices.Clone(a.Texts)
	slices.SortStableFunc(texts, func(t, u Text) int { return cmp.Compare(u.Year, t.Year) })
	if about := clean(a.About); about != "" {
		texts = append([]Text{{Abstract: about}}, texts...)
	}
	texts = texts[:min(len(texts), maxTexts)]
	newest, total := 0, 0.0
	for _, t := range texts {
		newest = max(newest, t.Year)
	}
	var list []piece
	for rank, t := range texts {
		weight := math.Pow(rankWeight, float64(rank))
		if t.Year > 0 {
			weight *= math.Exp2(-float64(newest-t.Year) / yearHalfLife)
		}
		total += weight
		list = append(list, piece{Text: t, kind: WritesAbout, weight: weight})
	}
	for i := range list {
		list[i].weight /= total
	}
	for _, topic := range a.Shares {
		list = append(list, piece{Text: Text{Title: topic}, kind: SharesTopic, weight: 1})
	}
	return list
}

// rawTraits are traits before it is known how rare they are.
type rawTraits struct {
	long         bool
	words, grams map[string]float64
	place        vectors.Vector
	gloss        string // what the place is that of
	meant        []meant
}

// shortWords is how many telling words a title has at most; what is longer is prose.
const shortWords = 30

func (w *Writings) raw(t Text, u usage) rawTraits {
	all := strings.TrimSpace(t.Title + ". " + t.Abstract)
	r := read(all, w.aliases)
	raw := rawTraits{long: clean(t.Abstract) != "" || len(r.words) > shortWords, words: map[string]float64{}}
	for at, f := range r.frequencies(math.Log, occurrence.added) {
		raw.words[at.a+" "+at.b] = f
	}
	if !raw.long {
		raw.grams = grams(all)
	}
	raw.gloss, raw.meant = standardSenses().gloss(all, u)
	raw.place, _ = vectors.Standard().Of(raw.gloss, MaxRunes)
	return raw
}

// grams counts the runs of three to five characters of a short text, which find what
// stems miss: compounds, misspellings, names that no table has.
func grams(text string) map[string]float64 {
	var folded []string
	for _, t := range tokenise(text) {
		folded = append(folded, t.text)
	}
	runes := []rune(" " + strings.Join(folded, " ") + " ")
	runes = runes[:min(len(runes), 400)]
	counts := map[string]float64{}
	for from := range runes {
		for n := 3; n <= 5 && from+n <= len(runes); n++ {
			counts[string(runes[from:from+n])]++
		}
	}
	for g, n := range counts {
		counts[g] = 1 + math.Log(n)
	}
	return counts
}

func (s *space) count(terms map[string]float64) {
	if len(terms) == 0 {
		return
	}
	s.all++
	for term := range terms {
		n, known := s.numbers[term]
		if !known {
			n = int32(len(s.texts))
			s.numbers[term], s.texts = n, append(s.texts, 0)
		}
		s.texts[n]++
	}
}

// vector weighs terms by how rare they are. A term that no author has still makes the
// vector longer: a text that is about something else is less near to all.
func (s *space) vector(terms map[string]float64) sparse {
	names := make([]string, 0, len(terms))
	for term := range terms {
		names = append(names, term)
	}
	slices.Sort(names)
	square := 0.0
	var v sparse
	for _, name := range names {
		n, known := s.numbers[name]
		texts := int32(0)
		if known {
			texts = s.texts[n]
		}
		weight := terms[name] * (1 + math.Log(float64(s.all+1)/float64(texts+1)))
		square += weight * weight
		if known {
			v = append(v, weighted{n, float32(weight)})
		}
	}
	for i := range v {
		v[i].weight /= float32(math.Sqrt(square))
	}
	return v
}

func (w *Writings) traits(raw rawTraits) traits {
	return traits{long: raw.long, words: w.words.vector(raw.words), grams: w.grams.vector(raw.grams), place: raw.place}
}
