package matching

import "math"

// Query is what somebody looks for: a short topic, or a pasted abstract.
type Query struct {
	Text string
}

// question is a query as the index understands it now.
type question struct {
	reading
	asks     []ask
	at       map[unit]int       // index of each ask
	rarities map[string]float64 // of each stem
	place    *place             // nil without a known word
}

// ask is one unit of a question: what it counts of the whole, and who has it.
type ask struct {
	unit
	mass        int64   // micro-units; all asks of a question make at most a million
	first, last int     // words of the question
	answers     answers // all words that it answers
	term        term
	list        []posting
}

// ask reads a query. The caller holds the lock while it uses the question.
func (x *Index) ask(q Query) question {
	r := read(q.Text, x.aliases)
	r.respell(&x.postings)
	rarities := x.rarities(r)
	asks, masses, at := r.distinct(rarities)
	total := 0.0
	for _, mass := range masses {
		total += mass
	}
	for i, a := range asks {
		asks[i].mass = int64(masses[i] / total * million * r.alikeness(a.unit))
		if t, ok := x.postings.lookup(a.unit); ok {
			asks[i].term, asks[i].list = t, x.postings.of(t)
		}
	}
	asked := question{reading: r, asks: asks, at: at, rarities: rarities}
	if p, _, ok := placeOf(r.respelled(), x.places.usage); ok && len(r.words) > 0 {
		asked.place = &p
	}
	return asked
}

const million = 1_000_000

// distinct returns each unit of a question once, as they come, and its mass beside it.
func (r *reading) distinct(rarity map[string]float64) (asks []ask, masses []float64, at map[unit]int) {
	frequencies, bound := r.frequencies(saturated, occurrence.asked), standardSenses().bound(r.words)
	at = make(map[unit]int, len(frequencies))
	for _, o := range r.units {
		if i, again := at[o.unit]; again {
			asks[i].answers |= answersTo(o.first, o.last)
			continue
		}
		if frequencies[o.unit] == 0 {
			continue
		}
		mass := frequencies[o.unit] * rarity[o.a]
		switch {
		case o.b == "" && o.share == 0 && bound[o.first]:
			mass *= boundWeight
		case o.b != "":
			mass = frequencies[o.unit] * pairWeight * (rarity[o.a] + rarity[o.b]) / 2
		}
		at[o.unit] = len(asks)
		asks = append(asks, ask{unit: o.unit, first: o.first, last: o.last, answers: answersTo(o.first, o.last)})
		masses = append(masses, mass)
	}
	return asks, masses, at
}

// rarities returns how telling each stem is now: ln(1 + people / people who use it).
// A word that nobody uses counts like one that half a person uses: what a question
// asks in vain lowers all scores alike, and 1,000,000 keeps meaning "all of it".
// A pair has the mean rarity of its stems, so that a person who writes the pair for
// the first time changes no other addend of theirs.
func (x *Index) rarities(r reading) map[string]float64 {
	rarity := make(map[string]float64, len(r.words))
	for _, o := range r.units {
		if _, known := rarity[o.a]; known || o.b != "" {
			continue
		}
		users := 0.5
		if t, ok := x.postings.lookup(o.unit); ok {
			users = float64(people(x.postings.of(t)))
		}
		rarity[o.a] = math.Log(1 + float64(max(len(x.slots), 1))/users)
	}
	r.levelAliases(rarity)
	return rarity
}

// levelAliases makes an abbreviation no rarer than what it stands for: where nobody
// writes LLM, it still asks for no more than the rarest word of "large language model".
func (r *reading) levelAliases(rarity map[string]float64) {
	meant := map[string]float64{}
	for _, o := range r.units {
		if o.share > 0 && o.b == "" && o.first == o.last {
			written := r.words[o.first].stem
			meant[written] = max(meant[written], rarity[o.a])
		}
	}
	for written, most := range meant {
		rarity[written] = min(rarity[written], most)
	}
}

// people counts the people in a list of postings, once whatever the kinds.
func people(list []posting) int {
	n := 0
	for i, p := range list {
		if i == 0 || list[i-1].slot != p.slot {
			n++
		}
	}
	return n
}
