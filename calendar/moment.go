package calendar

import (
	"strings"
	"time"
)

// Moment is a time that somebody chose: what the wall shows, and the instant.
type Moment struct {
	// Wall is what to keep.
	Wall Wall `json:"wall"`
	// Instant is the time of Wall by the rules of one ZoneSet, in UTC.
	Instant time.Time `json:"instant"`
	// Kind is Unique, or Overlap if the person chose one of two.
	Kind Kind `json:"kind"`
	// Rules is the release of the zone data by which Instant was found.
	Rules string `json:"rules,omitempty"`
}

// Moment returns the moment of w. In a Gap, Instant is what Resolve gives.
func (s *ZoneSet) Moment(w Wall) Moment {
	instant, kind := s.Resolve(w)
	return Moment{Wall: w, Instant: instant, Kind: kind, Rules: s.version}
}

const momentExample = "Write a time as Tue 15:00, tomorrow 9am or 8 Dec 15:00 Berlin."

// ParseMoment reads a time that somebody in zone typed at now: a time of day
// (15:00, 3pm), a date before or after it if not the next such time is meant,
// and a zone or city if not zone is meant.
//
// Dates are a weekday (the first to come), next and a weekday (that of the week
// after this, which starts on Monday), today, tomorrow, 2026-12-08, 8 Dec, 8 Dec
// 2026, or in 3 days or weeks; a date without a year is the first to come. Today
// is the day where the person is, whatever zone the time is in. A distance from
// UTC without a city (15:00 UTC+5:30, 2026-12-08T15:00Z) names an instant, which is
// kept as what clocks in zone show then. What FormatFull writes is read too. People disagree about "next", so show them what was
// understood before it counts.
//
// Its errors are Refusals. Of reason Past, the moment is returned beside it; of
// reason Skipped or Repeated, Choices holds the two times to choose from.
func (s *ZoneSet) ParseMoment(text string, now time.Time, zone Zone) (Moment, error) {
	if !inCalendar(now) {
		return Moment{}, refuse(NotUnderstood, text, "The current time is not known.")
	}
	if zone.IsZero() {
		zone = UTC()
	}
	today := s.Today(now, zone)
	t, err := readText(text, today, momentExample)
	if err != nil {
		return Moment{}, err
	}
	place, err := t.zone(zone)
	if err != nil {
		return Moment{}, err
	}
	w, err := t.wall(text, today, place)
	if err != nil {
		return Moment{}, err
	}
	if t.offset != "" && len(t.rest) == 0 {
		return s.atOffset(w, t, now)
	}
	return s.decide(s.advance(w, t, now), t.offset, now)
}

// wall is the time that was typed; its date is the zero Date where none was.
func (t typed) wall(text string, today Date, place Zone) (Wall, error) {
	if !t.hasTime {
		return Wall{}, refuse(NoTime, text, quoted(text)+" has no time of day. "+momentExample)
	}
	clock, err := NewClock(t.time.minute/60, t.time.minute%60)
	if err != nil {
		return Wall{}, refuse(NoSuchDate, "24:00", "A day ends at 23:59. Write 00:00 and the day after.")
	}
	date, err := t.day(today, 0)
	return Wall{Date: date, Clock: clock, Zone: place}, err
}

// advance fills in the date where none was given, and moves a weekday that is
// today to the next week if its time is over.
func (s *ZoneSet) advance(w Wall, t typed, now time.Time) Wall {
	step := 7
	if w.Date.IsZero() {
		w.Date, step = s.Today(now, w.Zone), 1
	}
	if instant, _ := s.Resolve(w); t.date.IsZero() && !instant.After(now) {
		w.Date = w.Date.AddDays(step)
	}
	return w
}

// decide turns a wall time into a moment, or says why it is none.
func (s *ZoneSet) decide(w Wall, offset string, now time.Time) (Moment, error) {
	m := s.Moment(w)
	if !inCalendar(m.Instant) {
		return Moment{}, noSuchDate(w.Date.String())
	}
	choices := s.Choices(w)
	last := s.Moment(choices[len(choices)-1])
	switch {
	case !last.Instant.After(now):
		return last, refuse(Past, w.String(), s.FormatFull(last.Instant, w.Zone)+" is over. Name a time to come.")
	case m.Kind == Gap || m.Kind == Overlap && offset == "":
		return Moment{}, s.askBack(w, m.Kind, choices)
	case offset == "" || s.hasOffset(m, offset):
		return m, nil
	case m.Kind == Overlap && s.hasOffset(last, offset):
		return last, nil
	}
	return Moment{}, refuse(BareOffset, offset,
		quoted(offset)+" does not fit. This would be "+s.FormatFull(m.Instant, w.Zone)+".")
}

// hasOffset reports whether a moment is as far from UTC as a person wrote.
func (s *ZoneSet) hasOffset(m Moment, offset string) bool {
	return strings.EqualFold(offset, offsetText(s.offset(m.Wall.Zone, m.Instant.Unix())))
}

// askBack refuses a wall time that does not exist or exists twice.
func (s *ZoneSet) askBack(w Wall, kind Kind, choices []Wall) *Refusal {
	reason, what := Repeated, " comes twice, because clocks are set back. Did you mean "
	if kind == Gap {
		reason, what = Skipped, " does not exist, because clocks are set forward. Did you mean "
	}
	r := refuse(reason, w.String(), "")
	var words []string
	for _, c := range choices {
		m := s.Moment(c)
		r.Choices = append(r.Choices, m)
		words = append(words, s.FormatFull(m.Instant, w.Zone))
	}
	place := w.Zone.City()
	r.Sentence = FormatDay(w.Date) + ", " + strings.TrimSpace(w.Clock.short()+" "+place) + what + orList(words) + "?"
	return r
}
