package bot

import (
	"errors"
	"fmt"

	"interlab/bot/chat"
)

func speakingRoutes() []route {
	return []route{
		{name: "colloquium.speak", show: chat.ShowInPlace, changes: true, do: (*request).speak, subject: KindColloquium},
		{name: "colloquium.record", show: chat.ShowPrivate, changes: true, do: (*request).record, subject: KindColloquium},
	}
}

// The answers of a speaker, as a control carries them.
const (
	speakRecorded = iota
	speakUnrecorded
	speakNot
)

// speakerOf is a person's line among the speakers, or nil.
func (c *Colloquium) speakerOf(person string) *Speaker {
	if i := speakerIndex(c.Speakers, person); i >= 0 {
		return &c.Speakers[i]
	}
	return nil
}

// askSpeaker asks somebody whether they speak, and whether they may be recorded.
func (a *App) askSpeaker(tx *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	s := c.speakerOf(to.ID)
	if s == nil || s.Speaks != "" || c.State != Proposed && c.State != Announced {
		return chat.Message{}, errMoot
	}
	if kept, err := keptApart(tx, to, c.Proposer); err != nil || kept {
		return chat.Message{}, errors.Join(err, errMoot) // who named them reads what silence would show
	}
	host, err := a.lab(tx, c.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: "Do you speak? " + withoutLinks(c.Title),
		Body: []chat.Text{
			chat.T("Somebody of ", host, " names you as a speaker of a talk that is open to all labs, on ", a.talkWhen(c, to), fmt.Sprintf(", for %d minutes.", minutes(c))),
			chat.T("If you speak, your name stands on what everybody sees of the talk. May it be recorded? You can change your mind on the card of the talk for as long as nothing is published."),
		},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Yes, it may be recorded", Ref: chat.Ref{Route: "colloquium.speak", ID: joinID(c.ID, speakRecorded)}, Tone: chat.Main},
			chat.Button{Label: "Yes, without a recording", Ref: chat.Ref{Route: "colloquium.speak", ID: joinID(c.ID, speakUnrecorded)}},
			chat.Button{Label: "No, I do not speak", Ref: chat.Ref{Route: "colloquium.speak", ID: joinID(c.ID, speakNot)}, Tone: chat.Danger},
		)},
	}
	if a.public != "" {
		m.Body = append(m.Body, chat.T("The talk will also be on the web, at "+a.publicHost()+", with your name: everybody can read it there."))
	}
	if c.State == Proposed {
		m.Note = chat.T("Nobody else hears of the talk before you have answered.")
	}
	return m, nil
}

const notNamed = "You are not named as a speaker of this talk, so there is nothing to answer."

// spoken is the talk as the affair of those who speak.
func (c *Colloquium) spoken() Object {
	o := Object{Kind: KindColloquium}
	for _, s := range c.Speakers {
		o.People = append(o.People, s.Person)
	}
	return o
}

// speak takes the answer. The last one who was asked lets the talk go out.
func (rq *request) speak() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	s := c.speakerOf(rq.me.ID)
	_, place := rq.control()
	err = rq.may(Answer, c.spoken(), notNamed)
	switch {
	case err != nil:
		return chat.Message{}, err
	case s == nil || len(place) != 1:
		return chat.Message{}, denied(notNamed)
	case c.State != Proposed && c.State != Announced || c.begun(rq.now):
		return chat.Message{}, denied("This talk is over or was called off, so there is nothing to answer any more.")
	}
	was := c.State
	switch place[0] {
	case speakRecorded:
		s.Speaks, s.Record = Agreed, Agreed
	case speakUnrecorded:
		s.Speaks, s.Record = Agreed, Refused
	default:
		return rq.refuseToSpeak(c, s)
	}
	s.Name = rq.me.Name // whoever speaks is named, also who shows their name to few otherwise
	c.nameSpeakers()
	c.edited(rq.now)
	rq.tx.put(c)
	if err := rq.app.release(rq.tx, c); err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{Title: "You speak: " + c.Title, Body: []chat.Text{chat.T("Thank you. The talk is on ", rq.app.talkWhen(c, rq.me), ".")}}
	if c.State == Proposed {
		m.Note = chat.T("It is announced as soon as ", c.waitsFor(), ".")
	}
	if was == Proposed && c.State == Announced {
		m.Note = chat.T("It is announced in all labs now.")
		return m, rq.app.tellStaff(rq.tx, c, c.Proposer, noticeOut)
	}
	return m, nil
}

// refuseToSpeak takes somebody off the talk and tells who proposed it.
func (rq *request) refuseToSpeak(c *Colloquium, s *Speaker) (chat.Message, error) {
	if s.Speaks != Refused {
		s.Speaks, s.Record = Refused, ""
		c.nameSpeakers()
		c.edited(rq.now)
		rq.tx.put(c)
		if err := rq.app.tellStaff(rq.tx, c, c.Proposer, noticeNoSpeech); err != nil {
			return chat.Message{}, err
		}
	}
	return chat.Message{Title: "You do not speak", Body: []chat.Text{chat.T("Whoever proposed ", chat.Strong(c.Title), " is told, and names somebody else or calls it off.")}}, nil
}

func (a *App) noSpeechNews(_ *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	if c.State != Proposed && c.State != Announced {
		return chat.Message{}, errMoot
	}
	m := chat.Message{
		Title: "A speaker said no: " + c.Title,
		Body:  []chat.Text{chat.T("Somebody whom you named does not speak on ", a.talkWhen(c, to), ". Speaker now: ", c.Speaker, ". Open the talk to name somebody else, or to call it off.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Show the talk", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}, Tone: chat.Main})},
	}
	if c.State == Proposed {
		m.Note = chat.T("The talk is not announced yet.")
	}
	return m, nil
}

func (a *App) unspeakNews(_ *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	if c.speakerOf(to.ID) != nil {
		return chat.Message{}, errMoot
	}
	return chat.Message{
		Title: "Somebody else speaks: " + c.Title,
		Body:  []chat.Text{chat.T("You are no longer named as a speaker of the talk on ", a.talkWhen(c, to), ". Speaker now: ", c.Speaker, ".")},
	}, nil
}

// speaksFor reports whether the person decides about a recording: as a speaker,
// or for those who are not of this network as whoever may change the talk.
func (rq *request) speaksFor(c *Colloquium) bool {
	guests := false
	for _, s := range c.Speakers {
		guests = guests || s.Person == ""
	}
	return c.speaks(rq.me.ID) || guests && Can(rq.actor(), Edit, c.object())
}

func recordingRow(c *Colloquium) chat.Row {
	return chat.NewRow(
		chat.Button{Label: "It may be recorded", Ref: chat.Ref{Route: "colloquium.record", ID: joinID(c.ID, 1)}},
		chat.Button{Label: "Please do not record", Ref: chat.Ref{Route: "colloquium.record", ID: joinID(c.ID, 0)}},
	)
}

// record takes the consent of who speaks, or takes it back.
func (rq *request) record() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	_, place := rq.control()
	if !rq.speaksFor(c) || len(place) != 1 {
		return chat.Message{}, denied("Only who speaks can say whether this talk may be recorded. Nothing has changed.")
	}
	if c.Made[artifactRecording] != "" {
		return chat.Message{}, denied("A recording is published already. Take its link away first, with colloquium artifacts.")
	}
	said := Refused
	if place[0] == 1 {
		said = Agreed
	}
	hosts := Can(rq.actor(), Edit, c.object())
	for i, s := range c.Speakers {
		if s.Person == rq.me.ID || s.Person == "" && hosts {
			c.Speakers[i].Record = said
		}
	}
	c.edited(rq.now)
	rq.tx.put(c)
	if said == Agreed {
		return chat.Message{Body: []chat.Text{chat.T("Noted: as far as you are concerned, ", chat.Strong(c.Title), " may be recorded.")}}, nil
	}
	return chat.Message{Body: []chat.Text{chat.T("Noted: ", chat.Strong(c.Title), " is not to be recorded. The cards say so.")}}, nil
}
