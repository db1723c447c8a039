package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// CalendarKey is what is kept of the secret address of a person's own calendar: a
// hash, by which the address is known when it is asked for.
type CalendarKey struct {
	Hash string    `json:"hash"`
	At   time.Time `json:"at"`
}

// The routes of one's own calendar.
const (
	calendarRoute = "profile.calendar"
	calendarNew   = "profile.calendar.new"
	calendarOff   = "profile.calendar.off"
)

func calendarRoutes() []route {
	return []route{
		{name: calendarRoute, show: chat.ShowPrivate, do: (*request).calendarCard},
		{name: calendarNew, show: chat.ShowInPlace, changes: true, do: (*request).newCalendar},
		{name: calendarOff, show: chat.ShowInPlace, changes: true, do: (*request).calendarOff},
	}
}

func calendarCommand() chat.Command {
	return chat.Command{Name: "calendar", Summary: "My talks in my own calendar", Route: calendarRoute, Example: "profile calendar"}
}

// personByCalendar is the unique entry of the hash of a key.
func personByCalendar(hash string) string { return "calendar.key/" + hash }

// keyHash is what is kept of a key. A key is random and long, so that one round
// of hashing is enough.
func keyHash(key string) string { return hashFor("calendar", key) }

// calendarCard says whether there is an address, and makes, replaces or ends it.
func (rq *request) calendarCard() (chat.Message, error) {
	if rq.app.public == "" {
		return chat.Message{}, denied("This network has no pages on the web, so there is no calendar to subscribe to. Each talk's card gives you a file when you say that you come.")
	}
	m := chat.Message{
		Title: "Your talks in your own calendar",
		Body: []chat.Text{
			chat.T("A secret address keeps your calendar program up to date with the talks that you come to or give. Whoever has the address can read them, so I show it once and keep only what I need to know it again."),
		},
		Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Make my address", Ref: chat.Ref{Route: calendarNew}, Tone: chat.Main})},
		Note: chat.T("The talks of all labs are at ", chat.Link{Label: rq.app.public, URL: rq.app.public}, ", for everybody."),
	}
	if key := rq.me.Calendar; key != nil {
		m.Body = []chat.Text{chat.T("Your calendar has had a secret address since ", rq.app.day(key.At, rq.me), ". I cannot show it again. A new one takes its place at once: the old one then leads nowhere.")}
		m.Rows = []chat.Row{chat.NewRow(
			chat.Button{Label: "Make a new address", Ref: chat.Ref{Route: calendarNew}, Tone: chat.Main},
			chat.Button{Label: "Switch it off", Ref: chat.Ref{Route: calendarOff}},
		)}
	}
	return m, nil
}

// newCalendar makes an address, which is said aloud and not kept.
func (rq *request) newCalendar() (chat.Message, error) {
	if rq.app.public == "" {
		return rq.calendarCard()
	}
	key, err := rq.app.secretKey()
	if err != nil {
		return chat.Message{}, err
	}
	rq.me.Calendar = &CalendarKey{Hash: keyHash(key), At: rq.now}
	rq.tx.put(rq.me)
	said := chat.Message{
		Title: "The address of your calendar",
		Body: []chat.Text{
			chat.T(chat.Code(rq.app.public + "/u/" + key + ".ics")),
			chat.T("Copy it now, and give it to your calendar program where that says “subscribe” or “from a web address”. I show it this once."),
		},
		Note: chat.T("Somebody else has seen it? Make a new one with ", chat.Code("profile calendar"), ": the old one then leads nowhere."),
	}
	rq.tx.aloud = &said
	return rq.calendarCard()
}

// calendarOff ends the address.
func (rq *request) calendarOff() (chat.Message, error) {
	if rq.me.Calendar == nil {
		return rq.calendarCard()
	}
	rq.me.Calendar = nil
	rq.tx.put(rq.me)
	m, err := rq.calendarCard()
	m.Title = "Switched off"
	m.Body = append([]chat.Text{chat.T("The address of your calendar leads nowhere any more.")}, m.Body...)
	return m, err
}

// PersonalFeed is the calendar of whoever has a key; a *Denied where nobody has it.
func (a *App) PersonalFeed(ctx context.Context, key string) (calendar.Feed, error) {
	p, err := owner[*Person](newTx(ctx, a.store, a.clock.Now(), a.ids), personByCalendar(keyHash(key)))
	if errors.Is(err, errNotFound) {
		return calendar.Feed{}, denied("There is no such calendar.")
	}
	if err != nil {
		return calendar.Feed{}, fmt.Errorf("whose calendar: %w", err)
	}
	return a.Feed(ctx, Selection{Kind: FeedPersonal, Of: p.ID})
}
