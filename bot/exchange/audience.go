package exchange

import "time"

const linkedIn = 7 * 24 * time.Hour // of a talk, for its links to have been posted soon

// Audience is who came to the talks of a period. Attended counts those of Counted
// talks, at Estimates of which somebody counted heads; Coded are those of whom it
// is known who they are, with OtherLabs and First as parts of them.
type Audience struct {
	Talks     int
	Counted   int // talks of which it is known how many came
	Replies   int // to these, by those who said that they would come
	Attended  int
	Estimates int
	Coded     int
	OtherLabs int // not of the speaker's lab
	First     int // who had been at no talk before
	Linked    int // talks with slides or a recording within a week
}

// Audience counts who came within a period.
func (l Ledger) Audience(p Period) Audience {
	var a Audience
	for _, t := range l.Talks {
		if !p.Holds(t.At) {
			continue
		}
		a.Talks++
		if t.Attended > 0 || t.Estimated {
			a.Counted++
		}
		a.Attended += t.Attended
		a.Replies += t.Replies
		if t.Estimated { // who they were is not known
			a.Estimates++
		} else {
			a.Coded += t.Attended
			a.OtherLabs += t.OtherLabs
			a.First += t.First
		}
		if !t.Linked.IsZero() && t.Linked.Sub(t.At) <= linkedIn {
			a.Linked++
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
	a := l.Audience(p)
	others, newcomers := shareOf("M22", otherLabsPart, Ratio{a.OtherLabs, a.Coded}), shareOf("M22", firstTimersPart, Ratio{a.First, a.Coded})
	others.People, newcomers.People = a.Coded, a.Coded
	return []Measure{
		countOf("M22", "attended", a.Attended), countOf("M22", "talks with an estimate", a.Estimates),
		shareOf("M22", "of replies", Ratio{a.Attended, a.Replies}), others,
		newcomers, shareOf("M22", "links in a week", Ratio{a.Linked, a.Talks}),
	}
}
