package redis

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"interlab/bot"
)

// unique is a unique entry.
func unique(index string) bot.Entry { return bot.Entry{Index: index, Unique: true} }

// owner is who has a unique entry, "" for nobody.
func (w *world) owner(index string) string {
	w.t.Helper()
	got, err := w.Read(w.t.Context(), bot.Want{Unique: index})
	must(w.t, err)
	return got[0][0].Ref.ID
}

// version is a person's version.
func (w *world) version(id string) int64 {
	w.t.Helper()
	got, err := w.Read(w.t.Context(), bot.Want{Ref: person(id)})
	must(w.t, err)
	return got[0][0].Version
}

func TestVersionsGrowByOneWithEveryCommit(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		for version := range int64(12) {
			must(t, w.commit(put("p", version)))
			if got := w.version("p"); got != version+1 {
				t.Fatalf("version after commit %d = %d, want %d", version, got, version+1)
			}
		}
	})
}

func TestCommitAgainstAnotherVersionConflicts(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0)))
		for _, version := range []int64{0, 2} {
			if err := w.commit(put("q", 0), put("p", version)); !errors.Is(err, bot.ErrConflict) {
				t.Errorf("Commit(version %d of 1) = %v, want ErrConflict", version, err)
			}
		}
		c := change(put("q", 0))
		c.Checks = []bot.Check{{Ref: person("p"), Version: 2}}
		if err := w.Commit(t.Context(), c); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("Commit(check of version 2 of 1) = %v, want ErrConflict", err)
		}
		if got := w.version("q"); got != 0 {
			t.Errorf("a commit that conflicted wrote version %d of another document", got)
		}
		c.Checks = []bot.Check{{Ref: person("p"), Version: 1}, {Ref: person("nobody")}}
		must(t, w.Commit(t.Context(), c))
	})
}

func TestDeletingTakesEntriesAndWorkAlong(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, unique("u"), bot.Entry{Index: "i"}, bot.Work{Name: "w", At: now})))
		must(t, w.commit(bot.Write{Ref: person("p"), Version: 1}))
		if got := w.version("p"); got != 0 {
			t.Errorf("version of a deleted document = %d, want 0", got)
		}
		if got := w.owner("u") + w.listed("i") + w.listed("all/person"); got != "" {
			t.Errorf("a deleted document is found as %q", got)
		}
		if at, waits, err := w.NextDue(t.Context()); waits || err != nil {
			t.Errorf("NextDue = %v, %v, %v, want nothing", at, waits, err)
		}
		names, err := w.client.Keys(t.Context(), w.keys.in("*")).Result()
		must(t, err)
		for _, name := range names {
			if strings.Contains(name, "doc:") || strings.Contains(name, "index:") {
				t.Errorf("key %s is left of a deleted document", name)
			}
		}
	})
}

func TestEntriesFollowTheirDocument(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, bot.Entry{Index: "a", Score: 1}, bot.Entry{Index: "b", Score: 1}), put("q", 0, bot.Entry{Index: "b", Score: 2})))
		must(t, w.commit(put("p", 1, bot.Entry{Index: "b", Score: 3}, bot.Entry{Index: "c"})))
		for index, want := range map[string]string{"a": "", "b": "q p", "c": "p", "all/person": "p q"} {
			if got := w.listed(index); got != want {
				t.Errorf("index %s lists %q, want %q", index, got, want)
			}
		}
	})
}

func TestAUniqueEntryHasOneDocument(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("p", 0, unique("u"))))
		var taken *bot.TakenError
		err := w.commit(put("r", 0), put("q", 0, unique("u")))
		if !errors.As(err, &taken) || *taken != (bot.TakenError{Index: "u", Owner: person("p")}) {
			t.Fatalf("Commit = %v, want u taken by person:p", err)
		}
		if got := w.version("r"); got != 0 {
			t.Errorf("a refused commit wrote version %d of another document", got)
		}
		err = w.commit(put("q", 0, unique("v")), put("r", 0, unique("v")))
		if !errors.As(err, &taken) || taken.Owner != person("q") {
			t.Errorf("Commit(one entry for two) = %v, want v taken by person:q", err)
		}
		must(t, w.commit(put("p", 1, unique("u"))))
		if got := w.owner("u"); got != "p" {
			t.Errorf("owner = %q, want p", got)
		}
	})
}

// In either order: who gives it up may be written before or after who takes it.
func TestAUniqueEntryPassesWithinACommit(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("a", 0, unique("u")), put("b", 0, unique("v"))))
		must(t, w.commit(put("a", 1), put("b", 1, unique("u"), unique("v"))))
		if got := w.owner("u"); got != "b" {
			t.Errorf("owner after passing on = %q, want b", got)
		}
		must(t, w.commit(put("a", 2, unique("u")), put("b", 2)))
		if got := w.owner("u"); got != "a" {
			t.Errorf("owner after passing back = %q, want a", got)
		}
		must(t, w.commit(put("a", 3, unique("v")), put("b", 3, unique("u"))))
		if got := w.owner("u") + w.owner("v"); got != "ba" {
			t.Errorf("owners after a swap = %q, want ba", got)
		}
		must(t, w.commit(put("c", 0, unique("u")), bot.Write{Ref: person("b"), Version: 4}))
		if got := w.owner("u"); got != "c" {
			t.Errorf("owner after a deletion = %q, want c", got)
		}
	})
}

func TestAnOperationIsDoneOnce(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		c := change(put("p", 0))
		c.Op, c.Answer = "op1", []byte("hello\x00")
		if _, done, err := w.Answer(t.Context(), "op1"); done || err != nil {
			t.Errorf("Answer before = %v, %v, want nothing", done, err)
		}
		must(t, w.Commit(t.Context(), c))
		for range 2 {
			var done *bot.DoneError
			if err := w.Commit(t.Context(), c); !errors.As(err, &done) || string(done.Answer) != "hello\x00" {
				t.Errorf("Commit again = %v, want it done with the first answer", err)
			}
		}
		answer, done, err := w.Answer(t.Context(), "op1")
		if string(answer) != "hello\x00" || !done || err != nil {
			t.Errorf("Answer = %q, %v, %v, want the first answer", answer, done, err)
		}
		if got := w.version("p"); got != 1 {
			t.Errorf("version = %d, want 1", got)
		}
	})
}

func TestARefusedOperationMayBeTriedAgain(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		c := change(put("p", 3))
		c.Op = "op1"
		if err := w.Commit(t.Context(), c); !errors.Is(err, bot.ErrConflict) {
			t.Fatalf("Commit = %v, want ErrConflict", err)
		}
		c.Writes[0].Version = 0
		must(t, w.Commit(t.Context(), c))
	})
}

func TestAnswersAreForgottenAfterEightDays(t *testing.T) {
	w := inProcess(t)
	must(t, w.Commit(t.Context(), bot.Commit{Op: "op1", Answer: []byte("a")}))
	w.pass(Memory - time.Minute)
	if _, done, err := w.Answer(t.Context(), "op1"); !done || err != nil {
		t.Errorf("Answer within eight days = %v, %v, want it", done, err)
	}
	w.pass(2 * time.Minute)
	if _, done, err := w.Answer(t.Context(), "op1"); done || err != nil {
		t.Errorf("Answer after eight days = %v, %v, want nothing", done, err)
	}
	names, err := w.client.Keys(t.Context(), w.keys.attempt("*")).Result()
	if len(names) != 0 || err != nil {
		t.Errorf("attempts are still remembered: %v, %v", names, err)
	}
}

// A commit that is wrong in several ways gets the answer that saves most work.
func TestRefusalsComeInOrder(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		must(t, w.commit(put("owner", 0, unique("u"))))
		must(t, w.Commit(t.Context(), bot.Commit{Op: "old"}))
		c := change(put("p", 0, unique("u")))
		c.Op, c.Checks = "old", []bot.Check{{Ref: person("owner"), Version: 9}}
		c.Job = &bot.Claim{Ref: person("owner"), Work: "w", Token: 1}
		var done *bot.DoneError
		var taken *bot.TakenError
		for i, is := range []func(error) bool{
			func(err error) bool { return errors.As(err, &done) },
			func(err error) bool { return errors.Is(err, bot.ErrLost) },
			func(err error) bool { return errors.Is(err, bot.ErrConflict) },
			func(err error) bool { return errors.As(err, &taken) },
			func(err error) bool { return err == nil },
		} {
			if err := w.Commit(t.Context(), c); !is(err) {
				t.Errorf("Commit with %d faults taken away = %v", i, err)
			}
			switch i {
			case 0:
				c.Op = "new"
			case 1:
				c.Job = nil
			case 2:
				c.Checks = nil
			case 3:
				c.Writes[0].Entries = nil
			}
		}
	})
}

func TestACommitIsOneRoundTrip(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		before := w.RoundTrips()
		must(t, w.commit(put("a", 0, unique("u"), bot.Work{Name: "w", At: now}), put("b", 0)))
		if trips := w.RoundTrips() - before; trips != 1 {
			t.Errorf("Commit made %d round trips, want 1", trips)
		}
	})
}

func TestTwoHundredDocumentsAreOneCommit(t *testing.T) {
	onEach(t, func(t *testing.T, w *world) {
		var writes []bot.Write
		for i := range 200 {
			writes = append(writes, put(time.Duration(i).String(), 0, bot.Entry{Index: "i", Score: int64(i)}))
		}
		must(t, w.commit(writes...))
		got, err := w.Read(t.Context(), bot.Want{List: "i"})
		must(t, err)
		var refs []bot.Ref
		for _, record := range got[0] {
			refs = append(refs, record.Ref)
		}
		if diff := cmp.Diff(change(writes...).Note.Refs, refs); diff != "" {
			t.Errorf("documents (-want +got):\n%s", diff)
		}
	})
}
