package bot

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

const (
	pollRoute  = "colloquium.poll"
	timesField = "times"
	maxTimes   = 1500 // runes: twenty times with room to spare
)

func pollRoutes() []route {
	return []route{
		{name: pollRoute, show: chat.ShowForm, form: (*request).pollForm, subject: KindColloquium},
		{name: "colloquium.poll.sent", show: chat.ShowPrivate, changes: true, do: (*request).pollSent},
		{name: "colloquium.poll.typed", show: chat.ShowPrivate, changes: true, do: (*request).pollTyped},
		{name: "colloquium.poll.yes", show: chat.ShowInPlace, changes: true, do: (*request).openPoll, subject: KindDraft},
		{name: "poll.answer", show: chat.ShowPrivate, do: (*request).answerPoll, subject: KindPoll},
		{name: "poll.vote", show: chat.ShowInPlace, changes: true, do: (*request).votePoll, subject: KindPoll},
		{name: "poll.again", show: chat.ShowInPlace, do: (*request).againPoll, subject: KindPoll},
		{name: "poll.show", show: chat.ShowPrivate, do: (*request).showPoll, subject: KindPoll},
		{name: "poll.pick", show: chat.ShowInPlace, changes: true, do: (*request).settlePoll, subject: KindPoll},
	}
}

func pollCommand() chat.Command {
	return chat.Command{
		Name: "poll", Summary: "Ask which time suits", Route: "colloquium.poll.typed", Blank: listTalksRoute,
		Example: `colloquium poll talk:"Sparse codes" times:"Tue 15:00; Wed 16:00"`,
		Args: []chat.Arg{
			{Name: "talk", Summary: "its title, or the start", Required: true, Complete: true},
			{Name: "times", Summary: "up to 20, with ; between", Required: true},
		},
	}
}

// polled is the draft behind a control: of a new talk, or one that names a talk
// which may get another time.
func (rq *request) polled() (*Draft, error) {
	draft, err := rq.draft()
	if err != nil || draft != nil {
		return draft, err
	}
	e, err := rq.editing(pollRoute)
	if err != nil {
		return nil, err
	}
	id, err := rq.app.ids.id()
	return &Draft{ID: id, By: rq.me.ID, Values: map[string]string{}, Then: chat.Ref{Route: pollRoute, ID: joinID(e.talk.ID, e.edition)}, At: rq.now}, err
}

// pollForm asks for the times; it begins with some that suit the labs.
func (rq *request) pollForm() (chat.Form, error) {
	form := chat.Form{
		Ref: controlRef(rq.event), Title: "Ask which time suits", Submit: "Next",
		Fields: []chat.FormField{{Name: timesField, Label: "Which times?", Hint: "Up to 20, one on each line: Tue 15:00", Required: true, Long: true, Max: maxTimes}},
	}
	draft, err := rq.polled()
	if err != nil {
		return form, err
	}
	if form.Fields[0].Value = draft.Values[timesField]; form.Fields[0].Value == "" {
		err = rq.suggestTimes(draft, &form.Fields[0])
	}
	return form, err
}

func (rq *request) pollSent() (chat.Message, error) {
	draft, err := rq.polled()
	if err != nil {
		return chat.Message{}, err
	}
	draft.Values[timesField] = rq.args[timesField]
	rq.tx.put(draft)
	return rq.polling(draft)
}

func (rq *request) pollTyped() (chat.Message, error) {
	draft, err := rq.typed(pollRoute)
	if err != nil {
		return chat.Message{}, err
	}
	draft.Values[timesField] = rq.args[timesField]
	return rq.polling(draft)
}

// timesOf reads the times of a draft; what is wrong with one names it.
func (rq *request) timesOf(draft *Draft, zone calendar.Zone) ([]calendar.Moment, error) {
	lines := strings.FieldsFunc(draft.Values[timesField], func(r rune) bool { return r == ';' || r == '\n' })
	var times []calendar.Moment
	var poll calendar.Poll
	for _, line := range lines {
		if line = chat.CleanLine(line); line == "" {
			continue
		}
		poll.Options = append(poll.Options, calendar.Option{ID: fmt.Sprint(len(poll.Options)), Start: time.Unix(int64(len(poll.Options)), 0)})
		if len(poll.Options) > calendar.MaxPollOptions {
			continue
		}
		m, err := rq.app.zones.ParseMoment(line, rq.now, zone)
		if err != nil {
			return nil, denied("%s: %s", clip(line, 60), refusal(err))
		}
		times = append(times, m)
	}
	if err := poll.Check(); err != nil {
		return nil, refusal(err)
	}
	for n, m := range times {
		poll.Options[n].Start = m.Instant
	}
	return times, refusal(poll.Check())
}

// wouldAsk says where a question about times is to be posted.
func wouldAsk(homes int) string {
	if homes == 0 {
		return "No home has chosen a channel for talks yet, so nobody would read it: type admin channel in one first."
	}
	return postsIn("Ask", homes)
}

// polling reads a draft's times: the card asks to correct or to confirm them.
func (rq *request) polling(draft *Draft) (chat.Message, error) {
	p, card, err := rq.pollFrom(draft)
	if err != nil || card != nil {
		return deref(card), err
	}
	homes, err := list[*Home](rq.tx, Want{List: announcing})
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Ask which of these times suits?",
		Body:  []chat.Text{chat.T(chat.Strong(p.Title), fmt.Sprintf(", %d minutes:", int(p.Length.Minutes())))},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Ask", Ref: chat.Ref{Route: "colloquium.poll.yes", ID: draft.ID}, Tone: chat.Main},
			chat.Button{Label: "Other times", Ref: chat.Ref{Route: pollRoute, ID: draft.ID}},
		)},
		Note: chat.T(wouldAsk(len(homes)), " It closes by itself on ", rq.app.zones.FormatFull(p.Closes, rq.me.zone()), "; then you choose."),
	}
	people, err := rq.invited(draft)
	if err != nil {
		return chat.Message{}, err
	}
	for n, t := range p.Times {
		m.Body = append(m.Body, chat.T(fmt.Sprintf("%d. ", n+1), chat.When{At: t.Instant, Fallback: rq.app.zones.FormatFull(t.Instant, t.Wall.Zone)},
			rq.app.suits(people, t.Instant, p.Length)))
	}
	return m, nil
}

// pollFrom is the poll that a draft describes, or the card that asks for what is
// wrong with it.
func (rq *request) pollFrom(draft *Draft) (*Poll, *chat.Message, error) {
	p := &Poll{ID: draft.ID, By: rq.me.ID, State: PollOpen, At: rq.now, Required: []string{rq.me.ID}}
	zone, err := rq.draftZone(draft)
	if err != nil {
		return nil, nil, err
	}
	times, err := rq.timesOf(draft, zone)
	if problem, ok := asProblem(timesField, err); ok {
		card := fixCard([]chat.Problem{problem}, chat.Ref{Route: pollRoute, ID: draft.ID})
		return nil, &card, nil
	}
	if err != nil {
		return nil, nil, err
	}
	p.Times, p.Closes = times, closesAt(rq.now, times)
	if draft.Then.Route != "" {
		id, place := splitID(draft.Then.ID)
		c, err := rq.talkByID(id)
		if err != nil {
			return nil, nil, err
		}
		p.Talk, p.Title, p.Lab, p.Length, p.Required = c.ID, c.Title, c.Lab, c.Length, c.staff()
		return p, nil, rq.mayEdit(c, place[0])
	}
	t, card, err := rq.termsOf(draft)
	if err != nil || card != nil {
		return nil, card, err
	}
	p.Title, p.Lab, p.Length, p.Values = t.title, t.lab.ID, t.length, draft.Values
	for _, s := range t.speakers {
		if s.Person != "" && s.Person != rq.me.ID {
			p.Required = append(p.Required, s.Person)
		}
	}
	return p, nil, nil
}

// openPoll posts the poll everywhere, and asks those without whom there is no talk.
func (rq *request) openPoll() (chat.Message, error) {
	id, _ := rq.control()
	if p, err := load[*Poll](rq.tx, KindPoll, id); err == nil {
		return rq.pollCard(p)
	} else if !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil {
		return chat.Message{}, errNoDraft
	}
	if err := rq.mayPropose(); err != nil {
		return chat.Message{}, err
	}
	p, card, err := rq.pollFrom(draft)
	if err != nil || card != nil {
		return deref(card), err
	}
	p.fan(Fan{Over: overHomes, Notice: noticePoll, At: rq.now, Until: p.Closes})
	rq.tx.put(p)
	rq.tx.remove(draft.Ref())
	for _, id := range p.Required {
		if id == rq.me.ID {
			continue // the answer has a button for it
		}
		if err := rq.app.tellPoll(rq.tx, p, id, noticePoll); err != nil {
			return chat.Message{}, err
		}
	}
	return chat.Message{
		Title: "Asked",
		Body:  []chat.Text{chat.T("I ask now which time of ", chat.Strong(p.Title), " suits. You hear from me when the poll closes, on ", rq.app.zones.FormatFull(p.Closes, rq.me.zone()), ".")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Show the answers", Ref: chat.Ref{Route: "poll.show", ID: p.ID}},
			chat.Button{Label: "Answer myself", Ref: chat.Ref{Route: "poll.answer", ID: p.ID}},
		)},
	}, nil
}
