package bot

import (
	"fmt"

	"interlab/bot/chat"
)

// changeable is what the form of changes asks for.
var changeable = []string{"title", "speaker", "abstract", placeField, "capacity"} //nolint:gochecknoglobals // a table

// changeTyped leads to the form: what it asks for does not fit on a line.
func (rq *request) changeTyped() (chat.Message, error) {
	c, err := rq.findTalk(rq.args["talk"])
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.mayEdit(c, c.Edition); err != nil {
		return chat.Message{}, err
	}
	return rq.talkCard(c)
}

func (rq *request) changeForm() (chat.Form, error) {
	form := chat.Form{
		Ref: controlRef(rq.event), Title: "Change the talk", Submit: "Save",
		Fields: []chat.FormField{
			{Name: "title", Label: "Title", Required: true, Max: maxTalkTitle},
			{Name: "speaker", Label: "Who speaks?", Required: true, Max: maxSpeaker},
			{Name: "abstract", Label: "Abstract", Long: true, Max: maxAbstract},
			{Name: placeField, Label: "Where?", Hint: "A room, a link, or both", Max: maxWhere},
			{Name: "capacity", Label: "How many seats?", Hint: "Leave empty where there is room for everybody", Max: 10},
		},
	}
	e, err := rq.editing(changeRoute)
	if err != nil {
		return form, err
	}
	form = form.Fill(e.talk.values())
	if e.draft != nil {
		form = form.Fill(e.draft.Values)
	}
	return form, nil
}

// values are what the form of changes starts from.
func (c *Colloquium) values() map[string]string {
	values := map[string]string{"title": c.Title, "speaker": c.Speaker, "abstract": c.Abstract, placeField: c.Where}
	if c.Seats.Capacity > 0 {
		values["capacity"] = fmt.Sprint(c.Seats.Capacity)
	}
	return values
}

// changeSent takes the form. Of a talk with others behind it that can be changed
// alike, it is asked for which of them it holds.
func (rq *request) changeSent() (chat.Message, error) {
	e, err := rq.editing(changeRoute)
	if err != nil {
		return chat.Message{}, err
	}
	if problems := termsProblems(rq.args, changeable...); len(problems) > 0 {
		draft, err := rq.keep(e, changeRoute)
		if err != nil {
			return chat.Message{}, err
		}
		return fixCard(problems, chat.Ref{Route: changeRoute, ID: draft.ID}), nil
	}
	if e.talk.alike(rq.args) {
		return rq.saveAsked(e, rq.args, false)
	}
	return rq.forWhich(e, changeRoute, rq.saveAsked)
}

// saveAsked is saveChange, once it was asked whether to tell so many people.
func (rq *request) saveAsked(e editing, values map[string]string, together bool) (chat.Message, error) {
	if ask, err := rq.askChange(e); err != nil || ask != nil {
		return deref(ask), err
	}
	return rq.saveChange(e, values, together)
}

// alike reports whether nothing differs that talks of a series have in common.
func (c *Colloquium) alike(values map[string]string) bool {
	return chat.CleanLine(values["title"]) == c.Title && chat.CleanLine(values[placeField]) == c.Where
}

// saveChange keeps what the form of changes says. People are told of a new place
// and of new speakers; the rest shows on the cards. In a change of several talks
// whoever speaks or proposed it is told of the place together with the others.
func (rq *request) saveChange(e editing, values map[string]string, together bool) (chat.Message, error) {
	c := e.talk
	capacity, err := capacityOf(chat.Clean(values["capacity"]))
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{Title: "Saved"}
	before := c.Seats.Capacity
	where := chat.CleanLine(values[placeField])
	moved := where != c.Where
	hidden := c.State == Proposed
	swapped, err := rq.apply(c, values)
	if err != nil {
		return chat.Message{}, err
	}
	c.Where, c.Seats.Capacity = where, capacity
	sequence := c.Sequence
	m.Body = append(m.Body, rq.noted(c, hidden, moved, swapped))
	if c.Sequence > sequence && (swapped || !together) {
		if err := rq.app.tellStaffChange(rq.tx, c, c.Start, rq.me.ID); err != nil {
			return chat.Message{}, err
		}
	}
	offered := c.Seats.Offered
	if err := rq.app.fill(rq.tx, c, fillAtOnce); err != nil {
		return chat.Message{}, err
	}
	if capacity != before {
		m.Body = append(m.Body, chat.T(capacityNews(c.Seats, c.Seats.Offered-offered+c.Seats.vacant())))
	}
	rq.tx.put(c)
	if e.draft != nil {
		rq.tx.remove(e.draft.Ref())
	}
	return m, nil
}

// noted has a change told to whom it concerns, and says so.
func (rq *request) noted(c *Colloquium, hidden, moved, swapped bool) chat.Text {
	switch {
	case c.State == Proposed:
		c.edited(rq.now)
		return chat.T("Nobody has seen the talk yet, so nobody is told.")
	case hidden:
		return chat.T("The talk waits for nothing any more: it is announced in all labs now.")
	case !moved && !swapped:
		c.edited(rq.now)
		return chat.T("The cards in the channels show it within a few seconds.")
	}
	if swapped {
		c.Swapped = c.Sequence + 1
	}
	if moved {
		c.Placed = c.Sequence + 1
	}
	c.announceChange(noticeChanged, c.Start, rq.now)
	if swapped {
		return chat.T("Speaker now: " + c.Speaker + ". " + toldText(c))
	}
	return chat.T("The place is new. " + toldText(c))
}

// apply takes title, speaker and abstract, and reports whether others speak now.
func (rq *request) apply(c *Colloquium, values map[string]string) (swapped bool, err error) {
	c.Title, c.Abstract = chat.CleanLine(values["title"]), chat.Clean(values["abstract"])
	if chat.CleanLine(values["speaker"]) == c.Speaker {
		return false, nil
	}
	speakers, err := rq.speakersOf(values["speaker"])
	if err != nil || speakerNames(speakers) == c.Speaker {
		return false, err
	}
	return true, rq.swap(c, speakers)
}

// capacityNews says what another number of seats means for the list.
func capacityNews(s Seats, offers int) string {
	switch {
	case offers > 0:
		return counted(offers, "seat is", "seats are") + " offered to those who wait, in the order of joining."
	case s.Capacity > 0 && s.taken() > s.Capacity:
		return fmt.Sprintf("%s taken already, which is more than %d. Nobody loses a seat; until %d of them say that they cannot come, nobody moves up from the waitlist.",
			counted(s.taken(), "seat is", "seats are"), s.Capacity, s.taken()-s.Capacity+1)
	case s.Capacity == 0:
		return "There is room for everybody now."
	}
	return fmt.Sprintf("There are %d seats now, %d of them taken.", s.Capacity, s.taken())
}
