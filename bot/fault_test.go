package bot_test

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// fragile is a store whose calls can be made to fail or to panic.
type fragile struct {
	bot.Store
	fault atomic.Pointer[func() error]
}

func (f *fragile) breaks(fault func() error) { f.fault.Store(&fault) }

func (f *fragile) now() error {
	if fault := f.fault.Load(); fault != nil {
		return (*fault)()
	}
	return nil
}

func (f *fragile) Read(ctx context.Context, wants ...bot.Want) ([][]bot.Record, error) {
	if err := f.now(); err != nil {
		return nil, err
	}
	return f.Store.Read(ctx, wants...)
}

func (f *fragile) Commit(ctx context.Context, c bot.Commit) error {
	if err := f.now(); err != nil {
		return err
	}
	return f.Store.Commit(ctx, c)
}

var reference = regexp.MustCompile(`Something went wrong on our side \(ref ([a-z2-9]{4})\)`)

func TestAFaultOfOursNamesAReferenceThatLeadsToTheLog(t *testing.T) {
	t.Parallel()
	var none []int
	for name, fault := range map[string]func() error{
		"a panic":           func() error { return errors.New(fmt.Sprint(none[len(none)])) }, //nolint:gocritic // beyond the end is what is tried
		"a panic of a text": func() error { panic("XYZZY, which index out of range would not cite") },
		"an odd answer":     func() error { return errors.New("index out of range") },
	} {
		cause := "index out of range"
		if name == "a panic of a text" {
			cause = "panic: string"
		}
		w := newWorld(t)
		w.anaAndBo()
		store := &fragile{Store: w.store}
		w.app = w.replica(store)
		store.breaks(fault)
		for _, text := range []string{"profile set about:\"XYZZY one\"", "match list", "XYZZY two"} {
			answer := plain(w.handles(w.event(ana, chat.Line{Text: text})))
			if strings.HasPrefix(text, "XYZZY") {
				continue // nothing is read for what is no command
			}
			ref := reference.FindStringSubmatch(answer)
			if ref == nil {
				t.Errorf("%s: %q is answered %q, want a fault with a reference", name, text, answer)
				continue
			}
			log := w.journal.String()
			if !strings.Contains(log, `"ref":"`+ref[1]+`"`) || !strings.Contains(log, cause) {
				t.Errorf("%s: the log has no %s with its cause:\n%s", name, ref[1], log)
			}
		}
		if strings.Contains(w.journal.String(), "XYZZY") {
			t.Errorf("%s: the log has what was typed:\n%s", name, w.journal.String())
		}
	}
}

// Work that panics is put off like work that fails, and everything else goes on.
func TestAPanicInDueWorkStopsNothingElse(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	panics := 0
	w.messenger.fails(func(s sent) error {
		if direct(bo)(s) && panics < 3 {
			panics++
			panic(canary + ", of which nothing is told")
		}
		return nil
	}, nil)
	w.asked()
	w.line(ana, "me")
	w.pass(time.Minute)
	if n := count(w.messenger.to(bo, "direct"), asksBo); n != 1 || panics != 3 {
		t.Errorf("after %d panics Bo was asked %d times, want 3 and once", panics, n)
	}
	if log := w.journal.String(); !strings.Contains(log, "panic: string") || strings.Contains(log, canary) {
		t.Errorf("the log has no panic, or what it said:\n%s", log)
	}
}

// canary is in everything that people type in the test below, and in their names.
const canary = "XYZZY"

// Whatever goes wrong, nothing that a person typed reaches the log.
func TestNothingThatWasTypedReachesTheLog(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.join(ana, canary+" Ruiz", canary+" Lab", canary+" microscopy")
	w.join(bo, canary+" Larsen", "Noether "+canary, canary+" folding")
	store := &fragile{Store: w.store}
	w.app = w.replica(store)
	talk := func(step string) {
		w.handles(w.event(ana, chat.Line{Text: canary + " nonsense \""}))
		w.handles(w.event(ana, chat.Line{Text: "match find " + canary + " folding"}))
		w.handles(w.event(ana, chat.Line{Text: "match find kind:" + canary}))
		w.handles(w.event(ana, chat.Line{Text: "profile set zone:" + canary + " hours:" + canary + " contact:" + canary + "@lab"}))
		w.handles(w.event(ana, chat.Line{Text: "profile pause until:" + canary}))
		w.handles(w.event(ana, chat.Line{Text: "match block Nobody " + canary}))
		w.handles(w.event(ana, chat.Line{Text: "admin lab " + canary}))
		w.handles(w.event(ana, chat.Submission{Ref: chat.Ref{Route: "profile.edit"}, Values: map[string]string{"lab": canary, "shares": canary, "zone": canary}}))
		w.handles(w.event(ana, chat.Submission{Ref: chat.Ref{Route: "match.new"}, Values: map[string]string{"topic": canary, "kind": canary}}))
		w.handles(w.event(ana, chat.Press{Ref: chat.Ref{Route: "match.ask", ID: canary}}))
		if log := w.journal.String(); strings.Contains(log, canary) {
			t.Errorf("%s: the log has what was typed:\n%s", step, log)
		}
	}
	talk("all is well")
	store.breaks(func() error { return errors.New("odd answer") })
	talk("the store answers oddly")
	store.breaks(func() error { return nil })
	w.messenger.fails(failing(func(s sent) bool { return s.how == "direct" }, errors.New("refused")), nil)
	w.handles(w.event(ana, chat.Line{Text: "match find " + canary + " folding"}))
	w.press(ana, "Ask")
	w.pass(3 * time.Hour)
	talk("a platform refuses")
	if log := w.journal.String(); !strings.Contains(log, "work given up") || !strings.Contains(log, "event failed") {
		t.Errorf("the test saw too few faults:\n%s", log)
	}
}

// An older card's Next leads past a first step that was corrected for the
// worse. It is told again what is wrong, and nothing of it is kept or logged.
func TestAFirstStepThatBecameWrongIsAskedBackAtTheSecond(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	cy := chat.Account{Platform: "slack", Team: "curie", User: "cy"}
	first := map[string]string{"lab": "Curie Lab", "shares": "optics", "zone": "Paris"}
	w.does(cy, chat.Submission{Ref: chat.Ref{Route: "profile.edit"}, Values: first})
	next := w.button(cy, "Next")
	first["zone"] = "XYZZY"
	w.says(w.does(cy, chat.Submission{Ref: chat.Ref{Route: "profile.edit", ID: next.ID}, Values: first}), "One thing to correct")
	answer := w.does(cy, chat.Submission{Ref: next, Values: map[string]string{"contact": "cy@curie.example", "show": "name"}})
	w.says(answer, "One thing to correct")
	w.says(answer, "zone: ")
	if log := w.journal.String(); log != "" {
		t.Errorf("the log says %s", log)
	}
	first["zone"] = "Paris"
	w.does(cy, chat.Submission{Ref: w.button(cy, "Fix"), Values: first})
	w.says(w.does(cy, chat.Submission{Ref: w.button(cy, "Next"), Values: map[string]string{"contact": "cy@curie.example", "show": "name"}}), "You are in")
}
