package bot

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"interlab/bot/chat"
	"interlab/matching"
)

// camo is an abbreviation that only our own file knows.
func camo(t *testing.T) matching.Aliases {
	t.Helper()
	read, err := matching.ParseAliases(strings.NewReader("ocx: [octopus camouflage]\n"))
	if err != nil {
		t.Fatal(err)
	}
	return read
}

// knows reports whether somebody is found by the abbreviation.
func knows(t *testing.T, d *directory) bool {
	t.Helper()
	found, _, err := d.suggest(t.Context(), "ocx", 5, func(*Person) bool { return true })
	if err != nil {
		t.Fatal(err)
	}
	return len(found) > 0
}

func TestNewAliasesReadEverybodyAnewAndAFailureKeepsTheOldOnes(t *testing.T) {
	t.Parallel()
	s, d := newShelf(t, "ada", "ada")
	if s.lost = false; knows(t, d) {
		t.Fatal("the abbreviation is known before anybody said what it means")
	}
	reread := func(page error) error {
		done := make(chan error)
		go func() { done <- d.reread(t.Context(), camo(t)) }()
		<-s.reading
		s.page <- page
		return <-done
	}
	torn := errors.New("torn")
	if err := reread(torn); !errors.Is(err, torn) || knows(t, d) {
		t.Errorf("reread of a store that fails = %v, and the abbreviation is known: %t", err, knows(t, d))
	}
	if err := reread(nil); err != nil || !knows(t, d) {
		t.Errorf("reread = %v, and the abbreviation is known: %t", err, knows(t, d))
	}
}

// Presses go on while the settings change: each sees the old names or the new ones.
func TestOrganisersAreDecidedOnWhilePeoplePress(t *testing.T) {
	t.Parallel()
	ana, bea := chat.Account{Platform: "slack", User: "ana"}, chat.Account{Platform: "slack", User: "bea"}
	s, d := newShelf(t, "ada", "ada")
	s.lost, s.reading = false, nil
	a := &App{people: d}
	a.organisers.Store(named([]chat.Account{ana}))
	var pressing sync.WaitGroup
	for range 4 {
		pressing.Go(func() {
			for range 100 {
				if a.namedOrganiser(chat.Account{Platform: "slack", User: "cyd"}) {
					t.Error("somebody whom no settings name is an organiser")
				}
			}
		})
	}
	if err := a.Decide(t.Context(), Decisions{Organisers: []chat.Account{bea}}); err != nil {
		t.Fatal(err)
	}
	pressing.Wait()
	if diff := cmp.Diff([]bool{false, true}, []bool{a.namedOrganiser(ana), a.namedOrganiser(bea)}); diff != "" {
		t.Errorf("organisers are ana, bea (-want +got):\n%s", diff)
	}
}
