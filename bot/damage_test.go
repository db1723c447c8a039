package bot_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/bot/chat"
)

// damage replaces what is kept of somebody, with everything that finds it.
func (w *world) damage(who chat.Account, data func(whole []byte) []byte) {
	w.t.Helper()
	p, version := w.person(who)
	r := w.read(wantPerson(who))
	w.commit(bot.Write{Ref: r.Ref, Version: version, Data: data(r.Data), Entries: p.Entries(), Due: p.Due()})
}

// What cannot be read is refused with a plain sentence: nothing of it is written
// back, and everybody else goes on.
func TestDamagedDocumentsAreRefusedAndLeftAsTheyAre(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		data func(whole []byte) []byte
		says string
	}{
		"torn":                   {func(whole []byte) []byte { return whole[:len(whole)/2] }, "Something went wrong on our side"},
		"no JSON":                {func([]byte) []byte { return []byte("\x00\xff") }, "Something went wrong on our side"},
		"another shape":          {func([]byte) []byte { return []byte(`{"s":1,"d":[1,2]}`) }, "Something went wrong on our side"},
		"deep":                   {func([]byte) []byte { return []byte(strings.Repeat("[", 20_000)) }, "Something went wrong on our side"},
		"of a newer program":     {func([]byte) []byte { return []byte(`{"s":99,"d":{"name":"Ana"}}`) }, "I am being updated"},
		"of a newer, odd number": {func([]byte) []byte { return []byte(`{"s":1e300,"d":{}}`) }, "Something went wrong on our side"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.anaAndBo()
			w.damage(ana, c.data)
			before := w.read(wantPerson(ana))
			w.says(w.line(ana, `profile set about:"new words"`), c.says)
			if after := w.read(wantPerson(ana)); after.Version != before.Version || !bytes.Equal(after.Data, before.Data) {
				t.Errorf("what was kept became version %d: %q", after.Version, after.Data)
			}
			w.says(w.line(bo, `profile set about:"new words"`), "You are in")
			w.says(w.line(bo, "match find cryo-electron microscopy"), "Nobody")
		})
	}
}

// A document of the schema before is read, and has today's once it was changed.
func TestAnOlderDocumentIsMigratedWhenItIsWritten(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	schema := func() (n int) {
		var e struct {
			S int `json:"s"`
		}
		if err := json.Unmarshal(w.read(wantPerson(ana)).Data, &e); err != nil {
			t.Fatal(err)
		}
		return e.S
	}
	today := schema()
	w.damage(ana, func(whole []byte) []byte {
		var e map[string]json.RawMessage
		if err := json.Unmarshal(whole, &e); err != nil {
			t.Fatal(err)
		}
		e["s"] = json.RawMessage("1")
		older, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		return older
	})
	w.says(w.line(ana, "me"), "Ana Ruiz")
	if got := schema(); got != 1 {
		t.Errorf("reading alone made it schema %d, want it left", got)
	}
	w.says(w.line(ana, `profile set about:"new words"`), "You are in")
	if got := schema(); got != today {
		t.Errorf("written anew it has schema %d, want %d", got, today)
	}
}

// Work that this program does not know is given up with a note for organisers, and
// holds nothing else up.
func TestWorkThatNobodyKnowsIsGivenUpAndNothingWaitsForIt(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	soon := w.clock.Now()
	w.commit(
		bot.Write{Ref: bot.Ref{Kind: "martian", ID: "x"}, Data: []byte(`{"s":1,"d":{}}`), Due: []bot.Work{{Name: "land", At: soon}}},
		bot.Write{Ref: bot.Ref{Kind: bot.KindLab, ID: "y"}, Data: []byte(`{"s":1,"d":{"id":"y","name":"Y"}}`), Due: []bot.Work{{Name: "levitate", At: soon}}},
	)
	w.press(ana, "Ask Bo")
	if n := count(w.messenger.to(bo, "direct"), asksBo); n != 1 {
		t.Errorf("meanwhile Bo was asked %d times, want once", n)
	}
	w.pass(3 * time.Hour)
	buried, err := w.store.Graveyard(t.Context(), 9)
	if err != nil || len(buried) == 0 || buried[0].Ref.Kind != "martian" {
		t.Errorf("Graveyard() = %v, %v; want what nobody knows", buried, err)
	}
}

// Replicas whose clocks are twenty minutes apart take turns: everything is done
// once, and nobody is told twice.
func TestReplicasOfDifferentClocksDoEverythingOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	ahead, behind := w.clock.Now().Add(10*time.Minute), w.clock.Now().Add(-10*time.Minute)
	turn := func(at time.Time) { w.clock.set(at); w.settle() }
	turn(ahead)
	w.press(ana, "Ask Bo")
	turn(behind)
	w.press(bo, "Yes")
	turn(ahead)
	for range 3 {
		turn(behind)
		turn(ahead)
	}
	if n := count(w.messenger.to(bo, "direct"), asksBo); n != 1 {
		t.Errorf("Bo was asked %d times, want once", n)
	}
	sends := map[string]int{}
	for _, s := range w.messenger.all() {
		if s.how == "direct" {
			sends[s.id]++
		}
	}
	for id, n := range sends {
		if n != 1 {
			t.Errorf("%s was sent %d times", id, n)
		}
	}
	w.healthy()
	if r := w.verify(false); !r.Sound() {
		t.Errorf("Verify() = %+v", r)
	}
}

// A store that cannot be written to is told of in the words of bot/chat, by
// whatever is done, and a reading still answers.
func TestAStoreThatTakesNothingIsSaidSo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	store := &fragile{Store: w.store}
	w.app = w.replica(store)
	store.breaks(func() error { return errors.Join(bot.ErrUnavailable, errors.New("READONLY")) })
	w.says(w.handles(w.event(ana, chat.Line{Text: "match list"})), "Nothing was saved")
}
