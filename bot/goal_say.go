package bot

import (
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

func (rq *request) onTrack() (chat.Message, error) { return rq.tellStatus(exchange.OnTrack) }
func (rq *request) atRisk() (chat.Message, error)  { return rq.tellStatus(exchange.AtRisk) }
func (rq *request) blocked() (chat.Message, error) { return rq.tellStatus(exchange.Blocked) }

// tellStatus takes how a goal is going. The tap is kept at once; what is in the
// way of a blocked one is a second tap that nobody has to give.
func (rq *request) tellStatus(status exchange.Status) (chat.Message, error) {
	e, g, err := rq.pressedGoal(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	var obstacle exchange.Obstacle
	if g.Status == status {
		obstacle = g.Obstacle // said again: what was in the way still is
	}
	if err := e.Tell(g.N, e.partyOf(rq.me), status, obstacle, rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	says := "before its day"
	if status == exchange.Blocked {
		says = "in a week"
	}
	rq.tx.put(e)
	words := map[exchange.Status]string{exchange.OnTrack: "on track", exchange.AtRisk: "at risk", exchange.Blocked: "blocked"}
	card := chat.Message{
		Title: "Noted: " + words[status],
		Body:  []chat.Text{chat.T(chat.Strong(g.Text), ". I ask again "+says+"; when it is done, say so sooner: ", chat.Code("goal list"))},
		Note:  chat.T("Both of you see how a goal does. Nobody counts who said what."),
	}
	if status == exchange.Blocked {
		card.Body = append(card.Body, chat.T("What is in the way?"))
		card.Rows = []chat.Row{chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "goal.why", ID: joinID(e.ID, g.N)}, Hint: "What is in the way?", Options: goalObstacles()})}
	}
	return card, nil
}

// blockedBy takes what is in the way of a blocked goal.
func (rq *request) blockedBy() (chat.Message, error) {
	e, g, err := rq.pressedGoal(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	press, _ := rq.event.Input.(chat.Press)
	obstacle := exchange.Obstacle("")
	if len(press.Values) == 1 {
		obstacle = exchange.Obstacle(press.Values[0])
	}
	if !obstacle.Known() || g.Status != exchange.Blocked {
		return chat.Message{}, denied("Say first that the goal is blocked, then choose from the list. goal list opens it.")
	}
	if err := e.Tell(g.N, e.partyOf(rq.me), exchange.Blocked, obstacle, rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	card := chat.Message{
		Title: "Thank you",
		Body:  []chat.Text{chat.T("Noted: ", chat.Strong(obstacleLabel(obstacle)), ". The other one sees it with the goal, and I ask again in a week.")},
	}
	return rq.withHelp(card, e, g, obstacle)
}

// claimGoal takes the giver's word that a goal is reached, and asks the
// receiver, who alone can confirm it.
func (rq *request) claimGoal() (chat.Message, error) {
	e, g, err := rq.pressedGoal(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if g.State != exchange.GoalOpen && g.State != exchange.GoalDisputed {
		return rq.app.goalCard(rq.tx, e, g, rq.me) // pressed twice, or settled since
	}
	if err := e.Claim(g.N, e.partyOf(rq.me), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	return rq.claimed(e, g)
}

// claimed asks the receiving side about a goal that was just claimed.
func (rq *request) claimed(e *Exchange, g exchange.Goal) (chat.Message, error) {
	rq.tx.put(e)
	words, err := rq.askedToConfirm(e, g)
	return chat.Message{
		Title: "Noted: done on your side",
		Body:  []chat.Text{words},
		Note:  chat.T("It counts as claimed until they say so. Silence confirms nothing."),
	}, err
}

// askedToConfirm says who is asked about a goal that was just claimed.
func (rq *request) askedToConfirm(e *Exchange, g exchange.Goal) (chat.Text, error) {
	c, err := rq.app.cast(rq.tx, e)
	other := e.Party(e.Receiver(g.Pledge))
	asked := c.first(other) + " of " + c.labs[other.Lab] + " is asked whether they can do it now: "
	if _, vacant := e.Vacant[e.Receiver(g.Pledge)]; vacant {
		asked = "Whoever takes the empty seat of " + c.labs[other.Lab] + " is asked whether they can do it now: "
	}
	return chat.T(asked, chat.Strong(g.Text), "."), err
}

// verifyGoal takes the receiver's word how far a goal is reached.
func verifyGoal(outcome exchange.Outcome) func(*request) (chat.Message, error) {
	return func(rq *request) (chat.Message, error) {
		e, g, err := rq.pressedGoal(Settle)
		if err != nil {
			return chat.Message{}, err
		}
		if g.State == exchange.GoalVerified {
			return rq.app.goalCard(rq.tx, e, g, rq.me)
		}
		if err := e.Verify(g.N, e.partyOf(rq.me), outcome, rq.now); err != nil {
			return chat.Message{}, dealt(err)
		}
		rq.tx.put(e)
		if err := rq.app.tellSeats(rq.tx, e, []exchange.Seat{e.Giver(g.Pledge)}, numbered(noticeVerified, g.N)); err != nil {
			return chat.Message{}, err
		}
		card := chat.Message{Title: "Confirmed", Body: []chat.Text{chat.T(chat.Strong(g.Text), ". I tell them.")}}
		if outcome == exchange.WithHelp {
			card.Title = "Confirmed, with some help"
		}
		card.Body = append(card.Body, completedWords(e)...)
		return card, nil
	}
}

// completedWords say that the last goal completed the exchange, or what is
// missing for that.
func completedWords(e *Exchange) []chat.Text {
	open := slices.ContainsFunc(e.Goals, func(g exchange.Goal) bool { return !g.Settled() })
	switch {
	case e.Completion == exchange.Full:
		return []chat.Text{chat.T("All goals of the " + e.Terms.Kind.Label() + " are settled. It is completed.")}
	case !open && !e.HandedOver() && e.State == exchange.WrappingUp:
		return []chat.Text{chat.T("All goals are settled. It is completed once the visitor has handed over and the host has taken it: ", chat.Code("exchange show"))}
	}
	return nil
}

// doubtGoal takes the receiver's word that a goal is not reached yet: it is
// open again.
func (rq *request) doubtGoal() (chat.Message, error) {
	e, g, err := rq.pressedGoal(Settle)
	if err != nil {
		return chat.Message{}, err
	}
	if err := e.Doubt(g.N, e.partyOf(rq.me), rq.now); err != nil {
		return chat.Message{}, dealt(err)
	}
	rq.tx.put(e)
	if err := rq.app.tellSeats(rq.tx, e, []exchange.Seat{e.Giver(g.Pledge)}, numbered(noticeDoubted, g.N)); err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "Not yet",
		Body:  []chat.Text{chat.T("The goal is not settled, and I tell them kindly: ", chat.Strong(g.Text), ".")},
		Note:  chat.T("It helps to write to them what is missing."),
	}, nil
}
