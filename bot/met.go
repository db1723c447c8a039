package bot

import (
	"slices"

	"interlab/bot/chat"
)

func metRoutes() []route {
	return []route{
		{name: "match.met", show: chat.ShowInPlace, changes: true, do: metIs(MetYes), subject: KindMatch},
		{name: "match.later", show: chat.ShowInPlace, changes: true, do: metIs(MetLater), subject: KindMatch},
		{name: "match.nomeet", show: chat.ShowInPlace, changes: true, do: metIs(MetNo), subject: KindMatch},
		{name: "match.why", show: chat.ShowInPlace, changes: true, do: (*request).metWhy, subject: KindMatch},
		{name: "match.open", show: chat.ShowPrivate, do: (*request).open, subject: KindMatch},
		{name: "match.list", show: chat.ShowPrivate, do: (*request).listMatches, matches: true},
	}
}

// What came of a meeting, and what was in its way, as people choose it. The
// values are kept; the labels may be reworded.
var (
	results = []chat.Option{ //nolint:gochecknoglobals // a table that is only read
		{Label: "It answered my question", Value: "answered"},
		{Label: "We will talk again", Value: "again"},
		{Label: "We plan a visit or an exchange", Value: "exchange"},
		{Label: "We share code, data or a draft now", Value: "artefact"},
		{Label: "Nothing further", Value: "nothing"},
	}
	obstacles = []chat.Option{ //nolint:gochecknoglobals // a table that is only read
		{Label: "We found no time", Value: "time"},
		{Label: "I did not hear from the other one", Value: "silence"},
		{Label: "The topic did not fit after all", Value: "topic"},
		{Label: "I no longer need it", Value: "moot"},
		{Label: "Something else", Value: "other"},
	}
)

// metIs takes one answer to "have you met?". The first tap is kept; what came
// of it or was in the way is a second one that nobody has to give.
func metIs(answer MetAnswer) func(*request) (chat.Message, error) {
	return func(rq *request) (chat.Message, error) {
		m, err := rq.settleable()
		if err != nil {
			return chat.Message{}, err
		}
		if m.Met == nil {
			m.Met = map[string]Met{}
		}
		if m.Met[rq.me.ID].Answer != answer {
			m.Met[rq.me.ID] = Met{Answer: answer, At: rq.now}
			rq.tx.put(m)
		}
		return metCard(m, answer), nil
	}
}

// settleable is the match that the control names, if what became of it is the
// person's to tell.
func (rq *request) settleable() (*Match, error) {
	m, err := rq.match()
	if err != nil {
		return nil, err
	}
	if err := rq.may(Settle, m.object(m.Asker, m.Asked), "This question is for somebody else. Nothing has changed."); err != nil {
		return nil, err
	}
	if m.State != Introduced && m.State != Closed {
		return nil, denied("You two were not introduced, so there is nothing to tell yet. Type match list to see what is open.")
	}
	return m, nil
}

// metCard thanks for an answer and asks for one more tap.
func metCard(m *Match, answer MetAnswer) chat.Message {
	menu := chat.Menu{Ref: chat.Ref{Route: "match.why", ID: m.ID}, Hint: "What was in the way?", Options: obstacles}
	card := chat.Message{Title: "Not yet", Body: []chat.Text{chat.T("Thank you, that is noted. I ask once more in two weeks. What was in the way?")}}
	switch answer {
	case MetYes:
		card.Title, card.Body = "You met", []chat.Text{chat.T("Good to hear, that is noted. What came of it?")}
		menu.Hint, menu.Options = "What came of it?", results
	case MetNo:
		card.Title, card.Body = "It will not happen", []chat.Text{chat.T("Thank you, that is noted, and I do not ask again. What was in the way?")}
	case MetLater:
	}
	card.Note = chat.T("Only counts are ever shown of this, never who said what.")
	card.Rows = []chat.Row{chat.NewMenu(menu)}
	return card
}

// metWhy takes what came of it or was in the way.
func (rq *request) metWhy() (chat.Message, error) {
	m, err := rq.settleable()
	if err != nil {
		return chat.Message{}, err
	}
	met, ok := m.Met[rq.me.ID]
	press, _ := rq.event.Input.(chat.Press)
	choices := obstacles
	if met.Answer == MetYes {
		choices = results
	}
	i := slices.IndexFunc(choices, func(o chat.Option) bool { return len(press.Values) == 1 && o.Value == press.Values[0] })
	if !ok || i < 0 {
		return chat.Message{}, denied("Say first whether you have met, then choose from the list.")
	}
	met.Why = choices[i].Value
	m.Met[rq.me.ID] = met
	rq.tx.put(m)
	card := chat.Message{Title: "Thank you", Body: []chat.Text{chat.T("Noted: ", chat.Strong(choices[i].Label), ".")}}
	if met.Answer != MetLater {
		card.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Find somebody else", Ref: chat.Ref{Route: "match.new"}})}
	}
	return card, nil
}

// askMet is the question whether the two have met.
func (a *App) askMet(m *Match, to, other *Person) chat.Message {
	card := chat.Message{
		Title: "Have you met " + other.Name + "?",
		Body:  []chat.Text{chat.T("I introduced you on ", a.day(m.Began, to), ": ", chat.Strong(clip(m.Topic, 200)), ", ", m.Purpose.phrase(), ".")},
		Rows: []chat.Row{chat.NewRow(
			chat.Button{Label: "We met", Ref: chat.Ref{Route: "match.met", ID: m.ID}, Tone: chat.Main},
			chat.Button{Label: "Not yet", Ref: chat.Ref{Route: "match.later", ID: m.ID}},
			chat.Button{Label: "It will not happen", Ref: chat.Ref{Route: "match.nomeet", ID: m.ID}},
		)},
		Note: chat.T("One tap is enough. The other one does not see your answer."),
	}
	if m.Meeting != nil {
		card.Body = []chat.Text{chat.T("You had agreed on ", a.when(m.Meeting.Start, to), ": ", chat.Strong(clip(m.Topic, 200)), ".")}
	}
	return card
}
