package calendar

import (
	"slices"
	"time"
)

// Shape is how the days of a series follow each other.
type Shape string

// The shapes of series. The zero Shape belongs to the zero Series.
const (
	// Weekly is the weekday of the first talk, every one or more weeks.
	Weekly Shape = "weekly"
	// Monthly is the first, second, third or fourth such weekday of each month:
	// whichever the first talk's day is.
	Monthly Shape = "monthly"
	// MonthlyLast is the last such weekday of each month.
	MonthlyLast Shape = "monthly last"
	// Listed is days that somebody named one by one.
	Listed Shape = "listed"
)

// The limits of a series: two years, and as many talks as fit in at one a week.
const (
	MaxSeriesTalks = 105
	MaxSeriesDays  = 2 * 366
	maxWeeks       = 52
)

// Series says when a talk comes again and again: the same time of day by the
// clocks of one place, on days that follow a rule and have an end. It is a value;
// every method returns another one and changes nothing. Make one with NewWeekly,
// NewMonthly or NewListed, which refuse what makes no sense; the zero Series has
// no talks. Series are stored as JSON.
type Series struct {
	// First is when the first talk is, if it is not skipped.
	First Wall `json:"first"`
	// Shape is the rule.
	Shape Shape `json:"shape"`
	// Weeks is the distance between talks of a Weekly series, from 1.
	Weeks int `json:"weeks,omitempty"`
	// Until is the last day on which there may be a talk.
	Until Date `json:"until"`
	// Days are all days of a Listed series, in order; First.Date is the first.
	Days []Date `json:"days,omitempty"`
	// Skips are days without a talk, in order. Days of other weeks, such as all
	// holidays of a lab, may be among them.
	Skips []Date `json:"skips,omitempty"`
}

// NewWeekly returns the series on every weeks-th week's day like first's, up to
// and with until. Its errors are Refusals: NoEnd where until is the zero Date,
// TooMany beyond the limits, NotUnderstood for a number of weeks outside 1 to 52,
// BackwardHours for an end before the first day. For a number of talks instead of
// an end, see Times.
func NewWeekly(first Wall, weeks int, until Date) (Series, error) {
	return Series{First: first, Shape: Weekly, Weeks: weeks, Until: until}.checked()
}

// NewMonthly returns the series on the same weekday of each month as first: the
// second Tuesday, say, if that is what first is, or the last one if last is set.
// Its errors are Refusals, as of NewWeekly, and NoSuchDate where first is a fifth
// weekday, which few months have, or is not the last of its month though last is
// set.
func NewMonthly(first Wall, last bool, until Date) (Series, error) {
	shape := Monthly
	if last {
		shape = MonthlyLast
	}
	return Series{First: first, Shape: shape, Until: until}.checked()
}

// NewListed returns the series on these days, in whatever order they are, at the
// time and in the zone of at, whose date does not matter. Its errors are Refusals.
func NewListed(at Wall, days []Date) (Series, error) {
	days = inOrder(days)
	if len(days) == 0 {
		return Series{}, refuse(Empty, "", "No days were given. Name each day, as 8 Dec, 15 Dec, 12 Jan.")
	}
	at.Later = at.Later && at.Date == days[0]
	at.Date = days[0]
	return Series{First: at, Shape: Listed, Days: days, Until: days[len(days)-1]}.checked()
}

// inOrder sorts days, each of them once.
func inOrder(days []Date) []Date {
	days = slices.DeleteFunc(slices.Clone(days), Date.IsZero)
	slices.SortFunc(days, Date.Compare)
	return slices.Compact(days)
}

// IsZero reports whether s is no series, and so has no talks.
func (s Series) IsZero() bool { return s.Shape == "" }

// Dates returns the days of all talks that are not skipped, in order: at most
// MaxSeriesTalks.
func (s Series) Dates() []Date {
	return slices.DeleteFunc(s.rule(), func(d Date) bool { return slices.Contains(s.Skips, d) })
}

// Walls returns the wall times of Dates. All show the same time of day, also
// where clocks change between them.
func (s Series) Walls() []Wall {
	var walls []Wall
	for _, d := range s.Dates() {
		walls = append(walls, s.wall(d))
	}
	return walls
}

// wall is the time of a talk. Which of two equal times is meant was asked of the
// first day only.
func (s Series) wall(d Date) Wall {
	w := s.First
	w.Later = w.Later && d == w.Date
	w.Date = d
	return w
}

// Moments returns the moments of a series' talks, in order of their days. Where
// clocks jump over the time of a talk, or show it twice, its Kind says so and the
// Instant is what Resolve gives.
func (s *ZoneSet) Moments(series Series) []Moment {
	var moments []Moment
	for _, w := range series.Walls() {
		moments = append(moments, s.Moment(w))
	}
	return moments
}

// rule lists the days of s, those that are skipped too.
func (s Series) rule() []Date {
	var days []Date
	for i := range MaxSeriesTalks {
		d := s.day(i)
		if d.IsZero() || d.Compare(s.Until) > 0 || i > 0 && d == days[i-1] {
			break // a day that comes again is the end of the calendar
		}
		days = append(days, d)
	}
	return days
}

// day is the i-th day of the rule, whether it is before the end or not; the zero
// Date where there is none.
func (s Series) day(i int) Date {
	switch first := s.First.Date; s.Shape {
	case Weekly:
		return first.AddDays(7 * s.Weeks * i)
	case Monthly:
		return weekdayOfMonth(first, i, weekOfMonth(first))
	case MonthlyLast:
		return weekdayOfMonth(first, i, lastWeek)
	case Listed:
		if i < len(s.Days) {
			return s.Days[i]
		}
	}
	return Date{}
}

// lastWeek stands for the last such weekday of a month, whatever its number.
const lastWeek = 5

// weekOfMonth is which of its weekday in the month a day is, from 1 to 5.
func weekOfMonth(d Date) int { return (d.Day()-1)/7 + 1 }

// isLast reports whether a day is the last of its weekday in the month.
func isLast(d Date) bool { return d.AddDays(7).Month() != d.Month() }

// weekdayOfMonth is the week-th day, or the last, of d's weekday, in the month
// that comes months after d's; the zero Date behind the end of the calendar.
func weekdayOfMonth(d Date, months, week int) Date {
	count := d.Year()*12 + int(d.Month()) - 1 + months
	first, err := NewDate(count/12, time.Month(count%12+1), 1)
	if err != nil {
		return Date{}
	}
	day := first.AddDays((int(d.Weekday()-first.Weekday())+7)%7 + 7*(week-1))
	if day.Month() != first.Month() {
		day = day.AddDays(-7) // this month has no fifth
	}
	return day
}
