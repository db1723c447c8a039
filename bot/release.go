package bot

import (
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
)

// What whoever has to do with a talk is told of it, wherever they stand on its
// list.
const (
	noticeSpeak    = "speak"    // to a speaker: is it so?
	noticeUnspeak  = "unspeak"  // to a speaker: somebody else speaks
	noticeNoSpeech = "nospeech" // to the proposer: a speaker says no
	noticeApprove  = "approve"  // to organisers
	noticeRefused  = "refused"  // to the proposer
	noticeOut      = "out"      // to the proposer: it is announced
)

// staffNotices say them.
var staffNotices = map[string]func(a *App, tx *Tx, c *Colloquium, to *Person) (chat.Message, error){
	noticeSpeak:    (*App).askSpeaker,
	noticeUnspeak:  (*App).unspeakNews,
	noticeNoSpeech: (*App).noSpeechNews,
	noticeApprove:  (*App).askApproval,
	noticeRefused:  (*App).refusedNews,
	noticeOut:      (*App).outNews,
	noticeAsked:    (*App).askedNews,
	noticeFollowed: (*App).followedNews,
	noticeCode:     (*App).codeNews,
	noticeAfter:    (*App).afterNews,
	noticePrepare:  (*App).prepareNews,
}

// launch keeps a new talk. It is announced at once unless a speaker of this
// network or an organiser is to be asked first.
func (rq *request) launch(c *Colloquium) (chat.Message, error) {
	wanted, err := rq.app.wantsApproval(rq.tx)
	if err != nil {
		return chat.Message{}, err
	}
	c.Asking = wanted && !Can(rq.actor(), Settle, Object{Kind: KindColloquium})
	rq.tx.put(c)
	if err := rq.app.release(rq.tx, c); err != nil {
		return chat.Message{}, err
	}
	if c.State == Announced {
		return rq.announced(c)
	}
	if err := rq.app.askSpeakers(rq.tx, c); err != nil {
		return chat.Message{}, err
	}
	if c.Asking {
		if err := rq.app.tellOrganisers(rq.tx, Delivery{Notice: noticeApprove, Subject: c.Ref(), Until: c.Start}); err != nil {
			return chat.Message{}, err
		}
	}
	return chat.Message{
		Title: "Not announced yet",
		Body:  []chat.Text{chat.T(chat.Strong(c.Title), " is announced as soon as ", c.waitsFor(), ". I have asked; you hear from me.")},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Show the talk", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}})},
		Note:  chat.T("Until then nobody else sees it."),
	}, nil
}

// waitsFor says what a talk waits for.
func (c *Colloquium) waitsFor() string {
	var waits []string
	for _, s := range c.unsaid() {
		waits = append(waits, s.Name+" says that they speak")
	}
	if c.Asking {
		waits = append(waits, "an organiser approves it")
	}
	return sentenceList(waits)
}

// release announces a talk that waits for nothing any more.
func (a *App) release(tx *Tx, c *Colloquium) error {
	if c.State != Proposed || c.Asking || len(c.unsaid()) > 0 {
		return nil
	}
	c.State, c.At, c.Changed, c.Timed, c.Dirty = Announced, tx.now, tx.now, tx.now, time.Time{}
	c.fan(Fan{Over: overHomes, Notice: noticeAnnounce, At: tx.now, Until: c.end()})
	c.fan(Fan{Over: overFollowers, Notice: noticeAnnounce, At: tx.now, Until: c.Start})
	return a.showPrepared(tx, c)
}

// askSpeakers asks every person who is said to speak and has said nothing.
func (a *App) askSpeakers(tx *Tx, c *Colloquium) error {
	for _, s := range c.unsaid() {
		if err := a.tellStaff(tx, c, s.Person, noticeSpeak); err != nil {
			return err
		}
	}
	return nil
}

// tellStaff tells one person; one who is gone hears nothing.
func (a *App) tellStaff(tx *Tx, c *Colloquium, id, notice string) error {
	p, err := load[*Person](tx, KindPerson, id)
	if errors.Is(err, errNotFound) || id == "" {
		return nil
	}
	if err != nil {
		return err
	}
	a.tell(tx, p, Delivery{Notice: notice, Subject: c.Ref(), Until: c.Start, NotBefore: a.heard(p, tx.now, c.Start)})
	return nil
}

// refuse ends a talk that was never announced.
func (a *App) refuse(tx *Tx, c *Colloquium, reason string) error {
	c.State, c.Reason, c.Declined, c.Changed = Cancelled, reason, true, tx.now
	p, err := load[*Person](tx, KindPerson, c.Proposer)
	if errors.Is(err, errNotFound) {
		return nil
	}
	if err == nil {
		a.tell(tx, p, Delivery{Notice: noticeRefused, Subject: c.Ref()})
	}
	return err
}

// swap gives a talk other speakers: those who are new are asked, those who are
// not speakers any more are told.
func (rq *request) swap(c *Colloquium, speakers []Speaker) error {
	before := c.Speakers
	c.Speakers = speakers
	for _, s := range before {
		if i := speakerIndex(speakers, s.Person); i >= 0 {
			speakers[i] = s
			continue
		}
		if s.Person == rq.me.ID || s.Speaks == Refused {
			continue
		}
		if err := rq.app.tellStaff(rq.tx, c, s.Person, noticeUnspeak); err != nil {
			return err
		}
	}
	c.nameSpeakers()
	if err := rq.app.release(rq.tx, c); err != nil {
		return err
	}
	return rq.app.askSpeakers(rq.tx, c)
}

// speakerIndex is the place of a person among speakers, or -1.
func speakerIndex(speakers []Speaker, person string) int {
	for i, s := range speakers {
		if person != "" && s.Person == person {
			return i
		}
	}
	return -1
}

// proposedCard is a talk that is not announced yet, for whoever has to do with
// it. Others learn nothing of it.
func (rq *request) proposedCard(c *Colloquium, m chat.Message) (chat.Message, error) {
	if c.speakerOf(rq.me.ID) == nil && !Can(rq.actor(), Edit, c.object()) {
		return chat.Message{}, denied("This talk is no longer kept here, so nothing was done. colloquium list shows what is on.")
	}
	m.Title = "Not announced yet: " + c.Title
	m.Fields = m.Fields[:whereField(m)+1]
	m.Note = chat.T("It is announced as soon as ", c.waitsFor(), ".")
	m.Rows = rq.hostRows(c)
	return m, nil
}

func (a *App) refusedNews(_ *Tx, c *Colloquium, _ *Person) (chat.Message, error) {
	return chat.Message{
		Title: "Not announced: " + c.Title,
		Body:  []chat.Text{chat.T("The talk that you proposed is not announced. The reason given: ", c.Reason)},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Propose another one", Ref: chat.Ref{Route: proposeRoute}})},
	}, nil
}

func (a *App) outNews(_ *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	if c.State != Announced {
		return chat.Message{}, errMoot
	}
	if c.Part != nil {
		return chat.Message{
			Title: "Announced: " + c.Title,
			Body:  []chat.Text{chat.T("An organiser approved the series, ", c.Part.Words, ". The first talk is on ", a.talkWhen(c, to), "; each is posted two weeks before it takes place.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Show the talk", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}})},
		}, nil
	}
	return chat.Message{
		Title: "Announced: " + c.Title,
		Body:  []chat.Text{chat.T("Nothing is in the way any more: the talk on ", a.talkWhen(c, to), fmt.Sprintf(", for %d minutes, is announced in all labs.", minutes(c)))},
		Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Show the talk", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}})},
	}, nil
}
