package bot

import (
	"errors"
	"hash/fnv"
	"slices"
	"strconv"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// Names that several parts use.
const (
	roundForm   = "round.new"
	roundStatus = "round.status"
	roundJoin   = "round.join"
)

func roundRoutes() []route {
	return slices.Concat([]route{
		{name: roundForm, show: chat.ShowForm, form: (*request).roundForm, subject: KindDraft},
		{name: "round.new.sent", show: chat.ShowPrivate, changes: true, do: (*request).roundDrafted, check: roundProblems, subject: KindDraft},
		{name: "round.open", show: chat.ShowPrivate, changes: true, do: (*request).roundDrafted},
		{name: "round.start", show: chat.ShowInPlace, changes: true, do: (*request).openRound, subject: KindDraft},
	}, roundJoinRoutes(), roundPreviewRoutes(), roundEditRoutes(), roundPublishRoutes())
}

func roundCommands() []chat.Command {
	which := []chat.Arg{{Name: "round", Summary: "its topic, or the start", Complete: true}}
	return []chat.Command{
		{
			Name: "open", Summary: "Pair people of all labs", Route: "round.open", Blank: roundForm,
			Example: `round open until:"Fri 17:00" topic:"Spring seminars" meetings:2`,
			Args: []chat.Arg{
				{Name: "until", Summary: "when joining closes", Required: true},
				{Name: "topic", Summary: "what it is about"},
				{Name: "kind", Summary: "seminar or free talk", Kind: chat.ArgChoice, Choices: []string{string(Seminar), string(Chat)}},
				{Name: "meetings", Summary: "for each, 1 if not said", Kind: chat.ArgNumber},
				{Name: "gap", Summary: "weeks before a repeat", Kind: chat.ArgNumber},
			},
		},
		{Name: "join", Summary: "Take part in a round", Route: "round.join.typed", Args: which, Example: `round join round:"Spring seminars"`},
		{Name: "status", Summary: "How rounds stand, and your place", Route: roundStatus, Args: which, Example: "round status"},
		{Name: "preview", Summary: "The pairs before they are told", Route: "round.preview", Args: which, Example: "round preview"},
		{Name: "publish", Summary: "Tell everybody whom they meet", Route: "round.publish", Args: which, Example: "round publish"},
		{Name: "cancel", Summary: "Call a round off", Route: "round.cancel", Args: which, Example: "round cancel"},
	}
}

// Limits of a round.
const (
	maxRoundTopic    = 120
	maxRoundMeetings = 5
	usualGap         = 26 // weeks
	maxGap           = 104
	soonestDeadline  = 10 * time.Minute
	latestDeadline   = 90 * 24 * time.Hour
)

// mayRun refuses whoever does not organise.
func (rq *request) mayRun(verb Verb) error {
	return rq.may(verb, Object{Kind: KindRound}, "Rounds are opened, checked and published by organisers. Nothing has changed; round status shows where you can join.")
}

func (rq *request) roundForm() (chat.Form, error) {
	if err := rq.mayRun(Create); err != nil {
		return chat.Form{}, err
	}
	draft, err := rq.draft()
	if err != nil {
		return chat.Form{}, err
	}
	var meetings []chat.Option
	for n := range maxRoundMeetings {
		meetings = append(meetings, chat.Option{Label: counted(n+1, "meeting", "meetings") + " each, in pairs", Value: strconv.Itoa(n + 1)})
	}
	form := chat.Form{
		Ref: chat.Ref{Route: roundForm}, Title: "Open a round", Submit: "Show me the card",
		Fields: []chat.FormField{
			{Name: "topic", Label: "What is it about?", Hint: "Leave empty where any topic will do", Max: maxRoundTopic},
			{Name: "kind", Label: "What do people meet for?", Required: true, Value: string(Seminar), Options: []chat.Option{
				{Label: "A seminar: one hour, one gives a talk", Value: string(Seminar)},
				{Label: "A free talk of half an hour", Value: string(Chat)},
			}},
			{Name: "meetings", Label: "How many people does each meet?", Required: true, Value: "1", Options: meetings},
			{Name: "until", Label: "When does joining close?", Hint: "For example: Fri 17:00, or 8 Dec 17:00 Berlin", Required: true, Max: maxSpeaker},
			{Name: "gap", Label: "Weeks before the same two meet again", Value: strconv.Itoa(usualGap), Max: 8},
		},
	}
	if draft != nil {
		form.Ref.ID = draft.ID
		form = form.Fill(draft.Values)
	}
	return form, nil
}

// roundProblems is what is wrong with a form, as far as it can be seen at once.
func roundProblems(values map[string]string) []chat.Problem {
	var problems []chat.Problem
	add := func(field string, err error) {
		if err != nil {
			problems = append(problems, chat.Problem{Field: field, Text: err.Error()})
		}
	}
	add("topic", tooLong(chat.CleanLine(values["topic"]), maxRoundTopic))
	_, err := numberIn(values["meetings"], 1, 1, maxRoundMeetings, "Write how many people each one meets, from 1 to 5.")
	add("meetings", err)
	add("until", needed(chat.CleanLine(values["until"]), maxSpeaker, "Say when joining closes, for example: Fri 17:00."))
	_, err = numberIn(values["gap"], usualGap, 0, maxGap, "Write how many weeks lie between two meetings of the same two people, from 0 to 104.")
	add("gap", err)
	return problems
}

// numberIn reads a number within limits; an empty text is the usual one.
func numberIn(text string, usual, least, most int, otherwise string) (int, error) {
	text = chat.CleanLine(text)
	if text == "" {
		return usual, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < least || n > most {
		return 0, denied("%s", otherwise)
	}
	return n, nil
}

// roundDrafted takes the form, or the same typed.
func (rq *request) roundDrafted() (chat.Message, error) {
	if err := rq.mayRun(Create); err != nil {
		return chat.Message{}, err
	}
	draft, err := rq.keepDraft(chat.Ref{})
	if err != nil {
		return chat.Message{}, err
	}
	r, card, err := rq.roundOf(draft)
	if err != nil || card != nil {
		return deref(card), err
	}
	homes, err := list[*Home](rq.tx, Want{List: announcing})
	if err != nil {
		return chat.Message{}, err
	}
	m := rq.app.roundCard(r)
	m.Fields[0].Value = chat.T(rq.app.when(r.Deadline, rq.me))
	m.Fields = append(m.Fields[:len(m.Fields)-1], chat.Field{Name: "Repeats", Value: chat.T(gapText(r.GapWeeks))})
	m.Title = "Open this round? " + r.title()
	m.Note = chat.T("Nobody has seen it yet. No home has chosen a channel for talks, so people only find it with round status; admin channel, typed in a channel, chooses one.")
	if len(homes) > 0 {
		m.Note = chat.T("Nobody has seen it yet. I post it in " + counted(len(homes), "home, in its channel for talks.", "homes, in their channels for talks."))
	}
	m.Rows = []chat.Row{chat.NewRow(
		chat.Button{Label: "Open it", Ref: chat.Ref{Route: "round.start", ID: draft.ID}, Tone: chat.Main},
		chat.Button{Label: "Change", Ref: chat.Ref{Route: roundForm, ID: draft.ID}},
	)}
	return m, nil
}

func gapText(weeks int) string {
	if weeks == 0 {
		return "allowed, but a new pair comes first"
	}
	return "the same two do not meet again within " + counted(weeks, "week", "weeks")
}

// roundOf reads a draft, or makes the card that asks for what cannot be read.
func (rq *request) roundOf(draft *Draft) (*Round, *chat.Message, error) {
	problems := roundProblems(draft.Values)
	var at calendar.Moment
	if len(problems) == 0 {
		moment, err := rq.deadlineOf(draft)
		problem, ok := asProblem("until", err)
		switch {
		case ok:
			problems = append(problems, problem)
		case err != nil:
			return nil, nil, err
		}
		at = moment
	}
	if len(problems) > 0 {
		card := fixCard(problems, chat.Ref{Route: roundForm, ID: draft.ID})
		return nil, &card, nil
	}
	r := &Round{
		ID: draft.ID, Topic: chat.CleanLine(draft.Values["topic"]), Purpose: purposeOf(draft.Values["kind"]), By: rq.me.ID, At: rq.now,
		Deadline: at.Instant, Zone: at.Wall.Zone, State: RoundOpen, Seed: seedOf(draft.ID),
	}
	if r.Purpose != Seminar {
		r.Purpose = Chat
	}
	r.Meetings, _ = numberIn(draft.Values["meetings"], 1, 1, maxRoundMeetings, "") // both were checked above
	r.GapWeeks, _ = numberIn(draft.Values["gap"], usualGap, 0, maxGap, "")
	return r, nil, nil
}

// deadlineOf reads when joining closes. What was understood takes the place of
// what was typed. Of two moments that a clock shows twice the first is taken:
// the card shows which one it is.
func (rq *request) deadlineOf(draft *Draft) (calendar.Moment, error) {
	at, err := rq.app.zones.ParseMoment(chat.CleanLine(draft.Values["until"]), rq.now, rq.me.zone())
	var r *calendar.Refusal
	if errors.As(err, &r) && len(r.Choices) > 0 {
		at, err = r.Choices[0], nil
	}
	switch {
	case err != nil:
		return at, refusal(err)
	case at.Instant.Before(rq.now.Add(soonestDeadline)):
		return at, denied("Joining has to stay open for ten minutes at least. Give a later time.")
	case at.Instant.After(rq.now.Add(latestDeadline)):
		return at, denied("That is more than 90 days ahead; people forget by then that they joined. Give an earlier day.")
	}
	draft.Values["until"] = rq.app.zones.FormatFull(at.Instant, at.Wall.Zone)
	return at, nil
}

// seedOf is the seed that decides between equal plans.
func seedOf(id string) uint64 {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(id)) // a hash takes everything
	return hash.Sum64() >> 11     // a whole number for every reader of JSON
}

// openRound opens what a draft says and has it announced in every home.
func (rq *request) openRound() (chat.Message, error) {
	if err := rq.mayRun(Create); err != nil {
		return chat.Message{}, err
	}
	id, _ := rq.control()
	if r, err := load[*Round](rq.tx, KindRound, id); err == nil {
		return rq.roundDetails(r)
	} else if !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil {
		return chat.Message{}, denied("What you began is no longer here: it is kept for a week, or it was used already. round status shows what is open.")
	}
	r, card, err := rq.roundOf(draft)
	if err != nil || card != nil {
		return deref(card), err
	}
	r.fan(Fan{Over: overHomes, Notice: noticeAnnounce, At: rq.now, Until: r.Deadline})
	rq.tx.put(r)
	rq.tx.remove(draft.Ref())
	return chat.Message{
		Title: "The round is open: " + r.title(),
		Body: []chat.Text{
			chat.T("Every home with a channel for talks hears of it now. Joining closes by itself on ", rq.app.when(r.Deadline, rq.me), "; then I make a plan, show it to you first, and nobody is told before you publish it."),
		},
		Note: chat.T(chat.Code("round status"), " shows who has joined so far, in numbers."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "How it stands", Ref: chat.Ref{Route: "round.show", ID: r.ID}},
			chat.Button{Label: "Cancel the round", Ref: chat.Ref{Route: "round.cancel.ask", ID: r.ID}, Tone: chat.Danger},
		)},
	}, nil
}
