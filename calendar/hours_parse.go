package calendar

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ParseHours reads the hours of a week that somebody typed: days and times, as
// "Mon-Fri 09:00-17:00, Sat 10:00-12:00", "Mon,Wed 9-12" or "9am-5pm". Times
// without days belong to the days before them, and to Monday to Friday if there
// are none; case does not matter; what overlaps is joined. Its errors are
// Refusals: Empty, NotUnderstood, NoTime or BackwardHours.
func ParseHours(text string) (Hours, error) {
	if len(text) > maxTyped {
		return Hours{}, refuse(NotUnderstood, text, "These hours are too long. "+hoursExample)
	}
	var p hoursParser
	for _, word := range hourWords(text) {
		if err := p.add(word); err != nil {
			return Hours{}, err
		}
	}
	return p.finish(text)
}

const hoursExample = "Write hours as Mon-Fri 09:00-17:00, Sat 10:00-12:00."

// hourWords splits text at commas and blanks into days, ranges of days and
// ranges of times: a word around "-" or "to" stays whole.
func hourWords(text string) []string {
	spaced := strings.NewReplacer("–", "-", "—", "-", ",", " ", ";", " ", "&", " ").Replace(strings.ToLower(clean(text)))
	var words []string
	for _, f := range strings.Fields(spaced) {
		last := len(words) - 1
		switch {
		case f == "and":
		case last < 0:
			words = append(words, f)
		case f == "to":
			words[last] += "-"
		case f == "am", f == "pm", strings.HasPrefix(f, "-"), strings.HasSuffix(words[last], "-"):
			words[last] += f
		default:
			words = append(words, f)
		}
	}
	return words
}

// hoursParser collects spans per weekday from Monday, word by word.
type hoursParser struct {
	days    [7][]span
	current [7]bool // the days that the next times belong to
	named   bool    // current was named by the person
	waiting string  // the last day or days that no times followed yet
	unknown []string
}

func (p *hoursParser) add(word string) error {
	if days, ok := daysOf(strings.TrimSuffix(word, ":")); ok {
		if p.waiting == "" {
			p.current = [7]bool{}
		}
		for i := range days {
			p.current[i] = p.current[i] || days[i]
		}
		p.waiting, p.named = word, true
		return nil
	}
	from, to, ok := spanOf(word)
	if !ok {
		p.unknown = append(p.unknown, word)
		return nil
	}
	if !p.named {
		p.current = [7]bool{true, true, true, true, true}
	}
	if to.minute <= from.minute {
		return p.backward(word, from.minute, to.minute)
	}
	for i := range p.days {
		if p.current[i] {
			p.days[i] = append(p.days[i], span{from.minute, to.minute})
		}
	}
	p.waiting = ""
	return nil
}

func (p *hoursParser) finish(text string) (Hours, error) {
	switch {
	case len(p.unknown) > 0:
		words := strings.Join(p.unknown, " ")
		return Hours{}, refuse(NotUnderstood, words, quoted(words)+" is not understood here. "+hoursExample)
	case p.waiting != "":
		return Hours{}, refuse(NoTime, p.waiting, quoted(p.waiting)+" has no hours with it. "+hoursExample)
	case !slices.ContainsFunc(p.days[:], func(day []span) bool { return len(day) > 0 }):
		return Hours{}, refuse(Empty, text, "No hours were given. "+hoursExample)
	}
	var days [7][]span
	for i := range days {
		days[i] = joined(p.days[i])
	}
	return Hours{&days}, nil
}

// backward refuses hours that end before they start, and says what was probably
// meant: the afternoon, or the night.
func (p *hoursParser) backward(word string, from, to int) error {
	hint := fmt.Sprintf("For the afternoon write %s.", spanText(from, to+minutesPerDay/2))
	if to == 0 {
		hint = fmt.Sprintf("The end of a day is 24:00, so write %s.", spanText(from, minutesPerDay))
	} else if from >= 13*60 || to+minutesPerDay/2 <= from {
		var next [7]bool
		for i := range next {
			next[i] = p.current[(i+6)%7]
		}
		hint = fmt.Sprintf("Hours over midnight are written as two: %s %s, %s %s.",
			dayRuns(p.current), spanText(from, minutesPerDay), dayRuns(next), spanText(0, to))
	}
	what := " ends before it starts. "
	if from == to {
		what = " starts and ends at the same time. "
	}
	return refuse(BackwardHours, word, quoted(word)+what+hint)
}

// joined sorts spans and joins those that overlap or touch.
func joined(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var out []span
	for _, s := range spans {
		if last := len(out) - 1; last >= 0 && s.from <= out[last].to {
			out[last].to = max(out[last].to, s.to)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// daysOf reads a weekday, a range of weekdays (which may pass the end of the
// week), or a word for several, as a set from Monday.
func daysOf(word string) (days [7]bool, ok bool) {
	switch word {
	case "daily":
		word = "mon-sun"
	case "weekdays":
		word = "mon-fri"
	case "weekends", "weekend":
		word = "sat-sun"
	}
	first, last, isRange := strings.Cut(word, "-")
	if !isRange {
		last = first
	}
	a, okFirst := weekdayOf(first)
	b, okLast := weekdayOf(last)
	if !okFirst || !okLast {
		return days, false
	}
	for day := a; ; day = (day + 1) % 7 {
		days[(day+6)%7] = true
		if day == b {
			return days, true
		}
	}
}

// spanOf reads a range of times. A start without am or pm takes the pm of the
// end where that keeps them in order: 1-5pm is the afternoon, 9-5pm the day.
func spanOf(word string) (from, to timeWord, ok bool) {
	first, last, _ := strings.Cut(word, "-")
	from, okFrom := timeWordOf(first)
	to, okTo := timeWordOf(last)
	if later := from.minute + minutesPerDay/2; from.half == "" && to.half == "pm" && later < to.minute {
		from.minute = later
	}
	return from, to, okFrom && okTo
}
