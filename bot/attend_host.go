package bot

import (
	"errors"
	"strconv"
	"time"

	"interlab/bot/chat"
)

// What a host and the speakers hear when a talk begins and when it is over, and
// the work that has it said.
const (
	noticeCode  = "code"
	noticeAfter = "after"
	workBegin   = "begin"
	workAfter   = "after"
)

// afterTalk is how long after its end a talk's people are asked what came of it,
// and askAfter how long that question is worth asking.
const (
	afterTalk = time.Hour
	askAfter  = 14 * 24 * time.Hour
)

// mostCame is the largest number of people that a host can count.
const mostCame = 100_000

// beginning names the work at the start, anew for each time of the talk.
func (c *Colloquium) beginning() string { return joinID(workBegin, c.Timing) }

// beginTalk makes the code when the talk begins, and gives it to the host. The
// cards have the button for it from now on.
func (a *App) beginTalk(tx *Tx, c *Colloquium, work string) error {
	c.Done = append(c.Done, work)
	if !c.attends(tx.now) {
		return nil
	}
	if err := a.codeFor(c); err != nil {
		return err
	}
	c.touch(tx.now)
	return a.eachPerson(tx, c.chairs(), func(p *Person) error {
		a.tell(tx, p, Delivery{Notice: noticeCode, Subject: c.Ref(), NotBefore: tx.now, Until: c.end().Add(attendFor)})
		return nil
	})
}

// askAround asks the speakers for what came of the talk, and the host how many
// there were.
func (a *App) askAround(tx *Tx, c *Colloquium) error {
	c.After = time.Time{}
	people := c.lecturers()
	if c.Proposer != "" && !c.speaks(c.Proposer) {
		people = append(people, c.Proposer)
	}
	return a.eachPerson(tx, people, func(p *Person) error {
		return a.nudge(tx, p, Delivery{Notice: noticeAfter, Subject: c.Ref(), Until: c.end().Add(askAfter)})
	})
}

// eachPerson does something with each of some people who are still here.
func (a *App) eachPerson(tx *Tx, ids []string, do func(*Person) error) error {
	for _, id := range ids {
		p, err := load[*Person](tx, KindPerson, id)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if err := do(p); err != nil {
			return err
		}
	}
	return nil
}

// codeNews is the code, for whoever shows it at the talk.
func (a *App) codeNews(tx *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	if c.Code == "" || !c.attends(tx.now) {
		return chat.Message{}, errMoot
	}
	return chat.Message{
		Title: "Show this code: " + c.Title,
		Body: []chat.Text{
			chat.T("The code is ", chat.Code(c.shownCode()), ". Show it to whoever is there, in the room and on the screen."),
			chat.T("They press “I am here” on the talk, or type ", chat.Code("colloquium attend code:"+c.shownCode()), " to me. It counts until ",
				a.zones.FormatFull(c.end().Add(attendFor), readerZone(c, to)), "."),
		},
		Note: chat.T("You see how many gave it, never who. Please keep it out of channels: it is to say who was there."),
		Rows: []chat.Row{chat.NewRow(detailsButton(c))},
	}, nil
}

// afterNews asks for what only this person can say about a talk that is over.
func (a *App) afterNews(_ *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	m := chat.Message{Title: "After the talk: " + c.Title}
	if len(c.Made) == 0 && (c.speaks(to.ID) || c.Proposer == to.ID && len(c.lecturers()) == 0) {
		m.Body = append(m.Body, chat.T("Are there slides, a recording, code or a paper? Give me the links, and I send them to those who came."))
		m.Rows = append(m.Rows, madeRow(c))
	}
	if c.Counted == nil && c.Proposer == to.ID {
		m.Body = append(m.Body, chat.T(capital(codedText(c)), ". How many came in all?"))
		m.Rows = append(m.Rows, chat.NewRow(countButton(c)))
	}
	if c.State != Over || len(m.Body) == 0 {
		return chat.Message{}, errMoot
	}
	m.Note = chat.T("I ask once; later, colloquium artifacts leads there.")
	return m, nil
}

// codedText says how many gave the code.
func codedText(c *Colloquium) string {
	if c.Coded == 0 {
		return "nobody gave the code"
	}
	return counted(c.Coded, "person", "people") + " gave the code"
}

// cameText is what a host knows of who came.
func cameText(c *Colloquium) string {
	if c.Counted == nil {
		return codedText(c) + "; nobody has counted yet"
	}
	return codedText(c) + "; counted: " + strconv.Itoa(*c.Counted)
}

func countButton(c *Colloquium) chat.Button {
	return chat.Button{Label: "How many came?", Ref: chat.Ref{Route: "attend.count", ID: c.ID}}
}

// showCode gives the code to whoever shows it, if the talk began while nothing
// was running also for the first time.
func (rq *request) showCode() (chat.Message, error) {
	c, err := rq.talk()
	switch {
	case err != nil:
		return chat.Message{}, err
	case !rq.mayPublish(c):
		return chat.Message{}, denied("The code is for whoever hosts this talk and for who speaks: they show it there.")
	case !c.attends(rq.now):
		return chat.Message{}, denied("A code counts from the start of its talk until three hours after the end, and this is not the time. Nothing was done.")
	}
	if c.Code == "" {
		if err := rq.app.codeFor(c); err != nil {
			return chat.Message{}, err
		}
		rq.tx.put(c)
	}
	return rq.app.codeNews(rq.tx, c, rq.me)
}

// countProblems is what is wrong with a count.
func countProblems(values map[string]string) []chat.Problem {
	if _, err := countOf(values["count"]); err != nil {
		return []chat.Problem{{Field: "count", Text: err.Error()}}
	}
	return nil
}

// countOf reads how many people came.
func countOf(text string) (int, error) {
	n, err := strconv.Atoi(chat.CleanLine(text))
	if err != nil || n < 0 || n > mostCame {
		return 0, denied("Write a whole number from 0 to 100000.")
	}
	return n, nil
}

func (rq *request) countForm() (chat.Form, error) {
	form := chat.Form{
		Ref: controlRef(rq.event), Title: "How many came?", Submit: "Keep",
		Fields: []chat.FormField{{Name: "count", Label: "People in the room and on the screen", Hint: "A number, counted or guessed", Required: true, Max: 8}},
	}
	c, err := rq.countable()
	if err == nil && c.Counted != nil {
		form.Fields[0].Value = strconv.Itoa(*c.Counted)
	}
	return form, err
}

// countable is the talk of a control, for whoever may say how many came.
func (rq *request) countable() (*Colloquium, error) {
	c, err := rq.talk()
	if err != nil {
		return nil, err
	}
	if err := rq.may(Edit, c.object(), "Only whoever hosts this talk counts who came. Nothing has changed."); err != nil {
		return nil, err
	}
	if c.State != Announced && c.State != Over || !c.begun(rq.now) {
		return nil, denied("This talk has not taken place, so there is nobody to count. Nothing has changed.")
	}
	return c, nil
}

func (rq *request) countSent() (chat.Message, error) {
	c, err := rq.countable()
	if err != nil {
		return chat.Message{}, err
	}
	n, err := countOf(rq.args["count"])
	if problem, refused := asProblem("count", err); refused {
		return fixCard([]chat.Problem{problem}, chat.Ref{Route: "attend.count", ID: c.ID}), nil
	}
	c.Counted = &n
	rq.tx.put(c)
	return chat.Message{
		Title: "Counted",
		Body:  []chat.Text{chat.T("At ", chat.Strong(c.Title), ": ", cameText(c), ".")},
		Note:  chat.T("Only whoever may change the talk sees these numbers."),
	}, nil
}

// afterCard is a talk that has begun, for one person.
func (rq *request) afterCard(c *Colloquium, m chat.Message) (chat.Message, error) {
	m.Rows = rq.afterRows(c)
	if c.State != Announced && c.State != Over {
		return m, nil
	}
	t, err := rq.attendance(c)
	if err != nil {
		return m, err
	}
	hosts := Can(rq.actor(), Edit, c.object())
	if hosts && len(m.Fields) < chat.MaxFields {
		m.Fields = append(m.Fields, chat.Field{Name: "Who came, for you alone", Value: chat.T(cameText(c))})
	}
	var buttons []chat.Button
	switch {
	case t.came():
		m.Note = chat.T("You came to this talk. Only you see that.")
	case c.attends(rq.now):
		buttons = append(buttons, attendButton(c, "I am here"))
	}
	if c.attends(rq.now) && rq.mayPublish(c) {
		buttons = append(buttons, chat.Button{Label: "Show me the code", Ref: chat.Ref{Route: "attend.code", ID: c.ID}})
	}
	if hosts {
		buttons = append(buttons, countButton(c))
	}
	if len(buttons) > 0 {
		m.Rows = append([]chat.Row{chat.NewRow(buttons...)}, m.Rows...)
	}
	return m, nil
}
