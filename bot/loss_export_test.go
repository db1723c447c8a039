package bot

import (
	"cmp"
	"context"
	"errors"
	"slices"
)

// Loss is what is lost between the plan of a message and its sending.
type Loss string

// The losses.
const (
	LostPerson  Loss = "person"  // whoever is told is forgotten
	LostRoles   Loss = "roles"   // they have no role any more
	LostHome    Loss = "home"    // the bot is not in that workspace any more
	LostSubject Loss = "subject" // what it is about is gone
)

// StillTold reports whether a message that is being sent would be sent all the
// same after a loss.
func (a *App) StillTold(ctx context.Context, delivery string, loss Loss) (bool, error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	d, err := load[*Delivery](tx, KindDelivery, delivery)
	if err != nil {
		return false, err
	}
	without := &lost{Documents: tx.docs}
	if without.person, err = a.lose(tx, d, loss); err != nil {
		return false, err
	}
	tx.docs = without
	_, _, err = a.compose(tx, d)
	if errors.Is(err, errMoot) || errors.Is(err, errNotFound) {
		return false, nil
	}
	return err == nil, err
}

// lost is the store as it would be after a loss: its indexes list nobody for what
// they have lost.
type lost struct {
	Documents
	person *Person // as it would be
}

func (l *lost) Read(ctx context.Context, wants ...Want) ([][]Record, error) {
	lists, err := l.Documents.Read(ctx, wants...)
	for i, w := range wants {
		if index := cmp.Or(w.List, w.Unique); err == nil && index != "" {
			lists[i] = l.listed(lists[i], index)
		}
	}
	return lists, err
}

func (l *lost) Page(ctx context.Context, p Page) ([]Record, string, error) {
	records, next, err := l.Documents.Page(ctx, p)
	return l.listed(records, p.Index), next, err
}

func (l *lost) listed(records []Record, index string) []Record {
	return slices.DeleteFunc(slices.Clone(records), func(r Record) bool {
		return l.person != nil && r.Ref == l.person.Ref() && !slices.ContainsFunc(l.person.Entries(), func(e Entry) bool { return e.Index == index })
	})
}

// lose takes something away in the hands of a transaction. The person is whoever
// has lost it.
func (a *App) lose(tx *Tx, d *Delivery, loss Loss) (*Person, error) {
	switch loss {
	case LostSubject:
		tx.loaded[d.Subject] = &held{}
		return nil, nil
	case LostHome:
		home, err := owner[*Home](tx, homeByName(d.place().Home))
		if err == nil {
			home.Absent = tx.now
		}
		return nil, err
	}
	p, err := load[*Person](tx, KindPerson, d.To)
	if err == nil && p.Into != "" {
		p, err = load[*Person](tx, KindPerson, p.Into)
	}
	if err != nil {
		return nil, err
	}
	if loss == LostPerson {
		p.Forgotten = &Forgetting{}
		return p, nil
	}
	p.Roles = nil
	p.Accounts = slices.DeleteFunc(slices.Clone(p.Accounts), a.namedOrganiser)
	return p, nil
}

// Sending is what a message that is being sent is about, and for whom.
func (a *App) Sending(ctx context.Context, delivery string) (*Delivery, error) {
	tx := newTx(ctx, a.store, a.clock.Now(), a.ids)
	return load[*Delivery](tx, KindDelivery, delivery)
}
