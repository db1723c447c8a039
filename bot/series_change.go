package bot

import (
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// followingButton offers to do something to all talks that follow, too.
func followingButton(c *Colloquium, label, route string, draft *Draft) []chat.Button {
	if c.Part == nil {
		return nil
	}
	return []chat.Button{{Label: label, Ref: chat.Ref{Route: route, ID: draft.ID}}}
}

// moveFollowing moves a talk and all that follow, by the rule of the series: to
// the same weekday, or place in the month, and the same time of day by the clocks
// of the place. Each stays a talk of its own; each person is told once.
func (rq *request) moveFollowing() (chat.Message, error) {
	e, err := rq.confirmed("colloquium.move")
	if err != nil {
		return chat.Message{}, err
	}
	moment, unclear, err := rq.momentOf(e.draft, e.talk.Wall.Zone)
	if err != nil || unclear != nil {
		return rq.moving(e.draft)
	}
	parts, err := rq.followingTalks(e.talk)
	if err != nil {
		return chat.Message{}, err
	}
	moves, err := rq.movesOf(e.talk, moment.Wall, parts)
	if err != nil {
		return chat.Message{}, err
	}
	if ask, err := rq.askFollowing(e, parts, "series.move", "Move", chat.Main); err != nil || ask != nil {
		return deref(ask), err
	}
	length := newLength(e.talk, e.draft)
	moments := make([]calendar.Moment, 0, len(parts))
	before := make([]time.Time, len(parts))
	for i, c := range parts {
		before[i] = c.Start
		c.Part = &moves[i].part
		c.retime(moves[i].to, length, rq.now)
		moments = append(moments, moves[i].to)
		rq.tx.put(c)
	}
	tellTogether(parts, rq.now)
	if err := rq.app.tellStaffTogether(rq.tx, parts, before, rq.me.ID); err != nil {
		return chat.Message{}, err
	}
	rq.tx.remove(e.draft.Ref())
	return chat.Message{
		Title: "Moved",
		Body: []chat.Text{
			chat.T(chat.Strong(e.talk.Title), fmt.Sprintf(": %s, from ", counted(len(parts), "talk is moved", "talks are moved")), rq.app.talkWhen(e.talk, rq.me), " on."),
			chat.T("The new days: ", rq.daysText(moments)),
			chat.T("Everybody who is on one of their lists hears of all of theirs in one message."),
		},
	}, nil
}

// partMove is where a talk of a series moves, and what it is of the series then.
type partMove struct {
	to   calendar.Moment
	part Part
}

// movesOf says where each of the talks moves when the first one moves to a time.
// Those that the rule of the first one gave follow the rule; one that has come to
// another rule since moves by as many days.
func (rq *request) movesOf(first *Colloquium, to calendar.Wall, parts []*Colloquium) ([]partMove, error) {
	var days, moved []calendar.Date
	_, after, err := first.Part.Rule.MoveFollowing(first.Part.Day, to)
	if err == nil {
		days, moved = first.Part.Rule.From(first.Part.Day).Dates(), after.Dates()
	} else if !first.Part.Rule.IsZero() {
		return nil, refusal(err)
	}
	by := first.Wall.Date.DaysUntil(to.Date)
	moves := make([]partMove, len(parts))
	for i, c := range parts {
		w, part := to, *c.Part
		w.Date, w.Later = c.Wall.Date.AddDays(by), false
		if n := slices.Index(days, part.Day); n >= 0 && n < len(moved) {
			w.Date = moved[n]
			part.Rule, part.Words = after, after.Words()
		}
		if c.ID == first.ID {
			w = to
		}
		part.Day = w.Date
		moves[i] = partMove{rq.app.zones.Moment(w), part}
		if !moves[i].to.Instant.After(rq.now) {
			return nil, denied("One of the talks that follow would be in the past then, on %s. Nothing was moved.", rq.app.zones.FormatFull(moves[i].to.Instant, w.Zone))
		}
	}
	return moves, nil
}

// postLater keeps a talk of a series from being posted long before its new time.
func (c *Colloquium) postLater(now time.Time) {
	for i, f := range c.Fans {
		if f.Notice != noticeAnnounce || f.Page > 0 {
			continue
		}
		c.Fans[i].Until = c.end()
		if c.Part != nil {
			c.Fans[i].At = later(c.Start.Add(-seriesEarly), now)
		}
	}
}

// cancelFollowing calls off a talk and all that follow.
func (rq *request) cancelFollowing() (chat.Message, error) {
	e, err := rq.confirmed("colloquium.cancel")
	if err != nil {
		return chat.Message{}, err
	}
	parts, err := rq.followingTalks(e.talk)
	if err != nil {
		return chat.Message{}, err
	}
	if ask, err := rq.askFollowing(e, parts, "series.cancel", "Cancel", chat.Danger); err != nil || ask != nil {
		return deref(ask), err
	}
	before := make([]time.Time, len(parts))
	for i, c := range parts {
		c.cancel(chat.Clean(e.draft.Values["reason"]), rq.now)
		rq.tx.put(c)
		before[i] = c.Start
	}
	tellTogether(parts, rq.now)
	if err := rq.app.tellStaffTogether(rq.tx, parts, before, rq.me.ID); err != nil {
		return chat.Message{}, err
	}
	rq.tx.remove(e.draft.Ref())
	return chat.Message{
		Title: "Cancelled",
		Body:  []chat.Text{chat.T(chat.Strong(e.talk.Title), fmt.Sprintf(": %s. Everybody who is on one of their lists hears of all of theirs in one message.", counted(len(parts), "talk does not take place", "talks do not take place")))},
	}, nil
}

// dropPosts leaves out announcements that were not made yet.
func dropPosts(fans []Fan) []Fan {
	var rest []Fan
	for _, f := range fans {
		if f.Notice != noticeAnnounce || f.Page > 0 {
			rest = append(rest, f)
		}
	}
	return rest
}

// listSeries shows the series that have talks to come.
func (rq *request) listSeries() (chat.Message, error) {
	talks, err := rq.upcoming()
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Series of talks",
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Propose a talk", Ref: chat.Ref{Route: proposeRoute}})},
		Note:  chat.T("To make a series: propose its first talk, and press “Make it a series” before you announce it."),
	}
	next := map[string]bool{}
	menu := chat.Menu{Ref: chat.Ref{Route: "follow.series"}, Hint: "Follow one"}
	for _, c := range talks {
		if c.Part == nil || c.State != Announced || next[c.Part.Series] || len(m.Fields) == chat.MaxFields {
			continue
		}
		next[c.Part.Series] = true
		menu.Options = append(menu.Options, chat.Option{Label: clip(c.Title, chat.MaxOptionText), Value: c.ID})
		m.Fields = append(m.Fields, chat.Field{Name: c.Title, Value: chat.T(c.Part.Words, "; the next one on ", rq.app.talkWhen(c, rq.me))})
	}
	if len(next) == 0 {
		m.Body = []chat.Text{chat.T("No series has a talk to come.")}
		return m, nil
	}
	m.Rows = append([]chat.Row{chat.NewMenu(menu)}, m.Rows...)
	return m, nil
}
