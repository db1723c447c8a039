package bot

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// KindColloquium is a talk that is open to all labs.
const KindColloquium Kind = "colloquium"

// TalkState is where a colloquium stands.
type TalkState string

// The states of a colloquium.
const (
	Proposed  TalkState = "proposed" // waits for its speakers or an organiser; nobody else sees it
	Announced TalkState = "announced"
	Cancelled TalkState = "cancelled"
	Over      TalkState = "over"
)

// Colloquium is a talk that is announced in every home and that anybody in any
// lab can join. Wall is the truth of its time, in the host's zone; Start is its
// instant by the zone data of the day it was set.
type Colloquium struct {
	ID       string        `json:"id"`
	Title    string        `json:"title"`
	Speaker  string        `json:"speaker"`            // in words, for a sentence
	Speakers []Speaker     `json:"speakers,omitempty"` // the same, one by one
	Topics   []string      `json:"topics,omitempty"`
	Link     LinkRule      `json:"link,omitempty"`     // who sees the links in Where
	Asking   bool          `json:"asking,omitempty"`   // an organiser has not approved it yet
	Declined bool          `json:"declined,omitempty"` // it was never announced
	Language Language      `json:"language,omitempty"`
	Abstract string        `json:"abstract,omitempty"`
	Lab      string        `json:"lab"` // the host
	Proposer string        `json:"proposer"`
	Wall     calendar.Wall `json:"wall"`
	Start    time.Time     `json:"start"`
	Rules    string        `json:"rules,omitempty"` // the release of the zone data that Start follows
	Length   time.Duration `json:"length"`
	Where    string        `json:"where,omitempty"`
	State    TalkState     `json:"state"`
	Reason   string        `json:"reason,omitempty"` // why it was cancelled

	Part     *Part  `json:"part,omitempty"`     // of a series
	Together string `json:"together,omitempty"` // its last change was one of several talks, by the first of them

	Seats   Seats         `json:"seats"`
	Turns   int64         `json:"turns,omitempty"`   // the last turn that was given
	Closed  bool          `json:"closed,omitempty"`  // it began: no seat is offered any more
	Fills   int           `json:"fills,omitempty"`   // pages of offers made
	Posts   []chat.Posted `json:"posts,omitempty"`   // where it was announced: one in each home
	Ready   chat.Posted   `json:"ready,omitzero"`    // where its proposer reads what it lacks
	Mirrors []Mirror      `json:"mirrors,omitempty"` // where it stands in a home's calendar

	At       time.Time `json:"at"`                // the announcement
	Changed  time.Time `json:"changed"`           // the last change of anything but the counts
	Timed    time.Time `json:"timed"`             // when the present time was set
	Before   time.Time `json:"before,omitzero"`   // the start before the last move
	Sequence int       `json:"sequence"`          // grows with each change of time, place or status
	Edition  int       `json:"edition"`           // grows with each change of anything but the counts
	Timing   int       `json:"timing,omitempty"`  // grows with each change of time
	Moved    int       `json:"moved,omitempty"`   // Sequence at the last change of time
	Swapped  int       `json:"swapped,omitempty"` // Sequence at the last change of speakers
	Placed   int       `json:"placed,omitempty"`  // Sequence at the last change of place
	Law      int       `json:"law,omitempty"`     // Sequence at the last change of time by a law

	Fans      []Fan             `json:"fans,omitempty"`
	Fanned    int               `json:"fanned,omitempty"`   // fans begun
	Dirty     time.Time         `json:"dirty,omitzero"`     // the first change that the cards do not show yet
	Refreshed time.Time         `json:"refreshed,omitzero"` // when the cards were edited last
	Refreshes int               `json:"refreshes,omitempty"`
	Made      map[string]string `json:"made,omitempty"`     // links to what came of it, by artifact
	MadeNo    int               `json:"made_no,omitempty"`  // grows with each word of what came of it
	ReadyAt   int               `json:"ready_at,omitempty"` // the edition that the proposer's card shows
	Hand      time.Time         `json:"hand,omitzero"`      // when new questions are handed over
	MadeAt    time.Time         `json:"made_at,omitzero"`   // when the first link came
	Handed    time.Time         `json:"handed,omitzero"`
	Hands     int               `json:"hands,omitempty"`
	Code      string            `json:"code,omitempty"`    // shown at the talk, never in a channel or a feed
	Coded     int               `json:"coded,omitempty"`   // people who gave it
	Guests    int               `json:"guests,omitempty"`  // of those, who were of another lab than the speakers then
	Firsts    int               `json:"firsts,omitempty"`  // of those, who had come to no talk before that is kept
	Counted   *int              `json:"counted,omitempty"` // people who came, as the host counted; nil before
	After     time.Time         `json:"after,omitzero"`    // when its people are asked what came of it
	Done      []string          `json:"done,omitempty"`    // reminders that were sent
}

// The work of a colloquium, beside its fans, its reminders (workDay, workSoon)
// and the edits of its cards.
const (
	workRefresh = "refresh" // edits the cards
	workFill    = "fill"    // offers seats that fell free
	workOver    = "over"
)

// refreshEvery is how often the cards are edited at most: a platform allows few
// edits, and nobody reads faster.
const refreshEvery = 10 * time.Second

// Ref names the colloquium.
func (c *Colloquium) Ref() Ref { return Ref{KindColloquium, c.ID} }

// Entries list all colloquia, and those of the host, by their start. One that
// is not announced yet is only listed for whoever has to do with it.
func (c *Colloquium) Entries() []Entry {
	at := c.Start.UnixMilli()
	var entries []Entry
	for _, id := range c.staff() {
		entries = append(entries, Entry{Index: talksBy + id, Score: at})
	}
	if c.State == Proposed && c.Asking && c.Part != nil {
		entries = append(entries, Entry{Index: partsAsked + c.Part.Series, Score: at})
	}
	if c.State == Proposed || c.Declined {
		return entries
	}
	if c.Part != nil {
		entries = append(entries, Entry{Index: partsOf + c.Part.Series, Score: at})
	}
	return append(entries, Entry{Index: talksByStart, Score: at}, Entry{Index: "colloquium.of/" + c.Lab, Score: at})
}

// talksBy and a person's id list what that person proposed or is to speak at.
const talksBy = "colloquium.by/"

// talksByStart lists colloquia by their start.
const talksByStart = "colloquium.by-start"

// Due is what is being told, the edit of the cards, seats to offer, reminders
// and the end.
func (c *Colloquium) Due() []Work {
	var due []Work
	for _, f := range c.Fans {
		due = append(due, Work{f.work(), f.At})
	}
	if !c.Dirty.IsZero() && (len(c.Posts) > 0 || c.Ready != chat.Posted{}) {
		due = append(due, Work{fmt.Sprintf("%s.%d", workRefresh, c.Refreshes), later(c.Dirty, c.Refreshed.Add(refreshEvery))})
	}
	if !c.Hand.IsZero() {
		due = append(due, Work{joinID(workAsked, c.Hands), c.Hand})
	}
	if !c.After.IsZero() {
		due = append(due, Work{workAfter, c.After})
	}
	due = append(due, c.preparing()...)
	if c.State == Proposed {
		return append(due, Work{workOver, c.Start})
	}
	if c.State != Announced {
		return due
	}
	if at := c.reveal(); !at.IsZero() && !slices.Contains(c.Done, c.revealing()) {
		due = append(due, Work{c.revealing(), at})
	}
	if !slices.Contains(c.Done, c.beginning()) {
		due = append(due, Work{c.beginning(), c.Start})
	}
	if c.Seats.vacant() > 0 && !c.Closed {
		due = append(due, Work{fmt.Sprintf("%s.%d", workFill, c.Fills), c.At})
	}
	for _, kind := range slices.Sorted(maps.Keys(reminders)) { // in one order: a commit is the same whenever it is made
		name := fmt.Sprintf("%s.%d", kind, c.Timing)
		if at := c.Start.Add(-reminders[kind]); at.After(c.Timed) && !slices.Contains(c.Done, name) {
			due = append(due, Work{name, at})
		}
	}
	return append(due, Work{workOver, c.end()})
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// end is when the talk is over.
func (c *Colloquium) end() time.Time { return c.Start.Add(c.Length) }

// begun reports whether the talk has begun, and with it whether the list is closed.
func (c *Colloquium) begun(now time.Time) bool { return !now.Before(c.Start) }

// touch notes that the cards no longer show how things stand.
func (c *Colloquium) touch(now time.Time) {
	if c.Dirty.IsZero() {
		c.Dirty = now
	}
}

// shift moves somebody on the list.
func (c *Colloquium) shift(r *Rsvp, to RsvpState, now time.Time) {
	c.Seats.move(r.State, to)
	r.State, r.At = to, now
	c.touch(now)
}

// fan begins to tell something.
func (c *Colloquium) fan(f Fan) {
	c.Fanned++
	f.N, f.Last = c.Fanned, c.Turns
	c.Fans = append(c.Fans, f)
}

// edited notes a change of anything but the counts.
func (c *Colloquium) edited(now time.Time) {
	c.Edition++
	c.Changed = now
	c.touch(now)
	c.remirror(now)
}

// announceChange tells everybody concerned of a change of time, place or
// status: in threads below the cards, and each person before the talk as they
// knew it, or as it is now, begins.
func (c *Colloquium) announceChange(notice string, before, now time.Time) {
	c.Sequence++
	c.Together = ""
	c.edited(now)
	if c.State == Proposed || c.Declined {
		return // nobody has heard of it
	}
	by := before
	if c.Start.Before(by) {
		by = c.Start
	}
	notice = fmt.Sprintf("%s.%d", notice, c.Sequence)
	c.fan(Fan{Over: overThreads, Notice: notice, At: now, Until: c.end()})
	c.fan(Fan{Over: overPeople, Notice: notice, At: now, By: by, Until: c.end()})
}

// retime moves the talk and tells.
func (c *Colloquium) retime(m calendar.Moment, length time.Duration, now time.Time) {
	before := c.Start
	if !m.Instant.Equal(before) {
		c.Before, c.Timing, c.Timed, c.Moved = before, c.Timing+1, now, c.Sequence+1
	}
	c.Wall, c.Start, c.Rules, c.Length = m.Wall, m.Instant, m.Rules, length
	c.postLater(now)
	c.announceChange(noticeChanged, before, now)
}

// cancel calls the talk off and tells.
func (c *Colloquium) cancel(reason string, now time.Time) {
	c.Declined = c.State == Proposed
	c.State, c.Reason = Cancelled, reason
	c.Fans = dropPosts(c.Fans)
	c.announceChange(noticeCancelled, c.Start, now)
}
