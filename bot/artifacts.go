package bot

import (
	"fmt"
	"strings"

	"interlab/bot/chat"
)

// What may come of a talk, as links.
const (
	artifactSlides    = "slides"
	artifactRecording = "recording"
	artifactCode      = "code"
	artifactPaper     = "paper"
)

// artifacts are all of them, in the order in which they are asked and shown.
var artifacts = []string{artifactSlides, artifactRecording, artifactCode, artifactPaper} //nolint:gochecknoglobals // a table

// noticeMade tells what came of a talk.
const noticeMade = "made"

func artifactRoutes() []route {
	return []route{
		{name: "artifacts.form", show: chat.ShowForm, form: (*request).artifactsForm, subject: KindColloquium},
		{name: "artifacts.form.sent", show: chat.ShowPrivate, changes: true, do: (*request).artifactsSent, check: artifactProblems, subject: KindColloquium},
		{name: "artifacts.yes", show: chat.ShowInPlace, changes: true, do: (*request).artifactsNow, subject: KindDraft},
		{name: "colloquium.artifacts", show: chat.ShowPrivate, do: (*request).listArtifacts},
	}
}

// artifactProblems is what is wrong with the links, by field.
func artifactProblems(values map[string]string) []chat.Problem {
	var problems []chat.Problem
	for _, name := range artifacts {
		if err := artifactFault(chat.CleanLine(values[name])); err != nil {
			problems = append(problems, chat.Problem{Field: name, Text: err.Error()})
		}
	}
	return problems
}

// artifactFault refuses what is no single link that people of all labs can
// follow. Nothing is looked up.
func artifactFault(text string) error {
	switch {
	case text == "":
		return nil
	case tooLong(text, maxWhere) != nil:
		return tooLong(text, maxWhere)
	case address.FindString(text) != text:
		return denied("Give one whole link, for example https://example.org/slides.pdf.")
	}
	return linkFault(text)
}

// publishable are talks that have begun and that the person may publish something of.
func (rq *request) publishable() ([]*Colloquium, error) {
	talks, err := listAll[*Colloquium](rq.tx, talksBy+rq.me.ID)
	if err != nil {
		return nil, err
	}
	var done []*Colloquium
	for i := len(talks) - 1; i >= 0 && len(done) < chat.MaxOptions; i-- {
		if c := talks[i]; c.begun(rq.now) && (c.State == Announced || c.State == Over) && rq.mayPublish(c) {
			done = append(done, c)
		}
	}
	return done, nil
}

// mayPublish reports whether somebody may say what came of a talk: who speaks,
// and whoever may change it.
func (rq *request) mayPublish(c *Colloquium) bool {
	return c.speaks(rq.me.ID) || Can(rq.actor(), Edit, c.object())
}

// listArtifacts lets the person choose one of their talks, newest first.
func (rq *request) listArtifacts() (chat.Message, error) {
	talks, err := rq.publishable()
	if err != nil {
		return chat.Message{}, err
	}
	m := chat.Message{Title: "What came of your talks", Note: chat.T("Slides, a recording, code or a paper: whoever was on the list gets the links, and the channels too.")}
	if len(talks) == 0 {
		m.Body = []chat.Text{chat.T("No talk that you proposed or gave has begun yet.")}
		return m, nil
	}
	menu := chat.Menu{Ref: chat.Ref{Route: "colloquium.details"}, Hint: "Open one"}
	for _, c := range talks {
		m.Fields = append(m.Fields, chat.Field{Name: c.Title, Value: madeText(c)})
		menu.Options = append(menu.Options, chat.Option{Label: clip(c.Title, chat.MaxOptionText), Value: c.ID})
	}
	m.Fields = m.Fields[:min(len(m.Fields), chat.MaxFields)]
	m.Rows = []chat.Row{chat.NewMenu(menu)}
	return m, nil
}

// madeText is what came of a talk, with links.
func madeText(c *Colloquium) chat.Text {
	var parts []any
	for _, name := range artifacts {
		if c.Made[name] == "" {
			continue
		}
		if len(parts) > 0 {
			parts = append(parts, "; ")
		}
		parts = append(parts, name+": ", chat.Link{Label: c.Made[name], URL: c.Made[name]})
	}
	if len(parts) == 0 {
		return chat.T("nothing yet")
	}
	return chat.T(parts...)
}

func (rq *request) artifactsForm() (chat.Form, error) {
	form := chat.Form{Ref: controlRef(rq.event), Title: "What came of it", Submit: "Send to those who came"}
	for _, name := range artifacts {
		form.Fields = append(form.Fields, chat.FormField{Name: name, Label: capital(name), Hint: "A link, if there is one", Max: maxWhere})
	}
	c, err := rq.talk()
	if err != nil {
		return form, err
	}
	return form.Fill(c.Made), rq.mayMake(c)
}

// mayMake refuses whoever cannot say what came of a talk, and before it began.
func (rq *request) mayMake(c *Colloquium) error {
	switch {
	case !rq.mayPublish(c):
		return denied("Only who speaks and whoever proposed this talk can say what came of it. Nothing has changed.")
	case !c.begun(rq.now) || c.State != Announced && c.State != Over:
		return denied("This talk has not taken place, so nothing came of it yet. The form is on its card once it has begun.")
	}
	return nil
}

func (rq *request) artifactsSent() (chat.Message, error) {
	c, err := rq.talk()
	if err != nil {
		return chat.Message{}, err
	}
	return rq.makeKnown(c, nil)
}

// artifactsNow is the second tap, of what was kept in a draft.
func (rq *request) artifactsNow() (chat.Message, error) {
	draft, err := rq.draft()
	if err != nil {
		return chat.Message{}, err
	}
	if draft == nil || draft.Then.Route != "artifacts.form" {
		return chat.Message{}, errNoDraft
	}
	c, err := rq.talkByID(draft.Then.ID)
	if err != nil {
		return chat.Message{}, err
	}
	rq.args = draft.Values
	return rq.makeKnown(c, draft)
}

// makeKnown keeps the links that were given, once it was asked whether to tell
// so many.
func (rq *request) makeKnown(c *Colloquium, draft *Draft) (chat.Message, error) {
	if err := rq.mayMake(c); err != nil {
		return chat.Message{}, err
	}
	if problems := artifactProblems(rq.args); len(problems) > 0 {
		return fixCard(problems, chat.Ref{Route: "artifacts.form", ID: c.ID}), nil
	}
	made := map[string]string{}
	for _, name := range artifacts {
		if link := chat.CleanLine(rq.args[name]); link != "" {
			made[name] = link
		}
	}
	if made[artifactRecording] != "" && !c.recordable() {
		return chat.Message{}, denied("Not everybody who speaks has agreed to a recording, so its link is not published and nothing was kept. They can agree on the card of the talk; colloquium artifacts opens it.")
	}
	if n := c.listeners(); c.madeNews(made) && mustAsk(rq.shownCount(), n) {
		return rq.askMade(c, n)
	}
	if draft != nil {
		rq.tx.remove(draft.Ref())
	}
	return rq.publishMade(c, made)
}

// askMade asks for the second tap before links are sent to so many.
func (rq *request) askMade(c *Colloquium, n int) (chat.Message, error) {
	shown := rq.shownCount()
	draft, err := rq.keepDraft(chat.Ref{Route: "artifacts.form", ID: c.ID})
	if err != nil {
		return chat.Message{}, err
	}
	return recounted(chat.Message{
		Title: "Send the links?",
		Body:  []chat.Text{chat.T("Those who came to ", chat.Strong(c.Title), " get them in one message each: ", counted(n, "person", "people"), ". They also stand below the cards in channels.")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: fmt.Sprintf("Save and tell %d people", n), Ref: chat.Ref{Route: "artifacts.yes", ID: joinID(draft.ID, n)}, Tone: chat.Main},
			chat.Button{Label: "Show the talk", Ref: chat.Ref{Route: "colloquium.details", ID: c.ID}},
		)},
		Note: chat.T("Nothing is saved yet. What you typed is kept for a week."),
	}, shown, n), nil
}

// madeNews reports whether a link is among these that nobody was told of.
func (c *Colloquium) madeNews(made map[string]string) bool {
	for name, link := range made {
		if c.Made[name] != link {
			return true
		}
	}
	return false
}

// publishMade keeps the links and has them told once.
func (rq *request) publishMade(c *Colloquium, made map[string]string) (chat.Message, error) {
	news := c.madeNews(made)
	c.Made = made
	c.edited(rq.now)
	rq.tx.put(c)
	if !news {
		return chat.Message{Title: "Saved", Body: []chat.Text{chat.T("There is no new link, so nobody is told.")}}, nil
	}
	c.MadeNo++
	if c.MadeAt.IsZero() {
		c.MadeAt = rq.now
	}
	notice := fmt.Sprintf("%s.%d", noticeMade, c.MadeNo)
	c.fan(Fan{Over: overThreads, Notice: notice, At: rq.now})
	c.fan(Fan{Over: c.audience(), Notice: notice, At: rq.now})
	return chat.Message{Title: "Saved", Body: []chat.Text{chat.T("I send the links to those who came to ", chat.Strong(c.Title), ", in their working hours, and into the channels: ", strings.Join(madeNames(c), ", "), ".")}}, nil
}

func madeNames(c *Colloquium) []string {
	var names []string
	for _, name := range artifacts {
		if c.Made[name] != "" {
			names = append(names, name)
		}
	}
	return names
}

// madeNews tells what came of a talk; a later word of it replaces an earlier one.
func madeNews(c *Colloquium, notice string) (chat.Message, error) {
	if c.MadeNo != numberOf(notice) || len(c.Made) == 0 {
		return chat.Message{}, errMoot
	}
	return chat.Message{Title: "What came of it: " + c.Title, Body: []chat.Text{madeText(c)}}, nil
}

// madeRow leads to the form.
func madeRow(c *Colloquium) chat.Row {
	return chat.NewRow(chat.Button{Label: "Slides, recording, code, paper", Ref: chat.Ref{Route: "artifacts.form", ID: c.ID}, Tone: chat.Main})
}
