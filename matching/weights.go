package matching

import "math"

// The weights of the score. They were set by reading the answers to searches
// among 1,162 researchers' abstracts and invented topics, and hold the order that
// matters: who asks wants somebody who shares the topic, rather than somebody who
// mentions it, rather than somebody who looks for it too.
const (
	sharesWeight = 1.0
	aboutWeight  = 0.6
	seeksWeight  = 0.2

	// pairWeight is what a pair of neighbouring words counts, against the mean
	// of its words: an exact phrase must beat its words scattered.
	pairWeight = 2

	// boundWeight is what a word counts that is part of a known phrase, against one that
	// stands alone: "memory" without "working" is something else.
	boundWeight = 0.4

	// A text of up to pivotLength (the l2 length of a topic of three words and
	// its pairs) is not damped; a longer one by the lengthPower of the excess. The full
	// l2 norm, power 1, would drown a precise topic of seven words.
	// Pivoted length normalisation: Singhal, Buckley, Mitra, SIGIR 1996.
	pivotLength = 2.25
	lengthPower = 0.4

	// weightOne is the weight 1 as stored in a posting, and weightBits its bits.
	// Sixteen bits hold weights below 16, which no log of MaxRunes reaches.
	weightBits = 12
	weightOne  = 1 << weightBits
)

// kind is where a person wrote something; it orders texts by what they count.
type kind uint8

const (
	shares kind = iota
	about
	seeks
	kinds
)

func (k kind) weight() float64 {
	switch k {
	case shares:
		return sharesWeight
	case about:
		return aboutWeight
	default:
		return seeksWeight
	}
}

// texts returns what a person wrote of one kind.
func (p Profile) texts(k kind) []string {
	switch k {
	case shares:
		return p.Shares
	case about:
		return []string{p.About}
	default:
		return p.Seeks
	}
}

// added returns what an alias adds to a person's text: its meaning, as if written.
func (o occurrence) added() float64 { return o.share }

// asked returns what an alias adds to a question: the pairs of its meaning, which
// together count like one word or two ("fMRI of taste" does not ask for four words of
// imaging), and not its single words: "large" does not answer "LLM".
func (o occurrence) asked() float64 {
	if o.b == "" && o.stems > 1 {
		return 0
	}
	return o.share / float64(o.stems)
}

// frequencies returns how much of each unit a text holds: 1 + growth(count), or what an
// alias adds of it where it is not written.
func (r *reading) frequencies(growth func(float64) float64, alias func(occurrence) float64) map[unit]float64 {
	counts := make(map[unit]float64, len(r.units))
	for _, o := range r.units {
		if o.share == 0 {
			counts[o.unit]++
		}
	}
	for u, n := range counts {
		counts[u] = 1 + growth(n)
	}
	for _, o := range r.units {
		if o.share > 0 {
			counts[o.unit] = max(counts[o.unit], alias(o))
		}
	}
	return counts
}

// saturated is how a count grows in the index. The second logarithm keeps one word said
// ten times below two words of the question said once.
func saturated(count float64) float64 { return math.Log(1 + math.Log(count)) }

// damping returns the factor for the length of a text, at most 1. It looks at
// written words only, so that aliases take nothing from them.
func (r *reading) damping() float64 {
	counts := make(map[unit]int, len(r.units))
	for _, o := range r.units {
		if o.share == 0 {
			counts[o.unit]++
		}
	}
	// Lengths are summed over counts of counts: sums of floats in the order of
	// a map would differ from run to run.
	alike := make([]int, len(r.units)+1)
	for _, n := range counts {
		alike[n]++
	}
	square := 0.0
	for n, times := range alike[1:] {
		f := 1 + saturated(float64(n+1))
		square += float64(times) * f * f
	}
	return math.Pow(max(1, math.Sqrt(square)/pivotLength), -lengthPower)
}

// weights returns the stored weight of each unit in a person's texts of one kind:
// the best over the texts, so that one more topic never takes anything from another.
func weights(p Profile, k kind, aliases Aliases) map[unit]uint16 {
	best := map[unit]uint16{}
	for _, text := range p.texts(k) {
		r := read(text, aliases)
		factor := k.weight() * r.damping() * weightOne
		for u, f := range r.frequencies(saturated, occurrence.added) {
			best[u] = max(best[u], uint16(min(math.Ceil(factor*f), math.MaxUint16)))
		}
	}
	return best
}
