package bot

import (
	"errors"
	"fmt"
	"strings"

	"interlab/bot/chat"
)

func proposeRoutes() []route {
	first := checks("title", "speaker", "abstract", "when", "minutes")
	return []route{
		{name: proposeRoute, show: chat.ShowForm, form: (*request).proposeForm, subject: KindDraft},
		{name: "colloquium.propose.sent", show: chat.ShowPrivate, changes: true, do: (*request).proposed, check: first, subject: KindDraft},
		{name: "colloquium.place", show: chat.ShowForm, form: (*request).placeForm, subject: KindDraft},
		{name: "colloquium.place.sent", show: chat.ShowPrivate, changes: true, do: (*request).proposed, check: checks(placeField, "capacity", topicsField), subject: KindDraft},
		{name: languageRoute, show: chat.ShowForm, form: (*request).languageForm, subject: KindDraft},
		{name: languageRoute + ".sent", show: chat.ShowPrivate, changes: true, do: (*request).proposed, check: checks(languageField), subject: KindDraft},
		{name: "colloquium.typed", show: chat.ShowPrivate, changes: true, do: (*request).proposeTyped},
		{name: "colloquium.pick", show: chat.ShowInPlace, changes: true, do: (*request).pickMoment, subject: KindDraft},
		{name: "colloquium.announce", show: chat.ShowInPlace, changes: true, do: (*request).announce, subject: KindDraft},
	}
}

// proposeForm is the first of two steps.
func (rq *request) proposeForm() (chat.Form, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Form{}, err
	}
	form := chat.Form{
		Ref: chat.Ref{Route: proposeRoute}, Title: "A talk, 1 of 2", Submit: "Next",
		Fields: []chat.FormField{
			{Name: "title", Label: "Title", Required: true, Max: maxTalkTitle},
			{Name: "speaker", Label: "Who speaks?", Hint: "Several: Ana Ruiz and Bo Larsen", Required: true, Max: maxSpeaker, Value: rq.me.Name},
			{Name: "abstract", Label: "Abstract", Hint: "What will people take home?", Long: true, Max: maxAbstract},
			{Name: "when", Label: "When?", Hint: "For example: Tue 15:00, or 8 Dec 15:00 Berlin", Required: true, Max: maxSpeaker},
			{Name: "minutes", Label: "How many minutes?", Value: fmt.Sprint(usualMinutes), Max: 8},
		},
	}
	if draft != nil {
		form.Ref.ID = draft.ID
		form = form.Fill(draft.Values)
	}
	return form, nil
}

// placeForm is the second step.
func (rq *request) placeForm() (chat.Form, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Form{}, err
	}
	form := chat.Form{
		Ref: chat.Ref{Route: "colloquium.place"}, Title: "A talk, 2 of 2", Submit: "Show me the card",
		Fields: []chat.FormField{
			{Name: placeField, Label: "Where?", Hint: "A room, a link, or both", Max: maxWhere},
			{Name: "capacity", Label: "How many seats?", Hint: "Leave empty where there is room for everybody", Max: 10},
			{Name: "lab", Label: "Which lab hosts it?", Hint: "Leave empty for your own", Max: maxLabName},
			topicsInput(), linkInput(),
		},
	}
	if draft != nil {
		form.Ref.ID = draft.ID
		form = form.Fill(draft.Values)
	}
	return form, nil
}

// proposed takes either step.
func (rq *request) proposed() (chat.Message, error) {
	if err := rq.mayPropose(); err != nil {
		return chat.Message{}, err
	}
	id, _ := rq.control()
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if id != "" && draft == nil {
		return chat.Message{}, errNoDraft
	}
	if draft, err = rq.keepDraft(chat.Ref{}); err != nil {
		return chat.Message{}, err
	}
	return rq.proposal(draft)
}

// errNoDraft says that what was begun is no longer there.
var errNoDraft = denied("What you began is no longer here: it is kept for a week, or it was used already. colloquium list shows what is announced.")

// proposeTyped takes a whole proposal from arguments.
func (rq *request) proposeTyped() (chat.Message, error) {
	if err := rq.mayPropose(); err != nil {
		return chat.Message{}, err
	}
	draft, err := rq.keepDraft(chat.Ref{})
	if err != nil {
		return chat.Message{}, err
	}
	if _, placed := draft.Values[placeField]; !placed {
		draft.Values[placeField] = ""
	}
	return rq.proposal(draft)
}

// mayPropose refuses whoever has not joined; for which lab is checked with it.
func (rq *request) mayPropose() error {
	if !rq.me.Joined.IsZero() || Can(rq.actor(), Create, Object{Kind: KindColloquium}) {
		return nil
	}
	return denied("Join first, so that people know who announces the talk: type profile set. Then propose it again.")
}

// proposal is the card that a draft leads to: what to correct or to choose, the
// next step, or the talk to be confirmed.
func (rq *request) proposal(draft *Draft) (chat.Message, error) {
	t, card, err := rq.termsOf(draft)
	if err != nil || card != nil {
		return deref(card), err
	}
	if _, placed := draft.Values[placeField]; !placed {
		return chat.Message{
			Title: "Half way",
			Body:  []chat.Text{chat.T("I read the time as ", chat.Strong(draft.Values["when"]), ". One more step: where it is, and how many seats there are.")},
			Rows: []chat.Row{chat.NewRow(
				chat.Button{Label: "Next", Ref: chat.Ref{Route: "colloquium.place", ID: draft.ID}, Tone: chat.Main},
				chat.Button{Label: "Back", Ref: chat.Ref{Route: proposeRoute, ID: draft.ID}},
			)},
			Note: chat.T("Nobody sees anything of it before you have seen the whole card."),
		}, nil
	}
	return rq.confirmCard(t, draft)
}

func deref(m *chat.Message) chat.Message {
	if m == nil {
		return chat.Message{}
	}
	return *m
}

// confirmCard shows a talk before anybody hears of it.
func (rq *request) confirmCard(t terms, draft *Draft) (chat.Message, error) {
	lines, err := rq.elsewhere(t.moment.Instant, t.lab.ID, t.moment.Wall.Zone)
	if err != nil {
		return chat.Message{}, err
	}
	homes, err := list[*Home](rq.tx, Want{List: announcing})
	if err != nil {
		return chat.Message{}, err
	}
	when := chat.When{At: t.moment.Instant, Fallback: rq.app.zones.FormatFull(t.moment.Instant, t.moment.Wall.Zone)}
	m := chat.Message{
		Title: "Announce this talk?",
		Body: []chat.Text{
			chat.T(chat.Strong(t.title), ", by ", t.speaker, ", hosted by ", t.lab.Name, "."),
			chat.T("It is on ", when, fmt.Sprintf(", for %d minutes.", int(t.length.Minutes()))),
		},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Announce", Ref: chat.Ref{Route: "colloquium.announce", ID: draft.ID}, Tone: chat.Main},
			chat.Button{Label: "Change", Ref: chat.Ref{Route: proposeRoute, ID: draft.ID}},
			chat.Button{Label: "Change place and seats", Ref: chat.Ref{Route: "colloquium.place", ID: draft.ID}},
			chat.Button{Label: "Make it a series", Ref: chat.Ref{Route: "series.form", ID: draft.ID}},
			chat.Button{Label: "Ask which time suits", Ref: chat.Ref{Route: pollRoute, ID: draft.ID}},
		), chat.NewRow(chat.Button{Label: "Another language", Ref: chat.Ref{Route: languageRoute, ID: draft.ID}})},
		Note: chat.T("Nobody has seen it yet. ", wouldPost(len(homes))),
	}
	m.Body = append(m.Body, rq.app.publicly()...)
	if t.abstract != "" {
		m.Fields = append(m.Fields, chat.Field{Name: "Abstract", Value: chat.T(clip(t.abstract, chat.MaxFieldValue))})
	}
	if t.where != "" {
		m.Fields = append(m.Fields, chat.Field{Name: "Where", Value: linked(t.where)})
	}
	m.Fields = append(m.Fields, chat.Field{Name: "Seats", Value: chat.T(seatsText(t.capacity))})
	if len(t.topics) > 0 {
		m.Fields = append(m.Fields, chat.Field{Name: "Topics", Value: chat.T(strings.Join(t.topics, ", "))})
	}
	if name := rq.app.unusual(t.language); name != "" {
		m.Fields = append(m.Fields, chat.Field{Name: languageTitle, Value: chat.T(name)})
	}
	if rule := linkRules[t.link]; firstLink(t.where) != "" {
		m.Fields = append(m.Fields, chat.Field{Name: "Who sees the link", Value: chat.T(rule.label)})
	}
	if err := rq.warn(&m, t); err != nil {
		return m, err
	}
	if len(lines) > 0 {
		m.Fields = append(m.Fields, chat.Field{Name: "In other labs", Value: chat.T(strings.Join(lines, "; "))})
	}
	return m, nil
}

func seatsText(capacity int) string {
	if capacity == 0 {
		return "room for everybody"
	}
	return fmt.Sprint(capacity)
}

// pickMoment takes one of the two times offered for an unclear one.
func (rq *request) pickMoment() (chat.Message, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil {
		return chat.Message{}, errNoDraft
	}
	zone, err := rq.draftZone(draft)
	if err != nil {
		return chat.Message{}, err
	}
	_, unclear, err := rq.momentOf(draft, zone)
	if err != nil {
		return chat.Message{}, err
	}
	_, place := rq.control()
	if unclear != nil && len(place) == 1 && place[0] >= 0 && place[0] < len(unclear.moments) {
		m := unclear.moments[place[0]]
		draft.Values["when"] = rq.app.zones.FormatFull(m.Instant, m.Wall.Zone)
	}
	rq.tx.put(draft)
	if draft.Then.Route == "colloquium.move" {
		return rq.moving(draft)
	}
	return rq.proposal(draft)
}

// announce keeps the talk and has it told everywhere. The talk has the draft's
// id, so that a second press finds it.
func (rq *request) announce() (chat.Message, error) {
	id, _ := rq.control()
	c, err := load[*Colloquium](rq.tx, KindColloquium, id)
	if err == nil {
		return rq.talkCard(c)
	}
	if !errors.Is(err, errNotFound) {
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
	t, card, err := rq.termsOf(draft)
	if err != nil || card != nil {
		return deref(card), err
	}
	rq.tx.remove(draft.Ref())
	return rq.launch(rq.talkOf(draft.ID, t))
}

// announced says where the talk is told.
func (rq *request) announced(c *Colloquium) (chat.Message, error) {
	homes, err := list[*Home](rq.tx, Want{List: announcing})
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Announced",
		Body:  []chat.Text{chat.T(chat.Strong(c.Title), " takes place on ", rq.app.talkWhen(c, rq.me), ". ", postedText(homes))},
		Note:  chat.T("To see who comes, or to move, change or cancel it: ", chat.Code("colloquium list"), "."),
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Show the talk", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}})},
	}
	return m, nil
}

// talkOf is the talk that a proposal describes.
func (rq *request) talkOf(id string, t terms) *Colloquium {
	c := &Colloquium{
		ID: id, Title: t.title, Speakers: t.speakers, Abstract: t.abstract, Lab: t.lab.ID, Proposer: rq.me.ID,
		Wall: t.moment.Wall, Start: t.moment.Instant, Rules: t.moment.Rules, Length: t.length, Where: t.where, Topics: t.topics, Link: t.link, Language: t.language,
		State: Proposed, Seats: Seats{Capacity: t.capacity}, At: rq.now, Changed: rq.now, Timed: rq.now,
	}
	c.nameSpeakers()
	return c
}

// wouldPost says where a talk will be announced.
func wouldPost(homes int) string {
	if homes == 0 {
		return "No home has chosen a channel for talks yet, so it will only be in colloquium list."
	}
	return postsIn("Announce", homes)
}

// postsIn says in how many homes a button posts something.
func postsIn(button string, homes int) string {
	return button + " posts it in " + counted(homes, "home, in its channel for talks.", "homes, in their channels for talks.")
}

// postedText says where a talk is announced.
func postedText(homes []*Home) string {
	if len(homes) == 0 {
		return "No home has chosen a channel for talks yet, so it is only in colloquium list. An organiser chooses one by typing admin channel in it."
	}
	return "I post it now in " + counted(len(homes), "home, in its channel for talks.", "homes, in their channels for talks.")
}
