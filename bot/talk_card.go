package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
	"interlab/calendar"
)

// talkWhen shows a talk's time: in the reader's zone where it is known, else in
// the host's. to is nil for a place.
func (a *App) talkWhen(c *Colloquium, to *Person) chat.When {
	return chat.When{At: c.Start, Fallback: a.zones.FormatFull(c.Start, readerZone(c, to))}
}

// talkTime is the same in words, for a sentence.
func (rq *request) talkTime(c *Colloquium) string { return rq.app.talkWhen(c, rq.me).Fallback }

func minutes(c *Colloquium) int { return int(c.Length.Minutes()) }

// countsText says how many come.
func countsText(s Seats) string {
	text := counted(s.taken(), "person comes", "people come")
	switch {
	case s.Capacity == 0 && s.taken() == 0:
		text = "nobody yet"
	case s.Capacity > 0:
		text = fmt.Sprintf("%d of %s taken", s.taken(), counted(s.Capacity, "seat", "seats"))
	}
	for _, more := range []struct {
		n    int
		text string
	}{{s.Waiting, "on the waitlist"}, {s.Unsure, "may come"}, {s.Absent, "cannot come"}} {
		if more.n > 0 {
			text += fmt.Sprintf(", %d %s", more.n, more.text)
		}
	}
	return text
}

// announcement is the card in the channels, the same for all who see it.
func (a *App) announcement(tx *Tx, c *Colloquium) (chat.Message, error) {
	lab, err := a.lab(tx, c.Lab)
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{
		Title: c.Title,
		Fields: []chat.Field{
			{Name: "When", Value: chat.T(a.talkWhen(c, nil), fmt.Sprintf(", %d minutes", minutes(c)))},
			{Name: "Speaker", Value: a.speaker(tx, c)},
			{Name: "Host", Value: chat.T(lab)},
			{Name: "Where", Value: placeLinks(c, viewer{}, tx.now)},
			{Name: "Who comes", Value: chat.T(countsText(c.Seats))},
		},
		Note: chat.T("A colloquium is open to everybody in every lab. Your answer stays between you and me; only the counts are shown."),
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "I will come", Ref: chat.Ref{Route: "colloquium.come", ID: c.ID}, Tone: chat.Main},
			chat.Button{Label: "Maybe", Ref: chat.Ref{Route: "colloquium.maybe", ID: c.ID}},
			chat.Button{Label: "I cannot come", Ref: chat.Ref{Route: "colloquium.stay", ID: c.ID}},
			detailsButton(c),
		)},
	}
	if c.Abstract != "" {
		m.Body = []chat.Text{chat.T(c.Abstract)}
	}
	m.Fields = append(m.Fields, a.moreFields(c)...)
	switch c.State {
	case Cancelled:
		m.Title = "Cancelled: " + c.Title
		m.Body = []chat.Text{chat.T("This talk does not take place. The reason given: ", c.Reason)}
		m.Fields[4].Value, m.Note, m.Rows = chat.T("nobody any more"), nil, nil
	case Over:
		m.Title = "Over: " + c.Title
		m.Fields[4].Name = "Who was on the list"
		m.Note, m.Rows = chat.T("This talk has taken place."), []chat.Row{chat.NewRow(detailsButton(c))}
	case Announced, Proposed:
		if c.begun(tx.now) {
			m.Note = chat.T("This talk is on. Whoever is there gives the code that is shown.")
			m.Rows = []chat.Row{chat.NewRow(attendButton(c, "I am here"), detailsButton(c))}
		}
	}
	return m, nil
}

// moreFields are what only some talks have.
func (a *App) moreFields(c *Colloquium) []chat.Field {
	var fields []chat.Field
	if name := a.unusual(a.heldIn(c)); name != "" {
		fields = append(fields, chat.Field{Name: languageTitle, Value: chat.T(name)})
	}
	if c.Part != nil {
		fields = append(fields, chat.Field{Name: "Series", Value: chat.T(c.Part.Words)})
	}
	if len(c.Topics) > 0 {
		fields = append(fields, chat.Field{Name: "Topics", Value: chat.T(strings.Join(c.Topics, ", "))})
	}
	if len(c.Made) > 0 {
		fields = append(fields, chat.Field{Name: "What came of it", Value: madeText(c)})
	}
	if text := c.recordingText(); text != "" {
		fields = append(fields, chat.Field{Name: "Recording", Value: chat.T(text)})
	}
	return fields
}

// talkCard is the talk for one person: with their own place on the list, and
// what they may do with it.
func (rq *request) talkCard(c *Colloquium) (chat.Message, error) {
	m, err := rq.app.announcement(rq.tx, c)
	if err != nil {
		return m, err
	}
	m.Fields[0].Value = chat.T(rq.app.talkWhen(c, rq.me), fmt.Sprintf(", %d minutes", minutes(c)))
	if rq.me.Zone != c.Wall.Zone && !rq.me.Zone.IsZero() {
		m.Fields = slices.Insert(m.Fields, 1, chat.Field{Name: "For the host", Value: chat.T(rq.app.zones.FormatFull(c.Start, c.Wall.Zone))})
	}
	if !c.Before.IsZero() && c.Law != c.Moved { // by the clocks there, a law has moved nothing
		m.Fields = append(m.Fields, chat.Field{Name: "Moved from", Value: chat.T(rq.app.talkBefore(c, rq.me))})
	}
	r, err := rq.rsvp(c)
	if err != nil {
		return m, err
	}
	m.Fields[whereField(m)].Value = placeLinks(c, rq.viewer(c, r), rq.now)
	if c.State == Proposed {
		return rq.proposedCard(c, m)
	}
	if c.State != Announced || c.begun(rq.now) {
		return rq.afterCard(c, m)
	}
	standing, buttons, err := rq.standingOn(c, r)
	if err != nil {
		return m, err
	}
	m.Note = chat.T(standing)
	m.Rows = []chat.Row{chat.NewRow(append(buttons, askButton(c), followButton(c))...)}
	m.Rows = append(m.Rows, rq.hostRows(c)...)
	return m, nil
}

// afterRows are what can be done once a talk has begun.
func (rq *request) afterRows(c *Colloquium) []chat.Row {
	if c.State != Announced && c.State != Over {
		return nil
	}
	var rows []chat.Row
	if c.asks(rq.now) {
		rows = append(rows, chat.NewRow(askButton(c)))
	}
	if rq.mayPublish(c) {
		rows = append(rows, chat.NewRow(chat.Button{Label: "Questions", Ref: chat.Ref{Route: "question.list", ID: c.ID}}), madeRow(c))
	}
	if rq.speaksFor(c) {
		rows = append(rows, recordingRow(c))
	}
	return rows
}

func detailsButton(c *Colloquium) chat.Button {
	return chat.Button{Label: "Details", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}}
}

func askButton(c *Colloquium) chat.Button {
	return chat.Button{Label: "Ask the speaker", Ref: chat.Ref{Route: "question.form", ID: c.ID}}
}

func followButton(c *Colloquium) chat.Button {
	return chat.Button{Label: "Follow", Ref: chat.Ref{Route: followTalkRoute, ID: c.ID}}
}

// whereField is the place of the field that says where the talk is.
func whereField(m chat.Message) int {
	return slices.IndexFunc(m.Fields, func(f chat.Field) bool { return f.Name == "Where" })
}

// hostRows are what whoever may change the talk, and its speakers, can do.
func (rq *request) hostRows(c *Colloquium) []chat.Row {
	var rows []chat.Row
	if Can(rq.actor(), Edit, c.object()) {
		rows = append(rows, chat.NewRow(
			chat.Button{Label: "Move", Ref: chat.Ref{Route: "colloquium.move", ID: joinID(c.ID, c.Edition)}},
			chat.Button{Label: "Change", Ref: chat.Ref{Route: "colloquium.change", ID: joinID(c.ID, c.Edition)}},
			chat.Button{Label: "Ask for a time", Ref: chat.Ref{Route: pollRoute, ID: joinID(c.ID, c.Edition)}},
			chat.Button{Label: "Topics, link, language", Ref: chat.Ref{Route: "colloquium.more", ID: joinID(c.ID, c.Edition)}},
			chat.Button{Label: "Cancel the talk", Ref: chat.Ref{Route: "colloquium.cancel", ID: joinID(c.ID, c.Edition)}, Tone: chat.Danger},
		))
	}
	if rq.mayPublish(c) {
		rows = append(rows, chat.NewRow(chat.Button{Label: "Questions", Ref: chat.Ref{Route: "question.list", ID: c.ID}}))
	}
	if rq.speaksFor(c) {
		rows = append(rows, recordingRow(c))
	}
	return rows
}

// standingOn says where the person stands on a list, with the buttons that
// change it.
func (rq *request) standingOn(c *Colloquium, r *Rsvp) (string, []chat.Button, error) {
	stay := chat.Button{Label: "I cannot come", Ref: chat.Ref{Route: "colloquium.stay", ID: c.ID}}
	come := chat.Button{Label: "I will come", Ref: chat.Ref{Route: "colloquium.come", ID: c.ID}, Tone: chat.Main}
	maybe := chat.Button{Label: "Maybe", Ref: chat.Ref{Route: "colloquium.maybe", ID: c.ID}}
	if r == nil || !r.State.listed() {
		return "You are not on the list.", []chat.Button{come, maybe}, nil
	}
	switch r.State {
	case Offered:
		return "A seat is kept for you until " + rq.app.zones.FormatFull(r.Until, readerZone(c, rq.me)) + ".", offerButtons(c), nil
	case Waiting:
		place, err := rq.placeOf(c, r)
		return fmt.Sprintf("You are on the waitlist, place %d.", place), []chat.Button{stay}, err
	case Unsure:
		return "You may come; no seat is kept for you.", []chat.Button{come, stay}, nil
	case Going, Left, Absent:
	}
	return "You are coming.", []chat.Button{maybe, stay}, nil
}

func offerButtons(c *Colloquium) []chat.Button {
	return []chat.Button{
		{Label: "Take the seat", Ref: chat.Ref{Route: "colloquium.take", ID: c.ID}, Tone: chat.Main},
		{Label: "Let it go", Ref: chat.Ref{Route: "colloquium.pass", ID: c.ID}},
	}
}

// talkBefore is when the talk was to be before its last move.
func (a *App) talkBefore(c *Colloquium, to *Person) string {
	return a.zones.FormatFull(c.Before, readerZone(c, to))
}

// object is the colloquium as rights see it.
func (c *Colloquium) object() Object {
	return Object{Kind: KindColloquium, People: []string{c.Proposer}, Lab: c.Lab}
}

// talkFile is the talk as a file for somebody's calendar program.
func (a *App) talkFile(c *Colloquium, v viewer, now time.Time) []chat.Attachment {
	return []chat.Attachment{{Name: "colloquium.ics", Type: "text/calendar", Alt: "The talk as a calendar file", Data: a.talkEvent(c, v, now).File()}}
}

// readerZone is the zone in which somebody reads a talk's times.
func readerZone(c *Colloquium, to *Person) calendar.Zone {
	if to != nil && !to.Zone.IsZero() {
		return to.Zone
	}
	return c.Wall.Zone
}
