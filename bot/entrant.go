package bot

import (
	"errors"
	"fmt"
	"time"
)

// KindEntrant is one person's place in one round.
const KindEntrant Kind = "entrant"

// Entrant is one person in one round. Plans know the person by Turn only.
type Entrant struct {
	ID       string    `json:"id"`
	Round    string    `json:"round"`
	Person   string    `json:"person"`
	Turn     int64     `json:"turn"`
	Joined   bool      `json:"joined"`
	At       time.Time `json:"at"`                 // of the last joining or leaving
	Matches  []string  `json:"matches,omitempty"`  // those of the round that stand
	Declined int       `json:"declined,omitempty"` // meetings that the person declined
	LeftOver bool      `json:"left_over,omitempty"`
	SatOut   bool      `json:"sat_out,omitempty"` // was told that nobody was left for them
}

// Ref names the place.
func (e *Entrant) Ref() Ref { return Ref{KindEntrant, e.ID} }

// Entries are the pair, the person's rounds, newest first, the turn, and the
// round's people in the order of joining.
func (e *Entrant) Entries() []Entry {
	entries := []Entry{
		{Index: entrantPair(e.Round, e.Person), Unique: true},
		{Index: entrantsBy + e.Person, Score: -e.At.UnixMilli()},
	}
	if e.Joined {
		entries = append(entries, Entry{Index: entrantTurn(e.Round, e.Turn), Unique: true}, Entry{Index: entrantsOf + e.Round, Score: e.Turn})
	}
	return entries
}

// Due is empty: nothing happens to a place by itself.
func (e *Entrant) Due() []Work { return nil }

// With an id, entrantsBy lists a person's places and entrantsOf a round's people.
const (
	entrantsBy = "entrant.by/"
	entrantsOf = "entrant.of/"
)

func entrantPair(round, person string) string { return "entrant/" + round + "/" + person }

func entrantTurn(round string, turn int64) string {
	return fmt.Sprintf("entrant.turn/%s/%d", round, turn)
}

// needs is how many meetings of the round the person still lacks.
func (e *Entrant) needs(r *Round) int {
	if !e.Joined {
		return 0
	}
	return max(r.Meetings-len(e.Matches)-e.Declined, 0)
}

// waited reports whether the person sat out that round, and counts whether it
// says anything about their luck.
func (e *Entrant) waited() (satOut, counts bool) {
	return e.SatOut && len(e.Matches) == 0, e.SatOut || len(e.Matches) > 0 || e.Declined > 0
}

// entrantAt is the place of that turn, nil where nobody has it any more.
func entrantAt(tx *Tx, round string, turn int64) (*Entrant, error) {
	e, err := owner[*Entrant](tx, entrantTurn(round, turn))
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	return e, err
}

// entrantsAt reads the places of those turns and their people, for later loads.
func entrantsAt(tx *Tx, round string, turns []int64) error {
	var wants []Want
	for _, turn := range turns {
		wants = append(wants, Want{Unique: entrantTurn(round, turn)})
	}
	if err := tx.prefetch(wants...); err != nil {
		return err
	}
	var people []Want
	for _, turn := range turns {
		e, err := entrantAt(tx, round, turn)
		if err != nil {
			return err
		}
		if e != nil {
			people = append(people, Want{Ref: Ref{KindPerson, e.Person}})
		}
	}
	return tx.prefetch(people...)
}

// repointEntrant puts the other person into a round. Where they stand there
// already, the second place goes, and with it its part of the plan.
func repointEntrant(_ *App, tx *Tx, e *Entrant, _ string, to *Person) error {
	pair := entrantPair(e.Round, to.ID)
	taken := tx.plans(pair)
	_, err := owner[*Entrant](tx, pair)
	if errors.Is(err, errNotFound) && !taken {
		e.Person = to.ID
		return nil
	}
	if err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	return quit(tx, e)
}

// quit takes a place out of its round for good. Matches end by themselves.
func quit(tx *Tx, e *Entrant) error {
	r, err := load[*Round](tx, KindRound, e.Round)
	if err != nil && !errors.Is(err, errNotFound) {
		return err
	}
	if err == nil && e.Joined {
		r.lose(e, tx.now)
		tx.put(r)
	}
	tx.remove(e.Ref())
	return nil
}

// lose takes somebody who had joined off a round.
func (r *Round) lose(e *Entrant, now time.Time) {
	e.Joined, e.At = false, now
	r.Joined--
	r.touch(now)
	switch r.State {
	case RoundClosed:
		r.regather(e.Turn, now)
	case RoundPublished:
		r.mend(now)
	case RoundOpen, RoundCancelled, RoundEmpty:
	}
}

func repointRound(_ *App, _ *Tx, r *Round, from string, to *Person) error {
	if r.By == from {
		r.By = to.ID
	}
	if r.For == from {
		r.For = to.ID
	}
	return nil
}

// leaveRounds takes the person out of every round.
func (rq *request) leaveRounds() error {
	places, err := listAll[*Entrant](rq.tx, entrantsBy+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range places {
		e, err := load[*Entrant](rq.tx, KindEntrant, listed.ID)
		if err != nil {
			return err
		}
		if err := quit(rq.tx, e); err != nil {
			return err
		}
	}
	return nil
}
