package calendar

import (
	"fmt"
	"slices"
	"time"
)

// Vote is what somebody says of one time of a poll. The zero Vote belongs to
// whoever has not said anything.
type Vote string

// The votes.
const (
	VoteYes      Vote = "yes"
	VoteIfNeedBe Vote = "if need be"
	VoteNo       Vote = "no"
)

// comes reports whether somebody who voted so would be there.
func (v Vote) comes() bool { return v == VoteYes || v == VoteIfNeedBe }

// MaxPollOptions is how many times one poll may ask about: more than that nobody
// goes through with care.
const MaxPollOptions = 20

// Option is a time that a poll asks about.
type Option struct {
	// ID names the option for ever, whatever becomes of its time or zone.
	ID string
	// Start is the instant.
	Start time.Time
}

// Voter is somebody who was asked.
type Voter struct {
	// ID and Lab name the person and the lab they belong to.
	ID, Lab string
	// Required says that there is no talk without this person: the speaker, the host.
	Required bool
	// Zone is where the person is. Where it is the zero Zone nobody knows how late
	// it is there, and no hour counts as uncivil.
	Zone Zone
	// Hours are when the person works, if they said so.
	Hours Hours
	// Votes are the person's, by Option.ID.
	Votes map[string]Vote
}

// Poll asks when a talk should be.
type Poll struct {
	// Length is how long the talk is.
	Length time.Duration
	// Options are the times, at most MaxPollOptions.
	Options []Option
	// Voters are those who were asked.
	Voters []Voter
	// Burdens are, by lab, how many talks people of that lab attended at uncivil
	// hours before. A lab that is not listed had none.
	Burdens map[string]int
}

// Check refuses a poll that cannot be held: with no time or more than
// MaxPollOptions (Refusals of reason Empty and TooMany), or with the same time or
// id twice (NotUnderstood).
func (p Poll) Check() error {
	if len(p.Options) == 0 {
		return refuse(Empty, "", "No times were given. Write one on each line, as Tue 15:00.")
	}
	if n := len(p.Options); n > MaxPollOptions {
		return refuse(TooMany, fmt.Sprint(n),
			fmt.Sprintf("These are %d times, and people can be asked about %d at once. Leave the least likely out.", n, MaxPollOptions))
	}
	for i, o := range p.Options {
		same := func(q Option) bool { return q.ID == o.ID || q.Start.Equal(o.Start) }
		if slices.ContainsFunc(p.Options[:i], same) {
			return refuse(NotUnderstood, o.Start.UTC().Format(time.RFC3339), "One of the times is there twice. Leave one of them out.")
		}
	}
	return nil
}

// civilFrom and civilTo are when most people can be asked to listen to a talk, in
// minutes of their own day.
const (
	civilFrom = 8 * 60
	civilTo   = 20 * 60
)

// Uncivil reports whether a talk from start on asks too much of somebody in z: it
// is not wholly between 08:00 and 20:00 of one day there, nor wholly within the
// hours h that the person named. Nobody knows that of the zero Zone, for which it
// is false.
func (s *ZoneSet) Uncivil(start time.Time, length time.Duration, z Zone, h Hours) bool {
	if z.IsZero() || !inCalendar(start) {
		return false
	}
	return !s.Within(civilHours(), z, start, length) && !s.Within(h, z, start, length)
}

// civilHours are 08:00 to 20:00 on every day.
func civilHours() Hours {
	var days [7][]span
	for i := range days {
		days[i] = []span{{civilFrom, civilTo}}
	}
	return Hours{&days}
}
