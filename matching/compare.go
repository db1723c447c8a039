package matching

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Spreads (standard deviations) of the similarities of two texts, by which each is
// divided before they are added: else the one that varies most would decide alone.
// Measured over pairs of titles and of abstracts of research papers.
const (
	wordsSpread = 0.020 // of abstracts: 0.010 over all fields, 0.03 within one
	gramsSpread = 0.064 // of titles
	placeSpread = 0.248

	// longPlaces is the share of word vectors beside the words of long texts: vectors tell
	// fields apart, and words tell neighbours apart, which a whole one would blur.
	// Short texts have too few words in common, and need all of it.
	longPlaces  = 0.5
	shortPlaces = 1.0

	// glossPart is what the characters of a gloss count in a question: the sense of
	// "working memory" is to find more than the characters of "memory" do.
	glossPart = 0.7

	// comparedUnit brings scores to the scale of Suggest: texts on the same subject
	// reach about a million.
	comparedUnit = million / 8.0
)

// Comparison is a text that authors can be compared with.
type Comparison struct {
	w            *Writings
	asked        string
	words, grams []float32 // by term
	traits       traits
	stems        map[string]string // of each word of the text: as it was typed
}

// Compare reads a text. What it returns belongs to one goroutine.
func (w *Writings) Compare(t Text) *Comparison {
	all := strings.TrimSpace(t.Title + " " + t.Abstract)
	raw := w.raw(t, w.usage)
	for run, n := range grams(raw.gloss) {
		if !raw.long && raw.grams[run] == 0 {
			raw.grams[run] = n * glossPart
		}
	}
	c := &Comparison{
		w: w, traits: w.traits(raw), asked: clean(cmp.Or(t.Title, t.Abstract)),
		words: make([]float32, len(w.words.texts)), grams: make([]float32, len(w.grams.texts)), stems: map[string]string{},
	}
	for _, one := range c.traits.words {
		c.words[one.term] = one.weight
	}
	for _, one := range c.traits.grams {
		c.grams[one.term] = one.weight
	}
	for _, word := range tellingWords(tokenise(all)) {
		if _, twice := c.stems[word.stem]; !twice {
			c.stems[word.stem] = clean(all[word.start:word.end])
		}
	}
	return c
}

// Authors returns how many there are to compare with.
func (w *Writings) Authors() int { return len(w.authors) }

// part is what one text adds to a score, in micro-units.
type part struct {
	piece  *piece
	words  int64 // by words and characters in common
	places int64 // by related words; below 0 for a text of another field
}

func (p part) sum() int64 { return p.words + p.places }

// parts returns what each text of an author adds. Of topics only the best one counts.
func (c *Comparison) parts(a int) []part {
	var parts []part
	topic := part{}
	pieces := c.w.authors[a].pieces
	for i := range pieces {
		p := c.part(&pieces[i])
		switch {
		case p.piece.kind != SharesTopic:
			parts = append(parts, p)
		case topic.piece == nil || p.sum() > topic.sum():
			topic = p
		}
	}
	if topic.piece != nil {
		parts = append(parts, topic)
	}
	return parts
}

func (c *Comparison) part(p *piece) part {
	near := float64(c.traits.place.Dot(&p.place)) / placeSpread
	common, places := dot(c.words, p.traits.words)/wordsSpread, longPlaces
	if !c.traits.long && !p.long {
		common, places = dot(c.grams, p.traits.grams)/gramsSpread, shortPlaces
	}
	return part{
		piece:  p,
		words:  int64(math.Round(p.weight * common * comparedUnit)),
		places: int64(math.Round(p.weight * places * near * comparedUnit)),
	}
}

func dot(dense []float32, v sparse) float64 {
	sum := float32(0)
	for _, one := range v {
		sum += dense[one.term] * one.weight
	}
	return float64(sum)
}

// Score returns how near an author, by number from 0, is to the text: micro-units, below
// 0 for another field.
func (c *Comparison) Score(a int) int64 {
	sum := int64(0)
	for _, p := range c.parts(a) {
		sum += p.sum()
	}
	return sum
}

// Suggestion returns the score of an author with its reasons, which add up to it.
func (c *Comparison) Suggestion(a int) Suggestion {
	s := Suggestion{ID: c.w.authors[a].id}
	for _, p := range c.parts(a) {
		s.Score += p.sum()
		phrase := c.phrase(p.piece.Text)
		if p.words != 0 {
			s.Reasons = append(s.Reasons, Reason{Kind: p.piece.kind, Phrase: phrase, Asked: c.shared(phrase), Score: p.words})
		}
		if p.places != 0 {
			s.Reasons = append(s.Reasons, Reason{Kind: RelatedTopic, Phrase: phrase, Asked: c.asked, Score: p.places})
		}
	}
	slices.SortStableFunc(s.Reasons, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Phrase, b.Phrase))
	})
	return s
}

// phrase returns what a reason quotes of a text: its title, or of an abstract without
// one the words from the first that the asked text has too.
func (c *Comparison) phrase(t Text) string {
	if title := clean(t.Title); title != "" {
		return title
	}
	r := reading{text: t.Abstract, words: tellingWords(tokenise(t.Abstract))}
	if len(r.words) == 0 {
		return clean(t.Abstract)
	}
	first := max(slices.IndexFunc(r.words, func(w word) bool { return c.stems[w.stem] != "" && !isBoilerplate(w.text) }), 0)
	return r.span(first, min(first+shownWords, len(r.words))-1)
}

// shared returns the words of the text that a phrase has as well, as they were typed.
func (c *Comparison) shared(phrase string) string {
	var list []string
	for _, word := range tellingWords(tokenise(phrase)) {
		if typed, ok := c.stems[word.stem]; ok && !slices.Contains(list, typed) {
			list = append(list, typed)
		}
	}
	return strings.Join(list, ", ")
}

// Best returns the k authors with the highest scores above 0, best first, equal ones by
// ID; at most MaxResults.
func (c *Comparison) Best(k int) []Suggestion {
	type scored struct {
		author int
		score  int64
	}
	top := newBest(k, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), strings.Compare(c.w.authors[a.author].id, c.w.authors[b.author].id))
	})
	for a := range c.w.authors {
		if score := c.Score(a); score > 0 {
			top.offer(scored{a, score})
		}
	}
	var list []Suggestion
	for _, one := range top.values {
		list = append(list, c.Suggestion(one.author))
	}
	return list
}
