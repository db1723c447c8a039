package main

import (
	"context"
	crand "crypto/rand"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/calendar"
	"interlab/configs"
)

// exportCalendar reads talks from the store that the settings or a folder name.
func exportCalendar(ctx context.Context, s configs.Settings, data string, which bot.Selection, log zerolog.Logger) (calendar.Feed, error) {
	store, err := openStore(ctx, s, cli.Console{Data: data})
	if err != nil {
		return calendar.Feed{}, err
	}
	defer store.Close() //nolint:errcheck // only read
	if store.Forgets() {
		return calendar.Feed{}, redis.ErrNoServer
	}
	app, err := newApp(s, store, newStage(store, cli.Console{}), silent, crand.Reader, log, inOrder)
	if err != nil {
		return calendar.Feed{}, err
	}
	return app.Feed(ctx, which)
}
