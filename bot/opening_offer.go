package bot

import (
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// offerRoute opens the first step of offering a residency.
const offerRoute = "residency.offer"

func openingRoutes() []route {
	return []route{
		{name: offerRoute, show: chat.ShowForm, form: (*request).offerForm, subject: KindDraft},
		{name: "residency.offer.sent", show: chat.ShowPrivate, changes: true, do: (*request).offerSent, check: openingChecks(openingFirst), subject: KindDraft},
		{name: "residency.terms", show: chat.ShowForm, form: (*request).offerTermsForm, subject: KindDraft},
		{name: "residency.terms.sent", show: chat.ShowPrivate, changes: true, do: (*request).offerSent, check: openingChecks(openingSecond), subject: KindDraft},
		{name: "residency.offer.typed", show: chat.ShowPrivate, changes: true, do: (*request).offerTyped},
		{name: "residency.publishopening", show: chat.ShowInPlace, changes: true, do: (*request).publishOpening, subject: KindDraft},
		{name: "residency.withdraw", show: chat.ShowForm, form: (*request).withdrawOpeningForm, subject: KindOpening},
		{name: "residency.withdraw.sent", show: chat.ShowPrivate, changes: true, do: (*request).withdrawOpeningSent, subject: KindOpening},
		{name: "residency.withdraw.yes", show: chat.ShowInPlace, changes: true, do: (*request).withdrawOpeningNow, subject: KindDraft},
	}
}

// offerForm is the first of two steps.
func (rq *request) offerForm() (chat.Form, error) {
	return rq.openingForm(chat.Form{
		Ref: chat.Ref{Route: offerRoute}, Title: "A residency, 1 of 2", Submit: "Next",
		Fields: []chat.FormField{
			{Name: "title", Label: "Title", Hint: "For example: Three months on protein design", Required: true, Max: maxOpeningTitle},
			{Name: "topics", Label: "Topics", Hint: "Separated by commas; people find it by them", Required: true, Long: true},
			{Name: "learn", Label: "What does your lab want to learn?", Required: true, Long: true, Max: maxOpeningText},
			{Name: "give", Label: "What can your lab pass on?", Required: true, Long: true, Max: maxOpeningText},
			{Name: "offers", Label: "What is offered?", Hint: "A desk, housing, travel, a stipend", Long: true, Max: maxOpeningText},
		},
	})
}

// offerTermsForm is the second step.
func (rq *request) offerTermsForm() (chat.Form, error) {
	return rq.openingForm(chat.Form{
		Ref: chat.Ref{Route: "residency.terms"}, Title: "A residency, 2 of 2", Submit: "Show me the card",
		Fields: []chat.FormField{
			{Name: "capacity", Label: "How many people can come?", Value: "1", Max: 12},
			{Name: "from", Label: "First day", Hint: "For example 1 Mar 2027", Required: true, Max: maxDayText},
			{Name: "to", Label: "Last day", Hint: "For example 28 May 2027", Required: true, Max: maxDayText},
			{Name: deadlineField, Label: "Last day to apply", Hint: "For example 10 Jan 2027", Required: true, Max: maxDayText},
			{Name: "lab", Label: "Which lab offers it?", Hint: "Leave empty where you lead one", Max: maxLabName},
		},
	})
}

// openingForm puts what was typed before into a form.
func (rq *request) openingForm(form chat.Form) (chat.Form, error) {
	draft, err := rq.draft()
	if err != nil || draft == nil {
		return form, err
	}
	form.Ref.ID = draft.ID
	return form.Fill(draft.Values), nil
}

// errNoOffer says that what was begun is no longer there.
var errNoOffer = denied("What you began is no longer here: it is kept for a week, or it was used already. residency rank shows what your lab offers.")

// offerSent takes either step.
func (rq *request) offerSent() (chat.Message, error) {
	if _, err := rq.offeringLab(map[string]string{"lab": rq.args["lab"]}); err != nil && len(rq.ledLabs()) == 0 {
		return chat.Message{}, err
	}
	id, _ := rq.control()
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if id != "" && draft == nil {
		return chat.Message{}, errNoOffer
	}
	if draft, err = rq.keepDraft(chat.Ref{}); err != nil {
		return chat.Message{}, err
	}
	return rq.offering(draft)
}

// offerTyped takes a whole offer from arguments.
func (rq *request) offerTyped() (chat.Message, error) {
	if _, err := rq.offeringLab(rq.args); err != nil {
		return chat.Message{}, err
	}
	draft, err := rq.keepDraft(chat.Ref{})
	if err != nil {
		return chat.Message{}, err
	}
	return rq.offering(draft)
}

// offering is the card that a draft leads to: what to correct, the next step, or
// the opening to be confirmed.
func (rq *request) offering(draft *Draft) (chat.Message, error) {
	if problems := openingProblems(draft.Values, openingFirst); len(problems) > 0 {
		return fixCard(problems, chat.Ref{Route: offerRoute, ID: draft.ID}), nil
	}
	if draft.Values["from"] == "" && draft.Values["to"] == "" {
		return chat.Message{
			Title: "Half way",
			Body:  []chat.Text{chat.T("I have noted that. One more step: how many can come, from when to when, and until when people apply.")},
			Rows: []chat.Row{chat.NewRow(
				chat.Button{Label: "Next", Ref: chat.Ref{Route: "residency.terms", ID: draft.ID}, Tone: chat.Main},
				chat.Button{Label: "Back", Ref: chat.Ref{Route: offerRoute, ID: draft.ID}},
			)},
			Note: chat.T("Nobody sees anything of it before you have seen the whole card."),
		}, nil
	}
	o, card, err := rq.openingOf(draft)
	if err != nil || card != nil {
		return orCard(card, err)
	}
	m, err := rq.app.openingCard(rq.tx, o)
	if err != nil {
		return m, err
	}
	homes, err := list[*Home](rq.tx, Want{List: announcing})
	if err != nil {
		return m, err
	}
	m.Title = "Offer this? " + m.Title
	m.Rows = []chat.Row{chat.NewRow(
		chat.Button{Label: "Offer it", Ref: chat.Ref{Route: "residency.publishopening", ID: draft.ID}, Tone: chat.Main},
		chat.Button{Label: "Change", Ref: chat.Ref{Route: offerRoute, ID: draft.ID}},
		chat.Button{Label: "Change days and places", Ref: chat.Ref{Route: "residency.terms", ID: draft.ID}},
	)}
	m.Note = chat.T(wouldOffer(len(homes)))
	return m, nil
}

// wouldOffer says where an opening is to be seen.
func wouldOffer(homes int) string {
	if homes == 0 {
		return "Nobody has seen it yet. It would stand in residency browse only, since no home has chosen a channel for announcements."
	}
	return "Nobody has seen it yet. It would be posted once in " + counted(homes, "home", "homes") + ", in the channel for announcements, and stand in residency browse."
}

// openingOf reads a draft, or makes the card that asks for what cannot be read.
func (rq *request) openingOf(draft *Draft) (*Opening, *chat.Message, error) {
	second := chat.Ref{Route: "residency.terms", ID: draft.ID}
	lab, err := rq.offeringLab(draft.Values)
	if problem, ok := asProblem("lab", err); ok {
		card := fixCard([]chat.Problem{problem}, second)
		return nil, &card, nil
	}
	if err != nil {
		return nil, nil, err
	}
	o, problems, err := rq.readOpening(draft.Values, lab)
	if err != nil {
		return nil, nil, err
	}
	if len(problems) > 0 {
		card := fixCard(problems, second)
		return nil, &card, nil
	}
	for field, day := range map[string]calendar.Date{"from": o.From, "to": o.To, deadlineField: o.Last} {
		draft.Values[field] = day.String() // "next Monday" means the same day when it is confirmed
	}
	o.ID = draft.ID
	return o, nil, nil
}

// publishOpening keeps the opening and has it shown everywhere. It has the draft's
// id, so that a second press finds it.
func (rq *request) publishOpening() (chat.Message, error) {
	id, _ := rq.control()
	o, err := load[*Opening](rq.tx, KindOpening, id)
	if err == nil {
		return rq.openingFor(o)
	}
	if !errors.Is(err, errNotFound) {
		return chat.Message{}, err
	}
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil {
		return chat.Message{}, errNoOffer
	}
	o, card, err := rq.openingOf(draft)
	if err != nil || card != nil {
		return orCard(card, err)
	}
	o.fan(Fan{Over: overHomes, Notice: noticeAnnounce, At: rq.now, Until: o.Deadline})
	rq.tx.put(o)
	rq.tx.remove(draft.Ref())
	return chat.Message{
		Title: "Offered",
		Body: []chat.Text{
			chat.T(chat.Strong(o.Title), " is in residency browse now, and I post it once in every channel for announcements."),
			chat.T("People apply until ", rq.app.closes(o, rq.me), ". Then I write to the leads of your lab: you have a week to say whom you would like, one tap each."),
		},
		Rows: []chat.Row{chat.NewRow(chat.Button{Label: "Show it", Ref: chat.Ref{Route: "residency.show", ID: o.ID}})},
	}, nil
}

// closes shows the last minute to apply, in the reader's zone; nil for a place. A
// day that ends is easier read as its own 23:59 than as the next one's midnight.
func (a *App) closes(o *Opening, to *Person) chat.When { return a.lastMinute(o.Deadline, o, to) }

// ranked shows the last minute to rank.
func (a *App) ranked(o *Opening, to *Person) chat.When { return a.lastMinute(o.rankBy(), o, to) }

func (a *App) lastMinute(end time.Time, o *Opening, to *Person) chat.When {
	zone, at := o.Zone, end.Add(-time.Minute)
	if to != nil && !to.Zone.IsZero() {
		zone = to.Zone
	}
	return chat.When{At: at, Fallback: a.zones.FormatFull(at, zone)}
}

// withdrawOpeningForm asks why.
func (rq *request) withdrawOpeningForm() (chat.Form, error) {
	_, err := rq.withdrawable(controlID(rq.event))
	return chat.Form{
		Ref: controlRef(rq.event), Title: "Withdraw an opening", Submit: "Next",
		Fields: []chat.FormField{{Name: "reason", Label: "Why?", Hint: "Everybody who applied reads it", Required: true, Max: maxReason}},
	}, err
}

// withdrawable is the opening of a control, for its lab's leads.
func (rq *request) withdrawable(id string) (*Opening, error) {
	o, err := rq.opening(id)
	if err != nil {
		return nil, err
	}
	if err := rq.may(Edit, o.object(), "Only the leads of the lab that offers this can withdraw it. Nothing has changed."); err != nil {
		return nil, err
	}
	if o.State == OpeningWithdrawn || o.State == OpeningOver {
		return nil, denied("This opening is over already. Nothing has changed.")
	}
	return o, rq.notWhileBusy()
}

// withdrawOpeningSent asks for the second tap.
func (rq *request) withdrawOpeningSent() (chat.Message, error) {
	id, _ := rq.control()
	o, err := rq.withdrawable(id)
	if err != nil {
		return chat.Message{}, err
	}
	reason := chat.CleanLine(rq.args["reason"])
	if err := needed(reason, maxReason, "Say in a few words why. Everybody who applied reads it."); err != nil {
		return chat.Message{}, err
	}
	draftID, err := rq.app.ids.id()
	if err != nil {
		return chat.Message{}, err
	}
	draft := &Draft{ID: draftID, By: rq.me.ID, Values: map[string]string{"reason": reason}, Then: chat.Ref{Route: "residency.withdraw", ID: o.ID}, At: rq.now}
	rq.tx.put(draft)
	return rq.withdrawCard(o, draft)
}

// withdrawCard asks for the second tap with the number of whoever applied. Who is
// kept away is told like everybody, and counts for none, as for the lab's leads.
func (rq *request) withdrawCard(o *Opening, draft *Draft) (chat.Message, error) {
	people, err := rq.applicantsSeen(o)
	if err != nil {
		return chat.Message{}, err
	}
	reason := draft.Values["reason"]
	return chat.Message{
		Title: "Withdraw " + clip(o.Title, 60) + " for good?",
		Body:  []chat.Text{chat.T("Whoever applied is told, with your reason: ", reason)},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: fmt.Sprintf("Withdraw it and tell %s", counted(len(people), "person", "people")), Ref: chat.Ref{Route: "residency.withdraw.yes", ID: joinID(draft.ID, len(people))}, Tone: chat.Danger},
			chat.Button{Label: "Keep it", Ref: chat.Ref{Route: "residency.show", ID: o.ID}},
		)},
	}, nil
}

// withdrawOpeningNow withdraws an opening and has its applicants told.
func (rq *request) withdrawOpeningNow() (chat.Message, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil || draft.Then.Route != "residency.withdraw" {
		return chat.Message{}, errNoOffer
	}
	o, err := rq.withdrawable(draft.Then.ID)
	if err != nil {
		return chat.Message{}, err
	}
	people, err := rq.applicantsSeen(o)
	if err != nil {
		return chat.Message{}, err
	}
	if shown := rq.shownCount(); mustAsk(shown, len(people)) {
		m, err := rq.withdrawCard(o, draft)
		return recounted(m, shown, len(people)), err
	}
	if err := rq.spoil(o.Run); err != nil {
		return chat.Message{}, err
	}
	o.State, o.Reason = OpeningWithdrawn, draft.Values["reason"]
	o.fan(Fan{Over: overPeople, Notice: noticeCancelled, At: rq.now})
	o.fan(Fan{Over: overCards, Notice: noticeRefresh, At: rq.now})
	rq.tx.put(o)
	rq.tx.remove(draft.Ref())
	return chat.Message{Title: "Withdrawn", Body: []chat.Text{chat.T(chat.Strong(o.Title), " is no longer offered. I tell whoever applied.")}}, nil
}
