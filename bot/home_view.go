package bot

import (
	"context"
	"slices"

	"interlab/bot/chat"
)

// homeTalks is how many talks a home view shows: the list has them all.
const homeTalks = 3

// Home is what a person's home view shows: what is theirs, and the next talks
// with a menu that opens one.
func (a *App) Home(ctx context.Context, who chat.Account) (chat.Message, error) {
	see := func(path ...string) chat.Message {
		return a.answer(ctx, chat.Event{From: who, Input: chat.Call{Path: path}}, nil, nil).message
	}
	m, talks := see("me"), see("colloquium", "list")
	n := min(homeTalks, len(talks.Fields), chat.MaxFields-len(m.Fields))
	if n <= 0 || len(talks.Rows) == 0 || talks.Rows[0].Menu == nil || len(m.Rows) == chat.MaxRows {
		return m, nil
	}
	m.Fields = slices.Clone(m.Fields)
	for _, talk := range talks.Fields[:n] {
		m.Fields = append(m.Fields, chat.Field{Name: "Talk: " + talk.Name, Value: talk.Value})
	}
	menu := *talks.Rows[0].Menu
	menu.Hint, menu.Options = "Open a talk", menu.Options[:n]
	m.Rows = append(slices.Clone(m.Rows), chat.NewMenu(menu))
	return m, nil
}
