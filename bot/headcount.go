package bot

import (
	"fmt"

	"interlab/bot/chat"
)

// manyTold is how many people may be told without anybody having confirmed how
// many they are. A confirmation carries the number that was shown; where it is
// another one when the button is pressed, nothing is done and the new one is shown.
const manyTold = 25

// mustAsk reports whether so many people need a confirmation, after one that
// showed another number, or none.
func mustAsk(shown, now int) bool { return now > manyTold && shown != now }

// shownCount is the number that the confirming control carries, or -1.
func (rq *request) shownCount() int {
	_, numbers := rq.control()
	if len(numbers) != 1 {
		return -1
	}
	return numbers[0]
}

// recounted is a confirmation that is shown again.
func recounted(m chat.Message, shown, now int) chat.Message {
	if shown < 0 {
		return m
	}
	m.Body = append([]chat.Text{chat.T(fmt.Sprintf("Nothing was done yet: since I asked you, the number of people who would be told has changed from %d to %d.", shown, now))}, m.Body...)
	return m
}

// onLists is how many people are on the lists of talks, each counted once. Lists
// that cannot come to many are not read.
func (rq *request) onLists(talks []*Colloquium) (int, error) {
	total := 0
	for _, c := range talks {
		total += c.Seats.people()
	}
	if total <= manyTold || len(talks) == 1 {
		return total, nil
	}
	people := map[string]bool{}
	for _, c := range talks {
		all, err := listAll[*Rsvp](rq.tx, rsvpsOf(c.ID))
		if err != nil {
			return 0, err
		}
		for _, r := range all {
			people[r.Person] = true
		}
	}
	return len(people), nil
}

// askFollowing asks for a confirmation where a change of a series is told to many.
// nil is for going on.
func (rq *request) askFollowing(e editing, parts []*Colloquium, route, do string, tone chat.Tone) (*chat.Message, error) {
	n, err := rq.onLists(parts)
	shown := rq.shownCount()
	if err != nil || !mustAsk(shown, n) {
		return nil, err
	}
	m := recounted(chat.Message{
		Title: fmt.Sprintf("%s %s?", do, counted(len(parts), "talk", "talks")),
		Body:  []chat.Text{chat.T(chat.Strong(e.talk.Title), " and all that follow. ", counted(n, "person", "people"), " would be told, each in one message.")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: fmt.Sprintf("%s them and tell %d people", do, n), Ref: chat.Ref{Route: route, ID: joinID(e.draft.ID, n)}, Tone: tone},
			chat.Button{Label: "Leave them", Ref: chat.Ref{Route: "colloquium.details", ID: e.talk.ID}},
		)},
	}, shown, n)
	return &m, nil
}

// askChange asks for a confirmation where a change of place or speaker is told
// to many. nil is for going on.
func (rq *request) askChange(e editing) (*chat.Message, error) {
	c, n, shown := e.talk, e.talk.Seats.people(), rq.shownCount()
	same := chat.CleanLine(rq.args[placeField]) == c.Where && chat.CleanLine(rq.args["speaker"]) == c.Speaker
	if e.draft == nil {
		shown = -1 // the number is the edition
	}
	if c.State != Announced || same || !mustAsk(shown, n) {
		return nil, nil
	}
	draft, err := rq.keep(e, changeRoute)
	if err != nil {
		return nil, err
	}
	m := recounted(chat.Message{
		Title: "Save and tell?",
		Body:  []chat.Text{chat.T("Another place or speaker of ", chat.Strong(c.Title), " is told to whoever comes: ", concernedText(c), " would be told.")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: fmt.Sprintf("Save and tell %d people", n), Ref: chat.Ref{Route: changeRoute + ".yes", ID: joinID(draft.ID, n)}, Tone: chat.Main},
			chat.Button{Label: "Change it again", Ref: chat.Ref{Route: changeRoute, ID: draft.ID}},
		)},
		Note: chat.T("What you typed is kept for a week."),
	}, shown, n)
	return &m, nil
}
