package redis

import (
	"context"
	"fmt"
	"time"

	"interlab/bot"
)

// Accept implements bot.Inbox.
func (s *Store) Accept(ctx context.Context, e bot.Inbound, lease time.Duration, wants ...bot.Want) (*bot.Turn, bool, error) {
	reads, err := wanted(wants)
	if err != nil {
		return nil, false, fmt.Errorf("redis: accept %s: %w", e.ID, err)
	}
	args := append([]any{e.Queue, e.ID, e.Data, span(lease)}, reads...)
	answer, err := s.act(ctx, acceptScript, args...)
	if err != nil || answer.text(0) != "turn" {
		return nil, err == nil && answer.text(0) == "known", err
	}
	turn := &bot.Turn{Event: e, Token: answer.number(1)}
	turn.Reads, err = answer.under(2).answers()
	return turn, false, err
}

// Settle implements bot.Inbox.
func (s *Store) Settle(ctx context.Context, t *bot.Turn, lease time.Duration) (*bot.Turn, error) {
	answer, err := s.act(ctx, settleScript, t.Event.Queue, t.Event.ID, t.Token, span(lease), span(Memory))
	if err := hold(settleScript, event(t.Event), answer, err); err != nil || answer.text(0) == "empty" {
		return nil, err
	}
	return turnOf(t.Event.Queue, answer), nil
}

// Orphan implements bot.Inbox.
func (s *Store) Orphan(ctx context.Context, lease time.Duration) (*bot.Turn, error) {
	answer, err := s.act(ctx, orphanScript, span(lease))
	if err != nil || answer.text(0) == "none" {
		return nil, err
	}
	return turnOf(answer.text(4), answer), nil
}

// Extend implements bot.Inbox.
func (s *Store) Extend(ctx context.Context, t *bot.Turn, lease time.Duration) error {
	answer, err := s.run(ctx, extendScript, t.Event.Queue, t.Token, span(lease))
	return hold(extendScript, event(t.Event), answer, err)
}

// turnOf reads a turn at a queue: 'turn', the event's id, the token, the data.
func turnOf(queue string, answer reply) *bot.Turn {
	return &bot.Turn{
		Event: bot.Inbound{Queue: queue, ID: answer.text(1), Data: []byte(answer.text(3))},
		Token: answer.number(2),
	}
}

// event is an event as errors name it.
type event bot.Inbound

// String names the event.
func (e event) String() string { return "event " + e.ID }
