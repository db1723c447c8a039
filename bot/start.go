package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
)

func startRoutes() []route {
	return []route{
		{name: "start", show: chat.ShowPrivate, do: (*request).start},
		{name: "help", show: chat.ShowPrivate, do: (*request).help},
		{name: "me", show: chat.ShowPrivate, do: (*request).mine, matches: true, mine: true},
	}
}

// start is the card with the three things that most people want.
func (rq *request) start() (chat.Message, error) {
	if rq.me.Joined.IsZero() {
		return rq.hello()
	}
	return chat.Message{
		Title: "What would you like to do, " + firstName(rq.me.Name) + "?",
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Find somebody", Ref: chat.Ref{Route: "match.new"}, Tone: chat.Main},
			chat.Button{Label: "What is mine", Ref: chat.Ref{Route: "me"}},
			chat.Button{Label: "Change my profile", Ref: chat.Ref{Route: "profile.edit"}},
		)},
		Note: chat.T("You can type, too: ", chat.Code("match find sparse autoencoders"), ". ", chat.Code("help"), " shows everything."),
	}, nil
}

// hello greets somebody who has not joined.
func (rq *request) hello() (chat.Message, error) {
	if rq.me.unclaimed() {
		return rq.helloListed()
	}
	title := "Hello " + firstName(rq.me.Name) + ", I am Interlab"
	if rq.me.Name == rq.event.From.User {
		title = "Hello, I am Interlab" // an id is no name
	}
	m := chat.Message{
		Title: title,
		Body: []chat.Text{
			chat.T("I bring researchers of different labs together. Tell me a topic, and I look for somebody in another lab who knows it, ask them first, and introduce you with a time that suits you both."),
			chat.T("You can look around at once. To ask somebody, or to be found yourself, join in two short steps; you decide what others see."),
			chat.T(rq.app.purpose()),
		},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Find somebody", Ref: chat.Ref{Route: "match.new"}, Tone: chat.Main},
			chat.Button{Label: "Join", Ref: chat.Ref{Route: "profile.edit"}},
			chat.Button{Label: "What is mine", Ref: chat.Ref{Route: "me"}},
		)},
		Note: chat.T("Or type ", chat.Code("match find"), " and a topic. ", chat.Code("help"), " shows everything."),
	}
	if rq.nowhere() && rq.me.Lab == "" {
		m.Body = append(m.Body[:1], chat.T(unseen))
		m.Rows[0].Buttons = slices.Delete(m.Rows[0].Buttons, 1, 2)
	}
	return m, nil
}

// greeting reports whether somebody only says hello.
func greeting(text string) bool {
	switch fold(strings.Trim(chat.CleanLine(text), ".,!? ")) {
	case "hi", "hello", "hey", "hello there", "hi there", "good morning", "good day", "good afternoon", "good evening":
		return true
	}
	return false
}

func firstName(name string) string {
	first, _, _ := strings.Cut(name, " ")
	return first
}

func (rq *request) help() (chat.Message, error) {
	var path []string
	for _, word := range []string{rq.arg("group"), rq.arg("command")} {
		path = append(path, strings.Fields(strings.ToLower(word))...)
	}
	return rq.app.tree.Help(path), nil
}

// mine is what a person has: who they are here, what is open, what is next, and
// what never reached them.
func (rq *request) mine() (chat.Message, error) {
	talks, err := rq.myTalks()
	if err != nil {
		return chat.Message{}, err
	}
	if rq.me.unclaimed() && len(rq.me.Asked)+len(talks) == 0 {
		return rq.helloListed()
	}
	if !rq.me.inNetwork() && len(rq.me.Asking)+len(talks) == 0 {
		m, err := rq.hello()
		m.Body = append([]chat.Text{chat.T("You have not joined yet, so there is nothing of yours here.")}, m.Body[1:]...)
		return m, err
	}
	open, err := rq.openMatches()
	if err != nil {
		return chat.Message{}, err
	}
	lab, err := rq.app.lab(rq.tx, rq.me.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	exchanges, err := rq.openExchanges()
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{Title: fmt.Sprintf("%s, %s", rq.me.Name, lab), Fields: rq.profileFields(), Body: slices.Concat(talks, open, exchanges)}
	if len(m.Body) == 0 {
		m.Body = []chat.Text{chat.T("Nothing is open.")}
	}
	missed, err := rq.missed()
	if err != nil {
		return chat.Message{}, err
	}
	m.Body = append(m.Body, missed...)
	m.Rows = []chat.Row{chat.NewRow(
		chat.Button{Label: "Find somebody", Ref: chat.Ref{Route: "match.new"}, Tone: chat.Main},
		chat.Button{Label: "All my matches", Ref: chat.Ref{Route: "match.list"}},
		chat.Button{Label: "Talks to come", Ref: chat.Ref{Route: listTalksRoute}},
		chat.Button{Label: "Change my profile", Ref: chat.Ref{Route: "profile.edit"}},
	)}
	if rq.app.public != "" {
		m.Rows[0].Buttons = append(m.Rows[0].Buttons, chat.Button{Label: "My calendar", Ref: chat.Ref{Route: calendarRoute}})
	}
	return m, nil
}

// wantMissed wants the first few deliveries that never reached the person.
func (rq *request) wantMissed() Want { return Want{List: missedBy + rq.me.ID, Limit: 5} }

// alongMissed reads what those deliveries are about, and whom.
func (rq *request) alongMissed(deliveries []*Delivery) error {
	matches, err := rq.matches()
	if err != nil {
		return err
	}
	about := slices.DeleteFunc(slices.Clone(matches), func(m *Match) bool {
		return !slices.ContainsFunc(deliveries, func(d *Delivery) bool { return d.Subject == m.Ref() })
	})
	return rq.along(rq.others(about))
}

// missed repeats what could not be delivered to the person.
func (rq *request) missed() ([]chat.Text, error) {
	deliveries, err := list[*Delivery](rq.tx, rq.wantMissed())
	if err != nil {
		return nil, err
	}
	if err := rq.alongMissed(deliveries); err != nil {
		return nil, err
	}
	var lines []chat.Text
	for _, d := range deliveries {
		m, err := rq.app.render(rq.tx, d, rq.me)
		if errors.Is(err, errMoot) || errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		lines = append(lines, chat.T("I could not write to you on ", rq.app.day(d.Settled, rq.me), ": ", m.Title))
	}
	return lines, nil
}
