package cli

import (
	"context"
	"fmt"
	"os"

	"interlab/bot"
)

// exportOutcomes writes what became of exchanges.
type exportOutcomes struct {
	keeping
	Lab    string `help:"Only what this lab takes part in: its name or id." placeholder:"LAB"`
	Period string `help:"What figures are of: 2026, 2026-Q1, 2026-03 or 2026-01-01..2026-03-31." placeholder:"PERIOD"`
	File   string `arg:"" optional:"" default:"-" help:"Where to write it; - or nothing prints it."`
}

type (
	exportCSV    struct{ exportOutcomes }
	exportJSON   struct{ exportOutcomes }
	exportCrate  struct{ exportOutcomes }
	exportBibTeX struct{ exportOutcomes }
)

// Run writes tables.
func (c exportCSV) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.write(ctx, g, p, bot.FormatCSV)
}

// Run writes one JSON document.
func (c exportJSON) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.write(ctx, g, p, bot.FormatJSON)
}

// Run writes a crate of each exchange.
func (c exportCrate) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.write(ctx, g, p, bot.FormatCrate)
}

// Run writes a list of works of each person.
func (c exportBibTeX) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.write(ctx, g, p, bot.FormatBibTeX)
}

// write makes the export while the bot may serve. Nobody but its owner can read
// the file.
func (c exportOutcomes) write(ctx context.Context, g *grammar, p *Program, f bot.Format) error {
	return c.open(ctx, g, p, false, func(u Upkeep) error {
		if c.File != "-" {
			if err := unused(c.File); err != nil {
				return err
			}
		}
		file, err := u.App.Export(ctx, bot.Order{Format: f, Lab: c.Lab, Period: c.Period})
		if err != nil {
			return fmt.Errorf("export %s: %w", f, err)
		}
		if c.File == "-" {
			if _, err := p.Stdout.Write(file.Data); err != nil {
				return fmt.Errorf("print the %s: %w", f, err)
			}
			return nil
		}
		if err := os.WriteFile(c.File, file.Data, 0o600); err != nil {
			return fmt.Errorf("export %s: %w", f, err)
		}
		p.say("%s is in %s.", file.Name, c.File)
		return nil
	})
}
