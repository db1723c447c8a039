package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
)

// KindAttendance is that one person came to one talk, or has tried to say so.
const KindAttendance Kind = "attendance"

// The bounds of the code that is shown at a talk. It has 30 random bits, so
// that a thousand people with five guesses each find it once in 200,000 talks.
const (
	attendLength = 6
	attendTries  = 5
	attendFor    = 3 * time.Hour // behind the end of a talk
)

// Attendance says that somebody was at a talk: they knew the code that was shown
// there. It is theirs to see; whoever hosts the talk is told how many came.
type Attendance struct {
	ID         string    `json:"id"`
	Colloquium string    `json:"colloquium"`
	Person     string    `json:"person"`
	At         time.Time `json:"at,omitzero"`     // when they gave the code; zero where they never did
	Guest      bool      `json:"guest,omitempty"` // they were of another lab than the speakers
	First      bool      `json:"first,omitempty"` // they had come to no talk before that is kept
	Wrong      int       `json:"wrong,omitempty"` // codes that were none
	Until      time.Time `json:"until"`           // codes count until then
}

// Ref names the attendance.
func (t *Attendance) Ref() Ref { return Ref{KindAttendance, t.ID} }

// Entries are the pair, of which there is one, the person's talks, newest first,
// and those who came to the talk, in the order in which they gave the code.
func (t *Attendance) Entries() []Entry {
	entries := []Entry{
		{Index: attendancePair(t.Colloquium, t.Person), Unique: true},
		{Index: attendancesBy + t.Person, Score: -t.Until.UnixMilli()},
	}
	if t.came() {
		entries = append(entries, Entry{Index: cameTo + t.Colloquium, Score: t.At.UnixMilli()})
	}
	return entries
}

// Due forgets guesses that led to nothing once no code counts any more.
func (t *Attendance) Due() []Work {
	if t.came() {
		return nil
	}
	return []Work{{Name: workForget, At: t.Until}}
}

// came reports whether the person was there.
func (t *Attendance) came() bool { return t != nil && !t.At.IsZero() }

// attendancesBy and a person's id list the talks that the person came to; cameTo
// and a talk's id list who came.
const (
	attendancesBy = "attendance.by/"
	cameTo        = "attendance.of/"
)

func attendancePair(colloquium, person string) string {
	return "attendance/" + colloquium + "/" + person
}

// attends reports whether a talk takes its code: from its start until some
// hours after its end.
func (c *Colloquium) attends(now time.Time) bool {
	return (c.State == Announced || c.State == Over) && c.begun(now) && now.Before(c.end().Add(attendFor))
}

// isCode reports whether somebody typed the talk's code, in whatever way.
func (c *Colloquium) isCode(typed string) bool {
	return c.Code != "" && strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(chat.CleanLine(typed))) == c.Code
}

// shownCode is the talk's code in two halves, to be read out.
func (c *Colloquium) shownCode() string {
	return c.Code[:attendLength/2] + "-" + c.Code[attendLength/2:]
}

// codeFor gives the talk a code, if it has none.
func (a *App) codeFor(c *Colloquium) error {
	if c.Code != "" {
		return nil
	}
	id, err := a.ids.id()
	if err != nil {
		return err
	}
	c.Code = id[:attendLength]
	return nil
}

// spreadCame tells a page of those who came.
func (a *App) spreadCame(tx *Tx, c *Colloquium, f *Fan) (last bool, err error) {
	came, next, err := page[*Attendance](tx, Page{Index: cameTo + c.ID, After: f.After, Limit: fanPage})
	if err != nil {
		return false, err
	}
	var people []Want
	for _, t := range came {
		people = append(people, Want{Ref: Ref{KindPerson, t.Person}})
	}
	if err := tx.prefetch(people...); err != nil {
		return false, err
	}
	for _, t := range came {
		p, err := load[*Person](tx, KindPerson, t.Person)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return false, err
		}
		a.tell(tx, p, Delivery{Notice: f.Notice, Subject: c.Ref(), Until: f.Until})
	}
	f.After = next
	return next == "", nil
}

// audience is who is told of what came of the talk: who came, or where nobody
// gave a code, who was to come.
func (c *Colloquium) audience() Audience {
	if c.Coded > 0 {
		return overCame
	}
	return overPeople
}

// listeners is how many the audience are.
func (c *Colloquium) listeners() int {
	if c.Coded > 0 {
		return c.Coded
	}
	return c.Seats.people()
}

// overCame are those who gave the code of a talk.
const overCame Audience = "came"

// repointAttendance lets the other person have been there. Where both were, or
// both tried, they are one who was there once.
func repointAttendance(_ *App, tx *Tx, t *Attendance, _ string, to *Person) error {
	other, err := owner[*Attendance](tx, attendancePair(t.Colloquium, to.ID))
	if errors.Is(err, errNotFound) {
		t.Person = to.ID
		return nil
	}
	if err != nil {
		return err
	}
	other.Wrong = max(other.Wrong, t.Wrong)
	switch {
	case other.came() && t.came():
		c, err := load[*Colloquium](tx, KindColloquium, t.Colloquium)
		if err := ignoreMissing(err); err != nil {
			return err
		}
		if err == nil {
			c.count(t, -1)
			tx.put(c)
		}
	case t.came():
		other.At, other.Guest, other.First = t.At, t.Guest, t.First
	}
	tx.put(other)
	tx.remove(t.Ref())
	return nil
}

// count counts somebody who came, or with -1 no more.
func (c *Colloquium) count(t *Attendance, by int) {
	c.Coded += by
	if t.Guest {
		c.Guests += by
	}
	if t.First {
		c.Firsts += by
	}
}

// chairs are who is told how a talk goes: whoever proposed it, or its speakers
// where nobody of this network did.
func (c *Colloquium) chairs() []string {
	if c.Proposer != "" {
		return []string{c.Proposer}
	}
	return c.lecturers()
}

// lecturers are the people of this network who speak.
func (c *Colloquium) lecturers() []string {
	var ids []string
	for _, s := range c.Speakers {
		if s.Person != "" && s.Speaks == Agreed && !slices.Contains(ids, s.Person) {
			ids = append(ids, s.Person)
		}
	}
	return ids
}
