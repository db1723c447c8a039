package bot

import (
	"context"
	"slices"
	"time"

	"interlab/bot/chat"
)

// Listing says that somebody was put into the network by another one, who by
// and when. A listed person can be found and asked, but others see only the lab
// and the topics until the person joins.
type Listing struct {
	By   string    `json:"by"` // as whoever listed them wants to be called
	At   time.Time `json:"at"`
	Told time.Time `json:"told,omitzero"` // when the person learnt of it from us
}

// inNetwork reports whether others may be shown this person at all.
func (p *Person) inNetwork() bool { return !p.Joined.IsZero() || p.Listed != nil }

// unclaimed reports whether somebody listed the person, who has not joined.
func (p *Person) unclaimed() bool { return p.Listed != nil && p.Joined.IsZero() }

// listedFacts tells a listed person who put them here, what others see, and
// that it is theirs to decide.
func (a *App) listedFacts(tx *Tx, p *Person) (chat.Text, error) {
	lab, err := a.lab(tx, p.Lab)
	if err != nil {
		return nil, err
	}
	return chat.T(p.Listed.By, " listed you here on ", a.day(p.Listed.At, p), " as a researcher of ", lab,
		", so that people in other labs can find you by your topics. They see your lab and your topics, never your name, unless you agree to meet them. You decide: join, or have yourself removed for good."), nil
}

// listedRow is what a listed person can do about it.
func listedRow() chat.Row {
	return chat.NewRow(
		chat.Button{Label: "Join", Ref: chat.Ref{Route: "profile.edit"}},
		chat.Button{Label: "Remove me", Ref: chat.Ref{Route: routeRemove}, Tone: chat.Danger},
	)
}

// disclose tells a listed person the facts below the first answer they get, for
// nobody should find out by chance.
func (rq *request) disclose(r route, m chat.Message) (chat.Message, error) {
	if !rq.me.unclaimed() || !rq.me.Listed.Told.IsZero() || claims(r.name) {
		return m, nil
	}
	if r.changes {
		rq.me.Listed.Told = rq.now
		rq.tx.put(rq.me)
	}
	if r.show == chat.ShowNothing {
		return m, nil
	}
	return rq.withFacts(m)
}

// withFacts adds the facts to a card that has them not.
func (rq *request) withFacts(m chat.Message) (chat.Message, error) {
	if slices.ContainsFunc(m.Rows, offersRemoval) {
		return m, nil
	}
	facts, err := rq.app.listedFacts(rq.tx, rq.me)
	if err != nil {
		return m, err
	}
	m.Body = append(m.Body, facts)
	m.Rows = append(m.Rows[:min(len(m.Rows), chat.MaxRows-1)], listedRow())
	return m, nil
}

// discloseUnclear tells a listed person the facts whose first words are no
// command: most people begin by asking who is there.
func (a *App) discloseUnclear(ctx context.Context, e chat.Event, r response) response {
	if _, typed := e.Input.(chat.Line); !typed {
		return r
	}
	rq, err := a.request(newTx(ctx, a.store, a.clock.Now(), a.ids), e, chat.Call{})
	if err != nil || !rq.me.unclaimed() || !rq.me.Listed.Told.IsZero() {
		return r // without the store the answer is as good as it can be
	}
	if m, err := rq.withFacts(r.message); err == nil {
		r.message = m
	}
	return r
}

func offersRemoval(row chat.Row) bool {
	return slices.ContainsFunc(row.Buttons, func(b chat.Button) bool { return b.Ref.Route == routeRemove })
}

// helloListed greets somebody who was listed and has not joined.
func (rq *request) helloListed() (chat.Message, error) {
	facts, err := rq.app.listedFacts(rq.tx, rq.me)
	if err != nil {
		return chat.Message{}, err
	}
	row := listedRow()
	row.Buttons[0].Tone = chat.Main
	row.Buttons = append(row.Buttons, chat.Button{Label: "Find somebody", Ref: chat.Ref{Route: "match.new"}})
	return chat.Message{
		Title: "Hello " + firstName(rq.me.Name) + ", I am Interlab",
		Body: []chat.Text{
			chat.T("I bring researchers of different labs together: I look for somebody who knows a topic, ask them first, and introduce the two with a time that suits both."),
			facts,
		},
		Fields: rq.listedFields(),
		Rows:   []chat.Row{row},
		Note:   chat.T("To look around, type ", chat.Code("match find"), " and a topic. ", chat.Code("help"), " shows everything."),
	}, nil
}

// listedFields are what was said about a listed person, for them to read.
func (rq *request) listedFields() []chat.Field {
	fields := rq.profileFields()
	if rq.me.About != "" {
		fields = append(fields, chat.Field{Name: "About your work", Value: chat.T(clip(chat.CleanLine(rq.me.About), 400))})
	}
	return fields
}

// listedAsk adds to an ask who listed the person asked, and what they can do.
func (a *App) listedAsk(tx *Tx, card *chat.Message, asked *Person) error {
	if !asked.unclaimed() {
		return nil
	}
	facts, err := a.listedFacts(tx, asked)
	if err != nil {
		return err
	}
	card.Body = append(card.Body, facts)
	card.Rows = append(card.Rows, listedRow())
	return nil
}

// noteTold keeps that a listed person learnt of it with their first ask.
func noteTold(tx *Tx, d *Delivery) error {
	if d.Notice != noticeAsk {
		return nil
	}
	p, err := load[*Person](tx, KindPerson, d.To)
	if err == nil && p.unclaimed() && p.Listed.Told.IsZero() {
		p.Listed.Told = tx.now
		tx.put(p)
	}
	return err
}
