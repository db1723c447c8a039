package calendar

import (
	"strconv"
	"strings"
	"time"
)

// datePhrase reads a date that starts at the current word; 0 words if none does.
func (r *typedReader) datePhrase() (int, error) {
	word := r.word(0)
	switch {
	case word == "today":
		r.date = r.today
		return 1, nil
	case word == "tomorrow":
		r.date = r.today.AddDays(1)
		return 1, nil
	case word == "in":
		return r.distance(), nil
	case looksISO(word):
		date, err := ParseDate(word)
		if err != nil {
			return 0, noSuchDate(word)
		}
		r.date = date
		return 1, nil
	case looksSwappable(word):
		return 0, refuse(AmbiguousDate, word, quoted(word)+" may be read in two ways. Write the month as a word, as 8 Dec 2026.")
	default:
		return r.dayAndMonth()
	}
}

// distance reads "in 3 days", "in a week" or "in 2 weeks".
func (r *typedReader) distance() int {
	n, ok := number(r.word(1), 4)
	if r.word(1) == "a" || r.word(1) == "one" {
		n, ok = 1, true
	}
	switch r.word(2) {
	case "week", "weeks":
		n *= 7
	case "day", "days":
	default:
		return 0
	}
	if !ok {
		return 0
	}
	r.date = r.today.AddDays(n)
	return 3
}

// dayAndMonth reads "8 Dec", "8th of December 2026" or "Dec 8 2026".
func (r *typedReader) dayAndMonth() (int, error) {
	day, isDay := dayNumber(r.word(0))
	n := 1
	if isDay && r.word(1) == "of" {
		n = 2
	}
	month, isMonth := monthOf(r.word(n))
	if !isDay {
		month, isMonth = monthOf(r.word(0))
		day, isDay = dayNumber(r.word(1))
	}
	if !isDay || !isMonth {
		return 0, nil
	}
	n++
	written := strconv.Itoa(day) + " " + month.String()
	if year, ok := number(r.word(n), 4); ok && len(r.word(n)) == 4 {
		date, err := NewDate(year, month, day)
		if err != nil {
			return 0, noSuchDate(written + " " + r.word(n))
		}
		r.date = date
		return n + 1, nil
	}
	if r.date = nextDate(r.today, month, day); r.date.IsZero() {
		return 0, noSuchDate(written)
	}
	return n, nil
}

// nextDate is the first such day from today on; 29 February may be years away.
func nextDate(today Date, month time.Month, day int) Date {
	for year := today.Year(); year <= today.Year()+8; year++ {
		if date, err := NewDate(year, month, day); err == nil && date.Compare(today) >= 0 {
			return date
		}
	}
	return Date{}
}

func noSuchDate(text string) *Refusal {
	return refuse(NoSuchDate, text, "There is no "+quoted(text)+" in the calendar. Check the day and the month.")
}

// dayNumber reads the number of a day in a month, as 8 or 8th.
func dayNumber(word string) (int, bool) {
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		word = strings.TrimSuffix(word, ending)
	}
	return number(word, 2)
}

// looksISO reports whether word has the shape YYYY-MM-DD.
func looksISO(word string) bool {
	return len(word) == len(isoDate) && word[4] == '-' && word[7] == '-' &&
		strings.Trim(word[:4]+word[5:7]+word[8:], "0123456789") == ""
}

// looksSwappable reports whether word is a date of numbers alone, as 03/04/2027
// or 3.4., whose day and month depend on where one grew up.
func looksSwappable(word string) bool {
	return strings.Trim(word, "0123456789./-") == "" && strings.ContainsAny(word, "./-") &&
		strings.ContainsAny(word[:1], "0123456789")
}
