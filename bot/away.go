package bot

import (
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/bot/exchange"
	"interlab/calendar"
)

// Absence is a stretch of days on which a person is away.
type Absence = exchange.Absence

// maxAway is how many absences somebody may have noted.
const maxAway = 10

// longestAway is how many days an absence lasts at most: who is away longer
// pauses their profile.
const longestAway = 366

func awayRoutes() []route {
	return []route{
		{name: "profile.away", show: chat.ShowPrivate, changes: true, do: (*request).goAway},
		{name: "away.show", show: chat.ShowPrivate, do: (*request).awayCard},
		{name: "away.note", show: chat.ShowForm, form: (*request).awayForm},
		{name: "away.note.sent", show: chat.ShowPrivate, changes: true, do: (*request).goAway},
		{name: "away.clear", show: chat.ShowInPlace, changes: true, do: (*request).comeBack},
	}
}

func awayCommand() chat.Command {
	return chat.Command{
		Name: "away", Summary: "Days on which you are away", Route: "profile.away", Blank: "away.show",
		Example: `profile away from:"21 Dec" to:"3 Jan"`,
		Args: []chat.Arg{
			{Name: "from", Summary: "the first day", Required: true},
			{Name: "to", Summary: "the last day", Required: true},
		},
	}
}

// away reports whether a person is away on a day.
func (p *Person) away(day calendar.Date) bool {
	return slices.ContainsFunc(p.Away, func(a Absence) bool { return a.Covers(day) })
}

// awayCard shows when the person is away.
func (rq *request) awayCard() (chat.Message, error) {
	card := chat.Message{
		Title: "Days on which you are away",
		Body:  []chat.Text{chat.T("Nothing is noted. While you are away I ask you nothing that can wait, and nobody finds you; it ends by itself.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Note days", Ref: chat.Ref{Route: "away.note"}, Tone: chat.Main})},
	}
	ahead := rq.me.ahead(rq.today())
	if len(ahead) == 0 {
		return card, nil
	}
	card.Body = nil
	for _, a := range ahead {
		card.Body = append(card.Body, chat.T("From ", calendar.FormatDay(a.From), " to ", calendar.FormatDay(a.To), "."))
	}
	card.Note = chat.T("Until you are back I ask you nothing that can wait, and nobody finds you. Asks and meetings that are open go on. It ends by itself.")
	card.Rows = []chat.Row{chat.NewRow(card.Rows[0].Buttons[0], chat.Button{Label: "I am here after all", Ref: chat.Ref{Route: "away.clear"}})}
	return card, nil
}

// ahead are the absences that are not over.
func (p *Person) ahead(today calendar.Date) []Absence {
	return slices.DeleteFunc(slices.Clone(p.Away), func(a Absence) bool { return a.To.Compare(today) < 0 })
}

func (rq *request) awayForm() (chat.Form, error) {
	return chat.Form{
		Ref: chat.Ref{Route: "away.note"}, Title: "You are away", Submit: "Save",
		Fields: []chat.FormField{
			{Name: "from", Label: "The first day", Hint: "For example 21 Dec", Required: true, Max: 40},
			{Name: "to", Label: "The last day", Hint: "For example 3 Jan", Required: true, Max: 40},
		},
	}, nil
}

// goAway notes an absence.
func (rq *request) goAway() (chat.Message, error) {
	today := rq.today()
	from, err := calendar.ParseDay(chat.CleanLine(rq.args["from"]), today)
	if err != nil {
		return chat.Message{}, refusal(err)
	}
	to, err := calendar.ParseDay(chat.CleanLine(rq.args["to"]), today)
	if err != nil {
		return chat.Message{}, refusal(err)
	}
	ahead := rq.me.ahead(today)
	switch {
	case to.Compare(from) < 0:
		return chat.Message{}, denied("The last day, %s, is before the first, %s. Swap them or correct one; nothing was saved.", calendar.FormatDay(to), calendar.FormatDay(from))
	case from.DaysUntil(to) >= longestAway:
		return chat.Message{}, denied("That is more than a year, so nothing was saved. To be away longer: profile pause until and a day.")
	case len(ahead) >= maxAway:
		return chat.Message{}, denied("%d absences are noted already, so nothing was saved. Clear them first: profile away.", len(ahead))
	}
	if !slices.Contains(ahead, Absence{From: from, To: to}) {
		ahead = append(ahead, Absence{From: from, To: to})
	}
	slices.SortFunc(ahead, func(a, b Absence) int { return a.From.Compare(b.From) })
	rq.me.Away = ahead
	rq.tx.put(rq.me)
	return rq.awayCard()
}

// comeBack forgets all absences.
func (rq *request) comeBack() (chat.Message, error) {
	rq.me.Away = nil
	rq.tx.put(rq.me)
	return chat.Message{Title: "You are here", Body: []chat.Text{chat.T("No absence is noted any more.")}}, nil
}

// awayAt reports whether a person is away at a time.
func (a *App) awayAt(p *Person, at time.Time) bool {
	return len(p.Away) > 0 && p.away(a.zones.Today(at, p.zone()))
}

// awayThroughout reports whether a person is away on every day on which a meeting
// that is found now could be.
func (a *App) awayThroughout(p *Person, now time.Time) bool {
	if len(p.Away) == 0 {
		return false
	}
	first := a.zones.Today(now.Add(timesFrom), p.zone())
	for day := range int(timesWithin / (24 * time.Hour)) {
		if !p.away(first.AddDays(day)) {
			return false
		}
	}
	return true
}
