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
	// MaxShown is the longest text of what will show a goal, in runes.
	MaxShown = 120
	// MinOneWay is the shortest reason for goals in one direction only, in runes:
	// long enough to be one.
	MinOneWay = 20
	// MaxOneWay is the longest such reason, in runes.
	MaxOneWay = 280
	// MaxShort is how many days a short exchange lasts at most.
	MaxShort = 14
	// MaxDays is how long an exchange may be, and how far ahead it may begin.
	MaxDays = 730
)

// Pledge is what a goal promises: that knowledge moves from one lab to another
// by a day. N tells the goals of an exchange apart and is never used again.
type Pledge struct {
	N        int           `json:"n"`
	Giver    string        `json:"giver"`           // a lab
	Receiver string        `json:"receiver"`        // the other lab
	Text     string        `json:"text"`            // what people at the receiving lab can do then, without the giver
	Shown    string        `json:"shown,omitempty"` // what will show it
	Due      calendar.Date `json:"due"`
}

// Terms are all that is signed. From and To are both days of the exchange. A
// lead's party is zero where the lab has named none. OneWay is why one direction
// has no goals; empty where both have some.
type Terms struct {
	Kind    Kind          `json:"kind"`
	Visitor Party         `json:"visitor"`
	Host    Party         `json:"host"`
	From    calendar.Date `json:"from"`
	To      calendar.Date `json:"to"`
	Goals   []Pledge      `json:"goals"`

	HomeLead Party  `json:"home_lead,omitzero"`
	HostLead Party  `json:"host_lead,omitzero"`
	OneWay   string `json:"one_way,omitempty"`
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
	if err := CheckDates(t.From, t.To, today); err != nil && t.checkParties() == nil {
		return err
	}
	return t.checkRest()
}

// checkRest is what can be wrong beside the days having passed.
func (t Terms) checkRest() error {
	if err := t.checkParties(); err != nil {
		return err
	}
	if err := t.Kind.CheckLength(t.From, t.To); err != nil {
		return err
	}
	for _, p := range t.Goals {
		if err := t.CheckGoal(p); err != nil {
			return err
		}
	}
	return t.checkNumbers()
}

// checkParties is what is wrong with the kind and with who sits where.
func (t Terms) checkParties() error {
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
	for _, seat := range []Seat{HomeLead, HostLead} {
		lead, across := t.at(seat), t.at(seat.other())
		switch {
		case lead == Party{}:
		case lead.Lab != t.at(seat.Side()).Lab:
			return refuse(SameLab, "A lead signs for their own lab.")
		case lead.Person == across.Person || lead.Person == t.at(seat.other().Side()).Person:
			return refuse(SamePerson, "Nobody can sign for both labs.")
		}
	}
	return nil
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

// CheckLength is what is wrong with the days of an exchange of the kind, nil if
// nothing is. A visit that the leads do not sign is a short one.
func (k Kind) CheckLength(from, to calendar.Date) error {
	if days := from.DaysUntil(to) + 1; k == Short && days > MaxShort {
		return refuse(BadDates, fmt.Sprintf("A short exchange lasts %d days at most, and this one %d. Name a nearer last day, or choose a residency, which the leads of both labs sign too.", MaxShort, days))
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

// CheckShown is what is wrong with the text of what will show a goal, nil if
// nothing is. It may be empty.
func CheckShown(text string) error {
	if n := utf8.RuneCountInString(text); n > MaxShown {
		return refuse(BadText, fmt.Sprintf("That is %d characters. Name what will show it in at most %d.", n, MaxShown))
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
	if err := CheckShown(p.Shown); err != nil {
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

// checkNumbers holds the goals against the limits and the gate: enough goals in
// each direction, or a reason that the leads of both labs sign.
func (t Terms) checkNumbers() error {
	empty := 0
	for _, way := range t.Ways() {
		switch n := len(t.toward(way)); {
		case n > MaxGoals:
			return refuse(TooMany, fmt.Sprintf("There are %d goals in one direction already, which is as many as people keep up with. Change one of them instead.", MaxGoals))
		case n == 0:
			empty++
		case n < t.Kind.Least():
			return refuse(OneWay, fmt.Sprintf("A %s has at least %d goals in each direction. Add one.", t.Kind.Label(), t.Kind.Least()))
		}
	}
	if err := t.checkOneWay(empty); err != nil {
		return err
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

// checkOneWay holds terms with empty directions against the exemption.
func (t Terms) checkOneWay(empty int) error {
	n := utf8.RuneCountInString(t.OneWay)
	switch {
	case empty == 0 && n == 0:
		return nil
	case empty == 2 || empty == 1 && n == 0:
		return refuse(OneWay, "There must be at least one goal in each direction, so that both labs learn something.")
	case empty == 0:
		return refuse(OneWay, "There are goals in both directions, so no reason for one direction is needed.")
	case n < MinOneWay || n > MaxOneWay:
		return refuse(BadText, fmt.Sprintf("Say why goals go one way only, in %d to %d characters.", MinOneWay, MaxOneWay))
	case t.HomeLead == Party{} || t.HostLead == Party{}:
		return refuse(OneWay, "Only the leads of both labs can agree to goals in one direction, and one of the labs has named no lead. An organiser names one: admin role.")
	}
	return nil
}
