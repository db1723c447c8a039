package bot

import (
	"errors"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/matching"
)

// What is told of a round. That a plan or a price is ready carries the edition
// that it is about, so that a later one takes its place.
const (
	noticePlanned   = "planned"
	noticePrice     = "price"
	noticeNobody    = "nobody"
	noticeCalledOff = "calledoff"
	noticeSatOut    = "satout"
	noticeLeftOver  = "leftover"
	noticePaired    = "paired"
	noticeDeclined  = "declined"
)

// renderRound says one thing about a round, in a place or to a person.
func (a *App) renderRound(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	r, err := load[*Round](tx, KindRound, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	if to == nil {
		if d.Notice == noticeAnnounce && r.State != RoundOpen {
			return chat.Message{}, errMoot
		}
		return a.roundCard(r), nil
	}
	switch baseName(d.Notice) {
	case noticePlanned:
		if r.State != RoundClosed || r.Edition != numberOf(d.Notice) || r.Plan == nil {
			return chat.Message{}, errMoot
		}
		return a.plannedNews(r), nil
	case noticePrice:
		if r.State != RoundClosed || r.Edition != numberOf(d.Notice) || r.Trial == nil || r.Trial.Plan == nil {
			return chat.Message{}, errMoot
		}
		return a.priceCard(tx, r)
	case noticeNobody:
		return chat.Message{
			Title: "Nobody joined: " + r.title(),
			Body:  []chat.Text{chat.T("Joining closed on ", a.when(r.Deadline, to), " and nobody had joined, so the round has ended. A word in the labs before the next one may help.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Open another one", Ref: chat.Ref{Route: roundForm}, Tone: chat.Main})},
		}, nil
	case noticeCalledOff:
		return chat.Message{
			Title: "The round is off: " + r.title(),
			Body:  []chat.Text{chat.T("The organisers have cancelled it, so nobody is paired. You need do nothing; the next one is announced in your lab's channel.")},
		}, nil
	case noticeSatOut, noticeLeftOver:
		return a.satOutNews(tx, r, to)
	}
	return chat.Message{}, unknownNotice(d)
}

// plannedNews tells whoever waits for it that there is a plan, with its numbers.
func (a *App) plannedNews(r *Round) chat.Message {
	if r.Plan.Fault != "" {
		m := faultCard(r)
		m.Body = append([]chat.Text{chat.T("Joining is closed; ", peopleJoined(r.Joined), ".")}, m.Body...)
		return m
	}
	return chat.Message{
		Title: "The plan is ready: " + r.title(),
		Body: []chat.Text{
			chat.T("Joining is closed; ", peopleJoined(r.Joined), ". ", planText(r.Plan)),
			chat.T(proofText(r.Plan)),
		},
		Note: chat.T("Nobody is told before you publish it."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Preview the plan", Ref: chat.Ref{Route: "round.page", ID: joinID(r.ID, 0)}, Tone: chat.Main},
			chat.Button{Label: "Cancel the round", Ref: chat.Ref{Route: "round.cancel.ask", ID: r.ID}, Tone: chat.Danger},
		)},
	}
}

// satOutNews tells somebody kindly that nobody was left for them.
func (a *App) satOutNews(tx *Tx, r *Round, to *Person) (chat.Message, error) {
	e, err := owner[*Entrant](tx, entrantPair(r.ID, to.ID))
	if errors.Is(err, errNotFound) || err == nil && (r.State != RoundPublished || e.needs(r) == 0) {
		return chat.Message{}, errMoot
	}
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Nobody was left for you this time",
		Body: []chat.Text{
			chat.T("The pairs of ", chat.Strong(r.title()), " did not come out even, and the turn fell on you. It says nothing about you: you come first in the next round."),
			chat.T("If somebody who is free turns up before ", a.day(r.declinesEnd(), to), ", I pair you and write to you at once."),
		},
		Rows: lookAgain(),
	}
	switch {
	case to.Paused.After(tx.now) || a.awayThroughout(to, tx.now):
		m.Title = "I paired you with nobody while you are away"
		m.Body[0] = chat.T("The pairs of ", chat.Strong(r.title()), " are to meet in the next weeks, and you said that you are away for all of them. You come first in the next round.")
		m.Body[1] = chat.T("If you are here after all: ", chat.Code("profile away"), " shows the days and takes them back, and so does ", chat.Code("profile pause until:now"), " with a pause.")
		m.Rows = nil
	case e.LeftOver:
		m.Title = "I found nobody else for you this time"
		m.Body[0] = chat.T("Everybody else in ", chat.Strong(r.title()), " has somebody to meet. You come first in the next round.")
	}
	return m, nil
}

// pairNews tells one of two whom they meet in a round.
func (a *App) pairNews(tx *Tx, m *Match, to, other *Person) (chat.Message, error) {
	card, err := a.introCard(tx, m, to, other)
	if m.Meeting == nil {
		card.Title = "You are paired: " + card.Title
	}
	return card, err
}

func (a *App) declinedNews(tx *Tx, m *Match, _, other *Person) (chat.Message, error) {
	r, err := load[*Round](tx, KindRound, m.Round)
	if err != nil {
		return chat.Message{}, err
	}
	next := "I look for somebody else for you among those who are free, and write to you when I know more."
	if r.Mending.IsZero() && r.Rollout == nil && !tx.now.Before(r.declinesEnd()) {
		next = "This round is over by now; you come first in the next one."
	}
	return chat.Message{
		Title: firstName(other.Name) + " cannot this time",
		Body:  []chat.Text{chat.T("Your meeting in ", chat.Strong(clip(m.Topic, 120)), " is off. ", next)},
	}, nil
}

// addPaired says on the card of a round's pair why it is them, and lets either
// say that they cannot.
func (a *App) addPaired(card *chat.Message, m *Match, to, other *Person, now time.Time) {
	theirs, own := m.Reasons, m.Back
	if m.Asked == to.ID {
		theirs, own = own, theirs
	}
	var parts []string
	if clauses := because(topOf(theirs), "shares", "looks for", "writes about"); len(clauses) > 0 && other.showsTopics(true) {
		parts = append(parts, firstName(other.Name)+" "+sentenceList(clauses))
	}
	if clauses := because(topOf(own), "share", "look for", "write about"); len(clauses) > 0 {
		parts = append(parts, "you "+sentenceList(clauses))
	}
	why := "No topic of yours stands out in common, which can make a good talk, too."
	if len(parts) > 0 {
		why = capital(strings.Join(parts, "; ")) + "."
	}
	card.Body = append(card.Body, chat.T(why, " ", a.hoursBetween(to, other, now)))
	if m.Meeting == nil {
		card.Rows = append(card.Rows, chat.NewRow(chat.Button{Label: "I cannot this time", Ref: chat.Ref{Route: "round.decline", ID: m.ID}, Tone: chat.Danger}))
	}
}

func topOf(reasons []matching.Reason) []matching.Reason {
	return matching.Suggestion{Reasons: reasons}.Top(maxReasons)
}

// hoursBetween says how much of a week two people could meet in.
func (a *App) hoursBetween(x, y *Person, now time.Time) string {
	minutes := a.zones.Overlap([]calendar.Attendee{x.attendee(), y.attendee()}, now)
	return counted(minutes/60, "working hour", "working hours") + " a week in common."
}
