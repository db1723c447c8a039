package bot

import (
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
	pairing "interlab/matching/round"
)

// KindRound is many matches that are planned at once.
const KindRound Kind = "round"

// RoundState is where a round stands.
type RoundState string

// The states of a round.
const (
	RoundOpen      RoundState = "open"      // people join
	RoundClosed    RoundState = "closed"    // an organiser looks at the plan
	RoundPublished RoundState = "published" // people were told, or are being told
	RoundCancelled RoundState = "cancelled"
	RoundEmpty     RoundState = "empty" // nobody joined
)

// The times of a published round.
const (
	declineFor = 7 * 24 * time.Hour // a pair can be declined so long, and whoever is left over is paired anew
	mendAfter  = time.Hour          // several declines are mended together
)

// Round is a call to all labs to be paired, and what came of it. The people who
// joined are documents of their own, and so are the pages of what was planned
// from and of the plans: a round of any size stays a small document. A plan
// speaks of people by their turn, the number of their joining.
type Round struct {
	ID       string        `json:"id"`
	Topic    string        `json:"topic"`
	Purpose  Purpose       `json:"purpose"` // Seminar or Chat
	Meetings int           `json:"meetings"`
	GapWeeks int           `json:"gap_weeks"` // so long lies between two meetings of a pair at least
	By       string        `json:"by"`        // the organiser who opened it
	At       time.Time     `json:"at"`
	Deadline time.Time     `json:"deadline"`
	Zone     calendar.Zone `json:"zone"` // in which channels read the deadline
	State    RoundState    `json:"state"`
	Joined   int           `json:"joined"`
	Turns    int64         `json:"turns,omitempty"` // the last turn that was given
	Posts    []chat.Posted `json:"posts,omitempty"` // where it was announced: one in each home

	Seed    uint64     `json:"seed"`
	Sheets  int        `json:"sheets,omitempty"` // pages of what is planned from; 0 until it is gathered
	Frozen  int        `json:"frozen,omitempty"` // of which gathering they are
	Edits   []Override `json:"edits,omitempty"`  // kept ones, oldest first
	Plan    *RoundPlan `json:"plan,omitempty"`
	Trial   *Trial     `json:"trial,omitempty"`   // an edit whose price is being looked at
	Solving time.Time  `json:"solving,omitzero"`  // since when a plan is being made
	Solves  int        `json:"solves,omitempty"`  // plans made or begun
	For     string     `json:"for,omitempty"`     // who waits for the plan
	Edition int        `json:"edition,omitempty"` // grows with every change of the plan; old cards are known by it

	Published time.Time `json:"published,omitzero"`
	Rollout   *Rollout  `json:"rollout,omitempty"`
	Mending   time.Time `json:"mending,omitzero"` // when whoever is left over is paired anew
	Mends     int       `json:"mends,omitempty"`

	Fans      []Fan     `json:"fans,omitempty"`
	Fanned    int       `json:"fanned,omitempty"`
	Dirty     time.Time `json:"dirty,omitzero"`
	Refreshed time.Time `json:"refreshed,omitzero"`
	Refreshes int       `json:"refreshes,omitempty"`
}

// Override is one change of a plan by an organiser: pairs that meet in any case,
// and pairs that do not. A swap is some of each.
type Override struct {
	Say     string    `json:"say"` // pin, forbid or swap
	A       int64     `json:"a"`   // as it was asked for
	B       int64     `json:"b"`
	Pins    []Twosome `json:"pins,omitempty"`
	Forbids []Twosome `json:"forbids,omitempty"`
}

// The changes of a plan.
const (
	overridePin    = "pin"
	overrideForbid = "forbid"
	overrideSwap   = "swap"
)

// Twosome are the turns of two people.
type Twosome [2]int64

// names reports whether an override speaks of a person.
func (o Override) names(turn int64) bool {
	return o.A == turn || o.B == turn || slices.ContainsFunc(slices.Concat(o.Pins, o.Forbids), func(t Twosome) bool { return slices.Contains(t[:], turn) })
}

// RoundPlan is how a plan came out, with all that it takes to make it again.
type RoundPlan struct {
	N      int          `json:"n"` // tells its pages from those of other plans
	Pages  int          `json:"pages"`
	Pairs  int          `json:"pairs"`
	People int          `json:"people"` // who meets somebody
	Out    int          `json:"out"`    // who meets nobody
	Total  int64        `json:"total"`
	Bound  int64        `json:"bound"`
	Exact  bool         `json:"exact"`
	Fault  string       `json:"fault,omitempty"` // why there is no plan, in words
	Seed   uint64       `json:"seed"`
	Input  string       `json:"input"`
	Path   pairing.Path `json:"path"`
	Steps  int64        `json:"steps"`
}

// Trial is an edit that is not kept yet, with the plan that it leads to.
type Trial struct {
	Override
	Plan *RoundPlan `json:"plan,omitempty"`
}

// Rollout is a plan on its way to people: first every page is recorded, then
// every page is told.
type Rollout struct {
	N     int  `json:"n"`
	Plan  int  `json:"plan"`
	Pages int  `json:"pages"`
	Next  int  `json:"next"`
	Tells bool `json:"tells,omitempty"`
}

// The work of a round, beside its fans and the edits of its cards.
const (
	workJoinEnd = "joinend"
	workSolve   = "solve"
	workRoll    = "roll"
	workMend    = "mend"
)

// Ref names the round.
func (r *Round) Ref() Ref { return Ref{KindRound, r.ID} }

// Entries list all rounds, newest first, and those of an organiser.
func (r *Round) Entries() []Entry {
	at := -r.At.UnixMilli()
	entries := []Entry{{Index: roundsByTime, Score: at}, {Index: roundsBy + r.By, Score: at}}
	if r.For != "" && r.For != r.By {
		entries = append(entries, Entry{Index: roundsBy + r.For, Score: at})
	}
	return entries
}

// roundsByTime lists rounds, newest first; roundsBy and a person's id list those
// that the person opened or waits for.
const (
	roundsByTime = "round.by-time"
	roundsBy     = "round.by/"
)

// Due is what is being told, the edit of the cards, the end of joining, a plan
// to be made, a plan on its way, and whoever is left over.
func (r *Round) Due() []Work {
	var due []Work
	for _, f := range r.Fans {
		due = append(due, Work{f.work(), f.At})
	}
	if !r.Dirty.IsZero() && len(r.Posts) > 0 {
		due = append(due, Work{fmt.Sprintf("%s.%d", workRefresh, r.Refreshes), later(r.Dirty, r.Refreshed.Add(refreshEvery))})
	}
	switch {
	case r.State == RoundOpen:
		due = append(due, Work{workJoinEnd, r.Deadline})
	case r.State == RoundClosed && !r.Solving.IsZero():
		due = append(due, Work{fmt.Sprintf("%s.%d", workSolve, r.Solves), r.Solving})
	case r.State == RoundPublished && r.Rollout != nil:
		due = append(due, Work{r.Rollout.work(), r.Published})
	case r.State == RoundPublished && !r.Mending.IsZero():
		due = append(due, Work{fmt.Sprintf("%s.%d", workMend, r.Mends), r.Mending})
	}
	return due
}

func (o *Rollout) work() string {
	step := o.Next
	if o.Tells {
		step += o.Pages
	}
	return fmt.Sprintf("%s.%d.%d", workRoll, o.N, step)
}

// step moves to the next page, and reports whether all is done.
func (o *Rollout) step() (done bool) {
	o.Next++
	if o.Next < o.Pages {
		return false
	}
	o.Next = 0
	done, o.Tells = o.Tells, true
	return done
}

// touch notes that the cards no longer show how things stand.
func (r *Round) touch(now time.Time) {
	if r.Dirty.IsZero() {
		r.Dirty = now
	}
}

// fan begins to tell something.
func (r *Round) fan(f Fan) {
	r.Fanned++
	f.N, f.Last = r.Fanned, r.Turns
	r.Fans = append(r.Fans, f)
}

// order has a plan made, and told to whoever waits for it.
func (r *Round) order(who string, now time.Time) {
	r.For = who
	r.Solves++
	r.Solving = now
	r.Edition++
}

// regather has everything that is planned from gathered anew, and drops the
// edits that speak of somebody who is no longer there.
func (r *Round) regather(gone int64, now time.Time) {
	r.Sheets, r.Trial = 0, nil
	r.Edits = slices.DeleteFunc(r.Edits, func(o Override) bool { return o.names(gone) })
	r.order(r.By, now)
}

// mend has whoever is left over paired anew, if it is not too late for that.
func (r *Round) mend(now time.Time) {
	if r.Mending.IsZero() && now.Before(r.declinesEnd()) {
		r.Mending = now.Add(mendAfter)
	}
}

// declinesEnd is until when a pair can be declined.
func (r *Round) declinesEnd() time.Time { return r.Published.Add(declineFor) }

// title names the round in a sentence.
func (r *Round) title() string {
	if r.Topic == "" {
		return "Meet somebody of another lab"
	}
	return r.Topic
}

// overrides are the kept edits and the one that is tried.
func (r *Round) overrides() []Override {
	all := slices.Clone(r.Edits)
	if r.Trial != nil {
		all = append(all, r.Trial.Override)
	}
	return all
}
