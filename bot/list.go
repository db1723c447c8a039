package bot

import (
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// maxListedMatches is how many matches a list shows: as many as fields fit on a card.
const maxListedMatches = chat.MaxFields

// listMatches shows the person's matches, newest first, and opens any of them.
func (rq *request) listMatches() (chat.Message, error) {
	matches, err := rq.newest()
	if err != nil {
		return chat.Message{}, err
	}
	if len(matches) == 0 {
		return chat.Message{
			Title: "No matches yet",
			Body:  []chat.Text{chat.T("You have asked nobody, and nobody has asked you.")},
			Rows:  []chat.Row{chat.NewRow(chat.Button{Label: "Find somebody", Ref: chat.Ref{Route: "match.new"}, Tone: chat.Main})},
		}, nil
	}
	m := chat.Message{Title: "Your matches", Note: chat.T("Newest first.")}
	menu := chat.Menu{Ref: chat.Ref{Route: "match.open"}, Hint: "Open one"}
	shown := matches[:min(len(matches), maxListedMatches)]
	if err := rq.along(rq.others(shown)); err != nil {
		return chat.Message{}, err
	}
	for _, match := range shown {
		name, err := rq.nameIn(match)
		if err != nil {
			return chat.Message{}, err
		}
		m.Fields = append(m.Fields, chat.Field{Name: name + ": " + clip(match.Topic, 80), Value: chat.T(rq.standing(match))})
		menu.Options = append(menu.Options, chat.Option{Label: clip(name+": "+match.Topic, chat.MaxOptionText), Value: match.ID})
	}
	if len(matches) > maxListedMatches {
		m.Note = chat.T(fmt.Sprintf("Newest first; %d older ones are not shown.", len(matches)-maxListedMatches))
	}
	m.Rows = []chat.Row{chat.NewMenu(menu)}
	return m, nil
}

// newest are the person's matches, newest first.
func (rq *request) newest() ([]*Match, error) {
	matches, err := rq.matches()
	if err != nil {
		return nil, err
	}
	matches = slices.Clone(matches)
	slices.Reverse(matches)
	return matches, nil
}

// others are the ids of the other people of matches.
func (rq *request) others(matches []*Match) []string {
	ids := make([]string, 0, len(matches))
	for _, m := range matches {
		ids = append(ids, m.other(rq.me.ID))
	}
	return ids
}

// openMatches are lines about what is open.
func (rq *request) openMatches() ([]chat.Text, error) {
	matches, err := rq.newest()
	if err != nil {
		return nil, err
	}
	matches = slices.DeleteFunc(matches, func(m *Match) bool { return m.State != Asked && m.State != Introduced })
	if err := rq.along(rq.others(matches), Want{Ref: Ref{KindLab, rq.me.Lab}}, rq.wantMissed()); err != nil {
		return nil, err
	}
	var lines []chat.Text
	for _, match := range matches {
		name, err := rq.nameIn(match)
		if err != nil {
			return nil, err
		}
		lines = append(lines, chat.T(chat.Strong(name), ", ", clip(match.Topic, 80), ": ", rq.standing(match)))
	}
	return lines, nil
}

// nameIn is how the other one of a match is called to the person: as they show
// themselves until the two are introduced.
func (rq *request) nameIn(m *Match) (string, error) {
	other, err := rq.app.counterpart(rq.tx, m, m.other(rq.me.ID))
	if err != nil {
		return "", err
	}
	lab, err := rq.app.shownLab(rq.tx, other, m.introducedOnce())
	if err != nil {
		return "", err
	}
	if m.introducedOnce() {
		return other.Name + " (" + lab + ")", nil
	}
	if m.Asker == other.ID {
		return other.askingName() + " (" + lab + ")", nil
	}
	return other.shownName() + " (" + lab + ")", nil
}

// standing says where a match stands, to the person. To the asker an ask that
// was refused in private reads like one that nobody has answered.
func (rq *request) standing(m *Match) string {
	day := func(what string) string { return what + " " + rq.app.day(m.EndedAt, rq.me) + "." }
	switch m.State {
	case Asked:
		ends := rq.app.day(m.ends(), rq.me)
		switch {
		case m.Asker == rq.me.ID:
			return "Asked; an answer may come until " + ends + "."
		case m.LeftLab != "":
			return "Whoever asked has left the network; there is nothing to answer."
		case m.Refused:
			return "You said no in private; it ends on " + ends + "."
		}
		return "Waits for your answer until " + ends + "."
	case NotNow:
		return day("Not now; ended on")
	case Expired:
		return day("No answer came; ended on")
	case Withdrawn:
		return day("Withdrawn on")
	case Introduced, Closed:
	}
	if m.Meeting != nil && m.Meeting.Start.After(rq.now) {
		return "Agreed: " + rq.app.zones.FormatFull(m.Meeting.Start, rq.me.zone()) + "."
	}
	if met := m.Met[rq.me.ID]; met.Answer == MetYes {
		return "You met."
	}
	if m.Meeting != nil {
		return "You were to meet on " + rq.app.zones.FormatFull(m.Meeting.Start, rq.me.zone()) + "."
	}
	return "Introduced on " + rq.app.day(m.Began, rq.me) + "."
}

// open shows one match with what can be done about it.
func (rq *request) open() (chat.Message, error) {
	m, err := rq.match()
	if err != nil {
		return chat.Message{}, err
	}
	if err := rq.may(Settle, m.object(m.Asker, m.Asked), "This is between two other people."); err != nil {
		return chat.Message{}, err
	}
	if err := rq.along([]string{m.other(rq.me.ID)}); err != nil {
		return chat.Message{}, err
	}
	other, err := rq.app.counterpart(rq.tx, m, m.other(rq.me.ID))
	if err != nil {
		return chat.Message{}, err
	}
	switch {
	case m.State == Introduced:
		return rq.app.introCard(rq.tx, m, rq.me, other)
	case m.State == Asked && m.Asked == rq.me.ID && m.LeftLab == "":
		return rq.app.askCard(rq.tx, m, rq.me, other)
	}
	name, err := rq.nameIn(m)
	if err != nil {
		return chat.Message{}, err
	}
	card := chat.Message{Title: name, Body: []chat.Text{chat.T(chat.Strong(clip(m.Topic, 300)), ", ", m.Purpose.phrase(), ". ", rq.standing(m))}}
	if m.State == Closed {
		card.Rows = []chat.Row{chat.NewRow(planButton(m))}
	}
	if m.State == Asked && m.Asker == rq.me.ID {
		card.Rows = []chat.Row{chat.NewRow(chat.Button{Label: "Withdraw", Ref: chat.Ref{Route: "match.withdraw", ID: m.ID}, Tone: chat.Danger})}
	}
	return card, nil
}
