package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"interlab/bot"
)

// jobs groups what can be done about work that was given up.
type jobs struct {
	List  jobsList  `cmd:"" help:"List work that was given up, with the reason."`
	Held  jobsHeld  `cmd:"" help:"List work that a restore held for review."`
	Retry jobsRetry `cmd:"" help:"Make work due again."`
	Drop  jobsDrop  `cmd:"" help:"Give up messages for good."`
}

type (
	jobsList struct{ keeping }
	jobsHeld struct{ keeping }
)

// Run lists what was given up.
func (c jobsList) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.list(ctx, g, p, func(b bot.Buried) bool { return !b.Held() }, "No work was given up.")
}

// Run lists what is held.
func (c jobsHeld) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.list(ctx, g, p, bot.Buried.Held, "No work is held.")
}

func (k keeping) list(ctx context.Context, g *grammar, p *Program, which func(bot.Buried) bool, none string) error {
	return k.open(ctx, g, p, false, func(u Upkeep) error {
		all, err := u.App.GivenUp(ctx)
		if err != nil {
			return err
		}
		all = slices.DeleteFunc(all, func(b bot.Buried) bool { return !which(b) })
		if len(all) == 0 {
			p.say("%s", none)
			return nil
		}
		for _, b := range all {
			p.say("%s  since %s  %s", b, b.At.UTC().Format("2006-01-02 15:04 UTC"), p.Veil.Hide(b.Reason))
		}
		return nil
	})
}

// chosen says which work is meant.
type chosen struct {
	Work []string `arg:"" optional:"" help:"As it is listed: KIND:ID#NAME."`
	Held bool     `help:"All that is held."`
	All  bool     `help:"All that was given up or is held."`
}

func (c chosen) matches(b bot.Buried) bool {
	return c.All || c.Held && b.Held() || slices.Contains(c.Work, b.String())
}

type (
	jobsRetry struct {
		keeping
		chosen
	}
	jobsDrop struct {
		keeping
		chosen
	}
)

// Run makes work due again.
func (c jobsRetry) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.each(ctx, g, p, c.chosen, "due again", func(u Upkeep, b bot.Buried) error { return u.App.Retry(ctx, b) })
}

// Run drops messages.
func (c jobsDrop) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.each(ctx, g, p, c.chosen, "dropped", func(u Upkeep, b bot.Buried) error { return u.App.DropMessage(ctx, b) })
}

// each does something with all work that is meant, a list at a time, and says
// how much it was. Work that is no message stays where it is.
func (k keeping) each(ctx context.Context, g *grammar, p *Program, c chosen, done string, do func(Upkeep, bot.Buried) error) error {
	if len(c.Work) == 0 && !c.Held && !c.All {
		return errors.New("say which: KIND:ID#NAME as interlab jobs list has it, --held or --all")
	}
	return k.open(ctx, g, p, false, func(u Upkeep) error {
		count, kept := 0, map[string]bool{}
		for more := true; more; {
			all, err := u.App.GivenUp(ctx)
			if err != nil {
				return err
			}
			more = false
			for _, b := range all {
				if kept[b.String()] || !c.matches(b) {
					continue
				}
				switch err := do(u, b); {
				case errors.Is(err, bot.ErrNoMessage):
					kept[b.String()] = true
				case err != nil:
					return err
				default:
					count, more = count+1, len(all) == bot.MaxListed
				}
			}
		}
		p.say("%d %s.", count, done)
		if len(kept) > 0 {
			return fmt.Errorf("%d %w", len(kept), errNoMessages)
		}
		return nil
	})
}

// errNoMessages is what is said of work that cannot be dropped.
var errNoMessages = errors.New("are no messages and stay; retry them, and what has become pointless does nothing")
