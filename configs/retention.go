package configs

import "strconv"

// Retention is for how many days what people wrote is kept, by what it is.
// Numbers that are counted from it stay.
type Retention struct {
	// Asks is the words of asks and introductions, and the contacts that were
	// exchanged, from when they ended or began.
	Asks int
	// Talks is who came to a talk or said so, who could when, and what was asked
	// there; and the audit, which would tell it.
	Talks int
	// Applications is why somebody wanted to come, from when they applied.
	Applications int
	// Exchanges is the words of exchanges, from their last move on, and of what was
	// answered about them later, from the answer on.
	Exchanges int
}

// The bounds of a retention, in days: what is open must not fade, and ten years
// are longer than any use of it.
const (
	minRetention = 90
	maxRetention = 3650
)

// retention checks the settings under "retention".
func (s *sources) retention() Retention {
	return Retention{
		Asks:         s.days("retention.asks_days", 730),
		Talks:        s.days("retention.talks_days", 365),
		Applications: s.days("retention.applications_days", 365),
		Exchanges:    s.days("retention.exchanges_days", 1095),
	}
}

func (s *sources) days(path string, usual int) int {
	v, ok := s.text(path, "")
	if !ok {
		return usual
	}
	n, err := strconv.Atoi(v.text)
	if err != nil || n < minRetention || n > maxRetention {
		s.found.add(v.where, "%q is no number of days; write %d to %d", v.text, minRetention, maxRetention)
	}
	return n
}
