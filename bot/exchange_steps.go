package bot

import (
	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// step is a button of an exchange's card.
func step(e *Exchange, label, route string, numbers ...int) chat.Button {
	return chat.Button{Label: label, Ref: chat.Ref{Route: route, ID: joinID(e.ID, numbers...)}}
}

// toned is a button that stands out.
func toned(b chat.Button, tone chat.Tone) chat.Button {
	b.Tone = tone
	return b
}

// addSteps gives the card of agreed terms a button for every step that somebody
// may take now.
func (a *App) addSteps(card *chat.Message, e *Exchange, c cast, to *Person, today calendar.Date) {
	if !e.State.Binding() || e.State == exchange.Closed {
		return
	}
	seat := e.seatOf(to.ID)
	if _, err := e.Seat(e.partyOf(to)); err != nil {
		card.Note = chat.T("You no longer stand for the lab that this is with, so there is nothing for you to do.")
		return
	}
	rows := a.openSteps(e, to)
	if seat.IsLead() {
		rows = append(rows, leadSteps(e)...)
		card.Note = chat.T("You stand for ", c.labs[e.Party(seat).Lab], ", which you lead.")
	} else {
		note, own := a.partySteps(e, c, to, today)
		rows, card.Note = append(rows, own...), note
	}
	card.Rows = rows
}

// openSteps are the answers to what is on the table beside the agreed terms.
func (a *App) openSteps(e *Exchange, to *Person) []chat.Row {
	if e.Next == nil {
		return nil
	}
	refuse := step(e, "No, leave it as agreed", "exchange.decline", e.Next.Version)
	if _, waits := waitsFor(e.WaitingNext(), e, to.ID); waits {
		return []chat.Row{chat.NewRow(toned(step(e, "Agree to the change", "exchange.agree", e.Next.Version), chat.Main), refuse)}
	}
	refuse.Label = "Take the change back"
	return []chat.Row{chat.NewRow(refuse)}
}

// leadSteps are what the lead of one of the labs may do.
func leadSteps(e *Exchange) []chat.Row {
	switch e.State {
	case exchange.Scheduled, exchange.NotStarted:
		row := chat.NewRow(toned(step(e, "Cancel it", "exchange.cancel", e.Version), chat.Danger))
		if !e.ObjectBy().IsZero() {
			row = chat.NewRow(step(e, "Object", "exchange.object", e.Version), row.Buttons[0])
		}
		return []chat.Row{row}
	case exchange.Active, exchange.Paused:
		return []chat.Row{chat.NewRow(toned(step(e, "End it now", "exchange.end", e.Version), chat.Danger))}
	default:
		return nil
	}
}

// partySteps are what the visitor or the host may do, and a word about it.
func (a *App) partySteps(e *Exchange, c cast, to *Person, today calendar.Date) (chat.Text, []chat.Row) {
	change := step(e, "Change", "exchange.change", e.Version)
	seat := step(e, "Hand my seat on", "exchange.handseat")
	goals := chat.NewMenu(chat.Menu{Ref: chat.Ref{Route: "goal.open"}, Hint: "Open a goal", Options: goalOptions(e, c)})
	switch e.State {
	case exchange.Scheduled, exchange.NotStarted:
		cancel := toned(step(e, "Cancel it", "exchange.cancel", e.Version), chat.Danger)
		if e.State == exchange.NotStarted || today.DaysUntil(e.Terms.From) <= 0 {
			return chat.T("One tap says that it began; nothing begins by itself. Later days must be agreed on again."),
				[]chat.Row{chat.NewRow(toned(step(e, "It has begun", "exchange.begun", e.Version), chat.Main), step(e, "It begins later", "exchange.dates", e.Version), cancel)}
		}
		return chat.T("I ask you on the first day whether it has begun, and it ends by itself. Changed terms must be agreed on again by both of you."),
			[]chat.Row{chat.NewRow(change, cancel, seat)}
	case exchange.Active:
		return a.activeSteps(e, to, goals)
	case exchange.Paused:
		pause, _ := e.Pausing()
		return chat.T("It goes on on ", calendar.FormatDay(pause.Until), " when one of you says so. I ask nothing until then."),
			[]chat.Row{goals, chat.NewRow(toned(step(e, "Go on now", "exchange.resume", len(e.Pauses)), chat.Main), toned(step(e, "End it now", "exchange.end", e.Version), chat.Danger))}
	case exchange.WrappingUp:
		row := handSteps(e, to)
		if e.Completion != exchange.Early {
			row = append(row, step(e, "Extend it after all", "exchange.extend", e.Version))
		}
		rows := []chat.Row{goals}
		if len(row) > 0 {
			rows = append(rows, chat.NewRow(row...))
		}
		return chat.T("Goals can still be claimed and confirmed until ", a.day(e.ShutAt(), to), "."), rows
	case exchange.FollowingUp:
		row := []chat.Button{step(e, "Plan the next one", "exchange.renew"), step(e, "Ask to open it again", "exchange.again")}
		return chat.T("Goals can still be claimed and confirmed until ", a.day(e.ShutAt(), to), "."), []chat.Row{goals, chat.NewRow(row...)}
	default:
		return nil, nil
	}
}

// activeSteps are what the visitor or the host may do while the visit lasts.
func (a *App) activeSteps(e *Exchange, to *Person, goals chat.Row) (chat.Text, []chat.Row) {
	last := handSteps(e, to)
	done := step(e, "We are done", "exchange.done", e.Version)
	note := chat.T("It ends by itself. Either of you may end it sooner, at once.")
	switch _, said := e.Finished[e.seatOf(to.ID)]; {
	case said:
		note = chat.T("You say that everything is done. It is over when the other one says so too, or on its last day.")
	case len(e.Finished) > 0:
		note = chat.T("The other one says that everything is done. If you say so too, it is over.")
		last = append(last, toned(done, chat.Main))
	default:
		last = append(last, done)
	}
	first := chat.NewRow(
		step(e, "Change", "exchange.change", e.Version), step(e, "Extend", "exchange.extend", e.Version),
		step(e, "Pause", "exchange.pause", e.Version), step(e, "Hand my seat on", "exchange.handseat"),
	)
	last = append(last, toned(step(e, "End it now", "exchange.end", e.Version), chat.Danger))
	return note, []chat.Row{goals, first, chat.NewRow(last...)}
}

// handSteps are the visitor's and the host's part of a handover.
func handSteps(e *Exchange, to *Person) []chat.Button {
	switch {
	case !e.Terms.Kind.HandsOver():
		return nil
	case e.seatOf(to.ID) == exchange.Visitor:
		return []chat.Button{step(e, "Hand over", "exchange.handover", e.Version)}
	case e.Handover != nil && e.Handover.Taken == nil:
		return []chat.Button{toned(step(e, "I look after it", "exchange.takeover", int(e.Handover.Given.At.Unix())), chat.Main)}
	}
	return nil
}
