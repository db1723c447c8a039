package bot

import (
	"fmt"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
)

// untilNow is all time until a moment, with it.
func untilNow(now time.Time) exchange.Period { return exchange.Period{To: now.Add(1)} }

// askedFields show what is still in use and who answered. The answers of a few
// are for themselves alone: others see a rate of five people or more.
func askedFields(l exchange.Ledger, now time.Time, own bool) []chat.Field {
	return []chat.Field{
		{Name: "Still in use", Value: chat.T(keptText(l, untilNow(now), own))},
		{Name: "Questions answered", Value: chat.T(rateText(l.Rate(untilNow(now)), own))},
	}
}

// keptText shows what is in use after each time, of the goals that somebody
// answered for. To others than who answered, what fewer than five people say is
// not shown.
func keptText(l exchange.Ledger, p exchange.Period, own bool) string {
	var parts []string
	few := ""
	for _, s := range []struct {
		stage exchange.Stage
		days  int
	}{{exchange.Ask30, 30}, {exchange.Ask90, 90}, {exchange.Ask180, 180}} {
		k := l.Kept(p, s.stage)
		people := k.People
		if people == 0 { // that nobody answered says it of each who was asked
			people = k.Asked
		}
		if !own && k.Due > 0 && people < exchange.Fewest {
			parts = append(parts, fmt.Sprintf("after %d days not shown", s.days))
			few = fmt.Sprintf(" (fewer than %d people)", exchange.Fewest)
			continue
		}
		text := fmt.Sprintf("after %d days %s", s.days, ratio(k.InUse, k.Answered))
		if k.InUse > 0 {
			text += fmt.Sprintf(", %d without help", k.Unaided)
		}
		if silent := k.Due - k.Answered; silent > 0 {
			text += fmt.Sprintf(" (no answer for %d)", silent)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ") + few
}

// rateText shows who answered within three weeks.
func rateText(r exchange.Rate, own bool) string {
	switch {
	case r.Asked == 0:
		return ratio(0, 0)
	case !own && r.People < exchange.Fewest:
		return fmt.Sprintf("not shown: fewer than %d people were asked", exchange.Fewest)
	}
	text := ratio(r.Own, r.Asked) + " within three weeks"
	if r.Second > 0 {
		text += fmt.Sprintf("; %d by the other side", r.Second)
	}
	return text
}

// usedAfter begins what a goal's card says of an answer, by its question. Answers
// to other questions are on no card.
var usedAfter = map[exchange.Stage]string{ //nolint:gochecknoglobals // a lookup table
	exchange.Ask30: "In use after a month: ", exchange.Ask90: "After three months: ", exchange.Ask180: "After half a year: ", exchange.AskPublic: "Public: ",
}

// usedLines say on a goal's card what became of it after the end.
func (a *App) usedLines(tx *Tx, e *Exchange, g exchange.Goal, c cast) ([]chat.Text, error) {
	if e.State != exchange.FollowingUp && e.State != exchange.Closed {
		return nil, nil
	}
	asked, err := listAll[*FollowUp](tx, followUpsIn+e.ID)
	if err != nil {
		return nil, err
	}
	var lines []chat.Text
	for _, stage := range exchange.Stages() {
		for _, f := range asked {
			if f.Stage != stage || f.Goal != g.N || f.State != exchange.Answered || usedAfter[stage] == "" {
				continue
			}
			line := chat.T(usedAfter[stage], chat.Strong(f.said()))
			if f.Answer.SecondHand {
				line = append(line, chat.Say(", as "+c.labs[e.Party(f.Seat.Side().Across()).Lab]+" says"))
			}
			if f.Answer.Text != "" {
				line = append(line, chat.Say(". "+f.Answer.Text))
			}
			lines = append(lines, line)
		}
	}
	return lines, nil
}
