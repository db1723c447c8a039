package exchange

import "time"

const linkedIn = 7 * 24 * time.Hour // of a talk, for its links to have been posted soon

// audience is who came to the talks of a period.
type audience struct {
	talks, replies, attended, estimates, linked int
	coded, otherLabs, first                     int // of talks whose attendees are known
}

func (l Ledger) audience(p Period) audience {
	var a audience
	for _, t := range l.Talks {
		if !p.Holds(t.At) {
			continue
		}
		a.talks++
		a.attended += t.Attended
		a.replies += t.Replies
		if t.Estimated { // who they were is not known
			a.estimates++
		} else {
			a.coded += t.Attended
			a.otherLabs += t.OtherLabs
			a.first += t.First
		}
		if !t.Linked.IsZero() && t.Linked.Sub(t.At) <= linkedIn {
			a.linked++
		}
	}
	return a
}

// The parts of M22 that rest on who somebody is.
const (
	otherLabsPart   = "other labs"
	firstTimersPart = "first-timers"
)

// reach is M22, of the talks that took place within a period.
func (l Ledger) reach(p Period) []Measure {
	a := l.audience(p)
	others, newcomers := shareOf("M22", otherLabsPart, Ratio{a.otherLabs, a.coded}), shareOf("M22", firstTimersPart, Ratio{a.first, a.coded})
	others.People, newcomers.People = a.coded, a.coded
	return []Measure{
		countOf("M22", "attended", a.attended), countOf("M22", "talks with an estimate", a.estimates),
		shareOf("M22", "of replies", Ratio{a.attended, a.replies}), others,
		newcomers, shareOf("M22", "links in a week", Ratio{a.linked, a.talks}),
	}
}
