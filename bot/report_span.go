package bot

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// span is the time that a report is of, by its first and last day in UTC, so that
// it is the same for everybody. The zero value is all the time so far.
type span struct {
	first, last calendar.Date
}

// period is the span as figures have it.
func (s span) period(now time.Time) exchange.Period {
	p, err := exchange.NewPeriod(s.first, s.last)
	if err != nil {
		return exchange.Period{To: now.Add(time.Nanosecond)}
	}
	return p
}

// holds reports whether a moment is in the span.
func (s span) holds(at time.Time) bool {
	return s == span{} || s.period(at).Holds(at)
}

// words name the span: "from Thu 1 Jan 2026 to Tue 31 Mar 2026".
func (s span) words() string {
	if s == (span{}) {
		return "all the time so far"
	}
	return "from " + calendar.FormatDay(s.first) + " to " + calendar.FormatDay(s.last)
}

// since says of what time a report is; nothing where it is of all.
func (s span) since() []chat.Text {
	if s == (span{}) {
		return nil
	}
	return []chat.Text{chat.T("What was begun ", s.words(), ", as it stands today.")}
}

// heading says of what time a report is, and that there is nothing in it.
func (s span) heading(goals int) []chat.Text {
	switch {
	case goals > 0:
		return s.since()
	case s == span{}:
		return []chat.Text{chat.T("No goals have been agreed yet. They come with an exchange: ", chat.Code("exchange propose"))}
	}
	return append(s.since(), chat.T("No goals of that time have been agreed on."))
}

// id is what a control about a report carries: whose it is, and its days.
func (s span) id(of string) string {
	if s == (span{}) {
		return of
	}
	return joinID(of, dayNumber(s.first), dayNumber(s.last))
}

// spanOf reads the days of a control. What is none of ours is all the time.
func spanOf(numbers []int) span {
	if len(numbers) < 2 {
		return span{}
	}
	first, err1 := dayOfNumber(numbers[0])
	last, err2 := dayOfNumber(numbers[1])
	if err1 != nil || err2 != nil || last.Compare(first) < 0 {
		return span{}
	}
	return span{first, last}
}

// dayNumber is a day as 20260131.
func dayNumber(d calendar.Date) int { return d.Year()*10000 + int(d.Month())*100 + d.Day() }

func dayOfNumber(n int) (calendar.Date, error) {
	return calendar.NewDate(n/10000, time.Month(n/100%100), n%100)
}

// periodArg is the argument that names a span.
func periodArg() chat.Arg {
	return chat.Arg{Name: "period", Summary: "2026, 2026-Q1, 2026-03"}
}

// span is the time that the person named; all of it where they named none.
func (rq *request) span() (span, error) {
	return parseSpan(chat.CleanLine(rq.args["period"]), rq.app.zones.Today(rq.now, calendar.UTC()))
}

// spanPattern reads a year, a quarter and a month.
var spanPattern = regexp.MustCompile(`^(\d{4})(?:[- ]?q([1-4])|-(\d{2}))?$`)

// parseSpan reads a period that somebody typed: a year, a quarter, a month, two
// days, "this month", "last year", "last 90 days".
func parseSpan(text string, today calendar.Date) (span, error) {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	switch found := spanPattern.FindStringSubmatch(text); {
	case text == "":
		return span{}, nil
	case found != nil:
		return calendarSpan(found)
	}
	if s, ok := relativeSpan(text, today); ok {
		return s, nil
	}
	for _, between := range []string{"..", " to ", " until ", " - "} {
		if from, to, ok := strings.Cut(text, between); ok {
			return daysSpan(from, to, today)
		}
	}
	return span{}, noSpan(text)
}

func noSpan(text string) error {
	return denied("I do not understand the period “%s”. Write 2026, 2026-Q1, 2026-03, last month, last 90 days, or two days as 2026-01-01..2026-03-31.", clip(text, 60))
}

// calendarSpan is a year, or a quarter or a month of one.
func calendarSpan(found []string) (span, error) {
	year, _ := strconv.Atoi(found[1])
	from, months := time.January, 12
	switch {
	case found[2] != "":
		quarter, _ := strconv.Atoi(found[2])
		from, months = time.Month(3*quarter-2), 3
	case found[3] != "":
		month, _ := strconv.Atoi(found[3])
		from, months = time.Month(month), 1
	}
	s, ok := monthsFrom(year, from, months)
	if !ok {
		return span{}, noSpan(found[0])
	}
	return s, nil
}

// monthsFrom are whole months; false where there are none such.
func monthsFrom(year int, month time.Month, n int) (span, bool) {
	end := time.Date(year, month+time.Month(n), 0, 0, 0, 0, 0, time.UTC)
	first, err1 := calendar.NewDate(year, month, 1)
	last, err2 := calendar.NewDate(end.Year(), end.Month(), end.Day())
	return span{first, last}, err1 == nil && err2 == nil
}

// relativeSpan is a time that is named by today.
func relativeSpan(text string, today calendar.Date) (span, bool) {
	month := time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC)
	before := month.AddDate(0, -1, 0)
	var n int
	switch {
	case text == "this month":
		return monthsFrom(today.Year(), today.Month(), 1)
	case text == "last month":
		return monthsFrom(before.Year(), before.Month(), 1)
	case text == "this year":
		return monthsFrom(today.Year(), time.January, 12)
	case text == "last year":
		return monthsFrom(today.Year()-1, time.January, 12)
	}
	if read, _ := fmt.Sscanf(text, "last %d days", &n); read == 1 && n > 0 && n <= 3660 {
		return span{today.AddDays(1 - n), today}, true
	}
	return span{}, false
}

// daysSpan is a time from one day to another.
func daysSpan(from, to string, today calendar.Date) (span, error) {
	first, err := pastDay(from, today)
	if err != nil {
		return span{}, err
	}
	last, err := pastDay(to, today)
	if err != nil {
		return span{}, err
	}
	_, err = exchange.NewPeriod(first, last)
	return span{first, last}, dealt(err)
}

// pastDay is a day that somebody typed and that may be over.
func pastDay(text string, today calendar.Date) (calendar.Date, error) {
	day, err := calendar.ParseDay(text, today)
	var r *calendar.Refusal
	if errors.As(err, &r) && r.Reason == calendar.Past {
		return day, nil
	}
	return day, refusal(err)
}

// holdings are those of a scope that were begun in a span: exchanges that were
// proposed in it, and matches that were asked for.
func (rq *request) holdings(of exchange.Scope, during span) (holdings, error) {
	h, err := rq.app.holdings(rq.tx, of)
	if err != nil {
		return h, err
	}
	return h.during(during), nil
}

// during is what of the holdings was begun in a span.
func (h holdings) during(s span) holdings {
	kept := holdings{labs: h.labs, aftermath: h.aftermath}
	for _, e := range h.exchanges {
		if s.holds(e.At) {
			kept.exchanges = append(kept.exchanges, e)
		}
	}
	for _, m := range h.matches {
		if s.holds(m.AskedAt) {
			kept.matches = append(kept.matches, m)
		}
	}
	return kept
}
