package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"interlab/configs"
)

// Program is what the command line drives.
type Program struct {
	Version string
	Stdout  io.Writer
	Stderr  io.Writer
	// Getenv and ReadFile are where settings come from.
	Getenv   func(string) string
	ReadFile func(string) ([]byte, error)
	// Console plays a script or opens the prompt.
	Console func(ctx context.Context, s configs.Settings, c Console) error
	// Serve connects to the platforms and runs until ctx ends.
	Serve func(ctx context.Context, s configs.Settings) error
	// Probe looks at everything that the settings name.
	Probe func(ctx context.Context, s configs.Settings) []Finding
}

// grammar is the whole command line.
type grammar struct {
	Config  string  `help:"Settings file; without one, defaults and environment." placeholder:"FILE" env:"INTERLAB_CONFIG" short:"c"`
	Console Console `cmd:"" help:"Try the bot in this terminal, as several people on one clock."`
	Serve   serve   `cmd:"" help:"Serve the platforms that the settings name."`
	Check   check   `cmd:"" help:"Look at everything the settings name, and say what is missing."`
	Plan    plan    `cmd:"" help:"Match people who are in files: no bot, no store."`
	Version version `cmd:"" help:"Say which version this is."`
}

// Console is the command that talks in a terminal.
type Console struct {
	Sample bool   `help:"Fill an empty store with a small invented network."`
	Script string `help:"Play a conversation script and print its transcript; - reads standard input." placeholder:"FILE"`
	Data   string `help:"Keep everything in this folder, on a Redis that is started for it." placeholder:"DIR"`
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
		_, _ = fmt.Fprintf(p.Stderr, "interlab: %v\n", err)
	}
	return exitFailure
}

// settings loads what the operator decided.
func (p *Program) settings(g *grammar) (configs.Settings, error) {
	return configs.Load(g.Config, p.Getenv, p.ReadFile)
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
	return p.Serve(ctx, s)
}

// Run prints the version.
func (version) Run(p *Program) error {
	_, err := fmt.Fprintln(p.Stdout, "interlab", p.Version)
	return err
}
