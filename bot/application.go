package bot

import (
	"fmt"
	"time"

	"interlab/matching/residency"
)

// KindApplication is one person's wish for one opening.
const KindApplication Kind = "application"

// maxChoices is how many openings a person can apply to at a time.
const maxChoices = 20

// ApplicationState is where an application stands.
type ApplicationState string

// The states of an application.
const (
	AppChosen   ApplicationState = "chosen"   // before the placement
	AppHeld     ApplicationState = "held"     // a place is kept until they accept or decline
	AppAccepted ApplicationState = "accepted" // they come
	AppWaiting  ApplicationState = "waiting"  // for a place that falls free
	AppPassed   ApplicationState = "passed"   // nothing more comes of it
	AppDeclined ApplicationState = "declined"
	AppLapsed   ApplicationState = "lapsed"    // no answer came in time
	AppOff      ApplicationState = "withdrawn" // the lab withdrew the opening
)

// Band is how much a lab would like an applicant.
type Band string

// The bands. The zero value means that the lab has not said.
const (
	BandMust Band = "must"
	BandLike Band = "like"
	BandOK   Band = "ok"
	BandNot  Band = "not"
)

// bands are all of them, the most wanted first; a control carries the place in it.
func bands() []Band { return []Band{BandMust, BandLike, BandOK, BandNot} }

// label names a band on a card.
func (b Band) label() string {
	switch b {
	case BandMust:
		return "Must have"
	case BandLike:
		return "Would like"
	case BandOK:
		return "Acceptable"
	case BandNot:
		return "Not"
	}
	return "Not answered"
}

// level is the band's place, 0 the most wanted; -1 for nobody whom the lab wants.
func (b Band) level() int {
	for i, other := range bands()[:3] {
		if b == other {
			return i
		}
	}
	return -1
}

// Lot is what a placement goes by: it is set once for it and stays, so that the
// placement can be worked out again from the documents.
type Lot struct {
	Run    string `json:"run,omitempty"`
	Key    string `json:"key,omitempty"`    // of the applicant in it: stays when two accounts become one person
	Rank   int    `json:"rank,omitempty"`   // among the person's choices in it, from 1; 0 for one who applied later
	Level  int    `json:"level,omitempty"`  // of the band; -1 where the two cannot come together
	Ticket uint64 `json:"ticket,omitempty"` // in the lottery
}

// Application is one person's wish for one opening.
type Application struct {
	ID      string           `json:"id"`
	Person  string           `json:"person"`
	Opening string           `json:"opening"`
	Why     string           `json:"why,omitempty"`
	Place   int              `json:"place"` // among the person's choices, from 1
	At      time.Time        `json:"at"`
	State   ApplicationState `json:"state"`
	Band    Band             `json:"band,omitempty"`
	Lot     Lot              `json:"lot,omitzero"`
	Reason  residency.Reason `json:"reason,omitempty"` // why the placement gave no place here
	Until   time.Time        `json:"until,omitzero"`   // a place is kept until then
	Offers  int              `json:"offers,omitempty"` // places kept so far, to keep their work apart
	Near    bool             `json:"near,omitempty"`   // reminded of Until
	Told    bool             `json:"told,omitempty"`   // reminded of the deadline
	Match   string           `json:"match,omitempty"`  // that introduced the two once it was accepted
	Draft   string           `json:"draft,omitempty"`  // of the exchange that it leads to
}

// workNear reminds of a place that is kept.
const workNear = "near"

// Ref names the application.
func (a *Application) Ref() Ref { return Ref{KindApplication, a.ID} }

// Entries are the pair, of which there is one application, the person's, those to
// the opening, who waits there in the order of the lab's bands and the lottery,
// and the first choices in a placement, which stand for all who take part in it.
func (a *Application) Entries() []Entry {
	entries := []Entry{
		{Index: applicationPair(a.Opening, a.Person), Unique: true},
		{Index: applicationsOf + a.Person, Score: int64(a.Place)},
		{Index: applicationsTo + a.Opening, Score: a.At.UnixMilli()},
	}
	if a.State == AppWaiting && a.Lot.Level >= 0 {
		entries = append(entries, Entry{Index: waitingFor + a.Opening, Score: int64(a.Lot.Level)<<50 | int64(a.Lot.Ticket>>14)})
	}
	if a.Lot.Rank == 1 {
		entries = append(entries, Entry{Index: placedIn + a.Lot.Run})
	}
	return entries
}

// applicationsOf and a person's id, applicationsTo and waitingFor and an opening's,
// and placedIn and a placement's list applications.
const (
	applicationsOf = "application.of/"
	applicationsTo = "application.to/"
	waitingFor     = "application.waiting/"
	placedIn       = "application.placed/"
)

// applicationPair is the entry of one person's application to one opening.
func applicationPair(opening, person string) string { return "application/" + opening + "/" + person }

// Due is a reminder of a place that is kept, and the end of that.
func (a *Application) Due() []Work {
	if a.State != AppHeld {
		return nil
	}
	due := []Work{{fmt.Sprintf("%s.%d", workLapse, a.Offers), a.Until}}
	if !a.Near {
		due = append(due, Work{fmt.Sprintf("%s.%d", workNear, a.Offers), a.Until.Add(-nearEnd)})
	}
	return due
}

// holds reports whether the application has a place.
func (a *Application) holds() bool { return a.State == AppHeld || a.State == AppAccepted }

// object is the application as rights see it.
func (a *Application) object() Object {
	return Object{Kind: KindApplication, People: []string{a.Person}}
}
