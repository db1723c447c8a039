package bot_test

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"testing"

	"interlab/bot/chat"
)

// However events come in and whichever replica is told to handle which, one
// person's are answered in the order in which they were accepted.
func TestAPersonsEventsAreAnsweredInOrder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	second := w.replica(w.store)
	var want []string
	var tickets []chat.Ticket
	for n := range 8 {
		e := w.event(ana, chat.Line{Text: fmt.Sprintf("profile set about:\"version %d\"", n)})
		ticket, err := w.app.Accept(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		tickets, want = append(tickets, ticket), append(want, e.ID)
	}
	slices.Reverse(tickets)
	var group sync.WaitGroup
	for i, ticket := range tickets {
		app := w.app
		if i%2 == 0 {
			app = second
		}
		group.Go(func() {
			if err := app.Handle(t.Context(), ticket); err != nil {
				t.Errorf("Handle(%s) = %v", ticket.Event().ID, err)
			}
		})
	}
	group.Wait()
	var got []string
	for _, s := range w.messenger.all() {
		if slices.Contains(want, s.id) {
			got = append(got, s.id)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("answered %v, want %v", got, want)
	}
	if p, _ := w.person(ana); p.About != "version 7" {
		t.Errorf("Ana's profile says %q, want the last version", p.About)
	}
}

func TestAnEventThatIsDeliveredAgainDoesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	e := w.event(ana, chat.Press{Ref: w.button(ana, "Ask Bo")})
	w.handles(e)
	w.settle()
	sends, before := len(w.messenger.all()), w.read(wantPerson(ana))
	for range 3 {
		w.handles(e)
		w.settle()
	}
	if after := w.read(wantPerson(ana)); after.Version != before.Version || !bytes.Equal(after.Data, before.Data) {
		t.Errorf("Ana's document changed from version %d to %d", before.Version, after.Version)
	}
	if n := len(w.messenger.all()); n != sends {
		t.Errorf("%d messages went out again", n-sends)
	}
}

// A replica that dies with an event in its hands leaves it to the next one.
func TestAnEventWhoseReplicaDiedIsAnsweredByAnother(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	e := w.event(ana, chat.Press{Ref: w.button(ana, "Ask Bo")})
	if _, err := w.app.Accept(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	w.app = w.replica(w.store)
	w.settle()
	if _, ok := w.answer(e.ID); ok {
		t.Error("the event was taken from a replica that may be at work on it")
	}
	w.lapse()
	w.settle()
	if answer, ok := w.answer(e.ID); !ok || answer.Title != "Asked" {
		t.Errorf("the answer is %q, %v; want the ask to be sent", answer.Title, ok)
	}
	w.healthy()
}

// A store that stops before an event is accepted has nothing of it, and says so.
func TestAnEventThatCannotBeSavedIsRefusedAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	ref := w.button(ana, "Ask Bo")
	w.kill()
	e := w.event(ana, chat.Press{Ref: ref})
	if _, err := w.app.Accept(t.Context(), e); err == nil {
		t.Error("Accept() = nil though the store is down")
	}
	ticket, err := w.app.Accept(t.Context(), w.event(ana, chat.Line{Text: "me"}))
	if err != nil {
		t.Fatalf("Accept(a question) = %v, want nil: it changes nothing", err)
	}
	if err := w.app.Handle(t.Context(), ticket); err != nil {
		t.Fatal(err)
	}
	answer, _ := w.answer(ticket.Event().ID)
	if answer.Title != chat.Unsaved().Title {
		t.Errorf("the question is answered %q, want %q", answer.Title, chat.Unsaved().Title)
	}
	w.revive()
	w.settle()
	if _, ok := w.answer(e.ID); ok {
		t.Error("an event that was refused is answered all the same")
	}
}

// A control of ours never names nobody; a forged one must not mean the only
// person there is.
func TestNobodyIsMeantByAnEmptyName(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.says(w.does(ana, chat.Press{Ref: chat.Ref{Route: "match.block"}}), "Say who")
	if p, _ := w.person(ana); len(p.Blocks) != 0 {
		t.Errorf("Ana has blocked %v", p.Blocks)
	}
}
