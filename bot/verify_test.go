package bot_test

import (
	"strings"
	"testing"
	"time"

	"interlab/bot"
	"interlab/calendar"
)

func (w *world) verify(fix bool) bot.VerifyReport {
	w.t.Helper()
	r, err := w.app.Verify(w.t.Context(), w.store, fix)
	if err != nil {
		w.t.Fatalf("Verify() = %v", err)
	}
	return r
}

func TestAHealthyStoreIsSound(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	if r := w.verify(false); !r.Sound() || r.Documents == 0 {
		t.Errorf("Verify() of a healthy store = %+v", r)
	}
}

func TestWhatIsDerivedWronglyIsFoundAndMended(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.asked()
	// A document of older code: an entry and work too many, and none of its own.
	record := w.read(bot.Want{Unique: "account/" + ana.String()})
	w.commit(bot.Write{
		Ref: record.Ref, Version: record.Version, Data: record.Data,
		Entries: []bot.Entry{{Index: "forgotten"}}, Due: []bot.Work{{Name: "haunt", At: w.clock.Now().Add(time.Hour)}},
	})
	found := w.verify(false)
	if len(found.Differ) != 1 || found.Differ[0] != record.Ref || found.Sound() {
		t.Errorf("Verify() = %+v, want %s to differ", found, record.Ref)
	}
	if again := w.verify(false); len(again.Differ) != 1 {
		t.Errorf("Verify() without fix mended something: %+v", again)
	}
	if fixed := w.verify(true); !fixed.Sound() {
		t.Errorf("Verify(fix) = %+v, want it sound", fixed)
	}
	if r := w.verify(false); !r.Sound() || len(r.Differ) != 0 {
		t.Errorf("Verify() afterwards = %+v", r)
	}
}

func TestADocumentThatCannotBeReadIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.anaAndBo()
	w.commit(
		bot.Write{Ref: bot.Ref{Kind: bot.KindLab, ID: "broken"}, Data: []byte(`{"s":1,"d":[]}`)},
		bot.Write{Ref: bot.Ref{Kind: bot.KindLab, ID: "newer"}, Data: []byte(`{"s":99,"d":{}}`)},
	)
	r := w.verify(true)
	if len(r.Broken) != 2 || r.Sound() || !strings.Contains(r.Broken[0], "lab:broken") || !strings.Contains(r.Broken[1], "schema 99") {
		t.Errorf("Verify() = %+v, want both documents named", r)
	}
}

func TestAListThatDoesNotAddUpIsNamed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	talk := &bot.Colloquium{
		ID: "t1", State: bot.Announced, Seats: bot.Seats{Going: 2}, Start: monday, Length: time.Hour,
		Wall: calendar.Pinned().WallAt(monday, calendar.UTC()),
	}
	w.write(talk, 0)
	w.write(&bot.Rsvp{ID: "r1", Colloquium: "t1", Person: "p1", State: bot.Going}, 0)
	r := w.verify(false)
	if len(r.Broken) != 1 || !strings.Contains(r.Broken[0], "counts 2 going") {
		t.Errorf("Verify() = %+v, want the talk's count named", r)
	}
}
