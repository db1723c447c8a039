package bot

import (
	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// heed does to the exchange what an answer says, and offers what it leads to.
func (rq *request) heed(e *Exchange, f *FollowUp) (*after, error) {
	g, _ := e.Goal(f.Goal)
	switch f.Stage {
	case exchange.AskStart:
		return rq.heedStart(e, f)
	case exchange.AskPulse, exchange.AskDue:
		return rq.heedProgress(e, f, g)
	case exchange.AskVerify:
		return rq.heedVerify(e, f, g)
	case exchange.AskBlocked:
		last := &after{of: f}
		if f.Answer.Choice != exchange.DoneNow {
			return last, nil
		}
		e.Cleared(g.N)
		last.words = []chat.Text{chat.T("I tell them that the way is free.")}
		return last, rq.app.tellSeats(rq.tx, e, []exchange.Seat{e.Giver(g.Pledge)}, numbered(noticeCleared, g.N))
	case exchange.AskClose:
		last := &after{of: f}
		if f.Answer.Choice != "met" && f.Answer.Choice != "partly" {
			return last, nil
		}
		last.words = []chat.Text{chat.T("I tell them. When they say that it is done, you are asked to confirm it, and it counts.")}
		return last, rq.app.tellSeats(rq.tx, e, []exchange.Seat{e.Giver(g.Pledge)}, numbered(noticeGoalSeen, g.N))
	default:
		return rq.heedCourse(e, f)
	}
}

// heedStart says that it began, or offers what else to do.
func (rq *request) heedStart(e *Exchange, f *FollowUp) (*after, error) {
	last := &after{of: f}
	switch f.Answer.Choice {
	case "started":
		if err := rq.begin(e); err != nil {
			return nil, err
		}
		last.words = []chat.Text{chat.T("It has begun, and I tell the other one. Each goal is asked about before its day; ", chat.Code("goal list"), " opens it at any time.")}
		last.buttons = []chat.Button{step(e, "See the exchange", "exchange.open")}
	case "later":
		last.words = []chat.Text{chat.T("Name the other days; the others agree to them.")}
		last.buttons = []chat.Button{step(e, "Name other days", "exchange.dates", e.Version)}
	default:
		last.words = []chat.Text{chat.T("If it does not take place, cancel it: the other one is told, and nobody is asked why.")}
		last.buttons = []chat.Button{toned(step(e, "Cancel it", "exchange.cancel", e.Version), chat.Danger)}
	}
	return last, nil
}

// begin says that the exchange has begun: on its first day, or today where that
// is sooner.
func (rq *request) begin(e *Exchange) error {
	on := e.Terms.From
	if today := rq.today(); today.Compare(on) < 0 {
		on = today
	}
	if err := e.ConfirmStart(e.partyOf(rq.me), on, rq.today(), rq.now); err != nil {
		return dealt(err)
	}
	rq.tx.put(e)
	return rq.tellOthers(e, noticeVisitBegan)
}

// heedProgress notes how a goal is going.
func (rq *request) heedProgress(e *Exchange, f *FollowUp, g exchange.Goal) (*after, error) {
	last := &after{of: f}
	by := e.partyOf(rq.me)
	switch f.Answer.Choice {
	case exchange.DoneNow:
		if err := e.Claim(g.N, by, rq.now); err != nil {
			return nil, dealt(err)
		}
		words, err := rq.askedToConfirm(e, g)
		last.words = []chat.Text{words}
		return last, err
	case "new_date":
		last.buttons = []chat.Button{step(e, "Name another day", "goal.edit", e.Version, g.N)}
		return last, nil
	case "drop":
		last.words = []chat.Text{chat.T("Say in a sentence why it will not be reached, or what you found instead. Both are results.")}
		last.buttons = []chat.Button{step(e, "It will not be reached", "goal.settle", g.N, 1), step(e, "It does not work", "goal.settle", g.N, 0)}
		return last, nil
	}
	status, ok := map[string]exchange.Status{exchange.InDoubt: exchange.AtRisk, exchange.Stuck: exchange.Blocked}[f.Answer.Choice]
	if !ok {
		status = exchange.OnTrack
	}
	obstacle := exchange.Obstacle("")
	if g.Status == status {
		obstacle = g.Obstacle
	}
	if err := e.Tell(g.N, by, status, obstacle, rq.now); err != nil {
		return nil, dealt(err)
	}
	if status == exchange.Blocked {
		last.words = []chat.Text{chat.T("What would unblock it?")}
		last.menu = &chat.Menu{Ref: chat.Ref{Route: "goal.why", ID: joinID(e.ID, g.N)}, Hint: "What is in the way?", Options: goalObstacles()}
	}
	return last, nil
}

// heedVerify takes the receiver's word, and tells the giver.
func (rq *request) heedVerify(e *Exchange, f *FollowUp, g exchange.Goal) (*after, error) {
	last, notice := &after{of: f}, noticeVerified
	by := e.partyOf(rq.me)
	var err error
	switch f.Answer.Choice {
	case exchange.Unaided:
		err = e.Verify(g.N, by, exchange.Alone, rq.now)
	case exchange.Helped:
		err = e.Verify(g.N, by, exchange.WithHelp, rq.now)
	default:
		notice = noticeDoubted
		err = e.Doubt(g.N, by, rq.now)
		last.words = []chat.Text{chat.T("I tell them kindly. It helps to write to them what is missing.")}
	}
	if err != nil {
		return nil, dealt(err)
	}
	last.words = append(last.words, completedWords(e)...)
	return last, rq.app.tellSeats(rq.tx, e, []exchange.Seat{e.Giver(g.Pledge)}, numbered(notice, g.N))
}

// heedCourse is heed for the course of the visit and what comes after it.
func (rq *request) heedCourse(e *Exchange, f *FollowUp) (*after, error) {
	last := &after{of: f}
	by := e.partyOf(rq.me)
	end := toned(step(e, "End it now", "exchange.end", e.Version), chat.Danger)
	switch f.Stage {
	case exchange.AskMidterm:
		return rq.heedMidterm(e, f, end)
	case exchange.AskHandover:
		last.words = []chat.Text{chat.T("Say where things are; your host is asked to look after them.")}
		last.buttons = []chat.Button{step(e, "Hand over", "exchange.handover", e.Version)}
	case exchange.AskBack:
		switch f.Answer.Choice {
		case "on":
			if err := e.Resume(by, rq.today(), rq.now); err != nil {
				return nil, dealt(err)
			}
			last.words = []chat.Text{chat.T("It goes on, and I tell the other one.")}
			return last, rq.tellOthers(e, noticeVisitResumed)
		case "early":
			last.buttons = []chat.Button{end}
		default:
			last.words = []chat.Text{chat.T("It stays paused until one of you says that it goes on; it ends by itself ninety days after the pause began.")}
		}
	case exchange.AskPublic:
		if f.Answer.Choice == "held" {
			last.words = []chat.Text{chat.T("Why is it held back?")}
			last.menu = &chat.Menu{Ref: chat.Ref{Route: "followup.why", ID: f.ID}, Hint: "The reason", Options: heldBack()}
		}
	case exchange.AskTogether:
		if f.Answer.Choice == "project" {
			last.buttons = []chat.Button{step(e, "Plan the next one", "exchange.renew")}
		}
	default:
	}
	return last, nil
}

// heedMidterm notes what somebody says half-way.
func (rq *request) heedMidterm(e *Exchange, f *FollowUp, end chat.Button) (*after, error) {
	last := &after{of: f}
	plan := exchange.PlanStands
	switch f.Answer.Choice {
	case "change":
		plan = exchange.PlanChanges
		last.buttons = []chat.Button{step(e, "Change them now", "exchange.change", e.Version)}
	case "early":
		plan = exchange.PlanEnds
		last.buttons = []chat.Button{end}
	case "organiser":
		plan = exchange.PlanChanges
		last.words = []chat.Text{chat.T("The organisers are asked to write to you.")}
		organisers, err := rq.app.organiserPeople(rq.tx)
		if err != nil {
			return nil, err
		}
		for _, p := range organisers {
			rq.app.tell(rq.tx, p, Delivery{Notice: numbered(noticeTalkWanted, seatNumber(f.Seat)), Subject: e.Ref(), As: Grant{Role: Organiser}})
		}
	}
	if err := e.Look(e.partyOf(rq.me), plan, rq.now); err != nil {
		return nil, dealt(err)
	}
	if other, ok := e.Midterm[f.Seat.Side().Across()]; ok {
		last.words = append(last.words, chat.T("The other one says: ", planWords(other.Plan), "."))
	}
	return last, nil
}
