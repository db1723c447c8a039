package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/exchange"
)

// Outcomes is all that figures of a scope are computed from: its Measures are
// the figures of any period. The network's is for organisers and operators, a
// lab's for its own people and for organisers, a person's for that person; all
// others are refused with a *Denied. It is read by pages, so what changes
// meanwhile may be in it in part.
//
// Nobody's text is left out of it, and whoever passes it on has to: what may be
// shown to all are its figures, for they hide what rests on too few people.
func (a *App) Outcomes(ctx context.Context, who Actor, of exchange.Scope) (exchange.Ledger, error) {
	if !Can(who, Report, reported(of)) {
		return exchange.Ledger{}, denied("These figures are for those whose they are, and for organisers.")
	}
	return a.outcomes(newTx(ctx, a.store, a.clock.Now(), a.ids), of)
}

// reported is a scope as rights see it: figures of somebody are that one's own.
func reported(of exchange.Scope) Object {
	switch {
	case of.Person != "":
		return Object{Kind: KindPerson, People: []string{of.Person}}
	case of.Lab != "":
		return Object{Kind: KindLab, Lab: of.Lab}
	}
	return Object{Kind: KindExchange}
}

// outcomes reads a ledger for somebody who may see it.
func (a *App) outcomes(tx *Tx, of exchange.Scope) (exchange.Ledger, error) {
	h, err := a.holdings(tx, of)
	if err != nil {
		return exchange.Ledger{}, err
	}
	return a.wholeLedger(tx, of, h)
}

// wholeLedger is the ledger with the talks of a scope. Only reports and files of
// figures tell of talks, so that nothing else reads them.
func (a *App) wholeLedger(tx *Tx, of exchange.Scope, h holdings) (exchange.Ledger, error) {
	l := a.ledger(h)
	var err error
	l.Talks, err = a.talksIn(tx, of)
	return l, err
}

// holdings are the documents that figures of a scope are computed from.
type holdings struct {
	labs      []*Lab
	exchanges []*Exchange
	matches   []*Match
	aftermath // of these exchanges, and perhaps of more
}

// holdings reads them.
func (a *App) holdings(tx *Tx, of exchange.Scope) (h holdings, err error) {
	if h.labs, err = listAll[*Lab](tx, every(KindLab)); err != nil {
		return h, err
	}
	if h.exchanges, err = exchangesIn(tx, of); err != nil {
		return h, err
	}
	if h.matches, err = a.matchesIn(tx, of); err != nil {
		return h, err
	}
	h.aftermath, err = a.aftermathOf(tx, of, h.exchanges)
	return h, err
}

// ledger is what figures see of the documents.
func (a *App) ledger(h holdings) exchange.Ledger {
	l := exchange.Ledger{Meetings: a.meetings(h.matches, h.exchanges)}
	for _, lab := range h.labs {
		l.Labs = append(l.Labs, exchange.Member{Lab: lab.ID, Sector: lab.Sector})
	}
	for _, e := range h.exchanges {
		l.Records = append(l.Records, h.record(e))
		l.FollowUps = append(l.FollowUps, h.asked[e.ID]...)
	}
	slices.SortFunc(l.Records, func(a, b exchange.Record) int { return strings.Compare(a.ID, b.ID) })
	return l
}

// exchangesIn are the exchanges of a scope.
func exchangesIn(tx *Tx, of exchange.Scope) ([]*Exchange, error) {
	switch {
	case of.Person != "":
		return listAll[*Exchange](tx, exchangesOf+of.Person)
	case of.Lab != "":
		return listAll[*Exchange](tx, exchangesOfLab+of.Lab)
	}
	return listAll[*Exchange](tx, every(KindExchange))
}

// matchesIn are the matches of a scope, each once. A lab's are those of the
// people who are in it now.
func (a *App) matchesIn(tx *Tx, of exchange.Scope) ([]*Match, error) {
	people, err := a.people.all(tx.ctx) // also for their labs
	if err != nil {
		return nil, fmt.Errorf("whose meetings: %w", err)
	}
	if of == (exchange.Scope{}) {
		return listAll[*Match](tx, every(KindMatch))
	}
	var all []*Match
	seen := map[string]bool{}
	for _, p := range people {
		if of.Person != "" && p.ID != of.Person || of.Person == "" && p.Lab != of.Lab {
			continue
		}
		matches, err := listAll[*Match](tx, matchesOf+p.ID)
		if err != nil {
			return nil, err
		}
		for _, m := range matches {
			if !seen[m.ID] {
				seen[m.ID], all = true, append(all, m)
			}
		}
	}
	return all, nil
}

// meetings are the matches that both accepted, the oldest first. A visit that
// began is a meeting, though nobody was asked.
func (a *App) meetings(matches []*Match, visits []*Exchange) []exchange.Meeting {
	began := map[string]*exchange.Mark{}
	for _, e := range visits {
		if e.Began != nil && (began[e.Match] == nil || e.Began.At.Before(began[e.Match].At)) {
			began[e.Match] = e.Began
		}
	}
	slices.SortFunc(matches, func(a, b *Match) int {
		if c := a.Began.Compare(b.Began); c != 0 {
			return c
		}
		return strings.Compare(a.ID, b.ID)
	})
	var all []exchange.Meeting
	for _, m := range matches {
		if !m.introducedOnce() || m.Began.IsZero() {
			continue
		}
		meeting := exchange.Meeting{Parties: [2]exchange.Party{a.partyIn(m, m.Asker), a.partyIn(m, m.Asked)}, Accepted: m.Began, Met: m.firstMet()}
		if mark := began[m.ID]; mark != nil && (meeting.Met.IsZero() || mark.At.Before(meeting.Met)) {
			meeting.Met = mark.At
		}
		if meeting.Met.IsZero() {
			meeting.Over = m.givenUp()
		}
		all = append(all, meeting)
	}
	return all
}

// partyIn is one of the two of a match with their lab as it is now.
func (a *App) partyIn(m *Match, person string) exchange.Party {
	lab := a.people.labOf(person)
	if lab == "" {
		lab = m.LeftLab
	}
	return exchange.Party{Person: person, Lab: lab}
}
