package bot

import (
	"fmt"
	"time"

	"interlab/bot/chat"
)

func changeRoutes() []route {
	return []route{
		{name: "colloquium.move", show: chat.ShowForm, form: (*request).moveForm, subject: KindColloquium},
		{name: "colloquium.move.sent", show: chat.ShowPrivate, changes: true, do: (*request).moveSent, check: checks("when", "minutes")},
		{name: "colloquium.move.typed", show: chat.ShowPrivate, changes: true, do: (*request).moveTyped},
		{name: "colloquium.move.yes", show: chat.ShowInPlace, changes: true, do: (*request).moveNow, subject: KindDraft},
		{name: "colloquium.cancel", show: chat.ShowForm, form: (*request).cancelForm, subject: KindColloquium},
		{name: "colloquium.cancel.sent", show: chat.ShowPrivate, changes: true, do: (*request).cancelSent, check: checks("reason")},
		{name: "colloquium.cancel.typed", show: chat.ShowPrivate, changes: true, do: (*request).cancelTyped},
		{name: "colloquium.cancel.yes", show: chat.ShowInPlace, changes: true, do: (*request).cancelNow, subject: KindDraft},
		{name: changeRoute, show: chat.ShowForm, form: (*request).changeForm, subject: KindColloquium},
		{name: changeRoute + ".sent", show: chat.ShowPrivate, changes: true, do: (*request).changeSent, check: checks(changeable...)},
		{name: moreRoute, show: chat.ShowForm, form: (*request).moreForm, subject: KindColloquium},
		{name: moreRoute + ".sent", show: chat.ShowPrivate, changes: true, do: (*request).moreSent, check: checks(topicsField)},
		{name: "colloquium.change.typed", show: chat.ShowPrivate, do: (*request).changeTyped},
	}
}

// editing is the talk that somebody changes: named by a control together with
// the edition that they saw, or by a draft that keeps both.
type editing struct {
	talk    *Colloquium
	edition int
	draft   *Draft
}

// editing finds what the control names, and refuses who may not change it.
func (rq *request) editing(route string) (editing, error) {
	draft, err := rq.draft()
	if err != nil {
		return editing{}, err
	}
	id, place := rq.control()
	if draft != nil {
		if draft.Then.Route != route {
			return editing{}, errNoDraft
		}
		id, place = splitID(draft.Then.ID)
	}
	if len(place) != 1 {
		return editing{}, errNoDraft
	}
	c, err := rq.talkByID(id)
	if err != nil {
		return editing{}, err
	}
	return editing{c, place[0], draft}, rq.mayEdit(c, place[0])
}

// mayEdit refuses a change by somebody who has no right to it, of what is past,
// or on the ground of something that was changed meanwhile.
func (rq *request) mayEdit(c *Colloquium, edition int) error {
	if err := rq.may(Edit, c.object(), "Only whoever proposed this talk, the leads of its lab and organisers can change it. Nothing has changed; ask one of them."); err != nil {
		return err
	}
	switch {
	case c.State == Cancelled:
		return denied("This talk was cancelled already, on %s. Everybody concerned has been told. The reason given: %s", rq.app.day(c.Changed, rq.me), c.Reason)
	case c.State == Over || c.begun(rq.now):
		return denied("This talk began on %s, so it cannot be changed any more.", rq.talkTime(c))
	case c.Edition != edition:
		return denied("Somebody changed this talk after you had opened it: it is on %s now, %s. Nothing of yours was done; open it again with colloquium show to go on.", rq.talkTime(c), placeText(c, viewer{edits: true}, rq.now))
	}
	return nil
}

// keep keeps what was typed about a change until it is confirmed.
func (rq *request) keep(e editing, route string) (*Draft, error) {
	return rq.keepDraft(chat.Ref{Route: route, ID: joinID(e.talk.ID, e.edition)})
}

// typed begins a change of a talk that is named by its title.
func (rq *request) typed(route string) (*Draft, error) {
	c, err := rq.findTalk(rq.args["talk"])
	if err != nil {
		return nil, err
	}
	if err := rq.mayEdit(c, c.Edition); err != nil {
		return nil, err
	}
	return rq.keep(editing{talk: c, edition: c.Edition}, route)
}

func (rq *request) moveForm() (chat.Form, error) {
	form := chat.Form{
		Ref: controlRef(rq.event), Title: "Move the talk", Submit: "Next",
		Fields: []chat.FormField{
			{Name: "when", Label: "The new time", Hint: "For example: Tue 15:00, or 8 Dec 15:00 Berlin", Required: true, Max: maxSpeaker},
			{Name: "minutes", Label: "How many minutes?", Max: 8},
		},
	}
	e, err := rq.editing("colloquium.move")
	if err != nil {
		return form, err
	}
	form.Fields[0].Value = rq.app.zones.FormatFull(e.talk.Start, e.talk.Wall.Zone)
	form.Fields[1].Value = fmt.Sprint(minutes(e.talk))
	if e.draft != nil {
		form = form.Fill(e.draft.Values)
	}
	return form, nil
}

func (rq *request) moveSent() (chat.Message, error) {
	e, err := rq.editing("colloquium.move")
	if err != nil {
		return chat.Message{}, err
	}
	draft, err := rq.keep(e, "colloquium.move")
	if err != nil {
		return chat.Message{}, err
	}
	return rq.moving(draft)
}

func (rq *request) moveTyped() (chat.Message, error) {
	draft, err := rq.typed("colloquium.move")
	if err != nil {
		return chat.Message{}, err
	}
	draft.Values["when"] = rq.args["to"]
	return rq.moving(draft)
}

// moving reads the new time of a draft: the card asks to correct it, to choose,
// or to confirm.
func (rq *request) moving(draft *Draft) (chat.Message, error) {
	id, _ := splitID(draft.Then.ID)
	c, err := rq.talkByID(id)
	if err != nil {
		return chat.Message{}, err
	}
	form := chat.Ref{Route: "colloquium.move", ID: draft.ID}
	problems := termsProblems(draft.Values, "when", "minutes")
	if len(problems) > 0 {
		return fixCard(problems, form), nil
	}
	moment, unclear, err := rq.momentOf(draft, c.Wall.Zone)
	if problem, ok := asProblem("when", err); ok {
		return fixCard([]chat.Problem{problem}, form), nil
	}
	if err != nil {
		return chat.Message{}, err
	}
	if unclear != nil {
		return rq.choiceCard(unclear, draft, form.Route), nil
	}
	length := newLength(c, draft)
	if moment.Instant.Equal(c.Start) && moment.Wall == c.Wall && length == c.Length {
		return chat.Message{}, denied("That is when it takes place already, so there is nothing to move.")
	}
	lines, err := rq.elsewhere(moment.Instant, c.Lab, moment.Wall.Zone)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Move this talk?",
		Body: []chat.Text{
			chat.T(chat.Strong(c.Title), ", until now on ", rq.app.zones.FormatFull(c.Start, c.Wall.Zone), ", would be on ",
				chat.When{At: moment.Instant, Fallback: rq.app.zones.FormatFull(moment.Instant, moment.Wall.Zone)}, fmt.Sprintf(", for %d minutes.", int(length.Minutes()))),
			chat.T(concernedText(c), " would be told."),
		},
		Rows: []chat.Row{chat.NewRow(append([]chat.Button{
			{Label: "Move it", Ref: chat.Ref{Route: "colloquium.move.yes", ID: joinID(draft.ID, c.Seats.people())}, Tone: chat.Main},
			{Label: "Another time", Ref: form},
		}, followingButton(c, "Move it and all that follow", "series.move", draft)...)...)},
	}
	clashes, err := rq.clashes(&Colloquium{ID: c.ID, Lab: c.Lab, Speakers: c.Speakers, Topics: c.Topics, Start: moment.Instant, Length: length})
	if err != nil {
		return chat.Message{}, err
	}
	for _, line := range append(lines, clashes...) {
		m.Body = append(m.Body, chat.T(line))
	}
	return m, nil
}

// newLength is how long a talk that moves will be: as before, unless the draft
// says otherwise.
func newLength(c *Colloquium, draft *Draft) time.Duration {
	length, err := minutesOf(chat.Clean(draft.Values["minutes"]))
	if err != nil || draft.Values["minutes"] == "" {
		return c.Length
	}
	return length
}

// concernedText says exactly how many hear of a change.
func concernedText(c *Colloquium) string {
	people := counted(c.Seats.people(), "person", "people") + " on the list"
	if len(c.Posts) == 0 {
		return people
	}
	return people + " and " + counted(len(c.Posts), "channel", "channels")
}

// toldText says who hears of a change that was made, and when.
func toldText(c *Colloquium) string {
	also := "."
	if c.invites() {
		also = ", and who speaks."
	}
	switch {
	case (c.State == Proposed || c.Declined) && c.invites():
		return "It was not announced yet, so only who speaks is told."
	case c.State == Proposed || c.Declined:
		return "Nobody had heard of it yet, so nobody is told."
	}
	return "I tell " + concernedText(c) + also + " Who is not at work hears it in their next working hours, or at once where that would be too late."
}

// moveNow moves the talk.
func (rq *request) moveNow() (chat.Message, error) {
	e, err := rq.confirmed("colloquium.move")
	if err != nil {
		return chat.Message{}, err
	}
	moment, unclear, err := rq.momentOf(e.draft, e.talk.Wall.Zone)
	if err != nil || unclear != nil {
		return rq.moving(e.draft)
	}
	if shown, n := rq.shownCount(), e.talk.Seats.people(); mustAsk(shown, n) {
		m, err := rq.moving(e.draft)
		return recounted(m, shown, n), err
	}
	before := e.talk.Start
	e.talk.retime(moment, newLength(e.talk, e.draft), rq.now)
	if err := rq.app.tellStaffChange(rq.tx, e.talk, before, rq.me.ID); err != nil {
		return chat.Message{}, err
	}
	return rq.changed(e, "Moved", chat.T(chat.Strong(e.talk.Title), " is on ", rq.app.talkWhen(e.talk, rq.me), " now."))
}

// confirmed is what a confirming control names, which only a draft can.
func (rq *request) confirmed(route string) (editing, error) {
	draft, err := rq.draft()
	if err != nil {
		return editing{}, err
	}
	if draft == nil {
		return editing{}, errNoDraft
	}
	return rq.editing(route)
}

// changed keeps a change that everybody is told of.
func (rq *request) changed(e editing, title string, what chat.Text) (chat.Message, error) {
	rq.tx.put(e.talk)
	rq.tx.remove(e.draft.Ref())
	return chat.Message{Title: title, Body: []chat.Text{what, chat.T(toldText(e.talk))}}, nil
}

func (rq *request) cancelForm() (chat.Form, error) {
	_, err := rq.editing("colloquium.cancel")
	return chat.Form{
		Ref: controlRef(rq.event), Title: "Cancel the talk", Submit: "Next",
		Fields: []chat.FormField{{Name: "reason", Label: "Why?", Hint: "Everybody concerned reads it", Required: true, Max: maxReason}},
	}, err
}

func (rq *request) cancelSent() (chat.Message, error) {
	e, err := rq.editing("colloquium.cancel")
	if err != nil {
		return chat.Message{}, err
	}
	draft, err := rq.keep(e, "colloquium.cancel")
	if err != nil {
		return chat.Message{}, err
	}
	return rq.cancelling(e.talk, draft)
}

func (rq *request) cancelTyped() (chat.Message, error) {
	draft, err := rq.typed("colloquium.cancel")
	if err != nil {
		return chat.Message{}, err
	}
	id, _ := splitID(draft.Then.ID)
	c, err := rq.talkByID(id)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.cancelling(c, draft)
}

// cancelling asks for the second tap.
func (rq *request) cancelling(c *Colloquium, draft *Draft) (chat.Message, error) {
	if problems := termsProblems(draft.Values, "reason"); len(problems) > 0 {
		return fixCard(problems, chat.Ref{Route: "colloquium.cancel", ID: draft.ID}), nil
	}
	return chat.Message{
		Title: "Cancel this talk for good?",
		Body: []chat.Text{
			chat.T(chat.Strong(c.Title), " on ", rq.app.talkWhen(c, rq.me), " would not take place. The reason given: ", chat.Clean(draft.Values["reason"])),
			chat.T(concernedText(c), " would be told."),
		},
		Rows: []chat.Row{chat.NewRow(append([]chat.Button{
			{Label: fmt.Sprintf("Cancel it and tell %s", counted(c.Seats.people(), "person", "people")), Ref: chat.Ref{Route: "colloquium.cancel.yes", ID: joinID(draft.ID, c.Seats.people())}, Tone: chat.Danger},
			{Label: "Keep the talk", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}},
		}, followingButton(c, "Cancel it and all that follow", "series.cancel", draft)...)...)},
	}, nil
}

// cancelNow calls the talk off.
func (rq *request) cancelNow() (chat.Message, error) {
	e, err := rq.confirmed("colloquium.cancel")
	if err != nil {
		return chat.Message{}, err
	}
	if shown, n := rq.shownCount(), e.talk.Seats.people(); mustAsk(shown, n) {
		m, err := rq.cancelling(e.talk, e.draft)
		return recounted(m, shown, n), err
	}
	e.talk.cancel(chat.Clean(e.draft.Values["reason"]), rq.now)
	if err := rq.app.tellStaffChange(rq.tx, e.talk, e.talk.Start, rq.me.ID); err != nil {
		return chat.Message{}, err
	}
	return rq.changed(e, "Cancelled", chat.T(chat.Strong(e.talk.Title), " does not take place."))
}
