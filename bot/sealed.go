package bot

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot/seal"
)

// sealed is a store that cannot read what passes through it: what people did,
// with the tokens by which they are answered, and the answers that are kept, in
// which codes and addresses stand that are shown once. Each is sealed for its own
// place. Documents are not: they are found by what is in them.
type sealed struct {
	Store
	ring atomic.Pointer[seal.Ring] // nil: nothing is sealed, as in tests of the core
	log  zerolog.Logger
}

func sealedIn(store Store, ring *seal.Ring, log zerolog.Logger) *sealed {
	s := &sealed{Store: store, log: log}
	s.ring.Store(ring)
	return s
}

// placeOfEvent and placeOfAnswer are what seals are bound to.
func placeOfEvent(id string) string  { return "event\n" + id }
func placeOfAnswer(op string) string { return "answer\n" + op }

// Accept implements Inbox.
func (s *sealed) Accept(ctx context.Context, e Inbound, lease time.Duration, wants ...Want) (*Turn, bool, error) {
	plain := e.Data
	var err error
	if e.Data, err = s.seal(placeOfEvent(e.ID), plain); err != nil {
		return nil, false, fmt.Errorf("accept %s: %w", e.ID, err)
	}
	turn, known, err := s.Store.Accept(ctx, e, lease, wants...)
	if turn != nil {
		turn.Event.Data = plain
	}
	return turn, known, err
}

// Settle implements Inbox.
func (s *sealed) Settle(ctx context.Context, t *Turn, lease time.Duration) (*Turn, error) {
	next, err := s.Store.Settle(ctx, t, lease)
	return s.opened(next), err
}

// Orphan implements Inbox.
func (s *sealed) Orphan(ctx context.Context, lease time.Duration) (*Turn, error) {
	turn, err := s.Store.Orphan(ctx, lease)
	return s.opened(turn), err
}

// opened is a turn whose event can be read; without data where it cannot.
func (s *sealed) opened(t *Turn) *Turn {
	if t != nil {
		t.Event.Data = s.open(placeOfEvent(t.Event.ID), t.Event.Data)
	}
	return t
}

// Commit implements Documents.
func (s *sealed) Commit(ctx context.Context, c Commit) error {
	var err error
	if c.Op != "" {
		if c.Answer, err = s.seal(placeOfAnswer(c.Op), c.Answer); err != nil {
			return fmt.Errorf("commit %s: %w", c.Op, err)
		}
	}
	err = s.Store.Commit(ctx, c)
	var done *DoneError
	if errors.As(err, &done) {
		return &DoneError{Answer: s.kept(c.Op, done.Answer)}
	}
	return err
}

// Answer implements Documents.
func (s *sealed) Answer(ctx context.Context, op string) ([]byte, bool, error) {
	answer, done, err := s.Store.Answer(ctx, op)
	if err == nil && done {
		answer = s.kept(op, answer)
	}
	return answer, done, err
}

// ForgetAnswers implements Documents. An answer whose key is gone is given empty:
// should the key come back, nobody knows what would come with it.
func (s *sealed) ForgetAnswers(ctx context.Context, instead func(op string, answer []byte) []byte) error {
	var fault error
	err := s.Store.ForgetAnswers(ctx, func(op string, answer []byte) []byte {
		words := instead(op, s.open(placeOfAnswer(op), answer))
		if words == nil {
			return nil
		}
		words, err := s.seal(placeOfAnswer(op), words)
		fault = errors.Join(fault, err)
		return words
	})
	return errors.Join(err, fault)
}

// kept is an answer that was kept. Where its key is gone, it was done all the same.
func (s *sealed) kept(op string, answer []byte) []byte {
	if plain := s.open(placeOfAnswer(op), answer); plain != nil {
		return plain
	}
	return forgottenAnswer
}

func (s *sealed) seal(place string, data []byte) ([]byte, error) {
	ring := s.ring.Load()
	if ring == nil {
		return data, nil
	}
	return ring.Seal(place, data)
}

// open is what was sealed; nil where it cannot be opened. What is not sealed is
// from before there were keys.
func (s *sealed) open(place string, data []byte) []byte {
	key, is := seal.Under(data)
	if !is {
		return data
	}
	plain, err := s.ring.Load().Open(place, data)
	if err != nil {
		s.log.Error().Err(err).Str("key", key).Msg("something that waited cannot be read: put its key back behind the newest one")
		return nil
	}
	return plain
}

// Resealer is the part of a store that puts seals in the place of seals.
type Resealer interface {
	// Reseal goes over all events that wait and all answers that are kept. Where
	// again returns something, that takes the place of data, unless it is gone or
	// was replaced meanwhile. It may be repeated.
	Reseal(ctx context.Context, again func(answer bool, id string, data []byte) []byte) error
}

// Seals is what is sealed, by the name of its key; "" is what is not sealed.
type Seals map[string]int

// Reseal seals all that is sealed by older keys under the newest one, and counts
// what there is by key then. An older key that counts nothing can go, once no
// process has it as its newest. Shut is how much could not be opened.
func (a *App) Reseal(ctx context.Context, store Resealer) (left Seals, shut int, err error) {
	ring := a.store.ring.Load()
	newest := ""
	if names := ring.Names(); len(names) > 0 {
		newest = names[0]
	}
	var fault error
	err = store.Reseal(ctx, func(answer bool, id string, data []byte) []byte {
		key, is := seal.Under(data)
		if key == newest {
			return nil
		}
		place := placeOfEvent(id)
		if answer {
			place = placeOfAnswer(id)
		}
		if is {
			if data, err = ring.Open(place, data); err != nil {
				shut++
				return nil
			}
		}
		fresh, err := ring.Seal(place, data)
		fault = errors.Join(fault, err)
		return fresh
	})
	if err := errors.Join(err, fault); err != nil {
		return nil, 0, fmt.Errorf("seal again: %w", err)
	}
	left, err = CountSeals(ctx, store)
	return left, shut, err
}

// Keys are the names of the keys in force, the newest first.
func (a *App) Keys() []string { return a.store.ring.Load().Names() }

// CountSeals counts what is sealed by the names of keys.
func CountSeals(ctx context.Context, store Resealer) (Seals, error) {
	count := Seals{}
	err := store.Reseal(ctx, func(_ bool, _ string, data []byte) []byte {
		key, _ := seal.Under(data)
		count[key]++
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("count what is sealed: %w", err)
	}
	return count, nil
}
