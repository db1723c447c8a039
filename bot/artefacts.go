package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"interlab/bot/exchange"
	"interlab/calendar"
)

// Made is something that anybody may get and use, and that came of an exchange
// between two labs. It names no person.
type Made struct {
	Exchange string            // id of the exchange that it came of
	Labs     [2]string         // names: the lab that gave it, and the one that received it
	LabIDs   [2]string         // the ids of the same
	Type     exchange.Artefact // what it is
	Title    string
	Version  string        // that is meant; "" where nobody said
	Link     string        // where it is, to be opened; never a link with a secret in it
	Where    string        // the same as it was declared: a link or an identifier
	Licence  string        // SPDX expression, always an open one
	Since    calendar.Date // the day on which it was published, else declared
	Rung     exchange.Rung // how well it is known
}

// Artefacts is everything that came of the network's exchanges and that anybody
// may get and use today, in UTC, the newest first: of all labs, or of the one of
// an id or name. What is gated, under an embargo, internal or withheld is not in
// it, nor what has no open licence or no place to follow. Nobody has opened the
// links. A lab that is not there is a *Denied that says so.
func (a *App) Artefacts(ctx context.Context, lab string) ([]Made, error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	if lab == "" {
		return a.artefacts(tx, "")
	}
	labs, err := allLabs(tx)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(labs, func(l *Lab) bool { return l.ID == lab || fold(l.Name) == fold(lab) })
	if i < 0 {
		return nil, denied("There is no lab of that name here.")
	}
	return a.artefacts(tx, labs[i].ID)
}

// artefacts is what Artefacts is, of a lab by its id.
func (a *App) artefacts(tx *Tx, lab string) ([]Made, error) {
	index := every(KindEvidence)
	if lab != "" {
		index = evidenceOfLab + lab
	}
	all, err := listAll[*Evidence](tx, index)
	if err != nil {
		return nil, err
	}
	today := a.zones.Today(tx.now, calendar.UTC())
	var made []Made
	for _, v := range all {
		shown := v.Shown(today)
		if len(shown) == 0 {
			continue
		}
		more, err := a.madeOf(tx, v, shown)
		if err != nil {
			return nil, err
		}
		made = append(made, more...)
	}
	slices.SortStableFunc(made, func(a, b Made) int {
		return cmp.Or(b.Since.Compare(a.Since), cmp.Compare(a.Title, b.Title), cmp.Compare(a.Exchange, b.Exchange))
	})
	return made, nil
}

// madeOf are pieces of evidence as the network's page has them.
func (a *App) madeOf(tx *Tx, v *Evidence, shown []exchange.Evidence) ([]Made, error) {
	e, err := load[*Exchange](tx, KindExchange, v.ID)
	if err != nil {
		return nil, fmt.Errorf("evidence of %s: %w", v.ID, err)
	}
	var made []Made
	for _, one := range shown {
		way := exchange.Way{From: v.Labs[0], To: v.Labs[1]}
		if g, ok := e.Goal(firstGoal(one)); ok {
			way = g.Way()
		}
		m := Made{
			Exchange: v.ID, LabIDs: [2]string{way.From, way.To}, Type: one.Type, Title: one.Title, Version: one.Version,
			Link: one.Link(), Where: one.Where, Licence: one.Licence, Since: one.Since(), Rung: one.Rung(),
		}
		for i, id := range m.LabIDs {
			if m.Labs[i], err = a.lab(tx, id); err != nil {
				return nil, err
			}
		}
		made = append(made, m)
	}
	return made, nil
}

// firstGoal is the number of the first goal that evidence shows; 0 for none.
func firstGoal(v exchange.Evidence) int {
	if len(v.Goals) == 0 {
		return 0
	}
	return v.Goals[0]
}
