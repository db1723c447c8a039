package bot

import (
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// addFigures adds to a report what is still in use, what moved between sectors and
// who came to talks.
func (rq *request) addFigures(card *chat.Message, of exchange.Scope, h holdings, during span) error {
	l, err := rq.app.wholeLedger(rq.tx, of, h)
	if err != nil {
		return err
	}
	l.Talks = slices.DeleteFunc(l.Talks, func(t exchange.Talk) bool { return !during.holds(t.At) })
	card.Fields = append(card.Fields, askedFields(l, rq.now, false)...)
	card.Fields = append(card.Fields, movedFields(l, of, rq.now)...)
	return nil
}

// movedFields show what moved between universities and companies, and who came to
// talks.
func movedFields(l exchange.Ledger, of exchange.Scope, now time.Time) []chat.Field {
	p := untilNow(now)
	return []chat.Field{
		{Name: "Between universities and companies", Value: chat.T(sectorsText(l, of, p))},
		{Name: "Talks", Value: chat.T(talksText(l.Audience(p)))},
	}
}

// sectorsText shows what went from universities to companies and back, of all that
// went between labs that say which they are.
func sectorsText(l exchange.Ledger, of exchange.Scope, p exchange.Period) string {
	goals, visits := sectorShares(l, l.VerifiedFlow(p)), sectorShares(l, l.People(p))
	silent := func(m exchange.Member) bool { return m.Lab == of.Lab && m.Sector == "" }
	switch {
	case of.Lab != "" && slices.ContainsFunc(l.Labs, silent):
		return exchange.Dash + " (the lab has not said that it is either)"
	case goals.of+visits.of == 0:
		return exchange.Dash
	}
	return "goals verified: " + goals.text() + "; visits begun: " + visits.text()
}

// across is what went from one sector to the other, of all that went between labs
// that say what they belong to.
type across struct {
	toCompanies, toUniversities, of int
}

func sectorShares(l exchange.Ledger, f exchange.Flow) across {
	a := across{f.Between(l.Labs, exchange.Academic, exchange.Industry), f.Between(l.Labs, exchange.Industry, exchange.Academic), 0}
	a.of = a.toCompanies + a.toUniversities
	for _, s := range []exchange.Sector{exchange.Academic, exchange.Industry} {
		a.of += f.Between(l.Labs, s, s)
	}
	return a
}

func (a across) text() string {
	if a.of == 0 {
		return exchange.Dash
	}
	return ratio(a.toCompanies, a.of) + " to companies, " + ratio(a.toUniversities, a.of) + " to universities"
}

// talksText shows how many came to talks, of how many replies, and from where. Who
// somebody is may not follow from it, so it is told of five people or more.
func talksText(a exchange.Audience) string {
	if a.Talks == 0 {
		return exchange.Dash
	}
	text := counted(a.Talks, "talk", "talks")
	if a.Counted == 0 {
		text += "; nobody counted who came"
	} else {
		text += fmt.Sprintf("; %d came, %d had said that they would", a.Attended, a.Replies)
		if a.Counted < a.Talks {
			text += "; counted at " + ratio(a.Counted, a.Talks)
		}
		if a.Estimates > 0 {
			text += "; by heads at " + ratio(a.Estimates, a.Counted)
		}
	}
	switch {
	case a.Coded >= exchange.Fewest:
		text += "; from other labs " + ratio(a.OtherLabs, a.Coded) + "; for the first time " + ratio(a.First, a.Coded)
	case a.Coded > 0:
		text += fmt.Sprintf("; from where is not shown: fewer than %d people gave the code", exchange.Fewest)
	}
	return text + "; links within a week " + ratio(a.Linked, a.Talks)
}
