package bot

import (
	"fmt"
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

// moveFollowing moves a talk and all that follow: each by as many days, to the
// same time of day by the clocks of the place.
func (rq *request) moveFollowing() (chat.Message, error) {
	e, err := rq.confirmed("colloquium.move")
	if err != nil {
		return chat.Message{}, err
	}
	moment, unclear, err := rq.momentOf(e.draft, e.talk.Wall.Zone)
	if err != nil || unclear != nil {
		return rq.moving(e.draft)
	}
	parts, err := rq.following(e.talk)
	if err != nil {
		return chat.Message{}, err
	}
	days := e.talk.Wall.Date.DaysUntil(moment.Wall.Date)
	length := newLength(e.talk, e.draft)
	moved := make([]calendar.Moment, len(parts))
	for i, c := range parts {
		w := moment.Wall
		w.Date, w.Later = c.Wall.Date.AddDays(days), false
		if c.ID == e.talk.ID {
			w = moment.Wall
		}
		if moved[i] = rq.app.zones.Moment(w); !moved[i].Instant.After(rq.now) {
			return chat.Message{}, denied("One of the talks that follow would be in the past then, on %s. Nothing was moved.", rq.app.zones.FormatFull(moved[i].Instant, w.Zone))
		}
	}
	for i, c := range parts {
		before := c.Start
		c.retime(moved[i], length, rq.now)
		rq.tx.put(c)
		if err := rq.app.tellStaffChange(rq.tx, c, before, rq.me.ID); err != nil {
			return chat.Message{}, err
		}
	}
	rq.tx.remove(e.draft.Ref())
	return chat.Message{
		Title: "Moved",
		Body: []chat.Text{
			chat.T(chat.Strong(e.talk.Title), fmt.Sprintf(": %s, from ", counted(len(parts), "talk is moved", "talks are moved")), rq.app.talkWhen(e.talk, rq.me), " on."),
			chat.T("Everybody on one of their lists is told once for each talk."),
		},
	}, nil
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
	parts, err := rq.following(e.talk)
	if err != nil {
		return chat.Message{}, err
	}
	for _, c := range parts {
		c.cancel(chat.Clean(e.draft.Values["reason"]), rq.now)
		rq.tx.put(c)
		if err := rq.app.tellStaffChange(rq.tx, c, c.Start, rq.me.ID); err != nil {
			return chat.Message{}, err
		}
	}
	rq.tx.remove(e.draft.Ref())
	return chat.Message{
		Title: "Cancelled",
		Body:  []chat.Text{chat.T(chat.Strong(e.talk.Title), fmt.Sprintf(": %s. Everybody on one of their lists is told.", counted(len(parts), "talk does not take place", "talks do not take place")))},
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
	for _, c := range talks {
		if c.Part == nil || c.State != Announced || next[c.Part.Series] || len(m.Fields) == chat.MaxFields {
			continue
		}
		next[c.Part.Series] = true
		m.Fields = append(m.Fields, chat.Field{Name: c.Title, Value: chat.T(c.Part.Words, "; the next one on ", rq.app.talkWhen(c, rq.me))})
	}
	if len(next) == 0 {
		m.Body = []chat.Text{chat.T("No series has a talk to come.")}
	}
	return m, nil
}
