package bot

import (
	"time"

	"interlab/bot/chat"
)

// Hush is that somebody is asked nothing about exchanges, for they let three
// questions in a row pass or said so. Nobody else is told.
type Hush struct {
	Since time.Time `json:"since,omitzero"` // zero where they are asked
	Until time.Time `json:"until,omitzero"` // zero until they say otherwise
	Heard time.Time `json:"heard,omitzero"` // silences before this count no more
}

// monthOff is how long "in a month" is.
const monthOff = 30 * oneDay

// hushed reports whether a person is asked nothing now.
func (p *Person) hushed(now time.Time) bool {
	return !p.Hush.Since.IsZero() && (p.Hush.Until.IsZero() || now.Before(p.Hush.Until))
}

// quietCard tells somebody that they are asked nothing more, and how to change that.
func (a *App) quietCard(tx *Tx, to *Person) (chat.Message, error) {
	if !to.hushed(tx.now) {
		return chat.Message{}, errMoot
	}
	return hushChoice("I have stopped asking", "My last three questions came at a bad time, so I leave you in peace. Your exchanges go on as before, and you can open them at any time. Shall I ask again?"), nil
}

func hushChoice(title, words string) chat.Message {
	return chat.Message{
		Title: title, Body: []chat.Text{chat.T(words)},
		Note: chat.T("Only the organisers see a count of how many people are not asked at the moment, without names."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Keep me in", Ref: chat.Ref{Route: "hush.end"}, Tone: chat.Main},
			chat.Button{Label: "Ask in a month", Ref: chat.Ref{Route: "hush.month"}},
			chat.Button{Label: "No more", Ref: chat.Ref{Route: "hush.stay"}},
		)},
	}
}

func hushRoutes() []route {
	return []route{
		{name: "hush.end", show: chat.ShowInPlace, changes: true, do: (*request).hushEnd},
		{name: "hush.month", show: chat.ShowInPlace, changes: true, do: (*request).hushMonth},
		{name: "hush.stay", show: chat.ShowInPlace, changes: true, do: (*request).hushStay},
		{name: "profile.questions", show: chat.ShowPrivate, do: (*request).questionsCard},
	}
}

// questionsCard shows whether the person is asked about exchanges.
func (rq *request) questionsCard() (chat.Message, error) {
	switch {
	case !rq.me.hushed(rq.now):
		return hushChoice("I ask you about your exchanges", "At most one question a day and three messages a week, in your working hours. You can stop that."), nil
	case !rq.me.Hush.Until.IsZero():
		return hushChoice("I ask nothing until "+rq.app.day(rq.me.Hush.Until, rq.me), "Your exchanges go on as before. You can have it otherwise:"), nil
	}
	return hushChoice("I do not ask you about your exchanges", "They go on as before, and you can open them at any time: exchange show."), nil
}

func (rq *request) hushEnd() (chat.Message, error) {
	rq.me.Hush = Hush{Heard: rq.now}
	rq.tx.put(rq.me)
	return chat.Message{Title: "You are in", Body: []chat.Text{chat.T("I ask again when there is something to ask: at most once a day, in your working hours.")}}, nil
}

func (rq *request) hushMonth() (chat.Message, error) {
	until := rq.now.Add(monthOff)
	rq.me.Hush = Hush{Since: rq.now, Until: until, Heard: until}
	rq.tx.put(rq.me)
	return chat.Message{Title: "Nothing until " + rq.app.day(until, rq.me), Body: []chat.Text{chat.T("I ask nothing about your exchanges before that day. To have it sooner: ", chat.Code("profile questions"))}}, nil
}

func (rq *request) hushStay() (chat.Message, error) {
	rq.me.Hush = Hush{Since: rq.now}
	rq.tx.put(rq.me)
	return chat.Message{Title: "I ask no more", Body: []chat.Text{chat.T("If you change your mind: ", chat.Code("profile questions"))}}, nil
}
