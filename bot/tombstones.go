package bot

import (
	"context"
	"errors"
	"fmt"

	"interlab/bot/chat"
)

// Forgotten lists the ids of everybody who was forgotten, and of the people who
// had turned out to be them. The ids are random and say nothing of anybody.
// Kept beside the backups, the list lets a restore leave these people out.
func (a *App) Forgotten(ctx context.Context) ([]string, error) {
	var ids []string
	for page := (Page{Index: peopleForgotten}); ; {
		records, next, err := a.store.Page(ctx, page)
		if err != nil {
			return nil, fmt.Errorf("list who was forgotten: %w", err)
		}
		for _, r := range records {
			p, err := decodeAs[*Person](r)
			if err != nil {
				return nil, err
			}
			ids = append(append(ids, p.ID), p.Was...)
		}
		if next == "" {
			return ids, nil
		}
		page.After = next
	}
}

// forgetAgain forgets, in what was restored, everybody who was forgotten since
// the backup, and says how many they were. One that is broken off goes on.
func (a *App) forgetAgain(ctx context.Context, ids []string) (int, error) {
	forgotten := 0
	for _, id := range ids {
		found := false
		for more := true; more; {
			_, err := a.update(ctx, change{verb: "restore"}, func(tx *Tx) (_ chat.Message, err error) {
				more, err = a.forgetStepAgain(tx, id)
				return chat.Message{}, err
			})
			if err != nil {
				return forgotten, fmt.Errorf("forget %s again: %w", id, err)
			}
			found = found || more
		}
		if found {
			forgotten++
		}
	}
	return forgotten, nil
}

// forgetStepAgain does one step, and says whether there was one to do.
func (a *App) forgetStepAgain(tx *Tx, id string) (bool, error) {
	p, err := load[*Person](tx, KindPerson, id)
	if errors.Is(err, errNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	tx.seed = fmt.Sprintf("restore/forget/%s/%s", id, tx.now)
	if p.Forgotten == nil {
		if err := unlist(tx, p.Accounts); err != nil {
			return false, err
		}
		p.bury(tx.now)
		tx.put(p)
		return true, nil
	}
	if !p.Forgotten.Left.IsZero() {
		return false, nil // what is left to do comes by itself
	}
	tx.seed = fmt.Sprintf("%s/%d", tx.seed, p.Forgotten.Pages)
	return true, a.forgetStep(tx, p, workForgetMe)
}
