package bot

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"interlab/bot/chat"
)

// still is a clock that does not move.
type still time.Time

func (s still) Now() time.Time { return time.Time(s) }

func memoryTx(t *testing.T, docs ...Document) (*memory, *Tx) {
	t.Helper()
	m := newMemory()
	m.keep(docs...)
	m.reads, m.commits = 0, nil
	return m, newTx(t.Context(), m, noon, nil)
}

func curie() *Lab   { return &Lab{ID: "l1", Name: "Curie"} }
func noether() *Lab { return &Lab{ID: "l2", Name: "Noether"} }

func TestATransactionReadsEachThingOnce(t *testing.T) {
	t.Parallel()
	m, tx := memoryTx(t, curie())
	if err := tx.prefetch(Want{Ref: Ref{KindLab, "l1"}}, Want{Unique: labByName("curie")}, Want{Ref: Ref{KindLab, "l9"}}); err != nil {
		t.Fatal(err)
	}
	first, err := load[*Lab](tx, KindLab, "l1")
	again, _ := load[*Lab](tx, KindLab, "l1")
	owned, _ := owner[*Lab](tx, labByName("Curie"))
	if first == nil || first != again || first != owned {
		t.Errorf("load = %p, %v, then %p, and by name %p; want one document in one place", first, err, again, owned)
	}
	for range 2 {
		if _, err := load[*Lab](tx, KindLab, "l9"); !errors.Is(err, errNotFound) {
			t.Errorf("load(a lab that is not there) = %v, want errNotFound", err)
		}
	}
	if m.reads != 1 {
		t.Errorf("%d round trips, want 1", m.reads)
	}
}

func TestWhatWasReadByNameIsCheckedAndWhatWasPutIsWritten(t *testing.T) {
	t.Parallel()
	_, tx := memoryTx(t, curie(), noether())
	one, err := load[*Lab](tx, KindLab, "l1")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := load[*Lab](tx, KindLab, "l2"); err != nil {
		t.Fatal(err)
	}
	if _, err := load[*Person](tx, KindPerson, "p9"); !errors.Is(err, errNotFound) {
		t.Fatal(err)
	}
	one.Name = "Curie Lab"
	tx.put(one, &Home{ID: "h1"}, one)
	c, err := tx.commit()
	if err != nil {
		t.Fatal(err)
	}
	wantChecks := []Check{{Ref{KindLab, "l2"}, 1}, {Ref{KindPerson, "p9"}, 0}}
	if diff := cmp.Diff(wantChecks, c.Checks, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("checks differ (-want +got):\n%s", diff)
	}
	wantRefs := []Ref{{KindLab, "l1"}, {KindHome, "h1"}}
	if diff := cmp.Diff(wantRefs, c.Note.Refs); diff != "" {
		t.Errorf("written differs (-want +got):\n%s", diff)
	}
	if c.Writes[0].Version != 1 || c.Writes[1].Version != 0 {
		t.Errorf("versions %d and %d, want 1 for what was read and 0 for what is new", c.Writes[0].Version, c.Writes[1].Version)
	}
}

func TestRemoveDeletesWhatWasLoadedAndNothingElse(t *testing.T) {
	t.Parallel()
	_, tx := memoryTx(t, curie())
	tx.remove(Ref{KindLab, "l1"})
	if c, err := tx.commit(); err != nil || len(c.Writes) != 0 {
		t.Errorf("commit() = %+v, %v; want nothing of what was never loaded", c, err)
	}
	if _, err := load[*Lab](tx, KindLab, "l1"); err != nil {
		t.Fatal(err)
	}
	tx.remove(Ref{KindLab, "l1"})
	if _, err := load[*Lab](tx, KindLab, "l1"); !errors.Is(err, errNotFound) {
		t.Errorf("load after remove = %v, want errNotFound", err)
	}
	if c, err := tx.commit(); err != nil || len(c.Writes) != 1 || c.Writes[0].Data != nil || c.Writes[0].Version != 1 {
		t.Errorf("commit() = %+v, %v; want the one deletion", c, err)
	}
}

// appending is a change that adds to a lab's name, as it finds it.
func appending(text string) func(tx *Tx) (chat.Message, error) {
	return func(tx *Tx) (chat.Message, error) {
		lab, err := load[*Lab](tx, KindLab, "l1")
		if err != nil {
			return chat.Message{}, err
		}
		lab.Name += text
		tx.put(lab)
		return chat.Message{Title: lab.Name}, nil
	}
}

func TestAChangeThatMeetsAnotherOneRunsAgain(t *testing.T) {
	t.Parallel()
	m, _ := memoryTx(t, curie())
	a := newMemoryApp(m, still(noon))
	m.meanwhile = func() { m.keep(&Lab{ID: "l1", Name: "Marie"}) }
	answer, err := a.update(t.Context(), change{op: "1", verb: "test"}, appending("!"))
	if err != nil || answer.Title != "Marie!" {
		t.Errorf("update() = %q, %v; want it done to what the other one left", answer.Title, err)
	}
}

func TestAChangeWhoseNameIsTakenMeanwhileRunsAgain(t *testing.T) {
	t.Parallel()
	m, _ := memoryTx(t)
	a := newMemoryApp(m, still(noon))
	m.meanwhile = func() { m.keep(noether()) }
	tries := 0
	answer, err := a.update(t.Context(), change{op: "1", verb: "test"}, func(tx *Tx) (chat.Message, error) {
		tries++
		if other, err := owner[*Lab](tx, labByName("Noether")); err == nil {
			return chat.Message{Title: "taken by " + other.ID}, nil
		}
		tx.put(&Lab{ID: "new", Name: "Noether"})
		return chat.Message{Title: "made"}, nil
	})
	if err != nil || answer.Title != "taken by l2" || tries != 2 {
		t.Errorf("update() = %q, %v after %d tries; want it to find the name taken at the second", answer.Title, err, tries)
	}
}

func TestAnOperationThatIsDoneAnswersAsItDid(t *testing.T) {
	t.Parallel()
	m, _ := memoryTx(t, curie())
	a := newMemoryApp(m, still(noon))
	for range 3 {
		answer, err := a.update(t.Context(), change{op: "1", verb: "test"}, appending("!"))
		if err != nil || answer.Title != "Curie!" {
			t.Errorf("update() = %q, %v; want the first answer", answer.Title, err)
		}
	}
	if got := of[*Lab](m, Ref{KindLab, "l1"}).Name; got != "Curie!" {
		t.Errorf("the lab is called %q, want one change", got)
	}
}

func TestAChangeThatWritesNothingIsNoCommit(t *testing.T) {
	t.Parallel()
	m, _ := memoryTx(t, curie())
	a := newMemoryApp(m, still(noon))
	_, err := a.update(t.Context(), change{op: "1", verb: "test"}, func(tx *Tx) (chat.Message, error) {
		_, err := load[*Lab](tx, KindLab, "l1")
		return chat.Message{Title: "read"}, err
	})
	if err != nil || len(m.commits) != 0 {
		t.Errorf("update() = %v with %d commits, want none", err, len(m.commits))
	}
}

func TestAChangeThatAlwaysMeetsAnotherOneGivesUp(t *testing.T) {
	t.Parallel()
	m, _ := memoryTx(t, curie())
	a := newMemoryApp(m, still(noon))
	tries := 0
	_, err := a.update(t.Context(), change{op: "1", verb: "test"}, func(tx *Tx) (chat.Message, error) {
		tries++
		m.meanwhile = func() { m.keep(curie()) }
		return appending("!")(tx)
	})
	if err == nil || tries != maxTries {
		t.Errorf("update() = %v after %d tries, want an error after %d", err, tries, maxTries)
	}
}

func TestARefusalIsNoCommit(t *testing.T) {
	t.Parallel()
	m, _ := memoryTx(t, curie())
	a := newMemoryApp(m, still(noon))
	_, err := a.update(t.Context(), change{op: "1", verb: "test"}, func(tx *Tx) (chat.Message, error) {
		if _, err := appending("!")(tx); err != nil {
			return chat.Message{}, err
		}
		return chat.Message{}, denied("no")
	})
	var refusal *Denied
	if !errors.As(err, &refusal) || len(m.commits) != 0 {
		t.Errorf("update() = %v with %d commits, want the refusal and none", err, len(m.commits))
	}
}

func TestAReferenceWithoutAnIDNamesNothingAndIsNotAskedFor(t *testing.T) {
	t.Parallel()
	m, tx := memoryTx(t)
	if lab, err := load[*Lab](tx, KindLab, ""); !errors.Is(err, errNotFound) || m.reads != 0 {
		t.Errorf("load(lab, no id) = %v, %v after %d round trips; want errNotFound after none", lab, err, m.reads)
	}
}

// A list that has the newest first has negative scores.
func TestListAllFindsWhatIsListedNewestFirst(t *testing.T) {
	t.Parallel()
	_, tx := memoryTx(t, &Rsvp{ID: "r1", Colloquium: "c1", Person: "p", State: Going, At: noon}, &Rsvp{ID: "r2", Colloquium: "c2", Person: "p", State: Left, At: noon})
	if got, err := listAll[*Rsvp](tx, rsvpsBy+"p"); err != nil || len(got) != 2 {
		t.Errorf("listAll(the answers of a person) = %d, %v, want 2", len(got), err)
	}
}
