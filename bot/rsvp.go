package bot

import (
	"fmt"
	"time"
)

// KindRsvp is one person's answer to one colloquium.
const KindRsvp Kind = "rsvp"

// RsvpState is where a person stands on a colloquium's list.
type RsvpState string

// The states. The zero value means that the person was never on the list.
const (
	Going   RsvpState = "going"
	Waiting RsvpState = "waiting"
	Offered RsvpState = "offered" // a seat fell free and is kept for them for a while
	Left    RsvpState = "left"    // because an offer lapsed, or as answers were kept once
	Unsure  RsvpState = "maybe"   // on the list without a seat
	Absent  RsvpState = "cannot"  // they said that they cannot come
)

// listed reports whether somebody who stands so hears of the talk.
func (s RsvpState) listed() bool { return s != Left && s != Absent && s != "" }

// Rsvp is one person's place on a colloquium's list.
type Rsvp struct {
	ID         string    `json:"id"`
	Colloquium string    `json:"colloquium"`
	Person     string    `json:"person"`
	State      RsvpState `json:"state"`
	Turn       int64     `json:"turn"` // grows with every joining of the colloquium; who leaves and joins again goes to the end
	At         time.Time `json:"at"`   // of the last change of state
	Until      time.Time `json:"until,omitzero"`
	Mentioned  bool      `json:"mentioned,omitempty"` // below the talk, because a message could not be sent
	Offers     int       `json:"offers,omitempty"`    // how many were made or moved, to keep their work apart
}

// workLapse ends an offer that was not taken.
const workLapse = "lapse"

// Ref names the answer.
func (r *Rsvp) Ref() Ref { return Ref{KindRsvp, r.ID} }

// Entries are the pair, of which there is one answer, the person's answers,
// newest first, and the colloquium's list in the order of joining.
func (r *Rsvp) Entries() []Entry {
	entries := []Entry{
		{Index: rsvpPair(r.Colloquium, r.Person), Unique: true},
		{Index: rsvpsBy + r.Person, Score: -r.At.UnixMilli()},
	}
	if r.State.listed() {
		entries = append(entries,
			Entry{Index: rsvpsOf(r.Colloquium), Score: r.Turn},
			Entry{Index: rsvpsIn(r.Colloquium, r.State), Score: r.Turn})
	}
	return entries
}

// Due is the end of an offer.
func (r *Rsvp) Due() []Work {
	if r.State != Offered {
		return nil
	}
	return []Work{{Name: fmt.Sprintf("%s.%d", workLapse, r.Offers), At: r.Until}}
}

// rsvpsBy and a person's id list that person's answers.
const rsvpsBy = "rsvp.by/"

// rsvpPair is the entry of one person's answer to one colloquium.
func rsvpPair(colloquium, person string) string { return "rsvp/" + colloquium + "/" + person }

// rsvpsOf lists all who are on a colloquium's list, in the order of joining.
func rsvpsOf(colloquium string) string { return "rsvp.of/" + colloquium }

// rsvpsIn lists those of one state.
func rsvpsIn(colloquium string, state RsvpState) string {
	return rsvpsOf(colloquium) + "/" + string(state)
}
