package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
)

// Retention is for how many days what people wrote is kept. 0 keeps it.
type Retention struct {
	Asks         int // the words of asks and introductions, and the contacts exchanged
	Talks        int // who came to talks, who could when, and what was asked
	Applications int // why somebody wanted to come
	Exchanges    int // the words of exchanges, from their last move on
}

// topicFaded stands where the words of an old ask stood.
const topicFaded = "a topic of long ago"

// fading says of each kind whether the time of what it holds of people is over,
// and takes it out.
var fading = map[Kind]struct {
	over func(r Retention, doc Document, now time.Time) bool
	fade func(tx *Tx, doc Document)
}{
	KindMatch: {
		func(r Retention, doc Document, now time.Time) bool {
			m, ok := doc.(*Match)
			return ok && m.State != Asked && m.Topic != topicFaded && older(later(m.EndedAt, m.Began), r.Asks, now)
		},
		func(tx *Tx, doc Document) {
			if m, ok := doc.(*Match); ok {
				m.fade(tx.now)
				tx.put(m)
			}
		},
	},
	KindApplication: {
		func(r Retention, doc Document, now time.Time) bool {
			app, ok := doc.(*Application)
			return ok && app.Why != "" && older(app.At, r.Applications, now)
		},
		func(tx *Tx, doc Document) {
			if app, ok := doc.(*Application); ok {
				app.Why = ""
				tx.put(app)
			}
		},
	},
	KindExchange: {
		func(r Retention, doc Document, now time.Time) bool {
			e, ok := doc.(*Exchange)
			return ok && e.State.Final() && older(e.lastMove(), r.Exchanges, now) && e.HasWords()
		},
		func(tx *Tx, doc Document) {
			if e, ok := doc.(*Exchange); ok && e.Fade() {
				tx.put(e)
			}
		},
	},
	KindQuestion: {
		func(r Retention, doc Document, now time.Time) bool {
			q, ok := doc.(*Question)
			return ok && older(q.At, r.Talks, now)
		}, remove,
	},
	KindVote: {
		func(r Retention, doc Document, now time.Time) bool {
			v, ok := doc.(*PollVote)
			return ok && older(v.At, r.Talks, now)
		}, remove,
	},
	KindRsvp: {
		func(r Retention, doc Document, now time.Time) bool {
			rsvp, ok := doc.(*Rsvp)
			return ok && older(rsvp.At, r.Talks, now)
		}, (*Tx).removeAnswer,
	},
}

// purpose says what is asked for on joining, what for, and for how long it is kept.
func (a *App) purpose() string {
	words := "until you delete them"
	if days := a.retention.Asks; days > 0 {
		words += fmt.Sprintf(", and the words of an ask %d days after it", days)
	}
	return "Joining asks for your lab, topics, place, hours and a contact, only to find people who fit you and times that suit; I keep them " + words + ". To have everything as a file or deleted, type profile export or profile forget."
}

// older reports whether a moment is so many days ago; never for 0 days or no moment.
func older(at time.Time, days int, now time.Time) bool {
	return days > 0 && !at.IsZero() && at.AddDate(0, 0, days).Before(now)
}

func remove(tx *Tx, doc Document) { tx.remove(doc.Ref()) }

// removeAnswer forgets who came to a talk that is over; its counts stay.
func (tx *Tx) removeAnswer(doc Document) {
	r, ok := doc.(*Rsvp)
	if !ok {
		return
	}
	c, err := load[*Colloquium](tx, KindColloquium, r.Colloquium)
	if errors.Is(err, errNotFound) || err == nil && c.State != Announced && c.State != Proposed {
		tx.remove(r.Ref())
	}
}

// fade takes the words and the contacts out of an old match. An introduction of
// which nobody said how it went is over by now.
func (m *Match) fade(now time.Time) {
	m.Topic, m.Reasons, m.Back, m.Contacts = topicFaded, nil, nil, nil
	if m.State == Introduced {
		m.Meeting, m.Offer = nil, nil
		m.end(Closed, now)
	}
}

// Retain lets what is older than its retention fade, and says of how many
// documents. It is broken off and begun again anywhere.
func (a *App) Retain(ctx context.Context) (int, error) {
	faded := 0
	for _, kind := range sortedKinds() {
		if _, fades := fading[kind]; !fades || a.retention == (Retention{}) {
			continue
		}
		n, err := a.retainKind(ctx, kind)
		faded += n
		if err != nil {
			return faded, fmt.Errorf("let old %s fade: %w", kind, err)
		}
	}
	return faded, nil
}

// retainKind reads a kind in pages; what is over on each fades in one commit.
func (a *App) retainKind(ctx context.Context, kind Kind) (int, error) {
	faded := 0
	for page := (Page{Index: every(kind)}); ; {
		records, next, err := a.store.Page(ctx, page)
		if err != nil {
			return faded, err
		}
		n, err := a.retainPage(ctx, kind, records)
		faded += n
		if err != nil || next == "" {
			return faded, err
		}
		page.After = next
	}
}

func (a *App) retainPage(ctx context.Context, kind Kind, records []Record) (int, error) {
	var over []Ref
	for _, r := range records {
		doc, err := decode(r)
		if err != nil {
			return 0, err
		}
		if fading[kind].over(a.retention, doc, a.clock.Now()) {
			over = append(over, r.Ref)
		}
	}
	if len(over) == 0 {
		return 0, nil
	}
	n := 0
	_, err := a.update(ctx, change{verb: "retain"}, func(tx *Tx) (chat.Message, error) {
		n = 0
		for _, ref := range over {
			doc, err := load[Document](tx, ref.Kind, ref.ID)
			if errors.Is(err, errNotFound) {
				continue
			}
			if err != nil {
				return chat.Message{}, err
			}
			if fading[kind].over(a.retention, doc, tx.now) {
				n++
				fading[kind].fade(tx, doc)
			}
		}
		return chat.Message{}, nil
	})
	return n, err
}

// lastMove is when something was done in an exchange for the last time.
func (e *Exchange) lastMove() time.Time {
	last := later(e.At, e.Completed)
	for _, s := range e.Steps {
		last = later(last, s.At)
	}
	return last
}
