package bot

import (
	"strings"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// What deliveries say about a goal; each carries the goal's number.
const (
	noticeVerified = "verified"
	noticeDoubted  = "doubted"
	noticeHelp     = "help"
	noticeCleared  = "cleared"
	noticeSettled  = "settled"
	noticeGoalSeen = "goalseen" // the receiving side says that it is met
)

// renderExchange says one thing about an exchange to one of those it concerns.
// What its terms or goals no longer bear out is not said.
func (a *App) renderExchange(tx *Tx, d *Delivery, to *Person) (chat.Message, error) {
	e, err := load[*Exchange](tx, KindExchange, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	name, n := noticeNumber(d.Notice)
	switch name {
	case noticeSeatEmpty:
		return a.seatCard(tx, e, to, n)
	case noticeSeatOffered:
		return a.offerCard(tx, e, to, n)
	case noticeReopenWanted:
		return a.reopenCard(tx, e)
	case noticeHelp:
		return a.helpCard(tx, e, to, n)
	case noticeTalkWanted:
		return a.talkWanted(tx, e, n)
	}
	if _, err := e.Seat(e.partyOf(to)); err != nil {
		return chat.Message{}, errMoot // they have left the lab that they stood for
	}
	switch name {
	case noticeTerms, noticeTermsAgain, noticeVisitSigned, noticeChangeMade:
		return a.termsNews(tx, e, to, name, n)
	case noticeGoalSeen, noticeVerified, noticeDoubted, noticeCleared, noticeSettled:
		return a.goalNews(tx, e, to, name, n)
	}
	c, err := a.cast(tx, e)
	if err != nil {
		return chat.Message{}, err
	}
	switch name {
	case noticeVisitLeft:
		return sayVisitLeft(e), nil
	case noticeVisitDeclined, noticeVisitLapsed, noticeVisitCancelled, noticeVisitGivenUp:
		return c.cameToNothing(e, to, name), nil
	case noticeVisitOver, noticeVisitEnded:
		return a.turnNews(tx, e, c, to, name)
	}
	if news, ok := c.visitNews(e, to, name, n); ok {
		card, err := a.exchangeCard(tx, e, to)
		card.Title = news.title
		if news.words != "" {
			card.Body = append([]chat.Text{chat.T(news.words)}, card.Body...)
		}
		card.Rows = append(news.rows, card.Rows...)
		if !news.holds {
			return chat.Message{}, errMoot
		}
		return card, err
	}
	return chat.Message{}, unknownNotice(d)
}

// sayVisitLeft tells of an exchange that ended since one of the two is forgotten.
func sayVisitLeft(e *Exchange) chat.Message {
	return chat.Message{
		Title: "Your " + e.Terms.Kind.Label() + " has ended",
		Body: []chat.Text{
			chat.T("The other one of you has left the network and wanted to be forgotten, so the " + e.Terms.Kind.Label() + " that you two agreed on does not go on, and what you two wrote for it is gone. I ask you nothing more about it."),
			chat.T("What was reached until now stays in the figures of your labs, without a name. To find somebody else: ", chat.Code("match find"), "."),
		},
	}
}

// termsNews tells of terms that were put on the table or signed.
func (a *App) termsNews(tx *Tx, e *Exchange, to *Person, name string, version int) (chat.Message, error) {
	waits, current := e.Waiting(), e.Version
	if e.Next != nil {
		waits, current = e.WaitingNext(), e.Next.Version
	}
	_, asked := waitsFor(waits, e, to.ID)
	signed := name == noticeVisitSigned || name == noticeChangeMade
	if signed && (version != e.Version || !e.State.Binding()) || !signed && (version != current || !asked) {
		return chat.Message{}, errMoot
	}
	card, err := a.exchangeCard(tx, e, to)
	if err != nil {
		return chat.Message{}, err
	}
	c, err := a.cast(tx, e)
	other := c.first(e.other(to.ID))
	if e.Next != nil && !signed {
		card.Title = other + " asks for a change of the " + e.Terms.Kind.Label()
	}
	switch name {
	case noticeTermsAgain:
		card.Title = "Still open: " + card.Title
	case noticeVisitSigned:
		card.Title = other + " agreed to the " + e.Terms.Kind.Label()
		people := map[string]bool{}
		for _, seat := range signers(e) {
			people[e.Party(seat).Person] = true
		}
		if len(people) > 2 {
			card.Title = "Everybody has signed the " + e.Terms.Kind.Label()
		}
	case noticeChangeMade:
		card.Title = "Agreed: the change of the " + e.Terms.Kind.Label()
	}
	return card, err
}

// cameToNothing tells the end of an exchange that never was.
func (c cast) cameToNothing(e *Exchange, to *Person, name string) chat.Message {
	other := c.first(e.other(to.ID))
	kind := e.Terms.Kind.Label()
	again := chat.T("You stay introduced. To plan another one: ", chat.Code("exchange propose"))
	switch {
	case name == noticeVisitGivenUp:
		return chat.Message{
			Title: "The " + kind + " was not begun",
			Body:  []chat.Text{chat.T("The plan was: ", lowered(c.visit(e.Terms, to.ID)), " Nobody said that it began, so I have cancelled it and ask nothing more."), again},
		}
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

// turnNews tells that an exchange is over.
func (a *App) turnNews(tx *Tx, e *Exchange, c cast, to *Person, name string) (chat.Message, error) {
	over := e.State == exchange.WrappingUp || e.State == exchange.FollowingUp
	if !over {
		return chat.Message{}, errMoot
	}
	card, err := a.exchangeCard(tx, e, to)
	if err != nil {
		return chat.Message{}, err
	}
	whose := capital(c.whose(e.Terms, to.ID))
	switch name {
	case noticeVisitEnded:
		card.Title = "The " + e.Terms.Kind.Label() + " has ended"
		card.Body = append([]chat.Text{chat.T("It was ended before its last day, as anybody in it may at any time. It says nothing about you.")}, card.Body...)
	case noticeVisitOver:
		card.Title = whose + " is over"
	}
	return card, nil
}

// goalNews tells about a goal.
func (a *App) goalNews(tx *Tx, e *Exchange, to *Person, name string, n int) (chat.Message, error) {
	g, ok := e.Goal(n)
	if !ok || !e.State.Working() || !saysTo(e, g, to, name) {
		return chat.Message{}, errMoot
	}
	card, err := a.goalCard(tx, e, g, to)
	if err != nil {
		return chat.Message{}, err
	}
	c, err := a.cast(tx, e)
	other := c.first(e.other(to.ID))
	switch name {
	case noticeGoalSeen:
		card.Title = other + " says that this is met. Is it done?"
	case noticeVerified:
		card.Title = other + " confirmed it"
	case noticeDoubted:
		card.Title = other + " says: not yet"
		card.Body = append(card.Body, chat.T("It may help to ask them what is missing. When it is there, say “Done” again."))
	case noticeCleared:
		card.Title = "The way is free, says one of those I asked"
		card.Body = append(card.Body, chat.T("How is it going now?"))
	case noticeSettled:
		card.Title = other + " has settled a goal"
	}
	return card, err
}

// saysTo reports whether a notice about a goal still holds for somebody.
func saysTo(e *Exchange, g exchange.Goal, to *Person, name string) bool {
	gives := e.seatOf(to.ID).Side() == e.Giver(g.Pledge)
	open := g.State == exchange.GoalOpen || g.State == exchange.GoalDisputed
	switch name {
	case noticeGoalSeen, noticeCleared:
		return gives && open
	case noticeDoubted:
		return gives && g.State == exchange.GoalDisputed
	case noticeVerified:
		return gives && g.State == exchange.GoalVerified
	case noticeSettled:
		return !gives && g.Settled()
	}
	return false
}
