package redis

import (
	"context"
	"errors"
	"fmt"
	"strings"

	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

// auditLength is about how many notes the audit keeps.
const auditLength = 100_000

// Commit implements bot.Documents.
func (s *Store) Commit(ctx context.Context, c bot.Commit) error {
	args, err := committed(c)
	if err != nil {
		return fmt.Errorf("redis: commit: %w", err)
	}
	answer, err := s.act(ctx, commitScript, args...)
	if err != nil {
		return err
	}
	if err := verdict(answer); err != nil {
		return fmt.Errorf("redis: commit: %w", err)
	}
	return nil
}

// verdict reads what became of a commit.
func verdict(answer reply) error {
	switch answer.text(0) {
	case "ok":
		return nil
	case "done":
		return &bot.DoneError{Answer: []byte(answer.text(1))}
	case "lost":
		return bot.ErrLost
	case "conflict":
		return fmt.Errorf("%s: %w", answer.text(1), bot.ErrConflict)
	case "taken":
		owner, err := bot.ParseRef(answer.text(2))
		if err != nil {
			return fmt.Errorf("the owner of %s: %w", answer.text(1), err)
		}
		return &bot.TakenError{Index: answer.text(1), Owner: owner}
	}
	return fmt.Errorf("unknown outcome %q", answer.text(0))
}

// committed writes a commit as the script reads it.
func committed(c bot.Commit) ([]any, error) {
	work, token := "", int64(0)
	if c.Job != nil {
		work, token = workOf(c.Job.Ref, c.Job.Work), c.Job.Token
	}
	refs := make([]string, len(c.Note.Refs))
	for i, ref := range c.Note.Refs {
		if err := checkRef(ref); err != nil {
			return nil, err
		}
		refs[i] = ref.String()
	}
	args := []any{
		c.Op, span(Memory), c.Answer, work, token,
		millis(c.Note.At), c.Note.Actor, c.Note.Verb, c.Note.Op, strings.Join(refs, " "), auditLength,
		len(c.Checks),
	}
	for _, check := range c.Checks {
		args = append(args, check.Ref.String(), check.Version)
	}
	return appendWrites(args, c.Writes)
}

// appendWrites appends the writes of a commit.
func appendWrites(args []any, writes []bot.Write) ([]any, error) {
	seen := make(map[bot.Ref]bool, len(writes))
	for _, write := range writes {
		if seen[write.Ref] {
			return nil, fmt.Errorf("%s is written twice", write.Ref)
		}
		seen[write.Ref] = true
		text, err := derive(write)
		if err != nil {
			return nil, err
		}
		next := write.Version + 1
		if write.Data == nil {
			next = 0
		}
		args = append(args, write.Ref.String(), write.Version, next, write.Data, text)
	}
	return args, nil
}

// Answer implements bot.Documents.
func (s *Store) Answer(ctx context.Context, op string) ([]byte, bool, error) {
	answer, err := s.client.Get(ctx, s.keys.op(op)).Bytes()
	if errors.Is(err, goredis.Nil) {
		return nil, false, nil
	}
	return answer, err == nil, classify("answer", err)
}

// Repair implements bot.Documents. A unique entry that another document
// rightly owns stays with its owner.
func (s *Store) Repair(ctx context.Context, writes []bot.Write) (int, error) {
	var args []any
	for _, write := range writes {
		text, err := derive(write)
		if err != nil {
			return 0, fmt.Errorf("redis: repair: %w", err)
		}
		args = append(args, write.Ref.String(), write.Version, text)
	}
	if len(args) == 0 {
		return 0, nil
	}
	answer, err := s.act(ctx, repairScript, args...)
	return int(answer.number(1)), err
}
