package calendar

import (
	"strconv"
	"strings"
	"time"
)

// maxTyped is how many bytes of text the parsers look at; nobody types a longer
// date or longer hours.
const maxTyped = 500

// weekdayOf reads the name of a weekday, whole, plural, or from three letters on.
func weekdayOf(word string) (time.Weekday, bool) {
	if len(word) > 3 {
		word = strings.TrimSuffix(word, "s")
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(day.String()), word) {
			return day, true
		}
	}
	return 0, false
}

// monthOf reads the name of a month, whole or from three letters on.
func monthOf(word string) (time.Month, bool) {
	for month := time.January; month <= time.December; month++ {
		if len(word) >= 3 && strings.HasPrefix(strings.ToLower(month.String()), word) {
			return month, true
		}
	}
	return 0, false
}

// number reads one to maxDigits decimal digits.
func number(word string, maxDigits int) (int, bool) {
	if word == "" || len(word) > maxDigits || strings.Trim(word, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(word)
	return n, err == nil
}

// timeWord is a time of day as typed: 9, 9:30, 9am, 17:00, noon.
type timeWord struct {
	minute int  // since midnight, up to 24:00
	bare   bool // neither minutes nor am or pm, so it may be no time at all
	half   string
}

// timeWordOf reads a time of day. It is not ok if the word does not look like
// one or there is no such time, as 25:00 or 13pm.
func timeWordOf(word string) (t timeWord, ok bool) {
	if word == "noon" {
		return timeWord{minute: minutesPerDay / 2}, true
	}
	for _, half := range []string{"am", "pm"} {
		if rest, found := strings.CutSuffix(word, half); found {
			word, t.half = rest, half
		}
	}
	hours, minutes, hasMinutes := strings.Cut(word, ":")
	t.bare = !hasMinutes && t.half == ""
	h, ok := number(hours, 2)
	if !ok {
		return timeWord{}, false
	}
	m := 0
	if hasMinutes {
		if t.half == "" && len(minutes) == len("00:00") {
			minutes = strings.TrimSuffix(minutes, ":00") // programs write seconds that are none
		}
		if m, ok = number(minutes, 2); !ok || len(minutes) != 2 || m > 59 {
			return timeWord{}, false
		}
	}
	if t.half != "" {
		if h < 1 || h > 12 {
			return timeWord{}, false
		}
		h %= 12
		if t.half == "pm" {
			h += 12
		}
	}
	t.minute = h*60 + m
	return t, t.minute <= minutesPerDay
}
