package desk_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rs/zerolog"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

// core is an app that does as the test says, and notes what it did.
type core struct {
	chat.App // panics where a test did not expect to get
	accept   func(context.Context) error
	handle   func(context.Context, chat.Event) error
	problems []chat.Problem
	form     chat.Form
	refuses  error // to open a form

	mu   sync.Mutex
	done []string
}

type ticket struct{ e chat.Event }

func (t ticket) Event() chat.Event { return t.e }

func (c *core) note(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.done = append(c.done, what)
}

func (c *core) did() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return append([]string(nil), c.done...)
}

func (c *core) Accept(ctx context.Context, e chat.Event) (chat.Ticket, error) {
	if c.accept != nil {
		if err := c.accept(ctx); err != nil {
			return nil, err
		}
	}
	c.note("accept " + e.ID)
	return ticket{e}, nil
}

func (c *core) Handle(ctx context.Context, t chat.Ticket) error {
	if c.handle != nil {
		return c.handle(ctx, t.Event())
	}
	c.note("handle " + t.Event().ID)
	return nil
}

func (c *core) Check(chat.Event) []chat.Problem { return c.problems }

func (c *core) Form(context.Context, chat.Event) (chat.Form, error) { return c.form, c.refuses }

func (c *core) Complete(context.Context, chat.Completion) ([]chat.Option, error) {
	return make([]chat.Option, chat.MaxOptions+5), nil
}

// mouth notes what the desk says itself.
type mouth struct {
	chat.Messenger
	core *core
	gone bool
}

func (m mouth) Answer(_ context.Context, id string, _ chat.Event, show chat.Show, say chat.Message) (chat.Posted, error) {
	if m.gone {
		return chat.Posted{}, chat.ErrGone
	}
	m.core.note(fmt.Sprintf("answer %s %s: %s", id, show, say.Title))
	return chat.Posted{}, nil
}

func (m mouth) Direct(_ context.Context, id string, _ chat.Account, say chat.Message) (chat.Posted, error) {
	m.core.note(fmt.Sprintf("direct %s: %s", id, say.Title))
	return chat.Posted{}, nil
}

// office is a desk with a core behind it.
func office(t *testing.T, c *core, atOnce int, log io.Writer) *desk.Desk {
	t.Helper()
	now := time.Unix(1000, 0)
	d := desk.New(desk.Options{Messenger: mouth{core: c}, Now: func() time.Time { return now }, Log: zerolog.New(log), AtOnce: atOnce})
	d.Open(c)
	t.Cleanup(func() { d.Finish(time.Second) })
	return d
}

// put lets a person do something at the desk.
func put(d *desk.Desk, who string, process func(ctx context.Context)) {
	d.Take(func() (string, func(context.Context)) { return who, process })
}

func idle(t *testing.T, d *desk.Desk) {
	t.Helper()
	if err := d.Idle(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func typed(id string) chat.Event { return chat.Event{ID: id, Input: chat.Line{Text: "secret words"}} }

func TestOnePersonsDeedsKeepTheirOrderAndNobodyWaitsForOthers(t *testing.T) {
	t.Parallel()
	d := office(t, &core{}, 4, io.Discard)
	hold, got := make(chan struct{}), make(chan int, 100)
	put(d, "bo", func(context.Context) { <-hold })
	for i := range 100 {
		put(d, "ana", func(context.Context) { got <- i })
	}
	for want := range 100 {
		if n := <-got; n != want {
			t.Fatalf("deed %d came when %d was due", n, want)
		}
	}
	close(hold)
	idle(t, d)
}

func TestWhatFindsNoRoomIsDropped(t *testing.T) {
	t.Parallel()
	d := office(t, &core{}, 4, io.Discard)
	hold := make(chan struct{})
	for range 300 {
		put(d, "ana", func(context.Context) { <-hold })
	}
	put(d, "bo", func(context.Context) {})
	if got := d.Counts(); got[desk.Taken] != 257 || got[desk.Dropped] != 44 {
		t.Errorf("Counts() = %v, want 256 of Ana's and one of Bo's taken, and 44 dropped", got)
	}
	close(hold)
	idle(t, d)
}

func TestAPanicCostsOneDeedAndSaysNothingOfIt(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	d := office(t, &core{}, 1, &log)
	next := make(chan struct{})
	d.Take(func() (string, func(context.Context)) { panic("secret words") })
	put(d, "ana", func(context.Context) { panic("secret words") })
	put(d, "ana", func(context.Context) {
		d.Spawn(func(context.Context) { panic("secret words") })
		d.Spawn(func(context.Context) { close(next) })
	})
	<-next
	idle(t, d)
	if got := d.Counts()[desk.Failed]; got != 3 || strings.Contains(log.String(), "secret words") {
		t.Errorf("failed = %d, want 3; log:\n%s", got, &log)
	}
}

func TestEventsAreSavedAcknowledgedAndHandledInThatOrder(t *testing.T) {
	t.Parallel()
	c := &core{}
	d := office(t, c, 4, io.Discard)
	put(d, "ana", func(ctx context.Context) {
		d.Serve(ctx, desk.Letter{
			Event:       typed("e1"),
			Acknowledge: func(context.Context) error { c.note("acknowledge"); return nil },
			Handled:     func(context.Context) { c.note("handled") },
		})
	})
	idle(t, d)
	if diff := cmp.Diff([]string{"accept e1", "acknowledge", "handle e1", "handled"}, c.did()); diff != "" {
		t.Errorf("what was done (-want +got):\n%s", diff)
	}
	if !d.Repeated("e1") || d.Repeated("e2") || d.Counts()[desk.Repeated] != 1 {
		t.Error("e1 was there before, and nothing else")
	}
}

func TestAnAnswerWaitsForTheAcknowledgement(t *testing.T) {
	t.Parallel()
	for name, refused := range map[string]error{"acknowledged": nil, "refused": errors.New("too late")} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, early := &core{}, make(chan error, 1)
			d := office(t, c, 4, io.Discard)
			c.accept = func(ctx context.Context) error {
				ctx = context.WithoutCancel(ctx)
				go func() { early <- d.Answerable(ctx, "e1") }()
				return nil
			}
			put(d, "ana", func(ctx context.Context) {
				d.Serve(ctx, desk.Letter{Event: typed("e1"), Acknowledge: func(context.Context) error {
					ended, cancel := context.WithCancel(ctx)
					cancel()
					if err := d.Answerable(ended, "e1"); !errors.Is(err, context.Canceled) {
						t.Errorf("Answerable before the acknowledgement = %v, want it to wait", err)
					}
					for range 3 { // the early answer has come to wait by now, or comes when all is said
						select {
						case err := <-early:
							t.Errorf("Answerable before the acknowledgement = %v", err)
						case <-time.After(5 * time.Millisecond):
						}
					}
					return d.Acknowledged(time.Unix(990, 0), refused)
				}})
			})
			if err := <-early; errors.Is(err, chat.ErrGone) != (refused != nil) {
				t.Errorf("Answerable = %v after an acknowledgement with %v", err, refused)
			}
			idle(t, d)
			if err := d.Answerable(t.Context(), "e1"); err != nil {
				t.Errorf("Answerable long after = %v", err)
			}
			if got := d.Counts(); got[desk.Acknowledged] != 1 || got[desk.Late] != 1 || (got[desk.Unacknowledged] == 1) != (refused != nil) {
				t.Errorf("Counts() = %v, want one late acknowledgement", got)
			}
		})
	}
}

func TestWhatCannotBeSavedIsSaidOnce(t *testing.T) {
	t.Parallel()
	c := &core{accept: func(context.Context) error { return errors.New("no store") }}
	d := office(t, c, 4, io.Discard)
	for id, unsaved := range map[string]func(context.Context) bool{
		"e1": nil,
		"e2": func(context.Context) bool { return false },
		"e3": func(context.Context) bool { c.note("said with the acknowledgement"); return true },
	} {
		put(d, "ana", func(ctx context.Context) { d.Serve(ctx, desk.Letter{Event: typed(id), Unsaved: unsaved}) })
	}
	put(d, "ana", func(ctx context.Context) { // nobody did this, so nobody is told
		d.Serve(ctx, desk.Letter{Event: chat.Event{ID: "e4", Input: chat.Happening{What: chat.BotAdded}}})
	})
	idle(t, d)
	got := map[string]int{}
	for _, what := range c.did() {
		got[what]++
	}
	want := map[string]int{
		"answer unsaved:e1 private: Nothing was saved": 1, "answer unsaved:e2 private: Nothing was saved": 1, "said with the acknowledgement": 1,
	}
	if diff := cmp.Diff(want, got); diff != "" || d.Counts()[desk.Unsaved] != 4 {
		t.Errorf("what was said (-want +got):\n%s", diff)
	}
}

func TestWhoseHandleIsOverIsToldDirectly(t *testing.T) {
	t.Parallel()
	c := &core{}
	d := desk.New(desk.Options{Messenger: mouth{core: c, gone: true}, Now: time.Now, Log: zerolog.Nop(), AtOnce: 1})
	d.Tell(t.Context(), "late:", typed("e1"), chat.Unsaved())
	if diff := cmp.Diff([]string{"direct late:e1: Nothing was saved"}, c.did()); diff != "" {
		t.Errorf("what was said (-want +got):\n%s", diff)
	}
}

func TestHandlersWaitForTheirPlaceAndAreFinishedAtTheEnd(t *testing.T) {
	t.Parallel()
	c, hold, begun := &core{}, make(chan struct{}), make(chan string, 10)
	c.handle = func(_ context.Context, e chat.Event) error {
		begun <- e.ID
		<-hold
		c.note("handle " + e.ID)
		return errors.New("for the log")
	}
	d := office(t, c, 1, io.Discard)
	for _, who := range []string{"ana", "bo"} {
		put(d, who, func(ctx context.Context) { d.Serve(ctx, desk.Letter{Event: typed(who)}) })
	}
	first := <-begun
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.Idle(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("Idle while %s is handled = %v", first, err)
	}
	acknowledged := make(chan struct{}) // which waits for nobody's answer
	put(d, first, func(ctx context.Context) {
		d.Serve(ctx, desk.Letter{Event: typed("more"), Acknowledge: func(context.Context) error { close(acknowledged); return nil }})
	})
	<-acknowledged
	select {
	case second := <-begun:
		t.Errorf("%s and %s are handled at once", first, second)
	case <-time.After(20 * time.Millisecond):
	}
	close(hold)
	d.Finish(time.Minute)
	put(d, "ana", func(context.Context) { c.note("after the end") })
	if did := c.did(); len(did) != 6 {
		t.Errorf("at the end was done %q, want all three events accepted and handled", did)
	}
}

func TestTheEndIsNotPutOffForEver(t *testing.T) {
	t.Parallel()
	c := &core{handle: func(ctx context.Context, _ chat.Event) error { <-ctx.Done(); return ctx.Err() }}
	d := office(t, c, 1, io.Discard)
	put(d, "ana", func(ctx context.Context) { d.Serve(ctx, desk.Letter{Event: typed("e1")}) })
	put(d, "bo", func(ctx context.Context) { d.Serve(ctx, desk.Letter{Event: typed("e2")}) })
	d.Finish(20 * time.Millisecond) // cuts both short: the one that is handled and the one that waits for its place
	if err := d.Idle(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestRefusedInputIsCountedWithoutItsText(t *testing.T) {
	t.Parallel()
	var log strings.Builder
	d := office(t, &core{}, 1, &log)
	d.Refuse(errors.New("of a wrong shape"), "message", 7)
	d.Note(desk.Unreadable)
	if got := d.Counts(); got[desk.Unreadable] != 2 || len(got) != 9 || !strings.Contains(log.String(), `"bytes":7`) {
		t.Errorf("Counts() = %v, want all nine outcomes and two unreadable; log:\n%s", got, &log)
	}
}
