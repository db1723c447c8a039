package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
)

// workPrepare looks whether a talk lacks something, so many days before, and
// noticePrepare tells whoever proposed it, on one card that is kept up to date.
const (
	workPrepare   = "prepare"
	noticePrepare = "prepare"
)

// prepareDays are when it is looked, in days before the start.
var prepareDays = []int{21, 7, 1} //nolint:gochecknoglobals // a table

// weekDays is how early the talks of a series are looked at: each has one before.
const weekDays = 7

// preparing is the work of looking, anew for each time of the talk. What was
// proposed later than one of these days is looked at on the next one.
func (c *Colloquium) preparing() []Work {
	if c.Proposer == "" || c.State != Proposed && c.State != Announced {
		return nil
	}
	var due []Work
	for _, days := range prepareDays {
		if c.Part != nil && days > weekDays {
			continue // its other talks are nearer
		}
		name := joinID(workPrepare, days, c.Timing)
		if at := c.Start.AddDate(0, 0, -days); at.After(c.Timed) && !slices.Contains(c.Done, name) {
			due = append(due, Work{name, at})
		}
	}
	return due
}

// missing is what a talk lacks, a sentence each. The talks of a series need no
// abstract of their own.
func (c *Colloquium) missing() []string {
	var lacks []string
	for _, s := range c.unsaid() {
		lacks = append(lacks, s.Name+" has not said yet whether they speak.")
	}
	if c.Speaker == unnamed || c.Speaker == "" {
		lacks = append(lacks, "Nobody is named yet who speaks.")
	}
	if strings.TrimSpace(c.Where) == "" {
		lacks = append(lacks, "There is neither a room nor a link.")
	}
	if c.Abstract == "" && c.Part == nil {
		lacks = append(lacks, "There is no abstract; people decide by it whether they come.")
	}
	return lacks
}

// lookPrepared tells whoever proposed a talk what it lacks, once, and afterwards
// keeps that card up to date.
func (a *App) lookPrepared(tx *Tx, c *Colloquium, work string) error {
	c.Done = append(c.Done, work)
	if c.begun(tx.now) || c.Ready != (chat.Posted{}) {
		return a.showPrepared(tx, c)
	}
	if len(c.missing()) == 0 {
		return nil
	}
	return a.eachPerson(tx, []string{c.Proposer}, func(p *Person) error {
		a.tell(tx, p, Delivery{Notice: work, Subject: c.Ref(), NotBefore: a.heard(p, tx.now, c.Start), Until: c.Start})
		return nil
	})
}

// showPrepared has the card show how the talk stands now. The edit is the person's,
// as the card is, so that it goes when they leave.
func (a *App) showPrepared(tx *Tx, c *Colloquium) error {
	if c.Ready == (chat.Posted{}) {
		return nil
	}
	return a.eachPerson(tx, []string{c.Proposer}, func(p *Person) error {
		a.tell(tx, p, Delivery{Edit: c.Ready, Notice: joinID(noticePrepare, c.Edition), Subject: c.Ref(), NotBefore: tx.now, Until: c.end()})
		return nil
	})
}

// prepareNews is the card, which is sent only where something is missing.
func (a *App) prepareNews(tx *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	nothing := len(c.missing()) == 0 || c.State != Proposed && c.State != Announced || c.begun(tx.now)
	if to.ID != c.Proposer || nothing && c.Ready == (chat.Posted{}) {
		return chat.Message{}, errMoot
	}
	return a.prepareCard(tx, c, to)
}

// prepareCard says what a talk lacks.
func (a *App) prepareCard(tx *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	lacks := c.missing()
	m := chat.Message{
		Title: "Still open: " + c.Title,
		Body:  []chat.Text{chat.T("It is on ", a.talkWhen(c, to), ".")},
		Note:  chat.T("Only you see this. I look three weeks, a week and a day before, and keep this card up to date."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "Change", Ref: chat.Ref{Route: changeRoute, ID: joinID(c.ID, c.Edition)}, Tone: chat.Main},
			detailsButton(c),
		)},
	}
	switch {
	case c.State == Cancelled:
		m.Title, m.Body, m.Rows = "Cancelled: "+c.Title, []chat.Text{chat.T("The talk does not take place, so there is nothing to prepare.")}, nil
	case c.State == Over || c.begun(tx.now):
		m.Title, m.Body, m.Rows = "Begun: "+c.Title, []chat.Text{chat.T("The talk has begun, so there is nothing to prepare any more.")}, nil
	case len(lacks) == 0:
		m.Title = "Ready: " + c.Title
		m.Body = append(m.Body, chat.T("Who speaks, the place and what it is about are all there."))
		m.Rows = []chat.Row{chat.NewRow(detailsButton(c))}
	}
	if m.Rows == nil {
		m.Note = nil
		return m, nil
	}
	for _, text := range lacks {
		m.Body = append(m.Body, chat.T(text))
	}
	return m, nil
}

// landPrepare notes where the card is, for edits.
func landPrepare(tx *Tx, d *Delivery) error {
	c, err := load[*Colloquium](tx, KindColloquium, d.Subject.ID)
	if err != nil {
		return ignoreMissing(err)
	}
	if d.Edit != (chat.Posted{}) || d.To == "" || d.To != c.Proposer {
		return nil
	}
	c.Ready = d.Posted
	tx.put(c)
	return nil
}

// noticeUnheard mentions below a talk whoever has to do with it and is not on its
// list; the number behind it is their place among the talk's people.
const noticeUnheard = "unheard"

// missedByStaff lets whoever proposed a talk or speaks know in its thread, once,
// that there is something they did not get, as the code that they are to show.
func (a *App) missedByStaff(tx *Tx, c *Colloquium, d *Delivery) error {
	place := slices.Index(c.staff(), d.To)
	notice := joinID(noticeUnheard, place)
	if place < 0 || c.State != Announced || slices.Contains(c.Done, notice) {
		return nil
	}
	p, err := load[*Person](tx, KindPerson, d.To)
	if err != nil {
		return ignoreMissing(err)
	}
	under, err := postNear(tx, c, p)
	if err != nil || under == (chat.Posted{}) {
		return err
	}
	c.Done = append(c.Done, notice)
	tx.put(c)
	a.say(tx, Delivery{Under: under, Notice: notice, Subject: c.Ref(), Until: later(d.Until, tx.now.Add(time.Hour))})
	return nil
}

// unheardNews is the mention. It says nothing of what it was.
func (a *App) unheardNews(tx *Tx, c *Colloquium, d *Delivery) (chat.Message, error) {
	staff, place := c.staff(), numberOf(d.Notice)
	if place < 0 || place >= len(staff) {
		return chat.Message{}, errMoot
	}
	p, err := load[*Person](tx, KindPerson, staff[place])
	if errors.Is(err, errNotFound) {
		return chat.Message{}, errMoot
	}
	if err != nil {
		return chat.Message{}, err
	}
	return chat.Message{Body: []chat.Text{chat.T(p.mention(), ", I cannot write to you directly. Allow direct messages from me, or press “Details” on this talk: what you need is there, for you alone.")}}, nil
}
