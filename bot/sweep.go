package bot

import (
	"context"
	"fmt"
	"slices"
)

// Sweep derives the entries and due work of every document anew and repairs
// what the store lacks or has too much: after a crash of the store itself, or
// after a change of this code. It reports how many documents it mended; 0 on a
// healthy store. Times to come that a change of the zone data has moved are moved,
// and those concerned are told.
func (a *App) Sweep(ctx context.Context) (int, error) {
	mended := 0
	for _, kind := range sortedKinds() {
		n, err := a.sweepKind(ctx, kind)
		mended += n
		if err != nil {
			return mended, fmt.Errorf("sweep %s: %w", kind, err)
		}
	}
	return mended, nil
}

func sortedKinds() []Kind {
	all := make([]Kind, 0, len(kinds))
	for kind := range kinds {
		all = append(all, kind)
	}
	slices.Sort(all)
	return all
}

func (a *App) sweepKind(ctx context.Context, kind Kind) (int, error) {
	mended := 0
	for page := (Page{Index: every(kind)}); ; {
		records, next, err := a.store.Page(ctx, page)
		if err != nil {
			return mended, err
		}
		writes := make([]Write, 0, len(records))
		for _, r := range records {
			doc, err := decode(r)
			if err != nil {
				return mended, err
			}
			w, err := write(doc, r.Version)
			if err != nil {
				return mended, err
			}
			writes = append(writes, w)
		}
		n, err := a.store.Repair(ctx, writes)
		mended += n
		if err == nil {
			err = a.obey(ctx, records)
		}
		if err != nil || next == "" {
			return mended, err
		}
		page.After = next
	}
}
