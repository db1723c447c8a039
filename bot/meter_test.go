package bot_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rs/zerolog"

	"interlab/bot"
	"interlab/bot/chat"
)

// dials is a meter that counts by what it was told.
type dials struct {
	mu    sync.Mutex
	heard map[string]int
}

func (d *dials) count(parts ...any) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.heard == nil {
		d.heard = map[string]int{}
	}
	d.heard[strings.TrimSuffix(fmt.Sprintln(parts...), "\n")]++
}

func (d *dials) take() map[string]int {
	d.mu.Lock()
	defer d.mu.Unlock()
	heard := maps.Clone(d.heard)
	clear(d.heard)
	return heard
}

func (d *dials) Accepted(saved bool, _ time.Duration) { d.count("accepted", saved) }

func (d *dials) Handled(p chat.Platform, route string, o bot.Outcome, _ time.Duration) {
	d.count("handled", p, route, o)
}

func (d *dials) Worked(k bot.Kind, work string, o bot.Outcome, late time.Duration) {
	d.count("worked", k, work, o, late)
}

func (d *dials) Delivered(c bot.Class, p bot.Progress) { d.count("delivered", c, p) }

func (d *dials) Changed(verb string) { d.count("changed", verb) }

// watched is a world with dials on it.
func watched(t *testing.T) (*world, *dials) {
	t.Helper()
	w, d := newWorld(t), &dials{}
	w.level = zerolog.InfoLevel
	w.app = w.replica(w.store)
	w.app.Watch(d)
	return w, d
}

func TestAnEventIsMeteredFromTheInboxToTheDelivery(t *testing.T) {
	t.Parallel()
	w, d := watched(t)
	w.anaAndBo()
	w.line(ana, "match find protein folding")
	d.take()
	w.press(ana, "Ask Bo")
	w.settle()
	got := d.take()
	for _, want := range []string{
		"accepted true", "handled slack match.ask done", "changed match.ask",
		"changed begin", "changed sent", "worked delivery send done 0s", "delivered promised sent",
	} {
		if got[want] != 1 {
			t.Errorf("an ask was metered as %v; want once %q", got, want)
		}
	}
}

func TestARefusalAndAFaultAreToldApart(t *testing.T) {
	t.Parallel()
	w, d := watched(t)
	w.line(bo, "admin status")
	if got := d.take(); got["handled discord admin.status refused"] != 1 {
		t.Errorf("a denied command was metered as %v; want refused", got)
	}
	w.line(bo, "gibberish")
	if got := d.take(); got["handled discord  refused"] != 1 {
		t.Errorf("a line that means nothing was metered as %v; want refused, of no route", got)
	}

	w.kill()
	if ticket, err := w.app.Accept(t.Context(), w.event(ana, chat.Line{Text: "match list"})); err == nil {
		_ = w.app.Handle(t.Context(), ticket)
	}
	if got := d.take(); got["handled slack match.list failed"] != 1 {
		t.Errorf("a question without a store was metered as %v; want failed", got)
	}
}

func TestOneLineIsLoggedForEachEventAndJobAndNoTextInIt(t *testing.T) {
	t.Parallel()
	w, _ := watched(t)
	w.anaAndBo()
	before := len(w.journal.String())
	w.line(ana, "match find protein folding")
	w.press(ana, "Ask Bo")
	w.settle()
	log := w.journal.String()[before:]
	for _, want := range []string{`"route":"match.find"`, `"route":"match.ask"`, `"work":"send"`, `"outcome":"done"`} {
		if strings.Count(log, want) == 0 {
			t.Errorf("the log never says %s:\n%s", want, log)
		}
	}
	for _, route := range []string{`"route":"match.find"`, `"route":"match.ask"`} {
		if n := strings.Count(log, route); n != 1 {
			t.Errorf("the log has %d lines with %s, want one", n, route)
		}
	}
	for line := range strings.Lines(log) {
		if !json.Valid([]byte(line)) {
			t.Errorf("a line of the log is no JSON: %q", line)
		}
	}
	for _, secret := range []string{"protein", "Ana Ruiz", "Bo Larsen"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log says %q:\n%s", secret, log)
		}
	}
}
