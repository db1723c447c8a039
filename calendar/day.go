package calendar

import (
	"errors"
	"strings"
)

const dayExample = "Write a day as 10 Jan 2027, 2027-01-10, next Monday or in 2 weeks."

// ParseDay reads a day that somebody typed on the day today: the dates of
// ParseMoment, with or without "until", "by", "from" or "on" before it. A weekday
// is the first after today. Its errors are Refusals; of reason Past, the day is
// returned beside it. Of a day nobody asks whether all its hours exist.
func ParseDay(text string, today Date) (Date, error) {
	trimmed := clean(text)
	switch first, rest, _ := strings.Cut(trimmed, " "); strings.ToLower(first) {
	case "until", "till", "by", "from", "since":
		trimmed = rest
	}
	t, err := readText(trimmed, today, dayExample)
	if err != nil {
		return Date{}, err
	}
	words := t.rest
	if t.offset != "" {
		words = append(words, t.offset)
	}
	if t.hasTime || len(words) > 0 {
		if len(words) == 0 {
			words = []string{trimmed}
		}
		return Date{}, notUnderstood(words, dayExample)
	}
	date, err := t.day(today, 1)
	switch {
	case err != nil:
		return Date{}, err
	case date.IsZero():
		return Date{}, notUnderstood([]string{trimmed}, dayExample)
	case date.Compare(today) < 0:
		return date, refuse(Past, date.String(), FormatDay(date)+" is over. Name a day to come.")
	}
	return date, nil
}

// readText is readTyped with the refusals that need no further thought.
func readText(text string, today Date, example string) (typed, error) {
	if len(text) > maxTyped {
		return typed{}, refuse(NotUnderstood, text, "This text is too long for a time. "+example)
	}
	if text = clean(text); text == "" {
		return typed{}, refuse(Empty, text, "Nothing was given. "+example)
	}
	return readTyped(text, today)
}

func notUnderstood(words []string, example string) *Refusal {
	text := strings.Join(words, " ")
	return refuse(NotUnderstood, text, quoted(text)+" is not understood here. "+example)
}

// day concludes the date; the zero Date if none was given. A weekday alone is
// the first that is at least soonest days away.
func (t typed) day(today Date, soonest int) (Date, error) {
	switch {
	case !t.hasWeekday:
		return t.date, nil
	case t.next && !t.date.IsZero():
		return Date{}, notUnderstood([]string{"next", t.weekday.String()}, momentExample)
	case t.next:
		monday := today.AddDays(7 - (int(today.Weekday())+6)%7)
		return monday.AddDays((int(t.weekday) + 6) % 7), nil
	case t.date.IsZero():
		from := today.AddDays(soonest)
		return from.AddDays((int(t.weekday-from.Weekday()) + 7) % 7), nil
	case t.date.Weekday() != t.weekday:
		return Date{}, refuse(WrongWeekday, FormatDay(t.date),
			FormatDay(t.date)+" is not a "+t.weekday.String()+". Correct the date or leave the weekday out.")
	}
	return t.date, nil
}

// zone concludes the zone from the words that are left over: the person's own if
// there are none.
func (t typed) zone(own Zone) (Zone, error) {
	name := strings.Join(t.rest, " ")
	switch {
	case t.apart:
		return Zone{}, notUnderstood(t.rest, momentExample)
	case name == "":
		return own, nil
	}
	z, err := ParseZone(name)
	if r := new(Refusal); errors.As(err, &r) && r.Reason == UnknownZone {
		if len(r.Zones) == 0 {
			return Zone{}, notUnderstood(t.rest, momentExample)
		}
		return Zone{}, suggest(UnknownZone, name, quoted(name)+" is neither a date nor a place known here.", r.Zones)
	}
	return z, err
}
