package bot

import (
	"context"
	"fmt"

	"interlab/bot/chat"
	"interlab/calendar"
)

// Complete offers values for an argument that is being typed.
func (a *App) Complete(ctx context.Context, q chat.Completion) ([]chat.Option, error) {
	if options, ok := a.tree.Choices(q.Path, q.Arg, q.Typed); ok {
		return options, nil
	}
	ctx, cancel := context.WithTimeout(ctx, profileTimeout)
	defer cancel()
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	rq, err := a.request(tx, chat.Event{From: q.From, In: q.In, Input: chat.Call{Path: q.Path, Args: q.Args}}, chat.Call{Args: q.Args})
	if err != nil {
		return nil, fmt.Errorf("complete %s: %w", q.Arg, err)
	}
	options, err := rq.options(q)
	if err != nil {
		return nil, fmt.Errorf("complete %s: %w", q.Arg, err)
	}
	return options, nil
}

// options are the values of an argument, as far as the person may see them.
func (rq *request) options(q chat.Completion) ([]chat.Option, error) {
	switch q.Arg {
	case "topic":
		topics, err := rq.app.people.topics(rq.ctx, q.Typed, chat.MaxOptions)
		return plainOptions(topics), err
	case "zone":
		var names []string
		for _, zone := range calendar.Zones(q.Typed, chat.MaxOptions) {
			names = append(names, zone.String())
		}
		return plainOptions(names), nil
	case "lab", "name":
		labs, err := allLabs(rq.tx)
		var names []string
		for _, lab := range labs {
			names = append(names, lab.Name)
		}
		return chat.Completions(plainOptions(names), q.Typed), err
	case "opening":
		return rq.openingOptions(q)
	case "round":
		return rq.roundOptions(q.Typed)
	case "talk":
		return rq.talkOptions(q.Typed)
	case "person":
		people, err := rq.knownPeople()
		var names []string
		for _, p := range people {
			names = append(names, p.Name)
		}
		return chat.Completions(plainOptions(names), q.Typed), err
	}
	return nil, nil
}

// plainOptions are options whose value is what they show.
func plainOptions(values []string) []chat.Option {
	options := make([]chat.Option, 0, len(values))
	for _, value := range values {
		options = append(options, chat.Option{Label: value, Value: value})
	}
	return options
}
