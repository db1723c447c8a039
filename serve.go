package main

import (
	"context"
	crand "crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/adapters/discord"
	"interlab/adapters/slack"
	"interlab/adapters/web"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/bot/chat/desk"
	"interlab/calendar"
	"interlab/configs"
	"interlab/matching"
)

// platform is the adapter of one chat platform, as the program runs it.
type platform struct {
	name      chat.Platform
	messenger chat.Messenger
	// run listens until ctx ends and then finishes what is under way. It
	// returns an error when it cannot go on.
	run func(ctx context.Context, app chat.App) error
	// links are its connections as they are now.
	links func() []desk.Link
	// envelopes counts what came from it, by what became of that; nil where the
	// platform does not tell.
	envelopes func() map[desk.Outcome]int64
}

// platforms are the adapters that the settings ask for, of several processes each
// with the connections that it holds.
func platforms(s configs.Settings, log zerolog.Logger, held *places) ([]platform, error) {
	var all []platform
	if len(s.Slack.Workspaces) > 0 {
		a := slack.New(slackOptions(s, log))
		all = append(all, platform{
			slack.Platform, a, a.Run, a.Links, a.Envelopes,
		})
	}
	if s.Discord.Token.Reveal() != "" {
		options := discordOptions(s, log)
		options.Hold = held.shard
		a, err := discord.New(options)
		if err != nil {
			return nil, err
		}
		all = append(all, platform{
			discord.Platform, a, a.Run, a.Links, a.Envelopes,
		})
	}
	return all, nil
}

func discordOptions(s configs.Settings, log zerolog.Logger) discord.Options {
	return discord.Options{
		Token: s.Discord.Token.Reveal(), APIURL: s.Discord.APIURL, Guilds: s.Discord.Guilds, Shards: s.Discord.Shards, Now: time.Now, Log: log,
	}
}

func slackOptions(s configs.Settings, log zerolog.Logger) slack.Options {
	o := slack.Options{APIURL: s.Slack.APIURL, Now: time.Now, Log: log}
	for _, w := range s.Slack.Workspaces {
		o.Workspaces = append(o.Workspaces, slack.Workspace{Name: w.Name, BotToken: w.BotToken.Reveal(), AppToken: w.AppToken.Reveal()})
	}
	return o
}

// errNothingToServe is what serve says where the settings name no platform.
var errNothingToServe = errors.New("serve: the settings name no workspace of Slack and no bot of Discord, and no web.listen for public pages, so there is nothing to serve; README.md says how to install the bot; to try it in this terminal: interlab console --sample")

// errForgets is what serve says where nothing would be kept: what people are
// promised could not be held.
var errForgets = errors.New("serve: neither redis-server nor valkey-server is on the PATH, and redis.url names none, so everything would be forgotten at the end; install one of them, or set redis.url")

const (
	// tickEvery is how often what fell due is looked for; events of this
	// replica wake it as well.
	tickEvery = time.Second
	// stopWithin is how long a stop may take before the program gives up on
	// what is under way; the store still has it.
	stopWithin = 15 * time.Second
)

// serve runs the bot on all platforms until ctx ends. On SIGHUP it reads the
// settings again.
func serve(ctx context.Context, s configs.Settings, again func() (configs.Settings, error), errs io.Writer) error {
	hangups := make(chan os.Signal, 1)
	signal.Notify(hangups, syscall.SIGHUP)
	defer signal.Stop(hangups)
	least := newThreshold(s)
	log := loggerAt(zerolog.TraceLevel, s, errs).Sample(least)
	warnOfModes(s, log)
	held := newPlaces(log)
	all, err := platforms(s, log, held)
	if err != nil {
		return err
	}
	if len(all) == 0 && s.Web.Listen == "" {
		return errNothingToServe
	}
	store, err := openStore(ctx, s, cli.Console{})
	if err != nil {
		return err
	}
	defer store.Close() //nolint:errcheck // the store says nothing useful on the way out
	if store.Forgets() {
		return errForgets
	}
	if err := store.CheckRestored(ctx); err != nil {
		return err
	}
	held.store = store
	meter := web.NewMeter(version)
	store.Watch(meter.Called)
	app, err := newApp(s, store, clock{}, among(all), crand.Reader, log, 0)
	if err != nil {
		return err
	}
	app.Watch(meter)
	log.Info().Str("version", version).Int("platforms", len(all)).Msg("serving")
	private := web.Private{
		Meter: meter, Census: app.Census, Writable: store.Writable,
		Links: func() []web.Link { return links(all) }, Envelopes: func() map[string]map[string]int64 { return envelopes(all) },
	}
	pages, err := newPages(s, app, log)
	if err != nil {
		return err
	}
	live := reloading{app: app, least: least, log: log, inForce: s, again: again}
	return beside(ctx, listener{"private", s.Private.Listen, private.Handler(), web.Serve}, log, func(ctx context.Context) error {
		return beside(ctx, pages, log, func(ctx context.Context) error {
			return live.during(ctx, hangups, func(ctx context.Context) error { return together(ctx, log, app, all) })
		})
	})
}

// among finds the messenger of a platform.
func among(all []platform) messengers {
	return func(name chat.Platform) (chat.Messenger, bool) {
		for _, p := range all {
			if p.name == name {
				return p.messenger, true
			}
		}
		return nil, false
	}
}

// worker does what falls due; bot.App is one.
type worker interface {
	chat.App
	Run(ctx context.Context, tick <-chan time.Time) error
}

// together runs the platforms and the worker until ctx ends, or until no
// platform is left: one that cannot go on leaves the others alone. Without any
// platform nothing is worked on, since nobody could be told: the pages are read.
func together(ctx context.Context, log zerolog.Logger, app worker, all []platform) error {
	if len(all) == 0 {
		<-ctx.Done()
		return nil
	}
	working, stop := context.WithCancel(ctx)
	defer stop()
	ticker := time.NewTicker(tickEvery)
	defer ticker.Stop()
	worked := make(chan error, 1)
	go func() { worked <- app.Run(working, ticker.C) }()
	ended := make(chan error, len(all))
	for _, p := range all {
		go func() {
			err := p.run(ctx, app)
			if err != nil {
				log.Error().Err(err).Str("platform", string(p.name)).Msg("platform stopped")
			}
			ended <- err
		}()
	}
	finished := make(chan error, 1)
	go func() {
		var err error
		for range all {
			err = errors.Join(err, <-ended)
		}
		stop()
		finished <- errors.Join(err, <-worked)
	}()
	return inTime(ctx, finished)
}

// inTime waits for the end, after ctx has ended no longer than stopWithin.
func inTime(ctx context.Context, finished <-chan error) error {
	select {
	case err := <-finished:
		return err
	case <-ctx.Done():
	}
	select {
	case err := <-finished:
		return err
	case <-time.After(stopWithin):
		return fmt.Errorf("serve: did not stop within %s; what was under way is in the store", stopWithin)
	}
}

// clock is the real one.
type clock struct{}

// Now is the time in UTC.
func (clock) Now() time.Time { return time.Now().UTC() }

// manifests are what administrators paste into the platforms, by platform.
func manifests() map[string]func() (string, error) {
	return map[string]func() (string, error){
		string(slack.Platform): func() (string, error) {
			tree, err := commands()
			if err != nil {
				return "", err
			}
			return slack.Manifest(tree)
		},
		string(discord.Platform): func() (string, error) {
			tree, err := commands()
			if err != nil {
				return "", err
			}
			return discord.Manifest(tree)
		},
	}
}

// commands is the command tree; it needs no store.
func commands() (*chat.Tree, error) {
	app, err := bot.New(bot.Options{Zones: calendar.Pinned(), Aliases: matching.DefaultAliases(), Chance: crand.Reader})
	if err != nil {
		return &chat.Tree{}, err
	}
	return app.Tree(), nil
}
