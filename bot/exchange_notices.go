package bot

import (
	"strings"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// What deliveries say about a goal; each carries the goal's number.
const (
	noticeGoal     = "goal"
	noticeVerify   = "verify"
	noticeVerified = "verified"
	noticeDoubted  = "doubted"
)

// renderExchange says one thing about an exchange to one of the two. What its
// terms or goals no longer bear out is not said.
func (a *App) renderExchange(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	e, err := load[*Exchange](tx, KindExchange, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	if _, err := e.Seat(to.party()); err != nil {
		return chat.Message{}, errMoot // they have left the lab that they stood for
	}
	name, n := noticeNumber(d.Notice)
	switch name {
	case noticeTerms, noticeTermsAgain, noticeVisitSigned:
		return a.termsNews(tx, e, to, name, n)
	case noticeGoal, noticeVerify, noticeVerified, noticeDoubted:
		return a.goalNews(tx, e, to, name, n)
	}
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	switch name {
	case noticeVisitDeclined, noticeVisitLapsed, noticeVisitCancelled:
		return c.cameToNothing(e, to, name), nil
	case noticeVisitBegins, noticeVisitOver, noticeVisitEnded:
		return a.turnNews(tx, e, c, to, name)
	}
	return chat.Message{}, unknownNotice(d)
}

// termsNews tells of terms that were put on the table or signed.
func (a *App) termsNews(tx *Tx, e *Exchange, to *Person, name string, version int) (chat.Message, error) {
	seat, waits := e.Waits()
	asked := waits && e.Party(seat).Person == to.ID
	if version != e.Version || name == noticeVisitSigned && e.State != exchange.Scheduled || name != noticeVisitSigned && !asked {
		return chat.Message{}, errMoot
	}
	card, err := a.exchangeCard(tx, e, to)
	if err != nil {
		return chat.Message{}, err
	}
	c, err := a.cast(tx, e)
	switch name {
	case noticeTermsAgain:
		card.Title = "Still open: " + card.Title
	case noticeVisitSigned:
		card.Title = c.first(e.other(to.ID)) + " agreed to the " + e.Terms.Kind.Label()
	}
	return card, err
}

// cameToNothing tells the end of an exchange that never was.
func (c cast) cameToNothing(e *Exchange, to *Person, name string) chat.Message {
	other := c.first(e.other(to.ID))
	kind := e.Terms.Kind.Label()
	again := chat.T("You stay introduced. To plan another one: ", chat.Code("exchange propose"))
	switch {
	case name == noticeVisitCancelled:
		return chat.Message{
			Title: other + " had to cancel the " + kind,
			Body:  []chat.Text{chat.T("The plan was: ", lowered(c.visit(e.Terms, to.ID)), " It does not take place, and I ask nothing more about it."), again},
		}
	case name == noticeVisitLapsed:
		return chat.Message{
			Title: "No answer came about the " + kind,
			Body:  []chat.Text{chat.T(other, " did not answer the terms in time, so they have ended. People are busy; it says nothing about you or your plan."), again},
		}
	case e.State == exchange.Withdrawn:
		return chat.Message{Title: other + " took the plan back", Body: []chat.Text{chat.T("You need not answer any more. The plan was: ", lowered(c.visit(e.Terms, to.ID))), again}}
	}
	return chat.Message{
		Title: "The " + kind + " does not come about",
		Body:  []chat.Text{chat.T(other, " read the terms and cannot agree to them. The plan was: ", lowered(c.visit(e.Terms, to.ID))), again},
	}
}

// lowered is a sentence about "You" within another one.
func lowered(visit string) string {
	if rest, ok := strings.CutPrefix(visit, "You "); ok {
		return "you " + rest
	}
	return visit
}

// turnNews tells that an exchange begins or is over, once.
func (a *App) turnNews(tx *Tx, e *Exchange, c cast, to *Person, name string) (chat.Message, error) {
	over := e.State == exchange.WrappingUp || e.State == exchange.FollowingUp
	if name == noticeVisitBegins && e.State != exchange.Active || name != noticeVisitBegins && !over {
		return chat.Message{}, errMoot
	}
	card, err := a.exchangeCard(tx, e, to)
	if err != nil {
		return chat.Message{}, err
	}
	whose := capital(c.whose(e.Terms, to.ID))
	switch name {
	case noticeVisitEnded:
		card.Title = c.first(e.other(to.ID)) + " has ended the " + e.Terms.Kind.Label()
	case noticeVisitOver:
		card.Title = whose + " is over"
	case noticeVisitBegins:
		card.Title = whose + " begins today"
		if today := a.zones.Today(tx.now, to.zone()); today != e.Terms.From {
			card.Title = whose + " began on " + calendar.FormatDay(e.Terms.From)
		}
	}
	return card, nil
}

// goalNews asks or tells about a goal.
func (a *App) goalNews(tx *Tx, e *Exchange, to *Person, name string, n int) (chat.Message, error) {
	g, ok := e.Goal(n)
	known := name == noticeGoal && tx.now.Before(g.Said.Add(blockedAgain)) // answered meanwhile by another way
	if !ok || known || !e.State.Working() || !saysTo(e, g, to, name) {
		return chat.Message{}, errMoot
	}
	card, err := a.goalCard(tx, e, g, to)
	if err != nil {
		return chat.Message{}, err
	}
	c, err := a.cast(tx, e)
	other := c.first(e.other(to.ID))
	switch name {
	case noticeGoal:
		card.Title = "Due on " + calendar.FormatDay(g.Due) + ": how is it going?"
		if g.Due.Compare(a.zones.Today(tx.now, to.zone())) < 0 {
			card.Title = "Was due on " + calendar.FormatDay(g.Due) + ": how is it going?"
		}
		card.Note = chat.T("One tap is enough. ", card.Note)
	case noticeVerify:
		card.Title = other + " says this is done. Can your lab do it now?"
		card.Note = chat.T("Only your side can say so; without an answer it stays unconfirmed. ", card.Note)
	case noticeVerified:
		card.Title = other + " confirmed it"
	case noticeDoubted:
		card.Title = other + " says: not yet"
		card.Body = append(card.Body, chat.T("The goal is open again. It may help to ask them what is missing."))
	}
	if e.Asks[n].Sent > 1 && name != noticeDoubted {
		card.Title = "Still open: " + card.Title
	}
	return card, err
}

// saysTo reports whether a notice about a goal still holds for somebody.
func saysTo(e *Exchange, g exchange.Goal, to *Person, name string) bool {
	gives := e.Party(e.Giver(g.Pledge)).Person == to.ID
	switch name {
	case noticeGoal, noticeDoubted:
		return gives && g.State == exchange.GoalOpen
	case noticeVerify:
		return !gives && g.State == exchange.GoalClaimed
	case noticeVerified:
		return gives && g.State == exchange.GoalVerified
	}
	return false
}
