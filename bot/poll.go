package bot

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// KindPoll asks people of all labs which time of a talk suits them; KindVote is
// what one person answered.
const (
	KindPoll Kind = "poll"
	KindVote Kind = "vote"
)

// PollState is where a poll stands.
type PollState string

// The states of a poll.
const (
	PollOpen    PollState = "open"
	PollClosed  PollState = "closed"  // nobody can answer any more, and no time is chosen yet
	PollSettled PollState = "settled" // a time was chosen
)

// Poll asks when a talk should be. It has the times, never the votes: those are
// documents of their own, so that many people can answer at once.
type Poll struct {
	ID       string            `json:"id"`
	By       string            `json:"by"`
	Lab      string            `json:"lab"`
	Title    string            `json:"title"`
	Talk     string            `json:"talk,omitempty"`   // to be moved; else Values describe a new one
	Values   map[string]string `json:"values,omitempty"` // what the proposer typed
	Length   time.Duration     `json:"length"`
	Times    []calendar.Moment `json:"times"`              // in order; a time's place is its name for ever
	Required []string          `json:"required,omitempty"` // people without whom there is no talk
	State    PollState         `json:"state"`
	Chosen   int               `json:"chosen,omitempty"`
	At       time.Time         `json:"at"`
	Closes   time.Time         `json:"closes"`

	Laws  int               `json:"laws,omitempty"`  // how often a law moved times of it
	Moved map[int]time.Time `json:"moved,omitempty"` // the times that the last one moved, with what they were

	Posts     []chat.Posted `json:"posts,omitempty"`
	Fans      []Fan         `json:"fans,omitempty"`
	Fanned    int           `json:"fanned,omitempty"`
	Dirty     time.Time     `json:"dirty,omitzero"`
	Refreshed time.Time     `json:"refreshed,omitzero"`
	Refreshes int           `json:"refreshes,omitempty"`
}

// pollLife is how long a poll is open unless its first time comes sooner.
const pollLife = 3 * 24 * time.Hour

// workClosePoll ends a poll by itself.
const workClosePoll = "close-poll"

// Ref names the poll.
func (p *Poll) Ref() Ref { return Ref{KindPoll, p.ID} }

// Entries list the polls of whoever asks and of those who must be there, newest
// first.
func (p *Poll) Entries() []Entry {
	ids := slices.Clone(p.Required)
	if p.By != "" && !slices.Contains(ids, p.By) {
		ids = append(ids, p.By)
	}
	var entries []Entry
	for _, id := range ids {
		entries = append(entries, Entry{Index: pollsBy + id, Score: -p.At.UnixMilli()})
	}
	return entries
}

// pollsBy and a person's id list the polls that the person has to do with.
const pollsBy = "poll.by/"

// Due is what is being posted, the edit of the cards and the end.
func (p *Poll) Due() []Work {
	var due []Work
	for _, f := range p.Fans {
		due = append(due, Work{f.work(), f.At})
	}
	if !p.Dirty.IsZero() && len(p.Posts) > 0 {
		due = append(due, Work{joinID(workRefresh, p.Refreshes), later(p.Dirty, p.Refreshed.Add(refreshEvery))})
	}
	if p.State == PollOpen {
		due = append(due, Work{workClosePoll, p.Closes})
	}
	return due
}

// fan begins to post something.
func (p *Poll) fan(f Fan) {
	p.Fanned++
	f.N = p.Fanned
	p.Fans = append(p.Fans, f)
}

// touch notes that the cards no longer show how things stand.
func (p *Poll) touch(now time.Time) {
	if p.Dirty.IsZero() {
		p.Dirty = now
	}
}

// object is the poll as rights see it.
func (p *Poll) object() Object { return Object{Kind: KindPoll, People: []string{p.By}, Lab: p.Lab} }

// closesAt is when a poll ends: after some days, but before its first time.
func closesAt(now time.Time, times []calendar.Moment) time.Time {
	first := times[0].Instant
	for _, m := range times {
		if m.Instant.Before(first) {
			first = m.Instant
		}
	}
	return now.Add(min(pollLife, max(0, first.Sub(now)/2)))
}

// PollVote is one person's answer to a poll, time by time.
type PollVote struct {
	ID     string                `json:"id"`
	Poll   string                `json:"poll"`
	Person string                `json:"person"`
	Votes  map[int]calendar.Vote `json:"votes"`
	At     time.Time             `json:"at"`
}

// Ref names the answer.
func (v *PollVote) Ref() Ref { return Ref{KindVote, v.ID} }

// Entries are the pair, of which there is one, the person's answers and the poll's.
func (v *PollVote) Entries() []Entry {
	return []Entry{
		{Index: votePair(v.Poll, v.Person), Unique: true},
		{Index: votesBy + v.Person, Score: -v.At.UnixMilli()},
		{Index: votesOf + v.Poll, Score: v.At.UnixMilli()},
	}
}

// Due is empty: nothing happens to an answer by itself.
func (v *PollVote) Due() []Work { return nil }

// votesBy and a person's id list that person's answers; votesOf and a poll's id
// list all answers to it.
const (
	votesBy = "vote.by/"
	votesOf = "vote.of/"
)

func votePair(poll, person string) string { return "vote/" + poll + "/" + person }

// next is the first time that has no answer yet, or -1.
func (v *PollVote) next(p *Poll) int {
	return slices.IndexFunc(optionNumbers(p), func(n int) bool { return v == nil || v.Votes[n] == "" })
}

func optionNumbers(p *Poll) []int {
	numbers := make([]int, len(p.Times))
	for n := range numbers {
		numbers[n] = n
	}
	return numbers
}

// repointVote gives an answer to the person that somebody is one with now; where
// they answered too, theirs counts.
func repointVote(_ *App, tx *Tx, v *PollVote, _ string, to *Person) error {
	pair := votePair(v.Poll, to.ID)
	taken := tx.plans(pair)
	_, err := owner[*PollVote](tx, pair)
	if err == nil || taken {
		tx.remove(v.Ref())
		return nil
	}
	if errors.Is(err, errNotFound) {
		v.Person = to.ID
		return nil
	}
	return err
}

func repointPoll(_ *App, _ *Tx, p *Poll, from string, to *Person) error {
	if p.By == from {
		p.By = to.ID
	}
	p.Required = drop(drop(p.Required, from), to.ID)
	p.Required = append(p.Required, to.ID)
	return nil
}

// leavePolls deletes the person's answers, and lets go of their polls.
func (rq *request) leavePolls() error {
	votes, err := listAll[*PollVote](rq.tx, votesBy+rq.me.ID)
	if err != nil {
		return err
	}
	for _, v := range votes {
		if _, err := load[*PollVote](rq.tx, KindVote, v.ID); err != nil {
			return err
		}
		rq.tx.remove(v.Ref())
	}
	polls, err := listAll[*Poll](rq.tx, pollsBy+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range polls {
		p, err := load[*Poll](rq.tx, KindPoll, listed.ID)
		if err != nil {
			return err
		}
		p.Required = drop(p.Required, rq.me.ID)
		if p.By == rq.me.ID {
			p.By, p.Values, p.State = "", nil, PollClosed
		}
		rq.tx.put(p)
	}
	return nil
}

// pollOf is the poll as the calendar ranks it.
func (a *App) pollOf(tx *Tx, p *Poll) (calendar.Poll, error) {
	votes, err := listAll[*PollVote](tx, votesOf+p.ID)
	if err != nil {
		return calendar.Poll{}, err
	}
	poll := calendar.Poll{Length: p.Length, Burdens: map[string]int{}}
	for n, m := range p.Times {
		poll.Options = append(poll.Options, calendar.Option{ID: strconv.Itoa(n), Start: m.Instant})
	}
	byPerson := map[string]*PollVote{}
	ids := slices.Clone(p.Required)
	for _, v := range votes {
		byPerson[v.Person] = v
		if !slices.Contains(ids, v.Person) {
			ids = append(ids, v.Person)
		}
	}
	for _, id := range ids {
		voter := calendar.Voter{ID: id, Required: slices.Contains(p.Required, id), Votes: map[string]calendar.Vote{}}
		if err := a.describe(tx, &voter, poll.Burdens); err != nil {
			return poll, err
		}
		if v := byPerson[id]; v != nil {
			for n, vote := range v.Votes {
				voter.Votes[strconv.Itoa(n)] = vote
			}
		}
		poll.Voters = append(poll.Voters, voter)
	}
	return poll, nil
}

// describe says where a voter is, and what their lab bore before.
func (a *App) describe(tx *Tx, v *calendar.Voter, burdens map[string]int) error {
	p, err := load[*Person](tx, KindPerson, v.ID)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	v.Lab, v.Zone, v.Hours = p.Lab, p.Zone, p.Hours
	lab, err := load[*Lab](tx, KindLab, p.Lab)
	if err == nil {
		burdens[p.Lab] = lab.Late
	} else if !errors.Is(err, errNotFound) {
		return err
	}
	return nil
}

// burden counts a talk that is over for each lab of which somebody came at an
// uncivil hour.
func (a *App) burden(tx *Tx, c *Colloquium) error {
	came, err := list[*Rsvp](tx, Want{List: rsvpsIn(c.ID, Going)})
	if err != nil {
		return err
	}
	late := map[string]bool{}
	for _, r := range came {
		p, err := load[*Person](tx, KindPerson, r.Person)
		if err == nil && p.Lab != "" && a.zones.Uncivil(c.Start, c.Length, p.Zone, p.Hours) && !late[p.Lab] {
			late[p.Lab] = true
			lab, err := load[*Lab](tx, KindLab, p.Lab)
			if err != nil {
				continue
			}
			lab.Late++
			tx.put(lab)
		}
	}
	return nil
}
