package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
	pairing "interlab/matching/round"
)

func roundPublishRoutes() []route {
	return []route{
		{name: "round.publish", show: chat.ShowPrivate, do: (*request).publishTyped},
		{name: "round.publish.ask", show: chat.ShowInPlace, do: (*request).publishAsk, subject: KindRound},
		{name: "round.publish.yes", show: chat.ShowInPlace, changes: true, do: (*request).publish, subject: KindRound},
		{name: "round.cancel", show: chat.ShowPrivate, do: (*request).cancelRoundTyped},
		{name: "round.cancel.ask", show: chat.ShowPrivate, do: (*request).cancelRoundAsk, subject: KindRound},
		{name: "round.cancel.yes", show: chat.ShowInPlace, changes: true, do: (*request).cancelRound, subject: KindRound},
		{name: "round.decline", show: chat.ShowInPlace, changes: true, do: (*request).declinePair, subject: KindMatch},
	}
}

func (rq *request) publishTyped() (chat.Message, error) {
	if err := rq.mayRun(Edit); err != nil {
		return chat.Message{}, err
	}
	r, err := rq.findRound(isClosed)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.confirmPublish(r)
}

func (rq *request) publishAsk() (chat.Message, error) {
	r, err := rq.editable()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.confirmPublish(r)
}

// confirmPublish says exactly how many people are told.
func (rq *request) confirmPublish(r *Round) (chat.Message, error) {
	if err := rq.planned(r); err != nil {
		return chat.Message{}, err
	}
	if r.Plan.Fault != "" {
		return faultCard(r), nil
	}
	m := chat.Message{
		Title: "Publish this plan? " + r.title(),
		Body: []chat.Text{
			chat.T(counted(r.Plan.People+r.Plan.Out, "person is", "people are"), " told: ", planText(r.Plan)),
			chat.T("Each pair is introduced with reasons, contacts and times that suit both. Whoever cannot make it says so on the card, and I pair anew only those who are left over."),
		},
		Note: chat.T("It cannot be taken back."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Yes, publish", Ref: chat.Ref{Route: "round.publish.yes", ID: joinID(r.ID, r.Edition)}, Tone: chat.Main},
			chat.Button{Label: "Back to the plan", Ref: chat.Ref{Route: "round.page", ID: joinID(r.ID, 0)}},
		)},
	}
	if r.Trial != nil {
		m.Body = append(m.Body, chat.T("A change whose price you were shown is not kept, and is not in it."))
	}
	return m, nil
}

// publish has the plan recorded, and then told.
func (rq *request) publish() (chat.Message, error) {
	r, err := rq.editable()
	if err != nil {
		return chat.Message{}, err
	}
	if r.Plan.Fault != "" {
		return faultCard(r), nil
	}
	r.State, r.Published, r.Trial = RoundPublished, rq.now, nil
	r.Edition++
	r.Rollout = &Rollout{N: 1, Plan: r.Plan.N, Pages: r.Plan.Pages}
	r.touch(rq.now)
	rq.tx.put(r)
	return chat.Message{
		Title: "Published: " + r.title(),
		Body:  []chat.Text{chat.T(counted(r.Plan.People+r.Plan.Out, "person hears", "people hear"), " from me now, each in their own working hours.")},
		Note:  chat.T(chat.Code("round status"), " shows how it stands."),
	}, nil
}

// roll records or tells the next page of a plan.
func (a *App) roll(tx *Tx, r *Round) error {
	page, err := planPageAt(tx, r, r.Rollout.Plan, r.Rollout.Next)
	if err != nil {
		return err
	}
	if err := entrantsAt(tx, r.ID, page.turns()); err != nil {
		return err
	}
	if r.Rollout.Tells {
		err = a.tellPage(tx, r, page)
	} else {
		err = a.recordPage(tx, r, page)
	}
	if err != nil {
		return fmt.Errorf("round %s, page %d: %w", r.ID, page.N, err)
	}
	if r.Rollout.step() {
		r.Rollout = nil
	}
	return nil
}

// recordPage makes a match of each pair that may still meet. Whoever is left over
// because somebody left or changed meanwhile is paired anew.
func (a *App) recordPage(tx *Tx, r *Round, page *PlanPage) error {
	if err := a.people.refresh(tx.ctx); err != nil {
		return err
	}
	for i, pair := range page.Pairs {
		x, err := entrantAt(tx, r.ID, pair.A)
		if err != nil {
			return err
		}
		y, err := entrantAt(tx, r.ID, pair.B)
		if err != nil {
			return err
		}
		m, err := a.pairUp(tx, r, x, y)
		if err != nil {
			return err
		}
		if m == nil {
			r.mend(tx.now)
			continue
		}
		m.Slot = pair.Slot
		page.Pairs[i].Match = m.ID
		tx.put(m)
	}
	tx.put(page)
	return nil
}

// pairUp makes a match of two places, or nil where the two must not meet now.
func (a *App) pairUp(tx *Tx, r *Round, x, y *Entrant) (*Match, error) {
	if x == nil || y == nil || x.needs(r) == 0 || y.needs(r) == 0 {
		return nil, nil
	}
	c, err := a.newCrowd(tx, r, []*Entrant{x, y})
	if err != nil {
		return nil, err
	}
	one, two := &c.guests[0], &c.guests[1]
	if c.between(one, two) != barrierNone {
		return nil, nil
	}
	id, err := a.ids.id()
	if err != nil {
		return nil, err
	}
	m := &Match{
		ID: id, Asker: one.person.ID, Asked: two.person.ID, Purpose: r.Purpose, Topic: r.title(), AskedAt: tx.now, Round: r.ID,
		Reasons: a.people.reasons(wish(one.person), two.person.ID), Back: a.people.reasons(wish(two.person), one.person.ID),
	}
	m.introduce(tx.now, map[string]string{one.person.ID: one.person.Contact, two.person.ID: two.person.Contact})
	m.offer(a.commonTimes(m, one.person, two.person, tx.now))
	x.Matches, y.Matches = append(x.Matches, m.ID), append(y.Matches, m.ID)
	tx.put(x, y)
	return m, nil
}

// tellPage tells the people of a page whom they meet, or that nobody was left.
func (a *App) tellPage(tx *Tx, r *Round, page *PlanPage) error {
	for _, pair := range page.Pairs {
		if pair.Match == "" {
			continue
		}
		m, err := load[*Match](tx, KindMatch, pair.Match)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := a.tellBoth(tx, m, Delivery{Notice: noticePaired, Subject: m.Ref()}); err != nil {
			return err
		}
	}
	for _, turn := range page.Out {
		if err := a.tellOut(tx, r, turn); err != nil {
			return err
		}
	}
	return nil
}

// tellOut tells somebody once that nobody was left for them.
func (a *App) tellOut(tx *Tx, r *Round, turn int64) error {
	e, err := entrantAt(tx, r.ID, turn)
	if err != nil || e == nil || e.SatOut || e.needs(r) == 0 || len(e.Matches) > 0 && !e.LeftOver {
		return err
	}
	person, err := load[*Person](tx, KindPerson, e.Person)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	e.SatOut = true
	tx.put(e)
	notice := noticeSatOut
	if e.LeftOver {
		notice = noticeLeftOver
	}
	a.tell(tx, person, Delivery{Notice: notice, Subject: r.Ref()})
	return nil
}

// declinePair ends a pair of a round for somebody who cannot this time. Only
// those who are left over are paired anew.
func (rq *request) declinePair() (chat.Message, error) {
	m, other, err := rq.introduced()
	if err != nil {
		return chat.Message{}, err
	}
	r, err := load[*Round](rq.tx, KindRound, m.Round)
	if errors.Is(err, errNotFound) || err == nil && m.Meeting != nil && !m.Meeting.Start.After(rq.now) {
		return chat.Message{}, denied("It is too late to decline this. Write to %s: %s", firstName(other.Name), m.Contacts[other.ID])
	}
	if err != nil {
		return chat.Message{}, err
	}
	m.Meeting, m.Offer = nil, nil
	m.end(Withdrawn, rq.now)
	rq.tx.put(m, r)
	if err := rq.leavePair(r, m); err != nil {
		return chat.Message{}, err
	}
	r.mend(rq.now)
	rq.app.tell(rq.tx, other, Delivery{Notice: noticeDeclined, Subject: m.Ref()})
	return chat.Message{
		Title: "Not this time",
		Body:  []chat.Text{chat.T("I tell ", firstName(other.Name), " kindly and look for somebody else for them. You do not hear of this meeting again.")},
		Note:  chat.T("You two may be paired in a later round."),
	}, nil
}

// freePartner lets somebody whom a round paired with a person who leaves for good
// be paired anew, as after a decline: not once the two have met, nor a week later.
func (rq *request) freePartner(m *Match) error {
	if m.Round == "" || m.State != Introduced || m.Meeting != nil && !m.Meeting.Start.After(rq.now) {
		return nil
	}
	r, err := load[*Round](rq.tx, KindRound, m.Round)
	if errors.Is(err, errNotFound) || err == nil && !rq.now.Before(r.declinesEnd()) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := rq.leavePair(r, m); err != nil {
		return err
	}
	r.mend(rq.now)
	rq.tx.put(r)
	return nil
}

// leavePair takes a match off both places of a round.
func (rq *request) leavePair(r *Round, m *Match) error {
	for _, id := range []string{m.Asker, m.Asked} {
		e, err := owner[*Entrant](rq.tx, entrantPair(r.ID, id))
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		e.Matches = drop(e.Matches, m.ID)
		if id == rq.me.ID {
			e.Declined++
		} else {
			e.LeftOver, e.SatOut = true, false
		}
		rq.tx.put(e)
	}
	return nil
}

// mend pairs anew those who are left over, and leaves everybody else untouched.
func (a *App) mend(ctx context.Context, c Claim) error {
	tx := a.read(ctx)
	r, err := claimed(tx, c)
	if err != nil || r == nil {
		return a.concludeRound(ctx, c, func(*Tx, *Round) error { return err })
	}
	plan, err := a.remainder(tx, r)
	if err != nil {
		return err
	}
	n := r.Solves + 1
	pages := pagesOf(r.ID, n, plan, tx.now)
	for _, page := range pages {
		if err := a.keepPage(ctx, page); err != nil {
			return err
		}
	}
	return a.concludeRound(ctx, c, func(_ *Tx, now *Round) error {
		now.Solves, now.Mending = n, time.Time{}
		now.Mends++
		now.Rollout = &Rollout{N: now.Mends + 1, Plan: n, Pages: len(pages)}
		return nil
	})
}

// remainder plans for those who still lack a meeting.
func (a *App) remainder(tx *Tx, r *Round) (pairing.Plan, error) {
	if err := a.people.refresh(tx.ctx); err != nil {
		return pairing.Plan{}, err
	}
	places, err := listAll[*Entrant](tx, entrantsOf+r.ID)
	if err != nil {
		return pairing.Plan{}, err
	}
	var open []*Entrant
	for _, e := range places {
		if e.needs(r) > 0 {
			open = append(open, e)
		}
	}
	crowd, err := a.newCrowd(tx, r, open)
	if err != nil {
		return pairing.Plan{}, err
	}
	p := crowd.problem()
	for i, e := range open {
		p.People[i].Away = ^uint64(0) << e.needs(r) // as many slots as meetings are lacking
	}
	plan, err := pairing.Solve(p.Round)
	if err != nil {
		return plan, fmt.Errorf("mend round %s: %w", r.ID, err)
	}
	return plan, nil
}
