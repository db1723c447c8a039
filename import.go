package main

import (
	"context"
	crand "crypto/rand"
	"fmt"
	"os"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/configs"
)

// knownPlatforms are those that a network can be on, and whether user ids are unique
// only within a workspace there.
var knownPlatforms = map[chat.Platform]bool{"slack": true, "discord": false}

// importPeople lists people in the store that the settings or a folder name.
func importPeople(ctx context.Context, s configs.Settings, data string, people []bot.Listee, o bot.ImportOptions, log zerolog.Logger) (bot.ImportReport, error) {
	store, err := openStore(ctx, s, cli.Console{Data: data})
	if err != nil {
		return bot.ImportReport{}, err
	}
	defer store.Close() //nolint:errcheck // the store says nothing useful on the way out
	if store.Forgets() {
		return bot.ImportReport{}, redis.ErrNoServer
	}
	app, err := newApp(s, store, newStage(store, cli.Console{}), silent, crand.Reader, log, inOrder)
	if err != nil {
		return bot.ImportReport{}, err
	}
	return app.Import(ctx, people, o)
}

// silent is no messenger for any platform: an import tells nobody anything.
func silent(chat.Platform) (chat.Messenger, bool) { return nil, false }

// listPeople puts the people of a file onto the stage.
func listPeople(ctx context.Context, s configs.Settings, app *bot.App, path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the people: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	people, err := bot.ReadPeople(file, knownPlatforms)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	_, err = app.Import(ctx, people, bot.ImportOptions{By: s.Network.Name})
	return err
}
