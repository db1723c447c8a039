package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"interlab/bot/chat"
)

// GivenUp lists work that was given up or is held, oldest first, MaxListed at
// most.
func (a *App) GivenUp(ctx context.Context) ([]Buried, error) {
	buried, err := a.store.Graveyard(ctx, MaxListed)
	if err != nil {
		return nil, fmt.Errorf("list work that was given up: %w", err)
	}
	return buried, nil
}

// Retry makes work due again that was given up or held.
func (a *App) Retry(ctx context.Context, b Buried) error {
	if err := a.store.Exhume(ctx, b, a.clock.Now()); err != nil {
		return fmt.Errorf("try again %s: %w", b, err)
	}
	return nil
}

// ErrNoMessage means that work is no message, so that it cannot be dropped: what
// it keeps true has to be done, and decides by itself what is too late.
var ErrNoMessage = errors.New("is no message, so it cannot be dropped; retry it, and what has become pointless does nothing")

// DropMessage gives up a message for good: nobody gets it.
func (a *App) DropMessage(ctx context.Context, b Buried) error {
	if b.Ref.Kind != KindDelivery {
		return fmt.Errorf("%s %w", b, ErrNoMessage)
	}
	ch := change{op: "drop/" + b.String() + "@" + b.At.Format(time.RFC3339Nano), verb: "drop"}
	_, err := a.update(ctx, ch, func(tx *Tx) (chat.Message, error) {
		d, err := load[*Delivery](tx, KindDelivery, b.Ref.ID)
		if errors.Is(err, errNotFound) || err == nil && d.Progress != Planned && d.Progress != Trying {
			return chat.Message{}, nil
		}
		if err != nil {
			return chat.Message{}, err
		}
		a.drop(tx, d)
		return chat.Message{}, nil
	})
	return err
}

// String names the work as "kind:id#work".
func (b Buried) String() string { return b.Ref.String() + "#" + b.Work }
