package bot

import (
	"errors"
	"fmt"

	"interlab/bot/chat"
)

func askRoutes() []route {
	return []route{
		{name: "match.ask", show: chat.ShowPrivate, changes: true, do: (*request).ask, subject: KindSearch, matches: true},
		{name: "match.ask.contact", show: chat.ShowForm, form: (*request).contactForm},
		{name: "match.ask.contact.sent", show: chat.ShowPrivate, changes: true, do: (*request).askWithContact, check: contactProblems, subject: KindSearch, matches: true},
		{name: "match.withdraw", show: chat.ShowPrivate, changes: true, do: (*request).withdraw, subject: KindMatch},
	}
}

// ask asks one person of a search's answer.
func (rq *request) ask() (chat.Message, error) {
	search, found, err := rq.chosen()
	if err != nil {
		return chat.Message{}, err
	}
	if rq.me.Joined.IsZero() {
		return rq.joinFirst("First tell them who is asking", "Nobody likes a question from a stranger. Join in two short steps, then I ask them for you.", controlRef(rq.event))
	}
	if rq.me.Contact == "" {
		return contactCard("So that they can answer you, say first how you can be reached.", "match.ask.contact", controlRef(rq.event).ID), nil
	}
	asked, err := rq.askable(found.Person)
	if err != nil {
		return chat.Message{}, err
	}
	if crossing, err := rq.crossing(asked); err != nil || crossing != nil {
		return rq.alreadyOpen(crossing, asked, err)
	}
	if len(rq.me.Asking) >= maxAsking {
		return chat.Message{}, rq.tooManyAsks()
	}
	if err := rq.tooManyThisWeek(); err != nil {
		return chat.Message{}, err
	}
	return rq.sendAsk(search, found, asked)
}

// chosen is the place in a search that the control names.
func (rq *request) chosen() (*Search, Found, error) {
	id, place := rq.control()
	search, err := load[*Search](rq.tx, KindSearch, id)
	if errors.Is(err, errNotFound) {
		return nil, Found{}, denied("This answer is more than a month old. Please look again: match find and your topic.")
	}
	if err != nil {
		return nil, Found{}, err
	}
	err = rq.may(Ask, Object{Kind: KindSearch, People: []string{search.By}}, "This answer was for somebody else. To look for yourself, type match find and a topic.")
	if err != nil {
		return nil, Found{}, err
	}
	if len(place) == 1 && place[0] >= 0 && place[0] < len(search.Found) && search.Found[place[0]].Person == "" {
		return nil, Found{}, errNotNow
	}
	if len(place) != 1 || place[0] < 0 || place[0] >= len(search.Found) {
		return nil, Found{}, denied("I cannot tell whom you mean. Please look again: match find and your topic.")
	}
	return search, search.Found[place[0]], nil
}

// joinFirst keeps what the person was about to do for after they have joined.
func (rq *request) joinFirst(title, why string, then chat.Ref) (chat.Message, error) {
	id, err := rq.app.ids.id()
	if err != nil {
		return chat.Message{}, err
	}
	draft := &Draft{ID: id, By: rq.me.ID, Values: map[string]string{}, Then: then, At: rq.now}
	rq.tx.put(draft, rq.me)
	return chat.Message{
		Title: title,
		Body:  []chat.Text{chat.T(why)},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Join", Ref: chat.Ref{Route: "profile.edit", ID: draft.ID}, Tone: chat.Main})},
	}, nil
}

// errNotNow is the one answer for everybody who cannot be asked.
var errNotNow = denied("They cannot be asked at the moment. The others on the list can, or look again in some weeks.")

// askable loads the person to be asked. Why somebody cannot be asked is never
// said: a pause, a full list and a block look the same, and an ask that is open
// looks open.
func (rq *request) askable(id string) (*Person, error) {
	if err := rq.along([]string{id}, Want{Unique: openPair(rq.me.ID, id)}); err != nil {
		return nil, err
	}
	asked, err := load[*Person](rq.tx, KindPerson, id)
	if err != nil && !errors.Is(err, errNotFound) {
		return nil, err
	}
	open, err := rq.openWith(id)
	if err != nil {
		return nil, err
	}
	if asked == nil || !open && (apart(rq.me, asked) || !asked.findable(rq.now) || rq.app.awayAt(asked, rq.now)) {
		return nil, errNotNow
	}
	matches, err := rq.matches()
	if err != nil {
		return nil, err
	}
	for _, m := range matches {
		if m.other(rq.me.ID) == id && m.State != Asked && m.rests(rq.now) {
			return nil, denied("You two were in touch not long ago. Type match list to see where it stands.")
		}
	}
	return asked, nil
}

// openWith reports whether an ask is open between the two.
func (rq *request) openWith(id string) (bool, error) {
	_, err := owner[*Match](rq.tx, openPair(rq.me.ID, id))
	if errors.Is(err, errNotFound) {
		return false, nil
	}
	return err == nil, err
}

// crossing is the open ask between the two, whoever sent it, or nil.
func (rq *request) crossing(asked *Person) (*Match, error) {
	m, err := owner[*Match](rq.tx, openPair(rq.me.ID, asked.ID))
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	return m, err
}

// alreadyOpen answers a second ask: their own is told where it stands, and if
// the other one was quicker, that ask is here to be answered.
func (rq *request) alreadyOpen(m *Match, asked *Person, err error) (chat.Message, error) {
	if err != nil {
		return chat.Message{}, err
	}
	if m.Asker == rq.me.ID {
		return chat.Message{}, denied("You asked them on %s already. You hear from me when they answer, and by %s at the latest.", rq.app.day(m.AskedAt, rq.me), rq.app.day(m.ends(), rq.me))
	}
	return rq.app.askCard(rq.tx, m, rq.me, asked)
}

func (rq *request) tooManyAsks() error {
	next := rq.now.Add(askLife)
	for _, id := range rq.me.Asking {
		m, err := load[*Match](rq.tx, KindMatch, id)
		if err != nil {
			return err
		}
		if m.ends().Before(next) {
			next = m.ends()
		}
	}
	return denied("You have %d asks open, which is as many as there may be at a time. The next one ends by itself on %s at the latest; match list lets you withdraw one.", maxAsking, rq.app.day(next, rq.me))
}

// sendAsk records the ask and has the other one told in their own hours.
func (rq *request) sendAsk(s *Search, found Found, asked *Person) (chat.Message, error) {
	id, err := rq.app.ids.id()
	if err != nil {
		return chat.Message{}, err
	}
	m := &Match{
		ID: id, Asker: rq.me.ID, Asked: asked.ID, Purpose: s.Purpose, Topic: s.Topic,
		Reasons: found.Reasons, State: Asked, AskedAt: rq.now,
	}
	rq.me.Asking = append(rq.me.Asking, m.ID)
	asked.Asked = append(asked.Asked, m.ID)
	rq.tx.put(m, rq.me, asked)
	rq.app.tell(rq.tx, asked, Delivery{Notice: noticeAsk, Subject: m.Ref(), Until: m.ends()})
	lab, err := rq.app.shownLab(rq.tx, asked, false)
	if err != nil {
		return chat.Message{}, err
	}
	return chat.Message{
		Title: "Asked",
		Body: []chat.Text{chat.T(asked.shownName(), " of ", lab, " hears from me in their own working hours, ", rq.me.askedWith(), ": ",
			chat.Strong(clip(s.Topic, 120)), ", ", s.Purpose.phrase(), ".")},
		Note: chat.T("You hear from me when they answer, and by ", rq.app.day(m.ends(), rq.me), " at the latest. ", chat.Code("match list"), " shows where your asks stand."),
	}, nil
}

// askWithContact takes a contact and asks at once.
func (rq *request) askWithContact() (chat.Message, error) {
	if err := rq.takeContact(); err != nil {
		return chat.Message{}, err
	}
	return rq.ask()
}

// contactField is the field of forms that asks how somebody can be reached.
const contactField = "contact"

// takeContact keeps how the person can be reached.
func (rq *request) takeContact() error {
	if problems := contactProblems(rq.args); len(problems) > 0 {
		return denied("%s", problems[0].Text)
	}
	rq.me.Contact = chat.CleanLine(rq.args[contactField])
	rq.tx.put(rq.me)
	return nil
}

func contactProblems(values map[string]string) []chat.Problem {
	text := chat.CleanLine(values[contactField])
	if text == "" {
		return []chat.Problem{{Field: contactField, Text: "Write one way to reach you, for example a mail address."}}
	}
	if err := tooLong(text, maxContact); err != nil {
		return []chat.Problem{{Field: contactField, Text: err.Error()}}
	}
	return nil
}

// contactCard asks for a contact by a form.
func contactCard(why, form, id string, more ...chat.Button) chat.Message {
	buttons := append([]chat.Button{{Label: "Say how to reach me", Ref: chat.Ref{Route: form, ID: id}, Tone: chat.Main}}, more...)
	return chat.Message{
		Title: "One thing first",
		Body:  []chat.Text{chat.T(why)},
		Rows:  []chat.Row{chat.NewRow(buttons...)},
		Note:  chat.T("It is shown to one person at a time, and only once you both want the introduction."),
	}
}

// contactForm asks for one contact. It goes where its control came from.
func (rq *request) contactForm() (chat.Form, error) {
	return chat.Form{
		Ref: controlRef(rq.event), Title: "How to reach you", Submit: "Continue",
		Fields: []chat.FormField{{Name: contactField, Label: "How may people reach you?", Hint: "For example a mail address", Value: rq.me.Contact, Required: true, Max: maxContact}},
	}, nil
}

// withdraw takes an open ask back.
func (rq *request) withdraw() (chat.Message, error) {
	m, err := rq.match()
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.may(Withdraw, m.object(m.Asker), "This ask is somebody else's. Nothing has changed."); err != nil {
		return chat.Message{}, err
	}
	if m.State != Asked {
		return chat.Message{}, denied("This ask has ended already, so there is nothing to withdraw.")
	}
	if err := rq.endAsk(m, Withdrawn); err != nil {
		return chat.Message{}, err
	}
	return chat.Message{Title: "Withdrawn", Body: []chat.Text{chat.T("They need not answer any more, and you can ask somebody else.")}}, nil
}

// endAsk ends an open ask and frees the places it held with both.
func (rq *request) endAsk(m *Match, state State) error { return endAsk(rq.tx, m, state) }

func endAsk(tx *Tx, m *Match, state State) error {
	m.end(state, tx.now)
	tx.put(m)
	return freePlaces(tx, m)
}

// freePlaces takes a match off both people's lists of open asks.
func freePlaces(tx *Tx, m *Match) error {
	for _, id := range []string{m.Asker, m.Asked} {
		person, err := load[*Person](tx, KindPerson, id)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return fmt.Errorf("end ask %s: %w", m.ID, err)
		}
		person.Asking, person.Asked = drop(person.Asking, m.ID), drop(person.Asked, m.ID)
		tx.put(person)
	}
	return nil
}

// match is the match that the control names.
func (rq *request) match() (*Match, error) {
	id, _ := rq.control()
	m, err := load[*Match](rq.tx, KindMatch, id)
	if errors.Is(err, errNotFound) {
		return nil, denied("This is no longer kept here, so nothing was done. Type match list to see what is open.")
	}
	return m, err
}

// object is the match as rights see it, with the people whose affair it is.
func (m *Match) object(people ...string) Object { return Object{Kind: KindMatch, People: people} }
