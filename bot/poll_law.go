package bot

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// overVoters are those who answered a poll, but whoever asks.
const overVoters Audience = "voters"

// strayTimes are the times of a poll, by number, that belong at other instants by
// these zone data. What is over or chosen moves no more.
func (a *App) strayTimes(doc Document, now time.Time) map[int]calendar.Moment {
	p, ok := doc.(*Poll)
	if !ok || p.State == PollSettled {
		return nil
	}
	stray := map[int]calendar.Moment{}
	for n, m := range p.Times {
		if !m.Instant.After(now) || m.Wall.IsZero() || a.zones.OlderThan(m.Rules) {
			continue
		}
		if there := a.zones.Moment(m.Wall); !there.Instant.Equal(m.Instant) {
			stray[n] = there
		}
	}
	return stray
}

// moveTimes keeps what the wall shows at each time of a poll, and tells those who
// have answered what that is for them now. Their answers stand until they change
// them. A poll is never open beyond its first time.
func (a *App) moveTimes(tx *Tx, p *Poll) error {
	stray := a.strayTimes(p, tx.now)
	if len(stray) == 0 {
		return nil
	}
	p.Laws++
	p.Moved = map[int]time.Time{}
	for n, m := range stray {
		p.Moved[n], p.Times[n] = p.Times[n].Instant, m
		if m.Instant.Before(p.Closes) {
			p.Closes = later(m.Instant, tx.now)
		}
	}
	p.touch(tx.now)
	notice := joinID(noticeLaw, p.Laws)
	if p.State == PollOpen {
		p.fan(Fan{Over: overVoters, Notice: notice, At: tx.now, Until: p.Closes})
	}
	tx.put(p)
	return a.eachPerson(tx, []string{p.By}, func(to *Person) error {
		a.tell(tx, to, Delivery{Notice: notice, Subject: p.Ref()})
		return nil
	})
}

// spreadVoters tells a page of those who answered.
func (a *App) spreadVoters(tx *Tx, p *Poll, f *Fan) (last bool, err error) {
	votes, next, err := page[*PollVote](tx, Page{Index: votesOf + p.ID, After: f.After, Limit: fanPage})
	if err != nil {
		return false, err
	}
	var ids []string
	for _, v := range votes {
		if v.Person != p.By {
			ids = append(ids, v.Person)
		}
	}
	f.After = next
	return next == "", a.eachPerson(tx, ids, func(to *Person) error {
		a.tell(tx, to, Delivery{Notice: f.Notice, Subject: p.Ref(), Until: f.Until, NotBefore: a.heard(to, tx.now, f.Until)})
		return nil
	})
}

// pollLaw says to whoever asked, or answered, which times of a poll a law moved.
// Who is where the times were named sees no difference, and hears nothing.
func (a *App) pollLaw(tx *Tx, p *Poll, d *Delivery, to *Person) (chat.Message, error) {
	if p.Laws != numberOf(d.Notice) || p.State == PollSettled || p.State == PollClosed && to.ID != p.By {
		return chat.Message{}, errMoot
	}
	m := chat.Message{Title: "Times of a poll have moved: " + p.Title}
	for _, n := range slices.Sorted(maps.Keys(p.Moved)) {
		wall := p.Times[n].Wall
		if to.Zone == wall.Zone && to.ID != p.By {
			continue
		}
		if len(m.Body) == 0 {
			m.Body = append(m.Body, chat.T(lawText(wall), " What they show at these times stays; in other places it is now:"))
		}
		m.Body = append(m.Body, chat.T(fmt.Sprintf("%d. ", n+1), a.pollWhen(p, n, to), ", "+shiftWords(p.Moved[n], p.Times[n].Instant)+" than announced."))
	}
	if len(m.Body) == 0 {
		return chat.Message{}, errMoot
	}
	if to.ID == p.By {
		m.Note = chat.T("I tell those who have answered.")
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Show the answers", Ref: chat.Ref{Route: "poll.show", ID: p.ID}})}
		return m, nil
	}
	if _, err := owner[*PollVote](tx, votePair(p.ID, to.ID)); err != nil {
		if errors.Is(err, errNotFound) {
			return chat.Message{}, errMoot
		}
		return chat.Message{}, err
	}
	m.Note = chat.T("Your answers stand unless you change them.")
	m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Change my answers", Ref: chat.Ref{Route: "poll.again", ID: p.ID}, Tone: chat.Main})}
	return m, nil
}
