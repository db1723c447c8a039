package bot

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// tellPoll tells one person about a poll.
func (a *App) tellPoll(tx *Tx, p *Poll, id, notice string) error {
	to, err := load[*Person](tx, KindPerson, id)
	if errors.Is(err, errNotFound) || id == "" {
		return nil
	}
	if err != nil {
		return err
	}
	a.tell(tx, to, Delivery{Notice: notice, Subject: p.Ref()})
	return nil
}

// pollWork is what happens to a poll by itself.
func (a *App) pollWork(tx *Tx, p *Poll, claim Claim) error {
	tx.put(p)
	switch baseName(claim.Work) {
	case workFan:
		i := slices.IndexFunc(p.Fans, func(f Fan) bool { return f.work() == claim.Work })
		f := &p.Fans[i]
		f.Page++
		var last bool
		var err error
		switch f.Over {
		case overHomes:
			last, err = a.spreadHomes(tx, p.Ref(), f)
		case overVoters:
			last, err = a.spreadVoters(tx, p, f)
		default:
			last = a.spreadPosts(tx, p.Ref(), p.Posts, f)
		}
		if last {
			p.Fans = slices.Delete(p.Fans, i, i+1)
		}
		return err
	case workRefresh:
		p.Refreshes++
		p.Refreshed, p.Dirty = tx.now, time.Time{}
		p.fan(Fan{Over: overCards, Notice: noticeRefresh, At: tx.now})
		return nil
	case workClosePoll:
		p.State = PollClosed
		p.touch(tx.now)
		return a.tellPoll(tx, p, p.By, noticePolled)
	}
	return fmt.Errorf("poll %s: unknown work %q", p.ID, claim.Work)
}

// landPoll notes where a poll was posted.
func landPoll(tx *Tx, d *Delivery) error {
	if d.Notice != noticePoll || d.To != "" {
		return nil
	}
	p, err := load[*Poll](tx, KindPoll, d.Subject.ID)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(p.Posts, func(at chat.Posted) bool { return at.Place.Home == d.Posted.Place.Home }) {
		p.Posts = append(p.Posts, d.Posted)
	}
	tx.put(p)
	return nil
}

// showPoll shows the ranking to whoever may choose.
func (rq *request) showPoll() (chat.Message, error) {
	p, err := rq.poll()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.pollCard(p)
}

func (rq *request) pollCard(p *Poll) (chat.Message, error) {
	if err := rq.may(Settle, p.object(), "Only whoever asked, the leads of the lab and organisers choose the time. The counts are on the card in the channel."); err != nil {
		return chat.Message{}, err
	}
	return rq.app.ranking(rq.tx, p, rq.me)
}

// criteria say what places a time before the next one.
var criteria = map[calendar.Criterion]string{ //nolint:gochecknoglobals // words
	calendar.ByRequired: "it suits those who must be there",
	calendar.ByComing:   "more people can come",
	calendar.ByYes:      "it suits more people well",
	calendar.ByUncivil:  "fewer people would come early or late in their day",
	calendar.ByBurden:   "labs that had bad hours before are spared",
	calendar.ByStart:    "it is sooner",
	calendar.ByID:       "it was named first",
}

// ranking is how the times fare, best first, with the reason for each place, and
// a menu to choose one.
func (a *App) ranking(tx *Tx, p *Poll, to *Person) (chat.Message, error) {
	poll, err := a.pollOf(tx, p)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{Title: "The answers so far: " + p.Title, Note: chat.T("Best first. You choose; the order is only advice.")}
	if p.State == PollClosed {
		m.Title = "The poll is closed: " + p.Title
	}
	if p.State == PollSettled {
		m.Title, m.Note = "A time is chosen: "+p.Title, chat.T("It is ", a.pollWhen(p, p.Chosen, to), ".")
	}
	menu := chat.Menu{Ref: chat.Ref{Route: "poll.pick"}, Hint: "Choose a time"}
	for place, s := range a.zones.Rank(poll) {
		n, _ := strconv.Atoi(s.ID)
		line := chat.T(fmt.Sprintf("%d. ", place+1), a.pollWhen(p, n, to), standingText(s))
		if late := len(s.Uncivil); late > 0 {
			line = append(line, chat.T(fmt.Sprintf("; %s outside 08:00-20:00 or their hours", counted(late, "person", "people")))...)
		}
		if len(s.Missing) > 0 {
			line = append(line, chat.T("; somebody who must be there cannot come")...)
		}
		if s.Ahead != "" {
			line = append(line, chat.T(". Before the next one because "+criteria[s.Ahead])...)
		}
		line = append(line, chat.T(".")...)
		m.Body = append(m.Body, line)
		menu.Options = append(menu.Options, chat.Option{Label: clip(a.pollWhen(p, n, to).Fallback, chat.MaxOptionText), Value: joinID(p.ID, n)})
	}
	if p.State != PollSettled {
		m.Rows = []chat.Row{chat.NewMenu(menu)}
	}
	return m, nil
}

// settlePoll chooses a time: the talk moves to it, or is announced.
func (rq *request) settlePoll() (chat.Message, error) {
	p, err := rq.poll()
	if err != nil {
		return chat.Message{}, err
	}
	_, place := rq.control()
	if len(place) == 0 || place[0] < 0 || place[0] >= len(p.Times) {
		return chat.Message{}, denied("This poll has no such time. Nothing has changed.")
	}
	card, err := rq.pollCard(p)
	if err != nil || p.State == PollSettled {
		return card, err
	}
	at := p.Times[place[0]]
	if !at.Instant.After(rq.now) {
		return chat.Message{}, denied("That time is over. Choose another one, or ask anew.")
	}
	if p.Talk == "" {
		rq.settled(p, place[0])
		return rq.launchPolled(p, at)
	}
	c, err := rq.talkByID(p.Talk)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.mayEdit(c, c.Edition); err != nil {
		return chat.Message{}, err
	}
	if ask := rq.askSettling(p, c, place); ask != nil {
		return *ask, nil
	}
	rq.settled(p, place[0])
	before := c.Start
	c.retime(at, c.Length, rq.now)
	if err := rq.app.tellStaffChange(rq.tx, c, before, rq.me.ID); err != nil {
		return chat.Message{}, err
	}
	rq.tx.put(c)
	return chat.Message{Title: "Chosen", Body: []chat.Text{chat.T(chat.Strong(c.Title), " is on ", rq.app.talkWhen(c, rq.me), " now."), chat.T(toldText(c))}}, nil
}

// settled ends a poll with the time at a place.
func (rq *request) settled(p *Poll, place int) {
	p.State, p.Chosen = PollSettled, place
	p.touch(rq.now)
	rq.tx.put(p)
}

// askSettling asks for a confirmation where the talk that moves has many on its
// list. The control names the time, and then the number that was shown. Nil is
// for going on.
func (rq *request) askSettling(p *Poll, c *Colloquium, place []int) *chat.Message {
	n, shown := c.Seats.people(), -1
	if len(place) > 1 {
		shown = place[1]
	}
	if c.State != Announced || !mustAsk(shown, n) {
		return nil
	}
	m := recounted(chat.Message{
		Title: "Move the talk to this time?",
		Body:  []chat.Text{chat.T(chat.Strong(c.Title), " would be on ", rq.app.pollWhen(p, place[0], rq.me), ". ", capital(concernedText(c)), " would be told.")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: fmt.Sprintf("Move it and tell %d people", n), Ref: chat.Ref{Route: "poll.pick", ID: joinID(p.ID, place[0], n)}, Tone: chat.Main},
			chat.Button{Label: "Choose another time", Ref: chat.Ref{Route: "poll.show", ID: p.ID}},
		)},
	}, shown, n)
	return &m
}

// launchPolled makes the talk that a poll was about.
func (rq *request) launchPolled(p *Poll, at calendar.Moment) (chat.Message, error) {
	values := maps.Clone(p.Values)
	values["when"] = rq.app.zones.FormatFull(at.Instant, at.Wall.Zone)
	t, card, err := rq.termsOf(&Draft{ID: p.ID, By: p.By, Values: values})
	if err != nil {
		return chat.Message{}, err
	}
	if card != nil {
		return chat.Message{}, denied("What was typed about the talk no longer holds, for example because its lab is gone. Propose it again with colloquium propose.")
	}
	c := rq.talkOf(p.ID, t)
	c.Proposer = p.By
	return rq.launch(c)
}
