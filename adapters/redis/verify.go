package redis

import (
	"context"
	"fmt"
	"strings"

	"interlab/bot"
)

var _ bot.Ledger = (*Store)(nil)

// strayPage is how many entries one call looks at.
const strayPage = 500

// Differ implements bot.Ledger.
func (s *Store) Differ(ctx context.Context, writes []bot.Write) ([]bot.Ref, error) {
	var args []any
	for _, write := range writes {
		text, err := derive(write)
		if err != nil {
			return nil, fmt.Errorf("redis: differ: %w", err)
		}
		args = append(args, write.Ref.String(), write.Version, text)
	}
	if len(args) == 0 {
		return nil, nil
	}
	answer, err := s.run(ctx, differScript, args...)
	if err != nil {
		return nil, err
	}
	var wrong []bot.Ref
	for i := range answer {
		ref, err := bot.ParseRef(answer.text(i))
		if err != nil {
			return nil, fmt.Errorf("redis: differ: %w", err)
		}
		wrong = append(wrong, ref)
	}
	return wrong, nil
}

// Strays implements bot.Ledger.
func (s *Store) Strays(ctx context.Context, fix bool) ([]string, error) {
	var all []string
	for _, kind := range []string{"due", "leases", "graves", "unique"} {
		found, err := s.straysOf(ctx, kind, "", fix)
		if err != nil {
			return all, err
		}
		all = append(all, found...)
	}
	names, err := s.indexes(ctx)
	if err != nil {
		return all, err
	}
	for _, name := range names {
		found, err := s.straysOf(ctx, "index", name, fix)
		if err != nil {
			return all, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// straysOf looks through one index, or one of the queues of work.
func (s *Store) straysOf(ctx context.Context, kind, name string, fix bool) ([]string, error) {
	flag := "0"
	if fix {
		flag = "1"
	}
	var all []string
	for from := "0"; from != ""; {
		answer, err := s.run(ctx, straysScript, kind, name, from, strayPage, flag)
		if err != nil {
			return all, err
		}
		for i := range answer[1:] {
			all = append(all, strings.TrimSpace(kind+" "+name)+": "+answer.text(i+1))
		}
		from = answer.text(0)
	}
	return all, nil
}

// indexes are the names of all indexes.
func (s *Store) indexes(ctx context.Context) ([]string, error) {
	node, err := s.node(ctx)
	if err != nil {
		return nil, err
	}
	prefix := s.keys.index("")
	var names []string
	for cursor := uint64(0); ; {
		keys, next, err := node.Scan(ctx, cursor, prefix+"*", scanned).Result()
		if err != nil {
			return nil, classify("list the indexes", err)
		}
		for _, key := range keys {
			names = append(names, strings.TrimPrefix(key, prefix))
		}
		if cursor = next; cursor == 0 {
			return names, nil
		}
	}
}
