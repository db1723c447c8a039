package bot

import (
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// worded is a question in words: what is asked, and about what.
type worded struct {
	asks  string
	about chat.Text
}

// word puts a question into words for its person. It names people, labs and the
// goal, never a number.
func (c cast) word(e *Exchange, f *FollowUp, to *Person, today calendar.Date) worded {
	g, _ := e.Goal(f.Goal)
	about := chat.T(chat.Strong(g.Text), ", from ", c.way(g.Way()), ".")
	giver, receiver := c.first(e.Party(e.Giver(g.Pledge))), c.labs[g.Receiver]
	if f.Person != to.ID {
		return worded{"Do you know whether " + receiver + " uses this?", about}
	}
	switch f.Stage {
	case exchange.AskPulse:
		return worded{"How is this going?", chat.T(chat.Strong(g.Text), ", by ", calendar.FormatDay(g.Due), ".")}
	case exchange.AskDue:
		if f.Occurrence%2 == 1 {
			return worded{"Was due on " + calendar.FormatDay(g.Due) + ". How is this going?", about}
		}
		return worded{"Due on " + calendar.FormatDay(g.Due) + ". Is that still right?", about}
	case exchange.AskBlocked:
		return worded{giver + " is waiting for: " + obstacleLabel(g.Obstacle) + ". Is the way free?", about}
	case exchange.AskVerify:
		if g.Found != "" {
			return worded{giver + " says that this does not work. Is that what you learned?", chat.T(chat.Strong(g.Text), ". What was found: ", g.Found)}
		}
		return worded{giver + " says this is done. Can your team do it now?", about}
	case exchange.AskClose:
		return worded{"What became of this in your lab?", about}
	case exchange.Ask30, exchange.Ask90, exchange.Ask180:
		return worded{"Does your lab use this now?", about}
	case exchange.AskPublic:
		return worded{"Is anything of this public now?", about}
	default:
		return c.wordVisit(e, f, to, today)
	}
}

// wordVisit is word for questions about the whole visit.
func (c cast) wordVisit(e *Exchange, f *FollowUp, to *Person, today calendar.Date) worded {
	whose, visit := capital(c.whose(e.Terms, to.ID)), chat.T(c.visit(e.Terms, to.ID))
	host := c.labs[e.Terms.Host.Lab]
	switch f.Stage {
	case exchange.AskStart:
		if today.Compare(e.Terms.From) > 0 {
			return worded{whose + " was to begin on " + calendar.FormatDay(e.Terms.From) + ". Has it?", visit}
		}
		return worded{whose + " begins today. Has it begun?", visit}
	case exchange.AskMidterm:
		return worded{"Half-way. Still the right goals?", visit}
	case exchange.AskHandover:
		return worded{"It ends on " + calendar.FormatDay(e.Terms.To) + ". Who keeps things going at " + host + "?", visit}
	case exchange.AskBack:
		until := ""
		if pause, ok := e.Pausing(); ok {
			until = " until " + calendar.FormatDay(pause.Until)
		}
		return worded{"It was paused" + until + ". Do you go on?", visit}
	default: // exchange.AskTogether: the others are about goals
		return worded{"Are " + c.labs[e.Terms.Visitor.Lab] + " and " + host + " still working together?", visit}
	}
}

// heldBack are reasons why something is not public, as people choose them.
func heldBack() []chat.Option {
	return []chat.Option{
		{Label: "Safety", Value: "safety"},
		{Label: "Data of others or of persons", Value: "data"},
		{Label: "Intellectual property or a contract", Value: "ip"},
		{Label: "No time for it yet", Value: "time"},
	}
}

// said is an answer in words.
func (f *FollowUp) said() string {
	for _, c := range append(f.Stage.Choices(), f.Stage.SecondHand()...) {
		if f.Answer != nil && c.Key == f.Answer.Choice {
			return c.Label
		}
	}
	return ""
}
