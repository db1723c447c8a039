package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"interlab/bot/chat"
	"interlab/bot/seal"
	"interlab/matching"
)

// Decisions are what an operator may decide anew while the bot runs.
type Decisions struct {
	// Organisers are the accounts that may do what organisers may, whatever the
	// store says of them.
	Organisers []chat.Account
	// Aliases are the abbreviations and synonyms of topics.
	Aliases matching.Aliases
	// Keys seal in the store what is on its way; nil leaves those that are in force.
	Keys *seal.Ring
}

// Decide puts new decisions in force. Whoever is named no more is no organiser
// from the next press on, unless the store has appointed them. Everybody's
// topics are read anew with the new aliases, aside, while searches go on with
// the old ones; an error leaves these in force, and the organisers are decided on.
func (a *App) Decide(ctx context.Context, d Decisions) error {
	a.organisers.Store(named(d.Organisers))
	if d.Keys != nil {
		a.store.ring.Store(d.Keys)
	}
	if err := a.people.reread(ctx, d.Aliases); err != nil {
		return fmt.Errorf("decide on topic aliases: %w", err)
	}
	return nil
}

// organisersNamed are the organisers that the settings name, in a fixed order.
type organisersNamed []chat.Account

func named(accounts []chat.Account) *organisersNamed {
	sorted := organisersNamed(slices.SortedFunc(slices.Values(accounts), func(x, y chat.Account) int { return strings.Compare(x.String(), y.String()) }))
	return &sorted
}

// namedOrganiser reports whether the settings make an organiser of the account.
func (a *App) namedOrganiser(account chat.Account) bool {
	return slices.Contains(*a.organisers.Load(), account)
}
