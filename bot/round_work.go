package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
)

// roundCard is the card in the channels, the same for all who see it.
func (a *App) roundCard(r *Round) chat.Message {
	what := "for a seminar of an hour"
	if r.Purpose == Chat {
		what = "for half an hour's free talk"
	}
	m := chat.Message{
		Title: "Join a round: " + r.title(),
		Body: []chat.Text{chat.T("Press Join, and after the closing I pair you with somebody of another lab ", what,
			": by what you share and look for, within the hours you both work, and with nobody whom you met lately.")},
		Fields: []chat.Field{
			{Name: "Joining closes", Value: chat.T(chat.When{At: r.Deadline, Fallback: a.zones.FormatFull(r.Deadline, r.Zone)})},
			{Name: "Meetings", Value: chat.T("up to " + counted(r.Meetings, "person", "people") + " each")},
			{Name: "Who has joined", Value: chat.T(peopleJoined(r.Joined))},
		},
		Note: chat.T("Who joins stays between you, me and the organisers; only the count is shown."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Join", Ref: chat.Ref{Route: roundJoin, ID: r.ID}, Tone: chat.Main},
			chat.Button{Label: "Leave", Ref: chat.Ref{Route: "round.leave", ID: r.ID}},
			chat.Button{Label: "Details", Ref: chat.Ref{Route: "round.show", ID: r.ID}},
		)},
	}
	if r.State == RoundOpen {
		return m
	}
	m.Rows, m.Body, m.Fields = nil, nil, m.Fields[1:]
	switch r.State {
	case RoundClosed:
		m.Title, m.Note = "Joining is closed: "+r.title(), chat.T("Everybody who joined hears from me when the plan is ready.")
	case RoundPublished:
		m.Title, m.Note = "Paired: "+r.title(), chat.T("Everybody who joined hears from me, in their own working hours. The next round is announced here.")
	case RoundCancelled:
		m.Title, m.Note = "Cancelled: "+r.title(), chat.T("Everybody who had joined was told.")
	case RoundEmpty:
		m.Title, m.Note = "Over: "+r.title(), chat.T("Nobody joined this time. The next round is announced here.")
	case RoundOpen:
	}
	return m
}

// roundWork is what happens to a round by itself, but for what takes long.
func (a *App) roundWork(tx *Tx, r *Round, c Claim) error {
	tx.put(r)
	switch baseName(c.Work) {
	case workFan:
		return a.roundFan(tx, r, slices.IndexFunc(r.Fans, func(f Fan) bool { return f.work() == c.Work }))
	case workRefresh:
		r.Refreshes++
		r.Refreshed, r.Dirty = tx.now, time.Time{}
		r.fan(Fan{Over: overCards, Notice: noticeRefresh, At: tx.now})
		return nil
	case workJoinEnd:
		return a.closeJoining(tx, r)
	case workRoll:
		return a.roll(tx, r)
	}
	return fmt.Errorf("round %s: unknown work %q", r.ID, c.Work)
}

// closeJoining ends the joining and has a plan made.
func (a *App) closeJoining(tx *Tx, r *Round) error {
	r.touch(tx.now)
	if r.Joined > 0 {
		r.State = RoundClosed
		r.order(r.By, tx.now)
		return nil
	}
	r.State = RoundEmpty
	organiser, err := load[*Person](tx, KindPerson, r.By)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	a.tell(tx, organiser, Delivery{Notice: noticeNobody, Subject: r.Ref(), As: Grant{Role: Organiser}, NotBefore: tx.now})
	return nil
}

// roundFan tells the next page of a fan.
func (a *App) roundFan(tx *Tx, r *Round, i int) error {
	f := &r.Fans[i]
	f.Page++
	var last bool
	var err error
	switch f.Over {
	case overHomes:
		last, err = a.roundHomes(tx, r, f)
	case overPeople:
		last, err = a.roundPeople(tx, r, f)
	default:
		end := min(f.Next+fanPage, len(r.Posts))
		for _, at := range r.Posts[f.Next:end] {
			a.say(tx, Delivery{Edit: at, Notice: f.Notice, Subject: r.Ref()})
		}
		f.Next, last = end, end == len(r.Posts)
	}
	if last {
		r.Fans = slices.Delete(r.Fans, i, i+1)
	}
	return err
}

func (a *App) roundHomes(tx *Tx, r *Round, f *Fan) (last bool, err error) {
	homes, next, err := page[*Home](tx, Page{Index: announcing, After: f.After, Limit: fanPage})
	if err != nil {
		return false, err
	}
	for _, home := range homes {
		a.say(tx, Delivery{Place: home.Announce, Notice: f.Notice, Subject: r.Ref(), Until: f.Until})
	}
	f.After = next
	return next == "", nil
}

// roundPeople tells everybody who has joined.
func (a *App) roundPeople(tx *Tx, r *Round, f *Fan) (last bool, err error) {
	places, next, err := page[*Entrant](tx, Page{Index: entrantsOf + r.ID, After: f.After, Limit: fanPage})
	if err != nil {
		return false, err
	}
	var people []Want
	for _, e := range places {
		people = append(people, Want{Ref: Ref{KindPerson, e.Person}})
	}
	if err := tx.prefetch(people...); err != nil {
		return false, err
	}
	for _, e := range places {
		person, err := load[*Person](tx, KindPerson, e.Person)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return false, err
		}
		a.tell(tx, person, Delivery{Notice: f.Notice, Subject: r.Ref()})
	}
	f.After = next
	return next == "", nil
}

// landRound notes where a round was announced. Where the cards were edited while
// this one was on its way, it may show what is no longer so.
func landRound(tx *Tx, d *Delivery) error {
	if d.Notice != noticeAnnounce {
		return nil
	}
	r, err := load[*Round](tx, KindRound, d.Subject.ID)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(r.Posts, func(p chat.Posted) bool { return p.Place.Home == d.Posted.Place.Home }) {
		r.Posts = append(r.Posts, d.Posted)
	}
	if !r.Refreshed.IsZero() && !r.Refreshed.Before(d.Began) {
		r.touch(tx.now)
	}
	tx.put(r)
	return nil
}
