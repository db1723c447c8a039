package main

import (
	"context"
	crand "crypto/rand"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/adapters/redis"
	"interlab/configs"
)

// upkeep opens the store that the settings or a folder name for what an operator
// does with it, and nobody is told anything meanwhile.
func upkeep(ctx context.Context, s configs.Settings, data string, restoring bool, log zerolog.Logger, do func(cli.Upkeep) error) error {
	store, err := openStore(ctx, s, cli.Console{Data: data})
	if err != nil {
		return err
	}
	defer store.Close() //nolint:errcheck // the store says nothing useful on the way out
	if store.Forgets() {
		return redis.ErrNoServer
	}
	if !restoring {
		if err := store.CheckRestored(ctx); err != nil {
			return err
		}
	}
	app, err := newApp(s, store, clock{}, silent, crand.Reader, log, inOrder)
	if err != nil {
		return err
	}
	return do(cli.Upkeep{App: app, Store: store})
}
