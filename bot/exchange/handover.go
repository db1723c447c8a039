package exchange

import (
	"fmt"
	"time"
	"unicode/utf8"

	"interlab/calendar"
)

// MaxWhere is the longest text on where things are, in runes.
const MaxWhere = 500

// HandoverDays is how many days before the last one a handover is asked for.
const HandoverDays = 14

// Access is what became of accounts, keys and copies of data at the host's lab.
// It is only noted; nobody's access is touched.
type Access string

// What became of access.
const (
	AccessGone Access = "gone"
	AccessKept Access = "kept" // some remains, on purpose
	AccessNone Access = "none" // there never was any
)

// Handover is what the visitor leaves with the host. Without it an exchange of
// more than two weeks is not complete.
type Handover struct {
	Where  string        `json:"where"` // where things are, or that there is nothing
	Access Access        `json:"access"`
	Share  calendar.Date `json:"share"` // when the visitor tells the home lab what they bring back
	Given  Mark          `json:"given"`
	Taken  *Mark         `json:"taken,omitempty"` // the host's word that they look after it
}

// HandsOver reports whether exchanges of the kind end with a handover.
func (k Kind) HandsOver() bool { return k != Short }

// HandedOver reports whether nothing more is expected of a handover.
func (e *Exchange) HandedOver() bool {
	return !e.Terms.Kind.HandsOver() || e.Handover != nil && e.Handover.Taken != nil
}

// HandOver says for the visitor what they leave. It can be said again until the
// exchange is completed; the host then takes it again.
func (e *Exchange) HandOver(by Party, where string, access Access, share calendar.Date, now time.Time) error {
	seat, err := e.Seat(by)
	switch {
	case err != nil:
		return err
	case e.State != Active && e.State != Paused && e.State != WrappingUp:
		return refuse(NotNow, e.notNow())
	case seat != Visitor:
		return refuse(NotYours, "The visitor hands over, and the host takes it. Nothing has changed.")
	}
	switch n := utf8.RuneCountInString(where); {
	case n == 0:
		return refuse(BadText, "Say where things are, or that there is nothing to hand over.")
	case n > MaxWhere:
		return refuse(BadText, fmt.Sprintf("That is %d characters. Say where things are in at most %d.", n, MaxWhere))
	case access != AccessGone && access != AccessKept && access != AccessNone:
		return refuse(BadText, "Choose what became of your access.")
	case share.IsZero():
		return refuse(BadDates, "Name a day on which your own lab hears what you bring back.")
	}
	e.Handover = &Handover{Where: where, Access: access, Share: share, Given: Mark{by.Person, now}}
	return nil
}

// TakeOver says for the host that their lab looks after what was handed over.
func (e *Exchange) TakeOver(by Party, now time.Time) error {
	seat, err := e.Seat(by)
	switch {
	case err != nil:
		return err
	case e.Handover == nil || e.State != Active && e.State != Paused && e.State != WrappingUp:
		return refuse(NotNow, "Nothing was handed over that could be taken now. Nothing has changed.")
	case seat != Host || e.Handover.Given.By == by.Person:
		return refuse(NotYours, "The host takes what the visitor hands over. Nothing has changed.")
	case e.Handover.Taken != nil:
		return refuse(Twice, "You have taken it over already.")
	}
	c := e.clone()
	taken := *e.Handover
	taken.Taken = &Mark{by.Person, now}
	c.Handover = &taken
	if err := c.complete(by.Person, now); err != nil {
		return err
	}
	*e = *c
	return nil
}
