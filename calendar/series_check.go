package calendar

import (
	"fmt"
	"slices"
)

// checked is s if it makes sense, and otherwise the Refusal that says why not.
func (s Series) checked() (Series, error) {
	for _, rule := range []func() *Refusal{s.checkTime, s.checkEnd, s.checkWeeks, s.checkMonth, s.checkSize} {
		if r := rule(); r != nil {
			return Series{}, r
		}
	}
	return s, nil
}

func (s Series) checkTime() *Refusal {
	if s.First.IsZero() {
		return refuse(NoTime, "", "A series needs the time of its first talk.")
	}
	return nil
}

func (s Series) checkEnd() *Refusal {
	first := s.First.Date
	switch days := first.DaysUntil(s.Until); {
	case s.Until.IsZero():
		return refuse(NoEnd, "", "A series needs a last day, at most two years after the first. Write for example until "+
			FormatDay(first.AddDays(26*7))+".")
	case days < 0:
		return refuse(BackwardHours, s.Until.String(),
			"The last day, "+FormatDay(s.Until)+", is before the first talk on "+FormatDay(first)+". Name a later one.")
	case days > MaxSeriesDays:
		return refuse(TooMany, s.Until.String(), "A series runs for two years at most, so its last day can be "+
			FormatDay(first.AddDays(MaxSeriesDays))+" or earlier.")
	}
	return nil
}

func (s Series) checkWeeks() *Refusal {
	if s.Shape == Weekly && (s.Weeks < 1 || s.Weeks > maxWeeks) {
		return refuse(NotUnderstood, fmt.Sprint(s.Weeks), fmt.Sprintf("The talks can be 1 to %d weeks apart.", maxWeeks))
	}
	return nil
}

func (s Series) checkMonth() *Refusal {
	switch first := s.First.Date; {
	case s.Shape == Monthly && weekOfMonth(first) == lastWeek:
		return refuse(NoSuchDate, first.String(), "Few months have a fifth "+first.Weekday().String()+
			". Take the last one of the month, or another first day.")
	case s.Shape == MonthlyLast && !isLast(first):
		return refuse(NoSuchDate, first.String(), FormatDay(first)+" is not the last "+first.Weekday().String()+
			" of its month. Take another first day.")
	}
	return nil
}

func (s Series) checkSize() *Refusal {
	if len(s.Days) > MaxSeriesTalks {
		return refuse(TooMany, fmt.Sprint(len(s.Days)), fmt.Sprintf("A series has at most %d talks, and these are %d days. "+
			"Leave some out.", MaxSeriesTalks, len(s.Days)))
	}
	if len(s.Dates()) == 0 {
		return refuse(Empty, "", "Every day of the series is left out, so there would be no talk.")
	}
	return nil
}

// Words names the rule for a sentence, as "every Tuesday", "every 2 weeks on
// Tuesday", "on the second Tuesday of every month" or "on 3 days". Time, place
// and end are not part of it. It is empty for the zero Series.
func (s Series) Words() string {
	day := s.First.Date.Weekday().String()
	switch s.Shape {
	case Weekly:
		if s.Weeks == 1 {
			return "every " + day
		}
		return fmt.Sprintf("every %d weeks on %s", s.Weeks, day)
	case Monthly:
		return "on the " + ordinals[weekOfMonth(s.First.Date)-1] + " " + day + " of every month"
	case MonthlyLast:
		return "on the last " + day + " of every month"
	case Listed:
		if len(s.Days) == 1 {
			return "on one day"
		}
		return fmt.Sprintf("on %d days", len(s.Days))
	}
	return ""
}

//nolint:gochecknoglobals // words, by number from 1; the last has two names
var ordinals = []string{"first", "second", "third", "fourth", "last"}

// Times returns s with another end, so that it has n talks, or fewer where a Listed
// series has fewer days. It is an error, a Refusal, if n is not 1 to
// MaxSeriesTalks or the end would be too far away.
func (s Series) Times(n int) (Series, error) {
	if n < 1 || n > MaxSeriesTalks {
		return Series{}, refuse(TooMany, fmt.Sprint(n), fmt.Sprintf("A series has 1 to %d talks.", MaxSeriesTalks))
	}
	for i := 0; n > 0; i++ {
		d := s.day(i)
		if d.IsZero() {
			break
		}
		s.Until = d
		if !slices.Contains(s.Skips, d) {
			n--
		}
	}
	return s.checked()
}
