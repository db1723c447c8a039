package calendar

import "slices"

// Skip returns s without the talk of a day: this one alone does not take place.
// It skips the zero Date and days that are skipped already without a change.
func (s Series) Skip(days ...Date) Series {
	s.Skips = inOrder(append(slices.Clone(s.Skips), days...))
	return s
}

// Before returns the talks before a day: that one and all that follow do not take
// place. It is the zero Series if none are left.
func (s Series) Before(day Date) Series {
	s.Until = earlier(s.Until, day.AddDays(-1))
	s.Days = slices.DeleteFunc(slices.Clone(s.Days), func(d Date) bool { return d.Compare(day) >= 0 })
	return s.unlessEmpty()
}

// From returns the talk of a day, if there is one, and all that follow. It is the
// zero Series if there are none. Before and From of a day share out all talks.
func (s Series) From(day Date) Series {
	rest := slices.DeleteFunc(s.rule(), func(d Date) bool { return d.Compare(day) < 0 })
	if len(rest) == 0 {
		return Series{}
	}
	s.First = s.wall(rest[0])
	s.Days = slices.DeleteFunc(slices.Clone(s.Days), func(d Date) bool { return d.Compare(day) < 0 })
	return s.unlessEmpty()
}

func earlier(a, b Date) Date {
	if a.Compare(b) < 0 {
		return a
	}
	return b
}

// unlessEmpty is s, or the zero Series if s has no talks.
func (s Series) unlessEmpty() Series {
	if len(s.Dates()) == 0 {
		return Series{}
	}
	return s
}

// MoveFollowing moves the talk of a day to another wall time, and with it all
// that follow: to the same weekday, time of day and zone. It returns the talks
// before, which keep their time and may be the zero Series, and the others, as
// many as before and in the same order, so that the talk of From(day).Dates()[i]
// is now that of after.Dates()[i]. What was skipped stays skipped.
//
// A monthly series follows the place of the new day in its month: from the second
// Tuesday to the second Wednesday; a fifth weekday counts as the last. The days
// of a Listed series all move by as many days. To move one talk alone, Skip its
// day and keep the talk as it is.
//
// Its errors are Refusals: NoSuchDate if there is no talk on that day, and what
// the rule of the others may be refused for.
func (s Series) MoveFollowing(day Date, to Wall) (before, after Series, err error) {
	if !slices.Contains(s.Dates(), day) {
		return Series{}, Series{}, refuse(NoSuchDate, day.String(), "The series has no talk on "+FormatDay(day)+".")
	}
	rest := s.From(day)
	old := rest.rule()
	after = Series{First: to, Shape: rest.Shape, Weeks: rest.Weeks}
	switch {
	case rest.Shape == Listed:
		for _, d := range old {
			after.Days = append(after.Days, d.AddDays(day.DaysUntil(to.Date)))
		}
	case rest.Shape == Monthly && weekOfMonth(to.Date) == lastWeek:
		after.Shape = MonthlyLast
	case rest.Shape == MonthlyLast && !isLast(to.Date):
		after.Shape = Monthly
	}
	after.Until = after.day(len(old) - 1)
	for i, d := range old {
		if slices.Contains(rest.Skips, d) {
			after.Skips = append(after.Skips, after.day(i))
		}
	}
	if after, err = after.checked(); err != nil {
		return Series{}, Series{}, err
	}
	return s.Before(day), after, nil
}
