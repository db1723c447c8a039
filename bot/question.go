package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"interlab/bot/chat"
)

// KindQuestion is a question to a speaker, before a talk or after it.
const KindQuestion Kind = "question"

// Question is what somebody asks. Named says that the speaker learns who asks.
type Question struct {
	ID         string    `json:"id"`
	Colloquium string    `json:"colloquium"`
	By         string    `json:"by"`
	Named      bool      `json:"named,omitempty"`
	Text       string    `json:"text"`
	At         time.Time `json:"at"`
	Answer     string    `json:"answer,omitempty"`
	Answers    int       `json:"answers,omitempty"` // grows with each answer
	Answerer   string    `json:"answerer,omitempty"`
}

const (
	maxQuestion  = 600 // runes
	maxQuestions = 5   // questions of one person about one talk
	// questionsFor is how long after a talk questions are taken.
	questionsFor = 48 * time.Hour
	// noticeAsked hands the questions over; workAsked begins it.
	noticeAsked = "asked"
	workAsked   = "hand"
	// handEvery is how often a speaker is given new questions at most.
	handEvery = 6 * time.Hour
)

// Ref names the question.
func (q *Question) Ref() Ref { return Ref{KindQuestion, q.ID} }

// Entries list the talk's questions, oldest first, those of who asked and of who
// answered, and all that were answered.
func (q *Question) Entries() []Entry {
	at := q.At.UnixMilli()
	entries := []Entry{{Index: questionsOf + q.Colloquium, Score: at}, {Index: questionsBy + q.By, Score: at}}
	if q.Answer != "" {
		entries = append(entries, Entry{Index: answeredQuestions, Score: at})
	}
	if q.Answerer != "" {
		entries = append(entries, Entry{Index: answersBy + q.Answerer, Score: at})
	}
	return entries
}

// Due is empty: handing over is the talk's work.
func (q *Question) Due() []Work { return nil }

// questionsOf and a talk's id, questionsBy and the id of who asked, answersBy and
// that of who answered list questions.
const (
	questionsOf = "question.of/"
	questionsBy = "question.by/"
	answersBy   = "question.answerer/"
)

func questionRoutes() []route {
	return []route{
		{name: "question.form", show: chat.ShowForm, form: (*request).questionForm, subject: KindColloquium},
		{name: "question.form.sent", show: chat.ShowPrivate, changes: true, do: (*request).questionSent, subject: KindColloquium},
		{name: "colloquium.ask", show: chat.ShowPrivate, changes: true, do: (*request).questionTyped},
		{name: "question.list", show: chat.ShowPrivate, do: (*request).listQuestions, subject: KindColloquium},
	}
}

func askCommand() chat.Command {
	return chat.Command{
		Name: "ask", Summary: "Ask the speaker something", Route: "colloquium.ask", Blank: listTalksRoute,
		Example: `colloquium ask talk:"Sparse codes" question:"Why sparse?"`,
		Args: []chat.Arg{
			{Name: "talk", Summary: "its title, or the start", Required: true, Complete: true},
			{Name: "question", Summary: "what you ask", Required: true},
		},
	}
}

func (rq *request) questionForm() (chat.Form, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Form{}, err
	}
	return chat.Form{
		Ref: controlRef(rq.event), Title: "Ask the speaker", Submit: "Ask",
		Fields: []chat.FormField{
			{Name: "question", Label: "Your question", Hint: "If answered, all may read it, without your name", Required: true, Long: true, Max: maxQuestion},
			{Name: "named", Label: "May the speaker see your name?", Value: answerYes, Options: []chat.Option{{Label: "Yes", Value: answerYes}, {Label: "No", Value: answerNo}}},
		},
	}, rq.mayQuestion(c)
}

func (rq *request) questionSent() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.askQuestion(c)
}

func (rq *request) questionTyped() (chat.Message, error) {
	c, err := rq.findTalk(rq.args["talk"])
	if err != nil {
		return chat.Message{}, err
	}
	return rq.askQuestion(c)
}

// asks reports whether a talk takes questions.
func (c *Colloquium) asks(now time.Time) bool {
	return (c.State == Announced || c.State == Over) && now.Before(c.end().Add(questionsFor))
}

// mayQuestion refuses a question where, or when, none is taken.
func (rq *request) mayQuestion(c *Colloquium) error {
	if err := rq.may(Ask, c.object(), "You cannot ask questions here. Ask an organiser."); err != nil {
		return err
	}
	if !c.asks(rq.now) {
		return denied("This talk takes no questions any more: they are taken until two days after it.")
	}
	return nil
}

// askQuestion keeps a question and has it handed over.
func (rq *request) askQuestion(c *Colloquium) (chat.Message, error) {
	text := rq.arg("question")
	if err := rq.mayQuestion(c); err != nil {
		return chat.Message{}, err
	}
	if err := needed(text, maxQuestion, "Write what you would like to ask."); err != nil {
		return chat.Message{}, err
	}
	mine, err := list[*Question](rq.tx, Want{List: questionsBy + rq.me.ID})
	if err != nil {
		return chat.Message{}, err
	}
	n := 0
	for _, q := range mine {
		if q.Colloquium == c.ID {
			n++
		}
	}
	if n >= maxQuestions {
		return chat.Message{}, denied("You have asked %d questions about this talk, which is as many as one person can ask.", n)
	}
	id, err := rq.app.ids.id()
	if err != nil {
		return chat.Message{}, err
	}
	rq.tx.put(&Question{ID: id, Colloquium: c.ID, By: rq.me.ID, Named: rq.args["named"] != answerNo, Text: text, At: rq.now})
	if rq.fresh {
		rq.tx.put(rq.me)
	}
	if c.Hand.IsZero() {
		c.Hand = later(rq.now, c.Handed.Add(handEvery))
	}
	rq.tx.put(c)
	return chat.Message{Title: "Asked", Body: []chat.Text{chat.T("Your question goes to who speaks at ", chat.Strong(c.Title), ".")}, Note: chat.T("New questions are handed over together, at most every six hours.")}, nil
}

// handOver tells who speaks, or who proposed the talk where no speaker is of
// this network.
func (a *App) handOver(tx *Tx, c *Colloquium) error {
	c.Handed, c.Hand = tx.now, time.Time{}
	c.Hands++
	to := c.lecturers()
	if len(to) == 0 {
		to = c.chairs()
	}
	return a.eachPerson(tx, to, func(p *Person) error {
		a.tell(tx, p, Delivery{Notice: joinID(noticeAsked, c.Hands), Subject: c.Ref()})
		return nil
	})
}

// askedNews is all that was asked, the newest first: an earlier hand-over may
// have scrolled away.
func (a *App) askedNews(tx *Tx, c *Colloquium, to *Person) (chat.Message, error) {
	questions, err := list[*Question](tx, Want{List: questionsOf + c.ID})
	if err != nil {
		return chat.Message{}, err
	}
	if len(questions) == 0 {
		return chat.Message{}, errMoot
	}
	slices.Reverse(questions)
	m := chat.Message{Title: fmt.Sprintf("%s: %s", counted(len(questions), "question", "questions"), c.Title), Note: chat.T("Newest first. Questions are taken until two days after the talk.")}
	const most = 8
	for _, q := range questions[:min(len(questions), most)] {
		m.Body = append(m.Body, chat.T(a.asker(tx, q, to), ": ", clip(withoutLinks(q.Text), 450)))
	}
	m.Rows = toAnswer(questions)
	if n := len(questions) - most; n > 0 {
		m.Note = chat.T(fmt.Sprintf("Newest first; %d older ones are not shown.", n))
	}
	return m, nil
}

// asker is who asks, as far as the reader may know and wants to: whoever has blocked
// them reads the question alone.
func (a *App) asker(tx *Tx, q *Question, to *Person) chat.Text {
	if p, err := load[*Person](tx, KindPerson, q.By); err == nil && q.Named && !slices.Contains(to.Blocks, p.ID) {
		return chat.T(p.mention())
	}
	return chat.T("Somebody")
}

// listQuestions shows them to who speaks and whoever may change the talk.
func (rq *request) listQuestions() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	if !rq.mayPublish(c) {
		return chat.Message{}, denied("The questions are for who speaks.")
	}
	m, err := rq.app.askedNews(rq.tx, c, rq.me)
	if errors.Is(err, errMoot) {
		return chat.Message{Body: []chat.Text{chat.T("Nobody has asked anything about ", chat.Strong(c.Title), " yet.")}}, nil
	}
	return m, err
}

func repointQuestion(_ *App, _ *Tx, q *Question, _ string, to *Person) error {
	q.By = to.ID
	return nil
}
