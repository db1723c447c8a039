package bot

import "interlab/bot/chat"

func answerRoutes() []route {
	return []route{
		{name: "match.yes", show: chat.ShowInPlace, changes: true, do: (*request).yes, subject: KindMatch},
		{name: "match.yes.contact", show: chat.ShowForm, form: (*request).yesForm, subject: KindMatch},
		{name: "match.yes.contact.sent", show: chat.ShowPrivate, changes: true, do: (*request).yesWithContact, check: contactProblems, subject: KindMatch},
		{name: "match.notnow", show: chat.ShowInPlace, changes: true, do: (*request).notNow, subject: KindMatch},
		{name: "match.no", show: chat.ShowInPlace, changes: true, do: (*request).no, subject: KindMatch},
	}
}

// asked is the open ask that the control names, for the one who was asked. An
// ask that has ended is refused with what became of it; done reports that the
// same answer was given before.
func (rq *request) asked(same State) (m *Match, done bool, err error) {
	m, err = rq.match()
	if err != nil {
		return nil, false, err
	}
	if err := rq.may(Answer, m.object(m.Asked), "This question is for somebody else. Nothing has changed."); err != nil {
		return nil, false, err
	}
	switch m.State {
	case Asked:
		return m, false, nil
	case same:
		return m, true, nil
	case Introduced, Closed:
		return nil, false, denied("You said yes to this on %s. Type match list to see where it stands.", rq.app.day(m.Began, rq.me))
	case NotNow, Expired, Withdrawn:
	}
	return nil, false, denied("This ask ended on %s, so nothing was sent. If the topic interests you, look for them: match find.", rq.app.day(m.EndedAt, rq.me))
}

// yes introduces the two, once there is a contact to share.
func (rq *request) yes() (chat.Message, error) {
	m, done, err := rq.asked(Introduced)
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.along([]string{m.Asker}); err != nil {
		return chat.Message{}, err
	}
	asker, err := load[*Person](rq.tx, KindPerson, m.Asker)
	if err != nil {
		return chat.Message{}, err
	}
	if done {
		return rq.app.introCard(rq.tx, m, rq.me, asker)
	}
	if rq.me.Contact == "" {
		return contactCard("So that "+asker.shownFirst()+" can write to you, say first how you can be reached.", "match.yes.contact", m.ID,
			chat.Button{Label: "Not now", Ref: chat.Ref{Route: "match.notnow", ID: m.ID}},
			chat.Button{Label: "No", Ref: chat.Ref{Route: "match.no", ID: m.ID}}), nil
	}
	m.introduce(rq.now, map[string]string{asker.ID: asker.Contact, rq.me.ID: rq.me.Contact})
	m.offer(rq.app.commonTimes(m, asker, rq.me, rq.now))
	rq.tx.put(m)
	if err := freePlaces(rq.tx, m); err != nil {
		return chat.Message{}, err
	}
	rq.app.tell(rq.tx, asker, Delivery{Notice: noticeIntro, Subject: m.Ref()})
	return rq.app.introCard(rq.tx, m, rq.me, asker)
}

// yesForm asks whoever was asked for one contact.
func (rq *request) yesForm() (chat.Form, error) {
	if _, _, err := rq.asked(Introduced); err != nil {
		return chat.Form{}, err
	}
	return rq.contactForm()
}

// yesWithContact takes a contact and says yes at once.
func (rq *request) yesWithContact() (chat.Message, error) {
	if _, done, err := rq.asked(Introduced); err != nil || done {
		return chat.Message{}, err
	}
	if err := rq.takeContact(); err != nil {
		return chat.Message{}, err
	}
	return rq.yes()
}

// notNow ends the ask with a kind word, told at once.
func (rq *request) notNow() (chat.Message, error) {
	m, done, err := rq.asked(NotNow)
	if err != nil {
		return chat.Message{}, err
	}
	if !done {
		asker, err := load[*Person](rq.tx, KindPerson, m.Asker)
		if err != nil {
			return chat.Message{}, err
		}
		if err := rq.endAsk(m, NotNow); err != nil {
			return chat.Message{}, err
		}
		rq.app.tell(rq.tx, asker, Delivery{Notice: noticeNotNow, Subject: m.Ref()})
	}
	return chat.Message{
		Title: "Not now",
		Body:  []chat.Text{chat.T("I tell them kindly that it does not suit you at the moment. They may ask again after 30 days.")},
		Note:  chat.T("To be found by nobody for a while, type ", chat.Code("profile pause until:\"in 4 weeks\""), "."),
	}, nil
}

// no is private: until the ask's last day the asker sees what silence shows.
func (rq *request) no() (chat.Message, error) {
	m, _, err := rq.asked(Asked)
	if err != nil {
		return chat.Message{}, err
	}
	m.Refused = true
	rq.tx.put(m)
	return chat.Message{
		Title: "No, and only you know",
		Body: []chat.Text{chat.T("They are not told. On ", rq.app.day(m.ends(), rq.me),
			" they learn that no answer came, as they would if you had said nothing. I do not remind you of this ask again.")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Never match me with them", Ref: chat.Ref{Route: "match.never", ID: m.ID}},
			chat.Button{Label: "I have changed my mind: yes", Ref: chat.Ref{Route: "match.yes", ID: m.ID}},
		)},
	}, nil
}

// askCard is the question to the one who was asked.
func (a *App) askCard(tx *Tx, m *Match, asked, asker *Person) (chat.Message, error) {
	lab, err := a.shownLab(tx, asker, false)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{
		Title: withoutLinks(asker.askingName()) + " of " + lab + " would like to talk to you",
		Body: []chat.Text{
			chat.T("They are looking for somebody on ", chat.Strong(clip(withoutLinks(m.Topic), 300)), ", ", m.Purpose.phrase(), ". ", reasonsFor(m)),
		},
		Note: chat.T("Without an answer this ends by itself on ", a.day(m.ends(), asked), ". A no stays between you and me."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Yes, introduce us", Ref: chat.Ref{Route: "match.yes", ID: m.ID}, Tone: chat.Main},
			chat.Button{Label: "Not now", Ref: chat.Ref{Route: "match.notnow", ID: m.ID}},
			chat.Button{Label: "No", Ref: chat.Ref{Route: "match.no", ID: m.ID}},
		)},
	}
	if about := aboutAsker(asker); len(about) > 0 {
		card.Fields = []chat.Field{{Name: "About " + aboutWhom(asker), Value: about}}
	}
	err = a.listedAsk(tx, &card, asked)
	return card, err
}

// reasonsFor says to the one who was asked why it was them.
func reasonsFor(m *Match) string {
	clauses := because(m.topReasons(), "share", "look for", "write about")
	if len(clauses) == 0 {
		return ""
	}
	return "I thought of you because you " + sentenceList(clauses) + "."
}

// aboutWhom is whose topics stand on an ask.
func aboutWhom(asker *Person) string {
	if asker.asksByName() {
		return withoutLinks(firstName(asker.Name))
	}
	return "them"
}

// aboutAsker is what an asker has told about themselves. Links are left out: a
// first message from a stranger carries none.
func aboutAsker(p *Person) chat.Text {
	var parts []string
	if !p.showsTopics(false) {
		return nil
	}
	if len(p.Shares) > 0 {
		parts = append(parts, "shares "+sentenceList(p.Shares[:min(len(p.Shares), maxReasons)]))
	}
	if len(p.Seeks) > 0 {
		parts = append(parts, "looks for "+sentenceList(p.Seeks[:min(len(p.Seeks), maxReasons)]))
	}
	if len(parts) == 0 {
		return nil
	}
	return chat.T(withoutLinks(capital(sentenceList(parts)) + "."))
}
