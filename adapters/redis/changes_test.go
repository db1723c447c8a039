package redis

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	goredis "github.com/redis/go-redis/v9"

	"interlab/bot"
)

// z is the score of the document that repairs are tested on.
func z(score float64) goredis.Z { return goredis.Z{Score: score, Member: "person:p"} }

// changes reads the audit after a note.
func (w *world) changes(after string, limit int) bot.Changes {
	w.t.Helper()
	before := w.RoundTrips()
	got, err := w.Changes(w.t.Context(), after, "person", limit)
	must(w.t, err)
	if trips := w.RoundTrips() - before; trips != 1 {
		w.t.Errorf("Changes made %d round trips, want 1", trips)
	}
	return got
}

func TestChangesTellWhatWasDoneAndHowItIsNow(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		start := w.changes("", 0)
		if start.Last == "" || start.Reset || start.Notes != nil || len(start.Records) != 0 {
			t.Fatalf("Changes of nothing = %+v, want a Last only", start)
		}
		lab := bot.Write{Ref: bot.Ref{Kind: "lab", ID: "x"}, Data: []byte("{}")}
		must(t, w.Commit(t.Context(), bot.Commit{
			Writes: []bot.Write{put("p", 0), lab, put("q", 0)},
			Note:   bot.Note{At: now, Actor: "a1", Verb: "profile set", Op: "op1", Refs: []bot.Ref{person("p"), lab.Ref, person("q")}},
		}))
		must(t, w.commit(put("p", 1)))
		must(t, w.commit(bot.Write{Ref: person("q"), Version: 1}))
		must(t, w.Commit(t.Context(), bot.Commit{Note: bot.Note{At: now.Add(time.Second), Verb: "nothing"}}))

		got := w.changes(start.Last, 0)
		want := bot.Changes{
			Notes: []bot.Note{
				{At: now, Actor: "a1", Verb: "profile set", Op: "op1", Refs: []bot.Ref{person("p"), lab.Ref, person("q")}},
				{At: now, Actor: "p0", Verb: "test", Refs: []bot.Ref{person("p")}},
				{At: now, Actor: "p0", Verb: "test", Refs: []bot.Ref{person("q")}},
				{At: now.Add(time.Second), Verb: "nothing"},
			},
			Records: []bot.Record{{Ref: person("p"), Version: 2, Data: put("p", 1).Data}, {Ref: person("q")}},
			Last:    got.Last,
		}
		for i := range got.Notes {
			want.Notes[i].Seq = got.Notes[i].Seq
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("Changes (-want +got):\n%s", diff)
		}
		if again := w.changes(got.Last, 0); len(again.Notes) != 0 || again.Last != got.Last || again.Reset {
			t.Errorf("Changes after the last = %+v, want none", again)
		}
		end := w.changes("", 2)
		if diff := cmp.Diff(bot.Changes{Notes: got.Notes[2:], Records: []bot.Record{}, Last: got.Last}, end); diff != "" {
			t.Errorf("Changes after \"\" are not the last two notes (-want +got):\n%s", diff)
		}
	})
}

func TestChangesComeInPieces(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		last := w.changes("", 0).Last
		for version := range int64(5) {
			must(t, w.commit(put("p", version)))
		}
		var pieces []int
		for {
			got := w.changes(last, 2)
			if last = got.Last; len(got.Notes) == 0 {
				break
			}
			pieces = append(pieces, len(got.Notes))
		}
		if diff := cmp.Diff([]int{2, 2, 1}, pieces); diff != "" {
			t.Errorf("pieces (-want +got):\n%s", diff)
		}
	})
}

// A piece ends early where imports wrote very many documents.
func TestAPieceOfChangesIsBounded(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		last := w.changes("", 0).Last
		for i := range 3 {
			var writes []bot.Write
			for j := range 200 {
				writes = append(writes, put(fmt.Sprintf("%d-%d", i, j), 0))
			}
			must(t, w.commit(writes...))
		}
		first := w.changes(last, 0)
		if len(first.Notes) != 2 || len(first.Records) != 400 || !first.More {
			t.Errorf("first piece = %d notes, %d records, more %t; want 2, 400 and more", len(first.Notes), len(first.Records), first.More)
		}
		if rest := w.changes(first.Last, 0); len(rest.Notes) != 1 || len(rest.Records) != 200 || rest.More {
			t.Errorf("second piece = %d notes, %d records, more %t; want 1, 200 and no more", len(rest.Notes), len(rest.Records), rest.More)
		}
	})
}

func TestChangesSayWhenTheAuditNoLongerReachesBack(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		start := w.changes("", 0).Last
		for version := range int64(5) {
			must(t, w.commit(put("p", version)))
		}
		must(t, w.client.XTrimMaxLen(t.Context(), w.keys.audit(), 2).Err())
		for after, want := range map[string]bool{
			start: true, "2-0": true, "3-0": false, "4-0": false, "5-0": false,
			"6-0": true, "nonsense": true, "1700000000000-3": true,
		} {
			got := w.changes(after, 0)
			if got.Reset != want {
				t.Errorf("Changes(%s).Reset = %v, want %v", after, got.Reset, want)
			}
			if got.Last != "5-0" || got.Reset && len(got.Notes)+len(got.Records) > 0 {
				t.Errorf("Changes(%s) = %+v, want it to lead to the end", after, got)
			}
		}
	})
}

func TestTheAuditIsBounded(t *testing.T) {
	onServerOnly(t, func(t *testing.T, w *world) {
		load := commitScript
		for range 300 {
			args, err := committed(bot.Commit{})
			must(t, err)
			args[10] = 100 // the length, which is too long to reach here
			_, err = w.act(t.Context(), load, args...)
			must(t, err)
		}
		if n := w.client.XLen(t.Context(), w.keys.audit()).Val(); n >= 300 {
			t.Errorf("the audit has %d notes, want about 100", n)
		}
	})
}
