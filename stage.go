package main

import (
	"context"
	"io"

	"github.com/rs/zerolog"

	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/configs"
)

// The stage stands in front of the bot as the bot does, so that it can be started
// anew while a script plays.
var _ chat.App = (*stage)(nil)

// begin starts the bot on the stage.
func (s *stage) begin(settings configs.Settings, messenger messengers, ids io.Reader, log zerolog.Logger) (*bot.App, error) {
	set, err := zones(settings.ZoneData)
	if err != nil {
		return nil, err
	}
	s.rules = set
	s.again = func(set *calendar.ZoneSet) (*bot.App, error) {
		return newAppBy(set, settings, s.store, s, messenger, ids, log, inOrder)
	}
	s.app, err = s.again(set)
	return s.app, err
}

// Rezone starts the bot anew with zone data as if a law had put one zone on the
// clocks of another.
func (s *stage) Rezone(ctx context.Context, law, like string) error {
	zone, err := calendar.ParseZone(law)
	if err != nil {
		return err
	}
	other, err := calendar.ParseZone(like)
	if err != nil {
		return err
	}
	s.mu.Lock()
	s.rules = s.rules.Rehearse(zone, other)
	app, err := s.again(s.rules)
	if err == nil {
		s.app = app
	}
	s.mu.Unlock()
	if err != nil {
		return err
	}
	_, err = app.Sweep(ctx)
	return err
}

// bot is the one that was started last.
func (s *stage) bot() *bot.App {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.app
}

// Plan, and what follows, is what the bot does.
func (s *stage) Plan(e chat.Event) chat.Plan { return s.bot().Plan(e) }

func (s *stage) Accept(ctx context.Context, e chat.Event) (chat.Ticket, error) {
	return s.bot().Accept(ctx, e)
}

func (s *stage) Handle(ctx context.Context, t chat.Ticket) error { return s.bot().Handle(ctx, t) }

func (s *stage) Form(ctx context.Context, e chat.Event) (chat.Form, error) {
	return s.bot().Form(ctx, e)
}

func (s *stage) Check(e chat.Event) []chat.Problem { return s.bot().Check(e) }

func (s *stage) Complete(ctx context.Context, q chat.Completion) ([]chat.Option, error) {
	return s.bot().Complete(ctx, q)
}

func (s *stage) Home(ctx context.Context, who chat.Account) (chat.Message, error) {
	return s.bot().Home(ctx, who)
}

func (s *stage) Tree() *chat.Tree { return s.bot().Tree() }
