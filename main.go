// Interlab is one chat bot for a network of research labs. This file parses the
// command line, wires the parts and runs them until told to stop.
package main

import (
	"context"
	crand "crypto/rand"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/rs/zerolog"

	"interlab/adapters/cli"
	"interlab/adapters/console"
	"interlab/adapters/discord"
	"interlab/adapters/redis"
	"interlab/bot"
	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/configs"
	"interlab/matching"
)

// version is what the program calls itself; CHANGELOG.md has the same one on top.
const version = "0.1.0"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)
	stop()
	os.Exit(code)
}

// run is main with everything handed in.
func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer, getenv func(string) string) int {
	veil := &configs.Veil{}
	log := veil.Over(errs)
	return cli.Run(ctx, args, cli.Program{
		Version: version, Stdin: in, Stdout: out, Stderr: errs, Veil: veil, Getenv: getenv, ReadFile: os.ReadFile,
		Open:      func(name string) (io.ReadCloser, error) { return os.Open(name) },
		Platforms: knownPlatforms,
		Import: func(ctx context.Context, s configs.Settings, data string, people []bot.Listee, o bot.ImportOptions) (bot.ImportReport, error) {
			return importPeople(ctx, s, data, people, o, logger(s, log))
		},
		Console: func(ctx context.Context, s configs.Settings, c cli.Console) error {
			return terminal(ctx, s, c, in, out, log)
		},
		Calendar: func(ctx context.Context, s configs.Settings, data string, which bot.Selection) (calendar.Feed, error) {
			return exportCalendar(ctx, s, data, which, logger(s, log))
		},
		Upkeep: func(ctx context.Context, s configs.Settings, data string, restoring bool, do func(cli.Upkeep) error) error {
			return upkeep(ctx, s, data, restoring, logger(s, log), do)
		},
		Zones: zones, Now: func() time.Time { return time.Now().UTC() },
		Serve: func(ctx context.Context, s configs.Settings, again func() (configs.Settings, error)) error {
			return serve(ctx, s, again, log)
		},
		Probe:     probe,
		Manifests: manifests(),
	})
}

// terminal plays a script or opens the prompt.
func terminal(ctx context.Context, s configs.Settings, c cli.Console, in io.Reader, out, errs io.Writer) error {
	script, err := readScript(c.Script, in)
	if err != nil {
		return err
	}
	store, err := openStore(ctx, s, c)
	if err != nil {
		return err
	}
	defer store.Close() //nolint:errcheck // the store says nothing useful on the way out
	if c.Web != "" {
		s.Web = consoleWeb(c.Web)
	}
	world := newStage(store, c)
	log := logger(s, errs)
	log = log.Level(max(log.GetLevel(), zerolog.WarnLevel)) // what goes well is seen in the terminal itself
	term := console.New(console.Options{World: world, Out: out, Session: session(store), Greeting: greeting(store, world.Now(), s.Web.Address)})
	everywhere := func(p chat.Platform) (chat.Messenger, bool) { return onTerminal(term, p), true }
	app, err := world.begin(s, everywhere, chance(store, c), log)
	if err != nil {
		return err
	}
	term.Bind(world)
	if _, err := app.Sweep(ctx); err != nil {
		return err
	}
	if err := app.Warm(ctx); err != nil {
		return err
	}
	if c.Sample {
		if err := populate(ctx, app, term); err != nil {
			return err
		}
	}
	if c.People != "" {
		if err := listPeople(ctx, s, app, c.People); err != nil {
			return err
		}
	}
	s.Web.Listen = c.Web // the settings' own is for serve
	pages, err := newPages(s, app, log)
	if err != nil {
		return err
	}
	return beside(ctx, pages, log, func(ctx context.Context) error {
		if script != nil {
			return term.Play(ctx, script)
		}
		return term.Prompt(ctx, in, out)
	})
}

// onTerminal is the terminal in the place of a platform: it shows a calendar
// where the platform has one.
func onTerminal(term *console.Console, p chat.Platform) chat.Messenger {
	if p == discord.Platform {
		return term
	}
	return term.Platform()
}

// readScript parses the script before anything is opened; nil without one.
func readScript(path string, in io.Reader) (*console.Script, error) {
	switch path {
	case "":
		return nil, nil
	case "-":
		return console.Parse("standard input", in)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open the script: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	return console.Parse(path, file)
}

// openStore takes a kept store where one is named, else one in this process: a
// script begins on an empty stage, and so does a newcomer's first try.
func openStore(ctx context.Context, s configs.Settings, c cli.Console) (*redis.Running, error) {
	switch {
	case c.Data != "":
		return redis.Embed(ctx, redis.EmbedOptions{Dir: c.Data, Network: s.Network.ID})
	case !s.Redis.Embedded():
		return redis.Remote(ctx, remote(s))
	case c.Script != "" || c.Sample:
		return redis.InProcess(ctx, s.Network.ID)
	}
	store, err := redis.Embed(ctx, redis.EmbedOptions{Dir: s.Redis.Data, Network: s.Network.ID})
	if errors.Is(err, redis.ErrNoServer) {
		return redis.InProcess(ctx, s.Network.ID)
	}
	return store, err
}

func remote(s configs.Settings) redis.Options {
	return redis.Options{
		URL: s.Redis.URL, Username: s.Redis.Username, Password: s.Redis.Password.Reveal(), Network: s.Network.ID,
		SentinelUsername: s.Redis.SentinelUsername, SentinelPassword: s.Redis.SentinelPassword.Reveal(), Authority: s.Redis.Authority,
	}
}

// inOrder has one worker: who hears first at the same moment is the same every time.
const inOrder = 1

// newApp wires the core to the messengers of the platforms. With no number of
// workers it chooses one that suits a server.
func newApp(s configs.Settings, store *redis.Running, clock bot.Clock, messenger messengers, ids io.Reader, log zerolog.Logger, workers int) (*bot.App, error) {
	set, err := zones(s.ZoneData)
	if err != nil {
		return nil, err
	}
	return newAppBy(set, s, store, clock, messenger, ids, log, workers)
}

// newAppBy is newApp by zone data of one's own.
func newAppBy(set *calendar.ZoneSet, s configs.Settings, store *redis.Running, clock bot.Clock, messenger messengers, ids io.Reader, log zerolog.Logger, workers int) (*bot.App, error) {
	aliases, err := aliases(s)
	if err != nil {
		return nil, err
	}
	keys, err := ring(s, store)
	if err != nil {
		return nil, err
	}
	return bot.New(bot.Options{
		Store: store, Keys: keys, Clock: clock, Chance: ids, Zones: set, Aliases: aliases, Log: log,
		Messenger: messenger, Organisers: s.Network.Organisers,
		Retention: bot.Retention(s.Retention), Network: s.Network.ID, Public: s.Web.Address, Language: bot.Language(s.Network.Language), Kept: keptIn(s, store), Workers: workers,
	})
}

// keptIn says where the store is, without a path or an address.
func keptIn(s configs.Settings, store *redis.Running) string {
	switch {
	case store.Forgets():
		return "in memory; forgotten at the end"
	case s.Redis.Embedded():
		return "embedded"
	}
	return "remote"
}

// messengers finds the messenger of a platform; false where none serves it.
type messengers func(chat.Platform) (chat.Messenger, bool)

func aliases(s configs.Settings) (matching.Aliases, error) {
	if s.AliasesFile == "" {
		return matching.DefaultAliases(), nil
	}
	file, err := os.Open(s.AliasesFile)
	if err != nil {
		return matching.Aliases{}, fmt.Errorf("open the topic aliases: %w", err)
	}
	defer file.Close() //nolint:errcheck // only read
	return matching.ParseAliases(file)
}

// stage is what a script may do beside talking: the store's and the clock's life.
type stage struct {
	app   *bot.App
	again func(*calendar.ZoneSet) (*bot.App, error) // starts the bot by other zone data
	rules *calendar.ZoneSet
	store *redis.Running

	mu    sync.Mutex
	fixed time.Time     // what the clock shows, in a script
	ahead time.Duration // how far the clock was moved, at the prompt
}

// newStage has a clock that stands still in a script, at a moment before every
// story, and that runs at the prompt.
func newStage(store *redis.Running, c cli.Console) *stage {
	s := &stage{store: store}
	switch {
	case c.Script != "":
		s.fixed = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	case c.Sample:
		s.SetNow(workday(time.Now().UTC()))
	}
	return s
}

// Enter makes a home and its lab known.
func (s *stage) Enter(ctx context.Context, _ chat.Account, home chat.Home, _ string) error {
	return s.bot().Enter(ctx, home, "")
}

// Now is what the one clock shows.
func (s *stage) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.fixed.IsZero() {
		return s.fixed
	}
	return time.Now().UTC().Add(s.ahead)
}

// SetNow moves the clock.
func (s *stage) SetNow(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.fixed.IsZero() {
		s.fixed = t
		return
	}
	s.ahead = time.Until(t)
}

func (s *stage) Settle(ctx context.Context) error { return s.bot().Settle(ctx) }

func (s *stage) Next(ctx context.Context) (time.Time, bool, error) { return s.bot().Next(ctx) }

func (s *stage) StopStore(ctx context.Context) error { return s.store.Stop(ctx) }

func (s *stage) StartStore(ctx context.Context) error { return s.store.Start(ctx) }

// session tells the events of this run from those of another on a kept store.
func session(store *redis.Running) string {
	if store.Forgets() {
		return "console"
	}
	return "console-" + crand.Text()
}

// chance repeats itself on a stage that forgets, so that a script reads the
// same every time.
func chance(store *redis.Running, c cli.Console) io.Reader {
	if store.Forgets() && c.Script != "" {
		return rand.NewChaCha8([32]byte{})
	}
	return crand.Reader
}

// greeting opens the prompt.
func greeting(store *redis.Running, now time.Time, pages string) string {
	text := "Interlab " + version + " in your terminal. The clock shows " + calendar.Pinned().FormatFull(now, calendar.UTC()) + "; clock +7d moves it."
	if pages != "" {
		text += "\nWhat everybody can read is at " + pages + "/ while this runs."
	}
	if store.Forgets() {
		text += "\nThis store is in memory: everything is forgotten when you leave. To keep it, use --data DIR (needs redis-server or valkey-server)."
	}
	return text
}
