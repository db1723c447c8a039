package bot_test

import (
	"errors"
	"testing"

	"interlab/bot/chat"
)

// answeredBeforeTheEnd has Ana's event answered by a replica that then learns
// nothing any more, and taken over by another one. It returns how often the
// answer arrived, and how often it was looked for.
func answeredBeforeTheEnd(t *testing.T, in chat.Place) (arrived, looked int) {
	t.Helper()
	w := newWorld(t)
	w.anaAndBo()
	e := w.event(ana, chat.Line{Text: "profile set shares:tomography"})
	e.In = in
	ticket, err := w.app.Accept(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	w.messenger.fails(nil, func(s sent) error {
		if s.id == e.ID {
			return errors.New("the reply was lost with the process")
		}
		return nil
	})
	if err := w.app.Handle(t.Context(), ticket); err == nil {
		t.Fatal("Handle() whose answer got no reply = nil, want an error")
	}
	w.messenger.fails(nil, nil)
	before := w.messenger.looked()
	w.lapse()
	w.app = w.replica(w.store)
	w.settle()
	for _, s := range w.messenger.all() {
		if s.id == e.ID {
			arrived++
		}
	}
	return arrived, w.messenger.looked() - before
}

func TestAnAnswerThatArrivedBeforeItsReplicaDiedIsNotGivenAgain(t *testing.T) {
	t.Parallel()
	if arrived, looked := answeredBeforeTheEnd(t, chat.Place{Home: home(ana)}); arrived != 1 || looked != 1 {
		t.Errorf("the answer arrived %d times and was looked for %d times, want once each", arrived, looked)
	}
}

// What one person alone sees in a channel cannot be looked up: rarely twice is
// better than never.
func TestAnAnswerThatNobodyCanLookUpIsGivenAgain(t *testing.T) {
	t.Parallel()
	if arrived, looked := answeredBeforeTheEnd(t, chat.Place{Home: home(ana), Channel: "general"}); arrived != 2 || looked != 0 {
		t.Errorf("the answer arrived %d times and was looked for %d times, want it again without looking", arrived, looked)
	}
}
