package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"interlab/calendar"
	"interlab/matching"
)

// KindMatch is two people proposed to each other.
const KindMatch Kind = "match"

// The times of a match. An ask that nobody answers ends by itself; what comes
// after an introduction is asked once things had time to happen.
const (
	askLife     = 14 * 24 * time.Hour // an ask ends after it, whatever was said in private
	firstNudge  = 4 * 24 * time.Hour  // reminders of an unanswered ask
	secondNudge = 10 * 24 * time.Hour
	metAfter    = 7 * 24 * time.Hour  // "have you met?", from the introduction or the meeting's end
	metAgain    = 14 * 24 * time.Hour // asked once more after "not yet"
	closeAfter  = 30 * 24 * time.Hour // nothing is expected any more
	dayBefore   = 24 * time.Hour
	soonBefore  = 15 * time.Minute
)

// How long two people are not shown to each other again after an ask has ended.
const (
	restAfterSilence = 90 * 24 * time.Hour  // after silence and after a private no alike
	restAfterNotNow  = 30 * 24 * time.Hour  // "not now" invites another try
	restAfterMeeting = 180 * 24 * time.Hour // nobody wants the same partner again at once
)

// Purpose is what somebody looks for a partner for.
type Purpose string

// The purposes.
const (
	Seminar   Purpose = "seminar"
	Residency Purpose = "residency"
	Chat      Purpose = "chat"
)

// purposes lists them as choices, the commonest first.
var purposes = []string{string(Seminar), string(Residency), string(Chat)}

// length is how long the first meeting is.
func (p Purpose) length() time.Duration {
	if p == Seminar {
		return time.Hour
	}
	return 30 * time.Minute
}

// phrase names the purpose in a sentence: "for a seminar".
func (p Purpose) phrase() string {
	switch p {
	case Residency:
		return "about a residency"
	case Chat:
		return "for a chat"
	case Seminar:
	}
	return "for a seminar"
}

// State is where a match stands.
type State string

// The states. A private no leaves a match Asked until its fourteenth day.
const (
	Asked      State = "asked"
	NotNow     State = "notnow"
	Expired    State = "expired"
	Withdrawn  State = "withdrawn" // by the asker, or because one of the two blocked the other
	Introduced State = "introduced"
	Closed     State = "closed" // introduced long ago; nothing is expected any more
)

// Match is one person's ask to another, and what became of it.
type Match struct {
	ID       string            `json:"id"`
	Asker    string            `json:"asker"`
	Asked    string            `json:"asked"`
	Purpose  Purpose           `json:"purpose"`
	Topic    string            `json:"topic"`
	Reasons  []matching.Reason `json:"reasons,omitempty"` // of the asked person, as shown to the asker
	State    State             `json:"state"`
	AskedAt  time.Time         `json:"asked_at"`
	Refused  bool              `json:"refused,omitempty"`  // the private no
	EndedAt  time.Time         `json:"ended_at,omitzero"`  // of every state but Asked and Introduced
	Began    time.Time         `json:"began,omitzero"`     // the introduction
	Since    time.Time         `json:"since,omitzero"`     // Began, or when a meeting was last called off
	Contacts map[string]string `json:"contacts,omitempty"` // by person, as consented to
	Offer    *Offer            `json:"offer,omitempty"`
	Meeting  *Meeting          `json:"meeting,omitempty"`
	Met      map[string]Met    `json:"met,omitempty"`    // by person
	Done     []string          `json:"done,omitempty"`   // work that was done
	Planned  time.Time         `json:"planned,omitzero"` // when an exchange was planned from it
	LeftLab  string            `json:"left,omitempty"`   // of the one of the two who had themselves removed

	Round string            `json:"round,omitempty"` // that paired them; nobody asked then
	Slot  int               `json:"slot,omitempty"`  // which of the round's meetings
	Back  []matching.Reason `json:"back,omitempty"`  // in a round: of the asker, as shown to the asked
}

// Offer is a handful of times that suit both, and who picked which.
type Offer struct {
	Round  int              `json:"round"`
	Starts []time.Time      `json:"starts"`
	Picks  map[string][]int `json:"picks,omitempty"` // by person: places in Starts
	Past   []time.Time      `json:"past,omitempty"`  // offered so far, not to be offered again
}

// Meeting is an agreed time. Wall is the truth, in the asker's zone; Start is
// its instant by the zone data of the day it was agreed.
type Meeting struct {
	Round  int           `json:"round"` // grows with every new time, and keeps its work apart
	Wall   calendar.Wall `json:"wall"`
	Start  time.Time     `json:"start"`
	Rules  string        `json:"rules,omitempty"` // the release of the zone data that Start follows
	Length time.Duration `json:"length"`
	Agreed time.Time     `json:"agreed"`
	Before time.Time     `json:"before,omitzero"` // the start before a law moved it
}

// Met is what one person said became of an introduction.
type Met struct {
	Answer MetAnswer `json:"answer"`
	Why    string    `json:"why,omitempty"` // one of the reasons or results offered
	At     time.Time `json:"at"`
}

// MetAnswer is the answer to "have you met?".
type MetAnswer string

// The answers.
const (
	MetYes   MetAnswer = "yes"
	MetLater MetAnswer = "later"
	MetNo    MetAnswer = "no"
)

// The work of a match.
const (
	workNudge1   = "nudge1"
	workNudge2   = "nudge2"
	workExpire   = "expire"
	workMet      = "met"
	workMetAgain = "metagain"
	workClose    = "close"
	workDay      = "day"
	workSoon     = "soon"
)

// Ref names the match.
func (m *Match) Ref() Ref { return Ref{KindMatch, m.ID} }

// Entries are both people's matches, newest last, and the pair while an ask is
// open, of which there may be one.
func (m *Match) Entries() []Entry {
	at := m.AskedAt.UnixMilli()
	entries := []Entry{{Index: matchesOf + m.Asker, Score: at}, {Index: matchesOf + m.Asked, Score: at}}
	if m.State == Asked {
		entries = append(entries, Entry{Index: openPair(m.Asker, m.Asked), Unique: true})
	}
	return entries
}

// matchesOf and a person's id list that person's matches.
const matchesOf = "match.of/"

// openPair is the entry of two people between whom an ask is open, whoever asked.
func openPair(a, b string) string {
	if b < a {
		a, b = b, a
	}
	return "match.open/" + a + "/" + b
}

// Due is what comes next by itself: reminders of an ask and its end, a
// meeting's reminders, the question whether they met, and the close.
func (m *Match) Due() []Work {
	var due []Work
	add := func(name string, at time.Time) {
		if !slices.Contains(m.Done, name) {
			due = append(due, Work{name, at})
		}
	}
	switch m.State {
	case Asked:
		if !m.Refused {
			add(workNudge1, m.AskedAt.Add(firstNudge))
			add(workNudge2, m.AskedAt.Add(secondNudge))
		}
		add(workExpire, m.AskedAt.Add(askLife))
	case Introduced:
		m.dueMeeting(add)
		base := m.lastStep()
		if m.Planned.IsZero() { // two who plan a visit need not be asked whether they met
			add(workMet, base.Add(metAfter))
		}
		if m.Planned.IsZero() && m.answered(MetLater) {
			add(workMetAgain, base.Add(metAfter+metAgain))
		}
		add(workClose, base.Add(metAfter+metAgain+closeAfter))
	case NotNow, Expired, Withdrawn, Closed: // over
	}
	return due
}

// dueMeeting adds the reminders of the meeting, but none that was past already
// when the time was agreed.
func (m *Match) dueMeeting(add func(string, time.Time)) {
	if m.Meeting == nil {
		return
	}
	remind := func(name string, before time.Duration) {
		if at := m.Meeting.Start.Add(-before); at.After(m.Meeting.Agreed) {
			add(m.Meeting.work(name), at)
		}
	}
	remind(workDay, dayBefore)
	remind(workSoon, soonBefore)
}

// work names a piece of work of this meeting, apart from an earlier one's.
func (m *Meeting) work(name string) string { return fmt.Sprintf("%s.%d", name, m.Round) }

// baseName is the name of work without the meeting's round.
func baseName(work string) string {
	name, _, _ := strings.Cut(work, ".")
	return name
}

// lastStep is when the two were introduced or, once a time is agreed, when that
// meeting ends: from then on things had time to happen.
func (m *Match) lastStep() time.Time {
	if m.Meeting != nil {
		return m.Meeting.Start.Add(m.Meeting.Length)
	}
	return m.Since
}

// answered reports whether anybody gave that answer to "have you met?".
func (m *Match) answered(a MetAnswer) bool {
	for _, met := range m.Met {
		if met.Answer == a {
			return true
		}
	}
	return false
}

// givenUp is when it was over without a meeting: when the first of the two said
// so, or when nothing more was expected. Zero while they may still meet.
func (m *Match) givenUp() time.Time {
	over := m.EndedAt
	for _, said := range m.Met {
		if said.Answer == MetNo && (over.IsZero() || said.At.Before(over)) {
			over = said.At
		}
	}
	return over
}

// done marks work so that it no longer derives.
func (m *Match) done(work string) {
	if !slices.Contains(m.Done, work) {
		m.Done = append(m.Done, work)
	}
}

// concerns reports whether a person is one of the two.
func (m *Match) concerns(person string) bool { return person == m.Asker || person == m.Asked }

// other is the id of the other person.
func (m *Match) other(person string) string {
	if person == m.Asker {
		return m.Asked
	}
	return m.Asker
}

// ends is when the ask ends by itself.
func (m *Match) ends() time.Time { return m.AskedAt.Add(askLife) }

// rests reports whether the two should not be shown to each other yet. It is
// the same after a private no as after silence, at every moment.
func (m *Match) rests(now time.Time) bool {
	switch m.State {
	case Asked:
		return true
	case NotNow:
		return now.Before(m.EndedAt.Add(restAfterNotNow))
	case Expired, Withdrawn:
		if m.Round != "" {
			return false // who could not make it this time may be paired again
		}
		return now.Before(m.ends().Add(restAfterSilence))
	case Introduced, Closed:
	}
	return now.Before(m.lastStep().Add(restAfterMeeting))
}

// introduce ends the ask with a yes and shares what both agreed to share.
func (m *Match) introduce(now time.Time, contacts map[string]string) {
	m.State, m.Began, m.Since, m.Contacts = Introduced, now, now, contacts
}

// end ends the ask without a yes.
func (m *Match) end(state State, now time.Time) { m.State, m.EndedAt = state, now }

// offer puts new times to both.
func (m *Match) offer(starts []time.Time) {
	next := &Offer{Round: 1, Starts: starts, Past: starts}
	if m.Offer != nil {
		next.Round = m.Offer.Round + 1
		next.Past = slices.Concat(m.Offer.Past, starts)
	}
	m.Offer = next
}

// pick notes that a person can make one of the offered times, and reports
// whether the other one has picked it too.
func (m *Match) pick(person string, n int) (agreed bool) {
	if m.Offer.Picks == nil {
		m.Offer.Picks = map[string][]int{}
	}
	if !slices.Contains(m.Offer.Picks[person], n) {
		m.Offer.Picks[person] = append(m.Offer.Picks[person], n)
	}
	return slices.Contains(m.Offer.Picks[m.other(person)], n)
}

// agree keeps one of the offered times as a meeting, on that wall clock. Whoever
// was asked too early whether they have met is asked again when it is over.
func (m *Match) agree(n int, wall calendar.Wall, now time.Time) {
	m.Meeting = &Meeting{
		Round:  m.Offer.Round,
		Wall:   wall,
		Start:  m.Offer.Starts[n],
		Length: m.Purpose.length(),
		Agreed: now,
	}
	m.Done = slices.DeleteFunc(m.Done, func(work string) bool { return work == workMet || work == workMetAgain })
}

// topReasons are the strongest reasons, as many as people are shown.
func (m *Match) topReasons() []matching.Reason {
	return matching.Suggestion{Reasons: m.Reasons}.Top(maxReasons)
}

// asksMet reports whether a person is still to be asked whether they met: until
// they answer and, after "not yet", once more.
func (m *Match) asksMet(person string) bool {
	switch m.Met[person].Answer {
	case "":
		return true
	case MetLater:
		return slices.Contains(m.Done, workMetAgain)
	case MetYes, MetNo:
	}
	return false
}
