package bot

import (
	"fmt"
	"time"

	"interlab/bot/chat"
)

// The forms whose changes can hold for the talks that follow as well.
const (
	changeRoute = "colloquium.change"
	moreRoute   = "colloquium.more"
)

func seriesChangeRoutes() []route {
	return []route{
		{name: changeRoute + ".yes", show: chat.ShowInPlace, changes: true, do: (*request).changeNow, subject: KindDraft},
		{name: moreRoute + ".yes", show: chat.ShowInPlace, changes: true, do: (*request).moreNow, subject: KindDraft},
		{name: "series.change", show: chat.ShowInPlace, changes: true, do: (*request).changeFollowing, subject: KindDraft},
		{name: "series.more", show: chat.ShowInPlace, changes: true, do: (*request).moreFollowing, subject: KindDraft},
	}
}

// saver keeps what a form says of a talk; together is said where other talks are
// changed with it.
type saver func(e editing, values map[string]string, together bool) (chat.Message, error)

// forWhich saves a form, or asks for which talks of a series it holds.
func (rq *request) forWhich(e editing, route string, save saver) (chat.Message, error) {
	if e.talk.Part == nil || e.talk.State != Announced {
		return save(e, rq.args, false)
	}
	parts, err := rq.followingTalks(e.talk)
	if err != nil || len(parts) < 2 {
		return save(e, rq.args, false)
	}
	draft, err := rq.keep(e, route)
	if err != nil {
		return chat.Message{}, err
	}
	all, own := "series.change", "The title and the place can be those of all of them. Who speaks, the abstract and the seats are this talk's own."
	if route == moreRoute {
		all, own = "series.more", "Topics, link and language can be those of all of them."
	}
	return chat.Message{
		Title: "For which talks?",
		Body: []chat.Text{
			chat.T(chat.Strong(e.talk.Title), " on ", rq.app.talkWhen(e.talk, rq.me), fmt.Sprintf(" is one of a series, %s; %s it.", e.talk.Part.Words, counted(len(parts)-1, "talk follows", "talks follow"))),
			chat.T(own),
		},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Only this one", Ref: chat.Ref{Route: route + ".yes", ID: draft.ID}, Tone: chat.Main},
			chat.Button{Label: "This one and all that follow", Ref: chat.Ref{Route: all, ID: draft.ID}},
			chat.Button{Label: "Back", Ref: chat.Ref{Route: route, ID: draft.ID}},
		)},
		Note: chat.T("Nothing has changed yet."),
	}, nil
}

func (rq *request) changeNow() (chat.Message, error) { return rq.saveOne(changeRoute, rq.saveAsked) }

func (rq *request) moreNow() (chat.Message, error) { return rq.saveOne(moreRoute, rq.saveMore) }

func (rq *request) saveOne(route string, save saver) (chat.Message, error) {
	e, err := rq.confirmed(route)
	if err != nil {
		return chat.Message{}, err
	}
	rq.args = e.draft.Values
	return save(e, rq.args, false)
}

// moreFollowing keeps topics, link and language of a talk and of all that follow.
func (rq *request) moreFollowing() (chat.Message, error) {
	e, err := rq.confirmed(moreRoute)
	if err != nil {
		return chat.Message{}, err
	}
	parts, err := rq.followingTalks(e.talk)
	if err != nil {
		return chat.Message{}, err
	}
	for _, c := range parts {
		rq.takeMore(c, e.draft.Values)
		rq.tx.put(c)
	}
	rq.tx.remove(e.draft.Ref())
	return savedFor(len(parts), "The cards in the channels show it within a few seconds."), nil
}

// changeFollowing keeps the form of changes for one talk, and its title and place
// for all that follow. Whoever is on several lists hears of a new place once.
func (rq *request) changeFollowing() (chat.Message, error) {
	e, err := rq.confirmed(changeRoute)
	if err != nil {
		return chat.Message{}, err
	}
	parts, err := rq.followingTalks(e.talk)
	if err != nil {
		return chat.Message{}, err
	}
	if chat.CleanLine(e.draft.Values[placeField]) != e.talk.Where {
		if ask, err := rq.askFollowing(e, parts, "series.change", "Change", chat.Main); err != nil || ask != nil {
			return deref(ask), err
		}
	}
	first, title, where := e.talk, e.talk.Title, e.talk.Where
	own, err := rq.saveChange(e, e.draft.Values, true)
	if err != nil {
		return chat.Message{}, err
	}
	var placed []*Colloquium
	for _, c := range parts {
		if c.ID == first.ID {
			if first.Placed == first.Sequence && first.Swapped != first.Sequence && first.Where != where {
				placed = append(placed, first)
			}
			continue
		}
		moved := first.Where != where && c.Where != first.Where
		if first.Title != title {
			c.Title = first.Title
		}
		if moved {
			c.Where = first.Where
			placed = append(placed, c)
		}
		rq.noted(c, false, moved, false)
		rq.tx.put(c)
	}
	m := savedFor(len(parts), "The cards in the channels show it within a few seconds.")
	if first.Swapped > 0 && first.Swapped == first.Sequence {
		m.Body = own.Body
	}
	if len(placed) == 0 {
		return m, nil
	}
	m.Body = append(m.Body, chat.T("Everybody who is on one of their lists hears of all of theirs in one message."))
	return m, rq.tellPlaces(placed)
}

// tellPlaces tells of the new place of several talks.
func (rq *request) tellPlaces(talks []*Colloquium) error {
	before := make([]time.Time, len(talks))
	for i, c := range talks {
		before[i] = c.Start
	}
	tellTogether(talks, rq.now)
	return rq.app.tellStaffTogether(rq.tx, talks, before, rq.me.ID)
}

func savedFor(n int, how string) chat.Message {
	return chat.Message{Title: "Saved for " + counted(n, "talk", "talks"), Body: []chat.Text{chat.T(how)}}
}
