package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"interlab/bot/chat"
)

// answerLife is how long an answer is tried for. After it the person has long
// asked again, and the queue behind the event must move on.
const answerLife = time.Hour

// drain handles the turn's event and those that wait behind it, in order.
func (a *App) drain(ctx context.Context, turn *Turn, wants []Want) error {
	for turn != nil {
		if err := a.handle(ctx, turn, wants); err != nil {
			return errors.Join(fmt.Errorf("handle event %s: %w", turn.Event.ID, err), a.pause(ctx, turn, err))
		}
		next, err := a.store.Settle(ctx, turn, turnLease)
		if errors.Is(err, ErrLost) {
			return nil // another replica took over and settles it
		}
		if err != nil {
			return fmt.Errorf("settle event %s: %w", turn.Event.ID, err)
		}
		turn, wants = next, nil
	}
	return nil
}

// pause lets a turn lapse as soon as the platform that refused the answer wants
// to be asked again; after any other failure it lapses by itself.
func (a *App) pause(ctx context.Context, turn *Turn, failure error) error {
	var wait *chat.RetryAfter
	if !errors.As(failure, &wait) {
		return nil
	}
	if err := a.store.Extend(ctx, turn, min(believed(wait), turnLease)); err != nil && !errors.Is(err, ErrLost) {
		return fmt.Errorf("pause event %s: %w", turn.Event.ID, err)
	}
	return nil
}

// handle does what one event asks and answers it. On an error the event stays
// in the inbox and is tried again when its turn lapses.
func (a *App) handle(ctx context.Context, turn *Turn, wants []Want) error {
	var e chat.Event
	if err := json.Unmarshal(turn.Event.Data, &e); err != nil {
		a.log.Error().Err(err).Str("event", turn.Event.ID).Msg("event dropped: it cannot be read")
		return a.lost(ctx, turn.Event)
	}
	defer a.poke()
	r := a.answered(ctx, e, wants, turn.Reads)
	if r.later {
		return ErrUnavailable
	}
	return a.reply(ctx, e, r)
}

// lost tells whose event cannot be read that it was not done. The queue says who
// that is.
func (a *App) lost(ctx context.Context, e Inbound) error {
	who, err := chat.ParseAccount(e.Queue)
	if err != nil {
		return nil //nolint:nilerr // nobody is known who could be told
	}
	event := chat.Event{ID: e.ID, From: who, At: a.clock.Now()}
	return a.reply(ctx, event, sentence(OutcomeFailed,
		"I could not read the last thing that you asked me, so it was not done. Please ask again."))
}

// poke wakes the worker: a change may have made something due at once.
func (a *App) poke() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// response is what a person gets for an event.
type response struct {
	message chat.Message
	show    chat.Show
	later   bool // the store failed an event that is safe in the inbox: it is answered when the store is back
	kept    bool // somebody had the event before and committed: the answer may have arrived
	route   string
	outcome Outcome
}

// answered is the answer to an event, noted for whoever watches.
func (a *App) answered(ctx context.Context, e chat.Event, wants []Want, reads [][]Record) response {
	began := a.clock.Now()
	r := a.answer(ctx, e, wants, reads)
	a.noteHandled(e, r, began)
	return r
}

// answer is what a person gets for an event. It never fails: what goes wrong
// becomes a sentence, shown in private, so that a card stays as it is when
// somebody presses what they may not.
func (a *App) answer(ctx context.Context, e chat.Event, wants []Want, reads [][]Record) (out response) {
	defer func() {
		if cause := recover(); cause != nil {
			out = a.fault(e, chat.Panicked(cause, debug.Stack()))
		}
	}()
	r, call, err := a.resolve(e)
	if err != nil {
		return a.discloseUnclear(ctx, e, a.excuse(e, err))
	}
	answer, kept, err := a.run(ctx, r, e, call, wants, reads)
	switch {
	case errors.Is(err, ErrUnavailable) && r.changes:
		out = response{later: true, outcome: OutcomeLater}
	case err != nil:
		out = a.excuse(e, err)
	default:
		out = response{message: answer, show: r.show, outcome: OutcomeDone, kept: kept}
	}
	out.route = r.name
	return out
}

// run does what a route does, in one transaction. kept means that it was done
// before, and the answer is that which was kept.
func (a *App) run(ctx context.Context, r route, e chat.Event, call chat.Call, wants []Want, reads [][]Record) (answer chat.Message, kept bool, err error) {
	var actor string
	do := func(tx *Tx) (chat.Message, error) {
		if err := tx.prefetch(wantsOf(r, e, call)...); err != nil {
			return chat.Message{}, err
		}
		rq, err := a.request(tx, e, call)
		if err != nil {
			return chat.Message{}, err
		}
		actor = rq.me.ID
		if r.changes {
			rq.useAccount()
			rq.isHere()
		}
		if err := rq.spend(r.name); err != nil {
			return chat.Message{}, err
		}
		m, err := r.do(rq)
		if err != nil {
			return m, err
		}
		return rq.disclose(r, m)
	}
	if !r.changes {
		answer, err = do(newTx(ctx, a.store, a.clock.Now(), a.ids))
		return answer, false, err
	}
	if reads == nil {
		// Whoever had the event before may have died between the commit and the
		// answer. What was committed is then the answer, and not how it looks by now.
		if data, done, err := a.store.Answer(ctx, e.ID); err != nil || done {
			answer, err = answerKept(data, err)
			return answer, true, err
		}
	}
	ch := change{op: e.ID, verb: r.name, actor: func() string { return actor }, wants: wants, reads: reads}
	answer, err = a.update(ctx, ch, do)
	return answer, false, err
}

// excuse turns an error into what a person is shown.
func (a *App) excuse(e chat.Event, err error) response {
	var refusal *Denied
	var unclear *chat.ParseError
	switch {
	case errors.As(err, &refusal):
		return sentence(OutcomeRefused, refusal.Text)
	case errors.As(err, &unclear):
		return response{show: chat.ShowPrivate, outcome: OutcomeRefused, message: chat.Message{
			Body: []chat.Text{chat.T(unclear.Text)},
			Rows: []chat.Row{chat.NewRow(
				chat.Button{Label: "Find somebody", Ref: chat.Ref{Route: "match.new"}},
				chat.Button{Label: "What can I type?", Ref: chat.Ref{Route: "help"}},
			)},
		}}
	case errors.Is(err, ErrUnavailable):
		return response{message: chat.Unsaved(), show: chat.ShowPrivate, outcome: OutcomeFailed}
	case errors.Is(err, errNewer):
		a.log.Error().Err(err).Str("event", e.ID).Msg("event refused: this program is older than what is kept")
		return sentence(OutcomeFailed, "I am being updated, and this part of me is still the older one. Nothing was changed; please try again in a few minutes.")
	}
	return a.fault(e, err)
}

func sentence(o Outcome, text string) response {
	return response{message: chat.Message{Body: []chat.Text{chat.T(text)}}, show: chat.ShowPrivate, outcome: o}
}

// fault is what a person is shown for something that is wrong with us. The
// reference leads from their words to the log.
func (a *App) fault(e chat.Event, err error) response {
	ref, idErr := a.ids.id()
	if idErr != nil {
		ref = "none"
	}
	ref = ref[:min(4, len(ref))]
	a.log.Error().Err(err).Str("event", e.ID).Str("ref", ref).Msg("event failed")
	return sentence(OutcomeFailed, "Something went wrong on our side (ref "+ref+"), and nothing was changed. Please try again; if it happens twice, tell an organiser the reference.")
}

// reply gives a person the answer to their event: by its handle while that
// lives, else directly.
func (a *App) reply(ctx context.Context, e chat.Event, r response) error {
	if r.show == chat.ShowNothing {
		return nil
	}
	messenger, ok := a.messenger(e.From.Platform)
	if !ok {
		return fmt.Errorf("answer %s: no adapter for %s", e.ID, e.From.Platform)
	}
	if r.kept && a.arrived(ctx, messenger, e) {
		return nil
	}
	m := r.message.Clip()
	_, err := messenger.Answer(ctx, e.ID, e, r.show, m)
	if errors.Is(err, chat.ErrGone) {
		_, err = messenger.Direct(ctx, e.ID, e.From, m)
	}
	switch {
	case err == nil, errors.Is(err, chat.ErrUnreachable), errors.Is(err, chat.ErrGone):
		return nil // there is nowhere else to tell it
	case a.clock.Now().After(e.At.Add(answerLife)):
		a.log.Error().Err(err).Str("event", e.ID).Msg("answer given up")
		return nil
	}
	return fmt.Errorf("answer %s: %w", e.ID, err)
}

// arrived reports whether the answer to an event is in the direct conversation
// that it came from. Elsewhere nobody can look, and what is not known to have
// arrived is answered once more.
func (a *App) arrived(ctx context.Context, messenger chat.Messenger, e chat.Event) bool {
	if !e.In.Direct() {
		return false
	}
	_, found, err := messenger.Find(ctx, e.ID, chat.Recipient{Account: e.From}, e.At)
	return err == nil && found
}

// answerKept is what the store said about an operation that is done.
func answerKept(data []byte, err error) (chat.Message, error) {
	if err != nil {
		return chat.Message{}, fmt.Errorf("look for a kept answer: %w", err)
	}
	return decodeAnswer(data)
}
