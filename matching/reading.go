package matching

import "strings"

// topicWords is how many telling words a text may have and still count as one
// topic, shown whole and read to the letter. A longer text is read as prose:
// its statistics (r = .5) and the furniture of abstracts are left out.
const topicWords = 12

// word is one telling word of a text.
type word struct {
	token
	stem string
	next bool // it directly follows the word before: no stop word between
}

// unit is what texts are compared by: one stem, or a pair of neighbouring stems
// whose order does not count, so that "detection of cancer" is "cancer detection".
type unit struct{ a, b string }

func pairOf(a, b string) unit {
	if b < a {
		a, b = b, a
	}
	return unit{a, b}
}

// occurrence is a unit at a place of a text, as the words of it from first to last.
type occurrence struct {
	unit
	first, last int
	share       float64 // 0 if literal; else how surely the alias there means it, at most 1
	stems       int     // of the meaning of that alias
}

// reading is a text taken apart.
type reading struct {
	text  string
	words []word
	units []occurrence
	prose bool

	likeness map[string]float64 // of a question: of the stems that replace what nobody writes
}

// read takes a text apart.
func read(text string, aliases Aliases) reading {
	r := reading{text: text, words: tellingWords(tokenise(text))}
	if len(r.words) > topicWords {
		r.prose = true
		r.words = withoutFurniture(r.words)
	}
	for i, w := range r.words {
		r.units = append(r.units, occurrence{unit: unit{a: w.stem}, first: i, last: i})
		if i > 0 && !w.apart && r.words[i-1].stem != w.stem {
			r.units = append(r.units, occurrence{unit: pairOf(r.words[i-1].stem, w.stem), first: i - 1, last: i})
		}
	}
	r.addMeanings(aliases)
	return r
}

// tellingWords drops stop words and the frames of questions, and stems the rest.
func tellingWords(tokens []token) []word {
	var words []word
	next, apart := false, false
	for i, t := range tokens {
		apart = apart || t.apart
		framed := !next && i+1 < len(tokens) && isStop(tokens[i+1].text) && isFrame(t.text)
		if isStop(t.text) || framed {
			next = false
			continue
		}
		w := word{token: t, stem: stem(t.text), next: next && !apart}
		w.apart = apart
		words = append(words, w)
		next, apart = true, false
	}
	return words
}

// withoutFurniture drops from prose what is no topic there: single letters,
// bare numbers and boilerplate.
func withoutFurniture(words []word) []word {
	kept := words[:0]
	apart, next := false, true
	for _, w := range words {
		apart = apart || w.apart
		if len(w.text) == 1 || allDigits(w.text) || isBoilerplate(w.text) {
			next = false
			continue
		}
		w.apart, w.next = apart, w.next && next
		kept = append(kept, w)
		apart, next = false, true
	}
	return kept
}

// addMeanings adds what the aliases in the text stand for, as if it had been
// written there: the words, their pairs, and the pairs with the neighbours.
func (r *reading) addMeanings(aliases Aliases) {
	for at := 0; at < len(r.words); {
		found, length := aliases.at(r.words, at, r.prose)
		for _, meaning := range found {
			r.addMeaning(meaning, at, at+length-1, 1/float64(len(found)))
		}
		at += max(length, 1)
	}
}

func (r *reading) addMeaning(stems []string, first, last int, share float64) {
	for i, s := range stems {
		r.units = append(r.units, occurrence{unit{a: s}, first, last, share, len(stems)})
		if i > 0 {
			r.units = append(r.units, occurrence{pairOf(stems[i-1], s), first, last, share, len(stems)})
		}
	}
	if first > 0 && !r.words[first].apart {
		before := pairOf(r.words[first-1].stem, stems[0])
		r.units = append(r.units, occurrence{before, first - 1, last, share, len(stems)})
	}
	if last+1 < len(r.words) && !r.words[last+1].apart {
		after := pairOf(stems[len(stems)-1], r.words[last+1].stem)
		r.units = append(r.units, occurrence{after, first, last + 1, share, len(stems)})
	}
}

// span returns the words from first to last as they were typed, on one line.
func (r *reading) span(first, last int) string {
	return clean(r.text[r.words[first].start:r.words[last].end])
}

// clean puts what a person typed on one line, without control characters.
func clean(text string) string {
	return strings.Join(strings.FieldsFunc(text, isBlank), " ")
}
