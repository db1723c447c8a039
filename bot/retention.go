package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// Retention is for how many days what people wrote is kept. 0 keeps it.
type Retention struct {
	Asks         int // the words of asks and introductions, and the contacts exchanged
	Talks        int // who said they come to talks and who came, who could when, and what was asked; and the audit
	Applications int // why somebody wanted to come
	Exchanges    int // the words of exchanges, from their last move on
}

// topicFaded stands where the words of an old ask stood.
const topicFaded = "a topic of long ago"

// fader says whether the time of what a document holds of people is over, and
// takes it out.
type fader struct {
	over func(r Retention, doc Document, now time.Time) bool
	fade func(tx *Tx, doc Document)
}

// fades is the fader of documents of one type.
func fades[D Document](over func(doc D, r Retention, now time.Time) bool, fade func(tx *Tx, doc D)) fader {
	return fader{
		func(r Retention, doc Document, now time.Time) bool {
			d, ok := doc.(D)
			return ok && over(d, r, now)
		},
		func(tx *Tx, doc Document) {
			if d, ok := doc.(D); ok {
				fade(tx, d)
			}
		},
	}
}

// fading has a fader for each kind that does not stay.
var fading = map[Kind]fader{
	KindMatch: fades(func(m *Match, r Retention, now time.Time) bool {
		return m.State != Asked && m.Topic != topicFaded && older(later(m.EndedAt, m.Began), r.Asks, now)
	}, (*Tx).fadeMatch),
	KindApplication: fades(func(app *Application, r Retention, now time.Time) bool {
		return app.Why != "" && older(app.At, r.Applications, now)
	}, (*Tx).fadeApplication),
	KindExchange: fades(func(e *Exchange, r Retention, now time.Time) bool {
		return e.State.Final() && older(e.lastMove(), r.Exchanges, now) && e.HasWords()
	}, (*Tx).fadeExchange),
	KindQuestion:   fades(func(q *Question, r Retention, now time.Time) bool { return older(q.At, r.Talks, now) }, remove),
	KindVote:       fades(func(v *PollVote, r Retention, now time.Time) bool { return older(v.At, r.Talks, now) }, remove),
	KindRsvp:       fades(func(a *Rsvp, r Retention, now time.Time) bool { return older(a.At, r.Talks, now) }, (*Tx).removeAnswer),
	KindAttendance: fades(func(a *Attendance, r Retention, now time.Time) bool { return older(a.Until, r.Talks, now) }, remove),
	KindFollowUp: fades(func(f *FollowUp, r Retention, now time.Time) bool {
		return f.Act == "" && f.hasWords() && older(f.lastWord(), r.Exchanges, now)
	}, (*Tx).fadeFollowUp),
	KindStory: fades(func(s *Story, r Retention, now time.Time) bool {
		return s.agreed().IsZero() && older(s.lastSaid(), r.Exchanges, now)
	}, remove),
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

func remove[D Document](tx *Tx, doc D) { tx.remove(doc.Ref()) }

func (tx *Tx) fadeMatch(m *Match) {
	m.fade(tx.now)
	tx.put(m)
}

func (tx *Tx) fadeApplication(app *Application) {
	app.Why = ""
	tx.put(app)
}

func (tx *Tx) fadeExchange(e *Exchange) {
	if e.Fade() {
		tx.put(e)
	}
}

// removeAnswer forgets who came to a talk that is over; its counts stay.
func (tx *Tx) removeAnswer(r *Rsvp) {
	c, err := load[*Colloquium](tx, KindColloquium, r.Colloquium)
	if errors.Is(err, errNotFound) || err == nil && c.State != Announced && c.State != Proposed {
		tx.remove(r.Ref())
	}
}

// fadeFollowUp takes the words out of an old answer, and of the goal as it was
// before; which answer it was stays. While the exchange is open they belong to it.
func (tx *Tx) fadeFollowUp(f *FollowUp) {
	e, err := load[*Exchange](tx, KindExchange, f.Exchange)
	if !errors.Is(err, errNotFound) && (err != nil || !e.State.Final()) {
		return
	}
	f.Was = nil
	for _, answer := range []*exchange.Answer{f.Answer, f.Before} {
		if answer != nil {
			answer.Text = ""
		}
	}
	tx.put(f)
}

// hasWords reports whether anything is left that fadeFollowUp would take out.
func (f *FollowUp) hasWords() bool {
	return f.Was != nil || f.Answer != nil && f.Answer.Text != "" || f.Before != nil && f.Before.Text != ""
}

// lastWord is when the question was asked, answered or settled, whichever was last.
func (f *FollowUp) lastWord() time.Time {
	last := later(f.First, f.Settled)
	if f.Answer != nil {
		last = later(last, f.Answer.At)
	}
	return last
}

// lastSaid is when somebody agreed to the story for the last time.
func (s *Story) lastSaid() time.Time {
	var last time.Time
	for _, at := range s.Said {
		last = later(last, at)
	}
	return last
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
	if err := a.forgetNotes(ctx); err != nil {
		return faded, fmt.Errorf("let old notes of the audit go: %w", err)
	}
	return faded, nil
}

// forgetNotes lets the audit go as far as it would still tell who came to a talk.
func (a *App) forgetNotes(ctx context.Context) error {
	if a.retention.Talks == 0 {
		return nil
	}
	_, err := a.store.ForgetNotes(ctx, a.clock.Now().AddDate(0, 0, -a.retention.Talks))
	return err
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
