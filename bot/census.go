package bot

import (
	"context"
	"fmt"
)

// Census is how much a network keeps, and how its work stands.
type Census struct {
	Kept map[Kind]int64 // documents of each kind
	// Work that is due, due later, in hand, and given up.
	Due, Later, Held, Buried int64
}

// Census counts in one round trip.
func (a *App) Census(ctx context.Context) (Census, error) {
	kinds := sortedKinds()
	var indexes []string
	for _, kind := range kinds {
		indexes = append(indexes, every(kind))
	}
	tally, err := a.store.Tally(ctx, a.clock.Now(), indexes...)
	if err != nil {
		return Census{}, fmt.Errorf("count what is kept: %w", err)
	}
	c := Census{Kept: map[Kind]int64{}, Due: tally.Due, Later: tally.Later, Held: tally.Held, Buried: tally.Buried}
	for i, kind := range kinds {
		c.Kept[kind] = tally.Listed[i]
	}
	return c, nil
}
