package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/alecthomas/kong"

	"interlab/bot/chat"
	"interlab/calendar"
	"interlab/configs"
)

// Program is what the command line drives.
type Program struct {
	Version string
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	// Veil hides the secrets of all settings that are read.
	Veil *configs.Veil
	// Getenv and ReadFile are where settings come from.
	Getenv   func(string) string
	ReadFile func(string) ([]byte, error)
	// Open opens a file that may be large.
	Open func(string) (io.ReadCloser, error)
	// Platforms are those that the network can be on, and whether an account
	// there is only known together with its workspace.
	Platforms map[chat.Platform]bool
	// Import lists people in the store.
	Import Importer
	// Console plays a script or opens the prompt.
	Console func(ctx context.Context, s configs.Settings, c Console) error
	// Serve connects to the platforms and runs until ctx ends. Another call of
	// again reads the settings anew.
	Serve func(ctx context.Context, s configs.Settings, again func() (configs.Settings, error)) error
	// Probe looks at everything that the settings name.
	Probe func(ctx context.Context, s configs.Settings) []Finding
	// Manifests are what platforms want to be told of the bot, by platform.
	Manifests map[string]func() (string, error)
	// Zones are the rules of time in a folder that the settings name; in the
	// program where they name none.
	Zones func(folder string) (*calendar.ZoneSet, error)
	// Calendar reads talks from the store.
	Calendar CalendarReader
	// Upkeep opens the store for what an operator does.
	Upkeep Upkeeper
	// Now is the clock.
	Now func() time.Time
}

// grammar is the whole command line.
type grammar struct {
	Config   string    `help:"Settings file (INTERLAB_CONFIG); without one, defaults and environment." placeholder:"FILE" short:"c"`
	Console  Console   `cmd:"" help:"Try the bot in this terminal, as several people on one clock."`
	Serve    serve     `cmd:"" help:"Serve the platforms that the settings name."`
	Check    check     `cmd:"" help:"Look at everything the settings name, and say what is missing."`
	Import   importing `cmd:"" help:"Bring people into the network."`
	Export   exporting `cmd:"" help:"Print what the store has, for other programs."`
	Restore  restoring `cmd:"" help:"Put a backup into an empty network."`
	Verify   verifying `cmd:"" help:"Look at everything that is kept, and say what is wrong."`
	Jobs     jobs      `cmd:"" help:"Work that was given up, or is held."`
	Keys     keys      `cmd:"" help:"Keys that seal what waits in the store, and sign links."`
	Plan     plan      `cmd:"" help:"Match people who are in files: no bot, no store."`
	Manifest manifest  `cmd:"" help:"Print what a platform wants to be told of the bot, to paste there."`
	When     when      `cmd:"" help:"Say which instant a time is, as the bot understands it."`
	Version  version   `cmd:"" help:"Say which version this is."`
}

// Console is the command that talks in a terminal.
type Console struct {
	Sample bool   `help:"Fill an empty store with a small invented network."`
	People string `help:"List the people of this CSV file first, as import people does." placeholder:"FILE"`
	Script string `help:"Play a conversation script and print its transcript; - reads standard input." placeholder:"FILE"`
	Data   string `help:"Keep everything in this folder, on a Redis that is started for it." placeholder:"DIR"`
	Web    string `help:"Show the public pages at this address meanwhile, as :8080." placeholder:"HOST:PORT"`
}

type (
	serve struct{}
	check struct {
		JSON bool `help:"Print one JSON object a line."`
	}
	version struct{}
)

// errSaid means that what went wrong has been told already.
var errSaid = errors.New("said already")

// exitUsage and exitFailure are what a shell gets for a wrong command line and
// for a command that failed.
const (
	exitFailure = 1
	exitUsage   = 2
)

// Run parses the arguments, without the program's name, does what they say and
// returns the exit code. Errors are told on Stderr.
func Run(ctx context.Context, args []string, p Program) int {
	var g grammar
	exit := -1
	parser, err := kong.New(&g,
		kong.Name("interlab"),
		kong.Description("One chat bot for a network of research labs."),
		kong.Writers(p.Stdout, p.Stderr),
		kong.Exit(func(code int) { exit = code }),
		kong.UsageOnError(),
	)
	if err != nil {
		return p.fail(err)
	}
	command, err := parser.Parse(args)
	if exit >= 0 {
		return exit // help was asked for and is printed
	}
	if err != nil {
		_, _ = fmt.Fprintf(p.Stderr, "interlab: %v\nType interlab --help to see what there is.\n", err)
		return exitUsage
	}
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(&g, &p); err != nil {
		return p.fail(err)
	}
	return 0
}

func (p *Program) fail(err error) int {
	if !errors.Is(err, errSaid) {
		_, _ = fmt.Fprintf(p.Stderr, "interlab: %s\n", p.Veil.Hide(err.Error()))
	}
	return exitFailure
}

// settings loads what the operator decided.
func (p *Program) settings(g *grammar) (configs.Settings, error) {
	s, err := configs.Load(p.config(g), p.Getenv, p.ReadFile)
	p.Veil.Cover(s)
	return s, err
}

// config is the path of the settings file: the argument before the environment.
func (p *Program) config(g *grammar) string {
	return cmp.Or(g.Config, p.Getenv("INTERLAB_CONFIG"))
}

// Run opens the terminal.
func (c Console) Run(ctx context.Context, g *grammar, p *Program) error {
	s, err := p.settings(g)
	if err != nil {
		return err
	}
	return p.Console(ctx, s, c)
}

// Run serves the platforms.
func (serve) Run(ctx context.Context, g *grammar, p *Program) error {
	s, err := p.settings(g)
	if err != nil {
		return err
	}
	return p.Serve(ctx, s, func() (configs.Settings, error) { return p.settings(g) })
}

// Run prints the version.
func (version) Run(p *Program) error {
	if _, err := fmt.Fprintln(p.Stdout, "interlab", p.Version); err != nil {
		return fmt.Errorf("print the version: %w", err)
	}
	return nil
}
