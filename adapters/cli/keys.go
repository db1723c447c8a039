package cli

import (
	"context"
	"crypto/rand"
	"maps"
	"slices"
	"time"

	"interlab/bot/seal"
)

// keys groups what can be done about the keys that seal and sign.
type keys struct {
	New    keysNew    `cmd:"" help:"Print a fresh key, to be put in front of the others."`
	Rotate keysRotate `cmd:"" help:"Seal everything under the newest key, and say which older ones can go."`
}

type (
	keysNew struct {
		Name string `arg:"" optional:"" help:"What to call it; today's date if nothing is said."`
	}
	keysRotate struct{ keeping }
)

// Run prints a key. It needs no settings: it may be the first thing that is done.
func (c keysNew) Run(p *Program) error {
	name := c.Name
	if name == "" {
		name = p.Now().UTC().Format(time.DateOnly)
	}
	line, err := seal.New(name, rand.Reader)
	if err != nil {
		return err
	}
	p.say("%s", line)
	return nil
}

// Run seals again, while the bot may serve. It may be ended and repeated at any
// time.
func (c keysRotate) Run(ctx context.Context, g *grammar, p *Program) error {
	return c.open(ctx, g, p, false, func(u Upkeep) error {
		left, shut, err := u.App.Reseal(ctx, u.Store)
		if err != nil {
			return err
		}
		names := u.App.Keys()
		for i, name := range names {
			switch n := left[name]; {
			case i == 0:
				p.say("%s is the newest key: %d events and answers are sealed under it.", name, n)
			case n == 0:
				p.say("%s seals nothing any more. Once every process has the newest key, remove its line; links that it signed end with it.", name)
			default:
				p.say("%s still seals %d: a process has it as its newest. Reload that one, and run this again.", name, n)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(left)) {
			if n := left[name]; name == "" {
				p.say("%d are not sealed: a process has no keys. Reload it, and run this again.", n)
			} else if !slices.Contains(names, name) {
				p.say("%s is not among the keys, and %d are sealed under it. Put its line back behind the newest, and run this again.", name, n)
			}
		}
		if shut > 0 {
			p.say("%d could not be opened and stay as they are; events go within the hour, answers within eight days.", shut)
		}
		return nil
	})
}
