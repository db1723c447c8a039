package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"interlab/matching"
)

// shelf is a store of people whose audit can be lost, and whose pages come when told.
type shelf struct {
	Documents // everything else panics

	people  []Record
	seq     int
	lost    bool          // what a directory asks from is no longer kept
	reading chan struct{} // told when a page is asked for
	page    chan error    // each page waits for what becomes of it
}

func (s *shelf) Changes(_ context.Context, after string, _ Kind, _ int) (Changes, error) {
	return Changes{Last: fmt.Sprint(s.seq), Reset: s.lost && after != ""}, nil
}

func (s *shelf) Page(context.Context, Page) ([]Record, string, error) {
	if s.reading != nil {
		s.reading <- struct{}{}
		if err := <-s.page; err != nil {
			return nil, "", err
		}
	}
	return s.people, "", nil
}

// newShelf keeps a person, and returns a directory that knows them and whose next
// refresh has to read everybody anew.
func newShelf(t *testing.T, before, after string) (*shelf, *directory) {
	t.Helper()
	s := &shelf{people: []Record{shelved(t, before)}, seq: 1}
	d := newDirectory(s, matching.Aliases{})
	if err := d.refresh(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.people, s.lost = []Record{shelved(t, after)}, true
	s.reading, s.page = make(chan struct{}), make(chan error)
	return s, d
}

func shelved(t *testing.T, id string) Record {
	t.Helper()
	p := &Person{ID: id, Lab: "lab of " + id, Joined: time.Unix(1, 0), Shares: []string{"octopus camouflage"}}
	data, err := encode(p)
	if err != nil {
		t.Fatal(err)
	}
	return Record{Ref: p.Ref(), Version: 1, Data: data}
}

// who is whom a search finds.
func who(t *testing.T, d *directory) string {
	t.Helper()
	found, people, err := d.suggest(t.Context(), "octopus", 5, func(*Person) bool { return true })
	if err != nil || len(found) != 1 || people[found[0].ID] == nil {
		t.Fatalf("suggest = %v, %v, %v, want one person", found, people, err)
	}
	return found[0].ID
}

func TestSearchesGoOnWhileEverybodyIsReadAnew(t *testing.T) {
	t.Parallel()
	s, d := newShelf(t, "ada", "bea")
	done := make(chan error)
	go func() { done <- d.refresh(context.Background()) }()
	<-s.reading // the reload is in the middle, and holds its turn
	if got := who(t, d); got != "ada" {
		t.Errorf("meanwhile a search finds %s, want ada", got)
	}
	if got := d.rank("octopus", 5, nil); len(got) != 1 || len(d.reasons("octopus", "ada")) == 0 || d.labOf("ada") == "" {
		t.Errorf("meanwhile rank = %v, want ada with reasons and a lab", got)
	}
	if topics, err := d.topics(t.Context(), "oct", 5); err != nil || len(topics) != 1 {
		t.Errorf("meanwhile topics = %v, %v, want one", topics, err)
	}
	if all, err := d.all(t.Context()); err != nil || len(all) != 1 || all[0].ID != "ada" {
		t.Errorf("meanwhile all = %v, %v, want ada", all, err)
	}
	s.page <- nil
	if err := <-done; err != nil {
		t.Fatal(err)
	}
	s.lost = false
	if got := who(t, d); got != "bea" || d.labOf("ada") != "" {
		t.Errorf("afterwards a search finds %s, and ada is of %q; want bea alone", got, d.labOf("ada"))
	}
}

func TestAReloadThatFailsLeavesWhoWasThereAndIsTriedAgain(t *testing.T) {
	t.Parallel()
	s, d := newShelf(t, "ada", "bea")
	broken := errors.New("the wire is cut")
	for _, want := range []error{broken, nil} {
		done := make(chan error)
		go func() { done <- d.refresh(context.Background()) }()
		<-s.reading
		s.page <- want
		if err := <-done; !errors.Is(err, want) {
			t.Fatalf("refresh = %v, want %v", err, want)
		}
		if lab := d.labOf("ada"); (lab != "") != (want != nil) {
			t.Errorf("after %v ada is of %q", want, lab)
		}
	}
}

func TestWhoWaitsForAReloadCanGiveUp(t *testing.T) {
	t.Parallel()
	s, d := newShelf(t, "ada", "bea")
	done := make(chan error)
	go func() { done <- d.refresh(context.Background()) }()
	<-s.reading
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := d.refresh(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("refresh of somebody who gave up = %v, want %v", err, context.Canceled)
	}
	s.page <- nil
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}
