package bot

import (
	"errors"
	"fmt"

	"interlab/bot/chat"
)

// maxAnswer is the longest answer to a question, in runes.
const maxAnswer = 1000

const (
	answerRoute    = "question.answer"
	noticeAnswered = "answered"
	// answeredQuestions lists the questions that have an answer: both are shown to
	// all, without the name of who asked.
	answeredQuestions = "question.answered"
)

func answeringRoutes() []route {
	return []route{
		{name: answerRoute, show: chat.ShowForm, form: (*request).answerForm, subject: KindQuestion},
		{name: submitted(answerRoute), show: chat.ShowPrivate, changes: true, do: (*request).answerSent, subject: KindQuestion},
	}
}

// toAnswer lets who speaks choose a question to answer.
func toAnswer(questions []*Question) []chat.Row {
	menu := chat.Menu{Ref: chat.Ref{Route: answerRoute}, Hint: "Answer one"}
	for _, q := range questions[:min(len(questions), chat.MaxOptions)] {
		menu.Options = append(menu.Options, chat.Option{Label: clip(withoutLinks(chat.CleanLine(q.Text)), chat.MaxOptionText), Value: q.ID})
	}
	return []chat.Row{chat.NewMenu(menu)}
}

// questionToAnswer is the question that a control names, with its talk, for whoever may
// answer it.
func (rq *request) questionToAnswer() (*Question, *Colloquium, error) {
	id, _ := rq.control()
	q, err := load[*Question](rq.tx, KindQuestion, id)
	if errors.Is(err, errNotFound) {
		return nil, nil, denied("This question is no longer kept here: whoever asked it has left. Nothing was done.")
	}
	if err != nil {
		return nil, nil, err
	}
	c, err := rq.talkByID(q.Colloquium)
	if err != nil {
		return nil, nil, err
	}
	object := Object{Kind: KindQuestion, People: append(c.spoken().People, c.Proposer), Lab: c.Lab}
	return q, c, rq.may(Answer, object, "Only who speaks and whoever proposed this talk can answer. Nothing has changed.")
}

func (rq *request) answerForm() (chat.Form, error) {
	form := chat.Form{
		Ref: controlRef(rq.event), Title: "Answer a question", Submit: "Answer",
		Fields: []chat.FormField{{Name: "answer", Label: "Your answer, for all to read", Required: true, Long: true, Max: maxAnswer}},
	}
	q, _, err := rq.questionToAnswer()
	if err != nil {
		return form, err
	}
	form.Fields[0].Hint = clip(chat.CleanLine(q.Text), chat.MaxFormHint)
	return form.Fill(map[string]string{"answer": q.Answer}), nil
}

// answerSent keeps an answer, and has whoever asked hear it.
func (rq *request) answerSent() (chat.Message, error) {
	q, c, err := rq.questionToAnswer()
	if err != nil {
		return chat.Message{}, err
	}
	text := rq.arg("answer")
	if err := needed(text, maxAnswer, "Write an answer."); err != nil {
		return chat.Message{}, err
	}
	q.Answer, q.Answerer = text, rq.me.ID
	q.Answers++
	rq.tx.put(q)
	p, err := load[*Person](rq.tx, KindPerson, q.By)
	if err == nil {
		rq.app.tell(rq.tx, p, Delivery{Notice: joinID(noticeAnswered, q.Answers), Subject: q.Ref()})
	}
	m := chat.Message{
		Title: "Answered",
		Body:  []chat.Text{chat.T("Whoever asked hears your answer about ", chat.Strong(c.Title), ".")},
	}
	if page := rq.app.talkPage(c.ID); page != "" {
		m.Note = chat.T("Question and answer stand on the ", chat.Link{Label: "page of the talk", URL: page}, ", without the name of who asked.")
	}
	return m, ignoreMissing(err)
}

// renderQuestion tells whoever asked the last answer.
func (a *App) renderQuestion(tx *Tx, d *Delivery, _ *Person) (chat.Message, error) {
	q, err := load[*Question](tx, KindQuestion, d.Subject.ID)
	if err != nil {
		return chat.Message{}, err
	}
	c, err := load[*Colloquium](tx, KindColloquium, q.Colloquium)
	if err != nil {
		return chat.Message{}, err
	}
	if q.Answers != numberOf(d.Notice) {
		return chat.Message{}, errMoot
	}
	return chat.Message{
		Title: "Your question is answered: " + c.Title,
		Body:  []chat.Text{chat.T(chat.Strong("You asked"), ": ", clip(q.Text, 300)), chat.T(chat.Strong("The answer"), ": ", q.Answer)},
	}, nil
}

// readAnswers reads the questions that were answered, by talk.
func readAnswers(tx *Tx) (map[string][]Answered, error) {
	questions, err := listAll[*Question](tx, answeredQuestions)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	all := map[string][]Answered{}
	for _, q := range questions {
		all[q.Colloquium] = append(all[q.Colloquium], Answered{q.Text, q.Answer})
	}
	return all, nil
}

// Answered is a question about a talk with its answer.
type Answered struct{ Question, Answer string }

// Answers are the questions about the talk that were answered, oldest first.
func (t Talk) Answers() []Answered {
	var all []Answered
	for _, one := range t.v.answers[t.c.ID] {
		all = append(all, Answered{t.hide(one.Question), t.hide(one.Answer)})
	}
	return all
}

func repointAnswer(_ *App, _ *Tx, q *Question, _ string, to *Person) error {
	q.Answerer = to.ID
	return nil
}

// leaveAnswers takes out what the person answered, also where whoever asked has
// read it. The question is another one's, and stays.
func (rq *request) leaveAnswers() error {
	all, err := listAll[*Question](rq.tx, answersBy+rq.me.ID)
	if err != nil {
		return err
	}
	for _, listed := range all {
		q, err := load[*Question](rq.tx, KindQuestion, listed.ID)
		if errors.Is(err, errNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		q.Answer, q.Answerer = "", ""
		rq.tx.put(q)
		rq.tx.recallAll(q.Ref(), noticeAnswered, "")
	}
	return nil
}
