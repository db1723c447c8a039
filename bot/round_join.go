package bot

import (
	"errors"
	"fmt"
	"strings"

	"interlab/bot/chat"
)

func roundJoinRoutes() []route {
	return []route{
		{name: roundJoin, show: chat.ShowPrivate, changes: true, do: (*request).joinRound, subject: KindRound},
		{name: "round.join.typed", show: chat.ShowPrivate, changes: true, do: (*request).joinRoundTyped},
		{name: "round.join.contact", show: chat.ShowForm, form: (*request).contactForm},
		{name: "round.join.contact.sent", show: chat.ShowPrivate, changes: true, do: (*request).joinRoundWithContact, check: contactProblems, subject: KindRound},
		{name: "round.leave", show: chat.ShowPrivate, changes: true, do: (*request).leaveRound, subject: KindRound},
		{name: roundStatus, show: chat.ShowPrivate, do: (*request).roundsStatus},
		{name: "round.show", show: chat.ShowPrivate, do: (*request).showRound, subject: KindRound},
	}
}

// theRound is the round that the control names.
func (rq *request) theRound() (*Round, error) {
	id, _ := rq.control()
	r, err := load[*Round](rq.tx, KindRound, id)
	if errors.Is(err, errNotFound) {
		return nil, denied("This round is no longer kept here, so nothing was done. round status shows what is open.")
	}
	return r, err
}

// findRound is the newest round with that topic, or whose topic begins so; with
// no text the newest one that fits.
func (rq *request) findRound(fits func(*Round) bool) (*Round, error) {
	name := fold(chat.CleanLine(rq.args["round"]))
	rounds, err := list[*Round](rq.tx, Want{List: roundsByTime})
	if err != nil {
		return nil, err
	}
	for _, open := range []bool{true, false} {
		for _, r := range rounds {
			named := name == "" || r.ID == name || strings.HasPrefix(fold(r.title()), name)
			if named && (!open || fits(r)) {
				return load[*Round](rq.tx, KindRound, r.ID)
			}
		}
	}
	if name == "" {
		return nil, denied("There is no round at the moment. An organiser opens one with round open.")
	}
	return nil, denied("No round is called that. round status shows them all.")
}

// entrant is the person's place in a round, nil where there is none. The round
// was loaded before, so that every change in between is noticed by its version.
func (rq *request) entrant(r *Round) (*Entrant, error) {
	e, err := owner[*Entrant](rq.tx, entrantPair(r.ID, rq.me.ID))
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	return e, err
}

func isOpen(r *Round) bool { return r.State == RoundOpen }

func (rq *request) joinRoundTyped() (chat.Message, error) {
	r, err := rq.findRound(isOpen)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.enterRound(r)
}

func (rq *request) joinRound() (chat.Message, error) {
	r, err := rq.theRound()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.enterRound(r)
}

// joinRoundWithContact takes a contact and joins at once.
func (rq *request) joinRoundWithContact() (chat.Message, error) {
	if err := rq.takeContact(); err != nil {
		return chat.Message{}, err
	}
	return rq.joinRound()
}

// enterRound puts the person into a round; a second press changes nothing.
func (rq *request) enterRound(r *Round) (chat.Message, error) {
	if err := rq.may(Join, Object{Kind: KindRound}, "You cannot join a round here. Ask an organiser."); err != nil {
		return chat.Message{}, err
	}
	if err := rq.joinable(r); err != nil {
		return chat.Message{}, err
	}
	if rq.me.Joined.IsZero() {
		return rq.joinFirst("First tell them who you are", "Whoever you meet should know a little about you. Join in two short steps, then you are one press from the round.", chat.Ref{Route: roundJoin, ID: r.ID})
	}
	if rq.me.Contact == "" {
		return contactCard("So that whoever you meet can write to you, say first how you can be reached.", "round.join.contact", r.ID), nil
	}
	e, err := rq.entrant(r)
	if err != nil {
		return chat.Message{}, err
	}
	if e != nil && e.Joined {
		return rq.expectCard(r), nil
	}
	if e == nil {
		id, err := rq.app.ids.id()
		if err != nil {
			return chat.Message{}, err
		}
		e = &Entrant{ID: id, Round: r.ID, Person: rq.me.ID}
	}
	r.Turns++
	r.Joined++
	r.touch(rq.now)
	e.Turn, e.Joined, e.At = r.Turns, true, rq.now
	rq.tx.put(r, e)
	return rq.expectCard(r), nil
}

// joinable refuses a round that nobody can join any more.
func (rq *request) joinable(r *Round) error {
	switch {
	case r.State == RoundCancelled:
		return denied("This round was cancelled, so there is nothing to join.")
	case r.State != RoundOpen || !rq.now.Before(r.Deadline):
		return denied("Joining closed on %s, so you are not in this round. The next one is announced in your lab's channel.", rq.app.zones.FormatFull(r.Deadline, rq.me.zone()))
	}
	return nil
}

// expectCard says to somebody who has joined what happens next.
func (rq *request) expectCard(r *Round) chat.Message {
	return chat.Message{
		Title: "You are in: " + r.title(),
		Body: []chat.Text{
			chat.T("Joining closes on ", rq.app.when(r.Deadline, rq.me), ". Then an organiser looks at the plan, and you hear from me ", whomYouMeet(r), "."),
			chat.T("You are paired with people of other labs whose working hours meet yours, by what you share and look for. Your name and contact are shown to whoever you meet; organisers see your name and lab, and topics that you show to everybody."),
		},
		Note: chat.T("If it does not come out even, somebody sits out; whoever sat out comes first the next time. You can leave until it is published."),
		Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Leave the round", Ref: chat.Ref{Route: "round.leave", ID: r.ID}})},
	}
}

func whomYouMeet(r *Round) string {
	if r.Meetings == 1 {
		return "whom you meet, with times that suit you both"
	}
	return fmt.Sprintf("whom you meet, up to %d people, with times that suit both", r.Meetings)
}

// leaveRound takes the person out of a round that is not published.
func (rq *request) leaveRound() (chat.Message, error) {
	r, err := rq.theRound()
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.may(Join, Object{Kind: KindRound}, "You cannot leave a round here. Ask an organiser."); err != nil {
		return chat.Message{}, err
	}
	e, err := rq.entrant(r)
	if err != nil {
		return chat.Message{}, err
	}
	switch {
	case e == nil || !e.Joined:
		return chat.Message{Body: []chat.Text{chat.T("You are not in this round, so nothing has changed.")}}, nil
	case r.State == RoundPublished:
		return chat.Message{}, denied("This round is published already. On the card of whoever you meet you can say that you cannot this time; match list opens it.")
	case r.State == RoundCancelled:
		return chat.Message{}, denied("This round was cancelled, so there is nothing to leave.")
	}
	r.lose(e, rq.now)
	rq.tx.put(r, e)
	m := chat.Message{Title: "You are out of the round", Body: []chat.Text{chat.T("You are not paired in ", chat.Strong(r.title()), ". Thank you for saying so in time.")}}
	if r.State == RoundOpen {
		m.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Join after all", Ref: chat.Ref{Route: roundJoin, ID: r.ID}})}
	}
	return m, nil
}

// maxListedRounds is how many rounds a list shows.
const maxListedRounds = chat.MaxFields

// roundsStatus shows the one round that is named, or a list of all.
func (rq *request) roundsStatus() (chat.Message, error) {
	if rq.arg("round") != "" {
		r, err := rq.findRound(isOpen)
		if err != nil {
			return chat.Message{}, err
		}
		return rq.roundDetails(r)
	}
	rounds, err := list[*Round](rq.tx, Want{List: roundsByTime, Limit: maxListedRounds})
	if err != nil {
		return chat.Message{}, err
	}
	if len(rounds) == 0 {
		return chat.Message{Title: "No rounds yet", Body: []chat.Text{chat.T("No round is open. An organiser opens one with ", chat.Code("round open"), ".")}}, nil
	}
	m := chat.Message{Title: "Rounds", Note: chat.T("Newest first.")}
	menu := chat.Menu{Ref: chat.Ref{Route: "round.show"}, Hint: "Open one"}
	for _, r := range rounds {
		standing, err := rq.roundStanding(r)
		if err != nil {
			return chat.Message{}, err
		}
		m.Fields = append(m.Fields, chat.Field{Name: r.title(), Value: chat.T(rq.app.roundStands(r, rq.me), " ", standing)})
		menu.Options = append(menu.Options, chat.Option{Label: clip(r.title(), chat.MaxOptionText), Value: r.ID})
	}
	m.Rows = []chat.Row{chat.NewMenu(menu)}
	return m, nil
}

func (rq *request) showRound() (chat.Message, error) {
	r, err := rq.theRound()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.roundDetails(r)
}

// roundStands says how a round stands.
func (a *App) roundStands(r *Round, to *Person) string {
	switch r.State {
	case RoundOpen:
		return "Open: " + peopleJoined(r.Joined) + " so far; joining closes on " + a.zones.FormatFull(r.Deadline, to.zone()) + "."
	case RoundClosed:
		return "Joining is closed with " + counted(r.Joined, "person", "people") + "; an organiser looks at the plan."
	case RoundPublished:
		text := "Published on " + a.day(r.Published, to)
		if r.Plan != nil {
			text += ": " + counted(r.Plan.Pairs, "pair", "pairs") + " of " + counted(r.Plan.People+r.Plan.Out, "person", "people")
		}
		return text + "."
	case RoundCancelled:
		return "Cancelled."
	case RoundEmpty:
	}
	return "Nobody joined, so it ended."
}

func peopleJoined(n int) string {
	if n == 0 {
		return "nobody has joined"
	}
	return counted(n, "person has joined", "people have joined")
}

// roundStanding says where the person stands in a round.
func (rq *request) roundStanding(r *Round) (string, error) {
	e, err := rq.entrant(r)
	if err != nil {
		return "", err
	}
	switch {
	case e == nil || !e.Joined:
		return "You are not in it.", nil
	case r.State != RoundPublished:
		return "You are in.", nil
	case len(e.Matches) > 0:
		return "You meet " + counted(len(e.Matches), "person", "people") + "; match list shows whom.", nil
	case e.Declined > 0:
		return "You said that you cannot this time.", nil
	case r.Rollout != nil:
		return "You hear from me in a moment.", nil
	}
	return "Nobody was left for you this time; you come first in the next round.", nil
}

// roundDetails is one round for one person, with what they may do about it.
func (rq *request) roundDetails(r *Round) (chat.Message, error) {
	standing, err := rq.roundStanding(r)
	if err != nil {
		return chat.Message{}, err
	}
	m := rq.app.roundCard(r)
	if r.State == RoundOpen {
		m.Fields[0].Value = chat.T(rq.app.when(r.Deadline, rq.me))
	}
	m.Body = append(m.Body, chat.T(rq.app.roundStands(r, rq.me)))
	m.Note, m.Rows = chat.T(standing), nil
	var buttons []chat.Button
	e, err := rq.entrant(r)
	if err != nil {
		return m, err
	}
	in := e != nil && e.Joined
	switch {
	case in && (r.State == RoundOpen || r.State == RoundClosed):
		buttons = append(buttons, chat.Button{Label: "Leave the round", Ref: chat.Ref{Route: "round.leave", ID: r.ID}})
	case !in && r.State == RoundOpen:
		buttons = append(buttons, chat.Button{Label: "Join", Ref: chat.Ref{Route: roundJoin, ID: r.ID}, Tone: chat.Main})
	}
	if Can(rq.actor(), Edit, Object{Kind: KindRound}) {
		if r.State == RoundClosed {
			buttons = append(buttons, chat.Button{Label: "Preview the plan", Ref: chat.Ref{Route: "round.page", ID: joinID(r.ID, 0)}, Tone: chat.Main})
		}
		if r.State == RoundOpen || r.State == RoundClosed {
			buttons = append(buttons, chat.Button{Label: "Cancel the round", Ref: chat.Ref{Route: "round.cancel.ask", ID: r.ID}, Tone: chat.Danger})
		}
	}
	if len(buttons) > 0 {
		m.Rows = []chat.Row{chat.NewRow(buttons...)}
	}
	return m, nil
}

// roundOptions completes the topic of a round.
func (rq *request) roundOptions(typed string) ([]chat.Option, error) {
	rounds, err := list[*Round](rq.tx, Want{List: roundsByTime, Limit: chat.MaxOptions})
	if err != nil {
		return nil, err
	}
	var options []chat.Option
	for _, r := range rounds {
		options = append(options, chat.Option{Label: clip(r.title(), chat.MaxOptionText), Value: r.ID})
	}
	return chat.Completions(options, typed), nil
}
