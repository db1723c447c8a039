package redis

import (
	"testing"
	"time"

	"interlab/bot"
)

// Notes from before a time go, in as many calls as it takes; the audit is numbered
// on, and whoever had read it to there reads on.
func TestOldNotesOfTheAuditGoAndTheNextIsNumberedOn(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		day := time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)
		const old = outdatedPage + 3
		for i := range old + 2 {
			at := day
			if i >= old {
				at = day.AddDate(0, 0, 1)
			}
			must(t, w.Commit(t.Context(), bot.Commit{Note: bot.Note{At: at, Verb: "test"}}))
		}
		if n, err := w.ForgetNotes(t.Context(), day); n != 0 || err != nil {
			t.Errorf("ForgetNotes(the first moment) = %d, %v; want none", n, err)
		}
		if n, err := w.ForgetNotes(t.Context(), day.Add(time.Millisecond)); n != old || err != nil {
			t.Errorf("ForgetNotes(the first day) = %d, %v; want %d", n, err, old)
		}
		if c := w.changes("503-0", 0); c.Reset || len(c.Notes) != 2 {
			t.Errorf("whoever had read to 503-0 reads %d notes, reset %v; want the other 2", len(c.Notes), c.Reset)
		}
		if c := w.changes("502-0", 0); !c.Reset {
			t.Error("whoever had read to 502-0 is not told that a note is gone")
		}
		if n, err := w.ForgetNotes(t.Context(), day.AddDate(1, 0, 0)); n != 1 || err != nil {
			t.Errorf("ForgetNotes(a year later) = %d, %v; want all but the last", n, err)
		}
		must(t, w.Commit(t.Context(), bot.Commit{Note: bot.Note{At: day, Verb: "test"}}))
		if c := w.changes("505-0", 0); c.Last != "506-0" || len(c.Notes) != 1 || c.Reset {
			t.Errorf("the next note is %+v, want 506-0", c)
		}
	})
}

// An audit of nothing has nothing to forget.
func TestAnAuditWithoutNotesForgetsNothing(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		if n, err := w.ForgetNotes(t.Context(), time.Now()); n != 0 || err != nil {
			t.Errorf("ForgetNotes() = %d, %v; want 0", n, err)
		}
	})
}
