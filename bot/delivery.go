package bot

import (
	"time"

	"interlab/bot/chat"
)

// KindDelivery is something that must be told to somebody. It is the ledger of
// what was sent, too.
const KindDelivery Kind = "delivery"

// deliveryLife is how long a settled delivery is remembered: long enough to
// answer "was I told?", and to edit what was posted. It is no longer, since each is
// itself a record of who was told of whom: 60 days outlast what a card leads to (an
// ask is open for two weeks, the question whether people met comes a week after, and
// MissLife of an exchange is as long), and then who wrote to whom is gone.
// So a card that is older is not found when somebody is forgotten, and keeps its words.
const deliveryLife = 60 * 24 * time.Hour

// Class says how a delivery competes for a person's attention.
type Class string

// The classes of deliveries. Answers to events are no deliveries: they leave
// with the event.
const (
	Promised Class = "promised" // asks, introductions, reminders, changes: always goes
	Nudge    Class = "nudge"    // questions and reminders of them: own hours, at most one a day over everything
)

// Progress is how far a delivery has come.
type Progress string

// The steps of a delivery.
const (
	Planned Progress = "planned"
	Trying  Progress = "trying" // handed to the platform, or about to be: it may have arrived
	Sent    Progress = "sent"
	Dropped Progress = "dropped" // no longer true or too late when its time came
	Failed  Progress = "failed"  // the person cannot be reached; shown to them in "me"
)

// Delivery tells one thing to one person, or says it in one place. What it says
// is rendered when it is sent, from the documents as they are then, so it
// carries no text.
type Delivery struct {
	ID        string       `json:"id"`              // made of the operation that planned it, so that it exists once
	To        string       `json:"to,omitempty"`    // a person, or whose message Edit is; else Place or Edit is set
	As        Grant        `json:"as,omitzero"`     // the role that To must still hold when it is sent
	Only      chat.Account `json:"only,omitzero"`   // of the person's accounts, where it matters which
	Place     chat.Place   `json:"place,omitzero"`  // a channel to post in
	Under     chat.Posted  `json:"under,omitzero"`  // a post to thread under
	Edit      chat.Posted  `json:"edit,omitzero"`   // a message to replace
	Beside    chat.Posted  `json:"beside,omitzero"` // for the home's calendar, where this post is
	Class     Class        `json:"class"`
	Notice    string       `json:"notice"`  // what to say: known to the renderer of the subject's kind
	Subject   Ref          `json:"subject"` // about what
	NotBefore time.Time    `json:"not_before"`
	Day       string       `json:"day,omitempty"`  // of a nudge: the recipient's calendar day that it takes up
	Until     time.Time    `json:"until,omitzero"` // pointless afterwards
	Progress  Progress     `json:"progress"`
	Began     time.Time    `json:"began,omitzero"` // the first try
	Via       chat.Account `json:"via,omitzero"`   // the account of the last try
	Settled   time.Time    `json:"settled,omitzero"`
	Posted    chat.Posted  `json:"posted,omitzero"`
}

// workSend hands a delivery to its platform.
const workSend = "send"

// Ref names the delivery.
func (d *Delivery) Ref() Ref { return Ref{KindDelivery, d.ID} }

// Entries are the person's deliveries, what was told about their subject, the
// day that a nudge takes up, and what never reached them.
func (d *Delivery) Entries() []Entry {
	if d.To == "" {
		return []Entry{{Index: deliveriesAbout + d.Subject.String(), Score: d.NotBefore.UnixMilli()}}
	}
	entries := []Entry{{Index: deliveriesOf + d.To, Score: d.NotBefore.UnixMilli()}}
	if d.Progress == Sent && d.Posted != (chat.Posted{}) {
		entries = append(entries, Entry{Index: deliveriesAbout + d.Subject.String(), Score: d.NotBefore.UnixMilli()})
	}
	if d.Class == Nudge && d.Progress != Dropped && d.Day != "" {
		entries = append(entries, Entry{Index: nudgeDay(d.To, d.Day), Unique: true})
	}
	if d.Progress == Failed {
		entries = append(entries, Entry{Index: missedBy + d.To, Score: d.Settled.UnixMilli()})
	}
	return entries
}

// deliveriesAbout and a document's reference list what was told about it.
const deliveriesAbout = "delivery.about/"

// deliveriesOf and a person's id list what that person was or is to be told.
const deliveriesOf = "delivery.of/"

// missedBy and a person's id list what never reached that person.
const missedBy = "missed/"

// nudgeDay is the entry that holds a person's one nudge of a calendar day.
func nudgeDay(person, day string) string { return "nudge/" + person + "/" + day }

// Due is the sending, and later the forgetting.
func (d *Delivery) Due() []Work {
	switch d.Progress {
	case Planned, Trying:
		return []Work{{Name: workSend, At: d.NotBefore}}
	case Failed, Sent, Dropped:
	}
	return []Work{{Name: workForget, At: d.Settled.Add(deliveryLife)}}
}

// place is where a delivery to nobody is to be seen.
func (d *Delivery) place() chat.Place {
	switch {
	case d.Beside != chat.Posted{}:
		return d.Beside.Place
	case d.Edit != chat.Posted{}:
		return d.Edit.Place
	case d.Under != chat.Posted{}:
		return d.Under.Place
	}
	return d.Place
}

// settle ends the delivery.
func (d *Delivery) settle(p Progress, now time.Time) { d.Progress, d.Settled = p, now }
