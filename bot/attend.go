package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"interlab/bot/chat"
)

func attendRoutes() []route {
	return []route{
		{name: "attend.form", show: chat.ShowForm, form: (*request).attendForm, subject: KindColloquium},
		{name: "attend.form.sent", show: chat.ShowPrivate, changes: true, do: (*request).attendSent, subject: KindColloquium},
		{name: "colloquium.attend", show: chat.ShowPrivate, changes: true, do: (*request).attendTyped},
		{name: "attend.code", show: chat.ShowPrivate, changes: true, do: (*request).showCode, subject: KindColloquium},
		{name: "attend.count", show: chat.ShowForm, form: (*request).countForm, subject: KindColloquium},
		{name: "attend.count.sent", show: chat.ShowPrivate, changes: true, do: (*request).countSent, check: countProblems, subject: KindColloquium},
	}
}

func attendCommand() chat.Command {
	return chat.Command{
		Name: "attend", Summary: "Say that you are at a talk", Route: "colloquium.attend", Example: "colloquium attend code:k7m-x2p",
		Args: []chat.Arg{
			{Name: "code", Summary: "shown at the talk", Required: true},
			{Name: "talk", Summary: "its title, if several", Complete: true},
		},
	}
}

func (rq *request) attendForm() (chat.Form, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Form{}, err
	}
	t, err := rq.attendance(c)
	if err == nil && !t.came() {
		err = rq.attendable(c)
	}
	return chat.Form{
		Ref: controlRef(rq.event), Title: "You are at the talk", Submit: "I am here",
		Fields: []chat.FormField{{Name: "code", Label: "The code that is shown there", Hint: "Six letters and digits, such as k7m-x2p", Required: true, Max: 40}},
	}, err
}

func (rq *request) attendSent() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.attend(c)
}

// attendTyped takes the code of the one talk that takes codes now, or of the one
// that is named.
func (rq *request) attendTyped() (chat.Message, error) {
	talks, err := rq.attended()
	if err != nil {
		return chat.Message{}, err
	}
	name := fold(chat.CleanLine(rq.args["talk"]))
	var near []*Colloquium
	for _, c := range talks {
		if c.ID == name || strings.HasPrefix(fold(c.Title), name) {
			near = append(near, c)
		}
	}
	switch {
	case len(talks) == 0:
		return chat.Message{}, denied("No talk takes a code at the moment: a code counts from the start of its talk until three hours after the end. colloquium list shows what is to come.")
	case len(near) == 0:
		return chat.Message{}, denied("No talk that takes a code at the moment is called that. Without a title I take the one that is on.")
	case len(near) > 1:
		return chat.Message{}, denied("%d talks like that take a code at the moment. Name the one that you are at: colloquium attend code:... talk:%q", len(near), near[0].Title)
	}
	c, err := load[*Colloquium](rq.tx, KindColloquium, near[0].ID)
	if err != nil {
		return chat.Message{}, err
	}
	return rq.attend(c)
}

// attended are the talks that take a code now.
func (rq *request) attended() ([]*Colloquium, error) {
	from := rq.now.Add(-maxMinutes*time.Minute - attendFor)
	talks, _, err := page[*Colloquium](rq.tx, Page{Index: talksByStart, From: from.UnixMilli(), To: rq.now.UnixMilli()})
	if err != nil {
		return nil, err
	}
	var open []*Colloquium
	for _, c := range talks {
		if c.attends(rq.now) {
			open = append(open, c)
		}
	}
	return open, nil
}

// attendance is what is known of the person and a talk; nil for nothing.
func (rq *request) attendance(c *Colloquium) (*Attendance, error) {
	t, err := owner[*Attendance](rq.tx, attendancePair(c.ID, rq.me.ID))
	if errors.Is(err, errNotFound) {
		return nil, nil //nolint:nilnil // nothing is known, which is no error
	}
	return t, err
}

// attend takes a code.
func (rq *request) attend(c *Colloquium) (chat.Message, error) {
	t, err := rq.attendance(c)
	if err != nil {
		return chat.Message{}, err
	}
	if t.came() {
		return cameCard(c, "I had noted that already."), nil
	}
	if err := rq.attendable(c); err != nil {
		return chat.Message{}, err
	}
	if t == nil {
		id, err := rq.app.ids.id()
		if err != nil {
			return chat.Message{}, err
		}
		t = &Attendance{ID: id, Colloquium: c.ID, Person: rq.me.ID, Until: c.end().Add(attendFor)}
	}
	if t.Wrong >= attendTries {
		return chat.Message{}, denied("You have given %d codes that were none of this talk, so I take no more from you. Whoever hosts it can count you in.", t.Wrong)
	}
	rq.tx.put(t)
	if rq.fresh {
		rq.tx.put(rq.me)
	}
	if !c.isCode(rq.arg("code")) {
		t.Wrong++
		return wrongCodeCard(c, attendTries-t.Wrong), nil
	}
	if err := rq.firstTime(t); err != nil {
		return chat.Message{}, err
	}
	if _, err := rq.app.people.all(rq.ctx); err != nil { // also for their labs
		return chat.Message{}, err
	}
	t.At, t.Guest = rq.now, !slices.Contains(c.speakerLabs(rq.app.people), rq.me.Lab)
	c.count(t, 1)
	rq.tx.put(c)
	return cameCard(c, "Only you see that; whoever hosts the talk sees how many came."), nil
}

// firstTime notes whether the person had come to no talk before.
func (rq *request) firstTime(t *Attendance) error {
	before, err := listAll[*Attendance](rq.tx, attendancesBy+rq.me.ID)
	t.First = !slices.ContainsFunc(before, (*Attendance).came)
	return err
}

// attendable refuses a code where none counts.
func (rq *request) attendable(c *Colloquium) error {
	if err := rq.may(Join, Object{Kind: KindAttendance}, "You cannot say here that you were at a talk. Ask an organiser."); err != nil {
		return err
	}
	switch {
	case c.State == Cancelled:
		return denied("This talk was cancelled, so there is nothing to be at. The reason given: %s", c.Reason)
	case c.State == Proposed || !c.begun(rq.now):
		return denied("This talk begins on %s. Its code is shown there, and counts from then on.", rq.talkTime(c))
	case !c.attends(rq.now):
		return denied("Codes of this talk counted until three hours after its end, and that is over. Whoever hosts it can still count who came.")
	case c.Code == "":
		return denied("This talk has no code yet. Whoever hosts it makes one on its card.")
	}
	return nil
}

// cameCard tells somebody that they were there.
func cameCard(c *Colloquium, note string) chat.Message {
	m := chat.Message{
		Title: "You are at the talk",
		Body:  []chat.Text{chat.T("Noted: you came to ", chat.Strong(c.Title), ". What comes of it, slides for instance, reaches you from me.")},
		Note:  chat.T(note),
		Rows:  []chat.Row{chat.NewRow(askButton(c))},
	}
	if len(c.Made) > 0 {
		m.Body = append(m.Body, chat.T("There is already: ", madeText(c)))
	}
	return m
}

// wrongCodeCard tells how often somebody may try again.
func wrongCodeCard(c *Colloquium, left int) chat.Message {
	m := chat.Message{
		Title: "That is not the code",
		Body:  []chat.Text{chat.T("The code of ", chat.Strong(c.Title), " is another one. It is shown at the talk and has six letters and digits.")},
	}
	if left == 0 {
		m.Note = chat.T("That was the last try. Whoever hosts the talk can count you in.")
		return m
	}
	m.Note = chat.T(fmt.Sprintf("You can try %s more.", counted(left, "time", "times")))
	m.Rows = []chat.Row{chat.NewRow(attendButton(c, "Try again"))}
	return m
}

func attendButton(c *Colloquium, label string) chat.Button {
	return chat.Button{Label: label, Ref: chat.Ref{Route: "attend.form", ID: c.ID}, Tone: chat.Main}
}
