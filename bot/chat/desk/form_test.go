package desk_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
	"interlab/bot/chat/desk"
)

func TestFormsOpenAndShowTheirProblems(t *testing.T) {
	t.Parallel()
	c := &core{problems: []chat.Problem{{Field: "topic", Text: "too long"}}}
	d := office(t, c, 4, io.Discard)
	shown := make(chan []chat.Problem, 1)
	put(d, "ana", func(ctx context.Context) {
		d.Serve(ctx, desk.Letter{Event: typed("e1"), Plan: chat.Plan{Show: chat.ShowForm}, Open: func(context.Context) { c.note("open") }})
		d.Serve(ctx, desk.Letter{Event: typed("e2"), Problems: func(p []chat.Problem) { shown <- p }})
		d.Serve(ctx, desk.Letter{Event: typed("e3")}) // its platform cannot show any: the core says so
	})
	if p := <-shown; len(p) != 1 {
		t.Errorf("problems = %v, want the core's", p)
	}
	idle(t, d)
	if diff := cmp.Diff([]string{"open", "accept e3", "handle e3"}, c.did()); diff != "" {
		t.Errorf("what was done (-want +got):\n%s", diff)
	}
	if _, err := d.Form(t.Context(), typed("e1")); err == nil {
		t.Error("a form of nothing is handed out")
	}
	if got := d.Complete(t.Context(), chat.Completion{}); len(got) != chat.MaxOptions {
		t.Errorf("Complete offers %d values, want %d", len(got), chat.MaxOptions)
	}
}

// What was typed into a form is not lost where it cannot be saved: the form stays
// open and says so, on platforms that can.
func TestAFormThatCannotBeSavedStaysOpen(t *testing.T) {
	t.Parallel()
	c := &core{accept: func(context.Context) error { return errors.New("the store is down") }}
	d := office(t, c, 4, io.Discard)
	shown := make(chan []chat.Problem, 1)
	put(d, "ana", func(ctx context.Context) {
		d.Serve(ctx, desk.Letter{
			Event: typed("e1"), Problems: func(p []chat.Problem) { shown <- p },
			Unsaved: func(context.Context) bool { c.note("acknowledged otherwise"); return true },
		})
	})
	if p := <-shown; len(p) != 1 || p[0].Text != chat.Unsaved().Body[0].Plain() {
		t.Errorf("problems = %v, want one that says that nothing was saved", p)
	}
	idle(t, d)
	if got := c.did(); len(got) != 0 || d.Counts()[desk.Unsaved] != 1 {
		t.Errorf("what was done and said beside it: %q, unsaved = %d; want nothing and 1", got, d.Counts()[desk.Unsaved])
	}
}

// A line opens no form: it is answered with a button that does.
func TestALineIsLedToItsForm(t *testing.T) {
	t.Parallel()
	c := &core{form: chat.Form{
		Ref: chat.Ref{Route: "profile.edit"}, Title: "Your profile", Submit: "Save", Fields: []chat.FormField{{Name: "shares", Label: "Topics"}},
	}}
	d := office(t, c, 1, io.Discard)
	var card chat.Message
	d.Messenger = hearing{Messenger: d.Messenger, heard: &card}
	d.Offer(t.Context(), typed("e1"))
	if err := card.Validate(); err != nil || card.Title != "Your profile" || card.Rows[0].Buttons[0].Ref != c.form.Ref {
		t.Errorf("the card = %+v, %v; want one that opens the form", card, err)
	}
	c.form = chat.Form{} // none that could be opened
	d.Offer(t.Context(), typed("e2"))
	if diff := cmp.Diff([]string{"answer form:e1 private: Your profile", "answer form:e2 private: Nothing was saved"}, c.did()); diff != "" {
		t.Errorf("what was said (-want +got):\n%s", diff)
	}
}

// Why a form does not open for somebody is said to them, and is nothing to log.
func TestAFormThatIsRefusedSaysWhy(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	c := &core{refuses: fmt.Errorf("form talk.move: %w", &chat.Refusal{Said: chat.Message{Title: "Only Ana can move it"}})}
	d := office(t, c, 1, &log)
	_, err := d.Form(t.Context(), typed("e1"))
	if got := chat.Unopened(err).Title; got != "Only Ana can move it" || strings.Contains(err.Error(), "Ana") {
		t.Errorf("instead of the form stands %q, and the error is %q; want the reason in the first only", got, err)
	}
	d.Offer(t.Context(), typed("e2"))
	if diff := cmp.Diff([]string{"answer form:e2 private: Only Ana can move it"}, c.did()); diff != "" {
		t.Errorf("what was said (-want +got):\n%s", diff)
	}
	if log.Len() > 0 {
		t.Errorf("it is logged: %s", log.String())
	}
	c.refuses = errors.New("the store is down")
	_, err = d.Form(t.Context(), typed("e3"))
	if diff := cmp.Diff(chat.Unsaved(), chat.Unopened(err)); diff != "" || log.Len() == 0 {
		t.Errorf("instead of a form that failed (-want +got):\n%s\nin the log: %s", diff, log.String())
	}
}

// hearing keeps the last answer.
type hearing struct {
	chat.Messenger
	heard *chat.Message
}

func (h hearing) Answer(ctx context.Context, id string, e chat.Event, show chat.Show, m chat.Message) (chat.Posted, error) {
	*h.heard = m
	return h.Messenger.Answer(ctx, id, e, show, m)
}
