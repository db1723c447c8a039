package calendar

import (
	"strings"
	"time"
)

// typed is what a text about time says, before anything is concluded from it.
type typed struct {
	date    Date         // an absolute date, today or tomorrow, or in N days
	weekday time.Weekday // if hasWeekday
	next    bool         // "next" stood before the weekday
	time    timeWord     // if hasTime
	offset  string       // a distance from UTC, as UTC+1
	rest    []string     // the words that are none of these, in order
	apart   bool         // rest has gaps, so that it cannot be one name

	hasWeekday, hasTime bool
}

// typedReader walks over the words of a text once.
type typedReader struct {
	words []string // as typed
	lower []string
	at    int
	today Date
	typed
	restEnd int // the position after the last word of rest
}

// readTyped sorts the words of a text. Its errors are Refusals of dates that
// are written in a way that cannot be right.
func readTyped(text string, today Date) (typed, error) {
	r := typedReader{words: typedWords(text), today: today}
	for _, w := range r.words {
		r.lower = append(r.lower, strings.ToLower(w))
	}
	for r.at < len(r.words) {
		n, err := r.phrase()
		if err != nil {
			return typed{}, err
		}
		if n == 0 {
			r.other()
			n = 1
		}
		r.at += n
	}
	return r.typed, nil
}

// typedWords splits a text at blanks and commas, drops parentheses, joins am and
// pm to their number, and takes 2026-12-08T15:00Z apart.
func typedWords(text string) []string {
	text = strings.NewReplacer(",", " ", "(", " ", ")", " ", "−", "-").Replace(text)
	var words []string
	for _, f := range strings.Fields(text) {
		lower := strings.ToLower(f)
		if last := len(words) - 1; last >= 0 && (lower == "am" || lower == "pm") {
			if _, isNumber := number(strings.ReplaceAll(words[last], ":", ""), 4); isNumber {
				words[last] += lower
				continue
			}
		}
		if len(f) > len(isoDate) && (f[len(isoDate)] == 'T' || f[len(isoDate)] == 't') && looksISO(f[:len(isoDate)]) {
			words = append(words, f[:len(isoDate)])
			words = append(words, isoClock(f[len(isoDate)+1:])...)
			continue
		}
		words = append(words, f)
	}
	return words
}

// isoClock splits what stands behind the T: 15:00, 15:00Z or 15:00+05:30.
func isoClock(text string) []string {
	if clock, isUTC := strings.CutSuffix(strings.ToLower(text), "z"); isUTC {
		return []string{clock, "UTC"}
	}
	if i := strings.IndexAny(text, "+-"); i > 0 {
		return []string{text[:i], "UTC" + text[i:]}
	}
	return []string{text}
}

// word returns the lower-case word i places ahead, or "".
func (r *typedReader) word(i int) string {
	if r.at+i < len(r.lower) {
		return r.lower[r.at+i]
	}
	return ""
}

// other takes a word that is no part of a date or time.
func (r *typedReader) other() {
	switch r.word(0) {
	case "at", "on", "in", "@", "time": // These say nothing about which time is meant.
		return
	}
	if len(r.rest) > 0 && r.restEnd != r.at {
		r.apart = true
	}
	r.rest = append(r.rest, r.words[r.at])
	r.restEnd = r.at + 1
}

// phrase reads a date, weekday, time or offset that starts here and is the first
// of its sort, and returns how many words it took; 0 if there is none.
func (r *typedReader) phrase() (int, error) {
	word := r.word(0)
	if word == "this" {
		if _, isDay := weekdayOf(r.word(1)); isDay {
			return 1, nil
		}
	}
	if n := r.weekdayPhrase(); n > 0 {
		return n, nil
	}
	if t, ok := timeWordOf(word); ok && !t.bare && !r.hasTime {
		r.time, r.hasTime = t, true
		return 1, nil
	}
	if (strings.HasPrefix(word, "utc") || strings.HasPrefix(word, "gmt")) && isOffset(word) && r.offset == "" {
		r.offset = r.words[r.at]
		return 1, nil
	}
	if !r.date.IsZero() {
		return 0, nil
	}
	return r.datePhrase()
}

func (r *typedReader) weekdayPhrase() int {
	n := 0
	if r.word(0) == "next" {
		n = 1
	}
	day, ok := weekdayOf(r.word(n))
	if !ok || r.hasWeekday {
		return 0
	}
	r.weekday, r.hasWeekday, r.next = day, true, n == 1
	return n + 1
}
