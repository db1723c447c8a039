package exchange

import (
	"fmt"
	"slices"
	"time"

	"interlab/calendar"
)

// Asking is how far a follow-up has come.
type Asking string

// The steps of a follow-up.
const (
	Planned  Asking = "planned"   // its day is to come, or it waits for the person's hours
	Asked    Asking = "asked"     // the person has it
	Answered Asking = "answered"  // by the person, or second-hand by the other side
	Skipped  Asking = "skipped"   // the person does not want to be asked this
	Silence  Asking = "no_answer" // nobody answered
	Moot     Asking = "moot"      // no longer true, or known from elsewhere
)

// Settled reports whether nothing more comes of it.
func (a Asking) Settled() bool { return a != Planned && a != Asked }

// The cadence: research on check-ins in chat finds that a third reminder is
// only resented, that mentors' platforms write at a week, two and three, and
// that people want to postpone without end, which then means no.
const (
	// MaxReminders is how often a question is repeated.
	MaxReminders = 2
	// FirstReminder is how many working days after the question the first one comes.
	FirstReminder = 3
	// SecondReminder is the same for the second one.
	SecondReminder = 7
	// OtherSide is how many working days after the question the other side is
	// asked instead, where it can know.
	OtherSide = 10
	// SilenceAfter is how long after it was first asked a question is given up.
	SilenceAfter = 21 * 24 * time.Hour
	// EditFor is how long an answer can be taken back.
	EditFor = 14 * 24 * time.Hour
	// MaxSnoozes is how often a question is put off; after that it is skipped.
	MaxSnoozes = 3
	// MaxSnooze is how long it is put off in all.
	MaxSnooze = 30 * 24 * time.Hour
	// knownDays is for how many days an answer that came by another way makes a
	// question superfluous.
	knownDays = 7
	// QuietAfter is how many silences in a row end the asking of a person.
	QuietAfter = 3
	// PerDay is how often a day one person is asked something, over all exchanges.
	PerDay = 1
	// PerWeek is the same for a week.
	PerWeek = 3
)

// FollowUp is one question to one person of an exchange, asked when it is due.
// There is one for each exchange, stage, goal, occurrence and person; a second
// try is the same one.
type FollowUp struct {
	Exchange    string        `json:"exchange"`
	Stage       Stage         `json:"stage"`
	Goal        int           `json:"goal,omitempty"`       // its number; 0 for the whole visit
	Occurrence  int           `json:"occurrence,omitempty"` // of a stage that comes again, from 0
	Person      string        `json:"person"`
	Seat        Seat          `json:"seat"`
	Day         calendar.Date `json:"day"` // from whose morning on it is asked, where the person is
	State       Asking        `json:"state"`
	First       time.Time     `json:"first,omitzero"` // when it was first asked
	Reminders   int           `json:"reminders,omitempty"`
	Snoozes     int           `json:"snoozes,omitempty"`
	Until       time.Time     `json:"until,omitzero"`        // put off until then
	Slept       time.Duration `json:"slept,omitempty"`       // put off in all, in nanoseconds
	Counterpart bool          `json:"counterpart,omitempty"` // the other side may answer as well
	Turned      time.Time     `json:"turned,omitzero"`       // when the other side was asked
	Answer      *Answer       `json:"answer,omitempty"`
	Before      *Answer       `json:"before,omitempty"` // what Answer replaced, for one undo
	Settled     time.Time     `json:"settled,omitzero"`
}

// Answer is what somebody said.
type Answer struct {
	Choice     string    `json:"choice"`
	Text       string    `json:"text,omitempty"` // at most MaxAnswer runes
	By         string    `json:"by"`
	SecondHand bool      `json:"second_hand,omitempty"` // by the other side
	At         time.Time `json:"at"`
}

// MaxAnswer is the longest text of an answer, in runes.
const MaxAnswer = 500

// ID names the follow-up for ever: whoever plans it again plans the same one.
func (f *FollowUp) ID() string {
	return fmt.Sprintf("%s.%s.%d.%d.%s", f.Exchange, f.Stage, f.Goal, f.Occurrence, f.Person)
}

// Next is what comes next by itself, and when; false when nothing does. Away
// days are not counted as silence: reminders wait for working days, and giving
// up comes after the last reminder.
func (f *FollowUp) Next(zones *calendar.ZoneSet, r Rhythm) (Act, time.Time, bool) {
	switch {
	case f.State == Planned && f.Until.IsZero():
		return ActAsk, r.Next(zones, r.Morning(zones, f.Day)), true
	case f.State == Planned:
		return ActAsk, r.Next(zones, f.Until), true
	case f.State != Asked:
		return "", time.Time{}, false
	case f.Reminders == 0:
		return ActRemind, r.After(zones, f.First, FirstReminder), true
	case f.Reminders < MaxReminders:
		return ActRemind, r.After(zones, f.First, SecondReminder), true
	}
	if f.Counterpart && f.Turned.IsZero() {
		return ActTurn, r.After(zones, f.First, OtherSide), true
	}
	last := later(r.After(zones, f.First, SecondReminder), f.Turned)
	return ActGiveUp, later(f.First.Add(SilenceAfter), last.Add(24*time.Hour)), true
}

// Act is what a follow-up does by itself.
type Act string

// The acts.
const (
	ActAsk    Act = "ask"
	ActRemind Act = "remind"
	ActTurn   Act = "turn" // to the other side
	ActGiveUp Act = "give_up"
)

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// Ask notes that the question goes to the person.
func (f *FollowUp) Ask(now time.Time) {
	f.State, f.Until, f.Reminders, f.Turned = Asked, time.Time{}, 0, time.Time{}
	f.First = now
}

// Remind notes that it is repeated. With the last reminder the other side may
// answer too, where it can know.
func (f *FollowUp) Remind() {
	f.Reminders++
	f.Counterpart = f.Reminders == MaxReminders && len(f.Stage.SecondHand()) > 0
}

// Turn notes that the other side is asked.
func (f *FollowUp) Turn(now time.Time) { f.Turned = now }

// Pass ends a question that its person is not asked any more, for they have gone
// quiet or cannot be reached. The other side may answer, where it can know.
func (f *FollowUp) Pass(now time.Time) {
	f.Counterpart = len(f.Stage.SecondHand()) > 0
	f.GiveUp(now)
}

// GiveUp ends a question that nobody answered.
func (f *FollowUp) GiveUp(now time.Time) { f.settle(Silence, now) }

// Cancel ends a question that is no longer true, or whose answer is known.
func (f *FollowUp) Cancel(now time.Time) {
	if !f.State.Settled() {
		f.settle(Moot, now)
	}
}

func (f *FollowUp) settle(to Asking, now time.Time) { f.State, f.Settled = to, now }

// Say takes an answer: the first tap is saved. By is the one who was asked, or
// the other side once it may. An answer can be changed for EditFor, and given
// late, after a silence, for as long.
func (f *FollowUp) Say(key, by string, now time.Time) error {
	second := by != f.Person
	switch {
	case second && !f.Counterpart:
		return refuse(NotYours, "This question is for somebody else. Nothing has changed.")
	case !f.Stage.Offers(key) || !second && key == DontKnow:
		return refuse(NotNow, "That answer is not one of this question's. Nothing has changed.")
	case f.State == Moot, f.State == Skipped, f.State == Planned && f.First.IsZero():
		return refuse(NotNow, "This question is no longer asked, so nothing was changed.")
	case f.State.Settled() && now.Sub(f.Settled) > EditFor:
		return refuse(NotNow, "This was settled more than two weeks ago and stays as it is.")
	case second && f.Answer != nil && !f.Answer.SecondHand:
		return refuse(NotNow, "The one who was asked has answered meanwhile. Nothing has changed.")
	}
	f.Before = f.Answer
	f.Answer = &Answer{Choice: key, By: by, SecondHand: second, At: now}
	f.settle(Answered, now)
	return nil
}

// Add puts words to an answer that was given, by whoever gave it.
func (f *FollowUp) Add(text, by string, now time.Time) error {
	switch {
	case f.State != Answered || f.Answer.By != by:
		return refuse(NotYours, "There is no answer of yours to add this to. Nothing has changed.")
	case now.Sub(f.Answer.At) > EditFor:
		return refuse(NotNow, "This was answered more than two weeks ago and stays as it is.")
	}
	f.Answer.Text = text
	return nil
}

// Undo takes the last tap back: the answer before it counts again, and without
// one the question is open again.
func (f *FollowUp) Undo(by string, now time.Time) error {
	switch {
	case f.State != Answered || f.Answer.By != by:
		return refuse(NotYours, "There is no answer of yours to take back. Nothing has changed.")
	case now.Sub(f.Answer.At) > EditFor:
		return refuse(NotNow, "This was answered more than two weeks ago and stays as it is.")
	}
	f.Answer, f.Before = f.Before, nil
	if f.Answer == nil {
		f.State, f.Settled = Asked, time.Time{}
	}
	return nil
}

// Snooze puts the question off. After MaxSnoozes, or MaxSnooze in all, it is
// skipped instead: so often means no. It reports whether it comes again.
func (f *FollowUp) Snooze(by string, d time.Duration, now time.Time) (bool, error) {
	if err := f.mine(by); err != nil {
		return false, err
	}
	if f.Snoozes == MaxSnoozes || f.Slept+d > MaxSnooze {
		f.settle(Skipped, now)
		return false, nil
	}
	f.Snoozes++
	f.Slept += d
	f.State, f.Until = Planned, now.Add(d)
	return true, nil
}

// Skip ends the question because the one who was asked wants that.
func (f *FollowUp) Skip(by string, now time.Time) error {
	if err := f.mine(by); err != nil {
		return err
	}
	f.settle(Skipped, now)
	return nil
}

// mine refuses all but the one who was asked, while the question is open.
func (f *FollowUp) mine(by string) error {
	switch {
	case by != f.Person:
		return refuse(NotYours, "This question is for somebody else. Nothing has changed.")
	case f.State != Asked:
		return refuse(NotNow, "This question is settled, so nothing was changed.")
	}
	return nil
}

// Quiet reports whether a person's last questions, oldest first, were silent so
// often in a row that asking must stop until they say otherwise. Answers given
// late break the row.
func Quiet(states []Asking) bool {
	settled := slices.DeleteFunc(slices.Clone(states), func(a Asking) bool { return !a.Settled() || a == Moot })
	if len(settled) < QuietAfter {
		return false
	}
	return !slices.ContainsFunc(settled[len(settled)-QuietAfter:], func(a Asking) bool { return a != Silence })
}
