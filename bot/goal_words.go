package bot

import (
	"slices"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// goalStanding says how a goal does, on a day.
func (c cast) goalStanding(e *Exchange, g exchange.Goal, today calendar.Date) string {
	switch g.State {
	case exchange.GoalClaimed:
		if g.Found != "" {
			return "it does not work, says " + c.labs[g.Giver] + ": " + g.Found + "; " + c.labs[g.Receiver] + " has not confirmed it yet"
		}
		return "done, says " + c.labs[g.Giver] + "; " + c.labs[g.Receiver] + " has not confirmed it yet"
	case exchange.GoalVerified:
		switch {
		case g.Found != "":
			return "learned that it does not work: " + g.Found + "; confirmed by " + c.labs[g.Receiver]
		case g.Outcome == exchange.WithHelp:
			return "done with some help, confirmed by " + c.labs[g.Receiver]
		}
		return "done, confirmed by " + c.labs[g.Receiver]
	case exchange.GoalDropped:
		return "dropped"
	case exchange.GoalMissed:
		return "not reached: " + g.Settling.Text
	case exchange.GoalCarried:
		return "carried over: " + g.Settling.Text
	case exchange.GoalOpen, exchange.GoalDisputed:
	}
	if e.State == exchange.Closed {
		return "left open"
	}
	how := openStanding(g)
	switch g.Health(e.Terms.From, today) {
	case exchange.Overdue:
		how += ", past its day"
	case exchange.Behind:
		if g.Status != exchange.Blocked {
			how += ", with little time left and no word yet"
		}
	case exchange.Risky:
		if g.Status == exchange.Blocked {
			how += " for more than two weeks"
		}
	case exchange.Well:
	}
	return how
}

// openStanding says what the giver told of an open goal.
func openStanding(g exchange.Goal) string {
	if g.State == exchange.GoalDisputed {
		return "not yet, says the lab that receives"
	}
	switch g.Status {
	case exchange.OnTrack:
		return "on track"
	case exchange.AtRisk:
		return "at risk"
	case exchange.Blocked:
		if label := obstacleLabel(g.Obstacle); label != "" {
			return "blocked: " + label
		}
		return "blocked"
	}
	return "open"
}

// goalObstacles are what may be in the way of a goal, as people choose it. The
// values are kept; the labels may be reworded.
func goalObstacles() []chat.Option {
	labels := map[exchange.Obstacle]string{
		exchange.NeedsAccess: "Access or accounts", exchange.NeedsCompute: "Compute", exchange.NeedsData: "Data",
		exchange.NeedsContract: "A contract, licence or other legal question", exchange.NeedsReview: "A safety review",
		exchange.NeedsClearance: "Clearance to publish", exchange.NeedsTime: "Somebody's time", exchange.PersonLeft: "Somebody has left",
		exchange.DeadEnd: "A technical dead end", exchange.NeedsOthers: "Somebody outside both labs", exchange.NeedsFunds: "Funding",
		exchange.NeedsTravel: "Travel or a visa", exchange.ScopeUnclear: "It is not clear what is wanted", exchange.SomethingElse: "Something else",
	}
	var options []chat.Option
	for _, o := range exchange.Obstacles() {
		options = append(options, chat.Option{Label: labels[o], Value: string(o)})
	}
	return options
}

// obstacleLabel is how a kept obstacle is called; "" if none is known.
func obstacleLabel(value exchange.Obstacle) string {
	options := goalObstacles()
	i := slices.IndexFunc(options, func(o chat.Option) bool { return o.Value == string(value) })
	if i < 0 {
		return ""
	}
	return options[i].Label
}
