package calendar

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Hours are the hours of a week in which somebody works. The zero value stands
// for people who said nothing and means DefaultHours, so Hours always hold some
// time. In JSON Hours are what String returns.
type Hours struct {
	days *[7][]span // from Monday, never changed; nil is the default
}

// span is a part of a day, in minutes since midnight; to may be 24:00.
type span struct{ from, to int }

const minutesPerDay = 24 * 60

// DefaultHours returns Monday to Friday, 09:00 to 17:00: the hours of people who
// said nothing.
func DefaultHours() Hours { return Hours{} }

// on returns the spans of a weekday, in order, with time between them.
func (h Hours) on(day time.Weekday) []span {
	switch {
	case h.days != nil:
		return h.days[(day+6)%7]
	case day == time.Saturday || day == time.Sunday:
		return nil
	default:
		return []span{{9 * 60, 17 * 60}}
	}
}

// week returns the spans of all days, from Monday.
func (h Hours) week() (days [7][]span) {
	for i := range days {
		days[i] = h.on(time.Weekday((i + 1) % 7))
	}
	return days
}

// IsZero reports whether nobody set these hours, though they may be the default.
func (h Hours) IsZero() bool { return h.days == nil }

// Equal reports whether both hold the same time of the week.
func (h Hours) Equal(other Hours) bool { return h.String() == other.String() }

// Contains reports whether w is within the hours. The end of a stretch is not:
// 09:00-17:00 contains 09:00 and 16:59 but not 17:00. A Wall without a date is
// never within.
func (h Hours) Contains(w Wall) bool {
	minute := w.Clock.Hour()*60 + w.Clock.Minute()
	return !w.Date.IsZero() && slices.ContainsFunc(h.on(w.Date.Weekday()), func(s span) bool {
		return s.from <= minute && minute < s.to
	})
}

// String returns the hours in the one spelling that ParseHours reads back as the
// same, as "Mon-Fri 09:00-17:00, Sat 10:00-12:00".
func (h Hours) String() string {
	days := h.week()
	var parts []string
	var done [7]bool
	for i := range days {
		if done[i] || len(days[i]) == 0 {
			continue
		}
		var same [7]bool
		for j := range days {
			same[j] = slices.Equal(days[i], days[j])
			done[j] = done[j] || same[j]
		}
		times := make([]string, len(days[i]))
		for k, s := range days[i] {
			times[k] = spanText(s.from, s.to)
		}
		parts = append(parts, dayRuns(same)+" "+strings.Join(times, ", "))
	}
	return strings.Join(parts, ", ")
}

func spanText(from, to int) string {
	return fmt.Sprintf("%02d:%02d-%02d:%02d", from/60, from%60, to/60, to%60)
}

// dayRuns names a set of days, as "Mon-Wed,Fri". A run may pass the end of the
// week, so that a week from Sunday to Thursday is "Sun-Thu".
func dayRuns(in [7]bool) string {
	if !slices.Contains(in[:], false) {
		return "Mon-Sun"
	}
	var runs []string
	for i := range in {
		if !in[i] || in[(i+6)%7] {
			continue
		}
		end := i
		for in[(end+1)%7] {
			end++
		}
		run := dayName(i)
		if end > i {
			run += "-" + dayName(end)
		}
		runs = append(runs, run)
	}
	return strings.Join(runs, ",")
}

// dayName is the short name of a day counted from Monday, in this week or the next.
func dayName(i int) string { return time.Weekday((i + 1) % 7).String()[:3] }

// MarshalText writes String.
func (h Hours) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads what ParseHours reads.
func (h *Hours) UnmarshalText(text []byte) error {
	parsed, err := ParseHours(string(text))
	if err == nil {
		*h = parsed
	}
	return err
}
