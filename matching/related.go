package matching

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"interlab/matching/vectors"
)

// A shared topic that word vectors place near a question counts too, whether or not
// it has a word in common with it: who asks for protein folding is told of AlphaFold.
const (
	// relatedFloor is the similarity, in hundredths, above which a topic is related. Of pairs of titles
	// from different fields one in a hundred is nearer, and of the same field every fourth.
	relatedFloor = 55

	// relatedMost is what the same topic in other words adds: half of the same words,
	// so that who writes what was asked comes before who writes something like it.
	relatedMost = million / 2

	// textPart is what the place of a text about a person counts, in hundredths of that of
	// a topic. Of twelve words of an abstract its author is the first of 1,162 more often
	// with it (mean reciprocal rank 0.49) than without (0.42), and with 60 less often (0.32):
	// it tells apart who is equal by words.
	textPart = 15

	// proseParts: places count a fourth for a pasted text, whose score by words is lower
	// than that of a topic in about this ratio, and would count for nothing beside them.
	proseParts = 4

	// placeWords is how many words of a text are placed; more only cost time.
	placeWords = 400

	// placeOne is the number that stands for 1 in a rounded place.
	placeOne = 127
)

// place is a place among the vectors, rounded, so that sums are exact.
type place struct {
	at [vectors.Dimensions]int8
	// rest is at least the length of what lies beyond the leading dimensions.
	rest int32
}

// leading dimensions tell of most topics that they are not related: the product of two
// rests bounds what the other dimensions can add (Cauchy and Schwarz).
const leading = 32

// placeOf returns where a text is, and the ambiguous phrases in it; not ok without a
// known word. What a bare phrase means is decided by usage.
func placeOf(text string, u usage) (p place, found []meant, ok bool) {
	text, found = standardSenses().gloss(text, u)
	v, ok := vectors.Standard().Of(text, placeWords)
	square := 0.0
	for d := range v {
		p.at[d] = int8(math.Round(float64(v[d]) * placeOne))
		if d >= leading {
			square += float64(p.at[d]) * float64(p.at[d])
		}
	}
	p.rest = int32(math.Ceil(math.Sqrt(square)))
	return p, found, ok
}

// beside returns what a related topic adds to a score by words: less, the more the words
// say already, and nothing where they say all, so that 1,000,000 keeps meaning that.
func (r *reading) beside(words, related int64) int64 {
	if r.prose {
		related /= proseParts
	}
	return max(related-words/2, 0)
}

// related returns what a topic at one place adds at most for a question at another.
func (p *place) related(q *place) int32 {
	const one, floor = placeOne * placeOne, relatedFloor * placeOne * placeOne / 100
	sum := p.dot(q, 0, leading)
	if sum+p.rest*q.rest <= floor {
		return 0
	}
	sum += p.dot(q, leading, vectors.Dimensions)
	near := min(int64(sum), one)
	if near <= floor {
		return 0
	}
	return int32(relatedMost * (near - floor) / (one - floor))
}

// dot returns the scalar product of some dimensions.
func (p *place) dot(q *place, from, to int) int32 {
	var sums [2]int32
	a, b := p.at[from:to], q.at[from:to]
	for d := 0; d+1 < len(a) && d+1 < len(b); d += 2 {
		sums[0] += int32(a[d]) * int32(b[d])
		sums[1] += int32(a[d+1]) * int32(b[d+1])
	}
	return sums[0] + sums[1]
}

// gazetteer knows where the topics are that people share, each of which stands there
// once, and where the texts about them are.
type gazetteer struct {
	rows  map[string]int // by topic in lower case
	list  []placed
	texts []place // by slot; zero if none
	usage usage
}

// placed is a topic with its place and the people who share it.
type placed struct {
	key   string
	at    place
	slots []uint32 // rising
	meant []meant
}

func newGazetteer() gazetteer { return gazetteer{rows: map[string]int{}, usage: usage{}} }

// put takes a person in whose text is at a place, zero if they have none.
func (g *gazetteer) put(topics []string, text place, slot uint32) {
	g.texts = slices.Grow(g.texts, max(int(slot)+1-len(g.texts), 0))[:max(int(slot)+1, len(g.texts))]
	g.texts[slot] = text
	for key := range distinct(topics) {
		row, known := g.rows[key]
		if !known {
			at, found, ok := placeOf(key, nil)
			if !ok {
				continue
			}
			row = len(g.list)
			g.rows[key], g.list = row, append(g.list, placed{key: key, at: at, meant: found})
		}
		i, _ := slices.BinarySearch(g.list[row].slots, slot)
		g.list[row].slots = slices.Insert(g.list[row].slots, i, slot)
		g.usage.count(g.list[row].meant, 1)
	}
}

func (g *gazetteer) remove(topics []string, slot uint32) {
	g.texts[slot] = place{}
	for key := range distinct(topics) {
		row, known := g.rows[key]
		if !known {
			continue
		}
		p := &g.list[row]
		if i, here := slices.BinarySearch(p.slots, slot); here {
			p.slots = slices.Delete(p.slots, i, i+1)
			g.usage.count(p.meant, -1)
		}
		if len(p.slots) > 0 {
			continue
		}
		last := len(g.list) - 1
		g.list[row] = g.list[last]
		g.rows[g.list[row].key] = row
		delete(g.rows, key)
		g.list[last] = placed{}
		g.list = g.list[:last]
	}
}

// relate sets for each person what the nearest of their topics adds.
func (g *gazetteer) relate(q *place, best []int32) {
	for i := range g.list {
		add := g.list[i].at.related(q)
		if add == 0 {
			continue
		}
		for _, slot := range g.list[i].slots {
			best[slot] = max(best[slot], add)
		}
	}
	for slot := range g.texts {
		if g.texts[slot].rest > 0 {
			best[slot] = max(best[slot], g.texts[slot].relatedText(q))
		}
	}
}

// relatedText is related for the place of a text about a person, which tells less of
// what they can help with than a topic they share.
func (p *place) relatedText(q *place) int32 { return p.related(q) * textPart / 100 }

// nearestTopic returns the topic, in the person's own words, that adds most, and how
// much; of equal ones the first in order.
func (g *gazetteer) nearestTopic(q *place, topics []string) (phrase string, most int32) {
	for key, form := range distinct(topics) {
		row, known := g.rows[key]
		if !known {
			continue
		}
		if add := g.list[row].at.related(q); cmp.Or(cmp.Compare(add, most), strings.Compare(phrase, form)) > 0 && add > 0 {
			phrase, most = form, add
		}
	}
	return phrase, most
}
