package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"interlab/bot/chat"
)

// send hands a delivery to its platform: begun, sent and settled under one
// claim. A crash in between leaves it begun; whoever takes over asks the
// platform first whether it has arrived.
func (a *App) send(ctx context.Context, c Claim) error {
	var out outgoing
	_, err := a.update(ctx, change{verb: "begin", job: &c}, func(tx *Tx) (chat.Message, error) {
		var err error
		out, err = a.begin(tx, c)
		return chat.Message{}, err
	})
	if err == nil && out.delivery.Progress == Dropped {
		a.meter.Delivered(out.delivery.Class, Dropped)
	}
	if err != nil || out.message == nil {
		return err
	}
	posted, account, err := a.transmit(ctx, &out)
	switch {
	case errors.Is(err, chat.ErrUnreachable), errors.Is(err, chat.ErrGone):
		return a.conclude(ctx, c, &out, Failed, chat.Posted{}, account)
	case err != nil:
		return err
	}
	return a.conclude(ctx, c, &out, Sent, posted, account)
}

// outgoing is a delivery that is about to be sent.
type outgoing struct {
	delivery Delivery
	again    bool // begun before: it may have arrived
	message  *chat.Message
	occasion *chat.Occasion // instead, for a home's calendar
	accounts []chat.Account // of the person; none for a place
	revives  bool           // whom nothing reached before
}

// begin marks a delivery as being tried and renders it; one that is no longer
// true, or too late, is dropped.
func (a *App) begin(tx *Tx, c Claim) (outgoing, error) {
	d, err := load[*Delivery](tx, KindDelivery, c.Ref.ID)
	if errors.Is(err, errNotFound) || err == nil && d.Progress != Planned && d.Progress != Trying {
		return outgoing{}, nil
	}
	if err != nil {
		return outgoing{}, err
	}
	out := outgoing{again: d.Progress == Trying}
	to, m, err := a.compose(tx, d)
	if err == nil && d.Beside != (chat.Posted{}) {
		out.occasion, err = a.occasion(tx, d)
	}
	late := !d.Until.IsZero() && tx.now.After(d.Until)
	if errors.Is(err, errMoot) || errors.Is(err, errNotFound) || err == nil && late && !out.again {
		a.drop(tx, d)
		return outgoing{delivery: *d}, nil
	}
	if err != nil {
		return outgoing{}, err
	}
	if to != nil {
		out.accounts, out.revives = slices.Clone(to.Accounts), !to.Unreached.IsZero()
		if !d.Only.IsZero() {
			out.accounts = []chat.Account{d.Only}
		}
		if late, err := a.overslept(tx, to, d); err != nil || late {
			tx.put(d)
			return outgoing{}, err
		}
	}
	if !out.again {
		d.Progress, d.Began = Trying, tx.now
		tx.put(d)
	}
	m = m.Clip()
	out.delivery, out.message = *d, &m
	return out, nil
}

// compose is whom a delivery is for, nil for a place, and what it says now.
func (a *App) compose(tx *Tx, d *Delivery) (to *Person, m chat.Message, err error) {
	if d.To != "" {
		if to, err = load[*Person](tx, KindPerson, d.To); err == nil && to.Into != "" {
			to, err = load[*Person](tx, KindPerson, to.Into)
		}
		if err != nil {
			return nil, chat.Message{}, err
		}
		if to.Forgotten != nil || !a.holds(to, d.As) {
			return nil, chat.Message{}, errMoot
		}
	}
	if d.To == "" {
		home, err := owner[*Home](tx, homeByName(d.place().Home))
		if err == nil && !home.Absent.IsZero() {
			return nil, chat.Message{}, errMoot // the bot is no longer there
		}
		if err != nil && !errors.Is(err, errNotFound) {
			return nil, chat.Message{}, err
		}
	}
	m, err = a.render(tx, d, to)
	return to, m, err
}

func (a *App) drop(tx *Tx, d *Delivery) {
	d.settle(Dropped, tx.now)
	tx.put(d)
}

// transmit sends to the place, or to the first of the person's accounts that
// takes direct messages. Where a try may have arrived, it is looked for first.
func (a *App) transmit(ctx context.Context, out *outgoing) (chat.Posted, chat.Account, error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	if out.delivery.To == "" || out.delivery.Edit != (chat.Posted{}) {
		posted, err := a.publish(ctx, out)
		return posted, chat.Account{}, err
	}
	if out.again {
		for _, account := range out.accounts {
			posted, found, err := a.found(ctx, account.Platform, chat.Recipient{Account: account}, out)
			if err != nil || found {
				return posted, account, err
			}
		}
	}
	last := chat.ErrUnreachable
	for _, account := range out.accounts {
		messenger, ok := a.messenger(account.Platform)
		if !ok {
			continue
		}
		posted, err := messenger.Direct(ctx, out.delivery.ID, account, *out.message)
		if err == nil {
			return posted, account, nil
		}
		last = fmt.Errorf("tell %s: %w", account, err)
		if !errors.Is(err, chat.ErrUnreachable) && !errors.Is(err, chat.ErrGone) {
			return chat.Posted{}, account, last
		}
	}
	return chat.Posted{}, chat.Account{}, last
}

// publish posts, threads or edits in a place. An edit may be repeated; anything
// else is looked for first where it may have arrived.
func (a *App) publish(ctx context.Context, out *outgoing) (chat.Posted, error) {
	d := out.delivery
	place := d.place()
	messenger, ok := a.messenger(place.Home.Platform)
	if !ok {
		return chat.Posted{}, fmt.Errorf("publish in %s: %w", place.Home, chat.ErrGone)
	}
	if out.occasion != nil {
		return a.intoCalendar(ctx, messenger, out)
	}
	if d.Edit != (chat.Posted{}) {
		return messenger.Edit(ctx, d.ID, d.Edit, *out.message)
	}
	if out.again {
		posted, found, err := a.found(ctx, place.Home.Platform, chat.Recipient{Place: place, Under: d.Under}, out)
		if err != nil || found {
			return posted, err
		}
	}
	if d.Under != (chat.Posted{}) {
		return messenger.Thread(ctx, d.ID, d.Under, *out.message)
	}
	return messenger.Post(ctx, d.ID, place, *out.message)
}

// found asks a platform whether a delivery has arrived.
func (a *App) found(ctx context.Context, platform chat.Platform, to chat.Recipient, out *outgoing) (chat.Posted, bool, error) {
	messenger, ok := a.messenger(platform)
	if !ok {
		return chat.Posted{}, false, nil
	}
	posted, ok, err := messenger.Find(ctx, out.delivery.ID, to, out.delivery.Began)
	if err != nil {
		return posted, false, fmt.Errorf("look for delivery %s: %w", out.delivery.ID, err)
	}
	return posted, ok, nil
}

// conclude settles a delivery that was begun.
func (a *App) conclude(ctx context.Context, c Claim, out *outgoing, p Progress, posted chat.Posted, via chat.Account) error {
	_, err := a.update(ctx, change{verb: string(p), job: &c}, func(tx *Tx) (chat.Message, error) {
		d, err := load[*Delivery](tx, KindDelivery, c.Ref.ID)
		if errors.Is(err, errNotFound) {
			return chat.Message{}, nil
		}
		if err != nil {
			return chat.Message{}, err
		}
		d.settle(p, tx.now)
		d.Posted, d.Via = posted, via
		tx.put(d)
		if d.To != "" && d.Edit == (chat.Posted{}) && (p == Failed && d.Only.IsZero() || p == Sent && out.revives) {
			if err := a.reached(tx, d); err != nil {
				return chat.Message{}, err
			}
		}
		if landed, ok := landings[d.Subject.Kind]; ok && p == Sent {
			if err := landed(tx, d); err != nil {
				return chat.Message{}, err
			}
			return chat.Message{}, a.mirror(tx, d)
		}
		if p == Failed && d.Subject.Kind == KindColloquium && d.To != "" && d.Edit == (chat.Posted{}) {
			return chat.Message{}, a.missedTalk(tx, d)
		}
		if p == Failed && d.Subject.Kind == KindFollowUp {
			return chat.Message{}, a.unreached(tx, d)
		}
		return chat.Message{}, nil
	})
	if err == nil {
		a.meter.Delivered(out.delivery.Class, p)
	}
	return err
}

// landings let a document note where something about it was posted, in the
// commit that settles the delivery.
var landings = map[Kind]func(tx *Tx, d *Delivery) error{
	KindMatch:      noteTold,
	KindColloquium: landTalk,
	KindPoll:       landPoll,
	KindOpening:    landOpening,
	KindRound:      landRound,
}
