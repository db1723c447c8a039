package exchange

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"

	"interlab/calendar"
)

// The limits of terms.
const (
	// MaxGoals is how many goals there may be in one direction: planners of
	// objectives advise three to five, and more only pads the figures.
	MaxGoals = 5
	// MaxText is the longest text of a goal, in runes.
	MaxText = 200
	// MaxDays is how long an exchange may be, and how far ahead it may begin.
	MaxDays = 730
)

// Party is a person who stands for a lab. The lab is the one that they were in
// when the exchange was proposed.
type Party struct {
	Person string `json:"person"`
	Lab    string `json:"lab"`
}

// Seat is a party's place in an exchange. Every seat signs.
type Seat string

// The seats.
const (
	Visitor Seat = "visitor"
	Host    Seat = "host"
)

// Seats lists all of them.
func Seats() []Seat { return []Seat{Visitor, Host} }

// other is the seat across the table.
func (s Seat) other() Seat {
	if s == Visitor {
		return Host
	}
	return Visitor
}

// Pledge is what a goal promises: that knowledge moves from one lab to another
// by a day. N tells the goals of an exchange apart and is never used again.
type Pledge struct {
	N        int           `json:"n"`
	Giver    string        `json:"giver"`    // a lab
	Receiver string        `json:"receiver"` // the other lab
	Text     string        `json:"text"`
	Due      calendar.Date `json:"due"`
}

// Terms are all that is signed. From and To are both days of the exchange.
type Terms struct {
	Kind    Kind          `json:"kind"`
	Visitor Party         `json:"visitor"`
	Host    Party         `json:"host"`
	From    calendar.Date `json:"from"`
	To      calendar.Date `json:"to"`
	Goals   []Pledge      `json:"goals"`
}

// Hash identifies the terms by their content: the SHA-256 of their JSON, in
// hexadecimal. Equal terms have equal hashes.
func (t Terms) Hash() string {
	data, err := json.Marshal(t)
	if err != nil {
		data = fmt.Append(nil, t) // a date that is not set: such terms pass no check, but must not look like others
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// at is the party of a seat.
func (t Terms) at(s Seat) Party {
	if s == Visitor {
		return t.Visitor
	}
	return t.Host
}

// copied is a copy that shares nothing.
func (t Terms) copied() *Terms {
	t.Goals = slices.Clone(t.Goals)
	return &t
}

// Way is the direction in which a goal moves knowledge: from lab to lab.
type Way struct {
	From, To string
}

// Ways are both directions, the visitor's lab first as the giver.
func (t Terms) Ways() [2]Way {
	return [2]Way{{t.Visitor.Lab, t.Host.Lab}, {t.Host.Lab, t.Visitor.Lab}}
}

// Way is the goal's direction.
func (p Pledge) Way() Way { return Way{p.Giver, p.Receiver} }

// toward are the goals of one direction.
func (t Terms) toward(w Way) []Pledge {
	var found []Pledge
	for _, p := range t.Goals {
		if p.Way() == w {
			found = append(found, p)
		}
	}
	return found
}

// Check is the first thing that is wrong with terms proposed or signed on a
// day, nil if nothing is. A day that has passed cannot be agreed on.
func (t Terms) Check(today calendar.Date) error {
	switch {
	case !t.Kind.Known():
		return refuse(BadKind, "Choose what kind of exchange it is.")
	case t.Visitor.Person == t.Host.Person:
		return refuse(SamePerson, "An exchange needs two people.")
	case t.Visitor.Lab == "" || t.Host.Lab == "":
		return refuse(SameLab, "Both people need a lab first: an exchange is between labs.")
	case t.Visitor.Lab == t.Host.Lab:
		return refuse(SameLab, "You are both in the same lab, and an exchange is between two labs.")
	}
	if err := CheckDates(t.From, t.To, today); err != nil {
		return err
	}
	for _, p := range t.Goals {
		if err := t.CheckGoal(p); err != nil {
			return err
		}
	}
	return t.checkNumbers()
}

// CheckDates is what is wrong with the days of an exchange, nil if nothing is.
func CheckDates(from, to, today calendar.Date) error {
	switch {
	case from.IsZero() || to.IsZero():
		return refuse(BadDates, "Name the first and the last day.")
	case from.Compare(today) < 0:
		return refuse(BadDates, calendar.FormatDay(from)+" is over. Name a first day that is still to come.")
	case to.Compare(from) < 0:
		return refuse(BadDates, "The last day, "+calendar.FormatDay(to)+", is before the first, "+calendar.FormatDay(from)+". Swap them or correct one.")
	case from.DaysUntil(to) > MaxDays || today.DaysUntil(from) > MaxDays:
		return refuse(BadDates, "An exchange begins within two years and lasts two years at most. Name nearer days.")
	}
	return nil
}

// CheckText is what is wrong with the text of a goal, nil if nothing is.
func CheckText(text string) error {
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return refuse(BadText, "Say in one sentence what the receiving lab can do afterwards.")
	case n > MaxText:
		return refuse(BadText, fmt.Sprintf("That is %d characters. Say it in one sentence of at most %d.", n, MaxText))
	}
	return nil
}

// CheckGoal is what is wrong with one goal of these terms, nil if nothing is.
func (t Terms) CheckGoal(p Pledge) error {
	ways := t.Ways()
	if p.Giver == p.Receiver || p.Way() != ways[0] && p.Way() != ways[1] {
		return refuse(SameLab, "A goal moves knowledge from one of the two labs to the other. Choose which gives and which receives.")
	}
	if err := CheckText(p.Text); err != nil {
		return err
	}
	last := t.To.AddDays(t.Kind.FollowDays())
	switch {
	case p.Due.IsZero():
		return refuse(BadDue, "Name the day by which the goal is to be reached.")
	case p.Due.Compare(t.From) < 0:
		return refuse(BadDue, "A goal is due on "+calendar.FormatDay(p.Due)+", before the exchange begins on "+calendar.FormatDay(t.From)+". Name a later day.")
	case p.Due.Compare(last) > 0:
		return refuse(BadDue, fmt.Sprintf("A goal is due on %s, and I follow a %s up until %s, %d days after its end. Name a nearer day.",
			calendar.FormatDay(p.Due), t.Kind.Label(), calendar.FormatDay(last), t.Kind.FollowDays()))
	}
	return nil
}

// checkNumbers holds the goals against the limits and the gate: at least one
// goal in each direction, or knowledge only moves one way.
func (t Terms) checkNumbers() error {
	for _, way := range t.Ways() {
		switch n := len(t.toward(way)); {
		case n == 0:
			return refuse(OneWay, "There must be at least one goal in each direction, so that both labs learn something.")
		case n > MaxGoals:
			return refuse(TooMany, fmt.Sprintf("There are %d goals in one direction already, which is as many as people keep up with. Change one of them instead.", MaxGoals))
		}
	}
	seen := map[int]bool{}
	for _, p := range t.Goals {
		if p.N < 1 || seen[p.N] {
			return refuse(NoGoal, "The goals are not numbered one by one.")
		}
		seen[p.N] = true
	}
	return nil
}
