package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
)

// Remind says when a person is reminded of talks. The zero value is a day before,
// in their hours, and a quarter of an hour before.
type Remind string

// The choices.
const (
	RemindUsual Remind = ""
	RemindDay   Remind = "day"
	RemindHour  Remind = "hour"
	RemindSoon  Remind = "soon"
	RemindQuiet Remind = "quiet"
	RemindNever Remind = "never"
)

// reminding is what a choice means.
type reminding struct {
	notices []string
	quiet   bool // never out of their hours
	label   string
}

var remindings = map[Remind]reminding{ //nolint:gochecknoglobals // a table
	RemindUsual: {notices: []string{noticeDay, noticeSoon}, label: "a day and a quarter of an hour before"},
	RemindDay:   {notices: []string{noticeDay}, label: "a day before"},
	RemindHour:  {notices: []string{noticeHour}, label: "an hour before"},
	RemindSoon:  {notices: []string{noticeSoon}, label: "a quarter of an hour before"},
	RemindQuiet: {notices: []string{noticeDay, noticeSoon}, quiet: true, label: "a day and a quarter of an hour before, only in my hours"},
	RemindNever: {label: "never"},
}

// remindOrder is the order in which the choices are offered.
var remindOrder = []Remind{RemindUsual, RemindDay, RemindHour, RemindSoon, RemindQuiet, RemindNever} //nolint:gochecknoglobals // a table

// noticeHour reminds an hour before, and workHour begins it.
const (
	noticeHour = "hour"
	hourBefore = time.Hour
	remindSet  = "profile.remind.set"
)

// reminders are what a talk may remind of, by how long before.
var reminders = map[string]time.Duration{workDay: dayBefore, noticeHour: hourBefore, workSoon: soonBefore} //nolint:gochecknoglobals // a table

// reminds reports whether a notice is a reminder.
func reminds(notice string) bool {
	_, ok := reminders[baseName(notice)]
	return ok
}

// wantsReminder reports whether a person wants a reminder, at a time at which
// they are at work or not.
func (p *Person) wantsReminder(notice string, atWork bool) bool {
	choice := remindings[p.Remind]
	return slices.Contains(choice.notices, baseName(notice)) && (atWork || !choice.quiet || baseName(notice) == noticeDay)
}

func remindRoutes() []route {
	return []route{
		{name: "profile.remind", show: chat.ShowPrivate, do: (*request).remindCard},
		{name: remindSet, show: chat.ShowInPlace, changes: true, do: (*request).setRemind},
	}
}

func remindCommand() chat.Command {
	return chat.Command{Name: "reminders", Summary: "When to be reminded of talks", Route: "profile.remind", Example: "profile reminders"}
}

// remindCard shows the choice.
func (rq *request) remindCard() (chat.Message, error) {
	menu := chat.Menu{Ref: chat.Ref{Route: remindSet}, Hint: "Choose when"}
	for i, choice := range remindOrder {
		menu.Options = append(menu.Options, chat.Option{Label: capital(remindings[choice].label), Value: joinID("r", i)})
	}
	return chat.Message{
		Title: "Reminders of talks",
		Body:  []chat.Text{chat.T("You are reminded ", chat.Strong(remindings[rq.me.Remind].label), ". The reminder a day before comes in your hours, the others on the minute.")},
		Rows:  []chat.Row{chat.NewMenu(menu)},
	}, nil
}

// setRemind takes the choice.
func (rq *request) setRemind() (chat.Message, error) {
	_, place := rq.control()
	if len(place) != 1 || place[0] < 0 || place[0] >= len(remindOrder) {
		return chat.Message{}, denied("There is no such choice. Nothing has changed; profile reminders shows them.")
	}
	rq.me.Remind = remindOrder[place[0]]
	rq.tx.put(rq.me)
	return rq.remindCard()
}

// missedTalk lets somebody know in the thread of a talk, once, that there is
// something they did not get: their direct messages are closed. It says nothing
// of what it was, nor whether they come.
func (a *App) missedTalk(tx *Tx, d *Delivery) error {
	c, err := load[*Colloquium](tx, KindColloquium, d.Subject.ID)
	if err != nil {
		return ignoreMissing(err)
	}
	r, err := owner[*Rsvp](tx, rsvpPair(c.ID, d.To))
	if errors.Is(err, errNotFound) {
		return a.missedByStaff(tx, c, d)
	}
	if err != nil || r.Mentioned {
		return err
	}
	p, err := load[*Person](tx, KindPerson, d.To)
	if err != nil {
		return ignoreMissing(err)
	}
	under, err := postNear(tx, c, p)
	if err != nil || under == (chat.Posted{}) {
		return err
	}
	r.Mentioned = true
	tx.put(r)
	a.say(tx, Delivery{Under: under, Notice: noticeMissed, Subject: r.Ref(), Until: d.Until})
	return nil
}

// noticeMissed mentions somebody below a talk.
const noticeMissed = "missed"

// postNear is the talk's card that a person can see: in their own workspace, or
// where their lab lives.
func postNear(tx *Tx, c *Colloquium, p *Person) (chat.Posted, error) {
	for _, post := range c.Posts {
		for _, account := range p.Accounts {
			if at := post.Place.Home; at.Platform == account.Platform && account.Team != "" && at.ID == account.Team {
				return post, nil
			}
		}
	}
	for _, post := range c.Posts {
		home, err := owner[*Home](tx, homeByName(post.Place.Home))
		if err != nil {
			if fault := ignoreMissing(err); fault != nil {
				return chat.Posted{}, fault
			}
			continue
		}
		if p.Lab != "" && slices.Contains(home.Labs, p.Lab) {
			return post, nil
		}
	}
	return chat.Posted{}, nil
}

// renderRsvp is the mention.
func (a *App) renderRsvp(tx *Tx, d *Delivery, _ *Person) (chat.Message, error) {
	r, err := load[*Rsvp](tx, KindRsvp, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	p, err := load[*Person](tx, KindPerson, r.Person)
	if err != nil {
		return chat.Message{}, err
	}
	if d.Notice != noticeMissed {
		return chat.Message{}, unknownNotice(d)
	}
	return chat.Message{Body: []chat.Text{chat.T(p.mention(), ", I cannot write to you directly. Allow direct messages from me, or type ", chat.Code("me"), " to see what I wanted to say.")}}, nil
}

// remindTitle is the heading of a reminder.
func (a *App) remindTitle(c *Colloquium, to *Person, notice string) string {
	switch notice {
	case noticeDay:
		return a.zones.FormatShort(c.Start, readerZone(c, to)) + ": " + c.Title
	case noticeHour:
		return "In an hour: " + c.Title
	}
	return fmt.Sprintf("In a quarter of an hour: %s", c.Title)
}
