package redis

import (
	"context"
	"fmt"
	"strings"

	"interlab/bot"
)

// maxChanged is about how many documents one piece of the audit comes with at
// most, so that a call stays short on the slowest server. A piece has one note at
// least, whatever that wrote.
const maxChanged = 250

// Changes implements bot.Documents. After "" it tells the end of the audit, to
// be asked before everything is read by Page. Limit 0, or more than
// bot.MaxListed, means bot.MaxListed notes.
func (s *Store) Changes(ctx context.Context, after string, kind bot.Kind, n int) (bot.Changes, error) {
	answer, err := s.run(ctx, changesScript, after, string(kind), limit(n), maxChanged)
	if err != nil {
		return bot.Changes{}, err
	}
	changes := bot.Changes{Last: answer.text(0), Reset: answer.text(1) == "1", More: answer.text(4) == "1"}
	entries := answer.under(2)
	for i := range entries {
		note, err := noted(entries.under(i))
		if err != nil {
			return bot.Changes{}, err
		}
		changes.Notes = append(changes.Notes, note)
	}
	changes.Records, err = answer.under(3).records()
	return changes, err
}

// noted reads an entry of the audit's stream.
func noted(entry reply) (bot.Note, error) {
	note := bot.Note{Seq: entry.text(0)}
	fields := entry.under(1)
	for i := 0; i < len(fields); i += 2 {
		switch value := fields.text(i + 1); fields.text(i) {
		case "at":
			note.At = fields.time(i + 1)
		case "actor":
			note.Actor = value
		case "verb":
			note.Verb = value
		case "op":
			note.Op = value
		case "refs":
			for _, text := range strings.Fields(value) {
				ref, err := bot.ParseRef(text)
				if err != nil {
					return note, fmt.Errorf("redis: note %s: %w", note.Seq, err)
				}
				note.Refs = append(note.Refs, ref)
			}
		}
	}
	return note, nil
}
