package redis

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"interlab/bot"
)

// Read implements bot.Documents.
func (s *Store) Read(ctx context.Context, wants ...bot.Want) ([][]bot.Record, error) {
	if len(wants) == 0 {
		return nil, nil
	}
	args, err := wanted(wants)
	if err != nil {
		return nil, fmt.Errorf("redis: read: %w", err)
	}
	answer, err := s.run(ctx, readScript, args...)
	if err != nil {
		return nil, err
	}
	return answer.answers()
}

// wanted writes wants as scripts read them.
func wanted(wants []bot.Want) ([]any, error) {
	args := make([]any, 0, 4*len(wants))
	for _, want := range wants {
		how, name, err := found(want)
		if err != nil {
			return nil, err
		}
		args = append(args, how, name, want.Then, limit(want.Limit))
	}
	return args, nil
}

// found says how a want is to be found, and under which name.
func found(want bot.Want) (how, name string, err error) {
	ways := 0
	if !want.Ref.IsZero() {
		how, name, ways = "ref", want.Ref.String(), ways+1
	}
	if want.Unique != "" {
		how, name, ways = "unique", want.Unique, ways+1
	}
	if want.List != "" {
		how, name, ways = "list", want.List, ways+1
	}
	if ways != 1 || (how == "list" && want.Then != "") {
		return "", "", fmt.Errorf("a want must have one of a reference, a unique entry and a list: %+v", want)
	}
	return how, name, nil
}

// limit is how many records a list or a page may have.
func limit(asked int) int {
	if asked <= 0 || asked > bot.MaxListed {
		return bot.MaxListed
	}
	return asked
}

// Page implements bot.Documents.
func (s *Store) Page(ctx context.Context, p bot.Page) ([]bot.Record, string, error) {
	to := "+inf"
	if p.To != 0 {
		to = strconv.FormatInt(p.To, 10)
	}
	score, ref, err := position(p.After)
	if err != nil {
		return nil, "", fmt.Errorf("redis: page %s: %w", p.Index, err)
	}
	answer, err := s.run(ctx, pageScript, p.Index, p.From, to, limit(p.Limit), score, ref)
	if err != nil {
		return nil, "", err
	}
	records, err := answer.under(2).records()
	if err != nil || answer.text(1) == "" {
		return records, "", err
	}
	return records, answer.text(0) + " " + answer.text(1), nil
}

// position reads the Next of a page: a score, a space and a reference.
func position(next string) (score, ref string, err error) {
	if next == "" {
		return "0", "", nil
	}
	score, ref, _ = strings.Cut(next, " ")
	if _, fault := strconv.ParseFloat(score, 64); fault != nil || ref == "" {
		return "", "", fmt.Errorf("%q is not the next of a page", next)
	}
	return score, ref, nil
}
